"""Judging one answer, beside its transcript or on a page of its own: the form, the verdicts so far, the difference a correction makes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import orjson
from aiohttp import web

from ...inbound import STAFF_TOPIC
from ...store import datasets, review_leases, reviews
from ...store.reviews import REASONS, Fault, Given, Judgement, Subject, Verdict
from ...store.staff import StaffMember
from ..auth import needs
from ..body import read_form
from ..context import WebContext, channel_title, context_of
from ..difference import Piece, words
from ..pages import fragment, in_place, page
from ..record import on_record
from ..words import N_, gettext

FORM_BYTES = 128 * 1024
"""A correction in a script whose letters take nine bytes each in a form."""
READ_ONCE_PER = timedelta(minutes=10)

VERDICTS = {
    Verdict.GOOD: (N_("Good"), "verdict_good"),
    Verdict.BAD: (N_("Bad"), "verdict_bad"),
    Verdict.UNSURE: (N_("Unsure"), "verdict_unsure"),
}
REASON_WORDS = {
    "wrong_fact": N_("wrong fact"),
    "unhelpful": N_("unhelpful"),
    "ignored_instruction": N_("ignored an instruction"),
    "wrong_language": N_("wrong language"),
    "tone": N_("tone"),
    "unsafe": N_("unsafe"),
    "over_refusal": N_("refused without need"),
    "privacy_leak": N_("gave away something private"),
    "too_long": N_("too long"),
    "format": N_("format"),
    "tool_error": N_("tool error"),
    "other": N_("other (say what)"),
}
FAULTS = {
    Fault.NO_VERDICT: N_("Choose a verdict first."),
    Fault.NO_REASON: N_("Say what is wrong with it: choose at least one reason."),
    Fault.NO_WORDS: N_("“Other” needs a comment that says what is wrong."),
    Fault.TOO_LONG: N_("The comment or the correction is too long. Shorten it."),
}
FINALS = {
    "good": N_("good"),
    "bad": N_("bad"),
    "unsure": N_("unsure"),
    "disputed": N_("disputed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form as it is shown: where it goes, what is filled in, and what was wrong with it."""

    action: str
    subject: Subject
    values: Judgement
    place: str
    fault: str | None = None

    @property
    def verdicts(self) -> dict[Verdict, tuple[str, str]]:
        return VERDICTS

    @property
    def reasons(self) -> dict[str, str]:
        return REASON_WORDS

    @property
    def longest(self) -> dict[str, int]:
        return {"comment": reviews.LONGEST_COMMENT, "correction": reviews.LONGEST_CORRECTION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A verdict with the difference that its correction makes, and what it replaced."""

    given: Given
    difference: list[Piece]
    older: list[Given] = field(default_factory=list)

    @property
    def reasons(self) -> list[str]:
        return [gettext(REASON_WORDS.get(reason, reason)) for reason in self.given.reasons]


def routes() -> list[web.RouteDef]:
    path = r"/admin/review/message/{id:\d{1,18}}"
    return [
        web.get(path, judging),
        web.post(path, judged),
        web.post(f"{path}/difference", difference),
        web.post(f"{path}/withdraw", withdrawn),
    ]


@needs("reviewer")
async def judging(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    number = int(request.match_info["id"])
    subject = await context.database.read(reviews.subject, number)
    whole = request.query.get("whole") == "1"
    own = await context.database.read(reviews.own, number, member.id, whole=whole)
    place = "transcript" if in_place(request) else "page"
    asked = request.query.get("verdict", "")  # the one that was pressed beside the transcript
    values = judgement_of(own) if own is not None else Judgement(verdict="", whole=whole)
    values = replace(values, verdict=asked) if asked in set(Verdict) else values
    form = Form(action=_path(number), subject=subject, values=values, place=place)
    await log_read(context, member, subject.conversation)
    if in_place(request):
        return fragment("verdict.html", "form", form=form, saved=None, sets=await sets_of(context, number))
    return await _page(context, member, form, saved="saved" in request.query)


@needs("reviewer")
async def judged(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    number = int(request.match_info["id"])
    judgement = judgement_from(await read_form(request, FORM_BYTES))
    subject = await context.database.read(reviews.subject, number)
    place = "transcript" if in_place(request) else "page"
    form = Form(
        action=_path(number),
        subject=subject,
        values=judgement,
        place=place,
        fault=fault_of(judgement),
    )
    if form.fault is not None:
        if in_place(request):
            sets = await sets_of(context, number)
            return fragment("verdict.html", "form", status=422, form=form, saved=None, sets=sets)
        return await _page(context, member, form, status=422)
    await context.database.write(
        review_leases.judge, number, judgement, reviewer=member.id, now=context.clock.now()
    )
    await log_verdict(context, member, subject, "review.judged", judgement)
    if in_place(request):
        own = await context.database.read(reviews.own, number, member.id, whole=judgement.whole)
        sets = await sets_of(context, number)
        saved = None if own is None else (await shown(subject, [own]))[0]
        return fragment("verdict.html", "form", form=form, saved=saved, sets=sets)
    raise web.HTTPSeeOther(f"{_path(number)}?saved=1")


@needs("reviewer")
async def difference(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """What a correction changes, while it is written; nothing is kept."""
    form = await read_form(request, FORM_BYTES)
    subject = await context_of(request).database.read(reviews.subject, int(request.match_info["id"]))
    correction = form.get("correction", "")[: reviews.LONGEST_CORRECTION]
    pieces = await asyncio.to_thread(words, subject.text, plain(correction))
    changed = bool(plain(correction).strip()) and correction_of(form) != subject.text.strip()
    return fragment("verdict.html", "difference", pieces=pieces if changed else [])


@needs("reviewer")
async def withdrawn(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Take one's own verdict back; one that was given for a queue can only be changed."""
    context = context_of(request)
    number = int(request.match_info["id"])
    subject = await context.database.read(reviews.subject, number)
    form = await read_form(request, FORM_BYTES)
    now = context.clock.now()
    if await context.database.write(
        reviews.withdraw, number, reviewer=member.id, now=now, whole="whole" in form
    ):
        await log_verdict(context, member, subject, "review.withdrawn")
    raise web.HTTPSeeOther(_path(number))


async def _page(
    context: WebContext, member: StaffMember, form: Form, *, status: int = 200, saved: bool = False
) -> web.Response:
    number = form.subject.message
    given = await context.database.read(reviews.of_message, number, member.id, history=True)
    return page(
        "verdict.html",
        status=status,
        member=member,
        form=form,
        saved=None,
        done=saved,
        shown=await shown(form.subject, given),
        channel=channel_title(context, form.subject.channel),
        sets=await sets_of(context, number),
    )


# --- what the queues use too -----------------------------------------------------------------------------


async def sets_of(context: WebContext, message: int) -> dict[str, Any]:
    """The data sets that take the answer, the one used last first, and those that have it."""
    return {
        "message": message,
        "open": await context.database.read(datasets.open_ones),
        "holding": await context.database.read(datasets.holding, message),
    }


def judgement_from(form: Mapping[str, str]) -> Judgement:
    """What the form says; the faults of it are told by `fault_of`. Raises nothing."""
    verdict = form.get("verdict", "")
    bad = verdict == Verdict.BAD
    return Judgement(
        verdict=verdict,
        reasons=tuple(reason for reason in REASONS if bad and f"reason_{reason}" in form),
        comment=plain(form.get("comment", "")).strip() or None,
        correction=correction_of(form) or None,
        whole="whole" in form,
    )


def judgement_of(given: Given) -> Judgement:
    return Judgement(
        verdict=given.verdict,
        reasons=given.reasons,
        comment=given.comment,
        correction=given.correction,
        whole=given.whole,
    )


def fault_of(judgement: Judgement) -> str | None:
    fault = judgement.fault()
    return None if fault is None else gettext(FAULTS[fault])


def plain(text: str) -> str:
    """Line ends as we keep them; NUL, which no database takes, is dropped."""
    return text.replace("\r\n", "\n").replace("\x00", "")


def correction_of(form: Mapping[str, str]) -> str:
    return plain(form.get("correction", "")).strip()


async def shown(subject: Subject, given: list[Given]) -> list[Shown]:
    """The verdicts in force, each with what it replaced, newest first; differences are made in a thread."""
    return await asyncio.to_thread(_shown, subject, given)


def _shown(subject: Subject, given: list[Given]) -> list[Shown]:
    found = []
    for one in given:
        if one.replaced_at is not None:
            continue
        same = [other for other in given if other.replaced_at and _kind(other) == _kind(one)]
        pieces = words(subject.text, one.correction) if one.correction else []
        found.append(Shown(given=one, difference=pieces, older=same))
    return found


def _kind(given: Given) -> tuple[int | None, bool]:
    return given.staff, given.whole


async def log_read(context: WebContext, member: StaffMember, conversation: int) -> None:
    """That staff read from a conversation is on record, once in a while."""
    await on_record(
        context, member, "conversation_read", f"conversation:{conversation}", once_per=READ_ONCE_PER
    )


async def log_verdict(
    context: WebContext,
    member: StaffMember,
    subject: Subject,
    action: str,
    judgement: Judgement | None = None,
) -> None:
    """On record, and told to every page that shows the answer."""
    detail = {"verdict": judgement.verdict, "corrected": bool(judgement.correction)} if judgement else None
    await on_record(context, member, action, f"message:{subject.message}", detail=detail)
    frame = {"kind": "review", "conversation": subject.conversation, "seq": subject.seq}
    await context.bus.publish(STAFF_TOPIC, orjson.dumps(frame))


def _path(number: int) -> str:
    return f"/admin/review/message/{number}"
