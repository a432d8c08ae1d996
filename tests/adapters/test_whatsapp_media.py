"""WhatsApp: files in both directions, questions with buttons, places and reactions."""

from __future__ import annotations

import email
import email.policy
import hashlib
from base64 import b64encode
from pathlib import Path
from typing import Any

import orjson
import pytest

from adapters._whatsapp_files import digest
from assistant import errors
from assistant.channel import Services
from assistant.errors import Rejected, SendError
from assistant.types import Ask, Choice, Contacts, Media, MediaKind, Outbound, Part, Place
from tests.adapters.api import Call, FakeApi
from tests.adapters.whatsapp import ADDRESS, NUMBER, PHONE, TOKEN, made

MOVING = b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x02"
STILL = b"RIFF\x00\x00\x00\x00WEBPVP8 \x0a\x00\x00\x00\x00"
MIB = 1024 * 1024


def form(call: Call) -> dict[str, tuple[str | None, str, bytes]]:
    """The fields of a multipart body: file name, content type, content."""
    head = f"Content-Type: {call.headers['content-type']}\r\n\r\n".encode()
    message = email.message_from_bytes(head + call.body, policy=email.policy.HTTP)
    found = {}
    for part in message.iter_parts():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        name = str(part.get_param("name", header="content-disposition"))
        found[name] = (part.get_filename(), part.get_content_type(), content)
    return found


def sized(folder: Path, size: int, head: bytes = b"") -> Path:
    """A file of `size` bytes that takes no room on the disk."""
    path = folder / "file"
    with path.open("wb") as opened:
        opened.write(head)
        opened.truncate(size)
    return path


def outgoing(part: Part, file: Path | None = None, reply_to: str | None = None) -> Outbound:
    return Outbound(address=ADDRESS, part=part, idempotency_key="key-1", reply_to=reply_to, file=file)


# --- files out -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("media", "mime", "sent"),
    [
        (
            Media(kind=MediaKind.IMAGE, ref="m1", mime="image/jpeg", caption="look\x00", name="a.jpg"),
            "image/jpeg",
            {"type": "image", "image": {"id": "up-1", "caption": "look"}},
        ),
        (
            Media(kind=MediaKind.IMAGE, ref="m1", mime="image/jpg"),
            "image/jpeg",
            {"type": "image", "image": {"id": "up-1"}},
        ),
        (
            Media(kind=MediaKind.VIDEO, ref="m1", mime="video/mp4"),
            "video/mp4",
            {"type": "video", "video": {"id": "up-1"}},
        ),
        (
            Media(kind=MediaKind.AUDIO, ref="m1", mime="audio/ogg; codecs=opus"),
            "audio/ogg",
            {"type": "audio", "audio": {"id": "up-1"}},
        ),
        (
            Media(kind=MediaKind.VOICE, ref="m1", mime="audio/ogg; codecs=opus"),
            "audio/ogg",
            {"type": "audio", "audio": {"id": "up-1", "voice": True}},
        ),
        (
            Media(kind=MediaKind.VOICE, ref="m1", mime="audio/mp3"),
            "audio/mpeg",
            {"type": "audio", "audio": {"id": "up-1"}},
        ),
        (
            Media(kind=MediaKind.DOCUMENT, ref="m1", mime="text/csv", name="prices.csv", caption="July"),
            "text/plain",
            {"type": "document", "document": {"id": "up-1", "caption": "July", "filename": "prices.csv"}},
        ),
        (
            Media(kind=MediaKind.DOCUMENT, ref="m1", name="a.pdf"),
            "application/pdf",
            {"type": "document", "document": {"id": "up-1", "filename": "a.pdf"}},
        ),
        (
            Media(kind=MediaKind.STICKER, ref="m1", mime="image/webp"),
            "image/webp",
            {"type": "sticker", "sticker": {"id": "up-1"}},
        ),
    ],
)
async def test_a_file_is_uploaded_and_then_sent_by_its_id(
    services: Services, api: FakeApi, tmp_path: Path, media: Media, mime: str, sent: dict[str, Any]
) -> None:
    file = tmp_path / "content"
    file.write_bytes(b"bytes of the file")
    api.answer(json={"id": "up-1"})
    api.answer(json={"messages": [{"id": "wamid.out"}]})
    receipt = await made(services, api.url).send(outgoing(media, file, reply_to="wamid.1"))
    assert receipt.external_id == "wamid.out"
    upload, message = api.calls
    assert (upload.method, upload.path) == ("POST", f"/v25.0/{NUMBER}/media")
    assert upload.headers["authorization"] == f"Bearer {TOKEN}"
    fields = form(upload)
    assert fields["messaging_product"][2] == b"whatsapp"
    assert fields["type"][2] == mime.encode()
    assert fields["file"][1:] == (mime, b"bytes of the file")
    assert message.json == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": PHONE,
        "context": {"message_id": "wamid.1"},
        "biz_opaque_callback_data": "key-1",
        **sent,
    }


@pytest.mark.parametrize(
    ("kind", "mime", "size", "head", "why"),
    [
        (MediaKind.IMAGE, "image/webp", 100, b"", "image/webp"),
        (MediaKind.IMAGE, None, 100, b"", "unknown type"),
        (MediaKind.IMAGE, "image/png", 5 * MIB + 1, b"", str(5 * MIB)),
        (MediaKind.VIDEO, "video/webm", 100, b"", "video/webm"),
        (MediaKind.VIDEO, "video/mp4", 16 * MIB + 1, b"", str(16 * MIB)),
        (MediaKind.AUDIO, "audio/wav", 100, b"", "audio/wav"),
        (MediaKind.VOICE, "audio/ogg", 16 * MIB + 1, b"", str(16 * MIB)),
        (MediaKind.DOCUMENT, "application/zip", 100, b"", "application/zip"),
        (MediaKind.DOCUMENT, "application/pdf", 100 * MIB + 1, b"", str(100 * MIB)),
        (MediaKind.STICKER, "image/webp", 100 * 1024 + 1, STILL, str(100 * 1024)),
        (MediaKind.STICKER, "image/webp", 500 * 1024 + 1, MOVING, str(500 * 1024)),
        (MediaKind.STICKER, "image/png", 100, b"", "image/png"),
        (MediaKind.IMAGE, "image/png", 0, b"", "empty"),
    ],
)
async def test_a_file_whatsapp_would_not_take_is_refused_with_its_reason_before_anything_is_sent(
    services: Services,
    api: FakeApi,
    tmp_path: Path,
    kind: MediaKind,
    mime: str,
    size: int,
    head: bytes,
    why: str,
) -> None:
    media = Media(kind=kind, ref="m1", mime=mime, name="secret name")
    with pytest.raises(Rejected, match=why) as raised:
        await made(services, api.url).send(outgoing(media, sized(tmp_path, size, head)))
    assert "secret" not in str(raised.value)
    assert api.calls == []


async def test_a_moving_sticker_may_be_larger_than_a_still_one(
    services: Services, api: FakeApi, tmp_path: Path
) -> None:
    api.answer(json={"id": "up-1"})
    api.answer(json={"messages": [{"id": "wamid.out"}]})
    sticker = Media(kind=MediaKind.STICKER, ref="m1", mime="image/webp")
    await made(services, api.url).send(outgoing(sticker, sized(tmp_path, 500 * 1024, MOVING)))
    assert len(api.calls) == 2


async def test_a_caption_is_never_cut_or_lost_in_silence(
    services: Services, api: FakeApi, tmp_path: Path
) -> None:
    file = sized(tmp_path, 10)
    channel = made(services, api.url)
    image = Media(kind=MediaKind.IMAGE, ref="m1", mime="image/png", caption="😀" * 512 + "x")
    with pytest.raises(Rejected, match="1024"):
        await channel.send(outgoing(image, file))
    for kind, mime in ((MediaKind.AUDIO, "audio/mpeg"), (MediaKind.STICKER, "image/webp")):
        with pytest.raises(Rejected, match="caption"):
            await channel.send(outgoing(Media(kind=kind, ref="m1", mime=mime, caption="hear"), file))
    assert api.calls == []


async def test_a_file_that_is_gone_is_not_sent(services: Services, api: FakeApi, tmp_path: Path) -> None:
    image = Media(kind=MediaKind.IMAGE, ref="m1", mime="image/png")
    for file in (None, tmp_path / "gone"):
        with pytest.raises(Rejected, match=r"not there|no longer there"):
            await made(services, api.url).send(outgoing(image, file))
    assert api.calls == []


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([{"hang_up": True}], "Unavailable"),
        ([{"status": 500, "json": {}}], "Unavailable"),
        ([{"json": {}}], "Unavailable"),
        ([{"status": 400, "json": {"error": {"code": 131053}}}], "Rejected"),
        ([{"status": 400, "json": {"error": {"code": 130429}}}], "Throttled"),
        ([{"json": {"id": "up-1"}}, {"hang_up": True}], "Uncertain"),
        ([{"json": {"id": "up-1"}}, {"status": 400, "json": {"error": {"code": 131047}}}], "WindowClosed"),
    ],
)
async def test_only_the_message_itself_can_be_in_doubt_never_the_upload(
    services: Services, api: FakeApi, tmp_path: Path, answers: list[dict[str, Any]], expected: str
) -> None:
    for answer in answers:
        api.answer(**answer)
    image = Media(kind=MediaKind.IMAGE, ref="m1", mime="image/png")
    with pytest.raises(SendError) as raised:
        await made(services, api.url).send(outgoing(image, sized(tmp_path, 10)))
    assert type(raised.value) is getattr(errors, expected)


# --- files in --------------------------------------------------------------------------------------------


async def test_a_file_is_fetched_with_the_token_from_metas_hosts_only(
    services: Services, api: FakeApi
) -> None:
    hexed = hashlib.sha256(b"x").hexdigest()
    address = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=133&hash=x"
    api.answer(
        json={
            "messaging_product": "whatsapp",
            "url": address,
            "mime_type": "image/jpeg",
            "sha256": hexed,
            "file_size": "303833",
            "id": "13/3",
        }
    )
    media = Media(kind=MediaKind.IMAGE, ref="13/3")
    download = await made(services, api.url).fetch(ADDRESS, media)
    (call,) = api.calls
    assert (call.method, call.query) == ("GET", {"phone_number_id": NUMBER})
    assert call.path == "/v25.0/13/3"
    assert download.url == address
    assert download.headers == {"Authorization": f"Bearer {TOKEN}"}
    assert (download.mime, download.bytes, download.sha256) == ("image/jpeg", 303833, hexed)
    assert set(download.hosts) == {
        *("*.fbsbx.com", "*.fbcdn.net", "*.whatsapp.net", "graph.facebook.com"),
        api.url.removeprefix("http://"),
    }


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"status": 400, "json": {"error": {"code": 100, "error_subcode": 33}}}, "Rejected"),
        ({"status": 400, "json": {"error": {"code": 131052}}}, "Rejected"),
        ({"json": {}}, "Rejected"),
        ({"status": 401, "json": {"error": {"code": 190}}}, "Misconfigured"),
        ({"status": 500, "json": {}}, "Unavailable"),
        ({"hang_up": True}, "Unavailable"),
    ],
)
async def test_a_file_that_is_gone_is_told_from_a_platform_that_is_away(
    services: Services, api: FakeApi, answer: dict[str, Any], expected: str
) -> None:
    for _ in range(2):  # a read that broke off is asked once more by the client itself
        api.answer(**answer)
    with pytest.raises(SendError) as raised:
        await made(services, api.url).fetch(ADDRESS, Media(kind=MediaKind.IMAGE, ref="133"))
    assert type(raised.value) is getattr(errors, expected)


def test_a_digest_is_read_in_both_spellings() -> None:
    raw = hashlib.sha256(b"x").digest()
    assert digest(raw.hex()) == digest(b64encode(raw).decode()) == raw.hex()
    for odd in (None, "", "<HASH>", "abc=", "zz" * 32, b64encode(b"short").decode(), "é"):
        assert digest(odd) is None


# --- questions, places, reactions ------------------------------------------------------------------------


def ask(*titles: str, text: str = "Which one?", ids: tuple[str, ...] | None = None) -> Ask:
    names = ids or tuple(f"c{number}" for number in range(len(titles)))
    return Ask(
        text=text,
        choices=tuple(Choice(id=id_, title=title) for id_, title in zip(names, titles, strict=True)),
    )


async def asked(services: Services, api: FakeApi, question: Ask) -> Any:
    api.answer(json={"messages": [{"id": "wamid.out"}]})
    await made(services, api.url).send(outgoing(question))
    assert api.calls[-1].json["type"] == "interactive"
    return api.calls[-1].json["interactive"]


async def test_up_to_three_short_choices_are_buttons(services: Services, api: FakeApi) -> None:
    assert await asked(services, api, ask("Yes", "No", "x" * 20)) == {
        "type": "button",
        "body": {"text": "Which one?"},
        "action": {
            "buttons": [
                {"type": "reply", "reply": {"id": "c0", "title": "Yes"}},
                {"type": "reply", "reply": {"id": "c1", "title": "No"}},
                {"type": "reply", "reply": {"id": "c2", "title": "x" * 20}},
            ]
        },
    }


@pytest.mark.parametrize("titles", [("a", "b", "c", "d"), ("Yes", "x" * 24), tuple("abcdefghij")])
async def test_more_or_longer_choices_are_a_list(
    services: Services, api: FakeApi, titles: tuple[str, ...]
) -> None:
    shown = await asked(services, api, ask(*titles))
    rows = [{"id": f"c{number}", "title": title} for number, title in enumerate(titles)]
    assert shown["type"] == "list"
    assert shown["action"]["sections"] == [{"rows": rows}]
    assert 0 < len(shown["action"]["button"]) <= 20


@pytest.mark.parametrize(
    "question",
    [
        ask(*"abcdefghijk"),
        ask("x" * 25),
        ask(),
        ask("Yes", "Yes"),
        ask("Yes", "No", ids=("a", "a")),
        ask("Yes", ids=("",)),
        ask("Yes", " "),
        ask("Yes", text="x" * 1025),
        ask("Yes", text=" "),
    ],
    ids=["eleven", "long", "none", "twice", "same-id", "no-id", "blank", "long-text", "no-text"],
)
async def test_a_question_that_fits_neither_is_refused_before_it_is_sent(
    services: Services, api: FakeApi, question: Ask
) -> None:
    with pytest.raises(Rejected):
        await made(services, api.url).send(outgoing(question))
    assert api.calls == []


async def test_places_and_reactions(services: Services, api: FakeApi) -> None:
    channel = made(services, api.url)
    for _ in range(2):
        api.answer(json={"messages": [{"id": "wamid.out"}]})
    await channel.send(outgoing(Place(latitude=1.5, longitude=-2.0, name="Bar")))
    await channel.send(outgoing(Place(latitude=1.5, longitude=-2.0)))
    await channel.react(ADDRESS, "wamid.1", "👍")
    await channel.react(ADDRESS, "wamid.1", None)
    named, bare, put, taken = (call.json for call in api.calls)
    assert named["location"] == {"latitude": 1.5, "longitude": -2.0, "name": "Bar"}
    assert bare["location"] == {"latitude": 1.5, "longitude": -2.0}
    assert put == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": PHONE,
        "type": "reaction",
        "reaction": {"message_id": "wamid.1", "emoji": "👍"},
    }
    assert taken["reaction"] == {"message_id": "wamid.1", "emoji": ""}


async def test_parts_that_whatsapp_has_no_message_for_are_refused(services: Services, api: FakeApi) -> None:
    with pytest.raises(Rejected, match="Contacts"):
        await made(services, api.url).send(outgoing(Contacts(names=("Bea",))))
    assert api.calls == []


# --- Meta's own examples as judge ------------------------------------------------------------------------

OURS = {"biz_opaque_callback_data", "audio.voice"}
"""Not in Meta's examples, but in its pages: what comes back in statuses, and the mark of a voice note."""


def paths(value: Any, before: str = "") -> set[str]:
    """The names of all fields, with those around them; elements of lists share theirs."""
    if isinstance(value, list):
        return set().union(*(paths(item, before) for item in value))
    if not isinstance(value, dict):
        return {before}
    return set().union(*(paths(item, f"{before}.{key}".lstrip(".")) for key, item in value.items()))


@pytest.mark.parametrize(
    ("example", "part"),
    [
        ("Send Reply to Audio Message by ID", Media(kind=MediaKind.VOICE, ref="m", mime="audio/ogg")),
        (
            "Send Reply to Document Message by ID",
            Media(kind=MediaKind.DOCUMENT, ref="m", name="a.pdf", caption="x"),
        ),
        ("Send Reply to Sticker Message by ID", Media(kind=MediaKind.STICKER, ref="m", mime="image/webp")),
        ("Send Reply to Location Message", Place(latitude=1.5, longitude=2.5, name="Bar")),
        ("Send List Message", ask("a", "b", "c", "d")),
        ("Send Reply Button", ask("a", "b")),
    ],
)
async def test_every_field_we_send_is_one_of_metas_examples(
    services: Services, api: FakeApi, tmp_path: Path, platform_data: Path, example: str, part: Part
) -> None:
    examples = orjson.loads((platform_data / "meta-openapi" / "outbound-message-examples.json").read_bytes())
    api.answer(json={"id": "up-1"} if isinstance(part, Media) else {"messages": [{"id": "wamid.out"}]})
    api.answer(json={"messages": [{"id": "wamid.out"}]})
    reply_to = "wamid.1" if "context" in examples[example] else None
    await made(services, api.url).send(outgoing(part, sized(tmp_path, 10), reply_to))
    sent = api.calls[-1].json
    assert paths(sent) - paths(examples[example]) <= OURS
    assert sent["type"] == examples[example]["type"]


async def test_a_reaction_is_one_of_metas_examples(
    services: Services, api: FakeApi, platform_data: Path
) -> None:
    examples = orjson.loads((platform_data / "meta-openapi" / "outbound-message-examples.json").read_bytes())
    await made(services, api.url).react(ADDRESS, "wamid.1", "👍")
    assert paths(api.calls[0].json) == paths(examples["Send Reply with Reaction Message"])
