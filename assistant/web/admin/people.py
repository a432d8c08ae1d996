"""The people who write: who they are everywhere, merging, export and erasure."""

from __future__ import annotations

from aiohttp import web

from ...store.staff import StaffMember
from ..auth import needs
from ..pages import page


def routes() -> list[web.RouteDef]:
    return [web.get("/admin/people", people_page)]


@needs("reviewer")
async def people_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return page("people.html", member=member)
