"""Webhook bodies of four channels, signed as the platforms sign them, in the words of a story."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import orjson

from adapters import _graph
from adapters.messenger import Messenger
from adapters.telegram import Telegram
from adapters.webchat import COOKIE, WebChat
from adapters.webchat import signed as cookie_of
from adapters.whatsapp import WhatsApp
from assistant.types import WebhookRequest

from .loop import START

CLASSES: dict[str, Any] = {
    "whatsapp": WhatsApp,
    "messenger": Messenger,
    "telegram": Telegram,
    "webchat": WebChat,
}
SETTINGS: dict[str, Any] = {name: kind.example().settings for name, kind in CLASSES.items()}
PHONE = SETTINGS["whatsapp"].phone_number_id
PAGE = SETTINGS["messenger"].page_id
VISITOR = "exampleVisitor0001"


def signed(channel: str, body: Any) -> WebhookRequest:
    """The request that a platform would make; the visitor's page sends a cookie instead of a signature."""
    raw = orjson.dumps(body)
    settings = SETTINGS[channel]
    if channel == "telegram":
        headers = {"x-telegram-bot-api-secret-token": (settings.secret_token.get_secret_value(),)}
    elif channel == "webchat":
        headers = {"cookie": (f"{COOKIE}={cookie_of(settings.secret.get_secret_value(), VISITOR)}",)}
    else:
        headers = {"x-hub-signature-256": (_graph.sign(settings.app_secret.get_secret_value(), raw),)}
    return WebhookRequest(method="POST", headers=headers, body=raw)


def external_id(channel: str, number: int) -> str:
    """The id one of Meta's platforms gives to the message it took as its `number`th."""
    return {"whatsapp": f"wamid.OUT{number}", "messenger": f"m_out{number}"}[channel]


def telegram_id(peer: str, number: int) -> str:
    """The id of the `number`th message a person writes there: between two there is room for our own."""
    return f"{peer}:{number * 10}"


def _seconds(at: float) -> int:
    return int((START + timedelta(seconds=at)).timestamp())


def _milliseconds(at: float) -> int:
    return int((START + timedelta(seconds=at)).timestamp() * 1000)


# --- WhatsApp ----------------------------------------------------------------------------------------------


def _whatsapp(content: dict[str, Any]) -> dict[str, Any]:
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": PHONE},
        **content,
    }
    changes = [{"field": "messages", "value": value}]
    return {"object": "whatsapp_business_account", "entry": [{"id": "419561257915477", "changes": changes}]}


def whatsapp(peer: str, number: object, text: str, at: float) -> dict[str, Any]:
    message = {
        "from": peer,
        "id": f"wamid.IN{peer}.{number}",
        "timestamp": str(_seconds(at)),
        "type": "text",
        "text": {"body": text},
    }
    return _whatsapp({"contacts": [{"profile": {"name": "Ana"}, "wa_id": peer}], "messages": [message]})


def whatsapp_status(wamid: str, peer: str, status: str, key: str, at: float) -> dict[str, Any]:
    report = {
        "id": wamid,
        "status": status,
        "timestamp": str(_seconds(at)),
        "recipient_id": peer,
        "biz_opaque_callback_data": key,
    }
    return _whatsapp({"statuses": [report]})


# --- Messenger ---------------------------------------------------------------------------------------------


def _messenger(item: dict[str, Any], at: float) -> dict[str, Any]:
    entry = {"id": PAGE, "time": _milliseconds(at), "messaging": [item | {"timestamp": _milliseconds(at)}]}
    return {"object": "page", "entry": [entry]}


def messenger(peer: str, number: object, text: str, at: float) -> dict[str, Any]:
    message = {"mid": f"m_in{peer}.{number}", "text": text}
    return _messenger({"sender": {"id": peer}, "recipient": {"id": PAGE}, "message": message}, at)


def messenger_unsent(peer: str, number: object, at: float) -> dict[str, Any]:
    message = {"mid": f"m_in{peer}.{number}", "is_deleted": True}
    return _messenger({"sender": {"id": peer}, "recipient": {"id": PAGE}, "message": message}, at)


def messenger_echo(mid: str, peer: str, text: str, at: float, *, key: str | None = None) -> dict[str, Any]:
    """What went out from our Page: with our key our own, without one a word of staff in another app."""
    mine: dict[str, Any] = (
        {"app_id": 4242, "metadata": key} if key is not None else {"app_id": 263902037430900}
    )
    message = {"mid": mid, "text": text, "is_echo": True, **mine}
    return _messenger({"sender": {"id": PAGE}, "recipient": {"id": peer}, "message": message}, at)


def messenger_read(peer: str, at: float) -> dict[str, Any]:
    read = {"watermark": _milliseconds(at)}
    return _messenger({"sender": {"id": peer}, "recipient": {"id": PAGE}, "read": read}, at)


# --- Telegram and the web chat -----------------------------------------------------------------------------


def telegram(peer: str, number: int, text: str, at: float, *, edited: bool = False) -> dict[str, Any]:
    person = {"id": int(peer), "is_bot": False, "first_name": "Carla", "language_code": "en"}
    chat = {"id": int(peer), "type": "private", "first_name": "Carla"}
    message: dict[str, Any] = {
        "message_id": int(telegram_id(peer, number).rpartition(":")[2]),
        "from": person,
        "chat": chat,
        "date": _seconds(at),
        "text": text,
    }
    if edited:
        return {"update_id": _seconds(at), "edited_message": message | {"edit_date": _seconds(at)}}
    return {"update_id": _seconds(at), "message": message}


def telegram_stop(peer: str, at: float) -> dict[str, Any]:
    """The Stop button below a growing answer."""
    chat = {"id": int(peer), "type": "private", "first_name": "Carla"}
    return {"update_id": _seconds(at), "stopped_message_generation": {"chat": chat, "draft_id": 1}}


def webchat(number: object, text: str) -> dict[str, Any]:
    return {"id": f"page-{number}", "text": text}
