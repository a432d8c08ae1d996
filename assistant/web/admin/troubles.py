"""What went wrong and waits for somebody: messages without an answer, failed sends, paused talks, unreadable webhooks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import orjson
from aiohttp import web

from ...deliver import OUTBOX_BELL, pieces
from ...errors import Conflict
from ...inbound import STAFF_TOPIC, WORK_BELL
from ...store import failures, transcripts, troubles
from ...store.queue import Reply
from ...store.staff import StaffMember
from ...types import Author, Text
from ..alerts import alerts
from ..auth import needs
from ..body import read_fields, read_form
from ..context import WebContext, channel_title, context_of
from ..pages import page
from ..record import actor
from ..words import N_, gettext
from .conversations import failure

PAGE = "/admin/failed"
LONGEST = 4000  # characters of an answer by hand
REASONS = {
    "outdated": N_("too late to help"),
    "elsewhere": N_("dealt with elsewhere"),
    "unwanted": N_("nobody wants an answer"),
    "test": N_("it was a test"),
}
KINDS = {
    "text": N_("text"),
    "media": N_("file"),
    "place": N_("place"),
    "contacts": N_("contact cards"),
    "choice": N_("choice"),
    "ask": N_("question with buttons"),
    "linkbutton": N_("link"),
    "template": N_("template"),
    "notice": N_("notice"),
}

Act = Callable[..., int | None]
"""One of store/troubles.py's."""


def routes() -> list[web.RouteDef]:
    part, message = r"/admin/failed/parts/{id:\d{1,18}}", r"/admin/failed/messages/{id:\d{1,18}}"
    return [
        web.get(PAGE, failed),
        web.get("/admin/unread", unread),
        web.post("/admin/failed/parts/retry", retry_parts),
        web.post("/admin/failed/parts/discard", discard_parts),
        web.post("/admin/failed/codes/retry", retry_code),
        web.post("/admin/failed/messages/retry", retry_messages),
        web.post("/admin/failed/messages/discard", discard_messages),
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
    may = member.role.value != "viewer"
    code = request.query.get("code", "").replace("\x00", "")[:64] or None
    unsent = await context.database.read(failures.parts, before=_id(request, "unsent"), code=code)
    return page(
        "failed.html",
        member=member,
        alerts=await alerts(context),
        dead=await context.database.read(failures.dead, before=_id(request, "dead")),
        unsent=unsent,
        codes=await context.database.read(failures.codes),
        code=code,
        paused=await context.database.read(troubles.paused, before=_id(request, "paused")),
        failure=failure,
        kind=_kinds,
        reasons={name: gettext(words) for name, words in REASONS.items()},
        title=lambda name: channel_title(context, name),
        person=lambda name: _person(name, may),
        said=_said(request),
        full=failures.PAGE,
        longest=LONGEST,
        may=may,
    )


def _person(name: str | None, may: bool) -> str:
    """Whoever only looks on reads no names."""
    if not name:
        return gettext("Unnamed")
    return name if may else f"{name[:1]}…"


def _kinds(stored: str) -> str:
    return ", ".join(gettext(KINDS[one]) if one in KINDS else one for one in stored.split(", "))


def _said(request: web.Request) -> str:
    """What the last press did, from the address that it led to."""
    done, left = _id(request, "done"), _id(request, "left") or 0
    if done is None:
        return ""
    words = gettext("Done: {n}.").replace("{n}", str(done))
    if left:
        words += " " + gettext(
            "Not done: {n}. Somebody was faster, nothing may be sent there, or the model does not answer there."
        ).replace("{n}", str(left))
    return words


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
    return await _done(request, member, troubles.discard_part, reason=await _reason(request))


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
    return await _done(request, member, troubles.discard_message, reason=await _reason(request))


@needs("reviewer")
async def answer_message(request: web.Request, member: StaffMember) -> web.StreamResponse:
    channel = await context_of(request).database.read(troubles.place_of, message=_number(request))
    reply = await _by_hand(request, channel)
    return await _done(request, member, troubles.answer_message, reply, bell=OUTBOX_BELL)


@needs("reviewer")
async def resume(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """The model answers a paused conversation again."""
    return await _done(request, member, troubles.resume)


# --- several at once -------------------------------------------------------------------------------------


@needs("reviewer")
async def retry_parts(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Send the chosen ones once more."""
    ids, _ = await _chosen(request)
    return await _many(request, member, troubles.retry_part, ids, bell=OUTBOX_BELL, keyed=True)


@needs("reviewer")
async def discard_parts(request: web.Request, member: StaffMember) -> web.StreamResponse:
    ids, fields = await _chosen(request)
    return await _many(request, member, troubles.discard_part, ids, reason=_known(fields.get("reason")))


@needs("reviewer")
async def retry_code(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Send everything once more that failed with one code, the oldest first, AT_ONCE of them."""
    code = (await read_form(request)).get("code", "").replace("\x00", "")
    ids = await context_of(request).database.read(failures.ids_of, code)
    return await _many(request, member, troubles.retry_part, ids, bell=OUTBOX_BELL, keyed=True)


@needs("reviewer")
async def retry_messages(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Let the model try the chosen ones once more."""
    ids, _ = await _chosen(request)
    return await _many(request, member, troubles.retry_message, ids, bell=WORK_BELL)


@needs("reviewer")
async def discard_messages(request: web.Request, member: StaffMember) -> web.StreamResponse:
    ids, fields = await _chosen(request)
    return await _many(request, member, troubles.discard_message, ids, reason=_known(fields.get("reason")))


async def _chosen(request: web.Request) -> tuple[list[int], dict[str, str]]:
    """The boxes that were ticked, oldest first, and the other fields."""
    fields = await read_fields(request, most=failures.PAGE + 10)
    ids = {int(value) for name, value in fields if name == "id" and _is_id(value)}
    return sorted(ids), dict(fields)


async def _many(
    request: web.Request,
    member: StaffMember,
    act: Act,
    ids: list[int],
    *,
    bell: str | None = None,
    reason: str | None = None,
    keyed: bool = False,
) -> web.StreamResponse:
    """Act on each in a transaction of its own: one that cannot be done keeps no other back. `keyed`: each gets a new key."""
    context = context_of(request)
    by = troubles.By(staff=member.id, actor=actor(member), at=context.clock.now(), reason=reason)
    touched = []
    for one in ids:
        keys = (context.clock.new_id(),) if keyed else ()
        try:
            conversation = await context.database.write(act, one, *keys, by)
        except Conflict:
            continue
        if conversation is not None:
            touched.append(conversation)
    await _tell(context, set(touched), bell)
    raise web.HTTPSeeOther(f"{PAGE}?{urlencode({'done': len(touched), 'left': len(ids) - len(touched)})}")


# --- what they share -------------------------------------------------------------------------------------


async def _done(
    request: web.Request,
    member: StaffMember,
    act: Act,
    *values: Any,
    bell: str | None = None,
    reason: str | None = None,
) -> web.StreamResponse:
    """Act, tell everybody, and show the page again; what is no longer there was dealt with by somebody else."""
    context = context_of(request)
    by = troubles.By(staff=member.id, actor=actor(member), at=context.clock.now(), reason=reason)
    conversation = await context.database.write(act, _number(request), *values, by)
    if conversation is not None:
        await _tell(context, {conversation}, bell)
    raise web.HTTPSeeOther(PAGE)


async def _tell(context: WebContext, touched: set[int], bell: str | None) -> None:
    """Those who do the work, and every page that shows one of these conversations."""
    if touched and bell is not None:
        await context.bus.ring(bell)
    for conversation in sorted(touched):
        frame = {"kind": "mode", "conversation": conversation, "seq": 0}
        await context.bus.publish(STAFF_TOPIC, orjson.dumps(frame))


async def _reason(request: web.Request) -> str | None:
    return _known((await read_form(request)).get("reason"))


def _known(reason: str | None) -> str | None:
    """One of the list, or none: the audit log takes no free words."""
    return reason if reason in troubles.REASONS else None


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
    return int(text) if _is_id(text) else None


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18
