"""Telegram, the way in: what every kind of update becomes, and what others' clients say of our fixtures."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from adapters._telegram_findings import ALLOWED_UPDATES
from adapters.telegram import Telegram
from assistant.buses.memory import MemoryBus
from assistant.channel import Services
from assistant.events import (
    AccountNotice,
    ContactLeft,
    ConversationMoved,
    MessageEdited,
    MessageReceived,
    Reacted,
    StopPressed,
    Unread,
)
from assistant.store.parts import plain_text
from assistant.types import (
    Address,
    Alias,
    Audience,
    Choice,
    Contacts,
    Media,
    MediaKind,
    Place,
    Referral,
    Sender,
    Text,
    Unsupported,
    WebhookRequest,
)
from tests.adapters.telegram_spec import judge_object
from tests.adapters.telegram_updates import (
    ADDRESS,
    ADMIN,
    ANA,
    AT,
    BOT,
    FILES,
    GROUP,
    IN,
    LEFT,
    MUTED,
    PHOTO,
    PRIVATE,
    UPDATES,
    US,
    WHEN,
    all_of,
    entity,
    got,
    made,
    membership,
    message,
    parse,
)
from tests.clocks import FakeClock
from tests.services import library


@pytest.fixture
def bus(clock: FakeClock) -> MemoryBus:
    return MemoryBus(clock)


@pytest.fixture
def channel(services: Services) -> Telegram:
    return made(services)


@pytest.fixture
def business(services: Services) -> Telegram:
    return made(services, business=True)


# --- judges ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", UPDATES)
def test_python_telegram_bot_reads_every_fixture(name: str) -> None:
    from telegram import Update

    update = Update.de_json({"update_id": 1, **UPDATES[name]}, None)
    newer = {"stopped_message_generation"}  # 10.3; the library knows 10.0
    assert set(update.api_kwargs) <= newer
    if not update.api_kwargs:
        item = next(getattr(update, kind) for kind in ALLOWED_UPDATES if getattr(update, kind, None))
        assert set(item.api_kwargs) <= {"rich_message"}, name


@pytest.mark.parametrize("name", UPDATES)
def test_aiogram_reads_every_fixture(name: str) -> None:
    types = library("aiogram.types", "make test installs it")
    update = types.Update.model_validate({"update_id": 1, **UPDATES[name]})
    assert not update.model_extra, name
    (kind,) = UPDATES[name]
    item = getattr(update, kind)
    assert item is not None
    assert not item.model_extra, (name, item.model_extra)


@pytest.mark.parametrize(
    "name", [name for name in UPDATES if name != "rich"]
)  # whose texts are lists and strings
def test_the_specification_has_every_field_of_our_fixtures(name: str) -> None:
    newer = "can_send_welcome_messages"  # aiogram knows it, the specification of 10.1 does not
    found = judge_object({"update_id": 1, **UPDATES[name]}, "Update")
    assert [wrong for wrong in found if newer not in wrong] == []


@pytest.mark.parametrize("name", UPDATES)
def test_every_fixture_is_read_or_left_out_on_purpose(business: Telegram, name: str) -> None:
    channel = made(business.services, business=True, guests=True)
    events = all_of(channel, UPDATES[name])
    assert not any(isinstance(event, Unread) for event in events), events
    assert bool(events) == (name not in ("joined", "moved from")), name


# --- messages --------------------------------------------------------------------------------------------


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
    ("name", "expected"),
    [
        (
            "photo",
            Media(kind=MediaKind.IMAGE, ref="large", mime="image/jpeg", bytes=150_000, caption="look"),
        ),
        ("voice", Media(kind=MediaKind.VOICE, ref="v", mime="audio/ogg", bytes=9000, seconds=3)),
        (
            "audio",
            Media(
                kind=MediaKind.AUDIO,
                ref="a",
                mime="audio/mpeg",
                bytes=4_000_000,
                name="Fado - Sea",
                seconds=200,
            ),
        ),
        (
            "video",
            Media(
                kind=MediaKind.VIDEO,
                ref="w",
                mime="video/mp4",
                bytes=900_000,
                name="sea.mp4",
                caption="the sea",
                seconds=12,
            ),
        ),
        ("video_note", Media(kind=MediaKind.VIDEO, ref="n", mime="video/mp4", bytes=300_000, seconds=5)),
        ("animation", Media(kind=MediaKind.VIDEO, ref="g", mime="video/mp4", name="a.mp4", seconds=2)),
        ("sticker", Media(kind=MediaKind.STICKER, ref="s", mime="image/webp", caption="😀")),
        (
            "document",
            Media(
                kind=MediaKind.DOCUMENT,
                ref="d",
                mime="application/pdf",
                bytes=77_000,
                name="bill.pdf",
                caption="the bill",
            ),
        ),
        ("live_photo", Media(kind=MediaKind.IMAGE, ref="large", mime="image/jpeg", bytes=150_000)),
    ],
)
def test_every_kind_of_file_can_be_fetched_later(channel: Telegram, name: str, expected: Media) -> None:
    assert got(channel, **FILES[name]).parts == (expected,)


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (
            {"sticker": {"file_id": "x", "is_animated": True}},
            (Media(kind=MediaKind.STICKER, ref="x", mime="application/x-tgsticker"),),
        ),
        (
            {"sticker": {"file_id": "x", "is_video": True}},
            (Media(kind=MediaKind.STICKER, ref="x", mime="video/webm"),),
        ),
        ({"photo": [{}], "caption": "look"}, (Text(text="look"), Unsupported(kind="photo"))),
        ({"photo": "odd"}, (Unsupported(kind="photo"),)),
        ({"live_photo": {"file_id": "x"}}, (Media(kind=MediaKind.VIDEO, ref="x", mime="video/mp4"),)),
        ({"voice": {"duration": 1}}, (Unsupported(kind="voice"),)),
        ({"game": {"title": "?"}}, (Unsupported(kind="game"),)),
        ({"story": {"id": 1}, "caption": "see"}, (Text(text="see"), Unsupported(kind="story"))),
        (UPDATES["place"]["message"], (Place(latitude=1.0, longitude=2.0),)),
        (UPDATES["venue"]["message"], (Place(latitude=1.0, longitude=2.0, name="Bar"),)),
        (UPDATES["contact"]["message"], (Contacts(names=("Bea",)),)),
        (UPDATES["poll"]["message"], (Text(text="Tea?\n- yes\n- no"),)),
        (UPDATES["checklist"]["message"], (Text(text="Buy\n- tea\n- milk"),)),
        (UPDATES["dice"]["message"], (Text(text="🎲 4"),)),
        ({"rich_message": {"blocks": []}}, (Unsupported(kind="rich_message"),)),
        ({"text": "/start spring_sale"}, (Text(text="/start"), Referral(kind="link", ref="spring_sale"))),
        ({"text": "/start spring sale"}, (Text(text="/start spring sale"),)),
    ],
)
def test_kinds_of_messages(channel: Telegram, content: dict[str, Any], parts: tuple[Any, ...]) -> None:
    assert got(channel, **content).parts == parts


def test_a_rich_message_has_neither_text_nor_caption_and_is_read_all_the_same(channel: Telegram) -> None:
    (part,) = got(channel, **UPDATES["rich"]["message"]).parts
    assert isinstance(part, Text)
    assert part.text.splitlines() == [
        "Prices",
        "Hello you!",
        "1. one",
        "2. two",
        "tea | 2 €",
        "```py",
        "x = 1",
        "```",
        "x^2",
        "site (https://e.org)",
    ]


def test_the_caption_of_an_album_stays_with_its_picture_and_the_others_come_alone(channel: Telegram) -> None:
    first = got(channel, photo=PHOTO, media_group_id="g", caption="which one?", message_id=5)
    second = got(channel, photo=PHOTO, media_group_id="g", message_id=6)
    assert plain_text((*first.parts, *second.parts)) == "[photo, 0.1 MB] which one?\n[photo, 0.1 MB]"
    assert first.external_id != second.external_id
    assert (first.album, second.album, got(channel, photo=PHOTO).album) == ("g", "g", None)


def test_what_a_person_quotes_is_read_with_the_question(channel: Telegram) -> None:
    event = got(channel, **UPDATES["quote"]["message"])
    assert event.parts == (Text(text="> two\n\nwhy?"),)
    assert event.reply_to == "42:3"
    whole = {"text": "two", "position": 4}  # the platform's own cut, not the person's
    assert got(channel, text="why?", quote=whole).parts == (Text(text="why?"),)
    elsewhere = {"text": "one\ntwo", "position": 0}
    event = got(channel, text="why?", quote=elsewhere, external_reply={"origin": {"type": "user"}})
    assert event.parts == (Text(text="> one\n> two\n\nwhy?"),)
    order = got(channel, text="/help", quote={"text": "two", "position": 4, "is_manual": True})
    assert order.parts == (Text(text="/help"),)
    photo = got(channel, photo=PHOTO, quote={"text": "two", "position": 4, "is_manual": True})
    assert photo.parts[0] == Text(text="> two")


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
        ("x", [{"type": "text_link", "offset": 0, "length": 1}], "x"),
        ("x", [{"type": "code", "offset": -1, "length": 5}, {"type": "code"}, None, "odd"], "x"),
    ],
)
def test_what_entities_hide_is_written_out(
    channel: Telegram, text: str, entities: list[Any], expected: str
) -> None:
    assert got(channel, text=text, entities=entities).parts == (Text(text=expected),)


def test_a_hidden_address_in_a_caption_is_written_out(channel: Telegram) -> None:
    caption = "this 😀 one"
    link = entity(caption, "one", "text_link", url="https://e.org")
    (part,) = got(channel, photo=PHOTO, caption=caption, caption_entities=[link]).parts
    assert isinstance(part, Media)
    assert part.caption == "this 😀 one (https://e.org)"


# --- groups, topics, senders -----------------------------------------------------------------------------


def called(text: str, words: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"text": text, "entities": [entity(text, words, kind, **more)]}


@pytest.mark.parametrize(
    ("content", "addressed"),
    [
        ({"text": "hello all"}, False),
        (called("😀 @ourbot hey", "@ourbot", "mention"), True),
        (called("@ourbot2 hey", "@ourbot2", "mention"), False),
        (called("@ourbot-dev hey", "@ourbot", "mention"), False),
        (called("@ourbot - hey", "@ourbot", "mention"), True),
        ({"text": "mail a@OurBot.org"}, False),
        (called("you there", "you", "text_mention", user={"id": int(BOT)}), True),
        (called("you there", "you", "text_mention", user={"id": 9}), False),
        (called("/start now", "/start", "bot_command"), True),
        (called("see /start", "/start", "bot_command"), False),
        (called("see /start@OurBot", "/start@OurBot", "bot_command"), True),
        (called("/start@OurBot", "/start@OurBot", "bot_command"), True),
        (called("/start@Other", "/start@Other", "bot_command"), False),
        ({"text": "yes", "reply_to_message": {"message_id": 3, "from": US}}, True),
        ({"text": "yes", "reply_to_message": {"message_id": 3, "from": {"id": 9}}}, False),
        ({**called("/start", "/start", "bot_command"), "from": {**ANA, "is_bot": True}}, False),
        ({"text": "So, ADA: what is it?"}, True),
        ({"text": "the Adaptor"}, False),
        ({"text": "hey big bot, come"}, True),
        ({"photo": PHOTO, "caption": "Ada?"}, True),
        ({**called("@OurBot", "@OurBot", "mention"), "is_automatic_forward": True}, False),
    ],
)
def test_in_a_group_only_what_is_meant_for_us_is_answered(
    services: Services, content: dict[str, Any], addressed: bool
) -> None:
    event = got(made(services, names="Ada, big bot,"), **{"chat": GROUP, **content})
    assert event.audience is Audience.GROUP
    assert event.addressed is addressed


def test_bots_are_never_answered(channel: Telegram) -> None:
    assert not got(channel, text="hi", **{"from": {**ANA, "is_bot": True}}).addressed


def test_an_anonymous_admin_writes_as_the_group_and_is_answered(channel: Telegram) -> None:
    event = got(channel, **UPDATES["anonymous"]["message"])
    assert (event.sender.external_id, event.sender.name) == ("-1001", "Friends")
    assert event.addressed


def test_a_topic_is_a_conversation_and_a_reply_chain_is_not(channel: Telegram) -> None:
    opening = {"message_id": 77, "from": US}
    topic = got(
        channel, text="x", chat=GROUP, message_thread_id=77, is_topic_message=True, reply_to_message=opening
    )
    assert (topic.address.thread, topic.reply_to, topic.addressed) == ("77", None, False)
    chain = got(channel, text="x", chat=GROUP, message_thread_id=77, reply_to_message={"message_id": 70})
    assert (chain.address.thread, chain.reply_to) == (None, "-1001:70")
    private = got(channel, **UPDATES["private topic"]["message"])
    assert (private.address.thread, private.audience, private.addressed) == ("9", Audience.PRIVATE, True)


def test_direct_messages_of_a_channel_are_private_conversations_each(channel: Telegram) -> None:
    chat = {"id": -1009, "type": "supergroup", "is_direct_messages": True}
    event = got(channel, text="hi", chat=chat, direct_messages_topic={"topic_id": 42})
    assert (event.address.thread, event.audience, event.addressed) == ("direct:42", Audience.PRIVATE, True)


def test_forwards_are_marked(channel: Telegram) -> None:
    assert got(channel, **UPDATES["forward"]["message"]).forwarded


# --- everything that is no message -----------------------------------------------------------------------


def test_an_edit_brings_the_new_words(channel: Telegram) -> None:
    event = parse(channel, **UPDATES["edited"])
    assert event == MessageEdited(address=ADDRESS, external_id="42:5", at=AT, parts=(Text(text="new"),))


def test_a_pressed_button_is_the_choice_that_we_put_there(channel: Telegram) -> None:
    pressed = parse(channel, **UPDATES["pressed"])
    assert isinstance(pressed, MessageReceived)
    assert pressed.parts == (Choice(id="y", title="Yes"),)
    assert (pressed.external_id, pressed.reply_to) == ("callback:4382bfdwdsb323b2d9", "42:5")
    assert pressed.addressed
    old = parse(channel, **UPDATES["pressed long after"])
    assert isinstance(old, MessageReceived)
    assert old.parts == (Choice(id="y", title="y"),)


def test_who_blocks_the_bot_has_left_and_comes_back(channel: Telegram) -> None:
    for name, gone in (("blocked", True), ("unblocked", False)):
        assert parse(channel, **UPDATES[name]) == ContactLeft(address=ADDRESS, at=AT, gone=gone)


@pytest.mark.parametrize(
    ("before", "now", "left", "kind", "urgent"),
    [
        (LEFT, IN, [False], "added", False),
        (IN, LEFT, [True], "removed", False),
        (IN, {"status": "kicked"}, [True], "removed", False),
        (IN, ADMIN, [], "rights", False),
        (IN, MUTED, [], "muted", True),
        (MUTED, {"status": "restricted", "is_member": False}, [True], "removed", False),
        (LEFT, MUTED, [False], "muted", True),
    ],
)
def test_staff_are_told_what_becomes_of_the_bot_in_a_group(
    channel: Telegram,
    before: dict[str, Any],
    now: dict[str, Any],
    left: list[bool],
    kind: str,
    urgent: bool,
) -> None:
    events = all_of(channel, membership(GROUP, before, now))
    assert [event.gone for event in events if isinstance(event, ContactLeft)] == left
    (notice,) = [event for event in events if isinstance(event, AccountNotice)]
    assert (notice.kind, notice.urgent, notice.at) == (kind, urgent, AT)
    assert "Friends" not in notice.sentence
    assert "Ana" not in notice.sentence


def test_a_reaction_is_never_a_message(channel: Telegram) -> None:
    base = UPDATES["reaction"]["message_reaction"]
    for new, emoji in (([{"type": "emoji", "emoji": "👍"}], "👍"), ([], None), ([{"type": "paid"}], "paid")):
        reacted = parse(channel, message_reaction={**base, "new_reaction": new})
        assert isinstance(reacted, Reacted)
        assert (reacted.external_id, reacted.emoji, reacted.sender.external_id) == ("42:5", emoji, "42")
    anonymous = {**base, "chat": GROUP, "actor_chat": GROUP}
    del anonymous["user"]
    reacted = parse(channel, message_reaction=anonymous)
    assert isinstance(reacted, Reacted)
    assert reacted.sender.external_id == "-1001"


def test_the_stop_button_names_the_conversation(channel: Telegram) -> None:
    event = parse(channel, **UPDATES["stopped"])
    assert isinstance(event, StopPressed)
    assert event.address == Address(channel="telegram", account=BOT, peer="42", thread="9")
    event = parse(channel, stopped_message_generation={"chat": PRIVATE, "draft_id": 1})
    assert isinstance(event, StopPressed)
    assert event.address == ADDRESS


def test_a_group_that_moved_is_told_once(channel: Telegram) -> None:
    event = parse(channel, **UPDATES["moved"])
    assert isinstance(event, ConversationMoved)
    assert (event.address.peer, event.current.peer) == ("-5", "-1005")
    assert all_of(channel, UPDATES["moved from"]) == []


def test_service_messages_of_a_group_are_no_messages(channel: Telegram) -> None:
    assert all_of(channel, UPDATES["joined"]) == []
    assert all_of(channel, {"message": message(pinned_message=message(text="x"))}) == []


# --- what cannot be read ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("update", "reason"),
    [
        ({"inline_query": {"id": "1"}}, "inline_query"),
        ({"chat_member": {"chat": GROUP}}, "chat_member"),
        ({"message": message(some_new_kind={"x": 1})}, "message.some_new_kind"),
        ({"message": message()}, "message.empty"),
        ({"message": message(text="x", date=None)}, "date"),
        ({"message": {**message(text="x"), "chat": None}}, "chat.id"),
        ({"message": {**message(text="x"), "from": None}}, "from.id"),
        ({"callback_query": {"id": "1", "from": ANA, "message": message()}}, "callback_query.data"),
        ({"callback_query": {"id": "1", "from": ANA, "data": "y", "inline_message_id": "i"}}, "chat.id"),
        ({"edited_message": message()}, "edited_message.empty"),
        (membership(PRIVATE, IN, {"status": "dreaming"}), "my_chat_member.status"),
        ({"stopped_message_generation": {"draft_id": 1}}, "chat.id"),
        ({"business_connection": {"id": "b", "is_enabled": True}}, "date"),
        ({}, "update"),
    ],
)
def test_what_no_rule_reads_is_kept(business: Telegram, update: dict[str, Any], reason: str) -> None:
    event = parse(business, **update)
    assert isinstance(event, Unread)
    assert (event.reason, event.account) == (reason, BOT)


def _broken(value: Any) -> list[Any]:
    """Copies of `value`, each with one value gone or of the wrong kind."""
    if not isinstance(value, dict | list):
        return []
    found = []
    for key, inner in list(value.items()) if isinstance(value, dict) else list(enumerate(value)):
        for other in (None, "odd", 10**18, {}, [[]], *_broken(inner)):
            copy = value.copy()
            copy[key] = other
            found.append(copy)
    return found


@pytest.mark.parametrize("name", UPDATES)
def test_no_broken_update_is_a_bug_or_an_exception(services: Services, name: str) -> None:
    channel = made(services, business=True, guests=True, names="Ada")
    for changed in _broken(UPDATES[name]):
        for event in all_of(channel, changed):
            if isinstance(event, Unread):
                assert not event.reason.startswith("bug"), (event.reason, changed)


def test_receiving_does_not_load_the_client_library() -> None:
    code = (
        "import sys; from adapters.telegram import CHANNEL as C; from assistant.channel import Services;"
        "e = C.example(); c = C(e.settings, Services(http=None, bus=None, clock=None));"
        "c.authenticate(e.request); c.parse(e.request); print('telegram' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "False"


def test_a_name_learned_from_the_platform_is_not_needed_when_set(channel: Telegram) -> None:
    text = "@OurBot"
    body = json.dumps({"update_id": 1, "message": message(chat=GROUP, **called(text, text, "mention"))})
    (event,) = channel.parse(WebhookRequest(method="POST", headers={}, body=body.encode()))
    assert isinstance(event, MessageReceived)
    assert event.addressed
    assert event.sent_at.timestamp() == WHEN
