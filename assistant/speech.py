"""The show gate between the model's stream and everything a person can see; and the reader of tool calls."""

from __future__ import annotations

import ast
import json
import re
from typing import Any

from .types import Delta, Finish, ToolCall, Usage

_OPENERS = "{[<`"
_CALL_WORDS = re.compile(r'"(?:name|parameters|arguments|function)"\s*:|<\|python_tag\|>|<function=')
_PYTHONIC = re.compile(r"^\[\s*[A-Za-z_]\w*\s*\(")
_MAX_CALL = 20_000


class Gate:
    """Feeds on deltas and says what may be shown.

    Nothing is shown before the first character rules out a tool call; call-shaped text is never shown at all.
    """

    def __init__(self) -> None:
        self._text = ""
        self._shown = 0
        self._open: bool | None = None
        self.calls: list[ToolCall] = []
        self.finish: Finish | None = None
        self.usage = Usage()

    def feed(self, delta: Delta) -> str:
        """The text that may be shown now, after this delta."""
        self._text += delta.text
        if delta.tool_call is not None:
            self.calls.append(delta.tool_call)
        if delta.usage is not None:
            self.usage = delta.usage
        if delta.finish is not None:
            self.finish = delta.finish
        if self._open is None and (start := self._text.lstrip()):
            self._open = start[0] not in _OPENERS
            if self._open:
                self._shown = len(self._text) - len(start)
        if not self._open:
            return ""
        visible, self._shown = self._text[self._shown :], len(self._text)
        return visible

    def end(self) -> str:
        """The last text that may be shown. After it `calls` holds what the model asked for; a cut call is dropped."""
        if self._open or self._open is None:
            return ""
        held = self._text.strip()
        if self.finish is not Finish.LENGTH:
            self.calls += parse_calls(held)
        if self.calls or looks_like_call(held):
            return ""
        self._open = True
        return held

    @property
    def text(self) -> str:
        """Everything shown or to be shown."""
        return self._text.strip() if self._open else ""


def looks_like_call(text: str) -> bool:
    return bool(_CALL_WORDS.search(text) or _PYTHONIC.match(text))


def parse_calls(text: str) -> list[ToolCall]:
    """Every tool call in the text, in any of the spellings of the Llama family; none when it is not wholly readable."""
    text = text.strip().removeprefix("<|python_tag|>").strip()
    if not text or len(text) > _MAX_CALL:
        return []
    if text.startswith("```"):
        text = re.sub(r"^```\w*\s*|\s*```$", "", text)
    if _PYTHONIC.match(text):
        return _pythonic(text)
    calls = []
    for value in _json_values(text):
        call = _call(value)
        if call is None:
            return []
        calls.append(call)
    return calls


def _json_values(text: str) -> list[Any]:
    """The JSON values of a text that holds nothing else but `;` and white space between them."""
    decoder = json.JSONDecoder()
    values: list[Any] = []
    position = 0
    while position < len(text):
        if text[position] in " \t\r\n;,":
            position += 1
            continue
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            return []
        values += value if isinstance(value, list) else [value]
    return values


def _call(value: Any) -> ToolCall | None:
    if not isinstance(value, dict):
        return None
    if isinstance(value.get("function"), dict):
        value = value["function"]
    name = value.get("name") or value.get("function")
    arguments = value.get("parameters", value.get("arguments", {}))
    if isinstance(arguments, str):
        try:
            arguments = json.loads(arguments)
        except ValueError:
            return None
    if not isinstance(name, str) or not isinstance(arguments, dict):
        return None
    return ToolCall(name=name, arguments=arguments)


def _pythonic(text: str) -> list[ToolCall]:
    try:
        tree = ast.parse(text, mode="eval").body
        if not isinstance(tree, ast.List):
            return []
        calls = []
        for node in tree.elts:
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.args:
                return []
            arguments = {word.arg: ast.literal_eval(word.value) for word in node.keywords if word.arg}
            calls.append(ToolCall(name=node.func.id, arguments=arguments))
        return calls
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
