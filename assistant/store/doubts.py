"""Sends of which nobody knows whether they arrived: proved, looked for on the platform, or repeated with a mark."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, case, exists, func, literal, or_, select, text, update

from ..channel import Nearby
from ..errors import Uncertain
from ..types import Direction, Exchange, OutboxState
from .accounts import Account
from .models import conversations, messages, outbox
from .outbox import OPEN, RECALLED_SEND, Sending, read, take, write_exchanges

WINDOW = 5000
"""How many of the newest messages, and of the newest parts, are looked through for those of one account."""
CLOCKS_DIFFER = timedelta(seconds=2)
"""Those of our own machines, at most."""
ORPHANED = timedelta(days=1)
"""For so long something that was tried and has no id may be taken for another message of its chat."""
_MAY_STAND = [one.value for one in (OutboxState.SENDING, OutboxState.UNKNOWN, OutboxState.CANCELLED)]
_UNKNOWN = text("outbox.state = 'unknown'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    """`repeated`: the channel of each part that is sent again; `lost`: the ids of those to look for first."""

    repeated: tuple[str, ...] = ()
    lost: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A part that may have arrived, and what its platform is told to find it by."""

    part: Sending
    nearby: Nearby


def next_parts(
    connection: Connection,
    now: datetime,
    settle: timedelta,
    hold: timedelta,
    limit: int,
    shut: Collection[Account] = (),
    looking: Collection[str] = (),
) -> tuple[Doubted, list[Sending]]:
    """`doubt` and `outbox.take` in one transaction: an outbox in which nothing is due is looked at often."""
    return doubt(connection, now, settle, hold, looking), take(connection, now, hold, limit, shut)


def doubt(
    connection: Connection,
    now: datetime,
    settle: timedelta,
    hold: timedelta = timedelta(0),
    looking: Collection[str] = (),
) -> Doubted:
    """Move what hangs: a send without a word becomes unclear; an unclear one without proof is sent again.

    On the channels in `looking` it is looked for first: it stays unclear, and for `hold` it is the caller's to find. The
    proof may be an earlier attempt's, whose answer or echo came while this one was under way (see `outbox.sent`).
    """
    connection.execute(
        update(outbox)
        .where(
            text("outbox.state IN ('sending', 'unknown')"),
            OPEN,
            outbox.c.next_at <= now,
            outbox.c.external_id.is_not(None),
        )
        .values(
            state=OutboxState.SENT.value,
            sent_at=func.coalesce(outbox.c.sent_at, literal(now, outbox.c.sent_at.type)),
        )
    )
    first = outbox.c.channel.in_(sorted(looking))
    moved = connection.execute(
        update(outbox)
        .where(_UNKNOWN, OPEN, outbox.c.next_at <= now)
        .values(
            state=case((first, OutboxState.UNKNOWN.value), else_=OutboxState.PENDING.value),
            next_at=case((first, literal(now + hold, outbox.c.next_at.type)), else_=outbox.c.next_at),
            duplicate_possible=case((first, outbox.c.duplicate_possible), else_=True),
        )
        .returning(outbox.c.id, outbox.c.channel)
    ).all()
    connection.execute(
        update(outbox)
        .where(text("outbox.state = 'sending'"), OPEN, outbox.c.next_at <= now)
        .values(
            state=case((RECALLED_SEND, OutboxState.CANCELLED.value), else_=OutboxState.UNKNOWN.value),
            next_at=now + settle,
        )
    )
    return Doubted(
        repeated=tuple(row.channel for row in moved if row.channel not in looking),
        lost=tuple(row.id for row in moved if row.channel in looking),
    )


def lost(connection: Connection, ids: Collection[int], now: datetime) -> list[Lost]:
    """Those of these parts that are unclear still, with what is known around each."""
    found = read(connection, outbox.c.id.in_(sorted(ids)) & _UNKNOWN, now)
    return [Lost(part=part, nearby=_nearby(connection, part)) for part in found]


def repeat(connection: Connection, part: Sending, now: datetime, seen: Sequence[Exchange] = ()) -> bool:
    """It is not there: it is sent again, with a mark. False when its fate was decided in the meantime."""
    write_exchanges(connection, part.id, seen, now)
    again = update(outbox).where(*_still(part))
    done = connection.execute(
        again.values(state=OutboxState.PENDING.value, duplicate_possible=True, next_at=now)
    )
    return done.rowcount == 1


def look_later(connection: Connection, part: Sending, at: datetime) -> None:
    """The platform could not be asked: the part stays unclear, and is looked for again."""
    connection.execute(update(outbox).where(*_still(part)).values(next_at=at))


def _still(part: Sending) -> tuple[ColumnElement[bool], ...]:
    return (
        outbox.c.id == part.id,
        outbox.c.state == OutboxState.UNKNOWN.value,
        outbox.c.attempt == part.attempt,
        outbox.c.external_id.is_(None),
    )


def _nearby(connection: Connection, part: Sending) -> Nearby:
    known = _known(connection, part)
    older = part.created_at - CLOCKS_DIFFER
    before = {external_id for external_id, at in known if at is not None and at <= older}
    before.update(_just_before(connection, part))
    return Nearby(
        since=part.created_at,
        before=frozenset() if _others_unclear(connection, part) else frozenset(before),
        known=frozenset(external_id for external_id, _ in known),
    )


def _others_unclear(connection: Connection, part: Sending) -> bool:
    """Whether something else may stand in this chat without our knowing: tried there, without an id, and not refused for
    certain. One chat may be several conversations, as topics are.
    """
    newest = select(func.max(outbox.c.id)).scalar_subquery()
    chat = (
        exists()
        .where(
            conversations.c.id == outbox.c.conversation,
            conversations.c.peer == part.address.peer,
        )
        .correlate(outbox)
    )
    other = select(outbox.c.id).where(
        outbox.c.id > newest - WINDOW,
        outbox.c.id != part.id,
        outbox.c.channel == part.address.channel,
        outbox.c.account == part.address.account,
        outbox.c.attempt > 0,
        outbox.c.external_id.is_(None),
        or_(
            outbox.c.state.in_(_MAY_STAND),
            outbox.c.duplicate_possible,
            outbox.c.error == Uncertain.code,
        ),
        outbox.c.created_at > part.created_at - ORPHANED,
        chat,
    )
    return connection.execute(other.limit(1)).first() is not None


def _just_before(connection: Connection, part: Sending) -> tuple[str, ...]:
    """The newest message that was heard, and the newest part that was sent, in this conversation before this part."""
    mine = select(messages.c.after_seq).where(messages.c.id == part.message).scalar_subquery()
    heard = (
        select(messages.c.external_id)
        .where(
            messages.c.conversation == part.conversation,
            messages.c.seq <= mine,
            messages.c.direction == Direction.IN.value,
            messages.c.external_id.is_not(None),
        )
        .order_by(messages.c.seq.desc())
        .limit(1)
    )
    said = (
        select(outbox.c.external_id)
        .join(messages, messages.c.id == outbox.c.message)
        .where(
            messages.c.conversation == part.conversation,
            messages.c.seq <= part.seq,
            outbox.c.id < part.id,
            outbox.c.external_id.is_not(None),
        )
        .order_by(messages.c.seq.desc(), outbox.c.id.desc())
        .limit(1)
    )
    return tuple(found for one in (heard, said) for found in connection.execute(one).scalars())


def _known(connection: Connection, part: Sending) -> list[tuple[str, datetime | None]]:
    """What the account sent and received last, as the platform calls it, and when we knew of it."""
    found: list[tuple[str, datetime | None]] = []
    for table, at in ((messages, messages.c.received_at), (outbox, outbox.c.sent_at)):
        newest = select(func.max(table.c.id)).scalar_subquery()
        rows = connection.execute(
            select(table.c.external_id, at).where(
                table.c.id > newest - WINDOW,
                table.c.channel == part.address.channel,
                table.c.account == part.address.account,
                table.c.external_id.is_not(None),
            )
        )
        found += [(external_id, when) for external_id, when in rows]
    return found
