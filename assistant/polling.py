"""Channels without a webhook: asks their platforms for what people wrote, one process at a time, and forgets nothing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from . import metrics
from .channel import Channel, Polls
from .clock import Clock
from .errors import AssistantError, Misconfigured, Throttled
from .inbound import Acceptor
from .store import cursors
from .store.database import Database

HOLD: Final = timedelta(seconds=90)
"""A process silent for so long no longer asks; another takes over where it stopped."""
LONGEST_POLL: Final = 60.0  # seconds: a platform that neither answers nor closes is asked anew
NOT_MINE: Final = 5.0
PAUSE: Final = 60.0  # after a refusal that only the operator can mend
LONGEST_WAIT: Final = 30.0

log = logging.getLogger(__name__)


class Poller:
    """Runs until `close`. The cursor moves only after what it passes is committed: a crash asks for it once more."""

    def __init__(
        self, name: str, channels: Mapping[str, Channel], acceptor: Acceptor, database: Database, clock: Clock
    ) -> None:
        self._name = name
        self._channels: dict[str, Polls] = {
            key: channel
            for key, channel in channels.items()
            if isinstance(channel, Polls) and channel.polling()
        }
        self._acceptor = acceptor
        self._database = database
        self._clock = clock
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        for name, channel in self._channels.items():
            self._tasks.append(asyncio.create_task(self._forever(name, channel), name=f"poll-{name}"))

    async def close(self) -> None:
        """Stop asking; another process may go on at once."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for name in self._channels:
            try:
                await self._database.write(cursors.release, name, self._name)
            except AssistantError as error:
                log.info("a cursor could not be given back", extra={"channel": name, "code": error.code})

    async def _forever(self, name: str, channel: Polls) -> None:
        failures = 0
        while True:
            try:
                wait = await self._once(name, channel)
                failures = 0
            except asyncio.CancelledError:
                raise
            except Throttled as error:
                wait = error.retry_after or 5.0
            except Misconfigured as error:
                log.error("the platform refuses to be asked", extra={"channel": name, "reason": str(error)})
                wait = PAUSE
            except Exception as error:
                failures += 1
                wait = min(LONGEST_WAIT, 0.5 * 2.0 ** min(failures, 10))
                code = error.code if isinstance(error, AssistantError) else type(error).__name__
                log.warning("asking the platform failed", extra={"channel": name, "code": code})
                metrics.polls.labels(name, "failed").inc()
            await asyncio.sleep(wait)

    async def _once(self, name: str, channel: Polls) -> float:
        """One question and what came of it; seconds to wait before the next."""
        held = await self._database.write(cursors.hold, name, self._name, self._clock.now(), HOLD)
        if held is None:
            return NOT_MINE
        async with asyncio.timeout(LONGEST_POLL):
            polled = await channel.poll(held.cursor)
        if polled.events:
            await self._acceptor.submit(polled.events)
        if polled.cursor != held.cursor:
            await self._database.write(cursors.advance, name, self._name, polled.cursor)
        metrics.polls.labels(name, "answered").inc()
        return 0.0
