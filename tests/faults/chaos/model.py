"""The model server of the harness: OpenAI-compatible, quotes the messages it answers, and kills whoever brings it poison."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Callable

import orjson
from aiohttp import web

from .history import tokens_in

LONGEST_SECONDS = 0.3
LONG_SHARE = 0.05
_FILLING = "and so on, as far as it goes, until nothing is left to be said of it, " * 42


class Model:
    """Answers after 0 to 300 ms with `g<number>.<paragraph>` and the tokens of the newest messages; one in twenty answers
    is so long that it leaves in three parts. `kill(worker)` ends a worker's life, whatever it is doing."""

    def __init__(self, draw: random.Random, kill: Callable[[str], None]) -> None:
        self.answers: dict[int, tuple[str, ...]] = {}
        self._draw = draw
        self._kill = kill

    def routes(self) -> list[web.RouteDef]:
        """Each worker has an address of its own, so that its poison kills it and no other."""
        return [
            web.post("/model/{worker}/v1/chat/completions", self._complete),
            web.get("/model/{worker}/v1/models", self._models),
        ]

    async def _models(self, request: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": [{"id": "chaos", "object": "model"}]})

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        body = orjson.loads(await request.read())
        tokens = tokens_in(body["messages"][-1]["content"])
        number = len(self.answers) + 1
        self.answers[number] = tokens
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        with contextlib.suppress(ConnectionError):
            await stream.prepare(request)
            wait = self._draw.uniform(0, LONGEST_SECONDS)
            if any(token.startswith("p") for token in tokens):
                await asyncio.sleep(wait / 4)
                self._kill(request.match_info["worker"])
                await asyncio.sleep(5)  # it is dead by then; an answer would let it end the turn
                return stream
            await asyncio.sleep(wait / 2)
            words = f"g{number}.0 {' '.join(tokens)}"
            await _say(stream, content=words)
            await asyncio.sleep(wait / 2)
            if self._draw.random() < LONG_SHARE:
                paragraphs = (f"\n\ng{number}.{paragraph} {_FILLING}" for paragraph in (1, 2))
                await _say(stream, content=f" {_FILLING}{''.join(paragraphs)}")
            await _say(stream, finish="stop")
            await stream.write(b"data: [DONE]\n\n")
        return stream


async def _say(stream: web.StreamResponse, *, content: str = "", finish: str | None = None) -> None:
    delta = {"content": content} if content else {}
    chunk = {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
    await stream.write(b"data: " + orjson.dumps(chunk) + b"\n\n")
