"""Registering a Graph channel's webhook and checking its account: every fault is one sentence that says what to do."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from adapters.messenger import FIELDS
from assistant import errors
from assistant.channel import Services
from tests.adapters.api import FakeApi
from tests.adapters.test_messenger import APP, PAGE, TOKEN, made
from tests.clocks import FakeClock

KNOWN = {"name": "Ada's Page", "id": PAGE}
SUBSCRIBED = {"data": [{"id": "9"}, {"id": APP, "subscribed_fields": [*FIELDS, "feed"]}]}
TOKEN_DATA = {
    "app_id": APP,
    "is_valid": True,
    "expires_at": 0,
    "scopes": ["pages_messaging", "pages_manage_metadata", "email"],
}


async def test_registering_names_the_webhook_and_keeps_what_others_subscribed(
    services: Services, api: FakeApi
) -> None:
    api.answer(json={"data": [{"object": "page", "fields": [{"name": "ratings", "version": "v25.0"}]}]})
    api.answer(json={"success": True})
    api.answer(json={"data": [{"id": APP, "subscribed_fields": ["feed", "messages"]}]})
    api.answer(json={"success": True})
    sentence = await made(services, api.url).register("https://bot.example/")
    assert "https://bot.example/webhooks/messenger" in sentence
    known, named, _, subscribed = api.calls
    assert known.path == named.path == f"/v25.0/{APP}/subscriptions"
    assert known.headers["authorization"] == f"Bearer {APP}|app-secret"
    assert named.json["callback_url"] == "https://bot.example/webhooks/messenger"
    assert named.json["verify_token"] == "word"
    assert {"ratings", "feed", "mention", *FIELDS} == set(named.json["fields"].split(","))
    assert subscribed.method == "POST"
    assert {"feed", *FIELDS} == set(subscribed.query["subscribed_fields"].split(","))


async def test_without_the_app_s_id_the_webhook_is_typed_in_by_hand(services: Services, api: FakeApi) -> None:
    api.answer(status=400, json={"error": {"code": 2500}})
    api.answer(json={"success": True})
    sentence = await made(services, api.url, app_id="").register("https://bot.example")
    assert "https://bot.example/webhooks/messenger" in sentence
    assert "dashboard" in sentence
    assert len(api.calls) == 2


async def test_registering_raises_what_the_platform_says(services: Services, api: FakeApi) -> None:
    api.answer(status=401, json={"error": {"code": 190}})
    with pytest.raises(errors.Misconfigured):
        await made(services, api.url, app_id="").register("https://bot.example")


async def findings(
    services: Services, api: FakeApi, *answers: Any, public_url: str = "", **more: Any
) -> list[Any]:
    now = format_datetime(services.clock.now() + more.pop("skew", timedelta(0)))
    for answer in answers:
        given = answer if isinstance(answer, dict) and "status" in answer else {"json": answer}
        api.answer(**given, headers={"Date": now})
    return await made(services, api.url, **more).probe(public_url)


async def test_all_is_well(services: Services, api: FakeApi) -> None:
    found = await findings(services, api, KNOWN, SUBSCRIBED, {"data": TOKEN_DATA})
    assert all(probe.ok for probe in found), found
    assert "Ada's Page" in found[0].sentence
    assert "24 hours" in found[-1].sentence
    assert api.calls[2].query["input_token"] == TOKEN
    assert TOKEN not in repr(found)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([{"status": 401, "json": {"error": {"code": 190}}}, {"data": TOKEN_DATA}], "generate a token"),
        ([KNOWN, {"data": []}, {"data": TOKEN_DATA}], "channels register messenger"),
        (
            [KNOWN, {"data": [{"id": APP, "subscribed_fields": ["messages"]}]}, {"data": TOKEN_DATA}],
            "message_reactions",
        ),
        ([KNOWN, SUBSCRIBED, {"data": {**TOKEN_DATA, "is_valid": False}}], "no longer valid"),
        ([KNOWN, SUBSCRIBED, {"data": {**TOKEN_DATA, "app_id": "1"}}], "another app"),
        ([KNOWN, SUBSCRIBED, {"data": {**TOKEN_DATA, "scopes": []}}], "pages_messaging"),
        ([KNOWN, SUBSCRIBED, {"status": 400, "json": {"error": {"code": 190}}}], "app_secret"),
    ],
)
async def test_each_fault_of_the_setup_is_one_finding(
    services: Services, api: FakeApi, answers: list[Any], words: str
) -> None:
    bad = [probe for probe in await findings(services, api, *answers) if not probe.ok]
    assert len(bad) == 1
    assert words in bad[0].sentence


async def test_a_token_that_ends_soon_is_said_in_time(
    services: Services, api: FakeApi, clock: FakeClock
) -> None:
    ends = {**TOKEN_DATA, "expires_at": int((clock.now() + timedelta(days=3)).timestamp())}
    found = await findings(services, api, KNOWN, SUBSCRIBED, {"data": ends})
    assert [probe.ok for probe in found].count(False) == 1


async def test_a_clock_that_is_wrong_is_said(services: Services, api: FakeApi) -> None:
    skew = timedelta(minutes=5)
    found = await findings(services, api, KNOWN, SUBSCRIBED, {"data": TOKEN_DATA}, skew=skew)
    (bad,) = [probe for probe in found if not probe.ok]
    assert "300 s behind" in bad.sentence


@pytest.mark.parametrize(
    ("right", "wrong", "fine"),
    [
        ({"text": "1158201444"}, {"status": 403}, True),
        ({"text": "1158201444"}, {"text": "1158201444"}, False),
        ({"status": 502, "text": "bad gateway"}, {"status": 502}, False),
        ({"status": 403}, {"status": 403}, False),
    ],
)
async def test_our_webhook_is_called_as_meta_does(
    services: Services, api: FakeApi, right: Any, wrong: Any, fine: bool
) -> None:
    for answer in ({"json": KNOWN}, {"json": SUBSCRIBED}, {"json": {"data": TOKEN_DATA}}, right, wrong):
        api.answer(**{"status": 200, **answer})
    found = await made(services, api.url).probe(api.url)
    (webhook,) = [probe for probe in found if "/webhooks/messenger" in probe.sentence]
    assert webhook.ok is fine
    first, second = api.calls[-2:]
    assert first.query["hub.verify_token"] == "word"
    assert second.query["hub.verify_token"] != "word"


async def test_a_check_never_raises(services: Services) -> None:
    found = await made(services).probe("http://127.0.0.1:9")
    assert [probe.ok for probe in found].count(False) == 3
