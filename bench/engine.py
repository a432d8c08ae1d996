"""The local engine beside sequential `generate`, padded batches, continuous batching and llama.cpp: one interleaved run."""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from assistant.engines import checkpoint, presets
from assistant.engines.local import child
from assistant.engines.local.engine import LocalEngine
from assistant.engines.local.frame import Frame
from assistant.engines.presets import Tools

from . import inside, machine, port
from .chats import SYSTEM_TOKENS, Words
from .peer import beside_llamacpp
from .references import llamacpp
from .report import Row, show
from .throughput import throughput
from .track import Plan, Results, Track, started

PARTS: Final = ("throughput", "turns", "inside", "odd", "llamacpp")
PACKAGES: Final = ("torch", "transformers", "tokenizers", "llguidance", "numpy")
DEMO_WORDS: Final = "you the name time what please now help me is day work yes no good".split()
FULL: Final = Plan(chats=(1, 4, 16, 64), rounds=5, sample=16, conversations=9, steps=120, odd=120)
QUICK: Final = Plan(
    chats=(64,), rounds=2, sample=6, conversations=3, steps=20, odd=24, llama_rounds=1, everything=False
)


async def demo(plan: Plan, parts: Sequence[str], threads: int, results: Results) -> None:
    """Everything that is measured on the demo checkpoint."""
    preset = presets.PRESETS["demo"]
    found = checkpoint.look(Path(preset.source))
    preset = replace(preset, context=min(preset.context, found.context))
    words = Words(found.folder, DEMO_WORDS, Frame(tools=Tools.NAMES), seed=7)
    system = words.text(SYSTEM_TOKENS)
    slots, track = max(plan.chats), Track()
    if {"throughput", "turns", "odd"} & set(parts):
        async with started(preset, slots, threads) as (engine, pid):
            if "throughput" in parts:
                await throughput(plan, threads, words, system, (engine, pid), found.folder, results)
            if "turns" in parts:
                await conversations(plan, engine, words, system, results)
                await cancels(engine, words, system, slots, results)
            if "odd" in parts:
                dead = await port.odd(engine, random.Random(11), system, plan.odd)
                row = Row(figure=f"dead engines in {plan.odd} odd requests", ours=str(dead))
                results.goal("dead_engines", dead, "0", dead == 0, row)
    if "inside" in parts:
        chats = [words.chat(system, 30) for _ in range(64)]
        costs: inside.Costs = await track.call(inside.measure, found.folder, chats, threads, plan.steps)
        tell_costs(costs, results)


async def conversations(plan: Plan, engine: LocalEngine, words: Words, system: str, results: Results) -> None:
    found = [await port.turns(engine, words, system, f"turns {at}") for at in range(plan.conversations + 1)]
    found = found[1:]  # the first one brings the system prompt
    ratio = statistics.median(fifth / first for first, fifth, _ in found)
    gain = statistics.median(anew / fifth for _, fifth, anew in found)
    first, fifth, anew = (statistics.median(column) for column in zip(*found, strict=True))
    row = Row(
        figure="turn 5 to first text ÷ turn 1", ours=f"{ratio:.2f}", reference=f"{fifth:.0f} ÷ {first:.0f} ms"
    )
    results.goal("turn5_ttft_ratio", ratio, "≤ 1.2", ratio <= 1.2, row)
    row = Row(figure="  × turn 5 without reuse", ours=f"{gain:.2f}×", reference=f"{anew:.0f} ms")
    results.goal("turn5_gain", gain, "≥ 3×", gain >= 3, row)


async def cancels(engine: LocalEngine, words: Words, system: str, slots: int, results: Results) -> None:
    steps = await port.cancel(engine, words.chats(slots, system), words.chat(system, 20))
    row = Row(figure="steps from a cancel to the next one's answer", ours=str(steps))
    results.goal("cancel_steps", steps, "≤ 2", steps <= 2, row)


def tell_costs(costs: inside.Costs, results: Results) -> None:
    rows = Row(figure="a step of 64 rows", ours=f"{costs.step_ms:.1f} ms")
    results.rows.append(rows)
    by = "{:.1%} ({:.1%} by processor time)"
    row = Row(figure="  outside the model, greedy", ours=by.format(costs.overhead, costs.overhead_busy))
    results.goal("overhead_share_greedy", costs.overhead, "≤ 15 %", costs.overhead <= 0.15, row)
    # The goal counts the sampler, and people's chats are drawn: this is the figure that stands for it.
    row = Row(
        figure="  outside the model, temperature and top-p",
        ours=by.format(costs.overhead_drawn, costs.overhead_drawn_busy),
    )
    results.goal("overhead_share", costs.overhead_drawn, "≤ 15 %", costs.overhead_drawn <= 0.15, row)
    row = Row(
        figure="  grammar masks in every row",
        ours=by.format(costs.mask, costs.mask_busy),
    )
    results.goal("mask_share", costs.mask, "≤ 5 %", costs.mask <= 0.05, row)
    results.figures["cancel_steps_inside"] = costs.cancel


async def run(plan: Plan, parts: Sequence[str], threads: int, keep: bool) -> None:
    results = Results()
    where = machine.describe(PACKAGES)
    began = time.perf_counter()
    if set(parts) - {"llamacpp"}:
        await demo(plan, parts, threads, results)
    if "llamacpp" in parts:
        await beside_llamacpp(plan, threads, results)
    where |= {
        "threads": threads,
        "spins": os.environ["GOMP_SPINCOUNT"],
        "seconds": round(time.perf_counter() - began),
        "llama.cpp": llamacpp.NODE_PACKAGE,
    }
    show("engine", results.rows, results.figures)
    if keep:
        machine.save("engine-cpu", where, results.rows, results.figures)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="64 chats only, few rounds")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1, help="of every side")
    parser.add_argument("--rounds", type=int, help="instead of the plan's own number")
    parser.add_argument(
        "--only", choices=PARTS, action="append", help="measure this part alone; may be repeated"
    )
    parser.add_argument("--save", action="store_true", help="write bench/results/engine-cpu.json")
    options = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = str(options.threads)
    child.environment()  # all sides wait alike; torch is imported later
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    plan = QUICK if options.quick else FULL
    if options.rounds:
        plan = replace(plan, rounds=options.rounds, llama_rounds=options.rounds)
    asyncio.run(run(plan, options.only or PARTS, options.threads, options.save))


if __name__ == "__main__":
    main()
