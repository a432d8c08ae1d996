"""Telegram's HTML: the few tags it knows become entities, everything else is refused as the Bot API refuses it."""

from __future__ import annotations

from html.parser import HTMLParser

from .params import units
from .payloads import Json

_TAGS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "a": "text_link",
}


class BadMarkup(Exception):
    """What is wrong, as the Bot API words it."""


def read_html(source: str) -> tuple[str, list[Json]]:
    """The plain text and its entities, offsets in UTF-16 units. Raises BadMarkup."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    if reader.open:
        raise BadMarkup(f'Can\'t find end tag corresponding to start tag "{reader.open[-1][0]}"')
    found = [entity for entity in reader.found if entity["length"]]
    return reader.text, sorted(found, key=lambda entity: (entity["offset"], -entity["length"]))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[tuple[str, Json]] = []
        self.found: list[Json] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = _TAGS.get(tag)
        if kind is None:
            raise BadMarkup(f'Unsupported start tag "{tag}" at byte offset {len(self.text.encode())}')
        given = dict(attrs)
        entity: Json = {"type": kind, "offset": units(self.text)}
        if tag == "a":
            entity["url"] = given.get("href") or ""
        if tag == "blockquote" and "expandable" in given:
            entity["type"] = "expandable_blockquote"
        language = (given.get("class") or "").removeprefix("language-")
        if tag == "code" and language and self.open and self.open[-1][0] == "pre":
            self.open[-1][1]["language"] = language
            entity["type"] = ""
        self.open.append((tag, entity))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            raise BadMarkup(f"Unmatched end tag at byte offset {len(self.text.encode())}")
        _, entity = self.open.pop()
        entity["length"] = units(self.text) - entity["offset"]
        if entity["type"]:
            self.found.append(entity)

    def handle_data(self, data: str) -> None:
        self.text += data
