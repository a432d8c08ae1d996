"""Finds stop strings in text that comes in pieces, and holds back what may become one."""

from __future__ import annotations

import re
from collections.abc import Iterable


class Stops:
    """Feed it pieces; it returns what is certain. `found` once a stop string came: nothing after it counts."""

    def __init__(self, stops: Iterable[str]) -> None:
        self._stops = tuple(stop for stop in stops if stop)
        self._any = re.compile("|".join(map(re.escape, self._stops))) if self._stops else None
        self._first = frozenset(stop[0] for stop in self._stops)
        self._longest = max(map(len, self._stops), default=0)
        self._held = ""
        self.found = False

    def feed(self, piece: str) -> str:
        """The text that became certain with this piece."""
        if self.found or self._any is None:
            return "" if self.found else piece
        if not self._held and not any(letter in piece for letter in self._first):
            return piece
        text = self._held + piece
        match = self._any.search(text)
        if match is not None:
            self.found, self._held = True, ""
            return text[: match.start()]
        keep = self._beginning(text)
        self._held = text[len(text) - keep :]
        return text[: len(text) - keep]

    def end(self) -> str:
        """What was held back for a stop string that never came."""
        held, self._held = self._held, ""
        return held

    def _beginning(self, text: str) -> int:
        """How many last letters of the text begin a stop string."""
        for size in range(min(self._longest - 1, len(text)), 0, -1):
            tail = text[-size:]
            if tail[0] in self._first and any(stop.startswith(tail) for stop in self._stops):
                return size
        return 0
