"""The home page: what needs somebody now."""

from __future__ import annotations

from aiohttp import web

from ...store.staff import StaffMember
from ..auth import needs
from ..pages import page


def routes() -> list[web.RouteDef]:
    return [web.get("/admin", home_page)]


@needs("viewer")
async def home_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return page("home.html", member=member)
