"""The bulk of the fuzz: requests straight into the scheduler, in every layout of its slots, cancels and failures included."""

from __future__ import annotations

import gc
import os
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import torch

from assistant.engines.local.attic import Attic
from assistant.engines.local.cache import SlotCache
from assistant.engines.local.forward import Forward
from assistant.engines.local.request import read
from assistant.engines.local.scheduler import Limits, Scheduler
from assistant.engines.local.slots import Table
from assistant.engines.local.tokens import Detokenizer, Tokens

from .requests import Asked, Maker

LAYOUTS: Final[tuple[dict[str, Any], ...]] = (
    {"slots": 4, "chunk": 64},
    {"slots": 6, "chunk": 64, "flat": True},
    {"slots": 8, "chunk": 24, "budget": 3, "attic": 2**20},
    {"slots": 5, "chunk": 512, "budget": 2, "attic": 2**19, "flat": True},
    {"slots": 1, "chunk": 7},
)
_MOST_STEPS: Final = 20_000  # without an end: then something hangs
_IN_FLIGHT: Final = 14
_NOT_ITS_FAULT: Final = ("OutOfMemoryError", "Overloaded")  # the pass failed, or too many waited


@dataclass
class Tally:
    """What became of all requests. `wrong` names what broke a promise, with the seed that shows it again."""

    requests: int = 0
    ended: int = 0
    hung: int = 0
    killed: int = 0
    identical: int = 0
    of: int = 0
    leaks: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Put another's counts to these."""
        for name in ("requests", "ended", "hung", "killed", "identical", "of", "leaks"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.outcomes += other.outcomes
        self.wrong += other.wrong


class Ends:
    """Takes what the scheduler puts out, and counts how often each request ended."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.finish: dict[str, str] = {}
        self.errors: dict[str, str] = {}
        self.count: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()

    def reply(self, request_id: str, body: Mapping[str, Any], *, last: bool = False) -> None:
        self.texts[request_id] = self.texts.get(request_id, "") + body["text"]
        if last:
            self.finish[request_id] = str(body["finish"])
            self._ended(request_id, str(body["finish"]))

    def error(self, request_id: str, error: Exception) -> None:
        self.errors[request_id] = type(error).__name__
        self._ended(request_id, type(error).__name__)

    def _ended(self, request_id: str, how: str) -> None:
        self.count[request_id] += 1
        self.outcomes[how] += 1


class Inside:
    """One layout of the engine in this process."""

    def __init__(self, net: Any, tokens: Tokens, layout: Mapping[str, Any], context: int, seed: int) -> None:
        self.chance = random.Random(seed)
        self.net, self.tokens, self.context = net, tokens, context
        flat = bool(layout.get("flat"))
        cache = SlotCache(slots=layout["slots"], context=context, flat=flat)
        self.table = Table(
            cache=cache,
            context=context,
            budget=layout.get("budget", 0) * context,
            compact=not flat,
            attic=Attic(layout.get("attic", 0)),
        )
        self.out = Ends()
        self.now = 0.0
        self._forward = Forward(net, cache)
        self.scheduler = Scheduler(
            self._faulty,  # type: ignore[arg-type]
            self.table,
            tokens,
            Limits(context=context, chunk=layout["chunk"], queue=24),
            self.out,
            clock=self._time,
        )
        self._fault = False

    def _time(self) -> float:
        """The scheduler's clock; it jumps, so that deadlines pass at any moment."""
        self.now += self.chance.choice((0.0, 0.0001, 0.001, 0.05))
        return self.now

    def _faulty(self, *args: Any) -> torch.Tensor:
        """The model's pass. Now and then it fails, as a device does that has no memory left; never twice in a row."""
        self._fault = not self._fault and self.chance.random() < 0.002
        if self._fault:
            raise torch.OutOfMemoryError("a failure made up by the fuzz")
        return self._forward(*args)

    def run(self, count: int, tally: Tally, *, check: int, calls: bool = False) -> None:
        """Put `count` requests in, one or several at a time; every `check`th plain answer is compared.

        `calls`: questions that make the demo model call tools.
        """
        maker = Maker(self.chance, self.tokens.vocabulary, self.context)
        asked: dict[str, Asked] = {}
        adds: Counter[str] = Counter()
        steps = 0
        while maker.made < count or (self.scheduler.busy and steps < _MOST_STEPS):
            while maker.made < count and len(self.scheduler._requests) < _IN_FLIGHT:
                one = maker.call() if calls else maker()
                asked.setdefault(one.name, one)
                adds[one.name] += 1
                self.scheduler.add(one.name, one.body)
                if self.chance.random() < 0.3:
                    break
            if self.chance.random() < 0.06:
                self.scheduler.cancel(self.chance.choice([*self.scheduler._requests, "never heard of"]))
            self.scheduler.step()
            self._look(tally)
            steps = 0 if maker.made < count else steps + 1
        tally.requests += adds.total()
        tally.ended += self.out.count.total()
        tally.hung += len(self.scheduler._requests)
        tally.outcomes += self.out.outcomes
        for name, wanted in adds.items():
            if self.out.count[name] != wanted:
                tally.wrong.append(f"{name} was asked {wanted} times and ended {self.out.count[name]} times")
        self._leaks(tally)
        for name, error in self.out.errors.items():
            if asked[name].plain and adds[name] == 1 and error not in _NOT_ITS_FAULT:
                tally.wrong.append(f"{name} made sense and ended with {error}")
        plain = [one for one in asked.values() if one.plain and adds[one.name] == 1]
        for one in plain[::check]:
            self._compare(one, tally)

    def _look(self, tally: Tally) -> None:
        """What must hold after every step."""
        held = sum(slot.reserved if slot.taken else slot.length for slot in self.table)
        stats = self.scheduler.stats()
        taken = len(self.table.slots) - self.table.free
        if held > self.table.budget or stats["running"] != taken:
            tally.leaks += 1
            tally.wrong.append(f"{taken} slots are taken by {stats['running']} requests, {held} tokens held")

    def _leaks(self, tally: Tally) -> None:
        """What must hold when nobody is left."""
        stats = self.scheduler.stats()
        left = (
            stats["running"] + stats["waiting"] + sum(slot.taken for slot in self.table) + self.table.running
        )
        if left:
            tally.leaks += left
            tally.wrong.append(f"{left} slots or requests are left: {stats}")

    def _compare(self, one: Asked, tally: Tally) -> None:
        """A whole answer against transformers' greedy generate."""
        if self.out.finish.get(one.name) not in ("length", "stop"):
            return
        tally.of += 1
        request = read(
            one.body,
            request_id="again",
            arrived=0,
            now=0.0,
            context=self.context,
            tokens=self.tokens,
            grammars=self.scheduler._grammars,
        )
        wanted = greedy(self.net, self.tokens, request.ids.tolist(), request.max_tokens)
        if self.out.texts[one.name] == wanted:
            tally.identical += 1
        else:
            tally.wrong.append(f"{one.name} is not what generate writes")


def greedy(net: Any, tokens: Tokens, ids: list[int], count: int) -> str:
    """What generate writes, up to a token that ends an answer."""
    given = torch.tensor([ids])
    with torch.inference_mode():
        made = net.generate(
            given,
            attention_mask=torch.ones_like(given),
            do_sample=False,
            max_new_tokens=count,
            eos_token_id=sorted(tokens.stops),
            pad_token_id=0,
        )
    text, found = Detokenizer(tokens, ()), ""
    for token in made[0, len(ids) :].tolist():
        if token in tokens.stops:
            break
        found += text.push(token)
    return found + text.finish()


def resident() -> int:
    """Bytes of this process in memory, without what only waits to be collected."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGESIZE")


def bulk(
    net: Any, tokens: Tokens, *, context: int, requests: int, seed: int, check: int, tally: Tally
) -> int:
    """All layouts, one after another; returns the bytes by which memory grew after the first round of them."""
    rounds = max(1, requests // (len(LAYOUTS) * 250))
    early = 0
    for at in range(rounds):
        for number, layout in enumerate(LAYOUTS):
            parts = rounds * len(LAYOUTS)
            index = at * len(LAYOUTS) + number
            count = requests * (index + 1) // parts - requests * index // parts
            before = len(tally.wrong)
            Inside(net, tokens, layout, context, seed * 1000 + index).run(count, tally, check=check)
            tally.wrong[before:] = [f"part {index}: {sentence}" for sentence in tally.wrong[before:]]
        early = early or resident()
    return resident() - early


def calls(folder: Path, *, requests: int, seed: int, check: int, tally: Tally) -> None:
    """The demo model among tools that make no sense: one such request must not disturb the others."""
    from transformers import AutoModelForCausalLM

    net = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    tokens = Tokens.load(folder, vocabulary=net.config.vocab_size)
    layout = {"slots": 6, "chunk": 128}
    before = len(tally.wrong)
    Inside(net, tokens, layout, 256, seed).run(requests, tally, check=check, calls=True)
    tally.wrong[before:] = [f"calls: {sentence}" for sentence in tally.wrong[before:]]
