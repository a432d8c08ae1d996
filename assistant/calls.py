"""The one reader of tool calls: every spelling of the Llama family, a closed list of repairs, no guessing beyond it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

import regex  # type: ignore[import-untyped, unused-ignore]

from .literals import WORD, Reader, Repair, Unreadable
from .types import ToolCall

MAX_CHARACTERS: Final = 20_000


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
_ANY: Final = "|".join(map(re.escape, _BUILTINS))
# The first letter of a built-in name, with the rest of it, or with as much of the rest as there is yet.
_WORDS: Final = "|".join(
    f"(?<={name[0]})(?:{re.escape(name[1:])}|(?:{'|'.join(re.escape(name[1:size]) for size in range(1, len(name)))})\\Z)"
    for name in _BUILTINS
)
_OPENER: Final = re.compile(rf"[{{\[<`bwc](?:(?<=[{{\[<`])|(?<![\w.].)(?:{_WORDS}))", re.DOTALL)
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
    r""" "[^"\\]*+(?:\\.[^"\\]*+)*+" | (?<=[\s{\[(,:=])'[^'\\]*+(?:\\.[^'\\]*+)*+' | [{}\[\]()] """,
    re.DOTALL | re.VERBOSE,
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
    except (Unreadable, RecursionError):
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
_MEANT: Final = {"brave_search": "web_search"}
_SEPARATORS: Final = re.compile(r"[\s;,]*")


class _Reader(Reader):
    """Reads one block of calls from `at` on."""

    def calls(self) -> list[ToolCall]:
        """One object, list, `<function=…>` or `name.call(…)`. Raises Unreadable, _NoCall."""
        here = self.text[self.at : self.at + 1]
        if here == "<":
            return [self._function()]
        if here == "[" and not re.compile(r"\[\s*[\[\]{\"']").match(self.text, self.at):
            return self._pythonic()
        if here in ("{", "["):
            value = self.json()
            values = value if isinstance(value, list) else [value]
            like = [_is_call(item) for item in values]
            if not any(like):
                # A bracket was supplied: it was cut off, and may have been on its way to a call.
                raise Unreadable if Repair.CLOSED in self.repairs else _NoCall
            if not all(like):
                raise Unreadable
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

    def ended(self) -> bool:
        if super().ended() or _TAG_END.match(self.text, self.at):
            return True
        fence = _FENCE_END.match(self.text, self.at)
        return fence is not None and not self.text[fence.end() :].strip()

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
            raise Unreadable
        return ToolCall(name=name, arguments=given)

    def _spelled(self, text: str) -> Any:
        """Arguments that came as the text of a JSON object."""
        inner = _Reader(text, 0)
        inner.skip(_SPACE)
        if inner.at == len(text):
            return {}
        value = inner.json()
        inner.skip(_SPACE)
        if inner.at != len(text) or Repair.CLOSED in inner.repairs:
            raise Unreadable
        self.repairs += inner.repairs
        return value

    def _function(self) -> ToolCall:
        found = _FUNCTION.match(self.text, self.at)
        if found is None or not _NAME.fullmatch(found[1]):
            raise Unreadable
        self.at = found.end()
        self.skip(_SPACE)
        given = self.json() if self.text.startswith("{", self.at) else {}
        if not self.skip(_FUNCTION_END):
            self.close(given != {} or self.text.endswith("}"))
        return ToolCall(name=found[1], arguments=given)

    def _pythonic(self) -> list[ToolCall]:
        self.python = True
        self.take("[")
        found = [self._keywords()]
        while self.list_goes_on("]"):
            found.append(self._keywords())
        return found

    def _keywords(self) -> ToolCall:
        """`name(a=1, b="x")` or `name.call(a=1)`."""
        self.python = True
        name = self.match(WORD)
        if name.endswith(".call"):
            name = name.removesuffix(".call")
            name = _MEANT.get(name, name)
        if not _NAME.fullmatch(name):
            raise Unreadable
        self.take("(")
        given: dict[str, Any] = {}
        while not self.next(")"):
            key = self.match(WORD)
            self.take("=")
            if key in given:
                raise Unreadable
            given[key] = self.value(1)
            if not self.next(",") and not self.peek(")"):
                raise Unreadable
        return ToolCall(name=name, arguments=given)


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
