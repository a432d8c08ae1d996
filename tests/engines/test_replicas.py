"""Promises of the choice among model servers: conversations stay at home, failing servers are left in peace."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from assistant.engines.breaker import Breaker
from assistant.engines.replicas import Replicas
from tests.clocks import FakeClock


def replicas(count: int, **more: int) -> Replicas:
    return Replicas([f"http://server-{at}/v1" for at in range(count)], FakeClock(), **more)


# --- who gets a conversation -----------------------------------------------------------------------------


@given(count=st.integers(2, 12), first=st.integers(0, 10_000))
def test_only_a_fair_share_of_conversations_moves_when_a_server_is_added(count: int, first: int) -> None:
    before, after = replicas(count), replicas(count + 1)
    homes = [str(name) for name in range(first, first + 600)]
    moved = Counter[str]()
    for home in homes:
        old, new = before.order(home)[0].url, after.order(home)[0].url
        if old != new:
            moved[new] += 1
    assert set(moved) == {after.all[-1].url}, "whoever moves, moves to the new server"
    expected = len(homes) / (count + 1)
    assert expected * 0.5 < moved.total() < expected * 1.6


def test_conversations_are_spread_evenly() -> None:
    four = replicas(4)
    shares = Counter(four.order(str(home))[0].url for home in range(2000))
    assert all(400 < share < 600 for share in shares.values())


def test_a_conversation_has_one_home_and_one_second_home() -> None:
    four = replicas(4)
    order = [replica.url for replica in four.order("c")]
    assert order == [replica.url for replica in four.order("c")]
    four.order("c")[0].failed(gone=True)
    assert [replica.url for replica in four.order("c")] == order[1:]


def test_a_server_with_too_much_to_do_comes_last_and_gets_its_conversations_back() -> None:
    two = replicas(2, most=3)
    home = two.order("c")[0]
    home.running = 2
    assert two.order("c")[0] is home
    home.running = 3
    assert two.order("c")[0] is not home
    other = two.order("c")[0]
    other.running = 9
    assert two.order("c")[0] is home, "both have too much: the one with less"
    home.running = other.running = 0
    assert two.order("c")[0] is home


def test_without_a_limit_no_server_gets_much_more_than_the_others() -> None:
    three = replicas(3)
    for _ in range(300):  # all of them of one conversation: the worst case
        three.order("c")[0].running += 1
    loads = sorted(replica.running for replica in three.all)
    assert loads[-1] <= 1.3 * 100
    small = replicas(3)
    for _ in range(8):
        small.order("c")[0].running += 1
    assert sorted(replica.running for replica in small.all) == [0, 0, 8], "a few requests never move"


def test_a_request_of_no_conversation_goes_where_least_is_done() -> None:
    two = replicas(2)
    two.all[0].running = 1
    assert two.order(None)[0] is two.all[1]


# --- the breaker -----------------------------------------------------------------------------------------


def breaker(clock: FakeClock) -> Breaker:
    return Breaker(clock, failures=3, pause=1.0, longest=8.0, chance=random.Random(1))


def test_three_failures_in_a_row_open_the_breaker_and_an_answer_between_them_does_not() -> None:
    guard = breaker(FakeClock())
    for _ in range(2):
        assert not guard.failed()
    guard.finished()
    assert [guard.failed() for _ in range(3)] == [False, False, True]
    assert guard.open
    assert not guard.may_ask


def test_a_server_that_is_gone_opens_it_at_once() -> None:
    guard = breaker(FakeClock())
    assert guard.failed(gone=True)
    assert not guard.may_ask


def test_after_the_pause_one_request_tries_and_the_others_wait() -> None:
    clock = FakeClock()
    guard = breaker(clock)
    guard.failed(gone=True)
    clock.advance(guard.left)
    assert guard.may_ask
    assert guard.asked()
    assert not guard.may_ask
    guard.let_go()
    assert guard.may_ask, "a trial without a verdict makes room for the next"
    guard.asked()
    guard.answered()
    assert guard.may_ask and not guard.asked(), "closed"


def test_the_pause_grows_with_every_failed_trial_and_chance_shortens_it() -> None:
    clock = FakeClock()
    guard = breaker(clock)
    pauses = []
    guard.failed(gone=True)
    for _ in range(6):
        pauses.append(guard.left)
        clock.advance(guard.left)
        guard.asked()
        guard.failed()
    for pause, most in zip(pauses, (1, 2, 4, 8, 8, 8), strict=True):
        assert most / 2 <= pause <= most
    assert len({round(pause, 6) for pause in pauses[3:]}) == 3, "no two alike"


def test_a_server_that_answers_the_trial_and_fails_again_gets_no_second_chance() -> None:
    clock = FakeClock()
    guard = breaker(clock)
    guard.failed(gone=True)
    first = guard.left
    clock.advance(first)
    guard.asked()
    guard.answered()
    assert guard.failed()
    assert guard.left > first * 0.99
    clock.advance(guard.left)
    guard.asked()
    guard.answered()
    guard.finished()
    assert not guard.failed(), "a whole answer makes all as it was"


def test_requests_that_fail_while_it_is_open_do_not_lengthen_the_pause() -> None:
    guard = breaker(FakeClock())
    guard.failed(gone=True)
    left = guard.left
    for _ in range(50):
        guard.failed()
    assert guard.left == left
