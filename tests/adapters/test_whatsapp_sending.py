"""WhatsApp: what we ask of its API, and what its refusals mean."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import orjson
import pytest

from assistant import errors
from assistant.channel import Services
from assistant.errors import Rejected, SendError, Throttled
from assistant.http import recording
from assistant.types import LinkButton, Template
from tests.adapters.api import FakeApi, outbound
from tests.adapters.whatsapp import (
    ADDRESS,
    BSUID,
    NUMBER,
    PHONE,
    TOKEN,
    made,
)


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
    api.answer(status=429, json={}, headers={"Retry-After": "0"})  # at once would be without end
    waits = []
    for _ in range(6):
        with pytest.raises(Throttled) as raised:
            await made(services, api.url).send(outbound(ADDRESS, "x"))
        waits.append((raised.value.retry_after, raised.value.account_wide))
    assert waits == [(1.0, False), (60.0, True), (420.0, True), (12.0, True), (None, True), (None, True)]


async def test_the_pair_rate_waits_longer_each_time_until_a_message_goes_through(
    services: Services, api: FakeApi
) -> None:
    channel = made(services, api.url)
    waits = []
    for _ in range(6):
        api.answer(status=400, json={"error": {"code": 131056}})
        with pytest.raises(Throttled) as raised:
            await channel.send(outbound(ADDRESS, "x"))
        assert not raised.value.account_wide
        waits.append(raised.value.retry_after)
    assert waits == [1.0, 4.0, 16.0, 64.0, 256.0, 256.0]
    api.answer(status=400, json={"error": {"code": 131056}})
    with pytest.raises(Throttled) as other:
        await channel.send(outbound(replace(ADDRESS, peer=BSUID), "x"))
    assert other.value.retry_after == 1.0
    api.answer(json={"messages": [{"id": "wamid.out"}]})
    await channel.send(outbound(ADDRESS, "x"))
    api.answer(status=400, json={"error": {"code": 131056}})
    with pytest.raises(Throttled) as again:
        await channel.send(outbound(ADDRESS, "x"))
    assert again.value.retry_after == 1.0


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


async def test_a_button_that_opens_a_page(services: Services, api: FakeApi) -> None:
    api.answer(json={"messages": [{"id": "wamid.out"}]})
    link = LinkButton(text="Our menu", title="Open", url="https://example.org/menu")
    await made(services, api.url).send(replace(outbound(ADDRESS, ""), part=link))
    sent = api.calls[0].json
    assert sent["type"] == "interactive"
    assert sent["interactive"] == {
        "type": "cta_url",
        "body": {"text": "Our menu"},
        "action": {
            "name": "cta_url",
            "parameters": {"display_text": "Open", "url": "https://example.org/menu"},
        },
    }


@pytest.mark.parametrize(
    "link",
    [
        LinkButton(text="", title="Open", url="https://example.org"),
        LinkButton(text="x" * 1025, title="Open", url="https://example.org"),
        LinkButton(text="words", title="a title that is too long", url="https://example.org"),
        LinkButton(text="words", title="Open", url="javascript:alert(1)"),
    ],
)
async def test_a_button_that_cannot_be_is_refused_before_anything_is_sent(
    services: Services, api: FakeApi, link: LinkButton
) -> None:
    with pytest.raises(Rejected):
        await made(services, api.url).send(replace(outbound(ADDRESS, ""), part=link))
    assert api.calls == []


async def test_a_template_goes_by_its_name_with_its_places_filled(services: Services, api: FakeApi) -> None:
    api.answer(json={"messages": [{"id": "wamid.out"}]})
    part = Template(name="ready", language="pt_BR", text="Olá Ana, está pronto.", values=("Ana",))
    await made(services, api.url).send(replace(outbound(ADDRESS, ""), part=part))
    sent = api.calls[0].json
    assert sent["type"] == "template"
    assert sent["template"] == {
        "name": "ready",
        "language": {"code": "pt_BR"},
        "components": [{"type": "body", "parameters": [{"type": "text", "text": "Ana"}]}],
    }
