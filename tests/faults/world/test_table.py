"""The table of named faults is whole: enough of them, each with a promise, each shown by a test that exists."""

from __future__ import annotations

from .table import exists, gather

FEWEST = 40
"""What issue 5 asks for."""


def test_at_least_forty_faults_have_a_name_a_promise_and_a_test() -> None:
    faults = gather()
    assert len(faults) >= FEWEST
    assert [one.name for one in faults if not (one.promise and ":" in one.name)] == []


def test_every_promise_is_shown_by_a_test_that_exists() -> None:
    assert [one.test for one in gather() if not exists(one.test)] == []
