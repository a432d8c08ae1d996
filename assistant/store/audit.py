"""The audit log: who did or read what, each row chained to the one before by its hash; never a message text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import Connection, insert, select, text

from .models import audit, instant_text

BATCH = 500
FIRST = "0" * 64
"""What the first row names as the digest before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row as staff read it."""

    id: int
    at: datetime
    actor: str
    action: str
    target: str | None
    detail: dict[str, Any] | None


def append(
    connection: Connection,
    *,
    now: datetime,
    actor: str,
    action: str,
    target: str | None = None,
    detail: dict[str, Any] | None = None,
    once_per: timedelta | None = None,
) -> int | None:
    """Write one row. With `once_per`, a like row inside that time stands for this one and None is returned."""
    _alone(connection)
    if once_per is not None and _written(connection, now - once_per, actor, action, target):
        return None
    previous = (
        connection.execute(select(audit.c.digest).order_by(audit.c.id.desc()).limit(1)).scalar() or FIRST
    )
    values = {"at": now, "actor": actor, "action": action, "target": target, "detail": detail}
    made = connection.execute(
        insert(audit)
        .values(**values, previous=previous, digest=_digest(previous, values))
        .returning(audit.c.id)
    )
    return int(made.scalar_one())


def verify(connection: Connection) -> int | None:
    """The id of the first row that does not fit the chain, None when every row does.

    Rows cut off at the end leave a whole chain: who wants to notice that keeps the newest digest elsewhere.
    """
    previous, last = FIRST, 0
    while True:
        rows = (
            connection.execute(select(audit).where(audit.c.id > last).order_by(audit.c.id).limit(BATCH))
            .mappings()
            .all()
        )
        for row in rows:
            values = {name: row[name] for name in ("at", "actor", "action", "target", "detail")}
            if row["previous"] != previous or row["digest"] != _digest(previous, values):
                return int(row["id"])
            previous, last = row["digest"], row["id"]
        if len(rows) < BATCH:
            return None


def newest(connection: Connection, *, before: int | None = None, limit: int = 50) -> list[Entry]:
    """The latest rows first; `before` is the id after which the next page begins."""
    query = select(audit.c.id, audit.c.at, audit.c.actor, audit.c.action, audit.c.target, audit.c.detail)
    if before is not None:
        query = query.where(audit.c.id < before)
    rows = connection.execute(query.order_by(audit.c.id.desc()).limit(limit)).mappings()
    return [Entry(**row) for row in rows]


def _written(connection: Connection, since: datetime, actor: str, action: str, target: str | None) -> bool:
    like = select(audit.c.id).where(
        audit.c.at > since,
        audit.c.actor == actor,
        audit.c.action == action,
        audit.c.target.is_(None) if target is None else audit.c.target == target,
    )
    return connection.execute(like.limit(1)).first() is not None


def _alone(connection: Connection) -> None:
    """Two writers must not continue the chain from the same row. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE audit IN EXCLUSIVE MODE"))


def _digest(previous: str, values: dict[str, Any]) -> str:
    shown = {**values, "at": instant_text(values["at"]), "previous": previous}
    return hashlib.sha256(orjson.dumps(shown, option=orjson.OPT_SORT_KEYS)).hexdigest()
