"""Promises of the masks: a call once begun is well formed, whatever the weights; other answers are left alone."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
import torch

from assistant.engines.local.grammar import Grammars, Watch
from tests.engines.tiny import Bench, model, set_bits

NET = model()
TOOLS: dict[str, Any] = {
    "specs": [
        {
            "name": "get_time",
            "schema": {"type": "object", "properties": {"city": {"type": "string", "maxLength": 12}}},
        },
        {
            "name": "calculate",
            "schema": {
                "type": "object",
                "properties": {
                    "expression": {"type": "string", "maxLength": 9},
                    "digits": {"type": "integer"},
                },
                "required": ["expression"],
            },
        },
        {"name": "stay_silent", "schema": {"type": "object", "properties": {}}},
    ]
}


class Opening:
    """A model that begins every answer with these letters and goes on as it likes."""

    def __init__(self, bench: Bench, opening: str) -> None:
        self._ids = bench.tokens.encode([(False, opening)])
        self._real = bench.forward
        self._bench = bench

    def __call__(self, rows: Any, pieces: Any = (), shared: int = 0) -> torch.Tensor:
        logits = self._real(rows, pieces, shared).clone()
        drawing = [*self._bench.scheduler._rows, *(r for r in self._bench.scheduler._filling)]
        for at, request in enumerate(drawing[: len(logits)]):
            if len(request.answer) < len(self._ids):
                logits[at] = -30.0
                logits[at, self._ids[len(request.answer)]] = 30.0
        return logits


def written(opening: str, seed: int, *, count: int = 400, tools: Any = TOOLS) -> tuple[str, str]:
    """An answer of random weights at a high temperature, and how it ended."""
    bench = Bench(NET, ignore_stops=False, slots=1)
    bench.scheduler._forward = Opening(bench, opening)  # type: ignore[assignment]
    sampling = {"temperature": 3.0, "seed": seed, "max_tokens": count}
    bench.add("r", "Hello", sampling, tools=tools)
    bench.run()
    return bench.out.texts["r"], bench.out.ends["r"]["finish"]


@pytest.mark.parametrize("opening", ['{"name":', ' {"name": "', '{"type": "function", "name":', '[{"name":'])
def test_a_json_call_once_begun_is_one_of_the_offered_tools_with_arguments_of_its_schema(
    opening: str,
) -> None:
    complete = 0
    for seed in range(6):
        text, finish = written(opening, seed, count=200)
        if finish == "length":  # cut off: never run, but up to there it is the beginning of a call
            continue
        complete += 1
        for call in _calls(text):
            assert call["name"] in ("get_time", "calculate", "stay_silent")
            arguments = call["parameters"]
            assert set(arguments) <= {"city", "expression", "digits"}
            if call["name"] == "calculate":
                assert isinstance(arguments["expression"], str)
                assert isinstance(arguments.get("digits", 0), int)
    assert complete >= 1


def _calls(text: str) -> list[dict[str, Any]]:
    found, decoder, at = [], json.JSONDecoder(), 0
    while at < len(text):
        if text[at].isspace() or text[at] == ";":
            at += 1
            continue
        value, at = decoder.raw_decode(text, at)
        found += value if isinstance(value, list) else [value]
    return found


def test_a_pythonic_call_once_begun_can_be_read_by_python() -> None:
    import ast

    complete = 0
    for seed in range(6):
        text, finish = written("[calculate(", seed, count=150)
        if finish == "length":
            continue
        complete += 1
        tree = ast.parse(text.strip(), mode="eval").body
        assert isinstance(tree, ast.List)
        for node in tree.elts:
            assert isinstance(node, ast.Call)
            assert isinstance(node.func, ast.Name)
            assert node.func.id in ("get_time", "calculate", "stay_silent")
            assert not node.args
            for word in node.keywords:
                ast.literal_eval(word.value)
    assert complete >= 1


def test_an_answer_that_is_no_call_is_the_same_with_and_without_tools() -> None:
    for opening in ("Hello", '{"a": 1', "[1, 2", "`x`"):
        for seed in range(3):
            assert written(opening, seed, count=30) == written(opening, seed, count=30, tools=None)


def test_a_whole_answer_follows_a_schema_alone_and_in_a_full_batch() -> None:
    schema = json.dumps({"type": "object", "properties": {"safe": {"type": "boolean"}}, "required": ["safe"]})
    bench = Bench(NET, ignore_stops=False)
    for at in range(6):
        sampling = {"temperature": 2.0, "seed": at, "max_tokens": 80, "grammar": schema if at % 2 else None}
        bench.add(f"r{at}", f"Hello {at}", sampling)
    bench.run()
    for at in (1, 3, 5):
        if bench.out.ends[f"r{at}"]["finish"] == "stop":
            assert isinstance(json.loads(bench.out.texts[f"r{at}"])["safe"], bool)
        else:
            assert bench.out.texts[f"r{at}"].lstrip().startswith("{")


def test_a_lark_grammar_leaves_no_other_answer() -> None:
    bench = Bench(NET, ignore_stops=False)
    bench.add("r", "Is it safe?", {"temperature": 1.0, "seed": 4, "grammar": 'start: "safe" | "unsafe"'})
    bench.run()
    assert bench.out.texts["r"] in ("safe", "unsafe")
    assert bench.out.ends["r"]["finish"] == "stop"


def test_a_senseless_grammar_ends_its_request_alone() -> None:
    bench = Bench(NET)
    bench.add("bad", "Hello", {"grammar": "start: ((("})
    bench.add("schema", "Hello", {"grammar": '{"type": "nonsense"}'})
    bench.add("good", "Hello", {"temperature": 0})
    bench.run()
    assert set(bench.out.errors) == {"bad", "schema"}
    assert bench.out.texts["good"] == bench.generate("Hello", 8)


def test_the_watch_decides_from_the_first_letters_wherever_they_are_cut() -> None:
    begins = {
        '{"name": "x"': True,
        '[{"name":': True,
        "[f(": True,
        "Hello": False,
        '{"a": 1}': None,
        "  ": None,
    }
    chance = random.Random(1)
    for text, wanted in begins.items():
        for _ in range(20):
            watch, verdict, rest = Watch(), None, text.encode()
            while rest and verdict is None:
                size = chance.randint(1, 4)
                verdict, rest = watch.push(rest[:size]), rest[size:]
            assert verdict is wanted, text
    assert Watch().push(b"{" + b"x" * 200) is False


def test_ten_thousand_masked_steps_never_allow_nothing() -> None:
    bench = Bench(NET)
    grammars = Grammars(bench.tokens)
    chance = random.Random(3)
    opening = bench.tokens.encode([(False, '{"name":')])
    steps = 0
    while steps < 10_000:
        mask = grammars.call(TOOLS, opening)
        assert mask is not None
        for _ in range(120):
            allowed = mask.allowed()
            if allowed is None:
                break
            token = chance.choice(set_bits(allowed))
            steps += 1
            if token in bench.tokens.stops:
                break
            mask.took(token)
