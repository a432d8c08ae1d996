"""The runs: a story without a fault, with one, and what a crash leaves at each point brought back to life.

A crash is not played, it is cut: SQLite's log and the journal of the outside only grow, so that what a process that ends
at a point leaves behind is a beginning of each. Everything else it had is gone by definition. Points that leave the same
beginnings leave the same world, and one new life shows the end of all of them. That this is what a real end leaves is
shown by real.py: a child process ends by os._exit at a point, and what lies there then is compared row by row.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import telegram  # noqa: F401 - imported in the middle of a first story, it would draw random numbers there
from sqlalchemy import Engine

from assistant import deliver
from tests.databases import migrated_sqlite

from .faults import Fault, Point, Points, install
from .life import ENGINES
from .loop import VirtualLoop
from .outside import Outside
from .play import Play, Stuck
from .story import Step

PAUSE = timedelta(seconds=2)
"""Instead of five minutes: every second of an idle system has points of its own."""


@dataclass(slots=True)
class Result:
    """One run's end. `wrong` is empty when everything promised holds."""

    point: Point | None = None
    fault: Fault | None = None
    wrong: list[str] = field(default_factory=list)
    lines: set[tuple[str, int]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Left:
    """What a crash leaves at a point: so many bytes of the database's log, so many entries of the journal."""

    log: int
    journal: int


@dataclass(slots=True)
class Told:
    """A story without a fault: its points, when they were reached, and what a crash leaves at each of them."""

    folder: Path
    steps: Sequence[Step]
    points: list[Point] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    outside: Outside = field(default_factory=Outside)
    log: bytearray = field(default_factory=bytearray)
    result: Result = field(default_factory=Result)

    def log_at(self, number: int) -> bytes:
        """The database's log as a crash at this point leaves it."""
        return bytes(self.log[: self.left[number - 1].log])

    def journal_at(self, number: int) -> list[tuple[str, Any]]:
        """What the outside knows at this point."""
        return list(self.outside.journal[: self.left[number - 1].journal])

    def worlds(self) -> list[int]:
        """The first point of each group of points that leave the same world."""
        first: dict[Left, int] = {}
        for point, left in zip(self.points, self.left, strict=True):
            first.setdefault(left, point.number)
        return list(first.values())


def play(
    url: str,
    folder: Path,
    outside: Outside,
    points: Points,
    steps: Sequence[Step] = (),
    *,
    at: float = 0.0,
    life: int = 1,
    afterwards: bool = True,
) -> list[str]:
    """One run on a loop of its own; returns what is wrong. After a crash nothing is, and nothing is put away."""
    random.seed(7)
    usual, deliver.PAUSE = deliver.PAUSE, PAUSE
    loop = VirtualLoop(at)
    loop.set_exception_handler(lambda _, context: None)
    install(loop, points)
    task = loop.create_task(
        Play(url, folder, outside, points, loop, life=life).run(steps, afterwards=afterwards)
    )
    try:
        loop.run_until_complete(task)
        return task.result()
    except Stuck as error:
        return [str(error)]
    except RuntimeError:
        if not loop.dead:
            raise
        return []
    finally:
        deliver.PAUSE = usual
        if not loop.dead:
            _put_away(loop)


def _put_away(loop: VirtualLoop) -> None:
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    if left:
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()


def tell(folder: Path, steps: Sequence[Step], *, afterwards: bool = True) -> Told:
    """A story without a fault on SQLite."""
    url = fresh(folder)
    log = folder / "assistant.db-wal"
    shutil.copy(folder / "assistant.db", folder / "begun.db")
    told = Told(folder, steps)

    def passed(point: Point) -> None:
        size = log.stat().st_size if log.exists() else 0
        if size > len(told.log):
            with log.open("rb") as file:
                file.seek(len(told.log))
                told.log += file.read(size - len(told.log))
        told.points.append(point)
        told.at.append(asyncio.get_running_loop().time())
        told.left.append(Left(size, len(told.outside.journal)))

    points = Points(passed=passed)
    with contextlib.closing(sqlite3.connect(folder / "assistant.db")) as held:
        held.execute("BEGIN")  # while somebody reads the state of the beginning the log only grows
        held.execute("SELECT count(*) FROM people").fetchone()
        told.result.wrong = play(url, folder, told.outside, points, steps, afterwards=afterwards)
    told.result.lines = points.lines
    return told


def revive(told: Told, number: int, *, afterwards: bool = True) -> Result:
    """A new life on what a crash at this point leaves."""
    url = laid(told.folder, told.log_at(number))
    outside = Outside(journal=told.journal_at(number))
    wrong = play(
        url,
        told.folder,
        outside,
        Points(counting=False),
        at=told.at[number - 1] + 0.5,
        life=2,
        afterwards=afterwards,
    )
    return Result(told.points[number - 1], Fault.CRASH, wrong)


def interrupt(told: Told, number: int, fault: Fault) -> Result:
    """The story once more, with a fault at this point that the process survives or is told to end by."""
    points = Points(number=number, fault=fault)
    wrong = play(fresh(told.folder), told.folder, Outside(), points, told.steps, afterwards=False)
    return Result(points.happened, fault, wrong, points.lines)


# --- files -----------------------------------------------------------------------------------------------


def fresh(folder: Path) -> str:
    """An empty database in the folder."""
    _forget(folder / "assistant.db")
    return migrated_sqlite(folder)


def laid(folder: Path, log: bytes) -> str:
    """A database file with this log beside it, as a process that ended leaves them."""
    path = folder / "revived.db"
    _forget(path)
    shutil.copy(folder / "begun.db", path)
    Path(f"{path}-wal").write_bytes(log)
    return f"sqlite:///{path}"


def _forget(path: Path) -> None:
    engine: Engine | None = ENGINES.get(f"sqlite:///{path}")
    if engine is not None:
        engine.dispose()
    for name in (f"{path}-wal", f"{path}-shm"):
        Path(name).unlink(missing_ok=True)
