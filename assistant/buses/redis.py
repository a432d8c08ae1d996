"""The bus of several processes: Redis carries rings and frames and keeps the shared buckets.

Every method first serves this process, then tells the others. When Redis is away, full, flushed, read-only or hangs,
nothing is raised: rings and frames reach this process only, and each process takes a share of every bucket. Subscriptions
end every few seconds then, and once more when Redis is back, so that whoever listens looks in the store meanwhile.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from ..clock import Clock
from ..errors import SettingsError
from ..types import Rate
from .memory import MemoryBus

log = logging.getLogger(__name__)

PATIENCE = 0.4
"""Seconds any one exchange with Redis may take."""
MISTRUST = 1.0
"""Seconds after a failure in which buckets do not ask Redis."""
SILENCE = 2.0
"""Seconds without a word from Redis before it is asked whether it still hears us."""
QUEUED = 4096
"""Rings and frames on their way out; beyond it the oldest are dropped."""
FRESH = 5.0
"""Seconds for which they are worth sending: a shorter trouble of Redis loses nothing."""
AWAY = 5.0
"""Seconds after which subscriptions end, again and again, while Redis is away."""
SHARE = 4
"""Without Redis each process takes a quarter of every bucket: more than four processes are rare."""

# The generic cell rate algorithm; a key holds the microsecond at which its bucket is full again. All or none is taken.
_TAKE = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local waits, full_at, free = {}, {}, true
for i, key in ipairs(KEYS) do
  local step = tonumber(ARGV[2 * i - 1])
  full_at[i] = math.max(now, tonumber(redis.call('GET', key) or now)) + step
  waits[i] = math.max(0, math.ceil(full_at[i] - now - step * tonumber(ARGV[2 * i])))
  if waits[i] > 0 then free = false end
end
if free then
  for i, key in ipairs(KEYS) do
    redis.call('SET', key, string.format('%.0f', full_at[i]), 'PX', math.ceil((full_at[i] - now) / 1000) + 1)
  end
end
return waits
"""

_FAILURES = (RedisError, OSError, TimeoutError, RuntimeError)
"""What an exchange may end in; redis-py raises RuntimeError when a connection is closed under a reader."""


class RedisBus:
    """One connection listens, one writes; both come back by themselves."""

    def __init__(self, url: str, clock: Clock | None = None, *, prefix: str = "assistant") -> None:
        self._prefix = prefix
        self._local = MemoryBus(clock)
        self._me = secrets.token_bytes(8)
        try:
            self._client: Redis = Redis.from_url(
                url,
                protocol=2,
                # asyncio.timeout below bounds every exchange. redis-py's own limit uses wait_for, which before
                # Python 3.12 swallows a cancellation that arrives together with an answer.
                socket_timeout=None,
                socket_connect_timeout=PATIENCE,
                socket_keepalive=True,
                retry=Retry(NoBackoff(), 0),
            )
        except ValueError:
            raise SettingsError(
                "redis_url (ASSISTANT_REDIS_URL): must look like redis://host:6379/0, rediss://… or unix://…"
            ) from None
        self._take = self._client.register_script(_TAKE)
        self._out: deque[tuple[float, str, bytes]] = deque(maxlen=QUEUED)
        self._out_ready = asyncio.Event()
        self._ears: PubSub | None = None
        self._followed: dict[str, int] = {}
        self._confirmed: dict[str, asyncio.Event] = {}
        self._connected = asyncio.Event()
        self._part_at: float | None = None
        self._mistrusted_until = 0.0
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Returns once Redis answers, or after a moment without it."""
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._send())]
        try:
            async with asyncio.timeout(2 * PATIENCE):
                await self._connected.wait()
        except TimeoutError:
            log.warning("redis is away; working without it")

    async def close(self) -> None:
        try:
            await self._send_batch()
        except _FAILURES:
            pass
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._local.close()
        try:
            async with asyncio.timeout(PATIENCE):
                await self._client.aclose()
        except _FAILURES:
            pass

    async def ring(self, bell: str) -> None:
        self._local.ring_now(bell)
        self._queue(f"{self._prefix}:ring:{bell}", self._me)

    async def wait(self, bell: str, timeout: float) -> bool:
        return await self._local.wait(bell, timeout)

    async def publish(self, topic: str, frame: bytes) -> None:
        self._local.publish_now(topic, frame)
        self._queue(f"{self._prefix}:topic:{topic}", self._me + frame)

    @asynccontextmanager
    async def subscribe(self, topic: str) -> AsyncGenerator[AsyncIterator[bytes], None]:
        async with self._local.subscribe(topic) as frames:
            await self._follow(topic)
            try:
                yield frames
            finally:
                await self._unfollow(topic)

    async def bucket(self, key: str, rate: Rate) -> float:
        return (await self.buckets((key, rate)))[0]

    async def buckets(self, *wanted: tuple[str, Rate]) -> tuple[float, ...]:
        loop = asyncio.get_running_loop()
        if loop.time() >= self._mistrusted_until:
            numbers: list[float] = []
            for _, rate in wanted:
                numbers += (rate.per.total_seconds() * 1e6 / rate.count, max(1, rate.burst))
            try:
                async with asyncio.timeout(PATIENCE):
                    waits = await self._take(
                        keys=[f"{self._prefix}:bucket:{key}" for key, _ in wanted], args=numbers
                    )
                return tuple(int(wait) / 1e6 for wait in waits)
            except _FAILURES:
                self._mistrusted_until = loop.time() + MISTRUST
        shares = [
            (key, Rate(count=rate.count, per=rate.per * SHARE, burst=max(1, rate.burst // SHARE)))
            for key, rate in wanted
        ]
        return self._local.take_all(*shares)

    def connected(self) -> bool:
        return self._connected.is_set()

    # --- to the others -----------------------------------------------------------------------------------

    def _queue(self, channel: str, payload: bytes) -> None:
        self._out.append((asyncio.get_running_loop().time(), channel, payload))
        self._out_ready.set()

    async def _send(self) -> None:
        while True:
            await self._out_ready.wait()
            self._out_ready.clear()
            try:
                while self._out:
                    await self._send_batch()
            except _FAILURES:
                await asyncio.sleep(PATIENCE)
                self._out_ready.set()

    async def _send_batch(self) -> None:
        """Send the oldest ones. What could not be sent stays first in line while it is fresh; sent twice does no harm."""
        old = asyncio.get_running_loop().time() - FRESH
        while self._out and self._out[0][0] < old:
            self._out.popleft()
        batch = [self._out.popleft() for _ in range(min(len(self._out), 256))]
        if not batch:
            return
        try:
            async with asyncio.timeout(PATIENCE), self._client.pipeline(transaction=False) as pipeline:
                for _, channel, payload in batch:
                    pipeline.publish(channel, payload)
                await pipeline.execute(raise_on_error=False)
        except _FAILURES:
            room = QUEUED - len(self._out)
            self._out.extendleft(reversed(batch[max(0, len(batch) - room) :]))
            raise

    # --- from the others ---------------------------------------------------------------------------------

    async def _listen(self) -> None:
        while True:
            ears = self._client.pubsub()
            try:
                async with asyncio.timeout(PATIENCE):
                    await ears.psubscribe(f"{self._prefix}:ring:*")
                    self._ears = ears
                    if self._followed:
                        await ears.subscribe(*map(self._channel, self._followed))
                await self._hear(ears)
            except _FAILURES as error:
                now = asyncio.get_running_loop().time()
                if self._connected.is_set():
                    log.warning("redis is away; working without it", extra={"kind": type(error).__name__})
                    self._connected.clear()
                    self._local.ring_everybody()
                    self._part_at = now + AWAY
                elif self._part_at is None or now >= self._part_at:
                    self._local.part()
                    self._part_at = now + AWAY
            finally:
                self._ears = None
                await _hang_up(ears)
            await asyncio.sleep(PATIENCE)

    async def _hear(self, ears: PubSub) -> None:
        asked = False
        while True:
            message = await ears.get_message(timeout=SILENCE)
            if message is not None:
                asked = False
                self._take_in(message)
            elif asked:
                raise TimeoutError
            else:
                asked = True
                async with asyncio.timeout(PATIENCE):
                    await ears.ping()

    def _take_in(self, message: dict[str, Any]) -> None:
        kind, data = message["type"], message["data"]
        if kind == "psubscribe":
            log.info("redis is there")
            self._mistrusted_until = 0.0
            self._connected.set()
            # Rings and frames may have been missed while nobody listened.
            self._local.ring_everybody()
            if self._part_at is not None:
                self._part_at = None
                self._local.part()
            return
        if kind not in ("subscribe", "message", "pmessage"):
            return
        name = message["channel"].decode("utf-8", "replace").removeprefix(f"{self._prefix}:")
        if kind == "subscribe":
            confirmed = self._confirmed.get(name.removeprefix("topic:"))
            if confirmed is not None:
                confirmed.set()
        elif data[: len(self._me)] == self._me:
            return
        elif kind == "pmessage":
            self._local.ring_now(name.removeprefix("ring:"))
        else:
            self._local.publish_now(name.removeprefix("topic:"), data[len(self._me) :])

    def _channel(self, topic: str) -> str:
        return f"{self._prefix}:topic:{topic}"

    async def _follow(self, topic: str) -> None:
        """Subscribe at Redis and wait until it says so; when it is away, _listen does it later."""
        self._followed[topic] = self._followed.get(topic, 0) + 1
        confirmed = self._confirmed.setdefault(topic, asyncio.Event())
        if self._ears is None or not self._connected.is_set():
            return
        try:
            async with asyncio.timeout(PATIENCE):
                if self._followed[topic] == 1:
                    await self._ears.subscribe(self._channel(topic))
                await confirmed.wait()
        except _FAILURES:
            pass

    async def _unfollow(self, topic: str) -> None:
        self._followed[topic] -= 1
        if self._followed[topic]:
            return
        del self._followed[topic], self._confirmed[topic]
        if self._ears is not None:
            try:
                async with asyncio.timeout(PATIENCE):
                    await self._ears.unsubscribe(self._channel(topic))
            except _FAILURES:
                pass


async def _hang_up(ears: PubSub) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            await ears.aclose()  # type: ignore[no-untyped-call]
    except _FAILURES:
        pass
