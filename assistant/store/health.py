"""What staff want to know of a channel: its last messages, what holds it up, and what its platform said of our account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, case, func, literal, select, text, update

from ..types import Direction
from .accounts import WHOLE, held_back, held_up
from .models import account_notices, channel_states, conversations, messages, outbox, receipts

NOTICES = 50
CONVERSATIONS = 20
SHOWN_FOR = timedelta(days=30)
FAILED_FOR = timedelta(hours=24)
FAILURES = 1000
_FAILED = text("outbox.state = 'failed'")  # the words of its index
# Written out, not bound: only then both databases use the partial index of what has not left yet.
_OPEN = text("outbox.state IN ('held', 'pending', 'sending', 'unknown')")


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """One channel. `paused_reason`: why nothing is sent now; `waiting`: parts not yet sent; `billed`: messages of the last thirty days that cost money.

    `silent_since`: when some process found that the platform does not answer. `by_hand`: staff paused it.
    """

    channel: str
    last_in: datetime | None
    last_out: datetime | None
    waiting: int
    billed: int
    paused_reason: str | None
    resume_at: datetime | None
    silent_since: datetime | None = None
    by_hand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """`error` is one of our codes, `code` the platform's."""

    error: str | None
    code: str | None
    count: int
    latest: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    id: int
    channel: str
    account: str
    kind: str
    sentence: str
    urgent: bool
    at: datetime
    seen_at: datetime | None


def channels(connection: Connection, names: list[str], now: datetime) -> list[Health]:
    """One row for each of these channels, in their order."""
    found = []
    silent = {one.channel: one.silent_since for one in held_up(connection, now) if one.silent_since}
    for name in names:

        def newest(direction: Direction, name: str = name) -> datetime | None:
            """Looked for where somebody talked last: to look through all messages takes seconds when they are millions."""
            latest = (
                select(conversations.c.id)
                .where(conversations.c.channel == name)
                .order_by(conversations.c.last_at.desc())
                .limit(CONVERSATIONS)
            )
            return connection.execute(
                select(func.max(messages.c.received_at)).where(
                    messages.c.conversation.in_(latest), messages.c.direction == direction.value
                )
            ).scalar()

        held = connection.execute(
            select(
                channel_states.c.paused_reason,
                channel_states.c.resume_at,
                (channel_states.c.account == WHOLE).label("by_hand"),
            )
            .where(channel_states.c.channel == name, held_back(now))
            .order_by(case((channel_states.c.account == WHOLE, 0), else_=1))
            .limit(1)
        ).first()
        found.append(
            Health(
                channel=name,
                last_in=newest(Direction.IN),
                last_out=newest(Direction.OUT),
                waiting=_count(
                    connection,
                    select(func.count()).select_from(outbox).where(outbox.c.channel == name, _OPEN),
                ),
                billed=_count(
                    connection,
                    select(func.count())
                    .select_from(receipts)
                    .where(
                        receipts.c.channel == name,
                        receipts.c.billed.is_not(None),
                        receipts.c.at > now - SHOWN_FOR,
                    ),
                ),
                paused_reason=held.paused_reason if held else None,
                resume_at=held.resume_at if held else None,
                silent_since=silent.get(name),
                by_hand=bool(held.by_hand) if held else False,
            )
        )
    return found


def failures(connection: Connection, channel: str, now: datetime) -> list[Failures]:
    """Why parts that were written since FAILED_FOR were not sent, most frequent first; of the FAILURES newest of all channels."""
    newest = (
        select(outbox.c.channel, outbox.c.error, outbox.c.error_code, outbox.c.created_at)
        .where(_FAILED)
        .order_by(outbox.c.id.desc())
        .limit(FAILURES)
        .subquery()
    )
    rows = connection.execute(
        select(
            newest.c.error,
            newest.c.error_code.label("code"),
            func.count().label("count"),
            func.max(newest.c.created_at).label("latest"),
        )
        .where(newest.c.channel == channel, newest.c.created_at > now - FAILED_FOR)
        .group_by(newest.c.error, newest.c.error_code)
        .order_by(func.count().desc())
    ).mappings()
    return [Failures(**row) for row in rows]


def _count(connection: Connection, statement: object) -> int:
    return int(connection.execute(statement).scalar_one())  # type: ignore[call-overload]


def notices(connection: Connection, now: datetime, channel: str | None = None) -> list[NoticeRow]:
    """What platforms said of our accounts in the last thirty days, unseen ones first, then the newest; of one channel or all."""
    rows = connection.execute(
        select(account_notices)
        .where(account_notices.c.at > now - SHOWN_FOR)
        .where(literal(True) if channel is None else account_notices.c.channel == channel)
        .order_by(account_notices.c.seen_at.is_not(None), account_notices.c.at.desc())
        .limit(NOTICES)
    ).mappings()
    return [NoticeRow(**row) for row in rows]


def unseen(connection: Connection) -> int:
    """Urgent notices that nobody has marked as seen."""
    return _count(
        connection,
        select(func.count())
        .select_from(account_notices)
        .where(account_notices.c.urgent.is_(True), account_notices.c.seen_at.is_(None)),
    )


def mark_seen(connection: Connection, notice: int, now: datetime) -> bool:
    done = connection.execute(
        update(account_notices)
        .where(account_notices.c.id == notice, account_notices.c.seen_at.is_(None))
        .values(seen_at=now)
    )
    return done.rowcount == 1
