"""Reads the JSON and Python values that models write: strictly first, then with a closed list of repairs."""

from __future__ import annotations

import json
import math
import re
from enum import StrEnum
from typing import Any, Final, NoReturn

MAX_DEPTH: Final = 32


class Repair(StrEnum):
    """All that is ever mended: the very last bracket or end tag, quotes, words of the other language, a stray comma."""

    CLOSED = "closed"
    QUOTES = "quotes"
    WORDS = "words"
    COMMA = "comma"


class Unreadable(Exception):
    """What stands here follows no rule."""


_SPACE: Final = re.compile(r"\s*")
_STRING: Final = re.compile(
    r""" "([^"\\\x00-\x1f]*+(?:\\.[^"\\\x00-\x1f]*+)*+)" | '([^'\\\x00-\x1f]*+(?:\\.[^'\\\x00-\x1f]*+)*+)' """,
    re.VERBOSE,
)
_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])", re.ASCII)
WORD: Final = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*", re.ASCII)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", **{c: c for c in "\"'\\/"}}
_JSON_WORDS: Final = {"true": True, "false": False, "null": None}
_PYTHON_WORDS: Final = {"True": True, "False": False, "None": None}


def _no_constant(_: str) -> NoReturn:
    raise ValueError("not a number")


_DECODER: Final = json.JSONDecoder(parse_constant=_no_constant)


class Reader:
    """Reads values from `at` on, and lists in `repairs` what it mended. Raises Unreadable."""

    def __init__(self, text: str, at: int = 0) -> None:
        self.text = text
        self.at = at
        self.repairs: list[Repair] = []
        self.python = False

    def json(self) -> Any:
        """A JSON value: strictly, and only if that fails with the repairs."""
        try:
            value, end = _DECODER.raw_decode(self.text, self.at)
        except (ValueError, RecursionError):
            return self.value(0)
        self.at = end
        return _sane(value, 0)

    def value(self, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise Unreadable
        self.skip(_SPACE)
        here = self.text[self.at : self.at + 1]
        if here == "{":
            return self._object(depth)
        if here == "[":
            self.at += 1
            found: list[Any] = []
            if not self.next("]"):
                found.append(self.value(depth + 1))
                while self.list_goes_on("]"):
                    found.append(self.value(depth + 1))
            return found
        if here in ('"', "'"):
            return self._string()
        if number := _NUMBER.match(self.text, self.at):
            self.at = number.end()
            plain = number[0].lstrip("-").isdigit()
            return _sane(int(number[0]) if plain and len(number[0]) < 21 else float(number[0]), depth)
        return self._word()

    def _object(self, depth: int) -> dict[str, Any]:
        self.at += 1
        found: dict[str, Any] = {}
        if self.next("}"):
            return found
        while True:
            self.skip(_SPACE)
            key = self._string()
            self.take(":")
            found[key] = self.value(depth + 1)
            if not self.list_goes_on("}"):
                return found

    def list_goes_on(self, bracket: str) -> bool:
        """Past a comma with another item behind it; or past the end of the list, which may be the text's missing last."""
        if self.next(","):
            if not self.next(bracket):
                return True
            if not self.python:
                self.repairs.append(Repair.COMMA)
            return False
        if not self.next(bracket):
            self.close(True)
        return False

    def close(self, whole: bool) -> None:
        """Supply the last bracket, once, and only where the text ends."""
        if not whole or not self.ended() or Repair.CLOSED in self.repairs:
            raise Unreadable
        self.repairs.append(Repair.CLOSED)

    def ended(self) -> bool:
        """Whether nothing comes any more."""
        return self.at >= len(self.text)

    def _string(self) -> str:
        found = _STRING.match(self.text, self.at)
        if found is None:
            raise Unreadable
        self.at = found.end()
        if found[2] is not None and not self.python:
            self.repairs.append(Repair.QUOTES)
        inner = found[1] if found[1] is not None else found[2]
        return _valid(_ESCAPE.sub(self._unescaped, inner)) if "\\" in inner else _valid(inner)

    def _unescaped(self, found: re.Match[str]) -> str:
        code, byte, letter = found.groups()
        if code or byte:
            return chr(int(code or byte, 16))
        if letter in _ESCAPED:
            return _ESCAPED[letter]
        if not self.python:
            raise Unreadable
        return found[0]

    def _word(self) -> Any:
        word = self.match(WORD)
        own, other = (_PYTHON_WORDS, _JSON_WORDS) if self.python else (_JSON_WORDS, _PYTHON_WORDS)
        if word in own:
            return own[word]
        if word not in other:
            raise Unreadable
        self.repairs.append(Repair.WORDS)
        return other[word]

    # --- characters

    def match(self, pattern: re.Pattern[str]) -> str:
        self.skip(_SPACE)
        found = pattern.match(self.text, self.at)
        if found is None:
            raise Unreadable
        self.at = found.end()
        return found[0]

    def peek(self, character: str) -> bool:
        self.skip(_SPACE)
        return self.text.startswith(character, self.at)

    def next(self, character: str) -> bool:
        found = self.peek(character)
        self.at += found
        return found

    def take(self, character: str) -> None:
        if not self.next(character):
            raise Unreadable

    def skip(self, pattern: re.Pattern[str]) -> bool:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found is not None else self.at
        return found is not None


def _sane(value: Any, depth: int) -> Any:
    """The value as tools and the store can take it. Raises Unreadable for numbers and depths they cannot."""
    if depth > MAX_DEPTH:
        raise Unreadable
    if isinstance(value, str):
        return _valid(value)
    if isinstance(value, dict):
        return {_valid(key): _sane(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_sane(item, depth + 1) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise Unreadable
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise Unreadable
    return value


def _valid(text: str) -> str:
    """With surrogate pairs joined and lone ones replaced: neither databases nor tokenizers take those."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
