"""Staff take over two hundred people at two hundred different moments of their answers: the model never speaks again."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest

from tests.databases import migrated_sqlite

from .points import runs, story
from .points.faults import Points
from .points.outside import Outside


@pytest.mark.parametrize("seed", [20261130])
def test_after_a_takeover_is_acknowledged_the_model_says_nothing_more(seed: int) -> None:
    """Before the claim, while the model writes, between parts, with a part under way, with an unclear one: all at once."""
    draw = random.Random(seed)
    steps = []
    for number in range(200):
        peer = str(7_000_000_000 + number)
        trouble = draw.choice(("", "", "[lost]", "[500]"))
        words = f"please tell number {number} everything, {trouble} " + "and at length, " * draw.randint(
            0, 24
        )
        begun = draw.uniform(0.0, 2.0)
        steps.append(story.says(begun, "messenger", 1, words, peer=peer))
        steps.append(story.staff_writes(begun + draw.uniform(0.3, 6.0), f"This is Rita, {number}", peer=peer))
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        outside = Outside()
        url = migrated_sqlite(Path(folder))
        wrong = runs.play(url, Path(folder), outside, Points(counting=False), steps, afterwards=False)
    assert wrong == []
    spoken = {taken.peer for taken in outside.taken}
    assert 40 < len(spoken) < 200, "some takeovers came before the first word, and some after it"


def _memory() -> str | None:
    """Where files cost nothing, if there is such a place."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None
