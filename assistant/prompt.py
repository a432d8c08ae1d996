"""What the model sees: slots in a fixed order, then the history, in a window that moves in steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .engine import Engine
from .errors import ContextTooLong
from .store.messages import Said
from .store.parts import plain_text
from .types import Author, Prompt, Role, Slot, SlotKind, ToolSpec, Turn

START_OVER = 0.75  # of the budget: from here on the window moves
START_AT = 0.40  # of the budget: so much history it keeps then


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything a prompt is made of. `newest` are the texts of the messages that one answer shall answer."""

    persona: str
    safety: str
    hint: str
    summary: str | None
    history: Sequence[Said]
    newest: Sequence[str]
    tools: tuple[ToolSpec, ...]
    max_tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A prompt that fits; `window_from_seq` when the window moved: history up to there is no longer told."""

    prompt: Prompt
    max_tokens: int
    window_from_seq: int | None = None
    cut: bool = False


async def build(material: Material, engine: Engine) -> Built:
    """Fit the material into the model's context.

    The window restarts at 40 % of the budget when it reaches 75 %: one that slid with every turn would make the
    kept K/V worthless. A newest message that is too long by itself loses its middle. Raises ContextTooLong when even
    the slots do not fit.
    """
    context = engine.facts.context
    max_tokens = min(material.max_tokens, max(16, context // 4))
    budget = context - max_tokens
    turns = _history(material.history)
    if (
        await _size(engine, assemble(material, [turn for _, turn in turns]), budget * START_OVER)
        <= budget * START_OVER
    ):
        return Built(prompt=assemble(material, [turn for _, turn in turns]), max_tokens=max_tokens)
    low, high = 0, len(turns)  # the fewest turns to drop
    while low < high:
        middle = (low + high) // 2
        candidate = assemble(material, [turn for _, turn in turns[middle:]])
        if await engine.count(candidate) <= budget * START_AT:
            high = middle
        else:
            low = middle + 1
    kept = turns[low:]
    while kept and kept[0][1].role is not Role.USER:
        kept = kept[1:]
    prompt = assemble(material, [turn for _, turn in kept])
    from_seq = (kept[0][0] - 1) if kept else (turns[-1][0] if turns else None)
    if await engine.count(prompt) <= budget:
        return Built(prompt=prompt, max_tokens=max_tokens, window_from_seq=from_seq)
    return Built(
        prompt=await _cut_newest(material, engine, budget),
        max_tokens=max_tokens,
        window_from_seq=from_seq,
        cut=True,
    )


def assemble(material: Material, history: Sequence[Turn]) -> Prompt:
    """The prompt of this material with this much history."""
    slots = [
        Slot(kind=SlotKind.PERSONA, text=material.persona),
        Slot(kind=SlotKind.SAFETY, text=material.safety),
        Slot(kind=SlotKind.TOOLS, text=""),
        Slot(kind=SlotKind.HINT, text=material.hint),
        Slot(kind=SlotKind.SUMMARY, text=material.summary or ""),
    ]
    newest = Turn(role=Role.USER, text="\n".join(material.newest))
    return Prompt(slots=tuple(slots), turns=(*merged([*history, newest]),), tools=material.tools)


def merged(turns: Sequence[Turn]) -> list[Turn]:
    """Neighbours of one role become one turn: models are trained on turns that alternate."""
    result: list[Turn] = []
    for turn in turns:
        if result and result[-1].role is turn.role and turn.role is not Role.TOOL and not result[-1].calls:
            result[-1] = Turn(role=turn.role, text=f"{result[-1].text}\n{turn.text}", calls=turn.calls)
        else:
            result.append(turn)
    return result


def stored(built: Built) -> dict[str, Any]:
    """The prompt as the trace keeps it: by slots, so that staff can see what each of them said."""
    return {
        "slots": {slot.kind.value: slot.text for slot in built.prompt.slots if slot.text},
        "tools": [tool.name for tool in built.prompt.tools],
        "turns": [{"role": turn.role.value, "text": turn.text} for turn in built.prompt.turns],
        "cut": built.cut,
    }


def _history(said: Sequence[Said]) -> list[tuple[int, Turn]]:
    turns = []
    for message in said:
        role = Role.USER if message.author is Author.PERSON else Role.ASSISTANT
        text = plain_text(message.parts)
        if text:
            turns.append((message.seq, Turn(role=role, text=text)))
    return turns


async def _size(engine: Engine, prompt: Prompt, enough: float) -> int:
    """Tokens of a prompt, or its bytes where those already show that it is small: a token is at least one byte."""
    size = sum(len(slot.text.encode()) for slot in prompt.slots)
    size += sum(len(turn.text.encode()) + 8 for turn in prompt.turns)
    size += sum(len(tool.name) + len(tool.description) + len(str(tool.schema)) for tool in prompt.tools) + 64
    return size if size <= enough else await engine.count(prompt)


async def _cut_newest(material: Material, engine: Engine, budget: int) -> Prompt:
    """The prompt without history, the newest message losing as little of its middle as will do."""
    text = "\n".join(material.newest)
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if await engine.count(_with(material, _without_middle(text, middle))) <= budget:
            low = middle
        else:
            high = middle - 1
    if low == 0:
        prompt = _with(material, "")
        raise ContextTooLong(tokens=await engine.count(prompt), limit=budget)
    return _with(material, _without_middle(text, low))


def _with(material: Material, text: str) -> Prompt:
    prompt = assemble(material, [])
    return Prompt(slots=prompt.slots, turns=(Turn(role=Role.USER, text=text),), tools=prompt.tools)


def _without_middle(text: str, keep: int) -> str:
    if keep >= len(text):
        return text
    head = keep * 2 // 3
    return text[:head] + " […] " + text[len(text) - (keep - head) :]
