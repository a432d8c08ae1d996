"""The reader of tool calls: every spelling, no guess, no exception, and nothing call-shaped ever shown."""

from __future__ import annotations

import json
import random
import time

import pytest

from assistant.calls import MAX_CHARACTERS, Trouble, begins, parse
from assistant.literals import Repair
from assistant.speech import Gate
from assistant.types import Delta, Finish
from tests.spellings import ONE, Spelling, corpus

CORPUS = list(corpus())
LONE = ("", "{", "[", "<", "wolfram")
BUILTIN = "brave"


def read(text: str) -> list[tuple[str, dict[str, object]]]:
    return [(call.name, dict(call.arguments)) for call in parse(text).calls]


def through(pieces: list[str], finish: Finish = Finish.STOP) -> tuple[str, Gate]:
    gate = Gate()
    shown = "".join(gate.feed(Delta(text=piece)) for piece in pieces)
    shown += gate.feed(Delta(finish=finish))
    return shown + gate.end(), gate


def test_the_corpus_is_large_and_each_of_its_texts_is_another() -> None:
    assert len({one.text for one in CORPUS}) >= 400


@pytest.mark.parametrize("one", CORPUS, ids=lambda one: one.name)
def test_every_spelling_is_read_and_what_was_mended_is_said(one: Spelling) -> None:
    parsed = parse(one.text)
    assert [(call.name, call.arguments) for call in parsed.calls] == one.calls
    assert set(parsed.repairs) == one.repairs and parsed.trouble is None


def test_wherever_a_spelling_is_cut_in_two_it_is_read_the_same_and_only_prose_is_shown() -> None:
    for one in CORPUS:
        for cut in range(len(one.text) + 1):
            shown, gate = through([one.text[:cut], one.text[cut:]])
            assert shown.strip() == one.shown == gate.text, (one.name, cut)
            assert [(call.name, call.arguments) for call in gate.calls] == one.calls, (one.name, cut)


def test_letter_by_letter_prose_is_shown_at_once_and_nothing_of_a_call() -> None:
    for one in CORPUS:
        gate, seen = Gate(), ""
        for at, letter in enumerate(one.text):
            seen += gate.feed(Delta(text=letter))
            assert one.shown.startswith(seen.strip())
            before = one.text[: at + 1].lstrip()
            if before and one.shown.startswith(before) and before[-1].isalpha() and not begins(before):
                assert seen.strip() == before, "prose waits for nothing"
        gate.feed(Delta(finish=Finish.STOP))
        assert (seen + gate.end()).strip() == one.shown


def test_wherever_a_spelling_breaks_off_no_part_of_a_call_is_shown_and_none_is_invented() -> None:
    for one in CORPUS:
        for end in range(len(one.shown), len(one.text)):
            for finish in (Finish.STOP, Finish.LENGTH):
                shown, gate = through([one.text[:end]], finish)
                assert shown.startswith(one.shown), (one.name, end)
                rest = shown[len(one.shown) :].strip()
                # A bracket alone or the beginning of a word is no call; nothing longer may come through.
                assert rest in LONE or BUILTIN.startswith(rest), (one.name, end, shown)
                if finish is Finish.LENGTH:
                    assert gate.calls == [], (one.name, end)
                # At most the last bracket is supplied: a call that runs is one that was meant.
                for call in gate.calls:
                    assert (call.name, call.arguments) in one.calls, (one.name, end)


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "f", "parameters": {"a": 1',
        '{"name": "f", "parameters": {"a": "x',
        '{"name": "f", "parameters": ',
        '{"name": "f"',
        '{"name": "get_ti',
        '{"function": {"name": "f", "arguments": {}',
        '{"name": "f", "arguments": "{\\"a\\": 1"}',
        "[f(a=1, b=2",
        '[f(a="x',
        "[f(a=1), g(",
        '[{"name": "f", "parameters": {}',
        '<function=f>{"a": 1',
        "<|python_tag|>",
        '<|python_tag|>{"name": "f", "para',
        '{"name": "f", "parameters": {"a": NaN}}',
        '{"name": "f", "parameters": {"a": 1e999}}',
        '{"name": "f", "parameters": {"a": 123456789012345678901234567890}}',
        '{"name": "f", "parameters": [1, 2]}',
        '{"name": "f", "parameters": "not json"}',
        '{"name": 7, "parameters": {}}',
        '{"name": "two words", "parameters": {}}',
        '{"name": "f\\u0000", "parameters": {}}',
        '{"name": "f", "parameters": {"a": b}}',
        '[f("positional")]',
        "[f(a=1, a=2)]",
        "[f(a=open('x'))]",
        "[f(a=1)(b=2)]",
        "[f(a=1+1)]",
        '[{"name": "f", "parameters": {}}, {"name": "g"',
        '{"name": "f", "parameters": {}}; {"name": "g", "parameters": {"a": b}}',
        '{"name": "f", "parameters": {"a": ' + "[" * 40 + "]" * 40 + "}}",
    ],
)
def test_what_is_not_wholly_readable_is_no_call_and_is_not_shown(text: str) -> None:
    parsed = parse(text)
    assert parsed.calls == () and parsed.trouble is Trouble.UNREADABLE
    shown, gate = through(list(text))
    assert shown == "" and gate.calls == [] and gate.trouble is Trouble.UNREADABLE


@pytest.mark.parametrize("text", ["import os\nprint(os.name)", "print(1)", "x = 1; f(a=x)", "def f(): pass"])
def test_code_after_the_python_tag_is_told_apart_from_a_call(text: str) -> None:
    shown, gate = through(["<|python_tag|>" + text])
    assert shown == "" and gate.calls == [] and gate.trouble is Trouble.CODE


@pytest.mark.parametrize(
    "text",
    [
        "Hello!",
        "[photo] nice",
        "{curly} words",
        "`code` and `more code`",
        "```python\nprint(1)\n```",
        "```python\nxs = [print('a'), str(1)]\nd = {'a': 1}\n```",
        '```json\n{"city": "Lisbon", "temperature": 21}\n```',
        'As JSON: {"name": "Ana", "age": 3}. Is that right?',
        '{"name": "Ana", "age": 3}',
        '{"a": {"b": [1, 2, {"c": null}]}} and {"d": 1} and more',
        "{'a': 'it is'} is a dict",
        '[{"a": 1}, {"a": 2}]',
        "<b>bold</b> <function> <table>",
        "[1, 2, 3]",
        "[a link](http://x)",
        "[sin(x) + f(y)] dx",
        "a < b and c > d; x <",
        "brave men, wolfram filaments, code_words",
        'I said {"quote',
    ],
)
def test_what_only_resembles_a_call_is_shown_whole(text: str) -> None:
    shown, gate = through(list(text))
    if text.startswith(
        "I said"
    ):  # an open brace with a quote that nothing follows: the one thing that is lost
        assert shown == "I said"
        return
    assert shown == text and gate.calls == [] and gate.text == text and gate.trouble is None


@pytest.mark.parametrize("finish", [Finish.LENGTH, Finish.CANCELLED, Finish.BLOCKED, Finish.ERROR])
def test_a_call_never_runs_unless_the_model_itself_came_to_its_end(finish: Finish) -> None:
    for one in CORPUS[:200]:
        shown, gate = through([one.text], finish)
        assert gate.calls == [] and gate.trouble is Trouble.CUT and shown.strip() == one.shown


@pytest.mark.parametrize("text", ["[" * 5000, '{"a":' * 5000, "[f(" * 3000, "x" * 50_000, "[f(a=" + "-" * 15000,
                                  "[f(a=" + "[" * 9000, '{"name": "f", "parameters": ' + '{"a":' * 3000])  # fmt: skip
def test_hostile_nesting_is_refused_at_once(text: str) -> None:
    started = time.process_time()
    assert parse(text).calls == ()
    assert through([text])[1].calls == []
    assert time.process_time() - started < 2


def test_a_call_longer_than_the_cap_is_refused() -> None:
    text = '{"name": "f", "parameters": {"a": "%s"}}'
    assert len(parse(text % ("x" * (MAX_CHARACTERS - 100))).calls) == 1
    parsed = parse(text % ("x" * MAX_CHARACTERS))
    assert parsed.calls == () and parsed.trouble is Trouble.TOO_LONG


def test_odd_characters_come_out_fit_for_every_database() -> None:
    text = '{"name": "f", "parameters": {"a": "\\ud83d\\ude00 \\ud800 \\u0000", "\\ud801": 1}}'
    assert read(text) == [("f", {"a": "😀 \ufffd \x00", "\ufffd": 1})]
    assert read("[f(a='\\ud83d\\ude00 \\x41 \\q')]") == [("f", {"a": "😀 A \\q"})]


SEEDS = ['"', "'", "\\", "{", "}", "[", "]", "(", ")", ",", ":", ";", "=", "\n", " ", "`", "```", "<|python_tag|>",
         "<|python_end|>", "<function=", "</function>", "true", "None", "name", "parameters", "\ud800", "\x00", "9" * 30,
         "1e9", "-", "é", "👍🏽", '{"', '": ', "brave_search.call("]  # fmt: skip


def test_ten_thousand_broken_calls_never_raise_and_never_run_what_they_do_not_say() -> None:
    chance = random.Random(7)
    started = time.process_time()
    for _ in range(10_000):
        text = chance.choice(CORPUS).text
        for _ in range(chance.randint(1, 6)):
            at, kind = chance.randrange(len(text) + 1), chance.random()
            if kind < 0.4:
                text = text[:at] + chance.choice(SEEDS) + text[at:]
            elif kind < 0.7:
                text = text[:at] + text[at + chance.randint(1, 4) :]
            elif kind < 0.85:
                text = text[at:] + text[:at]
            else:
                text = text[:at] + chance.choice(CORPUS).text[: chance.randint(0, 30)]
        parsed = parse(text)
        assert parsed.trouble is None or parsed.calls == ()
        for call in parsed.calls:
            assert call.name.isascii()
            json.dumps(dict(call.arguments), allow_nan=False).encode()
        pieces = [text[: len(text) // 2], text[len(text) // 2 :]]
        shown, gate = through(pieces, chance.choice([Finish.STOP, Finish.LENGTH]))
        if gate.finish is Finish.LENGTH:
            assert gate.calls == []
        assert parse(shown).calls == (), "what is shown holds no call"
        assert _in_order(shown, text), "what is shown was said"
    assert time.process_time() - started < 15


def _in_order(part: str, whole: str) -> bool:
    letters = iter(whole)
    return all(letter in letters for letter in part)


def test_repairs_are_a_closed_list() -> None:
    assert {repair.value for repair in Repair} == {"closed", "quotes", "words", "comma"}
    assert {repair for one in CORPUS for repair in parse(one.text).repairs} == set(Repair)
    assert ONE
