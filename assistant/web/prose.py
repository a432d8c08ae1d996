"""Markdown to HTML that is safe to insert: no raw HTML, no images, links that carry no trust."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict


def to_html(text: str) -> str:
    """The HTML of an answer."""
    html: str = _parser().render(text)
    return html


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False})
    parser.enable(["table", "strikethrough"])
    parser.disable(["image", "html_block", "html_inline"])
    parser.validateLink = _link_allowed  # type: ignore[method-assign]
    parser.add_render_rule("link_open", _link_open)
    parser.add_render_rule("fence", _code)
    parser.add_render_rule("code_block", _code)
    return parser


def _link_allowed(url: str) -> bool:
    return url.strip().lower().startswith(("http://", "https://", "mailto:"))


def _link_open(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    href = escape(str(tokens[index].attrGet("href") or ""), quote=True)
    return f'<a href="{href}" rel="noopener noreferrer nofollow" target="_blank">'


def _code(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Focusable, so that a keyboard can scroll a wide block."""
    token = tokens[index]
    language = token.info.split()[0] if token.info.split() else ""
    label = f' data-language="{escape(language, quote=True)}"' if language else ""
    return f'<pre tabindex="0"{label}><code>{escape(token.content)}</code></pre>\n'
