"""Messenger: what a Page's webhooks mean, and what we ask of the Send API."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr

from adapters.messenger import Messenger, MessengerSettings
from assistant import errors
from assistant.channel import Services
from assistant.errors import SendError
from assistant.events import (
    Event,
    FeedbackGiven,
    MessageEdited,
    MessageReceived,
    Reacted,
    StaffWrote,
    StatusChanged,
    Unread,
)
from assistant.http import recording
from assistant.types import Address, Alias, Choice, Sender, Status, Text, Unsupported, WebhookRequest
from tests.adapters.api import FakeApi, outbound

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
                    app="263902037430900",
                )
            ],
        ),
    ],
)
def test_events(channel: Messenger, given: dict[str, Any], expected: list[Event]) -> None:
    assert parse(channel, given) == expected


def test_without_an_app_id_our_echo_is_known_by_its_metadata(services: Services) -> None:
    echo = item(
        "message", {"mid": "m_5", "is_echo": True, "app_id": 1, "metadata": "key-1", "text": "x"}, **ECHO
    )
    (event,) = parse(made(services, app_id=""), echo)
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
        (item("optin", {"type": "one_time"}), "optin"),
        (item("referral", {"ref": "x"}), "referral"),
        (item("pass_thread_control", {"new_owner_app_id": 1}), "pass_thread_control"),
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


def test_comments_on_the_page_are_kept_for_the_channel_that_reads_them(channel: Messenger) -> None:
    (event,) = parse(channel, changes=[{"field": "feed", "value": {"item": "comment"}}])
    assert isinstance(event, Unread)
    assert event.reason == "feed"


# --- sending ---------------------------------------------------------------------------------------------


async def test_an_answer_carries_our_key_and_the_proof(services: Services, api: FakeApi) -> None:
    api.answer(json={"recipient_id": PERSON, "message_id": "m_out"})
    with recording() as exchanges:
        receipt = await made(services, api.url).send(outbound(ADDRESS, "hi"))
    assert receipt.external_id == "m_out"
    (call,) = api.calls
    assert (call.method, call.path) == ("POST", f"/v25.0/{PAGE}/messages")
    proof = hmac.new(b"app-secret", TOKEN.encode(), hashlib.sha256).hexdigest()
    assert call.query == {"appsecret_proof": proof}
    assert call.headers["authorization"] == f"Bearer {TOKEN}"
    assert call.json == {
        "recipient": {"id": PERSON},
        "messaging_type": "RESPONSE",
        "message": {"text": "hi", "metadata": "key-1"},
    }
    assert TOKEN not in repr(exchanges)
    assert proof not in repr(exchanges)


async def test_typing_and_seen_are_sender_actions(services: Services, api: FakeApi) -> None:
    channel = made(services, api.url)
    await channel.typing(ADDRESS, None)
    await channel.mark_read(ADDRESS, "m_1")
    assert [call.json for call in api.calls] == [
        {"recipient": {"id": PERSON}, "sender_action": "typing_on"},
        {"recipient": {"id": PERSON}, "sender_action": "mark_seen"},
    ]


async def test_probe(services: Services, api: FakeApi) -> None:
    api.answer(json={"name": "Ada's Page", "id": PAGE})
    probe = (await made(services, api.url).probe(""))[0]
    assert probe.ok
    assert "Ada's Page" in probe.sentence


@pytest.mark.parametrize(
    ("status", "code", "subcode", "expected"),
    [
        (400, 1, None, "Uncertain"),
        (400, 1, 1357046, "Uncertain"),
        (500, 2, None, "Uncertain"),
        (400, 1200, None, "Unavailable"),
        (400, 4, None, "Throttled"),
        (400, 613, 1893015, "Throttled"),
        (400, 10, 2018278, "WindowClosed"),
        (400, 10, 2018065, "WindowClosed"),
        (400, 10, 1893063, "Misconfigured"),
        (403, 200, None, "Misconfigured"),
        (400, 100, 2018001, "RecipientGone"),
        (400, 100, 33, "Rejected"),
        (401, 190, 463, "Misconfigured"),
        (400, 551, 1545041, "RecipientGone"),
        (400, 551, None, "RecipientGone"),
        (400, 1545041, None, "WindowClosed"),
        (400, 368, None, "Misconfigured"),
        (400, 777, None, "Rejected"),
        (502, None, None, "Uncertain"),
    ],
)
async def test_refusals(
    services: Services, api: FakeApi, status: int, code: int | None, subcode: int | None, expected: str
) -> None:
    error = {"error": {"code": code, "error_subcode": subcode, "error_data": "a string", "message": "m"}}
    api.answer(status=status, json=error if code is not None else None, text="busy")
    with pytest.raises(SendError) as raised:
        await made(services, api.url).send(outbound(ADDRESS, "private words"))
    assert type(raised.value) is getattr(errors, expected)
    if code is not None:
        assert raised.value.vendor_code == (f"{code}/{subcode}" if subcode else str(code))
    assert "private words" not in str(raised.value)
