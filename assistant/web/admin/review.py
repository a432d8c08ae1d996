"""The review queues, and one item of a queue at a time."""

from __future__ import annotations

from aiohttp import web

from ...store.staff import StaffMember
from ..auth import needs
from ..pages import page


def routes() -> list[web.RouteDef]:
    return [web.get("/admin/review", review_page)]


@needs("reviewer")
async def review_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return page("review.html", member=member)
