"""The figures page: plots and tables of what happened."""

from __future__ import annotations

from aiohttp import web

from ...store.staff import StaffMember
from ..auth import needs
from ..pages import page


def routes() -> list[web.RouteDef]:
    return [web.get("/admin/metrics", figures_page)]


@needs("viewer")
async def figures_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return page("figures.html", member=member)
