"""The list of conversations and the transcript of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from ... import errors
from ...store import audit, transcripts
from ...store.staff import StaffMember
from ...store.transcripts import ConversationRow, MessageRow
from ...types import (
    Ask,
    Author,
    Choice,
    Contacts,
    Direction,
    LinkButton,
    Media,
    Mode,
    Notice,
    Outcome,
    Part,
    Place,
    Referral,
    Template,
    Text,
    Unsupported,
)
from ..alerts import alerts
from ..auth import needs
from ..context import WebContext, channel_title, context_of
from ..pages import page
from ..signin import actor
from .media import Shelf, Shown, shelf

READ_ONCE_PER = timedelta(minutes=10)
REMEMBERED_READS = 2000
TINTS = 6

_READS = web.AppKey("reads", dict[tuple[int, int], datetime])

OUTCOMES = {
    Outcome.ANSWERED: "answered",
    Outcome.COALESCED: "answered with the next message",
    Outcome.HANDED_TO_HUMAN: "left to staff",
    Outcome.BLOCKED: "blocked",
    Outcome.IGNORED: "ignored",
    Outcome.DEAD: "no answer: set aside",
    Outcome.COMMAND: "command",
    Outcome.CONFIRMED: "confirmed",
    Outcome.SILENT: "no answer needed",
    Outcome.CRISIS: "crisis help shown",
    Outcome.REFUSED: "refused",
    Outcome.QUOTA: "over the limit",
}
MODES = {
    Mode.BOT: "bot",
    Mode.HUMAN: "staff answer",
    Mode.PAUSED: "paused",
    Mode.BLOCKED: "blocked",
    Mode.OPTED_OUT: "the person opted out",
}
TICKS = {
    "pending": ("◷", "pending"),
    "uncertain": ("?", "unclear, waiting for proof"),
    "held": ("◷", "waits for approval"),
    "cancelled": ("–", "not sent"),
    "sent": ("✓", "sent"),
    "delivered": ("✓✓", "delivered"),
    "read": ("✓✓", "read"),
    "failed": ("✕", "failed"),
}
AUTHORS = {Author.ASSISTANT: "Assistant", Author.STAFF: "Staff", Author.SYSTEM: "System", Author.TOOL: "Tool"}


def routes() -> list[web.RouteDef]:
    return [
        web.get("/admin/inbox", conversations),
        web.get(r"/admin/inbox/{id:\d{1,18}}", conversation),
    ]


def prepare(app: web.Application) -> None:
    app[_READS] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A conversation as the list shows it."""

    row: ConversationRow
    name: str
    initials: str
    tint: int
    channel: str
    mode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part as a bubble shows it: `text` in full, or a `chip` that names what cannot be shown."""

    kind: str
    text: str
    note: str = ""
    file: Shown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    row: MessageRow
    author: str
    pieces: list[Piece]
    tick: tuple[str, str] | None
    failure: str | None
    outcome: str | None


@needs("viewer")
async def conversations(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    before = _cursor(request.query.get("before", ""))
    rows, more = await context.database.read(transcripts.list_conversations, before=before)
    older = f"{rows[-1].last_at.isoformat()}_{rows[-1].id}" if more else None
    return page(
        "conversations.html",
        member=member,
        alerts=await alerts(context),
        lines=[line(context, row) for row in rows],
        older=older,
        newest=before is None,
        sandbox=context.sandbox,
    )


@needs("viewer")
async def conversation(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    number = int(request.match_info["id"])
    found = await context.database.read(
        transcripts.transcript, number, before=_seq(request, "before"), at=_seq(request, "at")
    )
    await _log_read(request, member, number)
    head = line(context, found.conversation)
    files = await shelf(context.database, number, found.messages)
    return page(
        "transcript.html",
        member=member,
        line=head,
        bubbles=[bubble(row, head.name, files) for row in found.messages],
        older=found.messages[0].seq if found.older else None,
        newer=found.newer,
        engine_note=context.engine_note(),
    )


async def _log_read(request: web.Request, member: StaffMember, number: int) -> None:
    """That staff read a conversation is on record, once in a while: a page that refreshes itself is one reading."""
    context = context_of(request)
    now = context.clock.now()
    reads = request.config_dict[_READS]
    last = reads.get((member.id, number))
    if last is not None and now - last < READ_ONCE_PER:
        return
    await context.database.write(
        audit.append,
        now=now,
        actor=actor(member),
        action="conversation_read",
        target=f"conversation:{number}",
        once_per=READ_ONCE_PER,
    )
    if len(reads) >= REMEMBERED_READS:
        reads.clear()
    reads[(member.id, number)] = now


# --- from rows to what is shown --------------------------------------------------------------------------


def line(context: WebContext, row: ConversationRow) -> Line:
    name = row.name or f"Unnamed (…{row.peer[-4:]})"
    mode = MODES.get(Mode(row.mode), row.mode)
    letters = [word[0] for word in (row.name or "").split() if word[0].isalnum()]
    return Line(
        row=row,
        name=name,
        initials="".join(letters[:1] + letters[1:][-1:]).upper() or "?",
        tint=row.id % TINTS,
        channel=channel_title(context, row.channel),
        mode=f"{mode}: {row.mode_reason}" if row.mode_reason else mode,
    )


def bubble(row: MessageRow, person: str, files: Shelf) -> Bubble:
    """One message with every word staff read about it."""
    outcome = None
    if row.direction == Direction.IN:
        outcome = OUTCOMES.get(Outcome(row.outcome), row.outcome) if row.outcome else "waiting for an answer"
    author = (
        person
        if row.author == Author.PERSON
        else row.staff_name or AUTHORS.get(Author(row.author), row.author)
    )
    return Bubble(
        row=row,
        author=author,
        pieces=[
            piece(part, files.of(row.seq, number, part) if isinstance(part, Media) else None)
            for number, part in enumerate(row.parts)
        ],
        tick=TICKS[row.tick] if row.tick else None,
        failure=failure(row.error) if row.tick == "failed" else None,
        outcome=outcome,
    )


def piece(part: Part, file: Shown | None = None) -> Piece:
    match part:
        case Text():
            return Piece(kind="text", text=part.text)
        case Notice():
            return Piece(kind="text", text=part.text, note="sent before the answer")
        case Ask():
            return Piece(
                kind="text", text=part.text, note=" · ".join(choice.title for choice in part.choices)
            )
        case Choice():
            return Piece(kind="chip", text=part.title, note="chosen")
        case Place():
            where = f"{part.latitude:.4f}, {part.longitude:.4f}"
            return Piece(kind="chip", text=part.name or where, note="location")
        case LinkButton():
            return Piece(kind="text", text=part.text, note=f"{part.title}: {part.url}")
        case Template():
            return Piece(kind="text", text=part.text, note=f"template {part.name}")
        case Referral():
            return Piece(
                kind="chip", text=part.title or part.text or part.ref or "link", note=f"came from {part.kind}"
            )
        case Contacts():
            return Piece(kind="chip", text=", ".join(part.names), note="contact cards")
        case Media():
            if file is not None:
                return Piece(kind="file", text=part.caption or "", file=file)
            return Piece(kind="chip", text=part.caption or part.name or "", note=part.kind.value)
        case Unsupported():
            return Piece(kind="chip", text=part.kind, note="cannot be shown")


def failure(code: str | None) -> str:
    """The sentence staff read for an error's code."""
    return _sentences().get(code or "", errors.SendError.staff)


def _sentences() -> dict[str, str]:
    found: dict[str, str] = {}
    waiting: list[type[errors.AssistantError]] = [errors.AssistantError]
    while waiting:
        kind = waiting.pop()
        found.setdefault(kind.code, kind.staff)
        waiting.extend(kind.__subclasses__())
    return found


# --- from addresses to values ----------------------------------------------------------------------------


def _cursor(text: str) -> tuple[datetime, int] | None:
    at, _, number = text.rpartition("_")
    try:
        moment = datetime.fromisoformat(at)
        return (moment, int(number)) if moment.tzinfo is not None else None
    except ValueError:
        return None


def _seq(request: web.Request, name: str) -> int | None:
    text = request.query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
