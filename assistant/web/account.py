"""The pages `/account` and `/invite`: one's own password, codes, sessions, language, colours, keys and API tokens."""

from __future__ import annotations

from aiohttp import web

from ..store.staff import StaffMember
from .auth import needs
from .pages import page


def routes() -> list[web.RouteDef]:
    return [web.get("/account", account)]


@needs("viewer")
async def account(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return page("account.html", member=member)
