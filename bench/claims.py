"""How long a claim takes while a hundred thousand conversations are due, on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import statistics
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, event, insert, text

from assistant.store import migrate, queue
from assistant.store.database import Database
from assistant.store.models import conversations, people

LEASE = timedelta(seconds=30)
INDEX = "ix_conversations_due"
CHUNK = 5000


@dataclass(slots=True)
class Claims:
    """Milliseconds of every claim, by how it was asked; `look` is the look for what is due that comes before each.

    `apart`: four processes' worth of claimers on one SQLite file, which is not how SQLite is meant to be used.
    """

    look: list[float] = field(default_factory=list)
    one: list[float] = field(default_factory=list)
    eight: list[float] = field(default_factory=list)
    four: list[float] = field(default_factory=list)
    apart: list[float] = field(default_factory=list)
    index_used: bool = False
    double: int = 0

    @property
    def p99(self) -> float:
        """The worst of the ways to ask."""
        return max(p99(values) for values in (self.one, self.eight, self.four))

    @property
    def sentence(self) -> str:
        ways = {
            "look": self.look,
            "1": self.one,
            "8": self.eight,
            "4 claimers": self.four,
            "4 apart": self.apart,
        }
        told = [f"{name} {p99(values):.1f}" for name, values in ways.items() if values]
        index = "index used" if self.index_used else "NO INDEX"
        return f"p99 {', '.join(told)}; {index}; {self.double} claimed twice"


def p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100)[98]


def fill(connection: Connection, first: int, count: int, now: datetime) -> None:
    """`count` people with a conversation each that is due: the earlier the lower its number."""
    numbers = range(first, first + count)
    connection.execute(insert(people), [{"id": number, "created_at": now} for number in numbers])
    connection.execute(
        insert(conversations),
        [
            {
                "id": number,
                "key": f"whatsapp:106540352242922:3460{number:07d}",
                "channel": "whatsapp",
                "account": "106540352242922",
                "peer": f"3460{number:07d}",
                "person": number,
                "last_seq": 1,
                "due_at": now - timedelta(hours=1) + timedelta(milliseconds=number),
                "first_due_at": now - timedelta(hours=1),
                "created_at": now,
                "last_at": now,
            }
            for number in numbers
        ],
    )


async def measure(url: str, due: int, claims: int) -> Claims:
    """Claims on a fresh database with this many due conversations: one claimer, then four at once."""
    found = Claims()
    databases = [Database(url) for _ in range(4)]
    for database in databases:
        database.open()
    first = databases[0]
    try:
        await first.write(migrate.upgrade)
        for start in range(1, due + 1, CHUNK):
            await first.write(fill, start, min(CHUNK, due + 1 - start), datetime.now(UTC))
        if not first.is_sqlite:
            await first.write(lambda connection: connection.execute(text("ANALYZE")) and None)
        found.index_used = await first.write(_uses_index)
        taken: list[int] = []
        for times, limit in ((found.one, 1), (found.eight, 8)):
            taken += await _claim(first, "one", claims, limit, times, found.look)
        ways = (
            [(found.four, [first] * 4), (found.apart, databases)]
            if first.is_sqlite
            else [(found.four, databases)]
        )
        for times, claimers in ways:
            shares = await asyncio.gather(
                *(
                    _claim(database, f"worker {number}", claims // 4, 1, times, [])
                    for number, database in enumerate(claimers)
                )
            )
            taken += [one for share in shares for one in share]
        found.double = len(taken) - len(set(taken))
    finally:
        for database in databases:
            await database.close()
    return found


async def _claim(
    database: Database, worker: str, times: int, limit: int, took: list[float], look: list[float]
) -> list[int]:
    taken = []
    for number in range(times + 10):
        started = time.perf_counter()
        await database.read(queue.next_due)
        looked = time.perf_counter()
        claimed = await database.write(queue.claim, worker, datetime.now(UTC), LEASE, limit)
        if number >= 10:  # the first ones load code
            look.append((looked - started) * 1000)
            took.append((time.perf_counter() - looked) * 1000)
        taken += [one.conversation for one in claimed]
    return taken


def _uses_index(connection: Connection) -> bool:
    """Whether every statement of a claim goes through the index of the due ones."""
    plans: list[str] = []
    keyword = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"

    def explain(
        _connection: Connection, cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool
    ) -> None:
        asking = connection.connection.cursor()
        asking.execute(f"{keyword} {statement}", parameters)
        plans.append(" ".join(str(row) for row in asking.fetchall()))
        asking.close()

    event.listen(connection, "before_cursor_execute", explain)
    try:
        queue.claim(connection, "plan", datetime.now(UTC), LEASE, 1)
    finally:
        event.remove(connection, "before_cursor_execute", explain)
    return bool(plans) and all(INDEX in plan for plan in plans)
