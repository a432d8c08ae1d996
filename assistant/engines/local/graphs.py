"""Decode steps on a GPU as CUDA graphs: one replay instead of a thousand kernel launches."""

from __future__ import annotations

import contextlib
import logging
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import torch

from .cache import Plan
from .varlen import CAPTURED, Sequences

log = logging.getLogger(__name__)

_SIZES: Final = (1, 2, 4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256)


@dataclass(slots=True)
class Step:
    """One captured step of `rows` rows: its inputs, packed into two tensors, and its logits [row, vocabulary]."""

    rows: int
    numbers: torch.Tensor
    plan: Plan
    ids: torch.Tensor
    positions: torch.Tensor
    replay: Callable[[], None]
    logits: torch.Tensor


class Graphs:
    """Captured steps by their number of rows. A batch takes the next larger one; its spare rows write to a place that
    nobody reads. `run(ids, positions, plan)` computes a pass of one token a row."""

    def __init__(
        self, run: Callable[[torch.Tensor, torch.Tensor, Plan], torch.Tensor], *, slots: int, width: int
    ) -> None:
        self._run = run
        self._width = width
        self._sizes = [size for size in _SIZES if size < slots] + [slots]
        self._steps: dict[int, Step] = {}
        self._pool: Any = None
        self.works = True

    def step(self, tokens: Sequence[int], slots: Sequence[int], places: Sequence[int]) -> torch.Tensor | None:
        """Logits of the next token of every row; None when this model or batch cannot be captured."""
        size = next((size for size in self._sizes if size >= len(tokens)), None)
        if not self.works or size is None:
            return None
        step = self._steps.get(size) or self._captured(size)
        if step is None:
            return None
        spare = size - len(tokens)
        last = self._width - 1
        at = [slot * self._width for slot in slots]
        numbers = [
            [*tokens, *[0] * spare],
            [*places, *[last] * spare],
            [*(start + place for start, place in zip(at, places, strict=True)), *[last] * spare],
            [*at, *[0] * spare],
            [*(place + 1 for place in places), *[1] * spare],
        ]
        step.numbers.copy_(torch.tensor(numbers).pin_memory(), non_blocking=True)
        step.replay()
        return step.logits[: len(tokens)]

    @torch.inference_mode()
    def prepare(self) -> None:
        """Capture every size now, so that no answer waits for it; the largest first, whose memory the others share."""
        for size in sorted(self._sizes, reverse=True):
            if self.works and size not in self._steps:
                self._captured(size)

    def _captured(self, size: int) -> Step | None:
        before = torch.cuda.current_stream()
        try:
            step = self._steps[size] = self._capture(size)
        except Exception as error:
            torch.cuda.set_stream(before)  # a capture that breaks off leaves its own stream behind
            self._refuse(size, error)
            return None
        return step

    def _refuse(self, size: int, error: Exception) -> None:
        """No memory: batches of this size and above go uncaptured. Anything else: no step of this model can be."""
        log.warning(
            "decode steps are not captured",
            extra={"rows": size, "why": f"{type(error).__name__}: {error}"[:200]},
        )
        self._sizes = [one for one in self._sizes if one < size]
        if not isinstance(error, torch.OutOfMemoryError) or not self._sizes:
            self.works = False

    def _capture(self, size: int) -> Step:
        device = torch.device("cuda")
        numbers = torch.zeros((5, size), dtype=torch.long, device=device)
        numbers[1:3] = self._width - 1
        numbers[4] = 1
        # The kernels want 32-bit offsets of their own; the copies below are part of the graph.
        keys = torch.zeros(size + 1, dtype=torch.int32, device=device)
        used = torch.ones(size, dtype=torch.int32, device=device)
        queries = torch.arange(size + 1, dtype=torch.int32, device=device)
        plan = Plan([0] * size, [0] * size, made={CAPTURED: True})
        plan.made[("write", device)] = plan.made[("write", torch.device("cuda", 0))] = numbers[2]
        found = Sequences(queries, keys, used, 1, self._width)
        plan.made[("sequences", device)] = plan.made[("sequences", torch.device("cuda", 0))] = found
        ids, positions = numbers[0:1], numbers[1:2]

        def body() -> torch.Tensor:
            keys[:size].copy_(numbers[3])
            used.copy_(numbers[4])
            return self._run(ids, positions, plan)

        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            body()  # kernels are chosen and compiled
            with _no_waiting():
                body()
        torch.cuda.current_stream().wait_stream(stream)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, pool=self._pool):
            logits = body()
        self._pool = self._pool or graph.pool()
        return Step(size, numbers, plan, ids, positions, graph.replay, logits)


@contextlib.contextmanager
def _no_waiting() -> Iterator[None]:
    """Work that waits for the device fails. It would break a capture off, and the allocator does not get over that."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch calls this mode a prototype
        torch.cuda.set_sync_debug_mode("error")
        try:
            yield
        finally:
            torch.cuda.set_sync_debug_mode("default")
