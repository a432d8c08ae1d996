"""What waits for a moment that a wrong clock wrote down: brought back when the clock was set right."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, select, text, update

from .models import conversations, cursors, media, outbox

_WAITING: tuple[tuple[Table, Column[Any], Any], ...] = (
    (conversations, conversations.c.due_at, text("due_at IS NOT NULL")),
    (conversations, conversations.c.lease_until, None),
    (outbox, outbox.c.next_at, text("state IN ('held', 'pending', 'sending', 'unknown')")),
    (media, media.c.next_at, text("media.state = 'waiting'")),
    (cursors, cursors.c.until, None),
)
"""Every column that somebody waits for, with the words of its index, so that it is found by that."""


def bring_back(connection: Connection, now: datetime, by: timedelta) -> int:
    """The clock went back `by` so much, to `now`: bring back what it had put further off than that; returns how many rows.

    Half of `by` tells the two apart: several processes of one machine may do this, and the second finds nothing left.
    A lease that somebody else still keeps up may end by this; its fencing token sees to it that nothing happens twice.
    """
    moved = 0
    for table, column, indexed in _WAITING:
        key = next(iter(table.primary_key.columns))
        late = select(key, column).where(column > now + by / 2)
        rows = connection.execute(late if indexed is None else late.where(indexed)).all()
        if rows:
            connection.execute(
                update(table).where(key == bindparam("row")).values({column.name: bindparam("moment")}),
                [{"row": row[0], "moment": row[1] - by} for row in rows],
            )
        moved += len(rows)
    return moved
