"""The K/V of all slots as tensors: one pair a layer, written and read by one ragged pass over rows and prompts."""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from transformers.cache_utils import Cache


@dataclass(frozen=True, slots=True)
class Span:
    """Prompt tokens of one slot in a pass: `count` of them, from token `at` of the pass on, `start` in the slot."""

    slot: int
    start: int
    at: int
    count: int

    @property
    def end(self) -> int:
        """The slot's length when this pass is done."""
        return self.start + self.count


@dataclass(slots=True, eq=False)
class Plan:
    """Where one pass writes and reads. Its tokens are one for each running row, then the spans one after another.

    `rows` are slots and `places` the position of each row's token in its slot. The first `shared` positions hold the
    same tokens in every row. What attention derives from this (masks, offsets) is kept in `made`: all layers share it.
    """

    rows: Sequence[int]
    places: Sequence[int]
    spans: Sequence[Span] = ()
    shared: int = 0
    flat: bool = False
    made: dict[Any, Any] = field(default_factory=dict)

    @property
    def tokens(self) -> int:
        return len(self.rows) + sum(span.count for span in self.spans)

    @property
    def longest(self) -> int:
        """Key positions that the longest row sees."""
        return max(self.places, default=-1) + 1

    def write(self, width: int, device: torch.device) -> torch.Tensor:
        """Where each token's K/V goes, as slot * width + position."""
        key = ("write", device)
        if key not in self.made:
            flat = [slot * width + place for slot, place in zip(self.rows, self.places, strict=True)]
            for span in self.spans:
                flat += range(span.slot * width + span.start, span.slot * width + span.end)
            self.made[key] = torch.tensor(flat, device=device)
        found: torch.Tensor = self.made[key]
        return found


class SlotCache(Cache):
    """The model's cache. Transformers gives `update` every layer's new keys and values and hands on what it returns.

    So quantized layers, device maps and every Llama release work unchanged. `update` returns the whole tensors of a
    layer, [slot, head, position, size]; the attention of attention.py knows from the plan which part of them each
    token sees. With `flat`, the tensors are [slot, position, head, size]: what CUDA's varlen kernels read.
    """

    def __init__(self, *, slots: int, context: int, flat: bool = False) -> None:
        super().__init__(layers=[])
        self.slots = slots
        self.width = context + 1  # the last place takes what padding writes
        self.flat = flat
        self.plan: Plan | None = None
        self._stores: dict[int, tuple[torch.Tensor, torch.Tensor]] = {}
        self._pages: list[mmap.mmap] = []

    def update(
        self, key_states: torch.Tensor, value_states: torch.Tensor, layer_idx: int, *args: Any, **kwargs: Any
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Write the pass's keys and values ([1, head, token, size]) and return the layer's whole tensors."""
        plan = self.plan
        if plan is None:
            raise RuntimeError("no plan")
        stores = self._stores.get(layer_idx)
        if stores is None:
            stores = self._stores[layer_idx] = (self._store(key_states), self._store(value_states))
        for store, states in zip(stores, (key_states, value_states), strict=True):
            if self.flat:
                lines = store.view(-1, store.shape[2] * store.shape[3])
                new = states[0].transpose(0, 1).reshape(-1, lines.shape[1])
                lines.index_copy_(0, plan.write(self.width, store.device), new)
            else:
                _write(store, states[0], plan)
        return stores

    def _store(self, like: torch.Tensor) -> torch.Tensor:
        heads, size = like.shape[1], like.shape[3]
        shape = (self.slots, self.width, heads, size) if self.flat else (self.slots, heads, self.width, size)
        if like.device.type != "cpu":
            return torch.zeros(shape, dtype=like.dtype, device=like.device)
        # Pages of the kernel's own: they are zero, take memory only once they are written, and can be given back.
        flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
        pages = mmap.mmap(-1, int(np.prod(shape)) * like.element_size(), flags=flags)
        self._pages.append(pages)
        return torch.frombuffer(pages, dtype=torch.uint8).view(like.dtype).view(shape)

    def free(self, slot: int) -> None:
        """Give a slot's memory back to the system, where that can be done (on a CPU)."""
        for pages in self._pages:
            size = len(pages) // self.slots
            first = -(-slot * size // mmap.PAGESIZE) * mmap.PAGESIZE
            length = (slot + 1) * size // mmap.PAGESIZE * mmap.PAGESIZE - first
            if length > 0:
                pages.madvise(mmap.MADV_DONTNEED, first, length)

    def part(self, store: torch.Tensor, slot: int, length: int) -> torch.Tensor:
        """A view of a slot's first positions."""
        return store[slot, :length] if self.flat else store[slot, :, :length]

    @torch.inference_mode()
    def copy(self, source: int, target: int, length: int) -> None:
        """Copy the first `length` positions of a slot into another."""
        for pair in self._stores.values():
            for store in pair:
                self.part(store, target, length).copy_(self.part(store, source, length))

    @torch.inference_mode()
    def swap(self, one: int, other: int, lengths: tuple[int, int]) -> None:
        """Exchange two slots of which `lengths` positions are in use."""
        for pair in self._stores.values():
            for store in pair:
                kept = self.part(store, other, lengths[1]).clone()
                self.part(store, other, lengths[0]).copy_(self.part(store, one, lengths[0]))
                self.part(store, one, lengths[1]).copy_(kept)

    @torch.inference_mode()
    def take_out(self, slot: int, length: int) -> list[torch.Tensor]:
        """A copy of a slot's first positions in the host's memory, to be put back one day."""
        return [
            self.part(store, slot, length).to("cpu", copy=True)
            for pair in self._stores.values()
            for store in pair
        ]

    @torch.inference_mode()
    def put_back(self, kept: Sequence[torch.Tensor], slot: int, length: int) -> None:
        """Write the first `length` positions of what `take_out` gave into a slot."""
        stores = [store for pair in self._stores.values() for store in pair]
        for store, held in zip(stores, kept, strict=True):
            self.part(store, slot, length).copy_(held[:length] if self.flat else held[:, :length])

    def get_seq_length(self, layer_idx: int = 0) -> int:
        return 0

    def get_max_cache_shape(self, layer_idx: int = 0) -> int:
        return self.width


def _write(store: torch.Tensor, states: torch.Tensor, plan: Plan) -> None:
    """New keys or values [head, token, size] into [slot, head, position, size]."""
    count = len(plan.rows)
    if count:
        if "rows" not in plan.made:
            plan.made["rows"] = torch.tensor(plan.rows), torch.tensor(plan.places)
        rows, places = plan.made["rows"]
        store[rows, :, places] = states[:, :count].transpose(0, 1)
    for span in plan.spans:
        store[span.slot, :, span.start : span.end] = states[:, span.at : span.at + span.count]
