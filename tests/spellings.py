"""A corpus of tool calls as the Llama family writes them: every spelling, with what it means and what a person sees."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.literals import Repair

Call = tuple[str, Mapping[str, Any]]
Writer = Callable[[list[Call]], str]


@dataclass(frozen=True, slots=True)
class Spelling:
    """`shown`: what a person sees of it. `calls`: what is run. `repairs`: what has to be mended for that."""

    name: str
    text: str
    calls: list[Call]
    shown: str = ""
    repairs: frozenset[Repair] = frozenset()


ONE: list[list[Call]] = [
    [("get_time", {})],
    [("get_time", {"city": "Lisbon"})],
    [("calculate", {"expression": "(12 * 7) / {3} [x]"})],
    [("remind", {"text": 'say "hi",\nthen it\'s <done>', "at": "2026-11-24T08:00"})],
    [("set", {"on": True, "level": -2.5, "none": None, "list": [1, [2, [3]], {"a": "b"}]})],
    [("translate", {"text": "Évora não é 東京 👍🏽", "to": "pt"})],
]
SEVERAL: list[list[Call]] = [
    [("get_time", {"city": "Lisbon"}), ("calculate", {"expression": "1 + 1"})],
    [("a", {}), ("b", {"x": 1}), ("c", {"y": [True, None]})],
]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _object(call: Call, key: str = "parameters", **more: Any) -> dict[str, Any]:
    return {**more, "name": call[0], key: dict(call[1])}


def _python(value: Any) -> str:
    """A literal as models write it: double quotes, escapes only where they must be."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_python(key)}: {_python(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_python, value)) + "]"
    return repr(value)


def _keywords(call: Call, write: Callable[[Any], str] = _python) -> str:
    return f"{call[0]}({', '.join(f'{key}={write(value)}' for key, value in call[1].items())})"


JSON: dict[str, Callable[[Call], str]] = {
    "parameters": lambda call: _json(_object(call)),
    "arguments": lambda call: _json(_object(call, "arguments")),
    "no spaces": lambda call: json.dumps(_object(call), separators=(",", ":")),
    "indented": lambda call: json.dumps(_object(call), indent=2, ensure_ascii=False),
    "type first": lambda call: _json({"type": "function", **_object(call)}),
    "type and function": lambda call: _json({"type": "function", "function": _object(call, "arguments")}),
    "function": lambda call: _json({"function": _object(call)}),
    "function named": lambda call: _json({"function": call[0], "arguments": dict(call[1])}),
    "with an id": lambda call: _json({"id": "call_1", "type": "function", "function": _object(call)}),
    "arguments as text": lambda call: _json({"name": call[0], "arguments": _json(dict(call[1]))}),
    "function with text": lambda call: _json(
        {"function": {"name": call[0], "arguments": _json(dict(call[1]))}}
    ),
    "parameters first": lambda call: _json({"parameters": dict(call[1]), "name": call[0]}),
    "escaped letters": lambda call: json.dumps(_object(call), ensure_ascii=True),
}
OTHER: dict[str, Callable[[Call], str]] = {
    "function tag": lambda call: f"<function={call[0]}>{_json(dict(call[1]))}</function>",
    "pythonic": lambda call: f"[{_keywords(call)}]",
    "pythonic repr": lambda call: f"[{_keywords(call, repr)}]",
    "pythonic wide": lambda call: f"[ {_keywords(call).replace('(', '( ', 1)} ]",
    "tool_call tag": lambda call: f"<tool_call>\n{_json(_object(call, 'arguments'))}\n</tool_call>",
    "python tag": lambda call: "<|python_tag|>" + _json(_object(call)),
    "python tag, call": lambda call: "<|python_tag|>" + _keywords((call[0] + ".call", call[1])),
    "python tag, python": lambda call: "<|python_tag|>" + _keywords(call),
    "python start": lambda call: f"<|python_start|>[{_keywords(call)}]<|python_end|>",
    "python start, json": lambda call: f"<|python_start|>{_json(_object(call))}<|python_end|>",
    "ends in text": lambda call: _json(_object(call)) + "<|eom_id|>",
    "fenced": lambda call: f"```json\n{_json(_object(call))}\n```",
    "fenced, no name": lambda call: f"```\n{_json(_object(call))}\n```",
    "fenced, python": lambda call: f"```python\n[{_keywords(call)}]\n```",
    "quoted": lambda call: f"`{_json(_object(call))}`",
    "listed": lambda call: _json([_object(call)]),
    "listed, arguments": lambda call: "[\n  " + _json(_object(call, "arguments")) + "\n]",
}
MANY: dict[str, Writer] = {
    "semicolon": lambda calls: ";".join(_json(_object(call)) for call in calls),
    "semicolon and space": lambda calls: "; ".join(_json(_object(call)) for call in calls),
    "newline": lambda calls: "\n".join(_json(_object(call)) for call in calls),
    "comma": lambda calls: ", ".join(_json(_object(call)) for call in calls),
    "side by side": lambda calls: "".join(_json(_object(call)) for call in calls),
    "list": lambda calls: _json([_object(call) for call in calls]),
    "list of functions": lambda calls: _json(
        [{"type": "function", "function": _object(call, "arguments")} for call in calls]
    ),
    "pythonic": lambda calls: "[" + ", ".join(map(_keywords, calls)) + "]",
    "pythonic lines": lambda calls: "[\n" + ",\n".join(map(_keywords, calls)) + ",\n]",
    "tag, semicolon": lambda calls: "<|python_tag|>" + "; ".join(_json(_object(call)) for call in calls),
    "tag, python": lambda calls: "<|python_tag|>" + "; ".join(map(_keywords, calls)),
    "tags": lambda calls: "".join("<|python_tag|>" + _json(_object(call)) for call in calls),
    "function tags": lambda calls: "\n".join(OTHER["function tag"](call) for call in calls),
    "tool_call tags": lambda calls: "\n".join(OTHER["tool_call tag"](call) for call in calls),
    "fenced lines": lambda calls: "```json\n" + "\n".join(_json(_object(call)) for call in calls) + "\n```",
    "two fences": lambda calls: "\n".join(OTHER["fenced"](call) for call in calls),
}
AROUND = {
    "white space": ("\n  ", " \n"),
    "prose before": ("Let me look that up.\n\n", ""),
    "prose after": ("", "\n\nI will tell you the result."),
    "a colon before, prose after": ("I'll call the function `get_time`: ", " Just a moment."),
    "brackets before": ("See [1], {that}, <b>x</b> and [a link](http://x): ", ""),
}


def _single_quotes(call: Call) -> str:
    return repr(_object(call))


MENDED: list[Spelling] = [
    Spelling(name, text, [("get_time", given)], repairs=frozenset(repairs))
    for name, text, given, repairs in [
        ("last brace", '{"name": "get_time", "parameters": {"city": "Lisbon"}', {"city": "Lisbon"}, {Repair.CLOSED}),
        ("last brace, empty", '{"name": "get_time", "parameters": {}', {}, {Repair.CLOSED}),
        ("last brace, nested", '{"function": {"name": "get_time", "arguments": {}}', {}, {Repair.CLOSED}),
        ("last bracket", '[{"name": "get_time", "parameters": {}}', {}, {Repair.CLOSED}),
        ("last bracket, pythonic", '[get_time(city="Lisbon")', {"city": "Lisbon"}, {Repair.CLOSED}),
        ("last brace, fenced", '```json\n{"name": "get_time", "parameters": {}\n```', {}, {Repair.CLOSED}),
        ("last bracket, tag", "<|python_start|>[get_time()<|python_end|>", {}, {Repair.CLOSED}),
        ("end tag", '<function=get_time>{"city": "Lisbon"}', {"city": "Lisbon"}, {Repair.CLOSED}),
        ("single quotes", _single_quotes(("get_time", {"a": 1})), {"a": 1}, {Repair.QUOTES}),
        ("python words", '{"name": "get_time", "parameters": {"a": True, "b": None}}', {"a": True, "b": None}, {Repair.WORDS}),
        ("all python", repr(_object(("get_time", {"a": [False, "x"]}))), {"a": [False, "x"]}, {Repair.QUOTES, Repair.WORDS}),
        ("json words in python", "[get_time(a=true, b=null)]", {"a": True, "b": None}, {Repair.WORDS}),
        ("comma", '{"name": "get_time", "parameters": {"a": 1,}}', {"a": 1}, {Repair.COMMA}),
        ("comma outside", '{"name": "get_time", "parameters": {"a": [1, 2,]},}', {"a": [1, 2]}, {Repair.COMMA}),
        ("comma in list", '[{"name": "get_time", "parameters": {}},]', {}, {Repair.COMMA}),
        ("text in quotes", '{"name": "get_time", "arguments": "{\'a\': 1}"}', {"a": 1}, {Repair.QUOTES}),
    ]
]  # fmt: skip
BUILTIN: list[Spelling] = [
    Spelling("search", '<|python_tag|>brave_search.call(query="x")', [("web_search", {"query": "x"})]),
    Spelling("search, bare", 'brave_search.call(query="x y")', [("web_search", {"query": "x y"})]),
    Spelling(
        "search, prose", 'Wait. brave_search.call(query="x")', [("web_search", {"query": "x"})], "Wait."
    ),
    Spelling(
        "wolfram", '<|python_tag|>wolfram_alpha.call(query="1+1")', [("wolfram_alpha", {"query": "1+1"})]
    ),
]


def corpus() -> Iterator[Spelling]:
    """Every spelling of every call; the commonest also with every kind of prose around it."""
    for number, calls in enumerate(ONE):
        for name, write in (JSON | OTHER).items():
            yield Spelling(f"{name} {number}", write(calls[0]), calls)
    for number, calls in enumerate(SEVERAL):
        for name, several in MANY.items():
            yield Spelling(f"{name} x{len(calls)} {number}", several(calls), calls)
    bases = [(name, write(ONE[1][0]), ONE[1]) for name, write in (JSON | OTHER).items()]
    bases += [(name, several(SEVERAL[0]), SEVERAL[0]) for name, several in MANY.items()]
    for name, text, calls in bases:
        for where, (before, after) in AROUND.items():
            if not (after.strip() and _runs_on(text)):
                yield Spelling(f"{name}, {where}", before + text + after, calls, before.strip())
    yield from MENDED
    yield from BUILTIN


def _runs_on(text: str) -> bool:
    """After a python tag without its end everything is read as calls: prose cannot follow."""
    return text.startswith("<|python_tag|>") or text.endswith("<|eom_id|>")
