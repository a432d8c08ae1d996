"""The processes that answer, as they say of themselves: which model, how it does, when they were last seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, delete, select

from .dialects import upsert
from .models import workers

SILENT_AFTER: Final = timedelta(seconds=30)
"""A worker that has said nothing for so long is not counted on."""
FORGOTTEN_AFTER: Final = timedelta(days=1)
MOST: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerRow:
    """`ready`, `sentence`: the engine's health. `state`: counts, see reports.py."""

    name: str
    model: str
    ready: bool
    sentence: str
    state: dict[str, Any]
    started_at: datetime
    seen_at: datetime


def say(connection: Connection, row: WorkerRow) -> None:
    """Write what a worker says of itself, in place of what it said before; forget who is silent for a day."""
    values = {name: getattr(row, name) for name in WorkerRow.__slots__}
    values["sentence"], values["model"] = row.sentence[:300], row.model[:128]
    connection.execute(
        upsert(connection, workers)
        .values(**values)
        .on_conflict_do_update(
            index_elements=["name"], set_={key: value for key, value in values.items() if key != "name"}
        )
    )
    connection.execute(delete(workers).where(workers.c.seen_at < row.seen_at - FORGOTTEN_AFTER))


def gone(connection: Connection, name: str) -> None:
    """It ends, and nobody need wonder where it is."""
    connection.execute(delete(workers).where(workers.c.name == name))


def seen(connection: Connection) -> list[WorkerRow]:
    """Every worker of the last day, those seen last first."""
    rows = connection.execute(select(workers).order_by(workers.c.seen_at.desc()).limit(MOST)).mappings()
    return [WorkerRow(**row) for row in rows]
