"""CPU per durably acknowledged webhook against CPU per bare aiohttp request, in one interleaved run."""

from __future__ import annotations

import argparse
import asyncio
import re
import statistics
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from .load import cpu_seconds, request_bytes, send_all
from .report import Row, show
from .servers import free_port, migrate, postgres, program
from .webhooks import ENVIRONMENT, SECRET, TELEGRAM_SECRET, post_telegram, post_whatsapp, whatsapp

CONNECTIONS = 64
SLOW = 8
"""What commits once per request is asked this many times less often: its figure does not need more."""
LIBRARIES = ("fastapi", "uvicorn", "httptools", "aiosqlite", "tornado")

Maker = Callable[[int, str, int], bytes]
"""From port, path and number to a whole request."""


@dataclass(slots=True, kw_only=True)
class Contender:
    """A running server, asked at `path`. `share`: it gets one request in this many."""

    title: str
    pid: int
    port: int
    make: Maker
    path: str
    share: int = 1
    samples: list[float] = field(default_factory=list)

    @property
    def median(self) -> float | None:
        return statistics.median(self.samples) if self.samples else None

    async def once(self, size: int) -> float:
        """CPU microseconds of the server process per answered request. Raises when any answer was not 200."""
        requests = [self.make(self.port, self.path, number) for number in range(max(200, size // self.share))]
        before = cpu_seconds(self.pid)
        counts = await send_all(self.port, requests, CONNECTIONS)
        if set(counts) != {200}:
            raise SystemExit(f"{self.title} answered {dict(counts)}")
        return (cpu_seconds(self.pid) - before) / len(requests) * 1e6

    async def latency(self, connections: int, count: int) -> tuple[float, float]:
        """Milliseconds until the answer, p50 and p99, with this many requests under way at a time."""
        took: list[float] = []
        requests = [self.make(self.port, self.path, number) for number in range(count)]
        await send_all(self.port, requests, connections, took)
        return statistics.median(took), statistics.quantiles(took, n=100)[98]


@contextmanager
def ours(folder: Path, port: int, database_url: str) -> Iterator[int]:
    """`assistant serve` on an empty database; yields its pid."""
    environment = ENVIRONMENT | {
        "ASSISTANT_DATA": str(folder),
        "ASSISTANT_DATABASE_URL": database_url,
        "ASSISTANT_PORT": str(port),
        "ASSISTANT_LOG_LEVEL": "WARNING",
    }
    migrate(environment)
    address = f"http://127.0.0.1:{port}/readyz"
    with program([sys.executable, "-m", "assistant", "serve"], environment, address=address) as pid:
        yield pid


def start(stack: ExitStack, folder: Path, postgres_url: str | None, peers: bool) -> dict[str, Contender]:
    """Start every server that can run here; without `peers` only ours and the bare one."""
    found: dict[str, Contender] = {}

    def add(key: str, title: str, pid: int, port: int, make: Maker, path: str = "/", share: int = 1) -> None:
        found[key] = Contender(title=title, pid=pid, port=port, make=make, path=path, share=share)

    def reference(module: str, port: int, *more: str) -> int:
        command = [sys.executable, "-m", f"bench.references.{module}", str(port), *more]
        return stack.enter_context(program(command, address=f"http://127.0.0.1:{port}/"))

    port = free_port()
    add("bare", "bare aiohttp POST", reference("bare_aiohttp", port), port, _post_unsigned)
    server = None
    if postgres_url is None:
        server = stack.enter_context(postgres())
        postgres_url = server.create_database() if server else None
    port = free_port()
    pid = stack.enter_context(ours(folder / "lite", port, f"sqlite:///{folder / 'ours.db'}"))
    add("sqlite", "signed webhook, SQLite FULL", pid, port, post_whatsapp, "/webhooks/whatsapp")
    if peers:
        add("telegram", "Telegram update, SQLite FULL", pid, port, post_telegram, "/webhooks/telegram")
    if postgres_url:
        port = free_port()
        pid = stack.enter_context(ours(folder / "post", port, postgres_url))
        add("postgres", "signed webhook, PostgreSQL", pid, port, post_whatsapp, "/webhooks/whatsapp")
    if not peers or any(find_spec(name) is None for name in LIBRARIES):
        return found
    port = free_port()
    pid = reference("fastapi_orm", port, f"sqlite+aiosqlite:///{folder / 'peer.db'}", SECRET)
    add("fastapi_sqlite", "FastAPI + SQLAlchemy ORM, SQLite FULL", pid, port, post_whatsapp, share=SLOW)
    if server is not None:
        port = free_port()
        url = server.create_database().replace("postgresql:", "postgresql+asyncpg:")
        pid = reference("fastapi_orm", port, url, SECRET)
        add("fastapi_postgres", "FastAPI + SQLAlchemy ORM, PostgreSQL", pid, port, post_whatsapp, share=SLOW)
    port = free_port()
    title = "python-telegram-bot's server, nothing stored"
    add("ptb", title, reference("ptb_webhook", port, TELEGRAM_SECRET), port, post_telegram, share=4)
    return found


def _post_unsigned(port: int, path: str, number: int) -> bytes:
    return request_bytes(port, path, whatsapp(number))


def commits_per_message(port: int) -> float:
    """Committed batches per stored event, as the server counts them; one commit is one fsync."""
    text = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics").read().decode()
    batches, events = (
        float(re.search(rf"^assistant_accept_batch_events_{name} (\S+)", text, re.M)[1])  # type: ignore[index]
        for name in ("count", "sum")
    )
    return batches / events


async def run(rounds: int, size: int, postgres_url: str | None, peers: bool) -> None:
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        contenders = start(stack, Path(name), postgres_url, peers)
        for round_number in range(rounds + 1):
            for contender in contenders.values():
                taken = await contender.once(size)
                if round_number:  # the first round warms up
                    contender.samples.append(taken)
        fsync = commits_per_message(contenders["sqlite"].port)
        waits: dict[str, list[tuple[float, float]]] = {
            key: [await contenders[key].latency(many, 300 * min(many, 8)) for many in (1, 8, 64)]
            for key in contenders
            if key in ("bare", "sqlite", "postgres")
        }
    tell(contenders, fsync, waits)


def tell(contenders: dict[str, Contender], fsync: float, waits: dict[str, list[tuple[float, float]]]) -> None:
    def median(key: str) -> float | None:
        return contenders[key].median if key in contenders else None

    def ratio(key: str, to: str) -> float | None:
        ours, theirs = median(key), median(to)
        return ours / theirs if ours and theirs else None

    lite, post = ratio("sqlite", "bare"), ratio("postgres", "bare")
    peers = [
        found for found in (ratio("fastapi_sqlite", "sqlite"), ratio("fastapi_postgres", "postgres")) if found
    ]
    library = ratio("ptb", "telegram")

    def cost(key: str, title: str, goal: str = "") -> Row:
        value, against = median(key), ratio(key, "bare")
        shown = f"{value:.1f} µs" if value else "not measured here"
        return Row(figure=title, ours=shown, reference=f"{against:.2f}×" if against else "", goal=goal)

    one = "1 (commit per request)"
    rows = [
        cost("bare", "bare aiohttp POST"),
        cost("sqlite", "signed webhook, SQLite FULL", _goal(lite, 1.6)),
        cost("postgres", "signed webhook, PostgreSQL", _goal(post, 1.9)),
        Row(figure="fsync per message", ours=f"{fsync:.3f}", reference=one, goal=_goal(fsync, 0.06)),
        cost("fastapi_sqlite", "FastAPI + SQLAlchemy ORM, SQLite FULL"),
        cost("fastapi_postgres", "FastAPI + SQLAlchemy ORM, PostgreSQL"),
        cost("telegram", "Telegram update, SQLite FULL"),
        cost("ptb", "python-telegram-bot's server, not stored"),
    ]
    if peers:
        rows.append(Row(figure="FastAPI + ORM ÷ ours, same database", ours=f"{min(peers):.1f}×"))
    if library:
        rows.append(Row(figure="python-telegram-bot's server ÷ ours, stored", ours=f"{library:.1f}×"))
    for key, found in waits.items():
        shown = ", ".join(f"{p50:.1f} / {p99:.1f}" for p50, p99 in found)
        rows.append(
            Row(
                figure=f"ms until the answer: {contenders[key].title}",
                ours=shown,
                reference="p50 / p99 at 1, 8, 64",
            )
        )
    show(
        "durable accept: CPU of the server per request, 64 connections; ratios to bare aiohttp",
        rows,
        {
            "accept_ratio_sqlite": _rounded(lite),
            "accept_ratio_postgres": _rounded(post),
            "fsync_per_message": round(fsync, 4),
            "x_fastapi_sqlalchemy": _rounded(min(peers, default=None)),
            "x_ptb_webhook": _rounded(library),
        },
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _goal(value: float | None, most: float) -> str:
    if value is None:
        return f"≤ {most:g}"
    return f"≤ {most:g}: {'met' if value <= most else 'MISSED'}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer, smaller rounds")
    parser.add_argument(
        "--postgres", metavar="URL", help="an empty PostgreSQL database instead of a private server"
    )
    parser.add_argument(
        "--only-ours", action="store_true", help="ours and bare aiohttp, without the other servers"
    )
    options = parser.parse_args()
    size = 2000 if options.quick else 6000
    asyncio.run(run(3 if options.quick else 8, size, options.postgres, not options.only_ours))


if __name__ == "__main__":
    main()
