"""A small images server with OpenAI's wire format, and the manners of those that know more or fewer fields."""

from __future__ import annotations

import asyncio
import base64
import io
from typing import Any

from aiohttp import web
from PIL import Image


class ImagesServer:
    """Answers with a one-coloured PNG. `unknown`: fields that it refuses by name; `answer`: what it says instead.

    `hold()` keeps every request waiting until `release()`; `broken_off` counts those whose client hung up meanwhile.
    """

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.unknown: tuple[str, ...] = ()
        self.answer: web.Response | None = None
        self.broken_off = 0
        self.url = ""
        self._free = asyncio.Event()
        self._free.set()
        self._runner: web.AppRunner | None = None

    def hold(self) -> None:
        self._free.clear()

    def release(self) -> None:
        self._free.set()

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/v1/images/generations", self._generate)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1"

    async def close(self) -> None:
        self.release()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _generate(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.bodies.append(body)
        self.keys.append(request.headers.get("Authorization"))
        try:
            await self._free.wait()
        except asyncio.CancelledError:
            self.broken_off += 1
            raise
        for name in self.unknown:
            if name in body:
                return web.json_response({"error": {"message": f"Unknown parameter: '{name}'."}}, status=400)
        if self.answer is not None:
            return self.answer
        side = int(body["size"].split("x")[0])
        return web.json_response({"created": 1, "data": [{"b64_json": encoded(png((side, side)))}]})


def png(size: tuple[int, int], colour: tuple[int, int, int] = (200, 30, 30)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()
