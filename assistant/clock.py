"""Time and ids, injected so that tests can hold them still."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from uuid_utils import uuid7


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware UTC."""

    def monotonic(self) -> float:
        """Seconds that never run backwards."""

    def new_id(self) -> str:
        """A fresh id that sorts by time (UUID version 7)."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def new_id(self) -> str:
        return str(uuid7())


class MovableClock(SystemClock):
    """The machine's clock, and how far somebody moved time forward for this process. Durations go on as ever.

    Whatever must not age by such a move is told before it, and awaited.
    """

    def __init__(self) -> None:
        self.ahead = timedelta()
        self._listeners: list[Callable[[timedelta], Awaitable[None]]] = []

    def now(self) -> datetime:
        return super().now() + self.ahead

    def before_moves(self, listener: Callable[[timedelta], Awaitable[None]]) -> None:
        """Call `listener` with how far time is about to move, every time."""
        self._listeners.append(listener)

    async def move(self, by: timedelta) -> None:
        """Move time forward. Raises ValueError for a step back: what is stored would lie in the future."""
        if by < timedelta():
            raise ValueError("time moves forward only")
        for listener in self._listeners:
            await listener(by)
        self.ahead += by
