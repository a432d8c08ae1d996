"""How much waits to be answered and to be sent, counted only as far as it matters; and telling people that it takes a moment."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, and_, case, func, or_, select, text, update

from ..types import Audience, Mode
from .models import conversations, outbox, turns
from .queue import Reply, address_of, write_reply

MOST: Final = 20_000
"""Nothing is counted beyond it: a count over millions would cost more than it tells."""
RECENT_TURNS: Final = 32
FRESH: Final = timedelta(minutes=1)
FIRST_PATIENCE, LAST_PATIENCE = timedelta(seconds=5), timedelta(seconds=20)
AGAIN_AFTER: Final = timedelta(minutes=10)

# Written out, not bound: only then both databases use their partial indexes.
_DUE = text("conversations.due_at IS NOT NULL AND conversations.mode IN ('bot', 'opted_out')")
_UNSENT = text("outbox.state IN ('held', 'pending', 'sending', 'unknown')")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """Parts of one channel that have not left."""

    count: int
    oldest: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """`due`: conversations with something to answer, `claimed` of them by workers; at most MOST are counted.

    `first_at`: since when the oldest of them waits. `behind`: how long the next one to be claimed is overdue. `turn`: mean
    time of a recent turn; `first_word`: from its claim to the model's first word, of the last minute's turns.
    """

    due: int
    claimed: int
    first_at: datetime | None
    behind: timedelta
    turn: timedelta
    first_word: timedelta
    unsent: dict[str, Unsent]

    @property
    def expected(self) -> float:
        """Seconds until the answer to a message of now begins: Little's law over what is not claimed yet.

        Workers end `claimed` turns in the time of one; so many of those rounds are ahead of whoever comes now. Where no
        worker works, it is as long as the next one waits already.
        """
        ahead = (self.due - self.claimed) * self.turn.total_seconds() / self.claimed if self.claimed else 0.0
        return max(self.behind.total_seconds(), ahead + self.first_word.total_seconds())


def load(connection: Connection, now: datetime) -> Load:
    """The load now. Its cost is bounded, whatever waits."""
    some = (
        select(conversations.c.first_due_at, conversations.c.due_at, conversations.c.lease_until)
        .where(_DUE)
        .order_by(conversations.c.priority, conversations.c.due_at)
        .limit(MOST)
        .subquery()
    )
    due, claimed, first_at, due_at = connection.execute(
        select(
            func.count(),
            func.coalesce(func.sum(case((some.c.lease_until > now, 1), else_=0)), 0),
            func.min(some.c.first_due_at),
            func.min(some.c.due_at),
        )
    ).one()
    overdue = _instant(due_at)
    turn, first_word = _pace(connection, now)
    return Load(
        due=due,
        claimed=int(claimed),
        first_at=_instant(first_at),
        behind=max(timedelta(0), now - overdue) if overdue is not None else timedelta(0),
        turn=turn,
        first_word=first_word if due else timedelta(0),
        unsent=_unsent(connection),
    )


def _instant(value: object) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else value  # type: ignore[return-value]


def _pace(connection: Connection, now: datetime) -> tuple[timedelta, timedelta]:
    rows = connection.execute(
        select(turns.c.started_at, turns.c.first_token_at, turns.c.ended_at)
        .where(turns.c.ended_at.is_not(None))
        .order_by(turns.c.id.desc())
        .limit(RECENT_TURNS)
    ).all()
    took = [row.ended_at - row.started_at for row in rows]
    spoke = [
        row.first_token_at - row.started_at
        for row in rows
        if row.first_token_at is not None and now - row.ended_at < FRESH
    ]
    return _mean(took), _mean(spoke)


def _mean(spans: list[timedelta]) -> timedelta:
    return max(timedelta(0), sum(spans, timedelta(0)) / len(spans)) if spans else timedelta(0)


def _unsent(connection: Connection) -> dict[str, Unsent]:
    some = select(outbox.c.channel, outbox.c.created_at).where(_UNSENT).limit(MOST).subquery()
    rows = connection.execute(
        select(some.c.channel, func.count(), func.min(some.c.created_at)).group_by(some.c.channel)
    )
    return {
        channel: Unsent(count=count, oldest=since)
        for channel, count, oldest in rows
        if (since := _instant(oldest)) is not None
    }


def known(connection: Connection, keys: Collection[str]) -> set[str]:
    """Which of these conversations, each by its Address.key, exist already; the others are strangers'."""
    rows = connection.execute(select(conversations.c.key).where(conversations.c.key.in_(sorted(keys))))
    return set(rows.scalars())


def tell_busy(
    connection: Connection,
    now: datetime,
    channels: Collection[str],
    says: Callable[[str, str | None], Reply],
    limit: int = 50,
) -> int:
    """Tell people who wait that it takes a moment, once for what they wrote; returns how many were told.

    `channels`: where that may be said. `says(channel, language)`: the words. Only private conversations, only while the model
    answers them, and those a worker holds only when they wait long.
    """
    told = conversations.c.told_busy_at
    claimed = conversations.c.lease_until > now
    waits = or_(
        conversations.c.first_due_at <= now - LAST_PATIENCE,
        and_(
            conversations.c.first_due_at <= now - FIRST_PATIENCE,
            or_(conversations.c.lease_until.is_(None), ~claimed),
        ),
    )
    found = connection.execute(
        select(conversations)
        .where(
            _DUE,
            conversations.c.mode == Mode.BOT.value,
            conversations.c.kind == Audience.PRIVATE.value,
            conversations.c.channel.in_(sorted(channels)),
            waits,
            or_(told.is_(None), and_(told < conversations.c.first_due_at, told < now - AGAIN_AFTER)),
        )
        .order_by(conversations.c.priority, conversations.c.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).mappings()
    rows = list(found)
    for row in rows:
        seq = row["last_seq"] + 1
        connection.execute(
            update(conversations)
            .where(conversations.c.id == row["id"])
            .values(last_seq=seq, told_busy_at=now, last_at=now)
        )
        write_reply(
            connection,
            row["id"],
            address_of(row),
            says(row["channel"], row["language"]),
            seq=seq,
            after=row["last_seq"],
            turn=None,
            now=now,
        )
    return len(rows)
