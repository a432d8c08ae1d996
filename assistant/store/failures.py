"""What could not be answered or sent, as staff find it: page by page, by the platform's code, with how often it was tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, func, literal, select, text

from .models import conversations, exchanges, messages, outbox, people

PAGE: Final = 50
COUNTED: Final = 1000
"""Codes are counted among so many of the newest failures."""
AT_ONCE: Final = 200
"""So many parts of one code are tried again with one press."""
NO_CODE: Final = "none"
# Written out, not bound: only then both databases use their partial indexes.
_FAILED = text("outbox.state = 'failed'")
_DEAD = text("messages.outcome = 'dead'")


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedPart:
    """A part that will not be sent by itself. `attempts`: exchanges with the platform that are still kept, or tries since it was last begun.

    `kind`: what kind of part it is, never what it says. `silent`: nothing may be sent to this person.
    """

    id: int
    conversation: int
    seq: int
    message: int
    channel: str
    name: str | None
    kind: str
    attempts: int
    error: str | None
    error_code: str | None
    duplicate_possible: bool
    silent: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadMessage:
    """A message that nobody answers by itself; `tries` of its conversation since the last success."""

    id: int
    conversation: int
    seq: int
    channel: str
    name: str | None
    reason: str | None
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """`code` is what the platform said, or our own word; `error` the kind of the newest of them."""

    code: str
    error: str | None
    count: int


def parts(
    connection: Connection, *, before: int | None = None, code: str | None = None, limit: int = PAGE
) -> list[FailedPart]:
    """Parts that could not be sent, newest first; of one code only, if one is given."""
    exchanged = select(func.count()).where(exchanges.c.outbox == outbox.c.id).scalar_subquery()
    query = (
        select(
            outbox.c.id,
            outbox.c.conversation,
            outbox.c.message,
            messages.c.seq,
            outbox.c.channel,
            people.c.name,
            outbox.c.payload,
            outbox.c.attempt,
            exchanged.label("exchanged"),
            outbox.c.error,
            outbox.c.error_code,
            outbox.c.duplicate_possible,
            conversations.c.mode,
            outbox.c.created_at,
        )
        .join(messages, messages.c.id == outbox.c.message)
        .join(conversations, conversations.c.id == outbox.c.conversation)
        .join(people, people.c.id == conversations.c.person)
        .where(_FAILED)
    )
    if before is not None:
        query = query.where(outbox.c.id < before)
    if code is not None:
        query = query.where(_code() == code)
    rows = connection.execute(query.order_by(outbox.c.id.desc()).limit(limit)).all()
    return [
        FailedPart(
            id=row.id,
            conversation=row.conversation,
            message=row.message,
            seq=row.seq,
            channel=row.channel,
            name=row.name,
            kind=_kind(row.payload),
            attempts=max(row.attempt, row.exchanged),
            error=row.error,
            error_code=row.error_code,
            duplicate_possible=row.duplicate_possible,
            silent=row.mode in ("opted_out", "blocked"),
            at=row.created_at,
        )
        for row in rows
    ]


def dead(connection: Connection, *, before: int | None = None, limit: int = PAGE) -> list[DeadMessage]:
    """Messages that were set aside without an answer, newest first."""
    query = (
        select(
            messages.c.id,
            messages.c.conversation,
            messages.c.seq,
            messages.c.channel,
            people.c.name,
            messages.c.outcome_reason,
            messages.c.parts,
            messages.c.received_at,
        )
        .join(conversations, conversations.c.id == messages.c.conversation)
        .join(people, people.c.id == conversations.c.person)
        .where(_DEAD)
    )
    if before is not None:
        query = query.where(messages.c.id < before)
    rows = connection.execute(query.order_by(messages.c.id.desc()).limit(limit)).all()
    return [
        DeadMessage(
            id=row.id,
            conversation=row.conversation,
            seq=row.seq,
            channel=row.channel,
            name=row.name,
            reason=row.outcome_reason,
            kind=", ".join(sorted({_kind(part) for part in row.parts})),
            at=row.received_at,
        )
        for row in rows
    ]


def codes(connection: Connection) -> list[Code]:
    """How often each code is among the newest failures, the most frequent first."""
    newest = (
        select(outbox.c.id, _code().label("code"), outbox.c.error)
        .where(_FAILED)
        .order_by(outbox.c.id.desc())
        .limit(COUNTED)
        .subquery()
    )
    rows = connection.execute(
        select(newest.c.code, func.max(newest.c.error), func.count())
        .group_by(newest.c.code)
        .order_by(func.count().desc(), newest.c.code)
    )
    return [Code(code=code, error=error, count=count) for code, error, count in rows]


def ids_of(connection: Connection, code: str, limit: int = AT_ONCE) -> list[int]:
    """The oldest failed parts with this code: in each conversation they leave in the order in which they were written."""
    query: Select[Any] = (
        select(outbox.c.id).where(_FAILED, _code() == code).order_by(outbox.c.id).limit(limit)
    )
    return list(connection.execute(query).scalars())


def _code() -> ColumnElement[str]:
    return func.coalesce(outbox.c.error_code, outbox.c.error, literal(NO_CODE))


def _kind(stored: Any) -> str:
    """What kind of part it is, as it was stored."""
    kind = stored.get("type") if isinstance(stored, dict) else None
    return str(kind or "unknown")
