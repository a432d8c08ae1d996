"""A deliverer alone over a real store: the clock stands still, and what is to be sent is put there by the test."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, select, update

from assistant.buses.memory import MemoryBus
from assistant.channel import Services
from assistant.deliver import Deliverer
from assistant.http import Http
from assistant.store import queue
from assistant.store.accept import Rules, accept
from assistant.store.database import Database
from assistant.store.models import conversations, outbox
from assistant.types import Address, Author, Part, Rate, Text
from tests.clocks import FakeClock
from tests.databases import migrated_sqlite
from tests.store.made import RULES, wrote

from .post import Post, PostSettings
from .system import quick


class Desk:
    def __init__(self, database: Database, rules: Rules = RULES) -> None:
        self.database, self.clock, self.http = database, FakeClock(), Http()
        self.bus = MemoryBus(self.clock)
        self.post = Post(PostSettings(), Services(http=self.http, bus=self.bus, clock=self.clock))
        self.deliverer = self.another()
        self.transactions = 0
        assert database._sync is not None
        event.listen(database._sync, "commit", self._count)

    def _count(self, _: Any) -> None:
        self.transactions += 1

    def another(self, **settings: Any) -> Deliverer:
        """A deliverer of another process that shares the database and the buckets."""
        return Deliverer(self.database, {"post": self.post}, self.bus, self.clock, quick(**settings))

    def pace(self, *, chat: Rate | None = None, account: Rate | None = None) -> None:
        self.post.caps = replace(self.post.caps, rate=chat, account_rate=account)  # type: ignore[misc]

    async def write(self, peer: str, *said: str | Part, window_until: datetime | None = None) -> int:
        """A message of ours for `peer`, a part for each of what is said; returns the conversation."""
        await self.database.write(accept, [wrote(self.clock.new_id(), peer=peer)], self.clock.now(), RULES)
        address = Address(channel="post", account="office", peer=peer)
        keys = [self.clock.new_id() for _ in said]
        now = self.clock.now()

        def put(connection: Connection) -> int:
            here = conversations.c.key == address.key
            row = connection.execute(select(conversations).where(here)).mappings().one()
            values: dict[str, Any] = {"last_seq": row["last_seq"] + 1}
            if window_until is not None:
                values["window_until"] = window_until
            connection.execute(update(conversations).where(here).values(values))
            parts = tuple(Text(text=one) if isinstance(one, str) else one for one in said)
            reply = queue.Reply(author=Author.STAFF, whole=parts, pieces=tuple(zip(keys, parts, strict=True)))
            queue.write_reply(
                connection,
                row["id"],
                address,
                reply,
                seq=row["last_seq"] + 1,
                after=row["last_seq"],
                turn=None,
                now=now,
            )
            return int(row["id"])

        return await self.database.write(put)

    async def look(self, deliverer: Deliverer | None = None) -> int:
        """One look at the outbox, with everything it starts brought to its end."""
        here = deliverer or self.deliverer
        started = await here.once()
        await here.drain(10)
        return started

    async def run(self, seconds: float, *, most: int = 10_000) -> int:
        """Work as the worker does, the clock jumping over every wait; returns how many looks that took."""
        until = self.clock.monotonic() + seconds
        looks = 0
        while self.clock.monotonic() < until and looks < most:
            wait = await self.deliverer.due_in()
            if wait > 0:
                self.clock.advance(min(wait, until - self.clock.monotonic()))
                continue
            looks += 1
            if not await self.look():
                self.clock.advance(0.05)
        return looks

    async def states(self) -> list[str]:
        statement = select(outbox.c.state).order_by(outbox.c.id)
        return await self.database.read(lambda connection: list(connection.execute(statement).scalars()))

    async def parts(self) -> list[Any]:
        statement = select(outbox).order_by(outbox.c.id)
        return await self.database.read(lambda connection: list(connection.execute(statement).all()))


@contextlib.asynccontextmanager
async def open_desk(folder: Path) -> AsyncIterator[Desk]:
    database = Database(migrated_sqlite(folder))
    database.open()
    desk = Desk(database)
    try:
        yield desk
    finally:
        await desk.http.close()
        await database.close()
