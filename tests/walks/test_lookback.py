"""Where a platform can be asked, an unclear send is looked for, and sent again only when it is not there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest
from sqlalchemy import Connection, select

from assistant.channel import Nearby
from assistant.errors import Misconfigured, Rejected, SendError, Throttled, Unavailable, Uncertain
from assistant.store import queue
from assistant.store.models import conversations
from assistant.store.queue import Reply
from assistant.types import Author, Capabilities, LinkButton, Outbound, Receipt, Text
from tests.scripted import ScriptedEngine as Model

from .post import Post
from .system import System, echo, running


class Asked(Post):
    """A platform that answers its first sends with nothing, and can be asked what stands there."""

    caps: ClassVar[Capabilities] = replace(Post.caps, look_back=True)
    lose, deliver_lost = 1, True
    stands: Callable[[Nearby], SendError | None] = lambda self, nearby: None

    async def send(self, outbound: Outbound) -> Receipt:
        if self.lose > 0:
            self.lose -= 1
            self.attempts.append(outbound.idempotency_key)
            if self.deliver_lost:
                self.sent.append(outbound)
            raise Uncertain()
        return await super().send(outbound)

    async def find(self, outbound: Outbound, nearby: Nearby) -> str | None:
        if error := self.stands(nearby):
            raise error
        keys = [one.idempotency_key for one in self.sent]
        return f"out-{keys.index(outbound.idempotency_key) + 1}" if outbound.idempotency_key in keys else None


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.walks.system.Post", Asked)


def platform(system: System) -> Asked:
    assert isinstance(system.post, Asked)
    return system.post


async def _hello(system: System) -> None:
    await system.receive(["ana", 1, "hello"])
    await system.until_settled(20)


@pytest.mark.usefixtures("asked")
async def test_what_arrived_without_an_answer_is_found_and_not_sent_twice(tmp_path: Path) -> None:
    async with running(tmp_path, Model(lambda prompt: "long words " * 20)) as system:
        await _hello(system)
        parts = await system.parts()
        assert len(parts) > 1
        assert [(part.state, part.attempt, part.duplicate_possible) for part in parts] == [
            ("sent", 1, False)
        ] * len(parts)
        assert len(platform(system).attempts) == len(parts)
        assert parts[0].external_id == "out-1"
        assert (await system.rows())[-1].status == "sent"


@pytest.mark.usefixtures("asked")
async def test_what_is_not_there_is_sent_again_with_a_mark(tmp_path: Path) -> None:
    async with running(tmp_path, Model(echo)) as system:
        platform(system).deliver_lost = False
        await _hello(system)
        [part] = await system.parts()
        assert (part.state, part.attempt, part.duplicate_possible) == ("sent", 2, True)
        assert len(platform(system).sent) == 1


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("error", [Unavailable(), Throttled(retry_after=0.05), Uncertain()])
async def test_while_the_platform_cannot_be_asked_nothing_is_sent_twice(
    tmp_path: Path, error: SendError, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    monkeypatch.setattr("assistant.lookback.AGAIN", timedelta(seconds=0.05))
    left = [3]

    def silent(nearby: Nearby) -> SendError | None:
        left[0] -= 1
        return error if left[0] >= 0 else None

    async with running(tmp_path, Model(echo)) as system:
        platform(system).stands = silent
        await _hello(system)
        [part] = await system.parts()
        assert (part.state, part.attempt, part.duplicate_possible) == ("sent", 1, False)
        assert left[0] == -1 and len(platform(system).sent) == 1


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("error", [Misconfigured(), Rejected(), ZeroDivisionError()])
async def test_a_platform_that_refuses_to_be_asked_gets_it_again(tmp_path: Path, error: Exception) -> None:
    def refuse(nearby: Nearby) -> SendError | None:
        raise error

    async with running(tmp_path, Model(echo)) as system:
        platform(system).stands = refuse
        await _hello(system)
        [part] = await system.parts()
        assert (part.state, part.attempt, part.duplicate_possible) == ("sent", 2, True)


@pytest.mark.usefixtures("asked")
async def test_a_question_that_never_ends_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.lookback.LONGEST_SECONDS", 0.1)

    class Endless(Asked):
        async def find(self, outbound: Outbound, nearby: Nearby) -> str | None:
            await asyncio.Event().wait()
            return None

    monkeypatch.setattr("tests.walks.system.Post", Endless)
    async with running(tmp_path, Model(echo)) as system:
        await _hello(system)
        [part] = await system.parts()
        assert (part.state, part.attempt, part.duplicate_possible) == ("sent", 2, True)


@pytest.mark.usefixtures("asked")
async def test_what_is_looked_for_is_what_the_platform_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link button leaves as words where there are no such buttons."""
    sought: list[Outbound] = []

    async def find(self: Asked, outbound: Outbound, nearby: Nearby) -> str | None:
        sought.append(outbound)
        return "out-1"

    monkeypatch.setattr(Asked, "find", find)
    button = LinkButton(text="Our menu", title="Open", url="https://example.org/menu")
    async with running(tmp_path, Model(echo)) as system:
        platform(system).lose = 0
        await _hello(system)
        platform(system).lose = 1

        def write(connection: Connection) -> None:
            (row,) = connection.execute(select(conversations)).mappings().all()
            said = Reply(author=Author.STAFF, whole=(button,), pieces=(("key", button),))
            queue.write_reply(
                connection,
                row["id"],
                queue.address_of(row),
                said,
                seq=9,
                after=8,
                turn=None,
                now=system.clock.now(),
            )

        await system.database.write(write)
        await system.until_settled(20)
    assert [one.part for one in sought] == [Text(text="Our menu\nhttps://example.org/menu")]
    assert sought[0].part == platform(system).sent[-1].part
