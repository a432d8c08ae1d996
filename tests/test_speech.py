"""The show gate: prose comes through at once and unchanged, in whatever pieces it arrives; see also test_calls.py."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.calls import parse
from assistant.speech import Gate
from assistant.types import Delta, Finish, ToolCall, Usage


def _fed(gate: Gate, *pieces: str) -> list[str]:
    return [gate.feed(Delta(text=piece)) for piece in pieces]


@given(st.lists(st.text(max_size=8), max_size=12))
def test_ordinary_text_comes_through_unchanged_but_for_the_white_space_around_it(pieces: list[str]) -> None:
    text, gate = "".join(pieces), Gate()
    shown = "".join(_fed(gate, *pieces)) + gate.feed(Delta(finish=Finish.STOP)) + gate.end()
    if not gate.calls and gate.trouble is None and not set(text) & set("{[<`"):
        assert shown == text.strip() == gate.text


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_or_the_gate_fail(text: str) -> None:
    for begin in ("", "{", "[", "<|python_tag|>", "[a(", '{"name":', "```json\n", "<function=f>"):
        assert isinstance(parse(begin + text).calls, tuple)
        gate = Gate()
        shown = "".join(_fed(gate, begin, text)) + gate.feed(Delta(finish=Finish.STOP)) + gate.end()
        assert shown == gate.text


def test_words_are_shown_as_they_come_and_a_bracket_waits_for_one_more_character() -> None:
    gate = Gate()
    assert _fed(gate, "See", " the", " [", "1", "]", " or", " [get", "_time", " note]") == [
        "See", " the", "", " [1", "]", " or", "", "", " [get_time note]",
    ]  # fmt: skip


def test_white_space_before_a_call_is_not_shown_and_prose_after_it_neither() -> None:
    gate = Gate()
    shown = _fed(gate, "Let me see.", "\n\n", '{"name": "f", ', '"parameters": {}}', " It is", " noon.")
    assert shown == ["Let me see.", "", "", "", "", ""]
    assert gate.feed(Delta(finish=Finish.STOP)) == gate.end() == ""
    assert [call.name for call in gate.calls] == ["f"] and gate.text == "Let me see."


def test_data_is_shown_as_soon_as_it_is_plainly_no_call() -> None:
    gate = Gate()
    shown = _fed(gate, "Here: ", '{"city": "Lisbon"', ', "n": 2', "}", " and", " more")
    assert shown == ["Here:", "", "", ' {"city": "Lisbon", "n": 2}', " and", " more"]


def test_a_structured_call_of_a_server_counts_as_well() -> None:
    gate = Gate()
    gate.feed(Delta(tool_call=ToolCall(name="get_time", arguments={})))
    gate.feed(Delta(finish=Finish.TOOL, usage=Usage(prompt=3, completion=1)))
    assert gate.end() == "" and [call.name for call in gate.calls] == ["get_time"]
    assert gate.usage.prompt == 3 and gate.finish is Finish.TOOL


def test_a_call_that_a_server_sends_twice_as_text_and_in_fields_is_one_call() -> None:
    gate = Gate()
    call = ToolCall(name="get_time", arguments={"city": "Lima"})
    shown = gate.feed(Delta(text='{"name": "get_time", "parameters": {"city": "Lima"}}'))
    shown += gate.feed(Delta(tool_call=call))
    shown += gate.feed(Delta(finish=Finish.TOOL))
    assert shown + gate.end() == ""
    assert gate.calls == [call]
