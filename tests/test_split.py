"""Cutting texts: limits hold in every unit, nothing is lost, nothing is cut inside what belongs together."""

from __future__ import annotations

import pytest
import regex  # type: ignore[import-untyped, unused-ignore]
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.split import measure, split
from assistant.types import Unit

UNITS = list(Unit)
FAMILY = "👨‍👩‍👧‍👦"
WORDS = st.sampled_from(
    [
        "word ",
        "and\n",
        "\n\n",
        "Ünïcödé ",
        "😀",
        FAMILY,
        "e\u0301",
        "日本語。",
        "`code` ",
        "**bold** ",
        "- item\n",
        ". ",
        "  ",
        "🇩🇪",
    ]
)
MIXED = st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=200).map("".join))


def squeezed(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=150, deadline=None)
@given(MIXED, st.integers(8, 120), st.sampled_from(UNITS))
def test_every_piece_fits_and_nothing_but_white_space_is_lost(text: str, limit: int, unit: Unit) -> None:
    text = text.replace("```", "").replace("~~~", "")
    pieces = split(text, limit, unit)
    assert all(0 < measure(piece, unit) <= limit for piece in pieces)
    assert squeezed("".join(pieces)) == squeezed(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.integers(16, 100), st.sampled_from(UNITS))
def test_text_with_fences_still_fits(text: str, limit: int, unit: Unit) -> None:
    fenced = f"before\n```python\n{text}\n```\nafter"
    assert all(measure(piece, unit) <= limit for piece in split(fenced, limit, unit))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(["😀", FAMILY, "e\u0301\u0323", "🇩🇪", "क्षि", "a"]), min_size=1, max_size=80))
def test_no_cut_inside_a_grapheme(clusters: list[str]) -> None:
    text = "".join(clusters)
    whole = regex.findall(r"\X", text)
    cut = [cluster for piece in split(text, 30, Unit.UTF16) for cluster in regex.findall(r"\X", piece)]
    assert cut == whole


def test_short_text_is_one_piece_and_blank_text_none() -> None:
    assert split("  hello ", 10, Unit.UTF16) == ["  hello "]
    assert split(" \n\t ", 10, Unit.UTF16) == []


def test_units_count_what_the_platforms_count() -> None:
    assert [measure("é😀", unit) for unit in (Unit.CODEPOINTS, Unit.UTF16, Unit.BYTES)] == [2, 3, 6]


def test_limit_that_cannot_hold_a_character_is_refused() -> None:
    with pytest.raises(ValueError, match="limit of 3"):
        split("hello", 3, Unit.BYTES)


def test_cut_order_is_paragraph_then_line_then_sentence_then_word() -> None:
    first = "One two three. " * 4
    assert split(first.strip() + "\n\nSecond paragraph here.", 70, Unit.UTF16)[1] == "Second paragraph here."
    assert split("a line of words here ok\nanother line of words", 40, Unit.UTF16) == [
        "a line of words here ok",
        "another line of words",
    ]
    assert (
        split("First sentence is here. Second one follows it.", 40, Unit.UTF16)[0]
        == "First sentence is here."
    )
    assert split("alpha beta gamma delta epsilon", 16, Unit.UTF16)[0] == "alpha beta"


def test_an_address_is_never_cut() -> None:
    link = "https://example.org/a/rather/long/path?with=query"
    for text in (f"Please look at {link} today", f"Please look at [this page]({link}) today"):
        pieces = split(text, 75, Unit.UTF16)
        assert sum(link in piece for piece in pieces) == 1


def test_an_address_longer_than_the_limit_is_cut_all_the_same() -> None:
    link = "https://example.org/" + "x" * 100
    pieces = split("see " + link, 40, Unit.UTF16)
    assert squeezed("".join(pieces)) == squeezed("see " + link)


def test_a_cut_code_block_is_closed_and_opened_again_with_its_language() -> None:
    code = "\n".join(f"    line_{number} = {number}" for number in range(40))
    pieces = split(f"Here:\n\n```python\n{code}\n```\n\nDone.", 200, Unit.UTF16)
    assert len(pieces) > 3
    for piece in pieces:
        assert piece.count("```") % 2 == 0
        assert measure(piece, Unit.UTF16) <= 200
    blocks = [piece for piece in pieces if "line_" in piece]
    assert all("```python\n" in piece for piece in blocks)
    kept = [line for piece in pieces for line in piece.splitlines() if "line_" in line]
    assert kept == code.splitlines()


def test_a_long_text_is_cut_quickly() -> None:
    text = "A sentence with some words in it. " * 6000
    assert len(split(text, 2000, Unit.UTF16)) < 130


@pytest.mark.parametrize(
    "text", ["[" * 5000, "`" * 5000, "*a" * 3000, "_" * 5000, "\n" * 5000 + "x", "```\n" * 2000]
)
def test_hostile_text_is_cut_quickly(text: str) -> None:
    assert all(measure(piece, Unit.UTF16) <= 500 for piece in split(text, 500, Unit.UTF16))
