"""A small model of the store, and a store that is asked the same on SQLite and PostgreSQL: their answers must be one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, text

from assistant.errors import Conflict
from assistant.store import migrate
from assistant.store.database import Database, _transact, sqlite_engine
from assistant.store.models import conversations, messages, metadata, outbox, receipts, turns
from tests.databases import migrated_sqlite

Snapshot = dict[str, Any]
FINAL = ("sent", "failed", "cancelled")


@dataclass
class Model:
    """What must be true, in plain dictionaries. A message is (peer, number); a conversation is its peer."""

    waiting: dict[str, list[int]] = field(default_factory=dict)
    ended: dict[tuple[str, int], str] = field(default_factory=dict)
    edited: dict[tuple[str, int], str] = field(default_factory=dict)
    token: dict[str, int] = field(default_factory=dict)
    leased_until: dict[str, datetime] = field(default_factory=dict)
    mode: dict[str, str] = field(default_factory=dict)
    quiet_until: dict[str, datetime] = field(default_factory=dict)
    hand_back: dict[str, datetime] = field(default_factory=dict)
    received: dict[tuple[str, int], datetime] = field(default_factory=dict)

    def write(self, peer: str, number: int, now: datetime) -> None:
        """A message comes in: it waits, unless nobody would answer it."""
        self.waiting.setdefault(peer, [])
        mode = self.mode.setdefault(peer, "bot")
        self.received[peer, number] = now
        if mode == "blocked":
            self.ended[peer, number] = "blocked"
        elif mode in ("human", "paused") or self.quiet_until.get(peer, now) > now:
            self.ended[peer, number] = "handed_to_human"
        else:
            self.waiting[peer].append(number)

    def staff_wrote(self, peer: str, until: datetime) -> None:
        """The conversation is theirs until then; a paused or blocked one stays as it is."""
        if self.mode[peer] in ("bot", "human"):
            self.mode[peer], self.hand_back[peer] = "human", until
        else:
            self.quiet_until[peer] = until

    def hand_back_due(self, now: datetime) -> None:
        """Who wrote after the time was up waits again, unless they took it back."""
        for peer, until in list(self.hand_back.items()):
            if until > now:
                continue
            self.mode[peer] = "bot"
            self.quiet_until.pop(peer, None)
            del self.hand_back[peer]
            since = max(until, now - timedelta(hours=24))
            for (whose, number), outcome in sorted(self.ended.items()):
                late = whose == peer and self.received[whose, number] >= since
                if late and outcome == "handed_to_human" and self.edited.get((whose, number)) != "":
                    del self.ended[whose, number]
                    self.waiting[peer].append(number)

    def end(self, peer: str, outcome: str) -> None:
        """An epoch ends: what waits has this outcome, and no claim from before it counts any more."""
        for number in self.waiting.get(peer, []):
            self.ended[peer, number] = outcome
        self.waiting[peer] = []
        self.token[peer] = self.token.get(peer, 0) + 1
        self.leased_until.pop(peer, None)

    def delete(self, peer: str, number: int) -> None:
        if number in self.waiting.get(peer, []):
            self.waiting[peer].remove(number)
            self.ended[peer, number] = "ignored"

    def claim(self, peer: str, until: datetime) -> int:
        self.token[peer] = self.token.get(peer, 0) + 1
        self.leased_until[peer] = until
        return self.token[peer]

    def settle(self, peer: str, numbers: list[int], outcome: str) -> None:
        answered = outcome == "answered"
        for number in numbers:
            if number in self.waiting[peer]:  # one that was deleted meanwhile keeps its end
                last = number == numbers[-1]
                self.ended[peer, number] = outcome if last or not answered else "coalesced"
                self.waiting[peer].remove(number)
        self.leased_until.pop(peer, None)


class Stores:
    """The same call on each database; their results and, after it, their contents must be equal."""

    def __init__(self, folder: Path, postgres: str = "") -> None:
        self._engine = sqlite_engine(migrated_sqlite(folder))
        self._loop = asyncio.Runner() if postgres else None
        self._postgres: Database | None = None
        if self._loop is not None:
            self._postgres = Database(postgres)
            self._postgres.open()
            self._loop.run(self._postgres.write(migrate.upgrade))
            names = ", ".join(table.name for table in metadata.sorted_tables)
            self._loop.run(
                self._postgres.write(lambda c: c.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE")))
            )
        self.steps = 0

    def close(self) -> None:
        self._engine.dispose()
        if self._loop is not None and self._postgres is not None:
            self._loop.run(self._postgres.close())
            self._loop.close()

    def do(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run it everywhere; a Conflict is a result like any other, and is raised after all have been asked."""
        self.steps += 1
        here = self._caught(lambda: _transact(self._engine, True, function, args, kwargs))
        if self._loop is not None and self._postgres is not None:
            loop, postgres = self._loop, self._postgres
            there = self._caught(lambda: loop.run(postgres.write(function, *args, **kwargs)))
            assert _comparable(here) == _comparable(there), function.__name__
        if isinstance(here, Conflict):
            raise here
        return here

    def look(self) -> Snapshot:
        """The contents, equal everywhere."""
        here: Snapshot = _transact(self._engine, False, snapshot, (), {})
        if self._loop is not None and self._postgres is not None:
            there = self._loop.run(self._postgres.read(snapshot))
            assert here == there
        return here

    @staticmethod
    def _caught(run: Callable[[], Any]) -> Any:
        try:
            return run()
        except Conflict as conflict:
            return conflict


def _comparable(result: Any) -> Any:
    if isinstance(result, Conflict):
        return "conflict"
    return sorted(map(repr, result)) if isinstance(result, list | tuple | set) else repr(result)


def snapshot(connection: Connection) -> Snapshot:
    """What the tables of the walks hold, by names that do not depend on how a database counts its rows."""
    return {
        table.name: [
            {name: _utc(value) for name, value in row.items()}
            for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings()
        ]
        for table in (conversations, messages, turns, outbox, receipts)
    }


def _utc(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)
