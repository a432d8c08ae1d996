"""The audit log as administrators read it."""

from __future__ import annotations

from aiohttp import web

from ...store.staff import StaffMember
from ..auth import needs
from ..pages import page


def routes() -> list[web.RouteDef]:
    return [web.get("/admin/audit", audit_page)]


@needs("admin")
async def audit_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return page("audit.html", member=member)
