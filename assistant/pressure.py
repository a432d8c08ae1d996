"""What happens when more is asked than can be answered: people are told, answers get shorter, strangers come back later."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Mapping
from pathlib import Path

import orjson

from . import commands, metrics
from .bus import Bus
from .channel import Channel
from .clock import Clock
from .deliver import OUTBOX_BELL, pieces
from .engine import Engine
from .inbound import STAFF_TOPIC
from .settings import Settings
from .store import accounts, load
from .store.database import Database
from .store.queue import Reply
from .types import Audience, Author, Notice, Text

LOOK_SECONDS = 2.0
BUSY = "busy"
OPEN_AGAIN = 0.8  # strangers are welcome again when the wait is this part of what closed the door
DISK_AGAIN_PERCENT = 1.0  # and when so much more of the disk is free than had to be

log = logging.getLogger(__name__)


class Pressure:
    """What is known of the load, at hand without asking anybody: looked at in the background, read on every request."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.wait_seconds = 0.0
        self.disk_free_percent = 100.0
        self.closed_to_strangers = False
        """Whether messages of conversations we do not know yet are asked to come back later."""

    @property
    def busy(self) -> bool:
        """Whether people are told that it takes a moment."""
        return 0 < self._settings.busy_seconds < self.wait_seconds

    @property
    def disk_nearly_full(self) -> bool:
        return self.disk_free_percent < self._settings.disk_min_percent

    @property
    def state(self) -> tuple[bool, bool, bool]:
        """What staff pages show; they look again when it changes."""
        return self.disk_nearly_full, self.busy, self.closed_to_strangers

    def longest(self, tokens: int) -> int:
        """How long an answer may be now, in tokens."""
        if 0 < self._settings.short_answer_seconds < self.wait_seconds:
            return min(tokens, self._settings.short_answer_tokens)
        return tokens

    def learn(self, wait_seconds: float, disk_free_percent: float) -> None:
        """A new look at the load. A door that closed opens a little later than it closed, so that it does not swing."""
        self.wait_seconds, self.disk_free_percent = wait_seconds, disk_free_percent
        closed = self._settings.closed_seconds
        too_long = closed if not self.closed_to_strangers else closed * OPEN_AGAIN
        too_little = self._settings.disk_min_percent
        if self.closed_to_strangers and too_little:
            too_little += DISK_AGAIN_PERCENT
        self.closed_to_strangers = 0 < too_long < wait_seconds or disk_free_percent < too_little

    def sentences(self) -> list[str]:
        """What staff and /readyz should know, in plain words; nothing when all is well."""
        said = []
        if self.disk_nearly_full:
            said.append(
                f"the disk is nearly full: {self.disk_free_percent:.1f} % is free; "
                "free some, or the database will stop taking messages"
            )
        if self.busy:
            said.append(f"people wait about {self.wait_seconds:.0f} s for the beginning of an answer")
        if self.closed_to_strangers:
            said.append(
                "messages of people we do not know yet are refused for now; platforms send them again"
            )
        return said


class Watch:
    """Looks at the load every LOOK_SECONDS, for this process's Pressure and its metrics.

    With `channels`, in a worker, it also tells people who wait. `engine` where there is one.
    """

    def __init__(
        self,
        *,
        database: Database,
        bus: Bus,
        clock: Clock,
        settings: Settings,
        pressure: Pressure,
        engine: Engine | None = None,
        channels: Mapping[str, Channel] | None = None,
    ) -> None:
        self._database = database
        self._bus = bus
        self._clock = clock
        self._folder = settings.data
        self._pressure = pressure
        self._engine = engine
        self._channels = channels or {}
        self._known: set[str] = set()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="pressure")

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            try:
                await self.look()
            except Exception as error:
                # The database away, say: what was known last stands, and /readyz names the trouble.
                log.info("the load could not be looked at", extra={"error": type(error).__name__})
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """One look, and what follows from it."""
        now = self._clock.now()
        metrics.bus_up.set(self._bus.connected())
        self._show_engine()
        free = await asyncio.to_thread(free_percent, self._folder)
        found = await self._database.read(load.load, now)
        held = await self._database.read(accounts.held_up, now)
        was_closed, before = self._pressure.closed_to_strangers, self._pressure.state
        self._pressure.learn(found.expected, free)
        if before != self._pressure.state:
            await self._bus.publish(
                STAFF_TOPIC, orjson.dumps({"kind": "channel", "conversation": 0, "seq": 0})
            )
        if was_closed != self._pressure.closed_to_strangers:
            log.warning(
                "the door for strangers changed",
                extra={
                    "closed": self._pressure.closed_to_strangers,
                    "wait_seconds": round(found.expected),
                    "disk_free_percent": round(free, 1),
                },
            )
        metrics.conversations_due.set(found.due)
        metrics.oldest_wait_seconds.set((now - found.first_at).total_seconds() if found.first_at else 0)
        metrics.expected_wait_seconds.set(found.expected)
        metrics.disk_free_ratio.set(free / 100)
        metrics.closed_to_strangers.set(self._pressure.closed_to_strangers)
        paused = [one.channel for one in held if one.paused_reason]
        self._known |= {*found.unsent, *paused, *self._channels}
        for channel in self._known:
            unsent = found.unsent.get(channel)
            metrics.outbox_waiting.labels(channel).set(unsent.count if unsent else 0)
            age = (now - unsent.oldest).total_seconds() if unsent else 0
            metrics.outbox_oldest_seconds.labels(channel).set(age)
            metrics.channel_paused.labels(channel).set(paused.count(channel))
        if self._pressure.busy:
            await self._tell()

    def _show_engine(self) -> None:
        if self._engine is None:
            return
        stats = self._engine.stats()
        metrics.engine_running.set(stats.running)
        metrics.engine_waiting.set(stats.waiting)
        metrics.engine_slots.set(stats.slots)
        metrics.engine_restarts.set(stats.restarts)
        metrics.engine_memory_bytes.set(stats.memory_bytes)

    async def _tell(self) -> None:
        """Say that it takes a moment, where that costs nothing and only the person who waits reads it."""
        where = {
            name
            for name, channel in self._channels.items()
            if not channel.caps.billed_per_message and Audience.PRIVATE in channel.caps.audience
        }
        if where and (
            told := await self._database.write(load.tell_busy, self._clock.now(), where, self._says)
        ):
            metrics.told_busy.inc(told)
            await self._bus.ring(OUTBOX_BELL)

    def _says(self, channel: str, language: str | None) -> Reply:
        words = commands.BUSY.in_language(language)
        cut: list[Text] = pieces(words, self._channels[channel].caps)
        return Reply(
            author=Author.SYSTEM,
            whole=(Notice(kind=BUSY, text=words),),
            pieces=tuple((self._clock.new_id(), piece) for piece in cut),
        )


def free_percent(folder: Path) -> float:
    """How much of the disk under `folder` is free, in percent; 100 when nobody can tell."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        disk = shutil.disk_usage(folder)
    except OSError:
        return 100.0
    return 100.0 * disk.free / disk.total if disk.total else 100.0
