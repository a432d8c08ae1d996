"""Rendering Markdown: every dialect, any input, spans that lie inside the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.markup import render
from assistant.types import Dialect, Span, Text

SNIPPETS = st.sampled_from(
    [
        *(
            "**",
            "*",
            "_",
            "~~",
            "`",
            "```\n",
            "[a](http://b.c)",
            "> ",
            "- ",
            "1. ",
            "# ",
            "![",
            "](",
            "---\n",
        ),
        *("\n", "\n\n", "word ", "😀", "e\u0301", "<b>", "&amp;", "\\", "    ", "\x00", "\ud800"),
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(SNIPPETS, max_size=60).map("".join))


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from(list(Dialect)))
def test_any_text_renders_and_spans_lie_inside(text: str, dialect: Dialect) -> None:
    rendered = render(text, dialect)
    for span in rendered.spans:
        assert span.length > 0 and span.offset >= 0 and span.offset + span.length <= len(rendered.text)
    if dialect is not Dialect.SPANS:
        assert rendered.spans == ()
    if text.strip():
        assert rendered.text.strip()


def test_markdown_is_left_alone() -> None:
    assert render("# *a*\n", Dialect.MARKDOWN) == Text(text="# *a*\n")


@pytest.mark.parametrize(
    ("text", "plain", "marks"),
    [
        ("**bold** and *it*", "bold and it", "*bold* and _it_"),
        ("***both***", "both", "_*both*_"),
        ("~~gone~~ `x = 1`", "gone x = 1", "~gone~ `x = 1`"),
        ("# Title **x**\ntext", "Title x\n\ntext", "*Title x*\n\ntext"),
        ("[here](https://e.org)", "here (https://e.org)", "here (https://e.org)"),
        ("<https://e.org>", "https://e.org", "https://e.org"),
        ("[https://e.org](https://e.org)", "https://e.org", "https://e.org"),
        ("![cat](https://e.org/c.png)", "cat (https://e.org/c.png)", "cat (https://e.org/c.png)"),
        ("un**believ**able", "unbelievable", "unbelievable"),
        ("**two\nlines**", "two\nlines", "two\nlines"),
        ("snake_case_name 2*3*4", "snake_case_name 2*3*4", "snake_case_name 2*3*4"),
        ("- a\n- b\n  - c", "- a\n- b\n  - c", "- a\n- b\n  - c"),
        ("3. a\n4. b", "3. a\n4. b", "3. a\n4. b"),
        ("> a\n> b", "> a\n> b", "> a\n> b"),
        ("```python\nx\n```", "x", "```\nx\n```"),
        ("|k|v|\n|-|-|\n|a|1|\n|b|2|", "k: v\na: 1\nb: 2", "k: v\na: 1\nb: 2"),
        (
            "|n|x|y|\n|-|-|-|\n|a|1|2|\n|b|3||",
            "n: a\nx: 1\ny: 2\n\nn: b\nx: 3",
            "n: a\nx: 1\ny: 2\n\nn: b\nx: 3",
        ),
        ("Tom &amp; Jerry \\*", "Tom & Jerry *", "Tom & Jerry *"),
        ("a <b>tag</b>", "a <b>tag</b>", "a <b>tag</b>"),
        ("[x](javascript:alert)", "[x](javascript:alert)", "[x](javascript:alert)"),
    ],
)
def test_dialects_without_spans(text: str, plain: str, marks: str) -> None:
    assert render(text, Dialect.PLAIN).text == plain
    assert render(text, Dialect.MARKS).text == marks


def test_spans_count_code_points() -> None:
    rendered = render("😀 **b😀** [l](https://e.org)\n\n```py\nx\n```\n\n> q", Dialect.SPANS)
    assert rendered.text == "😀 b😀 l\n\nx\n\nq"
    assert rendered.spans == (
        Span(kind="bold", offset=2, length=2),
        Span(kind="text_link", offset=5, length=1, url="https://e.org"),
        Span(kind="pre", offset=8, length=1, language="py"),
        Span(kind="blockquote", offset=11, length=1),
    )


@pytest.mark.parametrize(
    "text", [">" * 500 + "deep", "- " * 500 + "deep", "[" * 3000, "*" * 3000 + "a", "\ud800 lone"]
)
def test_hostile_text_keeps_its_words(text: str) -> None:
    for dialect in Dialect:
        assert text.strip("[*->\ud800 ") in render(text, dialect).text


def test_a_reply_that_is_only_a_definition_is_not_lost() -> None:
    assert render("[a]: https://e.org", Dialect.PLAIN).text == "[a]: https://e.org"
