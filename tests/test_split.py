"""Cutting texts: limits hold in every unit, nothing is lost, nothing is cut inside what belongs together."""

from __future__ import annotations

import pytest
import regex  # type: ignore[import-untyped, unused-ignore]
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.markup import render
from assistant.split import SMALLEST_HTML, measure, pieces, split
from assistant.types import Dialect, Unit

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


MARKDOWN = st.lists(
    st.sampled_from(
        [
            *(
                "word ",
                "and\n",
                "\n\n",
                "😀",
                FAMILY,
                "🇩🇪",
                "e\u0301",
                "**bold** ",
                "_it_ ",
                "`code` ",
                "<&>",
            ),
            *(
                "[a](https://e.org/b_c) ",
                "https://e.org/a_(b) ",
                "# ",
                "> ",
                "- item\n",
                "    - deep\n",
                "1. ",
            ),
            *(
                "```py\n",
                "```\n",
                "   ```\n",
                "> ```\n",
                "- ```\n",
                "~~~\n",
                "\n| a | b | c |\n|---|---|---|\n",
            ),
            *("| x | y | z |\n", "|", "---\n", "a" * 40, "\ud800", "\x00", "\r\n"),
        ]
    ),
    max_size=120,
).map("".join)


def squeezed(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=150, deadline=None)
@given(MIXED, st.integers(8, 120), st.sampled_from(UNITS))
def test_every_piece_fits_and_nothing_but_white_space_is_lost(text: str, limit: int, unit: Unit) -> None:
    text = text.replace("```", "").replace("~~~", "").replace("|", "").replace(">", "")
    found = split(text, limit, unit)
    assert all(0 < measure(piece, unit) <= limit for piece in found)
    assert squeezed("".join(found)) == squeezed(text)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(MARKDOWN, MIXED), st.integers(4, 150), st.sampled_from(UNITS), st.sampled_from(list(Dialect))
)
def test_what_is_sent_keeps_the_limit_in_every_dialect(
    text: str, limit: int, unit: Unit, dialect: Dialect
) -> None:
    limit = max(limit, SMALLEST_HTML) if dialect is Dialect.HTML else limit
    for part in pieces(text, dialect, limit, unit):
        assert 0 < measure(part.text, unit) <= limit
        assert part.text.strip()
        for span in part.spans:
            assert 0 <= span.offset < span.offset + span.length <= len(part.text)


@settings(max_examples=200, deadline=None)
@given(MARKDOWN, st.integers(30, 150), st.sampled_from(UNITS))
def test_every_word_arrives_in_order_once(text: str, limit: int, unit: Unit) -> None:
    count = iter(range(10_000))
    text = regex.sub("word|item|deep", lambda found: f" {found[0]}{next(count):04}", text)
    joined = "\n".join(split(text, limit, unit))
    assert regex.findall(r"\d{4}", joined) == regex.findall(r"\d{4}", text)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["😀", FAMILY, "🇩🇪", "e\u0301\u0323", "👍🏽", "1️⃣", "क्षि", " ", "a", "\n", "**x** "])
    ),
    st.integers(60, 100),
    st.sampled_from(UNITS),
)
@example(["**x** ", "क्षि" * 10, "**x** "], 95, Unit.BYTES)
def test_no_cut_inside_an_emoji_a_flag_or_an_accented_letter(
    clusters: list[str], limit: int, unit: Unit
) -> None:
    text = "".join(clusters)
    for dialect in (Dialect.PLAIN, Dialect.MARKS, Dialect.SPANS):
        sent = [
            cluster
            for part in pieces(text, dialect, limit, unit)
            for cluster in regex.findall(r"\X", part.text)
        ]
        whole = regex.findall(r"\X", render(text, dialect).text)
        assert [one for one in sent if one.strip(" \n`*")] == [one for one in whole if one.strip(" \n`*")]


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


TABLE = "| Name | Price | Left |\n|:--|--:|---|\n" + "\n".join(
    f"| thing {number} | {number}.50 | {number} |" for number in range(30)
)


def test_a_cut_table_is_cut_between_rows_and_keeps_its_column_names() -> None:
    found = split(f"Prices:\n\n{TABLE}\n\nThat is all.", 200, Unit.UTF16)
    assert len(found) > 4
    rows = [line for piece in found for line in piece.splitlines() if line.startswith("| thing")]
    assert rows == TABLE.splitlines()[2:]
    for piece in found:
        assert ("| thing" in piece) == ("| Name | Price | Left |\n|:--|--:|---|\n| thing" in piece)
    for part in pieces(TABLE, Dialect.MARKS, 200, Unit.UTF16):
        assert part.text.startswith("Name: thing")
        assert part.text.count("Name: ") == part.text.count("Price: ") == part.text.count("Left: ")


def test_column_names_are_not_parted_from_the_first_row() -> None:
    for limit in range(70, 100):
        for piece in split(f"{'word ' * 9}\n{TABLE}", limit, Unit.UTF16):
            assert not piece.endswith(("| Left |", "|:--|--:|---|"))


def test_bars_in_code_are_no_table() -> None:
    code = "```\n| a | b |\n|---|---|\n" + "| x | y |\n" * 20 + "```"
    joined = "\n".join(split(code, 60, Unit.UTF16))
    assert (joined.count("| a | b |"), joined.count("| x | y |")) == (1, 20)


def test_code_inside_a_list_stays_code_and_keeps_its_own_indentation() -> None:
    code = "\n".join(f"    {'  ' * (number % 3)}line_{number}" for number in range(30))
    text = f"10. Do this:\n\n    ```py\n{code}\n    ```\n11. Then *that*."
    parts = pieces(text, Dialect.SPANS, 120, Unit.UTF16)
    lines = []
    for part in parts:
        for span in part.spans:
            if span.kind == "pre":
                assert span.language == "py"
                lines += part.text[span.offset : span.offset + span.length].split("\n")
    assert lines == [line[4:] for line in code.split("\n")]
    assert any(span.kind == "italic" for span in parts[-1].spans)


def test_code_inside_a_quotation_is_closed_and_opened_inside_it() -> None:
    code = "\n".join(f"> line_{number}" for number in range(20))
    for piece in split(f"> ```\n{code}\n> ```", 80, Unit.UTF16):
        assert piece.count("> ```") == 2
        assert all(line.startswith("> ") for line in piece.splitlines())


def test_a_quotation_goes_on_as_one() -> None:
    found = split("> " + "Some quoted words. " * 20 + "\n\nMine.", 100, Unit.UTF16)
    assert all(piece.startswith("> ") and piece.count(">") == 1 for piece in found[:-1])


def test_a_nested_list_is_no_code_because_it_begins_a_piece() -> None:
    text = "1. first\n" + "\n".join(f"    - point {number}" for number in range(12)) + "\n2. second"
    for part in pieces(text, Dialect.SPANS, 60, Unit.UTF16):
        assert part.spans == ()
        assert "point" not in part.text or "• point" in part.text
    text = "- first\n\n" + "\n\n".join(f"    More about it, part {number}." for number in range(9))
    assert all(part.spans == () for part in pieces(text, Dialect.SPANS, 60, Unit.UTF16))


def test_indented_code_stays_code() -> None:
    text = "So:\n\n" + "\n".join(f"    line_{number} = 1" for number in range(12))
    assert all(part.spans[0].kind == "pre" for part in pieces(text, Dialect.SPANS, 80, Unit.UTF16))


def test_only_the_part_that_grew_too_long_is_cut_again() -> None:
    text = "word " * 30 + "\n\n" + "<" * 100 + "\n\n" + "word " * 30
    parts = pieces(text, Dialect.HTML, 160, Unit.UTF16)
    assert [part.text.count("word") for part in parts if "word" in part.text] == [30, 30]
    assert "".join(part.text for part in parts).count("&lt;") == 100


def test_html_that_does_not_fit_is_never_cut_inside_a_tag_or_a_letter() -> None:
    parts = pieces("> " + "&<>" * 20 + "[x](https://e.org/" + "y" * 50 + ")", Dialect.HTML, 24, Unit.UTF16)
    joined = "".join(part.text for part in parts)
    assert regex.fullmatch(r"(?:[^<>&]|&(?:amp|lt|gt);|</?(?:blockquote|a|b|i)[^<>]*>)*", joined)
    for part in parts:
        assert not regex.search(r"&\w*$|<[^>]*$", part.text)
    with pytest.raises(ValueError, match="limit of 7"):
        pieces("x", Dialect.HTML, 7, Unit.UTF16)


def test_a_long_text_is_cut_quickly() -> None:
    text = "A sentence with some words in it. " * 6000
    assert len(split(text, 2000, Unit.UTF16)) < 130


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5000,
        "`" * 5000,
        "*a" * 3000,
        "_" * 5000,
        "\n" * 5000 + "x",
        "```\n" * 2000,
        "|" * 5000,
        "|a|b|\n|-|-|\n" * 400,
        "> " * 4000,
        "- " * 3000,
        "[a](" * 1500,
        "    - a\n" * 900,
        "https://a.b/" * 500,
        "~~a" * 2000,
        "|-" * 2500,
        "> ```\n" * 900,
        "&" * 5000,
    ],
)
def test_hostile_text_is_cut_quickly(text: str) -> None:
    assert all(measure(piece, Unit.UTF16) <= 500 for piece in split(text, 500, Unit.UTF16))
    for dialect in (Dialect.MARKS, Dialect.HTML):
        assert all(len(part.text) <= 500 for part in pieces(text, dialect, 500, Unit.CODEPOINTS))
