"""Plots: what is drawn, that nothing in a name becomes markup, and that numbers are round where they should be."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from assistant.web import plots
from assistant.web.numbers import number, percent, plain, seconds, size, written
from assistant.web.plots import Interval, Series, interval
from assistant.web.words import Look, look

NASTY = '"><script>alert(1)</script>&'


def _parsed(drawn: object) -> ElementTree.Element:
    """It is well-formed XML, whatever the names were."""
    return ElementTree.fromstring(str(drawn))


def _all() -> list[object]:
    places = [NASTY, "two", "three"]
    series = [Series(name=f"{NASTY}{n}", values=[1.0, None, 3.0]) for n in range(7)]
    return [
        plots.lines(NASTY, places, series, number),
        plots.areas(NASTY, places, series, number),
        plots.bars(NASTY, [(NASTY, 3.0), ("b", 0.0)], number),
        plots.intervals(NASTY, [interval(NASTY, 3, 4)]),
        plots.heat(NASTY, [NASTY], [str(hour) for hour in range(24)], [[0.0] * 24], number),
        plots.patterns(),
        plots.swatch(3, area=True),
        plots.swatch(3, area=False),
        plots.spark([1, None, 2]),
    ]


def test_names_never_become_markup_and_there_is_no_inline_style() -> None:
    for drawn in _all():
        tree = _parsed(drawn)
        assert not [one for one in tree.iter() if one.tag == "script" or "style" in one.attrib]
        assert "<script" not in str(drawn)


def test_every_point_says_what_it_is() -> None:
    series = [Series(name="p50", values=[1.0, 2.0]), Series(name="p95", values=[None, 4.0])]
    tree = _parsed(plots.lines("label", ["Mon", "Tue"], series, seconds))
    assert [one.text for one in tree.iter("title")] == ["Mon\np50: 1.0 s", "Tue\np50: 2.0 s\np95: 4.0 s"]
    assert tree.attrib["role"] == "img" and tree.attrib["aria-label"] == "label"


def test_series_differ_by_more_than_colour() -> None:
    series = [Series(name=str(n), values=[1.0, 2.0]) for n in range(6)]
    lines = [
        one
        for one in _parsed(plots.lines("x", ["a", "b"], series, number)).iter("path")
        if one.attrib["class"].startswith("line")
    ]
    assert len({one.attrib.get("stroke-dasharray") for one in lines}) == 6
    filled = [
        one.attrib.get("fill")
        for one in _parsed(plots.areas("x", ["a", "b"], series, number)).iter("path")
        if one.attrib.get("fill")
    ]
    assert len(set(filled)) == 5, "the first one is plain"


def test_a_line_has_a_gap_where_nothing_is_known_and_a_dot_where_a_value_stands_alone() -> None:
    series = [Series(name="a", values=[1.0, 2.0, None, 3.0, None])]
    tree = _parsed(plots.lines("x", list("12345"), series, number))
    [line] = [one for one in tree.iter("path") if one.attrib["class"].startswith("line")]
    assert line.attrib["d"].count("M") == 2 and len(list(tree.iter("circle"))) == 1


@pytest.mark.parametrize("values", [[], [None, None], [0.0, 0.0], [1e-9, 2e-9], [1e15, 2e15], [5.0]])
def test_no_values_are_too_odd_to_draw(values: list[float | None]) -> None:
    places = [str(n) for n in range(len(values))]
    for draw in (plots.lines, plots.areas):
        assert _parsed(draw("x", places, [Series(name="a", values=values)], number)).tag == "svg"
    assert "nan" not in str(plots.lines("x", places, [Series(name="a", values=values)], number))


def test_a_share_of_few_cases_is_known_less_well_than_one_of_many() -> None:
    few, many = interval("a", 3, 4), interval("b", 300, 400)
    assert few.middle == many.middle == 0.75
    assert few.high - few.low > 5 * (many.high - many.low)
    assert interval("c", 4, 4).high == pytest.approx(1) and 0 < interval("c", 4, 4).low < 0.6
    assert interval("d", 0, 3) == Interval(
        name="d", low=0.0, middle=0.0, high=interval("d", 0, 3).high, count=3
    )


def test_numbers_are_short_and_readable() -> None:
    assert [number(n) for n in (0, 3, 2.5, 950, 1234, 12_340, 3_400_000)] == [
        "0", "3", "2.5", "950", "1,234", "12.3 k", "3.4 M",
    ]  # fmt: skip
    assert [seconds(n) for n in (0.25, 5, 42, 300, 9000)] == ["0.25 s", "5.0 s", "42 s", "5.0 min", "2.5 h"]
    assert (percent(0.123), plain(None), plain(2.0), plain(0.5)) == ("12.3 %", "", "2", "0.500")
    assert (size(10), size(2e6), size(3.2e9)) == ("10 B", "2 MB", "3.2 GB")


@pytest.mark.parametrize("language", ["pt", "es"])
def test_numbers_have_the_comma_of_the_readers_language(language: str) -> None:
    token = look.set(Look(language=language))
    try:
        assert [number(n) for n in (2.5, 1234, 12_340)] == ["2,5", "1.234", "12,3 k"]
        assert (seconds(0.25), percent(0.123), size(3.2e9)) == ("0,25 s", "12,3 %", "3,2 GB")
        assert plain(0.5) == "0.500", "files are for machines"
        assert written("-1,234.5") == "-1.234,5"
    finally:
        look.reset(token)
