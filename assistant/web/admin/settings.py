"""What administrators set while it runs."""

from __future__ import annotations

from aiohttp import web

from ...store.staff import StaffMember
from ..auth import needs
from ..pages import page


def routes() -> list[web.RouteDef]:
    return [web.get("/admin/settings", settings_page)]


@needs("admin")
async def settings_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return page("settings.html", member=member)
