"""Reading a conversation's messages: history for the prompt, counts for the limits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, or_, select

from ..types import Ask, Author, Direction, Outcome, Part
from . import parts as codec
from .models import conversations, messages, turns

_UNTOLD = [Outcome.COMMAND.value, Outcome.IGNORED.value, Outcome.DEAD.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message of the history, as the prompt sees it. `at`: when it reached us. `writer`: who, where several write."""

    seq: int
    at: datetime
    author: Author
    parts: tuple[Part, ...]
    writer: str | None = None


def history(
    connection: Connection, conversation: int, *, from_seq: int, before_seq: int, limit: int = 200
) -> list[Said]:
    """What was said after `from_seq` and before the message `before_seq`, in the order in which it makes sense.

    At most the newest `limit` messages: a window that only the limit cuts slides, and with it every prompt's beginning.

    Messages that are still waiting, orders, what was deleted and what another version took the place of are left out.
    """
    rows = connection.execute(
        select(messages.c.seq, messages.c.received_at, messages.c.author, messages.c.parts, messages.c.writer)
        .where(
            messages.c.conversation == conversation,
            messages.c.seq > from_seq,
            messages.c.after_seq < before_seq,
            messages.c.deleted_at.is_(None),
            messages.c.off_path.is_(False),
            messages.c.direction != Direction.INTERNAL.value,
            messages.c.author.in_([Author.PERSON.value, Author.ASSISTANT.value, Author.STAFF.value]),
            or_(
                messages.c.direction == Direction.OUT.value,
                messages.c.outcome.is_not(None) & messages.c.outcome.not_in(_UNTOLD),
            ),
        )
        .order_by(messages.c.after_seq.desc(), messages.c.seq.desc())
        .limit(limit)
    ).all()
    return [
        Said(
            seq=row.seq,
            at=row.received_at,
            author=Author(row.author),
            parts=codec.load(row.parts),
            writer=row.writer,
        )
        for row in reversed(rows)
    ]


def open_question(connection: Connection, conversation: int) -> Ask | None:
    """The question with choices that is still open: it stands in the newest thing we said."""
    parts = connection.execute(
        select(messages.c.parts)
        .where(
            messages.c.conversation == conversation,
            messages.c.direction == Direction.OUT.value,
            messages.c.off_path.is_(False),
        )
        .order_by(messages.c.seq.desc())
        .limit(1)
    ).scalar()
    return next((part for part in codec.load(parts or ()) if isinstance(part, Ask)), None)


def newest_waiting(connection: Connection, those: Collection[int]) -> dict[int, int]:
    """The newest seq without an outcome in each of these conversations; none where everything has one."""
    rows = connection.execute(
        select(messages.c.conversation, func.max(messages.c.seq).label("newest"))
        .where(
            messages.c.conversation.in_(those),
            messages.c.direction == Direction.IN.value,
            messages.c.outcome.is_(None),
        )
        .group_by(messages.c.conversation)
    )
    return {row.conversation: row.newest for row in rows}


def count_recent(connection: Connection, person: int, since: datetime) -> int:
    """Messages of a person since a moment, over all their conversations."""
    return int(
        connection.execute(
            select(func.count())
            .select_from(messages.join(conversations, conversations.c.id == messages.c.conversation))
            .where(
                conversations.c.person == person,
                messages.c.direction == Direction.IN.value,
                messages.c.received_at >= since,
            )
        ).scalar_one()
    )


def first_token_at(connection: Connection, channel: str, peer: str) -> datetime | None:
    """When the model began its newest answer to somebody; None before the first one."""
    return connection.execute(
        select(turns.c.first_token_at)
        .join(conversations, conversations.c.id == turns.c.conversation)
        .where(conversations.c.channel == channel, conversations.c.peer == peer)
        .order_by(turns.c.id.desc())
        .limit(1)
    ).scalar()
