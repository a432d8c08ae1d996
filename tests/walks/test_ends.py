"""Promises about bursts of orders and turns that are overtaken: every message ends once, and silence is silence."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, update

from assistant import commands
from assistant.app import _rules
from assistant.errors import SendError, Unavailable
from assistant.events import MessageReceived, StopPressed
from assistant.inbound import Acceptor
from assistant.store.models import conversations
from assistant.types import Address, Alias, Outbound, Sender, Text
from tests.scripted import ScriptedEngine

from .system import System, echo, running

ANA = Address(channel="post", account="office", peer="ana")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def postgres(request: pytest.FixtureRequest) -> str:
    """The URL of an empty PostgreSQL database; "" for SQLite."""
    return "" if request.param == "sqlite" else str(request.getfixturevalue("migrated_postgres_url"))


async def modes(system: System) -> list[str]:
    return await system.database.read(
        lambda connection: list(connection.execute(select(conversations.c.mode)).scalars())
    )


async def ends(system: System) -> list[str]:
    return [row.outcome for row in await system.until_settled() if row.direction == "in"]


async def test_stop_said_twice_in_a_breath_is_for_good(tmp_path: Path, postgres: str) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo), postgres=postgres) as system:
        await system.receive(["ana", 1, "STOP"], ["ana", 2, "stop!!"])
        assert await ends(system) == ["command", "command"]
        assert system.post.texts() == [commands.OPTED_OUT.en] and await modes(system) == ["opted_out"]


@pytest.mark.parametrize(
    ("said", "mode"),
    [
        (["STOP", "START"], "bot"),
        (["hello", "STOP"], "bot"),
        (["/stop", "STOP"], "bot"),
    ],
)
async def test_in_a_burst_the_last_order_counts(
    tmp_path: Path, postgres: str, said: list[str], mode: str
) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo), postgres=postgres) as system:
        await system.receive(*(["ana", number, text] for number, text in enumerate(said)))
        await system.until_settled()
        assert await modes(system) == [mode]


async def test_what_was_not_sent_yet_is_not_sent_after_stop(tmp_path: Path, postgres: str) -> None:
    engine = ScriptedEngine(script=lambda prompt: "A long answer. " * 30)
    async with running(tmp_path, engine, postgres=postgres) as system:

        def away(outbound: Outbound) -> SendError | None:
            return None if outbound.part.text == commands.OPTED_OUT.en else Unavailable()  # type: ignore[union-attr]

        system.post.trouble = away
        await system.receive(["ana", 1, "tell me a story"])
        await system.until(lambda: bool(system.post.attempts))
        await system.receive(["ana", 2, "stop"])
        await system.until(lambda: commands.OPTED_OUT.en in system.post.texts())
        assert await ends(system) == ["answered", "command"]
        assert system.post.texts() == [commands.OPTED_OUT.en], "nothing of the story, before or after"


async def test_who_asks_for_a_human_and_goes_on_is_heard_by_the_human(tmp_path: Path, postgres: str) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo), postgres=postgres) as system:
        await system.receive(["ana", 1, "human"], ["ana", 2, "it is urgent"])
        assert await ends(system) == ["command", "handed_to_human"]
        assert await modes(system) == ["human"]


async def test_a_stopped_answer_ends_at_once_and_what_comes_next_has_its_own(
    tmp_path: Path, postgres: str
) -> None:
    engine = ScriptedEngine(script=echo)
    async with running(tmp_path, engine, postgres=postgres) as system:
        engine.hold()
        await system.receive(["ana", 1, "a long story"])
        await engine.until_asked(1)
        stop = StopPressed(address=ANA, at=datetime.now(UTC))
        await asyncio.gather(
            system.acceptor.submit([stop]), system.receive(["ana", 2, "another thing"])
        )  # in one commit: the turn learns of both at once
        await engine.until_asked(2)
        assert engine.running == 1, "the stopped answer takes nobody's time any more"
        await asyncio.sleep(0.1)
        assert len(engine.asked) == 2, "and does not begin again"
        engine.release()
        assert await ends(system) == ["command", "answered"]
        assert system.post.texts() == ["You said: another thing"]


def from_phone_or_id(number: int) -> MessageReceived:
    """One person; every other time the platform hides their number."""
    both = (Alias(kind="phone", value="34600"), Alias(kind="bsuid", value="ES.134"))
    known = both if number % 2 else both[1:]
    return MessageReceived(
        address=Address(channel="post", account="office", peer=known[0].value),
        sender=Sender(external_id=known[0].value, aliases=known),
        external_id=f"m{number}",
        sent_at=datetime.now(UTC),
        parts=(Text(text=f"line {number}"),),
    )


async def test_a_conversation_that_moves_while_it_is_answered_stays_one(
    tmp_path: Path, postgres: str
) -> None:
    engine = ScriptedEngine(script=echo, delay=0.01)
    async with running(tmp_path, engine, postgres=postgres) as system:
        other = Acceptor(system.database, system.bus, system.clock, _rules(system.settings, system.channels))
        second = system.new_worker("second")
        other.start()
        second.start()
        await system.acceptor.submit([from_phone_or_id(1)])
        for number in range(2, 14, 4):
            batches = [from_phone_or_id(number + step) for step in range(4)]
            await asyncio.gather(
                system.acceptor.submit(batches[:2]), other.submit(batches[2:]), other.submit(batches[:1])
            )
            await asyncio.sleep(0.1)
        found = await system.until_settled()
        await second.close(grace=1.0)
        await other.close()
        heard = [row for row in found if row.direction == "in"]
        assert {row.outcome for row in heard} <= {"answered", "coalesced"} and len(heard) == 13
        assert len(await modes(system)) == 1 and engine.most_running == 1
        assert len(system.post.sent) == len(set(system.post.attempts))


async def test_who_opted_out_hears_no_apology_for_a_turn_that_crashed(tmp_path: Path, postgres: str) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo), postgres=postgres, work=False) as system:
        await system.receive(["ana", 1, "hello"])
        state = update(conversations).values(mode="opted_out", crashes=system.settings.max_crashes)
        await system.database.write(lambda connection: connection.execute(state).rowcount)
        system.worker.start()
        assert await ends(system) == ["dead"]
        await system.worker.close(grace=1.0)
        assert system.post.attempts == []


async def test_of_messages_that_crashed_before_a_worker_answers_one_at_a_time(
    tmp_path: Path, postgres: str
) -> None:
    """A message that kills its worker must not bring down the same neighbours again and again."""
    engine = ScriptedEngine(script=echo)
    async with running(tmp_path, engine, postgres=postgres, work=False) as system:
        await system.receive(["ana", 1, "hello"], ["ben", 2, "hello"], ["eva", 3, "hello"])
        for peer, crashes in (("ana", 3), ("ben", 2)):
            await system.database.write(crashed, peer, crashes)
        engine.hold()
        system.worker.start()
        try:
            await engine.until_asked(2)
            await asyncio.sleep(1.2)
            assert len(engine.asked) == 2
            async with asyncio.timeout(
                10
            ):  # ana waits, and it costs her nothing but for the moment of a look
                while await crashes_of(system) != {"ana": 3, "ben": 3, "eva": 1}:
                    await asyncio.sleep(0.02)
            engine.release()
            assert await ends(system) == ["answered", "answered", "answered"]
        finally:
            await system.worker.close(grace=1.0)


def crashed(connection: Connection, peer: str, times: int) -> None:
    connection.execute(update(conversations).where(conversations.c.peer == peer).values(crashes=times))


async def crashes_of(system: System) -> dict[str, int]:
    statement = select(conversations.c.peer, conversations.c.crashes)
    return await system.database.read(
        lambda connection: {row.peer: row.crashes for row in connection.execute(statement)}
    )
