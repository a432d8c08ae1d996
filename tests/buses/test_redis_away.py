"""Redis may vanish, hang, be flushed or refuse to write: the bus gets slower, never breaks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from assistant.buses.redis import SHARE, RedisBus
from assistant.errors import SettingsError
from assistant.types import Rate
from tests.services import RedisServer, free_port

pytestmark = pytest.mark.redis

ONE_A_SECOND = Rate(count=1, per=timedelta(seconds=1), burst=1)


@asynccontextmanager
async def started(url: str) -> AsyncIterator[RedisBus]:
    bus = RedisBus(url)
    await bus.start()
    try:
        yield bus
    finally:
        await bus.close()


async def eventually(check: Callable[[], Awaitable[bool]], seconds: float = 8) -> None:
    deadline = time.monotonic() + seconds
    while not await check():
        assert time.monotonic() < deadline, "did not come back"
        await asyncio.sleep(0.05)


async def test_a_ring_wakes_another_process(redis_url: str) -> None:
    async with started(redis_url) as here, started(redis_url) as there:
        waiting = asyncio.create_task(there.wait("work", 5))
        await asyncio.sleep(0.01)
        began = time.monotonic()
        await here.ring("work")
        assert await waiting
        assert time.monotonic() - began < 0.3
        await here.ring("later")
        await asyncio.sleep(0.1)
        assert await there.wait("later", 0)


async def test_frames_reach_another_process_once(redis_url: str) -> None:
    async with started(redis_url) as here, started(redis_url) as there:
        async with here.subscribe("chat") as near, there.subscribe("chat") as far:
            for number in range(300):
                await here.publish("chat", b"%d" % number)
                if number % 50 == 0:
                    await asyncio.sleep(0.02)
                    while number and int(await asyncio.wait_for(anext(far), 2)) < number:
                        pass
            await there.publish("chat", b"answer")
            seen = []
            while not seen or seen[-1] != b"answer":
                seen.append(await asyncio.wait_for(anext(near), 2))
            assert len(seen) == len(set(seen))


async def test_processes_share_a_bucket(redis_url: str) -> None:
    rate = Rate(count=1, per=timedelta(seconds=10), burst=4)
    async with started(redis_url) as here, started(redis_url) as there:
        waits = [await bus.bucket("sends", rate) for _ in range(4) for bus in (here, there)]
    assert waits.count(0.0) == 4


async def everything_works_within_a_second(bus: RedisBus) -> None:
    """All methods, with Redis away: no exception, at most a second more."""
    began = time.monotonic()
    async with bus.subscribe("chat") as frames:
        assert time.monotonic() - began < 1
        await bus.publish("chat", b"here")
        assert await asyncio.wait_for(anext(frames), 1) == b"here"
    for _ in range(3):
        began = time.monotonic()
        await bus.ring("work")
        assert await bus.wait("work", 0.1)
        await bus.bucket("sends", ONE_A_SECOND)
        assert time.monotonic() - began < 1


async def test_killing_redis_in_the_middle_of_a_wait(redis_server: RedisServer) -> None:
    async with started(redis_server.url) as bus, started(redis_server.url) as other:
        waiting = asyncio.create_task(bus.wait("work", 1.5))
        await asyncio.sleep(0.05)
        began = time.monotonic()
        redis_server.kill()
        await waiting
        assert time.monotonic() - began < 2.5
        await everything_works_within_a_second(bus)
        assert not await bus.wait("work", 0.3)

        redis_server.start()

        async def heard() -> bool:
            await other.ring("back")
            return await bus.wait("back", 0.1)

        await eventually(heard)
        async with bus.subscribe("chat") as frames:
            await other.publish("chat", b"again")
            assert await asyncio.wait_for(anext(frames), 2) == b"again"


async def test_a_subscription_survives_a_restart_of_redis(redis_server: RedisServer) -> None:
    async with started(redis_server.url) as bus, started(redis_server.url) as other:
        async with bus.subscribe("chat") as frames:
            redis_server.kill()
            await asyncio.sleep(0.2)
            redis_server.start()

            async def arrives() -> bool:
                await other.publish("chat", b"again")
                try:
                    return await asyncio.wait_for(anext(frames), 0.2) == b"again"
                except TimeoutError:
                    return False

            await eventually(arrives)


async def test_a_redis_that_hangs_costs_less_than_a_second(redis_server: RedisServer) -> None:
    async with started(redis_server.url) as bus, Redis.from_url(redis_server.url) as client:
        redis_server.freeze()
        try:
            await everything_works_within_a_second(bus)
        finally:
            redis_server.thaw()

        async def asked_again() -> bool:
            await bus.bucket("afterwards", ONE_A_SECOND)
            return bool(await client.exists("assistant:bucket:afterwards"))

        await eventually(asked_again)


async def test_starting_without_redis_and_finding_it_later(redis_server: RedisServer) -> None:
    redis_server.kill()
    began = time.monotonic()
    async with started(redis_server.url) as bus:
        assert time.monotonic() - began < 1.5
        await everything_works_within_a_second(bus)
        redis_server.start()
        await asyncio.wait_for(bus._connected.wait(), 5)


async def test_a_flushed_redis_is_still_a_redis(redis_server: RedisServer) -> None:
    async with started(redis_server.url) as bus, Redis.from_url(redis_server.url) as client:
        assert await bus.bucket("sends", ONE_A_SECOND) == 0.0
        await client.flushall()
        await client.script_flush()
        assert await bus.bucket("sends", ONE_A_SECOND) == 0.0
        assert await bus.bucket("sends", ONE_A_SECOND) > 0
        await everything_works_within_a_second(bus)


async def test_a_read_only_redis_leaves_each_process_its_share(redis_server: RedisServer) -> None:
    async with started(redis_server.url) as bus, Redis.from_url(redis_server.url) as client:
        await client.replicaof("127.0.0.1", str(free_port()))
        rate = Rate(count=8, per=timedelta(seconds=100), burst=8)
        waits = [await bus.bucket("sends", rate) for _ in range(8)]
        assert waits.count(0.0) == 8 // SHARE
        await everything_works_within_a_second(bus)


async def test_a_cancellation_at_any_moment_is_not_swallowed(redis_url: str) -> None:
    plenty = Rate(count=1000, per=timedelta(seconds=1), burst=1000)
    for steps in range(40):
        bus = RedisBus(redis_url)
        await bus.start()

        async def take_forever(bus: RedisBus = bus) -> None:
            while True:
                await bus.bucket("sends", plenty)

        taking = asyncio.create_task(take_forever())
        await bus.ring("work")
        for _ in range(steps):
            await asyncio.sleep(0)
        taking.cancel()
        await asyncio.wait([taking], timeout=1)
        assert taking.cancelled()
        async with asyncio.timeout(2):
            await bus.close()


async def test_an_address_nobody_listens_at() -> None:
    async with started(f"redis://127.0.0.1:{free_port()}/0") as bus:
        await everything_works_within_a_second(bus)


def test_a_wrong_url_names_the_setting_and_not_the_password() -> None:
    with pytest.raises(SettingsError, match="ASSISTANT_REDIS_URL") as caught:
        RedisBus("http://user:hunter2@host/")
    assert "hunter2" not in str(caught.value)
