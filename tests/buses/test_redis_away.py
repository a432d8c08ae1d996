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
                assert await anext(near) == b"%d" % number
                if number % 50 == 0:
                    await asyncio.sleep(0.02)
                    while number and int(await asyncio.wait_for(anext(far), 2)) < number:
                        pass
            await there.publish("chat", b"answer")
            seen: list[bytes] = []
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


async def test_when_redis_is_back_subscriptions_end_so_that_nothing_missed_stays_missing(
    redis_server: RedisServer,
) -> None:
    """Nobody knows what others said meanwhile: whoever listens comes again, and looks in the store."""
    async with started(redis_server.url) as bus, started(redis_server.url) as other:
        async with bus.subscribe("chat") as frames:
            redis_server.kill()
            await asyncio.sleep(0.2)
            redis_server.start()
            async with asyncio.timeout(8):
                assert [frame async for frame in frames] == []
        async with bus.subscribe("chat") as frames:

            async def arrives() -> bool:
                await other.publish("chat", b"again")
                try:
                    return await asyncio.wait_for(anext(frames), 0.2) == b"again"
                except TimeoutError:
                    return False

            await eventually(arrives)


async def test_while_redis_is_away_subscriptions_end_again_and_again(
    redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.buses.redis.AWAY", 0.3)
    async with started(redis_server.url) as bus:
        redis_server.kill()
        for _ in range(2):
            async with bus.subscribe("chat") as frames, asyncio.timeout(5):
                await bus.publish("chat", b"from here")
                assert [frame async for frame in frames] == [b"from here"]


async def test_a_short_trouble_of_redis_loses_no_frame(redis_server: RedisServer) -> None:
    async with started(redis_server.url) as here, started(redis_server.url) as there:
        async with there.subscribe("chat") as frames:
            redis_server.freeze()
            for number in range(20):
                await here.publish("chat", b"%d" % number)
            await asyncio.sleep(1.2)  # long enough for every try to time out, too short to be taken for gone
            redis_server.thaw()
            seen: list[int] = []
            async with asyncio.timeout(5):
                while not seen or seen[-1] != 19:
                    seen.append(int(await anext(frames)))
            assert list(dict.fromkeys(seen)) == list(range(20))


async def test_frames_of_long_ago_are_not_sent_when_redis_is_back(
    redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.buses.redis.FRESH", 0.2)
    async with started(redis_server.url) as here, started(redis_server.url) as there:
        redis_server.kill()
        await here.publish("chat", b"old")
        await asyncio.sleep(0.5)
        redis_server.start()
        await eventually(lambda: connected(here, there))
        async with there.subscribe("chat") as frames:
            await here.publish("chat", b"new")
            assert await asyncio.wait_for(anext(frames), 2) == b"new"


async def connected(*buses: RedisBus) -> bool:
    return all(bus._connected.is_set() for bus in buses)


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


async def test_a_redis_without_memory_still_carries_rings_and_leaves_each_process_its_share(
    redis_server: RedisServer,
) -> None:
    async with Redis.from_url(redis_server.url) as client:
        await client.config_set("maxmemory-policy", "noeviction")
        await client.config_set("maxmemory", "1mb")
        async with started(redis_server.url) as bus, started(redis_server.url) as other:
            rate = Rate(count=8, per=timedelta(seconds=100), burst=8)
            waits = [await bus.bucket("sends", rate) for _ in range(8)]
            assert waits.count(0.0) == 8 // SHARE
            await everything_works_within_a_second(bus)
            waiting = asyncio.create_task(other.wait("work", 5))
            await asyncio.sleep(0.05)
            await bus.ring("work")
            assert await waiting


async def test_a_slow_redis_costs_less_than_a_second_each_time(redis_server: RedisServer) -> None:
    """It stands still for longer than we wait, goes on for a moment, and stands still again."""
    async with started(redis_server.url) as bus:

        async def stutter() -> None:
            while True:
                redis_server.freeze()
                await asyncio.sleep(0.5)
                redis_server.thaw()
                await asyncio.sleep(0.05)

        stuttering = asyncio.create_task(stutter())
        try:
            for _ in range(2):
                await everything_works_within_a_second(bus)
        finally:
            stuttering.cancel()
            redis_server.thaw()


async def test_a_wrong_password_is_a_redis_that_is_away_until_it_is_right(redis_server: RedisServer) -> None:
    async with Redis.from_url(redis_server.url) as client:
        await client.config_set("requirepass", "right")
    async with started(redis_server.url.replace("://", "://:wrong@")) as bus:
        await everything_works_within_a_second(bus)
        assert not bus._connected.is_set()
        async with Redis.from_url(redis_server.url.replace("://", "://:right@")) as client:
            await client.config_set("requirepass", "wrong")
        await asyncio.wait_for(bus._connected.wait(), 5)


@pytest.mark.parametrize("host", ["203.0.113.1", "no-such-host.invalid"])
async def test_a_host_that_cannot_be_reached_costs_less_than_a_second(host: str) -> None:
    async with started(f"redis://{host}:6379/0") as bus:
        await everything_works_within_a_second(bus)


async def test_a_redis_that_is_still_loading_is_waited_for() -> None:
    """It answers every command with LOADING while it reads its file."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(4096):
            writer.write(b"-LOADING Redis is loading the dataset in memory\r\n")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with started(f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}/0") as bus:
        await everything_works_within_a_second(bus)
    server.close()


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
