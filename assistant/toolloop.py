"""The rounds of one answer: generate, run the tools the model asks for, generate again with their results."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import orjson

from . import metrics
from .calls import Trouble
from .clock import Clock
from .engine import Engine
from .errors import ContextTooLong, EngineError, ToolError, ToolRefused
from .settings import Settings
from .speech import Gate
from .store.queue import Claim, StepRow
from .tool import Caller, Effect, Tool, as_result
from .types import Finish, Prompt, Role, Sampling, ToolCall, ToolSpec, Turn, Usage

MAX_ROUNDS = 5
MAX_CALLS = 8
MAX_FAILED = 2  # rounds in which no call could be run; after them an honest sentence instead of a third try
DEADLINE = 120.0  # seconds for all rounds together
RAW = 2000  # characters of a call that could not be read, shown to the model again
SHORT = 400  # characters of each result, when all of them together are too long for the model

Show = Callable[[int, str], Awaitable[None]]

_TROUBLES = {
    Trouble.UNREADABLE: "this call cannot be read. Write it again, as you were told, or answer in words.",
    Trouble.TOO_LONG: "this call is too long. Write a shorter one, or answer in words.",
    Trouble.CODE: "code cannot be run here. Call one of the tools, or answer in words.",
    Trouble.CUT: "this call was cut off at the length limit. Write a shorter one, or answer in words.",
}
_REPEATED = "this was called before, and the result stands above. Answer with it, or say what is missing."


@dataclass(slots=True)
class Draft:
    """What the rounds have brought so far. `text` is everything that a person may see; `failed`: tools were no help."""

    text: str = ""
    finish: Finish | None = None
    usage: Usage = field(default_factory=Usage)
    first_token_at: datetime | None = None
    steps: list[StepRow] = field(default_factory=list)
    failed: bool = False

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

    def offered(self, only: Collection[str] | None = None) -> tuple[ToolSpec, ...]:
        """What the model is told it may call; of `only` these, where they are given."""
        return tuple(tool.spec for name, tool in self._tools.items() if only is None or name in only)

    async def run(self, claim: Claim, prompt: Prompt, sampling: Sampling, *, show: Show) -> Draft:
        """Generate until the model asks for nothing more, at most MAX_ROUNDS times.

        `show(offset, text)` gets visible text as it comes. The same call is never run twice; what cannot be run comes
        back to the model as an error, MAX_FAILED times. The tools stay in the prompt to the last, because everything
        behind them would have to be computed again. Raises EngineError.
        """
        draft, turns, seen, failed = Draft(), list(prompt.turns), set[bytes](), 0
        started = time.monotonic()
        for left in reversed(range(MAX_ROUNDS)):
            asked = replace(prompt, turns=tuple(turns))
            try:
                gate = await self._round(claim, asked, sampling, draft, started, show)
            except ContextTooLong:
                if len(turns) == len(prompt.turns):
                    raise
                turns = [*prompt.turns, *map(_shortened, turns[len(prompt.turns) :])]
                asked = replace(prompt, turns=tuple(turns))
                gate = await self._round(claim, asked, sampling, draft, started, show)
            draft.failed = bool(gate.calls or gate.trouble)
            if not draft.failed or not left or failed >= MAX_FAILED or gate.finish is Finish.CANCELLED:
                break
            told, steps = await self._obey(claim, gate, seen, {tool.name for tool in prompt.tools})
            turns += told
            draft.steps += steps
            failed = 0 if any(step.state == "done" for step in steps) else failed + 1
        for kind in ("prompt", "cached", "completion"):
            metrics.tokens.labels(kind).inc(getattr(draft.usage, kind))
        return draft

    async def _obey(
        self, claim: Claim, gate: Gate, seen: set[bytes], offered: Collection[str]
    ) -> tuple[list[Turn], list[StepRow]]:
        """Run what the round asked for: the turns that tell the model of it, and the trace."""
        for repair in gate.repairs:
            metrics.call_repairs.labels(repair.value).inc()
        if gate.trouble is not None and not gate.calls:
            metrics.call_troubles.labels(gate.trouble.value).inc()
            raw, error = gate.held[:RAW], f"error: {_TROUBLES[gate.trouble]}"
            step = StepRow(
                kind="tool", name="", input=raw, output=error, state=gate.trouble.value, took_ms=0.0
            )
            said = Turn(role=Role.ASSISTANT, text=f"{gate.text}\n{raw}".strip())
            # Not as a result: most chat templates and servers refuse a result to which there is no call.
            return [said, Turn(role=Role.USER, text=f"[{error}]")], [step]
        calls = gate.calls[:MAX_CALLS]
        turns, steps = [Turn(role=Role.ASSISTANT, text=gate.text, calls=tuple(calls))], []
        for call in calls:
            if _digest(call) in seen:
                turns.append(Turn(role=Role.TOOL, text=f"error: {_REPEATED}"))
                continue
            tool = self._tools.get(call.name) if call.name in offered else None
            # What had to be mended may not be what was meant: it may look, but change nothing.
            distrusted = bool(gate.repairs) and tool is not None and tool.effect is not Effect.READ
            if not distrusted:
                seen.add(_digest(call))
            result, step = await self._call(claim, call, tool, distrusted=distrusted)
            steps.append(step)
            turns.append(Turn(role=Role.TOOL, text=result))
        return turns, steps

    async def _round(
        self,
        claim: Claim,
        asked: Prompt,
        sampling: Sampling,
        draft: Draft,
        started: float,
        show: Show,
    ) -> Gate:
        gate, before = Gate(), len(draft.text)

        async def tell(text: str) -> None:
            if text:
                if before and len(draft.text) == before:
                    text = "\n\n" + text  # what was said before a call stands by itself
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

    async def _call(
        self, claim: Claim, call: ToolCall, tool: Tool | None, *, distrusted: bool
    ) -> tuple[str, StepRow]:
        """Run one call, unless it is distrusted; whatever goes wrong becomes a sentence for the model."""
        started = time.monotonic()
        caller = Caller(
            person=str(claim.person),
            conversation=str(claim.conversation),
            locale=claim.language,
            zone=self._zone,
        )
        try:
            if tool is None:
                raise ToolRefused(f"there is no tool {call.name[:48]}.")
            if distrusted:
                raise ToolRefused(
                    "the call was not well written, so it was not run. Write it again, exactly."
                )
            result, state = await tool.run(call.arguments, caller), "done"
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


def _shortened(turn: Turn) -> Turn:
    if turn.role is not Role.TOOL or len(turn.text) <= SHORT:
        return turn
    return replace(turn, text=turn.text[:SHORT] + "… (the rest is too long)")
