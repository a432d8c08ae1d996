"""The words of a bubble as HTML: each platform's own marks, everything else escaped first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from markupsafe import Markup, escape

_FENCE = re.compile(r"```(?:\n)?(.*?)```", re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
# A mark opens before a word and closes after one; in the middle of a word it is only a sign.
_MARKS = tuple(
    (re.compile(rf"(?<![\w{mark}]){mark}(?=\S)([^\n]*?\S){mark}(?![\w{mark}])"), tag)
    for mark, tag in ((r"\*", "strong"), ("_", "em"), ("~", "s"))
)
_LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
_SPANS = {
    "bold": "strong",
    "italic": "em",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "code",
    "spoiler": "mark",
    "blockquote": "q",
    "expandable_blockquote": "q",
}
_KEPT = "\ue000{}\ue001"
_KEPT_AT = re.compile("\ue000(\\d+)\ue001")


def html_of(text: str, marks: str, spans: Iterable[Mapping[str, object]] = ()) -> Markup:
    """`marks`: stars (`*bold*`, `_slanted_`, `~struck~`, code in backticks), spans (Telegram's entities) or plain."""
    if marks == "spans":
        return _spanned(text, spans)
    if marks == "stars":
        return _starred(text)
    return Markup(_linked(text))  # noqa: S704 - _linked escapes


def _starred(text: str) -> Markup:
    kept: list[str] = []

    def keep(tag: str, words: str) -> str:
        kept.append(f"<{tag}>{escape(words)}</{tag}>")
        return _KEPT.format(len(kept) - 1)

    text = text.replace("\ue000", "").replace("\ue001", "")
    text = _FENCE.sub(lambda found: keep("code", found[1].strip("\n")), text)
    text = _CODE.sub(lambda found: keep("code", found[1]), text)
    html = _linked(text)
    for pattern, tag in _MARKS:
        html = pattern.sub(rf"<{tag}>\1</{tag}>", html)
    html = _KEPT_AT.sub(lambda found: kept[int(found[1])], html)
    return Markup(html)  # noqa: S704 - every piece was escaped before marks became tags


def _linked(text: str) -> str:
    """Escaped, with addresses of the web that can be followed."""
    parts, at = [], 0
    for found in _LINK.finditer(text):
        parts += [str(escape(text[at : found.start()])), _anchor(found[0], str(escape(found[0])))]
        at = found.end()
    return "".join(parts) + str(escape(text[at:]))


def _anchor(url: str, words: str) -> str:
    # Signs that mean something to the marks are written so that they mean nothing inside the address.
    safe = str(escape(url))
    for sign in "*_~":
        safe, words = safe.replace(sign, f"&#{ord(sign)};"), words.replace(sign, f"&#{ord(sign)};")
    return f'<a href="{safe}" rel="noopener noreferrer nofollow" target="_blank">{words}</a>'


def _spanned(text: str, spans: Iterable[Mapping[str, object]]) -> Markup:
    """Entities count in UTF-16 units; those that overlap without one holding the other are cut to what holds them."""
    raw = text.encode("utf-16-le")
    found = sorted(
        (
            (_number(span, "offset"), _number(span, "offset") + _number(span, "length"), span)
            for span in spans
        ),
        key=lambda one: (one[0], -one[1]),
    )
    html, _ = _nested(raw, 0, len(raw) // 2, found)
    return Markup(html)  # noqa: S704 - _nested escapes


def _nested(
    raw: bytes, start: int, end: int, spans: list[tuple[int, int, Mapping[str, object]]]
) -> tuple[str, list[tuple[int, int, Mapping[str, object]]]]:
    parts, at = [], start
    while spans and spans[0][0] < end:
        begin, stop, span = spans[0]
        begin, stop = max(begin, at), min(stop, end)
        parts.append(_linked_words(raw, at, begin))
        inner, spans = _nested(raw, begin, max(stop, begin), spans[1:])
        parts.append(_wrapped(span, inner))
        at = max(stop, begin)
    parts.append(_linked_words(raw, at, end))
    return "".join(parts), spans


def _linked_words(raw: bytes, start: int, end: int) -> str:
    return str(escape(raw[start * 2 : end * 2].decode("utf-16-le", "replace")))


def _wrapped(span: Mapping[str, object], inner: str) -> str:
    kind = str(span.get("type", ""))
    if kind == "text_link" and urlsplit(str(span.get("url", ""))).scheme in ("http", "https"):
        return _anchor(str(span["url"]), inner)
    tag = _SPANS.get(kind)
    return f"<{tag}>{inner}</{tag}>" if tag else inner


def _number(span: Mapping[str, object], name: str) -> int:
    value = span.get(name)
    return value if isinstance(value, int) else 0
