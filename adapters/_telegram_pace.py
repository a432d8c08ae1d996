"""Keeps to Telegram's limits for groups and for what is no message; those of one chat and of the bot are in the capabilities."""

from __future__ import annotations

import asyncio
from collections import deque
from datetime import timedelta

from assistant.bus import Bus
from assistant.channel import account_bucket
from assistant.clock import Clock
from assistant.errors import Throttled
from assistant.types import Rate

from ._telegram_place import Spot

# About 30 messages a second for a bot, 20 a minute in a group; the bursts stay within a minute's 20. OVERALL is declared as
# the account's rate: messages have their turn before they come here, everything else takes from the same bucket. 2026-11-23,
# https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
OVERALL = Rate(count=25, per=timedelta(seconds=1), burst=5)
GROUP = Rate(count=16, per=timedelta(minutes=1), burst=4)

FLOODS, FLOOD_SECONDS = 3, 10.0
"""So many refusals in so short a time are no matter of one chat."""

SHORT_WAIT_SECONDS = 1.0
"""So long a message waits here for its turn; longer waits are the outbox's."""


class Pace:
    """Buckets shared by every process that sends for the bot."""

    def __init__(self, bus: Bus, clock: Clock, bot_id: str) -> None:
        self._bus = bus
        self._clock = clock
        self._key = account_bucket("telegram", bot_id)
        self._floods: deque[float] = deque(maxlen=FLOODS)

    async def wait(self, spot: Spot, *, message: bool = False) -> None:
        """Return when it may leave. Raises Throttled when that takes longer than SHORT_WAIT_SECONDS."""
        if not spot.private and spot.guest is None:
            await self._turn(f"{self._key}:{spot.chat}", GROUP)
        if not message:
            await self._turn(self._key, OVERALL)

    async def patiently(self, spot: Spot) -> None:
        """As `wait`, however long it takes."""
        while True:
            try:
                return await self.wait(spot)
            except Throttled as ours:
                await asyncio.sleep(ours.retry_after or SHORT_WAIT_SECONDS)

    async def room(self) -> bool:
        """Whether something that can be left out may leave now: "typing…", a draft, a read mark."""
        return await self._bus.bucket(self._key, OVERALL) <= 0

    def flooded(self, error: Throttled) -> Throttled:
        """The platform's own refusal; repeated ones are meant for the whole bot."""
        self._floods.append(self._clock.monotonic())
        often = len(self._floods) == FLOODS and self._floods[-1] - self._floods[0] <= FLOOD_SECONDS
        return Throttled(
            str(error),
            retry_after=error.retry_after,
            account_wide=error.account_wide or often,
            vendor_code=error.vendor_code,
        )

    async def _turn(self, key: str, rate: Rate) -> None:
        waited = 0.0
        while (seconds := await self._bus.bucket(key, rate)) > 0:
            if waited + seconds > SHORT_WAIT_SECONDS:
                raise Throttled("our own pace", retry_after=seconds)
            waited += seconds
            await asyncio.sleep(seconds)
