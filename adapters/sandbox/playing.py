"""Plays a scenario: does what its people do, waits for what they expect, and says which step did not come out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TextIO

from assistant.errors import AssistantError

from . import steps
from .happenings import Happening, Kind
from .inbox import Heard, Inbox
from .pieces import NotHere
from .sandbox import Sandbox
from .scenarios import Scenario
from .stage import Actor, Stage
from .steps import Step
from .wire import Exchange

WORDS_SECONDS = 3.0
"""How long words may still change (an answer that grows) after enough messages came."""
SETTLE_SECONDS = 1.0


class Unmet(Exception):
    """An expectation was not met; the text says what happened instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResult:
    """What became of a step, the `number`th counted from one. `complaint` is empty when all went well."""

    number: int
    step: Step
    complaint: str
    milliseconds: float

    @property
    def ok(self) -> bool:
        return not self.complaint


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What became of a scenario: the steps that were tried, in order; the first that fails is the last."""

    scenario: Scenario
    steps: tuple[StepResult, ...]

    @property
    def complaints(self) -> tuple[str, ...]:
        return tuple(
            f"step {result.number} (line {result.step.line}): {result.complaint}"
            if result.step.line
            else f"step {result.number}: {result.complaint}"
            for result in self.steps
            if result.complaint
        )

    @property
    def ok(self) -> bool:
        return not self.complaints and len(self.steps) == len(self.scenario.steps)


Told = Callable[[StepResult], None]


async def play(sandbox: Sandbox, scenario: Scenario, *, told: Told | None = None) -> Played:
    """Play it with new phones on a sandbox that is connected; `told` hears of every step as it ends.

    A step that fails ends the play; nothing is raised for it. Afterwards all faults are at rest and every phone is
    online again. Time that was moved stays moved.
    """
    player = _Player(sandbox, scenario)
    results: list[StepResult] = []
    try:
        for number, step in enumerate(scenario.steps, 1):
            result = await player.take(number, step)
            results.append(result)
            if told is not None:
                told(result)
            if not result.ok:
                break
    finally:
        player.close()
    return Played(scenario=scenario, steps=tuple(results))


@dataclass(slots=True)
class _Player:
    sandbox: Sandbox
    scenario: Scenario
    stage: Stage = field(init=False)
    _since: int = field(init=False)
    _read: set[str] = field(default_factory=set)
    _end: Callable[[], None] = field(init=False)

    def __post_init__(self) -> None:
        self.sandbox.seed(self.scenario.seed)
        self.stage = Stage(self.sandbox, self.scenario)
        self._since = self.sandbox.wire.last
        self._end = self.sandbox.subscribe(self._note)

    def close(self) -> None:
        self._end()
        for actor in self.stage.actors.values():
            actor.phone.offline = False
        self.sandbox.rest()

    def _note(self, happening: Happening) -> None:
        if happening.kind is Kind.STATUS and happening.status == "read" and happening.external_id:
            self._read.add(happening.external_id)

    async def take(self, number: int, step: Step) -> StepResult:
        clock, complaint = self.sandbox.clock, ""
        began = clock.monotonic()
        try:
            await self._do(step)
        except (Unmet, NotHere, LookupError, ValueError, AssistantError) as error:
            complaint = str(error) or type(error).__name__
        return StepResult(
            number=number, step=step, complaint=complaint, milliseconds=(clock.monotonic() - began) * 1000
        )

    async def _do(self, step: Step) -> None:
        act = step.act
        if step.who:
            actor = self.stage.actors[step.who]
            match act:
                case steps.Hears():
                    await self._hears(actor, act)
                case steps.HearsNothing():
                    await self._hears_nothing(actor, act.seconds)
                case steps.Sees():
                    await self._sees(actor, act)
                case _:
                    await self.stage.act(actor, act)
            return
        match act:
            case steps.TurnsKnobs():
                self._turn(act)
            case steps.Travels():
                await self.sandbox.travel(act.by)
            case steps.Waits():
                await asyncio.sleep(act.seconds)
            case steps.Bursts():
                await self._burst(act)
            case steps.Replays():
                await self._replay(act)
            case steps.Wired():
                await self._wired(act)

    # --- what goes wrong ---

    def _turn(self, act: steps.TurnsKnobs) -> None:
        if not act.values and not act.status:
            self.sandbox.rest()
        for channel in [act.channel] if act.channel else list(self.sandbox.platforms):
            for name, value in act.values:
                self.sandbox.turn(channel, name, value)
            if act.status:
                self.sandbox.refuse(
                    channel, act.status, code=act.code, retry_after=act.retry_after, times=act.times
                )

    async def _burst(self, act: steps.Bursts) -> None:
        phones = await self.sandbox.burst(act.channel, act.people, act.says)
        if not act.answered:
            return
        answered = await asyncio.gather(*(_count(phone, 1, act.within) for phone in phones))
        if missing := answered.count(False):
            raise Unmet(f"{missing} of {act.people} people were not answered within {act.within:g} s")
        await asyncio.sleep(SETTLE_SECONDS)
        if more := sum(len(phone.inbox) > 1 for phone in phones):
            raise Unmet(f"{more} of {act.people} people were answered more than once")

    async def _replay(self, act: steps.Replays) -> None:
        first = self.stage.first_said(act.channel)
        delivery = self.sandbox.platform(act.channel).delivery(first) if first else None
        if delivery is None:
            raise Unmet(f"nothing was said on {act.channel} yet that could come again")
        await self.sandbox.platform(act.channel).replay(delivery, times=act.times, hours_old=act.hours_old)

    # --- what is expected ---

    async def _hears(self, actor: Actor, act: steps.Hears) -> None:
        if not await _until(actor.inbox, lambda: len(actor.unheard()) >= act.count, act.within):
            came = len(actor.unheard())
            what = f"only {came} of {act.count} messages" if came else "nothing"
            raise Unmet(f"{actor.name} heard {what} within {act.within:g} s")
        found = actor.unheard()[: act.count]
        with suppress(Unmet):
            _judge(actor, found, act)
            actor.take(found)
            return
        await _until(actor.inbox, lambda: _fits(actor, found, act), WORDS_SECONDS)
        _judge(actor, found, act)
        actor.take(found)

    async def _hears_nothing(self, actor: Actor, seconds: float) -> None:
        if await _until(actor.inbox, lambda: bool(actor.unheard()), seconds):
            raise Unmet(f"{actor.name} heard “{_shown(actor.unheard()[0].text)}”")

    async def _sees(self, actor: Actor, act: steps.Sees) -> None:
        external_id, heard = self.stage.message(actor, act.of)

        def seen() -> bool:
            return act.status in heard.statuses if heard is not None else external_id in self._read

        if heard is None and act.status != "read":
            raise ValueError(f"of what a person says only “read” is reported, not “{act.status}”")
        if not await _until(actor.inbox, seen, act.within):
            known = ", ".join(heard.statuses) if heard is not None else ""
            raise Unmet(
                f"{actor.name} did not see “{act.status}” within {act.within:g} s; seen: {known or '-'}"
            )

    async def _wired(self, act: steps.Wired) -> None:
        def found() -> int:
            return sum(
                exchange.number > self._since and _matches(exchange, act) for exchange in self.sandbox.wire
            )

        least = 1 if act.count is None else act.count
        queue, end = self.sandbox.wire.queue()
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(act.within):
                    while found() < least:
                        await queue.get()
        finally:
            end()
        count = found()
        if act.count is None and not count:
            raise Unmet(f"the wire log has no such exchange ({act.sentence()})")
        if act.count is not None and count != act.count:
            raise Unmet(f"the wire log has {count} such exchanges, not {act.count}")


async def _until(inbox: Inbox, ready: Callable[[], bool], seconds: float) -> bool:
    try:
        await inbox.wait_until(ready, seconds)
    except TimeoutError:
        return False
    return True


async def _count(inbox: Inbox, count: int, seconds: float) -> bool:
    return await _until(inbox, lambda: len(inbox.inbox) >= count, seconds)


def _fits(actor: Actor, found: list[Heard], act: steps.Hears) -> bool:
    try:
        _judge(actor, found, act)
    except Unmet:
        return False
    return True


def _judge(actor: Actor, found: list[Heard], act: steps.Hears) -> None:
    words = " ".join(heard.text for heard in found).casefold()
    shown = " / ".join(_shown(heard.text) or f"[{heard.kind}]" for heard in found)
    if missing := [text for text in act.contains if text.casefold() not in words]:
        raise Unmet(f"{actor.name} heard “{shown}”, without “{missing[0]}”")
    if act.contains_one_of and not any(text.casefold() in words for text in act.contains_one_of):
        wanted = ", ".join(f"“{text}”" for text in act.contains_one_of)
        raise Unmet(f"{actor.name} heard “{shown}”, with none of {wanted}")
    if act.kind and (other := next((heard.kind for heard in found if heard.kind != act.kind), "")):
        raise Unmet(f"{actor.name} heard {other}, not {act.kind}")


def _matches(exchange: Exchange, act: steps.Wired) -> bool:
    return (
        act.channel in ("", exchange.channel)
        and act.direction in ("", exchange.direction)
        and act.method.upper() in ("", exchange.method)
        and act.signature in ("", exchange.signature)
        and act.status in (None, exchange.status)
        and act.verdict.casefold() in exchange.verdict.casefold()
        and (not act.contains or act.contains in exchange.body or act.contains in exchange.answer)
    )


def _shown(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"


async def show(sandbox: Sandbox, scenario: Scenario, out: TextIO) -> bool:
    """Play it and write a line for every step as it ends; whether all came out."""
    print(f"{scenario.name}: {scenario.shows}" if scenario.shows else scenario.name, file=out, flush=True)

    def told(result: StepResult) -> None:
        mark = "ok  " if result.ok else "FAIL"
        print(f"{mark} {result.milliseconds:>7.0f} ms  {result.step.sentence()}", file=out, flush=True)

    played = await play(sandbox, scenario, told=told)
    for complaint in played.complaints:
        print(complaint, file=out)
    print("All came out." if played.ok else "Not everything came out.", file=out, flush=True)
    return played.ok
