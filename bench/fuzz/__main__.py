"""Runs the fuzz on a tiny random model with the demo's tokenizer, and prints what became of every request."""

from __future__ import annotations

import argparse
import asyncio
import logging
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import torch

from assistant.demo import CHECKPOINT
from assistant.engines.local.tokens import Tokens

from ..gpu.build import model
from ..gpu.shapes import Shape
from ..report import Row, show
from .inside import Tally, bulk, calls
from .outside import Outside

CONTEXT: Final = 160
_GROWTH: Final = 64_000_000  # bytes: caches of tokens and grammars fill up, but they have an end
_CALLS: Final = 25  # one request in so many is a question to the demo model
_OUTSIDE: Final = 8  # one request in so many goes through the port


def tiny(folder: Path) -> tuple[Any, Tokens]:
    """A random model that the engine can load from `folder`, and its tokenizer."""
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(Path(CHECKPOINT) / name, folder / name)
    tokens = Tokens.load(Path(CHECKPOINT), vocabulary=2**31)
    size = len(tokens._tokenizer.get_vocab())
    shape = Shape(name="fuzz", layers=2, hidden=64, inner=96, heads=4, kv_heads=2, size=16, vocabulary=size)
    net = model(shape, torch.device("cpu"), torch.float32, context=CONTEXT, spread=0.3)
    net.save_pretrained(folder)
    return net, Tokens.load(folder, vocabulary=size)


def run(*, requests: int, kills: int, seed: int, check: int = 12) -> tuple[Tally, int]:
    """Everything; returns what became of it and the bytes by which this process grew."""
    log = logging.getLogger("assistant")
    level = log.level
    log.setLevel(logging.CRITICAL)  # what fails here fails on purpose
    try:
        return asyncio.run(_run(requests=requests, kills=kills, seed=seed, check=check))
    finally:
        log.setLevel(level)


async def _run(*, requests: int, kills: int, seed: int, check: int) -> tuple[Tally, int]:
    """The processes take their time to load: the bulk runs beside them, in a thread with a model and a tally of its own."""
    asking, through = requests // _CALLS, -(-requests // _OUTSIDE) if kills else 0
    left = requests - through - asking
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as other:

        def inside() -> tuple[Tally, int]:
            torch.set_num_threads(1)
            tally = Tally()
            calls(Path(CHECKPOINT), requests=asking, seed=seed, check=3, tally=tally)
            net, tokens = tiny(Path(name))
            return tally, bulk(
                net, tokens, context=CONTEXT, requests=left, seed=seed, check=check, tally=tally
            )

        beside = asyncio.create_task(asyncio.to_thread(inside))
        tally = Tally()
        if kills:
            net, tokens = tiny(Path(other))
            await Outside(Path(other), net, tokens, CONTEXT, seed, tally).run(kills=kills, requests=through)
        found, grown = await beside
    found.add(tally)
    if grown > _GROWTH:
        found.leaks += 1
        found.wrong.append(f"memory grew by {grown / 1e6:.0f} MB")
    return found, grown


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=20, help="how often the model's process is killed")
    parser.add_argument("--seed", type=int, default=1, help="the same seed asks the same things")
    parser.add_argument("--quick", action="store_true", help="1,000 requests, 3 kills")
    options = parser.parse_args()
    requests, kills = (1000, 3) if options.quick else (options.requests, options.kills)
    began = time.monotonic()
    tally, grown = run(requests=requests, kills=kills, seed=options.seed)
    how = ", ".join(f"{name} {count}" for name, count in tally.outcomes.most_common())
    same = f"{tally.identical} of {tally.of}"
    show(
        f"fuzz, seed {options.seed}, {time.monotonic() - began:.0f} s",
        [
            Row(figure="requests", ours=str(tally.requests), reference="-", goal="10000"),
            Row(figure="ended, each exactly once", ours=str(tally.ended), reference=how, goal="all"),
            Row(figure="hung", ours=str(tally.hung), reference="-", goal="0"),
            Row(figure="model processes killed", ours=str(tally.killed), reference="-", goal="20"),
            Row(figure="greedy answers as generate's", ours=same, reference="-", goal="all"),
            Row(figure="leaks of slots, requests, memory", ours=str(tally.leaks), reference="-", goal="0"),
            Row(figure="memory grown", ours=f"{grown / 1e6:.0f} MB", reference="-", goal="≤ 64 MB"),
            *(Row(figure="wrong", ours=sentence, reference="-", goal="-") for sentence in tally.wrong[:20]),
        ],
        {
            "requests": tally.requests,
            "ended": tally.ended,
            "hung": tally.hung,
            "killed": tally.killed,
            "identical": tally.identical,
            "of": tally.of,
            "leaks": tally.leaks,
        },
    )
    return 1 if tally.wrong or tally.ended != tally.requests else 0


if __name__ == "__main__":
    sys.exit(main())
