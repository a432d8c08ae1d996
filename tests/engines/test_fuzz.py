"""Promises of the engine under requests that nobody would write, a short run of `python -m bench.fuzz`."""

from __future__ import annotations

import random

import torch

from bench.fuzz.__main__ import run
from bench.fuzz.requests import Maker
from tests.engines.test_scheduler import NET, TEXTS
from tests.engines.tiny import Bench

torch.set_num_threads(1)


def test_every_request_ends_once_whatever_is_asked_and_whoever_is_killed() -> None:
    tally, _ = run(requests=200, kills=1, seed=5, check=8)
    assert not tally.wrong
    assert tally.requests >= 200
    assert tally.ended == tally.requests
    assert tally.killed == 1
    assert tally.hung == tally.leaks == 0
    assert tally.identical == tally.of > 10
    assert {"length", "stop", "cancelled"} <= set(tally.outcomes), "sensible requests are among them"


def test_a_stop_string_or_tool_that_makes_no_sense_ends_its_own_request_alone() -> None:
    bench = Bench(NET, slots=4)
    for at in range(3):
        bench.add(f"r{at}", TEXTS[at], {"temperature": 0, "max_tokens": 20})
    bench.scheduler.step()
    bench.add("senseless", TEXTS[3], {"temperature": 0, "stop": [5]})
    bench.run()
    assert isinstance(bench.out.errors["senseless"], TypeError)
    assert len(bench.out.errors) == 1
    for at in range(3):
        assert bench.out.texts[f"r{at}"] == bench.generate(TEXTS[at], 20)
    assert bench.table.free == 4


def test_the_same_seed_asks_the_same_things() -> None:
    one, other = (Maker(random.Random(3), 500, 128) for _ in range(2))
    assert [repr(one()) for _ in range(200)] == [repr(other()) for _ in range(200)]
