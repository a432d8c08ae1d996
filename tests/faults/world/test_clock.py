"""The clock jumps by an hour, forwards or backwards: nothing is lost, nothing is said twice."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assistant.clock import SystemClock
from assistant.store import queue
from tests.scripted import ScriptedEngine as Model
from tests.walks.system import System, echo, running

from .table import fault

HOUR = timedelta(hours=1)


class JumpingClock(SystemClock):
    """The machine's clock, plus what somebody set it wrong by. Durations go on as ever."""

    def __init__(self) -> None:
        self.wrong = timedelta(0)

    def now(self) -> datetime:
        return super().now() + self.wrong


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> JumpingClock:
    made = JumpingClock()
    monkeypatch.setattr("tests.walks.system.SystemClock", lambda: made)
    return made


async def answered_once(system: System) -> None:
    await system.until_settled(15)
    await asyncio.sleep(0.3)
    assert system.post.texts() == ["You said: hello"]
    assert [row.outcome for row in await system.rows() if row.direction == "in"] == ["answered"]
    assert [(part.state, part.duplicate_possible) for part in await system.parts()] == [("sent", False)]


@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["forwards", "backwards"])
@fault(
    "Clock: jumps an hour while a message waits for the next of a burst",
    promise="it is answered at once, not an hour later",
)
async def test_a_jump_while_a_message_waits(tmp_path: Path, clock: JumpingClock, jump: timedelta) -> None:
    async with running(tmp_path, Model(echo), debounce_seconds=0.5) as system:
        await system.receive(["ana", 1, "hello"])
        clock.wrong = jump
        await answered_once(system)


@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["forwards", "backwards"])
@fault(
    "Clock: jumps an hour in mid-generation, leases with it",
    promise="one answer; a lease that looks long over is fenced",
)
async def test_a_jump_in_mid_generation(tmp_path: Path, clock: JumpingClock, jump: timedelta) -> None:
    model = Model(echo)
    async with running(tmp_path, model, lease_seconds=1.0) as system:
        model.hold()
        await system.receive(["ana", 1, "hello"])
        await model.until_asked()
        clock.wrong = jump
        await asyncio.sleep(0.5)
        model.release()
        await answered_once(system)


@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["forwards", "backwards"])
@fault("Clock: jumps an hour while a part is sent", promise="it is sent once and known as sent")
async def test_a_jump_in_mid_send(tmp_path: Path, clock: JumpingClock, jump: timedelta) -> None:
    async with running(tmp_path, Model(echo)) as system:
        system.post.slow = 0.4
        await system.receive(["ana", 1, "hello"])
        await system.until(lambda: bool(system.post.attempts))
        clock.wrong = jump
        await answered_once(system)


@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["forwards", "backwards"])
@fault(
    "Clock: jumped an hour between two messages",
    promise="both are answered, in order; the reply window stays open",
)
async def test_a_jump_between_two_messages(tmp_path: Path, clock: JumpingClock, jump: timedelta) -> None:
    async with running(tmp_path, Model(echo)) as system:
        await system.receive(["ana", 1, "one"])
        await system.until_settled(15)
        clock.wrong = jump
        await system.receive(["ana", 2, "two"])
        await system.until_settled(15)
        assert system.post.texts() == ["You said: one", "You said: two"]


@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["forwards", "backwards"])
@fault(
    "Clock: jumps an hour while a worker is dead",
    promise="what it held is answered by the next one within a lease",
)
async def test_a_jump_while_the_worker_is_dead(tmp_path: Path, clock: JumpingClock, jump: timedelta) -> None:
    async with running(tmp_path, Model(echo), work=False) as system:
        await system.receive(["ana", 1, "hello"])
        await asyncio.sleep(0.15)
        [claim] = await system.database.write(queue.claim, "dead", clock.now(), timedelta(seconds=0.8), 1)
        assert claim.crashes == 0
        system.worker.start()
        await asyncio.sleep(0.1)
        clock.wrong = jump
        try:
            await answered_once(system)
        finally:
            await system.worker.close(grace=1)
