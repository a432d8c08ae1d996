"""What a turn leaves for its trace: every moment in order, and a prompt that can be asked again as it was."""

from __future__ import annotations

import itertools
from pathlib import Path

from sqlalchemy import select

from assistant.store import models, traces, trials
from assistant.tools import builtin
from assistant.web.waterfall import waterfall
from tests.scripted import ScriptedEngine

from .system import System, echo, running
from .test_trials import ended


async def replies(system: System) -> list[int]:
    out = (
        select(models.messages.c.id)
        .where(models.messages.c.direction == "out")
        .order_by(models.messages.c.id)
    )
    return await system.database.read(lambda connection: list(connection.execute(out).scalars()))


async def test_every_moment_of_a_turn_is_recorded_in_order(tmp_path: Path) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo, delay=0.005)) as system:
        await system.receive(["ana", 1, "hello"], ["ana", 2, "are you there?"])
        await system.until_settled()
        [message] = await replies(system)
        found = await system.database.read(traces.find, message, words=True)
        assert found is not None and found.turn is not None
        turn = found.turn
        moments = [one.received_at for one in found.asked]
        moments += [turn.claimed_at, turn.started_at, turn.asked_at, turn.first_token_at, turn.ended_at]  # type: ignore[list-item]
        moments += [found.sent[0].created_at, found.sent[0].sent_at]  # type: ignore[list-item]
        assert None not in moments
        assert all(one <= other for one, other in itertools.pairwise(moments))
        assert turn.prompt is not None and (turn.prompt["told_from"], turn.prompt["moved"]) == (0, False)
        fall = waterfall(found)
        assert all(span.took is not None for span in fall.spans if span.group != "after")
        shares = sum(span.share or 0 for span in fall.spans)
        assert 90 < shares <= 100.5


async def test_what_is_asked_again_from_a_trace_is_what_was_asked(tmp_path: Path) -> None:
    engine = ScriptedEngine(script=echo)
    async with running(tmp_path, engine) as system:
        await system.receive(["ana", 1, "hello"])
        await system.until_settled()
        [message] = await replies(system)
        found = await system.database.read(traces.find, message, words=True)
        assert found is not None and found.turn is not None and found.turn.prompt is not None
        was = engine.last
        tools = {name: tool.spec for name, tool in builtin().items()}
        made = await system.database.write(
            trials.ask,
            kind="replay",
            prompt=trials.load_prompt(found.turn.prompt, tools),
            sampling=trials.load_sampling(found.turn.sampling or {}),
            staff=None,
            now=system.clock.now(),
            conversation=found.reply.conversation,
            turn=found.turn.id,
        )
        trial = await ended(system, made)
        assert trial.answer == "You said: hello"
        assert (
            engine.last is not was
            and engine.last.prompt == was.prompt
            and engine.last.sampling == was.sampling
        )
        assert engine.last.conversation is None and await replies(system) == [message]
