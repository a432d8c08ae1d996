"""Telegram, the way out: what we ask of the Bot API, and what its refusals mean."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from adapters._telegram_settings import TelegramSettings
from assistant import errors
from assistant.buses.memory import MemoryBus
from assistant.channel import Services
from assistant.errors import Rejected, SendError, SettingsError, Throttled
from assistant.http import recording
from assistant.markup import render
from assistant.settings import load
from assistant.types import (
    Address,
    Ask,
    Choice,
    Contacts,
    Dialect,
    Media,
    MediaKind,
    Outbound,
    Part,
    Place,
    Span,
    Text,
    Unsupported,
)
from tests.adapters.api import Answer, FakeApi, fake_api, outbound
from tests.adapters.telegram_spec import FOLDER, judge_call
from tests.adapters.telegram_updates import ADDRESS, BOT, DONE, SENT, TOKEN, made
from tests.clocks import FakeClock

BUSINESS = Address(channel="telegram", account=BOT, peer="42", thread="business:bc1")
DIRECT = Address(channel="telegram", account=BOT, peer="-1009", thread="direct:42")
GUEST = Address(channel="telegram", account=BOT, peer="-1001", thread="guest:gq1")
GROUP = Address(channel="telegram", account=BOT, peer="-1001")


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


def sent_part(address: Address, part: Part, **more: Any) -> Outbound:
    return Outbound(address=address, part=part, idempotency_key="k", **more)


def refused(api: FakeApi, description: str, status: int = 400, **parameters: Any) -> None:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    api.answer(status=status, json=body | ({"parameters": parameters} if parameters else {}))


def methods(api: FakeApi) -> list[str]:
    return [call.path.rsplit("/", 1)[1] for call in api.calls]


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
        (400, "Bad Request: not enough rights to send text messages to the chat", "Rejected"),
        (400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN", "Rejected"),
        (400, "Bad Request: BUSINESS_CONNECTION_INVALID", "Rejected"),
        (400, "Bad Request: something new", "Rejected"),
        (404, "Not Found: method not found", "Rejected"),
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


# --- places within a chat --------------------------------------------------------------------------------


async def test_business_chats_are_answered_in_the_name_of_the_account(
    services: Services, api: FakeApi
) -> None:
    channel = made(services, api.url, business=True)
    api.answer(json=SENT)
    assert (
        await channel.send(outbound(BUSINESS, "hi", reply_to="42:5:business:bc1"))
    ).external_id == "42:7:business:bc1"
    for _ in range(3):
        api.answer(json=DONE)
    await channel.typing(BUSINESS, None)
    await channel.mark_read(BUSINESS, "42:5:business:bc1")
    await channel.delete(BUSINESS, "42:7:business:bc1")
    assert methods(api) == ["sendMessage", "sendChatAction", "readBusinessMessage", "deleteBusinessMessages"]
    assert {call.form["business_connection_id"] for call in api.calls} == {"bc1"}
    assert "message_thread_id" not in api.calls[0].form
    assert json.loads(api.calls[3].form["message_ids"]) == [7]
    with pytest.raises(Rejected):
        await channel.react(BUSINESS, "42:5", "👍")
    refused(api, "Bad Request: BUSINESS_PEER_USAGE_MISSING")
    with pytest.raises(errors.WindowClosed):
        await channel.send(outbound(BUSINESS, "hi"))


async def test_direct_messages_of_a_channel_name_their_topic(services: Services, api: FakeApi) -> None:
    api.answer(json=SENT)
    channel = made(services, api.url)
    await channel.send(outbound(DIRECT, "hi"))
    assert api.calls[0].form["direct_messages_topic_id"] == "42"
    await channel.typing(DIRECT, None)  # which no method can show there
    assert len(api.calls) == 1


async def test_a_guest_answers_once_by_the_query(services: Services, api: FakeApi) -> None:
    api.answer(json={"ok": True, "result": {"inline_message_id": "im1"}})
    api.answer(json=DONE)
    channel = made(services, api.url, guests=True)
    await channel.typing(GUEST, None)
    receipt = await channel.send(outbound(GUEST, "hi 😀 you", Span(kind="bold", offset=5, length=3)))
    assert receipt.external_id == "inline:im1"
    await channel.edit(GUEST, receipt.external_id, Text(text="hello"))
    assert methods(api) == ["answerGuestQuery", "editMessageText"]
    result = json.loads(api.calls[0].form["result"])
    assert (api.calls[0].form["guest_query_id"], result["type"]) == ("gq1", "article")
    assert result["input_message_content"]["message_text"] == "hi 😀 you"
    assert result["input_message_content"]["entities"] == [{"type": "bold", "offset": 6, "length": 3}]
    assert api.calls[1].form["inline_message_id"] == "im1"
    with pytest.raises(Rejected):
        await channel.send(sent_part(GUEST, Place(latitude=1, longitude=2)))
    with pytest.raises(Rejected):
        await channel.delete(GUEST, receipt.external_id)


async def test_a_guest_s_question_has_its_choices_written_out(services: Services, api: FakeApi) -> None:
    """A button pressed there comes without its chat: nobody could be answered."""
    api.answer(json={"ok": True, "result": {"inline_message_id": "im1"}})
    ask = Ask(text="Which?", choices=(Choice(id="a", title="Red"), Choice(id="b", title="Blue")))
    await made(services, api.url, guests=True).send(sent_part(GUEST, ask))
    result = json.loads(api.calls[0].form["result"])
    assert result["input_message_content"]["message_text"] == "Which?\n- Red\n- Blue"
    assert "reply_markup" not in result


# --- other parts -----------------------------------------------------------------------------------------


async def test_a_question_has_its_choices_below_it(services: Services, api: FakeApi) -> None:
    channel = made(services, api.url)
    for titles, rows in ((("Yes", "No", "Later"), [2, 1]), (("Yes", "I would rather not say"), [1, 1])):
        api.answer(json=SENT)
        choices = tuple(Choice(id=f"c{index}", title=title) for index, title in enumerate(titles))
        await channel.send(sent_part(ADDRESS, Ask(text="Well?", choices=choices)))
        keyboard = json.loads(api.calls[-1].form["reply_markup"])["inline_keyboard"]
        assert [len(row) for row in keyboard] == rows
        buttons = [button for row in keyboard for button in row]
        assert buttons == [
            {"text": title, "callback_data": f"c{index}"} for index, title in enumerate(titles)
        ]
    for odd in ("", "ü" * 33):
        with pytest.raises(Rejected):
            await channel.send(sent_part(ADDRESS, Ask(text="?", choices=(Choice(id=odd, title="x"),))))


async def test_a_place_with_a_name_is_a_venue(services: Services, api: FakeApi) -> None:
    channel = made(services, api.url)
    api.answer(json=SENT)
    api.answer(json=SENT)
    await channel.send(sent_part(ADDRESS, Place(latitude=1.5, longitude=2)))
    await channel.send(sent_part(ADDRESS, Place(latitude=1.5, longitude=2, name="Bar")))
    assert methods(api) == ["sendLocation", "sendVenue"]
    assert (api.calls[0].form["latitude"], api.calls[1].form["title"]) == ("1.5", "Bar")
    assert api.calls[1].form["address"]


@pytest.mark.parametrize(
    "part",
    [
        Contacts(names=("Bea",)),
        Unsupported(kind="x"),
        Choice(id="a", title="b"),
        Media(kind=MediaKind.STICKER, ref="r"),
        Media(kind=MediaKind.IMAGE, ref="r"),
    ],
)
async def test_what_telegram_has_no_form_for_is_refused_at_once(
    services: Services, api: FakeApi, part: Part
) -> None:
    with pytest.raises(Rejected):
        await made(services, api.url).send(sent_part(ADDRESS, part))
    assert not api.calls


async def test_a_file_that_is_gone_is_refused(services: Services, api: FakeApi, tmp_path: Path) -> None:
    part = Media(kind=MediaKind.DOCUMENT, ref="r")
    with pytest.raises(Rejected):
        await made(services, api.url).send(sent_part(ADDRESS, part, file=tmp_path / "gone"))
    assert not api.calls


async def test_a_photo_that_telegram_cannot_use_goes_as_a_document(
    services: Services, api: FakeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = tmp_path / "p.jpg"
    photo.write_bytes(b"\xff\xd8\xff" + bytes(50))
    channel = made(services, api.url)
    refused(api, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    api.answer(json=SENT)
    await channel.send(sent_part(ADDRESS, Media(kind=MediaKind.IMAGE, ref="r", caption="look"), file=photo))
    assert methods(api) == ["sendPhoto", "sendDocument"]
    assert all(b"look" in call.body and photo.read_bytes() in call.body for call in api.calls)
    monkeypatch.setattr("adapters._telegram_forms.PHOTO_BYTES", 50)
    api.calls.clear()
    refused(api, "Bad Request: CHAT_WRITE_FORBIDDEN", 403)
    with pytest.raises(Rejected):
        await channel.send(sent_part(ADDRESS, Media(kind=MediaKind.IMAGE, ref="r"), file=photo))
    assert methods(api) == ["sendDocument"]


async def test_somebody_who_takes_no_voice_messages_hears_an_audio_file(
    services: Services, api: FakeApi, tmp_path: Path
) -> None:
    voice = tmp_path / "v.ogg"
    voice.write_bytes(b"OggS" + bytes(50))
    refused(api, "Bad Request: VOICE_MESSAGES_FORBIDDEN")
    api.answer(json=SENT)
    await made(services, api.url).send(
        sent_part(ADDRESS, Media(kind=MediaKind.VOICE, ref="r", seconds=3.4), file=voice)
    )
    assert methods(api) == ["sendVoice", "sendAudio"]


# --- what is already there -------------------------------------------------------------------------------


async def test_nothing_to_change_is_as_good_as_changed(services: Services, api: FakeApi) -> None:
    channel = made(services, api.url)
    refused(api, "Bad Request: message is not modified: specified new message content is the same")
    await channel.edit(ADDRESS, "42:7", Text(text="hi"))
    refused(api, "Bad Request: message to delete not found")
    await channel.delete(ADDRESS, "42:7")
    refused(api, "Bad Request: message can't be deleted for everyone")
    with pytest.raises(Rejected):
        await channel.delete(ADDRESS, "42:7")
    refused(api, "Bad Request: message to edit not found")
    with pytest.raises(Rejected):
        await channel.edit(ADDRESS, "42:7", Text(text="hi"))


async def test_only_messages_can_be_changed(services: Services, api: FakeApi) -> None:
    channel = made(services, api.url)
    for odd in ("callback:12345", "", "42:", "42:x", "x:7"):
        with pytest.raises(Rejected):
            await channel.edit(ADDRESS, odd, Text(text="hi"))
        with pytest.raises(Rejected):
            await channel.delete(ADDRESS, odd)
        with pytest.raises(Rejected):
            await channel.react(ADDRESS, odd, "👍")
    with pytest.raises(Rejected):
        await channel.edit(ADDRESS, "42:7", Place(latitude=1, longitude=2))
    assert not api.calls


async def test_only_telegrams_own_reactions_are_asked_for(services: Services, api: FakeApi) -> None:
    channel = made(services, api.url)
    for emoji, wanted in (("👍", ["👍"]), ("❤️", ["❤"]), (None, [])):
        api.answer(json=DONE)
        await channel.react(ADDRESS, "42:5", emoji)
        reaction = json.loads(api.calls[-1].form["reaction"])
        assert [entry["emoji"] for entry in reaction] == wanted
        assert api.calls[-1].form["message_id"] == "5"
    with pytest.raises(Rejected):
        await channel.react(ADDRESS, "42:5", "🧮")
    assert len(api.calls) == 3


# --- pressed buttons -------------------------------------------------------------------------------------


async def test_a_pressed_button_stops_spinning_once(services: Services, api: FakeApi) -> None:
    channel = made(services, api.url)
    api.answer(json=DONE)
    await channel.mark_read(ADDRESS, "callback:4382")
    assert (methods(api), api.calls[0].form["callback_query_id"]) == (["answerCallbackQuery"], "4382")
    api.answer(json=SENT)
    await channel.send(outbound(ADDRESS, "hi", reply_to="callback:4382"))
    assert methods(api) == ["answerCallbackQuery", "sendMessage"]
    assert "reply_parameters" not in api.calls[1].form


async def test_an_answer_leaves_though_the_button_cannot_be_confirmed(
    services: Services, api: FakeApi
) -> None:
    refused(api, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    api.answer(json=SENT)
    await made(services, api.url).send(outbound(ADDRESS, "hi", reply_to="callback:1"))
    assert methods(api) == ["answerCallbackQuery", "sendMessage"]


async def test_ordinary_messages_cannot_be_shown_as_read(services: Services, api: FakeApi) -> None:
    await made(services, api.url).mark_read(ADDRESS, "42:5")
    assert not api.calls


# --- drafts ----------------------------------------------------------------------------------------------


async def test_a_draft_grows_in_private_chats_and_can_be_stopped(services: Services, api: FakeApi) -> None:
    channel = made(services, api.url)
    topic = Address(channel="telegram", account=BOT, peer="42", thread="9")
    assert [channel.drafts(where) for where in (ADDRESS, topic, GROUP, BUSINESS, GUEST, DIRECT)] == [
        *(True, True, False, False, False, False),
    ]
    assert not made(services, api.url, drafts=False).drafts(ADDRESS)
    for text in ("", "so f", "x" * 5000 + "😀"):
        api.answer(json=DONE)
        await channel.draft(topic, 2**40 + 5, text)
    await channel.draft(GROUP, 5, "not here")
    assert methods(api) == ["sendMessageDraft"] * 3
    form = api.calls[1].form
    assert (form["chat_id"], form["draft_id"], form["text"]) == ("42", "5", "so f")
    assert (form["can_stop"], form["message_thread_id"]) == ("true", "9")
    assert api.calls[0].form.get("text", "") == ""
    assert len(api.calls[2].form["text"]) == 4096


async def test_a_server_without_drafts_is_asked_once(services: Services, api: FakeApi) -> None:
    channel = made(services, api.url)
    refused(api, "Not Found: method not found", 404)
    with pytest.raises(Rejected):
        await channel.draft(ADDRESS, 5, "x")
    assert not channel.drafts(ADDRESS)
    await channel.draft(ADDRESS, 5, "x")
    assert len(api.calls) == 1


# --- pace ------------------------------------------------------------------------------------------------


async def test_what_can_be_left_out_is_left_out_when_many_write(
    services: Services, api: FakeApi, clock: FakeClock
) -> None:
    channel = made(services, api.url)
    for _ in range(8):
        api.answers = [Answer(json=DONE), Answer(json=DONE)]
        await channel.typing(ADDRESS, None)
        await channel.draft(ADDRESS, 5, "x")
    assert len(api.calls) == 5
    clock.advance(1)
    await channel.typing(ADDRESS, None)
    assert len(api.calls) == 6


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch, clock: FakeClock) -> FakeClock:
    """Waiting for a turn moves the clock instead."""

    async def sleep(seconds: float) -> None:
        clock.advance(seconds)

    monkeypatch.setattr("adapters._telegram_pace.asyncio.sleep", sleep)
    return clock


async def test_a_group_gets_at_most_twenty_messages_a_minute(
    services: Services, api: FakeApi, waiting: FakeClock
) -> None:
    channel = made(services, api.url)
    refusals = []
    while waiting.monotonic() < 59:
        api.answers = [Answer(json=SENT)]
        try:
            await channel.send(outbound(GROUP, "hi"))
        except Throttled as error:
            refusals.append(error)
        waiting.advance(0.5)
    assert 15 <= len(api.calls) <= 20
    assert all(error.retry_after and not error.account_wide for error in refusals)
    await channel.send(outbound(ADDRESS, "hi"))  # others are not kept waiting


async def test_repeated_flood_waits_are_meant_for_the_whole_bot(
    services: Services, api: FakeApi, waiting: FakeClock
) -> None:
    channel, wide = made(services, api.url), []
    for pause in (1, 1, 1, 60, 1):
        refused(api, "Too Many Requests: retry after 2", 429, retry_after=2)
        with pytest.raises(Throttled) as raised:
            await channel.send(outbound(ADDRESS, "hi"))
        wide.append(raised.value.account_wide)
        waiting.advance(pause)
    assert wide == [False, False, True, True, False]


async def test_an_edit_waits_a_moment_for_its_turn_and_a_message_had_it_before(
    services: Services, api: FakeApi, waiting: FakeClock
) -> None:
    channel = made(services, api.url)
    for _ in range(8):
        api.answer(json=SENT)
        await channel.send(outbound(ADDRESS, "hi"))
    assert len(api.calls) == 8 and waiting.monotonic() == 0
    for _ in range(8):
        api.answer(json=DONE)
        await channel.delete(ADDRESS, "42:7")
    assert len(api.calls) == 16 and waiting.monotonic() > 0.1


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


def test_without_a_webhook_no_secret_is_needed() -> None:
    assert load(TelegramSettings, "telegram", {"token": TOKEN, "polling": True}).configured()
    assert load(TelegramSettings, "telegram", {"token": TOKEN}).missing() == ["secret_token"]
