"""One conversation: its transcript with what was done for each reply, and what staff put on it."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

import orjson
from aiohttp import web
from markupsafe import Markup

from ...inbound import STAFF_TOPIC
from ...store import labels, takeover, transcripts
from ...store.database import together
from ...store.staff import StaffMember, StaffRole
from ...store.transcripts import MessageRow, NoteRow, Transcript
from ...store.troubles import By
from ...types import (
    Ask,
    Author,
    Choice,
    Contacts,
    Direction,
    LinkButton,
    Media,
    Notice,
    Outcome,
    Part,
    Place,
    Referral,
    Template,
    Text,
    Unsupported,
)
from ..auth import needs
from ..body import read_form
from ..context import context_of
from ..once import ONCE
from ..pages import fragment, in_place, page, part
from ..record import actor, on_record
from ..words import N_, gettext, look
from . import conversations
from .conversations import HELD, Line, failure, line, log_read
from .media import Shelf, Shown, kind_of, shelf
from .takeover import composer, desk_reads
from .verdicts import REASON_WORDS

OUTCOMES = {
    Outcome.ANSWERED: N_("answered"),
    Outcome.COALESCED: N_("answered with the next message"),
    Outcome.HANDED_TO_HUMAN: N_("left to staff"),
    Outcome.BLOCKED: N_("blocked"),
    Outcome.IGNORED: N_("ignored"),
    Outcome.DEAD: N_("no answer: set aside"),
    Outcome.COMMAND: N_("command"),
    Outcome.CONFIRMED: N_("confirmed"),
    Outcome.SILENT: N_("no answer needed"),
    Outcome.CRISIS: N_("crisis help shown"),
    Outcome.REFUSED: N_("refused"),
    Outcome.QUOTA: N_("over the limit"),
}
TICKS = {
    "pending": ("◷", N_("pending")),
    "uncertain": ("?", N_("unclear, waiting for proof")),
    "held": ("◷", N_("waits for approval")),
    "cancelled": ("–", N_("not sent")),
    "sent": ("✓", N_("sent")),
    "delivered": ("✓✓", N_("delivered")),
    "read": ("✓✓", N_("read")),
    "failed": ("✕", N_("failed")),
}
AUTHORS = {
    Author.ASSISTANT: N_("Assistant"),
    Author.STAFF: N_("Staff"),
    Author.SYSTEM: N_("System"),
    Author.TOOL: N_("Tool"),
}
EVENTS = {
    takeover.TAKEN: N_("took over"),
    takeover.HANDED_BACK: N_("handed back to the model"),
    takeover.TIME_UP: N_("went back to the model: the time of the takeover was up"),
}


def routes() -> list[web.RouteDef]:
    here = r"/admin/inbox/{id:\d{1,18}}"
    return [
        web.get(here, conversation),
        web.post(f"{here}/labels", label),
        web.post(f"{here}/notes", note),
        web.post(f"{here}/flag", flag),
        web.post(f"{here}/assign", assign),
        web.post(f"{here}/resolve", resolve),
        web.post(f"{here}/reveal", reveal),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part as a bubble shows it: `text` in full, or a `chip` that names what cannot be shown."""

    kind: str
    text: str
    note: str = ""
    file: Shown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """A verdict as a chip shows it."""

    verdict: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """A message, a note or an event. `state` changes whenever anything that is shown of it changes."""

    kind: str
    id: str
    after: int
    seq: float
    author: str
    at: datetime
    pieces: list[Piece]
    row: MessageRow | None = None
    note: NoteRow | None = None
    tick: tuple[str, str] | None = None
    failure: str | None = None
    outcome: str | None = None
    opinions: tuple[Opinion, ...] = ()
    marks: tuple[tuple[str, bool], ...] = ()
    persona: int | None = None
    state: str = ""


# --- the page --------------------------------------------------------------------------------------------


@needs("viewer")
async def conversation(request: web.Request, member: StaffMember) -> web.StreamResponse:
    if HELD in request.headers and in_place(request):
        return await _news(request, member)
    return await shown(request, member)


async def shown(
    request: web.Request, member: StaffMember, *, revealed: bool = False, block: str = "conversation"
) -> web.StreamResponse:
    """The page, or the block of it that htmx asks for."""
    context = context_of(request)
    number = int(request.match_info["id"])
    wanted = replace(conversations.asked(request.query, member), before="")  # here it is about messages
    whole = not in_place(request)
    read = await context.database.read(
        together,
        partial(
            transcripts.transcript,
            conversation=number,
            before=_seq(request, "before"),
            at=_seq(request, "at"),
        ),
        *desk_reads(context, number),
        *(conversations.around(context, member, wanted) if whole else (labels.colleagues,)),
    )
    found: Transcript = read[0]
    await log_read(request, member, "conversation_read", f"conversation:{number}")
    head = line(context, found.conversation, member)
    files = await shelf(context.database, number, found.messages)
    may = member.role.covers(StaffRole.REVIEWER)
    values: dict[str, Any] = {
        "member": member,
        "line": head,
        "row": found.conversation,
        "bubbles": bubbles(found, head, files),
        "older_messages": _older(found),
        "newer": found.newer,
        "shared": found.shared,
        "engine_note": context.engine_note(),
        "now": context.clock.now(),
        "may": may,
        "revealed": revealed and may,
        "colleagues": [] if whole else read[3],
        "last_reply": _last_reply(found),
        "asked": wanted,
        "desk": await composer(context, member, number, read[1:3]),
    }
    if not whole:
        return fragment("transcript.html", block, **values)
    return page("transcript.html", **values | await conversations.beside(request, member, wanted, read[3:]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Newest:
    """The end of a transcript, for all who see the same in it. `desk`: what `desk_reads` found; `drawn`: bubbles that one of
    them needed, by their ids."""

    found: Transcript
    head: Line
    bubbles: list[Bubble]
    colleagues: list[tuple[int, str]]
    desk: list[Any]
    drawn: dict[str, Markup]


async def _news(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """For an open page that says in HELD what it shows: the bubbles that are not there or say something else by now, and
    what stands around them."""
    context = context_of(request)
    number = int(request.match_info["id"])

    async def read() -> Newest:
        found, colleagues, *desk = await context.database.read(
            together,
            partial(transcripts.transcript, conversation=number),
            labels.colleagues,
            *desk_reads(context, number),
        )
        head = line(context, found.conversation, member)
        made = bubbles(found, head, await shelf(context.database, number, found.messages))
        return Newest(found=found, head=head, bubbles=made, colleagues=colleagues, desk=desk, drawn={})

    may, liked = member.role.covers(StaffRole.REVIEWER), look.get()
    newest = await request.config_dict[ONCE].get(
        ("transcript", number, may, liked.language, liked.shortcuts), read
    )
    await log_read(request, member, "conversation_read", f"conversation:{number}")
    held = set(request.headers[HELD].split(","))
    ids = {one.partition(":")[0] for one in held}
    values: dict[str, Any] = {"member": member, "may": may, "last_reply": _last_reply(newest.found)}
    fresh = [one for one in newest.bubbles if f"{one.id}:{one.state}" not in held]
    for one in fresh:
        if one.id not in newest.drawn:
            newest.drawn[one.id] = part("transcript_bubble.html", bubble=one, **values)
    return fragment(
        "transcript.html",
        "news",
        line=newest.head,
        row=newest.found.conversation,
        news=[newest.drawn[one.id] for one in fresh],
        known=sum(one.row is not None and one.id in ids for one in newest.bubbles),
        older_messages=_older(newest.found),
        shared=newest.found.shared,
        colleagues=newest.colleagues,
        engine_note=context.engine_note(),
        now=context.clock.now(),
        revealed=False,
        desk=await composer(context, member, number, newest.desk),
        **values,
    )


def _older(found: Transcript) -> int | None:
    return found.messages[0].seq if found.older else None


def _last_reply(found: Transcript) -> int | None:
    return next((one.id for one in reversed(found.messages) if _judged(one)), None)


# --- what staff put on it --------------------------------------------------------------------------------


@needs("reviewer")
async def label(request: web.Request, member: StaffMember) -> web.StreamResponse:
    form = await read_form(request)
    name = labels.plain(form.get("label", ""))
    if not name:
        raise web.HTTPBadRequest
    act = labels.remove if form.get("do") == "remove" else labels.add
    return await _done(request, member, act, name)


@needs("reviewer")
async def note(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """For colleagues; the person never sees it."""
    words = (await read_form(request)).get("text", "").replace("\r\n", "\n").strip()
    if not words or len(words) > labels.NOTE_LENGTH:
        raise web.HTTPBadRequest
    return await _done(request, member, labels.note, words)


@needs("reviewer")
async def flag(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return await _done(request, member, labels.flag, await _on(request))


@needs("reviewer")
async def assign(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """To oneself, a colleague or nobody."""
    to = (await read_form(request)).get("to", "")
    if to == "me":
        return await _done(request, member, labels.assign, member.id)
    if to and not (to.isascii() and to.isdigit() and len(to) <= 18):
        raise web.HTTPBadRequest
    return await _done(request, member, labels.assign, int(to) if to else None)


@needs("reviewer")
async def resolve(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return await _done(request, member, labels.resolve, await _on(request))


@needs("reviewer")
async def reveal(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """The person's number or id in full, once; each time it is on record."""
    context = context_of(request)
    target = f"conversation:{request.match_info['id']}"
    await on_record(context, member, "conversation.revealed", target)
    return await shown(request, member, revealed=True, block="context")


async def _on(request: web.Request) -> bool:
    return (await read_form(request)).get("on") == "1"


async def _done(
    request: web.Request, member: StaffMember, act: Callable[..., int], value: Any
) -> web.StreamResponse:
    """Act, tell every page, and show what is now put on the conversation."""
    context = context_of(request)
    number = int(request.match_info["id"])
    by = By(staff=member.id, actor=actor(member), at=context.clock.now())
    seq = await context.database.write(act, number, value, by)
    frame = {"kind": "mark", "conversation": number, "seq": seq}
    await context.bus.publish(STAFF_TOPIC, orjson.dumps(frame))
    if in_place(request):
        return await shown(request, member, block="context")
    raise web.HTTPSeeOther(f"/admin/inbox/{number}")


# --- from rows to what is shown --------------------------------------------------------------------------


def bubbles(found: Transcript, head: Line, files: Shelf) -> list[Bubble]:
    """Messages, notes and events in the order in which they stand."""
    made: list[Bubble] = []
    persona: int | None = None
    behind = {row.seq: row.after_seq for row in found.messages}
    for row in found.messages:
        changed = row.persona_version is not None and persona not in (None, row.persona_version)
        persona = row.persona_version if row.persona_version is not None else persona
        made.append(bubble(row, head.name, files, persona=persona if changed else None))
    for one in found.notes:
        last = found.messages[-1] if found.messages else None
        seq = one.seq if one.seq is not None else (last.seq if last else 0)
        made.append(
            Bubble(
                kind="note",
                id=f"n{one.id}",
                after=behind.get(seq, seq),
                seq=seq + 0.5,
                author=one.by or gettext("Staff"),
                at=one.at,
                pieces=[Piece(kind="text", text=one.text)],
                note=one,
                state="note",
            )
        )
    return sorted(made, key=lambda bubble: (bubble.after, bubble.seq))


def bubble(row: MessageRow, person: str, files: Shelf, *, persona: int | None = None) -> Bubble:
    """One message with every word staff read about it."""
    author = (
        person
        if row.author == Author.PERSON
        else row.staff_name or gettext(AUTHORS.get(Author(row.author), row.author))
    )
    pieces = [
        piece(part, files.of(row.seq, number, part) if isinstance(part, Media) else None)
        for number, part in enumerate(row.parts)
    ]
    common: dict[str, Any] = {
        "id": f"m{row.seq}",
        "after": row.after_seq,
        "seq": row.seq,
        "author": author,
        "at": row.sent_at,
        "row": row,
    }
    if row.direction == Direction.INTERNAL:
        said = [
            Piece(kind=one.kind, text=gettext(EVENTS[one.text]) if one.text in EVENTS else one.text)
            for one in pieces
        ]
        return Bubble(kind="event", pieces=said, state="event", **common)
    outcome = None
    if row.direction == Direction.IN:
        outcome = (
            gettext(OUTCOMES.get(Outcome(row.outcome), row.outcome))
            if row.outcome
            else gettext("waiting for an answer")
        )
    tick = TICKS[row.tick] if row.tick else None
    return Bubble(
        kind="message",
        pieces=pieces,
        tick=(tick[0], gettext(tick[1])) if tick else None,
        failure=failure(row.error) if row.tick == "failed" else None,
        outcome=outcome,
        opinions=tuple(opinion(mark) for mark in row.verdicts),
        marks=tuple(_mark(step) for step in row.steps),
        persona=persona,
        state=f"{zlib.crc32(repr((row, pieces, persona)).encode()):08x}",
        **common,
    )


def opinion(mark: transcripts.VerdictMark) -> Opinion:
    words = gettext(conversations.VERDICTS.get(mark.verdict, mark.verdict))
    reasons = ", ".join(gettext(REASON_WORDS.get(one, one)) for one in mark.reasons)
    by = mark.by or gettext("the person")
    said = f"{words}: {reasons} ({by})" if reasons else f"{words} ({by})"
    return Opinion(verdict=mark.verdict, words=f"{said}, {gettext('corrected')}" if mark.corrected else said)


def _mark(step: transcripts.StepMark) -> tuple[str, bool]:
    """What was done for a reply, and whether it went well."""
    name = step.name or gettext("unreadable call")
    well = step.state in ("done", "ok", "passed")
    words = f"{step.kind}: {name}" if step.kind != "tool" else name
    return (words if well else f"{words} ({step.state})"), well


def _judged(row: MessageRow) -> bool:
    return row.direction == Direction.OUT and row.author == Author.ASSISTANT


def piece(part: Part, file: Shown | None = None) -> Piece:
    match part:
        case Text():
            return Piece(kind="text", text=part.text)
        case Notice():
            return Piece(kind="text", text=part.text, note=gettext("sent before the answer"))
        case Ask():
            return Piece(
                kind="text", text=part.text, note=" · ".join(choice.title for choice in part.choices)
            )
        case Choice():
            return Piece(kind="chip", text=part.title, note=gettext("chosen"))
        case Place():
            where = f"{part.latitude:.4f}, {part.longitude:.4f}"
            return Piece(kind="chip", text=part.name or where, note=gettext("location"))
        case LinkButton():
            return Piece(kind="text", text=part.text, note=f"{part.title}: {part.url}")
        case Template():
            note = gettext("template {name}").replace("{name}", part.name)
            return Piece(kind="text", text=part.text, note=note)
        case Referral():
            note = gettext("came from {kind}").replace("{kind}", part.kind)
            return Piece(kind="chip", text=part.title or part.text or part.ref or "link", note=note)
        case Contacts():
            return Piece(kind="chip", text=", ".join(part.names), note=gettext("contact cards"))
        case Media():
            if file is not None:
                return Piece(kind="file", text=part.caption or "", file=file)
            return Piece(kind="chip", text=part.caption or part.name or "", note=kind_of(part))
        case Unsupported():
            return Piece(kind="chip", text=part.kind, note=gettext("cannot be shown"))


def _seq(request: web.Request, name: str) -> int | None:
    text = request.query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
