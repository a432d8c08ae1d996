"""Webhooks as platforms send them, signed and ready for the wire, of the size real ones have."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time

from .load import request_bytes

SECRET = "bench-secret"
ACCOUNT = "106540352242922"
TELEGRAM_TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
TELEGRAM_SECRET = "bench_secret_token_0123456789abcdef"
ENVIRONMENT = {
    "ASSISTANT_WHATSAPP_APP_SECRET": SECRET,
    "ASSISTANT_WHATSAPP_VERIFY_TOKEN": "bench-verify",
    "ASSISTANT_WHATSAPP_ACCESS_TOKEN": "bench-token",
    "ASSISTANT_WHATSAPP_PHONE_NUMBER_ID": ACCOUNT,
    "ASSISTANT_TELEGRAM_TOKEN": TELEGRAM_TOKEN,
    "ASSISTANT_TELEGRAM_SECRET_TOKEN": TELEGRAM_SECRET,
}
"""The settings of a server that takes both."""

WORDS = "Hello, are you open on Saturday afternoon? 😀"
PEOPLE = 1000
_updates = itertools.count(int(time.time()) * 1000)


def whatsapp(number: int, people: int = PEOPLE, count: int = 1) -> bytes:
    """The body of a WhatsApp webhook with `count` text messages of one of `people` persons; no id was ever used before."""
    person, now = f"3460{number % people:07d}", str(int(time.time()))
    messages = [
        {
            "from": person,
            "id": f"wamid.{hashlib.sha1(f'{number} {next(_updates)}'.encode()).hexdigest()}",
            "timestamp": now,
            "type": "text",
            "text": {"body": WORDS},
        }
        for _ in range(count)
    ]
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550001111", "phone_number_id": ACCOUNT},
        "contacts": [{"profile": {"name": "Ana"}, "wa_id": person}],
        "messages": messages,
    }
    entry = {"id": "102290129340398", "changes": [{"field": "messages", "value": value}]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def telegram(number: int, people: int = PEOPLE) -> bytes:
    """The body of one Telegram update with a text message."""
    person, update = 3460000000 + number % people, next(_updates)
    message = {
        "message_id": update % 2**31,
        "from": {"id": person, "is_bot": False, "first_name": "Ana", "language_code": "en"},
        "chat": {"id": person, "first_name": "Ana", "type": "private"},
        "date": int(time.time()),
        "text": WORDS,
    }
    return json.dumps({"update_id": update % 2**31, "message": message}).encode()


def post_whatsapp(port: int, path: str, number: int, people: int = PEOPLE, count: int = 1) -> bytes:
    """A whole signed request."""
    body = whatsapp(number, people, count)
    signature = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    return request_bytes(port, path, body, {"X-Hub-Signature-256": signature})


def post_telegram(port: int, path: str, number: int, people: int = PEOPLE) -> bytes:
    """A whole request with Telegram's secret header."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": TELEGRAM_SECRET}
    return request_bytes(port, path, telegram(number, people), headers)
