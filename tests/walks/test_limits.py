"""What one person may cost, and how two programs that talk to one another are stopped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from assistant import commands, policy
from assistant.store import usage
from assistant.store.database import Database
from assistant.store.models import conversations
from assistant.store.models import usage as usage_table
from assistant.store.standing import Exchanged, standing
from assistant.types import Audience, Author, Capabilities, Outcome, Unit
from tests.scripted import ScriptedEngine as Model
from tests.store.conftest import database, kind, migrated_url
from tests.store.made import NOW, accepted, answer, at, take, wrote

from .system import System, echo, running

__all__ = ["database", "kind", "migrated_url"]


async def _said(system: System, number: int, text: str) -> Any:
    await system.receive(["ana", number, text])
    return (await system.until_settled())[-1]


# --- tokens of a day -------------------------------------------------------------------------------------


async def test_who_used_up_the_day_is_told_once_and_answered_again_tomorrow(tmp_path: Path) -> None:
    model = Model(echo)
    async with running(tmp_path, model, tokens_per_day=1) as system:
        assert (await _said(system, 1, "hello")).author == "assistant"
        asked = len(model.asked)
        told = await _said(system, 2, "and now?")
        assert (told.author, system.post.texts()[-1]) == ("system", commands.SPENT.en)
        await system.receive(["ana", 3, "really?"])
        rows = await system.until_settled()
        assert len(model.asked) == asked and system.post.texts().count(commands.SPENT.en) == 1
        outcomes = {
            row.external_id: (row.outcome, row.outcome_reason) for row in rows if row.direction == "in"
        }
        assert outcomes["ana-3"][0] == "quota" and "tokens today; the limit is 1" in outcomes["ana-3"][1]

        def yesterday(connection: Connection) -> None:
            connection.execute(update(usage_table).values(day="2026-01-01"))

        await system.database.write(yesterday)
        assert (await _said(system, 4, "good morning")).author == "assistant"


async def test_orders_are_obeyed_when_the_day_is_used_up(tmp_path: Path) -> None:
    async with running(tmp_path, Model(echo), tokens_per_day=1) as system:
        await _said(system, 1, "hello")
        assert (await _said(system, 2, "/human")).author == "system"
        assert system.post.texts()[-1] == commands.ANSWERS[commands.Command.HUMAN].en


async def test_only_what_was_computed_is_counted(tmp_path: Path) -> None:
    async with running(tmp_path, Model(echo)) as system:
        await _said(system, 1, "hello")
        [used] = await system.database.read(
            lambda connection: connection.execute(select(usage_table)).mappings().all()
        )
        assert used["kind"] == usage.TOKENS and used["amount"] > 0


async def test_a_day_adds_up_by_kind_and_ends_at_midnight(database: Database) -> None:
    await accepted(database, wrote(1))
    claimed = await take(database, 5)
    for amount in (5, 7):
        await database.write(usage.spend, claimed.person, at(0), {usage.TOKENS: amount, usage.TOLD: 1})
    assert await database.read(usage.spent, claimed.person, at(0)) == {usage.TOKENS: 12, usage.TOLD: 2}
    assert await database.read(usage.spent, claimed.person, NOW + timedelta(hours=12)) == {}
    assert await database.write(usage.sweep, NOW + timedelta(days=59)) == 0
    assert await database.write(usage.sweep, NOW + timedelta(days=62)) == 2


# --- how much was written lately -------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [2, 1000])
async def test_messages_of_the_last_minute_count_over_all_conversations_of_a_person(
    database: Database, limit: int
) -> None:
    await accepted(database, wrote(1), wrote(2), seconds=0)
    await accepted(database, wrote(3), wrote(4, peer="ben"), seconds=50)
    claimed = await take(database, 60)

    def shared(connection: Connection) -> None:
        connection.execute(update(conversations).values(person=claimed.person))

    await database.write(shared)
    for now, expected in ((55.0, 4), (70.0, 2), (200.0, 0)):
        found = await database.read(
            standing, claimed.person, claimed.conversation, at(now), at(now - 60), limit
        )
        assert found.recent == expected


# --- another bot -----------------------------------------------------------------------------------------


def _talk(*messages: tuple[Author, float, str]) -> list[Exchanged]:
    return [Exchanged(author=author, at=at(seconds), text=text) for author, seconds, text in messages]


def _pairs(texts: Sequence[str], every: float = 20.0, after: float = 3.0) -> list[Exchanged]:
    """Answers of ours, each followed by one of these texts; the last one has just come."""
    said = []
    for number, text in enumerate(texts):
        said.append((Author.ASSISTANT, number * every, "our answer"))
        said.append((Author.PERSON, number * every + after, text))
    return _talk(*said)


SORRY = "We are closed at the moment. Your ticket is {}."


@pytest.mark.parametrize(
    ("texts", "after", "loop"),
    [
        ([SORRY.format(number) for number in range(5)], 3.0, True),
        ([SORRY.format(number) for number in range(4)], 3.0, False),
        ([SORRY.format(number) for number in range(5)], 16.0, False),
        (["ok"] * 9, 3.0, False),
        (
            ["tell me a joke", "another one please", "why is that funny", "a longer one", "thanks a lot"],
            3.0,
            False,
        ),
        (["what is the weather in Lisbon"] * 4 + ["I want to talk to somebody else"], 3.0, False),
    ],
)
def test_texts_that_come_back_at_once_and_say_the_same_are_a_bots(
    texts: list[str], after: float, loop: bool
) -> None:
    talk = _pairs(texts, after=after)
    assert policy.is_loop(talk, talk[-1].at, 20) is loop


def test_staff_in_between_mean_that_people_are_here() -> None:
    talk = _pairs([SORRY.format(number) for number in range(5)])
    talk.insert(5, Exchanged(author=Author.STAFF, at=talk[4].at, text="hello, Grace here"))
    assert not policy.is_loop(talk, talk[-1].at, 20)


def test_twenty_answers_in_two_minutes_are_no_persons_pace() -> None:
    talk = _talk(*((Author.ASSISTANT, number * 6.0, "x") for number in range(20)))
    assert policy.is_loop(talk, at(119), 20)
    assert not policy.is_loop(talk, at(121), 20)
    assert not policy.is_loop(talk[:19], at(114), 20)
    assert not policy.is_loop(talk, at(119), 0), "0 turns it off"


@pytest.mark.parametrize("audience", [Audience.GROUP, Audience.PUBLIC])
def test_where_many_write_a_quick_talk_is_no_loop(audience: Audience) -> None:
    talk = _talk(*((Author.ASSISTANT, number * 1.0, "x") for number in range(40)))
    here = policy.Circumstances(
        now=at(40),
        caps=Capabilities(text_limit=100, text_unit=Unit.CODEPOINTS),
        window_until=None,
        recent=1,
        messages_per_minute=30,
        audience=audience,
        lately=talk,
        bot_loop_turns=20,
    )
    assert policy.judge(here) is None


async def test_a_conversation_with_another_bot_is_paused_and_shown_with_its_reason(tmp_path: Path) -> None:
    model = Model(echo)
    async with running(tmp_path, model, bot_loop_turns=3) as system:
        for number in range(3):
            await _said(system, number, f"message {number} of many")
        await system.receive(["ana", 9, "and another one"])
        rows = await system.until_settled()
        assert (rows[-1].outcome, rows[-1].outcome_reason) == (Outcome.BLOCKED, policy.ANOTHER_BOT)
        assert len(model.asked) == 3
        await system.receive(["ana", 10, "still here"])
        rows = await system.until_settled()
        assert (rows[-1].outcome, len(model.asked)) == (Outcome.HANDED_TO_HUMAN, 3)
        [row] = await system.database.read(
            lambda connection: connection.execute(select(conversations)).mappings().all()
        )
        assert (row["mode"], row["mode_reason"]) == ("paused", policy.ANOTHER_BOT)


async def test_what_was_looked_at_by_staff_no_longer_speaks_for_a_bot(database: Database) -> None:
    for number in range(4):
        await accepted(database, wrote(number), seconds=number * 10)
        await answer(database, await take(database, number * 10 + 5), seconds=number * 10 + 6)
    await accepted(database, wrote(9), seconds=50)
    claimed = await take(database, 55)
    read = (standing, claimed.person, claimed.conversation, at(55), at(0), 30)
    assert [one.author for one in (await database.read(*read)).lately] == ["person", "assistant"] * 4 + [
        "person"
    ]

    def seen(connection: Connection) -> None:
        connection.execute(update(conversations).values(watched_from_seq=8))

    await database.write(seen)
    assert [one.author for one in (await database.read(*read)).lately] == ["person"]
