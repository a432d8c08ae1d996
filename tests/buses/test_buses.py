"""The Bus port's promises, kept by every bus."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest

from assistant.bus import Bus
from assistant.buses.memory import FRAMES_KEPT, MemoryBus
from assistant.buses.redis import RedisBus
from assistant.types import Rate
from tests.clocks import FakeClock

BUSES = [pytest.param("memory"), pytest.param("redis", marks=pytest.mark.redis)]


@pytest.fixture(params=BUSES)
async def bus(request: pytest.FixtureRequest) -> AsyncIterator[Bus]:
    made: Bus = MemoryBus() if request.param == "memory" else RedisBus(request.getfixturevalue("redis_url"))
    await made.start()
    yield made
    await made.close()


def test_every_bus_is_a_bus() -> None:
    assert isinstance(MemoryBus(), Bus)
    assert isinstance(RedisBus("redis://127.0.0.1:1"), Bus)


async def test_a_ring_wakes_who_waits(bus: Bus) -> None:
    waiting = asyncio.create_task(bus.wait("work", 5))
    await asyncio.sleep(0.01)
    started = time.monotonic()
    await bus.ring("work")
    assert await waiting
    assert time.monotonic() - started < 0.5


async def test_a_ring_wakes_everybody_who_waits(bus: Bus) -> None:
    waiting = [asyncio.create_task(bus.wait("work", 5)) for _ in range(3)]
    await asyncio.sleep(0.01)
    await bus.ring("work")
    assert await asyncio.gather(*waiting) == [True, True, True]


async def test_rings_nobody_waited_for_are_remembered_once(bus: Bus) -> None:
    await bus.ring("work")
    await bus.ring("work")
    assert await bus.wait("work", 0.2)
    assert not await bus.wait("work", 0.2)


async def test_a_ring_that_was_heard_is_not_remembered(bus: Bus) -> None:
    waiting = asyncio.create_task(bus.wait("work", 5))
    await asyncio.sleep(0.01)
    await bus.ring("work")
    assert await waiting
    assert not await bus.wait("work", 0.2)


async def test_waiting_ends_after_its_timeout(bus: Bus) -> None:
    started = time.monotonic()
    assert not await bus.wait("work", 0.2)
    assert 0.15 < time.monotonic() - started < 1


async def test_a_bell_does_not_wake_another(bus: Bus) -> None:
    await bus.ring("work")
    assert not await bus.wait("other", 0.1)


async def test_a_cancelled_waiter_does_not_swallow_the_next_ring(bus: Bus) -> None:
    waiting = asyncio.create_task(bus.wait("work", 5))
    await asyncio.sleep(0.01)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await bus.ring("work")
    assert await bus.wait("work", 0.2)


async def test_frames_reach_all_subscribers_in_order(bus: Bus) -> None:
    async with AsyncExitStack() as stack:
        readers = [await stack.enter_async_context(bus.subscribe("chat")) for _ in range(2)]
        for number in range(5):
            await bus.publish("chat", b"frame %d" % number)
        await bus.publish("other", b"not for us")
        for reader in readers:
            assert [await asyncio.wait_for(anext(reader), 2) for _ in range(5)] == [
                b"frame %d" % n for n in range(5)
            ]
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(anext(reader), 0.05)


async def test_frames_published_before_subscribing_are_not_seen(bus: Bus) -> None:
    await bus.publish("chat", b"early")
    async with bus.subscribe("chat") as frames:
        await bus.publish("chat", b"\x00\xff late")
        assert await asyncio.wait_for(anext(frames), 2) == b"\x00\xff late"


async def test_a_reader_that_is_too_slow_is_told_by_the_end_and_misses_nothing_unknowingly(bus: Bus) -> None:
    async with bus.subscribe("chat") as frames:
        for number in range(FRAMES_KEPT + 10):
            await bus.publish("chat", str(number).encode())
        async with asyncio.timeout(5):
            assert [int(frame) async for frame in frames] == list(range(FRAMES_KEPT))
    async with bus.subscribe("chat") as frames:
        await bus.publish("chat", b"again")
        assert await asyncio.wait_for(anext(frames), 2) == b"again"


async def test_subscribing_again_after_leaving_works(bus: Bus) -> None:
    for attempt in (b"first", b"second"):
        async with bus.subscribe("chat") as frames:
            await bus.publish("chat", attempt)
            assert await asyncio.wait_for(anext(frames), 2) == attempt


async def test_a_bucket_lets_the_burst_go_and_then_says_how_long_to_wait(bus: Bus) -> None:
    rate = Rate(count=2, per=timedelta(seconds=1), burst=3)
    assert [await bus.bucket("sends", rate) for _ in range(3)] == [0.0, 0.0, 0.0]
    wait = await bus.bucket("sends", rate)
    assert 0.2 < wait <= 0.5
    assert await bus.bucket("others", rate) == 0.0
    await asyncio.sleep(wait)
    assert await bus.bucket("sends", rate) == 0.0
    assert await bus.bucket("sends", rate) > 0


async def test_asking_an_empty_bucket_takes_nothing(bus: Bus) -> None:
    rate = Rate(count=10, per=timedelta(seconds=1), burst=1)
    assert await bus.bucket("sends", rate) == 0.0
    first = await bus.bucket("sends", rate)
    for _ in range(20):
        assert await bus.bucket("sends", rate) <= first


async def test_the_memory_of_rings_and_buckets_is_bounded(
    monkeypatch: pytest.MonkeyPatch, clock: FakeClock
) -> None:
    monkeypatch.setattr("assistant.buses.memory.REMEMBERED", 10)
    bus = MemoryBus(clock)
    rate = Rate(count=1, per=timedelta(seconds=1), burst=1)
    for number in range(50):
        await bus.ring(f"bell {number}")
        await bus.bucket(f"key {number}", rate)
    assert len(bus._rung) == 10
    assert len(bus._ready_at) == 10
    assert await bus.wait("bell 49", 0)


async def test_of_two_buckets_both_give_or_none(bus: Bus) -> None:
    wide = Rate(count=10, per=timedelta(seconds=1), burst=3)
    narrow = Rate(count=1, per=timedelta(seconds=60), burst=1)
    assert await bus.buckets(("account", wide), ("chat", narrow)) == (0.0, 0.0)
    for _ in range(10):
        account, chat = await bus.buckets(("account", wide), ("chat", narrow))
        assert account == 0.0 and chat > 50
    assert [await bus.bucket("account", wide) for _ in range(2)] == [0.0, 0.0]
    account, other = await bus.buckets(("account", wide), ("other chat", narrow))
    assert account > 0 and other == 0.0
    assert await bus.bucket("other chat", narrow) == 0.0
