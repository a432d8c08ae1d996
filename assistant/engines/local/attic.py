"""Conversations whose slot was needed by others, kept in the host's memory until they are spoken to again."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import numpy as np

Ids = np.ndarray[Any, np.dtype[np.int32]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation's tokens and the K/V of each of them, a tensor pair a layer."""

    ids: Ids
    tensors: list[Any]

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(tensor.numel() * tensor.element_size() for tensor in self.tensors)


class Attic:
    """At most `limit` bytes; the longest unused conversation leaves first. With 0 nothing is ever kept."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self.size = 0

    @property
    def open(self) -> bool:
        return self._limit > 0

    def __len__(self) -> int:
        return len(self._kept)

    def put(self, conversation: str, ids: Ids, tensors: list[Any]) -> None:
        """Keep a conversation, making room for it."""
        self.take(conversation)
        kept = Kept(ids, tensors)
        if kept.size > self._limit:
            return
        self._kept[conversation] = kept
        self.size += kept.size
        while self.size > self._limit:
            _, oldest = self._kept.popitem(last=False)
            self.size -= oldest.size

    def take(self, conversation: str) -> Kept | None:
        """What is kept of a conversation; it is then kept no longer."""
        kept = self._kept.pop(conversation, None)
        if kept is not None:
            self.size -= kept.size
        return kept
