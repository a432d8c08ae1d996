"""Versions of the system prompt: drafts, what changed, publishing and going back."""

from __future__ import annotations

from aiohttp import web

from ...store.staff import StaffMember
from ..auth import needs
from ..pages import page


def routes() -> list[web.RouteDef]:
    return [web.get("/admin/personas", personas_page)]


@needs("viewer")
async def personas_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return page("personas.html", member=member)
