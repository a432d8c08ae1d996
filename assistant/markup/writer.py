"""Writes text line by line and remembers which stretches are styled; and turns such stretches into HTML tags."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

from ..types import Dialect, Span, Text

_TAGS = {"bold": "b", "italic": "i", "strikethrough": "s", "code": "code", "blockquote": "blockquote"}


class Writer:
    """Collects the text and its spans; every new line begins with the current prefix."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.styles: set[str] = set()
        self.addresses: set[str] = set()
        self.cell = False
        self._chunks: list[str] = []
        self._length = 0
        self._spans: list[Span] = []
        self._prefixes: list[str] = []
        self._fresh = False

    @property
    def by_offset(self) -> bool:
        return self.dialect in (Dialect.SPANS, Dialect.HTML)

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
    def in_cell(self) -> Iterator[None]:
        self.cell = True
        yield
        self.cell = False

    @contextmanager
    def unindented(self) -> Iterator[None]:
        """Lines inside keep the marks of quotations only: what is copied from a code block must be the code."""
        kept, self._prefixes = self._prefixes, [prefix for prefix in self._prefixes if prefix.strip()]
        yield
        self._prefixes = kept

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
        if not self.by_offset or kind in self.styles:
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

    def at_line_start(self) -> bool:
        """Whether nothing stands before what is written next but the marks of a quotation."""
        return not self._chunks or self._fresh or self._chunks[-1].lstrip("> ") == ""

    def ends_in_word(self) -> bool:
        return in_word(self._chunks[-1][-1:] if self._chunks else "")

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


def in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def to_html(rendered: Text) -> str:
    """The same with its spans as tags: only those that chats and mail programs take, nothing else unescaped."""
    text, out, at = rendered.text, [], 0
    open_until: list[tuple[int, str]] = []

    def go_to(place: int) -> None:
        nonlocal at
        while open_until and open_until[-1][0] <= place:
            end, closing = open_until.pop()
            out.append(escape(text[at:end], quote=False) + closing)
            at = end
        out.append(escape(text[at:place], quote=False))
        at = place

    for span in rendered.spans:  # in order of their beginnings, the longer first: they nest
        go_to(span.offset)
        end = min([span.offset + span.length, *(end for end, _ in open_until)])
        if span.kind == "text_link":
            opening, closing = f'<a href="{escape(span.url or "")}">', "</a>"
        elif span.kind == "pre":
            inner = f'<code class="language-{escape(span.language)}">' if span.language else ""
            opening, closing = f"<pre>{inner}", ("</code>" if inner else "") + "</pre>"
        else:
            opening, closing = f"<{_TAGS[span.kind]}>", f"</{_TAGS[span.kind]}>"
        out.append(opening)
        open_until.append((end, closing))
    go_to(len(text))
    return "".join(out)
