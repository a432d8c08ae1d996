"""The audit log: who did or read what, each row chained to the one before by its hash; never a message text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, insert, select, text

from .models import audit, instant_text, staff

BATCH = 500
STAFF = "staff:"
"""What the actor of a staff member begins with; their number follows."""
_NEVER = 2**62
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
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which rows: exactly this actor, action and target, at `since` or later and before `until`. None: any."""

    actor: str | None = None
    action: str | None = None
    target: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """How far the chain was looked at: the last row that fits, and how many did; `broken` is the first that does not."""

    last: int = 0
    digest: str = FIRST
    rows: int = 0
    since: datetime | None = None
    broken: int | None = None
    ended: bool = False


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
    so_far = Checked()
    while not so_far.ended:
        so_far = check(connection, so_far)
    return so_far.broken


def check(connection: Connection, so_far: Checked, limit: int = BATCH) -> Checked:
    """Look at the next rows; goes on from what it returned before."""
    query = select(audit).where(audit.c.id > so_far.last).order_by(audit.c.id).limit(limit)
    rows = connection.execute(query).mappings().all()
    previous, last, since = so_far.digest, so_far.last, so_far.since
    for place, row in enumerate(rows):
        values = {name: row[name] for name in ("at", "actor", "action", "target", "detail")}
        since = since or row["at"]
        if row["previous"] != previous or row["digest"] != _digest(previous, values):
            return Checked(
                last=last,
                digest=previous,
                rows=so_far.rows + place,
                since=since,
                broken=int(row["id"]),
                ended=True,
            )
        previous, last = row["digest"], row["id"]
    return Checked(
        last=last, digest=previous, rows=so_far.rows + len(rows), since=since, ended=len(rows) < limit
    )


def newest(
    connection: Connection, *, before: int | None = None, limit: int = 50, wanted: Wanted | None = None
) -> list[Entry]:
    """The latest rows first; `before` is the id after which the next page begins."""
    conditions = _conditions(connection, wanted) if wanted is not None else []
    if before is not None:
        conditions.append(audit.c.id < before)
    rows = connection.execute(_ENTRY.where(*conditions).order_by(audit.c.id.desc()).limit(limit)).mappings()
    return [Entry(**row) for row in rows]


def names(connection: Connection, actors: set[str]) -> dict[str, str]:
    """What staff among these actors are called: "staff:3" -> "Ada Lovelace"."""
    ids = {int(rest) for actor in actors if (rest := actor.removeprefix(STAFF)) != actor and rest.isdigit()}
    rows = connection.execute(select(staff.c.id, staff.c.name).where(staff.c.id.in_(ids)))
    return {f"{STAFF}{row.id}": row.name for row in rows}


def everybody(connection: Connection) -> list[tuple[str, str]]:
    """All staff, also disabled ones, as (actor, name) by name."""
    rows = connection.execute(select(staff.c.id, staff.c.name).order_by(staff.c.name, staff.c.id))
    return [(f"{STAFF}{row.id}", row.name) for row in rows]


def known_actions(connection: Connection) -> list[str]:
    """Every action in the log, from its index alone: a step for each action, however many rows have it."""
    return list(connection.execute(text(_ACTIONS)).scalars())


_ACTIONS = (
    "WITH RECURSIVE known(action) AS (SELECT min(action) FROM audit UNION ALL "
    "SELECT (SELECT min(audit.action) FROM audit WHERE audit.action > known.action) FROM known "
    "WHERE known.action IS NOT NULL) SELECT action FROM known WHERE action IS NOT NULL ORDER BY action"
)
_ENTRY = select(*(audit.c[name] for name in Entry.__dataclass_fields__))


def _conditions(connection: Connection, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Days become ids first: then any filter reads along its index, newest first, and stops at the end of the days."""
    found: list[ColumnElement[bool]] = []
    for name in ("actor", "action", "target"):
        value = getattr(wanted, name)
        if value is not None:
            found.append(audit.c[name] == value)
    if wanted.since is not None:
        first = select(audit.c.id).where(audit.c.at >= wanted.since).order_by(audit.c.at, audit.c.id).limit(1)
        found += [audit.c.id >= (connection.execute(first).scalar() or _NEVER), audit.c.at >= wanted.since]
    if wanted.until is not None:
        last = select(audit.c.id).where(audit.c.at < wanted.until)
        last = last.order_by(audit.c.at.desc(), audit.c.id.desc()).limit(1)
        found += [audit.c.id <= (connection.execute(last).scalar() or 0), audit.c.at < wanted.until]
    return found


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
