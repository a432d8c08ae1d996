"""What changed between two texts, word by word, as pieces that a page shows as kept, taken out or put in."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_PIECES = re.compile(r"(\n|\w+(?:['’\-]\w+)*|[^\w\s])([^\S\n]*)")
"""A line break, a word or a sign; and the blanks after it."""
_MOST_PAIRS = 100_000
"""Places where two texts have the same word; beyond it they repeat themselves so much that comparing takes seconds."""


class Change(StrEnum):
    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    change: Change
    text: str


def words(before: str, after: str) -> list[Piece]:
    """The pieces in reading order. Blanks between words are not compared; line breaks are.

    The kept and added pieces together are `after`, but for blanks at its very beginning.
    """
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    head = 0
    while head < min(len(old), len(new)) and old[head][0] == new[head][0]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail][0] == new[-1 - tail][0]:
        tail += 1
    # What both ends share is never compared: an edit in the middle of a long text costs what the edit is long.
    middle = (
        [word for word, _ in old[head : len(old) - tail]],
        [word for word, _ in new[head : len(new) - tail]],
    )
    found: list[Piece] = []
    _say(found, Change.KEPT, new[:head], Change.KEPT)
    for kind, low, high, first, last in _steps(*middle):
        if kind == "equal":
            _say(found, Change.KEPT, new[head + first : head + last], Change.KEPT)
        else:
            replaced = (
                last > first
            )  # then the blanks behind the new words stand for those behind the old ones
            _say(found, Change.REMOVED, old[head + low : head + high], None if replaced else Change.REMOVED)
            _say(found, Change.ADDED, new[head + first : head + last], Change.KEPT)
    _say(found, Change.KEPT, new[len(new) - tail :], Change.KEPT)
    return found


def _steps(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    counts = Counter(new)
    if sum(counts[word] for word in old) > _MOST_PAIRS:
        return [("replace", 0, len(old), 0, len(new))]
    return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())


def _say(found: list[Piece], change: Change, tokens: list[tuple[str, str]], blanks: Change | None) -> None:
    """The words, without the blanks behind the last of them; those are a piece of their own, unless `blanks` is None."""
    if not tokens:
        return
    text = "".join(word + after for word, after in tokens)
    end = len(text) - len(tokens[-1][1])
    found.append(Piece(change=change, text=text[:end]))
    if text[end:] and blanks is not None:
        found.append(Piece(change=blanks, text=text[end:]))
