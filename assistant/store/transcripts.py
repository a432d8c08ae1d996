"""What staff and visitors read: lists of conversations, transcripts, unread webhooks and failures, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, text

from ..errors import NotFound
from ..types import Direction, OutboxState, Part, Status
from . import parts as codec
from .models import conversations, messages, outbox, people, raw_events, reactions, staff

PAGE = 50
SNIPPET = 140
# Written out, not bound: only then both databases use their partial indexes.
_DEAD = text("messages.outcome = 'dead'")
_FAILED = text("outbox.state = 'failed'")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationRow:
    """One line of the list. `snippet` is the beginning of the newest message, `direction` which way it went."""

    id: int
    channel: str
    peer: str
    name: str | None
    mode: str
    mode_reason: str | None
    last_at: datetime
    waiting: bool
    snippet: str
    direction: str | None
    dead: bool
    failed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRow:
    """One bubble. `tick` is pending, uncertain, sent, delivered, read, failed, cancelled or held; None for inbound."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """One page of a conversation, oldest first; `older` and `newer` say whether there is more on that side."""

    conversation: ConversationRow
    messages: list[MessageRow]
    older: bool
    newer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadRow:
    id: int
    channel: str
    account: str
    reason: str
    bytes: int
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureRow:
    """A message nobody answered (`dead`) or a part that could not be sent. `id` pages its own list."""

    id: int
    conversation: int
    seq: int
    channel: str
    name: str | None
    reason: str | None
    error: str | None
    error_code: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMessage:
    """A message as the visitor sees it in the web chat; one per part we sent, so that ids agree with live frames."""

    id: str
    direction: str
    author: str
    text: str
    status: str | None
    waiting: bool
    at: datetime


# --- the list --------------------------------------------------------------------------------------------

_LIST = (
    select(
        conversations.c.id,
        conversations.c.channel,
        conversations.c.peer,
        conversations.c.mode,
        conversations.c.mode_reason,
        conversations.c.last_at,
        conversations.c.due_at,
        people.c.name,
        messages.c.parts,
        messages.c.direction,
        messages.c.deleted_at,
    )
    .join(people, people.c.id == conversations.c.person)
    .outerjoin(
        messages,
        and_(messages.c.conversation == conversations.c.id, messages.c.seq == conversations.c.last_seq),
    )
)


def list_conversations(
    connection: Connection, *, before: tuple[datetime, int] | None = None, limit: int = PAGE
) -> tuple[list[ConversationRow], bool]:
    """Newest first; `before` is (last_at, id) of the last line of the page before. Also whether more follow."""
    query = _LIST
    if before is not None:
        at, last = before
        query = query.where(
            conversations.c.last_at <= at, or_(conversations.c.last_at < at, conversations.c.id < last)
        )
    query = query.order_by(conversations.c.last_at.desc(), conversations.c.id.desc()).limit(limit + 1)
    rows = connection.execute(query).mappings().all()
    return _conversation_rows(connection, rows[:limit]), len(rows) > limit


def _conversation_rows(connection: Connection, rows: Sequence[Any]) -> list[ConversationRow]:
    ids = [row["id"] for row in rows]
    with_dead = select(messages.c.conversation).where(_DEAD, messages.c.conversation.in_(ids)).distinct()
    with_failed = select(outbox.c.conversation).where(_FAILED, outbox.c.conversation.in_(ids)).distinct()
    dead = set(connection.execute(with_dead).scalars())
    failed = set(connection.execute(with_failed).scalars())
    return [
        ConversationRow(
            id=row["id"],
            channel=row["channel"],
            peer=row["peer"],
            name=row["name"],
            mode=row["mode"],
            mode_reason=row["mode_reason"],
            last_at=row["last_at"],
            waiting=row["due_at"] is not None,
            snippet="" if row["deleted_at"] else _snippet(row["parts"]),
            direction=row["direction"],
            dead=row["id"] in dead,
            failed=row["id"] in failed,
        )
        for row in rows
    ]


def _snippet(parts: list[dict[str, Any]] | None) -> str:
    words = " ".join(codec.plain_text(codec.load(parts or [])).split())
    return words if len(words) <= SNIPPET else words[: SNIPPET - 1] + "…"


# --- one conversation ------------------------------------------------------------------------------------


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
    row = connection.execute(_LIST.where(conversations.c.id == conversation)).mappings().first()
    if row is None:
        raise NotFound("no such conversation")
    query = select(messages, staff.c.name.label("staff_name")).outerjoin(
        staff, staff.c.id == messages.c.staff
    )
    query = query.where(messages.c.conversation == conversation)
    edge = before if before is not None else at
    if edge is not None:
        query = query.where(_up_to(connection, conversation, edge, inclusive=before is None))
    query = query.order_by(messages.c.after_seq.desc(), messages.c.seq.desc()).limit(limit + 1)
    found = connection.execute(query).mappings().all()
    shown = list(reversed(found[:limit]))
    return Transcript(
        conversation=_conversation_rows(connection, [row])[0],
        messages=_message_rows(connection, conversation, shown),
        older=len(found) > limit,
        newer=edge is not None,
    )


def _up_to(connection: Connection, conversation: int, seq: int, *, inclusive: bool) -> ColumnElement[bool]:
    found = connection.execute(
        select(messages.c.after_seq).where(messages.c.conversation == conversation, messages.c.seq == seq)
    ).scalar()
    after = seq if found is None else found
    same = messages.c.seq <= seq if inclusive else messages.c.seq < seq
    return or_(messages.c.after_seq < after, and_(messages.c.after_seq == after, same))


_SAME = (
    *("id", "seq", "after_seq", "direction", "author", "staff_name"),
    *("outcome", "outcome_reason", "sent_at", "edited_at", "deleted_at"),
)


def _message_rows(connection: Connection, conversation: int, rows: Sequence[Any]) -> list[MessageRow]:
    sent = _outbox_of(connection, [row["id"] for row in rows if row["direction"] == Direction.OUT])
    emojis = _reactions_of(connection, conversation, rows, sent)
    return [_message_row(row, sent.get(row["id"], []), emojis.get(row["id"], [])) for row in rows]


def _message_row(row: Any, sent: list[Any], emojis: list[str]) -> MessageRow:
    return MessageRow(
        **{name: row[name] for name in _SAME},
        parts=codec.load(row["parts"]),
        reactions=tuple(emojis),
        tick=_tick(row["status"], sent) if row["direction"] == Direction.OUT else None,
        error=next((part["error"] for part in sent if part["error"]), None),
        error_code=next((part["error_code"] for part in (row, *sent) if part["error_code"]), None),
        duplicate_possible=any(part["duplicate_possible"] for part in sent),
    )


def _outbox_of(connection: Connection, ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    if ids:
        query = select(outbox).where(outbox.c.message.in_(ids)).order_by(outbox.c.message, outbox.c.part)
        for row in connection.execute(query).mappings():
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
        query = select(reactions.c.external_id, reactions.c.emoji).where(
            reactions.c.conversation == conversation, reactions.c.emoji.is_not(None)
        )
        for external_id, emoji in connection.execute(query.where(reactions.c.external_id.in_(owner))):
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


def dead(connection: Connection, *, before: int | None = None, limit: int = PAGE) -> list[FailureRow]:
    """Messages that were set aside without an answer, newest first."""
    query = (
        select(
            messages.c.id,
            messages.c.conversation,
            messages.c.seq,
            messages.c.channel,
            people.c.name,
            messages.c.outcome_reason.label("reason"),
            messages.c.received_at.label("at"),
        )
        .join(conversations, conversations.c.id == messages.c.conversation)
        .join(people, people.c.id == conversations.c.person)
        .where(_DEAD)
    )
    if before is not None:
        query = query.where(messages.c.id < before)
    rows = connection.execute(query.order_by(messages.c.id.desc()).limit(limit)).mappings()
    return [FailureRow(**row, error=None, error_code=None) for row in rows]


def unsent(connection: Connection, *, before: int | None = None, limit: int = PAGE) -> list[FailureRow]:
    """Parts a platform refused for good, newest first."""
    query = (
        select(
            outbox.c.id,
            outbox.c.conversation,
            messages.c.seq,
            outbox.c.channel,
            people.c.name,
            outbox.c.error,
            outbox.c.error_code,
            outbox.c.created_at.label("at"),
        )
        .join(messages, messages.c.id == outbox.c.message)
        .join(conversations, conversations.c.id == outbox.c.conversation)
        .join(people, people.c.id == conversations.c.person)
        .where(_FAILED)
    )
    if before is not None:
        query = query.where(outbox.c.id < before)
    rows = connection.execute(query.order_by(outbox.c.id.desc()).limit(limit)).mappings()
    return [FailureRow(**row, reason=None) for row in rows]


# --- the visitor's own page ------------------------------------------------------------------------------


def page_history(connection: Connection, key: str, *, limit: int = PAGE) -> list[PageMessage]:
    """The newest messages of the conversation named by an Address.key, oldest first; nothing internal or deleted."""
    newest = (
        select(messages)
        .join(conversations, conversations.c.id == messages.c.conversation)
        .where(
            conversations.c.key == key,
            messages.c.direction != Direction.INTERNAL.value,
            messages.c.deleted_at.is_(None),
        )
        .order_by(messages.c.after_seq.desc(), messages.c.seq.desc())
        .limit(limit)
    )
    rows = list(reversed(connection.execute(newest).mappings().all()))
    sent = _outbox_of(connection, [row["id"] for row in rows if row["direction"] == Direction.OUT])
    found: list[PageMessage] = []
    for row in rows:
        common = {"direction": row["direction"], "author": row["author"], "at": row["sent_at"]}
        common["waiting"] = row["direction"] == Direction.IN and row["outcome"] is None
        for part in sent.get(row["id"], ()):
            if part["state"] in (OutboxState.HELD, OutboxState.CANCELLED):
                continue
            words = codec.plain_text(codec.load([part["payload"]]))
            name = part["external_id"] or part["idempotency_key"]
            found.append(PageMessage(id=name, text=words, status=part["status"], **common))
        if row["id"] not in sent:
            words = codec.plain_text(codec.load(row["parts"]))
            name = row["external_id"] or f"m{row['id']}"
            found.append(PageMessage(id=name, text=words, status=row["status"], **common))
    return found
