"""A tiny webhook that stands where our server would: it answers handshakes, keeps every request, and may reply."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientSession, web

from adapters.sandbox import Sandbox


async def waiting(platform: Any, poll: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
    """A poll that the platform has begun to hold open, however long it took to get there."""
    before = platform.arrived
    task = asyncio.create_task(poll)
    async with asyncio.timeout(10):
        while platform.arrived is before:
            await asyncio.sleep(0.005)
    return task


@dataclass(frozen=True)
class Received:
    channel: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Listener:
    """`statuses` are answered first, then 200. `on_message`, when set, is called with each accepted person's text."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.received: list[Received] = []
        self.statuses: deque[int] = deque()
        self.retry_after: int | None = None
        self.verify = True
        self.on_message: Callable[[str, str, str, str], Awaitable[None]] | None = None
        self.session: ClientSession
        self.url = ""
        self._runner: web.AppRunner
        self._news = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        app = web.Application()
        app.router.add_get("/webhooks/{channel}", self._challenge)
        app.router.add_post("/webhooks/{channel}", self._receive)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.session = ClientSession()

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.session.close()
        await self._runner.cleanup()

    async def _challenge(self, request: web.Request) -> web.Response:
        platform = self.sandbox.platform(request.match_info["channel"])
        if not self.verify or request.query["hub.verify_token"] != platform.verify_token:  # type: ignore[attr-defined]
            return web.Response(status=403)
        return web.Response(text=request.query["hub.challenge"])

    async def _receive(self, request: web.Request) -> web.Response:
        channel = request.match_info["channel"]
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.received.append(Received(channel, headers, await request.read()))
        self._news.set()
        self._news = asyncio.Event()
        status = self.statuses.popleft() if self.statuses else 200
        if status == 200 and self.on_message is not None:
            for said in spoken(self.received[-1]):
                task = asyncio.create_task(self.on_message(channel, *said))  # type: ignore[arg-type]
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
        extra = (
            {"Retry-After": str(self.retry_after)} if self.retry_after is not None and status != 200 else {}
        )
        return web.Response(status=status, headers=extra)

    async def until(self, count: int, seconds: float = 5.0) -> list[Received]:
        async with asyncio.timeout(seconds):
            while len(self.received) < count:
                await self._news.wait()
        return self.received


def spoken(received: Received) -> list[tuple[str, str, str]]:
    """(who, external id, text) of every person's message in a webhook."""
    body = received.json
    found = []
    if received.channel == "telegram":
        message = body["message"]
        found.append((str(message["chat"]["id"]), str(message["message_id"]), message["text"]))
    for entry in body.get("entry", []):
        found += [
            (message["from"], message["id"], message["text"]["body"])
            for change in entry.get("changes", [])
            for message in change["value"].get("messages", [])
        ]
        found += [
            (event["sender"]["id"], event["message"]["mid"], event["message"]["text"])
            for event in entry.get("messaging", [])
            if "message" in event and not event["message"].get("is_echo")
        ]
    return found


async def answer(
    sandbox: Sandbox, session: ClientSession, channel: str, who: str, message_id: str, text: str
) -> None:
    """Show typing and send a text, as plainly as an adapter could."""
    if channel == "telegram":
        base = f"{sandbox.telegram_url}/bot{sandbox.telegram.token}"
        async with session.post(f"{base}/sendChatAction", data={"chat_id": who, "action": "typing"}) as taken:
            assert taken.status == 200, await taken.text()
        async with session.post(f"{base}/sendMessage", data={"chat_id": who, "text": text}) as taken:
            assert taken.status == 200, await taken.text()
        return
    platform = sandbox.whatsapp if channel == "whatsapp" else sandbox.messenger
    url = f"{sandbox.graph_url}/v26.0/{platform.account}/messages"
    if channel == "whatsapp":
        first: Any = {
            "messaging_product": "whatsapp",
            "status": "read",
            "message_id": message_id,
            "typing_indicator": {"type": "text"},
        }
        then: Any = {
            "messaging_product": "whatsapp",
            "to": who,
            "type": "text",
            "text": {"body": text},
            "biz_opaque_callback_data": "ob_1",
            "context": {"message_id": message_id},
        }
    else:
        first = {"recipient": {"id": who}, "sender_action": "typing_on"}
        then = {
            "recipient": {"id": who},
            "message": {"text": text, "metadata": "ob_1"},
            "messaging_type": "RESPONSE",
        }
    for body in (first, then):
        async with session.post(
            url, json=body, headers={"Authorization": f"Bearer {platform.access_token}"}
        ) as taken:
            assert taken.status == 200, await taken.text()
