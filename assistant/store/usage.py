"""What a person used on a day: tokens, and whether they were told that the day's share is used up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, select

from .dialects import upsert
from .models import usage

TOKENS: Final = "tokens"
TOLD: Final = "told"
KEPT: Final = timedelta(days=60)


def day_of(now: datetime) -> str:
    """The day of a budget, in UTC."""
    return now.date().isoformat()


def spend(connection: Connection, person: int, now: datetime, amounts: Mapping[str, int]) -> None:
    """Add to what a person used today, kind by kind."""
    table = upsert(connection, usage)
    for kind, amount in sorted(amounts.items()):
        connection.execute(
            table.values(person=person, day=day_of(now), kind=kind, amount=amount).on_conflict_do_update(
                index_elements=["person", "day", "kind"], set_={"amount": usage.c.amount + amount}
            )
        )


def spent(connection: Connection, person: int, now: datetime) -> dict[str, int]:
    """What a person used today, by kind."""
    rows = connection.execute(
        select(usage.c.kind, usage.c.amount).where(usage.c.person == person, usage.c.day == day_of(now))
    )
    return {row.kind: row.amount for row in rows}


def sweep(connection: Connection, now: datetime) -> int:
    """Forget days long past; returns how many rows went."""
    return connection.execute(delete(usage).where(usage.c.day < day_of(now - KEPT))).rowcount
