"""A breaker leaves a silent platform in peace, tries it with one message at a time, and forgets when it answers."""

from __future__ import annotations

from assistant.breaker import IN_A_ROW, OF_LAST, PROBE_SECONDS, Breaker
from tests.clocks import FakeClock


def _opened(clock: FakeClock) -> Breaker:
    breaker = Breaker(clock)
    for number in range(IN_A_ROW):
        assert breaker.admit()
        assert breaker.failed() == (number == IN_A_ROW - 1)
    return breaker


def test_it_opens_after_five_sends_without_an_answer_in_a_row(clock: FakeClock) -> None:
    breaker = _opened(clock)
    assert breaker.open and breaker.shut and not breaker.admit()


def test_an_answer_between_them_begins_the_count_anew(clock: FakeClock) -> None:
    breaker = Breaker(clock)
    for _ in range(3):
        for _ in range(IN_A_ROW - 1):
            assert not breaker.failed()
        for _ in range(OF_LAST):
            breaker.answered()
    assert not breaker.open


def test_it_opens_when_half_of_the_last_twenty_had_no_answer(clock: FakeClock) -> None:
    breaker = Breaker(clock)
    opened = []
    for _ in range(OF_LAST // 2):
        breaker.answered()
        opened.append(breaker.failed())
    assert opened == [False] * (OF_LAST // 2 - 1) + [True]


def test_one_message_every_fifteen_seconds_tries_and_its_answer_closes(clock: FakeClock) -> None:
    breaker = _opened(clock)
    clock.advance(PROBE_SECONDS - 0.1)
    assert not breaker.admit() and breaker.left > 0
    clock.advance(0.1)
    assert breaker.admit() and breaker.shut
    assert not breaker.admit(), "one at a time"
    assert breaker.failed() and not breaker.admit()
    clock.advance(PROBE_SECONDS)
    assert breaker.admit()
    assert breaker.answered()
    assert not breaker.open and all(breaker.admit() for _ in range(100))


def test_sends_that_were_under_way_when_it_opened_say_nothing_new(clock: FakeClock) -> None:
    breaker = _opened(clock)
    left = breaker.left
    clock.advance(3)
    assert not breaker.failed() and breaker.left == left - 3


def test_a_probe_that_did_not_leave_makes_room_for_another(clock: FakeClock) -> None:
    breaker = _opened(clock)
    clock.advance(PROBE_SECONDS)
    assert breaker.admit()
    breaker.let_go()
    assert not breaker.shut and breaker.admit()
