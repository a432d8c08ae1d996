"""`python -m tests.faults.points`: interrupts the walks at their points, prints a table and, last, one line of JSON."""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.services import PostgresServer, find_postgres

from . import awaits, real, runs
from .faults import Fault, Kind, Point
from .life import CLOSING
from .story import REPEATABLE, STORIES, Step

STOPPED_BY_THEMSELVES = ("turn-", "draft", "newer", "typing", "mark-read", "name", "webhook", "send-")
"""Tasks that the system itself cancels one at a time; the loops end only when all ends, which is CLOSE."""
WAITS_FOR_NOBODY = ("Acceptor._run", "Acceptor._gather")
"""Awaits of an event of asyncio's own, by a task that has to live as long as the process: nothing there can raise."""


def memory() -> str | None:
    """Where files cost nothing, if there is such a place."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def applies(fault: Fault, point: Point) -> bool:
    """Whether this can happen there; a process that fails while it ends is one that crashes."""
    if point.task == CLOSING:
        return fault is Fault.CRASH
    if fault is Fault.CANCEL:
        return point.task.startswith(STOPPED_BY_THEMSELVES)
    if fault is Fault.AWAY:
        return point.kind is not Kind.AWAIT
    if fault is Fault.ERROR:
        return point.kind is not Kind.AWAIT or not point.site.endswith(WAITS_FOR_NOBODY)
    return True


def places(points: Sequence[Point]) -> list[Point]:
    """The first point of each place in the source, or edge of a transaction or request, and kind of task."""
    first: dict[tuple[str, str], Point] = {}
    for point in points:
        first.setdefault((point.site, point.task.rstrip("0123456789")), point)
    return list(first.values())


class Count:
    """What was run so far and how it ended."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, int, int, int, float]] = []
        self.points = self.covered = self.runs = self.failures = 0
        self.lines: set[tuple[str, int]] = set()

    def row(self, story: str, fault: str, points: int, results: Iterator[runs.Result]) -> None:
        started, done = time.monotonic(), Counter[bool]()
        for result in results:
            done[bool(result.wrong)] += 1
            self.lines |= result.lines
            if result.wrong:
                print(f"FAILED {story}: {fault} at {result.point}: {result.wrong[:3]}", flush=True)
        self.runs += done.total()
        self.failures += done[True]
        self.rows.append((story, fault, points, done.total(), done[True], time.monotonic() - started))

    def show(self) -> None:
        print(f"{'story':<22}{'fault':<28}{'points':>8}{'runs':>8}{'failed':>8}{'seconds':>9}")
        for story, fault, points, done, failed, seconds in self.rows:
            print(f"{story:<22}{fault:<28}{points:>8}{done:>8}{failed:>8}{seconds:>9.1f}")


def sqlite(count: Count, name: str, steps: Sequence[Step], every: int, everything: bool) -> None:
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        told = runs.tell(Path(folder), steps)
        count.row(name, "none", len(told.points), iter([told.result]))
        worlds = told.worlds()
        alike = len(told.points)
        count.points += alike
        count.row(name, "crash", alike, (runs.revive(told, number, afterwards=False) for number in worlds))
        count.covered += alike
        if name in REPEATABLE:
            ends = [point.number for point in told.points][:: 1 if everything else max(1, alike // 12)]
            real_ends = (runs.Result(told.points[at - 1], Fault.CRASH, real.differs(told, at)) for at in ends)
            count.row(name, "crash by os._exit, compared", len(ends), real_ends)
        for fault in (Fault.CLOSE, Fault.CANCEL, Fault.ERROR, Fault.AWAY):
            chosen = [
                point
                for point in (told.points if everything else places(told.points))
                if applies(fault, point)
            ][::every]
            results = (runs.interrupt(told, point.number, fault) for point in chosen)
            count.row(name, fault, len(chosen), results)


def postgres(count: Count, url: str, name: str, steps: Sequence[Step], every: int) -> None:
    with tempfile.TemporaryDirectory() as folder:

        def ended(numbers: Iterator[int]) -> Iterator[runs.Result]:
            for number in numbers:
                real.empty(url)
                result = real.end_and_revive(url, Path(folder), steps, number)
                if result is not None:
                    yield result

        real.empty(url)
        total, wrong = real.count(url, Path(folder), steps)
        count.row(f"{name}, PostgreSQL", "none", total, iter([runs.Result(wrong=wrong)]))
        count.row(f"{name}, PostgreSQL", "crash by os._exit", total, ended(iter(range(1, total + 1, every))))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.points", description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="sqlite")
    parser.add_argument("--everything", action="store_true", help="every fault at every point (hours)")
    parser.add_argument("--every", type=int, default=1, help="only each so manyth of the chosen points")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    count = Count()
    for name, steps in STORIES.items():
        if options.database != "postgres":
            sqlite(count, name, steps, options.every, options.everything)
    if options.database != "sqlite":
        binaries = find_postgres()
        if binaries is None:
            print("PostgreSQL is not installed: nothing was run on it")
            return 1
        server = PostgresServer(binaries)
        try:
            server.start()
            url = server.create_database()
            real.prepare(url)
            for name, steps in STORIES.items():
                postgres(count, url, name, steps, 1 if options.everything else 40 * options.every)
        finally:
            server.remove()
    count.show()
    silent = awaits.never_waited(count.lines) if options.database != "postgres" else []
    print(
        f"{len(silent)} of {len(awaits.written())} awaits of the walks never waited: {', '.join(silent) or 'none'}"
    )
    figures = {
        "points": count.points,
        "covered": count.covered,
        "runs": count.runs,
        "failures": count.failures,
    }
    print(json.dumps(figures | {"never_waited": len(silent)}))
    return 1 if count.failures else 0


if __name__ == "__main__":
    sys.exit(main())
