"""What Messenger and Instagram share in sending: what we ask of the Send API, and what its refusals mean."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adapters.messenger import Messenger
from assistant import errors
from assistant.channel import Download, Services
from assistant.errors import SendError
from assistant.http import recording
from assistant.types import Ask, Choice, Media, MediaKind, Outbound, Place
from tests.adapters.api import FakeApi, outbound
from tests.adapters.test_messenger import ADDRESS, CDN, PAGE, PERSON, TOKEN, item, made, parse, received


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


async def test_an_answer_names_the_message_it_answers(services: Services, api: FakeApi) -> None:
    api.answer(json={"message_id": "m_out"})
    await made(services, api.url).send(outbound(ADDRESS, "hi", reply_to="m_1"))
    assert api.calls[0].json["reply_to"] == {"mid": "m_1"}


async def test_a_quoted_message_that_is_gone_does_not_cost_the_answer(
    services: Services, api: FakeApi
) -> None:
    api.answer(status=400, json={"error": {"code": 100, "error_subcode": 2018320}})
    api.answer(json={"message_id": "m_out"})
    receipt = await made(services, api.url).send(outbound(ADDRESS, "hi", reply_to="m_1"))
    assert receipt.external_id == "m_out"
    assert ["reply_to" in call.json for call in api.calls] == [True, False]


async def test_a_pressed_button_without_a_mid_is_not_quoted(services: Services, api: FakeApi) -> None:
    api.answer(json={"message_id": "m_out"})
    await made(services, api.url).send(outbound(ADDRESS, "hi", reply_to="postback:6939:1:ab"))
    assert "reply_to" not in api.calls[0].json


async def test_a_choice_comes_back_with_the_id_we_gave_it(services: Services, api: FakeApi) -> None:
    channel = made(services, api.url)
    api.answer(json={"message_id": "m_out"})
    ask = Ask(text="Shall I?", choices=(Choice(id="a:1", title="Yes"), Choice(id="a:2", title="No")))
    await channel.send(Outbound(address=ADDRESS, part=ask, idempotency_key="key-1"))
    message = api.calls[0].json["message"]
    assert message == {
        "text": "Shall I?",
        "quick_replies": [
            {"content_type": "text", "title": "Yes", "payload": "a:1"},
            {"content_type": "text", "title": "No", "payload": "a:2"},
        ],
        "metadata": "key-1",
    }
    pressed = message["quick_replies"][0]
    answer = {"mid": "m_1", "text": pressed["title"], "quick_reply": {"payload": pressed["payload"]}}
    assert parse(channel, item("message", answer)) == [received(ask.choices[0])]


def photo(tmp_path: Path, **more: Any) -> Outbound:
    (tmp_path / "cat.png").write_bytes(b"\x89PNG cat")
    part = Media(kind=MediaKind.IMAGE, ref="sha", mime="image/png", name="cat.png")
    return Outbound(address=ADDRESS, part=part, idempotency_key="key-1", file=tmp_path / "cat.png", **more)


async def test_a_file_is_uploaded_and_then_sent_by_its_id(
    services: Services, api: FakeApi, tmp_path: Path
) -> None:
    api.answer(json={"attachment_id": "178"})
    api.answer(json={"message_id": "m_out"})
    receipt = await made(services, api.url).send(photo(tmp_path))
    assert receipt.external_id == "m_out"
    upload, sent = api.calls
    assert upload.path == f"/v25.0/{PAGE}/message_attachments"
    assert "appsecret_proof" in upload.query
    assert upload.headers["content-type"].startswith("multipart/form-data")
    assert b"\x89PNG cat" in upload.body
    assert b'"is_reusable":true' in upload.body
    assert b'filename="cat.png"' in upload.body
    assert sent.json["message"] == {
        "attachment": {"type": "image", "payload": {"attachment_id": "178"}},
        "metadata": "key-1",
    }


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("relatório de março (1).pdf", "relatório de março (1).pdf"),
        ('a"b\\c.pdf', "a_b_c.pdf"),
        ("a\r\nX-Evil: 1.pdf", "a__X-Evil: 1.pdf"),
        ("half \ud83d.pdf", "half ?.pdf"),
    ],
)
async def test_a_file_arrives_under_the_name_it_has_here(
    services: Services, api: FakeApi, tmp_path: Path, name: str, shown: str
) -> None:
    out = photo(tmp_path)
    assert isinstance(out.part, Media)
    api.answer(json={"attachment_id": "178"})
    api.answer(json={"message_id": "m_out"})
    await made(services, api.url).send(replace(out, part=replace(out.part, name=name)))
    assert f'filename="{shown}"\r\n'.encode() in api.calls[0].body


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"hang_up": True}, "Unavailable"),
        ({"status": 500, "json": {"error": {"code": 2}}}, "Unavailable"),
        ({"status": 400, "json": {"error": {"code": 100, "error_subcode": 2018109}}}, "Rejected"),
        ({"status": 401, "json": {"error": {"code": 190}}}, "Misconfigured"),
        ({"json": {}}, "Unavailable"),
    ],
)
async def test_a_failed_upload_has_shown_nothing_to_anybody(
    services: Services, api: FakeApi, tmp_path: Path, answer: dict[str, Any], expected: str
) -> None:
    api.answer(**answer)
    with pytest.raises(SendError) as raised:
        await made(services, api.url).send(photo(tmp_path))
    assert type(raised.value) is getattr(errors, expected)
    assert len(api.calls) == 1


async def test_a_file_that_is_gone_or_too_large_is_refused_before_anything_is_sent(
    services: Services, api: FakeApi, tmp_path: Path
) -> None:
    channel, gone = made(services, api.url), photo(tmp_path)
    with (tmp_path / "cat.png").open("wb") as file:
        file.truncate(25 * 1024 * 1024 + 1)
    with pytest.raises(errors.Rejected):
        await channel.send(gone)
    (tmp_path / "cat.png").unlink()
    with pytest.raises(errors.Rejected):
        await channel.send(gone)
    with pytest.raises(errors.Rejected):
        await channel.send(
            Outbound(address=ADDRESS, part=Place(latitude=1, longitude=1), idempotency_key="k")
        )
    assert api.calls == []


async def test_typing_seen_and_reactions_are_sender_actions(services: Services, api: FakeApi) -> None:
    channel = made(services, api.url)
    await channel.typing(ADDRESS, None)
    await channel.mark_read(ADDRESS, "m_1")
    await channel.react(ADDRESS, "m_1", "👍")
    await channel.react(ADDRESS, "m_1", None)
    to = {"recipient": {"id": PERSON}}
    assert [call.json for call in api.calls] == [
        {**to, "sender_action": "typing_on"},
        {**to, "sender_action": "mark_seen"},
        {**to, "sender_action": "react", "payload": {"message_id": "m_1", "reaction": "👍"}},
        {**to, "sender_action": "unreact", "payload": {"message_id": "m_1"}},
    ]
    with pytest.raises(errors.Rejected):
        await channel.react(ADDRESS, "referral:1:2:3", "👍")


async def test_a_file_comes_from_meta_s_hosts_only_and_without_our_token(services: Services) -> None:
    channel = made(services)
    media = Media(kind=MediaKind.IMAGE, ref=CDN + "/a.jpg")
    real = Messenger(channel.settings.model_copy(update={"api_url": "https://graph.facebook.com"}), services)
    assert await real.fetch(ADDRESS, media) == Download(
        url=CDN + "/a.jpg", hosts=("*.fbcdn.net", "*.fbsbx.com")
    )
    assert (await channel.fetch(ADDRESS, media)).hosts[2:] == ("127.0.0.1:9",)
    with pytest.raises(errors.Rejected):
        await channel.fetch(ADDRESS, Media(kind=MediaKind.IMAGE, ref="178"))


@pytest.mark.parametrize(
    ("status", "code", "subcode", "expected"),
    [
        (400, 1, None, "Uncertain"),
        (400, 1, 1357046, "Uncertain"),
        (500, 2, None, "Uncertain"),
        (400, 1, 99, "Uncertain"),
        (400, 1200, None, "Unavailable"),
        (400, 4, None, "Throttled"),
        (400, 9, 2018352, "Throttled"),
        (400, 17, None, "Throttled"),
        (400, 32, None, "Throttled"),
        (400, 80001, None, "Throttled"),
        (400, 80002, None, "Throttled"),
        (400, 80006, None, "Throttled"),
        (429, 987654, None, "Throttled"),
        (403, 10, 2018108, "RecipientGone"),
        (400, 100, 2534014, "RecipientGone"),
        (403, 200, 1545041, "RecipientGone"),
        (400, 613, 1893015, "Throttled"),
        (400, 10, 2018278, "WindowClosed"),
        (400, 10, 2018065, "WindowClosed"),
        (400, 10, 2534022, "WindowClosed"),
        (400, 10, 2018300, "Rejected"),
        (400, 10, 1893063, "Misconfigured"),
        (400, 10, None, "Misconfigured"),
        (400, 230, None, "Misconfigured"),
        (403, 200, None, "Misconfigured"),
        (400, 100, 2018001, "RecipientGone"),
        (400, 100, 33, "Rejected"),
        (400, 100, 2018109, "Rejected"),
        (401, 190, 463, "Misconfigured"),
        (401, 190, 460, "Misconfigured"),
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


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ({"first_name": "Ana", "last_name": "Lima"}, "Ana Lima"),
        ({"first_name": "Ana"}, "Ana"),
        ({"name": "Ana L.", "username": "ana_l"}, "Ana L."),
        ({"username": "ana_l"}, "ana_l"),
        ({}, None),
    ],
)
async def test_the_platform_is_asked_for_a_name(
    services: Services, api: FakeApi, answer: dict[str, str], name: str | None
) -> None:
    api.answer(json=answer)
    assert await made(services, api.url).name_of(ADDRESS) == name
    assert api.calls[0].path == f"/v25.0/{PERSON}"
    assert api.calls[0].query["fields"] == "first_name,last_name"
