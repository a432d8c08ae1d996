"""The fault harness's checker finds every defect that is planted into a history, and nothing in a sound one."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from .chaos import __main__ as chaos
from .chaos.checker import Findings, check
from .chaos.history import Delivered, History, Part, Said, Stored, Turn
from .chaos.run import Plan, Report

ANA, BEN = "whatsapp:34600000001", "telegram:500000002"


def said(number: int, conversation: str = ANA, *, poison: bool = False, acknowledged: bool = True) -> Said:
    token = f"{'p' if poison else 'm'}{number:06}"
    return Said(token=token, conversation=conversation, external_id=f"id{number}", acknowledged=acknowledged)


def stored(number: int, seq: int, outcome: str | None = "answered", conversation: str = ANA) -> Stored:
    return Stored(external_id=f"id{number}", conversation=conversation, seq=seq, outcome=outcome)


def part(text: str, after_seq: int, conversation: str = ANA, **other: Any) -> Part:
    known = {"state": "sent", "duplicate_possible": False, **other}
    return Part(conversation=conversation, after_seq=after_seq, text=text, **known)


def heard(text: str, conversation: str = ANA, *, answered: bool = True) -> Delivered:
    return Delivered(conversation=conversation, text=text, answered=answered)


def sound() -> History:
    """Two people: a burst with one answer in two parts, one more message, poison that was set aside, a marked repeat."""
    return History(
        said=[said(1), said(2), said(3), said(4, BEN), said(5, BEN, poison=True), said(6, BEN)],
        stored=[
            stored(1, 1, "coalesced"),
            stored(2, 2),
            stored(3, 4),
            stored(4, 1, conversation=BEN),
            stored(5, 3, "dead", BEN),
            stored(6, 5, conversation=BEN),
        ],
        turns=[
            Turn(id=1, conversation=ANA, lo_seq=1, hi_seq=2),
            Turn(id=2, conversation=BEN, lo_seq=1, hi_seq=1),
            Turn(id=3, conversation=ANA, lo_seq=4, hi_seq=4),
            Turn(id=4, conversation=BEN, lo_seq=5, hi_seq=5),
        ],
        parts=[
            part("g1.0 m000001 m000002", 2),
            part("g1.1 more", 2),
            part("g2.0 m000004", 1, BEN, duplicate_possible=True),
            part("g4.0 m000003", 4),
            part("Sorry.", 3, BEN),
            part("g5.0 m000006", 5, BEN),
        ],
        delivered=[
            heard("g1.0 m000001 m000002"),
            heard("g2.0 m000004", BEN, answered=False),
            heard("g1.1 more"),
            heard("g2.0 m000004", BEN),
            heard("g4.0 m000003"),
            heard("Sorry.", BEN),
            heard("g5.0 m000006", BEN),
        ],
        answers={
            1: ("m000001", "m000002"),
            2: ("m000004",),
            3: ("m000005",),
            4: ("m000003",),
            5: ("m000006",),
        },
    )


def broken(history: History) -> set[str]:
    return set(check(history).broken())


def swapped(items: Any, one: int, other: int) -> Any:
    changed = list(items)
    changed[one], changed[other] = changed[other], changed[one]
    return changed


def without(items: Any, place: int) -> Any:
    return [item for number, item in enumerate(items) if number != place]


def changed(items: Any, place: int, **values: Any) -> Any:
    return [replace(item, **values) if number == place else item for number, item in enumerate(items)]


def test_a_sound_history_breaks_no_promise_and_its_marked_duplicate_is_counted() -> None:
    found = check(sound())
    assert found.broken() == {}
    assert found.duplicates_by_kind == {"telegram": 1}
    assert found.forced_by_kind == {"telegram": 1}
    assert (found.parts_by_kind["whatsapp"], found.parts_by_kind["telegram"]) == (3, 3)


def test_own_words_that_are_said_twice_may_stand_anywhere_but_not_a_third_time() -> None:
    history = sound()
    busy = part("One moment.", 1, BEN)
    twice = replace(
        history,
        parts=[*history.parts[:2], busy, *history.parts[2:], busy],
        delivered=[heard("One moment.", BEN), *history.delivered, heard("One moment.", BEN)],
    )
    assert check(twice).broken() == {}
    thrice = replace(twice, delivered=[*twice.delivered, heard("One moment.", BEN)])
    assert broken(thrice) == {"undetected_duplicates"}


def test_a_duplicate_that_no_answer_of_the_platform_forced_is_owed_to_the_kills() -> None:
    history = sound()
    found = check(replace(history, delivered=changed(history.delivered, 1, answered=True)))
    assert found.duplicates_by_kind == {"telegram": 1} and not found.forced_by_kind.total()


def test_a_message_that_was_never_acknowledged_may_be_missing_or_there() -> None:
    history = sound()
    missing = replace(history, said=[*history.said, said(7, acknowledged=False)])
    assert broken(missing) == set()
    there = replace(history, said=changed(history.said, 2, acknowledged=False))
    assert broken(there) == set()


DEFECTS: dict[str, tuple[str, Any]] = {
    "a message that a person had was changed into another": (
        "overwritten",
        lambda one: replace(one, overwritten=1),
    ),
    "an acknowledged message is not in the database": (
        "lost",
        lambda one: replace(one, said=[*one.said, said(7)]),
    ),
    "a message is stored in somebody else's conversation": (
        "lost",
        lambda one: replace(one, stored=changed(one.stored, 5, conversation=ANA)),
    ),
    "a message has no outcome": (
        "no_outcome",
        lambda one: replace(one, stored=changed(one.stored, 2, outcome=None)),
    ),
    "an answered message has no reply": (
        "no_outcome",
        lambda one: replace(one, delivered=without(one.delivered, 4)),
    ),
    "a reply forgets one message of the burst": (
        "no_outcome",
        lambda one: replace(one, delivered=changed(one.delivered, 0, text="g1.0 m000002")),
    ),
    "a part never left": (
        "no_outcome",
        lambda one: replace(one, parts=changed(one.parts, 1, state="sending")),
    ),
    "the parts of a reply are swapped": (
        "out_of_order",
        lambda one: replace(one, delivered=swapped(one.delivered, 0, 2)),
    ),
    "replies are swapped": (
        "out_of_order",
        lambda one: replace(one, delivered=swapped(one.delivered, 2, 4)),
    ),
    "a reply is repeated after a later one": (
        "out_of_order",
        lambda one: replace(one, delivered=[*one.delivered, heard("g2.0 m000004", BEN)]),
    ),
    "replies were decided in the wrong order": (
        "out_of_order",
        lambda one: replace(one, parts=swapped(one.parts, 0, 3), delivered=swapped(one.delivered, 0, 4)),
    ),
    "what we say of the poison comes too late": (
        "out_of_order",
        lambda one: replace(one, delivered=swapped(one.delivered, 5, 6)),
    ),
    "messages are stored in another order than they were written in": (
        "out_of_order",
        lambda one: replace(one, said=swapped(one.said, 0, 1)),
    ),
    "two turns cover one message": (
        "overlap",
        lambda one: replace(one, turns=[*one.turns, Turn(id=5, conversation=ANA, lo_seq=4, hi_seq=4)]),
    ),
    "a stale worker commits its older turn after a newer one": (
        "overlap",
        lambda one: replace(one, turns=changed(changed(one.turns, 0, id=3), 2, id=1)),
    ),
    "a second reply to one message": (
        "overlap",
        lambda one: replace(
            one,
            parts=[*one.parts, part("g6.0 m000003", 4)],
            delivered=[*one.delivered, heard("g6.0 m000003")],
            answers={**one.answers, 6: ("m000003",)},
        ),
    ),
    "a part was delivered twice and is not marked": (
        "undetected_duplicates",
        lambda one: replace(one, parts=changed(one.parts, 2, duplicate_possible=False)),
    ),
    "our own words were delivered twice and are not marked": (
        "undetected_duplicates",
        lambda one: replace(one, delivered=[*one.delivered[:6], heard("Sorry.", BEN), *one.delivered[6:]]),
    ),
    "a healthy message is set aside": (
        "wrongly_dead",
        lambda one: replace(one, stored=changed(one.stored, 2, outcome="dead")),
    ),
    "poison counts as answered": (
        "spared",
        lambda one: replace(one, stored=changed(one.stored, 4, outcome="coalesced")),
    ),
    "somebody hears what is in no outbox": (
        "unknown",
        lambda one: replace(one, delivered=[*one.delivered, heard("g9.0 nobody")]),
    ),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_each_planted_defect_is_found(name: str) -> None:
    kind, plant = DEFECTS[name]
    assert kind in broken(plant(sound())), name


def test_every_kind_of_finding_has_a_defect_that_shows_it() -> None:
    empty = Findings()
    for name in vars_of(empty):
        getattr(empty, name).append("something")
    assert {kind for kind, _ in DEFECTS.values()} == set(empty.broken())


def vars_of(found: Findings) -> list[str]:
    """The lists of sentences; duplicates alone break no promise."""
    return [
        name for name in Findings.__slots__ if isinstance(getattr(found, name), list) and name != "duplicates"
    ]


def test_no_sentence_of_a_finding_quotes_what_somebody_wrote() -> None:
    history = sound()
    spoken = replace(history, delivered=[*history.delivered, heard("a secret wish")])
    assert all("wish" not in sentence for sentence in check(spoken).unknown)


def report(findings: Findings, **other: Any) -> Report:
    known: dict[str, Any] = {
        "plan": Plan(database="sqlite", kills=10, seconds=5, seed=1),
        "findings": findings,
        "rested": True,
        "kills": 10,
        "killed": Counter({"serve": 4, "work": 6}),
        "ended": Counter(),
        "away": {},
        "stopped": 1,
        "accepted": 6,
        "delivered": 7,
        "generations": 5,
        "poisonings": 1,
        "posts": 9,
        "refused_posts": 2,
        "again": 1,
        "faults": Counter(),
        "trouble_seconds": 3.0,
        "rest_seconds": 1.0,
        "sound": "ok",
    }
    return Report(**known | other)


KEYS = "kills accepted lost no_outcome out_of_order overlap duplicates undetected_duplicates".split()


@pytest.mark.parametrize(
    ("history", "other", "status"),
    [
        (sound(), {}, 0),
        (replace(sound(), said=[*sound().said, said(7)]), {}, 1),
        (sound(), {"rested": False}, 1),
        (sound(), {"sound": "row 7 missing from index"}, 1),
    ],
    ids=["sound", "lost", "never at rest", "broken file"],
)
def test_the_exit_status_tells_whether_a_promise_was_broken_and_the_last_line_is_json(
    history: History,
    other: dict[str, Any],
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def ran(*_: Any, **__: Any) -> Report:
        return report(check(history), **other)

    monkeypatch.setattr(chaos, "run", ran)
    assert chaos.main(["--database", "sqlite", "--kills", "10"]) == status
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert [name for name in KEYS if name not in last] == []
    assert (last["kills"], last["accepted"], last["duplicates"]) == (10, 6, 1)
    assert last["duplicates_share_without_echo"] == pytest.approx(1 / 3, abs=1e-4)
    assert last["by_database"]["sqlite"]["lost"] == last["lost"]
