"""The Bot API stand-in, used by python-telegram-bot, which it was not written for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
from telegram import Bot, MessageEntity, ReplyParameters
from telegram.error import (
    BadRequest,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)
from telegram.request import HTTPXRequest

from adapters.sandbox import Kind, Phone, Sandbox

from .listener import Listener, waiting


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    bot = Bot(sandbox.telegram.token, base_url=f"{sandbox.telegram_url}/bot", request=HTTPXRequest())
    await bot.initialize()
    yield bot
    await bot.shutdown()


@pytest.fixture
def lucia(sandbox: Sandbox) -> Phone:
    return sandbox.phone("telegram", "Lucía", locale="es")


async def test_it_knows_itself(sandbox: Sandbox, bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.is_bot, me.username) == (sandbox.telegram.bot_id, True, "sandbox_bot")


async def test_a_text_with_entities_and_a_quote(
    sandbox: Sandbox, listener: Listener, bot: Bot, lucia: Phone
) -> None:
    said = await lucia.say("hola")
    assert await bot.send_chat_action(lucia.id, "typing")
    entities = [MessageEntity(MessageEntity.BOLD, offset=3, length=4)]
    sent = await bot.send_message(
        lucia.id, "👋 hola", entities=entities, reply_parameters=ReplyParameters(message_id=int(said))
    )
    heard = await lucia.wait_reply(2)
    assert (heard.text, heard.external_id, heard.reply_to) == ("👋 hola", str(sent.message_id), said)
    assert heard.typing_at is not None
    assert sent.parse_entities() == {entities[0]: "hola"}
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "hola"
    assert sent.from_user is not None
    assert sent.from_user.is_bot


async def test_text_that_looks_like_json_stays_text(bot: Bot, lucia: Phone) -> None:
    await bot.send_message(lucia.id, '[1, {"a": 2}]')
    assert lucia.inbox[0].text == '[1, {"a": 2}]'


async def test_edit_and_delete(sandbox: Sandbox, bot: Bot, lucia: Phone) -> None:
    sent = await bot.send_message(lucia.id, "one")
    edited = await bot.edit_message_text("two", chat_id=lucia.id, message_id=sent.message_id)
    assert lucia.inbox[0].text == "two"
    assert edited is not True
    assert edited.edit_date is not None
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.edit_message_text("two", chat_id=lucia.id, message_id=sent.message_id)
    assert await bot.delete_message(lucia.id, sent.message_id)
    with pytest.raises(BadRequest, match=r"(?i)message to delete not found"):
        await bot.delete_message(lucia.id, sent.message_id)
    heard = [item.status for item in sandbox.stream.history if item.kind is Kind.HEARD]
    assert heard == [None, "edited", "deleted"]


async def test_drafts_show_as_typing(bot: Bot, lucia: Phone) -> None:
    assert await bot.send_message_draft(chat_id=int(lucia.id), draft_id=7, text="so f")
    assert lucia.typing_at is not None
    assert lucia.inbox == []


async def test_setting_a_webhook_moves_the_updates_there(
    sandbox: Sandbox, listener: Listener, bot: Bot, lucia: Phone
) -> None:
    url = f"{listener.url}/webhooks/telegram"
    assert await bot.set_webhook(url, secret_token="abc_-1", allowed_updates=["message"], max_connections=7)
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections, info.allowed_updates) == (url, 7, ("message",))
    await lucia.say("hola")
    assert listener.received[-1].headers["x-telegram-bot-api-secret-token"] == "abc_-1"
    with pytest.raises(Conflict):
        await bot.get_updates()
    for wrong in ("http://example.com/", "https://example.com:8080/"):
        with pytest.raises(BadRequest, match=r"(?i)bad webhook"):
            await bot.set_webhook(wrong)
    with pytest.raises(BadRequest, match=r"(?i)secret token"):
        await bot.set_webhook(url, secret_token="no spaces")


async def test_a_failing_webhook_shows_in_its_info(
    sandbox: Sandbox, listener: Listener, bot: Bot, lucia: Phone
) -> None:
    sandbox.telegram.retry_seconds = 5
    listener.statuses.extend([500, 500])
    await lucia.say("hola")
    await listener.until(2)
    info = await bot.get_webhook_info()
    assert info.pending_update_count == 1
    assert info.last_error_message == "Wrong response from the webhook: 500"


async def test_updates_can_be_fetched_instead(sandbox: Sandbox, bot: Bot, lucia: Phone) -> None:
    poll = await waiting(sandbox.telegram, bot.get_updates(timeout=5))
    await lucia.say("uno")
    (first,) = await poll
    assert first.message is not None
    assert first.message.text == "uno"
    await lucia.say("dos")
    (second,) = await bot.get_updates(offset=first.update_id + 1)
    assert second.message is not None
    assert second.message.text == "dos"
    assert await bot.get_updates(offset=second.update_id + 1) == ()


async def test_what_waited_is_delivered_once_a_webhook_is_set(
    sandbox: Sandbox, listener: Listener, bot: Bot, lucia: Phone
) -> None:
    await bot.delete_webhook()
    await lucia.say("uno")
    await lucia.say("dos")
    assert (await bot.get_webhook_info()).pending_update_count == 2
    await bot.set_webhook(f"{listener.url}/webhooks/telegram")
    assert [item.json["message"]["text"] for item in await listener.until(2)] == ["uno", "dos"]
    await bot.delete_webhook()
    await lucia.say("tres")
    await bot.delete_webhook(drop_pending_updates=True)
    assert (await bot.get_webhook_info()).pending_update_count == 0


async def test_refusals_become_the_errors_a_client_knows(
    sandbox: Sandbox, bot: Bot, lucia: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    faults = sandbox.telegram.faults
    with pytest.raises(BadRequest, match=r"(?i)message is too long"):
        await bot.send_message(lucia.id, "x" * 4095 + "👋")
    with pytest.raises(BadRequest, match=r"(?i)message text is empty"):
        await bot.send_message(lucia.id, "  ")
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(1, "hola")
    with pytest.raises(BadRequest, match=r"(?i)can't parse entities"):
        await bot.send_message(lucia.id, "hola", entities=[MessageEntity("bold", offset=3, length=4)])
    with pytest.raises(BadRequest, match=r"(?i)message to be replied not found"):
        await bot.send_message(lucia.id, "hola", reply_parameters=ReplyParameters(message_id=999))
    faults.fail_next(429, retry_after=3)
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(lucia.id, "hola")
    assert caught.value.retry_after == timedelta(seconds=3)
    faults.fail_next(502)
    with pytest.raises(NetworkError):
        await bot.send_message(lucia.id, "hola")
    lucia.blocked = True
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(lucia.id, "hola")
    assert lucia.inbox == []
    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("sendRichMessage")
    stranger = Bot("1:wrong", base_url=f"{sandbox.telegram_url}/bot")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


async def test_parameters_come_by_query_form_multipart_and_json(sandbox: Sandbox, lucia: Phone) -> None:
    url = f"{sandbox.telegram_url}/bot{sandbox.telegram.token}/sendMessage"
    params = {"chat_id": lucia.id, "text": "hola"}
    multipart = aiohttp.FormData(params)
    multipart.add_field("file", b"x", filename="x.bin")
    async with aiohttp.ClientSession() as session:
        for call in (
            session.get(url, params=params),
            session.post(url, params=params),
            session.post(url, data=params),
            session.post(url, data=multipart),
            session.post(
                url.replace("sendMessage", "SENDMESSAGE"), json={**params, "chat_id": int(lucia.id)}
            ),
        ):
            async with call as answer:
                assert answer.status == 200, await answer.text()
        nowhere = {url + "s": "Not Found: method not found", url.replace("/bot", "/robot"): "Not Found"}
        for wrong, description in nowhere.items():
            async with session.post(wrong) as answer:
                assert answer.status == 404
                assert await answer.json() == {"ok": False, "error_code": 404, "description": description}
        async with session.post(url, data="{", headers={"Content-Type": "application/json"}) as answer:
            assert answer.status == 400
    assert [heard.text for heard in lucia.inbox] == ["hola"] * 5
