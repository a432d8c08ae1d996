"""What went wrong and waits for somebody: messages without an answer, failed sends, paused talks, unreadable webhooks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from aiohttp import web

from ...deliver import OUTBOX_BELL, pieces
from ...inbound import STAFF_TOPIC, WORK_BELL
from ...store import transcripts, troubles
from ...store.queue import Reply
from ...store.staff import StaffMember
from ...types import Author, Text
from ..alerts import alerts
from ..auth import needs
from ..body import read_form
from ..context import WebContext, channel_title, context_of
from ..pages import page
from ..signin import actor
from .conversations import failure

PAGE = "/admin/failed"
LONGEST = 4000  # characters of an answer by hand

Act = Callable[..., int | None]
"""One of store/troubles.py's."""


def routes() -> list[web.RouteDef]:
    part, message = r"/admin/failed/parts/{id:\d{1,18}}", r"/admin/failed/messages/{id:\d{1,18}}"
    return [
        web.get(PAGE, failed),
        web.get("/admin/unread", unread),
        web.post(f"{part}/retry", retry_part),
        web.post(f"{part}/discard", discard_part),
        web.post(f"{part}/answer", answer_part),
        web.post(f"{message}/retry", retry_message),
        web.post(f"{message}/discard", discard_message),
        web.post(f"{message}/answer", answer_message),
        web.post(r"/admin/failed/conversations/{id:\d{1,18}}/resume", resume),
    ]


@needs("viewer")
async def failed(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    dead = await context.database.read(transcripts.dead, before=_id(request, "dead"))
    unsent = await context.database.read(transcripts.unsent, before=_id(request, "unsent"))
    paused = await context.database.read(troubles.paused, before=_id(request, "paused"))
    return page(
        "failed.html",
        member=member,
        alerts=await alerts(context),
        dead=dead,
        unsent=unsent,
        paused=paused,
        failure=failure,
        title=lambda name: channel_title(context, name),
        full=transcripts.PAGE,
        longest=LONGEST,
        may=member.role.value != "viewer",
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


# --- what staff do about it ------------------------------------------------------------------------------


@needs("reviewer")
async def retry_part(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Send it once more."""
    key = context_of(request).clock.new_id()
    return await _done(request, member, troubles.retry_part, key, bell=OUTBOX_BELL)


@needs("reviewer")
async def discard_part(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return await _done(request, member, troubles.discard_part)


@needs("reviewer")
async def answer_part(request: web.Request, member: StaffMember) -> web.StreamResponse:
    channel = await context_of(request).database.read(troubles.place_of, part=_number(request))
    reply = await _by_hand(request, channel)
    return await _done(request, member, troubles.answer_part, reply, bell=OUTBOX_BELL)


@needs("reviewer")
async def retry_message(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Let the model try once more."""
    return await _done(request, member, troubles.retry_message, bell=WORK_BELL)


@needs("reviewer")
async def discard_message(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return await _done(request, member, troubles.discard_message)


@needs("reviewer")
async def answer_message(request: web.Request, member: StaffMember) -> web.StreamResponse:
    channel = await context_of(request).database.read(troubles.place_of, message=_number(request))
    reply = await _by_hand(request, channel)
    return await _done(request, member, troubles.answer_message, reply, bell=OUTBOX_BELL)


@needs("reviewer")
async def resume(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """The model answers a paused conversation again."""
    return await _done(request, member, troubles.resume)


async def _done(
    request: web.Request, member: StaffMember, act: Act, *values: Any, bell: str | None = None
) -> web.StreamResponse:
    """Act, tell everybody, and show the page again; what is no longer there was dealt with by somebody else."""
    context = context_of(request)
    by = troubles.By(staff=member.id, actor=actor(member), at=context.clock.now())
    conversation = await context.database.write(act, _number(request), *values, by)
    if conversation is not None:
        if bell is not None:
            await context.bus.ring(bell)
        frame = {"kind": "mode", "conversation": conversation, "seq": 0}
        await context.bus.publish(STAFF_TOPIC, orjson.dumps(frame))
    raise web.HTTPSeeOther(PAGE)


async def _by_hand(request: web.Request, channel: str | None) -> Reply:
    """What staff wrote, in the pieces of the channel."""
    words = (await read_form(request)).get("text", "").replace("\r\n", "\n").strip()
    if not words or len(words) > LONGEST:
        raise web.HTTPBadRequest
    return _reply(context_of(request), channel, words)


def _reply(context: WebContext, channel: str | None, words: str) -> Reply:
    found = context.inbound.channels.get(channel or "")
    if found is None:
        raise web.HTTPNotFound
    return Reply(
        author=Author.STAFF,
        whole=(Text(text=words),),
        pieces=tuple((context.clock.new_id(), piece) for piece in pieces(words, found.caps)),
    )


def _number(request: web.Request) -> int:
    return int(request.match_info["id"])


def _id(request: web.Request, name: str) -> int | None:
    text = request.query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
