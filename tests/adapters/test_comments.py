"""Comments under a Page's posts: which are for us, which never are, and how they are answered."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr

from adapters.comments import FIELDS, Answers, Comments, CommentsSettings
from adapters.messenger import Messenger
from assistant import errors
from assistant.buses.memory import MemoryBus
from assistant.channel import Nearby, Overhears, Services
from assistant.events import (
    Event,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    Reacted,
    StaffWrote,
    Unread,
)
from assistant.types import (
    Address,
    Alias,
    Ask,
    Audience,
    Choice,
    Media,
    MediaKind,
    Outbound,
    Sender,
    Text,
    Unsupported,
    WebhookRequest,
)
from tests.adapters.api import FakeApi, outbound
from tests.clocks import FakeClock
from tests.contract import test_channel_contract as contract

PAGE, ANA = "889083480945134", "2561"
POST, COMMENT = f"{PAGE}_1221", "1221_1354"
ADDRESS = Address(channel="comments", account=PAGE, peer=ANA, thread=POST)
SENDER = Sender(external_id=ANA, aliases=(Alias(kind="facebook_user", value=ANA),), name="Ana")
WRITTEN = datetime.fromtimestamp(1790000009, UTC)
CHANGED = datetime.fromtimestamp(1790000010, UTC)
TEXT = "what is this?"


def made(services: Services, url: str = "http://127.0.0.1:9", **more: Any) -> Comments:
    given: dict[str, Any] = {
        "app_secret": SecretStr("app-secret"),
        "verify_token": SecretStr("word"),
        "access_token": SecretStr("EAAG-very-secret-token"),
        "page_id": PAGE,
        "page_name": "Our Page",
        "app_id": "4242",
        "api_url": url,
        "graph_version": "v25.0",
    }
    return Comments(CommentsSettings(**{**given, **more}), services)


@pytest.fixture
def services(services: Services, clock: FakeClock) -> Services:
    """With a real bus: the cap of answers counts there."""
    return Services(http=services.http, bus=MemoryBus(), clock=clock)


@pytest.fixture
def channel(services: Services) -> Comments:
    return made(services)


def comment(**more: Any) -> dict[str, Any]:
    value = {
        "from": {"id": ANA, "name": "Ana"},
        "message": TEXT,
        "post_id": POST,
        "comment_id": COMMENT,
        "parent_id": POST,
        "created_time": 1790000009,
        "item": "comment",
        "verb": "add",
        "post": {"id": POST, "permalink_url": "https://www.facebook.com/1221", "is_published": True},
        **more,
    }
    return {key: inner for key, inner in value.items() if inner is not None}


def request(*values: Any, field: str = "feed", page: str = PAGE) -> WebhookRequest:
    changes = [{"field": field, "value": value} for value in values]
    body = {"object": "page", "entry": [{"id": page, "time": 1790000010, "changes": changes}]}
    return WebhookRequest(method="POST", headers={}, body=json.dumps(body).encode())


def parse(channel: Comments, *values: Any, **more: Any) -> list[Event]:
    return channel.parse(request(*values, **more))


def received(*parts: Any, addressed: bool = False, reply_to: str | None = None) -> MessageReceived:
    return MessageReceived(
        address=ADDRESS,
        sender=SENDER,
        external_id=COMMENT,
        sent_at=WRITTEN,
        parts=parts or (Text(text=TEXT),),
        audience=Audience.PUBLIC,
        addressed=addressed,
        reply_to=reply_to,
    )


# --- whom a comment is for -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "addressed"),
    [
        ({}, False),
        ({"message": "@Our Page what is this?"}, True),
        ({"message": "@OurPage what is this?"}, True),
        ({"message": "hey our page, what is this?"}, True),
        ({"message": "what is this, OUR PAGE?"}, True),
        ({"message": "your pages are nice"}, False),
        ({"message": "colour pageant"}, False),
        ({"message": f"@[{PAGE}] what is this?"}, True),
        ({"message_tags": [{"id": PAGE, "name": "Our Page", "type": "page"}]}, True),
        ({"message_tags": [{"id": "77", "name": "Bea", "type": "user"}]}, False),
        ({"parent_id": "1221_1300", "parent": {"id": "1221_1300", "from": {"id": PAGE}}}, True),
        ({"parent_id": "1221_1300", "parent": {"id": "1221_1300", "from": {"id": "77"}}}, False),
    ],
)
def test_only_comments_that_mean_the_page_are_for_us(
    channel: Comments, more: dict[str, Any], addressed: bool
) -> None:
    (event,) = parse(channel, comment(**more))
    assert isinstance(event, MessageReceived)
    assert event.addressed is addressed
    assert event.audience is Audience.PUBLIC


def test_every_comment_is_for_us_where_staff_want_it(services: Services) -> None:
    channel = made(services, answer=Answers.ALL)
    assert parse(channel, comment()) == [received(addressed=True)]
    (elsewhere,) = parse(channel, comment(), page="999")
    assert isinstance(elsewhere, MessageReceived)
    assert not elsewhere.addressed


def test_without_a_name_only_tags_mean_the_page(services: Services) -> None:
    (event,) = parse(made(services, page_name=""), comment(message="our page @ what?"))
    assert isinstance(event, MessageReceived)
    assert not event.addressed


def test_a_comment_is_a_conversation_of_one_person_under_one_post(channel: Comments) -> None:
    assert parse(channel, comment()) == [received()]
    assert parse(channel, comment(parent_id="1221_1300")) == [received(reply_to="1221_1300")]


@pytest.mark.parametrize("answer", list(Answers))
def test_the_page_s_own_comments_are_never_a_turn(services: Services, answer: Answers) -> None:
    own = comment(**{"from": {"id": PAGE, "name": "Our Page"}, "message": "Our Page says hello"})
    (event,) = parse(made(services, answer=answer), own)
    assert isinstance(event, StaffWrote)
    assert event.external_id == COMMENT
    assert event.idempotency_key is None


def test_what_nobody_is_said_to_have_written_is_kept(services: Services) -> None:
    (event,) = parse(made(services, answer=Answers.ALL), comment(**{"from": None}))
    assert isinstance(event, Unread)
    assert event.reason == "from.id"


@pytest.mark.parametrize(
    ("more", "parts"),
    [
        (
            {"photo": "https://scontent.fbcdn.net/a.jpg"},
            (Text(text=TEXT), Media(kind=MediaKind.IMAGE, ref="https://scontent.fbcdn.net/a.jpg")),
        ),
        (
            {"message": None, "video": "https://video.fbcdn.net/a.mp4"},
            (Media(kind=MediaKind.VIDEO, ref="https://video.fbcdn.net/a.mp4"),),
        ),
        ({"message": None}, (Unsupported(kind="comment without words"),)),
    ],
)
def test_pictures_films_and_stickers(channel: Comments, more: dict[str, Any], parts: Any) -> None:
    assert parse(channel, comment(**more)) == [received(*parts)]


def test_edits_and_deletions_are_honoured_even_where_nobody_is_named(channel: Comments) -> None:
    assert parse(channel, comment(verb="edited", message="new")) == [
        MessageEdited(address=ADDRESS, external_id=COMMENT, at=CHANGED, parts=(Text(text="new"),))
    ]
    (event,) = parse(channel, comment(verb="remove", message=None, **{"from": None}))
    assert isinstance(event, MessageDeleted)
    assert (event.external_id, event.at) == (COMMENT, CHANGED)


@pytest.mark.parametrize(
    "value",
    [
        comment(verb="hide"),
        comment(verb="unhide"),
        comment(item="post"),
        comment(item="photo"),
        comment(item="like"),
        comment(item="reaction", comment_id=None, reaction_type="love"),
        comment(item="reaction", reaction_type="love", **{"from": {"id": PAGE}}),
    ],
)
def test_what_is_not_said_to_us_is_deliberately_nothing(services: Services, value: Any) -> None:
    assert parse(made(services, answer=Answers.ALL), value) == []


@pytest.mark.parametrize(
    ("verb", "word", "emoji"), [("add", "love", "❤️"), ("edit", "haha", "😆"), ("remove", "love", None)]
)
def test_a_reaction_is_never_a_turn(services: Services, verb: str, word: str, emoji: str | None) -> None:
    (event,) = parse(made(services), comment(item="reaction", verb=verb, reaction_type=word))
    assert event == Reacted(address=ADDRESS, sender=SENDER, external_id=COMMENT, at=CHANGED, emoji=emoji)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"item": "hologram"}, "hologram"),
        ({"item": None}, "item"),
        ({"verb": None}, "verb"),
        ({"verb": "dance"}, "verb dance"),
        ({"comment_id": None}, "comment_id"),
        ({"post_id": None}, "post_id"),
    ],
)
def test_what_cannot_be_read_is_kept_with_the_name_of_the_field(
    channel: Comments, more: dict[str, Any], reason: str
) -> None:
    first, bad, last = parse(channel, comment(), comment(**more), comment())
    assert first == last == received()
    assert isinstance(bad, Unread)
    assert bad.reason == reason


def mention(**more: Any) -> dict[str, Any]:
    value = {
        "sender_id": ANA,
        "sender_name": "Ana",
        "item": "comment",
        "post_id": POST,
        "comment_id": COMMENT,
        "message": TEXT,
        "verb": "add",
        "created_time": 1790000009,
        **more,
    }
    return {key: inner for key, inner in value.items() if inner is not None}


def test_a_mention_is_for_us_wherever_it_stands(channel: Comments) -> None:
    assert parse(channel, mention(), field="mention") == [received(addressed=True)]
    (event,) = parse(channel, mention(item="post", comment_id=None, post_id="77_5"), field="mention")
    assert isinstance(event, MessageReceived)
    assert (event.external_id, event.address.thread, event.addressed) == ("77_5", "77_5", True)
    (own,) = parse(channel, mention(sender_id=PAGE), field="mention")
    assert isinstance(own, StaffWrote)


def test_one_request_is_read_by_both_channels_and_nothing_twice(services: Services) -> None:
    """Messenger's webhook brings messages and comments; each channel reads its own."""
    comments, messenger = made(services), Messenger(Messenger.example().settings, services)
    assert isinstance(comments, Overhears)
    assert messenger.name in comments.overhears
    body = json.loads(request(comment()).body)
    talk = {
        "sender": {"id": ANA},
        "recipient": {"id": PAGE},
        "timestamp": 1790000000123,
        "message": {"mid": "m", "text": "hi"},
    }
    body["entry"][0] |= {"messaging": [talk], "standby": [talk]}
    both = WebhookRequest(method="POST", headers={}, body=json.dumps(body).encode())
    assert [event.address.channel for event in comments.parse(both)] == ["comments"]  # type: ignore[union-attr]
    assert {event.address.channel for event in messenger.parse(both)} == {"messenger"}  # type: ignore[union-attr]
    other = WebhookRequest(method="POST", headers={}, body=b'{"object":"user","entry":[{"id":"1"}]}')
    assert comments.parse(other) == []


SAMPLES = [
    comment(message="@Our Page hi", photo="https://scontent.fbcdn.net/a.jpg", message_tags=[{"id": "77"}]),
    comment(parent_id="1221_1300", parent={"from": {"id": PAGE}}),
    comment(**{"from": {"id": PAGE, "name": "Our Page"}, "message": "hello"}),
    comment(verb="edited"),
    comment(verb="remove"),
    comment(verb="hide", message="Our Page"),
    comment(item="reaction", reaction_type="love"),
]


@pytest.mark.parametrize("field", ["feed", "mention"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_a_broken_comment_costs_itself_and_never_makes_an_answer(
    channel: Comments, sample: dict[str, Any], field: str
) -> None:
    may_answer = sample["verb"] == "add" and sample["item"] == "comment" and sample["from"]["id"] != PAGE
    for changed in contract._without([sample]):
        events = contract.parsed(channel, request(*changed, field=field)) or []
        assert len(events) <= 1
        for event in events:
            if isinstance(event, MessageReceived) and event.addressed and field == "feed":
                assert may_answer
            assert not (isinstance(event, MessageReceived) and event.sender.external_id == PAGE)


# --- answering -------------------------------------------------------------------------------------------


async def test_an_answer_is_one_public_comment_under_the_comment(services: Services, api: FakeApi) -> None:
    api.answer(json={"id": "1221_1400"})
    receipt = await made(services, api.url).send(outbound(ADDRESS, "A lamp.", reply_to=COMMENT))
    assert receipt.external_id == "1221_1400"
    (call,) = api.calls
    assert call.path == f"/v25.0/{COMMENT}/comments"
    assert call.json == {"message": "A lamp."}
    assert "appsecret_proof" in call.query


async def test_without_a_comment_the_answer_stands_under_the_post(services: Services, api: FakeApi) -> None:
    api.answer(json={"id": "1221_1400"})
    await made(services, api.url).send(outbound(ADDRESS, "A lamp."))
    assert api.calls[0].path == f"/v25.0/{POST}/comments"
    nowhere = Address(channel="comments", account=PAGE, peer=ANA)
    with pytest.raises(errors.Rejected):
        await made(services, api.url).send(outbound(nowhere, "A lamp."))


async def test_only_words_can_be_a_comment(services: Services, api: FakeApi) -> None:
    ask = Ask(text="?", choices=(Choice(id="a", title="A"),))
    with pytest.raises(errors.Rejected):
        await made(services, api.url).send(
            Outbound(address=ADDRESS, part=ask, idempotency_key="k", reply_to=COMMENT)
        )
    assert api.calls == []


async def test_a_private_answer_goes_to_messenger_once(services: Services, api: FakeApi) -> None:
    api.answer(json={"recipient_id": ANA, "message_id": "m_out"})
    channel = made(services, api.url, private_reply=True)
    receipt = await channel.send(outbound(ADDRESS, "A lamp.", reply_to=COMMENT))
    assert receipt.external_id == "m_out"
    (call,) = api.calls
    assert call.path == f"/v25.0/{PAGE}/messages"
    assert call.json["recipient"] == {"comment_id": COMMENT}
    assert call.json["message"] == {"text": "A lamp.", "metadata": "key-1"}


@pytest.mark.parametrize(("code", "subcode"), [(10900, None), (10, 2018278), (551, None), (100, 33)])
async def test_a_refused_private_answer_is_given_in_public(
    services: Services, api: FakeApi, code: int, subcode: int | None
) -> None:
    api.answer(status=400, json={"error": {"code": code, "error_subcode": subcode}})
    api.answer(json={"id": "1221_1400"})
    channel = made(services, api.url, private_reply=True)
    receipt = await channel.send(outbound(ADDRESS, "A lamp.", reply_to=COMMENT))
    assert receipt.external_id == "1221_1400"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"hang_up": True}, errors.Uncertain),
        ({"status": 401, "json": {"error": {"code": 190}}}, errors.Misconfigured),
        ({"status": 400, "json": {"error": {"code": 613}}}, errors.Throttled),
    ],
)
async def test_an_unclear_private_answer_is_never_repeated_in_public(
    services: Services, api: FakeApi, answer: dict[str, Any], expected: type[Exception]
) -> None:
    api.answer(**answer)
    with pytest.raises(expected):
        await made(services, api.url, private_reply=True).send(outbound(ADDRESS, "x", reply_to=COMMENT))
    assert len(api.calls) == 1


DUPLICATE = {"error": {"code": 506, "error_subcode": 1455006}}


async def test_words_that_stand_there_already_were_sent(services: Services, api: FakeApi) -> None:
    api.answer(status=400, json=DUPLICATE)
    found = [
        {"id": "1", "message": "A lamp.", "from": {"id": ANA}},
        {"id": "2", "message": "Other words", "from": {"id": PAGE}},
        {"id": "3", "message": "A lamp. ", "from": {"id": PAGE}},
    ]
    api.answer(json={"data": found})
    receipt = await made(services, api.url).send(outbound(ADDRESS, "A lamp.", reply_to=COMMENT))
    assert receipt.external_id == "3"
    assert api.calls[1].method == "GET"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [({"json": {"data": []}}, errors.Rejected), ({"status": 503, "text": "busy"}, errors.Uncertain)],
)
async def test_a_duplicate_that_cannot_be_found_is_not_taken_for_sent(
    services: Services, api: FakeApi, answer: dict[str, Any], expected: type[Exception]
) -> None:
    api.answer(status=400, json=DUPLICATE)
    api.answer(**answer)
    with pytest.raises(expected):
        await made(services, api.url).send(outbound(ADDRESS, "A lamp.", reply_to=COMMENT))


async def test_a_post_has_so_many_answers_an_hour_and_the_rest_waits(
    services: Services, api: FakeApi
) -> None:
    channel = made(services, api.url, per_post_hour=2)
    for number in range(2):
        api.answer(json={"id": str(number)})
        await channel.send(outbound(ADDRESS, "x", reply_to=COMMENT))
    with pytest.raises(errors.Throttled) as raised:
        await channel.send(outbound(ADDRESS, "x", reply_to=COMMENT))
    assert 0 < (raised.value.retry_after or 0) <= 3600
    assert not raised.value.account_wide
    other = Address(channel="comments", account=PAGE, peer=ANA, thread=f"{PAGE}_2")
    api.answer(json={"id": "9"})
    await channel.send(outbound(other, "x", reply_to="2_1"))
    assert len(api.calls) == 3


async def test_our_comment_can_be_changed_and_taken_back(services: Services, api: FakeApi) -> None:
    channel = made(services, api.url)
    await channel.edit(ADDRESS, "1221_1400", Text(text="A red lamp."))
    await channel.delete(ADDRESS, "1221_1400")
    assert [(call.method, call.path) for call in api.calls] == [
        ("POST", "/v25.0/1221_1400"),
        ("DELETE", "/v25.0/1221_1400"),
    ]
    assert api.calls[0].json == {"message": "A red lamp."}
    api.answer(status=400, json={"error": {"code": 100, "error_subcode": 33}})
    with pytest.raises(errors.Rejected):
        await channel.delete(ADDRESS, "1221_1400")


async def test_a_picture_comes_from_facebook_s_hosts(channel: Comments) -> None:
    found = await channel.fetch(ADDRESS, Media(kind=MediaKind.IMAGE, ref="https://scontent.fbcdn.net/a.jpg"))
    assert found.hosts[:2] == ("*.fbcdn.net", "*.fbsbx.com")


# --- setting up ------------------------------------------------------------------------------------------


async def test_registering_adds_the_feed_and_leaves_the_webhook_to_messenger(
    services: Services, api: FakeApi
) -> None:
    api.answer(json={"data": [{"id": "4242", "subscribed_fields": ["messages"]}]})
    api.answer(json={"success": True})
    await made(services, api.url).register("https://bot.example")
    assert [call.path for call in api.calls] == [f"/v25.0/{PAGE}/subscribed_apps"] * 2
    assert api.calls[1].query["subscribed_fields"] == "feed,mention,messages"


async def test_the_check_says_what_is_missing(services: Services, api: FakeApi) -> None:
    api.answer(json={"name": "Our Page"})
    api.answer(json={"data": [{"id": "4242", "subscribed_fields": list(FIELDS)}]})
    api.answer(json={"data": {"is_valid": True, "app_id": "4242", "scopes": ["pages_manage_metadata"]}})
    found = await made(services, api.url, page_name="").probe("https://bot.example")
    assert found[0].ok
    bad = " ".join(probe.sentence for probe in found if not probe.ok)
    assert "pages_manage_engagement" in bad
    assert "ASSISTANT_COMMENTS_PAGE_NAME" in bad


# --- an unclear answer is looked for ---------------------------------------------------------------------

OURS: dict[str, Any] = {
    "id": "1",
    "message": "A lamp.",
    "from": {"id": PAGE},
    "created_time": "2026-11-23T12:00:30+0000",
}
NEARBY = Nearby(since=datetime(2026, 11, 23, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("comments", "expected"),
    [
        ([OURS], "1"),
        ([OURS | {"message": "A lamp.\n"}], "1"),
        ([OURS | {"from": {"id": ANA}}], None),
        ([OURS | {"message": "A bulb."}], None),
        ([OURS | {"id": "known"}], None),
        ([OURS | {"created_time": "2026-11-23T11:58:00+0000"}], None),
        ([OURS | {"created_time": None}], None),
        ([OURS | {"created_time": "soon"}], None),
        ([None, {}, "x"], None),
        ([], None),
    ],
    ids=[
        "there",
        "with a line end",
        "somebody else's",
        "other words",
        "known already",
        "older",
        "no time",
        "no such time",
        "nonsense",
        "none",
    ],
)
async def test_our_comment_is_found_by_its_words_below_what_it_answers(
    services: Services, api: FakeApi, comments: list[Any], expected: str | None
) -> None:
    api.answer(json={"data": comments})
    nearby = replace(NEARBY, known=frozenset({"known"}))
    wanted = outbound(ADDRESS, "A lamp.", reply_to=COMMENT)
    assert await made(services, api.url).find(wanted, nearby) == expected
    [call] = api.calls
    assert call.method == "GET" and f"/{COMMENT}/comments" in call.path


async def test_what_may_have_gone_out_in_private_is_not_looked_for_in_public(
    services: Services, api: FakeApi
) -> None:
    channel = made(services, api.url, private_reply=True)
    assert await channel.find(outbound(ADDRESS, "A lamp.", reply_to=COMMENT), NEARBY) is None
    assert api.calls == []


async def test_when_meta_cannot_be_asked_nobody_says_that_it_is_not_there(
    services: Services, api: FakeApi
) -> None:
    api.answer(status=503, text="busy")
    with pytest.raises(errors.SendError):
        await made(services, api.url).find(outbound(ADDRESS, "A lamp.", reply_to=COMMENT), NEARBY)
