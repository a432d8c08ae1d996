"""The rounds of an answer: what is run, what comes back to the model as an error, and when it ends honestly."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import select

from assistant import toolloop
from assistant.store.models import steps
from assistant.tool import Effect, Tool
from assistant.types import Prompt, Role
from tests.scripted import ScriptedEngine as Model

from .system import System, running


@dataclass
class Pad:
    """A tool that does something to the world: it writes down."""

    written: list[str]

    def tools(self, effect: Effect) -> Mapping[str, Tool]:
        async def note(text: str) -> str:
            """Write a text down."""
            self.written.append(text)
            return "written"

        return {"note": Tool.of(note, effect=effect)}


@pytest.fixture
def pad() -> Pad:
    return Pad([])


def with_tools(system: System, tools: Mapping[str, Tool]) -> None:
    """Give the answerer of a system these tools in place of its own, before anybody writes."""
    settings = system.settings.model_copy(update={"tools": list(tools)})
    answerer = system.worker._answerer
    answerer._loop = toolloop.ToolLoop(system.engine, tools, system.clock, settings)


def told(prompt: Prompt) -> list[str]:
    """What tools and errors said since the person wrote; an unreadable call has no result, so its error stands alone."""
    return [turn.text.strip("[]") for turn in prompt.turns[1:] if turn.role in (Role.TOOL, Role.USER)]


async def trace(system: System) -> list[tuple[str, str]]:
    statement = select(steps.c.name, steps.c.state).order_by(steps.c.id)
    return [tuple(row) for row in await system.database.read(lambda db: db.execute(statement).all())]


GOOD = '{"name": "note", "parameters": {"text": "milk"}}'
MENDED = "{'name': 'note', 'parameters': {'text': 'milk'}}"


@pytest.mark.parametrize("effect", [Effect.WRITE, Effect.PAY])
async def test_a_mended_call_may_read_but_changes_nothing(tmp_path: Path, pad: Pad, effect: Effect) -> None:
    script = [MENDED, GOOD, "Done."]
    async with running(tmp_path, Model(script)) as system:
        with_tools(system, pad.tools(effect))
        await system.receive(["ana", 1, "note milk"])
        await system.until_settled()
        model = system.engine
        assert isinstance(model, Model)
        refused, done = told(model.last.prompt)
        assert refused.startswith("error: the call was not well written") and done == "written"
        assert pad.written == ["milk"] and system.post.texts() == ["Done."]


async def test_a_mended_call_that_only_reads_is_run(tmp_path: Path, pad: Pad) -> None:
    async with running(tmp_path, Model([MENDED, "Done."])) as system:
        with_tools(system, pad.tools(Effect.READ))
        await system.receive(["ana", 1, "note milk"])
        await system.until_settled()
        assert pad.written == ["milk"] and system.post.texts() == ["Done."]


@pytest.mark.parametrize(
    ("said", "error", "state"),
    [
        ('{"name": "note", "parameters": {"text": ', "error: this call cannot be read", "unreadable"),
        ("<|python_tag|>print(1)", "error: code cannot be run here", "code"),
        ('{"name": "note", "parameters": {"text": "' + "x" * 21_000 + '"}}', "error: this call is too long", "too_long"),
        (GOOD.replace("milk", "milk " * 600), "error: this call was cut off", "cut"),
    ],
)  # fmt: skip
async def test_what_is_no_readable_call_comes_back_as_an_error_and_is_never_shown_or_run(
    tmp_path: Path, pad: Pad, said: str, error: str, state: str
) -> None:
    model = Model([said, "I could not."], context=8192)
    async with running(tmp_path, model) as system:
        with_tools(system, pad.tools(Effect.READ))
        await system.receive(["ana", 1, "note milk"])
        await system.until_settled()
        assert told(model.last.prompt)[0].startswith(error)
        assert pad.written == [] and system.post.texts() == ["I could not."]
        assert await trace(system) == [("", state)]


@pytest.mark.parametrize("bad", ['{"name": "launch", "parameters": {"n": %d}}', '{"name": "note", "parameters": {"n": %d}}',
                                 "[launch(n=%d", '{"name": "note", "parameters": {"text": %d'])  # fmt: skip
async def test_two_tries_fail_and_then_an_honest_sentence_follows(tmp_path: Path, pad: Pad, bad: str) -> None:
    count = iter(range(100))
    model = Model(lambda prompt: bad % next(count))
    async with running(tmp_path, model) as system:
        with_tools(system, pad.tools(Effect.READ))
        await system.receive(["ana", 1, "go"])
        rows = await system.until_settled()
        assert len(model.asked) == 3 and all(text.startswith("error: ") for text in told(model.last.prompt))
        assert [text[:34] for text in system.post.texts()] == ["Sorry, I tried to find that out an"]
        assert rows[0].outcome == "silent" and "tool calls" in rows[0].outcome_reason


async def test_a_call_that_was_made_before_is_not_made_again(tmp_path: Path, pad: Pad) -> None:
    model = Model([GOOD, GOOD, "It is written."])
    async with running(tmp_path, model) as system:
        with_tools(system, pad.tools(Effect.READ))
        await system.receive(["ana", 1, "note milk"])
        await system.until_settled()
        assert pad.written == ["milk"] and system.post.texts() == ["It is written."]
        assert told(model.last.prompt)[1].startswith("error: this was called before")


async def test_prose_before_a_call_is_shown_and_what_follows_stands_by_itself(
    tmp_path: Path, pad: Pad
) -> None:
    model = Model(["Let me write that down.\n\n" + GOOD + " Written!", "It is written."])
    async with running(tmp_path, model) as system:
        with_tools(system, pad.tools(Effect.READ))
        await system.receive(["ana", 1, "note milk"])
        await system.until_settled()
        assert system.post.texts() == ["Let me write that down.\n\nIt is written."]


async def test_the_prompt_of_every_round_begins_like_the_one_before(tmp_path: Path, pad: Pad) -> None:
    count = iter(range(100))
    model = Model(lambda prompt: GOOD.replace("milk", f"milk {next(count)}"))
    async with running(tmp_path, model) as system:
        with_tools(system, pad.tools(Effect.READ))
        await system.receive(["ana", 1, "note milk"])
        await system.until_settled()
        prompts = [asked.prompt for asked in model.asked]
        assert len(prompts) == toolloop.MAX_ROUNDS
        for earlier, later in itertools.pairwise(prompts):
            assert later.turns[: len(earlier.turns)] == earlier.turns
            assert replace(later, turns=()) == replace(earlier, turns=())


async def test_results_too_long_for_the_model_are_shortened_instead_of_losing_the_turn(
    tmp_path: Path,
) -> None:
    async def read_out() -> str:
        """Read a long list."""
        return "line " * 700

    model = Model(['{"name": "read_out", "parameters": {}}', "It is long."], context=500)
    async with running(tmp_path, model) as system:
        with_tools(system, {"read_out": Tool.of(read_out)})
        await system.receive(["ana", 1, "read it"])
        rows = await system.until_settled()
        assert system.post.texts() == ["It is long."] and rows[0].outcome == "answered"
        assert told(model.last.prompt)[0].endswith("… (the rest is too long)")
