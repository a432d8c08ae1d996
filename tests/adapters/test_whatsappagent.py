"""WhatsApp's Agent Platform: what polls bring, what we send, and what its refusals mean."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from pydantic import SecretStr

from adapters._graph import sign
from adapters.whatsappagent import WhatsAppAgent, WhatsAppAgentSettings
from assistant import errors
from assistant.buses.memory import MemoryBus
from assistant.channel import Polls, Services
from assistant.errors import BadSignature, SendError, SettingsError
from assistant.events import MessageReceived, Reacted, StatusChanged, Unread
from assistant.http import Http, recording
from assistant.settings import load
from assistant.types import (
    Address,
    Alias,
    Ask,
    Choice,
    Media,
    MediaKind,
    Outbound,
    Part,
    Sender,
    Status,
    Text,
    WebhookRequest,
)
from tests.adapters.api import FakeApi, outbound
from tests.clocks import FakeClock

KEY = "WAA-very-secret-key"
AGENT, CREATOR = "123456789", "user:50972923564215"
ADDRESS = Address(channel="whatsappagent", account=AGENT, peer=CREATOR)
AT = datetime.fromtimestamp(1790000000, UTC)


@pytest.fixture
async def services(clock: FakeClock) -> AsyncIterator[Services]:
    http = Http(total_seconds=2.0)
    yield Services(http=http, bus=MemoryBus(clock), clock=clock)
    await http.close()


@pytest.fixture
def channel(services: Services, api: FakeApi) -> WhatsAppAgent:
    settings = WhatsAppAgentSettings(access_key=SecretStr(KEY), api_url=f"{api.url}/agent/v1")
    return WhatsAppAgent(settings, services)


def updates(*messages: Any, statuses: Any = (), next_offset: Any = 1288) -> dict[str, Any]:
    value = {
        "messaging_product": "whatsapp",
        "contacts": [{"wa_id": CREATOR, "profile": {"name": "Ana"}}],
        "messages": list(messages),
        "statuses": list(statuses),
    }
    entry = {"id": AGENT, "changes": [{"field": "messages", "value": value}]}
    return {"object": "whatsapp_agent_platform", "entry": [entry], "next_offset": next_offset}


def message(kind: str = "text", content: Any = None, **more: Any) -> dict[str, Any]:
    body = {"body": "hello"} if content is None else content
    return {"from": CREATOR, "id": "wamid.1", "timestamp": "1790000000", "type": kind, kind: body, **more}


# --- polling ---------------------------------------------------------------------------------------------


async def test_a_poll_brings_messages_and_where_to_go_on(channel: WhatsAppAgent, api: FakeApi) -> None:
    assert isinstance(channel, Polls)
    assert channel.polling()
    api.answer(json=updates(message(context={"id": "wamid.0", "from": f"agent:{AGENT}"}), next_offset=2**62))
    polled = await channel.poll("1287")
    assert polled.cursor == str(2**62)
    assert polled.events == [
        MessageReceived(
            address=ADDRESS,
            sender=Sender(external_id=CREATOR, aliases=(Alias(kind="user", value=CREATOR),), name="Ana"),
            external_id="wamid.1",
            sent_at=AT,
            parts=(Text(text="hello"),),
            reply_to="wamid.0",
        )
    ]
    (call,) = api.calls
    assert (call.method, call.path) == ("GET", "/agent/v1/updates")
    assert call.query == {"offset": "1287", "limit": "25", "timeout": "20"}
    assert call.headers["authorization"] == f"Bearer {KEY}"


async def test_the_first_poll_begins_at_what_is_kept_and_an_empty_one_stays_where_it_is(
    channel: WhatsAppAgent, api: FakeApi
) -> None:
    for cursor, offset in ((None, "0"), ("77", "77")):
        api.answer(status=204)
        polled = await channel.poll(cursor)
        assert (polled.events, polled.cursor) == ([], cursor)
        assert api.calls[-1].query["offset"] == offset
    api.answer(json=updates(next_offset=78))
    polled = await channel.poll("77")
    assert (polled.events, polled.cursor) == ([], "78")


async def test_receipts_reactions_and_files_arrive_by_the_same_poll(
    channel: WhatsAppAgent, api: FakeApi
) -> None:
    status = {"id": "wamid.7", "recipient_id": CREATOR, "timestamp": "1790000000"}
    voice = {"id": "m1", "mime_type": "audio/ogg; codecs=opus", "sha256": "x", "voice": True}
    api.answer(
        json=updates(
            message("reaction", {"message_id": "wamid.7", "emoji": "👍"}),
            message("audio", voice),
            message("hologram", {}),
            None,
            statuses=[{**status, "status": "delivered"}, {**status, "status": "read"}],
        )
    )
    reacted, heard, odd, bad, delivered, read = (await channel.poll("1")).events
    assert isinstance(reacted, Reacted)
    assert isinstance(heard, MessageReceived)
    assert heard.parts == (Media(kind=MediaKind.VOICE, ref="m1", mime="audio/ogg; codecs=opus"),)
    assert isinstance(odd, MessageReceived)
    assert isinstance(bad, Unread)
    for event, expected in ((delivered, Status.DELIVERED), (read, Status.READ)):
        assert event == StatusChanged(address=ADDRESS, status=expected, at=AT, external_id="wamid.7")


async def test_what_no_rule_reads_is_kept_and_the_poll_goes_on(channel: WhatsAppAgent, api: FakeApi) -> None:
    change = {"field": "calls", "value": {}}
    odd = [
        {"next_offset": 2},
        {"object": "moon", "next_offset": 2},
        {"entry": [{"id": AGENT}], "next_offset": 2},
        {"entry": [{"id": AGENT, "changes": [change, {"field": "messages", "value": {}}]}], "next_offset": 2},
    ]
    for answer in odd:
        api.answer(json=answer)
        polled = await channel.poll("1")
        assert polled.cursor == "2"
        assert polled.events
        assert all(isinstance(event, Unread) for event in polled.events)
    api.answer(text='{"object":"whatsapp_agent_platform","entry":[{"id":"\\ud83d"}],"next_offset":3}')
    assert (await channel.poll("2")).cursor == "3"


@pytest.mark.parametrize(
    ("answer", "expected", "words"),
    [
        ({"status": 409, "json": {"error": {"code": 1752041}}}, "Misconfigured", "another program"),
        ({"status": 400, "json": {"error": {"code": 100}}}, "Misconfigured", "Chat info"),
        ({"status": 401, "json": {"error": {"code": 190}}}, "Misconfigured", "Chat info"),
        ({"status": 429, "json": {"error": {"code": 130429}}}, "Throttled", ""),
        ({"status": 500, "json": {"error": {"code": 2}}}, "Unavailable", ""),
        ({"status": 502, "text": "<html>"}, "Unavailable", ""),
        ({"text": "<html>a portal</html>"}, "Unavailable", ""),
        ({"text": "[1]"}, "Unavailable", ""),
    ],
)
async def test_a_poll_that_is_refused_says_what_to_do(
    channel: WhatsAppAgent, api: FakeApi, answer: dict[str, Any], expected: str, words: str
) -> None:
    api.answer(**answer)
    with pytest.raises(SendError) as raised:
        await channel.poll("1")
    assert type(raised.value) is getattr(errors, expected)
    assert words in str(raised.value)
    assert KEY not in str(raised.value)


async def test_polls_that_are_answered_at_once_are_paced_below_what_the_platform_takes(
    channel: WhatsAppAgent, api: FakeApi, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        clock.advance(seconds)

    monkeypatch.setattr("adapters.whatsappagent.asyncio.sleep", sleep)
    started = []
    for number in range(20):
        api.answer(json=updates(message()))
        await channel.poll(str(number))
        started.append(clock.monotonic())
    assert max(waits) <= 6.1
    assert all(later - earlier > 60 for earlier, later in zip(started, started[15:], strict=False))


# --- sending ---------------------------------------------------------------------------------------------


async def test_a_text_goes_to_the_creator(channel: WhatsAppAgent, api: FakeApi) -> None:
    api.answer(json={"contacts": [{"input": CREATOR, "wa_id": CREATOR}], "messages": [{"id": "wamid.out"}]})
    receipt = await channel.send(outbound(ADDRESS, "hi\x00", reply_to="wamid.1"))
    assert receipt.external_id == "wamid.out"
    (call,) = api.calls
    assert (call.method, call.path) == ("POST", "/agent/v1/messages")
    assert call.json == {
        "messaging_product": "whatsapp",
        "to": CREATOR,
        "context": {"message_id": "wamid.1"},
        "type": "text",
        "text": {"body": "hi", "preview_url": False},
    }


async def test_a_file_is_uploaded_and_then_sent(channel: WhatsAppAgent, api: FakeApi, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF")
    api.answer(json={"id": "up-1"})
    api.answer(json={"messages": [{"id": "wamid.out"}]})
    document = Media(kind=MediaKind.DOCUMENT, ref="m", mime="application/pdf", name="a.pdf", caption="read")
    await channel.send(sent(document, file))
    upload, said = api.calls
    assert upload.path == "/agent/v1/media"
    assert b"application/pdf" in upload.body
    assert said.json["document"] == {"id": "up-1", "caption": "read", "filename": "a.pdf"}


def sent(part: Part, file: Path | None = None) -> Outbound:
    return Outbound(address=ADDRESS, part=part, idempotency_key="key-1", file=file)


async def test_what_agents_cannot_send_is_refused_before_anything_leaves(
    channel: WhatsAppAgent, api: FakeApi, tmp_path: Path
) -> None:
    large = tmp_path / "large"
    with large.open("wb") as opened:
        opened.truncate(16 * 1024 * 1024 + 1)
    for part in (
        Ask(text="?", choices=(Choice(id="a", title="Yes"),)),
        Media(kind=MediaKind.VOICE, ref="m", mime="audio/ogg"),
        Media(kind=MediaKind.DOCUMENT, ref="m", mime="application/pdf"),
    ):
        with pytest.raises(errors.Rejected):
            await channel.send(sent(part, large))
    assert api.calls == []


async def test_typing_marks_read_in_the_same_call(channel: WhatsAppAgent, api: FakeApi) -> None:
    await channel.typing(ADDRESS, "wamid.1")
    await channel.typing(ADDRESS, None)
    await channel.mark_read(ADDRESS, "wamid.1")
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.1"}
    assert [(call.path, call.json) for call in api.calls] == [
        ("/agent/v1/statuses", {**read, "typing_indicator": {"type": "text"}}),
        ("/agent/v1/statuses", read),
    ]


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (400, 100, "Misconfigured"),
        (401, 190, "Misconfigured"),
        (400, 131009, "Rejected"),
        (403, 131005, "RecipientGone"),
        (429, 130429, "Throttled"),
        (503, 131016, "Unavailable"),
        (500, 2, "Uncertain"),
        (500, 77, "Uncertain"),
        (400, 77, "Rejected"),
    ],
)
async def test_refusals(channel: WhatsAppAgent, api: FakeApi, status: int, code: int, expected: str) -> None:
    api.answer(status=status, json={"error": {"code": code, "type": "OAuthException", "message": "hi"}})
    with pytest.raises(SendError) as raised:
        await channel.send(outbound(ADDRESS, "private words"))
    assert type(raised.value) is getattr(errors, expected)
    assert "private" not in str(raised.value)
    if isinstance(raised.value, errors.Throttled):
        assert raised.value.retry_after == 10.0


async def test_an_answer_that_got_lost_leaves_a_message_in_doubt(
    channel: WhatsAppAgent, api: FakeApi
) -> None:
    api.answer(hang_up=True)
    with recording() as exchanges, pytest.raises(errors.Uncertain):
        await channel.send(outbound(ADDRESS, "x"))
    assert KEY not in repr(exchanges)
    api.answer(json={"messages": []})
    with pytest.raises(errors.Uncertain):
        await channel.send(outbound(ADDRESS, "x"))


async def test_files_are_fetched_from_metas_hosts(channel: WhatsAppAgent, api: FakeApi) -> None:
    address = "https://lookaside.fbsbx.com/agent/v1/media/m1/content"
    api.answer(json={"url": address, "mime_type": "image/jpeg", "sha256": "ab" * 32, "file_size": 17})
    media = Media(kind=MediaKind.IMAGE, ref="m1")
    download = await channel.fetch(ADDRESS, media)
    assert api.calls[0].path == "/agent/v1/media/m1"
    assert (download.url, download.bytes, download.sha256) == (address, 17, "ab" * 32)
    assert download.headers == {"Authorization": f"Bearer {KEY}"}
    assert "*.fbsbx.com" in download.hosts
    api.answer(status=400, json={"error": {"code": 100}})
    with pytest.raises(errors.Rejected):
        await channel.fetch(ADDRESS, media)


# --- settings and checks ---------------------------------------------------------------------------------


async def test_the_check_disturbs_no_poll_and_tells_a_bad_key(channel: WhatsAppAgent, api: FakeApi) -> None:
    api.answer(status=400, json={"error": {"code": 131009}})
    assert all(probe.ok for probe in await channel.probe(""))
    api.answer(status=400, json={"error": {"code": 100}})
    (bad,) = await channel.probe("")
    assert not bad.ok
    assert "Chat info > API key" in bad.sentence
    api.answer(status=503, json={"error": {"code": 131016}})
    assert "could not be asked" in (await channel.probe(""))[0].sentence
    assert {call.path for call in api.calls} == {"/agent/v1/statuses"}


def test_updates_handed_over_are_signed_with_the_key(channel: WhatsAppAgent) -> None:
    body = orjson.dumps(updates(message()))
    headers = {"x-hub-signature-256": (sign(KEY, body),)}
    request = WebhookRequest(method="POST", headers=headers, body=body)
    channel.authenticate(request)
    assert len(channel.parse(request)) == 1
    with pytest.raises(BadSignature):
        channel.authenticate(replace(request, body=body + b" "))


def test_a_key_that_no_header_can_carry_is_refused_at_start() -> None:
    for field, given in (("access_key", "two words"), ("api_url", "ftp://x")):
        with pytest.raises(SettingsError) as raised:
            load(WhatsAppAgentSettings, "whatsappagent", {field: given})
        assert f"ASSISTANT_WHATSAPPAGENT_{field.upper()}" in str(raised.value)
        assert given not in str(raised.value)
