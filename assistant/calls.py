"""The one reader of tool calls: every spelling of the Llama family, a closed list of repairs, no guessing beyond it."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, NoReturn

import regex  # type: ignore[import-untyped, unused-ignore]

from .types import ToolCall

MAX_CHARACTERS: Final = 20_000
MAX_DEPTH: Final = 32


class Repair(StrEnum):
    """All that is ever mended: the very last bracket or end tag, quotes, words of the other language, a stray comma."""

    CLOSED = "closed"
    QUOTES = "quotes"
    WORDS = "words"
    COMMA = "comma"


class Trouble(StrEnum):
    """Why call-shaped text is not run."""

    UNREADABLE = "unreadable"
    TOO_LONG = "too_long"
    CODE = "code"
    CUT = "cut"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """The calls of a text, all of them or none; with `trouble` there are none though the text is shaped like one."""

    calls: tuple[ToolCall, ...] = ()
    repairs: tuple[Repair, ...] = ()
    trouble: Trouble | None = None


# --- where a call begins -----------------------------------------------------------------------------------

_BUILTINS: Final = ("brave_search.call(", "wolfram_alpha.call(", "code_interpreter.call(")
_CUT: Final = {name[:size] for name in _BUILTINS for size in range(1, len(name))}
_ANY: Final = "|".join(map(re.escape, _BUILTINS))
_OPENER: Final = re.compile(
    r"[{\[<`]|(?<![\w.])(?:" + _ANY + "|(?:" + "|".join(map(re.escape, sorted(_CUT))) + r")\Z)"
)
# Matched with partial=True, so that a stream knows of each prefix whether a call may still come of it.
_BEGIN: Final = regex.compile(
    r"""(?:`{1,3}\w{0,12}\s*)?
    (?: <\|python_(?:tag|start)\|> | <tool_call> | <function=
      | \{\s*["']
      | \[\s*(?: \{ | [A-Za-z_][\w.]*\s*\(\s*(?: \) | ["'] | [A-Za-z_]\w*\s*=(?!=) ))
      | """
    + _ANY
    + ")",
    regex.VERBOSE,
)
_FENCE: Final = re.compile(r"`{1,3}\w{0,12}\s*")
_FENCE_END: Final = re.compile(r"\s*`{1,3}")
_TAG: Final = re.compile(r"<\|python_(?:tag|start)\|>|<tool_call>")
_TAG_END: Final = re.compile(r"\s*(?:<\|python_end\|>|</tool_call>)")
_FUNCTION: Final = re.compile(r"<function=\s*([^>{\s]{1,64})\s*>")
_FUNCTION_END: Final = re.compile(r"\s*</function>")
_ENDS: Final = ("<|eot_id|>", "<|eom_id|>", "<|python_end|>")
_FIRST_KEY: Final = re.compile(
    r"""(?:\[\s*)?\{\s*["'](?:name|function|type|id|parameters|arguments)["']\s*:"""
)
_NAMED: Final = re.compile(r"""["'](?:name|function)["']\s*:""")
_GIVEN: Final = re.compile(r"""["'](?:parameters|arguments)["']\s*:""")
_GIVEN_OBJECT: Final = re.compile(_GIVEN.pattern + r"\s*\{")
_BRACKETS: Final = re.compile(
    r""" "(?:[^"\\]|\\.)*+" | (?<=[\s{\[(,:=])'(?:[^'\\]|\\.)*+' | [{}\[\]()] """, re.DOTALL | re.VERBOSE
)


def begins(text: str, at: int = 0) -> tuple[int, bool] | None:
    """Where the first call begins from `at` on; with False when only what comes next will tell whether one does."""
    for opener in _OPENER.finditer(text, at):
        found = _BEGIN.match(text, opener.start(), partial=True)
        if found is not None:
            return opener.start(), not found.partial
    return None


def harmless(tail: str, before: str, *, whole: bool) -> bool:
    """Whether the undecided end of a text may be shown: it is a word, closes a fence, or, after prose that ends there
    (`whole`), is a lone bracket."""
    if tail.startswith("`"):
        fence = tail[: len(tail) - len(tail.lstrip("`"))]
        return tail.strip() == fence and before.count(fence) % 2 == 1
    if tail[:1] in "{[<":
        return whole and len(tail.strip()) == 1 and bool(before.strip())
    return "_" not in tail


def data_end(text: str, at: int, *, alone: bool) -> int | None:
    """Where the block that begins at `at` ends, once it is whole and plainly no call; else None."""
    start = _inside(text, at)
    end = None if text[start : start + 1] not in ("{", "[") else _closing(text, start)
    if end is None or end - at > MAX_CHARACTERS:
        return None
    found = _block(text[:end], at, alone=alone)
    return end if found.trouble is None and not found.calls else None


# --- reading -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Block:
    end: int
    calls: list[ToolCall] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    trouble: Trouble | None = None


class _Unreadable(Exception):
    """What stands here follows no rule."""


class _NoCall(Exception):
    """It reads well, and is something else than a call."""


def parse(text: str) -> Parsed:
    """Every call in the text, with prose around it or not. Pure; never raises; cut text is never completed into a call
    but for one last bracket of a call that is otherwise whole."""
    text = text.rstrip()
    while text.endswith(_ENDS):
        text = text[: text.rindex("<|")].rstrip()
    calls: list[ToolCall] = []
    repairs: list[Repair] = []
    at = 0
    while (found := begins(text, at)) is not None and found[1]:
        block = _block(text, found[0], alone=not calls and not text[: found[0]].strip())
        if block.trouble is not None:
            return Parsed(trouble=block.trouble)
        calls += block.calls
        repairs += block.repairs
        at = block.end
    return Parsed(calls=tuple(calls), repairs=tuple(dict.fromkeys(repairs)))


def _block(text: str, at: int, *, alone: bool) -> _Block:
    """The block that begins at `at`. `alone`: nothing stands before it, so whatever resembles a call was meant as one."""
    limit = at + MAX_CHARACTERS
    reader = _Reader(text[:limit], _inside(text, at))
    tagged = _TAG.search(text, at, reader.at) is not None
    try:
        calls = reader.tagged() if tagged else reader.calls()
        if len(text) > limit and reader.at >= limit:
            return _Block(end=limit, trouble=Trouble.TOO_LONG)
        if _FENCE.match(text, at):
            reader.skip(_FENCE_END)
        return _Block(end=reader.at, calls=calls, repairs=reader.repairs)
    except _NoCall:
        if not tagged:
            return _Block(end=max(reader.at, at + 1))
    except (_Unreadable, RecursionError):
        if not tagged and not _shaped(text, at, alone=alone):
            start = _inside(text, at)
            rest = len(text) if "{" in text[start : start + 2] else at + 1
            return _Block(end=_closing(text, start) or rest)
    if len(text) > limit:
        return _Block(end=limit, trouble=Trouble.TOO_LONG)
    inside = text[_inside(text, at) :].lstrip()
    code = tagged and inside[:1] not in ("{", "[", "<", "")
    return _Block(end=len(text), trouble=Trouble.CODE if code else Trouble.UNREADABLE)


def _inside(text: str, at: int) -> int:
    """The position after the fence and the tag that wrap a block."""
    for wrap in (_FENCE, _TAG, _FENCE):
        found = wrap.match(text, at)
        at = found.end() if found is not None else at
    while text[at : at + 1].isspace():
        at += 1
    return at


def _shaped(text: str, at: int, *, alone: bool) -> bool:
    """Whether a block that cannot be read was meant as a call."""
    start = _inside(text, at)
    opening = text[start : start + 1]
    if opening not in ("{", "["):
        return True
    end = _closing(text, start)
    body = text[start:end]
    if opening == "[" and not re.match(r"\[\s*\{", body):
        # A list of calls in Python: among prose, positional values are more likely somebody's code.
        return alone or re.match(r"\[\s*[A-Za-z_][\w.]*\s*\(\s*(?:\)|[A-Za-z_]\w*\s*=)", body) is not None
    if _GIVEN_OBJECT.search(body) or (_NAMED.search(body) and _GIVEN.search(body)):
        return True
    if end is not None:
        return False
    # Cut off. A first key that calls do not begin with makes it somebody's data.
    begun = re.match(r"""(?:\[\s*)?\{\s*(["'])[^"']*\1\s*:""", body)
    return begun is None or _FIRST_KEY.match(body) is not None


def _closing(text: str, at: int) -> int | None:
    """The position after the bracket that closes the one at `at`."""
    depth = 0
    for found in _BRACKETS.finditer(text, at):
        if found[0] in ("{", "[", "("):
            depth += 1
        elif found[0] in ("}", "]", ")"):
            depth -= 1
            if depth == 0:
                return found.end()
    return None


_NAME: Final = re.compile(r"[A-Za-z_][\w.-]{0,63}", re.ASCII)
_TOOL: Final = re.compile(r"[a-z0-9_]{1,48}")
_SPACE: Final = re.compile(r"\s*")
_STRING: Final = re.compile(
    r""" "((?:[^"\\\x00-\x1f]|\\.)*+)" | '((?:[^'\\\x00-\x1f]|\\.)*+)' """, re.VERBOSE
)
_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])", re.ASCII)
_WORD: Final = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*", re.ASCII)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", **{c: c for c in "\"'\\/"}}
_JSON_WORDS: Final = {"true": True, "false": False, "null": None}
_PYTHON_WORDS: Final = {"True": True, "False": False, "None": None}
_MEANT: Final = {"brave_search": "web_search"}
_SEPARATORS: Final = re.compile(r"[\s;,]*")


def _no_constant(_: str) -> NoReturn:
    raise ValueError("not a number")


_DECODER: Final = json.JSONDecoder(parse_constant=_no_constant)


class _Reader:
    """Reads one block from `at` on, and counts what it mends."""

    def __init__(self, text: str, at: int) -> None:
        self.text = text
        self.at = at
        self.repairs: list[Repair] = []
        self._python = False

    # --- calls

    def calls(self) -> list[ToolCall]:
        """One object, list, `<function=…>` or `name.call(…)`. Raises _Unreadable, _NoCall."""
        here = self.text[self.at : self.at + 1]
        if here == "<":
            return [self._function()]
        if here == "[" and not re.compile(r"\[\s*[\[\]{\"']").match(self.text, self.at):
            return self._pythonic()
        if here in ("{", "["):
            value = self._json()
            values = value if isinstance(value, list) else [value]
            like = [_is_call(item) for item in values]
            if not any(like):
                # A bracket was supplied: it was cut off, and may have been on its way to a call.
                raise _Unreadable if Repair.CLOSED in self.repairs else _NoCall
            if not all(like):
                raise _Unreadable
            return [self._call(item) for item in values]
        return [self._keywords()]

    def tagged(self) -> list[ToolCall]:
        """Everything after a tag, up to its end: calls one after another, also in Python without brackets."""
        found = []
        while True:
            found += self.calls()
            if self.skip(_TAG_END):
                return found
            self.skip(_SEPARATORS)
            if self.at >= len(self.text) or not re.match(r"[\[{<\w]", self.text[self.at]):
                return found
            if self.text.startswith("<|", self.at):
                self.at = _inside(self.text, self.at)

    def skip(self, pattern: re.Pattern[str]) -> bool:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found is not None else self.at
        return found is not None

    def _call(self, value: Any) -> ToolCall:
        if isinstance(value.get("function"), dict):
            value = value["function"]
        name = value.get("name") or value.get("function")
        given = value.get("parameters", value.get("arguments"))
        if isinstance(given, str):
            given = self._spelled(given)
        if given is None and Repair.CLOSED not in self.repairs:
            given = {}
        if not isinstance(name, str) or not _NAME.fullmatch(name) or not isinstance(given, dict):
            raise _Unreadable
        return ToolCall(name=name, arguments=given)

    def _spelled(self, text: str) -> Any:
        """Arguments that came as the text of a JSON object."""
        inner = _Reader(text, 0)
        inner.skip(_SPACE)
        if inner.at == len(text):
            return {}
        value = inner._json()
        inner.skip(_SPACE)
        if inner.at != len(text) or Repair.CLOSED in inner.repairs:
            raise _Unreadable
        self.repairs += inner.repairs
        return value

    def _function(self) -> ToolCall:
        found = _FUNCTION.match(self.text, self.at)
        if found is None or not _NAME.fullmatch(found[1]):
            raise _Unreadable
        self.at = found.end()
        self.skip(_SPACE)
        given = self._json() if self.text.startswith("{", self.at) else {}
        if not self.skip(_FUNCTION_END):
            self._close(given != {} or self.text.endswith("}"))
        return ToolCall(name=found[1], arguments=given)

    def _pythonic(self) -> list[ToolCall]:
        self._python = True
        self._take("[")
        found = [self._keywords()]
        while self._list_goes_on("]"):
            found.append(self._keywords())
        return found

    def _keywords(self) -> ToolCall:
        """`name(a=1, b="x")` or `name.call(a=1)`."""
        self._python = True
        name = self._match(_WORD)
        if name.endswith(".call"):
            name = name.removesuffix(".call")
            name = _MEANT.get(name, name)
        if not _NAME.fullmatch(name):
            raise _Unreadable
        self._take("(")
        given: dict[str, Any] = {}
        while not self._next(")"):
            key = self._match(_WORD)
            self._take("=")
            if key in given:
                raise _Unreadable
            given[key] = self._value(1)
            if not self._next(",") and not self._peek(")"):
                raise _Unreadable
        return ToolCall(name=name, arguments=given)

    # --- values

    def _json(self) -> Any:
        """A JSON value: strictly, and only if that fails with the repairs."""
        try:
            value, end = _DECODER.raw_decode(self.text, self.at)
        except (ValueError, RecursionError):
            return self._value(0)
        self.at = end
        return _sane(value, 0)

    def _value(self, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise _Unreadable
        self.skip(_SPACE)
        here = self.text[self.at : self.at + 1]
        if here == "{":
            return self._object(depth)
        if here == "[":
            self.at += 1
            found: list[Any] = []
            if not self._next("]"):
                found.append(self._value(depth + 1))
                while self._list_goes_on("]"):
                    found.append(self._value(depth + 1))
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
        if self._next("}"):
            return found
        while True:
            self.skip(_SPACE)
            key = self._string()
            self._take(":")
            found[key] = self._value(depth + 1)
            if not self._list_goes_on("}"):
                return found

    def _list_goes_on(self, bracket: str) -> bool:
        """Past a comma with another item behind it; or past the end of the list, which may be the text's missing last."""
        if self._next(","):
            if not self._next(bracket):
                return True
            if not self._python:
                self.repairs.append(Repair.COMMA)
            return False
        if not self._next(bracket):
            self._close(True)
        return False

    def _close(self, whole: bool) -> None:
        """Supply the last bracket, once, and only where the text ends."""
        ended = self.at >= len(self.text) or _TAG_END.match(self.text, self.at) or self._fence_ends()
        if not whole or not ended or Repair.CLOSED in self.repairs:
            raise _Unreadable
        self.repairs.append(Repair.CLOSED)

    def _fence_ends(self) -> bool:
        found = _FENCE_END.match(self.text, self.at)
        return found is not None and not self.text[found.end() :].strip()

    def _string(self) -> str:
        found = _STRING.match(self.text, self.at)
        if found is None:
            raise _Unreadable
        self.at = found.end()
        if found[2] is not None and not self._python:
            self.repairs.append(Repair.QUOTES)
        inner = found[1] if found[1] is not None else found[2]
        return _valid(_ESCAPE.sub(self._unescaped, inner)) if "\\" in inner else _valid(inner)

    def _unescaped(self, found: re.Match[str]) -> str:
        code, byte, letter = found.groups()
        if code or byte:
            return chr(int(code or byte, 16))
        if letter in _ESCAPED:
            return _ESCAPED[letter]
        if not self._python:
            raise _Unreadable
        return found[0]

    def _word(self) -> Any:
        word = self._match(_WORD)
        own, other = (_PYTHON_WORDS, _JSON_WORDS) if self._python else (_JSON_WORDS, _PYTHON_WORDS)
        if word in own:
            return own[word]
        if word not in other:
            raise _Unreadable
        self.repairs.append(Repair.WORDS)
        return other[word]

    # --- characters

    def _match(self, pattern: re.Pattern[str]) -> str:
        self.skip(_SPACE)
        found = pattern.match(self.text, self.at)
        if found is None:
            raise _Unreadable
        self.at = found.end()
        return found[0]

    def _peek(self, character: str) -> bool:
        self.skip(_SPACE)
        return self.text.startswith(character, self.at)

    def _next(self, character: str) -> bool:
        found = self._peek(character)
        self.at += found
        return found

    def _take(self, character: str) -> None:
        if not self._next(character):
            raise _Unreadable


def _is_call(value: Any) -> bool:
    """Whether a JSON value is meant as a call, well written or not."""
    if not isinstance(value, dict):
        return False
    given = "parameters" in value or "arguments" in value
    if isinstance(value.get("parameters", value.get("arguments")), dict):
        return True
    if isinstance(value.get("function"), dict):
        return "name" in value["function"] or given
    if value.get("type") == "function" or (given and ("name" in value or "function" in value)):
        return True
    return (
        value.keys() == {"name"} and isinstance(value["name"], str) and bool(_TOOL.fullmatch(value["name"]))
    )


def _sane(value: Any, depth: int) -> Any:
    """The value as tools and the store can take it. Raises _Unreadable for numbers and depths they cannot."""
    if depth > MAX_DEPTH:
        raise _Unreadable
    if isinstance(value, str):
        return _valid(value)
    if isinstance(value, dict):
        return {_valid(key): _sane(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_sane(item, depth + 1) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise _Unreadable
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise _Unreadable
    return value


def _valid(text: str) -> str:
    """With surrogate pairs joined and lone ones replaced: neither databases nor tokenizers take those."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
