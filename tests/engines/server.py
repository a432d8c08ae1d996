"""A small OpenAI-compatible server with the manners and bad manners of the real ones."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Literal

import orjson
from aiohttp import web

Behaviour = Callable[[web.Request, dict[str, Any]], Awaitable[web.StreamResponse]]
End = Literal["close", "abort", "hang"]


class FakeServer:
    """Answers "word " `words` times, unless `behaviour` says otherwise. Records the bodies and headers it got.

    `health` is the status of its health page; None: it has none.
    """

    def __init__(self, *, words: int = 4, behaviour: Behaviour | None = None, port: int = 0) -> None:
        self.words = words
        self.behaviour = behaviour
        self.health: int | None = None
        self.models: list[dict[str, Any]] = [{"id": "model"}]
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.peers: list[object] = []
        self.broken_off = 0
        self.url = ""
        self._port = port
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._complete)
        app.router.add_get("/v1/models", self._models)
        app.router.add_get("/health", self._health)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{self._port}/v1"

    async def close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _models(self, request: web.Request) -> web.Response:
        return web.json_response({"data": self.models})

    async def _health(self, request: web.Request) -> web.Response:
        return web.Response(status=self.health or 404)

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        body = orjson.loads(await request.read())
        self.bodies.append(body)
        self.headers.append(dict(request.headers))
        self.peers.append(request.transport and request.transport.get_extra_info("peername"))
        try:
            return await (self.behaviour or self._words)(request, body)
        except (asyncio.CancelledError, ConnectionError):
            self.broken_off += 1
            raise

    async def _words(self, request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        if sum(len(message.get("content") or "") for message in body["messages"]) > 2000:
            text = "This model's maximum context length is 256 tokens. However, you requested 900 tokens."
            return web.json_response({"error": {"message": text}}, status=400)
        stream = await begin(request)
        count = min(self.words, body["max_tokens"])
        for _ in range(count):
            await send(stream, piece("word "))
            await asyncio.sleep(0.002)
        await send(stream, piece("", finish="length" if count < self.words else "stop"))
        await send(stream, {"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": count}})
        await stream.write(DONE)
        return stream


DONE = b"data: [DONE]\n\n"


def replay(pieces: Sequence[bytes], end: End = "close", *, pause: float = 0.0) -> Behaviour:
    """A server that writes exactly these bytes and then ends the stream, breaks the connection, or says nothing."""

    async def answer(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        stream = await begin(request)
        for data in pieces:
            await stream.write(data)
            await asyncio.sleep(pause)
        if end == "hang":
            await asyncio.sleep(30)
        if end == "abort":
            assert request.transport is not None
            request.transport.abort()
        return stream

    return answer


def refuse(status: int, text: str = "", headers: Mapping[str, str] | None = None) -> Behaviour:
    """A server that refuses every request with these words."""

    async def answer(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        return web.Response(status=status, text=text, headers=headers)

    return answer


def ignoring(text: Sequence[str]) -> Behaviour:
    """A server that ignores stop strings and lengths: it writes the text again and again until somebody hangs up."""

    async def answer(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        stream = await begin(request)
        while True:
            for part in text:
                await send(stream, piece(part))
                await asyncio.sleep(0.001)

    return answer


async def begin(request: web.Request) -> web.StreamResponse:
    stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await stream.prepare(request)
    return stream


async def send(stream: web.StreamResponse, event: dict[str, Any]) -> None:
    await stream.write(line(event))


def line(event: dict[str, Any]) -> bytes:
    """An event as it goes over the wire."""
    return b"data: " + orjson.dumps(event) + b"\n\n"


def piece(
    text: str, *, finish: str | None = None, calls: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    delta: dict[str, Any] = {"content": text} if calls is None else {"tool_calls": calls}
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
