"""What staff want to know of a channel: its last messages, what holds it up, and what its platform said of our account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select, text, update

from ..types import Direction
from .accounts import held_back, held_up
from .models import account_notices, channel_states, conversations, messages, outbox, receipts

NOTICES = 50
CONVERSATIONS = 20
SHOWN_FOR = timedelta(days=30)
# Written out, not bound: only then both databases use the partial index of what has not left yet.
_OPEN = text("outbox.state IN ('held', 'pending', 'sending', 'unknown')")


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """One channel. `paused_reason`: why nothing is sent now; `waiting`: parts not yet sent; `billed`: messages of the last thirty days that cost money.

    `silent_since`: when some process found that the platform does not answer.
    """

    channel: str
    last_in: datetime | None
    last_out: datetime | None
    waiting: int
    billed: int
    paused_reason: str | None
    resume_at: datetime | None
    silent_since: datetime | None = None


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
            select(channel_states.c.paused_reason, channel_states.c.resume_at).where(
                channel_states.c.channel == name, held_back(now)
            )
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
            )
        )
    return found


def _count(connection: Connection, statement: object) -> int:
    return int(connection.execute(statement).scalar_one())  # type: ignore[call-overload]


def notices(connection: Connection, now: datetime) -> list[NoticeRow]:
    """What platforms said of our accounts in the last thirty days, unseen ones first, then the newest."""
    rows = connection.execute(
        select(account_notices)
        .where(account_notices.c.at > now - SHOWN_FOR)
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
