"""WhatsApp: what its webhooks mean, and what we ask of its API."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from pydantic import SecretStr

from adapters.whatsapp import WhatsApp, WhatsAppSettings
from assistant import errors
from assistant.channel import Services
from assistant.errors import SendError, SettingsError, Throttled
from assistant.events import (
    Event,
    IdentityChanged,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    Reacted,
    StaffWrote,
    StatusChanged,
    Unread,
)
from assistant.http import recording
from assistant.settings import load
from assistant.types import (
    Address,
    Alias,
    Audience,
    Choice,
    Contacts,
    Place,
    Sender,
    Status,
    Text,
    Unsupported,
    WebhookRequest,
)
from tests.adapters.api import FakeApi, outbound

NUMBER = "106540352242922"
PHONE, BSUID = "34600111222", "ES.13491208655302741918"
ADDRESS = Address(channel="whatsapp", account=NUMBER, peer=PHONE)
AT = datetime.fromtimestamp(1790000000, UTC)
TOKEN = "EAAG-very-secret-access-token"


@pytest.fixture
def channel(services: Services) -> WhatsApp:
    return made(services)


def made(services: Services, url: str = "http://127.0.0.1:9") -> WhatsApp:
    settings = WhatsAppSettings(
        app_secret=SecretStr("old, new"),
        verify_token=SecretStr("word"),
        access_token=SecretStr(TOKEN),
        phone_number_id=NUMBER,
        api_url=url,
        graph_version="v25.0",
    )
    return WhatsApp(settings, services)


def value(**more: Any) -> dict[str, Any]:
    metadata = {"display_phone_number": "15550001111", "phone_number_id": NUMBER}
    contact = {"profile": {"name": "Ana", "username": "ana_b"}, "wa_id": PHONE, "user_id": BSUID}
    return {"messaging_product": "whatsapp", "metadata": metadata, "contacts": [contact], **more}


def webhook(*values: dict[str, Any], field: str = "messages") -> WebhookRequest:
    changes = [{"field": field, "value": item} for item in values]
    body = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": changes}]}
    return WebhookRequest(method="POST", headers={}, body=json.dumps(body).encode())


def message(kind: str, content: Any = None, **more: Any) -> dict[str, Any]:
    item = {"from": PHONE, "id": "wamid.1", "timestamp": "1790000000", "type": kind, **more}
    return item if content is None else {**item, kind: content}


def parse_one(channel: WhatsApp, item: dict[str, Any]) -> Event:
    (event,) = channel.parse(webhook(value(messages=[item])))
    return event


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
        ("image", {"id": "1", "caption": "look"}, (Text(text="look"), Unsupported(kind="image"))),
        ("video", {"id": "1"}, (Unsupported(kind="video"),)),
        ("document", {"id": "1", "filename": "a.pdf"}, (Unsupported(kind="document"),)),
        ("sticker", {"id": "1", "animated": True}, (Unsupported(kind="sticker"),)),
        ("audio", {"id": "1", "voice": True}, (Unsupported(kind="voice"),)),
        ("audio", {"id": "1", "voice": False}, (Unsupported(kind="audio"),)),
        (
            "location",
            {"latitude": 1.5, "longitude": -2, "name": "Bar"},
            (Place(latitude=1.5, longitude=-2.0, name="Bar"),),
        ),
        ("location", {"latitude": "x"}, (Unsupported(kind="location"),)),
        ("contacts", [{"name": {"formatted_name": "Bea"}, "phones": []}, {}], (Contacts(names=("Bea",)),)),
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
        ("interactive", None, (Unsupported(kind="interactive"),)),
        ("order", {"text": "2 please"}, (Text(text="2 please"), Unsupported(kind="order"))),
        ("unsupported", {"type": "poll"}, (Unsupported(kind="poll"),)),
        ("unsupported", None, (Unsupported(kind="unsupported"),)),
        ("request_welcome", None, (Unsupported(kind="request_welcome"),)),
        ("hologram", {"id": 1}, (Unsupported(kind="hologram"),)),
    ],
)
def test_kinds_of_messages(channel: WhatsApp, kind: str, content: Any, parts: tuple[Any, ...]) -> None:
    event = parse_one(channel, message(kind, content))
    assert isinstance(event, MessageReceived)
    assert event.parts == parts


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


def test_changes_of_identity(channel: WhatsApp) -> None:
    def alias(item: str) -> Alias:
        return Alias(kind="bsuid" if "." in item else "phone", value=item)

    moved = parse_one(channel, message("system", {"type": "user_changed_number", "wa_id": "34611"}))
    assert moved == IdentityChanged(address=ADDRESS, previous=alias(PHONE), current=alias("34611"), at=AT)
    bare = message("system", {"type": "user_changed_user_id", "previous_user_id": BSUID, "user_id": "ES.2"})
    del bare["from"]
    renamed = parse_one(channel, bare)
    assert isinstance(renamed, IdentityChanged)
    assert (renamed.previous, renamed.current) == (alias(BSUID), alias("ES.2"))
    update = {"wa_id": PHONE, "user_id": {"previous": BSUID, "current": "ES.2"}, "timestamp": "1790000000"}
    (updated,) = channel.parse(webhook(value(user_id_update=[update]), field="user_id_update"))
    assert updated == IdentityChanged(address=ADDRESS, previous=alias(BSUID), current=alias("ES.2"), at=AT)
    unclear = parse_one(channel, message("system", {"type": "customer_identity_changed"}))
    assert isinstance(unclear, Unread)


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
        *("type", "type", "type", "timestamp", "timestamp", "status", "phone_number_id", "errors"),
    ]
    assert all(orjson.loads(event.item) != {} for event in unread)


def test_what_no_rule_reads_is_kept_raw_without_its_content_in_the_reason(channel: WhatsApp) -> None:
    (event,) = channel.parse(webhook(value(calls=[{"id": "secret"}]), field="calls"))
    assert isinstance(event, Unread)
    assert (event.reason, event.account) == ("calls", NUMBER)
    assert b"secret" in event.item
    other = WebhookRequest(method="POST", headers={}, body=b'{"object":"moon","entry":[{}]}')
    assert [type(item) for item in channel.parse(other)] == [Unread]


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

UNREAD = {
    *("account_update", "call_connect", "call_status", "call_terminate", "template_category_update"),
    *(
        "template_components_update",
        "template_quality_update",
        "template_status_update",
        "user_marketing_preferences",
    ),
}
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


# --- sending ---------------------------------------------------------------------------------------------


async def test_a_text_is_sent_as_meta_describes_it(services: Services, api: FakeApi) -> None:
    api.answer(json={"messages": [{"id": "wamid.out", "message_status": "accepted"}]})
    receipt = await made(services, api.url).send(outbound(ADDRESS, "hi\x00 \ud83d", reply_to="wamid.1"))
    assert receipt.external_id == "wamid.out"
    (call,) = api.calls
    assert (call.method, call.path, call.query) == ("POST", f"/v25.0/{NUMBER}/messages", {})
    assert call.headers["authorization"] == f"Bearer {TOKEN}"
    assert call.json == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": PHONE,
        "context": {"message_id": "wamid.1"},
        "biz_opaque_callback_data": "key-1",
        "type": "text",
        "text": {"body": "hi ?", "preview_url": False},
    }


@pytest.mark.parametrize(
    ("peer", "fields"),
    [
        (PHONE, {"recipient_type": "individual", "to": PHONE}),
        (BSUID, {"recipient_type": "individual", "recipient": BSUID}),
        ("US.ENT.118157992128868", {"recipient_type": "individual", "recipient": "US.ENT.118157992128868"}),
        ("Y2FwaV9ncm91cDoxNzA1", {"recipient_type": "group", "to": "Y2FwaV9ncm91cDoxNzA1"}),
    ],
)
async def test_recipients(services: Services, api: FakeApi, peer: str, fields: dict[str, str]) -> None:
    api.answer(json={"messages": [{"id": "wamid.out"}]})
    await made(services, api.url).send(outbound(replace(ADDRESS, peer=peer), "hi"))
    sent = api.calls[0].json
    assert {key: sent[key] for key in ("recipient_type", "to", "recipient") if key in sent} == fields


async def test_typing_and_read_go_in_one_call(services: Services, api: FakeApi) -> None:
    channel = made(services, api.url)
    await channel.typing(ADDRESS, "wamid.1")
    await channel.mark_read(ADDRESS, "wamid.1")
    await channel.typing(ADDRESS, None)
    await channel.typing(replace(ADDRESS, peer="Y2FwaV9n"), "wamid.1")
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.1"}
    assert [call.json for call in api.calls] == [{**read, "typing_indicator": {"type": "text"}}, read]


async def test_probe_says_what_meta_knows(services: Services, api: FakeApi) -> None:
    api.answer(json={"verified_name": "Ada's shop", "quality_rating": "GREEN"})
    api.answer(status=401, json={"error": {"code": 190}})
    channel = made(services, api.url)
    good, bad = (await channel.probe(""))[0], (await channel.probe(""))[0]
    assert good.ok
    assert "Ada's shop" in good.sentence
    assert not bad.ok
    assert "190" in bad.sentence


@pytest.mark.parametrize(
    ("status", "error", "expected"),
    [
        (401, {"code": 190, "error_subcode": 463}, "Misconfigured"),
        (401, {"code": 0}, "Misconfigured"),
        (403, {"code": 10}, "Misconfigured"),
        (403, {"code": 200}, "Misconfigured"),
        (400, {"code": 100, "error_subcode": 33}, "Misconfigured"),
        (400, {"code": 100}, "Rejected"),
        (400, {"code": 131047}, "WindowClosed"),
        (400, {"code": 131026}, "RecipientGone"),
        (400, {"code": 131030}, "Rejected"),
        (403, {"code": 130497}, "Rejected"),
        (400, {"code": 131056}, "Throttled"),
        (400, {"code": 130429}, "Throttled"),
        (429, {"code": 80007}, "Throttled"),
        (500, {"code": 131000}, "Unavailable"),
        (503, {"code": 131016}, "Unavailable"),
        (400, {"code": 999999}, "Rejected"),
        (400, {"code": 999999, "is_transient": True}, "Unavailable"),
        (500, {"code": 999999}, "Uncertain"),
        (429, None, "Throttled"),
        (500, None, "Uncertain"),
        (502, None, "Uncertain"),
        (503, None, "Unavailable"),
        (301, None, "Misconfigured"),
        (404, None, "Misconfigured"),
        (400, "nonsense", "Rejected"),
        (200, {"messages": []}, "Uncertain"),
    ],
)
async def test_refusals(services: Services, api: FakeApi, status: int, error: Any, expected: str) -> None:
    api.answer(status=status, json={"error": error} if error is not None else None, text="<html>busy</html>")
    with pytest.raises(SendError) as raised:
        await made(services, api.url).send(outbound(ADDRESS, "private words"))
    assert type(raised.value) is getattr(errors, expected)
    assert "private words" not in str(raised.value)
    assert PHONE not in str(raised.value)


async def test_waits_are_read_from_tables_and_headers(services: Services, api: FakeApi) -> None:
    usage = orjson.dumps({"1": [{"call_count": 99, "estimated_time_to_regain_access": 7}]}).decode()
    api.answer(status=400, json={"error": {"code": 131056}})
    api.answer(status=400, json={"error": {"code": 131057}})
    api.answer(status=400, json={"error": {"code": 80007}}, headers={"X-Business-Use-Case-Usage": usage})
    api.answer(status=429, json={}, headers={"Retry-After": "12"})
    api.answer(status=429, json={}, headers={"X-App-Usage": "[1]"})
    waits = []
    for _ in range(5):
        with pytest.raises(Throttled) as raised:
            await made(services, api.url).send(outbound(ADDRESS, "x"))
        waits.append((raised.value.retry_after, raised.value.account_wide))
    assert waits == [(6.0, False), (60.0, True), (420.0, True), (12.0, True), (None, True)]


async def test_without_a_connection_nothing_was_sent_and_without_an_answer_nobody_knows(
    services: Services, api: FakeApi
) -> None:
    with pytest.raises(errors.Unavailable):
        await made(services, "http://127.0.0.1:9").send(outbound(ADDRESS, "x"))
    api.answer(hang_up=True)
    with pytest.raises(errors.Uncertain):
        await made(services, api.url).send(outbound(ADDRESS, "x"))


async def test_no_token_in_what_is_kept_of_an_exchange(services: Services, api: FakeApi) -> None:
    api.answer(status=400, json={"error": {"code": 190}})
    with recording() as exchanges, pytest.raises(errors.Misconfigured):
        await made(services, api.url).send(outbound(ADDRESS, "x"))
    assert len(exchanges) == 1
    assert TOKEN not in repr(exchanges)


# --- settings --------------------------------------------------------------------------------------------


def test_either_app_secret_signs_during_a_rotation(channel: WhatsApp) -> None:
    from adapters._graph import sign

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
