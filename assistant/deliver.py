"""Walk 3, deliver: render, split, send in order, and write down what became of it."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import orjson

from . import metrics, split
from .bus import Bus
from .channel import Channel
from .clock import Clock
from .errors import (
    AssistantError,
    Misconfigured,
    Rejected,
    SendError,
    Throttled,
    Unavailable,
    Uncertain,
    WindowClosed,
)
from .http import recording
from .inbound import STAFF_TOPIC
from .media import file_of
from .settings import Settings
from .store import outbox
from .store.database import Database
from .types import (
    Capabilities,
    Exchange,
    LinkButton,
    Media,
    Outbound,
    OutboxState,
    Part,
    Place,
    Template,
    Text,
)

OUTBOX_BELL = "outbox"
GIVE_UP_AFTER = timedelta(hours=24)
HOLD = timedelta(seconds=30)  # longer than any send may take: after it, a part without a word is unclear
PAUSE = timedelta(minutes=5)
AT_ONCE = 32

log = logging.getLogger(__name__)


def pieces(text: str, caps: Capabilities) -> list[Text]:
    """A Markdown answer in the channel's dialect, in as few parts as its limit allows; each is complete by itself."""
    return split.pieces(text, caps.dialect, caps.text_limit, caps.text_unit)


class Deliverer:
    """Empties the outbox. Any number may run: a part is taken by one of them, and marked before it is sent."""

    def __init__(
        self, database: Database, channels: Mapping[str, Channel], bus: Bus, clock: Clock, settings: Settings
    ) -> None:
        self._database = database
        self._channels = channels
        self._bus = bus
        self._clock = clock
        self._settle = timedelta(seconds=settings.settle_seconds)
        self._data = settings.data
        self._running: set[asyncio.Task[None]] = set()

    async def once(self) -> int:
        """Take what is due and start sending it; returns how many parts."""
        now = self._clock.now()
        room = AT_ONCE - len(self._running)
        if room <= 0:
            return 0
        for channel in await self._database.write(outbox.doubt, now, self._settle):
            metrics.sends_duplicated_possible.labels(channel).inc()
        parts = await self._database.write(outbox.take, now, HOLD, room)
        for part in parts:
            task = asyncio.create_task(self._send(part), name=f"send-{part.id}")
            self._running.add(task)
            task.add_done_callback(self._finished)
        return len(parts)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            # The part stays "sending" and becomes unclear after HOLD: nothing is lost by this.
            log.error("a send could not be written down", extra={"error": type(error).__name__})

    async def due_in(self) -> float:
        """Seconds until something wants attention; at most one."""
        at = await self._database.read(outbox.next_due)
        return 1.0 if at is None else min(1.0, max(0.0, (at - self._clock.now()).total_seconds()))

    async def drain(self, seconds: float) -> None:
        """Wait for the sends under way."""
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)

    async def _send(self, part: outbox.Sending) -> None:
        started = self._clock.now()
        exchanges: list[Exchange] = []
        channel = self._channels.get(part.address.channel)
        try:
            if channel is None:
                raise Misconfigured("the channel of this conversation is not configured here")
            self._check_window(part, channel, started)
            wait = await self._wait_for_rate(part, channel)
            if wait:
                await self._put_off(part, wait)
                return
            file = await self._file(part.part)
            with recording() as exchanges:
                receipt = await channel.send(
                    Outbound(
                        address=part.address,
                        part=_shown(part.part, channel.caps),
                        idempotency_key=part.idempotency_key,
                        reply_to=part.reply_to,
                        file=file,
                    )
                )
            await self._database.write(outbox.sent, part, receipt.external_id, self._clock.now(), exchanges)
            self._count(part, "sent")
        except SendError as error:
            await self._refused(part, error, exchanges, started)
        except AssistantError:
            raise
        except Exception as error:
            log.exception("an adapter failed while sending", extra={"channel": part.address.channel})
            uncertain = Uncertain(f"the adapter failed: {type(error).__name__}")
            await self._refused(part, uncertain, exchanges, started)
        await self._tell(part)

    async def _file(self, part: Part) -> Path | None:
        """Where the content of a Media part lies; None for every other part."""
        if not isinstance(part, Media):
            return None
        file = await file_of(self._database, self._data, part.ref)
        if file is None:
            raise Rejected("the file is no longer kept here")
        return file

    def _check_window(self, part: outbox.Sending, channel: Channel, now: datetime) -> None:
        closed = part.window_until is not None and part.window_until <= now
        opens = channel.caps.templates and isinstance(part.part, Template)
        if channel.caps.reply_window is not None and closed and not opens:
            raise WindowClosed()

    async def _wait_for_rate(self, part: outbox.Sending, channel: Channel) -> float:
        rate = channel.caps.rate
        return await self._bus.bucket(f"send:{part.address.key}", rate) if rate is not None else 0.0

    async def _put_off(self, part: outbox.Sending, seconds: float) -> None:
        now = self._clock.now()
        await self._database.write(
            outbox.later, part, OutboxState.PENDING, now + timedelta(seconds=seconds), "paced", None, [], now
        )

    async def _refused(
        self, part: outbox.Sending, error: SendError, exchanges: list[Exchange], started: datetime
    ) -> None:
        """Decide by the class of the error, and by nothing else, what happens next."""
        now = self._clock.now()
        code, vendor = error.code, error.vendor_code
        log.warning(
            "a send failed",
            extra={"channel": part.address.channel, "outbox": part.id, "code": code, "vendor_code": vendor},
        )
        self._count(part, code)
        state, delay = OutboxState.PENDING, timedelta(0)
        match error:
            case Uncertain():
                state, delay = OutboxState.UNKNOWN, self._settle
            case Throttled():
                delay = timedelta(
                    seconds=error.retry_after if error.retry_after is not None else backoff(part.attempt)
                )
                if error.account_wide:
                    await self._database.write(outbox.pause, part.address, error.staff, now, now + delay)
            case Unavailable():
                delay = timedelta(seconds=backoff(part.attempt))
            case Misconfigured():
                delay = PAUSE
                await self._database.write(outbox.pause, part.address, error.staff, now, now + PAUSE)
            case _:
                await self._database.write(outbox.failed, part, code, vendor, exchanges, now)
                return
        too_late = part.window_until is not None and now + delay >= part.window_until
        if too_late or now + delay - part.created_at > GIVE_UP_AFTER:
            await self._database.write(outbox.failed, part, code, vendor, exchanges, now)
            return
        await self._database.write(outbox.later, part, state, now + delay, code, vendor, exchanges, now)

    def _count(self, part: outbox.Sending, result: str) -> None:
        metrics.sends.labels(part.address.channel, result).inc()

    async def _tell(self, part: outbox.Sending) -> None:
        seq = await self._database.read(outbox.seq_of, part.message)
        frame = {"kind": "status", "conversation": part.conversation, "seq": seq}
        await self._bus.publish(STAFF_TOPIC, orjson.dumps(frame))
        await self._bus.ring(OUTBOX_BELL)  # the next part of this conversation may go now


def _shown(part: Part, caps: Capabilities) -> Part:
    """The part as this channel can show it. Raises Rejected for a template where there are none."""
    if isinstance(part, Place) and not caps.places:
        where = f"{part.latitude:.5f}, {part.longitude:.5f}"
        return Text(text=f"{part.name}\n{where}" if part.name else where)
    if isinstance(part, LinkButton) and not caps.link_buttons:
        return Text(text=f"{part.text}\n{part.url}")
    if isinstance(part, Template) and not caps.templates:
        raise Rejected("this channel has no templates")
    return part


def backoff(attempt: int) -> float:
    """Seconds before try number `attempt` + 1: full jitter under 0.5 s doubled each time, at most a minute."""
    return random.uniform(0.1, min(60.0, 0.5 * 2.0 ** min(attempt, 10)))
