"""What engine benches do through the Engine port: chats at once, turns of a conversation, a cancel, odd requests."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.engines.local.engine import LocalEngine
from assistant.errors import EngineDead
from assistant.types import Prompt, Role, Sampling, Slot, SlotKind, Turn

from .chats import SYSTEM_TOKENS, Chat, Words

TURNS: Final = 5
TURN_TOKENS: Final = 60
_ANSWER: Final = Sampling(temperature=0.0, max_tokens=12)


async def together(engine: LocalEngine, chats: Sequence[Chat]) -> list[str]:
    """All chats at once, greedy; their texts."""

    async def one(at: int, chat: Chat) -> str:
        sampling = Sampling(temperature=0.0, max_tokens=chat.new_tokens)
        return "".join(
            [delta.text async for delta in engine.generate(chat.prompt, sampling, request_id=str(at))]
        )

    return list(await asyncio.gather(*(one(at, chat) for at, chat in enumerate(chats))))


async def first_text(engine: LocalEngine, prompt: Prompt, conversation: str | None) -> tuple[float, str]:
    """Milliseconds to the first text, and the whole text."""
    started, first, text = time.perf_counter(), 0.0, ""
    async for delta in engine.generate(prompt, _ANSWER, request_id="turn", conversation=conversation):
        if delta.text and not first:
            first = (time.perf_counter() - started) * 1000
        text += delta.text
    return first, text


async def turns(engine: LocalEngine, words: Words, system: str, name: str) -> tuple[float, float, float]:
    """Milliseconds to the first text: of turn 1, of turn 5, and of turn 5 when nothing can be used again.

    Every message has as many tokens, and others have used the system prompt before: turn 1 computes as much that is
    new as turn 5. Nothing can be used again when the system prompt begins otherwise.
    """
    prompt = words.chat(system, TURN_TOKENS).prompt
    kept: list[float] = []
    for _ in range(TURNS):
        took, text = await first_text(engine, prompt, name)
        kept.append(took)
        last = prompt
        more = Turn(role=Role.ASSISTANT, text=text), Turn(role=Role.USER, text=words.text(TURN_TOKENS))
        prompt = replace(prompt, turns=prompt.turns + more)
    other = words.text(SYSTEM_TOKENS)
    anew, _ = await first_text(engine, replace(last, slots=(Slot(kind=SlotKind.PERSONA, text=other),)), None)
    return kept[0], kept[-1], anew


async def cancel(engine: LocalEngine, chats: Sequence[Chat], newcomer: Chat) -> int:
    """Steps from the moment one of `chats`, which fill every slot, is closed until one that waited is answered.

    The last of these steps is the newcomer's own. A step is seen as a text of the neighbour that wrote the most.
    """
    seen = [0] * len(chats)
    closing = asyncio.Event()

    async def stay(at: int, chat: Chat) -> None:
        answer = engine.generate(chat.prompt, replace(_ANSWER, max_tokens=400), request_id=f"full {at}")
        async with contextlib.aclosing(answer) as deltas:
            async for delta in deltas:
                seen[at] += bool(delta.text)
                if at == 0 and closing.is_set():
                    return

    async def first() -> None:
        answer = engine.generate(newcomer.prompt, replace(_ANSWER, max_tokens=1), request_id="newcomer")
        async for _ in answer:
            return

    running = [asyncio.create_task(stay(at, chat)) for at, chat in enumerate(chats)]
    try:
        while min(seen) < 2:
            await asyncio.sleep(0.01)
        waits = asyncio.create_task(first())
        await asyncio.sleep(0.2)
        closing.set()
        await running[0]
        before = list(seen)
        await waits
        return max(now - then for now, then in zip(seen, before, strict=True))
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def odd(engine: LocalEngine, chance: random.Random, system: str, requests: int) -> int:
    """Ask senseless things, three at a time under the same few names; how many engines died of it or do not answer."""
    strange = [float("nan"), float("inf"), float("-inf"), -1.0, 0.0, 1e-9, 5.0]
    dead = 0

    async def ask(at: int) -> None:
        nonlocal dead
        text = "".join(chance.choices("aé😀<|eot_id|>\x00 \n\ud800", k=chance.choice([0, 1, 30, 3000])))
        slots = (Slot(kind=SlotKind.PERSONA, text=chance.choice(["", system])),)
        said = (Turn(role=chance.choice(list(Role)), text=text),) * chance.choice([0, 1, 3])
        sampling = Sampling(
            temperature=chance.choice(strange),
            top_p=chance.choice(strange),
            top_k=chance.choice([-1, 0, 1, 2**40]),
            repetition_penalty=chance.choice(strange),
            seed=chance.choice([None, -1, 2**70]),
            stop=chance.choice([(), ("",), ("a" * 500, "\n")]),
            grammar=chance.choice([None, None, "", "{", "start: start"]),
            logprobs=chance.choice([0, -1, 10**6]),
            max_tokens=chance.choice([-1, 0, 1, 4, 10**9]) if len(text) < 100 else 4,
        )
        prompt = Prompt(slots=slots, turns=said)
        try:
            async for _ in engine.generate(prompt, sampling, request_id=f"odd {at % 4}", deadline=5.0):
                pass
        except EngineDead:
            dead += 1
        except Exception as error:  # every other answer is a refusal, which is what odd requests are due
            if not str(error):
                raise

    restarts = engine.stats().restarts
    for at in range(0, requests, 3):
        await asyncio.gather(*(ask(at + more) for more in range(3)))
    _, text = await first_text(engine, Prompt(slots=(), turns=(Turn(role=Role.USER, text="Hello"),)), None)
    return max(dead, engine.stats().restarts - restarts, int(not text))
