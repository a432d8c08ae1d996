"""Messenger: what a Page's webhooks mean, and what we ask of the Send API."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr

from adapters.messenger import Messenger, MessengerSettings
from assistant.channel import Services
from assistant.events import (
    AccountNotice,
    ControlPassed,
    Event,
    FeedbackGiven,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    Reacted,
    StaffWrote,
    StatusChanged,
    Unread,
)
from assistant.types import (
    Address,
    Alias,
    Choice,
    Media,
    MediaKind,
    Place,
    Referral,
    Sender,
    Status,
    Text,
    Unsupported,
    WebhookRequest,
)
from tests.contract import test_channel_contract as contract

PAGE, PERSON, APP = "1755", "6939", "4242"
ADDRESS = Address(channel="messenger", account=PAGE, peer=PERSON)
SENDER = Sender(external_id=PERSON, aliases=(Alias(kind="psid", value=PERSON),))
AT = datetime.fromtimestamp(1790000000.123, UTC)
TOKEN = "EAAG-very-secret-page-token"


def made(services: Services, url: str = "http://127.0.0.1:9", app_id: str = APP) -> Messenger:
    settings = MessengerSettings(
        app_secret=SecretStr("app-secret"),
        verify_token=SecretStr("word"),
        access_token=SecretStr(TOKEN),
        page_id=PAGE,
        app_id=app_id,
        api_url=url + "/",
        graph_version="v25.0",
    )
    return Messenger(settings, services)


@pytest.fixture
def channel(services: Services) -> Messenger:
    return made(services)


def item(key: str, content: Any, **more: Any) -> dict[str, Any]:
    ids = {"sender": {"id": PERSON}, "recipient": {"id": PAGE}, "timestamp": 1790000000123}
    return {**ids, key: content, **more}


def parse(
    channel: Messenger, *items: Any, key: str = "messaging", page: str = PAGE, **more: Any
) -> list[Event]:
    body = {"object": "page", "entry": [{"id": page, "time": 1790000000456, key: list(items), **more}]}
    return channel.parse(WebhookRequest(method="POST", headers={}, body=json.dumps(body).encode()))


def received(
    *parts: Any, addressed: bool = True, external_id: str = "m_1", reply_to: str | None = None
) -> MessageReceived:
    return MessageReceived(
        address=ADDRESS,
        sender=SENDER,
        external_id=external_id,
        sent_at=AT,
        parts=parts,
        addressed=addressed,
        reply_to=reply_to,
    )


ECHO = {"sender": {"id": PAGE}, "recipient": {"id": PERSON}}
CDN = "https://scontent.xx.fbcdn.net/v/t1"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (item("message", {"mid": "m_1", "text": "hi"}), [received(Text(text="hi"))]),
        (
            item("message", {"mid": "m_1", "text": "hi", "reply_to": {"mid": "m_0"}}),
            [received(Text(text="hi"), reply_to="m_0")],
        ),
        (
            item("message", {"mid": "m_1", "text": "More", "quick_reply": {"payload": "p:more"}}),
            [received(Choice(id="p:more", title="More"))],
        ),
        (
            item(
                "message",
                {
                    "mid": "m_1",
                    "attachments": [{"type": "image", "payload": {"url": "x"}}, {"type": "audio"}],
                },
            ),
            [received(Unsupported(kind="image"), Unsupported(kind="audio"))],
        ),
        (
            item(
                "message",
                {
                    "mid": "m_1",
                    "attachments": [{"type": "image", "payload": {"sticker_id": 369239263222822}}],
                },
            ),
            [received(Text(text="👍"))],
        ),
        (
            item("message", {"mid": "m_1", "attachments": [{"type": "sticker", "sticker_id": "77"}]}),
            [received(Unsupported(kind="sticker"))],
        ),
        (
            item(
                "message",
                {
                    "mid": "m_1",
                    "attachments": [
                        {"type": "sticker", "sticker_id": 369239343222814, "payload": {"url": CDN + "/t.png"}}
                    ],
                },
            ),
            [received(Text(text="👍"))],
        ),
        (
            item("message", {"mid": "m_1", "is_deleted": True}),
            [MessageDeleted(address=ADDRESS, external_id="m_1", at=AT)],
        ),
        (
            item(
                "message", {"mid": "m_1", "text": "x", "referral": {"ref": "summer", "source": "SHORTLINK"}}
            ),
            [received(Referral(kind="link", ref="summer"), Text(text="x"))],
        ),
        (item("message", {"mid": "m_1"}), [received(Unsupported(kind="empty"), addressed=False)]),
        (
            item("postback", {"mid": "m_1", "title": "Start", "payload": "GO"}),
            [received(Choice(id="GO", title="Start"))],
        ),
        (
            item("reaction", {"mid": "m_0", "action": "react", "emoji": "😍", "reaction": "love"}),
            [Reacted(address=ADDRESS, sender=SENDER, external_id="m_0", at=AT, emoji="😍")],
        ),
        (
            item("reaction", {"mid": "m_0", "action": "unreact", "emoji": "😍"}),
            [Reacted(address=ADDRESS, sender=SENDER, external_id="m_0", at=AT, emoji=None)],
        ),
        (
            item("message_edit", {"mid": "m_0", "text": "new", "num_edit": "1"}),
            [MessageEdited(address=ADDRESS, external_id="m_0", at=AT, parts=(Text(text="new"),))],
        ),
        (
            item("read", {"watermark": 1790000000123}),
            [StatusChanged(address=ADDRESS, status=Status.READ, at=AT, until=AT)],
        ),
        (
            item("delivery", {"mids": ["m_2", 5, "m_3"], "watermark": 1790000000123}),
            [
                StatusChanged(address=ADDRESS, status=Status.DELIVERED, at=AT, external_id="m_2"),
                StatusChanged(address=ADDRESS, status=Status.DELIVERED, at=AT, external_id="m_3"),
                StatusChanged(address=ADDRESS, status=Status.DELIVERED, at=AT, until=AT),
            ],
        ),
        (
            item("response_feedback", {"mid": "m_2", "feedback": "Good response"}),
            [FeedbackGiven(address=ADDRESS, external_id="m_2", at=AT, good=True)],
        ),
        (
            item("response_feedback", {"mid": "m_2", "feedback": "Bad response"}),
            [FeedbackGiven(address=ADDRESS, external_id="m_2", at=AT, good=False)],
        ),
        (
            item(
                "message",
                {"mid": "m_5", "is_echo": True, "app_id": 4242, "metadata": "key-1", "text": "hi"},
                **ECHO,
            ),
            [
                StaffWrote(
                    address=ADDRESS,
                    external_id="m_5",
                    sent_at=AT,
                    parts=(Text(text="hi"),),
                    idempotency_key="key-1",
                    app=APP,
                )
            ],
        ),
        (
            item(
                "message",
                {
                    "mid": "m_5",
                    "is_echo": True,
                    "app_id": 263902037430900,
                    "metadata": "theirs",
                    "text": "hi",
                },
                **ECHO,
            ),
            [
                StaffWrote(
                    address=ADDRESS,
                    external_id="m_5",
                    sent_at=AT,
                    parts=(Text(text="hi"),),
                    idempotency_key="theirs",  # the store finds no send of ours by it
                    app="263902037430900",
                )
            ],
        ),
    ],
)
def test_events(channel: Messenger, given: dict[str, Any], expected: list[Event]) -> None:
    assert parse(channel, given) == expected


def test_a_list_s_words_hold_nothing_that_postgresql_cannot_store(channel: Messenger) -> None:
    delivered = parse(channel, item("delivery", {"mids": ["m_\x001", 7, ""], "watermark": 1790000000123}))
    assert [event.external_id for event in delivered if isinstance(event, StatusChanged)] == [
        "m_\ufffd1",
        None,
    ]
    (notice,) = parse(channel, item("app_roles", {APP: ["primary\x00_receiver"]}))
    assert isinstance(notice, AccountNotice)
    assert "\x00" not in notice.sentence


@pytest.mark.parametrize("app_id", ["", "998"])
def test_without_the_right_app_id_our_echo_is_known_by_its_metadata(services: Services, app_id: str) -> None:
    """A wrong setting must not make every answer of ours look like staff at work, which silences the model."""
    echo = item(
        "message", {"mid": "m_5", "is_echo": True, "app_id": 1, "metadata": "key-1", "text": "x"}, **ECHO
    )
    (event,) = parse(made(services, app_id=app_id), echo)
    assert isinstance(event, StaffWrote)
    assert event.idempotency_key == "key-1"


def test_an_old_postback_without_mid_has_the_same_id_every_time(channel: Messenger) -> None:
    pressed = item("postback", {"title": "Start", "payload": "GO"})
    (first,), (second,) = parse(channel, pressed), parse(channel, pressed)
    (other,) = parse(channel, item("postback", {"title": "Start", "payload": "STOP"}))
    assert isinstance(first, MessageReceived)
    assert isinstance(other, MessageReceived)
    assert first == second
    assert first.external_id != other.external_id


def test_what_another_app_answers_is_kept_and_not_answered(channel: Messenger) -> None:
    (standby,) = parse(channel, item("message", {"mid": "m_1", "text": "hi"}), key="standby")
    assert standby == received(Text(text="hi"), addressed=False)
    (elsewhere,) = parse(channel, item("message", {"mid": "m_1", "text": "hi"}), page="999")
    assert isinstance(elsewhere, MessageReceived)
    assert (elsewhere.address.account, elsewhere.addressed) == ("999", False)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (item("optin", {"type": "one_time"}, sender={"user_ref": "r"}), "sender.id"),
        (item("account_linking", {"status": "linked", "authorization_code": "c"}), "account_linking"),
        (item("pass_thread_control", {"metadata": "x"}), "pass_thread_control.new_owner_app_id"),
        (item("message", {"text": "no mid"}), "message.mid"),
        (item("message", {"mid": "m_1", "text": "x"}, sender={"user_ref": "r"}), "sender.id"),
        (item("message", {"mid": "m_1", "text": "x"}, timestamp="soon"), "timestamp"),
        (item("response_feedback", {"mid": "m", "feedback": "Meh"}), "response_feedback.feedback"),
        (item("delivery", {}), "delivery.watermark"),
        ({}, "item"),
        (None, "item"),
    ],
)
def test_what_cannot_be_read_is_kept_with_the_name_of_the_field(
    channel: Messenger, given: Any, reason: str
) -> None:
    good = item("message", {"mid": "m_1", "text": "hi"})
    events = parse(channel, good, given, good)
    assert events[0] == events[2] == received(Text(text="hi"))
    assert isinstance(events[1], Unread)
    assert (events[1].reason, events[1].account) == (reason, PAGE)


def test_comments_on_the_page_are_left_to_the_channel_that_reads_them(channel: Messenger) -> None:
    for field in ("feed", "mention"):
        assert parse(channel, changes=[{"field": field, "value": {"item": "comment"}}]) == []
    (event,) = parse(channel, changes=[{"field": "ratings", "value": {"item": "rating"}}])
    assert isinstance(event, Unread)
    assert event.reason == "ratings"


# --- what a message is made of ---------------------------------------------------------------------------


def attachment(kind: str, url: str | None = None, **more: Any) -> dict[str, Any]:
    return {"type": kind, "payload": {"url": url} if url else {}, **more}


SENT: list[tuple[dict[str, Any], Any]] = [
    (attachment("image", CDN + "/a.jpg"), Media(kind=MediaKind.IMAGE, ref=CDN + "/a.jpg")),
    (attachment("video", CDN + "/a.mp4"), Media(kind=MediaKind.VIDEO, ref=CDN + "/a.mp4")),
    (attachment("audio", CDN + "/song.mp4?oh=1"), Media(kind=MediaKind.AUDIO, ref=CDN + "/song.mp4?oh=1")),
    (
        attachment("audio", CDN + "/audioclip-17.mp4"),
        Media(kind=MediaKind.VOICE, ref=CDN + "/audioclip-17.mp4"),
    ),
    (
        attachment("file", CDN + "/my%20bill.pdf?oh=00_AY"),
        Media(kind=MediaKind.DOCUMENT, ref=CDN + "/my%20bill.pdf?oh=00_AY", name="my bill.pdf"),
    ),
    (
        {"type": "image", "payload": {"url": CDN + "/s.png", "sticker_id": 77}},
        Media(kind=MediaKind.STICKER, ref=CDN + "/s.png"),
    ),
    (
        {"type": "location", "title": "Ana", "payload": {"coordinates": {"lat": 41.15, "long": -8.61}}},
        Place(latitude=41.15, longitude=-8.61, name="Ana"),
    ),
    ({"type": "location", "payload": {"coordinates": {"lat": 91, "long": 0}}}, Unsupported(kind="location")),
    (
        attachment(
            "fallback",
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fshop.example%2Fshoes&h=AT0",
            title="Shoes",
        ),
        Text(text="Shoes\nhttps://shop.example/shoes"),
    ),
    (
        {"type": "fallback", "title": "A post", "url": "https://x.example/p"},
        Text(text="A post\nhttps://x.example/p"),
    ),
    ({"type": "fallback", "payload": None}, Unsupported(kind="fallback")),
    (
        {"type": "reel", "payload": {"url": CDN + "/r.mp4", "title": "Our shop", "reel_video_id": 1}},
        Media(kind=MediaKind.VIDEO, ref=CDN + "/r.mp4", caption="Our shop"),
    ),
    (
        {"type": "ig_post", "payload": {"url": "https://www.instagram.com/p/1", "title": "New"}},
        Text(text="New\nhttps://www.instagram.com/p/1"),
    ),
    (
        {"type": "template", "title": "t", "payload": {"template_type": "generic"}},
        Unsupported(kind="template"),
    ),
    ({"type": "appointment_booking"}, Unsupported(kind="appointment_booking")),
    (attachment("image", "file:///etc/passwd"), Unsupported(kind="image")),
    (attachment("file", "https://[bad/x.pdf"), Media(kind=MediaKind.DOCUMENT, ref="https://[bad/x.pdf")),
]


@pytest.mark.parametrize(("given", "expected"), SENT)
def test_every_kind_of_attachment_becomes_a_part(channel: Messenger, given: Any, expected: Any) -> None:
    (event,) = parse(channel, item("message", {"mid": "m_1", "attachments": [given]}))
    assert event == received(expected)


def test_a_link_that_was_typed_is_not_said_twice(channel: Messenger) -> None:
    link = "https://x.example/p"
    shared = {"type": "fallback", "title": "A post", "payload": {"url": link, "title": "A post"}}
    (event,) = parse(channel, item("message", {"mid": "m_1", "text": f"see {link}", "attachments": [shared]}))
    assert event == received(Text(text=f"see {link}"), Text(text="A post"))


def test_several_photos_in_one_message_all_count(channel: Messenger) -> None:
    photos = [attachment("image", f"{CDN}/{number}.jpg") for number in range(3)]
    (event,) = parse(channel, item("message", {"mid": "m_1", "attachments": photos}))
    assert isinstance(event, MessageReceived)
    assert len(event.parts) == 3


# --- contexts, ownership, notices ------------------------------------------------------------------------


def test_coming_back_through_a_link_or_an_advertisement_is_a_context_and_not_a_turn(
    channel: Messenger,
) -> None:
    advertised = {
        "ref": "",
        "source": "ADS",
        "type": "OPEN_THREAD",
        "ad_id": "6045246247433",
        "ads_context_data": {"ad_title": "Summer shoes", "photo_url": CDN + "/ad.jpg"},
    }
    (event,) = parse(channel, item("referral", advertised))
    assert isinstance(event, MessageReceived)
    assert not event.addressed
    assert event.parts == (Referral(kind="advertisement", title="Summer shoes", ref="6045246247433"),)
    (again,) = parse(channel, item("referral", advertised))
    assert again == event
    (other,) = parse(channel, item("referral", {"ref": "winter", "source": "SHORTLINK"}))
    assert isinstance(other, MessageReceived)
    assert other.external_id != event.external_id


def test_an_optin_is_a_context_and_its_token_stays_out_of_it(channel: Messenger) -> None:
    optin = {
        "type": "notification_messages",
        "title": "News",
        "payload": "p",
        "notification_messages_token": "zz9",
    }
    (event,) = parse(channel, item("optin", optin))
    assert isinstance(event, MessageReceived)
    assert not event.addressed
    assert event.parts == (Referral(kind="optin", title="News", text="notification_messages", ref="p"),)
    assert "zz9" not in repr(event)


def test_a_first_button_says_where_the_person_came_from(channel: Messenger) -> None:
    pressed = {"mid": "m_1", "title": "Get Started", "payload": "GO", "referral": {"product": {"id": "sku7"}}}
    assert parse(channel, item("postback", pressed)) == [
        received(Referral(kind="product", ref="sku7"), Choice(id="GO", title="Get Started"))
    ]


@pytest.mark.parametrize(
    ("key", "content", "app_id", "ours"),
    [
        ("pass_thread_control", {"new_owner_app_id": 4242, "previous_owner_app_id": None}, APP, True),
        ("pass_thread_control", {"new_owner_app_id": "263902037430900"}, APP, False),
        ("pass_thread_control", {"new_owner_app_id": 4242}, "", True),
        ("take_thread_control", {"previous_owner_app_id": 4242, "new_owner_app_id": 1}, APP, False),
        ("take_thread_control", {"previous_owner_app_id": 4242, "metadata": "x"}, APP, False),
        ("take_thread_control", {"new_owner_app_id": 4242}, APP, True),
    ],
)
def test_who_owns_the_thread(services: Services, key: str, content: Any, app_id: str, ours: bool) -> None:
    (event,) = parse(made(services, app_id=app_id), item(key, content))
    assert event == ControlPassed(address=ADDRESS, at=AT, ours=ours)


@pytest.mark.parametrize(
    ("given", "kind", "urgent", "words"),
    [
        (
            item("request_thread_control", {"requested_owner_app_id": 99}),
            "request_thread_control",
            False,
            "99",
        ),
        (item("app_roles", {APP: ["primary_receiver"]}), "app_roles", False, "primary_receiver"),
        (item("app_roles", {"99": ["primary_receiver"]}), "app_roles", True, "not among"),
        (
            item("policy_enforcement", {"action": "block", "reason": "spam"}),
            "policy_enforcement",
            True,
            "spam",
        ),
        (item("policy_enforcement", {"action": "unblock"}), "policy_enforcement", False, "unblock"),
    ],
)
def test_what_meta_says_of_our_account_is_a_notice(
    channel: Messenger, given: Any, kind: str, urgent: bool, words: str
) -> None:
    (event,) = parse(channel, given)
    assert isinstance(event, AccountNotice)
    assert (event.account, event.kind, event.urgent, event.at) == (PAGE, kind, urgent, AT)
    assert words in event.sentence
    assert PERSON not in event.sentence


def test_what_our_own_side_did_is_never_a_turn(channel: Messenger) -> None:
    """Also where the mark of an echo is missing; our reactions and receipts are nothing at all."""
    (event,) = parse(channel, item("message", {"mid": "m_5", "text": "hi"}, **ECHO))
    assert isinstance(event, StaffWrote)
    assert event.address == ADDRESS
    for key, content in (
        ("reaction", {"mid": "m_1", "action": "react", "emoji": "👍"}),
        ("read", {"watermark": 1790000000123}),
        ("delivery", {"watermark": 1790000000123}),
        ("postback", {"title": "x", "payload": "y"}),
    ):
        assert parse(channel, item(key, content, **ECHO)) == []


def test_a_reaction_is_never_a_turn_and_meta_s_word_becomes_an_emoji(channel: Messenger) -> None:
    (event,) = parse(channel, item("reaction", {"mid": "m_0", "action": "react", "reaction": "love"}))
    assert event == Reacted(address=ADDRESS, sender=SENDER, external_id="m_0", at=AT, emoji="❤️")


SAMPLES = [
    *[item("message", {"mid": "m_1", "text": "hi", "attachments": [given]}) for given, _ in SENT],
    item(
        "message", {"mid": "m_5", "is_echo": True, "app_id": 4242, "metadata": "key-1", "text": "hi"}, **ECHO
    ),
    item("message", {"mid": "m_1", "text": "x", "reply_to": {"mid": "m_0"}, "quick_reply": {"payload": "p"}}),
    item("message", {"mid": "m_1", "is_deleted": True}),
    item(
        "postback",
        {"title": "Start", "payload": "GO", "referral": {"ref": "r", "ads_context_data": {"ad_title": "a"}}},
    ),
    item("reaction", {"mid": "m_0", "action": "react", "emoji": "😍", "reaction": "love"}),
    item("message_edit", {"mid": "m_0", "text": "new", "num_edit": "1"}),
    item("read", {"watermark": 1790000000123}),
    item("delivery", {"mids": ["m_2"], "watermark": 1790000000123}),
    item("response_feedback", {"mid": "m_2", "feedback": "Good response"}),
    item("optin", {"type": "t", "payload": "p"}),
    item("referral", {"ref": "r", "source": "ADS", "ad_id": "1", "product": {"id": "2"}}),
    item("pass_thread_control", {"new_owner_app_id": 4242}),
    item("take_thread_control", {"new_owner_app_id": 1}),
    item("request_thread_control", {"requested_owner_app_id": 1}),
    item("app_roles", {APP: ["primary_receiver"]}),
    item("policy_enforcement", {"action": "block", "reason": "spam"}),
]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: list(sample)[3])
@pytest.mark.parametrize("key", ["messaging", "standby"])
def test_a_broken_item_costs_itself_and_never_makes_an_answer(
    channel: Messenger, sample: dict[str, Any], key: str
) -> None:
    for changed in contract._without({key: [sample]}):
        body = {"object": "page", "entry": [{"id": PAGE, "time": 1, **changed}]}
        request = WebhookRequest(method="POST", headers={}, body=json.dumps(body).encode())
        events = contract.parsed(channel, request) or []
        turns = [event for event in events if isinstance(event, MessageReceived) and event.addressed]
        assert len(turns) <= ("message" in sample or "postback" in sample)
        assert not turns or (key == "messaging" and sample["sender"]["id"] == PERSON)
