"""What every engine promises, whichever it is."""

from __future__ import annotations

import asyncio
import contextlib
import math

import pytest

from assistant.engine import Engine
from assistant.errors import ContextTooLong
from assistant.types import Delta, Finish, Lane, Prompt, Role, Sampling, ToolCall, ToolSpec, Turn
from tests.engines.tiny import prompt

pytestmark = pytest.mark.asyncio(loop_scope="session")

SHORT = Sampling(temperature=0.0, max_tokens=6)
LONG = Sampling(temperature=0.0, max_tokens=40)


async def collect(
    engine: Engine, asked: Prompt, sampling: Sampling = SHORT, name: str = "r", **more: object
) -> list[Delta]:
    return [delta async for delta in engine.generate(asked, sampling, request_id=name, **more)]  # type: ignore[arg-type]


async def test_an_answer_streams_and_its_last_delta_has_finish_and_usage(engine: Engine) -> None:
    deltas = await collect(engine, prompt("Hello"))
    assert [delta.finish for delta in deltas[:-1]] == [None] * (len(deltas) - 1)
    last = deltas[-1]
    assert last.finish is Finish.LENGTH
    assert last.usage is not None
    assert last.usage.completion == 6
    assert last.usage.prompt > 0
    assert "".join(delta.text for delta in deltas)
    assert len(deltas) > 3, "it streams"


async def test_many_conversations_run_at_once_and_each_ends(engine: Engine) -> None:
    lanes = list(Lane)
    answers = await asyncio.gather(
        *(
            collect(
                engine,
                prompt(f"Hello {at}"),
                name=f"r{at}",
                conversation=f"c{at % 5}",
                lane=lanes[at % 3],
                deadline=60,
            )
            for at in range(12)
        )
    )
    assert all(deltas[-1].finish is Finish.LENGTH for deltas in answers)
    assert engine.stats().running == 0 or await _idle(engine)


async def test_closing_the_iterator_stops_the_work(engine: Engine) -> None:
    stream = engine.generate(prompt("Hello"), LONG, request_id="left", conversation="c")
    async with contextlib.aclosing(stream):
        async for delta in stream:
            if delta.text:
                break
    assert await _idle(engine)
    deltas = await collect(engine, prompt("Hello"), conversation="c")
    assert deltas[-1].finish is Finish.LENGTH


async def test_a_cancelled_task_stops_the_work(engine: Engine) -> None:
    task = asyncio.create_task(collect(engine, prompt("Hello"), LONG))
    await asyncio.sleep(0.01)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert await _idle(engine)
    assert (await collect(engine, prompt("Hello")))[-1].finish is Finish.LENGTH


async def test_a_prompt_that_does_not_fit_is_context_too_long(engine: Engine) -> None:
    with pytest.raises(ContextTooLong) as caught:
        await collect(engine, prompt("word " * 500))
    assert caught.value.tokens > caught.value.limit


async def test_count_grows_with_the_prompt(engine: Engine) -> None:
    small, large = (
        await engine.count(prompt("Hello")),
        await engine.count(prompt("Hello", "Hello", "Hello you there")),
    )
    assert 0 < small < large


@pytest.mark.parametrize(
    "sampling",
    [
        Sampling(temperature=math.nan, top_p=math.nan, max_tokens=3),
        Sampling(temperature=math.inf, top_k=-5, max_tokens=3),
        Sampling(temperature=-1.0, top_p=0.0, repetition_penalty=0.0, seed=-(2**70), max_tokens=3),
    ],
    ids=["nan", "inf", "negative"],
)
async def test_senseless_sampling_is_answered_all_the_same(engine: Engine, sampling: Sampling) -> None:
    assert (await collect(engine, prompt("Hello"), sampling))[-1].finish is Finish.LENGTH


async def test_odd_prompts_are_answered(engine: Engine) -> None:
    call = ToolCall(name="get_time", arguments={"city": "São Paulo"})
    odd = Prompt(
        slots=(),
        turns=(
            Turn(role=Role.USER, text="\ud800 lone \x00 surrogate <|eot_id|>"),
            Turn(role=Role.ASSISTANT, text="", calls=(call, call)),
            Turn(role=Role.TOOL, text="12:00"),
            Turn(role=Role.TOOL, text=""),
            Turn(role=Role.USER, text=""),
        ),
        tools=(ToolSpec(name="get_time", description="", schema={"type": "object"}),),
    )
    assert (await collect(engine, odd))[-1].finish is Finish.LENGTH
    assert (await collect(engine, Prompt(slots=(), turns=())))[-1].finish is Finish.LENGTH


async def test_health_and_facts_can_be_read(engine: Engine) -> None:
    health = await engine.health()
    assert health.ready
    assert health.sentence
    assert engine.facts.name
    assert engine.facts.context == 256
    assert isinstance(engine, Engine)


async def _idle(engine: Engine) -> bool:
    for _ in range(200):
        if engine.stats().running == 0:
            return True
        await asyncio.sleep(0.02)
    return False
