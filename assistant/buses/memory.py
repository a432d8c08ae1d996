"""The bus of a single process: rings, frames and buckets in memory."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager

from ..clock import Clock, SystemClock
from ..types import Rate

FRAMES_KEPT = 256
"""Frames a slow reader may lag behind before its subscription ends."""
REMEMBERED = 10_000
"""Rings nobody waited for, and buckets, kept at most; beyond it the oldest are forgotten."""


class MemoryBus:
    """Everything inside one event loop."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._waiting: dict[str, set[asyncio.Future[bool]]] = {}
        self._rung: dict[str, None] = {}
        self._readers: dict[str, set[Reader]] = {}
        self._ready_at: dict[str, float] = {}

    async def start(self) -> None:
        """Nothing to open."""

    async def close(self) -> None:
        for waiters in list(self._waiting.values()):
            for waiter in waiters:
                waiter.cancel()

    async def ring(self, bell: str) -> None:
        self.ring_now(bell)

    def ring_now(self, bell: str) -> None:
        """`ring` for callers that cannot await."""
        waiters = self._waiting.pop(bell, None)
        if waiters is None:
            self._rung.pop(bell, None)
            self._rung[bell] = None
            if len(self._rung) > REMEMBERED:
                del self._rung[next(iter(self._rung))]
            return
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(True)

    def ring_everybody(self) -> None:
        """Wake all waiters: rings may have been missed, so each had better look for itself."""
        for bell in list(self._waiting):
            self.ring_now(bell)

    async def wait(self, bell: str, timeout: float) -> bool:
        if bell in self._rung:
            del self._rung[bell]
            return True
        waiter: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(bell, set()).add(waiter)
        try:
            async with asyncio.timeout(timeout):
                return await waiter
        except TimeoutError:
            return waiter.done() and not waiter.cancelled()
        finally:
            waiters = self._waiting.get(bell)
            if waiters is not None:
                waiters.discard(waiter)
                if not waiters:
                    del self._waiting[bell]

    async def publish(self, topic: str, frame: bytes) -> None:
        self.publish_now(topic, frame)

    def publish_now(self, topic: str, frame: bytes) -> None:
        """`publish` for callers that cannot await."""
        for reader in self._readers.get(topic, ()):
            reader.put(frame)

    def part(self) -> None:
        """End every subscription of now: frames may have been missed, and whoever listens should look for himself."""
        for readers in self._readers.values():
            for reader in readers:
                reader.end()

    @asynccontextmanager
    async def subscribe(self, topic: str) -> AsyncGenerator[AsyncIterator[bytes], None]:
        reader = Reader()
        self._readers.setdefault(topic, set()).add(reader)
        try:
            yield reader
        finally:
            readers = self._readers[topic]
            readers.discard(reader)
            if not readers:
                del self._readers[topic]

    async def bucket(self, key: str, rate: Rate) -> float:
        return self.take(key, rate)

    async def buckets(self, *wanted: tuple[str, Rate]) -> tuple[float, ...]:
        return self.take_all(*wanted)

    def connected(self) -> bool:
        return True

    def take(self, key: str, rate: Rate) -> float:
        """`bucket` for callers that cannot await."""
        return self.take_all((key, rate))[0]

    def take_all(self, *wanted: tuple[str, Rate]) -> tuple[float, ...]:
        """`buckets` for callers that cannot await.

        One number a bucket: the moment it is full again (the generic cell rate algorithm).
        """
        now = self._clock.monotonic()
        full_at: dict[str, float] = {}
        waits = []
        for key, rate in wanted:
            step = rate.per.total_seconds() / rate.count
            full_at[key] = max(now, self._ready_at.get(key, now)) + step
            wait = full_at[key] - now - step * max(1, rate.burst)
            waits.append(wait if wait > 1e-9 else 0.0)
        if not any(waits):
            self._ready_at |= full_at
            if len(self._ready_at) > REMEMBERED:
                self._forget_full_buckets(now)
        return tuple(waits)

    def _forget_full_buckets(self, now: float) -> None:
        self._ready_at = {key: at for key, at in self._ready_at.items() if at > now}
        while len(self._ready_at) > REMEMBERED:
            del self._ready_at[min(self._ready_at, key=self._ready_at.__getitem__)]


class Reader:
    """One subscriber's frames, oldest first. They end when it lags too far behind: it must not miss some and not know."""

    def __init__(self) -> None:
        self._frames: deque[bytes] = deque()
        self._arrived = asyncio.Event()
        self._ended = False

    def put(self, frame: bytes) -> None:
        if len(self._frames) >= FRAMES_KEPT:
            self._ended = True
        if not self._ended:
            self._frames.append(frame)
        self._arrived.set()

    def end(self) -> None:
        """What has arrived is still read."""
        self._ended = True
        self._arrived.set()

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        while not self._frames:
            if self._ended:
                raise StopAsyncIteration
            self._arrived.clear()
            await self._arrived.wait()
        return self._frames.popleft()
