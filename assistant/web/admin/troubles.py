"""What went wrong and waits for somebody: messages without an answer, failed sends, webhooks nobody could read."""

from __future__ import annotations

from aiohttp import web

from ...store import transcripts
from ...store.staff import StaffMember
from ..auth import needs
from ..context import channel_title, context_of
from ..pages import page
from .conversations import failure


def routes() -> list[web.RouteDef]:
    return [web.get("/admin/failed", failed), web.get("/admin/unread", unread)]


@needs("viewer")
async def failed(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    dead = await context.database.read(transcripts.dead, before=_id(request, "dead"))
    unsent = await context.database.read(transcripts.unsent, before=_id(request, "unsent"))
    return page(
        "failed.html",
        member=member,
        dead=dead,
        unsent=unsent,
        failure=failure,
        title=lambda name: channel_title(context, name),
        full=transcripts.PAGE,
    )


@needs("viewer")
async def unread(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    rows = await context.database.read(transcripts.unread, before=_id(request, "before"))
    return page(
        "unread.html",
        member=member,
        rows=rows,
        title=lambda name: channel_title(context, name),
        days=context.settings.raw_days,
        full=transcripts.PAGE,
    )


def _id(request: web.Request, name: str) -> int | None:
    text = request.query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
