"""Registering WhatsApp: the account is subscribed where its id is known, and the rest is said in one sentence."""

from __future__ import annotations

import pytest

from assistant import errors
from assistant.channel import Services
from tests.adapters.api import FakeApi
from tests.adapters.whatsapp import NUMBER, TOKEN, made

WABA = "102289599326934"
URL = "https://bot.example/webhooks/whatsapp"


async def test_the_account_of_the_settings_is_subscribed_and_the_webhook_is_left_to_the_console(
    services: Services, api: FakeApi
) -> None:
    api.answer(json={"success": True})
    sentence = await made(services, api.url, business_account_id=WABA).register("https://bot.example/")
    (call,) = api.calls
    assert (call.method, call.path) == ("POST", f"/v25.0/{WABA}/subscribed_apps")
    assert call.headers["authorization"] == f"Bearer {TOKEN}"
    assert "hands its messages" in sentence
    assert URL in sentence and "verify token" in sentence and "field messages" in sentence
    assert "word" not in sentence


async def test_without_the_setting_the_account_is_the_one_that_the_number_names(
    services: Services, api: FakeApi
) -> None:
    entities = [{"entity_type": "PHONE_NUMBER", "id": NUMBER}, {"entity_type": "WABA", "id": WABA}]
    api.answer(json={"health_status": {"entities": entities}, "id": NUMBER})
    api.answer(json={"success": True})
    await made(services, api.url).register("https://bot.example")
    asked, told = api.calls
    assert (asked.method, asked.path) == ("GET", f"/v25.0/{NUMBER}")
    assert (told.method, told.path) == ("POST", f"/v25.0/{WABA}/subscribed_apps")


async def test_without_any_account_nothing_is_done_and_that_is_said(services: Services, api: FakeApi) -> None:
    api.answer(json={"id": NUMBER})
    sentence = await made(services, api.url).register("https://bot.example")
    assert [call.method for call in api.calls] == ["GET"]
    assert sentence.startswith("Nothing was done: set ASSISTANT_WHATSAPP_BUSINESS_ACCOUNT_ID")
    assert URL in sentence


async def test_an_answer_that_promises_nothing_is_not_taken_for_a_promise(
    services: Services, api: FakeApi
) -> None:
    api.answer(json={})
    sentence = await made(services, api.url, business_account_id=WABA).register("https://bot.example")
    assert "did not say" in sentence


async def test_a_refused_token_is_raised(services: Services, api: FakeApi) -> None:
    api.answer(401, json={"error": {"code": 190}})
    with pytest.raises(errors.Misconfigured):
        await made(services, api.url).register("https://bot.example")
