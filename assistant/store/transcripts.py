"""What staff read: transcripts and unread webhooks, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, or_, select

from ..errors import NotFound
from ..types import Direction, OutboxState, Part, Status
from . import parts as codec
from .inbox import LIST, ConversationRow, rows_of
from .models import (
    conversations,
    messages,
    notes,
    outbox,
    raw_events,
    reactions,
    reviews,
    shares,
    staff,
    steps,
    turns,
)
from .reviews import told

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictMark:
    """What somebody thinks of a reply; `by` None: the person it was sent to."""

    verdict: str
    by: str | None
    reasons: tuple[str, ...]
    corrected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepMark:
    """Something that was done for a reply: a tool that ran, a rule that spoke."""

    kind: str
    name: str | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """What staff wrote for staff; it stands behind the message `seq`, at the end when that is None."""

    id: int
    seq: int | None
    by: str | None
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRow:
    """One bubble. `tick` is pending, uncertain, sent, delivered, read, failed, cancelled or held; None for inbound.

    `off_path`: the person went back and sees another version of it, or of what came before.
    """

    id: int
    seq: int
    after_seq: int
    direction: str
    author: str
    staff_name: str | None
    parts: tuple[Part, ...]
    reactions: tuple[str, ...]
    tick: str | None
    error: str | None
    error_code: str | None
    duplicate_possible: bool
    outcome: str | None
    outcome_reason: str | None
    sent_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None
    off_path: bool
    turn: int | None
    persona_version: int | None
    verdicts: tuple[VerdictMark, ...]
    steps: tuple[StepMark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """One page of a conversation, oldest first; `older` and `newer` say whether there is more on that side.

    `notes` are those that stand behind messages of this page; on the newest page also those that stand nowhere. `shared`:
    how many links of the visitor show it to whoever has them.
    """

    conversation: ConversationRow
    messages: list[MessageRow]
    notes: list[NoteRow]
    older: bool
    newer: bool
    shared: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadRow:
    id: int
    channel: str
    account: str
    reason: str
    bytes: int
    received_at: datetime


# --- one conversation ------------------------------------------------------------------------------------

_SAME = (
    *("id", "seq", "after_seq", "direction", "author", "staff_name"),
    *("outcome", "outcome_reason", "sent_at", "edited_at", "deleted_at", "off_path", "turn"),
)
# Statements of every page, built once; see inbox.
_IDS: Any = bindparam("ids", expanding=True)
_HERE: Any = bindparam("here")
_HEAD = LIST.where(conversations.c.id == _HERE)
_NEWEST = (
    select(
        *(messages.c[name] for name in _SAME if name != "staff_name"),
        *(messages.c[name] for name in ("parts", "status", "external_id", "error_code")),
        staff.c.name.label("staff_name"),
    )
    .outerjoin(staff, staff.c.id == messages.c.staff)
    .where(messages.c.conversation == _HERE)
    .order_by(messages.c.after_seq.desc(), messages.c.seq.desc())
    .limit(bindparam("most"))
)
_VERDICTS = (
    select(
        *(reviews.c[name] for name in ("message", "verdict", "reasons", "reason")),
        reviews.c.correction.is_not(None).label("corrected"),
        staff.c.name.label("by"),
    )
    .outerjoin(staff, staff.c.id == reviews.c.staff)
    .where(reviews.c.message.in_(_IDS), told())
    .order_by(reviews.c.id)
)
_TURNS = (
    select(turns.c.id, turns.c.persona_version, steps.c.kind, steps.c.name, steps.c.state)
    .outerjoin(steps, steps.c.turn == turns.c.id)
    .where(turns.c.id.in_(_IDS))
    .order_by(turns.c.id, steps.c.ord)
)
_NOTES = (
    select(notes.c.id, notes.c.seq, staff.c.name.label("by"), notes.c.text, notes.c.created_at.label("at"))
    .outerjoin(staff, staff.c.id == notes.c.staff)
    .where(
        notes.c.conversation == _HERE,
        or_(notes.c.seq.in_(_IDS), and_(bindparam("newest"), notes.c.seq.is_(None))),
    )
    .order_by(notes.c.id.desc())
    .limit(2 * PAGE)
)
_SENT_OF = (
    select(
        *(outbox.c[name] for name in ("message", "external_id", "state", "status", "error", "error_code")),
        *(outbox.c[name] for name in ("duplicate_possible", "idempotency_key")),
    )
    .where(outbox.c.message.in_(_IDS))
    .order_by(outbox.c.message, outbox.c.part)
)
_REACTIONS = select(reactions.c.external_id, reactions.c.emoji).where(
    reactions.c.conversation == _HERE,
    reactions.c.emoji.is_not(None),
    reactions.c.external_id.in_(bindparam("owners", expanding=True)),
)


_SHARED: Final = select(func.count()).where(
    shares.c.conversation == bindparam("here"), shares.c.revoked_at.is_(None)
)


def transcript(
    connection: Connection,
    conversation: int,
    *,
    before: int | None = None,
    at: int | None = None,
    limit: int = PAGE,
) -> Transcript:
    """The newest messages; or those before message `before`; or those that end with message `at` (a seq each).

    A reply stands after the newest message it answers: the order is (after_seq, seq). Raises NotFound.
    """
    row = connection.execute(_HEAD, {"here": conversation}).mappings().first()
    if row is None:
        raise NotFound("no such conversation")
    query = _NEWEST
    edge = before if before is not None else at
    if edge is not None:
        query = query.where(_up_to(connection, conversation, edge, inclusive=before is None))
    found = connection.execute(query, {"here": conversation, "most": limit + 1}).mappings().all()
    shown = list(reversed(found[:limit]))
    return Transcript(
        conversation=rows_of(connection, [row])[0],
        messages=_message_rows(connection, conversation, shown),
        notes=_notes_of(connection, conversation, [row["seq"] for row in shown], newest=edge is None),
        older=len(found) > limit,
        newer=edge is not None,
        shared=int(connection.execute(_SHARED, {"here": conversation}).scalar_one()),
    )


def _up_to(connection: Connection, conversation: int, seq: int, *, inclusive: bool) -> ColumnElement[bool]:
    found = connection.execute(
        select(messages.c.after_seq).where(messages.c.conversation == conversation, messages.c.seq == seq)
    ).scalar()
    after = seq if found is None else found
    same = messages.c.seq <= seq if inclusive else messages.c.seq < seq
    return or_(messages.c.after_seq < after, and_(messages.c.after_seq == after, same))


def _message_rows(connection: Connection, conversation: int, rows: Sequence[Any]) -> list[MessageRow]:
    ours = [row["id"] for row in rows if row["direction"] == Direction.OUT]
    of_turns = sorted({row["turn"] for row in rows if row["turn"] is not None and row["id"] in ours})
    done, personas = _turns_of(connection, of_turns)
    around = _Around(
        sent=_outbox_of(connection, ours),
        verdicts=_verdicts_of(connection, ours),
        steps=done,
        personas=personas,
    )
    emojis = _reactions_of(connection, conversation, rows, around.sent)
    return [_message_row(row, around, emojis.get(row["id"], [])) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What other tables know of the messages of a page: by message, and by turn."""

    sent: dict[int, list[Any]]
    verdicts: dict[int, list[VerdictMark]]
    steps: dict[int, list[StepMark]]
    personas: dict[int, int]


def _message_row(row: Any, around: _Around, emojis: list[str]) -> MessageRow:
    sent = around.sent.get(row["id"], [])
    ours = row["direction"] == Direction.OUT
    return MessageRow(
        **{name: row[name] for name in _SAME},
        parts=codec.load(row["parts"]),
        reactions=tuple(emojis),
        tick=_tick(row["status"], sent) if ours else None,
        error=next((part["error"] for part in sent if part["error"]), None),
        error_code=next((part["error_code"] for part in (row, *sent) if part["error_code"]), None),
        duplicate_possible=any(part["duplicate_possible"] for part in sent),
        persona_version=around.personas.get(row["turn"]) if ours else None,
        verdicts=tuple(around.verdicts.get(row["id"], ())),
        steps=tuple(around.steps.get(row["turn"], ())) if ours else (),
    )


def _verdicts_of(connection: Connection, ids: Sequence[int]) -> dict[int, list[VerdictMark]]:
    found: dict[int, list[VerdictMark]] = {}
    if ids:
        for row in connection.execute(_VERDICTS, {"ids": ids}).mappings():
            reasons = row["reasons"] or ([row["reason"]] if row["reason"] else [])
            mark = VerdictMark(
                verdict=row["verdict"],
                by=row["by"],
                reasons=tuple(str(reason) for reason in reasons),
                corrected=bool(row["corrected"]),
            )
            found.setdefault(row["message"], []).append(mark)
    return found


def _turns_of(connection: Connection, ids: Sequence[int]) -> tuple[dict[int, list[StepMark]], dict[int, int]]:
    """What was done in each turn, and with which persona."""
    done: dict[int, list[StepMark]] = {}
    personas: dict[int, int] = {}
    for turn, persona, kind, name, state in connection.execute(_TURNS, {"ids": ids}) if ids else ():
        if persona is not None:
            personas[turn] = persona
        if kind is not None:
            done.setdefault(turn, []).append(StepMark(kind=kind, name=name, state=state))
    return done, personas


def _notes_of(
    connection: Connection, conversation: int, seqs: Sequence[int], *, newest: bool
) -> list[NoteRow]:
    given = {"here": conversation, "ids": seqs, "newest": newest}
    return [NoteRow(**row) for row in reversed(connection.execute(_NOTES, given).mappings().all())]


def _outbox_of(connection: Connection, ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    if ids:
        for row in connection.execute(_SENT_OF, {"ids": ids}).mappings():
            found.setdefault(row["message"], []).append(row)
    return found


def _reactions_of(
    connection: Connection, conversation: int, rows: Sequence[Any], sent: dict[int, list[Any]]
) -> dict[int, list[str]]:
    owner = {row["external_id"]: row["id"] for row in rows if row["external_id"]}
    for message, parts in sent.items():
        owner |= {part["external_id"]: message for part in parts if part["external_id"]}
    found: dict[int, list[str]] = {}
    if owner:
        given = {"here": conversation, "owners": list(owner)}
        for external_id, emoji in connection.execute(_REACTIONS, given):
            found.setdefault(owner[external_id], []).append(emoji)
    return found


_WORST_FIRST = (
    OutboxState.FAILED,
    OutboxState.UNKNOWN,
    OutboxState.HELD,
    OutboxState.SENDING,
    OutboxState.PENDING,
    OutboxState.CANCELLED,
)
_TICKS = {OutboxState.UNKNOWN: "uncertain", OutboxState.SENDING: "pending"}
_RANK = (Status.SENT, Status.DELIVERED, Status.READ)


def _tick(status: str | None, parts: Iterable[Any]) -> str:
    """One mark for all parts: the one that is worst off decides, then the one that came least far."""
    states = {part["state"] for part in parts}
    if status == Status.FAILED or any(part["status"] == Status.FAILED for part in parts):
        return Status.FAILED.value
    for state in _WORST_FIRST:
        if state in states:
            return _TICKS.get(state, state.value)
    reached = [part["status"] for part in parts if part["status"] in _RANK]
    if reached:
        return str(min(reached, key=_RANK.index))
    return status or (Status.SENT.value if states else "pending")


# --- what went wrong -------------------------------------------------------------------------------------


def unread(connection: Connection, *, before: int | None = None, limit: int = PAGE) -> list[UnreadRow]:
    """Webhook items no rule could read and nobody has handled, newest first."""
    query = select(
        raw_events.c.id,
        raw_events.c.channel,
        raw_events.c.account,
        raw_events.c.reason,
        func.length(raw_events.c.body).label("bytes"),
        raw_events.c.received_at,
    ).where(raw_events.c.handled_at.is_(None))
    if before is not None:
        query = query.where(raw_events.c.id < before)
    rows = connection.execute(query.order_by(raw_events.c.id.desc()).limit(limit)).mappings()
    return [UnreadRow(**row) for row in rows]
