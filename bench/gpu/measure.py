"""Measures the engine on the device: decode steps, prompts, both together, first tokens, and tokens against generate."""

from __future__ import annotations

import random
import statistics
import time
from dataclasses import dataclass
from typing import Any

import torch

from assistant.engines.local.forward import Row

from .build import Alone
from .floors import seconds, synchronize


@dataclass(frozen=True, slots=True, kw_only=True)
class Decode:
    """Seconds of one decode step: of the whole engine, of the model's pass alone, and of that without CUDA graphs."""

    rows: int
    step: float
    model: float
    plain: float | None


def ids_of(chance: random.Random, vocabulary: int, count: int) -> list[int]:
    return [chance.randrange(vocabulary) for _ in range(count)]


def decode(alone: Alone, rows: int, context: int, steps: int) -> Decode:
    """`rows` conversations of `context` tokens each; their beginnings are the same text, their K/V are copies."""
    chance = random.Random(rows)
    shared = ids_of(chance, alone.vocabulary, context - 2)
    for at in range(rows):
        # Two tokens tell them apart, so that every row goes its own way.
        own = [at % alone.vocabulary, chance.randrange(alone.vocabulary)]
        alone.add(f"d{at}", shared + own, alone.context)
    while len(alone.scheduler._rows) < rows:
        alone.scheduler.step()
    for _ in range(3):
        alone.scheduler.step()
    taken = []
    for _ in range(steps):
        synchronize(alone.device)
        began = time.perf_counter()
        alone.scheduler.step()
        taken.append(time.perf_counter() - began)
    now = [Row(row.place.index, row.answer[-1], row.place.length) for row in alone.scheduler._rows]
    times = max(1, steps // 8)
    model = seconds(lambda: alone.forward(now), alone.device, times=times)
    plain = None
    if alone.captured():
        graphs, alone.forward._graphs = alone.forward._graphs, None
        plain = seconds(lambda: alone.forward(now), alone.device, rounds=3, times=times)
        alone.forward._graphs = graphs
    alone.stop()
    return Decode(rows=rows, step=statistics.median(taken), model=model, plain=plain)


def prompt(alone: Alone, tokens: int, rounds: int = 3) -> float:
    """Seconds of a prompt of so many tokens that nobody has asked before, to its first token."""
    chance = random.Random(tokens)
    taken = []
    for at in range(rounds + 1):
        alone.add(f"p{at}", ids_of(chance, alone.vocabulary, tokens), 1)
        synchronize(alone.device)
        began = time.perf_counter()
        alone.run()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken[1:])


def mixed(alone: Alone, rows: int, context: int, tokens: int, rounds: int = 3) -> float:
    """Seconds of one pass over the next token of `rows` conversations and a new prompt of `tokens`."""
    chance = random.Random(11)
    shared = ids_of(chance, alone.vocabulary, context - 1)
    for at in range(rows):
        alone.add(f"m{at}", [*shared, at % alone.vocabulary], alone.context)
    while len(alone.scheduler._rows) < rows:
        alone.scheduler.step()
    taken = []
    for at in range(rounds + 1):
        alone.add(f"new{at}", ids_of(chance, alone.vocabulary, tokens), 1)
        synchronize(alone.device)
        began = time.perf_counter()
        while f"new{at}" not in alone.heard.ended:
            alone.scheduler.step()
        taken.append(time.perf_counter() - began)
    alone.stop()
    return statistics.median(taken[1:])


def first_token(alone: Alone, tokens: int, background: int, long: int) -> float:
    """Seconds to the first token of a person's prompt, while `background` prompts of `long` tokens are computed."""
    chance = random.Random(13)
    for at in range(background):
        alone.add(f"b{at}", ids_of(chance, alone.vocabulary, long), 8, "background")
    if background:
        alone.scheduler.step()
    name = f"person beside {background}"
    alone.add(name, ids_of(chance, alone.vocabulary, tokens), 1)
    began = time.perf_counter()
    while name not in alone.heard.first:
        alone.scheduler.step()
    took = alone.heard.first[name] - began
    alone.stop()
    return took


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Of `of` tokens, `same` come before the first difference of their answer; `whole` of `answers` have none."""

    same: int
    of: int
    whole: int
    answers: int


def agreement(net: Any, alone: Alone, *, answers: int, tokens: int, count: int) -> Agreement:
    """Greedy answers of a full batch against transformers' own generate, one after another."""
    chance = random.Random(17)
    prompts = [ids_of(chance, alone.vocabulary, tokens + at) for at in range(answers)]
    drawn: dict[str, list[int]] = {}
    for at, ids in enumerate(prompts):
        alone.add(f"a{at}", ids, count)
    kept = {name: request.answer for name, request in alone.scheduler._requests.items()}
    alone.run()
    drawn.update(kept)
    same = whole = 0
    for at, ids in enumerate(prompts):
        given = torch.tensor([ids], device=alone.device)
        with torch.inference_mode():
            made = net.generate(
                given,
                attention_mask=torch.ones_like(given),
                do_sample=False,
                max_new_tokens=count,
                min_new_tokens=count,
                pad_token_id=0,
            )
        wanted, got = made[0, len(ids) :].tolist(), drawn[f"a{at}"]
        first = next(
            (i for i, (one, other) in enumerate(zip(got, wanted, strict=True)) if one != other), count
        )
        same += first
        whole += first == count
    return Agreement(same=same, of=answers * count, whole=whole, answers=answers)
