"""Comments under an Instagram account's posts: which are for us, which never are, and how they are answered."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.comments import Answers, Comments
from adapters.instagram import Instagram
from assistant import errors
from assistant.channel import Nearby, Services
from assistant.events import Event, MessageReceived, StaffWrote, Unread
from assistant.types import Address, Alias, Audience, Sender, Text, Unsupported, WebhookRequest
from tests.adapters.api import FakeApi, outbound
from tests.adapters.test_comments import PAGE, comment, request, services
from tests.adapters.test_comments import made as made_for_page
from tests.contract import test_channel_contract as contract

__all__ = ["services"]

ACCOUNT, ANA, MEDIA, COMMENT = "17841405822304914", "2561", "18010", "17905"
ADDRESS = Address(channel="comments", account=ACCOUNT, peer=ANA, thread=MEDIA)
WRITTEN = datetime.fromtimestamp(1790000010, UTC)
TEXT = "what is this?"


def made(services: Services, url: str = "http://127.0.0.1:9", **more: Any) -> Comments:
    given = {"instagram_account_id": ACCOUNT, "instagram_name": "our.page"} | more
    return made_for_page(services, url, **given)


@pytest.fixture
def channel(services: Services) -> Comments:
    return made(services)


def said(**more: Any) -> dict[str, Any]:
    value = {
        "id": COMMENT,
        "text": TEXT,
        "from": {"id": ANA, "username": "ana_b"},
        "media": {"id": MEDIA, "media_product_type": "FEED"},
        **more,
    }
    return {key: inner for key, inner in value.items() if inner is not None}


def webhook(
    *values: Any, field: str = "comments", account: str = ACCOUNT, time: Any = 1790000010
) -> WebhookRequest:
    changes = [{"field": field, "value": value} for value in values]
    body = {"object": "instagram", "entry": [{"id": account, "time": time, "changes": changes}]}
    return WebhookRequest(method="POST", headers={}, body=json.dumps(body).encode())


def parse(channel: Comments, *values: Any, **more: Any) -> list[Event]:
    return channel.parse(webhook(*values, **more))


def received(text: str = TEXT, *, addressed: bool = False, reply_to: str | None = None) -> MessageReceived:
    return MessageReceived(
        address=ADDRESS,
        sender=Sender(external_id=ANA, aliases=(Alias(kind="igsid", value=ANA),), name="ana_b"),
        external_id=COMMENT,
        sent_at=WRITTEN,
        parts=(Text(text=text),),
        audience=Audience.PUBLIC,
        addressed=addressed,
        reply_to=reply_to,
    )


# --- whom a comment is for -------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["comments", "live_comments"])
@pytest.mark.parametrize(
    ("text", "addressed"),
    [
        (TEXT, False),
        ("@our.page what is this?", True),
        ("@Our.Page, what is this?", True),
        ("@ourpage what is this?", True),
        ("hey our page, what is this?", True),
        ("@our.pages what is this?", False),
        ("@ourXpage what is this?", False),
    ],
)
def test_only_comments_that_name_us_are_for_us(
    channel: Comments, text: str, addressed: bool, field: str
) -> None:
    assert parse(channel, said(text=text), field=field) == [received(text, addressed=addressed)]


def test_every_comment_is_for_us_where_staff_want_it(services: Services) -> None:
    channel = made(services, answer=Answers.ALL)
    assert parse(channel, said()) == [received(addressed=True)]
    (elsewhere,) = parse(channel, said(), account="999")
    assert isinstance(elsewhere, MessageReceived)
    assert not elsewhere.addressed


def test_an_answer_names_the_comment_it_answers_so_that_ours_is_found(channel: Comments) -> None:
    assert parse(channel, said(parent_id="17900")) == [received(reply_to="17900")]


def test_the_time_may_come_in_milliseconds(channel: Comments) -> None:
    assert parse(channel, said(), time=1790000010000) == [received()]


@pytest.mark.parametrize("answer", list(Answers))
@pytest.mark.parametrize(
    "author",
    [
        {"id": ACCOUNT, "username": "our.page"},
        {"id": "3399", "username": "our.page", "self_ig_scoped_id": "3399"},
    ],
)
def test_our_own_comments_are_never_a_turn(
    services: Services, answer: Answers, author: dict[str, str]
) -> None:
    own = said(**{"from": author, "text": "our.page says hello"})
    (event,) = parse(made(services, answer=answer), own)
    assert isinstance(event, StaffWrote)
    assert event.external_id == COMMENT


def test_somebody_else_is_not_taken_for_us(channel: Comments) -> None:
    author = {"id": ANA, "username": "ana_b", "self_ig_scoped_id": "3399"}
    assert parse(channel, said(**{"from": author})) == [received()]


def test_a_comment_without_words_is_told_as_such(channel: Comments) -> None:
    (event,) = parse(channel, said(text=None))
    assert isinstance(event, MessageReceived)
    assert event.parts == (Unsupported(kind="comment without words"),)


def test_a_mention_under_others_posts_is_kept_for_staff(channel: Comments) -> None:
    (event,) = parse(channel, {"media_id": "18011", "comment_id": "17997"}, field="mentions")
    assert isinstance(event, Unread)
    assert event.reason == "mentions"


def test_without_an_account_comments_are_kept_for_staff(services: Services) -> None:
    channel = made(services, instagram_account_id="", answer=Answers.ALL)
    (event,) = parse(channel, said(text="@our.page hi"))
    assert isinstance(event, Unread)
    assert (event.channel, event.reason) == ("comments", "comments")
    assert parse(channel, said(), field="story_insights") == []


@pytest.mark.parametrize(
    ("more", "reason"),
    [({"id": None}, "id"), ({"from": None}, "from.id"), ({"media": None}, "media.id")],
)
def test_what_cannot_be_read_is_kept_with_the_name_of_the_field(
    channel: Comments, more: dict[str, Any], reason: str
) -> None:
    first, bad, last = parse(channel, said(), said(**more), said())
    assert first == last == received()
    assert isinstance(bad, Unread)
    assert bad.reason == reason


def test_one_request_is_read_by_both_channels_and_nothing_twice(
    channel: Comments, services: Services
) -> None:
    instagram = Instagram(Instagram.example().settings, services)
    assert instagram.name in channel.overhears
    body = json.loads(webhook(said()).body)
    talk = json.loads(Instagram.example().request.body)["entry"][0]["messaging"]
    body["entry"][0] |= {"messaging": talk}
    both = WebhookRequest(method="POST", headers={}, body=json.dumps(body).encode())
    assert channel.parse(both) == [received()]
    (message,) = instagram.parse(both)
    assert isinstance(message, MessageReceived)
    assert message.address.channel == "instagram"


def test_the_page_and_the_account_are_read_side_by_side(channel: Comments) -> None:
    roots = [json.loads(request(comment()).body), json.loads(webhook(said()).body)]
    both = WebhookRequest(method="POST", headers={}, body=json.dumps(roots).encode())
    found = channel.parse(both)
    assert [event.address.account for event in found] == [PAGE, ACCOUNT]  # type: ignore[union-attr]


@pytest.mark.parametrize("field", ["comments", "live_comments", "mentions"])
def test_a_broken_comment_costs_itself(services: Services, field: str) -> None:
    channel = made(services, answer=Answers.ALL)
    for changed in contract._without([said(parent_id="17900")]):
        events = contract.parsed(channel, webhook(*changed, field=field)) or []
        assert len(events) == len(changed)


# --- answering -------------------------------------------------------------------------------------------


async def test_an_answer_is_one_public_reply_under_the_comment(services: Services, api: FakeApi) -> None:
    api.answer(json={"id": "17999"})
    receipt = await made(services, api.url).send(outbound(ADDRESS, "A lamp.", reply_to=COMMENT))
    assert receipt.external_id == "17999"
    (call,) = api.calls
    assert (call.method, call.path) == ("POST", f"/v25.0/{COMMENT}/replies")
    assert call.json == {"message": "A lamp."}
    assert "appsecret_proof" in call.query


async def test_without_a_comment_the_answer_stands_under_the_post(services: Services, api: FakeApi) -> None:
    api.answer(json={"id": "17999"})
    await made(services, api.url).send(outbound(ADDRESS, "A lamp."))
    assert api.calls[0].path == f"/v25.0/{MEDIA}/comments"


async def test_a_long_answer_is_several_comments_and_none_is_too_long(
    services: Services, api: FakeApi
) -> None:
    for number in range(3):
        api.answer(json={"id": str(number)})
    words = "A lamp is a thing that gives light. " * 20
    receipt = await made(services, api.url).send(outbound(ADDRESS, words, reply_to=COMMENT))
    assert receipt.external_id == "0"
    sent = [call.json["message"] for call in api.calls]
    assert all(len(piece) <= 300 for piece in sent)
    assert " ".join(" ".join(sent).split()) == words.strip()


async def test_an_answer_of_which_only_the_beginning_was_sent_is_not_repeated(
    services: Services, api: FakeApi
) -> None:
    api.answer(json={"id": "0"})
    api.answer(status=400, json={"error": {"code": 4}})
    with pytest.raises(errors.Uncertain):
        await made(services, api.url).send(outbound(ADDRESS, "A lamp. " * 50, reply_to=COMMENT))
    api.answer(status=400, json={"error": {"code": 4}})
    with pytest.raises(errors.Throttled):
        await made(services, api.url).send(outbound(ADDRESS, "A lamp. " * 50, reply_to=COMMENT))


async def test_a_private_answer_goes_into_direct_messages_once(services: Services, api: FakeApi) -> None:
    api.answer(json={"recipient_id": ANA, "message_id": "m_out"})
    channel = made(services, api.url, private_reply=True)
    receipt = await channel.send(outbound(ADDRESS, "A lamp.", reply_to=COMMENT))
    assert receipt.external_id == "m_out"
    (call,) = api.calls
    assert call.path == f"/v25.0/{ACCOUNT}/messages"
    assert call.json == {"recipient": {"comment_id": COMMENT}, "message": {"text": "A lamp."}}


async def test_a_refused_private_answer_is_given_in_public(services: Services, api: FakeApi) -> None:
    api.answer(status=400, json={"error": {"code": 10900}})
    api.answer(json={"id": "17999"})
    channel = made(services, api.url, private_reply=True)
    receipt = await channel.send(outbound(ADDRESS, "A lamp.", reply_to=COMMENT))
    assert receipt.external_id == "17999"
    assert api.calls[1].path == f"/v25.0/{COMMENT}/replies"


async def test_a_post_has_so_many_answers_an_hour(services: Services, api: FakeApi) -> None:
    channel = made(services, api.url, per_post_hour=1)
    api.answer(json={"id": "1"})
    await channel.send(outbound(ADDRESS, "x", reply_to=COMMENT))
    with pytest.raises(errors.Throttled):
        await channel.send(outbound(ADDRESS, "x", reply_to=COMMENT))


async def test_our_comment_can_be_taken_back_but_not_changed(services: Services, api: FakeApi) -> None:
    channel = made(services, api.url)
    with pytest.raises(errors.Rejected):
        await channel.edit(ADDRESS, "17999", Text(text="A red lamp."))
    await channel.delete(ADDRESS, "17999")
    assert [(call.method, call.path) for call in api.calls] == [("DELETE", "/v25.0/17999")]


# --- setting up ------------------------------------------------------------------------------------------


async def test_registering_says_what_is_to_be_ticked_for_instagram(services: Services, api: FakeApi) -> None:
    api.answer(json={"data": [{"id": "4242", "subscribed_fields": []}]})
    api.answer(json={"success": True})
    sentence = await made(services, api.url).register("https://bot.example")
    assert "comments, live_comments, mentions" in sentence


@pytest.mark.parametrize(
    ("answer", "ok", "words"),
    [
        ({"json": {"username": "our.page"}}, True, "our.page"),
        ({"status": 400, "json": {"error": {"code": 100}}}, False, "instagram_manage_comments"),
    ],
)
async def test_the_check_looks_at_the_instagram_account(
    services: Services, api: FakeApi, answer: dict[str, Any], ok: bool, words: str
) -> None:
    channel = made(services, api.url, app_id="")
    api.answer(json={"name": "Our Page"})
    api.answer(json={"data": [{"id": "4242", "subscribed_fields": ["feed", "mention"]}]})
    api.answer(**answer)
    last = (await channel.probe("https://bot.example"))[-1]
    assert last.ok is ok
    assert words in last.sentence
    assert api.calls[-1].path == f"/v25.0/{ACCOUNT}"


async def test_an_answer_on_instagram_is_found_by_its_words_unless_it_took_several_comments(
    services: Services, api: FakeApi
) -> None:
    ours = {"id": "77", "text": "A lamp.", "from": {"id": ACCOUNT}, "timestamp": "2026-11-24T12:00:30+0000"}
    nearby = Nearby(since=datetime(2026, 11, 24, 12, tzinfo=UTC))
    api.answer(json={"data": [ours]})
    channel = made(services, api.url)
    assert await channel.find(outbound(ADDRESS, "A lamp.", reply_to=COMMENT), nearby) == "77"
    [call] = api.calls
    assert call.path.endswith(f"/{COMMENT}/replies") and "timestamp" in call.query["fields"]
    assert await channel.find(outbound(ADDRESS, "A lamp. " * 60, reply_to=COMMENT), nearby) is None
