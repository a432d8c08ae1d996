"""What a worker reports: how it does, every few seconds; and what happened, added up every five minutes."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import timedelta

from .clock import Clock
from .engine import Engine, EngineHealth
from .errors import StoreError
from .store import cursors, rollups, workers
from .store.database import Database
from .store.workers import WorkerRow

FIRST_BEAT_SECONDS = 1.0
BEAT_SECONDS = 10.0
SUMMING_SECONDS = 300.0
FIRST_SUMMING_SECONDS = 20.0
BREATH_SECONDS = 0.05  # between two looks at a long past: answers come first
HEALTH_SECONDS = 5.0
HELD = timedelta(minutes=10)

log = logging.getLogger(__name__)


class Reports:
    """Of one worker. `running`: how many turns it is on."""

    def __init__(
        self,
        *,
        name: str,
        database: Database,
        clock: Clock,
        engine: Engine,
        running: Callable[[], int],
        slots: int,
    ) -> None:
        self._name = name[:64]
        self._database = database
        self._clock = clock
        self._engine = engine
        self._running = running
        self._slots = slots
        self._started_at = clock.now()
        self._generated = (clock.monotonic(), 0)
        self._beating = self._summed = False

    async def beat(self) -> None:
        """Wait, then say how it goes."""
        await asyncio.sleep(BEAT_SECONDS if self._beating else FIRST_BEAT_SECONDS)
        self._beating = True
        await self.say()

    async def say(self) -> None:
        """Write down how this worker and its engine do."""
        stats, health = self._engine.stats(), await self._health()
        before, generated = self._generated
        self._generated = (self._clock.monotonic(), stats.completion_tokens)
        span = max(0.001, self._generated[0] - before)
        row = WorkerRow(
            name=self._name,
            model=stats.model,
            ready=health.ready,
            sentence=health.sentence,
            state={
                "turns": self._running(),
                "turns_at_once": self._slots,
                "running": stats.running,
                "waiting": stats.waiting,
                "slots": stats.slots,
                "restarts": stats.restarts,
                "memory_bytes": stats.memory_bytes,
                "prompt_tokens": stats.prompt_tokens,
                "cached_tokens": stats.cached_tokens,
                "completion_tokens": stats.completion_tokens,
                "tokens_per_second": round(max(0, stats.completion_tokens - generated) / span, 1),
            },
            started_at=self._started_at,
            seen_at=self._clock.now(),
        )
        await self._database.write(workers.say, row)

    async def _health(self) -> EngineHealth:
        try:
            async with asyncio.timeout(HEALTH_SECONDS):
                return await self._engine.health()
        except TimeoutError:
            return EngineHealth(ready=False, sentence="the engine does not answer")

    async def sum_up(self) -> None:
        """Wait, then add up what happened since; one process at a time does."""
        await asyncio.sleep(SUMMING_SECONDS if self._summed else FIRST_SUMMING_SECONDS)
        self._summed = True
        await self.sum_up_now()

    async def sum_up_now(self) -> int:
        """Add up everything that is not counted yet; returns how many looks it took, 0 where another process does it."""
        looks = 0
        while True:
            now = self._clock.now()
            if await self._database.write(cursors.hold, rollups.CURSOR, self._name, now, HELD) is None:
                return looks
            before = await self._database.read(rollups.position)
            found = await self._database.read(rollups.gather, now, before)
            if not await self._database.write(rollups.write, self._name, before, found):
                return looks
            looks += 1
            if not found.more:
                await self._database.write(rollups.sweep, now)
                return looks
            await asyncio.sleep(BREATH_SECONDS)

    async def close(self) -> None:
        """Take the row away, and let another process add up at once."""
        with contextlib.suppress(StoreError):
            await self._database.write(workers.gone, self._name)
            await self._database.write(cursors.release, rollups.CURSOR, self._name)
