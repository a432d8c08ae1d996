"""What a message costs while the store grows from ten thousand messages to ten million, on SQLite and PostgreSQL."""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from assistant.store import inbox, messages, migrate, outbox, queue, retention, transcripts
from assistant.store.accept import accept
from assistant.store.database import Database
from assistant.types import Author, Exchange, Outcome, Text

from . import servers
from .filling import BATCH, RULES, Filler, answer
from .load import cpu_seconds
from .report import Row, show

AT_ONCE = 64
"""Messages of a measured commit, as when 64 requests wait."""
COALESCED = 4
"""Messages of a turn: what a turn costs is shared by so many."""
LEASE, HOLD = timedelta(seconds=30), timedelta(seconds=30)
SMALL = 10_000
PER_MESSAGE = ("claim", "history", "settle", "send")


@dataclass(slots=True)
class Cost:
    """Milliseconds of one thing, processor (ours and the database's) and wall, one value a time it was done."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def median(self, kind: str) -> float:
        return statistics.median(self.cpu if kind == "cpu" else self.wall)


Costs = dict[str, Cost]
Pids = Callable[[], Sequence[int]]


@dataclass(slots=True)
class Store:
    """A growing store. `pids`: the database's own processes, whose time counts too."""

    database: Database
    pids: Pids
    filler: Filler

    def cpu(self) -> float:
        return time.process_time() + sum(map(_cpu, self.pids()))

    async def grow(self, size: int) -> float:
        """Fill up to `size` messages; returns seconds."""
        started = time.perf_counter()
        self.filler.aim(size)
        while self.filler.total < size:
            await self.database.write(self.filler.step, BATCH)
        if not self.database.is_sqlite:
            await self.database.write(lambda connection: connection.execute(text("ANALYZE")) and None)
        return time.perf_counter() - started

    async def timed(self, cost: Cost, work: Any, share: int = 1) -> Any:
        cpu, wall = self.cpu(), time.perf_counter()
        result = await work
        cost.cpu.append((self.cpu() - cpu) * 1000 / share)
        cost.wall.append((time.perf_counter() - wall) * 1000 / share)
        return result


def _cpu(pid: int) -> float:
    try:
        return cpu_seconds(pid)
    except OSError:  # it ended
        return 0.0


def costs() -> Costs:
    return {name: Cost() for name in ("accept", *PER_MESSAGE, "list page", "transcript page", "sweep")}


async def once(store: Store, found: Costs, *, pages: bool) -> None:
    """Every kind of work once, on the store as it is now: real messages, answered by the walks' own statements."""
    database, filler = store.database, store.filler
    filler.now += timedelta(seconds=2)
    now, later = filler.now, filler.now + timedelta(milliseconds=1)
    events = filler.events(AT_ONCE, of_all=True)
    accepted = await store.timed(found["accept"], database.write(accept, events, now, RULES), AT_ONCE)
    filler.total += accepted.stored
    for _ in range(4):
        [claim] = await store.timed(found["claim"], database.write(queue.claim, "bench", later, LEASE, 1))
        batch, _said = await store.timed(found["history"], database.read(_read, claim))
        await store.timed(found["settle"], _settle(database, claim, batch, later))
        filler.total += 1
        await store.timed(found["send"], _send(database, later))
    filler.total += await database.write(answer, accepted.woken, later)
    if pages:
        await store.timed(found["list page"], database.read(inbox.page))
        page = database.read(transcripts.transcript, claim.conversation)
        await store.timed(found["transcript page"], page)
        sweep = database.write(retention.sweep, filler.now, timedelta(days=14))
        await store.timed(found["sweep"], sweep)


def _read(connection: Any, claim: queue.Claim) -> tuple[Any, Any]:
    batch = queue.waiting(connection, claim.conversation)
    seq = batch[-1].seq if batch else 1
    said = messages.history(connection, claim.conversation, from_seq=claim.window_from_seq, before_seq=seq)
    return batch, said


async def _settle(database: Database, claim: queue.Claim, batch: Any, now: datetime) -> None:
    part = Text(text="Yes, on Saturdays from ten to two.")
    reply = queue.Reply(
        author=Author.ASSISTANT, whole=(part,), pieces=((f"{claim.conversation}-{claim.token}", part),)
    )
    end = queue.Settlement(
        waiting=batch, outcome=Outcome.ANSWERED, reply=reply, turn=queue.TurnRow(started_at=now, prompt={})
    )
    await database.write(queue.settle, claim, end, now, RULES.debounce, RULES.debounce_cap)


async def _send(database: Database, now: datetime) -> None:
    [part] = await database.write(outbox.take, now, HOLD, 1)
    seen = Exchange(
        method="POST", url="https://graph.facebook.com/", status=200, request="{}", response="{}", took_ms=80
    )
    await database.write(outbox.sent, part, f"wamid.{part.id}.{now.timestamp()}", now, [seen])


async def compare(small: Store, large: Store, rounds: int) -> tuple[Costs, Costs]:
    """Both stores in turn, so that whatever else the machine does meets both alike."""
    of_small, of_large = costs(), costs()
    for number in range(rounds + 3):
        if number == 3:  # the first ones load code and pages
            of_small, of_large = costs(), costs()
        await once(small, of_small, pages=number % 4 == 3)
        await once(large, of_large, pages=number % 4 == 3)
    return of_small, of_large


def per_message(found: Costs, kind: str) -> float:
    """Milliseconds of one message: its own accept and its share of the turn that answers it. `kind`: cpu or wall."""
    turn = sum(found[name].median(kind) for name in PER_MESSAGE)
    return found["accept"].median(kind) + turn / COALESCED


@dataclass(slots=True, kw_only=True)
class Stage:
    """One size of one database, measured beside a store of ten thousand messages."""

    kind: str
    size: int
    small: Costs
    large: Costs
    filled_seconds: float
    bytes_per_message: float

    def growth(self, kind: str) -> float:
        return per_message(self.large, kind) / per_message(self.small, kind)


async def stages(
    kind: str, urls: tuple[str, str], pids: Pids, sizes: Sequence[int], rounds: int
) -> list[Stage]:
    """Grow a store through all `sizes`, and measure it at each of them beside a small one."""
    found = []
    stores = [Store(Database(url), pids, Filler(datetime.now(UTC) - timedelta(days=10))) for url in urls]
    small, large = stores
    try:
        for store in stores:
            store.database.open()
            await store.database.write(migrate.upgrade)
        await small.grow(SMALL)
        for size in sizes:
            seconds = await large.grow(size)
            print(f"{kind}: {size:,} messages after {seconds:.0f} s of filling", flush=True)
            one, other = await compare(small, large, rounds)
            kept = await large.database.read(_bytes) / large.filler.total
            found.append(
                Stage(
                    kind=kind,
                    size=size,
                    small=one,
                    large=other,
                    filled_seconds=seconds,
                    bytes_per_message=kept,
                )
            )
    finally:
        for store in stores:
            await store.database.close()
    return found


async def run(sizes: Sequence[int], rounds: int, kinds: Sequence[str]) -> None:
    found: list[Stage] = []
    if "sqlite" in kinds:
        with tempfile.TemporaryDirectory() as name:
            files = (f"sqlite:///{Path(name) / 'small.db'}", f"sqlite:///{Path(name) / 'large.db'}")
            found += await stages("sqlite", files, tuple, sizes, rounds)
    if "postgres" in kinds:
        with servers.postgres() as server:
            if server is not None:
                databases = (server.create_database(), server.create_database())
                found += await stages("postgres", databases, server.pids, sizes, rounds)
    figures: dict[str, float | int | None] = {}
    for label, size in (("1e5", 10**5), ("1e6", 10**6), ("1e7", 10**7)):
        reached = [stage for stage in found if stage.size == size]
        for kind, key in (("cpu", "cost_growth"), ("wall", "wall_growth")):
            values = [stage.growth(kind) for stage in reached]
            figures[f"{key}_1e4_{label}"] = round(max(values), 3) if values else None
        values = [
            stage.large["accept"].median("cpu") / stage.small["accept"].median("cpu") for stage in reached
        ]
        figures[f"accept_growth_1e4_{label}"] = round(max(values), 3) if values else None
    title = "processor ms of each work, in a store of 10,000 messages → in the large one (wall ms)"
    show(title, [row for stage in found for row in _rows(stage)], figures)


def _bytes(connection: Any) -> int:
    if connection.dialect.name == "sqlite":
        pages, size = (
            connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in ("page_count", "page_size")
        )
        return int(pages * size)
    return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def _rows(stage: Stage) -> Iterator[Row]:
    kept, rate = stage.bytes_per_message, stage.size / stage.filled_seconds
    yield Row(
        figure=f"{stage.kind}, {stage.size:,}",
        ours=f"{kept:.0f} bytes a message",
        reference=f"filled {rate:,.0f}/s",
    )
    for name in stage.large:
        small, large = stage.small[name], stage.large[name]
        yield Row(
            figure=f"  {name}",
            ours=f"{small.median('cpu'):.2f} → {large.median('cpu'):.2f}",
            reference=f"({small.median('wall'):.2f} → {large.median('wall'):.2f})",
        )
    yield Row(
        figure="  a message with its share of a turn",
        ours=f"{per_message(stage.small, 'cpu'):.2f} → {per_message(stage.large, 'cpu'):.2f}: × {stage.growth('cpu'):.2f}",
        reference=f"({per_message(stage.small, 'wall'):.2f} → {per_message(stage.large, 'wall'):.2f}: × {stage.growth('wall'):.2f})",
        goal="× 1: flat",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="up to 100,000 messages instead of a million")
    parser.add_argument("--full", action="store_true", help="up to ten million messages")
    parser.add_argument("--only", choices=["sqlite", "postgres"], help="one database instead of both")
    options = parser.parse_args()
    most = 5 if options.quick else 7 if options.full else 6
    sizes = [10**power for power in range(5, most + 1)]
    kinds = [options.only] if options.only else ["sqlite", "postgres"]
    asyncio.run(run(sizes, 24 if options.quick else 60, kinds))


if __name__ == "__main__":
    main()
