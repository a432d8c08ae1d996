"""The outbox: what was decided to be sent, sent in order per conversation, with its doubts written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, exists, func, insert, literal, or_, select, update

from ..types import Address, Exchange, OutboxState, Part, Status
from . import parts as codec
from .dialects import upsert
from .models import channel_states, conversations, exchanges, messages, outbox
from .queue import address_of
from .receipts import after_send, refresh_ticks

_ACTIVE = [OutboxState.HELD, OutboxState.PENDING, OutboxState.SENDING, OutboxState.UNKNOWN]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A part that is ours to send now. `repeat`: it may have been delivered before."""

    id: int
    conversation: int
    message: int
    address: Address
    part: Part
    idempotency_key: str
    reply_to: str | None
    attempt: int
    repeat: bool
    model_made: bool
    window_until: datetime | None
    created_at: datetime


def take(connection: Connection, now: datetime, hold: timedelta, limit: int) -> list[Sending]:
    """Mark up to `limit` due parts as being sent: per conversation the first open one only, and no paused account's.

    `hold`: after this long without a word the part counts as unclear.
    """
    earlier = outbox.alias("earlier")
    paused = exists().where(
        channel_states.c.channel == outbox.c.channel,
        channel_states.c.account == outbox.c.account,
        channel_states.c.paused_reason.is_not(None),
        or_(channel_states.c.resume_at.is_(None), channel_states.c.resume_at > now),
    )
    due = (
        select(outbox.c.id)
        .where(
            outbox.c.state == OutboxState.PENDING.value,
            outbox.c.next_at <= now,
            ~exists().where(
                earlier.c.conversation == outbox.c.conversation,
                earlier.c.id < outbox.c.id,
                earlier.c.state.in_(_ACTIVE),
            ),
            ~paused,
        )
        .order_by(outbox.c.next_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    taken = connection.execute(
        update(outbox)
        .where(outbox.c.id.in_(due))
        .values(state=OutboxState.SENDING.value, attempt=outbox.c.attempt + 1, next_at=now + hold)
        .returning(outbox.c.id)
    ).scalars()
    ids = list(taken)
    if not ids:
        return []
    rows = connection.execute(
        select(
            outbox,
            conversations.c.peer,
            conversations.c.thread,
            conversations.c.window_until,
        )
        .join(conversations, conversations.c.id == outbox.c.conversation)
        .where(outbox.c.id.in_(ids))
        .order_by(outbox.c.id)
    ).mappings()
    return [
        Sending(
            id=row["id"],
            conversation=row["conversation"],
            message=row["message"],
            address=address_of(row),
            part=codec.load([row["payload"]])[0],
            idempotency_key=row["idempotency_key"],
            reply_to=row["reply_to"],
            attempt=row["attempt"],
            repeat=row["duplicate_possible"],
            model_made=row["turn"] is not None,
            window_until=row["window_until"],
            created_at=row["created_at"],
        )
        for row in rows
    ]


def next_due(connection: Connection) -> datetime | None:
    """When the next part wants attention: to be sent, or to be doubted."""
    value = connection.execute(
        select(func.min(outbox.c.next_at)).where(outbox.c.state.in_(["pending", "sending", "unknown"]))
    ).scalar()
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def doubt(connection: Connection, now: datetime, settle: timedelta) -> list[str]:
    """Move what hangs: a send without a word becomes unclear; an unclear one without proof is sent again.

    Returns the channels of the repeats, for the count of possible duplicates.
    """
    repeated = connection.execute(
        update(outbox)
        .where(outbox.c.state == OutboxState.UNKNOWN.value, outbox.c.next_at <= now)
        .values(state=OutboxState.PENDING.value, duplicate_possible=True)
        .returning(outbox.c.channel)
    ).scalars()
    channels = list(repeated)
    connection.execute(
        update(outbox)
        .where(outbox.c.state == OutboxState.SENDING.value, outbox.c.next_at <= now)
        .values(state=OutboxState.UNKNOWN.value, next_at=now + settle)
    )
    return channels


def sent(
    connection: Connection, part: Sending, external_id: str, at: datetime, seen: Sequence[Exchange]
) -> None:
    """The platform took it."""
    write_exchanges(connection, part.id, seen, at)
    connection.execute(
        update(outbox)
        .where(outbox.c.id == part.id)
        .values(
            state=OutboxState.SENT.value,
            external_id=external_id,
            sent_at=func.coalesce(outbox.c.sent_at, literal(at, outbox.c.sent_at.type)),
            status=func.coalesce(outbox.c.status, Status.SENT.value),
            error=None,
            error_code=None,
        )
    )
    after_send(connection, part.id)


def later(
    connection: Connection,
    part: Sending,
    state: OutboxState,
    next_at: datetime,
    error: str,
    error_code: str | None,
    seen: Sequence[Exchange],
    now: datetime,
) -> None:
    """Not now: pending again, or unclear until proof. An echo that came in the meantime stands."""
    write_exchanges(connection, part.id, seen, now)
    connection.execute(
        update(outbox)
        .where(outbox.c.id == part.id, outbox.c.state == OutboxState.SENDING.value)
        .values(state=state.value, next_at=next_at, error=error, error_code=error_code)
    )


def failed(
    connection: Connection,
    part: Sending,
    error: str,
    error_code: str | None,
    seen: Sequence[Exchange],
    now: datetime,
) -> None:
    """It will not be sent; the parts of the same message behind it are dropped with it, visibly."""
    write_exchanges(connection, part.id, seen, now)
    mine = outbox.c.id == part.id
    connection.execute(
        update(outbox)
        .where(mine, outbox.c.state == OutboxState.SENDING.value)
        .values(
            state=OutboxState.FAILED.value,
            status=Status.FAILED.value,
            error=error,
            error_code=error_code or error,
        )
    )
    connection.execute(
        update(outbox)
        .where(
            outbox.c.message == part.message,
            outbox.c.id > part.id,
            outbox.c.state == OutboxState.PENDING.value,
        )
        .values(state=OutboxState.CANCELLED.value)
    )
    refresh_ticks(connection, mine)


def pause(
    connection: Connection, address: Address, reason: str, now: datetime, resume_at: datetime | None
) -> None:
    """Stop all sends of one account, until `resume_at` or until staff resume it."""
    values = {"paused_reason": reason, "paused_at": now, "resume_at": resume_at}
    connection.execute(
        upsert(connection, channel_states)
        .values(channel=address.channel, account=address.account, **values)
        .on_conflict_do_update(index_elements=["channel", "account"], set_=values)
    )


def resume(connection: Connection, channel: str) -> int:
    """Let a paused channel send again; returns how many accounts were paused."""
    return connection.execute(
        update(channel_states)
        .where(channel_states.c.channel == channel, channel_states.c.paused_reason.is_not(None))
        .values(paused_reason=None, paused_at=None, resume_at=None)
    ).rowcount


def write_exchanges(connection: Connection, outbox_id: int, seen: Sequence[Exchange], now: datetime) -> None:
    """Keep the exchanges of a part; nothing is kept of one that was deleted while it was being sent."""
    here = select(outbox.c.id).where(outbox.c.id == outbox_id).with_for_update()
    if seen and connection.execute(here).first() is not None:
        connection.execute(
            insert(exchanges),
            [
                {
                    "outbox": outbox_id,
                    "method": one.method,
                    "url": one.url,
                    "status": one.status,
                    "request": one.request.replace("\x00", ""),
                    "response": one.response.replace("\x00", ""),
                    "took_ms": one.took_ms,
                    "error": one.error,
                    "at": now,
                }
                for one in seen
            ],
        )


def seq_of(connection: Connection, message: int) -> int:
    """The message's place in its conversation; 0 when it was deleted in the meantime."""
    return int(connection.execute(select(messages.c.seq).where(messages.c.id == message)).scalar() or 0)


def paused_reasons(connection: Connection, now: datetime) -> dict[str, list[str]]:
    """By channel, why sends of its accounts are held back now."""
    rows = connection.execute(
        select(channel_states.c.channel, channel_states.c.paused_reason).where(
            channel_states.c.paused_reason.is_not(None),
            or_(channel_states.c.resume_at.is_(None), channel_states.c.resume_at > now),
        )
    )
    found: dict[str, list[str]] = {}
    for channel, reason in rows:
        found.setdefault(channel, []).append(reason)
    return found
