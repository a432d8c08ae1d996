"""Cut a Markdown text to a channel's limit, in the channel's own unit, where a reader would pause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import regex  # type: ignore[import-untyped, unused-ignore]

from .markup import render, verbatim
from .types import Dialect, Text, Unit

AIM = 0.95
"""Pieces of a longer text are filled to this share of the limit: rendering may add a few marks."""

SMALLEST_LIMIT = 4
SMALLEST_HTML = 8

_FENCE = regex.compile(
    r"(?m)^(?P<prefix>[ \t]*+(?:(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))[ \t]*+)*+)"  # inside quotations and lists too
    r"(?P<mark>`{3,}+|~{3,}+)(?P<info>[^\n]*)$"
)
_WHOLE = regex.compile(
    r"!?\[[^\[\]]*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s\"[^\"\n]*\")?\)"  # [words](address)
    r"|<[a-zA-Z][a-zA-Z0-9+.-]*:[^<>\s]*>"  # <address>
    r"|(?:https?://|www\.)[^\s<>]+"
    r"|(?<![`])(`{1,2})(?!`)[^`\n]+\1(?!`)"
    r"|(?<!\*)(\*{1,3})(?=[^\s*])[^*\n]*[^\s*]\2(?!\*)"
    r"|(?<![_\w])(_{1,3})(?=[^\s_])[^_\n]*[^\s_]\3(?![_\w])"
    r"|~~(?=[^\s~])[^~\n]*[^\s~]~~"
)
_RULE = regex.compile(r"(?m)^[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$")
_ROW = regex.compile(r"[^\n]*\|[^\n]*")
_ITEM = regex.compile(r"([ \t]+)(?:[-*+]|\d{1,9}[.)])[ \t]")
_ITEM_BEFORE = regex.compile(r"[ \t]*+(?:[-*+]|\d{1,9}[.)])[ \t]")
_QUOTED = regex.compile(r"[ \t]{0,3}(?:>[ \t]?){1,4}")
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

    A code fence that has to be cut is closed in one piece and opened again, with its language, in the next; a table
    is cut between rows and has its column names in every piece; a quotation goes on as one.
    A text of white space alone gives no piece.
    """
    if limit < SMALLEST_LIMIT:
        raise ValueError(f"a limit of {limit} cannot hold every character")
    if not text.strip():
        return []
    if measure(text, unit) <= limit:
        return [text]
    found: list[str] = []
    budget = max(SMALLEST_LIMIT, int(limit * AIM))
    opened: _Open | None = None
    while text.strip():
        opening = opened.opening if opened else ""
        if measure(opening + text, unit) <= budget:
            found.append(opening + text.rstrip())
            break
        room = budget - measure(opening, unit)
        whole = partial(_fits, room=room, unit=unit)
        at, kind = _cut(text, _fitting(text, room, unit), opened, whole)
        after = _open_at(text, at, opened)
        if after and measure(after.opening + after.closing, unit) > budget // 2:
            after = None
        if after and after.closing:
            smaller = _fitting(text, max(1, room - measure(after.closing, unit)), unit)
            if at > smaller:
                at, kind = _cut(text, smaller, opened, whole)
                after = _open_at(text, at, opened)
        code = after is not None and not after.table
        head = text[:at].rstrip("\n") if code else text[:at].rstrip()
        quoted = "" if after or kind == "line" else _quotation(text, at)
        closing = after.closing if after else ""
        before, text = text[:at], text[at:]
        if code and after:
            text, after = _unindented_code(text.removeprefix("\n"), after)
        elif kind == "line":
            text = _unindented_list(before, text[_end(_BLANK_LINES, text) :])
        else:
            text = quoted + text[_end(_LEADING, text) :]
        if head.strip():
            found.append(opening + head + closing)
        opened = after
    return found


def pieces(text: str, dialect: Dialect, limit: int, unit: Unit) -> list[Text]:
    """A Markdown text in `dialect`, in as few parts as the limit allows; the limit holds for what was rendered.

    Raises ValueError for a limit that cannot hold every character: of HTML, `&quot;` is one.
    """
    if limit < (SMALLEST_HTML if dialect is Dialect.HTML else SMALLEST_LIMIT):
        raise ValueError(f"a limit of {limit} cannot hold every character")
    found = [part for piece in split(text, limit, unit) for part in _rendered(piece, dialect, limit, unit)]
    return [part for part in found if part.text.strip()]


def _rendered(piece: str, dialect: Dialect, limit: int, unit: Unit) -> list[Text]:
    """One piece rendered, in several parts when its marks, tags or repeated column names made it too long."""
    whole = render(piece, dialect)
    size, source = measure(whole.text, unit), measure(piece, unit)
    if size <= limit:
        return [whole]
    smaller = min(source - 1, int(source * limit / size * AIM))
    if smaller < 2 * SMALLEST_LIMIT:
        return [verbatim(part, dialect) for part in _unread(piece, dialect, limit, unit)]
    return [part for cut in split(piece, smaller, unit) for part in _rendered(cut, dialect, limit, unit)]


def _unread(piece: str, dialect: Dialect, limit: int, unit: Unit) -> list[str]:
    """The source itself in parts that fit once they are escaped."""
    parts = [""]
    for cluster in regex.findall(r"\X", piece):
        fits = measure(verbatim(cluster, dialect).text, unit) <= limit
        for one in [cluster] if fits else cluster:
            if measure(verbatim(parts[-1] + one, dialect).text, unit) > limit:
                parts.append("")
            parts[-1] += one
    return parts


@dataclass(frozen=True, slots=True)
class _Open:
    """What a cut leaves open: a code fence, closed by `closing`, or a table; `opening` begins the next piece."""

    opening: str
    closing: str = ""
    mark: str = ""
    prefix: str = ""
    table: bool = False


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


def _cut(text: str, window: int, opened: _Open | None, whole: Callable[[str], bool]) -> tuple[int, str]:
    """Where to cut `text` so that at most `window` characters come before, and what kind of place it is."""
    if window >= len(text):
        return len(text), "line"
    seen = text[: window + 1]
    graphemes = {found.start() for found in regex.finditer(r"\X", seen)} - {0}
    in_code, opening_ends, _ = _fences(text, len(seen), opened)
    kept = _unbroken(text, window, whole) + _rows(text, window, opened, in_code, whole)

    def good(position: int) -> bool:
        return position in graphemes and not _within(kept, position)

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


def _within(ranges: list[tuple[int, int]], place: int) -> bool:
    return any(start < place < end for start, end in ranges)


# --- code fences -----------------------------------------------------------------------------------------


def _fences(
    text: str, end: int, opened: _Open | None
) -> tuple[list[tuple[int, int]], set[int], _Open | None]:
    """Where code lies in text[:end], where opening lines end (no good places to cut), and what is open at `end`."""
    ranges: list[tuple[int, int]] = []
    opening_ends: set[int] = set()
    current = opened if opened and not opened.table else None
    start = 0
    for found in _FENCE.finditer(text, 0, end):
        if current is None:
            current = _fence(found["prefix"], found["mark"], found["info"].strip())
            start = found.start()
            if current:
                opening_ends.add(found.end())
        elif _closes(found, current):
            ranges.append((start, found.end()))
            current = None
    if current is not None:
        ranges.append((start, end))
    return ranges, opening_ends, current


def _fence(prefix: str, mark: str, info: str) -> _Open | None:
    """The fence that such a line opens. In a list it stands indented; in a quotation every line has its marks."""
    if mark[0] == "`" and "`" in info:
        return None
    prefix = regex.sub(r"[^>\s]", " ", prefix)
    again = prefix if ">" in prefix else ""
    return _Open(f"{again}{mark}{info[:40]}\n", f"\n{prefix}{mark}", mark, prefix)


def _closes(found: regex.Match[str], fence: _Open) -> bool:
    prefix, mark = found["prefix"], found["mark"]
    return (
        mark[0] == fence.mark[0]
        and len(mark) >= len(fence.mark)
        and not found["info"].strip()
        and prefix.count(">") == fence.prefix.count(">")
        and not regex.search(r"[^>\s]", prefix)
    )


def _unindented_code(text: str, fence: _Open) -> tuple[str, _Open]:
    """The rest of a block that stood indented in a list, as far as its closing line, without that indentation."""
    width = len(fence.prefix)
    if not width or ">" in fence.prefix:
        return text, fence
    closing = next((found for found in _FENCE.finditer(text) if _closes(found, fence)), None)
    end = closing.end() if closing else len(text)
    text = str(regex.sub(rf"(?m)^[ \t]{{1,{width}}}", "", text[:end])) + text[end:]
    return text, replace(fence, prefix="", closing=f"\n{fence.mark}")


# --- tables, lists, quotations ---------------------------------------------------------------------------


def _open_at(text: str, at: int, opened: _Open | None) -> _Open | None:
    """The code fence or table that a cut at `at` leaves open, if any."""
    fence = _fences(text, at, opened)[2]
    return fence or _table_at(text, at, opened)


def _table_at(text: str, at: int, opened: _Open | None) -> _Open | None:
    """The table whose rows go on after a cut between two of them."""
    if not text.startswith("\n", at) or not _ROW.match(text, at + 1):
        return None
    end = at
    while end > 0:
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end]
        if "|" not in line or _FENCE.match(line):
            return None
        if start and _RULE.match(line):
            head = text[text.rfind("\n", 0, start - 1) + 1 : start - 1]
            return _Open(f"{head}\n{line}\n", table=True) if "|" in head else None
        end = start - 1
    return opened if opened and opened.table else None


def _rows(
    text: str,
    window: int,
    opened: _Open | None,
    in_code: list[tuple[int, int]],
    whole: Callable[[str], bool],
) -> list[tuple[int, int]]:
    """The rows of every table that begins before the window ends; the first one together with the column names."""
    found: list[tuple[int, int]] = []
    starts = [(0, 0)] if opened and opened.table else []
    for rule in _RULE.finditer(text, 0, min(len(text), window * 2 + 2)):
        head = text.rfind("\n", 0, max(0, rule.start() - 1)) + 1
        if "|" in text[head : rule.start()] and not _within(in_code, rule.start()):
            starts.append((head, rule.end() + 1))
    for head, first in starts:
        start = head
        while head <= window and (row := _ROW.match(text, first)):
            if whole(text[start : row.end()]):
                found.append((start, row.end()))
            start = first = row.end() + 1
            if start > window:
                break
    return found


def _unindented_list(before: str, text: str) -> str:
    """A nested list, or what continues an item, would be read as code when it began a text so far indented."""
    item = _ITEM.match(text)
    width = len(item[1]) if item else 0
    if not item:
        indent = regex.match(r"[ \t]*", text)
        width = len(indent[0]) if indent else 0
        outer = [
            line for line in before.split("\n") if line.strip() and len(line) - len(line.lstrip()) < width
        ]
        if not width or not outer or not _ITEM_BEFORE.match(outer[-1]):
            return text
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if line.strip() and not line[:width].isspace():
            break
        lines[index] = line[width:] if line.strip() else ""
    return "\n".join(lines)


def _quotation(text: str, at: int) -> str:
    """The marks of the quotation that a cut inside one of its lines leaves open."""
    start = text.rfind("\n", 0, at) + 1
    found = _QUOTED.match(text, start, at)
    return found[0] if found and text[found.end() : at].strip() else ""
