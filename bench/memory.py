"""Resident memory of `assistant serve` and `assistant work` while messages by the hundred thousand pass through both."""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, func, select

from assistant.store.database import Database
from assistant.store.models import conversations, messages, outbox
from assistant.store.models import turns as answers

from . import servers
from .load import send_all
from .report import Row, show
from .webhooks import ENVIRONMENT, post_whatsapp

BURST = 40
"""Messages that one person writes in a row: they become one turn."""
TOGETHER = 5
"""Messages of one webhook, as Meta sends them when it is busy."""
PER_PERSON = 2000
"""Messages of each person: well before the second half begins, everybody's history has reached its longest."""
BEHIND = 300
"""Conversations that may wait before the senders wait too; never more than half of all."""
SAMPLES = 200


@dataclass(slots=True)
class Memory:
    """Resident megabytes of one process, by how many messages had passed."""

    pid: int
    passed: list[int] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)

    def look(self, passed: int) -> None:
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                self.passed.append(passed)
                self.megabytes.append(int(line.split()[1]) / 1024)

    @property
    def slope(self) -> float:
        """Megabytes a million messages, fitted over the second half."""
        half = len(self.passed) // 2
        x, y = self.passed[half:], self.megabytes[half:]
        return statistics.linear_regression(x, y).slope * 1e6

    @property
    def second_half(self) -> float:
        """Megabytes by which it grew from the third quarter to the fourth, mean against mean."""
        size = len(self.megabytes)
        third, fourth = self.megabytes[size // 2 : size * 3 // 4], self.megabytes[size * 3 // 4 :]
        return statistics.mean(fourth) - statistics.mean(third)


def posts(port: int, first: int, last: int, people: int) -> Iterator[bytes]:
    """The bursts from `first` on, ready for the wire."""
    for burst in range(first, last):
        for _ in range(BURST // TOGETHER):
            yield post_whatsapp(port, "/webhooks/whatsapp", burst, people, TOGETHER)


def waiting(connection: Connection) -> int:
    due = select(func.count()).select_from(conversations).where(conversations.c.due_at.is_not(None))
    return int(connection.execute(due).scalar_one())


def unfinished(connection: Connection) -> tuple[int, int, int]:
    """Conversations that wait, parts that were not sent, messages that were not answered."""
    parts = select(func.count()).select_from(outbox).where(outbox.c.state != "sent")
    open_ = select(func.count()).select_from(messages)
    open_ = open_.where(
        messages.c.direction == "in",
        messages.c.outcome.not_in(["answered", "coalesced"]) | messages.c.outcome.is_(None),
    )
    return (
        waiting(connection),
        int(connection.execute(parts).scalar_one()),
        int(connection.execute(open_).scalar_one()),
    )


async def run(total: int, with_servers: bool) -> None:
    bursts = max(SAMPLES, total // BURST)
    people = max(20, total // PER_PERSON)
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        port, standin = servers.free_port(), servers.free_port()
        environment = ENVIRONMENT | {
            "ASSISTANT_DATA": str(folder),
            "ASSISTANT_DATABASE_URL": f"sqlite:///{folder / 'memory.db'}",
            "ASSISTANT_PORT": str(port),
            "ASSISTANT_LOG_LEVEL": "WARNING",
            "ASSISTANT_ENGINE": "openai",
            "ASSISTANT_ENGINE_URL": f"http://127.0.0.1:{standin}/v1",
            "ASSISTANT_MODEL": "model",
            "ASSISTANT_ENGINE_CONTEXT": "2048",
            "ASSISTANT_MAX_TOKENS": "64",
            "ASSISTANT_TOOLS": "[]",
            "ASSISTANT_DEBOUNCE_SECONDS": "0.2",
            "ASSISTANT_DEBOUNCE_CAP_SECONDS": "1",
            "ASSISTANT_MESSAGES_PER_MINUTE": "1000000",
            "ASSISTANT_TOKENS_PER_DAY": "0",
            "ASSISTANT_BOT_LOOP_TURNS": "0",
            "ASSISTANT_WHATSAPP_API_URL": f"http://127.0.0.1:{standin}",
        }
        if with_servers:
            database, bell = stack.enter_context(servers.postgres()), stack.enter_context(servers.redis())
            if database is None or bell is None:
                raise SystemExit("--servers needs PostgreSQL and Redis on this machine")
            environment |= {
                "ASSISTANT_DATABASE_URL": database.create_database(),
                "ASSISTANT_REDIS_URL": bell.url,
            }
        stack.enter_context(
            servers.program(
                [sys.executable, "-m", "bench.standin", str(standin)],
                address=f"http://127.0.0.1:{standin}/v1/models",
            )
        )
        servers.migrate(environment)
        assistant = [sys.executable, "-m", "assistant"]
        ready = f"http://127.0.0.1:{port}/readyz"
        serve = Memory(
            stack.enter_context(servers.program([*assistant, "serve"], environment, address=ready))
        )
        work = Memory(stack.enter_context(servers.program([*assistant, "work"], environment)))
        database_here = Database(environment["ASSISTANT_DATABASE_URL"])
        database_here.open()
        started = time.perf_counter()
        try:
            step = max(1, bursts // SAMPLES)
            for first in range(0, bursts, step):
                last = min(bursts, first + step)
                counts = await send_all(port, posts(port, first, last, people), 32)
                if set(counts) != {200}:
                    raise SystemExit(f"the server answered {dict(counts)}")
                while await database_here.read(waiting) > min(BEHIND, people // 2):
                    await asyncio.sleep(0.2)
                for memory in (serve, work):
                    memory.look(last * BURST)
            left = await _settled(database_here)
            turns = await database_here.read(_turns)
        finally:
            await database_here.close()
        tell(serve, work, bursts * BURST, time.perf_counter() - started, left, turns)


def _turns(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(answers)).scalar_one())


async def _settled(database: Database) -> tuple[int, int, int]:
    """Wait until everything is answered and sent, ten minutes at most: the account's own pace is 80 a second.

    Returns what is left.
    """
    left = (1, 1, 1)
    for _ in range(1200):
        left = await database.read(unfinished)
        if not any(left):
            break
        await asyncio.sleep(0.5)
    return left


def tell(
    serve: Memory, work: Memory, total: int, seconds: float, left: tuple[int, int, int], turns: int
) -> None:
    rows = []
    figures: dict[str, float | int | None] = {
        "messages": total,
        "seconds": round(seconds),
        "left_unanswered": left[2],
    }
    for name, memory in (("serve", serve), ("work", work)):
        first, most = memory.megabytes[len(memory.megabytes) // 10], max(memory.megabytes)
        figures[f"rss_{name}_mb"] = round(most, 1)
        figures[f"rss_{name}_mb_per_million"] = round(memory.slope, 2)
        rows.append(
            Row(
                figure=f"{name}: most resident memory",
                ours=f"{most:.0f} MB",
                reference=f"{first:.0f} MB after a tenth",
                goal=f"≤ 200 MB: {'met' if most <= 200 else 'MISSED'}",
            )
        )
        rows.append(
            Row(
                figure=f"{name}: slope over the second half",
                ours=f"{memory.slope:+.1f} MB a million messages",
                reference=f"{memory.second_half:+.2f} MB, last quarter against the one before",
                goal="0",
            )
        )
    rows.append(
        Row(
            figure="messages, answered and sent",
            ours=f"{total:,} in {turns:,} turns and {seconds:.0f} s",
            reference=f"left: {left[0]} conversations, {left[1]} parts, {left[2]} messages",
            goal="nothing left",
        )
    )
    show("resident memory under load", rows, figures)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=200_000, help="how many pass through (200,000)")
    parser.add_argument("--quick", action="store_true", help="50,000 messages")
    parser.add_argument("--servers", action="store_true", help="PostgreSQL and Redis instead of SQLite alone")
    options = parser.parse_args()
    asyncio.run(run(50_000 if options.quick else options.messages, options.servers))


if __name__ == "__main__":
    main()
