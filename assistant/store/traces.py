"""What is known of one reply: its turn, the messages it answers, the steps, the sends and their exchanges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, select

from ..types import Direction
from .models import (
    conversations,
    exchanges,
    messages,
    outbox,
    receipts,
    reviews,
    settings_versions,
    steps,
    turns,
)
from .reviews import told

PAGE = 50
SEARCHED = 50
"""A reply stands so many messages behind the last one it answers at most, when it is looked for by its turn."""
MOST_ASKED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The message the trace is of. `turn` None: no model wrote it. `verdict`: the latest that stands."""

    id: int
    conversation: int
    seq: int
    channel: str
    author: str
    status: str | None
    error_code: str | None
    turn: int | None
    received_at: datetime
    verdict: str | None = None
    deleted: bool = False
    text: Sequence[Any] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnTrace:
    """How the model came to it. `persona`: number and name of the version. `prompt` as prompt.stored() made it."""

    id: int
    lo_seq: int
    hi_seq: int
    cause: str
    lane: str
    state: str
    model: str | None
    persona_version: int | None
    persona_number: int | None
    persona_name: str | None
    prompt: dict[str, Any] | None
    sampling: dict[str, Any] | None
    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int
    finish: str | None
    taint: bool
    error: str | None
    claimed_at: datetime | None
    started_at: datetime
    asked_at: datetime | None
    first_token_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A message that this reply answers. `sent_at` is the platform's clock, `received_at` ours."""

    seq: int
    sent_at: datetime
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    number: int
    kind: str
    name: str | None
    input: Any
    output: str | None
    state: str
    took_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One exchange with the platform, redacted when it was kept. `at` is its end."""

    method: str
    url: str
    status: int | None
    request: str
    response: str
    took_ms: float
    error: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One part of the reply on its way. `reached`: the last status the platform told, and when."""

    id: int
    part: int
    state: str
    attempt: int
    external_id: str | None
    status: str | None
    error: str | None
    error_code: str | None
    duplicate_possible: bool
    created_at: datetime
    sent_at: datetime | None
    attempts: list[Attempt]
    reached: str | None = None
    reached_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    reply: Reply
    turn: TurnTrace | None
    asked: list[Asked]
    steps: list[Step]
    sent: list[Sent]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """A turn as the list shows it; `message` None: it said nothing. Durations in seconds."""

    turn: int
    message: int | None
    channel: str
    model: str | None
    finish: str | None
    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int
    started_at: datetime
    first_token: float | None
    took: float | None


def find(connection: Connection, message: int, *, words: bool) -> Trace | None:
    """The trace of an outbound message; None when there is no such message.

    Without `words` nothing that anybody wrote is read: no prompt, no arguments, no bodies, only figures.
    """
    reply = _reply(connection, message, words)
    if reply is None:
        return None
    turn = None if reply.turn is None else _turn(connection, reply.turn, words)
    return Trace(
        reply=reply,
        turn=turn,
        asked=[] if turn is None else _asked(connection, reply.conversation, turn),
        steps=[] if turn is None else _steps(connection, turn.id, words),
        sent=_sent(connection, reply.id, words),
    )


def recent(connection: Connection, *, before: int | None = None, limit: int = PAGE) -> list[Recent]:
    """The latest turns, newest first; `before` is the turn after which the next page begins."""
    reply = (
        select(messages.c.id)
        .where(
            messages.c.conversation == turns.c.conversation,
            messages.c.seq > turns.c.hi_seq,
            messages.c.seq <= turns.c.hi_seq + SEARCHED,
            messages.c.turn == turns.c.id,
            messages.c.direction == Direction.OUT.value,
        )
        .limit(1)
        .scalar_subquery()
    )
    query = select(
        turns.c.id.label("turn"),
        reply.label("message"),
        conversations.c.channel,
        turns.c.model,
        turns.c.finish,
        turns.c.prompt_tokens,
        turns.c.cached_tokens,
        turns.c.completion_tokens,
        turns.c.started_at,
        turns.c.first_token_at,
        turns.c.ended_at,
    ).join(conversations, conversations.c.id == turns.c.conversation)
    if before is not None:
        query = query.where(turns.c.id < before)
    rows = connection.execute(query.order_by(turns.c.id.desc()).limit(limit)).mappings()
    return [_recent(row) for row in rows]


def _recent(row: RowMapping) -> Recent:
    started = row["started_at"]

    def since(moment: datetime | None) -> float | None:
        return None if moment is None else (moment - started).total_seconds()

    known = {
        name: value for name, value in row.items() if name not in ("first_token_at", "ended_at", "started_at")
    }
    return Recent(
        **known, started_at=started, first_token=since(row["first_token_at"]), took=since(row["ended_at"])
    )


def _reply(connection: Connection, message: int, words: bool) -> Reply | None:
    row = (
        connection.execute(
            select(messages).where(messages.c.id == message, messages.c.direction == Direction.OUT.value)
        )
        .mappings()
        .first()
    )
    if row is None:
        return None
    verdict = connection.execute(
        select(reviews.c.verdict)
        .where(reviews.c.message == message, told(), reviews.c.staff.is_not(None))
        .order_by(reviews.c.id.desc())
        .limit(1)
    ).scalar()
    same = ("id", "conversation", "seq", "channel", "author", "status", "error_code", "turn", "received_at")
    return Reply(
        **{name: row[name] for name in same},
        verdict=verdict,
        deleted=row["deleted_at"] is not None,
        text=row["parts"] if words else (),
    )


def _turn(connection: Connection, turn: int, words: bool) -> TurnTrace | None:
    wanted = [
        column for column in turns.c if column.name != "conversation" and (words or column.name != "prompt")
    ]
    row = (
        connection.execute(
            select(
                *wanted,
                settings_versions.c.number.label("persona_number"),
                settings_versions.c.name.label("persona_name"),
            )
            .outerjoin(settings_versions, settings_versions.c.id == turns.c.persona_version)
            .where(turns.c.id == turn)
        )
        .mappings()
        .first()
    )
    return None if row is None else TurnTrace(**{"prompt": None, **row})


def _asked(connection: Connection, conversation: int, turn: TurnTrace) -> list[Asked]:
    rows = connection.execute(
        select(messages.c.seq, messages.c.sent_at, messages.c.received_at)
        .where(
            messages.c.conversation == conversation,
            messages.c.seq >= turn.lo_seq,
            messages.c.seq <= turn.hi_seq,
            messages.c.direction == Direction.IN.value,
        )
        .order_by(messages.c.seq)
        .limit(MOST_ASKED)
    ).mappings()
    return [Asked(**row) for row in rows]


def _steps(connection: Connection, turn: int, words: bool) -> list[Step]:
    rows = connection.execute(select(steps).where(steps.c.turn == turn).order_by(steps.c.ord)).mappings()
    return [
        Step(
            number=row["ord"] + 1,
            kind=row["kind"],
            name=row["name"],
            input=row["input"] if words else None,
            output=row["output"] if words else None,
            state=row["state"],
            took_ms=row["took_ms"],
        )
        for row in rows
    ]


def _sent(connection: Connection, message: int, words: bool) -> list[Sent]:
    status = and_(
        receipts.c.channel == outbox.c.channel,
        receipts.c.account == outbox.c.account,
        receipts.c.external_id == outbox.c.external_id,
    )
    rows = (
        connection.execute(
            select(outbox, receipts.c.status.label("reached"), receipts.c.at.label("reached_at"))
            .outerjoin(receipts, status)
            .where(outbox.c.message == message)
            .order_by(outbox.c.part)
        )
        .mappings()
        .all()
    )
    tried: dict[int, list[Attempt]] = {row["id"]: [] for row in rows}
    if tried:
        seen = connection.execute(
            select(exchanges).where(exchanges.c.outbox.in_(list(tried))).order_by(exchanges.c.id)
        ).mappings()
        for one in seen:
            tried[one["outbox"]].append(_attempt(one, words))
    same = (
        "id",
        "part",
        "state",
        "attempt",
        "external_id",
        "status",
        "error",
        "error_code",
        "duplicate_possible",
        "created_at",
        "sent_at",
        "reached",
        "reached_at",
    )
    return [Sent(**{name: row[name] for name in same}, attempts=tried[row["id"]]) for row in rows]


def _attempt(row: RowMapping, words: bool) -> Attempt:
    return Attempt(
        method=row["method"],
        url=row["url"] if words else "",
        status=row["status"],
        request=row["request"] if words else "",
        response=row["response"] if words else "",
        took_ms=row["took_ms"],
        error=row["error"],
        at=row["at"],
    )
