"""A small OpenAI-compatible server with the manners and bad manners of the real ones."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from aiohttp import web

Behaviour = Callable[[web.Request, dict[str, Any]], Awaitable[web.StreamResponse]]


class FakeServer:
    """Answers "word " `words` times, unless `behaviour` says otherwise. Records the bodies and headers it got."""

    def __init__(self, *, words: int = 4, behaviour: Behaviour | None = None) -> None:
        self.words = words
        self.behaviour = behaviour
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.broken_off = 0
        self.url = ""
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._complete)
        app.router.add_get("/v1/models", self._models)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1"

    async def close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _models(self, request: web.Request) -> web.Response:
        return web.json_response({"data": [{"id": "model"}]})

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        body = orjson.loads(await request.read())
        self.bodies.append(body)
        self.headers.append(dict(request.headers))
        if self.behaviour is not None:
            return await self.behaviour(request, body)
        if sum(len(message.get("content") or "") for message in body["messages"]) > 2000:
            text = "This model's maximum context length is 256 tokens. However, you requested 900 tokens."
            return web.json_response({"error": {"message": text}}, status=400)
        stream = await begin(request)
        count = min(self.words, body["max_tokens"])
        try:
            for _ in range(count):
                await send(stream, piece("word "))
                await asyncio.sleep(0.002)
            await send(stream, piece("", finish="length" if count < self.words else "stop"))
            await send(stream, {"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": count}})
            await stream.write(b"data: [DONE]\n\n")
        except (asyncio.CancelledError, ConnectionError):
            self.broken_off += 1
            raise
        return stream


async def begin(request: web.Request) -> web.StreamResponse:
    stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await stream.prepare(request)
    return stream


async def send(stream: web.StreamResponse, event: dict[str, Any]) -> None:
    await stream.write(b"data: " + orjson.dumps(event) + b"\n\n")


def piece(
    text: str, *, finish: str | None = None, calls: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    delta: dict[str, Any] = {"content": text} if calls is None else {"tool_calls": calls}
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
