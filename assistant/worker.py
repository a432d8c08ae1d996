"""The worker: claims conversations, keeps their leases alive, empties the outbox, and stops without losing a turn."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import orjson

from . import metrics
from .bus import Bus
from .clock import Clock
from .deliver import OUTBOX_BELL, Deliverer
from .engine import Engine
from .errors import StoreUnavailable
from .growing import AGAIN_TOPIC, Running, wanted_by
from .inbound import INBOUND_TOPIC, STAFF_TOPIC, WORK_BELL
from .media import SWEEP as SWEEP_FILES
from .media import Fetcher
from .published import PUBLISHED_TOPIC
from .reports import Reports
from .settings import Settings
from .store import chats, messages, queue, retention, search, takeover
from .store.database import Database
from .store.queue import Claim
from .store.waits import bring_back
from .trials import Trials
from .turn import Answerer

SWEEP = 3600.0  # seconds between two sweeps
SWEEP_CHATS = 300.0
CHATS_AT_ONCE = 20
NIGHT = 86_400.0  # seconds between two walks over all conversations
JUMP = timedelta(seconds=5)  # a clock set back by less is none of our business
HAND_BACK = 5.0  # seconds between looks at what staff took over
POLL = 1.0  # seconds between looks at the database when no bell rings
HUNG_AFTER = 60.0
"""Seconds without a step of a model that is writing; long prompts and full servers stay below."""

log = logging.getLogger(__name__)


class Pulse:
    """Whether the model gets anywhere: while answers are being written its steps must rise."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._steps = -1
        self._since = clock.monotonic()

    def beats(self) -> bool:
        """Look at the steps; False when they have stood still for HUNG_AFTER."""
        stats, now = self._engine.stats(), self._clock.monotonic()
        if stats.steps != self._steps or not stats.running:
            self._steps, self._since = stats.steps, now
        return now - self._since < HUNG_AFTER


class Worker:
    """Runs until `close`. Any number of workers may share a database; the lease decides who has a conversation."""

    def __init__(
        self,
        *,
        name: str,
        database: Database,
        bus: Bus,
        clock: Clock,
        settings: Settings,
        answerer: Answerer,
        deliverer: Deliverer,
        fetcher: Fetcher | None = None,
        trials: Trials | None = None,
    ) -> None:
        self._name = name
        self._database = database
        self._bus = bus
        self._clock = clock
        self._settings = settings
        self._answerer = answerer
        self._deliverer = deliverer
        self._fetcher = fetcher
        self._trials = trials
        self._lease = timedelta(seconds=settings.lease_seconds)
        self._pulse = Pulse(answerer.engine, clock)
        self._hung = False
        self._ends = (
            asyncio.Event()
        )  # set when a turn ends: its place is for whoever waits, maybe for more of the same person
        self._running: dict[int, tuple[Running, asyncio.Task[None]]] = {}
        self._ahead: datetime | None = None
        self._loops: list[asyncio.Task[None]] = []
        self._reports = Reports(
            name=name,
            database=database,
            clock=clock,
            engine=answerer.engine,
            running=lambda: len(self._running),
            slots=settings.turns_at_once,
        )

    def start(self) -> None:
        for step, name in (
            (self._claim, "claims"),
            (self._deliver, "sends"),
            (self._renew, "leases"),
            (self._listen, "newer"),
            (self._follow, "published"),
            (self._repeat, "pages"),
            (self._watch_clock, "clock"),
            (self._sweep, "sweeper"),
            (self._sweep_channels, "old messages"),
            (self._sweep_chats, "old chats"),
            (self._reports.beat, "state"),
            (self._reports.sum_up, "figures"),
            (self._hand_back, "takeovers"),
            (self._index, "search"),
            *([(self._fetcher.step, "files"), (self._sweep_files, "old files")] if self._fetcher else []),
            *([(self._trials.step, "trials"), (self._trials.sweep, "old trials")] if self._trials else []),
        ):
            self._loops.append(asyncio.create_task(self._forever(step, name), name=f"worker-{name}"))

    async def close(self, grace: float = 25.0) -> None:
        """Take nothing new, let turns end for `grace` seconds, give the rest back without counting it against them."""
        claims, *others = self._loops
        claims.cancel()
        await asyncio.gather(claims, return_exceptions=True)
        tasks = [task for _, task in self._running.values()]
        if tasks:
            await asyncio.wait(tasks, timeout=grace)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._answerer.close()
        await self._deliverer.drain(min(grace, 10.0))
        await self._deliverer.close(min(grace, 10.0))
        for loop in others:
            loop.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._reports.close()
        if self._fetcher is not None:
            await self._fetcher.close()
        if self._trials is not None:
            await self._trials.close()

    async def _forever(self, step: Callable[[], Awaitable[None]], name: str) -> None:
        """Repeat a step; trouble (the database away, say) costs a pause, never the loop."""
        pause = 0.1
        while True:
            try:
                await step()
                pause = 0.1
            except asyncio.CancelledError:
                raise
            except Exception as error:
                log.warning("the worker pauses", extra={"loop": name, "error": type(error).__name__})
                await asyncio.sleep(pause)
                pause = min(5.0, pause * 2)

    async def _claim(self) -> None:
        self._ends.clear()
        room = 0 if self._hung else self._settings.turns_at_once - len(self._running)
        if room <= 0:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL):
                    await self._ends.wait()
            return
        due = await self._database.read(queue.next_due)
        now = self._clock.now()
        if due is None or due > now:
            wait = POLL if due is None else min(POLL, (due - now).total_seconds())
            await self._rest(max(wait, 0.001))
            return
        claims = await self._take(now, room)
        for claim in claims:
            if (overtaken := self._running.get(claim.conversation)) is not None:
                overtaken[1].cancel()  # its lease is gone, and nothing would watch it any more
            running = Running(claim)
            task = asyncio.create_task(self._answerer.answer(running), name=f"turn-{claim.conversation}")
            self._running[claim.conversation] = (running, task)
            task.add_done_callback(functools.partial(self._ended, claim))
        metrics.running_turns.set(len(self._running))
        if not claims:
            await self._bus.wait(WORK_BELL, 0.05)  # due, but another worker has it

    async def _rest(self, seconds: float) -> None:
        """Until the bell rings or a turn ends: somebody may have written during it, too late to be part of it."""
        bell = asyncio.ensure_future(self._bus.wait(WORK_BELL, seconds))
        ends = asyncio.ensure_future(self._ends.wait())
        try:
            done, _ = await asyncio.wait((bell, ends), return_when=asyncio.FIRST_COMPLETED)
            if bell in done:
                bell.result()
        finally:
            bell.cancel()
            ends.cancel()
            await asyncio.gather(bell, ends, return_exceptions=True)

    async def _take(self, now: datetime, room: int) -> list[Claim]:
        """Claim what is due. Told to stop in the middle of it, give back what was taken: nobody would answer it for a lease."""
        suspects = not any(running.claim.suspect for running, _ in self._running.values())
        taking = asyncio.ensure_future(
            self._database.write(queue.claim, self._name, now, self._lease, room, suspects=suspects)
        )
        try:
            return await asyncio.shield(taking)
        except asyncio.CancelledError:
            with contextlib.suppress(StoreUnavailable):
                for claim in await taking:
                    await self._database.write(queue.release, claim, now)
            raise

    def _ended(self, claim: Claim, _: asyncio.Task[None]) -> None:
        entry = self._running.get(claim.conversation)
        if entry is not None and entry[0].claim.token == claim.token:
            del self._running[claim.conversation]
        self._ends.set()
        metrics.running_turns.set(len(self._running))

    async def _deliver(self) -> None:
        wait = await self._deliverer.due_in()
        if wait > 0:
            await self._bus.wait(OUTBOX_BELL, wait)
        elif await self._deliverer.once() == 0:
            await self._bus.wait(OUTBOX_BELL, 0.05)

    async def _renew(self) -> None:
        await asyncio.sleep(self._lease.total_seconds() / 6)
        await self._deliverer.renew()
        hung = not self._pulse.beats()
        if hung is not self._hung:
            self._hung = hung
            log.warning("the model hangs" if hung else "the model works again", extra={"worker": self._name})
        if hung:
            return  # a lease is no proof of life by itself: it runs out, and another worker answers
        held = {id_: entry[0].claim.token for id_, entry in self._running.items()}
        if not held:
            return
        kept = await self._database.write(queue.renew, list(held.items()), self._clock.now(), self._lease)
        for conversation in held.keys() - kept:
            entry = self._running.get(conversation)
            if entry is not None and entry[0].claim.token == held[conversation]:
                log.warning("a lease was lost; its turn is dropped", extra={"conversation": conversation})
                metrics.leases_lost.inc()
                entry[1].cancel()
        await self._look(kept)

    async def _look(self, held: set[int]) -> None:
        """Whether somebody wrote again: the bus says so at once, but where it is away nobody else does."""
        newest = await self._database.read(messages.newest_waiting, held)
        for conversation in held:
            entry = self._running.get(conversation)
            if entry is not None and entry[0].seen not in (0, newest.get(conversation)):
                entry[0].newer.set()

    async def _watch_clock(self) -> None:
        """Notice when the machine's clock is set back: what waits for a moment would wait that much too long."""
        ahead = self._clock.now() - timedelta(seconds=self._clock.monotonic())
        back, self._ahead = (self._ahead or ahead) - ahead, ahead
        if back > JUMP:
            log.warning("the clock was set back", extra={"seconds": round(back.total_seconds())})
            await self._database.write(bring_back, self._clock.now(), back)
            await self._bus.ring(WORK_BELL)
            await self._bus.ring(OUTBOX_BELL)
        await asyncio.sleep(POLL)

    async def _sweep(self) -> None:
        """Forget what is past its time, now and every hour, a little at a time; any number of workers may do it."""
        kept = timedelta(days=self._settings.raw_days)
        gone: Counter[str] = Counter()
        while True:
            rows = await self._database.write(retention.sweep, self._clock.now(), kept)
            gone.update(rows)
            if max(rows.values()) < retention.AT_ONCE:
                break
        if gone.total():
            log.info("old rows were deleted", extra={"rows": dict(gone)})
        await self._database.empty_log()  # what an erasure was kept from by a long reader
        await asyncio.sleep(SWEEP)

    async def _sweep_channels(self) -> None:
        """Delete what is older than its channel's days, now and every day."""
        if gone := await retention.walk(self._database, self._clock.now()):
            log.info("what was said was deleted after its days", extra={"rows": dict(gone)})
        await asyncio.sleep(NIGHT)

    async def _sweep_chats(self) -> None:
        """Delete temporary chats that nobody writes in any more."""
        while gone := await self._database.write(
            chats.expire, self._clock.now(), data=self._settings.data, limit=CHATS_AT_ONCE
        ):
            log.info("temporary chats were deleted", extra={"chats": gone})
        await asyncio.sleep(SWEEP_CHATS)

    async def _index(self) -> None:
        """Make new messages findable, a little at a time: nobody who writes waits for it."""
        found = 0
        if await self._database.read(search.behind):
            found = await self._database.write(search.index)
        await asyncio.sleep(POLL if found < search.AT_ONCE else 0.05)

    async def _hand_back(self) -> None:
        """Give the model back what staff took over and whose time is up."""
        now = self._clock.now()
        due = await self._database.read(takeover.next_hand_back)
        if due is not None and due <= now:
            back = await self._database.write(takeover.hand_back_due, now)
            frames = [{"kind": "mode", "conversation": one, "seq": seq} for one, seq in back]
            await self._bus.publish(STAFF_TOPIC, orjson.dumps(frames))
            await self._bus.ring(WORK_BELL)  # somebody may have written since the time was up
        await asyncio.sleep(HAND_BACK)

    async def _sweep_files(self) -> None:
        """Delete files of messages that were taken back, erased or are past their time."""
        if self._fetcher is not None and (gone := await self._fetcher.sweep()):
            log.info("files were deleted", extra={"files": gone})
        await asyncio.sleep(SWEEP_FILES)

    async def _listen(self) -> None:
        """Tell running turns that their person wrote again."""
        async with self._bus.subscribe(INBOUND_TOPIC) as frames:
            async for frame in frames:
                with contextlib.suppress(orjson.JSONDecodeError):
                    for conversation in orjson.loads(frame):
                        entry = self._running.get(conversation)
                        if entry is not None:
                            entry[0].newer.set()

    async def _follow(self) -> None:
        """Personas and settings that staff publish hold from the next turn on."""
        async with self._bus.subscribe(PUBLISHED_TOPIC) as frames:
            self._answerer.published.ring()  # what was said before anybody listened
            async for _ in frames:
                self._answerer.published.ring()

    async def _repeat(self) -> None:
        """Tell pages that begin to listen in the middle of an answer what was written so far."""
        async with self._bus.subscribe(AGAIN_TOPIC) as frames:
            async for frame in frames:
                for running, _ in list(self._running.values()):
                    if wanted_by(frame, running):
                        await self._answerer.pages.again(running)
