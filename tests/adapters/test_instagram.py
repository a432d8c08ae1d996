"""Instagram: what an account's webhooks mean beyond Messenger's, and what is different when we send."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from adapters.instagram import FIELDS, PAGE_FIELDS, Instagram, InstagramSettings
from assistant import errors
from assistant.channel import Services
from assistant.events import (
    AccountNotice,
    ControlPassed,
    Event,
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
    Ask,
    Choice,
    Media,
    MediaKind,
    Outbound,
    Referral,
    Sender,
    Status,
    Text,
    Unit,
    Unsupported,
    WebhookRequest,
)
from tests.adapters.api import FakeApi, outbound
from tests.contract import test_channel_contract as contract

ACCOUNT, PERSON, APP = "17841405822304914", "1002003004", "4242"
ADDRESS = Address(channel="instagram", account=ACCOUNT, peer=PERSON)
SENDER = Sender(external_id=PERSON, aliases=(Alias(kind="igsid", value=PERSON),))
AT = datetime.fromtimestamp(1790000000.123, UTC)
CDN = "https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=178&signature=Ab"
ECHO = {"sender": {"id": ACCOUNT}, "recipient": {"id": PERSON}}


def made(services: Services, url: str = "http://127.0.0.1:9", app_id: str = APP) -> Instagram:
    settings = InstagramSettings(
        app_secret=SecretStr("meta-secret,instagram-secret"),
        verify_token=SecretStr("word"),
        access_token=SecretStr("IGAA-very-secret-token"),
        account_id=ACCOUNT,
        app_id=app_id,
        api_url=url,
        graph_version="v25.0",
    )
    return Instagram(settings, services)


@pytest.fixture
def channel(services: Services) -> Instagram:
    return made(services)


def item(key: str, content: Any, **more: Any) -> dict[str, Any]:
    ids = {"sender": {"id": PERSON}, "recipient": {"id": ACCOUNT}, "timestamp": 1790000000123}
    return {**ids, key: content, **more}


def parse(channel: Instagram, *items: Any, listed: bool = False, **entry: Any) -> list[Event]:
    body: Any = {
        "object": "instagram",
        "entry": [{"id": ACCOUNT, "time": 1790000000456, "messaging": list(items), **entry}],
    }
    request = WebhookRequest(method="POST", headers={}, body=json.dumps([body] if listed else body).encode())
    return channel.parse(request)


def message(**more: Any) -> dict[str, Any]:
    return item("message", {"mid": "m_1", **more})


def attached(kind: str, **payload: Any) -> dict[str, Any]:
    return message(attachments=[{"type": kind, "payload": payload}])


def received(*parts: Any, addressed: bool = True, reply_to: str | None = None) -> MessageReceived:
    return MessageReceived(
        address=ADDRESS,
        sender=SENDER,
        external_id="m_1",
        sent_at=AT,
        parts=parts,
        addressed=addressed,
        reply_to=reply_to,
    )


STORY = {"id": "17840000", "url": CDN}
EVENTS: list[tuple[str, dict[str, Any], list[Event]]] = [
    ("text", message(text="hi"), [received(Text(text="hi"))]),
    ("reply", message(text="hi", reply_to={"mid": "m_0"}), [received(Text(text="hi"), reply_to="m_0")]),
    (
        "unsend",
        message(is_deleted=True),
        [MessageDeleted(address=ADDRESS, external_id="m_1", at=AT)],
    ),
    (
        "unsupported",
        message(is_unsupported=True),
        [received(Unsupported(kind="unsupported"), addressed=False)],
    ),
    (
        "story reply",
        message(text="how much?", reply_to={"story": STORY}),
        [
            received(
                Referral(kind="story", ref="17840000"),
                Media(kind=MediaKind.IMAGE, ref=CDN),
                Text(text="how much?"),
            )
        ],
    ),
    (
        "story mention",
        attached("story_mention", url=CDN),
        [received(Referral(kind="story mention"), Media(kind=MediaKind.IMAGE, ref=CDN), addressed=False)],
    ),
    ("heart", message(attachments=[{"type": "like_heart"}]), [received(Text(text="❤️"))]),
    ("view once", message(attachments=[{"type": "ephemeral"}]), [received(Unsupported(kind="ephemeral"))]),
    ("view once file", attached("ephemeral", url=CDN), [received(Unsupported(kind="ephemeral"))]),
    ("photo", attached("image", url=CDN), [received(Media(kind=MediaKind.IMAGE, ref=CDN))]),
    ("voice note", attached("audio", url=CDN), [received(Media(kind=MediaKind.VOICE, ref=CDN))]),
    (
        "shared post",
        attached("ig_post", ig_post_media_id="1", title="New shoes", url=CDN),
        [received(Media(kind=MediaKind.IMAGE, ref=CDN, caption="New shoes"))],
    ),
    ("share", attached("share", url=CDN), [received(Media(kind=MediaKind.IMAGE, ref=CDN))]),
    (
        "shared page",
        attached("share", url="https://www.instagram.com/p/1"),
        [received(Text(text="https://www.instagram.com/p/1"))],
    ),
    (
        "reel",
        attached("ig_reel", reel_video_id="1", title="Our shop", url=CDN),
        [received(Media(kind=MediaKind.VIDEO, ref=CDN, caption="Our shop"))],
    ),
    (
        "product",
        message(text="is it blue?", referral={"product": {"id": "sku7"}}),
        [received(Referral(kind="product", ref="sku7"), Text(text="is it blue?"))],
    ),
    (
        "advertisement",
        message(
            text="hi",
            referral={"ref": "", "ad_id": "60", "source": "ADS", "ads_context_data": {"ad_title": "Sale"}},
        ),
        [received(Referral(kind="advertisement", title="Sale", ref="60"), Text(text="hi"))],
    ),
    (
        "quick reply",
        message(text="More", quick_reply={"payload": "a:1"}),
        [received(Choice(id="a:1", title="More"))],
    ),
    (
        "postback",
        item("postback", {"mid": "m_1", "title": "Prices", "payload": "P"}),
        [received(Choice(id="P", title="Prices"))],
    ),
    (
        "echo",
        item("message", {"mid": "m_5", "is_echo": True, "text": "hi"}, **ECHO),
        [StaffWrote(address=ADDRESS, external_id="m_5", sent_at=AT, parts=(Text(text="hi"),))],
    ),
    (
        "echo of staff",
        item("message", {"mid": "m_5", "is_echo": True, "app_id": 263902037430900, "text": "hi"}, **ECHO),
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
    (
        "echo taken back",
        item("message", {"mid": "m_5", "is_echo": True, "is_deleted": True}, **ECHO),
        [MessageDeleted(address=ADDRESS, external_id="m_5", at=AT)],
    ),
    (
        "seen",
        item("read", {"mid": "m_9"}),
        [StatusChanged(address=ADDRESS, status=Status.READ, at=AT, external_id="m_9")],
    ),
    (
        "edit",
        item("message_edit", {"mid": "m_0", "text": "new", "num_edit": 1}),
        [MessageEdited(address=ADDRESS, external_id="m_0", at=AT, parts=(Text(text="new"),))],
    ),
    (
        "reaction",
        item("reaction", {"mid": "m_0", "action": "react", "emoji": "❤️"}),
        [Reacted(address=ADDRESS, sender=SENDER, external_id="m_0", at=AT, emoji="❤️")],
    ),
    (
        "named reaction",
        item("reaction", {"mid": "m_0", "action": "react", "reaction": "love"}),
        [Reacted(address=ADDRESS, sender=SENDER, external_id="m_0", at=AT, emoji="❤️")],
    ),
    (
        "reaction taken back",
        item("reaction", {"mid": "m_0", "action": "unreact"}),
        [Reacted(address=ADDRESS, sender=SENDER, external_id="m_0", at=AT, emoji=None)],
    ),
    (
        "thread given away",
        item("pass_thread_control", {"new_owner_app_id": "1"}),
        [ControlPassed(address=ADDRESS, at=AT, ours=False)],
    ),
]


@pytest.mark.parametrize(
    ("given", "expected"), [case[1:] for case in EVENTS], ids=[case[0] for case in EVENTS]
)
def test_events(channel: Instagram, given: dict[str, Any], expected: list[Event]) -> None:
    assert parse(channel, given) == expected
    assert parse(channel, given, listed=True) == expected  # Meta's own examples stand in a list


@pytest.mark.parametrize("given", [case[1] for case in EVENTS], ids=[case[0] for case in EVENTS])
def test_a_broken_item_costs_itself_and_never_makes_an_answer(
    channel: Instagram, given: dict[str, Any]
) -> None:
    (whole,) = parse(channel, given)
    may_answer = isinstance(whole, MessageReceived)
    for changed in contract._without(given):
        events = parse(channel, changed)
        assert len(events) <= 1
        for event in events:
            assert not (isinstance(event, Unread) and event.reason.startswith("bug")), event.reason
            if isinstance(event, MessageReceived) and event.addressed:
                assert may_answer
                assert event.address.peer != ACCOUNT


def test_many_items_of_many_entries_are_all_read(channel: Instagram) -> None:
    entry = {"id": ACCOUNT, "messaging": [message(text="1"), None, message(text="2")]}
    body = [{"object": "instagram", "entry": [entry, entry]}, {"object": "instagram", "entry": [entry]}]
    request = WebhookRequest(method="POST", headers={}, body=json.dumps(body).encode())
    events = channel.parse(request)
    assert [type(event) for event in events] == [MessageReceived, Unread, MessageReceived] * 3


def test_an_echo_of_our_own_app_is_never_a_word_of_staff(channel: Instagram) -> None:
    echo = {"mid": "m_5", "is_echo": True, "app_id": int(APP), "text": "hi"}
    assert parse(channel, item("message", echo, **ECHO)) == []


def test_a_referral_on_an_existing_thread_is_a_context(channel: Instagram) -> None:
    (event,) = parse(channel, item("referral", {"ref": "bio", "source": "IGME", "type": "OPEN_THREAD"}))
    assert isinstance(event, MessageReceived)
    assert (event.addressed, event.parts) == (False, (Referral(kind="igme", ref="bio"),))


def test_what_is_written_to_another_account_or_answered_by_another_app_is_kept(channel: Instagram) -> None:
    for events in (
        parse(channel, message(text="hi"), id="999"),
        parse(channel, standby=[message(text="hi")]),
    ):
        (event,) = events
        assert isinstance(event, MessageReceived)
        assert not event.addressed


def test_the_message_of_meta_s_test_button_is_read(channel: Instagram) -> None:
    value = {**message(text="random_text"), "timestamp": "1527459824"}
    (event,) = parse(channel, changes=[{"field": "messages", "value": value}])
    assert isinstance(event, MessageReceived)
    assert event.sent_at == datetime.fromtimestamp(1527459824, UTC)


@pytest.mark.parametrize("field", ["comments", "live_comments", "mentions"])
def test_comments_are_left_to_the_channel_that_reads_them(channel: Instagram, field: str) -> None:
    value = {"id": "1", "text": "nice", "from": {"id": "2", "username": "ana"}, "media": {"id": "3"}}
    assert parse(channel, changes=[{"field": field, "value": value}]) == []
    (event,) = parse(channel, changes=[{"field": "story_insights", "value": value}])
    assert isinstance(event, Unread)
    assert event.reason == "story_insights"


def test_policy_notices_are_told(channel: Instagram) -> None:
    (event,) = parse(channel, item("policy_enforcement", {"action": "warning", "reason": "spam"}))
    assert isinstance(event, AccountNotice)
    assert event.urgent


def test_both_secrets_of_the_two_doors_sign(channel: Instagram) -> None:
    from adapters._graph import sign

    for secret in ("meta-secret", "instagram-secret"):
        headers = {"x-hub-signature-256": (sign(secret, b"{}"),)}
        channel.authenticate(WebhookRequest(method="POST", headers=headers, body=b"{}"))


# --- sending ---------------------------------------------------------------------------------------------


def test_limits() -> None:
    caps = Instagram.caps
    assert (caps.text_limit, caps.text_unit) == (1000, Unit.BYTES)
    assert not caps.echo


@pytest.mark.parametrize(
    ("url", "node", "proof"),
    [
        ("https://graph.facebook.com", "me", True),
        ("https://graph.instagram.com", "me", False),
        ("http://127.0.0.1:8081/graph", ACCOUNT, True),
    ],
)
def test_the_token_names_the_account_on_meta_s_hosts(
    services: Services, url: str, node: str, proof: bool
) -> None:
    line = made(services, url)._line
    assert (line.node, line.proof) == (node, proof)


async def test_an_answer_is_an_ordinary_reply_and_never_tagged(services: Services, api: FakeApi) -> None:
    api.answer(json={"recipient_id": PERSON, "message_id": "m_out"})
    receipt = await made(services, api.url).send(outbound(ADDRESS, "olá", reply_to="m_1"))
    assert receipt.external_id == "m_out"
    (call,) = api.calls
    assert call.path == f"/v25.0/{ACCOUNT}/messages"
    assert call.json == {"recipient": {"id": PERSON}, "message": {"text": "olá"}}


async def test_questions_are_quick_replies(services: Services, api: FakeApi) -> None:
    api.answer(json={"message_id": "m_out"})
    ask = Ask(text="Shall I?", choices=(Choice(id="a:1", title="Yes"),))
    await made(services, api.url).send(Outbound(address=ADDRESS, part=ask, idempotency_key="k"))
    assert api.calls[0].json["message"]["quick_replies"] == [
        {"content_type": "text", "title": "Yes", "payload": "a:1"}
    ]


async def test_a_file_is_uploaded_for_instagram(services: Services, api: FakeApi, tmp_path: Path) -> None:
    file = tmp_path / "bill.pdf"
    file.write_bytes(b"%PDF")
    api.answer(json={"attachment_id": "178"})
    api.answer(json={"message_id": "m_out"})
    part = Media(kind=MediaKind.DOCUMENT, ref="sha", mime="application/pdf", name="bill.pdf")
    await made(services, api.url).send(Outbound(address=ADDRESS, part=part, idempotency_key="k", file=file))
    upload, sent = api.calls
    assert b'name="platform"' in upload.body
    assert b"instagram" in upload.body
    assert sent.json["message"] == {"attachment": {"type": "file", "payload": {"attachment_id": "178"}}}


@pytest.mark.parametrize(
    ("kind", "mime", "size"),
    [
        (MediaKind.IMAGE, "image/webp", 10),
        (MediaKind.IMAGE, "image/png", 8 * 1024 * 1024 + 1),
        (MediaKind.VOICE, "audio/ogg; codecs=opus", 10),
        (MediaKind.DOCUMENT, "application/zip", 10),
        (MediaKind.VIDEO, "video/mp4", 25 * 1024 * 1024 + 1),
    ],
)
async def test_files_instagram_does_not_take_are_refused_here(
    services: Services, api: FakeApi, tmp_path: Path, kind: MediaKind, mime: str, size: int
) -> None:
    file = tmp_path / "file"
    with file.open("wb") as opened:
        opened.truncate(size)
    part = Media(kind=kind, ref="sha", mime=mime)
    with pytest.raises(errors.Rejected):
        await made(services, api.url).send(
            Outbound(address=ADDRESS, part=part, idempotency_key="k", file=file)
        )
    assert api.calls == []


async def test_typing_seen_and_reactions(services: Services, api: FakeApi) -> None:
    channel = made(services, api.url)
    await channel.typing(ADDRESS, "m_1")
    await channel.mark_read(ADDRESS, "m_1")
    await channel.react(ADDRESS, "m_1", "❤️")
    await channel.react(ADDRESS, "m_1", None)
    assert [call.json["sender_action"] for call in api.calls] == [
        "typing_on",
        "mark_seen",
        "react",
        "unreact",
    ]
    assert api.calls[2].json["payload"] == {"message_id": "m_1", "reaction": "love"}


@pytest.mark.parametrize(
    ("code", "subcode", "expected"),
    [
        (10, 2534022, errors.WindowClosed),
        (1545041, None, errors.WindowClosed),
        (551, 1545041, errors.RecipientGone),
        (100, 2018001, errors.RecipientGone),
        (190, None, errors.Misconfigured),
        (613, None, errors.Throttled),
    ],
)
async def test_refusals(
    services: Services, api: FakeApi, code: int, subcode: int | None, expected: type[Exception]
) -> None:
    api.answer(status=400, json={"error": {"code": code, "error_subcode": subcode}})
    with pytest.raises(expected):
        await made(services, api.url).send(outbound(ADDRESS, "hi"))


async def test_files_come_from_instagram_s_hosts(services: Services) -> None:
    media = Media(kind=MediaKind.IMAGE, ref=CDN)
    found = await made(services, "https://graph.instagram.com").fetch(ADDRESS, media)
    assert found.hosts == ("*.cdninstagram.com", "*.fbcdn.net", "*.fbsbx.com")
    assert not found.headers


# --- setting up ------------------------------------------------------------------------------------------


async def test_registering_subscribes_to_what_is_read(services: Services, api: FakeApi) -> None:
    for answer in ({"data": []}, {"success": True}, {"data": []}, {"success": True}):
        api.answer(json=answer)
    sentence = await made(services, api.url).register("https://bot.example")
    assert "https://bot.example/webhooks/instagram" in sentence
    assert api.calls[1].json["object"] == "instagram"
    assert set(api.calls[3].query["subscribed_fields"].split(",")) == set(FIELDS)


async def test_all_is_well(services: Services, api: FakeApi) -> None:
    api.answer(json={"user_id": ACCOUNT, "username": "ada.shop"})
    api.answer(json={"data": [{"id": APP, "subscribed_fields": list(FIELDS)}]})
    found = await made(services, api.url).probe("")
    assert found[0].ok
    assert "ada.shop" in found[0].sentence
    assert "human" in found[-1].sentence


async def test_an_account_id_that_webhooks_will_not_name_is_said(services: Services, api: FakeApi) -> None:
    api.answer(json={"user_id": "1784", "username": "ada.shop"})
    found = await made(services, api.url).probe("")
    assert not found[0].ok
    assert "ASSISTANT_INSTAGRAM_ACCOUNT_ID to 1784" in found[0].sentence


def test_behind_a_page_the_page_s_words_are_used(services: Services) -> None:
    channel = made(services, "https://graph.facebook.com")
    setup = channel._setup()
    assert (setup.webhook_fields, setup.fields) == (FIELDS, PAGE_FIELDS)
    assert "instagram_manage_messages" in setup.permissions
    linked = {"name": "Ada", "instagram_business_account": {"id": ACCOUNT, "username": "ada.shop"}}
    assert setup.named(linked) == ("ada.shop", "")
    assert "no Instagram account" in setup.named({"name": "Ada"})[1]
