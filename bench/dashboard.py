"""The dashboard over a million messages: how long its pages take, what a browser loads of them, and when it shows something."""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import Connection, func, select

from assistant.events import MessageReceived
from assistant.store import cursors, migrate, rollups, search, sessions, staff
from assistant.store.database import Database
from assistant.store.models import conversations, messages
from assistant.store.staff import StaffRole
from assistant.types import Text
from assistant.web.auth import COOKIE, new_token, token_hash
from tests.services import find_chromium

from . import servers
from .filling import BATCH, Filler, event
from .load import cpu_seconds
from .report import Row, show
from .webhooks import ENVIRONMENT

LARGE, QUICK = 1_000_000, 50_000
PER_CONVERSATION = {LARGE: 100, QUICK: 50}
VOCABULARY = 20_000
"""Different words that people use, the most frequent one 20,000 times as often as the last, as in any language."""
RARE, EVERY = "zanzibar", 10_000
COMMON = "saturdays"  # it stands in every answer
BUDGET_MS = {"search": 150.0}
PAGE_MS, COLD_KB, COLD_REQUESTS, PAINT_MS = 50.0, 60.0, 8, 500.0

Figures = dict[str, float | int | None]


@dataclass(slots=True)
class Talkers(Filler):
    """People who write whole sentences of many words, for a search that is to find them."""

    written: int = 0

    def events(self, count: int, *, of_all: bool = False) -> list[MessageReceived]:
        return [self._event() for _ in range(count)]

    def _event(self) -> MessageReceived:
        self.written += 1
        words = [word(int(VOCABULARY ** self.draw.random())) for _ in range(9)]
        if self.written % EVERY == 0:
            words.append(RARE)
        made = event(self.draw.randint(self.first, self.last), self.now)
        return MessageReceived(
            address=made.address,
            sender=made.sender,
            external_id=made.external_id,
            sent_at=made.sent_at,
            parts=(Text(text=" ".join(words)),),
        )


def word(rank: int) -> str:
    """The word of this rank; frequent ones are short."""
    letters, number = "", rank
    while number:
        number, at = divmod(number, 100)
        letters += "bcdfglmnprstvz"[at % 14] + "aeiou"[at % 5] + ("", "n", "r", "s")[at % 4]
    return letters or "a"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is asked for: some of the conversations, a reply in the middle, and who asks."""

    conversations: list[int]
    messages: list[int]
    cookie: str


@dataclass(slots=True)
class Load:
    """What a browser that never was here loads of a page: kilobytes as they were transferred, and its first paint."""

    kilobytes: float = 0.0
    requests: int = 0
    paint_ms: float | None = None


@dataclass(slots=True)
class Measured:
    """One database. Milliseconds by page, by the clock of who asks and by the processor time of the server."""

    filled_seconds: float = 0.0
    indexed_seconds: float = 0.0
    pages: dict[str, list[float]] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)
    cold: dict[str, Load] = field(default_factory=dict)
    why_not_cold: str = ""

    def p95(self, page: str) -> float:
        times = sorted(self.pages[page])
        return times[min(len(times) - 1, int(len(times) * 0.95))]


async def fill(url: str, size: int, per_conversation: int) -> tuple[Measured, Known]:
    """A store of this size with its search index, its figures and one administrator."""
    found = Measured()
    database = Database(url)
    database.open()
    try:
        await database.write(migrate.upgrade)
        began = time.perf_counter()
        talkers = Talkers(datetime.now(UTC) - timedelta(seconds=size // BATCH * 20.5 * 2 + 60))
        talkers.last = max(1, size // per_conversation)
        while talkers.total < size:
            await database.write(talkers.step, BATCH)
        found.filled_seconds = time.perf_counter() - began
        began = time.perf_counter()
        while await database.read(search.behind):
            await database.write(search.index)
        found.indexed_seconds = time.perf_counter() - began
        await _sum_up(database)
        known = await database.write(_known)
    finally:
        await database.close()
    return found, known


async def _sum_up(database: Database) -> None:
    """The figures, as a worker adds them up."""
    more = True
    while more:
        now = datetime.now(UTC)
        await database.write(cursors.hold, rollups.CURSOR, "bench", now, timedelta(minutes=10))
        before = await database.read(rollups.position)
        found = await database.read(rollups.gather, now, before)
        more = await database.write(rollups.write, "bench", before, found) and found.more
    await database.write(cursors.release, rollups.CURSOR, "bench")


def _known(connection: Connection) -> Known:
    now = datetime.now(UTC)
    member = staff.create(
        connection, email="bench@example.org", name="Bench", role=StaffRole.ADMIN, password_hash="-", now=now
    )
    token = new_token()
    sessions.start(connection, token_hash(token), member, now)
    highest = int(connection.execute(select(func.max(conversations.c.id))).scalar_one())
    draw = random.Random(20261130)
    here = [draw.randint(1, highest) for _ in range(200)]
    replies = connection.execute(
        select(func.max(messages.c.id))
        .where(messages.c.conversation.in_(here), messages.c.direction == "out")
        .group_by(messages.c.conversation)
    ).scalars()
    return Known(conversations=here, messages=list(replies), cookie=token)


def asked(known: Known, rounds: int) -> dict[str, Iterator[str]]:
    """The addresses of each page, `rounds` of them."""
    draw = random.Random(7)
    some = [draw.choice(known.conversations) for _ in range(rounds)]
    replies = [draw.choice(known.messages) for _ in range(rounds)]
    frequent = [word(int(VOCABULARY ** draw.random())) for _ in range(rounds)]
    return {
        "home": iter(["/admin"] * rounds),
        "list": iter(["/admin/inbox"] * rounds),
        "filtered list": iter(["/admin/inbox?channel=whatsapp&mode=bot&resolved=no"] * rounds),
        "filter that finds nothing": iter(["/admin/inbox?flagged=1&language=pt"] * rounds),
        "transcript": iter([f"/admin/inbox/{one}" for one in some]),
        "search: common word": iter([f"/admin/inbox?q={COMMON}"] * rounds),
        "search: rare word": iter([f"/admin/inbox?q={RARE}"] * rounds),
        "search: any word": iter([f"/admin/inbox?q={one}+" for one in frequent]),
        "search: beginning": iter([f"/admin/inbox?q={COMMON[: 3 + n % 4]}" for n in range(rounds)]),
        "figures": iter(["/admin/metrics"] * rounds),
        "trace": iter([f"/admin/traces/{one}" for one in replies]),
    }


async def ask(port: int, server: int, known: Known, rounds: int, found: Measured) -> None:
    """Each page in turn, one request at a time, as its first user of the minute would: by the clock of who asks."""
    headers = {"Cookie": f"{COOKIE}={known.cookie}", "Accept": "text/html", "Accept-Encoding": "gzip"}
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}", headers=headers) as client:
        for name, addresses in asked(known, rounds).items():
            times = found.pages.setdefault(name, [])
            used = 0.0
            for number, address in enumerate(addresses):
                if number == 1:  # the first one loads code and templates
                    used = cpu_seconds(server)
                began = time.perf_counter()
                async with client.get(address, allow_redirects=False) as answer:
                    await answer.read()
                    if answer.status != 200:
                        raise SystemExit(f"{name} answers {answer.status}")
                if number:
                    times.append((time.perf_counter() - began) * 1000)
            found.processor[name] = (cpu_seconds(server) - used) * 1000 / max(1, len(times))


async def browse(port: int, known: Known, found: Measured) -> None:
    """Pages as a new browser loads them, nothing in its cache."""
    chromium = find_chromium()
    try:
        from playwright.async_api import async_playwright
    except ImportError:
        chromium = None
    if chromium is None:
        found.why_not_cold = "no Chromium, or no Playwright"
        return
    addresses = {
        "home": "/admin",
        "inbox": "/admin/inbox",
        "transcript": f"/admin/inbox/{known.conversations[0]}",
        "search": f"/admin/inbox?q={COMMON}",
        "figures": "/admin/metrics",
        "trace": f"/admin/traces/{known.messages[0]}",
    }
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, address in addresses.items():
            loads = [
                await _cold(browser, f"http://127.0.0.1:{port}", address, known.cookie) for _ in range(3)
            ]
            found.cold[name] = sorted(loads, key=lambda load: load.paint_ms or 0)[1]
        await browser.close()


async def _cold(browser: Any, url: str, address: str, cookie: str) -> Load:
    context = await browser.new_context(base_url=url)
    await context.add_cookies([{"name": COOKIE, "value": cookie, "url": url}])
    page = await context.new_page()
    load = Load()
    wire = await context.new_cdp_session(page)
    await wire.send("Network.enable")

    def came(frame: dict[str, Any]) -> None:
        load.kilobytes += frame["encodedDataLength"] / 1000
        load.requests += frame["encodedDataLength"] > 0  # a picture inside a style sheet travels with it

    wire.on("Network.loadingFinished", came)
    await page.goto(address, wait_until="load")
    await page.wait_for_timeout(300)
    load.paint_ms = await page.evaluate(
        "(performance.getEntriesByName('first-contentful-paint')[0] || {}).startTime || null"
    )
    await context.close()
    return load


async def measure(url: str, folder: Path, size: int, rounds: int, redis: str = "") -> Measured:
    """Fill the database at `url`, serve it by `assistant serve`, and look at its pages."""
    found, known = await fill(url, size, PER_CONVERSATION.get(size, 50))
    port = servers.free_port()
    environment = ENVIRONMENT | {
        "ASSISTANT_DATA": str(folder),
        "ASSISTANT_DATABASE_URL": url,
        "ASSISTANT_REDIS_URL": redis,
        "ASSISTANT_PORT": str(port),
        "ASSISTANT_LOG_LEVEL": "WARNING",
    }
    command = [sys.executable, "-m", "assistant", "serve"]
    with servers.program(command, environment, address=f"http://127.0.0.1:{port}/readyz") as server:
        await ask(port, server, known, rounds, found)
        await browse(port, known, found)
    return found


def tell(size: int, stores: dict[str, Measured]) -> None:
    rows: list[Row] = []
    figures: Figures = {"messages": size}
    for kind, found in stores.items():
        rows.append(
            Row(
                figure=f"{kind}: filled, made findable",
                ours=f"{found.filled_seconds:.0f} s, {found.indexed_seconds:.0f} s",
            )
        )
        for name in found.pages:
            budget = BUDGET_MS.get(name.split(":")[0], PAGE_MS)
            p95, middle = found.p95(name), sorted(found.pages[name])[len(found.pages[name]) // 2]
            rows.append(
                Row(
                    figure=f"{kind}: {name}, p95",
                    ours=f"{p95:.1f} ms",
                    reference=f"median {middle:.1f}, processor {found.processor[name]:.1f}",
                    goal=_goal(p95, budget, "ms"),
                )
            )
        rows += _cold_rows(kind, found)
    worst = list(stores.values())

    def most(*names: str) -> float | None:
        return round(max(one.p95(name) for one in worst for name in names), 1) if worst else None

    figures |= {
        "inbox_p95_ms": most("list", "filtered list", "filter that finds nothing"),
        "transcript_p95_ms": most("transcript"),
        "search_p95_ms": most(*(name for name in worst[0].pages if name.startswith("search"))),
        "figures_p95_ms": most("figures"),
        "home_p95_ms": most("home"),
        "trace_p95_ms": most("trace"),
    }
    for name in ("inbox", "transcript", "figures", "trace"):
        loads = [one.cold[name] for one in worst if name in one.cold]
        figures[f"{name}_cold_kb"] = round(max(load.kilobytes for load in loads), 1) if loads else None
        figures[f"{name}_cold_requests"] = max(load.requests for load in loads) if loads else None
        paints = [load.paint_ms for load in loads if load.paint_ms]
        figures[f"{name}_first_paint_ms"] = round(max(paints)) if paints else None
    show(f"The dashboard over {size:,} messages", rows, figures)


def _cold_rows(kind: str, found: Measured) -> list[Row]:
    if found.why_not_cold:
        return [Row(figure=f"{kind}: pages in a browser", ours="not measured", reference=found.why_not_cold)]
    rows = []
    for name, load in found.cold.items():
        fits = load.kilobytes <= COLD_KB and load.requests <= COLD_REQUESTS
        rows.append(
            Row(
                figure=f"{kind}: {name} in a new browser",
                ours=f"{load.kilobytes:.1f} kB, {load.requests} requests",
                reference=f"first paint {load.paint_ms or 0:.0f} ms (≤ {PAINT_MS:.0f})",
                goal=f"≤ {COLD_KB:.0f} kB, ≤ {COLD_REQUESTS}: {'met' if fits else 'MISSED'}",
            )
        )
    return rows


def _goal(value: float, budget: float, unit: str) -> str:
    return f"≤ {budget:.0f} {unit}: {'met' if value <= budget else 'MISSED'}"


async def run(size: int, rounds: int, only: str | None) -> None:
    found: dict[str, Measured] = {}
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        if only != "postgres":
            found["SQLite"] = await measure(f"sqlite:///{folder / 'dashboard.db'}", folder, size, rounds)
        server = stack.enter_context(servers.postgres()) if only != "sqlite" else None
        if server is not None:
            found["PostgreSQL"] = await measure(server.create_database(), folder, size, rounds)
    if not found:
        raise SystemExit("there is no PostgreSQL on this machine")
    tell(size, found)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.dashboard", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} messages instead of {LARGE:,}")
    parser.add_argument("--only", choices=("sqlite", "postgres"), help="one database")
    chosen = parser.parse_args(arguments)
    asyncio.run(run(QUICK if chosen.quick else LARGE, 40 if chosen.quick else 200, chosen.only))


if __name__ == "__main__":
    main()
