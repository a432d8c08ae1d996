"""Where a platform's message is kept here: its conversation, and the reply whose trace tells what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, select

from ..types import Direction
from .models import messages, outbox, turns


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`reply`: the message that a trace is of, the one itself or the one that answered it; None while there is none."""

    conversation: int
    seq: int
    reply: int | None


def of_external(connection: Connection, channel: str, external_id: str) -> Place | None:
    """The place of a message by the id that its platform gave it; None when it is not known.

    What arrives over one channel's webhook may be filed under another, so without a hit there every channel is looked
    at. The newest wins where a platform counts from the beginning in each chat.
    """
    return _found(connection, external_id, channel) or _found(connection, external_id, None)


def _found(connection: Connection, external_id: str, channel: str | None) -> Place | None:
    def same(table: object) -> list[ColumnElement[bool]]:
        columns = table.c  # type: ignore[attr-defined]
        return [columns.external_id == external_id, *([columns.channel == channel] if channel else [])]

    sent = connection.execute(
        select(messages.c.conversation, messages.c.seq, messages.c.id)
        .join(outbox, outbox.c.message == messages.c.id)
        .where(*same(outbox))
        .order_by(outbox.c.id.desc())
        .limit(1)
    ).first()
    came = connection.execute(
        select(messages.c.conversation, messages.c.seq, messages.c.id, messages.c.direction)
        .where(*same(messages))
        .order_by(messages.c.id.desc())
        .limit(1)
    ).first()
    if sent is not None and (came is None or sent.id > came.id):
        return Place(conversation=sent.conversation, seq=sent.seq, reply=sent.id)
    if came is None:
        return None
    out = came.direction == Direction.OUT.value
    reply = came.id if out else _answer(connection, came.conversation, came.seq)
    return Place(conversation=came.conversation, seq=came.seq, reply=reply)


def _answer(connection: Connection, conversation: int, seq: int) -> int | None:
    """The newest reply of a turn that answered this message."""
    found: int | None = connection.execute(
        select(messages.c.id)
        .join(turns, turns.c.id == messages.c.turn)
        .where(
            messages.c.conversation == conversation,
            messages.c.direction == Direction.OUT.value,
            turns.c.lo_seq <= seq,
            turns.c.hi_seq >= seq,
        )
        .order_by(messages.c.id.desc())
        .limit(1)
    ).scalar()
    return found
