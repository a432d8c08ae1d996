"""Rendering Markdown: every dialect, any input, spans that lie inside the text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
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
        *(
            "[x](mailto:a@b.c)",
            "[x](javascript:a)",
            "[a]: https://e.org\n",
            "https://e.org/_a_b_",
            "&lt;",
            "</b>",
            '"',
        ),
        *("\n", "\n\n", "word ", "😀", "e\u0301", "<b>", "&amp;", "\\", "    ", "\x00", "\ud800"),
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(SNIPPETS, max_size=60).map("".join))


TAGS = {"b", "i", "s", "code", "pre", "a", "blockquote"}


class Strict(HTMLParser):
    """Takes only well-formed HTML of the tags that chats and mail programs know; collects the words."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words, self.open = "", list[str]()
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        for name, value in attrs:
            if tag == "a":
                assert name == "href" and value
                assert value.startswith(("https://", "http://", "mailto:", "tel:"))
            else:
                assert (tag, name) == ("code", "class") and (value or "").startswith("language-")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError("a declaration")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, st.sampled_from(list(Dialect)))
def test_any_text_renders_and_spans_lie_inside(
    caplog: pytest.LogCaptureFixture, text: str, dialect: Dialect
) -> None:
    rendered = render(text, dialect)
    assert caplog.records == []
    ends: dict[str, int] = {}
    for span in sorted(rendered.spans, key=lambda span: span.offset):
        assert span.length > 0 and span.offset >= 0 and span.offset + span.length <= len(rendered.text)
        assert span.offset >= ends.get(span.kind, 0)  # two of a kind never overlap
        ends[span.kind] = span.offset + span.length
    if dialect is not Dialect.SPANS:
        assert rendered.spans == ()
    if text.strip():
        assert rendered.text.strip()


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_html_is_well_formed_harmless_and_says_the_same(text: str) -> None:
    html = render(text, Dialect.HTML).text
    said = "".join(Strict(html).words.split())
    known = "".join(render(text, Dialect.SPANS).text.split())
    if (
        "mailto:" not in text
    ):  # such an address stands behind the words in one dialect and beside them in the other
        assert said == known


WORDS = st.from_regex(r"[a-zäöü]{2,8}\d{1,4}", fullmatch=True)
INLINE = st.one_of(
    WORDS,
    WORDS.map("**{}**".format),
    WORDS.map("*{}*".format),
    WORDS.map("~~{}~~".format),
    WORDS.map("`{}`".format),
    WORDS.map("[{}](https://e.org/x_y_z)".format),
)
LINE = st.lists(INLINE, min_size=1, max_size=6).map(" ".join)
BLOCK = st.one_of(
    LINE,
    LINE.map("## {}".format),
    LINE.map("> {}".format),
    st.lists(LINE, min_size=1, max_size=4).map(lambda lines: "\n".join(f"- {line}" for line in lines)),
    st.lists(LINE, min_size=1, max_size=4).map(lambda lines: "\n".join(f"1. {line}" for line in lines)),
    st.lists(LINE, min_size=2, max_size=3).map(lambda lines: f"- {lines[0]}\n  - {lines[1]}"),
    st.lists(WORDS, min_size=1, max_size=4).map(lambda lines: "```py\n" + "\n".join(lines) + "\n```"),
    st.lists(WORDS, min_size=6, max_size=6).map(
        lambda cells: "|{}|{}|\n|---|---|\n|{}|{}|\n|{}|{}|".format(*cells)
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(BLOCK, min_size=1, max_size=6).map("\n\n".join), st.sampled_from(list(Dialect)))
def test_no_word_is_lost_in_any_dialect(text: str, dialect: Dialect) -> None:
    words = re.findall(r"[a-zäöü]{2,8}\d{1,4}", text)
    assert words == re.findall(r"[a-zäöü]{2,8}\d{1,4}", render(text, dialect).text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# a\n**b** *c* ~~d~~ `e<f`", "<b>a</b>\n\n<b>b</b> <i>c</i> <s>d</s> <code>e&lt;f</code>"),
        ('<script>alert(1)</script> & "x"', '&lt;script&gt;alert(1)&lt;/script&gt; &amp; "x"'),
        ('[w](https://e.org/?a=1&b="2")', '<a href="https://e.org/?a=1&amp;b=%222%22">w</a>'),
        ("[w](mailto:a@b.c) [t](tel:+49)", '<a href="mailto:a@b.c">w</a> <a href="tel:+49">t</a>'),
        ("[w](javascript:alert(1)) [f](ftp://x.y)", "[w](javascript:alert(1)) f (ftp://x.y)"),
        ("```py\nx<1\n```", '<pre><code class="language-py">x&lt;1</code></pre>'),
        ('```a"><script>\nx\n```', "<pre>x</pre>"),
        ("> a\n>\n> > **b**", "<blockquote>a\n\n<b>b</b></blockquote>"),
        ("- a\n  - b\n1. c", "• a\n  • b\n\n1. c"),
        ("|k|v|\n|-|-|\n|**a**|1|", "k: v\n<b>a</b>: 1"),
        ("***a** b*", "<i><b>a</b> b</i>"),
        (">" * 500 + "<b>", "&gt;" * 500 + "&lt;b&gt;"),
    ],
)
def test_html(text: str, html: str) -> None:
    assert render(text, Dialect.HTML) == Text(text=html)


def test_code_in_a_list_is_copied_as_it_was_written() -> None:
    rendered = render("1. do\n   ```py\n   if a:\n       b\n   ```\n   then", Dialect.SPANS)
    (span,) = [span for span in rendered.spans if span.kind == "pre"]
    assert rendered.text[span.offset : span.offset + span.length] == "if a:\n    b"


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
        ("**two\nlines**", "two\nlines", "*two*\n*lines*"),
        ("**two _nested\nlines_**", "two nested\nlines", "*two _nested_*\n*_lines_*"),
        ("a_**b** `c`d", "a_b cd", "a_b cd"),
        (
            "## T\n- **k**: v\n  1. x\n     - y",
            "T\n\n- k: v\n  1. x\n    - y",
            "*T*\n\n- *k*: v\n  1. x\n    - y",
        ),
        (
            "[e.org](https://e.org/) [mail](mailto:a@b.c)",
            "https://e.org/ mail (a@b.c)",
            "https://e.org/ mail (a@b.c)",
        ),
        (
            "https://e.org/_a_/*b*?c=**d**.",
            "https://e.org/_a_/*b*?c=**d**.",
            "https://e.org/_a_/*b*?c=**d**.",
        ),
        ("**https://e.org**", "https://e.org", "*https://e.org*"),
        (
            "see [1].\n\n[1]: https://e.org\n[2]: https://f.org",
            "see 1 (https://e.org).\n\n[2]: https://f.org",
            "see 1 (https://e.org).\n\n[2]: https://f.org",
        ),
        ("|a|b|\n|-|-|\n|x `p|q`|y|z|", "a: b\nx `p: q`|y|z", "a: b\nx `p: q`|y|z"),
        ("1. do:\n   ```sh\n   a\n     b\n   ```", "1. do:\na\n  b", "1. do:\n```\na\n  b\n```"),
        ("> ```\n> a\n> ```", "> a", "> ```\n> a\n> ```"),
        ("|a|b|\n|-|-|\n|x|y<br>z `<br>`|", "a: b\nx: y\nz <br>", "a: b\nx: y\nz `<br>`"),
        ("a line<br>break", "a line<br>break", "a line<br>break"),
        ("```\nno language\n```", "no language", "```\nno language\n```"),
        ("a\n\n---\n\nb", "a\n\n———\n\nb", "a\n\n———\n\nb"),
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
        assert render(text, dialect).text.strip()


def test_a_reply_that_is_only_a_definition_is_not_lost() -> None:
    assert render("[a]: https://e.org", Dialect.PLAIN).text == "[a]: https://e.org"
