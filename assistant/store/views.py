"""Saved views: a filter of the list under a name, for oneself or for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, delete, func, insert, or_, select

from ..errors import Conflict
from .models import saved_views, staff

NAME_LENGTH = 64
QUERY_LENGTH = 1000
MOST = 50  # of one member
SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """`query`: the filter as the address of the list has it. `by`: who shared it, None for one's own."""

    id: int
    name: str
    query: str
    shared: bool
    by: str | None


def of(connection: Connection, member: int) -> list[View]:
    """One's own, then what colleagues share, by name."""
    rows = connection.execute(
        select(saved_views, staff.c.name.label("owner"))
        .join(staff, staff.c.id == saved_views.c.staff)
        .where(or_(saved_views.c.staff == member, saved_views.c.shared))
        .order_by(saved_views.c.staff != member, saved_views.c.name, saved_views.c.id)
        .limit(SHOWN)
    ).mappings()
    return [
        View(
            id=row["id"],
            name=row["name"],
            query=row["query"],
            shared=row["shared"],
            by=None if row["staff"] == member else row["owner"],
        )
        for row in rows
    ]


def save(
    connection: Connection, member: int, name: str, query: str, now: datetime, *, shared: bool = False
) -> int:
    """Keep a view; one's own of the same name is replaced. Raises Conflict beyond MOST."""
    mine = saved_views.c.staff == member
    connection.execute(delete(saved_views).where(mine, saved_views.c.name == name))
    held = connection.execute(select(func.count()).select_from(saved_views).where(mine)).scalar_one()
    if held >= MOST:
        raise Conflict("there are fifty saved views already")
    made = connection.execute(
        insert(saved_views)
        .values(staff=member, name=name, query=query, shared=shared, created_at=now)
        .returning(saved_views.c.id)
    )
    return int(made.scalar_one())


def drop(connection: Connection, member: int, view: int, *, any_owner: bool = False) -> bool:
    """Forget a view of one's own; with `any_owner` also one that a colleague shares."""
    allowed = saved_views.c.staff == member
    if any_owner:
        allowed = or_(allowed, saved_views.c.shared)
    done = connection.execute(delete(saved_views).where(and_(saved_views.c.id == view, allowed)))
    return done.rowcount == 1
