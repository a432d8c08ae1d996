"""How far each polled channel was read, and which process reads it now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, or_, select, update

from .dialects import insert_new
from .models import cursors


@dataclass(frozen=True, slots=True)
class Held:
    """The channel is ours to read; `cursor` None: from the beginning."""

    cursor: str | None


def hold(connection: Connection, channel: str, owner: str, now: datetime, time: timedelta) -> Held | None:
    """Take or keep the channel for `time`; None while another process has it."""
    connection.execute(insert_new(connection, cursors, ["channel"]), {"channel": channel})
    free = or_(cursors.c.owner.is_(None), cursors.c.owner == owner, cursors.c.until <= now)
    done = connection.execute(
        update(cursors).where(cursors.c.channel == channel, free).values(owner=owner, until=now + time)
    )
    if done.rowcount == 0:
        return None
    cursor = connection.execute(select(cursors.c.cursor).where(cursors.c.channel == channel)).scalar()
    return Held(cursor)


def advance(connection: Connection, channel: str, owner: str, cursor: str | None) -> bool:
    """Write down how far was read; False when another process has taken over."""
    done = connection.execute(
        update(cursors).where(cursors.c.channel == channel, cursors.c.owner == owner).values(cursor=cursor)
    )
    return done.rowcount == 1


def release(connection: Connection, channel: str, owner: str) -> None:
    connection.execute(
        update(cursors)
        .where(cursors.c.channel == channel, cursors.c.owner == owner)
        .values(owner=None, until=None)
    )
