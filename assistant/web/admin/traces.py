"""The trace of one reply: what the model was told, what it cost, and the way to the person."""

from __future__ import annotations

from aiohttp import web

from ...store.staff import StaffMember
from ..auth import needs
from ..pages import page


def routes() -> list[web.RouteDef]:
    return [web.get("/admin/traces", traces_page)]


@needs("viewer")
async def traces_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return page("traces.html", member=member)
