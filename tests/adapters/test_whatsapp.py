"""WhatsApp: what its messages, statuses and echoes mean, and how its settings are read."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from adapters._graph import sign
from adapters.whatsapp import WhatsApp, WhatsAppSettings
from assistant import errors
from assistant.channel import Services
from assistant.errors import SettingsError
from assistant.events import (
    AccountNotice,
    IdentityChanged,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    Reacted,
    StaffWrote,
    StatusChanged,
    Unread,
)
from assistant.settings import load
from assistant.types import (
    Alias,
    Audience,
    Choice,
    Contacts,
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
from tests.adapters.whatsapp import (
    ADDRESS,
    AT,
    BSUID,
    NUMBER,
    PHONE,
    made,
    message,
    parse_one,
    value,
    webhook,
)
from tests.services import library


@pytest.fixture
def channel(services: Services) -> WhatsApp:
    return made(services)


# --- messages --------------------------------------------------------------------------------------------


def test_a_text_says_who_wrote_where_and_when(channel: WhatsApp) -> None:
    assert parse_one(channel, message("text", {"body": "hola 😀"})) == MessageReceived(
        address=ADDRESS,
        sender=Sender(
            external_id=PHONE,
            aliases=(
                Alias(kind="phone", value=PHONE),
                Alias(kind="bsuid", value=BSUID),
                Alias(kind="username", value="ana_b"),
            ),
            name="Ana",
        ),
        external_id="wamid.1",
        sent_at=AT,
        parts=(Text(text="hola 😀"),),
    )


@pytest.mark.parametrize(
    ("kind", "content", "parts"),
    [
        ("text", {"body": ""}, (Unsupported(kind="text"),)),
        ("text", None, (Unsupported(kind="text"),)),
        ("image", {"caption": "look"}, (Text(text="look"), Unsupported(kind="image"))),
        ("audio", {"voice": True}, (Unsupported(kind="voice"),)),
        ("video", None, (Unsupported(kind="video"),)),
        (
            "location",
            {"latitude": 1.5, "longitude": -2, "name": "Bar"},
            (Place(latitude=1.5, longitude=-2.0, name="Bar"),),
        ),
        (
            "location",
            {"latitude": 1, "longitude": 2, "name": "Bar", "address": "Main Road 1"},
            (Place(latitude=1.0, longitude=2.0, name="Bar, Main Road 1"),),
        ),
        ("location", {"latitude": 1, "longitude": 2}, (Place(latitude=1.0, longitude=2.0),)),
        ("location", {"latitude": "x"}, (Unsupported(kind="location"),)),
        ("contacts", [{"name": {"formatted_name": "Bea"}, "phones": []}, {}], (Contacts(names=("Bea",)),)),
        (
            "contacts",
            [{"name": {"first_name": "Bea", "last_name": "Ito"}}, {"org": {"company": "Acme"}}, {"name": 7}],
            (Contacts(names=("Bea Ito", "Acme")),),
        ),
        ("button", {"payload": "p", "text": "Yes"}, (Choice(id="p", title="Yes"),)),
        (
            "interactive",
            {"type": "button_reply", "button_reply": {"id": "i", "title": "T"}},
            (Choice(id="i", title="T"),),
        ),
        (
            "interactive",
            {"type": "list_reply", "list_reply": {"id": "i", "title": "T"}},
            (Choice(id="i", title="T"),),
        ),
        (
            "interactive",
            {"type": "nfm_reply", "nfm_reply": {"body": "Sent"}},
            (Unsupported(kind="nfm_reply"),),
        ),
        (
            "interactive",
            {
                "type": "nfm_reply",
                "nfm_reply": {"response_json": '{"size":"M","count":2,"flow_token":"secret","more":{"a":1}}'},
            },
            (Text(text="[form: size: M; count: 2]"),),
        ),
        (
            "interactive",
            {"type": "call_permission_reply", "call_permission_reply": {"response": "accept"}},
            (Unsupported(kind="call_permission_reply"),),
        ),
        ("interactive", None, (Unsupported(kind="interactive"),)),
        ("order", {"text": "2 please"}, (Text(text="2 please"), Unsupported(kind="order"))),
        (
            "order",
            {
                "text": "quickly",
                "product_items": [
                    {"product_retailer_id": "SODA", "quantity": 2, "item_price": 1.5, "currency": "EUR"},
                    {"product_retailer_id": 77},
                    {"quantity": 3},
                    None,
                ],
            },
            (Text(text="quickly"), Text(text="[order: 2 × SODA at 1.5 EUR; 77]")),
        ),
        ("unsupported", {"type": "poll"}, (Unsupported(kind="poll"),)),
        ("unsupported", None, (Unsupported(kind="unsupported"),)),
        ("request_welcome", None, (Referral(kind="request_welcome"),)),
        ("hologram", {"id": 1}, (Unsupported(kind="hologram"),)),
    ],
)
def test_kinds_of_messages(channel: WhatsApp, kind: str, content: Any, parts: tuple[Any, ...]) -> None:
    event = parse_one(channel, message(kind, content))
    assert isinstance(event, MessageReceived)
    assert event.parts == parts


@pytest.mark.parametrize(
    ("kind", "content", "part"),
    [
        (
            "image",
            {
                "id": "65",
                "mime_type": "image/jpeg",
                "sha256": "x",
                "caption": "look",
                "url": "https://x.fbsbx.com",
            },
            Media(kind=MediaKind.IMAGE, ref="65", mime="image/jpeg", caption="look"),
        ),
        ("video", {"id": 65}, Media(kind=MediaKind.VIDEO, ref="65")),
        (
            "document",
            {"id": "1", "filename": "a.pdf"},
            Media(kind=MediaKind.DOCUMENT, ref="1", name="a.pdf"),
        ),
        ("sticker", {"id": "1", "animated": True}, Media(kind=MediaKind.STICKER, ref="1")),
        (
            "audio",
            {"id": "1", "voice": True, "mime_type": "audio/ogg; codecs=opus"},
            Media(kind=MediaKind.VOICE, ref="1", mime="audio/ogg; codecs=opus"),
        ),
        ("audio", {"id": "1", "voice": False}, Media(kind=MediaKind.AUDIO, ref="1")),
    ],
)
def test_files_keep_their_handle_and_their_caption(
    channel: WhatsApp, kind: str, content: Any, part: Media
) -> None:
    event = parse_one(channel, message(kind, content))
    assert isinstance(event, MessageReceived)
    assert event.parts == (part,)


def test_an_advertisement_or_a_product_is_told_before_the_words(channel: WhatsApp) -> None:
    referral = {
        "source_url": "https://fb.me/3cr4",
        "source_id": "120226305854810726",
        "source_type": "ad",
        "headline": "Chat with us",
        "body": "Summer Succulents are here!",
        "ctwa_clid": "Aff-n8",
    }
    event = parse_one(channel, message("text", {"body": "hi"}, referral=referral))
    assert isinstance(event, MessageReceived)
    ad = Referral(
        kind="ad", title="Chat with us", text="Summer Succulents are here!", ref="120226305854810726"
    )
    assert event.parts == (ad, Text(text="hi"))
    context = {"from": NUMBER, "id": "wamid.0", "referred_product": {"product_retailer_id": "di9ozbzfi4"}}
    asked = parse_one(channel, message("text", {"body": "is it blue?"}, context=context))
    assert isinstance(asked, MessageReceived)
    assert asked.parts == (Referral(kind="product", ref="di9ozbzfi4"), Text(text="is it blue?"))
    assert asked.reply_to == "wamid.0"


def test_a_message_that_names_nobody_is_of_the_only_contact(channel: WhatsApp) -> None:
    bare = message("text", {"body": "x"})
    del bare["from"]
    (event,) = channel.parse(webhook(value(messages=[bare])))
    assert isinstance(event, MessageReceived)
    assert event.address.peer == PHONE
    two = value(messages=[bare]) | {"contacts": [{"wa_id": PHONE}, {"wa_id": "34699"}]}
    (unclear,) = channel.parse(webhook(two))
    assert isinstance(unclear, Unread)


@pytest.mark.parametrize(
    ("ids", "contact", "peer", "aliases"),
    [
        ({"from": PHONE}, {"wa_id": PHONE}, PHONE, [("phone", PHONE)]),
        ({"from": PHONE, "from_user_id": BSUID}, {}, PHONE, [("phone", PHONE), ("bsuid", BSUID)]),
        ({"from_user_id": BSUID}, {"user_id": BSUID}, BSUID, [("bsuid", BSUID)]),
        ({"from": "", "from_user_id": BSUID}, {"user_id": BSUID, "wa_id": ""}, BSUID, [("bsuid", BSUID)]),
        ({"from": BSUID}, {"wa_id": BSUID}, BSUID, [("bsuid", BSUID)]),
        (
            {"from_user_id": BSUID},
            {"user_id": BSUID, "wa_id": PHONE},
            PHONE,
            [("phone", PHONE), ("bsuid", BSUID)],
        ),
        ({"from": "1234567"}, {"wa_id": PHONE, "user_id": BSUID}, "1234567", [("phone", "1234567")]),
    ],
    ids=["phone", "both", "bsuid", "empty-phone", "bsuid-in-from", "phone-in-contact", "stranger-contact"],
)
def test_a_person_is_known_by_phone_first_and_by_bsuid_without_one(
    channel: WhatsApp, ids: dict[str, str], contact: dict[str, str], peer: str, aliases: list[tuple[str, str]]
) -> None:
    item = {key: inner for key, inner in message("text", {"body": "x"}).items() if key != "from"} | ids
    (event,) = channel.parse(webhook(value(messages=[item]) | {"contacts": [contact]}))
    assert isinstance(event, MessageReceived)
    assert event.address.peer == event.sender.external_id == peer
    assert [(alias.kind, alias.value) for alias in event.sender.aliases] == aliases


def test_reply_and_forward(channel: WhatsApp) -> None:
    reply = parse_one(channel, message("text", {"body": "x"}, context={"from": NUMBER, "id": "wamid.0"}))
    assert isinstance(reply, MessageReceived)
    assert (reply.reply_to, reply.forwarded) == ("wamid.0", False)
    for context in ({"forwarded": True}, {"frequently_forwarded": True}):
        event = parse_one(channel, message("text", {"body": "x"}, context=context))
        assert isinstance(event, MessageReceived)
        assert (event.reply_to, event.forwarded) == (None, True)


def test_in_a_group_only_replies_to_us_are_meant_for_us(channel: WhatsApp) -> None:
    for sender, addressed in ((None, False), ("34699", False), ("15550001111", True), (NUMBER, True)):
        context = {"from": sender, "id": "wamid.0"} if sender else {}
        event = parse_one(channel, message("text", {"body": "x"}, group_id="Y2FwaV9n", context=context))
        assert isinstance(event, MessageReceived)
        assert event.audience is Audience.GROUP
        assert (event.address.peer, event.sender.external_id) == ("Y2FwaV9n", PHONE)
        assert event.addressed is addressed


def test_another_number_of_the_account_is_read_but_not_answered(channel: WhatsApp) -> None:
    other = value(messages=[message("text", {"body": "x"})])
    other["metadata"] = {"phone_number_id": "999"}
    (event,) = channel.parse(webhook(other))
    assert isinstance(event, MessageReceived)
    assert (event.address.account, event.addressed) == ("999", False)


def test_reactions_edits_and_deletions(channel: WhatsApp) -> None:
    reacted = parse_one(channel, message("reaction", {"message_id": "wamid.0", "emoji": "👍"}))
    assert isinstance(reacted, Reacted)
    assert (reacted.external_id, reacted.emoji) == ("wamid.0", "👍")
    for gone in ({"message_id": "wamid.0", "emoji": ""}, {"message_id": "wamid.0"}):
        event = parse_one(channel, message("reaction", gone))
        assert isinstance(event, Reacted)
        assert event.emoji is None
    inner = {"type": "text", "text": {"body": "new words"}}
    edit = parse_one(channel, message("edit", {"original_message_id": "wamid.0", "message": inner}))
    assert edit == MessageEdited(
        address=ADDRESS, external_id="wamid.0", at=AT, parts=(Text(text="new words"),)
    )
    revoke = parse_one(channel, message("revoke", {"original_message_id": "wamid.0"}))
    assert revoke == MessageDeleted(address=ADDRESS, external_id="wamid.0", at=AT)


def test_a_changed_number_or_bsuid_names_the_conversation_that_moves_by_its_old_id(channel: WhatsApp) -> None:
    def changed(old: str, new: str) -> IdentityChanged:
        kinds = ["bsuid" if "." in item else "phone" for item in (old, new)]
        return IdentityChanged(
            address=replace(ADDRESS, peer=old),
            previous=Alias(kind=kinds[0], value=old),
            current=Alias(kind=kinds[1], value=new),
            at=AT,
        )

    moved = message("system", {"type": "user_changed_number", "wa_id": "34611"})
    assert parse_one(channel, moved) == changed(PHONE, "34611")
    both = message("system", {"type": "user_changed_number", "wa_id": "34611", "user_id": "ES.2"})
    both["from_user_id"] = BSUID
    assert channel.parse(webhook(value(messages=[both]))) == [changed(PHONE, "34611"), changed(BSUID, "ES.2")]
    bare = message("system", {"type": "user_changed_user_id", "previous_user_id": BSUID, "user_id": "ES.2"})
    del bare["from"]
    assert parse_one(channel, bare) == changed(BSUID, "ES.2")
    told = message("system", {"type": "user_changed_user_id", "body": f"Ana changed from {BSUID} to ES.2."})
    del told["from"]
    assert parse_one(channel, told) == changed(BSUID, "ES.2")
    update = {"wa_id": PHONE, "user_id": {"previous": BSUID, "current": "ES.2"}, "timestamp": "1790000000"}
    (updated,) = channel.parse(webhook(value(user_id_update=[update]), field="user_id_update"))
    assert updated == changed(BSUID, "ES.2")
    for unclear in ({"type": "customer_identity_changed"}, {"type": "user_changed_user_id", "body": "x"}):
        assert isinstance(parse_one(channel, message("system", unclear)), Unread)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("sent", Status.SENT),
        ("delivered", Status.DELIVERED),
        ("read", Status.READ),
        ("played", Status.READ),
        ("failed", Status.FAILED),
    ],
)
def test_statuses(channel: WhatsApp, word: str, status: Status) -> None:
    item: dict[str, Any] = {"id": "wamid.7", "status": word, "timestamp": "1790000000", "recipient_id": PHONE}
    item["biz_opaque_callback_data"] = "key-1"
    if word == "failed":
        item["errors"] = [{"code": 131047, "title": "x"}]
    (event,) = channel.parse(webhook(value(statuses=[item])))
    assert event == StatusChanged(
        address=ADDRESS,
        status=status,
        at=AT,
        external_id="wamid.7",
        idempotency_key="key-1",
        error_code="131047" if word == "failed" else None,
    )


def test_a_status_without_a_recipient_still_names_its_message(channel: WhatsApp) -> None:
    (event,) = channel.parse(
        webhook(value(statuses=[{"id": "wamid.7", "status": "read", "timestamp": 1790000000}]))
    )
    assert isinstance(event, StatusChanged)
    assert (event.external_id, event.address.peer, event.at) == ("wamid.7", "", AT)


def test_every_item_of_a_batch_is_read_and_a_bad_one_costs_only_itself(channel: WhatsApp) -> None:
    good = message("text", {"body": "one"}), message("text", {"body": "two"}, id="wamid.2")
    bad: list[Any] = [None, 7, [], {"type": "text"}, message("text", {"body": "x"}, timestamp="soon")]
    status = {"id": "wamid.7", "status": "read", "timestamp": "1790000000", "recipient_id": PHONE}
    events = channel.parse(
        webhook(
            value(
                messages=[good[0], *bad, good[1]], statuses=[status, {"id": "wamid.8", "status": "warped"}]
            ),
            {"metadata": None, "messages": [good[0]]},
            value(messages=[message("text", {"body": "three"}, id="wamid.3")], errors=[{"code": 131000}]),
        )
    )
    texts = [event.parts[0] for event in events if isinstance(event, MessageReceived)]
    assert texts == [Text(text="one"), Text(text="two"), Text(text="three")]
    assert sum(isinstance(event, StatusChanged) for event in events) == 1
    unread = [event for event in events if isinstance(event, Unread)]
    assert [event.reason for event in unread] == [
        *("type", "type", "type", "timestamp", "timestamp", "status", "phone_number_id"),
    ]
    assert sum(isinstance(event, AccountNotice) for event in events) == 1
    assert all(orjson.loads(event.item) != {} for event in unread)


def test_what_no_rule_reads_is_kept_raw_without_its_content_in_the_reason(channel: WhatsApp) -> None:
    (event,) = channel.parse(webhook(value(calls=[{"id": "secret"}]), field="calls"))
    assert isinstance(event, Unread)
    assert (event.reason, event.account) == ("calls", NUMBER)
    assert b"secret" in event.item
    other = WebhookRequest(method="POST", headers={}, body=b'{"object":"moon","entry":[{}]}')
    assert [type(item) for item in channel.parse(other)] == [Unread]


@pytest.mark.parametrize(
    ("pricing", "billed"),
    [
        ({"billable": True, "pricing_model": "PMP", "type": "regular", "category": "service"}, "service"),
        ({"billable": True, "category": "general_purpose_ai"}, "general_purpose_ai"),
        ({"billable": True}, "billable"),
        ({"billable": False, "category": "service"}, None),
        ({"billable": "yes", "category": "service"}, None),
        (None, None),
    ],
)
def test_a_price_is_told_only_for_what_costs_money(channel: WhatsApp, pricing: Any, billed: Any) -> None:
    item = {"id": "wamid.7", "status": "delivered", "timestamp": "1790000000", "recipient_id": PHONE}
    (event,) = channel.parse(webhook(value(statuses=[{**item, "pricing": pricing}])))
    assert isinstance(event, StatusChanged)
    assert event.billed == billed


def test_a_group_s_message_is_not_ours_for_what_is_missing(channel: WhatsApp) -> None:
    """Neither the quoted message's author nor our display number has to be there."""
    item = message("text", {"body": "x"}, group_id="Y2FwaV9n", context={"id": "wamid.0"})
    (event,) = channel.parse(webhook({**value(messages=[item]), "metadata": {"phone_number_id": NUMBER}}))
    assert isinstance(event, MessageReceived)
    assert not event.addressed


@pytest.mark.parametrize("us", ["15550001111", NUMBER])
def test_what_our_own_number_writes_to_itself_is_not_answered(channel: WhatsApp, us: str) -> None:
    event = parse_one(channel, message("text", {"body": "a note"}, **{"from": us}))
    assert isinstance(event, MessageReceived)
    assert not event.addressed


def test_each_participant_of_a_group_has_a_status_of_the_groups_conversation(channel: WhatsApp) -> None:
    item = {"id": "wamid.7", "status": "read", "timestamp": "1790000000", "recipient_id": "Y2FwaV9n"}
    statuses = [
        {**item, "recipient_type": "group", "recipient_participant_id": phone} for phone in (PHONE, "34699")
    ]
    events = channel.parse(webhook(value(statuses=statuses)))
    assert [(event.address.peer, event.status) for event in events if isinstance(event, StatusChanged)] == [
        ("Y2FwaV9n", Status.READ)
    ] * 2


def test_what_staff_corrects_on_the_phone_is_corrected_here_and_a_reaction_takes_over_nothing(
    channel: WhatsApp,
) -> None:
    echo = {"from": "15550001111", "to": PHONE, "id": "wamid.9", "timestamp": "1790000000"}
    inner = {"type": "text", "text": {"body": "better words"}}
    edit = {**echo, "type": "edit", "edit": {"original_message_id": "wamid.8", "message": inner}}
    revoke = {**echo, "type": "revoke", "revoke": {"original_message_id": "wamid.8"}}
    swapped = {**revoke, "from": PHONE, "to": "15550001111"}
    reaction = {**echo, "type": "reaction", "reaction": {"message_id": "wamid.8", "emoji": "👍"}}
    events = channel.parse(
        webhook(value(message_echoes=[edit, revoke, swapped, reaction]), field="smb_message_echoes")
    )
    deleted = MessageDeleted(address=ADDRESS, external_id="wamid.8", at=AT)
    assert events[:3] == [
        MessageEdited(address=ADDRESS, external_id="wamid.8", at=AT, parts=(Text(text="better words"),)),
        deleted,
        deleted,
    ]
    assert isinstance(events[3], Unread)


def test_staff_echoes(channel: WhatsApp) -> None:
    echo = {"from": "15550001111", "to": PHONE, "id": "wamid.9", "timestamp": "1790000000", "type": "text"}
    echo["text"] = {"body": "from the app"}  # type: ignore[assignment]
    (event,) = channel.parse(webhook(value(message_echoes=[echo]), field="smb_message_echoes"))
    assert event == StaffWrote(
        address=ADDRESS,
        external_id="wamid.9",
        sent_at=AT,
        parts=(Text(text="from the app"),),
        app="business_app",
    )


# --- payloads nobody here wrote --------------------------------------------------------------------------

NOTICES = {
    *("account_update", "template_category_update", "template_components_update"),
    *("template_quality_update", "template_status_update"),
}
UNREAD = {"call_connect", "call_status", "call_terminate", "user_marketing_preferences"}
KINDS: dict[str, type[Any]] = {
    "callback_button": MessageReceived,
    "callback_selection": MessageReceived,
    "call_permission_update": MessageReceived,
    "deleted_message": MessageDeleted,
    "edited_message": MessageEdited,
    "flow_completion": MessageReceived,
    "message": MessageReceived,
    "message_status": StatusChanged,
    "outgoing_message": StaffWrote,
    **dict.fromkeys(NOTICES, AccountNotice),
    **dict.fromkeys(UNREAD, Unread),
}
EXCEPTIONS: dict[tuple[str, str], type[Any]] = {
    ("message", "reaction"): Reacted,
    ("message", "unreaction_empty"): Reacted,
    ("message", "unreaction_no_emoji"): Reacted,
    ("outgoing_message", "delete"): MessageDeleted,
    ("outgoing_message", "edit"): MessageEdited,
    ("system", "phone_number_change"): IdentityChanged,
    ("system", "identity_change"): Unread,
}


def test_pywas_payloads_are_read_as_what_they_are(channel: WhatsApp, payloads: Path) -> None:
    seen = 0
    for path in sorted((payloads / "pywa-webhooks").glob("*.json")):
        for name, payload in orjson.loads(path.read_bytes()).items():
            request = WebhookRequest(method="POST", headers={}, body=orjson.dumps(payload))
            events = channel.parse(request)
            expected = EXCEPTIONS.get((path.stem, name)) or KINDS[path.stem]
            assert isinstance(events[0], expected), (path.stem, name, events)
            assert not any(isinstance(event, Unread) and "bug" in event.reason for event in events)
            seen += 1
    assert seen >= 50


def test_metas_own_examples_are_read_as_what_they_are(channel: WhatsApp, payloads: Path) -> None:
    examples = orjson.loads((payloads / "meta-openapi" / "webhook-examples.json").read_bytes())
    for name, payload in examples.items():
        (event,) = channel.parse(WebhookRequest(method="POST", headers={}, body=orjson.dumps(payload)))
        expected: type[Any] = MessageReceived
        if "Reaction" in name:
            expected = Reacted
        elif "System" in name:
            expected = IdentityChanged
        elif "Group" in name:
            expected = Unread
        assert isinstance(event, expected), name
        if expected is MessageReceived:
            assert event.addressed is (event.address.account == NUMBER)


# --- settings --------------------------------------------------------------------------------------------


def test_a_foreign_library_agrees_about_signatures(channel: WhatsApp, payloads: Path) -> None:
    """pywa checks Meta's signatures its own way: both must say the same of real payloads, escaped and changed ones."""
    judge = library("pywa.utils", "make test installs it").webhook_updates_validator
    cases = list(orjson.loads((payloads / "pywa-webhooks" / "message.json").read_bytes()).values())
    for case in cases:
        for body in (orjson.dumps(case), json.dumps(case).encode()):
            for signature in (sign("new", body), sign("other", body), sign("new", body + b" ")):
                request = WebhookRequest(
                    method="POST", headers={"x-hub-signature-256": (signature,)}, body=body
                )
                ours = True
                try:
                    channel.authenticate(request)
                except errors.BadSignature:
                    ours = False
                assert ours == judge("new", body, signature)


def test_either_app_secret_signs_during_a_rotation(channel: WhatsApp) -> None:
    for secret, right in (("old", True), ("new", True), ("old, new", False)):
        headers = {"x-hub-signature-256": (sign(secret, b"{}"),)}
        request = WebhookRequest(method="POST", headers=headers, body=b"{}")
        if right:
            channel.authenticate(request)
        else:
            with pytest.raises(errors.BadSignature):
                channel.authenticate(request)
    assert {"old", "new"} <= set(channel.settings.secrets())


@pytest.mark.parametrize("token", ["two words", "l\nine", "tökèn", "\x00"])
def test_a_token_that_no_header_can_carry_is_refused_at_start(token: str) -> None:
    with pytest.raises(SettingsError) as raised:
        load(WhatsAppSettings, "whatsapp", {"access_token": token})
    assert "ASSISTANT_WHATSAPP_ACCESS_TOKEN" in str(raised.value)
    assert token not in str(raised.value)


def test_the_graph_version_is_one_variable_for_every_channel(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load(WhatsAppSettings, "whatsapp", {}).graph_version == "v26.0"
    monkeypatch.setenv("ASSISTANT_GRAPH_VERSION", "v25.0")
    assert load(WhatsAppSettings, "whatsapp", {}).graph_version == "v25.0"
    monkeypatch.setenv("ASSISTANT_WHATSAPP_GRAPH_VERSION", "v24.0")
    assert load(WhatsAppSettings, "whatsapp", {}).graph_version == "v24.0"
    monkeypatch.setenv("ASSISTANT_WHATSAPP_GRAPH_VERSION", "latest/../..")
    with pytest.raises(SettingsError, match="GRAPH_VERSION"):
        load(WhatsAppSettings, "whatsapp", {})
