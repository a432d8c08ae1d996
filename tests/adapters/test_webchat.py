"""The web chat: visitors' cookies, the messages of a page, and frames on the bus."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import orjson
import pytest
from pydantic import SecretStr

from adapters.webchat import MAX_TEXT_CHARACTERS, WebChat, WebChatSettings, new_visitor
from assistant.channel import OwnPage, Services, page_topic
from assistant.errors import BadPayload, BadSignature, Rejected
from assistant.events import FeedbackGiven, MessageReceived, StopPressed
from assistant.types import Address, Outbound, Text, Unsupported, WebhookRequest
from tests.adapters.api import RecordingBus, outbound

SECRET = "cookie-secret"


@pytest.fixture
def channel(services: Services) -> WebChat:
    return WebChat(WebChatSettings(secret=SecretStr(SECRET)), services)


def request(cookie: str, body: Any = None) -> WebhookRequest:
    return WebhookRequest(method="POST", headers={"cookie": (cookie,)}, body=orjson.dumps(body))


def test_a_new_visitor_is_let_in_and_known_by_the_cookie(channel: WebChat) -> None:
    first, second = new_visitor(SECRET), new_visitor(SECRET)
    assert first != second
    sent = request(f"theme=dark; visitor={first}; other=1", {"id": "c1", "text": "hi", "conversation": "c-2"})
    channel.authenticate(sent)
    (event,) = channel.parse(sent)
    assert isinstance(event, MessageReceived)
    visitor = first.partition(".")[0]
    assert event.address == Address(channel="webchat", account="web", peer=visitor, thread="c-2")
    assert event.external_id == f"{visitor}:c1"
    assert event.parts == (Text(text="hi"),)


@pytest.mark.parametrize(
    "cookie", ["visitor={0}; visitor={0}", "visitors={0}", "visitor=x.{0}", "visitor={0}0", ""]
)
def test_other_cookies_are_refused(channel: WebChat, cookie: str) -> None:
    with pytest.raises(BadSignature):
        channel.authenticate(request(cookie.format(new_visitor(SECRET))))


def test_a_cookie_of_another_secret_is_refused(channel: WebChat) -> None:
    with pytest.raises(BadSignature):
        channel.authenticate(request(f"visitor={new_visitor('another')}"))


def test_a_visitors_cookie_names_the_conversation(channel: WebChat) -> None:
    assert isinstance(channel, OwnPage)
    cookie = channel.new_visitor()
    (event,) = channel.parse(request(f"visitor={cookie}", {"id": "1", "text": "x"}))
    assert isinstance(event, MessageReceived)
    assert channel.visitor_address(cookie) == event.address
    assert channel.sender(event.address) == event.sender
    for other in ("", "x", cookie + "0", new_visitor("another")):
        assert channel.visitor_address(other) is None


def test_two_visitors_cannot_take_each_others_message_ids(channel: WebChat) -> None:
    events = [
        channel.parse(request(f"visitor={new_visitor(SECRET)}", {"id": "1", "text": "x"}))[0]
        for _ in range(2)
    ]
    ids = {event.external_id for event in events if isinstance(event, MessageReceived)}
    assert len(ids) == 2


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {"id": "1"},
        {"text": "x"},
        {"id": "", "text": "x"},
        {"id": "a b", "text": "x"},
        {"id": "x" * 129, "text": "x"},
        {"id": "1", "text": " \n"},
        {"id": "1", "text": "x" * (MAX_TEXT_CHARACTERS + 1)},
        {"id": "1", "text": "x", "conversation": "../.."},
        {"id": "1", "text": "x", "more": "y" * 200_000},
        {"id": "1", "stop": "true"},
        {"stop": True},
        {"id": "1", "stop": True, "conversation": "../.."},
        {"id": "1", "feedback": {"good": True}},
        {"id": "1", "feedback": {"message": "a b", "good": True}},
        {"id": "1", "feedback": {"message": "k", "good": "yes"}},
        {"id": "1", "feedback": {"message": "k", "good": False, "reasons": ["Not a code!"]}},
        {"id": "1", "feedback": {"message": "k", "good": False, "reasons": [7]}},
        {"id": "1", "feedback": {"message": "k", "good": False, "reasons": ["a"] * 13}},
        {"id": "1", "feedback": {"message": "k", "good": False, "text": "x" * 2001}},
    ],
)
def test_messages_out_of_bounds_are_refused(channel: WebChat, body: Any) -> None:
    with pytest.raises(BadPayload):
        channel.parse(request(f"visitor={new_visitor(SECRET)}", body))


def test_stop_is_pressed_in_one_chat(channel: WebChat) -> None:
    cookie = new_visitor(SECRET)
    (event,) = channel.parse(request(f"visitor={cookie}", {"id": "1", "stop": True, "conversation": "c-2"}))
    assert isinstance(event, StopPressed)
    visitor = channel.visitor_address(cookie)
    assert visitor is not None and event.address == replace(visitor, thread="c-2")


@pytest.mark.parametrize(
    ("given", "good", "reasons", "comment"),
    [
        ({"good": True}, True, (), None),
        ({"good": None}, None, (), None),
        ({}, None, (), None),
        (
            {"good": False, "reasons": ["wrong_fact", "too_long"], "text": " It is not so. "},
            False,
            ("wrong_fact", "too_long"),
            "It is not so.",
        ),
    ],
)
def test_a_thumb_is_given_with_reasons_and_taken_back(
    channel: WebChat, given: dict[str, Any], good: bool | None, reasons: tuple[str, ...], comment: str | None
) -> None:
    body = {"id": "1", "conversation": "c-2", "feedback": {"message": "key-1", **given}}
    (event,) = channel.parse(request(f"visitor={new_visitor(SECRET)}", body))
    assert isinstance(event, FeedbackGiven)
    assert (event.external_id, event.good, event.reasons, event.comment) == ("key-1", good, reasons, comment)


@pytest.mark.parametrize("thread", [None, "c-1"])
async def test_answers_and_typing_of_every_chat_are_frames_on_the_visitors_one_topic(
    channel: WebChat, bus: RecordingBus, thread: str | None
) -> None:
    visitor = Address(channel="webchat", account="web", peer="v" * 16)
    address = replace(visitor, thread=thread)
    receipt = await channel.send(outbound(address, "**hi**"))
    await channel.typing(address, None)
    assert receipt.external_id == "key-1"
    topic = page_topic(visitor)
    assert bus.published == [
        (topic, {"kind": "message", "id": "key-1", "text": "**hi**", "chat": thread}),
        (topic, {"kind": "typing", "chat": thread}),
    ]


async def test_only_text_is_sent(channel: WebChat) -> None:
    address = Address(channel="webchat", account="web", peer="v" * 16)
    with pytest.raises(Rejected):
        await channel.send(Outbound(address=address, part=Unsupported(kind="x"), idempotency_key="k"))
