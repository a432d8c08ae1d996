"""Telegram's users, chats, messages and media, as the Bot API writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from .params import units
from .payloads import Json, seconds
from .pieces import Button, File, Piece

_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?)"
    r"|(?P<mention>(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31})"
    r"|(?P<url>https?://[^\s<>\"']+[^\s<>\"'.,;:!?)])"
)


def user(*, user_id: int, name: str, locale: str, username: str | None = None) -> Json:
    found: Json = {"id": user_id, "is_bot": False, "first_name": name, "language_code": locale}
    return found if username is None else found | {"username": username}


def private_chat(*, user_id: int, name: str, username: str | None = None) -> Json:
    found: Json = {"id": user_id, "first_name": name, "type": "private"}
    return found if username is None else found | {"username": username}


def message(*, message_id: int, sender: Json, chat: Json, at: datetime) -> Json:
    return {"message_id": message_id, "from": sender, "chat": chat, "date": seconds(at)}


def entities(text: str) -> list[Json]:
    """What a server finds by itself in a text a person wrote; offsets in UTF-16 units."""
    return [
        {
            "offset": units(text[: match.start()]),
            "length": units(match.group()),
            "type": str(match.lastgroup),
        }
        for match in _FOUND.finditer(text)
    ]


def content(piece: Piece, media: Json) -> Json:
    """The fields of a message that say what it holds; `media` is the file as `of_file` made it."""
    if piece.kind == "text":
        found: Json = {"text": piece.text}
        spans = [dict(span) for span in piece.spans] or entities(piece.text)
        return found | ({"entities": spans} if spans else {})
    if piece.kind == "location" and piece.spot is not None:
        point = {"latitude": piece.spot.latitude, "longitude": piece.spot.longitude}
        if not piece.spot.name:
            return {"location": point}
        place = {"location": point, "title": piece.spot.name, "address": piece.spot.address}
        return {"location": point, "venue": place}
    if piece.kind == "contact" and piece.card is not None:
        return {"contact": {"phone_number": piece.card.number, "first_name": piece.card.name}}
    found = dict(media)
    if piece.text:
        found["caption"] = piece.text
        spans = [dict(span) for span in piece.spans] or entities(piece.text)
        if spans:
            found["caption_entities"] = spans
    return found


def of_file(kind: str, file: File, *, file_id: str, unique: str) -> Json:
    """The media field of a message, under the name its kind has."""
    base: Json = {"file_id": file_id, "file_unique_id": unique, "file_size": len(file.data)}
    if kind == "image":
        small = {"file_id": file_id + "s", "file_unique_id": unique + "s", "file_size": len(file.data)}
        return {"photo": [small | {"width": 90, "height": 67}, base | {"width": 1280, "height": 960}]}
    if kind == "voice":
        return {"voice": base | {"duration": file.seconds, "mime_type": file.mime}}
    if kind == "audio":
        return {"audio": base | {"duration": file.seconds, "mime_type": file.mime, "file_name": file.name}}
    if kind == "video":
        return {
            "video": base
            | {"duration": file.seconds, "width": 640, "height": 360, "mime_type": file.mime}
            | {"file_name": file.name}
        }
    if kind == "sticker":
        shape: Json = {
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
        }
        return {"sticker": base | shape | {"emoji": "👍"}}
    return {"document": base | {"file_name": file.name, "mime_type": file.mime}}


def keyboard(buttons: tuple[Button, ...]) -> Json:
    """The inline keyboard as it comes back in a message, one button a row."""
    rows = [
        [{"text": button.title} | ({"url": button.url} if button.url else {"callback_data": button.id})]
        for button in buttons
    ]
    return {"inline_keyboard": rows}


def spoken_words(text: str) -> Iterator[str]:
    """The commands and mentions in a text, lower case: what decides whether a bot in privacy mode hears it."""
    for match in _FOUND.finditer(text):
        if match.lastgroup in ("bot_command", "mention"):
            yield match.group().lower()
