"""Cut a Markdown text to a channel's limit, in the channel's own unit, where a reader would pause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import regex  # type: ignore[import-untyped, unused-ignore]

from .types import Unit

AIM = 0.95
"""Pieces of a longer text are filled to this share of the limit: rendering may add a few marks."""

SMALLEST_LIMIT = 4

_FENCE = regex.compile(r"(?m)^[ ]{0,3}(`{3,}|~{3,})([^\n]*)$")
_WHOLE = regex.compile(
    r"!?\[[^\[\]\n]*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s\"[^\"\n]*\")?\)"  # [words](address)
    r"|<[a-zA-Z][a-zA-Z0-9+.-]*:[^<>\s]*>"  # <address>
    r"|https?://[^\s<>]+"
    r"|(?<![`])(`{1,2})(?!`)[^`\n]+\1(?!`)"
    r"|(?<![*\w])(\*{1,3})(?=[^\s*])[^*\n]*[^\s*]\2(?![*\w])"
    r"|(?<![_\w])(_{1,3})(?=[^\s_])[^_\n]*[^\s_]\3(?![_\w])"
)
_PARAGRAPH = regex.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)*\n")
_SENTENCE = regex.compile(r"[.!?…][\"')\]*_»”’]*(?=\s)|[。！？]")
_BLANK_LINES = regex.compile(r"(?:[^\S\n]*\n)*")
_LEADING = regex.compile(r"(?:\s(?![\p{M}\u200d]))*")


def measure(text: str, unit: Unit) -> int:
    """The length of `text` as the channel counts it."""
    if unit is Unit.CODEPOINTS:
        return len(text)
    if unit is Unit.BYTES:
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int, unit: Unit) -> list[str]:
    """Pieces of at most `limit` units, in order; nothing is lost but white space at the cuts.

    A code fence that has to be cut is closed in one piece and opened again, with its language, in the next.
    A text of white space alone gives no piece.
    """
    if limit < SMALLEST_LIMIT:
        raise ValueError(f"a limit of {limit} cannot hold every character")
    if not text.strip():
        return []
    if measure(text, unit) <= limit:
        return [text]
    pieces: list[str] = []
    budget = max(SMALLEST_LIMIT, int(limit * AIM))
    fence: _Fence | None = None
    while text.strip():
        opening = fence.opening if fence else ""
        if measure(opening + text, unit) <= budget:
            pieces.append(opening + text.rstrip())
            break
        room = budget - measure(opening, unit)
        window = _fitting(text, room, unit)
        whole = partial(_fits, room=room, unit=unit)
        at, kind = _cut(text, window, fence is not None, whole)
        inside = _fence_at(text, at, fence)
        if inside and measure(inside.opening + inside.closing, unit) > budget // 2:
            inside = None
        if inside:
            smaller = _fitting(text, max(1, room - measure(inside.closing, unit)), unit)
            if at > smaller:
                at, kind = _cut(text, smaller, fence is not None, whole)
                inside = _fence_at(text, at, fence)
        head = text[:at].rstrip("\n") if inside else text[:at].rstrip()
        text = text[at:]
        if inside:
            text = text[1:] if text.startswith("\n") else text
        elif kind == "line":
            text = text[_end(_BLANK_LINES, text) :]
        else:
            text = text[_end(_LEADING, text) :]
        if head.strip():
            pieces.append(opening + head + (inside.closing if inside else ""))
        fence = inside
    return pieces


@dataclass(frozen=True, slots=True)
class _Fence:
    opening: str
    closing: str


def _fits(text: str, room: int, unit: Unit) -> bool:
    return measure(text, unit) <= room


def _end(pattern: regex.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0


def _fitting(text: str, room: int, unit: Unit) -> int:
    """How many characters of `text` fit into `room`; at least one."""
    low, high = 1, max(1, min(len(text), room))
    if measure(text[:high], unit) <= room:
        return high
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle], unit) <= room:
            low = middle
        else:
            high = middle - 1
    return low


def _cut(text: str, window: int, in_fence: bool, whole: Callable[[str], bool]) -> tuple[int, str]:
    """Where to cut `text` so that at most `window` characters come before, and what kind of place it is."""
    if window >= len(text):
        return len(text), "line"
    seen = text[: window + 1]
    graphemes = {found.start() for found in regex.finditer(r"\X", seen)} - {0}
    kept = _unbroken(text, window, whole)

    def good(position: int) -> bool:
        return position in graphemes and not any(start < position < end for start, end in kept)

    in_code, opening_ends = _code_ranges(seen, in_fence)
    paragraphs = [found.start() for found in _PARAGRAPH.finditer(seen)]
    lines = [index for index in range(1, window + 1) if text[index] == "\n"]
    sentences = [found.end() for found in _SENTENCE.finditer(seen)]
    words = [index for index in range(1, window + 1) if text[index].isspace()]
    outside = [place for place in paragraphs if not _within(in_code, place)]
    levels: list[tuple[list[int], str, float]] = [
        (outside, "line", 0.5),
        (
            [place for place in lines if place not in opening_ends and not _within(in_code, place)],
            "line",
            0.5,
        ),
        ([place for place in lines if place not in opening_ends], "line", 0.25),
        ([place for place in sentences if not _within(in_code, place)], "word", 0.4),
        (words, "word", 0.25),
        (outside, "line", 0.0),
        (lines, "line", 0.0),
        (words, "word", 0.0),
    ]
    for places, kind, least in levels:
        for place in sorted(places, reverse=True):
            if place < window * least or place < 1:
                break
            if place <= window and text[:place].strip() and good(place):
                return place, kind
    for place in sorted(graphemes, reverse=True):
        if place <= window and good(place):
            return place, "grapheme"
    # Everything up to here is one unbreakable thing that fits nowhere whole: keep at least characters whole.
    return max((place for place in graphemes if place <= window), default=window), "grapheme"


def _unbroken(text: str, window: int, whole: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Stretches that cross the window or lie in it and must stay whole, as long as they would fit alone."""
    found = _WHOLE.finditer(text, 0, min(len(text), window * 2 + 2))
    return [match.span() for match in found if match.start() <= window and whole(match.group())]


def _code_ranges(seen: str, in_fence: bool) -> tuple[list[tuple[int, int]], set[int]]:
    """Where code blocks lie, and where their opening lines end: no good places to cut."""
    ranges: list[tuple[int, int]] = []
    opening_ends: set[int] = set()
    start = 0 if in_fence else None
    for found in _FENCE.finditer(seen):
        if start is None:
            start = found.start()
            opening_ends.add(found.end())
        else:
            ranges.append((start, found.end()))
            start = None
    if start is not None:
        ranges.append((start, len(seen)))
    return ranges, opening_ends


def _within(ranges: list[tuple[int, int]], place: int) -> bool:
    return any(start < place < end for start, end in ranges)


def _fence_at(text: str, at: int, before: _Fence | None) -> _Fence | None:
    """The code fence that is open at position `at` of `text`, if any."""
    open_mark = before.closing.strip() if before else ""
    current = before
    for found in _FENCE.finditer(text, 0, at):
        mark, info = found[1], found[2].strip()
        if current is None:
            if mark[0] == "`" and "`" in info:
                continue
            current, open_mark = _Fence(f"{mark}{info[:40]}\n", f"\n{mark}"), mark
        elif mark[0] == open_mark[0] and len(mark) >= len(open_mark) and not info:
            current, open_mark = None, ""
    return current
