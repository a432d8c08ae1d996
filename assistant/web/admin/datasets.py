"""Data sets of judged and corrected answers, and their export."""

from __future__ import annotations

from aiohttp import web

from ...store.staff import StaffMember
from ..auth import needs
from ..pages import page


def routes() -> list[web.RouteDef]:
    return [web.get("/admin/datasets", datasets_page)]


@needs("reviewer")
async def datasets_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return page("datasets.html", member=member)
