"""Canned replies by language."""

from __future__ import annotations

from aiohttp import web

from ...store.staff import StaffMember
from ..auth import needs
from ..pages import page


def routes() -> list[web.RouteDef]:
    return [web.get("/admin/canned", canned_page)]


@needs("reviewer")
async def canned_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return page("canned.html", member=member)
