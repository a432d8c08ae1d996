"""What one step costs inside the model's process: the model itself, what is around it, grammar masks, and a cancel."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from .chats import Chat

GREEDY: Final[dict[str, Any]] = {"temperature": 0.0}
DRAWN: Final[dict[str, Any]] = {"temperature": 0.7, "top_p": 0.9, "seed": 7}
_ITEM: Final = {
    "type": "object",
    "properties": {
        "kind": {"enum": ["reminder", "note", "question"]},
        "count": {"type": "integer"},
        "text": {"type": "string", "minLength": 20, "maxLength": 60},
    },
    "required": ["kind", "count", "text"],
    "additionalProperties": False,
}
GRAMMAR: Final = json.dumps({"type": "array", "items": _ITEM, "minItems": 500})
"""Too long to come to its end while it is measured."""


@dataclass
class Clock:
    """Wall and processor time of this thread, one pair for each pass of the model or step; `tokens` of the last pass."""

    tokens: int = 0
    wall: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    _began: tuple[float, float] = (0.0, 0.0)

    def start(self) -> None:
        self._began = time.perf_counter(), time.thread_time()

    def stop(self) -> None:
        self.wall.append(time.perf_counter() - self._began[0])
        self.busy.append(time.thread_time() - self._began[1])


class Quiet:
    """Takes what the scheduler puts out, and how each request ended."""

    def __init__(self) -> None:
        self.ended: dict[str, str] = {}

    def reply(self, request_id: str, body: Mapping[str, Any], *, last: bool = False) -> None:
        if last:
            self.ended[request_id] = str(body["finish"])

    def error(self, request_id: str, error: Exception) -> None:
        self.ended[request_id] = type(error).__name__


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """Shares of a step's time with all rows running: medians over steps. `_busy`: by processor time of its thread.

    `cancel`: steps from a cancel to the moment somebody who waits has the slot. `unknown`: a prompt of ids that the
    model does not have ended with an error, and a step after it still works.
    """

    step_ms: float
    overhead: float
    overhead_busy: float
    overhead_drawn: float
    overhead_drawn_busy: float
    mask: float
    mask_busy: float
    cancel: int
    unknown: bool


class Batch:
    """A scheduler of its own over the shared model, with one row for each chat."""

    def __init__(self, loaded: Any, tokens: Any, options: Mapping[str, Any], passes: Clock) -> None:
        from assistant.engines.local import child

        self.out = Quiet()
        self.scheduler = child.assemble(loaded, tokens, options, self.out)
        self.steps, self.inside = Clock(), Clock()
        self._passes = passes

    def fill(self, chats: Sequence[Chat], sampling: Mapping[str, Any]) -> None:
        """Every chat's prompt is computed and its answer runs."""
        for at, chat in enumerate(chats):
            self.scheduler.add(str(at), {"ids": chat.ids, "sampling": sampling})
        self._passes.tokens = 0
        while self._passes.tokens != len(chats):  # one token of each row, and no prompt beside them
            self.scheduler.step()
            if self.out.ended:
                raise RuntimeError(f"rows ended before they were measured: {self.out.ended}")

    def step(self) -> None:
        before = len(self._passes.wall)
        self.steps.start()
        self.scheduler.step()
        self.steps.stop()
        self.inside.wall.append(sum(self._passes.wall[before:]))
        self.inside.busy.append(sum(self._passes.busy[before:]))


def measure(folder: Path, chats: Sequence[Chat], threads: int, steps: int) -> Costs:
    """Three batches of the same chats (greedy, drawn, in a grammar), a step of each in turn."""
    import torch

    from assistant.engines.local import weights
    from assistant.engines.local.tokens import Tokens

    torch.set_num_threads(threads)
    rows = len(chats)
    options = {
        "name": folder.name,
        "source": str(folder),
        "context": 1024,
        "quantize": "none",
        "slots": rows,
        "ignore_stops": True,
    }
    loaded = weights.load(options)
    tokens = Tokens.load(loaded.folder, vocabulary=loaded.vocabulary)
    passes = Clock()

    def begins(_: Any, __: Any, given: Mapping[str, Any]) -> None:
        passes.tokens = given["input_ids"].numel()
        passes.start()

    loaded.model.register_forward_pre_hook(begins, with_kwargs=True)
    loaded.model.register_forward_hook(lambda *_: passes.stop())
    greedy, drawn, kept = (Batch(loaded, tokens, options, passes) for _ in range(3))
    length = {"max_tokens": 1024 - max(len(chat.ids) for chat in chats) - 1}
    greedy.fill(chats, GREEDY | length)
    drawn.fill(chats, DRAWN | length)
    kept.fill(chats, GREEDY | length | {"grammar": GRAMMAR})
    for _ in range(steps):
        for batch in (greedy, drawn, kept):
            batch.step()
    for batch in (greedy, drawn, kept):
        if batch.out.ended:
            raise RuntimeError(f"rows ended while they were measured: {batch.out.ended}")
    return Costs(
        step_ms=statistics.median(greedy.steps.wall) * 1000,
        overhead=_beyond(greedy.steps.wall, greedy.inside.wall),
        overhead_busy=_beyond(greedy.steps.busy, greedy.inside.busy),
        overhead_drawn=_beyond(drawn.steps.wall, drawn.inside.wall),
        overhead_drawn_busy=_beyond(drawn.steps.busy, drawn.inside.busy),
        mask=_beyond(kept.steps.wall, greedy.steps.wall),
        mask_busy=_beyond(kept.steps.busy, greedy.steps.busy),
        cancel=_cancel(greedy, chats[0]),
        unknown=_unknown(greedy),
    )


def _beyond(whole: Sequence[float], part: Sequence[float]) -> float:
    """The share of each whole that is not in its part: the median."""
    return statistics.median(1 - inner / outer for outer, inner in zip(whole, part, strict=True))


def _cancel(batch: Batch, chat: Chat) -> int:
    """Steps from the cancel of a running row to the start of one that waited for its slot."""
    batch.scheduler.add("waits", {"ids": chat.ids, "sampling": {"max_tokens": 1}})
    batch.scheduler.step()
    if batch.scheduler.stats()["waiting"] != 1:
        raise RuntimeError("there was a slot free: nothing had to wait for one")
    batch.scheduler.cancel("1")
    for taken in range(100):
        if batch.scheduler.stats()["waiting"] == 0:
            return taken
        batch.scheduler.step()
    return 100


def _unknown(batch: Batch) -> bool:
    for at, ids in enumerate(([2**31], [-1], [], [0] * 5000)):
        batch.scheduler.add(f"odd {at}", {"ids": ids, "sampling": {"max_tokens": 1}})
    batch.scheduler.step()
    return all(batch.out.ended.get(f"odd {at}") for at in range(4))
