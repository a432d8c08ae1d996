"""Wherever a walk is interrupted, nothing that was accepted is lost, said twice unmarked, or said out of order.

A crash is tried at every point of the ordinary day and at half of what the bad one leaves; the other faults, and
PostgreSQL, at a sample that ASSISTANT_TESTS_POINTS=all widens to every place. `python -m tests.faults.points --everything --database both` tries every fault at every point.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from .points import awaits, real, runs
from .points.__main__ import applies, memory, places
from .points.faults import Fault, Kind
from .points.story import BAD_DAY, DAY, REPEATABLE, STORIES

EVERY = 1 if os.environ.get("ASSISTANT_TESTS_POINTS") == "all" else 25
"""Of the places, each so manyth; of PostgreSQL's points, far fewer."""


@pytest.fixture(scope="module", params=REPEATABLE)
def told(request: pytest.FixtureRequest) -> Iterator[runs.Told]:
    """A story as it goes without a fault."""
    with TemporaryDirectory(dir=memory()) as folder:
        yield runs.tell(Path(folder), STORIES[request.param])


def test_a_story_goes_as_promised_and_has_points_of_every_kind(told: runs.Told) -> None:
    assert told.result.wrong == []
    assert {point.kind for point in told.points} == set(Kind)
    assert len(told.points) > 1000


def test_a_story_is_the_same_every_time(told: runs.Told) -> None:
    """Else the point of a number would be another one in every run."""
    with TemporaryDirectory(dir=memory()) as folder:
        again = runs.tell(Path(folder), told.steps)
    assert again.points == told.points and again.at == told.at
    assert again.outside.journal == told.outside.journal


def test_a_crash_at_any_point_loses_nothing(told: runs.Told) -> None:
    wrong = [
        result
        for number in told.worlds()[:: 2 if EVERY > 1 and told.steps is not DAY else 1]
        if (result := runs.revive(told, number, afterwards=number % 5 == 0)).wrong
    ]
    assert wrong == []


def test_a_process_that_really_ends_leaves_what_was_said_to_be_left(told: runs.Told) -> None:
    numbers = [point.number for point in told.points][7 :: max(1, len(told.points) // 8)]
    assert [found for number in numbers if (found := real.differs(told, number))] == []


@pytest.mark.parametrize("fault", [Fault.CLOSE, Fault.CANCEL, Fault.ERROR, Fault.AWAY])
def test_an_interruption_at_any_place_loses_nothing(told: runs.Told, fault: Fault) -> None:
    chosen = [point for point in places(told.points) if applies(fault, point)]
    wrong = [
        result
        for point in chosen[list(Fault).index(fault) :: EVERY]
        if (result := runs.interrupt(told, point.number, fault)).wrong
    ]
    assert wrong == []


def test_nearly_every_await_of_the_walks_waits_in_a_story() -> None:
    lines: set[tuple[str, int]] = set()
    for steps in STORIES.values():
        with TemporaryDirectory(dir=memory()) as folder:
            lines |= runs.tell(Path(folder), steps).result.lines
    silent = awaits.never_waited(lines)
    assert len(silent) < 0.3 * len(awaits.written()), f"stories have to reach these: {silent}"


@pytest.mark.postgres
def test_a_process_that_ends_on_postgresql_loses_nothing(postgres_url: str, tmp_path: Path) -> None:
    real.prepare(postgres_url)
    total, wrong = real.count(postgres_url, tmp_path, BAD_DAY)
    assert wrong == []
    for number in range(700, total, EVERY * 60):
        real.empty(postgres_url)
        result = real.end_and_revive(postgres_url, tmp_path, BAD_DAY, number)
        assert result is not None and result.wrong == [], f"point {number}"
