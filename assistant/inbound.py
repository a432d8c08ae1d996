"""Walk 1, receive: authenticate, parse, store everything in one committed batch, ring."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from . import metrics
from .bus import Bus
from .channel import Challenges, Channel, Overhears
from .clock import Clock
from .errors import BadPayload, BadSignature, Collision, StoreUnavailable, TooBusy, UnknownAccount
from .events import Event, MessageReceived, Unread
from .store import load
from .store.accept import Accepted, KnownAlready, Rules, accept
from .store.database import Database
from .types import WebhookRequest

WORK_BELL = "work"
INBOUND_TOPIC = "inbound"
STAFF_TOPIC = "staff"
MAX_BATCH = 512
FLOOD = 16  # requests at once, beyond which it is worth a moment to let them come together
LINGER = 0.003  # seconds
LOOK_UP_FOR = 64  # batches

log = logging.getLogger(__name__)


Done = Callable[[Exception | None], None]
"""Told once what became of a submission: None, or why nothing of it is stored."""


@dataclass(slots=True, eq=False)
class _Submission:
    events: Sequence[Event]
    done: Done
    answered: bool = False

    def answer(self, error: Exception | None = None) -> None:
        """Tell once what became of it."""
        if not self.answered:
            self.answered = True
            self.done(error)


class Acceptor:
    """Group commit: whatever came in while the last commit ran is written by the next one."""

    def __init__(
        self,
        database: Database,
        bus: Bus,
        clock: Clock,
        rules: Rules,
        closed_to_strangers: Callable[[], bool] = lambda: False,
    ) -> None:
        """`closed_to_strangers`: whether messages of conversations we do not know yet have to come back later."""
        self._database = database
        self._closed = closed_to_strangers
        self._bus = bus
        self._clock = clock
        self._rules = rules
        self._waiting: list[_Submission] = []
        self._bell = asyncio.Event()
        self._all_here = asyncio.Event()
        self._expected = 0  # requests that will be here soon if everybody who was answered writes again
        self._expected_until = 0.0
        self._looking_up = 0  # batches for which it is asked first what is known already
        self._idle = asyncio.Event()
        self._idle.set()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="acceptor")

    async def close(self) -> None:
        """Write what waits and what is under way, then stop."""
        await self._idle.wait()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def submit(self, events: Sequence[Event]) -> None:
        """Return when the events are committed. Raises StoreUnavailable, TooBusy: then nothing of them is."""
        committed = asyncio.get_running_loop().create_future()

        def done(error: Exception | None) -> None:
            if not committed.done():
                committed.set_exception(error) if error is not None else committed.set_result(None)

        self.put(events, done)
        await committed

    def put(self, events: Sequence[Event], done: Done) -> None:
        """The same for callers that cannot await: `done` is called once, and must not raise."""
        self._waiting.append(_Submission(events, done))
        if len(self._waiting) == self._expected:
            self._all_here.set()
        self._idle.clear()
        self._bell.set()

    async def _run(self) -> None:
        while True:
            await self._bell.wait()
            self._bell.clear()
            while self._waiting:
                await self._gather()
                batch = self._take()
                answered = len(batch)
                try:
                    batch = await self._admitted(batch) if self._closed() else batch
                    await self._write(batch)
                except Exception as error:
                    await self._write_apart(batch, error)
                finally:  # nobody waits for ever, whatever happened here
                    for submission in batch:
                        submission.answer(StoreUnavailable("the accept path stopped in the middle"))
                self._expected = answered + len(self._waiting)
                self._expected_until = asyncio.get_running_loop().time() + LINGER
            self._idle.set()

    async def _gather(self) -> None:
        """Let the loop read what has arrived already, so that one commit is for all of it.

        Under a flood, who was answered a moment ago writes again at once: a commit that waits for them, until LINGER
        after the last one, is for twice as many. Whoever writes alone never waits.
        """
        await asyncio.sleep(0)
        loop = asyncio.get_running_loop()
        self._all_here.clear()
        if (
            self._expected >= FLOOD
            and len(self._waiting) < self._expected
            and loop.time() < self._expected_until
        ):
            waited = loop.call_at(self._expected_until, self._all_here.set)
            await self._all_here.wait()
            waited.cancel()

    def _take(self) -> list[_Submission]:
        size = count = 0
        for submission in self._waiting:
            if count and size + len(submission.events) > MAX_BATCH:
                break
            size += len(submission.events)
            count += 1
        batch, self._waiting = self._waiting[:count], self._waiting[count:]
        return batch

    async def _admitted(self, batch: list[_Submission]) -> list[_Submission]:
        """Those that bring anything of a conversation we know; the others are asked to come back."""
        keys = {submission: _spoken_in(submission.events) for submission in batch}
        asked = frozenset().union(*keys.values())
        known = await self._database.read(load.known, asked)
        for submission, theirs in keys.items():
            if theirs and not theirs & known:
                submission.answer(TooBusy("more is asked than can be answered; people we know come first"))
        return [submission for submission in batch if not keys[submission] or keys[submission] & known]

    async def _write(self, batch: list[_Submission]) -> None:
        if not batch:
            return
        events = [event for submission in batch for event in submission.events]
        accepted = await self._store(events)
        for submission in batch:
            submission.answer()
        metrics.accept_batch.observe(len(events))
        for kind, count in Counter(map(type, events)).items():
            metrics.events.labels(kind.__name__).inc(count)
        metrics.duplicates.inc(accepted.duplicates)
        await self._tell(accepted)

    async def _store(self, events: Sequence[Event]) -> Accepted:
        """One commit for all. Where platforms send again what they sent before, they do so for a while."""
        write, now, rules = self._database.write, self._clock.now(), self._rules
        if not self._looking_up:
            try:
                return await write(accept, events, now, rules, look_up=False)
            except KnownAlready:
                self._looking_up = LOOK_UP_FOR
        accepted = await write(accept, events, now, rules)
        self._looking_up = LOOK_UP_FOR if accepted.duplicates else self._looking_up - 1
        return accepted

    async def _write_apart(self, batch: list[_Submission], error: Exception) -> None:
        """One bad row must not fail its neighbours: each request alone, then each event alone, the bad one kept raw."""
        if isinstance(error, StoreUnavailable):
            log.warning("the database is away; platforms are asked to come back", extra={"error": str(error)})
            for submission in batch:
                submission.answer(StoreUnavailable(str(error)))
            return
        for submission in batch:
            failure: Exception | None = None
            try:
                for event in submission.events:
                    await self._write_one(event)
            except Exception as problem:
                failure = problem
            submission.answer(failure)

    async def _write_one(self, event: Event, *, again: bool = True) -> None:
        """Store it, or keep it raw when the database refuses it twice: two processes may meet once over one person."""
        try:
            accepted = await self._database.write(accept, [event], self._clock.now(), self._rules)
        except (StoreUnavailable, Collision):
            raise
        except Exception as error:
            if again:
                await self._write_one(event, again=False)
                return
            log.error("an event could not be stored and is kept raw", extra={"error": type(error).__name__})
            kept = as_unread(event, f"could not be stored: {type(error).__name__}")
            accepted = await self._database.write(accept, [kept], self._clock.now(), self._rules)
        await self._tell(accepted)

    async def _tell(self, accepted: Accepted) -> None:
        if accepted.woken:
            await self._bus.ring(WORK_BELL)
        if news := accepted.woken | accepted.touched:
            await self._bus.publish(INBOUND_TOPIC, orjson.dumps(sorted(news)))
        if accepted.changed:
            frames = [
                {"kind": kind, "conversation": conversation, "seq": seq}
                for kind, conversation, seq in accepted.changed
            ]
            await self._bus.publish(STAFF_TOPIC, orjson.dumps(frames))


def _spoken_in(events: Sequence[Event]) -> frozenset[str]:
    """The conversations of a submission that holds nothing but messages; none when it holds anything else."""
    if all(isinstance(event, MessageReceived) for event in events):
        return frozenset(event.address.key for event in events if isinstance(event, MessageReceived))
    return frozenset()


def as_unread(event: Event, reason: str) -> Unread:
    """The event itself as something to keep for staff."""
    address = getattr(event, "address", None)
    item = orjson.dumps(
        event, default=_shown, option=orjson.OPT_SERIALIZE_DATACLASS | orjson.OPT_NON_STR_KEYS
    )
    return Unread(
        channel=address.channel if address else "",
        account=address.account if address else "",
        reason=reason,
        item=item,
    )


def _shown(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else repr(value)


class Inbound:
    """The door of every webhook. `channels` by name; the acceptor is shared by all of them."""

    def __init__(self, channels: Mapping[str, Channel], acceptor: Acceptor) -> None:
        self.channels = channels
        self._acceptor = acceptor
        self._overhearing: dict[str, list[Channel]] = {}
        for channel in channels.values():
            for name in channel.overhears if isinstance(channel, Overhears) else ():
                self._overhearing.setdefault(name, []).append(channel)

    def challenge(self, channel_name: str, request: WebhookRequest) -> str:
        """Answer a platform's GET handshake. Raises UnknownAccount, BadSignature."""
        channel = self._channel(channel_name)
        if not isinstance(channel, Challenges):
            raise BadSignature("this channel has no handshake")
        return channel.challenge(request)

    async def receive(self, channel_name: str, request: WebhookRequest) -> int:
        """Store every event of one webhook; returns how many it held.

        Returns only after the commit. Raises UnknownAccount, BadSignature, StoreUnavailable, TooBusy: then nothing is stored.
        """
        events = self._read(channel_name, request)
        if events:
            await self._acceptor.submit(events)
        return len(events)

    def take(self, channel_name: str, request: WebhookRequest, done: Done) -> None:
        """The same for callers that cannot await: `done` is called once, with None or what `receive` would raise."""
        try:
            events = self._read(channel_name, request)
        except Exception as error:
            done(error)
            return
        if events:
            self._acceptor.put(events, done)
        else:
            done(None)

    def _read(self, channel_name: str, request: WebhookRequest) -> list[Event]:
        channel = self._channel(channel_name)
        channel.authenticate(request)
        events = self._parse(channel, request)
        for other in self._overhearing.get(channel_name, ()):
            events += self._parse(other, request)
        return events

    def _channel(self, name: str) -> Channel:
        channel = self.channels.get(name)
        if channel is None:
            raise UnknownAccount("no such channel is configured here")
        return channel

    def _parse(self, channel: Channel, request: WebhookRequest) -> list[Event]:
        try:
            return channel.parse(request)
        except BadPayload as error:
            reason = str(error) or "not the platform's JSON"
        except Exception as error:
            log.exception("the parser failed; the webhook is kept raw", extra={"channel": channel.name})
            reason = f"the parser failed: {type(error).__name__}"
        return [Unread(channel=channel.name, account="", reason=reason, item=request.body)]
