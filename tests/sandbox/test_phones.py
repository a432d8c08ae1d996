"""What phones say arrives as the platforms would send it; what they hear is reported back."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from adapters.sandbox import Happening, Kind, Sandbox
from assistant.errors import SettingsError
from tests.services import library

from .listener import Listener, answer, spoken

CHANNELS = ("whatsapp", "messenger", "telegram")


async def _answered(listener: Listener, channel: str, text: str = "hello back") -> None:
    who, message_id, _ = spoken(listener.received[-1])[0]
    await answer(listener.sandbox, listener.session, channel, who, message_id, text)


@pytest.mark.parametrize("channel", CHANNELS)
async def test_what_a_phone_says_reaches_the_webhook_with_its_proof(
    sandbox: Sandbox, listener: Listener, channel: str
) -> None:
    external_id = await sandbox.phone(channel, "Ana").say("olá / 👋")
    (received,) = await listener.until(1)
    assert received.channel == channel
    delivery = sandbox.platform(channel).delivery(external_id)
    assert delivery is not None
    assert delivery.answers == [200]
    if channel == "telegram":
        assert received.headers["x-telegram-bot-api-secret-token"] == sandbox.telegram.secret_token
    else:
        assert received.headers["x-hub-signature-256"].startswith("sha256=")
        assert b"ol\\u00e1 \\/ \\ud83d\\udc4b" in received.body, (
            "Meta escapes; re-serialising must break the signature"
        )


async def test_a_foreign_validator_accepts_the_signature(sandbox: Sandbox, listener: Listener) -> None:
    utils = library("pywa.utils", "it judges the signature; pip install --no-deps pywa==4.5.0")
    for platform in (sandbox.whatsapp, sandbox.messenger):
        await platform.phone("Ana").say("olá 👋")
        received = listener.received[-1]
        signature = received.headers["x-hub-signature-256"]
        assert utils.webhook_updates_validator(platform.app_secret, received.body, signature)
        assert not utils.webhook_updates_validator(platform.app_secret, received.body + b" ", signature)


@pytest.mark.parametrize("channel", ["whatsapp", "messenger"])
async def test_a_bad_signature_can_be_asked_for(sandbox: Sandbox, listener: Listener, channel: str) -> None:
    phone = sandbox.phone(channel, "Ana")
    await phone.say("one")
    sandbox.platform(channel).faults.bad_signature = True
    await phone.say("one")
    first, second = (received.headers["x-hub-signature-256"] for received in await listener.until(2))
    assert first != second


@pytest.mark.parametrize("channel", CHANNELS)
async def test_a_webhook_that_fails_is_repeated_until_it_is_taken(
    sandbox: Sandbox, listener: Listener, channel: str
) -> None:
    listener.statuses.extend([500, 503, 403])
    external_id = await sandbox.phone(channel, "Ana").say("hi")
    received = await listener.until(4)
    assert len({item.body for item in received}) == 1
    delivery = sandbox.platform(channel).delivery(external_id)
    assert delivery is not None
    await asyncio.wait_for(delivery.accepted.wait(), 10)
    assert delivery.answers == [500, 503, 403, 200]


@pytest.mark.parametrize("channel", CHANNELS)
async def test_a_message_can_arrive_several_times(sandbox: Sandbox, listener: Listener, channel: str) -> None:
    sandbox.platform(channel).faults.duplicates = 2
    await sandbox.phone(channel, "Ana").say("hi")
    assert len({item.body for item in await listener.until(3)}) == 1


async def test_telegram_sends_one_update_at_a_time_per_chat(sandbox: Sandbox, listener: Listener) -> None:
    ana, leo = sandbox.phone("telegram", "Ana"), sandbox.phone("telegram", "Leo")
    sandbox.telegram.retry_seconds = 0.1
    listener.statuses.extend([500, 500, 500])
    said = [asyncio.create_task(ana.say(text)) for text in ("a1", "a2", "a3")]
    await listener.until(3)
    assert [item.json["message"]["text"] for item in listener.received] == ["a1", "a1", "a1"]
    await leo.say("l1")
    assert listener.received[-1].json["message"]["text"] == "l1", "another chat does not wait"
    await asyncio.gather(*said)
    texts = [item.json["message"]["text"] for item in listener.received]
    assert texts == ["a1", "a1", "a1", "l1", "a1", "a2", "a3"]


async def test_telegram_waits_as_long_as_retry_after_says(sandbox: Sandbox, listener: Listener) -> None:
    listener.statuses.append(503)
    listener.retry_after = 1
    await sandbox.phone("telegram", "Ana").say("hi")
    started = asyncio.get_running_loop().time()
    await listener.until(2)
    assert asyncio.get_running_loop().time() - started > 0.8


@pytest.mark.parametrize("channel", CHANNELS)
async def test_a_phone_hears_typing_and_the_reply(sandbox: Sandbox, listener: Listener, channel: str) -> None:
    seen: list[Happening] = []
    end = sandbox.subscribe(seen.append)
    phone = sandbox.phone(channel, "Ana")
    external_id = await phone.say("hi")
    await _answered(listener, channel)
    heard = await phone.wait_reply(2)
    end()
    assert heard.text == "hello back"
    assert heard.typing_at is not None
    assert phone.said[external_id] <= heard.typing_at <= heard.at
    kinds = [item.kind for item in seen if item.kind is not Kind.STATUS]
    assert kinds == [Kind.SAID, Kind.TYPING, Kind.HEARD]
    assert {(item.channel, item.person) for item in seen} == {(channel, "Ana")}


async def test_whatsapp_reports_sent_delivered_and_read(
    sandbox: Sandbox, listener: Listener, platform_data: Path
) -> None:
    phone = sandbox.phone("whatsapp", "Ana")
    await phone.say("hi")
    await _answered(listener, "whatsapp")
    heard = await phone.wait_reply(2)
    received = (await listener.until(4))[1:]
    reports = [item.json["entry"][0]["changes"][0]["value"]["statuses"][0] for item in received]
    assert [report["status"] for report in reports] == ["sent", "delivered", "read"]
    examples = json.loads((platform_data / "pywa-webhooks" / "message_status.json").read_text())
    for item, report in zip(received, reports, strict=True):
        example = examples[report["status"]]
        ours = _shape(item.json)
        theirs = _shape(example)
        extra = {path for path in ours - theirs if not path.endswith(_NEWER)}
        assert extra == set()
        # "parent_user_id" belongs to linked businesses only
        assert {path for path in theirs - ours if not path.endswith("parent_user_id")} == set()
        assert report["biz_opaque_callback_data"] == "ob_1"
        assert report["recipient_id"] == phone.id
        assert report["id"] == heard.external_id
    assert list(heard.statuses) == ["sent", "delivered", "read"]


async def test_messenger_reports_echo_delivery_and_read(sandbox: Sandbox, listener: Listener) -> None:
    phone = sandbox.phone("messenger", "João")
    await phone.say("oi")
    await _answered(listener, "messenger")
    heard = await phone.wait_reply(2)
    echo, delivery, read = (item.json["entry"][0]["messaging"][0] for item in (await listener.until(4))[1:])
    assert echo["sender"] == {"id": sandbox.messenger.page_id}
    assert echo["recipient"] == {"id": phone.id}
    assert echo["message"] == {
        "mid": heard.external_id,
        "is_echo": True,
        "text": "hello back",
        "app_id": int(sandbox.messenger.app_id),
        "metadata": "ob_1",
    }
    assert delivery["delivery"]["mids"] == [heard.external_id]
    assert read["read"]["watermark"] >= delivery["delivery"]["watermark"] > 1_600_000_000_000


async def test_receipts_can_be_dropped(sandbox: Sandbox, listener: Listener) -> None:
    sandbox.whatsapp.faults.drop_statuses = True
    phone = sandbox.phone("whatsapp", "Ana")
    await phone.say("hi")
    await _answered(listener, "whatsapp")
    await phone.wait_status(await phone.wait_reply(2), "read")
    assert len(listener.received) == 1


async def test_whatsapp_text_looks_like_the_examples_of_others(
    sandbox: Sandbox, listener: Listener, platform_data: Path
) -> None:
    await sandbox.phone("whatsapp", "Ana").say("hi")
    ours = _shape(listener.received[0].json)
    pywa = _shape(json.loads((platform_data / "pywa-webhooks" / "message.json").read_text())["text"])
    assert {path for path in ours - pywa if not path.endswith(_NEWER)} == set()
    assert {path for path in pywa - ours if not path.endswith("parent_user_id")} == set()
    examples = json.loads((platform_data / "meta-openapi" / "webhook-examples.json").read_text())
    assert _shape(examples["Text Message"]) - ours == set(), "everything Meta's own example has"


async def test_whoever_has_a_username_hides_the_number(sandbox: Sandbox, listener: Listener) -> None:
    phone = sandbox.phone("whatsapp", "Ana", username="ana_b")
    await phone.say("hi")
    assert phone.id.encode() not in listener.received[0].body.replace(b"wamid", b"")
    value = listener.received[0].json["entry"][0]["changes"][0]["value"]
    assert value["messages"][0]["from_user_id"] == phone.user_id == value["contacts"][0]["user_id"]
    assert "from" not in value["messages"][0]


async def test_telegram_updates_fit_the_published_specification(
    sandbox: Sandbox, listener: Listener, platform_data: Path
) -> None:
    types = json.loads((platform_data / "telegram-spec" / "api.json").read_text())["types"]
    await sandbox.phone("telegram", "Lucía", locale="es").say("/start hola")
    update = listener.received[0].json
    message = update["message"]
    checked = [(update, "Update"), (message, "Message"), (message["from"], "User"), (message["chat"], "Chat")]
    for value, name in [*checked, *((entity, "MessageEntity") for entity in message["entities"])]:
        fields = {field["name"]: field["required"] for field in types[name]["fields"]}
        assert value.keys() <= fields.keys(), name
        assert {name for name, required in fields.items() if required} <= value.keys(), name


async def test_a_refused_handshake_names_the_platform(sandbox: Sandbox, listener: Listener) -> None:
    listener.verify = False
    with pytest.raises(
        SettingsError, match=r"WhatsApp could not verify .* 403 .*ASSISTANT_WHATSAPP_VERIFY_TOKEN"
    ):
        await sandbox.connect(listener.url, ["whatsapp"])
    assert await sandbox.messenger.handshake(listener.url + "/webhooks/messenger", token="wrong") is not None


async def test_nobody_listening_is_said_clearly(sandbox: Sandbox) -> None:
    with pytest.raises(SettingsError, match=r"nobody listens to Messenger"):
        await sandbox.phone("messenger", "Ana").say("hi")


async def test_a_reply_that_does_not_come_names_the_person(sandbox: Sandbox) -> None:
    with pytest.raises(TimeoutError, match=r"Ana on WhatsApp was not answered within 0\.01 seconds"):
        await sandbox.phone("whatsapp", "Ana").wait_reply(0.01)


async def test_closing_ends_what_still_waits(sandbox: Sandbox, listener: Listener) -> None:
    sandbox.messenger.faults.delay_seconds = 60
    waiting = asyncio.create_task(sandbox.phone("messenger", "Ana").say("hi"))
    await asyncio.sleep(0.01)
    await sandbox.close()
    await asyncio.wait_for(waiting, 10)


async def test_it_can_be_a_part_of_another_server(listener: Listener) -> None:
    """One process, one loop: our server carries the sandbox under a prefix and is reached by it over HTTP."""
    part = Sandbox()
    app = web.Application()
    app.add_subapp("/sandbox/api", part.application())
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    part.mounted_at(f"http://127.0.0.1:{runner.addresses[0][1]}/sandbox/api")
    await part.connect(listener.url, ["telegram"])
    queue, end = part.stream.queue()
    phone = part.phone("telegram", "Ana")
    await phone.say("hi")
    who, message_id, _ = spoken(listener.received[-1])[0]
    await answer(part, listener.session, "telegram", who, message_id, "hello")
    assert (await phone.wait_reply(1)).text == "hello"
    assert [queue.get_nowait().kind for _ in range(queue.qsize())] == [Kind.SAID, Kind.TYPING, Kind.HEARD]
    end()
    await runner.cleanup()
    await part.close()


def test_the_settings_point_at_the_sandbox() -> None:
    sandbox = Sandbox()
    with pytest.raises(SettingsError):
        sandbox.environment()
    sandbox.mounted_at("http://127.0.0.1:1/sandbox/api/")
    environment = sandbox.environment()
    assert environment["ASSISTANT_WHATSAPP_API_URL"] == "http://127.0.0.1:1/sandbox/api/graph"
    assert environment["ASSISTANT_TELEGRAM_API_URL"] == "http://127.0.0.1:1/sandbox/api/telegram"
    assert environment["ASSISTANT_COMMENTS_PAGE_ID"] == sandbox.messenger.page_id
    assert environment["ASSISTANT_TELEGRAM_USERNAME"] == sandbox.telegram.username
    assert len(environment) == 29
    assert all(environment.values())
    assert Sandbox().whatsapp.app_secret != sandbox.whatsapp.app_secret


_NEWER = ("from_user_id", "recipient_user_id", "biz_opaque_callback_data", "pricing.type")
"""Fields newer than the examples, or there only when the business sent something along."""


def _shape(value: Any, path: str = "") -> set[str]:
    """Every path of keys in a JSON value; list positions do not count."""
    if isinstance(value, dict):
        return {path, *(found for key, item in value.items() for found in _shape(item, f"{path}.{key}"))}
    if isinstance(value, list):
        return {path, *(found for item in value for found in _shape(item, path + "[]"))}
    return {path}
