"""The Bus port: rings, live events and shared rate buckets; losing any of it costs latency, never a message."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Protocol, runtime_checkable

from .types import Rate


@runtime_checkable
class Bus(Protocol):
    async def start(self) -> None: ...

    async def close(self) -> None: ...

    async def ring(self, bell: str) -> None:
        """Wake whoever waits for `bell`. Never raises: when the bus is away the waiters' poll finds the work."""

    async def wait(self, bell: str, timeout: float) -> bool:
        """Return True soon after a ring, False after `timeout` seconds. A ring while nobody waited is remembered once."""

    async def publish(self, topic: str, frame: bytes) -> None:
        """Hand `frame` to everybody subscribed now. Never raises."""

    def subscribe(self, topic: str) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Frames published to `topic` from the moment of entering on.

        They end when some may have been missed, by a slow reader too: subscribe again, and then look in the store.
        """

    async def bucket(self, key: str, rate: Rate) -> float:
        """Take one token. 0.0: go now; else the seconds after which to ask again (nothing was taken)."""

    async def buckets(self, *wanted: tuple[str, Rate]) -> tuple[float, ...]:
        """Take one token of each bucket, or of none. All 0.0: go now; else what each of them asks to wait."""

    def connected(self) -> bool:
        """Whether the other processes hear us; a bus inside one process has no others and always is."""
