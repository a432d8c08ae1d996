"""A typed async function with a docstring is a tool; whatever the model writes ends in a sentence."""

from __future__ import annotations

import asyncio
from typing import Literal

import pytest

from assistant.errors import ToolError, ToolRefused, ToolTimeout
from assistant.tool import Caller, Effect, Tool, as_result
from assistant.tools import builtin
from assistant.types import Audience, ToolSpec

CALLER = Caller(person="p", conversation="c", zone="Europe/Lisbon")


async def greet(
    caller: Caller, name: str, times: int = 1, tone: Literal["warm", "cold"] | None = None
) -> str:
    """Say hello
    to somebody.

    This paragraph is for programmers.
    """
    return f"{caller.zone} {name} {times} {tone}"


def test_the_signature_and_docstring_are_what_the_model_reads() -> None:
    tool = Tool.of(greet)
    assert tool.spec == ToolSpec(
        name="greet",
        description="Say hello to somebody.",
        schema={
            "type": "object",
            "properties": {
                "name": {"type": "string"},
                "times": {"type": "integer", "default": 1},
                "tone": {"type": "string", "enum": ["warm", "cold"]},
            },
            "required": ["name"],
            "additionalProperties": False,
        },
    )
    assert (tool.effect, tool.audience) == (Effect.READ, (Audience.PRIVATE, Audience.GROUP, Audience.PUBLIC))


async def test_the_caller_reaches_the_function_and_the_model_cannot_set_it() -> None:
    tool = Tool.of(greet)
    assert await tool.run({"name": "Ana", "times": "2"}, CALLER) == "Europe/Lisbon Ana 2 None"
    with pytest.raises(ToolRefused, match="it takes name, times, tone"):
        await tool.run({"name": "Ana", "caller": {"person": "other"}}, CALLER)


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        ({}, "greet needs name."),
        ({"name": "Ana", "nmae": 1}, "greet has no such argument; it takes name, times, tone."),
        ({"name": ["secret words"]}, "name: input should be a valid string."),
        (
            {"name": "Ana", "times": "many"},
            "times: input should be a valid integer, unable to parse string as an integer.",
        ),
        ({"name": "Ana", "tone": "rude"}, "tone: input should be 'warm' or 'cold'."),
    ],
)
async def test_wrong_arguments_are_refused_in_one_sentence(
    arguments: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ToolRefused) as caught:
        await Tool.of(greet).run(arguments, CALLER)
    assert str(caught.value) == sentence
    assert as_result(caught.value) == f"error: {sentence}"


async def test_a_slow_tool_times_out() -> None:
    async def sleep() -> str:
        """Sleep."""
        await asyncio.sleep(10)
        return "never"

    with pytest.raises(ToolTimeout, match=r"^sleep took longer than 0.01 seconds\.$"):
        await Tool.of(sleep, timeout=0.01).run({}, CALLER)


async def test_a_broken_tool_shows_the_model_no_internals(caplog: pytest.LogCaptureFixture) -> None:
    async def broken() -> str:
        """Break."""
        raise RuntimeError("password is hunter2")

    with pytest.raises(ToolError) as caught:
        await Tool.of(broken).run({}, CALLER)
    assert as_result(caught.value) == "error: broken failed."
    assert caplog.records[0].kind == "RuntimeError"  # type: ignore[attr-defined]
    assert "hunter2" not in caplog.records[0].getMessage()


async def test_a_long_result_is_cut() -> None:
    async def talk() -> str:
        """Talk."""
        return "x" * 100

    assert await Tool.of(talk, result_limit=10).run({}, CALLER) == "xxxxxxxxx…"


def test_functions_that_are_no_tools_are_refused_at_once() -> None:
    def sync() -> str:
        """Not async."""
        return ""

    async def silent() -> str:
        return ""

    async def untyped(thing) -> str:  # type: ignore[no-untyped-def]
        """Takes anything."""
        return str(thing)

    async def many(*things: str) -> str:
        """Takes many."""
        return ""

    for function in (sync, silent, untyped, many):
        with pytest.raises(TypeError, match=function.__name__):
            Tool.of(function)  # type: ignore[arg-type]


def test_the_builtin_tools() -> None:
    tools = builtin()
    assert list(tools) == ["get_time", "calculate"]
    assert "caller" not in str(tools["get_time"].schema)
    assert tools["get_time"].schema.get("required") is None
    assert tools["calculate"].schema["required"] == ["expression"]
