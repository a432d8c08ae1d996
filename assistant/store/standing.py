"""What is known of who wrote, before an answer: how much lately, how much today, and how the talk went so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, select

from ..types import Author, Direction, Text
from . import parts as codec
from .messages import count_recent
from .models import conversations, messages
from .usage import spent

LATELY: Final = 64
TEXTS: Final = 6
COUNTED: Final = 200
"""Up to this limit the newest messages tell whether it is passed; beyond it all of them are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """One message of the talk; `text` of the newest that came in, None of all others."""

    author: Author
    at: datetime
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """`recent`: messages of this person since a moment, exact up to the limit and one more. `used`: today, by kind.

    `lately`: the newest messages of this conversation, oldest first. `window_until`: until when the platform lets us
    answer, as it is now: whatever was read before this opened it already.
    """

    window_until: datetime | None
    recent: int
    used: dict[str, int]
    lately: tuple[Exchanged, ...]


def standing(
    connection: Connection, person: int, conversation: int, now: datetime, since: datetime, limit: int
) -> Standing:
    """Where this person stands; as cheap in a long conversation as in a short one."""
    here = _newest(connection, conversation, max(LATELY, 2 * (min(limit, COUNTED) + 1)))
    if limit > COUNTED:
        recent = count_recent(connection, person, since)
    else:
        recent = _inbound(here, since)
        others = select(conversations.c.id).where(
            conversations.c.person == person,
            conversations.c.last_at >= since,
            conversations.c.id != conversation,
        )
        for other in connection.execute(others).scalars().all():
            recent += _inbound(_newest(connection, other, 2 * (limit + 1)), since)
    here_now = connection.execute(
        select(conversations.c.watched_from_seq, conversations.c.window_until).where(
            conversations.c.id == conversation
        )
    ).first()  # None: erased a moment ago
    seen_to = here_now.watched_from_seq if here_now is not None else 0
    return Standing(
        window_until=here_now.window_until if here_now is not None else None,
        recent=recent,
        used=spent(connection, person, now),
        lately=_lately(connection, conversation, [row for row in here[:LATELY] if row.seq > seen_to]),
    )


def _newest(connection: Connection, conversation: int, count: int) -> list[Any]:
    """The newest messages, newest first, without what they say."""
    return list(
        connection.execute(
            select(messages.c.seq, messages.c.direction, messages.c.author, messages.c.received_at)
            .where(messages.c.conversation == conversation)
            .order_by(messages.c.seq.desc())
            .limit(count)
        ).all()
    )


def _inbound(rows: list[Any], since: datetime) -> int:
    return sum(row.direction == Direction.IN.value and row.received_at >= since for row in rows)


def _lately(connection: Connection, conversation: int, rows: list[Any]) -> tuple[Exchanged, ...]:
    asked = [row.seq for row in rows if row.direction == Direction.IN.value][:TEXTS]
    said = connection.execute(
        select(messages.c.seq, messages.c.parts).where(
            messages.c.conversation == conversation, messages.c.seq.in_(asked)
        )
    )
    texts = {row.seq: _words(row.parts) for row in said} if asked else {}
    return tuple(
        Exchanged(author=Author(row.author), at=row.received_at, text=texts.get(row.seq))
        for row in reversed(rows)
        if row.direction != Direction.INTERNAL.value
    )


def _words(stored: list[dict[str, Any]]) -> str:
    """What was written, without files and places: those look alike and are not."""
    return codec.plain_text(part for part in codec.load(stored) if isinstance(part, Text))
