"""Staff accounts: invitations, roles, and who may no longer sign in."""

from __future__ import annotations

from aiohttp import web

from ...store.staff import StaffMember
from ..auth import needs
from ..pages import page


def routes() -> list[web.RouteDef]:
    return [web.get("/admin/users", users_page)]


@needs("admin")
async def users_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return page("users.html", member=member)
