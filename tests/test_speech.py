"""The show gate: nothing call-shaped is ever shown, everything else is, in whatever pieces it arrives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.speech import Gate, looks_like_call, parse_calls
from assistant.types import Delta, Finish, ToolCall

CALLS = {
    '{"name": "get_time", "parameters": {"city": "Lisbon"}}': [("get_time", {"city": "Lisbon"})],
    '{"name": "get_time", "arguments": {"city": "Lisbon"}}': [("get_time", {"city": "Lisbon"})],
    '{"name": "get_time", "arguments": "{\\"city\\": \\"Lisbon\\"}"}': [("get_time", {"city": "Lisbon"})],
    '{"type": "function", "name": "get_time", "parameters": {}}': [("get_time", {})],
    '{"function": {"name": "get_time", "arguments": {}}}': [("get_time", {})],
    '<|python_tag|>{"name": "get_time", "parameters": {}}': [("get_time", {})],
    '[{"name": "a", "parameters": {}}, {"name": "b", "parameters": {"x": 1}}]': [("a", {}), ("b", {"x": 1})],
    '{"name": "a", "parameters": {}}; {"name": "b", "parameters": {}}': [("a", {}), ("b", {})],
    '{"name": "a", "parameters": {}}\n{"name": "b", "parameters": {}}': [("a", {}), ("b", {})],
    '```json\n{"name": "a", "parameters": {}}\n```': [("a", {})],
    '[get_time(city="Lisbon"), calculate(expression="1 + 1")]': [
        ("get_time", {"city": "Lisbon"}),
        ("calculate", {"expression": "1 + 1"}),
    ],
    '  \n{"name": "get_time", "parameters": {}}': [("get_time", {})],
}


def _through(pieces: list[str], finish: Finish = Finish.STOP) -> tuple[str, Gate]:
    gate = Gate()
    shown = "".join(gate.feed(Delta(text=piece)) for piece in pieces)
    shown += gate.feed(Delta(finish=finish))
    return shown + gate.end(), gate


@pytest.mark.parametrize("text", CALLS, ids=lambda text: text[:24])
def test_every_spelling_of_a_call_is_read_and_never_shown_wherever_it_is_cut(text: str) -> None:
    for cut in range(len(text) + 1):
        shown, gate = _through([text[:cut], text[cut:]])
        assert shown == ""
        assert [(call.name, dict(call.arguments)) for call in gate.calls] == CALLS[text]


@pytest.mark.parametrize(
    "text", [text for text in CALLS if not text.startswith("```")], ids=lambda text: text[:24]
)
def test_a_call_that_was_cut_short_is_neither_run_nor_shown(text: str) -> None:
    for end in range(len(text.lstrip()) * 2 // 3, len(text)):
        shown, gate = _through(list(text[:end]), Finish.LENGTH)
        assert gate.calls == []
        assert "name" not in shown and "city" not in shown


@pytest.mark.parametrize(
    "text",
    [
        "Hello!",
        "[photo] nice",
        "{curly} words",
        "`code`",
        "```python\nprint(1)\n```",
        "<b>bold</b>",
        "[1, 2, 3]",
        "[a link](http://x)",
    ],
)
def test_what_only_begins_like_a_call_is_shown_whole(text: str) -> None:
    shown, gate = _through(list(text))
    assert shown == text and gate.calls == [] and gate.text == text


@given(st.lists(st.text(max_size=8), max_size=12))
def test_ordinary_text_comes_through_unchanged_but_for_the_white_space_around_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    shown, gate = _through(pieces)
    if not gate.calls and not looks_like_call(text):
        assert shown.strip() == text.strip() == gate.text


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    for begin in ("", "{", "[", "<|python_tag|>", "[a(", '{"name":'):
        assert isinstance(parse_calls(begin + text), list)


@pytest.mark.parametrize("text", ["[" * 5000, '{"a":' * 5000, "[f(" * 3000, "x" * 50_000])
def test_hostile_nesting_is_refused(text: str) -> None:
    assert parse_calls(text) == []


def test_a_structured_call_of_a_server_counts_as_well() -> None:
    gate = Gate()
    gate.feed(Delta(tool_call=ToolCall(name="get_time", arguments={})))
    gate.feed(Delta(finish=Finish.TOOL))
    assert gate.end() == "" and [call.name for call in gate.calls] == ["get_time"]
