"""`/admin/find`: from the id that a platform gave a message to the trace of its reply, or to its conversation."""

from __future__ import annotations

from aiohttp import web

from ...store import places
from ...store.staff import StaffMember
from ..auth import needs
from ..context import context_of

PAGE = "/admin/find"
LONGEST = 256


def routes() -> list[web.RouteDef]:
    return [web.get(PAGE, find)]


@needs("viewer")
async def find(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Leads on; 404 for a message that never arrived here."""
    channel, external = request.query.get("channel", ""), request.query.get("external", "")
    if not external or len(external) > LONGEST or "\0" in channel + external:
        raise web.HTTPNotFound
    place = await context_of(request).database.read(places.of_external, channel, external)
    if place is None:
        raise web.HTTPNotFound
    if place.reply is not None:
        raise web.HTTPSeeOther(f"/admin/traces/{place.reply}")
    raise web.HTTPSeeOther(f"/admin/inbox/{place.conversation}#m{place.seq}")
