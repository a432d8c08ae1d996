"""Real ends: a child process that ends by os._exit at a point, and a new life on what it leaves, on either database."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import sqlite3
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import text

from assistant.store import migrate
from assistant.store.database import Database
from assistant.store.models import metadata

from .faults import Fault, Point, Points
from .outside import Outside
from .runs import Result, Told, fresh, laid, play
from .story import Step

ENDED = 9  # the child's exit status at its point
NOT_REACHED = 8


def differs(told: Told, number: int) -> list[str]:
    """How what a child leaves that really ends at this point differs from what the cut says it leaves."""
    folder = told.folder
    status, journal, _ = _end(fresh(folder), folder, told.steps, number)
    laid(folder, told.log_at(number))
    wrong = [] if status == ENDED else ["the child did not end at the point"]
    if _rows(folder / "assistant.db") != _rows(folder / "revived.db"):
        wrong.append("the database is another one")
    if journal != told.journal_at(number):
        wrong.append("the outside saw something else")
    return wrong


def end_and_revive(url: str, folder: Path, steps: Sequence[Step], number: int) -> Result | None:
    """A child that ends at this point, and a new life on the same database; None when the story has fewer points."""
    status, journal, at = _end(url, folder, steps, number)
    if status == NOT_REACHED:
        return None
    wrong = [] if status == ENDED else [f"the child ended by itself with {status}"]
    points = Points(counting=False)
    wrong += play(url, folder, Outside(journal=journal), points, at=at + 0.5, life=2, afterwards=False)
    return Result(None, Fault.CRASH, wrong)


def _end(
    url: str, folder: Path, steps: Sequence[Step], number: int
) -> tuple[int, list[tuple[str, Any]], float]:
    """The child's exit status, the journal of its outside, and when it ended."""
    truth = folder / "journal"
    truth.write_bytes(b"")
    with (
        warnings.catch_warnings()
    ):  # newer Pythons warn of threads, which a child that ends like this never joins
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            _live_until(url, truth, folder, steps, number)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    entries: list[Any] = []
    with truth.open("rb") as file:
        while file.peek(1):
            entries.append(pickle.load(file))
    *journal, at = entries or [0.0]
    return os.waitstatus_to_exitcode(status), journal, at


def _live_until(url: str, truth: Path, folder: Path, steps: Sequence[Step], number: int) -> None:
    """Every entry is in the file before the system goes on: nothing is written by a process that is gone."""
    descriptor = os.open(truth, os.O_WRONLY | os.O_APPEND)
    outside = Outside()
    outside.listeners.append(lambda entry: os.write(descriptor, pickle.dumps(entry)) and None)

    def passed(point: Point) -> None:
        if point.number == number:
            os.write(descriptor, pickle.dumps(asyncio.get_running_loop().time()))
            os._exit(ENDED)

    play(url, folder, outside, Points(passed=passed), steps)
    os.write(descriptor, pickle.dumps(0.0))
    os._exit(NOT_REACHED)


def _rows(path: Path) -> list[str]:
    """Every row; but for how long a tool took, which no clock of ours measures, and the worker's name, which is its own."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE steps SET took_ms = 0")
        connection.execute("DELETE FROM workers")
        return list(connection.iterdump())


# --- PostgreSQL ------------------------------------------------------------------------------------------


def prepare(url: str) -> None:
    """Make the tables in an empty PostgreSQL database."""
    _write(url, migrate.upgrade)


def empty(url: str) -> None:
    """Forget everything a run before this one wrote."""
    names = ", ".join(table.name for table in metadata.sorted_tables)
    _write(url, lambda connection: connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE")))


def count(url: str, folder: Path, steps: Sequence[Step]) -> tuple[int, list[str]]:
    """How many points the story has on this database, and what is wrong at its end."""
    points = Points()
    wrong = play(url, folder, Outside(), points, steps)
    return points.count, wrong


def _write(url: str, function: Any) -> None:
    async def write() -> None:
        database = Database(url)
        database.open()
        await database.write(function)
        await database.close()

    asyncio.run(write())
