"""The webhook bodies of Messenger, Instagram and a Page's feed, as Meta writes them."""

from __future__ import annotations

from datetime import datetime

from .payloads import Json, milliseconds, seconds
from .pieces import Piece

REACTIONS = {
    "😆": "smile",
    "😮": "wow",
    "😢": "sad",
    "😠": "angry",
    "👍": "like",
    "👎": "dislike",
    "❤": "love",
}
"""Messenger's names of reactions; every other emoji is "other"."""
THUMBS_UP = 369239263222822


def event(*, root: str, account: str, sender: str, recipient: str, at: datetime, content: Json) -> Json:
    item = {
        "sender": {"id": sender},
        "recipient": {"id": recipient},
        "timestamp": milliseconds(at),
        **content,
    }
    return {"object": root, "entry": [{"time": milliseconds(at), "id": account, "messaging": [item]}]}


def change(*, root: str, account: str, at: datetime, field: str, value: Json) -> Json:
    """A change of a feed: its time is in seconds."""
    changes = [{"value": value, "field": field}]
    return {"object": root, "entry": [{"id": account, "time": seconds(at), "changes": changes}]}


def standby(payload: Json) -> Json:
    """The same event, told to an app that does not own the thread."""
    (entry,) = payload["entry"]
    other = {key: value for key, value in entry.items() if key != "messaging"}
    return payload | {"entry": [other | {"standby": entry["messaging"]}]}


def message(mid: str, piece: Piece, *, url: str) -> Json:
    """What a person sends; `url` is where the file can be had."""
    found: Json = {"mid": mid}
    if piece.reply_to:
        found["reply_to"] = {"mid": piece.reply_to}
    if piece.text:
        found["text"] = piece.text
    if piece.kind == "location" and piece.spot is not None:
        point = {"lat": piece.spot.latitude, "long": piece.spot.longitude}
        place: Json = {"type": "location", "payload": {"coordinates": point}}
        found["attachments"] = [place | ({"title": piece.spot.name} if piece.spot.name else {})]
    elif piece.file is not None:
        found["attachments"] = [attachment(piece.kind, url)]
    return found


def attachment(kind: str, url: str) -> Json:
    payload: Json = {"url": url}
    if kind == "sticker":
        payload["sticker_id"] = THUMBS_UP
    names = {"voice": "audio", "document": "file"}
    return {"type": names.get(kind, kind), "payload": payload}


def echo(*, mid: str, piece: Piece, app_id: str, metadata: str | None, url: str) -> Json:
    found: Json = {"mid": mid, "is_echo": True}
    if piece.text:
        found["text"] = piece.text
    if piece.file is not None or piece.link:
        found["attachments"] = [attachment(piece.kind, url or piece.link)]
    found["app_id"] = int(app_id)
    if metadata is not None:
        found["metadata"] = metadata
    return {"message": found}


def reaction(mid: str, emoji: str | None, before: str | None, *, named: bool) -> Json:
    """A reaction or its end; Instagram sends no name."""
    shown = emoji or before or ""
    found: Json = {"mid": mid, "action": "react" if emoji else "unreact"}
    if emoji:
        found["emoji"] = emoji
    if named and shown:
        found["reaction"] = REACTIONS.get(shown.rstrip("\ufe0f"), "other")
    return {"reaction": found}
