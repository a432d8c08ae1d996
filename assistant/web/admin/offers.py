"""Which personas visitors of our own chat page may choose among: offered under a title, renamed, retired."""

from __future__ import annotations

from aiohttp import web

from ...errors import Conflict
from ...store import personas
from ...store.staff import StaffMember
from ..auth import needs
from ..body import read_form
from ..context import context_of
from ..record import actor
from ..words import gettext
from .personas import PAGE, Typed, overview

OFFERS = f"{PAGE}/offers"


def routes() -> list[web.RouteDef]:
    one = OFFERS + r"/{id:\d{1,18}}"
    return [
        web.post(OFFERS, offer),
        web.post(one, retitle),
        web.post(f"{one}/retire", retire),
    ]


@needs("admin")
async def offer(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Visitors may choose this version for a new chat from now on."""
    context = context_of(request)
    given = await read_form(request)
    title, version = given.get("title", ""), given.get("version", "")
    if not (version.isascii() and version.isdigit() and len(version) <= 18):
        raise web.HTTPBadRequest
    try:
        await context.database.write(
            personas.offer, title, int(version), author=actor(member), now=context.clock.now()
        )
    except (ValueError, Conflict) as error:
        return await overview(request, member, Typed(title=title, fault=_fault(error)), status=422)
    raise web.HTTPSeeOther(f"{PAGE}#offers")


@needs("admin")
async def retitle(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    number, title = int(request.match_info["id"]), (await read_form(request)).get("title", "")
    try:
        await context.database.write(
            personas.retitle, number, title, author=actor(member), now=context.clock.now()
        )
    except (ValueError, Conflict) as error:
        typed = Typed(offer=number, title=title, fault=_fault(error))
        return await overview(request, member, typed, status=422)
    raise web.HTTPSeeOther(f"{PAGE}#offers")


@needs("admin")
async def retire(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Chats that were begun with it are answered as all others from the next answer on."""
    context = context_of(request)
    number = int(request.match_info["id"])
    await context.database.write(personas.retire, number, author=actor(member), now=context.clock.now())
    raise web.HTTPSeeOther(f"{PAGE}#offers")


def _fault(error: Exception) -> str:
    if isinstance(error, ValueError):
        return gettext("Give it a title of at most {n} characters.").replace(
            "{n}", str(personas.LONGEST_TITLE)
        )
    return gettext(
        "This title is taken, the version was never published, or {n} are offered already."
    ).replace("{n}", str(personas.MOST_OFFERS))
