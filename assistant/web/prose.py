"""Markdown to HTML that is safe to insert: no raw HTML, nothing loaded from elsewhere, links that carry no trust."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from html import escape
from itertools import islice, pairwise
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from .words import gettext, look

REMEMBERED = 256
"""Answers whose HTML is kept at hand: a chat shows the same ones again and again."""
LONGEST_COLOURED = 20_000
"""Characters of a block of code; a longer one is shown in one colour, for colours take their time."""
SCHEMES = {"http", "https", "mailto"}
TAGS = {
    *("p", "br", "hr", "a", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
    *("div", "span", "button"),
}
ATTRIBUTES = {
    "a": {"href", "rel", "target"},
    "button": {"class", "type"},
    "div": {"class"},
    "ol": {"start"},
    "pre": {"tabindex"},
    "span": {"class"},
}

_NEWLINE = re.compile(r"\r\n?|\n")


def to_html(text: str) -> str:
    """The HTML of an answer, in whose pages' words the reader's language is spoken."""
    return _whole(text, look.get().language)


def finished(text: str) -> tuple[list[str], int]:
    """Of a text that still grows: the HTML of each block that what follows cannot change, and where the rest begins.

    The last block is never among them: a line more can make a heading or a table of it.
    """
    parser = _parser()
    env: EnvType = {}
    tokens = parser.parse(text, env)
    starts = [at for at, token in enumerate(tokens) if token.level == 0 and token.nesting >= 0 and token.map]
    if len(starts) < 2:
        return [], 0
    lines = tokens[starts[-1]].map
    end = _offset(text, lines[0]) if lines else 0
    parts = [tokens[begin:close] for begin, close in pairwise(starts)]
    shown = [clean(parser.renderer.render(part, parser.options, env)) for part in parts]
    return [html for html in shown if html.strip()], end


def growing(text: str) -> str:
    """The HTML of a block that is still being written: without colours, which would change with every word."""
    parser = _parser()
    env: EnvType = {"plain": True}
    return clean(parser.renderer.render(parser.parse(text, env), parser.options, env))


def clean(html: str) -> str:
    """The second look, by a parser of HTML: what this module did not mean to write is taken out."""
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None, strip_comments=True
    )


@lru_cache(maxsize=REMEMBERED)
def _whole(text: str, language: str) -> str:
    return clean(_parser().render(text))


def _offset(text: str, line: int) -> int:
    ends = islice(_NEWLINE.finditer(text), line)
    return max((found.end() for found in ends), default=0)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False})
    parser.enable(["table", "strikethrough"])
    parser.disable(["html_block", "html_inline"])
    parser.validateLink = _link_allowed  # type: ignore[method-assign]
    parser.add_render_rule("link_open", _link_open)
    parser.add_render_rule("link_close", _link_close)
    parser.add_render_rule("image", _image)
    parser.add_render_rule("fence", _code)
    parser.add_render_rule("code_block", _code)
    parser.add_render_rule("th_open", _cell)
    parser.add_render_rule("td_open", _cell)
    return parser


def _link_allowed(url: str) -> bool:
    return url.strip().lower().startswith(("http://", "https://", "mailto:"))


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _link_open(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    href = escape(str(tokens[index].attrGet("href") or ""), quote=True)
    return f'<a href="{href}" rel="noopener noreferrer nofollow" target="_blank">'


def _link_close(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Where the link leads, for words can promise another place."""
    begin = next(at for at in range(index, -1, -1) if tokens[at].type == "link_open")
    host = _host(str(tokens[begin].attrGet("href") or ""))
    words = "".join(token.content for token in tokens[begin + 1 : index])
    if not host or host in words:
        return "</a>"
    return f'</a> <span class="host">({escape(host)})</span>'


def _image(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """A picture from elsewhere would tell its owner who reads, and carry words out in its address."""
    token = tokens[index]
    words = gettext("image blocked: {host}").format(host=_host(str(token.attrGet("src") or "")) or "?")
    said = f"{token.content} – {words}" if token.content.strip() else words
    return f'<span class="blocked">{escape(said)}</span>'


def _cell(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Without the style attribute in which a column's alignment would stand."""
    return f"<{tokens[index].tag}>"


def _code(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Its language, a button that copies, and the code itself; focusable, so that a keyboard can scroll a wide block."""
    token = tokens[index]
    language = token.info.split()[0][:40] if token.info.split() else ""
    inner = escape(token.content) if env.get("plain") else _coloured(token.content, language)
    return (
        f'<div class="code"><div class="top"><span>{escape(language)}</span>'
        f'<button class="copies" type="button">{escape(gettext("Copy code"))}</button></div>'
        f'<pre tabindex="0"><code>{inner}</code></pre></div>\n'
    )


def _coloured(code: str, language: str) -> str:
    """Words of the language in classes of their own; the sheet chat.css gives them colours."""
    if not language or len(code) > LONGEST_COLOURED:
        return escape(code)
    try:
        lexer = get_lexer_by_name(language.lower(), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return escape(code)
    coloured: str = highlight(code, lexer, _formatter())
    return coloured


@cache
def _formatter() -> HtmlFormatter:
    return HtmlFormatter(nowrap=True)
