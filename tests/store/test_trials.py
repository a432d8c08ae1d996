"""Trials in the store: one worker has each, what is lost ends, nothing is lost of a prompt, old ones go."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from assistant.errors import Overloaded
from assistant.store import audit, models, people, trials
from assistant.store.database import Database
from assistant.store.trials import TrialState, TrialUsage
from assistant.types import Prompt, Role, Sampling, Slot, SlotKind, ToolCall, ToolSpec, Turn

from .made import accepted, at, wrote

LEASE = timedelta(seconds=150)
CLOCK = ToolSpec(name="get_time", description="The time.", schema={"type": "object"})
PROMPT = Prompt(
    slots=tuple(Slot(kind=kind, text="Be kind." if kind is SlotKind.PERSONA else "") for kind in SlotKind),
    turns=(
        Turn(role=Role.USER, text="Que horas são? 🕐 <|eot_id|>"),
        Turn(
            role=Role.ASSISTANT,
            text="",
            calls=(ToolCall(name="get_time", arguments={"city": "Recife"}, id="1"),),
        ),
        Turn(role=Role.TOOL, text="12:00"),
    ),
    tools=(CLOCK,),
)
SAMPLING = Sampling(max_tokens=64, temperature=0.2, top_p=0.5, stop=("x",), seed=7)


async def ask(database: Database, seconds: float = 0.0, **more: Any) -> int:
    values: dict[str, Any] = {"kind": "replay", "prompt": PROMPT, "sampling": SAMPLING, "staff": None}
    return await database.write(trials.ask, **(values | more), now=at(seconds))


async def test_a_trial_comes_back_as_it_was_asked_and_is_on_record(database: Database) -> None:
    made = await ask(database)
    found = await database.read(trials.get, made)
    assert found is not None and found.open
    assert (found.prompt, found.sampling, found.answer, found.usage) == (PROMPT, SAMPLING, None, None)
    [entry] = await database.read(audit.newest)
    assert (entry.action, entry.target) == ("trial.asked", f"trial:{made}")
    assert "horas" not in str(entry.detail) and entry.detail == {"kind": "replay", "conversation": None}


async def test_of_many_workers_each_trial_is_had_by_one_and_the_oldest_goes_first(database: Database) -> None:
    asked = [await ask(database, number) for number in range(5)]
    taken = await asyncio.gather(
        *(database.write(trials.claim, f"worker {number}", at(10), LEASE) for number in range(8))
    )
    assert sorted(trial.id for trial in taken if trial is not None) == asked
    assert await database.write(trials.claim, "late", at(11), LEASE) is None
    assert await database.write(trials.release, asked[1], "somebody else") is False


async def test_only_its_owner_ends_a_trial_and_only_once(database: Database) -> None:
    made = await ask(database)
    await database.write(trials.claim, "worker", at(1), LEASE)
    usage = TrialUsage(prompt=9, cached=3, completion=2, finish="stop", took_ms=12.5, wanted=("get_time",))
    end: dict[str, Any] = {"answer": "olá", "usage": usage, "now": at(2)}
    assert not await database.write(trials.finish, made, "another", **end)
    assert await database.write(trials.finish, made, "worker", **end)
    assert not await database.write(trials.fail, made, "worker", error="engine", now=at(3))
    found = await database.read(trials.get, made)
    assert found is not None
    assert (found.state, found.answer, found.usage, found.ended_at) == (
        TrialState.DONE,
        "olá",
        usage,
        at(2),
    )


async def test_what_a_worker_that_died_had_fails_and_is_not_run_again(database: Database) -> None:
    made = await ask(database)
    await database.write(trials.claim, "worker", at(1), LEASE)
    assert await database.write(trials.claim, "another", at(100), LEASE) is None
    assert await database.write(trials.claim, "another", at(200), LEASE) is None
    found = await database.read(trials.get, made)
    assert found is not None and (found.state, found.error) == (TrialState.FAILED, trials.LOST)
    assert not await database.read(trials.waits)


async def test_what_no_worker_had_time_for_fails_and_what_is_given_back_runs_elsewhere(
    database: Database,
) -> None:
    late = await ask(database)
    back = await ask(database, 700)
    first = await database.write(trials.claim, "worker", at(701), LEASE)
    assert first is not None and first.id == back
    found = await database.read(trials.get, late)
    assert found is not None and found.error == trials.LATE
    assert await database.write(trials.release, back, "worker")
    again = await database.write(trials.claim, "another", at(702), LEASE)
    assert again is not None and again.id == back


async def test_more_than_can_be_run_soon_are_refused(database: Database) -> None:
    for number in range(trials.MOST_OPEN):
        await ask(database, number)
    with pytest.raises(Overloaded):
        await ask(database, 60)


async def test_after_seven_days_trials_are_gone_and_younger_ones_stay(database: Database) -> None:
    await ask(database)
    young = await ask(database, 3600)
    assert await database.write(trials.sweep, at(7 * 24 * 3600 + 60)) == 1
    left = await database.read(
        lambda connection: list(connection.execute(select(models.trials.c.id)).scalars())
    )
    assert left == [young]


async def test_what_is_forgotten_in_a_conversation_is_in_no_trial(database: Database) -> None:
    await accepted(database, wrote(1, "secret"))
    made = await ask(database, conversation=1, turn=3)
    assert [trial.id for trial in await database.read(trials.of_turn, 1, 3)] == [made]
    await database.write(people.forget, 1, 1)
    assert await database.read(trials.get, made) is None


def test_the_prompt_of_a_trace_is_read_with_the_tools_that_are_still_there() -> None:
    trace = {
        "slots": {"persona": "Be kind."},
        "tools": ["get_time", "gone"],
        "turns": [{"role": "user", "text": "hi"}],
        "cut": False,
    }
    read = trials.load_prompt(trace, {"get_time": CLOCK})
    assert read == replace(PROMPT, turns=(Turn(role=Role.USER, text="hi"),))
    assert trials.load_sampling({"max_tokens": 5, "temperature": 0.1, "top_p": 1.0}) == Sampling(
        max_tokens=5, temperature=0.1, top_p=1.0
    )


def test_what_databases_refuse_in_a_text_does_not_keep_a_trial_from_being_asked() -> None:
    odd = Prompt(slots=(), turns=(Turn(role=Role.USER, text="a\x00b\ud800"),))
    assert trials.load_prompt(trials.dump_prompt(odd)).turns[0].text == "ab?"
