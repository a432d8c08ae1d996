"""WhatsApp webhooks as tests write them, and an adapter that reads them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from pydantic import SecretStr

from adapters.whatsapp import WhatsApp, WhatsAppSettings
from assistant.channel import Services
from assistant.events import Event
from assistant.types import Address, WebhookRequest

NUMBER = "106540352242922"
PHONE, BSUID = "34600111222", "ES.13491208655302741918"
ADDRESS = Address(channel="whatsapp", account=NUMBER, peer=PHONE)
AT = datetime.fromtimestamp(1790000000, UTC)
TOKEN = "EAAG-very-secret-access-token"


def made(services: Services, url: str = "http://127.0.0.1:9", **more: Any) -> WhatsApp:
    settings = WhatsAppSettings(
        app_secret=SecretStr("old, new"),
        verify_token=SecretStr("word"),
        access_token=SecretStr(TOKEN),
        phone_number_id=NUMBER,
        api_url=url,
        graph_version="v25.0",
        **more,
    )
    return WhatsApp(settings, services)


def value(**more: Any) -> dict[str, Any]:
    metadata = {"display_phone_number": "15550001111", "phone_number_id": NUMBER}
    contact = {"profile": {"name": "Ana", "username": "ana_b"}, "wa_id": PHONE, "user_id": BSUID}
    return {"messaging_product": "whatsapp", "metadata": metadata, "contacts": [contact], **more}


def webhook(*values: dict[str, Any], field: str = "messages") -> WebhookRequest:
    changes = [{"field": field, "value": item} for item in values]
    body = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": changes}]}
    return WebhookRequest(method="POST", headers={}, body=json.dumps(body).encode())


def message(kind: str, content: Any = None, **more: Any) -> dict[str, Any]:
    item = {"from": PHONE, "id": "wamid.1", "timestamp": "1790000000", "type": kind, **more}
    return item if content is None else {**item, kind: content}


def parse_one(channel: WhatsApp, item: dict[str, Any]) -> Event:
    (event,) = channel.parse(webhook(value(messages=[item])))
    return event
