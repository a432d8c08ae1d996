"""Stop strings in text that comes in pieces."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engines.stops import Stops


@given(
    text=st.text(alphabet="ab<|>e", max_size=40),
    stops=st.lists(st.text(alphabet="ab<|>e", min_size=1, max_size=4), max_size=3),
    cuts=st.lists(st.integers(0, 40), max_size=8),
)
def test_stop_strings_are_found_however_the_text_is_cut(text: str, stops: list[str], cuts: list[int]) -> None:
    edges = sorted({0, len(text), *(min(cut, len(text)) for cut in cuts)})
    finder = Stops(stops)
    told = "".join([finder.feed(text[a:b]) for a, b in itertools.pairwise(edges)])
    found = finder.found
    told += finder.end()
    ends = [(text.find(stop) + len(stop), text.find(stop)) for stop in stops if stop in text]
    assert found == bool(ends)
    assert told == (text[: min(ends)[1]] if ends else text), "up to the stop string that was whole first"


@pytest.mark.parametrize("stops", [(), ("",)])
def test_without_stop_strings_nothing_is_held_back(stops: tuple[str, ...]) -> None:
    assert Stops(stops).feed("any <text") == "any <text"
