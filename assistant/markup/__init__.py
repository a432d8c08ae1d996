"""Render Markdown in a channel's dialect: plain words, marks, styled spans, HTML, or Markdown as it is."""

from __future__ import annotations

import logging
import re
from html import escape

from markdown_it.tree import SyntaxTreeNode

from ..types import Dialect, Text
from .blocks import blocks
from .reading import parsed
from .writer import Writer, to_html

log = logging.getLogger(__name__)

_TOO_DEEP = re.compile(r"(?m)^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)])[ \t]*){40}")


def render(text: str, dialect: Dialect) -> Text:
    """`text`, which is Markdown, in `dialect`. Any text at all can be rendered; none is an error."""
    if dialect is Dialect.MARKDOWN:
        return Text(text=text)
    if _TOO_DEEP.search(text):
        return verbatim(text, dialect)
    writer = Writer(dialect)
    try:
        _document(writer, text)
    except Exception as error:  # a reply must not fail for its looks
        log.warning("markup could not be rendered", extra={"error_class": type(error).__name__})
        return verbatim(text, dialect)
    rendered = writer.finish()
    if not rendered.text:
        return verbatim(text.strip(), dialect)
    return Text(text=to_html(rendered)) if dialect is Dialect.HTML else rendered


def verbatim(text: str, dialect: Dialect) -> Text:
    """`text` as it stands, not read as Markdown."""
    return Text(text=escape(text, quote=False) if dialect is Dialect.HTML else text)


def _document(writer: Writer, text: str) -> None:
    tokens, definitions = parsed(text)
    blocks(writer, SyntaxTreeNode(tokens).children, "\n\n")
    unused = [words for words, address in definitions if address not in writer.addresses]
    if unused:  # nothing refers to them: their words would be lost
        writer.write("\n\n" + "\n".join(unused))
