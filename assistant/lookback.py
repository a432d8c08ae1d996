"""Unclear sends are looked for on their platform, where it can be asked, before they are sent again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial

from . import metrics
from .channel import Channel, LooksBack
from .clock import Clock
from .errors import AssistantError, SendError, Throttled, Unavailable, Uncertain
from .http import recording
from .store import doubts, outbox
from .store.database import Database
from .store.doubts import Lost
from .store.outbox import Sending
from .types import Exchange, Outbound

AT_ONCE = 4  # parts that are looked for at the same time: what people wait for comes first
AGAIN = timedelta(seconds=5)  # a platform that could not be asked is asked again after so long
LONGEST_SECONDS = 20.0  # what is not found by then counts as not to be found
# An older part has its turn, found or not: a platform that is away is waited for, one that wants to be asked less is not.
SILENT_FOR, THROTTLED_FOR = timedelta(hours=24), timedelta(minutes=5)

log = logging.getLogger(__name__)


class LookBack:
    """Decides what became of parts that may have arrived.

    `outbound` is what of a part its platform was given; `settled` is told of each part that is decided.
    """

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        clock: Clock,
        outbound: Callable[[Sending, Channel], Awaitable[Outbound]],
        settled: Callable[[Sending], Awaitable[None]],
    ) -> None:
        self._database = database
        self._channels = {name: one for name, one in channels.items() if isinstance(one, LooksBack)}
        self._clock = clock
        self._outbound = outbound
        self._settled = settled
        self._room = asyncio.Semaphore(AT_ONCE)
        self._running: dict[int, asyncio.Task[None]] = {}

    @property
    def channels(self) -> list[str]:
        """The channels that can be asked."""
        return list(self._channels)

    async def start(self, parts: Sequence[int]) -> None:
        """Begin to look for the parts with these ids; those that are being looked for already are left alone."""
        new = [part for part in parts if part not in self._running]
        if not new:
            return
        for one in await self._database.read(doubts.lost, new, self._clock.now()):
            task = asyncio.create_task(self._look(one), name=f"look-{one.part.id}")
            self._running[one.part.id] = task
            task.add_done_callback(partial(self._finished, one.part.id))

    async def drain(self, seconds: float) -> None:
        """Wait for what is being looked for; what is not decided then is looked for again by whoever comes next."""
        if self._running:
            await asyncio.wait(self._running.values(), timeout=seconds)

    def _finished(self, part: int, task: asyncio.Task[None]) -> None:
        self._running.pop(part, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            # The part stays unclear, and is looked for again: nothing is lost by this.
            log.error("an unclear send could not be looked for", extra={"error": type(error).__name__})

    async def _look(self, one: Lost) -> None:
        part = one.part
        async with self._room:
            found, exchanges = await self._asked(one)
        now = self._clock.now()
        if isinstance(found, SendError) and now - part.created_at < _patience(found):
            wait = found.retry_after if isinstance(found, Throttled) else None
            again = timedelta(seconds=wait) if wait is not None else AGAIN
            await self._database.write(doubts.look_later, part, now + again)
            return
        if isinstance(found, str):
            await self._database.write(outbox.sent, part, found, now, exchanges)
            metrics.sends.labels(part.address.channel, "found").inc()
        elif await self._database.write(doubts.repeat, part, now, exchanges):
            metrics.sends_duplicated_possible.labels(part.address.channel).inc()
        await self._settled(part)

    async def _asked(self, one: Lost) -> tuple[str | SendError | None, list[Exchange]]:
        """Its id there, None when it is not there or nobody can tell, or why the platform could not be asked."""
        channel = self._channels[one.part.address.channel]
        exchanges: list[Exchange] = []
        try:
            outbound = await self._outbound(one.part, channel)
            with recording() as exchanges:
                async with asyncio.timeout(LONGEST_SECONDS):
                    return await channel.find(outbound, one.nearby), exchanges
        except TimeoutError:
            return None, exchanges
        except (Unavailable, Throttled, Uncertain) as error:
            return error, exchanges
        except SendError:
            return None, exchanges  # it may not be asked: the send itself will say what is wrong
        except AssistantError:
            raise
        except Exception:
            log.exception("an adapter failed while looking back", extra={"channel": one.part.address.channel})
            return None, exchanges


def _patience(error: SendError) -> timedelta:
    return THROTTLED_FOR if isinstance(error, Throttled) else SILENT_FOR
