"""Runs trials beside the turns: generations that staff wait for, of which nothing is ever sent to anybody."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from dataclasses import replace
from datetime import timedelta

import orjson

from . import metrics
from .bus import Bus
from .clock import Clock
from .engine import Engine
from .errors import AssistantError, EngineError, StoreUnavailable
from .inbound import STAFF_TOPIC
from .speech import Gate
from .store import trials
from .store.database import Database
from .store.trials import TRIALS_BELL, Trial, TrialUsage
from .types import Finish, Lane

AT_ONCE = 2
DEADLINE = 120.0  # seconds
LEASE = timedelta(seconds=DEADLINE + 30)
POLL = 1.0  # seconds between looks at the database when no bell rings
SWEEP = 3600.0  # seconds between two sweeps

log = logging.getLogger(__name__)


class Trials:
    """Claims trials and lets the model run them. Any number of workers may do it: a trial is run by one of them."""

    def __init__(self, name: str, engine: Engine, database: Database, bus: Bus, clock: Clock) -> None:
        self._name = name
        self._engine = engine
        self._database = database
        self._bus = bus
        self._clock = clock
        self._running: set[asyncio.Task[None]] = set()

    async def step(self) -> None:
        """Start the oldest that waits, or wait: for the bell, or for one of those that run."""
        if len(self._running) >= AT_ONCE:
            await asyncio.wait(set(self._running), return_when=asyncio.FIRST_COMPLETED)
            return
        if not await self._database.read(trials.waits) or not await self._claim():
            await self._bus.wait(TRIALS_BELL, POLL)

    async def sweep(self) -> None:
        """Forget what is past its time, a little at a time."""
        while await self._database.write(trials.sweep, self._clock.now()) >= trials.AT_ONCE:
            pass
        await asyncio.sleep(SWEEP)

    async def close(self) -> None:
        """Give back what is under way: another worker runs it from the beginning."""
        running = set(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _claim(self) -> bool:
        taking = asyncio.ensure_future(
            self._database.write(trials.claim, self._name, self._clock.now(), LEASE)
        )
        try:
            trial = await asyncio.shield(taking)
        except asyncio.CancelledError:
            with contextlib.suppress(StoreUnavailable):
                if (taken := await taking) is not None:
                    await self._database.write(trials.release, taken.id, self._name)
            raise
        if trial is None:
            return False
        task = asyncio.create_task(self._run(trial), name=f"trial-{trial.id}")
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return True

    async def _run(self, trial: Trial) -> None:
        error: str | None = None
        answer, usage = "", TrialUsage()
        try:
            answer, usage = await self._generate(trial)
        except asyncio.CancelledError:
            with contextlib.suppress(StoreUnavailable):
                await asyncio.shield(self._database.write(trials.release, trial.id, self._name))
            raise
        except TimeoutError:
            error = "deadline"
        except AssistantError as failure:
            error = failure.code
        except Exception as failure:
            log.exception("a trial failed", extra={"trial": trial.id})
            error = type(failure).__name__
        metrics.trials.labels(trial.kind.value, error or "done").inc()
        now = self._clock.now()
        try:
            if error is None:
                await self._database.write(
                    trials.finish, trial.id, self._name, answer=answer, usage=usage, now=now
                )
            else:
                await self._database.write(trials.fail, trial.id, self._name, error=error, now=now)
        except AssistantError as failure:
            # Its lease runs out, and then it has failed.
            log.warning("a trial's end could not be kept", extra={"trial": trial.id, "error": failure.code})
        frame = {"kind": "trial", "conversation": trial.conversation or 0, "seq": trial.id}
        await self._bus.publish(STAFF_TOPIC, orjson.dumps(frame))

    async def _generate(self, trial: Trial) -> tuple[str, TrialUsage]:
        """What the model says, and what it took. Raises EngineError, TimeoutError.

        Without the name of a conversation: what the engine keeps of any conversation stays untouched. Tools are told, and
        none is run.
        """
        facts, gate, said = self._engine.facts, Gate(), ""
        most = max(16, facts.context // 4)
        stream = self._engine.generate(
            trial.prompt if facts.tools else replace(trial.prompt, tools=()),
            replace(trial.sampling, max_tokens=min(trial.sampling.max_tokens, most)),
            request_id=self._clock.new_id(),
            lane=Lane.LIVE,
            deadline=DEADLINE,
        )
        started, first = time.monotonic(), None
        async with asyncio.timeout(DEADLINE + 5), contextlib.aclosing(stream):
            async for delta in stream:
                if delta.text and first is None:
                    first = time.monotonic() - started
                said += gate.feed(delta)
        said += gate.end()
        if gate.finish in (Finish.ERROR, None):
            raise EngineError("the generation ended without a result")
        for kind in ("prompt", "cached", "completion"):
            metrics.tokens.labels(kind).inc(getattr(gate.usage, kind))
        return said.strip(), TrialUsage(
            prompt=gate.usage.prompt,
            cached=gate.usage.cached,
            completion=gate.usage.completion,
            finish=gate.finish.value,
            model=facts.name,
            first_token_ms=None if first is None else first * 1000,
            took_ms=(time.monotonic() - started) * 1000,
            wanted=tuple(call.name for call in gate.calls),
        )
