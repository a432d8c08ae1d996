"""A scenario is read strictly: what is wrong is named with its line and what is known there; what is right, written back."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.sandbox import Scenario, ScenarioError, load, shipped, steps
from adapters.sandbox.scenario_yaml import MOST_BYTES, read, write
from adapters.sandbox.words import PERSON, WORLD
from assistant.errors import SettingsError

HEAD = "name: x\nphones:\n  ana: {channel: telegram}\nsteps:\n"


def act(line: str) -> object:
    """The act of a single step."""
    [step] = read(HEAD + f"  - {line}\n").steps
    return step.act


@pytest.mark.parametrize(
    ("written", "line", "says"),
    [
        ("", 0, "the scenario is empty; it has name, shows, seed, phones, steps"),
        ("- 1", 1, "the scenario needs names with values"),
        ("name: [", 1, "this is no YAML"),
        ("name: \x00", 0, "this is no YAML"),
        ("name: x\nphones: {}\n", 1, "steps is missing"),
        ("name: x\nname: y\n", 2, "name stands here twice"),
        ("name: x\ncolour: red\n", 2, "has no colour; known are name, shows, seed, phones, steps"),
        ("name: &a x\nshows: *a\n", 0, "aliases"),
        ("name: x\nphones:\n  ana: {channel: fax}\nsteps: []\n", 3, "one of whatsapp, messenger"),
        ("name: x\nphones:\n  ana: {}\nsteps: []\n", 3, "the phone ana has no channel"),
        ("name: x\nphones:\n  time: {channel: telegram}\nsteps: []\n", 3, "no phone is called time"),
        (
            "name: x\nphones:\n  ana: {channel: whatsapp, group: G}\nsteps: []\n",
            3,
            "only Telegram has groups",
        ),
        ("name: x\nphones:\n  ana: {chanel: whatsapp}\nsteps: []\n", 3, "no chanel; known are channel, name"),
        ("name: x\nseed: many\nphones: {}\nsteps: []\n", 2, "a whole number from 0"),
        ("name: x\nphones: {}\nsteps: {}\n", 3, "steps is a list"),
        (HEAD + "  - bob: {says: hi}\n", 5, "has no bob; known are ana, faults, time"),
        (HEAD + "  - ana: {says: hi}\n  - ana: {sayz: hi}\n", 6, "how ana “sayz”; known are says, replies"),
        (HEAD + "  - ana: {says: hi, goes: online}\n", 5, "says and goes in one step; make two"),
        (HEAD + "  - ana: {says: hi}\n    time: +1h\n", 5, "a step does one thing"),
        (HEAD + "  - ana: {says: null}\n", 5, "says needs texts"),
        (HEAD + "  - ana: {says: [null]}\n", 5, "a text is needed here"),
        (HEAD + "  - ana: {says: []}\n", 5, "at least one text"),
        (HEAD + "  - ana: {says: {text: hi}}\n", 5, "says has no text; known are texts"),
        (HEAD + "  - ana: replies\n", 5, "replies needs text"),
        (HEAD + "  - ana: {shares_place: Lisbon}\n", 5, "shares_place needs latitude, longitude"),
        (HEAD + "  - ana: {sends: song}\n", 5, "one of image, video"),
        (HEAD + "  - ana: {goes: home}\n", 5, "one of offline, online"),
        (HEAD + "  - ana: {hears: {count: 0}}\n", 5, "a whole number from 1 to 100"),
        (HEAD + "  - ana:\n      hears:\n        cont: 1\n", 7, "hears has no cont; known are count, within"),
        (HEAD + "  - ana: {hears: {within: soon}}\n", 5, "a time such as 2s, 500ms or 1m"),
        (HEAD + "  - ana: {hears: 1, count: 2}\n", 5, "hears has no count here"),
        (HEAD + "  - ana: {sees: {status: seen}}\n", 5, "one of sent, delivered, read, played"),
        (
            HEAD + "  - faults: {channel: whatsapp, rain: 1}\n",
            5,
            "faults has no rain; known are channel, duplicates",
        ),
        (HEAD + "  - faults: {channel: whatsapp}\n", 5, "no fault is named"),
        (HEAD + "  - faults: {duplicates: 500}\n", 5, "a whole number from 0 to 50"),
        (HEAD + "  - faults: {bad_signature: 1}\n", 5, "true or false"),
        (HEAD + "  - faults: {delay: 2m}\n", 5, "at most 60 seconds"),
        (HEAD + "  - faults: {retry_after: 2}\n", 5, "retry_after belongs to a status"),
        (HEAD + "  - faults: calm\n", 5, "one of rest"),
        (HEAD + "  - time: -25h\n", 5, "a span of time such as +25h"),
        (HEAD + "  - time: 25\n", 5, "a span of time such as +25h"),
        (HEAD + "  - time: +9999d\n", 5, "at most 400 days"),
        (HEAD + "  - wait: 1h\n", 5, "at most 600 seconds"),
        (HEAD + "  - burst: {channel: whatsapp, people: 201}\n", 5, "a whole number from 1 to 200"),
        (HEAD + "  - wire: {signature: good}\n", 5, "one of valid, wrong, none"),
        (HEAD + "  - ana: {says: " + "x" * 10_001 + "}\n", 5, "at most 10,000 characters"),
        ("#" * (MOST_BYTES + 1), 0, "at most 64 kB"),
        ("[" * 5000 + "]" * 5000, 0, "nested too deeply"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_is_known(written: str, line: int, says: str) -> None:
    with pytest.raises(ScenarioError) as raised:
        read(written)
    assert says in str(raised.value)
    assert raised.value.line == line


def test_steps_read_like_sentences() -> None:
    assert act('ana: {says: "hello"}') == steps.Says(texts=("hello",))
    assert act("ana: {says: [a, b, c]}") == steps.Says(texts=("a", "b", "c"))
    assert act("ana: {says: 12:30}") == steps.Says(texts=("12:30",)), "no number of minutes"
    assert act("ana: {says: [1.50, 2026-11-30]}") == steps.Says(texts=("1.50", "2026-11-30"))
    assert act("ana: {replies: yes please, to: heard 2}") == steps.Replies(text="yes please", to="heard 2")
    assert act("ana: {presses: Yes}") == steps.Presses(title="Yes"), "nor a truth"
    assert act("ana: {reacts: null}") == steps.Reacts(emoji="")
    assert act("ana: blocks") == act("ana: {blocks: true}") == steps.Blocks(blocked=True)
    assert act("ana: hears") == act("ana: {hears: 1}") == act("ana: {hears: {count: 1}}")
    assert act("ana: {hears_nothing: {for: 500ms}}") == steps.HearsNothing(seconds=0.5)
    assert act("time: +25h") == steps.Travels(by=timedelta(hours=25))
    assert act("wait: 2s") == steps.Waits(seconds=2)
    assert act("faults: rest") == steps.TurnsKnobs()
    assert act("wire: valid") == steps.Wired(signature="valid")
    assert act("faults: {channel: telegram, duplicates: 5, slow_api: 2s}") == steps.TurnsKnobs(
        channel="telegram", values=(("duplicates", 5), ("slow_api", 2.0))
    )


def _without_lines(scenario: Scenario) -> Scenario:
    plain = tuple(dataclasses.replace(step, line=0) for step in scenario.steps)
    return dataclasses.replace(scenario, steps=plain, slug="")


@pytest.mark.parametrize("slug", sorted(shipped()))
def test_what_is_written_is_read_as_the_same(slug: str) -> None:
    scenario = shipped()[slug]
    assert _without_lines(read(write(scenario))) == _without_lines(scenario)


def test_every_word_has_a_sentence_and_stands_in_the_guide() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text()
    for name, word in {**PERSON, **WORLD}.items():
        assert f"`{name}`" in guide, name
        for key in word.known():
            assert f"`{key}`" in guide or key == word.key_of(word.first), f"{name}: {key}"
    for scenario in shipped().values():
        assert all(step.sentence() for step in scenario.steps)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="cannot be read"):
        load(tmp_path / "none.yaml")
    from adapters.sandbox.scenarios import find

    assert find("duplicates").slug == "duplicates"
    (tmp_path / "bad.yaml").write_text("name: x\n")
    with pytest.raises(SettingsError, match=r"bad\.yaml: line 1: phones is missing"):
        find(str(tmp_path / "bad.yaml"))
