"""One life of the system: the real walks, worker and adapters on one loop, around a database that outlives it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.util import await_only

from assistant.app import Runtime, _rules, make_worker
from assistant.buses.memory import MemoryBus
from assistant.channel import Channel, Services
from assistant.errors import EngineDead, EngineError, Overloaded, StoreUnavailable
from assistant.http import Http, NoAnswer, NotSent, Purpose, Response, Upload
from assistant.inbound import Acceptor, Inbound
from assistant.pressure import Pressure
from assistant.settings import Settings
from assistant.store.database import Database
from assistant.types import Prompt, Rate, Role
from tests.scripted import ScriptedEngine

from . import webhooks
from .faults import Fault, Kind, Points, Unexpected
from .loop import Dead, VirtualClock, VirtualLoop
from .outside import Outside, fields

ENGINES: dict[str, Engine] = {}
"""Statements are compiled once for all lives of one file."""
CLOSING = "closing"
"""The name of the tasks in which a life ends."""
TEXT_LIMIT = 90
"""Short, so that an answer has several parts."""


class PointedDatabase(Database):
    """The real one, with points before it begins, before it commits, and after."""

    def __init__(self, url: str, points: Points) -> None:
        super().__init__(url)
        self._points = points
        self._turn = asyncio.Lock()

    def open(self) -> None:
        if self.url in ENGINES:
            self._sync = ENGINES[self.url]
            return
        super().open()
        if self._sync is not None:
            ENGINES[self.url] = self._sync

    async def _run(
        self,
        executor: ThreadPoolExecutor | None,
        commit: bool,
        function: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> Any:
        name = getattr(function, "__name__", "")
        await self._points.at(Kind.DATABASE, f"{name} before it begins", _away)
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)

        def pointed(connection: Connection, *args: Any, **kwargs: Any) -> Any:
            result = function(connection, *args, **kwargs)
            task = asyncio.current_task()
            fault = self._points.reach(
                Kind.DATABASE, f"{name} before it commits", task.get_name() if task else ""
            )
            if fault is Fault.CRASH:
                loop.die()
                if not self.is_sqlite:
                    await_only(asyncio.Future())
                raise Dead
            if fault is Fault.ERROR:
                raise Unexpected(name)
            if fault is Fault.AWAY:
                raise OperationalError("", None, Exception("away"))
            if fault is Fault.CANCEL and task is not None:
                task.cancel()
            return result

        result = await self._alone(executor, commit, pointed, args, kwargs)
        await self._points.at(Kind.DATABASE, f"{name} after it committed", _away)
        return result

    async def look(self, function: Callable[[Connection], Any]) -> Any:
        """A read of the test's own, without points."""
        return await self._alone(self._readers, False, function, (), {})

    async def _alone(self, *call: Any) -> Any:
        """PostgreSQL one at a time: two transactions that run at once would end in another order in every run."""
        if self.is_sqlite:
            return await super()._run(*call)
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        async with self._turn:
            loop.awaited += 1
            try:
                return await super()._run(*call)
            finally:
                loop.awaited -= 1

    async def close(self) -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        loop.awaited += not self.is_sqlite
        await super().close()
        loop.awaited -= not self.is_sqlite


def _away() -> Exception:
    return StoreUnavailable("away")


class FarBus(MemoryBus):
    """As far away as Redis: every call waits."""

    async def ring(self, bell: str) -> None:
        await asyncio.sleep(0)
        await super().ring(bell)

    async def publish(self, topic: str, frame: bytes) -> None:
        await asyncio.sleep(0)
        await super().publish(topic, frame)

    async def buckets(self, *wanted: tuple[str, Rate]) -> Sequence[float]:
        await asyncio.sleep(0)
        return await super().buckets(*wanted)


class Wire(Http):
    """Requests reach the platforms outside, with points before, between and after."""

    def __init__(self, outside: Outside, points: Points) -> None:
        super().__init__()
        self._outside = outside
        self._points = points

    async def request(
        self,
        method: str,
        url: str,
        *,
        purpose: Purpose = Purpose.PLATFORM,
        headers: Mapping[str, str] | None = None,
        json: Any = None,
        data: bytes | None = None,
        form: Mapping[str, str | Upload] | None = None,
        timeout_seconds: float | None = None,
    ) -> Response:
        body = fields({"json": json, "data": data})
        what = re.sub(r"bot[^/]*/|\d{6,}", "", url.split("://", 1)[1].split("/", 1)[1]).split("?")[0]
        what = f"{what} {body.get('status') or body.get('sender_action') or body.get('type') or ''}".strip()
        await self._points.at(Kind.HTTP, f"{what} before it is sent", lambda: NotSent("away"))
        response, answered = self._outside.ask(method, url, body, asyncio.get_running_loop().time())
        await self._points.at(Kind.HTTP, f"{what} sent, before the answer", lambda: NoAnswer("away"))
        await asyncio.sleep(0.05)
        if not answered:
            raise NoAnswer("lost")
        await self._points.at(Kind.HTTP, f"{what} after the answer", lambda: NoAnswer("away"))
        return response


class Model(ScriptedEngine):
    """Says what it was asked, in parts; knows tools, troubles, and whether two answers of one conversation overlap."""

    def __init__(self) -> None:
        super().__init__(script=self._say, delay=0.05, context=4096)
        self._told: set[str] = set()
        self._writing: set[str] = set()
        self.overlaps: list[str] = []

    async def count(self, prompt: Prompt) -> int:
        await asyncio.sleep(0)
        return await super().count(prompt)

    async def generate(self, prompt: Prompt, sampling: Any, **options: Any) -> Any:
        conversation = options.get("conversation")
        if conversation is not None:
            if conversation in self._writing:
                self.overlaps.append(conversation)
            self._writing.add(conversation)
        try:
            stream = super().generate(prompt, sampling, **options)
            try:
                async for delta in stream:
                    yield delta
            finally:
                await stream.aclose()
        finally:
            self._writing.discard(conversation or "")

    def _say(self, prompt: Prompt) -> str | EngineError:
        if prompt.turns[-1].role is Role.TOOL:
            told = next(turn.text for turn in reversed(prompt.turns) if turn.role is Role.USER)
            return f"You said: {told.replace(chr(10), ' / ')}\n\nThat makes {prompt.turns[-1].text}, as everybody can work out for themselves."
        told = prompt.turns[-1].text
        for word, error in (("(dead)", EngineDead()), ("(busy)", Overloaded(retry_after=0.5))):
            if word in told and word not in self._told:
                self._told.add(word)
                return error
        if "(always dead)" in told:
            return EngineDead()
        if "(broken)" in told and "(broken)" not in self._told:
            self._told.add("(broken)")
            raise Unexpected("(broken)")
        if "12 times 7" in told:
            return '{"name": "calculate", "parameters": {"expression": "12 * 7"}}'
        if "(nothing)" in told:
            return ""
        return "You said: " + told.replace("\n", " / ")


class Life:
    """What a process is, from its start to its end."""

    def __init__(
        self, url: str, folder: Path, outside: Outside, points: Points, loop: VirtualLoop, number: int
    ) -> None:
        clock = VirtualClock(loop, number)
        bus, http = FarBus(clock), Wire(outside, points)
        services = Services(http=http, bus=bus, clock=clock)
        channels: dict[str, Channel] = {
            name: _short(kind)(webhooks.SETTINGS[name], services) for name, kind in webhooks.CLASSES.items()
        }
        settings = Settings(
            data=folder,
            debounce_seconds=0.5,
            debounce_cap_seconds=2.0,
            settle_seconds=3.0,
            lease_seconds=6.0,
            max_attempts=4,
        )
        self.database = PointedDatabase(url, points)
        self.engine = Model()
        self.runtime = Runtime(
            settings=settings,
            database=self.database,
            bus=bus,
            http=http,
            clock=clock,
            channels=channels,
            page="webchat",
            pressure=Pressure(settings),
            engine=self.engine,
        )
        self.worker = make_worker(self.runtime, self.engine)
        self.worker._name = f"life {number}"  # instead of this process's id: runs are compared
        self.acceptor = Acceptor(self.database, bus, clock, _rules(settings, channels))
        self.inbound = Inbound(channels, self.acceptor)
        self.running = False

    async def start(self) -> None:
        self.database.open()
        await self.engine.start()
        self.acceptor.start()
        self.worker.start()
        self.running = True

    async def close(self) -> None:
        """As app.py ends a process that hears SIGTERM: nothing new, then what runs, then the database."""
        self.running = False
        await asyncio.create_task(self.worker.close(grace=0.3), name=CLOSING)
        await asyncio.create_task(self.acceptor.close(), name=CLOSING)
        await self.engine.close()
        await self.runtime.bus.close()
        await self.runtime.http.close()
        await self.database.close()


_SHORT: dict[Any, Any] = {}


def _short(kind: Any) -> Any:
    """The channel with a small text limit, so that answers have several parts."""
    if kind not in _SHORT:
        caps = replace(kind.caps, text_limit=TEXT_LIMIT)
        _SHORT[kind] = type(kind.__name__, (kind,), {"caps": caps})
    return _SHORT[kind]
