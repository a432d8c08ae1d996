"""The prompt: slots in order, history in steps, nothing over the budget."""

from __future__ import annotations

import pytest

from assistant.errors import ContextTooLong
from assistant.prompt import START_AT, START_OVER, Material, build, stored
from assistant.store.messages import Said
from assistant.types import Author, Role, SlotKind, Text, ToolSpec
from tests.scripted import ScriptedEngine as Model

TOOL = ToolSpec(name="get_time", description="The time.", schema={})


def _material(
    turns: int = 0, words: int = 8, newest: str = "and now?", persona: str = "You are Ada."
) -> Material:
    said = []
    for number in range(turns):
        author = Author.PERSON if number % 2 == 0 else Author.ASSISTANT
        said.append(
            Said(seq=number + 1, author=author, parts=(Text(text=f"{number} " + "word " * (words - 1)),))
        )
    return Material(
        persona=persona,
        safety="Be safe.",
        hint="The person writes letters.",
        summary=None,
        history=said,
        newest=[newest],
        tools=(TOOL,),
        max_tokens=100,
    )


async def test_slots_come_in_the_fixed_order_and_empty_ones_leave_no_trace() -> None:
    built = await build(_material(), Model())
    assert [slot.kind for slot in built.prompt.slots] == [
        SlotKind.PERSONA,
        SlotKind.SAFETY,
        SlotKind.TOOLS,
        SlotKind.HINT,
        SlotKind.SUMMARY,
    ]
    assert set(stored(built)["slots"]) == {"persona", "safety", "hint"}
    assert built.prompt.tools == (TOOL,)


async def test_neighbours_of_one_role_become_one_turn() -> None:
    material = _material(turns=3)
    built = await build(material, Model())
    assert [turn.role for turn in built.prompt.turns] == [Role.USER, Role.ASSISTANT, Role.USER]
    assert built.prompt.turns[-1].text.endswith("and now?")


async def test_the_window_moves_in_steps_not_with_every_turn() -> None:
    model = Model(context=400)
    budget = 400 - 100
    material = _material(turns=0)
    starts, window = [], 0
    for turns in range(120):
        full = _material(turns=turns)
        material = Material(**{**_fields(full), "history": [one for one in full.history if one.seq > window]})
        built = await build(material, model)
        size = await model.count(built.prompt)
        assert size <= budget * START_OVER
        if built.window_from_seq is not None:
            assert built.window_from_seq > window
            window = built.window_from_seq
            starts.append(turns)
            assert size <= budget * START_AT + 20
            assert built.prompt.turns[0].role is Role.USER
    assert 2 <= len(starts) <= 12


async def test_a_message_longer_than_the_context_loses_its_middle_and_nothing_else() -> None:
    model = Model(context=200)
    text = "first " + "word " * 1000 + "last"
    built = await build(_material(turns=4, newest=text), model)
    assert built.cut and len(built.prompt.turns) == 1
    newest = built.prompt.turns[0].text
    assert newest.startswith("first ") and newest.endswith("last") and "[…]" in newest
    assert await model.count(built.prompt) <= 200 - built.max_tokens


async def test_a_persona_longer_than_the_context_is_a_clear_error() -> None:
    with pytest.raises(ContextTooLong, match="the prompt has"):
        await build(_material(persona="word " * 500), Model(context=200))


def _fields(material: Material) -> dict[str, object]:
    return {name: getattr(material, name) for name in Material.__slots__}
