"""The rounds of one answer: generate, run the tools the model asks for, generate again with their results."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import orjson

from . import metrics
from .clock import Clock
from .engine import Engine
from .errors import EngineError, ToolError, ToolRefused
from .settings import Settings
from .speech import Gate
from .store.queue import Claim, StepRow
from .tool import Caller, Tool, as_result
from .types import Finish, Prompt, Role, Sampling, ToolCall, ToolSpec, Turn, Usage

MAX_ROUNDS = 5
MAX_CALLS = 8
DEADLINE = 120.0  # seconds for all rounds together

Show = Callable[[int, str], Awaitable[None]]


@dataclass(slots=True)
class Draft:
    """What the rounds have brought so far. `text` is everything that a person may see."""

    text: str = ""
    finish: Finish | None = None
    usage: Usage = field(default_factory=Usage)
    first_token_at: datetime | None = None
    steps: list[StepRow] = field(default_factory=list)

    def add(self, gate: Gate) -> None:
        """Take over what one round brought."""
        self.finish = gate.finish
        self.usage = Usage(
            prompt=self.usage.prompt + gate.usage.prompt,
            cached=self.usage.cached + gate.usage.cached,
            completion=self.usage.completion + gate.usage.completion,
        )


class ToolLoop:
    """Runs answers; one instance serves all conversations of a worker."""

    def __init__(self, engine: Engine, tools: Mapping[str, Tool], clock: Clock, settings: Settings) -> None:
        self._engine = engine
        self._tools = {name: tools[name] for name in settings.tools if name in tools}
        self._clock = clock
        self._zone = settings.timezone

    def offered(self) -> tuple[ToolSpec, ...]:
        """What the model is told it may call."""
        return tuple(tool.spec for tool in self._tools.values())

    async def run(self, claim: Claim, prompt: Prompt, sampling: Sampling, *, show: Show) -> Draft:
        """Generate until the model asks for nothing more, at most MAX_ROUNDS times; in the last it has no tools.

        `show(offset, text)` gets visible text as it comes. The same call is never run twice. Raises EngineError.
        """
        draft, turns, seen = Draft(), list(prompt.turns), set[bytes]()
        started = time.monotonic()
        for left in reversed(range(MAX_ROUNDS)):
            asked = replace(prompt, turns=tuple(turns), tools=prompt.tools if left else ())
            gate = await self._round(claim, asked, sampling, draft, started, show)
            fresh = [call for call in gate.calls if _digest(call) not in seen][:MAX_CALLS]
            if not fresh or not left:
                break
            turns.append(Turn(role=Role.ASSISTANT, text=gate.text, calls=tuple(fresh)))
            for call in fresh:
                seen.add(_digest(call))
                result, step = await self._call(claim, call)
                draft.steps.append(step)
                turns.append(Turn(role=Role.TOOL, text=result))
        for kind in ("prompt", "cached", "completion"):
            metrics.tokens.labels(kind).inc(getattr(draft.usage, kind))
        return draft

    async def _round(
        self,
        claim: Claim,
        asked: Prompt,
        sampling: Sampling,
        draft: Draft,
        started: float,
        show: Show,
    ) -> Gate:
        gate = Gate()

        async def tell(text: str) -> None:
            if text:
                await show(len(draft.text), text)
                draft.text += text

        stream = self._engine.generate(
            asked,
            sampling,
            request_id=self._clock.new_id(),
            conversation=str(claim.conversation),
            deadline=max(1.0, DEADLINE - (time.monotonic() - started)),
        )
        async with contextlib.aclosing(stream):
            async for delta in stream:
                if delta.text and draft.first_token_at is None:
                    draft.first_token_at = self._clock.now()
                    metrics.first_token_seconds.observe(time.monotonic() - started)
                await tell(gate.feed(delta))
        await tell(gate.end())
        if gate.finish in (Finish.ERROR, None):
            raise EngineError("the generation ended without a result")
        draft.add(gate)
        return gate

    async def _call(self, claim: Claim, call: ToolCall) -> tuple[str, StepRow]:
        """Run one call; whatever goes wrong becomes a sentence for the model."""
        started = time.monotonic()
        caller = Caller(
            person=str(claim.person),
            conversation=str(claim.conversation),
            locale=claim.language,
            zone=self._zone,
        )
        try:
            if call.name not in self._tools:
                raise ToolRefused(f"there is no tool {call.name[:48]}.")
            result, state = await self._tools[call.name].run(call.arguments, caller), "done"
        except ToolError as error:
            result, state = as_result(error), error.code
        step = StepRow(
            kind="tool",
            name=call.name[:64],
            input=dict(call.arguments),
            output=result,
            state=state,
            took_ms=(time.monotonic() - started) * 1000,
        )
        return result, step


def _digest(call: ToolCall) -> bytes:
    return orjson.dumps([call.name, call.arguments], option=orjson.OPT_SORT_KEYS)
