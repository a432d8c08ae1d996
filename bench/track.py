"""How engine benches run contenders in turn and keep what they find: speeds, ratios of rounds, goals met or missed."""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.engines.local.engine import LocalEngine, Tuning
from assistant.engines.presets import Preset

from .load import cpu_seconds
from .report import Row
from .size import descendants


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much of it all is measured. `sample`: how many of a round's chats run one after another."""

    chats: tuple[int, ...]
    rounds: int
    sample: int
    conversations: int
    steps: int
    odd: int
    llama_chats: int = 8
    llama_rounds: int = 3
    everything: bool = True


@dataclass
class Results:
    """What was found: rows of the table, figures of the last line, None where something could not be measured."""

    rows: list[Row] = field(default_factory=list)
    figures: dict[str, float | int | None] = field(
        default_factory=lambda: dict.fromkeys(
            (
                "x_sequential_64",
                "x_transformers_cb_64",
                "x_transformers_cb_tuned_64",
                "x_llamacpp_8",
                "prefix_gain",
                "turn5_ttft_ratio",
                "turn5_gain",
                "overhead_share",
                "mask_share",
                "cancel_steps",
                "identical",
                "dead_engines",
            )
        )
    )

    def goal(self, key: str, value: float | None, goal: str, met: bool, row: Row) -> None:
        """A figure with a goal."""
        self.figures[key] = None if value is None else round(value, 3)
        verdict = "not measured" if value is None else "met" if met else "MISSED"
        self.rows.append(replace(row, goal=f"{goal}: {verdict}"))


@dataclass
class Speeds:
    """Useful tokens a second of one contender, round by round: by the clock, and by processor time of all it runs."""

    wall: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.wall)


def times(one: Speeds, other: Speeds) -> float:
    """How many times faster: the median of the rounds' own ratios."""
    return statistics.median(a / b for a, b in zip(one.wall, other.wall, strict=True))


def times_busy(one: Speeds, other: Speeds) -> float:
    return statistics.median(a / b for a, b in zip(one.busy, other.busy, strict=True))


class Track:
    """Runs contenders one after another. References compute in one thread, so that this loop goes on hearing engines."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)

    async def call(self, work: Callable[..., Any], *given: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *given)

    async def time(self, speeds: Speeds, tokens: int, work: Awaitable[Any], pid: int = 0) -> Any:
        """Await it and note its speed. `pid`: the process that computes beside this one."""
        began, busy = time.perf_counter(), _busy(pid)
        found = await work
        speeds.wall.append(tokens / (time.perf_counter() - began))
        speeds.busy.append(tokens / max(0.01, _busy(pid) - busy))
        return found


def _busy(pid: int) -> float:
    return time.process_time() + (cpu_seconds(pid) if pid else 0.0)


@asynccontextmanager
async def started(preset: Preset, slots: int, threads: int) -> AsyncIterator[tuple[LocalEngine, int]]:
    """The engine in its process, and that process's id."""
    before = set(descendants(os.getpid()))
    engine = LocalEngine(preset, tuning=Tuning(slots=slots, threads=threads, ignore_stops=True))
    await engine.start()
    try:
        yield engine, next(iter(set(descendants(os.getpid())) - before))
    finally:
        await engine.close()
