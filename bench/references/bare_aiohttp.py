"""The least an aiohttp server can do with a POST: read it and say ok. `python -m bench.references.bare_aiohttp PORT`."""

from __future__ import annotations

import asyncio
import sys

import uvloop
from aiohttp import web


async def _hello(request: web.Request) -> web.Response:
    await request.read()
    return web.Response(text="ok")


async def _serve(port: int) -> None:
    app = web.Application()
    app.add_routes([web.post("/", _hello)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, backlog=1024).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(_serve(int(sys.argv[1])))
