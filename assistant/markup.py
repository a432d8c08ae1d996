"""Render Markdown in a channel's dialect: plain words, marks, styled spans, or Markdown as it is."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from .types import Dialect, Span, Text

log = logging.getLogger(__name__)

_PARSER = MarkdownIt("commonmark", {"html": False, "maxNesting": 100}).enable(["table", "strikethrough"])
_TOO_DEEP = re.compile(r"(?m)^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)])[ \t]*){40}")
_MARKS = {"bold": "*", "italic": "_", "strikethrough": "~", "code": "`"}
_STYLES = {"strong": "bold", "em": "italic", "s": "strikethrough"}
_LANGUAGE = re.compile(r"[\w+#.-]{1,30}")


def render(text: str, dialect: Dialect) -> Text:
    """`text`, which is Markdown, in `dialect`. Any text at all can be rendered; none is an error."""
    if dialect is Dialect.MARKDOWN or _TOO_DEEP.search(text):
        return Text(text=text)
    writer = _Writer(dialect)
    try:
        _blocks(writer, SyntaxTreeNode(_PARSER.parse(text)).children, "\n\n")
    except Exception as error:  # a reply must not fail for its looks
        log.warning("markup could not be rendered", extra={"error_class": type(error).__name__})
        return Text(text=text)
    rendered = writer.finish()
    return rendered if rendered.text else Text(text=text.strip())


class _Writer:
    """Collects the text and its spans; every new line begins with the current prefix."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.styles: set[str] = set()
        self._chunks: list[str] = []
        self._length = 0
        self._spans: list[Span] = []
        self._prefixes: list[str] = []
        self._fresh = False

    def write(self, text: str) -> None:
        for index, line in enumerate(text.split("\n")):
            if index:
                self._put("\n")
                self._fresh = True
            if line:
                if self._fresh and self._prefixes:
                    self._put("".join(self._prefixes))
                self._fresh = False
                self._put(line)

    def _put(self, text: str) -> None:
        self._chunks.append(text)
        self._length += len(text)

    @contextmanager
    def prefixed(self, prefix: str) -> Iterator[None]:
        self._prefixes.append(prefix)
        yield
        self._prefixes.pop()

    @contextmanager
    def captured(self) -> Iterator[list[str]]:
        """What is written inside goes to the yielded list instead of the text."""
        chunks, length, spans, fresh = self._chunks, self._length, self._spans, self._fresh
        self._chunks, self._spans, prefixes, self._prefixes = [], [], self._prefixes, []
        inner = self._chunks
        yield inner
        self._chunks, self._length, self._spans, self._fresh, self._prefixes = (
            chunks,
            length,
            spans,
            fresh,
            prefixes,
        )

    @contextmanager
    def spanned(self, kind: str, *, url: str | None = None, language: str | None = None) -> Iterator[None]:
        """Style what is written inside by offset, in the dialect that does so."""
        if self.dialect is not Dialect.SPANS or kind in self.styles:
            yield
            return
        if self._fresh and self._prefixes:
            self._put("".join(self._prefixes))
            self._fresh = False
        start = self._length
        self.styles.add(kind)
        yield
        self.styles.discard(kind)
        if self._length > start:
            length = self._length - start
            self._spans.append(Span(kind=kind, offset=start, length=length, url=url, language=language))

    def ends_in_word(self) -> bool:
        last = self._chunks[-1][-1:] if self._chunks else ""
        return last.isalnum()

    def finish(self) -> Text:
        raw = "".join(self._chunks)
        text = raw.strip("\n").rstrip()
        cut = len(raw) - len(raw.lstrip("\n"))
        spans = []
        for span in sorted(self._spans, key=lambda span: (span.offset, -span.length)):
            start = max(0, span.offset - cut)
            length = min(span.offset - cut + span.length, len(text)) - start
            if length > 0:
                spans.append(
                    Span(kind=span.kind, offset=start, length=length, url=span.url, language=span.language)
                )
        return Text(text=text, spans=tuple(spans))


def _blocks(writer: _Writer, nodes: Sequence[SyntaxTreeNode], gap: str) -> None:
    for index, node in enumerate(nodes):
        if index:
            writer.write(gap)
        _block(writer, node)


def _block(writer: _Writer, node: SyntaxTreeNode) -> None:
    match node.type:
        case "heading":
            _styled(writer, "bold", node.children, "")
        case "fence" | "code_block":
            _code_block(
                writer, node.content.rstrip("\n"), node.info.strip().split(" ")[0] if node.info else ""
            )
        case "blockquote":
            with writer.spanned("blockquote"):
                if writer.dialect is Dialect.SPANS:
                    _blocks(writer, node.children, "\n\n")
                else:
                    writer.write("> ")
                    with writer.prefixed("> "):
                        _blocks(writer, node.children, "\n")
        case "bullet_list" | "ordered_list":
            _list(writer, node)
        case "table":
            _table(writer, node)
        case "hr":
            writer.write("———")
        case "inline" | "paragraph":
            _inline(writer, node.children, "")
        case _:
            writer.write(node.content) if not node.children else _blocks(writer, node.children, "\n\n")


def _list(writer: _Writer, node: SyntaxTreeNode) -> None:
    number = int(str(node.attrs.get("start", 1)))
    for index, item in enumerate(node.children):
        if index:
            writer.write("\n")
        if node.type == "ordered_list":
            marker = f"{number + index}. "
        else:
            marker = "• " if writer.dialect is Dialect.SPANS else "- "
        writer.write(marker)
        with writer.prefixed("  "):
            _blocks(writer, item.children, "\n")


def _code_block(writer: _Writer, code: str, language: str) -> None:
    if writer.dialect is Dialect.MARKS and "```" not in code:
        writer.write(f"```\n{code}\n```")
        return
    known = _LANGUAGE.fullmatch(language)
    with writer.spanned("pre", language=language if known else None):
        writer.write(code)


def _table(writer: _Writer, node: SyntaxTreeNode) -> None:
    """Rows as "key: value" lines: chats have no tables, and columns do not survive a proportional font."""
    rows: list[list[SyntaxTreeNode]] = [row.children for part in node.children for row in part.children]
    if not rows:
        return
    head, body = rows[0], rows[1:]
    if len(head) <= 2 or not body:
        for index, row in enumerate(rows):
            if index:
                writer.write("\n")
            _row(writer, row)
        return
    for index, row in enumerate(body):
        if index:
            writer.write("\n\n")
        first = True
        for key, value in zip(head, row, strict=False):
            if not _has_text(value):
                continue
            writer.write("" if first else "\n")
            _row(writer, [key, value])
            first = False


def _row(writer: _Writer, cells: list[SyntaxTreeNode]) -> None:
    filled = [cell for cell in cells if _has_text(cell)]
    for index, cell in enumerate(filled):
        if index:
            writer.write(": ")
        _inline(writer, cell.children, "")


def _has_text(cell: SyntaxTreeNode) -> bool:
    return any(node.content.strip() for node in cell.children if node.type == "inline")


def _inline(writer: _Writer, nodes: Sequence[SyntaxTreeNode], after: str) -> None:
    """`after` is the character that follows these nodes: marks only work beside something that is no word."""
    for index, node in enumerate(nodes):
        following = _first_character(nodes[index + 1]) if index + 1 < len(nodes) else after
        match node.type:
            case "text" | "html_inline" | "text_special":
                writer.write(node.content)
            case "softbreak" | "hardbreak":
                writer.write("\n")
            case "strong" | "em" | "s":
                _styled(writer, _STYLES[node.type], node.children, following)
            case "code_inline":
                _inline_code(writer, node.content, following)
            case "link":
                _link(writer, node, str(node.attrs.get("href", "")), following)
            case "image":
                _link(writer, node, str(node.attrs.get("src", "")), following)
            case "inline":
                _inline(writer, node.children, following)
            case _:
                writer.write(node.content) if not node.children else _inline(writer, node.children, following)


def _first_character(node: SyntaxTreeNode) -> str:
    if node.type in ("text", "text_special", "code_inline"):
        return node.content[:1]
    return _first_character(node.children[0]) if node.children else ""


def _styled(writer: _Writer, kind: str, nodes: Sequence[SyntaxTreeNode], after: str) -> None:
    if kind == "italic" and after.isalnum() and writer.ends_in_word():
        writer.write("*")  # 2*3*4 is arithmetic for everybody but CommonMark
        _inline(writer, nodes, "*")
        writer.write("*")
        return
    if writer.dialect is Dialect.SPANS:
        with writer.spanned(kind):
            _inline(writer, nodes, after)
        return
    mark = _MARKS[kind]
    nested = kind in writer.styles
    writer.styles.add(kind)
    with writer.captured() as chunks:
        _inline(writer, nodes, mark)
        inner = "".join(chunks)
    if not nested:
        writer.styles.discard(kind)
    fits = inner == inner.strip() and inner != "" and "\n" not in inner and mark not in inner
    free = not writer.ends_in_word() and not after.isalnum()
    if writer.dialect is Dialect.MARKS and not nested and fits and free:
        writer.write(f"{mark}{inner}{mark}")
    else:
        writer.write(inner)


def _inline_code(writer: _Writer, code: str, after: str) -> None:
    free = not writer.ends_in_word() and not after.isalnum()
    if writer.dialect is Dialect.MARKS and "`" not in code and "\n" not in code and free:
        writer.write(f"`{code}`")
        return
    with writer.spanned("code"):
        writer.write(code)


def _link(writer: _Writer, node: SyntaxTreeNode, url: str, after: str) -> None:
    """The words, and the address behind them: as a span where the dialect has links, else in brackets."""
    with writer.captured() as chunks:
        _inline(writer, node.children, "")
        words = "".join(chunks).strip() or node.content.strip()
    if words in ("", url) or f"mailto:{words}" == url or not url:
        writer.write(words or url)
    elif writer.dialect is Dialect.SPANS and url.startswith(("https://", "http://")):
        with writer.spanned("text_link", url=url):
            _inline(writer, node.children, after) if node.type == "link" else writer.write(words)
    else:
        if node.type == "link":
            _inline(writer, node.children, " ")
        else:
            writer.write(words)
        writer.write(f" ({url})")
