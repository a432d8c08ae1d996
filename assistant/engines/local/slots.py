"""Which conversation's tokens lie in which slot, what can be used again, and who makes room when room is needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .attic import Attic, Ids
from .cache import SlotCache


@dataclass(slots=True, eq=False)
class Slot:
    """One conversation's place. `ids[:length]` are the tokens whose K/V lie there.

    `reserved`: tokens that the request at work in it may come to, its whole answer included; 0 when it is idle.
    """

    index: int
    ids: Ids
    length: int = 0
    conversation: str | None = None
    used_at: int = 0
    taken: bool = False
    reserved: int = 0

    @property
    def known(self) -> Ids:
        return self.ids[: self.length]


class Table:
    """Hands out slots within a budget of K/V tokens.

    With `compact`, running rows are always slots 0 … running-1, so that a batch is a view of the cache and never a
    copy; attention on a CPU wants that. Elsewhere slots stay where they are.
    """

    def __init__(
        self,
        *,
        cache: SlotCache,
        context: int,
        budget: int = 0,
        compact: bool = True,
        attic: Attic | None = None,
    ) -> None:
        self.cache = cache
        self.context = context
        self.budget = max(budget, context) if budget else cache.slots * context
        self.attic = Attic(0) if attic is None else attic
        self.slots = [Slot(at, np.zeros(context, dtype=np.int32)) for at in range(cache.slots)]
        self.running = 0
        self._compact = compact
        self._clock = 0

    @property
    def free(self) -> int:
        return sum(not slot.taken for slot in self.slots)

    # --- taking and leaving ----------------------------------------------------------------------------

    def take(
        self, conversation: str | None, ids: Ids, need: int = 0, spare: str | None = None
    ) -> Slot | None:
        """A slot for a request of at most `need` tokens, what is known of its beginning still in it.

        The conversation's own, else the one least worth keeping; that of the conversation `spare` only when nothing
        else will ever be free. None when all are at work or the budget is spent.
        """
        need = max(need, len(ids))
        if need + sum(slot.reserved for slot in self.slots) > self.budget:
            return None
        own = self._idle_of(conversation)
        slot = own or self._victim(ids, spare)
        if slot is None:
            return None
        if slot is not own:
            self._store_away(slot)
        slot.length = min(common(slot.known, ids), len(ids) - 1)
        for other in self.slots:
            if conversation is not None and other.conversation == conversation:
                other.conversation = None
        slot.taken, slot.reserved, slot.conversation = True, need, conversation
        self.touch(slot)
        if conversation is not None and own is None:
            self._fetch_back(slot, conversation, ids)
        self._shrink()
        return slot

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

    def run(self, slot: Slot) -> None:
        """The slot's prompt is in: it joins the batch."""
        if self._compact:
            self._place(slot, self.running)
        self.running += 1

    def line_up(self, slot: Slot, at: int) -> None:
        """Put a slot that holds little yet where it will run, so that nothing moves once it is full."""
        if self._compact:
            self._place(slot, min(self.running + at, len(self.slots) - 1))

    def release(self, slot: Slot, *, ran: bool, forget: bool = False) -> None:
        """The slot's request ended. Its K/V stays for the next turn, or for a prompt that begins alike."""
        slot.taken, slot.reserved = False, 0
        # Nobody's text is dropped while others run: they hold the shared beginning, and moving it costs a copy.
        if forget or (slot.conversation is None and self.running > 1):
            slot.length, slot.conversation = 0, None
        self.touch(slot)
        if ran:
            self.running -= 1
            if self._compact:
                self._place(slot, self.running)

    def touch(self, slot: Slot) -> None:
        self._clock += 1
        slot.used_at = self._clock

    # --- looking up ------------------------------------------------------------------------------------

    def source(self, ids: Ids) -> tuple[Slot | None, int]:
        """The slot that shares the longest beginning with `ids`, and how long that is."""
        found, longest = None, 0
        for slot in self.slots:
            if slot.length > longest:
                shared = common(slot.known, ids)
                if shared > longest:
                    found, longest = slot, shared
        return found, longest

    def of(self, conversation: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.conversation == conversation), None)

    def _idle_of(self, conversation: str | None) -> Slot | None:
        own = self.of(conversation) if conversation is not None else None
        return own if own is not None and not own.taken else None

    # --- making room -----------------------------------------------------------------------------------

    def _victim(self, ids: Ids, spare: str | None) -> Slot | None:
        """Nobody's slots go first, then the longest unused; the best source of a prefix goes last among equals."""
        idle = [slot for slot in self.slots if not slot.taken]
        if spare is not None and (len(idle) > 1 or len(idle) < len(self.slots)):
            idle = [slot for slot in idle if slot.conversation != spare]
        best, shared = self.source(ids)
        return min(
            idle,
            key=lambda s: (s.conversation is not None, s is best and shared > 0, s.length > 0, s.used_at),
            default=None,
        )

    def _store_away(self, slot: Slot) -> None:
        """Before a conversation's slot becomes another's: into the attic with it."""
        if slot.conversation is not None and slot.length and self.attic.open:
            kept = self.cache.take_out(slot.index, slot.length)
            self.attic.put(slot.conversation, slot.known.copy(), kept)

    def _fetch_back(self, slot: Slot, conversation: str, ids: Ids) -> None:
        kept = self.attic.take(conversation)
        if kept is None:
            return
        shared = min(common(kept.ids, ids), len(ids) - 1)
        if shared > slot.length:
            self.cache.put_back(kept.tensors, slot.index, shared)
            slot.length = shared
            slot.ids[:shared] = ids[:shared]

    def _shrink(self) -> None:
        """Forget idle slots, the longest unused first, until what is held and what is promised fit the budget."""
        held = sum(slot.reserved if slot.taken else slot.length for slot in self.slots)
        if held <= self.budget:
            return
        idle = [slot for slot in self.slots if not slot.taken and slot.length]
        for slot in sorted(idle, key=lambda s: (s.conversation is not None, s.used_at)):
            self._store_away(slot)
            held -= slot.length
            slot.length, slot.conversation = 0, None
            self.cache.free(slot.index)
            if held <= self.budget:
                return

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
