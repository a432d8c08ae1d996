"""A platform's API on a local port: answers what a test queues, and remembers what came in over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import orjson
from aiohttp import web

from assistant.http import Exchange, Http
from assistant.types import Address, Outbound, Rate, Span, Text


@dataclass
class Call:
    """One request as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return orjson.loads(self.body)

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True, strict_parsing=bool(self.body)))


@dataclass
class Answer:
    status: int = 200
    json: Any = None
    text: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    hang_up: bool = False


class FakeApi:
    def __init__(self) -> None:
        self.url = ""
        self.calls: list[Call] = []
        self.answers: list[Answer] = []

    def answer(self, status: int = 200, json: Any = None, **more: Any) -> None:
        """Queue the next answer; without one every call is answered with 200 and {}."""
        self.answers.append(Answer(status=status, json=json, **more))

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.calls.append(
            Call(request.method, request.path, dict(request.query), headers, await request.read())
        )
        answer = self.answers.pop(0) if self.answers else Answer(json={})
        if answer.hang_up and request.transport is not None:
            request.transport.abort()
        body = answer.text.encode() if answer.json is None else orjson.dumps(answer.json)
        return web.Response(status=answer.status, body=body, headers=answer.headers)


@asynccontextmanager
async def fake_api() -> AsyncIterator[FakeApi]:
    api = FakeApi()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", api._handle)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    api.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield api
    finally:
        await runner.cleanup()


class NoHttp(Http):
    """Fails at the first use: parsing and verifying may not touch the network."""

    async def request(self, *args: Any, **options: Any) -> Any:
        raise AssertionError("the network was used")

    def session(self, *args: Any, **options: Any) -> Any:
        raise AssertionError("the network was used")


class RecordingBus:
    """Keeps what was published and never asks to wait."""

    def __init__(self) -> None:
        self.published: list[tuple[str, Any]] = []

    async def publish(self, topic: str, frame: bytes) -> None:
        self.published.append((topic, orjson.loads(frame)))

    async def bucket(self, key: str, rate: Rate) -> float:
        """There is always room."""
        return 0.0


def outbound(address: Address, text: str, *spans: Span, reply_to: str | None = None) -> Outbound:
    return Outbound(
        address=address, part=Text(text=text, spans=spans), idempotency_key="key-1", reply_to=reply_to
    )


__all__ = ["Answer", "Call", "Exchange", "FakeApi", "NoHttp", "RecordingBus", "fake_api", "outbound"]
