"""Telegram: what updates mean, and what we ask of the Bot API."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from pydantic import SecretStr

from adapters.telegram import ALLOWED_UPDATES, Telegram, TelegramSettings
from assistant import errors
from assistant.channel import Services
from assistant.errors import SendError, SettingsError, Throttled
from assistant.events import (
    ContactLeft,
    Event,
    IdentityChanged,
    MessageEdited,
    MessageReceived,
    Reacted,
    Unread,
)
from assistant.http import recording
from assistant.markup import render
from assistant.settings import load
from assistant.types import (
    Address,
    Alias,
    Audience,
    Choice,
    Contacts,
    Dialect,
    Outbound,
    Place,
    Sender,
    Span,
    Text,
    Unsupported,
    WebhookRequest,
)
from tests.adapters.api import FakeApi, outbound

BOT, TOKEN = "110201543", "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
ADDRESS = Address(channel="telegram", account=BOT, peer="42")
AT = datetime.fromtimestamp(1790000000, UTC)
ANA = {
    "id": 42,
    "is_bot": False,
    "first_name": "Ana",
    "last_name": "B",
    "username": "ana_b",
    "language_code": "es",
}
PRIVATE = {"id": 42, "type": "private"}
GROUP = {"id": -1001, "type": "supergroup", "title": "Friends"}
SENT = {"ok": True, "result": {"message_id": 7, "date": 1790000001, "chat": PRIVATE}}


def made(services: Services, url: str = "http://127.0.0.1:9", username: str = "OurBot") -> Telegram:
    settings = TelegramSettings(
        token=SecretStr(TOKEN), secret_token=SecretStr("a_secret"), username=username, api_url=url + "/"
    )
    return Telegram(settings, services)


@pytest.fixture
def channel(services: Services) -> Telegram:
    return made(services)


def parse(channel: Telegram, **update: Any) -> Event:
    body = json.dumps({"update_id": 1, **update}).encode()
    (event,) = channel.parse(WebhookRequest(method="POST", headers={}, body=body))
    return event


def message(**more: Any) -> dict[str, Any]:
    return {"message_id": 5, "from": ANA, "chat": PRIVATE, "date": 1790000000, **more}


def got(channel: Telegram, **more: Any) -> MessageReceived:
    event = parse(channel, message=message(**more))
    assert isinstance(event, MessageReceived), event
    return event


# --- updates ---------------------------------------------------------------------------------------------


def test_a_text_says_who_wrote_where_and_when(channel: Telegram) -> None:
    assert got(channel, text="hola 😀") == MessageReceived(
        address=ADDRESS,
        sender=Sender(
            external_id="42",
            aliases=(Alias(kind="user", value="42"), Alias(kind="username", value="ana_b")),
            name="Ana B",
            locale="es",
        ),
        external_id="42:5",
        sent_at=AT,
        parts=(Text(text="hola 😀"),),
    )


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ({"photo": [{"file_id": "x"}], "caption": "look"}, (Text(text="look"), Unsupported(kind="photo"))),
        ({"voice": {"file_id": "x"}}, (Unsupported(kind="voice"),)),
        ({"animation": {"file_id": "x"}, "document": {"file_id": "x"}}, (Unsupported(kind="animation"),)),
        ({"sticker": {"emoji": "😀"}}, (Unsupported(kind="sticker"),)),
        ({"poll": {"question": "?"}}, (Unsupported(kind="poll"),)),
        ({"location": {"latitude": 1, "longitude": 2}}, (Place(latitude=1.0, longitude=2.0),)),
        (
            {
                "venue": {"title": "Bar", "location": {"latitude": 1, "longitude": 2}},
                "location": {"latitude": 1, "longitude": 2},
            },
            (Place(latitude=1.0, longitude=2.0, name="Bar"),),
        ),
        ({"contact": {"first_name": "Bea", "phone_number": "1"}}, (Contacts(names=("Bea",)),)),
        (
            {
                "rich_message": {
                    "blocks": [
                        {"type": "paragraph", "text": ["Hello ", {"type": "bold", "text": "you"}]},
                        {"type": "list", "items": [{"blocks": [{"type": "paragraph", "text": "one"}]}]},
                    ]
                }
            },
            (Text(text="Hello you\none"),),
        ),
    ],
)
def test_kinds_of_messages(channel: Telegram, content: dict[str, Any], parts: tuple[Any, ...]) -> None:
    assert got(channel, **content).parts == parts


@pytest.mark.parametrize(
    ("text", "entities", "expected"),
    [
        (
            "😀 here now",
            [{"type": "text_link", "offset": 3, "length": 4, "url": "https://e.org"}],
            "😀 here (https://e.org) now",
        ),
        (
            "https://e.org/",
            [{"type": "text_link", "offset": 0, "length": 14, "url": "https://e.org"}],
            "https://e.org/",
        ),
        ("😀x = 1", [{"type": "pre", "offset": 2, "length": 5, "language": "py"}], "😀```py\nx = 1\n```"),
        ("run ls", [{"type": "code", "offset": 4, "length": 2}], "run `ls`"),
        (
            "ab",
            [
                {"type": "text_link", "offset": 0, "length": 1, "url": "u:1"},
                {"type": "text_link", "offset": 1, "length": 1, "url": "u:2"},
            ],
            "a (u:1)b (u:2)",
        ),
        ("😀", [{"type": "text_link", "offset": 1, "length": 1, "url": "u:1"}], "😀"),
        (
            "x",
            [{"type": "text_link", "offset": 0, "length": 99, "url": "u:1"}, {"type": "code"}, None, 5],
            "x",
        ),
        ("x", "nonsense", "x"),
    ],
)
def test_hidden_addresses_and_code_are_written_out(
    channel: Telegram, text: str, entities: Any, expected: str
) -> None:
    assert got(channel, text=text, entities=entities).parts == (Text(text=expected),)
    captioned = got(channel, photo=[{}], caption=text, caption_entities=entities)
    assert captioned.parts[0] == Text(text=expected)


def mention(text: str, of: str, kind: str = "mention", **more: Any) -> dict[str, Any]:
    place = text.index(of)
    offset = len(text[:place].encode("utf-16-le")) // 2
    return {"text": text, "entities": [{"type": kind, "offset": offset, "length": len(of), **more}]}


@pytest.mark.parametrize(
    ("content", "addressed"),
    [
        ({"text": "hello all"}, False),
        (mention("😀 @OurBot hey", "@OurBot"), True),
        (mention("@ourbot hey", "@ourbot"), True),
        (mention("@ourbot2 hey", "@ourbot2"), False),
        (mention("you there", "you", "text_mention", user={"id": int(BOT)}), True),
        (mention("you there", "you", "text_mention", user={"id": 9}), False),
        (mention("/start now", "/start", "bot_command"), True),
        (mention("/start@OurBot", "/start@OurBot", "bot_command"), True),
        (mention("/start@Other", "/start@Other", "bot_command"), False),
        (
            {"text": "yes", "reply_to_message": {"message_id": 3, "from": {"id": int(BOT), "is_bot": True}}},
            True,
        ),
        ({"text": "yes", "reply_to_message": {"message_id": 3, "from": {"id": 9}}}, False),
        (mention("/start", "/start", "bot_command") | {"from": {**ANA, "is_bot": True}}, False),
    ],
)
def test_in_a_group_only_what_is_meant_for_us_is_answered(
    channel: Telegram, content: dict[str, Any], addressed: bool
) -> None:
    event = got(channel, **{"chat": GROUP, **content})
    assert event.audience is Audience.GROUP
    assert event.addressed is addressed


def test_bots_are_never_answered(channel: Telegram) -> None:
    assert not got(channel, text="hi", **{"from": {**ANA, "is_bot": True}}).addressed


def test_an_anonymous_admin_writes_as_the_group(channel: Telegram) -> None:
    fake = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    event = got(channel, text="hi", chat=GROUP, sender_chat=GROUP, **{"from": fake})
    assert (event.sender.external_id, event.sender.name) == ("-1001", "Friends")


def test_a_topic_is_a_thread_and_a_reply_chain_is_not(channel: Telegram) -> None:
    opening = {"message_id": 77, "from": {"id": int(BOT)}}
    topic = got(
        channel, text="x", chat=GROUP, message_thread_id=77, is_topic_message=True, reply_to_message=opening
    )
    assert (topic.address.thread, topic.reply_to, topic.addressed) == ("77", None, False)
    chain = got(channel, text="x", chat=GROUP, message_thread_id=77, reply_to_message={"message_id": 70})
    assert (chain.address.thread, chain.reply_to) == (None, "-1001:70")


def test_forwards_are_marked(channel: Telegram) -> None:
    assert got(channel, text="x", forward_origin={"type": "user"}).forwarded


def test_edits_buttons_blocks_and_reactions(channel: Telegram) -> None:
    edited = parse(channel, edited_message=message(text="new", edit_date=1790000000))
    assert edited == MessageEdited(address=ADDRESS, external_id="42:5", at=AT, parts=(Text(text="new"),))
    keyboard = {
        "inline_keyboard": [[{"text": "No", "callback_data": "n"}, {"text": "Yes", "callback_data": "y"}]]
    }
    hanging = message(text="?", reply_markup=keyboard)
    pressed = parse(channel, callback_query={"id": "c1", "from": ANA, "message": hanging, "data": "y"})
    assert isinstance(pressed, MessageReceived)
    assert pressed.parts == (Choice(id="y", title="Yes"),)
    assert (pressed.external_id, pressed.reply_to) == ("callback:c1", "42:5")
    for status, gone in (("kicked", True), ("member", False)):
        change = {"chat": PRIVATE, "from": ANA, "date": 1790000000, "new_chat_member": {"status": status}}
        assert parse(channel, my_chat_member=change) == ContactLeft(address=ADDRESS, at=AT, gone=gone)
    base = {"chat": PRIVATE, "message_id": 5, "user": ANA, "date": 1790000000}
    for new, emoji in (([{"type": "emoji", "emoji": "👍"}], "👍"), ([], None), ([{"type": "paid"}], "paid")):
        reacted = parse(channel, message_reaction={**base, "old_reaction": [], "new_reaction": new})
        assert isinstance(reacted, Reacted)
        assert (reacted.external_id, reacted.emoji) == ("42:5", emoji)


def test_a_group_that_moved_keeps_its_identity(channel: Telegram) -> None:
    event = parse(channel, message=message(chat={"id": -5, "type": "group"}, migrate_to_chat_id=-1005))
    assert isinstance(event, IdentityChanged)
    assert (event.previous.value, event.current.value) == ("-5", "-1005")


@pytest.mark.parametrize(
    ("update", "reason"),
    [
        ({"stopped_message_generation": {"chat": PRIVATE, "draft_id": 1}}, "stopped_message_generation"),
        ({"business_message": message(text="x")}, "business_message"),
        ({"inline_query": {"id": "1"}}, "inline_query"),
        ({"message": message(new_chat_members=[ANA])}, "message.new_chat_members"),
        ({"message": message(text="x", date=None)}, "date"),
        ({"message": {**message(text="x"), "chat": None}}, "chat.id"),
        ({"callback_query": {"id": "1", "from": ANA, "message": message()}}, "callback_query.data"),
        ({"edited_message": message()}, "edited_message.empty"),
        ({}, "update"),
    ],
)
def test_what_no_rule_reads_is_kept(channel: Telegram, update: dict[str, Any], reason: str) -> None:
    event = parse(channel, **update)
    assert isinstance(event, Unread)
    assert (event.reason, event.account) == (reason, BOT)


def test_receiving_does_not_load_the_client_library() -> None:
    code = (
        "import sys; from adapters.telegram import CHANNEL as C; from assistant.channel import Services;"
        "e = C.example(); c = C(e.settings, Services(http=None, bus=None, clock=None));"
        "c.authenticate(e.request); c.parse(e.request); print('telegram' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "False"


# --- sending ---------------------------------------------------------------------------------------------


async def test_a_text_is_sent_with_entities_in_utf16(services: Services, api: FakeApi) -> None:
    api.answer(json=SENT)
    text = render("😀 **bold** [site](https://e.org)\n\n```py\nx\n```", Dialect.SPANS)
    threaded = Address(channel="telegram", account=BOT, peer="-1001", thread="77")
    sent = Outbound(address=threaded, part=text, idempotency_key="k", reply_to="-1001:9")
    receipt = await made(services, api.url).send(sent)
    assert receipt.external_id == "-1001:7"
    (call,) = api.calls
    assert (call.method, call.path) == ("POST", f"/bot{TOKEN}/sendMessage")
    assert call.headers["content-type"] == "application/x-www-form-urlencoded"
    form = call.form
    assert (form["chat_id"], form["text"], form["message_thread_id"]) == ("-1001", "😀 bold site\n\nx", "77")
    assert json.loads(form["entities"]) == [
        {"type": "bold", "offset": 3, "length": 4},
        {"type": "text_link", "offset": 8, "length": 4, "url": "https://e.org"},
        {"type": "pre", "offset": 14, "length": 1, "language": "py"},
    ]
    assert json.loads(form["reply_parameters"]) == {"message_id": 9, "allow_sending_without_reply": True}
    assert json.loads(form["link_preview_options"]) == {"is_disabled": True}


async def test_every_request_has_only_names_the_bot_api_knows(
    services: Services, api: FakeApi, platform_data: Path
) -> None:
    methods = orjson.loads((platform_data / "telegram-spec" / "api.json").read_bytes())["methods"]
    info = {
        "url": "https://a.b/webhooks/telegram",
        "has_custom_certificate": False,
        "pending_update_count": 0,
    }
    api.answer(json=SENT)
    api.answer(json={"ok": True, "result": True})
    api.answer(json={"ok": True, "result": True})
    api.answer(json={"ok": True, "result": info})
    channel = made(services, api.url)
    await channel.send(outbound(ADDRESS, "hi", Span(kind="bold", offset=0, length=2), reply_to="42:5"))
    await channel.typing(ADDRESS, None)
    sentence = await channel.register("https://a.b/")
    assert "https://a.b/webhooks/telegram" in sentence
    assert [call.path.rsplit("/", 1)[1] for call in api.calls] == [
        *("sendMessage", "sendChatAction", "setWebhook", "getWebhookInfo"),
    ]
    for call in api.calls:
        fields = {field["name"]: field for field in methods[call.path.rsplit("/", 1)[1]].get("fields", [])}
        assert set(call.form) <= set(fields)
        assert {name for name, field in fields.items() if field["required"]} <= set(call.form)
    webhook = api.calls[2].form
    assert (webhook["url"], webhook["secret_token"]) == ("https://a.b/webhooks/telegram", "a_secret")
    assert json.loads(webhook["allowed_updates"]) == ALLOWED_UPDATES


async def test_probe_tells_of_a_missing_webhook_and_of_privacy_mode(services: Services, api: FakeApi) -> None:
    me = {"id": int(BOT), "is_bot": True, "first_name": "Bot", "username": "OurBot"}
    for url in ("https://a.b/webhooks/telegram", ""):
        api.answer(json={"ok": True, "result": me})
        webhook = {"url": url, "has_custom_certificate": False, "pending_update_count": 3}
        api.answer(json={"ok": True, "result": webhook})
    api.answer(status=401, json={"ok": False, "error_code": 401, "description": "Unauthorized"})
    channel = made(services, api.url)
    good, unset, bad = (
        (await channel.probe(""))[0],
        (await channel.probe(""))[0],
        (await channel.probe(""))[0],
    )
    assert (good.ok, unset.ok, bad.ok) == (True, False, False)
    assert "privacy mode" in good.sentence
    assert "no webhook" in unset.sentence


async def test_unusable_entities_are_left_out_once(services: Services, api: FakeApi) -> None:
    refused = {"ok": False, "error_code": 400, "description": "Bad Request: can't parse entities: at 0"}
    api.answer(status=400, json=refused)
    api.answer(json=SENT)
    span = Span(kind="bold", offset=0, length=2)
    await made(services, api.url).send(outbound(ADDRESS, "hi", span))
    assert ["entities" in call.form for call in api.calls] == [True, False]
    api.answer(status=400, json=refused)
    with pytest.raises(errors.Rejected):
        await made(services, api.url).send(outbound(ADDRESS, "hi"))
    assert len(api.calls) == 3


async def test_a_moved_group_and_a_lost_topic_still_get_the_message(services: Services, api: FakeApi) -> None:
    parameters = {"migrate_to_chat_id": -1005}
    api.answer(
        status=400, json={"ok": False, "description": "Bad Request: upgraded", "parameters": parameters}
    )
    api.answer(status=400, json={"ok": False, "description": "Bad Request: message thread not found"})
    api.answer(json=SENT)
    threaded = Address(channel="telegram", account=BOT, peer="-5", thread="77")
    receipt = await made(services, api.url).send(outbound(threaded, "hi"))
    assert receipt.external_id == "-1005:7"
    places = [(call.form["chat_id"], call.form.get("message_thread_id")) for call in api.calls]
    assert places == [("-5", "77"), ("-1005", "77"), ("-1005", None)]


@pytest.mark.parametrize(
    ("status", "description", "expected"),
    [
        (401, "Unauthorized", "Misconfigured"),
        (404, "Not Found", "Misconfigured"),
        (409, "Conflict: terminated by other getUpdates", "Misconfigured"),
        (403, "Forbidden: bot was blocked by the user", "RecipientGone"),
        (403, "Forbidden: user is deactivated", "RecipientGone"),
        (403, "Forbidden: something new", "RecipientGone"),
        (403, "Forbidden: not enough rights to send text messages to the chat", "Rejected"),
        (400, "Bad Request: chat not found", "RecipientGone"),
        (400, "Bad Request: TOPIC_CLOSED", "Rejected"),
        (400, "Bad Request: have no rights to send a message", "Rejected"),
        (400, "Bad Request: message is too long", "Rejected"),
        (400, "Bad Request: something new", "Rejected"),
        (413, "Request Entity Too Large", "Rejected"),
        (500, "Internal Server Error", "Uncertain"),
        (502, None, "Uncertain"),
        (503, None, "Unavailable"),
        (302, None, "Misconfigured"),
        (403, None, "Misconfigured"),
        (200, None, "Uncertain"),
    ],
)
async def test_refusals(
    services: Services, api: FakeApi, status: int, description: str | None, expected: str
) -> None:
    answer = {"ok": False, "error_code": status, "description": description} if description else None
    api.answer(status=status, json=answer, text="<html>busy</html>")
    with pytest.raises(SendError) as raised:
        await made(services, api.url).send(outbound(ADDRESS, "private words"))
    assert type(raised.value) is getattr(errors, expected)
    assert "private words" not in str(raised.value)
    assert TOKEN not in str(raised.value)


@pytest.mark.parametrize(("seconds", "account_wide"), [(3, False), (120, True)])
async def test_a_flood_wait_is_kept(
    services: Services, api: FakeApi, seconds: int, account_wide: bool
) -> None:
    parameters = {"retry_after": seconds}
    api.answer(
        status=429, json={"ok": False, "error_code": 429, "description": "Too Many", "parameters": parameters}
    )
    with pytest.raises(Throttled) as raised:
        await made(services, api.url).send(outbound(ADDRESS, "hi"))
    assert (raised.value.retry_after, raised.value.account_wide) == (seconds, account_wide)


async def test_without_a_connection_nothing_was_sent_and_without_an_answer_nobody_knows(
    services: Services, api: FakeApi
) -> None:
    with pytest.raises(errors.Unavailable):
        await made(services, "http://127.0.0.1:9").send(outbound(ADDRESS, "x"))
    api.answer(hang_up=True)
    with pytest.raises(errors.Uncertain):
        await made(services, api.url).send(outbound(ADDRESS, "x"))
    api.answer(json={"ok": True, "result": {"message_id": "seven"}})
    with pytest.raises(errors.Uncertain):
        await made(services, api.url).send(outbound(ADDRESS, "x"))


async def test_neither_token_nor_text_reaches_a_log(
    services: Services, api: FakeApi, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    api.answer(json=SENT)
    api.answer(status=500, text="private words come back")
    api.answer(status=200, text="private words come back")
    channel = made(services, api.url)
    with recording() as exchanges:
        await channel.send(outbound(ADDRESS, "private words"))
        for _ in range(2):
            with pytest.raises(errors.Uncertain):
                await channel.send(outbound(ADDRESS, "private words"))
    ours = [record for record in caplog.records if not record.name.startswith("aiohttp.access")]
    assert not any(TOKEN in record.getMessage() or "private" in record.getMessage() for record in ours)
    assert TOKEN not in repr(exchanges)


async def test_odd_characters_are_sent_as_something_every_parser_takes(
    services: Services, api: FakeApi
) -> None:
    api.answer(json=SENT)
    await made(services, api.url).send(
        outbound(ADDRESS, "a\x00b \ud83d", Span(kind="bold", offset=0, length=1))
    )
    assert api.calls[0].form["text"] == "ab ?"
    assert "entities" not in api.calls[0].form


# --- settings --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values", [{"token": "no-colon"}, {"secret_token": "not allowed!"}, {"api_url": "ftp://x"}]
)
def test_wrong_settings_are_named_and_not_shown(values: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as raised:
        load(TelegramSettings, "telegram", values)
    ((name, given),) = values.items()
    assert f"telegram.{name}" in str(raised.value)
    assert given not in str(raised.value)
