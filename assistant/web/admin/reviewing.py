"""One item of a queue at a time: given out under a lease, judged, skipped or left; and what ends a disagreement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import orjson
from aiohttp import web

from ...store import review_leases, review_queues, reviews
from ...store.review_leases import SKIP_REASONS, Item
from ...store.review_queues import Standing
from ...store.reviews import Judgement
from ...store.staff import StaffMember, StaffRole
from ..auth import needs
from ..body import read_form
from ..context import WebContext, channel_title, context_of
from ..pages import page
from ..words import N_, gettext
from . import verdicts
from .verdicts import FORM_BYTES, Form, fault_of, judgement_from

LOOKS = 5
"""How far a queue is filled for somebody who finds nothing in it; each look covers review_queues.SPAN messages."""

SKIPS = {
    "not_my_language": N_("not my language"),
    "not_my_subject": N_("not my subject"),
    "needs_context": N_("needs more context"),
    "personal": N_("I know the person"),
    "other": N_("other"),
}
SOURCES = {
    "thumb": N_("thumb down"),
    "flagged": N_("flagged"),
    "failed": N_("failed send"),
    "sample": N_("sample"),
    "manual": N_("put in by hand"),
}


def routes() -> list[web.RouteDef]:
    item = r"/admin/review/items/{id:\d{1,18}}"
    return [
        web.get(r"/admin/review/{queue:\d{1,18}}/next", next_item),
        web.get(item, shown_item),
        web.post(f"{item}/decide", decide),
        web.post(f"{item}/skip", skip),
        web.post(f"{item}/keep", keep),
        web.post(f"{item}/leave", leave),
        web.post(f"{item}/resolve", resolve),
    ]


@needs("reviewer")
async def next_item(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    number = int(request.match_info["queue"])
    queue = await context.database.read(review_queues.get, number)
    item = None
    if queue.closed_at is None:
        item = await _found(context, number, member)
    if item is None:
        standing = await context.database.read(review_queues.standing, number, member.id, context.clock.now())
        why = gettext("This queue is closed.") if queue.closed_at else why_empty(standing)
        return page("review_empty.html", member=member, queue=queue, why=why, standing=standing)
    return await _focus(context, member, item)


async def _found(context: WebContext, queue: int, member: StaffMember) -> Item | None:
    """An item for this reviewer; the queue is filled further as long as it has none."""
    for _ in range(LOOKS):
        item = await context.database.write(review_leases.lease, queue, member.id, context.clock.now())
        if item is not None:
            return item
        now = context.clock.now()
        more = await context.database.write(review_queues.fill, queue, now)
        if not more:
            return await context.database.write(review_leases.lease, queue, member.id, now)
    return None


@needs("reviewer")
async def decide(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    number = _number(request)
    judgement = judgement_from(await read_form(request, FORM_BYTES))
    item = await context.database.read(review_leases.item, number, member.id)
    fault = fault_of(judgement)
    if fault is not None:
        return await _focus(context, member, item, values=judgement, fault=fault, status=422)
    done = await context.database.write(
        review_leases.decide, number, member.id, judgement, context.clock.now()
    )
    if not done.taken:
        subject = await context.database.read(reviews.subject, item.message)
        return page(
            "review_lost.html",
            status=409,
            member=member,
            item=item,
            subject=subject,
            by=done.by,
            values=judgement,
        )
    subject = await context.database.read(reviews.subject, item.message)
    await verdicts.log_verdict(context, member, subject, "review.decided", judgement)
    raise web.HTTPSeeOther(f"/admin/review/{item.queue}/next")


@needs("reviewer")
async def skip(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    number = _number(request)
    reason = (await read_form(request, FORM_BYTES)).get("reason", "other")
    if reason not in SKIP_REASONS:
        raise web.HTTPBadRequest
    item = await context.database.read(review_leases.item, number, member.id)
    await context.database.write(review_leases.skip, number, member.id, context.clock.now(), reason)
    raise web.HTTPSeeOther(f"/admin/review/{item.queue}/next")


@needs("reviewer")
async def keep(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """The page is still open, and this is what was written so far; the answer says whose the item is."""
    context = context_of(request)
    draft = _draft(await read_form(request, FORM_BYTES))
    held = await context.database.write(
        review_leases.keep, _number(request), member.id, context.clock.now(), draft
    )
    body = orjson.dumps({"held": held.held, "by": list(held.by)})
    return web.Response(body=body, content_type="application/json", headers={"Cache-Control": "no-store"})


@needs("reviewer")
async def leave(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """The page is closed: what was written last is kept, and the item is free for others."""
    context = context_of(request)
    number = _number(request)
    draft = _draft(await read_form(request, FORM_BYTES))
    now = context.clock.now()
    if draft is not None:
        await context.database.write(review_leases.keep, number, member.id, now, draft)
    await context.database.write(review_leases.release, number, member.id, now)
    if "back" in request.query:
        item = await context.database.read(review_leases.item, number, member.id)
        raise web.HTTPSeeOther(f"/admin/review/{item.queue}")
    return web.Response(status=204)


# --- an item that has its verdicts -----------------------------------------------------------------------


@needs("reviewer")
async def shown_item(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return await _item_page(request, member)


@needs("reviewer")
async def resolve(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """End a disagreement: by an administrator, or a reviewer who is no part of it."""
    context = context_of(request)
    number = _number(request)
    item = await context.database.read(review_leases.item, number, member.id)
    if not _may_resolve(item, member):
        raise web.HTTPForbidden
    judgement = judgement_from(await read_form(request, FORM_BYTES))
    fault = fault_of(judgement)
    if fault is not None:
        return await _item_page(request, member, values=judgement, fault=fault, status=422)
    if await context.database.write(review_leases.resolve, number, member.id, judgement, context.clock.now()):
        subject = await context.database.read(reviews.subject, item.message)
        await verdicts.log_verdict(context, member, subject, "review.resolved", judgement)
    raise web.HTTPSeeOther(f"/admin/review/items/{number}")


async def _item_page(
    request: web.Request,
    member: StaffMember,
    *,
    values: Judgement | None = None,
    fault: str | None = None,
    status: int = 200,
) -> web.Response:
    context = context_of(request)
    item = await context.database.read(review_leases.item, _number(request), member.id)
    subject = await context.database.read(reviews.subject, item.message)
    given = await context.database.read(reviews.of_message, item.message, member.id, history=True)
    await verdicts.log_read(context, member, subject.conversation)
    form = None
    if item.state == "disputed" and _may_resolve(item, member):
        form = Form(
            action=f"/admin/review/items/{item.id}/resolve",
            subject=subject,
            values=values or Judgement(verdict=""),
            place="page",
            fault=fault,
        )
    return page(
        "review_item.html",
        status=status,
        member=member,
        item=item,
        subject=subject,
        channel=channel_title(context, subject.channel),
        source=gettext(SOURCES.get(item.source, item.source)),
        shown=await verdicts.shown(subject, given),
        form=form,
    )


def _may_resolve(item: Item, member: StaffMember) -> bool:
    return item.own != "decided" or member.role is StaffRole.ADMIN


# --- what they share -------------------------------------------------------------------------------------


async def _focus(
    context: WebContext,
    member: StaffMember,
    item: Item,
    *,
    values: Judgement | None = None,
    fault: str | None = None,
    status: int = 200,
) -> web.Response:
    subject = await context.database.read(reviews.subject, item.message)
    await verdicts.log_read(context, member, subject.conversation)
    queue = await context.database.read(review_queues.get, item.queue)
    before = None if item.draft else await context.database.read(reviews.own, item.message, member.id)
    if item.draft:
        kept = review_leases.judgement_of(item.draft)
    else:
        kept = verdicts.judgement_of(before) if before is not None else Judgement(verdict="")
    form = Form(
        action=f"/admin/review/items/{item.id}/decide",
        subject=subject,
        values=values or kept,
        place="queue",
        fault=fault,
    )
    standing = await context.database.read(review_queues.standing, item.queue, member.id, context.clock.now())
    return page(
        "review_next.html",
        status=status,
        member=member,
        queue=queue,
        item=item,
        form=form,
        standing=standing,
        channel=channel_title(context, subject.channel),
        source=gettext(SOURCES.get(item.source, item.source)),
        skips=SKIPS,
        drafted=values is None and item.draft is not None,
        judged=values is None and before is not None,
        sets=await verdicts.sets_of(context, item.message),
    )


def why_empty(standing: Standing) -> str:
    """Why there is nothing to begin, in numbers; an unfinished queue is never called done."""
    leased = ", ".join(
        gettext("{n} leased by {name}").replace("{n}", str(count)).replace("{name}", name)
        for name, count in standing.leased
    )
    parts = [
        gettext("{n} waiting").replace("{n}", str(standing.open)),
        leased or gettext("none leased"),
        gettext("{n} done").replace("{n}", str(standing.done)),
    ]
    if standing.disputed:
        parts.append(gettext("{n} disputed").replace("{n}", str(standing.disputed)))
    if standing.open and standing.mine:
        parts.append(gettext("{n} judged or skipped by you").replace("{n}", str(standing.mine)))
    return gettext("Nothing to judge for you: {numbers}.").replace("{numbers}", ", ".join(parts))


def _draft(form: Mapping[str, str]) -> dict[str, object] | None:
    """What a lease keeps of an unfinished form; None for one that holds nothing."""
    judgement = judgement_from(form)
    if "correction" not in form and not judgement.verdict:
        return None
    limited = replace(
        judgement,
        comment=(judgement.comment or "")[: reviews.LONGEST_COMMENT] or None,
        correction=(judgement.correction or "")[: reviews.LONGEST_CORRECTION] or None,
    )
    return review_leases.draft_of(limited)


def _number(request: web.Request) -> int:
    return int(request.match_info["id"])
