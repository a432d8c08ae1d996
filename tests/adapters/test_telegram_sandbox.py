"""Telegram against the stand-in of its Bot API over real HTTP, every call judged by the Bot API's own list of names."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from pydantic import SecretStr

from adapters._telegram_settings import TelegramSettings
from adapters.sandbox import Phone, Sandbox
from adapters.sandbox.pieces import sample
from adapters.telegram import Telegram
from assistant import errors
from assistant.buses.memory import MemoryBus
from assistant.channel import Services
from assistant.events import ConversationMoved, Event, MessageEdited, MessageReceived, Reacted, StopPressed
from assistant.markup import render
from assistant.types import Address, Ask, Choice, Dialect, Media, MediaKind, Outbound, Part, Place, Text
from assistant.types import WebhookRequest as Request
from tests.adapters.api import outbound
from tests.adapters.telegram_spec import judge_call

CHOICES = (Choice(id="yes", title="Yes"), Choice(id="no", title="No"))


class Bot:
    """Our adapter behind a webhook of its own, beside the stand-in."""

    def __init__(self, channel: Telegram, sandbox: Sandbox) -> None:
        self.channel = channel
        self.sandbox = sandbox
        self.events: list[Event] = []

    async def post(self, request: web.Request) -> web.Response:
        headers = {name.lower(): (value,) for name, value in request.headers.items()}
        arrived = Request(method="POST", headers=headers, body=await request.read())
        self.channel.authenticate(arrived)
        self.events += self.channel.parse(arrived)
        return web.Response()

    def newest(self, kind: type[Any]) -> Any:
        """The newest event, which is of that kind."""
        assert isinstance(self.events[-1], kind), self.events
        return self.events[-1]

    async def send(self, address: Address, part: Part, **more: Any) -> str:
        sent = Outbound(address=address, part=part, idempotency_key="k", **more)
        return (await self.channel.send(sent)).external_id


@pytest.fixture
def bus() -> MemoryBus:
    return MemoryBus()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    started = await Sandbox.start()
    started.telegram.retry_seconds = 0.01
    yield started
    await started.close()


@pytest.fixture
async def bot(sandbox: Sandbox, services: Services) -> AsyncIterator[Bot]:
    telegram = sandbox.telegram
    settings = TelegramSettings(
        token=SecretStr(telegram.token),
        secret_token=SecretStr(telegram.secret_token),
        username=telegram.username,
        api_url=sandbox.telegram_url,
    )
    opened = Bot(Telegram(settings, services), sandbox)
    app = web.Application()
    app.router.add_post("/webhooks/telegram", opened.post)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await opened.channel.register(f"http://127.0.0.1:{runner.addresses[0][1]}")
    yield opened
    await runner.cleanup()


@pytest.fixture
def ana(sandbox: Sandbox) -> Phone:
    return sandbox.phone("telegram", "Ana")


async def met(bot: Bot, phone: Phone) -> Address:
    """The address of the conversation, after a first word of the person."""
    await phone.say("hello")
    address: Address = bot.newest(MessageReceived).address
    return address


@pytest.fixture(autouse=True)
async def judged(bot: Bot) -> AsyncIterator[None]:
    """After every test: every call is one that the Bot API's specification knows, with what it wants and no more."""
    yield
    assert bot.sandbox.telegram.calls
    for call in bot.sandbox.telegram.calls:
        assert judge_call(call.path, call.params, call.files) == []


async def test_a_styled_answer_with_a_quote(bot: Bot, ana: Phone) -> None:
    said = await ana.say("hola")
    event = bot.newest(MessageReceived)
    await bot.channel.typing(event.address, event.external_id)
    text = render("👋 **hola** [aquí](https://e.org)", Dialect.SPANS)
    await bot.send(event.address, text, reply_to=event.external_id)
    heard = await ana.wait_reply(2)
    assert (heard.text, heard.reply_to) == ("👋 hola aquí", said)
    assert heard.typing_at is not None
    assert [span["type"] for span in heard.piece.spans] == ["bold", "text_link"]


@pytest.mark.parametrize("kind", ["image", "voice", "audio", "video", "document"])
async def test_files_go_both_ways(bot: Bot, ana: Phone, tmp_path: Path, kind: str) -> None:
    await ana.show(kind, "" if kind == "voice" else "look")
    event = bot.newest(MessageReceived)
    (media,) = event.parts
    assert isinstance(media, Media)
    assert media.kind is MediaKind(kind)
    download = await bot.channel.fetch(event.address, media)
    given, into = sample(kind), tmp_path / "fetched"
    await bot.channel.services.http.download(download.url, hosts=download.hosts, max_bytes=10_000, into=into)
    assert (into.read_bytes(), download.bytes) == (given.data, len(given.data))

    path = tmp_path / "content"
    path.write_bytes(given.data)
    part = Media(kind=MediaKind(kind), ref="", mime=given.mime, name=given.name, caption="see", seconds=3)
    await bot.send(event.address, part, file=path)
    heard = await ana.wait_reply(2)
    assert (heard.kind, heard.text) == (kind, "see")
    assert heard.file is not None
    assert (heard.file.data, heard.file.name) == (given.data, given.name)
    assert heard.file.seconds == (3 if kind in ("voice", "audio", "video") else 0)


async def test_a_question_is_pressed_and_confirmed(bot: Bot, ana: Phone) -> None:
    address = await met(bot, ana)
    await bot.send(address, Ask(text="Shall I?", choices=CHOICES))
    asked = await ana.wait_reply(2)
    await ana.press(asked, "Yes")
    event = bot.newest(MessageReceived)
    assert event.parts == (CHOICES[0],)
    assert ana.toasts == []
    await bot.channel.mark_read(event.address, event.external_id)
    assert ana.toasts == [""]


async def test_a_place_arrives_and_leaves(bot: Bot, ana: Phone) -> None:
    await ana.share_place(38.7, -9.1)
    event = bot.newest(MessageReceived)
    assert event.parts == (Place(latitude=38.7, longitude=-9.1),)
    await bot.send(event.address, event.parts[0])
    heard = await ana.wait_reply(2)
    assert heard.piece.spot is not None
    assert heard.piece.spot.latitude == 38.7


async def test_an_answer_grows_as_a_draft_and_is_stopped(bot: Bot, ana: Phone) -> None:
    address = await met(bot, ana)
    assert bot.channel.drafts(address)
    await bot.channel.draft(address, 7, "")
    await bot.channel.draft(address, 7, "so f")
    assert ana.draft is not None
    assert (ana.draft.text, ana.draft.can_stop) == ("so f", True)
    await ana.stop()
    assert bot.newest(StopPressed).address == address
    await bot.send(address, Text(text="so f"))
    assert ana.draft is None


async def test_what_was_sent_is_edited_and_taken_back(bot: Bot, ana: Phone, tmp_path: Path) -> None:
    address = await met(bot, ana)
    sent = await bot.send(address, Ask(text="one?", choices=CHOICES))
    await bot.channel.edit(address, sent, render("**two**", Dialect.SPANS))
    await bot.channel.edit(address, sent, render("**two**", Dialect.SPANS))
    heard = ana.inbox[0]
    assert (heard.text, heard.buttons, len(heard.piece.spans)) == ("two", (), 1)
    await bot.channel.delete(address, sent)
    await bot.channel.delete(address, sent)
    assert heard.deleted_at is not None
    path = tmp_path / "photo"
    path.write_bytes(sample("image").data)
    sent = await bot.send(address, Media(kind=MediaKind.IMAGE, ref="", caption="a"), file=path)
    await bot.channel.edit(address, sent, Media(kind=MediaKind.IMAGE, ref="", caption="b"))
    assert ana.inbox[1].text == "b"


async def test_reactions_and_edits_go_both_ways(bot: Bot, ana: Phone) -> None:
    said = await ana.say("hello")
    event = bot.newest(MessageReceived)
    await bot.channel.react(event.address, event.external_id, "❤️")
    assert ana.reactions == {said: "❤"}
    await bot.channel.react(event.address, event.external_id, None)
    assert ana.reactions == {}
    await ana.edit(said, "hello you")
    edited = bot.newest(MessageEdited)
    assert (edited.external_id, edited.parts) == (event.external_id, (Text(text="hello you"),))
    sent = await bot.send(event.address, Text(text="hi"))
    await ana.react(ana.inbox[0].external_id, "🔥")
    reacted = bot.newest(Reacted)
    assert (reacted.external_id, reacted.emoji) == (sent, "🔥")


async def test_a_group_that_moves_is_followed(bot: Bot, ana: Phone, sandbox: Sandbox) -> None:
    group = sandbox.telegram.group("Friends", ana)
    address = Address(channel="telegram", account=bot.channel.settings.bot_id, peer=group.id)
    await bot.send(address, Text(text="before"))
    moved = await sandbox.telegram.upgrade(group)
    sent = await bot.send(address, Text(text="after"))
    assert sent.startswith(f"{moved.id}:")
    told = [event for event in bot.events if isinstance(event, ConversationMoved)]
    assert [event.current.peer for event in told] == [moved.id]


async def test_refusals_have_their_meaning(bot: Bot, ana: Phone, sandbox: Sandbox) -> None:
    address = await met(bot, ana)
    faults = sandbox.telegram.faults
    faults.fail_next(429, retry_after=3)
    with pytest.raises(errors.Throttled) as throttled:
        await bot.channel.send(outbound(address, "hi"))
    assert throttled.value.retry_after == 3
    faults.lose_answers = 1
    with pytest.raises(errors.Uncertain):
        await bot.channel.send(outbound(address, "hi"))
    group = sandbox.telegram.group("Friends", ana)
    group.muted = True
    with pytest.raises(errors.Rejected):
        await bot.send(Address(channel="telegram", account=address.account, peer=group.id), Text(text="x"))
    await ana.block()
    with pytest.raises(errors.RecipientGone):
        await bot.channel.send(outbound(address, "hi"))


async def test_polling_brings_everything_and_forgets_what_was_written_down(
    bot: Bot, ana: Phone, sandbox: Sandbox
) -> None:
    settings = bot.channel.settings.model_copy(update={"polling": True})
    channel = Telegram(settings, bot.channel.services)
    sandbox.telegram.delete_webhook()
    for word in ("one", "two"):
        await ana.say(word)
    first = await channel.poll(None)
    assert [event.parts for event in first.events if isinstance(event, MessageReceived)] == [
        (Text(text="one"),),
        (Text(text="two"),),
    ]
    again = await channel.poll(None)  # the cursor was not written down: nothing is lost
    assert again == first
    await ana.say("three")
    second = await channel.poll(first.cursor)
    assert [event.parts for event in second.events if isinstance(event, MessageReceived)] == [
        (Text(text="three"),)
    ]
    assert sandbox.telegram.webhook_url is None
    await sandbox.telegram.connect("https://example.com/")
    with pytest.raises(errors.Misconfigured, match="a webhook is set"):
        await channel.poll(second.cursor)
