"""Albums in groups: pictures sent together come one by one, and when one of them means us all are its question."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, or_, select, update

from ..types import Direction, Media, Outcome
from . import media
from . import parts as codec
from .models import conversations, messages

WITHIN = timedelta(seconds=10)
"""Parts that come further apart than this stay apart."""
NOT_ADDRESSED = "not addressed to the assistant"
LONGEST = 64

_TAKEN = (Outcome.ANSWERED.value, Outcome.COALESCED.value)


def is_asked(connection: Connection, conversation: int, album: str, now: datetime) -> bool:
    """Whether another part of the album came a moment ago and is answered, or waits for it."""
    found = connection.execute(
        select(messages.c.id)
        .where(
            messages.c.conversation == conversation,
            messages.c.album == album,
            messages.c.direction == Direction.IN.value,
            messages.c.received_at >= now - WITHIN,
            or_(messages.c.outcome.is_(None), messages.c.outcome.in_(_TAKEN)),
        )
        .limit(1)
    )
    return found.first() is not None


def call_back(
    connection: Connection, asked: Iterable[tuple[int, str]], now: datetime
) -> list[tuple[int, int]]:
    """Let the parts that came before the one that means us wait with it, unless something after them was answered.

    `asked`: conversations, which are locked and due, with the album. Returns (conversation, seq) of what waits again.
    """
    back: list[tuple[int, int]] = []
    files: list[tuple[int, int, int, Media]] = []
    for conversation, album in sorted(asked):
        answered = select(conversations.c.answered_seq).where(conversations.c.id == conversation)
        rows = connection.execute(
            update(messages)
            .where(
                messages.c.conversation == conversation,
                messages.c.album == album,
                messages.c.direction == Direction.IN.value,
                messages.c.received_at >= now - WITHIN,
                messages.c.outcome == Outcome.IGNORED.value,
                messages.c.outcome_reason == NOT_ADDRESSED,
                messages.c.deleted_at.is_(None),
                messages.c.seq > answered.scalar_subquery(),
            )
            .values(outcome=None, outcome_reason=None)
            .returning(messages.c.seq, messages.c.parts)
        ).all()
        for row in rows:
            back.append((conversation, row.seq))
            for number, part in enumerate(codec.load(row.parts)):
                if isinstance(part, Media):
                    files.append((conversation, row.seq, number, part))
    if files:
        media.expect(connection, files, now)
    return sorted(back)
