"""What a Telegram message says: words with their hidden addresses, files, places, cards, polls, rich messages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.types import Contacts, Media, MediaKind, Part, Place, Referral, Text, Unsupported

from . import _json as js

# What a message can hold beside these and cannot be read: shown to staff by the platform's word.
# https://core.telegram.org/bots/api#message (10.3, 2026-08-24)
_UNREADABLE = (
    "paid_media", "story", "game", "invoice", "giveaway", "giveaway_winners", "gift", "unique_gift", "web_app_data",
    "users_shared", "chat_shared", "successful_payment", "refunded_payment", "passport_data",
)  # fmt: skip

# A link t.me/<bot>?start=<word> makes the person send this. https://core.telegram.org/bots/features#deep-linking
_DEEP_LINK = re.compile(r"(/start(?:@\w+)?) ([A-Za-z0-9_-]{1,64})", re.ASCII)


def parts(message: js.Object) -> tuple[Part, ...]:
    """What a message says; empty for service messages."""
    said = js.text(message, "text")
    if said:
        linked = _DEEP_LINK.fullmatch(said)
        if linked:
            return (Text(text=linked[1]), Referral(kind="link", ref=linked[2]))
        return (Text(text=_quoted(message) + with_addresses(message, "text", "entities")),)
    if js.obj(message, "rich_message"):
        # Rich messages have neither text nor caption, https://core.telegram.org/bots/api#richmessage
        rich = "\n".join(line for line in _rich(message["rich_message"], 0) if line.strip()).strip()
        return (Text(text=rich),) if rich else (Unsupported(kind="rich_message"),)
    caption = with_addresses(message, "caption", "caption_entities") if js.text(message, "caption") else None
    quote = _quoted(message).strip()
    lead = (Text(text=quote),) if quote else ()
    for kind, read in _FILES.items():
        if message.get(kind):
            media = read(message, kind, caption)
            if media is not None:
                return (*lead, media)
    for found in (_place(message), _contact(message), _poll(message), _checklist(message), _dice(message)):
        if found is not None:
            return (*lead, found)
    words = (Text(text=caption),) if caption else ()
    unread = next((kind for kind in (*_FILES, *_UNREADABLE) if message.get(kind)), None)
    return (*lead, *words, Unsupported(kind=unread)) if unread else words


# --- files -----------------------------------------------------------------------------------------------


def _photo(message: js.Object, kind: str, caption: str | None) -> Media | None:
    """The largest of the sizes in which a photo comes; a live photo's still picture."""
    sizes = js.items(message, kind) or js.items(message.get(kind), "photo")
    known = [size for size in sizes if js.ident(size, "file_id")]
    if not known:
        return (
            _made(message.get(kind), MediaKind.VIDEO, caption, "video/mp4") if kind == "live_photo" else None
        )
    largest = max(known, key=lambda size: (js.number(size, "width") or 0) * (js.number(size, "height") or 0))
    return _made(largest, MediaKind.IMAGE, caption, "image/jpeg")


def _file(kind: MediaKind, mime: str | None) -> Callable[[js.Object, str, str | None], Media | None]:
    def read(message: js.Object, key: str, caption: str | None) -> Media | None:
        return _made(message.get(key), kind, caption, mime)

    return read


def _sticker(message: js.Object, kind: str, _: str | None) -> Media | None:
    """A sticker says what its emoji says; the emoji takes the caption's place."""
    found = js.obj(message, kind)
    mime = "image/webp"
    if found.get("is_animated") is True:
        mime = "application/x-tgsticker"
    elif found.get("is_video") is True:
        mime = "video/webm"
    return _made(found, MediaKind.STICKER, js.text(found, "emoji"), mime)


def _made(value: object, kind: MediaKind, caption: str | None, mime: str | None) -> Media | None:
    ref = js.ident(value, "file_id")
    if not ref:
        return None
    size = js.number(value, "file_size")
    title = " - ".join(filter(None, (js.text(value, "performer"), js.text(value, "title")))) or None
    return Media(
        kind=kind,
        ref=ref,
        mime=js.text(value, "mime_type") or mime,
        bytes=int(size) if size is not None and size >= 0 else None,
        name=js.text(value, "file_name") or title,
        caption=caption,
        seconds=js.number(value, "duration"),
    )


# The order matters: an animation comes as a document too, a live photo as a photo.
# https://core.telegram.org/bots/api#message; formats: #voice, #videonote, #sticker (10.3, 2026-08-24)
_FILES: dict[str, Callable[[js.Object, str, str | None], Media | None]] = {
    "animation": _file(MediaKind.VIDEO, "video/mp4"),
    "live_photo": _photo,
    "photo": _photo,
    "voice": _file(MediaKind.VOICE, "audio/ogg"),
    "audio": _file(MediaKind.AUDIO, None),
    "video": _file(MediaKind.VIDEO, "video/mp4"),
    "video_note": _file(MediaKind.VIDEO, "video/mp4"),
    "sticker": _sticker,
    "document": _file(MediaKind.DOCUMENT, None),
}


# --- everything else that is not words -------------------------------------------------------------------


def _place(message: js.Object) -> Place | None:
    venue = js.obj(message, "venue")
    where = js.obj(venue, "location") or js.obj(message, "location")
    latitude, longitude = js.number(where, "latitude"), js.number(where, "longitude")
    if latitude is None or longitude is None:
        return None
    return Place(latitude=latitude, longitude=longitude, name=js.text(venue, "title"))


def _contact(message: js.Object) -> Contacts | None:
    card = js.obj(message, "contact")
    name = " ".join(filter(None, (js.text(card, "first_name"), js.text(card, "last_name"))))
    return Contacts(names=(name,) if name else ()) if card else None


def _poll(message: js.Object) -> Text | None:
    question = js.text(message.get("poll"), "question")
    return _list(question, js.items(message.get("poll"), "options")) if question else None


def _checklist(message: js.Object) -> Text | None:
    title = js.text(message.get("checklist"), "title")
    return _list(title, js.items(message.get("checklist"), "tasks")) if title else None


def _list(title: str, rows: list[object]) -> Text:
    return Text(text="\n".join([title, *(f"- {words}" for row in rows if (words := js.text(row, "text")))]))


def _dice(message: js.Object) -> Text | None:
    emoji, value = js.text(message.get("dice"), "emoji"), js.number(message.get("dice"), "value")
    return Text(text=f"{emoji} {int(value)}") if emoji and value is not None else None


# --- words -----------------------------------------------------------------------------------------------


def _quoted(message: js.Object) -> str:
    """The words a person picked out of the message they answer, or those of a message in another chat.

    An order (/help) stays alone: it counts only as the whole message.
    """
    quote = js.text(message.get("quote"), "text")
    picked = js.obj(message, "quote").get("is_manual") is True or js.obj(message, "external_reply")
    if not quote or not picked or (js.text(message, "text") or "").startswith("/"):
        return ""
    return "".join(f"> {line}\n" for line in quote.splitlines()) + "\n"


def with_addresses(message: js.Object, text_key: str, entities_key: str) -> str:
    """The text with what its entities hide: the address behind words, the fences around code.

    Offsets and lengths count UTF-16 units, https://core.telegram.org/bots/api#messageentity
    """
    words = message[text_key]
    insertions: list[tuple[int, int, str]] = []
    places = _utf16_places(words)
    for order, entity in enumerate(js.items(message, entities_key)):
        span = _span(entity, places)
        if span is None:
            continue
        start, end = span
        url = js.text(entity, "url")
        match js.text(entity, "type"):
            case "text_link" if url and url.rstrip("/") != words[start:end].rstrip("/"):
                insertions.append((end, order, f" ({url})"))
            case "code":
                insertions += [(start, order, "`"), (end, -order, "`")]
            case "pre":
                language = js.text(entity, "language") or ""
                insertions += [(start, order, f"```{language}\n"), (end, -order, "\n```")]
    for place, _, inserted in sorted(insertions, reverse=True):
        words = words[:place] + inserted + words[place:]
    return str(words).replace("\x00", "\ufffd")


def entities(message: js.Object, kind: str) -> Iterator[tuple[str, int, object]]:
    """The words of every entity of a kind, in text or caption, where they begin, and the entity."""
    for text_key, entities_key in (("text", "entities"), ("caption", "caption_entities")):
        words = js.text(message, text_key)
        if words is None:
            continue
        places = _utf16_places(words)
        for entity in js.items(message, entities_key):
            span = _span(entity, places)
            if span and js.text(entity, "type") == kind:
                yield words[span[0] : span[1]], span[0], entity


def _utf16_places(words: str) -> dict[int, int]:
    """From a place in UTF-16 units to a place in code points; places inside a surrogate pair are missing."""
    places, units = {0: 0}, 0
    for index, character in enumerate(words):
        units += 2 if ord(character) > 0xFFFF else 1
        places[units] = index + 1
    return places


def _span(entity: object, places: dict[int, int]) -> tuple[int, int] | None:
    offset, length = js.number(entity, "offset"), js.number(entity, "length")
    if offset is None or length is None:
        return None
    start, end = places.get(int(offset)), places.get(int(offset + length))
    return (start, end) if start is not None and end is not None and start < end else None


# --- rich messages ---------------------------------------------------------------------------------------

_DEEP = 40
"""Rich messages nest 16 deep at most; what goes deeper is no message."""


def _rich(value: object, depth: int) -> Iterator[str]:
    """The words of a rich message's blocks, a line each; a table's row is one line.

    Source: https://core.telegram.org/bots/api#richblock (10.3, 2026-08-24)
    """
    if depth > _DEEP:
        return
    if isinstance(value, list):
        for item in value:
            yield from _rich(item, depth + 1)
    elif isinstance(value, dict):
        kind = js.text(value, "type")
        if "summary" in value:
            yield "".join(_rich_text(value["summary"], 0))
        if kind == "pre":
            words = "".join(_rich_text(value.get("text"), 0))
            yield f"```{js.text(value, 'language') or ''}\n{words}\n```"
        elif "text" in value:
            yield "".join(_rich_text(value["text"], 0))
        elif js.text(value, "expression"):
            yield value["expression"].replace("\x00", "\ufffd")
        for row in js.items(value, "cells"):
            cells = row if isinstance(row, list) else [row]
            yield " | ".join("".join(_rich_text(cell, 0)) for cell in cells)
        for item in js.items(value, "items"):
            lines = list(_rich(js.items(item, "blocks"), depth + 1))
            label = js.text(item, "label") or "-"
            yield from [f"{label} {lines[0]}", *lines[1:]] if lines else []
        yield from _rich(value.get("blocks"), depth + 1)
        for key in ("caption", "credit"):
            yield "".join(_rich_text(value.get(key), 0))


def _rich_text(value: object, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value.replace("\x00", "\ufffd")
    elif isinstance(value, list) and depth < _DEEP:
        for item in value:
            yield from _rich_text(item, depth + 1)
    elif isinstance(value, dict) and depth < _DEEP:
        words = "".join(_rich_text(value.get("text"), depth + 1))
        plain = words or js.text(value, "alternative_text") or js.text(value, "expression") or ""
        url = js.text(value, "url") if js.text(value, "type") == "url" else None
        yield plain + (f" ({url})" if url and url.rstrip("/") != plain.rstrip("/") else "")
