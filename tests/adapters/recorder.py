"""A server that says yes to every call of every platform, and remembers what came in, files and all."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

CHAT = {"id": 42, "type": "private", "first_name": "Ana"}
YES: dict[str, Any] = {
    "success": True,
    "result": "success",
    "id": "123",
    "attachment_id": "124",
    "message_id": "m_9",
    "recipient_id": "7",
    "messaging_product": "whatsapp",
    "messages": [{"id": "wamid.9", "message_status": "accepted"}],
    "contacts": [{"input": "7", "wa_id": "7"}],
    "entry": [],
    "next_offset": 5,
    "data": [],
}
"""What Graph and the Agent Platform answer, all at once: a reader takes what it knows."""
TELEGRAM: dict[str, Any] = {
    "getme": {"id": 110201543, "is_bot": True, "first_name": "Sandbox", "username": "sandbox_bot"},
    "getwebhookinfo": {"url": "", "has_custom_certificate": False, "pending_update_count": 0},
    "getupdates": [],
    "getmycommands": [],
    "getfile": {"file_id": "x", "file_unique_id": "y", "file_path": "photos/x.jpg", "file_size": 3},
}


@dataclass(frozen=True)
class Recorded:
    """One call: parameters from query and body together, JSON inside a form already read."""

    method: str
    path: str
    params: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The last part of the path: a Bot API method, or a Graph edge."""
        return self.path.rpartition("/")[2]


class Recorder:
    def __init__(self) -> None:
        self.url = ""
        self.calls: list[Recorded] = []
        self._number = 100

    def taken(self) -> list[Recorded]:
        """What came in since the last time."""
        calls, self.calls = self.calls, []
        return calls

    async def handle(self, request: web.Request) -> web.StreamResponse:
        params: dict[str, Any] = dict(request.query)
        files: dict[str, bytes] = {}
        if request.content_type == "application/json":
            params |= json.loads(await request.read() or b"{}")
        elif request.can_read_body:
            for key, value in (await request.post()).items():
                if isinstance(value, web.FileField):
                    with value.file as opened:
                        files[key] = opened.read()
                else:
                    params[key] = read(str(value))
        self.calls.append(Recorded(request.method, request.path, params, files))
        if request.path.startswith("/bot"):
            return web.json_response({"ok": True, "result": self._telegram(request)})
        return web.json_response(YES)

    def _telegram(self, request: web.Request) -> Any:
        method = request.path.rpartition("/")[2].lower()
        if method in TELEGRAM:
            return TELEGRAM[method]
        if method.startswith("send") and method not in ("sendchataction", "sendmessagedraft"):
            self._number += 1
            message = {"message_id": self._number, "date": 1790000000, "chat": CHAT, "text": "x"}
            return [message] if method == "sendmediagroup" else message
        return True


def read(value: str) -> Any:
    """A form's objects and lists; everything else stays text."""
    if value[:1] not in "[{":
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


@asynccontextmanager
async def recording_server() -> AsyncIterator[Recorder]:
    recorder = Recorder()
    application = web.Application(client_max_size=64 * 1024 * 1024)
    application.router.add_route("*", "/{path:.*}", recorder.handle)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    recorder.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield recorder
    finally:
        await runner.cleanup()
