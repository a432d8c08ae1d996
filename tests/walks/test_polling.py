"""Promises about channels without a webhook: nothing is asked for twice, nothing is lost, one process asks."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from assistant.channel import Polled
from assistant.errors import Misconfigured, StoreUnavailable, Unavailable
from assistant.events import Event, MessageReceived
from assistant.polling import Poller
from assistant.store import cursors
from assistant.types import Address, Alias, Sender, Text
from tests.scripted import ScriptedEngine

from .post import Post, PostSettings
from .system import System, echo, running


class Box(Post):
    """A platform that keeps numbered messages until they are asked for."""

    def __init__(self, system: System, messages: int) -> None:
        super().__init__(PostSettings(), None)  # type: ignore[arg-type]
        self.messages = messages
        self.asked: list[str | None] = []
        self.trouble_at: dict[int, Exception] = {}

    def polling(self) -> bool:
        return True

    async def poll(self, cursor: str | None) -> Polled:
        self.asked.append(cursor)
        trouble = self.trouble_at.pop(len(self.asked), None)
        if trouble is not None:
            raise trouble
        start = int(cursor or 0)
        if start >= self.messages:
            await asyncio.sleep(0.02)
            return Polled(events=[], cursor=cursor)
        return Polled(events=[letter(start)], cursor=str(start + 1))


def letter(number: int) -> Event:
    return MessageReceived(
        address=Address(channel="post", account="box", peer=f"p{number % 3}"),
        sender=Sender(external_id="x", aliases=(Alias(kind="id", value=f"p{number % 3}"),)),
        external_id=f"u{number}",
        sent_at=datetime.now(UTC),
        parts=(Text(text=f"letter {number}"),),
    )


def poller(system: System, box: Box, name: str = "one", acceptor: Any = None) -> Poller:
    return Poller(name, {"post": box}, acceptor or system.acceptor, system.database, system.clock)


async def stored(system: System) -> list[str]:
    return sorted(row.external_id for row in await system.rows() if row.direction == "in")


async def until(condition: Any) -> None:
    async with asyncio.timeout(40):
        while not await condition():
            await asyncio.sleep(0.02)


async def test_what_waits_at_the_platform_is_stored_and_answered(tmp_path: Path) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo)) as system:
        box = Box(system, messages=7)
        asking = poller(system, box)
        asking.start()

        async def all_there() -> bool:
            return len(await stored(system)) == 7 and len(box.asked) >= 8

        await until(all_there)
        await asking.close()
        await system.until_settled()
        assert await stored(system) == [f"u{number}" for number in range(7)]
        assert len(set(box.asked[:8])) == 8, "each question goes on where the last one ended"


async def test_the_cursor_stays_where_it_is_when_the_events_were_not_stored(tmp_path: Path) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo), work=False) as system:
        box = Box(system, messages=1)

        class Away:
            async def submit(self, events: list[Event]) -> None:
                raise StoreUnavailable

        asking = poller(system, box, acceptor=Away())
        asking.start()
        await asyncio.sleep(0.3)
        await asking.close()
        assert set(box.asked) == {None}, "asked again from the same place"
        second = poller(system, box)
        second.start()

        async def there() -> bool:
            return await stored(system) == ["u0"]

        await until(there)
        await second.close()


async def test_two_processes_never_ask_at_once_and_one_takes_over(tmp_path: Path) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo), work=False) as system:
        first, second = Box(system, messages=0), Box(system, messages=0)
        one, two = poller(system, first, "one"), poller(system, second, "two")
        one.start()
        await until(lambda: _true(len(first.asked) > 2))
        now = system.clock.now()
        hold = timedelta(seconds=90)
        assert await system.database.write(cursors.hold, "post", "two", now, hold) is None
        two.start()
        await asyncio.sleep(0.2)
        assert second.asked == []
        await one.close()
        await two.close()
        assert await system.database.write(cursors.hold, "post", "two", now, hold) is not None
        late = now + timedelta(seconds=91)
        assert await system.database.write(cursors.hold, "post", "three", late, hold) is not None
        assert not await system.database.write(cursors.advance, "post", "two", "99")


async def _true(value: bool) -> bool:
    return value


async def test_trouble_costs_a_pause_and_never_the_loop(tmp_path: Path) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo), work=False) as system:
        box = Box(system, messages=1)
        box.trouble_at = {1: Unavailable(), 2: ZeroDivisionError()}
        asking = poller(system, box)
        asking.start()

        async def there() -> bool:
            return await stored(system) == ["u0"]

        await until(there)
        await asking.close()
        refused = Box(system, messages=1)
        refused.trouble_at = {1: Misconfigured("the key is wrong")}
        other = poller(system, refused)
        other.start()
        await until(lambda: _true(len(refused.asked) == 1))
        await asyncio.sleep(0.1)
        assert len(refused.asked) == 1, "a wrong key is not tried every second"
        await other.close()
