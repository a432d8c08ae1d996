"""The models and workers as staff see them."""

from __future__ import annotations

from aiohttp import web

from ...store.staff import StaffMember
from ..auth import needs
from ..pages import page


def routes() -> list[web.RouteDef]:
    return [web.get("/admin/models", models_page)]


@needs("viewer")
async def models_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return page("models.html", member=member)
