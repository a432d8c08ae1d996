"""Telegram, the operator's side: polling, the webhook and the menu, what a check finds, and files to fetch."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters._telegram_findings import ALLOWED_UPDATES, findings
from adapters._telegram_settings import OFFICIAL, TelegramSettings
from adapters.telegram import COMMANDS, _host
from assistant import errors
from assistant.buses.memory import MemoryBus
from assistant.channel import Services
from assistant.events import MessageReceived, Unread
from assistant.http import MAX_RESPONSE_BYTES, Http, recording
from assistant.log import redactor
from assistant.types import Media, MediaKind, Text
from tests.adapters.api import FakeApi, fake_api
from tests.adapters.telegram_spec import FOLDER, judge_call
from tests.adapters.telegram_updates import ADDRESS, BOT, DONE, GROUP, TOKEN, UPDATES, entity, made, message
from tests.clocks import FakeClock

ME = {
    "id": int(BOT),
    "is_bot": True,
    "first_name": "Ada",
    "username": "OurBot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
}
OURS = "https://a.b/webhooks/telegram"
INFO = {
    "url": OURS,
    "has_custom_certificate": False,
    "pending_update_count": 3,
    "allowed_updates": ALLOWED_UPDATES,
}
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def bus(clock: FakeClock) -> MemoryBus:
    return MemoryBus(clock)


@pytest.fixture
async def api() -> AsyncIterator[FakeApi]:
    """Every call it got is judged at the end; files are judged where the stand-in takes them."""
    async with fake_api() as started:
        yield started
    for call in started.calls:
        kind = call.headers.get("content-type", "")
        if not kind.startswith("multipart/") and FOLDER.is_dir():
            params = call.json if kind == "application/json" else call.form
            assert judge_call(call.path.rsplit("/", 1)[1], params) == []


def result(value: Any) -> dict[str, Any]:
    return {"ok": True, "result": value}


def methods(api: FakeApi) -> list[str]:
    return [call.path.rsplit("/", 1)[1] for call in api.calls]


# --- polling ---------------------------------------------------------------------------------------------


async def test_polling_takes_the_webhook_away_and_goes_on_behind_the_last_update(
    services: Services, api: FakeApi
) -> None:
    channel = made(services, api.url, polling=True, username="")
    assert channel.polling()
    assert not made(services, api.url).polling()
    mention = message(text="@OurBot", entities=[entity("@OurBot", "@OurBot", "mention")], chat=GROUP)
    for value in (
        True,
        ME,
        [{"update_id": 9, **UPDATES["text"]}, {"update_id": 10, "message": mention}],
        [],
    ):
        api.answer(json=result(value))
    first = await channel.poll(None)
    assert [type(event) for event in first.events] == [MessageReceived, MessageReceived]
    assert all(event.addressed for event in first.events if isinstance(event, MessageReceived))
    assert first.cursor == "11"
    assert await channel.poll(first.cursor) == replace(first, events=[])
    assert methods(api) == ["deleteWebhook", "getMe", "getUpdates", "getUpdates"]
    asked, again = (call.json for call in api.calls[2:])
    assert "offset" not in asked
    assert (again["offset"], again["allowed_updates"]) == (11, ALLOWED_UPDATES)
    assert again["timeout"] <= 25
    assert "drop_pending_updates" not in api.calls[0].json


async def test_one_bad_update_costs_itself_only(services: Services, api: FakeApi) -> None:
    channel = made(services, api.url, polling=True)
    half = json.dumps({"update_id": 4, "message": message(text="@@")}).replace("@@", "a \\ud83d b")
    rest = json.dumps(
        [{"update_id": 5, "message": {"chat": "odd"}}, {"update_id": 6, "new_kind": {}}, 7, {"message": 1}]
    )
    api.answer(json=DONE)
    api.answer(json=result(ME))
    api.answer(text=f'{{"ok":true,"result":[{half},{rest[1:]}}}')
    polled = await channel.poll("3")
    kinds = [type(event) for event in polled.events]
    assert kinds == [MessageReceived, Unread, Unread, Unread, Unread]
    assert isinstance(polled.events[0], MessageReceived)
    assert polled.events[0].parts == (Text(text="a \ufffd b"),)
    assert polled.cursor == "7"


async def test_messages_too_large_to_come_together_are_asked_for_in_smaller_numbers(
    services: Services, api: FakeApi
) -> None:
    """Otherwise the same answer would be refused for a day, and nobody heard meanwhile."""
    channel = made(services, api.url, polling=True)
    api.answer(json=DONE)
    api.answer(json=result(ME))
    huge = '{"ok":true,"result":[%s]}' % (" " * (MAX_RESPONSE_BYTES + 1))
    for _ in range(2):
        api.answer(text=huge)
        with pytest.raises(errors.Unavailable):
            await channel.poll("3")
    for _ in range(3):
        api.answer(json=result([]))
        await channel.poll("3")
    assert [call.json["limit"] for call in api.calls[2:]] == [20, 10, 5, 10, 20]


@pytest.mark.parametrize(
    ("answer", "expected", "words"),
    [
        (
            {
                "status": 409,
                "json": {"description": "Conflict: terminated by other getUpdates request; make"},
            },
            errors.Misconfigured,
            "another program",
        ),
        (
            {
                "status": 409,
                "json": {"description": "Conflict: can't use getUpdates method while webhook is active"},
            },
            errors.Misconfigured,
            "a webhook is set",
        ),
        ({"status": 401, "json": {"description": "Unauthorized"}}, errors.Misconfigured, ""),
        ({"status": 429, "json": {"parameters": {"retry_after": 7}}}, errors.Throttled, ""),
        ({"status": 500, "json": {"description": "Internal"}}, errors.Unavailable, ""),
        ({"status": 502, "text": "<html>"}, errors.Unavailable, ""),
        ({"hang_up": True}, errors.Unavailable, ""),
        ({"json": {"ok": True}}, errors.Unavailable, ""),
        ({"json": {"ok": True, "result": {}}}, errors.Unavailable, ""),
        ({"text": "nonsense"}, errors.Unavailable, ""),
    ],
)
async def test_a_poll_that_fails_says_what_to_do(
    services: Services, api: FakeApi, answer: dict[str, Any], expected: type[Exception], words: str
) -> None:
    channel = made(services, api.url, polling=True)
    api.answer(json=DONE)
    api.answer(json=result(ME))
    api.answer(**answer)
    with pytest.raises(expected, match=words or None):
        await channel.poll("3")


async def test_without_a_connection_a_poll_is_tried_again(services: Services) -> None:
    with pytest.raises(errors.Unavailable):
        await made(services, polling=True).poll(None)


# --- the webhook and the menu ----------------------------------------------------------------------------


async def test_registering_sets_the_webhook_and_the_menu_in_three_languages(
    services: Services, api: FakeApi
) -> None:
    for value in (True, INFO, True, True, True):
        api.answer(json=result(value))
    sentence = await made(services, api.url).register("https://a.b/")
    assert OURS in sentence
    assert methods(api) == ["setWebhook", "getWebhookInfo", *["setMyCommands"] * 3]
    menus = [(call.form.get("language_code"), json.loads(call.form["commands"])) for call in api.calls[2:]]
    assert [code for code, _ in menus] == [None, "pt", "es"]
    orders = ["help", "reset", "human", "stop", "language", "forget"]
    for (_, menu), known in zip(menus, COMMANDS.values(), strict=True):
        assert [entry["command"] for entry in menu] == orders
        assert [entry["description"] for entry in menu] == list(known.values())
    webhook = api.calls[0].form
    assert (webhook["url"], webhook["secret_token"]) == (OURS, "a_secret")
    assert json.loads(webhook["allowed_updates"]) == ALLOWED_UPDATES
    assert 1 <= int(webhook["max_connections"]) <= 100


async def test_a_menu_that_cannot_be_set_is_no_reason_to_hear_nothing(
    services: Services, api: FakeApi
) -> None:
    for value in (True, INFO):
        api.answer(json=result(value))
    api.answer(status=429, json={"ok": False, "parameters": {"retry_after": 9}})
    sentence = await made(services, api.url).register("https://a.b/")
    assert OURS in sentence
    assert "menu" in sentence


async def test_registering_says_when_the_webhook_belongs_to_another(services: Services, api: FakeApi) -> None:
    for value in (True, INFO | {"url": "https://other/"}):
        api.answer(json=result(value))
    assert "another address" in await made(services, api.url).register("https://a.b/")


async def test_an_address_that_telegram_does_not_call_is_named(services: Services, api: FakeApi) -> None:
    said = "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    api.answer(status=400, json={"ok": False, "error_code": 400, "description": said})
    with pytest.raises(errors.Rejected, match="8443"):
        await made(services, api.url).register("http://a.b/")


async def test_with_polling_no_webhook_is_set(services: Services, api: FakeApi) -> None:
    for _ in range(4):
        api.answer(json=DONE)
    assert "polling" in await made(services, api.url, polling=True).register("https://a.b/")
    assert methods(api) == ["deleteWebhook", *["setMyCommands"] * 3]


# --- what a check finds ----------------------------------------------------------------------------------


def found(
    me: dict[str, Any] | None = None,
    info: dict[str, Any] | None = None,
    url: str = OURS,
    told: datetime | None = None,
    **settings: Any,
) -> dict[str, bool]:
    values = {"username": "OurBot", **settings}
    probes = findings(
        TelegramSettings(**values), {**ME, **(me or {})}, {**INFO, **(info or {})}, url, NOW, told
    )
    return {probe.sentence: probe.ok for probe in probes}


def verdict(sentences: dict[str, bool], words: str) -> bool:
    (ok,) = [ok for sentence, ok in sentences.items() if words in sentence]
    return ok


def test_nothing_is_wrong_with_a_bot_that_is_set_up() -> None:
    assert all(found(told=NOW).values())


@pytest.mark.parametrize(
    ("given", "words", "ok"),
    [
        ({"info": {"url": ""}}, "No webhook is set", False),
        ({"info": {"url": "https://other/"}}, "another address", False),
        ({"info": {"url": "https://other/"}, "url": ""}, "leads to https://other/", True),
        ({"info": {"url": ""}, "polling": True}, "no webhook is set", True),
        ({"polling": True}, "the first poll takes it away", True),
        ({"info": {"allowed_updates": None}}, "does not send message, edited_message", False),
        ({"info": {"allowed_updates": ALLOWED_UPDATES[:-1]}}, "older than 10.3", True),
        ({"info": {"pending_update_count": 500}}, "500 updates are waiting", False),
        (
            {"info": {"last_error_date": NOW.timestamp() - 60, "last_error_message": "Wrong response: 500"}},
            "Wrong response: 500",
            False,
        ),
        (
            {
                "info": {
                    "last_error_date": NOW.timestamp() - 9000,
                    "last_error_message": "Wrong response: 500",
                }
            },
            "Wrong response: 500",
            True,
        ),
        ({"username": ""}, "ASSISTANT_TELEGRAM_USERNAME to OurBot", True),
        ({"username": "Other"}, "correct it", False),
        ({}, "/setprivacy", True),
        ({"names": "Ada"}, "/setprivacy", False),
        ({"me": {"can_read_all_group_messages": True}}, "hears all messages", True),
        ({"me": {"can_join_groups": False}}, "cannot be added to groups", True),
        ({"me": {"has_topics_enabled": True}}, "topics", True),
        ({"business": True}, "Business Mode", False),
        ({"guests": True}, "guest queries", False),
        ({"told": NOW + timedelta(minutes=2)}, "clock is 120 s off", False),
    ],
)
def test_what_is_wrong_is_named_with_what_to_click(given: dict[str, Any], words: str, ok: bool) -> None:
    assert verdict(found(**given), words) is ok


async def test_a_check_asks_the_platform(services: Services, api: FakeApi, clock: FakeClock) -> None:
    stamp = clock.now().strftime("%a, %d %b %Y %H:%M:%S GMT")
    api.answer(json=result(ME), headers={"Date": stamp})
    api.answer(json=result(INFO))
    probes = await made(services, api.url).probe("https://a.b")
    assert all(probe.ok for probe in probes), probes
    api.answer(json=result(ME), headers={"Date": "Tue, 24 Nov 2026 10:00:00 -0000"})  # a time of no place
    api.answer(json=result({}))
    assert await made(services, api.url).probe("")
    api.answer(json=result(ME), headers={"Date": "once upon a time"})
    api.answer(json=result(INFO | {"url": ""}))
    assert not (await made(services, api.url).probe(""))[0].ok
    api.answer(status=401, json={"ok": False, "error_code": 401, "description": "Unauthorized"})
    (refused,) = await made(services, api.url).probe("")
    assert not refused.ok
    assert TOKEN not in refused.sentence


# --- files -----------------------------------------------------------------------------------------------


async def test_a_file_is_had_from_the_api_server_alone(
    services: Services, api: FakeApi, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    channel = made(services, api.url)
    file = {"file_id": "f", "file_unique_id": "u", "file_size": 9000, "file_path": "voice/file 1.oga"}
    api.answer(json=result(file))
    with recording() as exchanges:
        media = Media(kind=MediaKind.VOICE, ref="f", mime="audio/ogg")
        download = await channel.fetch(ADDRESS, media)
    assert download.url == f"{api.url}/file/bot{TOKEN}/voice/file%201.oga"
    host = api.url.removeprefix("http://")
    assert (download.hosts, download.bytes, download.mime) == ((host,), 9000, "audio/ogg")
    assert api.calls[0].json == {"file_id": "f"}
    assert TOKEN not in repr(exchanges)
    assert TOKEN not in redactor.clean(download.url)
    ours = [record for record in caplog.records if not record.name.startswith("aiohttp.access")]
    assert not any(TOKEN in record.getMessage() for record in ours)


async def test_a_file_lies_below_the_bot_s_own_folder(services: Services, api: FakeApi) -> None:
    api.answer(json=result({"file_id": "f", "file_path": "voice/../../x/getMe"}))
    with pytest.raises(errors.Rejected):
        await made(services, api.url).fetch(ADDRESS, Media(kind=MediaKind.VOICE, ref="f"))


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://api.telegram.org", "api.telegram.org"),
        ("https://Bots.example:443", "bots.example"),
        ("https://bots.example:8443", "bots.example:8443"),
        ("http://localhost:8081", "localhost:8081"),
        ("http://[::1]:8081", "[::1]:8081"),
        ("http://10.0.0.1", "10.0.0.1:80"),
    ],
)
def test_the_host_is_named_as_downloads_know_it(url: str, host: str) -> None:
    assert _host(url) == host


@pytest.mark.parametrize(
    ("answer", "expected", "words"),
    [
        (
            {"status": 400, "json": {"description": "Bad Request: file is too big"}},
            errors.Rejected,
            "above 20 MB",
        ),
        ({"status": 400, "json": {"description": "Bad Request: invalid file_id"}}, errors.Rejected, ""),
        (
            {
                "status": 400,
                "json": {"description": "Bad Request: wrong file_id or the file is temporarily unavailable"},
            },
            errors.Unavailable,
            "",
        ),
        ({"json": {"ok": True, "result": {"file_id": "f"}}}, errors.Unavailable, ""),
        ({"json": {"ok": True, "result": {"file_path": "/var/lib/f"}}}, errors.Rejected, "local mode"),
        ({"hang_up": True}, errors.Unavailable, ""),
    ],
)
async def test_a_file_that_cannot_be_had(
    services: Services, api: FakeApi, answer: dict[str, Any], expected: type[Exception], words: str
) -> None:
    api.answer(**answer)
    with pytest.raises(expected, match=words or None):
        await made(services, api.url).fetch(ADDRESS, Media(kind=MediaKind.IMAGE, ref="f"))


async def test_a_file_above_20_mb_is_not_even_asked_for(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def request(self: Http, *args: Any, **options: Any) -> Any:
        raise AssertionError("the network was used")

    monkeypatch.setattr(Http, "request", request)
    channel = made(services, OFFICIAL)
    with pytest.raises(errors.Rejected, match="above 20 MB"):
        await channel.fetch(ADDRESS, Media(kind=MediaKind.VIDEO, ref="f", bytes=30_000_000))
