"""A whole system in one process for the walks' tests: real store, real worker, a scripted model, a channel of paper."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from assistant.app import _rules
from assistant.buses.memory import MemoryBus
from assistant.channel import Services
from assistant.clock import SystemClock
from assistant.deliver import Deliverer
from assistant.engine import Engine
from assistant.http import Http
from assistant.inbound import Acceptor, Inbound
from assistant.settings import Settings
from assistant.store import migrate
from assistant.store.database import Database
from assistant.store.models import messages, outbox
from assistant.tools import builtin
from assistant.trials import Trials
from assistant.turn import Answerer
from assistant.types import Prompt
from assistant.worker import Worker
from tests.databases import migrated_sqlite

from .post import Post, PostSettings, posted


class System:
    """The three walks and a worker around one database."""

    def __init__(self, database: Database, engine: Engine, settings: Settings) -> None:
        self.database, self.engine, self.settings = database, engine, settings
        self.bus, self.clock, self.http = MemoryBus(), SystemClock(), Http()
        self.post = Post(PostSettings(), Services(http=self.http, bus=self.bus, clock=self.clock))
        self.channels: dict[str, Any] = {"post": self.post}
        self.acceptor = Acceptor(database, self.bus, self.clock, _rules(settings, self.channels))
        self.inbound = Inbound(self.channels, self.acceptor)
        self.worker = self.new_worker("worker")

    def new_worker(self, name: str) -> Worker:
        answerer = Answerer(
            database=self.database,
            channels=self.channels,
            engine=self.engine,
            tools=builtin(),
            bus=self.bus,
            clock=self.clock,
            settings=self.settings,
        )
        deliverer = Deliverer(self.database, self.channels, self.bus, self.clock, self.settings)
        return Worker(
            name=name,
            database=self.database,
            bus=self.bus,
            clock=self.clock,
            settings=self.settings,
            answerer=answerer,
            deliverer=deliverer,
            trials=Trials(name, self.engine, self.database, self.bus, self.clock),
        )

    async def receive(self, *letters: list[object]) -> int:
        return await self.inbound.receive("post", posted(*letters))

    async def rows(self) -> list[Any]:
        statement = select(messages).order_by(messages.c.id)
        return await self.database.read(lambda connection: list(connection.execute(statement).all()))

    async def parts(self) -> list[Any]:
        statement = select(outbox).order_by(outbox.c.id)
        return await self.database.read(lambda connection: list(connection.execute(statement).all()))

    async def until(self, ready: Callable[[], bool], timeout: float = 40.0) -> None:
        async with asyncio.timeout(timeout):
            while not ready():
                await asyncio.sleep(0.01)

    async def until_settled(self, timeout: float = 40.0) -> list[Any]:
        """Every message has an outcome and nothing waits to be sent."""
        async with asyncio.timeout(timeout):
            while True:
                rows, parts = await self.rows(), await self.parts()
                settled = all(row.outcome for row in rows if row.direction == "in")
                if settled and all(part.state in ("sent", "failed", "cancelled") for part in parts):
                    return await self.rows()  # with the ticks of what was sent between the two looks
                await asyncio.sleep(0.02)


def echo(prompt: Prompt) -> str:
    """What the scripted model says: the newest turn, its lines told apart."""
    return "You said: " + prompt.turns[-1].text.replace("\n", " / ")


def quick(**more: Any) -> Settings:
    """Settings that do not make a test wait."""
    values: dict[str, Any] = {
        "debounce_seconds": 0.1,
        "debounce_cap_seconds": 0.5,
        "settle_seconds": 0.3,
        "messages_per_minute": 1000,
        "bot_loop_turns": 0,
        "disclosure": False,
    }
    return Settings(**(values | more))


@contextlib.asynccontextmanager
async def running(
    folder: Path, engine: Engine, *, work: bool = True, postgres: str = "", **more: Any
) -> AsyncIterator[System]:
    """A started system over a fresh SQLite file, or an empty PostgreSQL database; without `work` nobody answers."""
    database = Database(postgres or migrated_sqlite(folder))
    database.open()
    if postgres:
        await database.write(migrate.upgrade)
    system = System(database, engine, quick(**more))
    await system.bus.start()
    await engine.start()
    system.acceptor.start()
    if work:
        system.worker.start()
    try:
        yield system
    finally:
        if work:
            await system.worker.close(grace=1.0)
        await system.acceptor.close()
        await engine.close()
        await system.bus.close()
        await system.http.close()
        await database.close()
