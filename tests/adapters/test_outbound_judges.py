"""Every call our adapters make is judged by what others wrote: the Bot API's specification, aiogram's models, Meta's
OpenAPI and examples, and the stand-ins' own reading of the Send API."""

from __future__ import annotations

import importlib
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adapters.sandbox import File, sample
from assistant.buses.memory import MemoryBus
from assistant.channel import (
    Channel,
    Deletes,
    Drafts,
    Edits,
    MarksRead,
    Polls,
    Reacts,
    Registers,
    Services,
    ShowsTyping,
)
from assistant.clock import SystemClock
from assistant.errors import Rejected
from assistant.events import MessageReceived
from assistant.http import Http
from assistant.types import (
    Address,
    Ask,
    Choice,
    Dialect,
    LinkButton,
    Media,
    MediaKind,
    Outbound,
    Part,
    Place,
    Span,
    Template,
    Text,
    Unit,
)
from tests.adapters.judges import judged
from tests.adapters.meta_spec import MISTOLD, examples, judge_by_examples, judge_by_schema
from tests.adapters.recorder import Recorded, Recorder, recording_server
from tests.adapters.telegram_spec import published
from tests.services import library

CHANNELS = ("whatsapp", "whatsappagent", "messenger", "instagram", "telegram", "comments")
LETTERS = {Unit.UTF16: "é", Unit.BYTES: "e", Unit.CODEPOINTS: "é"}
SAMPLES = {
    MediaKind.IMAGE: "image",
    MediaKind.VIDEO: "video",
    MediaKind.AUDIO: "audio",
    MediaKind.VOICE: "voice",
} | {
    MediaKind.DOCUMENT: "document",
    MediaKind.STICKER: "sticker",
}
CAPTIONED = (MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.DOCUMENT)
"""Kinds under which words can stand everywhere."""


class Desk:
    """One adapter, the server it talks to, and the person it answers."""

    def __init__(self, channel: Channel, recorder: Recorder, said: MessageReceived) -> None:
        self.channel = channel
        self.recorder = recorder
        self.address = said.address
        self.said = said.external_id

    async def sent(self, part: Part, *, file: Path | None = None, reply: bool = False) -> list[Recorded]:
        """The calls that one part makes."""
        outbound = Outbound(
            address=self.address,
            part=part,
            idempotency_key="0190a0b0-0000-7000-8000-000000000001:1",
            reply_to=self.said if reply else None,
            file=file,
        )
        receipt = await self.channel.send(outbound)
        assert receipt.external_id
        return self.recorder.taken()


def address_of(channel: Channel, address: Address) -> Address:
    """A chat the recorder's answers fit."""
    return replace(address, peer="42") if channel.name == "telegram" else address


@pytest.fixture
async def recorder() -> AsyncIterator[Recorder]:
    async with recording_server() as opened:
        yield opened


@pytest.fixture(params=CHANNELS)
async def desk(request: pytest.FixtureRequest, recorder: Recorder) -> AsyncIterator[Desk]:
    kind = importlib.import_module(f"adapters.{request.param}").CHANNEL
    example = kind.example()
    settings = example.settings.model_copy(update={"api_url": recorder.url})
    http = Http(total_seconds=5.0)
    channel = kind(settings, Services(http=http, bus=MemoryBus(), clock=SystemClock()))
    (said,) = channel.parse(example.request)
    said = replace(said, address=address_of(channel, said.address))
    yield Desk(channel, recorder, said)
    await http.close()


# --- what is judged --------------------------------------------------------------------------------------


async def test_texts_short_long_styled_and_in_reply(desk: Desk) -> None:
    caps = desk.channel.caps
    judged(desk.channel, await desk.sent(Text(text="Good day 😀, see https://example.org")))
    longest = LETTERS[caps.text_unit] * caps.text_limit
    judged(desk.channel, await desk.sent(Text(text=longest)))
    if caps.reply_to:
        judged(desk.channel, await desk.sent(Text(text="yes"), reply=True))
    if caps.dialect is Dialect.SPANS:
        kinds = ("bold", "italic", "underline", "strikethrough", "spoiler", "code", "blockquote")
        spans = tuple(Span(kind=kind, offset=2, length=3) for kind in kinds)
        more = (
            Span(kind="pre", offset=2, length=3, language="python"),
            Span(kind="text_link", offset=2, length=3, url="https://example.org"),
        )
        (call,) = await desk.sent(Text(text="😀 abc", spans=spans + more))
        judged(desk.channel, [call])
        assert {entity["offset"] for entity in call.params["entities"]} == {3}, "UTF-16 units"


@pytest.mark.parametrize("kind", list(MediaKind))
async def test_files_with_and_without_words(desk: Desk, kind: MediaKind, tmp_path: Path) -> None:
    caps = desk.channel.caps
    if kind not in caps.media_out:
        pytest.skip(f"{desk.channel.name} sends no {kind.value}")
    file = sample(SAMPLES[kind])
    if desk.channel.name == "instagram" and file.mime.startswith("audio/"):
        file = File(data=sample("video").data, mime="audio/mp4", name="song.m4a", seconds=3)
    path = tmp_path / file.name
    path.write_bytes(file.data)
    media = Media(kind=kind, ref="", mime=file.mime, bytes=len(file.data), name=file.name, seconds=3.0)
    captions = [""]
    if caps.caption_limit and (desk.channel.name == "telegram" or kind in CAPTIONED):
        captions += ["look 😀", "é" * caps.caption_limit]
    for caption in captions:
        calls = await desk.sent(replace(media, caption=caption or None), file=path)
        judged(desk.channel, calls)
        assert any(file.data in call.files.values() for call in calls), "the file itself goes out"


@pytest.mark.parametrize("count", [1, 2, 3, 4, 10, 13])
async def test_questions_with_choices(desk: Desk, count: int) -> None:
    buttons = desk.channel.caps.buttons
    if buttons is None:
        pytest.skip(f"{desk.channel.name} has no buttons")
    if count > max(buttons.max, buttons.list_max):
        pytest.skip(f"{desk.channel.name} takes fewer")
    choices = tuple(
        Choice(id=f"{number:02d}" + "x" * 30, title=(f"{number} " + "é" * 60)[: buttons.title])
        for number in range(count)
    )
    calls = await desk.sent(Ask(text="Which one?", choices=choices))
    judged(desk.channel, calls)
    sent = json.dumps([call.params for call in calls])
    assert all(choice.id in sent for choice in choices), "what is pressed must come back to us"


async def test_places(desk: Desk) -> None:
    place = Place(latitude=40.4168, longitude=-3.7038, name="Madrid")
    if not desk.channel.caps.places:
        with pytest.raises(Rejected):
            await desk.sent(place)
        return
    judged(desk.channel, await desk.sent(place))


async def test_buttons_that_open_a_page(desk: Desk) -> None:
    if not desk.channel.caps.link_buttons:
        pytest.skip(f"{desk.channel.name} has no such buttons")
    button = LinkButton(text="Look here", title="é" * 20, url="https://example.org/offer?x=1")
    judged(desk.channel, await desk.sent(button))


@pytest.mark.parametrize("values", [(), ("Ana", "nine o'clock")])
async def test_templates(desk: Desk, values: tuple[str, ...]) -> None:
    if not desk.channel.caps.templates:
        pytest.skip(f"{desk.channel.name} has no templates")
    template = Template(name="reminder", language="pt_BR", text="Hello Ana, nine o'clock", values=values)
    judged(desk.channel, await desk.sent(template))


async def test_typing_reading_and_reactions(desk: Desk) -> None:
    channel, recorder = desk.channel, desk.recorder
    if isinstance(channel, ShowsTyping):
        await channel.typing(desk.address, desk.said)
        judged(channel, recorder.taken())
    if isinstance(channel, MarksRead):
        said = "callback:1" if channel.name == "telegram" else desk.said
        await channel.mark_read(desk.address, said)
        judged(channel, recorder.taken())
    if isinstance(channel, Reacts):
        said = desk.said.replace("1111111:", "42:")
        for emoji in ("👍", None):
            await channel.react(desk.address, said, emoji)
            judged(channel, recorder.taken())


async def test_edits_deletions_drafts_and_polls(desk: Desk) -> None:
    channel, recorder = desk.channel, desk.recorder
    receipt = await channel.send(Outbound(address=desk.address, part=Text(text="one"), idempotency_key="k"))
    recorder.taken()
    if isinstance(channel, Drafts) and channel.drafts(desk.address):
        for words in ("", "so f", "so far"):
            await channel.draft(desk.address, 7, words)
            judged(channel, recorder.taken())
    if isinstance(channel, Edits):
        await channel.edit(desk.address, receipt.external_id, Text(text="two"))
        if channel.name == "telegram":
            judged(channel, recorder.taken())
    if isinstance(channel, Deletes):
        recorder.taken()
        await channel.delete(desk.address, receipt.external_id)
        if channel.name == "telegram":
            judged(channel, recorder.taken())
    if isinstance(channel, Polls):
        recorder.taken()
        await channel.poll("5")
        judged(channel, recorder.taken())


async def test_setting_up(desk: Desk) -> None:
    if not isinstance(desk.channel, Registers):
        pytest.skip(f"{desk.channel.name} is set up by hand")
    if desk.channel.name != "telegram":
        pytest.skip("no foreign judge of Graph's setup calls")
    await desk.channel.register("https://example.org")
    judged(desk.channel, desk.recorder.taken())


# --- the judges are judged -------------------------------------------------------------------------------


def test_the_bot_apis_specification_is_here() -> None:
    assert {"sendMessage", "sendMessageDraft"} <= published()[0].keys()


def test_aiogram_is_here() -> None:
    aiogram = library("aiogram", "pip install --no-deps aiogram==3.31.0 aiofiles magic-filter")
    assert float(aiogram.__api_version__) >= 10.3


def test_metas_schemas_accept_metas_own_examples() -> None:
    skipped = ("catalog_message", "product", "product_list", "order_details", "order_status", "flow")
    judged_here = 0
    for name, message in examples().items():
        assert judge_by_examples(message) == [], name
        kind = message.get("interactive", {}).get("type")
        if "type" not in message or message["type"] in MISTOLD or kind in skipped:
            continue
        if "link" in message[message["type"]]:
            continue  # the examples hold no real address
        assert judge_by_schema(message) == [], name
        judged_here += 1
    assert judged_here >= 15


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"text": {"body": "x", "bold": True}}, "message.text: unknown bold"),
        ({"text": None}, "message.text: NoneType instead of object"),
        ({"type": "image", "image": {}}, "message.image: id is missing"),
        ({"colour": "red"}, "message: unknown colour"),
    ],
)
def test_metas_schemas_refuse_what_is_wrong(change: dict[str, Any], complaint: str) -> None:
    message = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": "7", "type": "text"}
    wrong = {**message, "text": {"body": "x"}, **change}
    if wrong["type"] == "image":
        del wrong["text"]
    assert complaint in judge_by_schema(wrong)
