"""What staff do about what went wrong: try again, discard, answer by hand, let a paused conversation go on; each on record.

Every act first takes what it is about out of its state, in the same transaction as everything that follows: of two people
who press at once one acts, and what was sent or answered in the meantime stays as it is. They return the conversation, or
None when there was nothing (any more) to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, literal, or_, select, text, update

from ..errors import Conflict, Uncertain
from ..types import Mode, OutboxState, Outcome
from . import audit
from .models import conversations, messages, outbox, people
from .queue import Reply, address_of, write_reply
from .receipts import refresh_ticks

_PAUSED = text("conversations.mode = 'paused'")
_SILENT = (Mode.OPTED_OUT.value, Mode.BLOCKED.value)
REASONS = ("outdated", "elsewhere", "unwanted", "test")
"""Why something is discarded: it helps nobody any more, was dealt with elsewhere, nobody wants an answer, it was a trial."""
_NOBODY = "nothing may be sent to this person"


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who does it, and when; `actor` as the audit log names them. `reason`: one of REASONS, why something is discarded."""

    staff: int
    actor: str
    at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PausedRow:
    """A conversation that nobody answers until staff let it go on."""

    id: int
    channel: str
    name: str | None
    reason: str | None
    last_seq: int
    last_at: datetime


def paused(connection: Connection, *, before: int | None = None, limit: int = 50) -> list[PausedRow]:
    """Paused conversations, newest first."""
    query = (
        select(
            conversations.c.id,
            conversations.c.channel,
            people.c.name,
            conversations.c.mode_reason.label("reason"),
            conversations.c.last_seq,
            conversations.c.last_at,
        )
        .join(people, people.c.id == conversations.c.person)
        .where(_PAUSED)
    )
    if before is not None:
        query = query.where(conversations.c.id < before)
    rows = connection.execute(query.order_by(conversations.c.id.desc()).limit(limit)).mappings()
    return [PausedRow(**row) for row in rows]


# --- parts that could not be delivered -------------------------------------------------------------------


def retry_part(connection: Connection, part: int, key: str, by: By) -> int | None:
    """Send a failed part, and what was dropped behind it, once more. Raises Conflict where nothing may be sent.

    One that was refused gets the new `key`: late news of the old send cannot touch the new one. One whose fate was unclear
    keeps its own, for it may still be proven, and may arrive twice.
    """
    place = _failed(connection, part)
    if place is None:
        return None
    if place["mode"] in _SILENT:
        raise Conflict(_NOBODY)
    unclear = outbox.c.error == Uncertain.code
    connection.execute(
        update(outbox)
        .where(outbox.c.id == part)
        .values(
            state=OutboxState.PENDING.value,
            idempotency_key=case((unclear, outbox.c.idempotency_key), else_=key),
            external_id=None,
            status=None,
            error=None,
            error_code=None,
            attempt=0,
            next_at=by.at,
            duplicate_possible=case((or_(outbox.c.duplicate_possible, unclear), True), else_=False),
        )
    )
    connection.execute(
        update(outbox)
        .where(
            outbox.c.message == place["message"],
            outbox.c.id > part,
            outbox.c.state == OutboxState.CANCELLED.value,
        )
        .values(state=OutboxState.PENDING.value, next_at=by.at)
    )
    refresh_ticks(connection, outbox.c.id == part)
    _record(connection, by, "part.retried", f"part {part}")
    return int(place["conversation"])


def discard_part(connection: Connection, part: int, by: By) -> int | None:
    """Nobody will send it; it stays in the transcript as not sent."""
    place = _failed(connection, part)
    if place is None:
        return None
    _drop(connection, part)
    _record(connection, by, "part.discarded", f"part {part}")
    return int(place["conversation"])


def answer_part(connection: Connection, part: int, reply: Reply, by: By) -> int | None:
    """Staff's own words go out in place of a failed part. Raises Conflict where nothing may be sent."""
    place = _failed(connection, part)
    if place is None:
        return None
    if place["mode"] in _SILENT:
        raise Conflict(_NOBODY)
    _drop(connection, part)
    _say(connection, int(place["conversation"]), reply, by)
    _record(connection, by, "part.answered", f"part {part}")
    return int(place["conversation"])


def _failed(connection: Connection, part: int) -> Any:
    """The part's message and conversation, locked; None unless it is failed now."""
    conversation = connection.execute(select(outbox.c.conversation).where(outbox.c.id == part)).scalar()
    place = _lock(connection, conversation)
    if place is None:
        return None
    row = connection.execute(
        select(outbox.c.message, outbox.c.conversation)
        .where(outbox.c.id == part, outbox.c.state == OutboxState.FAILED.value)
        .with_for_update()
    ).first()
    return (
        None
        if row is None
        else {"message": row.message, "conversation": row.conversation, "mode": place.mode}
    )


def _drop(connection: Connection, part: int) -> None:
    connection.execute(
        update(outbox).where(outbox.c.id == part).values(state=OutboxState.CANCELLED.value, status=None)
    )
    refresh_ticks(connection, outbox.c.id == part)


# --- messages without an answer --------------------------------------------------------------------------


def retry_message(connection: Connection, message: int, by: By) -> int | None:
    """Let the model try once more. Raises Conflict where the model does not answer."""
    place = _dead(connection, message)
    if place is None:
        return None
    if place.mode != Mode.BOT:
        raise Conflict("the model does not answer this conversation")
    _settle(connection, message, None, None)
    leased = conversations.c.lease_until > by.at
    now = literal(by.at, conversations.c.due_at.type)  # an expression would take it for another type
    connection.execute(
        update(conversations)
        .where(conversations.c.id == place.id)
        .values(
            due_at=case((leased, conversations.c.due_at), else_=now),
            first_due_at=case(
                (conversations.c.first_due_at.is_(None), now), else_=conversations.c.first_due_at
            ),
            attempts=0,
            crashes=case((leased, conversations.c.crashes), else_=0),
        )
    )
    _record(connection, by, "message.retried", f"message {message}")
    return int(place.id)


def discard_message(connection: Connection, message: int, by: By) -> int | None:
    """It needs no answer."""
    place = _dead(connection, message)
    if place is None:
        return None
    _settle(connection, message, Outcome.IGNORED, "discarded by staff")
    _record(connection, by, "message.discarded", f"message {message}")
    return int(place.id)


def answer_message(connection: Connection, message: int, reply: Reply, by: By) -> int | None:
    """Staff's own words are the answer. Raises Conflict where nothing may be sent."""
    place = _dead(connection, message)
    if place is None:
        return None
    if place.mode in _SILENT:
        raise Conflict(_NOBODY)
    _settle(connection, message, Outcome.HANDED_TO_HUMAN, "answered by staff")
    _say(connection, place.id, reply, by)
    _record(connection, by, "message.answered", f"message {message}")
    return int(place.id)


def _dead(connection: Connection, message: int) -> Any:
    """The message's conversation, locked; None unless the message is dead now."""
    conversation = connection.execute(
        select(messages.c.conversation).where(messages.c.id == message)
    ).scalar()
    place = _lock(connection, conversation)
    dead = select(messages.c.id).where(messages.c.id == message, messages.c.outcome == Outcome.DEAD.value)
    return place if place is not None and connection.execute(dead).first() is not None else None


def _settle(connection: Connection, message: int, outcome: Outcome | None, reason: str | None) -> None:
    connection.execute(
        update(messages)
        .where(messages.c.id == message)
        .values(outcome=outcome.value if outcome else None, outcome_reason=reason, turn=None)
    )


# --- paused conversations --------------------------------------------------------------------------------


def resume(connection: Connection, conversation: int, by: By) -> int | None:
    """The model answers again from the next message on; what was said so far no longer speaks for another bot."""
    done = connection.execute(
        update(conversations)
        .where(conversations.c.id == conversation, conversations.c.mode == Mode.PAUSED.value)
        .values(
            mode=Mode.BOT.value,
            mode_reason=None,
            epoch=conversations.c.epoch + 1,
            watched_from_seq=conversations.c.last_seq,
        )
    )
    if done.rowcount == 0:
        return None
    _record(connection, by, "conversation.resumed", f"conversation:{conversation}")
    return conversation


# --- what they share -------------------------------------------------------------------------------------


def place_of(connection: Connection, *, part: int | None = None, message: int | None = None) -> str | None:
    """The channel of a failed part or a dead message; None when there is none."""
    if part is not None:
        return connection.execute(select(outbox.c.channel).where(outbox.c.id == part)).scalar()
    return connection.execute(select(messages.c.channel).where(messages.c.id == message)).scalar()


def _lock(connection: Connection, conversation: int | None) -> Any:
    return connection.execute(
        select(conversations).where(conversations.c.id == conversation).with_for_update()
    ).first()


def _say(connection: Connection, conversation: int, reply: Reply, by: By) -> None:
    row = connection.execute(select(conversations).where(conversations.c.id == conversation)).mappings().one()
    seq = row["last_seq"] + 1
    connection.execute(
        update(conversations).where(conversations.c.id == conversation).values(last_seq=seq, last_at=by.at)
    )
    write_reply(
        connection,
        conversation,
        address_of(row),
        reply,
        seq=seq,
        after=row["last_seq"],
        turn=None,
        now=by.at,
        staff=by.staff,
    )


def _record(connection: Connection, by: By, action: str, target: str) -> None:
    detail = {"reason": by.reason} if by.reason else None
    audit.append(connection, now=by.at, actor=by.actor, action=action, target=target, detail=detail)
