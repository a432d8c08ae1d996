"""WhatsApp's two doors against their stand-ins over real HTTP: files, questions, reactions, corrections, polling."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from pydantic import SecretStr

from adapters.sandbox import Sandbox
from adapters.sandbox.pieces import sample
from adapters.whatsapp import WhatsApp, WhatsAppSettings
from adapters.whatsappagent import WhatsAppAgent, WhatsAppAgentSettings
from assistant import errors
from assistant.buses.memory import MemoryBus
from assistant.channel import Services
from assistant.clock import SystemClock
from assistant.events import (
    Event,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    Reacted,
    StatusChanged,
)
from assistant.http import Http
from assistant.settings import load
from assistant.types import (
    Address,
    Ask,
    Choice,
    Media,
    MediaKind,
    Outbound,
    Part,
    Place,
    Status,
    Text,
    WebhookRequest,
)
from tests.sandbox.listener import waiting

KINDS = ["image", "video", "audio", "voice", "document", "sticker"]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    started = await Sandbox.start()
    for platform in (started.whatsapp, started.agent):
        platform.retry_seconds = platform.receipt_seconds = 0.01
    yield started
    await started.close()


@pytest.fixture
async def services() -> AsyncIterator[Services]:
    http, clock = Http(total_seconds=5.0), SystemClock()
    yield Services(http=http, bus=MemoryBus(clock), clock=clock)
    await http.close()


class Door:
    """Our server: reads what arrives with the adapter, and hands it to whoever waits."""

    def __init__(self, channel: WhatsApp) -> None:
        self.channel = channel
        self.events: asyncio.Queue[Event] = asyncio.Queue()
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        headers = {name.lower(): (value,) for name, value in request.headers.items()}
        arrived = WebhookRequest(
            method=request.method, headers=headers, query=dict(request.query), body=await request.read()
        )
        if request.method == "GET":
            try:
                return web.Response(text=self.channel.challenge(arrived))
            except errors.BadSignature:
                return web.Response(status=403)
        self.channel.authenticate(arrived)
        for event in self.channel.parse(arrived):
            self.events.put_nowait(event)
        return web.Response()

    async def next(self) -> Event:
        """The next event that is no status."""
        async with asyncio.timeout(20):
            while isinstance(event := await self.events.get(), StatusChanged):
                pass
            return event

    async def message(self) -> MessageReceived:
        event = await self.next()
        assert isinstance(event, MessageReceived)
        return event


@pytest.fixture
async def door(sandbox: Sandbox, services: Services, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Door]:
    for name, value in sandbox.environment().items():
        monkeypatch.setenv(name, value)
    opened = Door(WhatsApp(load(WhatsAppSettings, "whatsapp", {}), services))
    app = web.Application()
    app.router.add_route("*", "/webhooks/whatsapp", opened.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    opened.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    await sandbox.connect(opened.url, ["whatsapp"])
    yield opened
    await runner.cleanup()


def outgoing(address: Address, part: Part, file: Path | None = None) -> Outbound:
    return Outbound(address=address, part=part, idempotency_key="key-1", file=file)


async def fetched(
    services: Services, channel: WhatsApp | WhatsAppAgent, event: MessageReceived, into: Path
) -> Media:
    """The message's file, fetched as the core does it."""
    (media,) = event.parts
    assert isinstance(media, Media)
    download = await channel.fetch(event.address, media)
    got = await services.http.download(
        download.url, hosts=download.hosts, headers=download.headers, max_bytes=10**6, into=into
    )
    assert (got.status, got.sha256, got.bytes) == (200, download.sha256, download.bytes)
    return media


async def put(channel: WhatsApp | WhatsAppAgent, address: Address, kind: str, folder: Path) -> None:
    file = sample(kind)
    path = folder / file.name
    path.write_bytes(file.data)
    caption = "for you" if kind in ("image", "video", "document") else None
    media = Media(kind=MediaKind(kind), ref="m", mime=file.mime, name=file.name, caption=caption)
    await channel.send(outgoing(address, media, path))


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_of_file_goes_both_ways(
    sandbox: Sandbox, services: Services, door: Door, tmp_path: Path, kind: str
) -> None:
    ana = sandbox.phone("whatsapp", "Ana")
    caption = "look" if kind in ("image", "video", "document") else ""
    await ana.show(kind, caption)
    event = await door.message()
    media = await fetched(services, door.channel, event, tmp_path / "in")
    assert (media.kind, media.caption) == (MediaKind(kind), caption or None)
    assert (tmp_path / "in").read_bytes() == sample(kind).data
    await put(door.channel, event.address, kind, tmp_path)
    heard = await ana.wait_reply()
    assert heard.file is not None
    assert heard.file.data == sample(kind).data
    assert heard.text == ("for you" if caption else "")


@pytest.mark.parametrize("titles", [("Yes", "No"), ("one", "two", "three", "four")], ids=["buttons", "list"])
async def test_a_pressed_choice_comes_back_with_its_id(
    sandbox: Sandbox, door: Door, titles: tuple[str, ...]
) -> None:
    ana = sandbox.phone("whatsapp", "Ana")
    await ana.say("hi")
    event = await door.message()
    choices = tuple(Choice(id=f"a1.{number}", title=title) for number, title in enumerate(titles))
    receipt = await door.channel.send(outgoing(event.address, Ask(text="Which?", choices=choices)))
    heard = await ana.wait_reply()
    await ana.press(heard, titles[1])
    pressed = await door.message()
    assert pressed.parts == (choices[1],)
    assert pressed.reply_to == receipt.external_id


async def test_reactions_corrections_and_places(sandbox: Sandbox, door: Door) -> None:
    ana, channel = sandbox.phone("whatsapp", "Ana"), door.channel
    said = await ana.say("helo")
    event = await door.message()
    await ana.edit(said, "hello")
    edited = await door.next()
    assert isinstance(edited, MessageEdited)
    assert (edited.external_id, edited.parts) == (said, (Text(text="hello"),))
    await channel.react(event.address, said, "👍")
    assert ana.reactions == {said: "👍"}
    await channel.react(event.address, said, None)
    assert not ana.reactions.get(said)
    receipt = await channel.send(outgoing(event.address, Place(latitude=38.7, longitude=-9.1, name="Lisbon")))
    heard = await ana.wait_reply()
    assert heard.piece.spot is not None
    assert heard.piece.spot.name == "Lisbon"
    await ana.react(receipt.external_id, "❤️")
    reacted = await door.next()
    assert isinstance(reacted, Reacted)
    assert (reacted.external_id, reacted.emoji) == (receipt.external_id, "❤️")
    await ana.unsend(said)
    deleted = await door.next()
    assert isinstance(deleted, MessageDeleted)
    assert deleted.external_id == said
    await ana.share_place(1.5, 2.5, "Bar", "Main Road 1")
    assert (await door.message()).parts == (Place(latitude=1.5, longitude=2.5, name="Bar, Main Road 1"),)


async def test_a_file_that_whatsapp_forgot_is_gone_for_good(sandbox: Sandbox, door: Door) -> None:
    await sandbox.phone("whatsapp", "Ana").show("image")
    event = await door.message()
    sandbox.whatsapp.media.clear()
    (media,) = event.parts
    assert isinstance(media, Media)
    with pytest.raises(errors.Rejected):
        await door.channel.fetch(event.address, media)


async def test_the_check_is_content_with_the_sandbox(sandbox: Sandbox, door: Door) -> None:
    probes = await door.channel.probe(door.url)
    assert [probe.sentence for probe in probes if not probe.ok] == []
    assert any("outside" in probe.sentence for probe in probes)


# --- the agent's door ------------------------------------------------------------------------------------


@pytest.fixture
def agent(sandbox: Sandbox, services: Services) -> WhatsAppAgent:
    settings = WhatsAppAgentSettings(
        access_key=SecretStr(sandbox.agent.token), api_url=f"{sandbox.agent_url}/agent/v1"
    )
    return WhatsAppAgent(settings, services)


async def polled(agent: WhatsAppAgent, cursor: str | None) -> tuple[list[Event], str | None]:
    answer = await agent.poll(cursor)
    return answer.events, answer.cursor


async def test_a_conversation_with_an_agent(
    sandbox: Sandbox, services: Services, agent: WhatsAppAgent
) -> None:
    assert all(probe.ok for probe in await agent.probe(""))
    ana = sandbox.phone("agent", "Ana")
    said = await ana.say("Hello 😀")
    (event,), cursor = await polled(agent, None)
    assert isinstance(event, MessageReceived)
    assert event.parts == (Text(text="Hello 😀"),)
    assert event.address.peer.startswith("user:")
    await agent.typing(event.address, event.external_id)
    receipt = await agent.send(
        Outbound(
            address=event.address, part=Text(text="Good day"), idempotency_key="k", reply_to=event.external_id
        )
    )
    heard = await ana.wait_reply()
    assert (heard.text, heard.reply_to) == ("Good day", said)
    assert heard.typing_at is not None
    statuses: list[StatusChanged] = []
    while len(statuses) < 2:
        events, cursor = await polled(agent, cursor)
        statuses += [event for event in events if isinstance(event, StatusChanged)]
    assert [(event.external_id, event.status) for event in statuses] == [
        (receipt.external_id, Status.DELIVERED),
        (receipt.external_id, Status.READ),
    ]
    again, _ = await polled(agent, "0")
    assert again[0] == event  # a cursor that was not written down loses nothing


@pytest.mark.parametrize("kind", ["image", "document"])
async def test_files_go_both_ways_with_an_agent(
    sandbox: Sandbox, services: Services, agent: WhatsAppAgent, tmp_path: Path, kind: str
) -> None:
    ana = sandbox.phone("agent", "Ana")
    await ana.show(kind, "look")
    (event,), _ = await polled(agent, None)
    assert isinstance(event, MessageReceived)
    await fetched(services, agent, event, tmp_path / "in")
    await put(agent, event.address, kind, tmp_path)
    heard = await ana.wait_reply()
    assert heard.file is not None
    assert (heard.file.data, heard.text) == (sample(kind).data, "for you")


async def test_two_programs_that_poll_for_one_agent_are_told(sandbox: Sandbox, agent: WhatsAppAgent) -> None:
    first = await waiting(sandbox.agent, agent.poll(None))
    second = await waiting(sandbox.agent, agent.poll(None))
    with pytest.raises(errors.Misconfigured, match="another program"):
        await first
    await sandbox.phone("agent", "Ana").say("hi")
    assert len((await second).events) == 1


async def test_somebody_else_than_the_creator_cannot_be_written_to(
    sandbox: Sandbox, agent: WhatsAppAgent
) -> None:
    sandbox.phone("agent", "Ana")
    address = Address(channel="whatsappagent", account=sandbox.agent.agent_id, peer="user:4711")
    with pytest.raises(errors.RecipientGone):
        await agent.send(outgoing(address, Text(text="hi")))
