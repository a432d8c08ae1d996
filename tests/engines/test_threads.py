"""Promises about processor threads: all of them on an idle machine, and never slower than one on a busy one."""

from __future__ import annotations

from assistant.engines.local.threads import Threads


class Machine:
    """A clock and a processor: `share` of what `now` threads could use is what a pass of 30 ms gets."""

    def __init__(self, most: int) -> None:
        self.wall = self.busy = 0.0
        self.set: list[int] = []
        self.threads = Threads(most, self.set.append, lambda: self.wall, lambda: self.busy)

    def passes(self, count: int, free: float, seconds: float = 0.03) -> list[int]:
        """`free` cores are there for us; how many threads each pass had."""
        used = []
        for _ in range(count):
            with self.threads:
                used.append(self.set[-1])
                self.wall += seconds
                self.busy += seconds * min(free, self.set[-1]) * 0.95
        return used


def test_an_idle_machine_is_used_whole() -> None:
    assert Machine(2).passes(100, free=2.0) == [2] * 100


def test_when_others_take_a_core_we_no_longer_wait_for_it() -> None:
    used = Machine(2).passes(200, free=1.0)
    assert used[0] == 2
    assert used.count(1) > 190, "trying again costs a few passes at most"
    assert 2 in used[1:], "and it is tried again"


def test_the_cores_come_back_when_the_others_are_done() -> None:
    machine = Machine(2)
    machine.passes(100, free=1.0)
    used = machine.passes(400, free=2.0)
    assert used[-100:] == [2] * 100


def test_many_cores_are_given_up_by_halves() -> None:
    machine = Machine(16)
    used = machine.passes(100, free=4.0)
    assert {16, 8, 4} <= set(used)
    assert used.count(4) > 80
    assert min(used) == 4


def test_one_short_hiccup_is_no_reason() -> None:
    machine = Machine(2)
    assert machine.passes(1, free=0.2, seconds=0.001) == [2]
    assert machine.passes(50, free=2.0) == [2] * 50


def test_a_pass_that_fails_is_counted_and_its_error_goes_on() -> None:
    machine = Machine(2)
    try:
        with machine.threads:
            raise MemoryError
    except MemoryError:
        assert machine.passes(3, free=2.0) == [2, 2, 2]
    else:
        raise AssertionError("swallowed")
