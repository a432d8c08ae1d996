"""Files, buttons, drafts and reactions through the Bot API stand-in, driven by python-telegram-bot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    MessageEntity,
    ReactionTypeEmoji,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, NetworkError, RetryAfter
from telegram.request import HTTPXRequest

from adapters.sandbox import File, NotHere, Phone, Sandbox, sample
from adapters.sandbox.bot_changes import REACTIONS
from tests.adapters.telegram_spec import judge_call, judge_object, published

from .listener import Listener, waiting

EVERYTHING = ["message", "edited_message", "callback_query", "message_reaction", "stopped_message_generation"]


@pytest.fixture
async def bot(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    url = sandbox.telegram_url
    bot = Bot(
        sandbox.telegram.token,
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=HTTPXRequest(),
        get_updates_request=HTTPXRequest(connection_pool_size=4),
    )
    await bot.initialize()
    yield bot
    await bot.shutdown()


@pytest.fixture
def lucia(sandbox: Sandbox) -> Phone:
    return sandbox.phone("telegram", "Lucía", locale="es")


async def test_every_kind_of_file_goes_out_and_comes_in(sandbox: Sandbox, bot: Bot, lucia: Phone) -> None:
    sent = [
        await bot.send_photo(lucia.id, sample("image").data, caption="look"),
        await bot.send_voice(lucia.id, sample("voice").data, duration=3),
        await bot.send_audio(lucia.id, sample("audio").data),
        await bot.send_video(lucia.id, sample("video").data),
        await bot.send_document(lucia.id, sample("document").data, filename="offer.pdf"),
    ]
    kinds = ["image", "voice", "audio", "video", "document"]
    assert [heard.kind for heard in lucia.inbox] == kinds
    assert [heard.file.data for heard in lucia.inbox if heard.file] == [sample(kind).data for kind in kinds]
    assert sent[0].caption == "look"
    assert sent[1].voice is not None
    assert sent[4].document is not None
    assert sent[4].document.file_name == "offer.pdf"
    for kind in (*kinds, "sticker"):
        await lucia.show(kind, "mine" if kind == "image" else "")
    updates = await bot.get_updates()
    media = [update.message.effective_attachment for update in updates if update.message]
    for kind, found in zip((*kinds, "sticker"), media, strict=True):
        chosen = found[-1] if isinstance(found, tuple) else found
        file = await bot.get_file(chosen.file_id)  # type: ignore[union-attr]
        assert bytes(await file.download_as_bytearray()) == sample(kind).data, kind


async def test_what_was_sent_once_can_be_sent_again_by_its_id(bot: Bot, lucia: Phone) -> None:
    first = await bot.send_photo(lucia.id, sample("image").data)
    again = await bot.send_photo(lucia.id, first.photo[-1].file_id)
    assert again.photo
    with pytest.raises(BadRequest, match=r"(?i)can't use file of type"):
        await bot.send_voice(lucia.id, first.photo[-1].file_id)
    with pytest.raises(BadRequest, match=r"(?i)wrong file identifier"):
        await bot.send_photo(lucia.id, "AgACnosuchfile")


async def test_files_that_telegram_refuses(sandbox: Sandbox, bot: Bot, lucia: Phone) -> None:
    with pytest.raises(BadRequest, match=r"(?i)IMAGE_PROCESS_FAILED"):
        await bot.send_photo(lucia.id, sample("document").data)
    with pytest.raises(BadRequest, match=r"(?i)caption is too long"):
        await bot.send_photo(lucia.id, sample("image").data, caption="x" * 1025)
    with pytest.raises(NetworkError, match=r"Too Large"):
        await bot.send_photo(lucia.id, sample("image").data + bytes(10 * 1024 * 1024))
    big = sandbox.telegram.keep(
        File(data=bytes(20 * 1024 * 1024 + 1), mime="video/mp4", name="x.mp4"), "video"
    )
    with pytest.raises(BadRequest, match=r"(?i)file is too big"):
        await bot.get_file(big.file_id)
    assert lucia.inbox == []


async def test_an_album_is_several_messages(sandbox: Sandbox, bot: Bot, lucia: Phone) -> None:
    media = [InputMediaPhoto(sample("image").data, caption="both"), InputMediaPhoto(sample("image").data)]
    sent = await bot.send_media_group(lucia.id, media)
    assert len({message.media_group_id for message in sent}) == 1
    assert [heard.text for heard in lucia.inbox] == ["both", ""]
    await sandbox.telegram.album(lucia, 3, "mine")
    updates = await bot.get_updates()
    assert [update.message.caption for update in updates if update.message] == ["mine", None, None]
    assert len({update.message.media_group_id for update in updates if update.message}) == 1


async def test_places_and_contacts(bot: Bot, lucia: Phone) -> None:
    await bot.send_location(lucia.id, 40.4, -3.7)
    heard = lucia.inbox[0]
    assert heard.piece.spot is not None
    assert (heard.kind, heard.piece.spot.latitude) == ("location", 40.4)
    await bot.send_venue(lucia.id, 40.4, -3.7, "Museum", "Main street 1")
    assert lucia.inbox[1].piece.spot is not None
    assert lucia.inbox[1].piece.spot.name == "Museum"
    await bot.send_contact(lucia.id, "+34600111222", "Leo")
    assert lucia.inbox[2].piece.card is not None
    with pytest.raises(BadRequest, match=r"(?i)latitude"):
        await bot.send_location(lucia.id, 140.4, -3.7)
    await lucia.share_place(1.5, 2.5)
    await lucia.share_place(1.5, 2.5, "Museum", "Main street 1")
    await lucia.share_contact("Leo", "+34600111222")
    place, venue, contact = (update.message for update in await bot.get_updates())
    assert place and place.location and place.location.latitude == 1.5
    assert venue and venue.venue and venue.venue.title == "Museum"
    assert contact and contact.contact and contact.contact.first_name == "Leo"


async def test_a_button_is_pressed_and_stops_turning(bot: Bot, lucia: Phone) -> None:
    rows = [
        [InlineKeyboardButton("Yes", callback_data="c:1"), InlineKeyboardButton("Site", url="https://e.org")]
    ]
    await bot.send_message(lucia.id, "Sure?", reply_markup=InlineKeyboardMarkup(rows))
    heard = lucia.inbox[0]
    assert [(button.title, button.kind) for button in heard.buttons] == [("Yes", "callback"), ("Site", "url")]
    await lucia.press(heard, "Yes")
    (update,) = await bot.get_updates()
    query = update.callback_query
    assert query is not None
    assert (query.data, query.from_user.id) == ("c:1", int(lucia.id))
    assert await bot.answer_callback_query(query.id, "done")
    assert lucia.toasts == ["done"]
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await bot.answer_callback_query(query.id)
    await bot.edit_message_text("Sure!", chat_id=lucia.id, message_id=int(heard.external_id))
    assert heard.buttons == (), "a keyboard that is not sent again is gone"
    wrong = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="é" * 33)]])
    with pytest.raises(BadRequest, match=r"(?i)BUTTON_DATA_INVALID"):
        await bot.send_message(lucia.id, "Sure?", reply_markup=wrong)


async def test_a_draft_grows_can_be_stopped_and_goes_when_the_message_comes(
    sandbox: Sandbox, bot: Bot, lucia: Phone
) -> None:
    draft = {"chat_id": int(lucia.id), "draft_id": 7}
    assert await bot.send_message_draft(**draft, text="so f", api_kwargs={"can_stop": True})
    assert lucia.draft is not None
    assert (lucia.draft.number, lucia.draft.text) == (7, "so f")
    await lucia.stop()
    assert lucia.draft is None
    (update,) = await bot.get_updates()
    assert update.api_kwargs["stopped_message_generation"]["draft_id"] == 7
    with pytest.raises(LookupError):
        await lucia.stop()
    assert await bot.send_message_draft(**draft, text="")
    assert lucia.draft is not None
    await bot.send_message(lucia.id, "so far")
    assert lucia.draft is None
    await bot.send_message_draft(**draft, text="stays")
    assert lucia.draft is not None
    sandbox.telegram.draft_seconds = 0.02
    await bot.send_message_draft(**draft, text="fades")
    async with asyncio.timeout(10):
        while lucia.draft is not None:
            await asyncio.sleep(0.01)
    sandbox.telegram.faults.fail_next(429, retry_after=2, call="sendMessageDraft")
    with pytest.raises(RetryAfter):
        await bot.send_message_draft(**draft, text="again")
    group = sandbox.telegram.group("Friends", lucia)
    with pytest.raises(BadRequest, match=r"(?i)TEXTDRAFT_PEER_INVALID"):
        await bot.send_message_draft(chat_id=int(group.id), draft_id=7, text="x")


async def test_reactions_go_both_ways(sandbox: Sandbox, listener: Listener, bot: Bot, lucia: Phone) -> None:
    said = await lucia.say("hola")
    assert await bot.set_message_reaction(lucia.id, int(said), "👀")
    assert lucia.reactions == {said: "👀"}
    await bot.set_message_reaction(lucia.id, int(said), [])
    assert lucia.reactions == {}
    with pytest.raises(BadRequest, match=r"(?i)REACTION_INVALID"):
        await bot.set_message_reaction(lucia.id, int(said), "🦖")
    with pytest.raises(BadRequest, match=r"(?i)message to react not found"):
        await bot.set_message_reaction(lucia.id, 999, "👀")
    sent = await bot.send_message(lucia.id, "hi")
    await lucia.react(str(sent.message_id), "👍")
    await lucia.react(str(sent.message_id), None)
    first, second = (item.json["message_reaction"] for item in listener.received[-2:])
    assert (first["old_reaction"], first["new_reaction"]) == ([], [{"type": "emoji", "emoji": "👍"}])
    assert (second["old_reaction"], second["new_reaction"]) == ([{"type": "emoji", "emoji": "👍"}], [])


def test_the_reactions_are_those_of_the_specification() -> None:
    _, types = published()
    (told,) = [
        field["description"] for field in types["ReactionTypeEmoji"]["fields"] if field["name"] == "emoji"
    ]
    assert set(told.split('"')[1::2]) == REACTIONS


async def test_edits_deletions_and_blocks_arrive(listener: Listener, bot: Bot, lucia: Phone) -> None:
    said = await lucia.say("ola")
    await lucia.edit(said, "hola")
    assert listener.received[-1].json["edited_message"]["text"] == "hola"
    with pytest.raises(NotHere):
        await lucia.unsend(said)
    await lucia.block()
    member = listener.received[-1].json["my_chat_member"]
    assert (member["old_chat_member"]["status"], member["new_chat_member"]["status"]) == ("member", "kicked")
    with pytest.raises(Forbidden):
        await bot.send_message(lucia.id, "hi")
    await lucia.unblock()
    await bot.send_message(lucia.id, "hi")


async def test_only_updates_that_were_asked_for_come(
    sandbox: Sandbox, listener: Listener, bot: Bot, lucia: Phone
) -> None:
    await bot.set_webhook(f"{listener.url}/webhooks/telegram", allowed_updates=[])
    sent = await bot.send_message(lucia.id, "hi")
    await lucia.react(str(sent.message_id), "👍")
    assert listener.received == [], "reactions must be asked for"
    await bot.set_webhook(f"{listener.url}/webhooks/telegram", allowed_updates=["message_reaction"])
    await lucia.say("hola")
    assert listener.received == []
    await lucia.react(str(sent.message_id), None)
    assert len(listener.received) == 1


async def test_a_second_poll_ends_the_first(sandbox: Sandbox, bot: Bot) -> None:
    first = await waiting(sandbox.telegram, bot.get_updates(timeout=5))
    assert await bot.get_updates() == ()
    with pytest.raises(Conflict, match="terminated by other getUpdates"):
        await first


async def test_commands_and_descriptions(sandbox: Sandbox, bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("help", "what I can do")])
    await bot.set_my_commands([BotCommand("ayuda", "qué sé hacer")], language_code="es")
    assert [item.command for item in await bot.get_my_commands(language_code="es")] == ["ayuda"]
    assert [item.command for item in await bot.get_my_commands()] == ["help"]
    with pytest.raises(BadRequest, match=r"(?i)bot_command_invalid"):
        await bot.set_my_commands([BotCommand("Help me", "x")])
    await bot.set_my_short_description("A helper")
    assert (await bot.get_my_short_description()).short_description == "A helper"


async def test_html_becomes_entities(bot: Bot, lucia: Phone) -> None:
    sent = await bot.send_message(
        lucia.id, '👋 <b>hi <i>you</i></b> <a href="https://e.org">x</a>', parse_mode="HTML"
    )
    assert sent.text == "👋 hi you x"
    assert sorted(sent.parse_entities().values()) == ["hi you", "x", "you"]
    for wrong in ("<b>hi", "<div>hi</div>", "hi</b>"):
        with pytest.raises(BadRequest, match=r"(?i)can't parse entities"):
            await bot.send_message(lucia.id, wrong, parse_mode="HTML")
    with pytest.raises(BadRequest, match=r"(?i)can't parse entities"):
        await bot.send_message(lucia.id, "👋", entities=[MessageEntity("bold", offset=1, length=1)])


# --- groups ---


async def test_in_privacy_mode_only_what_is_meant_for_the_bot_arrives(
    sandbox: Sandbox, bot: Bot, lucia: Phone
) -> None:
    group = sandbox.telegram.group("Friends", lucia)
    sent = await bot.send_message(group.id, "hello all")
    await group.say(lucia, "just talking")
    await group.say(lucia, "/help@other_bot")
    await group.say(lucia, "/help@sandbox_bot")
    await group.say(lucia, "hey @sandbox_bot2 and @sandbox_bot")
    await group.say(lucia, "yes", reply_to=str(sent.message_id))
    texts = [update.message.text for update in await bot.get_updates() if update.message]
    assert texts == ["/help@sandbox_bot", "hey @sandbox_bot2 and @sandbox_bot", "yes"]
    sandbox.telegram.privacy = False
    assert (await bot.get_me()).can_read_all_group_messages
    await group.say(lucia, "just talking")
    assert (await bot.get_updates())[-1].message.text == "just talking"  # type: ignore[union-attr]


async def test_topics_have_ids(sandbox: Sandbox, bot: Bot, lucia: Phone) -> None:
    group = sandbox.telegram.group("Forum", lucia, forum=True)
    topic = sandbox.telegram.topic(group, "Offers")
    await group.say(lucia, "/start", thread=topic)
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert (message.message_thread_id, message.is_topic_message, message.chat.is_forum) == (
        int(topic),
        True,
        True,
    )
    await bot.send_message(group.id, "there", message_thread_id=int(topic))
    assert group.inbox[-1].piece.thread == topic
    with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
        await bot.send_message(group.id, "there", message_thread_id=999)


async def test_a_group_becomes_a_supergroup(sandbox: Sandbox, bot: Bot, lucia: Phone) -> None:
    group = sandbox.telegram.group("Friends", lucia)
    new = await group.upgrade()
    told = [update.message for update in await bot.get_updates()]
    assert [(message.migrate_to_chat_id, message.migrate_from_chat_id) for message in told if message] == [
        (int(new.id), None),
        (None, int(group.id)),
    ]
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(group.id, "hi")
    assert caught.value.new_chat_id == int(new.id)
    await bot.send_message(new.id, "hi")
    new.muted = True
    with pytest.raises(BadRequest, match=r"(?i)not enough rights"):
        await bot.send_message(new.id, "hi")
    await new.throw_out()
    with pytest.raises(Forbidden, match="kicked"):
        await bot.send_message(new.id, "hi")


# --- the specification ---


async def test_what_a_foreign_client_sends_pleases_the_judge(
    sandbox: Sandbox, bot: Bot, lucia: Phone
) -> None:
    said = await lucia.say("hola")
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="c:1")]])
    reply = ReplyParameters(message_id=int(said))
    await bot.send_message(lucia.id, "x", entities=[MessageEntity("bold", 0, 1)], reply_parameters=reply)
    await bot.send_photo(lucia.id, sample("image").data, caption="y", reply_markup=keyboard)
    await bot.set_message_reaction(lucia.id, int(said), [ReactionTypeEmoji("👍")])
    await bot.get_updates(offset=1, allowed_updates=EVERYTHING)
    calls = list(sandbox.telegram.calls)
    assert [judge_call(call.path, call.params, call.files) for call in calls] == [[]] * len(calls)
    wrong = {"chat_id": 1, "text": "x" * 4097, "colour": "red", "entities": [{"type": "bold", "offset": "a"}]}
    assert judge_call("sendMessage", wrong) == [
        "sendMessage: unknown parameter colour",
        "sendMessage.text: 4097 is longer than 4096",
        "sendMessage.entities[0]: length is missing",
        "sendMessage.entities[0].offset: str is no Integer",
    ]
    assert judge_call("sendPhoto", {"chat_id": 1}) == ["sendPhoto: photo is missing"]


async def test_every_update_fits_the_published_specification(
    sandbox: Sandbox, listener: Listener, bot: Bot, lucia: Phone
) -> None:
    await everything_happens(sandbox, bot, lucia)
    for received in listener.received:
        assert judge_object(received.json, "Update") == []
    kinds = {key for received in listener.received for key in received.json} - {"update_id"}
    assert kinds == {*EVERYTHING, "my_chat_member"}


async def everything_happens(sandbox: Sandbox, bot: Bot, lucia: Phone) -> None:
    """One of each thing that people can do."""
    said = await lucia.say("/start hola @sandbox_bot https://example.org")
    for kind in ("image", "video", "audio", "voice", "document", "sticker"):
        await lucia.show(kind, "look" if kind in ("image", "document") else "")
    await lucia.share_place(1.0, 2.0)
    await lucia.share_place(1.0, 2.0, "Museum", "Main street")
    await lucia.share_contact("Leo", "+34600111222")
    await lucia.say("and?", reply_to=said)
    await lucia.edit(said, "hola")
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="c:1")]])
    await bot.send_message(lucia.id, "Sure?", reply_markup=keyboard)
    await lucia.press(lucia.inbox[-1], "Yes")
    await lucia.react(lucia.inbox[-1].external_id, "👍")
    await bot.send_message_draft(chat_id=int(lucia.id), draft_id=3, text="so", api_kwargs={"can_stop": True})
    await lucia.stop()
    await sandbox.telegram.album(lucia)
    await lucia.block()
    await lucia.unblock()
    group = sandbox.telegram.group("Friends", lucia, forum=True)
    await group.say(lucia, "/help", thread=sandbox.telegram.topic(group, "One"))
    await sandbox.telegram.group("Others", lucia).upgrade()
    await group.throw_out()
