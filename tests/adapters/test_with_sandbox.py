"""Adapters against the sandbox over real HTTP: handshake, signed webhook, typing, answer, and proof of what we sent."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from adapters.sandbox import Sandbox
from assistant import errors
from assistant.channel import Challenges, Channel, MarksRead, Probes, Registers, Services, ShowsTyping
from assistant.errors import SendError
from assistant.events import Event, MessageReceived, StaffWrote, StatusChanged
from assistant.settings import load
from assistant.types import Status, Text
from assistant.types import WebhookRequest as Request
from tests.adapters.api import outbound

CHANNELS = ["whatsapp", "messenger", "telegram"]


class Door:
    """Where our server would be: authenticates and parses with the adapter, keeps the events."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.events: list[Event] = []
        self.url = ""

    async def get(self, request: web.Request) -> web.Response:
        assert isinstance(self.channel, Challenges)
        return web.Response(text=self.channel.challenge(await seen(request)))

    async def post(self, request: web.Request) -> web.Response:
        arrived = await seen(request)
        self.channel.authenticate(arrived)
        self.events += self.channel.parse(arrived)
        return web.Response()

    async def until(self, kind: type[Any], count: int = 1) -> list[Any]:
        async with asyncio.timeout(20):
            while len(found := [event for event in self.events if isinstance(event, kind)]) < count:
                await asyncio.sleep(0.01)
        return found


async def seen(request: web.Request) -> Request:
    headers = {name.lower(): (value,) for name, value in request.headers.items()}
    return Request(
        method=request.method, headers=headers, query=dict(request.query), body=await request.read()
    )


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    started = await Sandbox.start()
    for platform in started.platforms.values():
        platform.retry_seconds = platform.receipt_seconds = 0.01
    yield started
    await started.close()


@pytest.fixture(params=CHANNELS)
async def door(
    request: pytest.FixtureRequest, sandbox: Sandbox, services: Services, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Door]:
    for name, value in sandbox.environment().items():
        monkeypatch.setenv(name, value)
    kind = importlib.import_module(f"adapters.{request.param}").CHANNEL
    settings = load(kind.Settings, request.param, {})
    assert settings.configured()
    opened = Door(kind(settings, services))
    app = web.Application()
    app.router.add_get(f"/webhooks/{request.param}", opened.get)
    app.router.add_post(f"/webhooks/{request.param}", opened.post)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    opened.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield opened
    await runner.cleanup()


async def test_a_conversation(sandbox: Sandbox, door: Door) -> None:
    channel = door.channel
    await sandbox.connect(door.url, [channel.name])
    phone = sandbox.phone(channel.name, "Ana")
    await phone.say("Hello 😀")
    (event,) = await door.until(MessageReceived)
    assert event.parts == (Text(text="Hello 😀"),)
    assert event.addressed
    assert isinstance(channel, ShowsTyping)
    await channel.typing(event.address, event.external_id)
    if isinstance(channel, MarksRead):
        await channel.mark_read(event.address, event.external_id)
    reply_to = event.external_id if channel.caps.reply_to else None
    receipt = await channel.send(outbound(event.address, "Good day 😀", reply_to=reply_to))
    heard = await phone.wait_reply()
    assert heard.text == "Good day 😀"
    assert heard.typing_at is not None
    assert (heard.reply_to is not None) == channel.caps.reply_to
    if channel.caps.echo:
        proofs = await door.until(StaffWrote if channel.name == "messenger" else StatusChanged)
        assert {(proof.idempotency_key, proof.external_id) for proof in proofs} == {
            ("key-1", receipt.external_id)
        }
    if channel.caps.receipts:
        statuses = {event.status for event in await door.until(StatusChanged, 2)}
        assert Status.DELIVERED in statuses


async def test_a_person_who_blocked_us_is_gone(sandbox: Sandbox, door: Door) -> None:
    await sandbox.connect(door.url, [door.channel.name])
    phone = sandbox.phone(door.channel.name, "Ana")
    await phone.say("Hello")
    (event,) = await door.until(MessageReceived)
    phone.blocked = True
    with pytest.raises(errors.RecipientGone):
        await door.channel.send(outbound(event.address, "hi"))


async def test_a_closed_window_is_known_as_such(sandbox: Sandbox, door: Door) -> None:
    if door.channel.caps.reply_window is None:
        return
    await sandbox.connect(door.url, [door.channel.name])
    phone = sandbox.phone(door.channel.name, "Ana")
    await phone.say("Hello")
    (event,) = await door.until(MessageReceived)
    phone.window_closed = True
    with pytest.raises(errors.WindowClosed):
        await door.channel.send(outbound(event.address, "hi"))


async def test_a_person_without_a_phone_number_is_answered(sandbox: Sandbox, door: Door) -> None:
    if door.channel.name != "whatsapp":
        return
    await sandbox.connect(door.url, [door.channel.name])
    phone = sandbox.phone(door.channel.name, "Bea", username="bea")
    await phone.say("Hello")
    (event,) = await door.until(MessageReceived)
    assert [alias.kind for alias in event.sender.aliases] == ["bsuid", "username"]
    await door.channel.send(outbound(event.address, "hi Bea"))
    assert (await phone.wait_reply()).text == "hi Bea"


async def test_registering_and_probing(sandbox: Sandbox, door: Door) -> None:
    channel = door.channel
    assert isinstance(channel, Probes)
    if isinstance(channel, Registers):
        if channel.name == "whatsapp":
            sandbox.platforms["whatsapp"].subscribed = False  # type: ignore[attr-defined]
        assert not all(probe.ok for probe in await channel.probe(""))
        assert door.url in await channel.register(door.url)
    assert (await channel.probe(""))[0].ok


async def test_a_wrong_token_pauses_the_channel(sandbox: Sandbox, door: Door, services: Services) -> None:
    await sandbox.connect(door.url, [door.channel.name])
    await sandbox.phone(door.channel.name, "Ana").say("Hello")
    (event,) = await door.until(MessageReceived)
    settings = door.channel.settings  # type: ignore[attr-defined]
    field = "token" if door.channel.name == "telegram" else "access_token"
    wrong = type(getattr(settings, field))("110201543:wrong")
    other = type(door.channel)(settings.model_copy(update={field: wrong}), services)
    with pytest.raises(SendError) as raised:
        await other.send(outbound(event.address, "hi"))
    assert isinstance(raised.value, errors.Misconfigured)
