"""Trials: run beside the turns, a few at once, touching no conversation and sending nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from assistant.errors import EngineError
from assistant.store import trials
from assistant.store.trials import TRIALS_BELL, Trial
from assistant.trials import AT_ONCE
from assistant.types import Lane, Prompt, Role, Sampling, Slot, SlotKind, Turn
from tests.scripted import ScriptedEngine

from .system import System, echo, running


def prompt(text: str = "hello") -> Prompt:
    return Prompt(
        slots=(Slot(kind=SlotKind.PERSONA, text="Be kind."),), turns=(Turn(role=Role.USER, text=text),)
    )


async def ask(system: System, text: str = "hello", **more: Any) -> int:
    values: dict[str, Any] = {"kind": "draft", "prompt": prompt(text), "sampling": Sampling(), "staff": None}
    made = await system.database.write(trials.ask, **(values | more), now=system.clock.now())
    await system.bus.ring(TRIALS_BELL)
    return made


async def ended(system: System, trial: int) -> Trial:
    async with asyncio.timeout(20):
        while (found := await system.database.read(trials.get, trial)) is None or found.open:
            await asyncio.sleep(0.01)
    return found


async def test_a_trial_is_run_and_nobody_is_sent_anything(tmp_path: Path) -> None:
    engine = ScriptedEngine(script=echo)
    async with running(tmp_path, engine) as system:
        found = await ended(system, await ask(system))
        assert found.answer == "You said: hello" and found.usage is not None
        assert (found.usage.finish, found.usage.model) == ("stop", "scripted") and found.usage.completion
        assert engine.last.conversation is None and engine.last.fork_of is None
        assert engine.last.lane is Lane.LIVE and engine.last.deadline is not None
        assert await system.rows() == [] and await system.parts() == [] and system.post.texts() == []


async def test_a_trial_that_fails_says_why_and_the_next_one_runs(tmp_path: Path) -> None:
    engine = ScriptedEngine(script=[EngineError("scripted"), "fine"])
    async with running(tmp_path, engine) as system:
        first = await ended(system, await ask(system))
        assert (first.state, first.error, first.answer) == ("failed", "engine", None)
        assert (await ended(system, await ask(system))).answer == "fine"


async def test_a_prompt_that_does_not_fit_fails_with_its_code(tmp_path: Path) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo, context=40)) as system:
        found = await ended(system, await ask(system, "word " * 100))
        assert found.error == "context_too_long"


async def test_few_trials_run_at_once_and_people_are_answered_meanwhile(tmp_path: Path) -> None:
    engine = ScriptedEngine(script=echo)
    async with running(tmp_path, engine) as system:
        engine.hold()
        asked = [await ask(system, f"trial {number}") for number in range(AT_ONCE + 2)]
        await engine.until_asked(AT_ONCE)
        await system.receive(["ana", 1, "a person"])
        await engine.until_asked(AT_ONCE + 1)
        assert [one.conversation for one in engine.asked].count(None) == AT_ONCE
        engine.release()
        await system.until_settled()
        for trial in asked:
            assert (await ended(system, trial)).state == "done"
        assert len([one for one in engine.asked if one.conversation is None]) == len(asked)


async def test_a_worker_that_stops_gives_its_trials_back(tmp_path: Path) -> None:
    engine = ScriptedEngine(script=echo)
    async with running(tmp_path, engine) as system:
        engine.hold()
        trial = await ask(system)
        await engine.until_asked()
        await system.worker.close(grace=0.1)
        found = await system.database.read(trials.get, trial)
        assert found is not None and found.state == "waiting"
        engine.release()
        system.worker = system.new_worker("another")
        system.worker.start()
        assert (await ended(system, trial)).answer == "You said: hello"


async def test_tools_are_told_and_never_run(tmp_path: Path) -> None:
    call = '{"name": "calculate", "parameters": {"expression": "6*7"}}'
    async with running(tmp_path, ScriptedEngine(script=lambda _: call)) as system:
        found = await ended(system, await ask(system))
        assert found.answer == "" and found.usage is not None and found.usage.wanted == ("calculate",)
        assert len(system.engine.asked) == 1  # type: ignore[attr-defined]
