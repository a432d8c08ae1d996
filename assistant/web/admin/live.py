"""`/admin/live`: the socket over which staff pages hear that something changed, and what each of them then fetches."""

from __future__ import annotations

from functools import partial

from aiohttp import web

from ...store.staff import StaffMember
from ..alerts import alerts
from ..auth import needs, signed_in
from ..context import context_of
from ..events import stream
from ..feed import FEED
from ..once import ONCE
from ..pages import fragment

TOPIC = "staff"


def routes() -> list[web.RouteDef]:
    return [web.get("/admin/live", live, allow_head=False), web.get("/admin/alerts", shown_alerts)]


@needs("viewer")
async def live(request: web.Request, member: StaffMember) -> web.StreamResponse:
    async def still_signed_in() -> bool:
        return await signed_in(request, touch=False) is not None  # an open tab is no use

    return await stream(request, TOPIC, allowed=still_signed_in, feed=request.config_dict[FEED])


@needs("viewer")
async def shown_alerts(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """What every open page puts above its own when something became wrong or right."""
    said = await request.config_dict[ONCE].get("alerts", partial(alerts, context_of(request)))
    return fragment("alerts.html", alerts=said)
