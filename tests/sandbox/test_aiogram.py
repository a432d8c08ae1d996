"""The Bot API stand-in, used by aiogram, and judged by aiogram's own models, which are strict and know Bot API 10.3."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from adapters.sandbox import Phone, Sandbox, sample
from tests.services import library

from .listener import Listener

aiogram = library("aiogram", "pip install --no-deps aiogram==3.31.0 aiofiles magic-filter")
from aiogram import Bot  # noqa: E402
from aiogram.client.session.aiohttp import AiohttpSession  # noqa: E402
from aiogram.client.telegram import TelegramAPIServer  # noqa: E402
from aiogram.exceptions import (  # noqa: E402
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
)
from aiogram.types import (  # noqa: E402
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputMediaPhoto,
    InputTextMessageContent,
    MessageEntity,
    ReactionTypeEmoji,
    ReplyParameters,
    Update,
)
from pydantic import BaseModel  # noqa: E402


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.telegram_url))
    async with Bot(sandbox.telegram.token, session=session) as bot:
        yield bot


@pytest.fixture
def lucia(sandbox: Sandbox) -> Phone:
    return sandbox.phone("telegram", "Lucía", locale="es")


def extras(value: Any, path: str = "update") -> Iterator[str]:
    """Every field, all the way down, that aiogram's models do not know."""
    if isinstance(value, BaseModel):
        yield from (f"{path}.{name}" for name in value.model_extra or {})
        for name in type(value).model_fields:
            yield from extras(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, list | tuple):
        for item in value:
            yield from extras(item, path)


async def test_it_sends_edits_deletes_and_reacts(bot: Bot, lucia: Phone) -> None:
    me = await bot.get_me()
    assert (me.username, list(extras(me))) == ("sandbox_bot", [])
    said = await lucia.say("hola")
    bold = MessageEntity(type="bold", offset=3, length=4)
    sent = await bot.send_message(
        int(lucia.id), "👋 hola", entities=[bold], reply_parameters=ReplyParameters(message_id=int(said))
    )
    assert lucia.inbox[0].reply_to == said
    assert sent.entities is not None
    assert sent.entities[0].extract_from(sent.text or "") == "hola"
    assert list(extras(sent)) == []
    await bot.edit_message_text("hola!", chat_id=int(lucia.id), message_id=sent.message_id)
    assert lucia.inbox[0].text == "hola!"
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("hola!", chat_id=int(lucia.id), message_id=sent.message_id)
    await bot.set_message_reaction(int(lucia.id), int(said), [ReactionTypeEmoji(emoji="🔥")])
    assert lucia.reactions == {said: "🔥"}
    await bot.delete_message(int(lucia.id), sent.message_id)
    assert lucia.inbox[0].deleted_at is not None
    assert await bot.set_my_commands([BotCommand(command="help", description="what I can do")])


async def test_files_go_up_and_down(bot: Bot, lucia: Phone) -> None:
    chat = int(lucia.id)
    photo = await bot.send_photo(chat, BufferedInputFile(sample("image").data, "x.jpg"), caption="look")
    voice = await bot.send_voice(chat, BufferedInputFile(sample("voice").data, "x.ogg"), duration=3)
    document = await bot.send_document(chat, BufferedInputFile(sample("document").data, "offer.pdf"))
    album = await bot.send_media_group(
        chat, [InputMediaPhoto(media=BufferedInputFile(sample("image").data, "y.jpg")) for _ in range(2)]
    )
    for message in (photo, voice, document, *album):
        assert list(extras(message)) == []
    assert [heard.kind for heard in lucia.inbox] == ["image", "voice", "document", "image", "image"]
    assert photo.photo
    file = await bot.download(photo.photo[-1])
    assert file is not None
    assert file.read() == sample("image").data
    await lucia.show("voice")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.voice is not None
    file = await bot.download(update.message.voice)
    assert file is not None
    assert file.read() == sample("voice").data


async def test_buttons_and_drafts(bot: Bot, lucia: Phone) -> None:
    chat = int(lucia.id)
    markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Yes", callback_data="c:1")]])
    sent = await bot.send_message(chat, "Sure?", reply_markup=markup)
    assert list(extras(sent)) == []
    await lucia.press(lucia.inbox[-1], "Yes")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "c:1"
    assert await bot.answer_callback_query(update.callback_query.id, text="done")
    assert lucia.toasts == ["done"]
    await bot.send_message_draft(chat_id=chat, draft_id=9, text="so f", can_stop=True)
    assert lucia.draft is not None
    await lucia.stop()
    update = (await bot.get_updates(offset=update.update_id + 1))[0]
    assert update.stopped_message_generation is not None
    assert update.stopped_message_generation.draft_id == 9


async def test_refusals_are_understood(sandbox: Sandbox, bot: Bot, lucia: Phone) -> None:
    chat = int(lucia.id)
    sandbox.telegram.faults.fail_next(429, retry_after=3)
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.send_message(chat, "hi")
    assert caught.value.retry_after == 3
    lucia.blocked = True
    with pytest.raises(TelegramForbiddenError):
        await bot.send_message(chat, "hi")
    group = sandbox.telegram.group("Friends", lucia)
    await group.upgrade()
    with pytest.raises(TelegramMigrateToChat):
        await bot.send_message(int(group.id), "hi")
    await bot.set_webhook("https://example.org/", secret_token="abc")
    info = await bot.get_webhook_info()
    assert (info.url, list(extras(info))) == ("https://example.org/", [])
    with pytest.raises(TelegramConflictError):
        await bot.get_updates()


async def test_it_answers_for_a_business_and_as_a_guest(
    sandbox: Sandbox, listener: Listener, bot: Bot, lucia: Phone
) -> None:
    business = await sandbox.telegram.connect_business(sandbox.phone("telegram", "Owner"))
    chat = business.chat(lucia)
    with pytest.raises(TelegramBadRequest, match="BUSINESS_PEER_USAGE_MISSING"):
        await bot.send_message(int(lucia.id), "first", business_connection_id=business.id)
    said = await chat.say("are you open?")
    await bot.read_business_message(business.id, int(lucia.id), int(said))
    sent = await bot.send_message(int(lucia.id), "yes", business_connection_id=business.id)
    assert [heard.text for heard in chat.inbox] == ["yes"]
    assert lucia.inbox == []
    assert sent.sender_business_bot is not None
    assert list(extras(sent)) == []
    await chat.owner_writes("I answer myself")
    await chat.delete(said)
    assert (await bot.get_business_connection(business.id)).is_enabled
    await business.end()
    with pytest.raises(TelegramBadRequest, match="business connection not found"):
        await bot.send_message(int(lucia.id), "late", business_connection_id=business.id)
    query = await sandbox.telegram.ask_as_guest(lucia, "@sandbox_bot what is this?")
    content = InputTextMessageContent(message_text="a test")
    result = InlineQueryResultArticle(id="1", title="x", input_message_content=content)
    assert (await bot.answer_guest_query(query, result)).inline_message_id
    assert lucia.inbox[-1].text == "a test"
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_guest_query(query, result)
    updates = [Update.model_validate(received.json) for received in listener.received]
    assert [update.event_type for update in updates] == [
        *("business_connection", "business_message", "business_message", "deleted_business_messages"),
        *("business_connection", "guest_message"),
    ]
    assert [list(extras(update)) for update in updates] == [[]] * 6


async def test_every_update_fits_its_models_and_holds_nothing_unknown(
    sandbox: Sandbox, listener: Listener, lucia: Phone, bot: Bot
) -> None:
    chat = int(lucia.id)
    said = await lucia.say("/start @sandbox_bot https://example.org")
    for kind in ("image", "video", "audio", "voice", "document", "sticker"):
        await lucia.show(kind, "look" if kind == "image" else "", reply_to=said)
    await lucia.share_place(1.0, 2.0)
    await lucia.share_place(1.0, 2.0, "Museum", "Main street")
    await lucia.share_contact("Leo", "+34600111222")
    await lucia.edit(said, "hola")
    markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Yes", callback_data="c:1")]])
    await bot.send_message(chat, "Sure?", reply_markup=markup)
    await lucia.press(lucia.inbox[-1], "Yes")
    await lucia.react(lucia.inbox[-1].external_id, "👍")
    await bot.send_message_draft(chat_id=chat, draft_id=9, text="so f", can_stop=True)
    await lucia.stop()
    await lucia.block()
    group = sandbox.telegram.group("Forum", lucia, forum=True)
    await group.say(lucia, "/help", thread=sandbox.telegram.topic(group, "One"))
    await sandbox.telegram.group("Friends", lucia).upgrade()
    await group.throw_out()
    assert len(listener.received) == 19
    for received in listener.received:
        update = Update.model_validate(received.json)
        assert list(extras(update)) == []
        assert update.event is not None
