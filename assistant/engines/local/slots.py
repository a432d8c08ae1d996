"""The K/V slots: one tensor pair a layer, which conversation's tokens lie in which slot, what can be reused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import torch
from transformers.cache_utils import Cache

Ids = np.ndarray[Any, np.dtype[np.int32]]

ALIGN: Final = 16
"""Key lengths are rounded up to this: CUDA kernels with a mask want aligned rows, and fewer shapes repeat more."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Where one forward pass writes and reads. `write` are flat places (slot * width + position) per new token."""

    rows: Sequence[int]
    write: torch.Tensor
    length: int


class SlotCache(Cache):
    """The model's cache: [slot, position, head, size] per layer, on the device where that layer runs.

    Transformers hands every layer's new keys and values to `update` and attends to what comes back, so quantized
    layers, device maps and every Llama release work unchanged. Masks and positions come with the call, as one slot's
    length says nothing of another's.
    """

    def __init__(self, *, slots: int, context: int) -> None:
        super().__init__(layers=[])
        self.slots = slots
        self.width = context + 1  # the last place takes what padding writes
        self.plan: Plan | None = None
        self._stores: dict[int, tuple[torch.Tensor, torch.Tensor]] = {}
        self._placed: dict[torch.device, tuple[Plan, torch.Tensor, torch.Tensor | None]] = {}

    def update(
        self, key_states: torch.Tensor, value_states: torch.Tensor, layer_idx: int, *args: Any, **kwargs: Any
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Write the new keys and values ([row, head, token, size]); return those of every row from position 0 on."""
        plan = self.plan
        if plan is None:
            raise RuntimeError("no plan")
        if layer_idx not in self._stores:
            self._stores[layer_idx] = (self._store(key_states), self._store(value_states))
        write, pick = self._on(key_states.device, plan)
        found = []
        for store, states in zip(self._stores[layer_idx], (key_states, value_states), strict=True):
            heads, size = store.shape[2:]
            store.view(-1, heads * size).index_copy_(
                0, write, states.transpose(1, 2).reshape(-1, heads * size)
            )
            first = plan.rows[0]
            used = store[:, : plan.length]
            rows = used[first : first + len(plan.rows)] if pick is None else used.index_select(0, pick)
            found.append(rows.transpose(1, 2))
        return found[0], found[1]

    def _on(self, device: torch.device, plan: Plan) -> tuple[torch.Tensor, torch.Tensor | None]:
        placed = self._placed.get(device)
        if placed is None or placed[0] is not plan:
            rows = plan.rows
            together = all(row == rows[0] + at for at, row in enumerate(rows))
            pick = None if together else torch.tensor(rows, device=device)
            placed = (plan, plan.write.to(device, non_blocking=True), pick)
            self._placed[device] = placed
        return placed[1], placed[2]

    def _store(self, like: torch.Tensor) -> torch.Tensor:
        shape = (self.slots, self.width, like.shape[1], like.shape[3])
        if like.device.type != "cpu":
            return torch.zeros(shape, dtype=like.dtype, device=like.device)
        # Zero pages that take memory only once they are written: numpy asks the kernel for them, torch fills them.
        numbers = int(np.prod(shape)) * like.element_size()
        return torch.from_numpy(np.zeros(numbers, dtype=np.uint8)).view(like.dtype).view(shape)

    @torch.inference_mode()
    def copy(self, source: int, target: int, length: int) -> None:
        """Copy the first `length` positions of a slot into another."""
        for pair in self._stores.values():
            for store in pair:
                store[target, :length] = store[source, :length]

    @torch.inference_mode()
    def swap(self, one: int, other: int, lengths: tuple[int, int]) -> None:
        """Exchange two slots of which `lengths` positions are in use."""
        for pair in self._stores.values():
            for store in pair:
                kept = store[other, : lengths[1]].clone()
                store[other, : lengths[0]] = store[one, : lengths[0]]
                store[one, : lengths[1]] = kept

    def get_seq_length(self, layer_idx: int = 0) -> int:
        return 0

    def get_max_cache_shape(self, layer_idx: int = 0) -> int:
        return self.width


@dataclass(slots=True, eq=False)
class Slot:
    """One conversation's place. `ids[:length]` are the tokens whose K/V lie there."""

    index: int
    ids: Ids
    length: int = 0
    conversation: str | None = None
    used_at: int = 0
    taken: bool = False

    @property
    def known(self) -> Ids:
        return self.ids[: self.length]


@dataclass(slots=True)
class Table:
    """Which slot belongs to whom. Running rows are always slots 0 … running-1: a batch is a view, never a copy."""

    cache: SlotCache
    context: int
    slots: list[Slot] = field(default_factory=list)
    running: int = 0
    _clock: int = 0

    def __post_init__(self) -> None:
        self.slots = [Slot(at, np.zeros(self.context, dtype=np.int32)) for at in range(self.cache.slots)]

    @property
    def free(self) -> int:
        return sum(not slot.taken for slot in self.slots)

    def take(self, conversation: str | None, ids: Ids) -> Slot | None:
        """A slot for a request: the conversation's own, else the one least worth keeping; None when all are at work."""
        own = next(
            (
                s
                for s in self.slots
                if not s.taken and conversation is not None and s.conversation == conversation
            ),
            None,
        )
        slot = own or self._victim(ids)
        if slot is None:
            return None
        self.touch(slot)
        slot.taken = True
        if slot is own:
            slot.length = min(common(slot.known, ids), len(ids) - 1)
        else:
            slot.length = 0
        for other in self.slots:
            if conversation is not None and other.conversation == conversation:
                other.conversation = None
        slot.conversation = conversation
        return slot

    def _victim(self, ids: Ids) -> Slot | None:
        """Nobody's slots go first, then the longest unused; the best source of a prefix goes last among equals."""
        idle = [slot for slot in self.slots if not slot.taken]
        if not idle:
            return None
        best, length = self.source(ids)
        spare = [slot for slot in idle if slot is not best or length == 0 or len(idle) == 1]
        return min(spare, key=lambda s: (s.conversation is not None, s.length > 0, s.used_at))

    def source(self, ids: Ids) -> tuple[Slot | None, int]:
        """The slot that shares the longest beginning with `ids`, and how long that is."""
        found, longest = None, 0
        for slot in self.slots:
            if slot.length > longest:
                shared = common(slot.known, ids)
                if shared > longest:
                    found, longest = slot, shared
        return found, longest

    def reuse(self, slot: Slot, ids: Ids) -> int:
        """Bring the longest known beginning of `ids` into the slot; returns its length (at least one token stays)."""
        best, shared = self.source(ids)
        shared = min(shared, len(ids) - 1)
        if best is not None and best is not slot and shared > slot.length:
            self.touch(best)
            self.cache.copy(best.index, slot.index, shared)
            slot.length = shared
            slot.ids[:shared] = ids[:shared]
        return slot.length

    def line_up(self, slot: Slot, at: int) -> None:
        """Put a slot right behind the batch, as number `at`: prompts computed together lie together."""
        self._place(slot, self.running + at)

    def run(self, slot: Slot) -> None:
        """The slot's prompt is in: it joins the batch."""
        self._place(slot, self.running)
        self.running += 1

    def release(self, slot: Slot, *, forget: bool = False) -> None:
        """The slot's request ended. Its K/V stays for the next turn, or for a prompt that begins alike."""
        slot.taken = False
        # Nobody's text is dropped while others run: they hold the shared beginning, and moving it costs a copy.
        if forget or (slot.conversation is None and self.running > 1):
            slot.length, slot.conversation = 0, None
        self.touch(slot)
        if slot.index < self.running:
            self.running -= 1
            self._place(slot, self.running)

    def touch(self, slot: Slot) -> None:
        self._clock += 1
        slot.used_at = self._clock

    def of(self, conversation: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.conversation == conversation), None)

    def _place(self, slot: Slot, index: int) -> None:
        other = self.slots[index]
        if other is slot:
            return
        if slot.length and not other.taken and other.conversation is None:
            other.length = 0  # nobody's text is not worth a copy
        if slot.length == 0:
            self.cache.copy(other.index, slot.index, other.length)
        elif other.length == 0:
            self.cache.copy(slot.index, other.index, slot.length)
        else:
            self.cache.swap(slot.index, other.index, (slot.length, other.length))
        self.slots[slot.index], self.slots[index] = other, slot
        slot.index, other.index = index, slot.index

    def __iter__(self) -> Iterator[Slot]:
        return iter(self.slots)


def common(one: Ids, other: Ids) -> int:
    """How many first ids two lists share."""
    size = min(len(one), len(other))
    if size == 0 or one[0] != other[0]:
        return 0
    differ = one[:size] != other[:size]
    first = int(differ.argmax())
    return first if differ[first] else size
