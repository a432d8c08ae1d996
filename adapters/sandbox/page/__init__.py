"""The page on which people take up phones of every platform, turn the fault knobs and watch what crosses the wire."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web

from ..sandbox import Sandbox
from .acts import LOCALES, Acts
from .faults_panel import FaultsPanel, panel_values
from .live import Live
from .plays import Plays
from .shelf import Shelf
from .skins import SKINS
from .tools import Tools
from .wire_pane import WirePane

HERE = Path(__file__).parent
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

__all__ = ["HERE", "application"]


def application(sandbox: Sandbox, tools: Tools) -> web.Application:
    """A sub-application, to be mounted where `tools` were made for."""
    shelf = Shelf(sandbox)
    plays, wire, panel = Plays(shelf, tools), WirePane(sandbox, tools), FaultsPanel(shelf, tools)
    live, acts = Live(shelf, plays, tools), Acts(shelf, tools)

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        is_file = "version" in request.match_info  # the refusal needs its style
        if is_file or await tools.may_enter(request):
            return await handler(request)
        return tools.page("refused.html", status=403)

    async def show(request: web.Request) -> web.StreamResponse:
        return tools.page(
            "sandbox.html",
            **live.phones_values(),
            **panel_values(sandbox),
            **plays.values(),
            rows=wire.rows(),
            skins=list(SKINS.values()),
            locales=LOCALES,
            tour=shelf.tour,
            changes=shelf.changes,
        )

    async def end(app: web.Application) -> None:
        await plays.end()
        await shelf.end()

    app = web.Application(middlewares=[guard])
    app.add_routes([*tools.routes(), web.get("", show)])
    for part in (live, acts, wire, panel, plays):
        app.add_routes(part.routes())
    app.on_cleanup.append(end)
    return app
