"""One run: start everything, let people talk while things are killed, wait until all has come to rest, check, count."""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession, web
from sqlalchemy import Connection, func, select, text

from assistant.errors import StoreUnavailable
from assistant.store import migrate
from assistant.store.database import Database
from assistant.store.models import conversations, messages, outbox, turns
from tests.databases import migrated_sqlite
from tests.services import PostgresServer, RedisServer, find_postgres, find_redis, free_port

from .checker import Findings, check
from .fleet import Fleet
from .history import ECHOES, History, Part, Stored, Turn
from .model import Model
from .nursery import Nursery
from .people import People, Webhooks
from .provider import SETTINGS, Provider

REST_SECONDS = 120.0
"""After the last kill everything must have come to rest within this time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run is to be. It ends after `kills` kills, those by poison not counted, or after `seconds`.

    `max_crashes` is higher than an operator's: here a healthy message often meets several deaths of its worker, none of
    which is its fault; the share of messages that would then be set aside wrongly falls with the power of it.
    """

    database: str
    kills: int
    seconds: float
    seed: int
    between_kills: tuple[float, float] = (0.1, 0.4)
    people: int = 40
    pause: float = 4.0
    channels: tuple[str, ...] = ("whatsapp", "telegram")
    hang_seconds: float = 20.0
    max_crashes: int = 16
    lease_seconds: float = 1.5
    poison_share: float = 0.003
    first_poison: int = 1
    poison_until: float = 0.6
    """The share of the run in which people still send poison: it takes a while to die."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What came of a run."""

    plan: Plan
    findings: Findings
    rested: bool
    """Everything came to rest in time."""
    kills: int
    killed: Counter[str]
    ended: Counter[str]
    away: dict[str, float]
    stopped: int
    accepted: int
    delivered: int
    generations: int
    poisonings: int
    posts: int
    refused_posts: int
    again: int
    faults: Counter[str]
    trouble_seconds: float
    rest_seconds: float
    sound: str
    """What SQLite's integrity check says; empty elsewhere."""

    @property
    def good(self) -> bool:
        return self.rested and not self.findings.broken() and self.sound in ("", "ok")

    def figures(self) -> dict[str, Any]:
        """The figures of the last line, under the names that design.md gives them."""
        found = self.findings
        return {
            "kills": self.kills,
            "kills_by_poison": self.poisonings,
            "accepted": self.accepted,
            "lost": len(found.lost),
            "no_outcome": len(found.no_outcome),
            "out_of_order": len(found.out_of_order),
            "overlap": len(found.overlap),
            "duplicates": len(found.duplicates),
            "undetected_duplicates": len(found.undetected_duplicates),
            "overwritten": len(found.overwritten),
            "wrongly_dead": len(found.wrongly_dead),
            "spared_poison": len(found.spared),
            "unknown": len(found.unknown),
            "parts": found.parts_by_kind.total(),
            "duplicates_with_echo": _sum(found.duplicates_by_kind, echo=True),
            "forced_with_echo": _sum(found.forced_by_kind, echo=True),
            "parts_with_echo": _sum(found.parts_by_kind, echo=True),
            "duplicates_without_echo": _sum(found.duplicates_by_kind, echo=False),
            "forced_without_echo": _sum(found.forced_by_kind, echo=False),
            "parts_without_echo": _sum(found.parts_by_kind, echo=False),
        }


def _sum(counts: Counter[str], *, echo: bool) -> int:
    return sum(count for kind, count in counts.items() if ECHOES[kind] is echo)


async def run(
    plan: Plan, progress: Callable[[str], None] = lambda line: None, *, keep: bool = False
) -> Report:
    """Raises what went wrong with the harness itself; what went wrong with the system is in the report.

    `keep`: leave the folder with the processes' logs (and SQLite's file), and say where it is.
    """
    folder = Path(tempfile.mkdtemp(prefix="assistant-chaos-"))
    postgres = redis = None
    try:
        if plan.database == "postgres":
            binaries, binary = find_postgres(), find_redis()
            if binaries is None or binary is None:
                raise RuntimeError(
                    "PostgreSQL and Redis are needed for this run and one of them is not installed"
                )
            postgres, redis = PostgresServer(binaries, durable=True), RedisServer(binary)
        return await _run(plan, progress, folder, postgres, redis)
    finally:
        for server in (postgres, redis):
            if server is not None:
                server.remove()
        if keep:
            progress(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


async def _run(
    plan: Plan,
    progress: Callable[[str], None],
    folder: Path,
    postgres: PostgresServer | None,
    redis: RedisServer | None,
) -> Report:
    draw = random.Random(plan.seed)
    loop = asyncio.get_running_loop()
    port = free_port()
    base_url = f"http://127.0.0.1:{port}"
    nursery = Nursery()
    await nursery.start()
    fleet = Fleet(draw, nursery, folder, _environment(plan, folder, base_url), base_url, postgres, redis)
    webhooks = Webhooks(draw, fleet.urls)
    model = Model(draw, fleet.poison)
    numbers = itertools.count(1_000_000)
    provider = Provider(draw, webhooks.deliver, numbers, hang_seconds=plan.hang_seconds)
    people = People(
        draw,
        webhooks,
        count=plan.people,
        pause=plan.pause,
        channels=plan.channels,
        poison_share=plan.poison_share,
        first_poison=plan.first_poison,
        telegram_numbers=numbers,
    )
    runner = await _serve([*model.routes(), *provider.routes()], port)
    database: Database | None = None
    try:
        await fleet.start()
        url = migrated_sqlite(folder)
        if postgres is not None and redis is not None:
            url = postgres.create_database()
            fleet.use(url, redis.url)
        database = Database(url)
        database.open()
        await database.write(migrate.upgrade)
        fleet.run()
        await _until_ready(fleet.urls)
        began = loop.time()
        provider.faulty = True
        talking = asyncio.create_task(people.talk())
        trouble = asyncio.create_task(fleet.trouble(plan.kills, plan.seconds, plan.between_kills))
        while not trouble.done():
            await asyncio.wait([trouble, talking], timeout=1, return_when=asyncio.FIRST_COMPLETED)
            if talking.done():
                talking.result()
            passed = loop.time() - began
            share = max(passed / plan.seconds, (fleet.kills - fleet.poisoned) / plan.kills)
            people.poisonous = share < plan.poison_until
            progress(
                f"{plan.database}: {passed:.0f} s, {fleet.kills} kills, {len(people.said)} messages, "
                f"{len(provider.delivered)} delivered"
            )
        trouble.result()
        ended = loop.time()
        people.hush()
        provider.faulty = False
        progress(f"{plan.database}: the last kill is done, {fleet.kills} in all; waiting for rest")
        await talking
        rested = await _rest(database)
        progress(f"{plan.database}: at rest after {loop.time() - ended:.1f} s: {rested}")
        stored, covered, parts = await database.read(_read)
        history = History(
            said=people.said,
            delivered=provider.delivered,
            stored=stored,
            turns=covered,
            parts=parts,
            answers=model.answers,
            overwritten=provider.overwritten,
        )
        return Report(
            plan=plan,
            findings=check(history),
            rested=rested,
            kills=fleet.kills,
            killed=fleet.killed,
            ended=fleet.ended,
            away=fleet.away,
            stopped=fleet.stopped,
            accepted=sum(one.acknowledged for one in people.said),
            delivered=len(provider.delivered),
            generations=len(model.answers),
            poisonings=fleet.poisoned,
            posts=webhooks.posts,
            refused_posts=webhooks.refused,
            again=people.again,
            faults=provider.faults,
            trouble_seconds=ended - began,
            rest_seconds=loop.time() - ended,
            sound=await database.read(_sound),
        )
    finally:
        await fleet.close()
        await nursery.close()
        await provider.close()
        await webhooks.close()
        await runner.cleanup()
        if database is not None:
            await database.close()


def _environment(plan: Plan, folder: Path, base_url: str) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    return own | SETTINGS | {
        "ASSISTANT_DATA": str(folder),
        "ASSISTANT_LEASE_SECONDS": str(plan.lease_seconds),
        "ASSISTANT_DEBOUNCE_SECONDS": "0.2",
        "ASSISTANT_DEBOUNCE_CAP_SECONDS": "1",
        "ASSISTANT_SETTLE_SECONDS": "2",
        "ASSISTANT_MAX_CRASHES": str(plan.max_crashes),
        "ASSISTANT_MESSAGES_PER_MINUTE": "100000",
        "ASSISTANT_TOKENS_PER_DAY": "0",
        "ASSISTANT_BOT_LOOP_TURNS": "0",
        "ASSISTANT_DISCLOSURE": "false",
        "ASSISTANT_ENGINE": "openai",
        "ASSISTANT_MODEL": "chaos",
        "ASSISTANT_ENGINE_CONTEXT": "65536",
        "ASSISTANT_WHATSAPP_API_URL": f"{base_url}/graph",
        "ASSISTANT_TELEGRAM_API_URL": f"{base_url}/telegram",
    }  # fmt: skip


async def _serve(routes: Sequence[web.RouteDef], port: int) -> web.AppRunner:
    app = web.Application()
    app.add_routes(routes)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, backlog=1024).start()
    return runner


async def _until_ready(urls: Sequence[str]) -> None:
    async with asyncio.timeout(60), ClientSession() as session:
        for url in urls:
            while True:
                try:
                    async with session.get(f"{url}/readyz") as answer:
                        if answer.status == 200:
                            break
                except (ClientError, OSError):
                    pass
                await asyncio.sleep(0.05)


# --- the database's side of the history ------------------------------------------------------------------


async def _rest(database: Database) -> bool:
    """Wait until no message lacks an outcome and no part is on its way."""
    loop = asyncio.get_running_loop()
    end = loop.time() + REST_SECONDS
    while loop.time() < end:
        try:
            if not await database.read(_open_ends):
                return True
        except StoreUnavailable:
            pass
        await asyncio.sleep(0.2)
    return False


def _open_ends(connection: Connection) -> int:
    waiting = select(func.count()).where(messages.c.direction == "in", messages.c.outcome.is_(None))
    leaving = select(func.count()).where(outbox.c.state.in_(["held", "pending", "sending", "unknown"]))
    return int(connection.scalar(waiting) or 0) + int(connection.scalar(leaving) or 0)


def _read(connection: Connection) -> tuple[list[Stored], list[Turn], list[Part]]:
    names = {
        row.id: f"{row.channel}:{row.peer}"
        for row in connection.execute(
            select(conversations.c.id, conversations.c.channel, conversations.c.peer)
        )
    }
    stored = [
        Stored(
            external_id=row.external_id,
            conversation=names[row.conversation],
            seq=row.seq,
            outcome=row.outcome,
            reason=row.outcome_reason,
        )
        for row in connection.execute(
            select(messages).where(messages.c.direction == "in").order_by(messages.c.id)
        )
    ]
    covered = [
        Turn(id=row.id, conversation=names[row.conversation], lo_seq=row.lo_seq, hi_seq=row.hi_seq)
        for row in connection.execute(select(turns).order_by(turns.c.id))
    ]
    parts = [
        Part(
            conversation=names[row.conversation],
            after_seq=row.after_seq,
            text=row.payload["text"],
            state=row.state,
            duplicate_possible=bool(row.duplicate_possible),
        )
        for row in connection.execute(
            select(outbox, messages.c.after_seq)
            .join(messages, messages.c.id == outbox.c.message)
            .order_by(outbox.c.id)
        )
    ]
    return stored, covered, parts


def _sound(connection: Connection) -> str:
    if connection.dialect.name != "sqlite":
        return ""
    return str(connection.execute(text("PRAGMA integrity_check")).scalar())
