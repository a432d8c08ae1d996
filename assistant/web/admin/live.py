"""`/admin/live`: the socket over which staff pages hear that something changed; what changed they fetch themselves."""

from __future__ import annotations

from aiohttp import web

from ...store.staff import StaffMember
from ..auth import needs, signed_in
from ..events import stream
from ..feed import FEED

TOPIC = "staff"


def routes() -> list[web.RouteDef]:
    return [web.get("/admin/live", live, allow_head=False)]


@needs("viewer")
async def live(request: web.Request, member: StaffMember) -> web.StreamResponse:
    async def still_signed_in() -> bool:
        return await signed_in(request, touch=False) is not None  # an open tab is no use

    return await stream(request, TOPIC, allowed=still_signed_in, feed=request.config_dict[FEED])
