"""The webhook bodies of WhatsApp, as the platform writes them, and what all of Meta's have in common."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from datetime import datetime, timedelta
from typing import Any

from .pieces import Piece

Json = dict[str, Any]


def encode(payload: Json) -> bytes:
    """JSON as Meta writes it: non-ASCII and slashes escaped, so that only the raw bytes fit the signature."""
    return json.dumps(payload, separators=(",", ":")).replace("/", "\\/").encode("ascii")


def sign(secret: str, body: bytes) -> str:
    """The value of X-Hub-Signature-256."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def seconds(at: datetime) -> int:
    return int(at.timestamp())


def milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def aged(payload: Json, by: timedelta) -> Json:
    """The same with every time in it so much earlier; with none at all exactly the same."""
    return payload if not by else {key: _aged(key, value, by) for key, value in payload.items()}


def _aged(name: str, value: Any, by: timedelta) -> Any:
    if isinstance(value, dict):
        return {key: _aged(key, item, by) for key, item in value.items()}
    if isinstance(value, list):
        return [_aged(name, item, by) for item in value]
    if name in ("timestamp", "time", "date", "created_time", "edit_date") and str(value).isdigit():
        passed = by.total_seconds() * (1000 if len(str(value)) > 11 else 1)
        return type(value)(int(value) - int(passed))
    return value


# --- WhatsApp --------------------------------------------------------------------------------------------


def new_wamid(number: str) -> str:
    """A message id shaped like WhatsApp's: base64 of the number and a random part."""
    digits = number.encode()
    inner = b"\x1c\x18" + bytes([len(digits)]) + digits + b"\x15\x02\x00\x12\x18\x14"
    return "wamid." + base64.b64encode(inner + secrets.token_hex(10).upper().encode() + b"\x00").decode()


def whatsapp_contact(*, name: str, number: str | None, user_id: str, username: str | None) -> Json:
    profile: Json = {"name": name}
    if username is not None:
        profile["username"] = username
    contact: Json = {"profile": profile}
    if number is not None:
        contact["wa_id"] = number
    return contact | {"user_id": user_id}


def whatsapp_envelope(
    *,
    business_account: str,
    display_number: str,
    phone_number_id: str,
    contact: Json,
    content: Json,
    field: str = "messages",
) -> Json:
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": display_number, "phone_number_id": phone_number_id},
        "contacts": [contact],
        **content,
    }
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": business_account, "changes": [{"value": value, "field": field}]}],
    }


def whatsapp_message(*, wamid: str, number: str | None, user_id: str, at: datetime) -> Json:
    """A message without what it holds."""
    message: Json = {"from": number} if number is not None else {}
    return message | {"from_user_id": user_id, "id": wamid, "timestamp": str(seconds(at))}


def whatsapp_content(piece: Piece, media_id: str) -> Json:
    """What a message holds, under its type."""
    if piece.kind == "location" and piece.spot is not None:
        spot: Json = {"latitude": piece.spot.latitude, "longitude": piece.spot.longitude}
        named = {"name": piece.spot.name, "address": piece.spot.address}
        return {"location": spot | {key: value for key, value in named.items() if value}, "type": "location"}
    if piece.kind == "contact" and piece.card is not None:
        name = {"first_name": piece.card.name.split()[0], "formatted_name": piece.card.name}
        phone = {"phone": piece.card.number, "wa_id": piece.card.number.strip("+ "), "type": "CELL"}
        return {"contacts": [{"name": name, "phones": [phone]}], "type": "contacts"}
    if piece.file is None:
        return {"text": {"body": piece.text}, "type": "text"}
    kind = "audio" if piece.kind == "voice" else piece.kind
    mime = "audio/ogg; codecs=opus" if piece.kind == "voice" else piece.file.mime
    media: Json = {"mime_type": mime, "sha256": base64.b64encode(piece.file.sha256).decode(), "id": media_id}
    if kind == "audio":
        media["voice"] = piece.kind == "voice"
    if kind == "sticker":
        media["animated"] = False
    if kind == "document":
        media["filename"] = piece.file.name
    if piece.text:
        media["caption"] = piece.text
    return {kind: media, "type": kind}


def whatsapp_status(
    *,
    wamid: str,
    status: str,
    at: datetime,
    number: str | None,
    user_id: str,
    conversation_id: str,
    opaque: str | None,
) -> Json:
    report: Json = {"id": wamid, "status": status, "timestamp": str(seconds(at))}
    if number is not None:
        report["recipient_id"] = number
    report["recipient_user_id"] = user_id
    conversation: Json = {"id": conversation_id}
    if status == "sent":
        conversation["expiration_timestamp"] = str(seconds(at + timedelta(hours=24)))
    conversation["origin"] = {"type": "service"}
    report["conversation"] = conversation
    report["pricing"] = {"billable": True, "pricing_model": "PMP", "type": "regular", "category": "service"}
    if opaque is not None:
        report["biz_opaque_callback_data"] = opaque
    return report


# --- Messenger and Instagram -----------------------------------------------------------------------------


def new_mid() -> str:
    """A message id shaped like Messenger's."""
    return "m_" + secrets.token_urlsafe(64)
