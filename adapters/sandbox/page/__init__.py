"""The page on which people take up phones of every platform, turn the fault knobs and watch what crosses the wire."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web

from ..sandbox import Sandbox
from .tools import Tools

HERE = Path(__file__).parent
FILES = "/s/"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

__all__ = ["HERE", "application"]


def application(sandbox: Sandbox, tools: Tools) -> web.Application:
    """A sub-application, to be mounted where `tools` say."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.match_info.get("version") or await tools.may_enter(request):
            return await handler(request)
        return tools.page("refused.html", status=403)

    async def show(request: web.Request) -> web.StreamResponse:
        return tools.page("sandbox.html")

    app = web.Application(middlewares=[guard])
    app.add_routes(tools.routes())
    app.add_routes([web.get("", show)])
    return app
