"""Finds stop strings in text that comes in pieces, and holds back what may become one."""

from __future__ import annotations

from collections.abc import Iterable


class Stops:
    """Feed it pieces; it returns what is certain. `found` once a stop string came: nothing after it counts."""

    def __init__(self, stops: Iterable[str]) -> None:
        self._stops = tuple(stop for stop in stops if stop)
        self._first = frozenset(stop[0] for stop in self._stops)
        self._longest = max(map(len, self._stops), default=0)
        self._held = ""
        self.found = False

    def feed(self, piece: str) -> str:
        """The text that became certain with this piece."""
        if self.found:
            return ""
        if not self._held and not any(letter in piece for letter in self._first):
            return piece
        text = self._held + piece
        # The one that is whole first counts: so it does not matter how the text was cut.
        ends = [(at + len(stop), at) for stop in self._stops if (at := text.find(stop)) >= 0]
        if ends:
            self.found, self._held = True, ""
            return text[: min(ends)[1]]
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
