"""Messenger, Instagram and comments against the stand-in of Meta's Graph API over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from pydantic import SecretStr

from adapters.comments import Comments, CommentsSettings
from adapters.instagram import Instagram, InstagramSettings
from adapters.messenger import Messenger, MessengerSettings
from adapters.sandbox import Phone, Sandbox
from adapters.sandbox.pieces import sample
from assistant import errors
from assistant.buses.memory import MemoryBus
from assistant.channel import Channel, Services
from assistant.clock import SystemClock
from assistant.errors import UnknownAccount
from assistant.events import (
    ControlPassed,
    Event,
    FeedbackGiven,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    Reacted,
    StaffWrote,
    StatusChanged,
)
from assistant.http import Http
from assistant.settings import load
from assistant.types import Address, Ask, Choice, Media, MediaKind, Outbound, Part, Place, Referral, Text
from assistant.types import WebhookRequest as Request


@dataclass
class Door:
    """Our web server's door: the channel of the address authenticates, and whoever hears it parses."""

    channels: dict[str, Any]
    url: str = ""
    events: list[Event] = field(default_factory=list)

    async def get(self, request: web.Request) -> web.Response:
        try:
            word = self.channels[request.match_info["channel"]].challenge(await _seen(request))
        except (errors.BadSignature, UnknownAccount):
            return web.Response(status=403)
        return web.Response(text=word)

    async def post(self, request: web.Request) -> web.Response:
        name, arrived = request.match_info["channel"], await _seen(request)
        self.channels[name].authenticate(arrived)
        for channel in self.channels.values():
            if channel.name == name or name in getattr(channel, "overhears", ()):
                self.events += channel.parse(arrived)
        return web.Response()

    def newest(self, kind: type[Any]) -> Any:
        return next(event for event in reversed(self.events) if isinstance(event, kind))

    async def until(self, kind: type[Any]) -> None:
        """Wait for an event of a kind: what the platform tells by itself comes a moment later."""
        async with asyncio.timeout(20):
            while not any(isinstance(event, kind) for event in self.events):
                await asyncio.sleep(0.01)


async def _seen(request: web.Request) -> Request:
    headers = {name.lower(): (value,) for name, value in request.headers.items()}
    return Request(
        method=request.method, headers=headers, query=dict(request.query), body=await request.read()
    )


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    started = await Sandbox.start()
    for platform in started.platforms.values():
        platform.retry_seconds = platform.receipt_seconds = 0.01
    started.instagram.retry_seconds = started.instagram.receipt_seconds = 0.01
    yield started
    await started.close()


@pytest.fixture
async def door(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Door]:
    base = sandbox.graph_url.removesuffix("/graph")
    given = {**sandbox.messenger.environment(base), **sandbox.instagram.environment(base)}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
        if name.startswith("ASSISTANT_MESSENGER_"):
            monkeypatch.setenv(name.replace("MESSENGER", "COMMENTS"), value)
    monkeypatch.setenv("ASSISTANT_COMMENTS_PAGE_NAME", "Sandbox")
    http = Http(total_seconds=2.0)
    services = Services(http=http, bus=MemoryBus(), clock=SystemClock())
    opened = Door(
        {
            "messenger": Messenger(load(MessengerSettings, "messenger", {}), services),
            "instagram": Instagram(load(InstagramSettings, "instagram", {}), services),
            "comments": Comments(load(CommentsSettings, "comments", {}), services),
        }
    )
    app = web.Application()
    app.router.add_get("/webhooks/{channel}", opened.get)
    app.router.add_post("/webhooks/{channel}", opened.post)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    opened.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    await sandbox.connect(opened.url, ["messenger", "instagram"])
    yield opened
    await runner.cleanup()
    await http.close()


@pytest.fixture(params=["messenger", "instagram"])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def talk(name: str, sandbox: Sandbox, door: Door) -> tuple[Any, Phone, Address]:
    """The channel, a person who just wrote, and where their conversation is."""
    phone = sandbox.phone(name, "Ana")
    await phone.say("Hello 😀")
    event = door.newest(MessageReceived)
    assert event.parts == (Text(text="Hello 😀"),)
    assert event.addressed
    return door.channels[name], phone, event.address


def out(address: Address, part: Part, **more: Any) -> Outbound:
    return Outbound(address=address, part=part, idempotency_key="key-1", **more)


async def test_words_there_and_back(talk: Any, door: Door, name: str) -> None:
    channel, phone, address = talk
    await channel.typing(address, None)
    await channel.mark_read(address, "m")
    receipt = await channel.send(out(address, Text(text="Good day 😀")))
    heard = await phone.wait_reply()
    assert (heard.text, heard.external_id) == ("Good day 😀", receipt.external_id)
    assert heard.typing_at is not None
    await phone.wait_status(heard, "read")
    await door.until(StatusChanged)
    echoes = [event for event in door.events if isinstance(event, StaffWrote)]
    assert [event.idempotency_key for event in echoes] == (["key-1"] if name == "messenger" else [])


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("image", MediaKind.IMAGE),
        ("video", MediaKind.VIDEO),
        ("voice", MediaKind.VOICE),
        ("document", MediaKind.DOCUMENT),
    ],
)
async def test_a_file_a_person_sends_can_be_fetched(
    talk: Any, door: Door, name: str, kind: str, expected: MediaKind, tmp_path: Path
) -> None:
    channel, phone, address = talk
    await phone.show(kind)
    (part,) = [part for part in door.newest(MessageReceived).parts if isinstance(part, Media)]
    assert part.kind in (expected, MediaKind.AUDIO if expected is MediaKind.VOICE else expected)
    download = await channel.fetch(address, part)
    done = await channel.services.http.download(
        download.url, hosts=download.hosts, max_bytes=10**6, into=tmp_path / "file"
    )
    assert done.status == 200
    assert (tmp_path / "file").read_bytes() == sample(kind).data


@pytest.mark.parametrize("kind", ["image", "video", "document"])
async def test_a_file_of_ours_arrives(talk: Any, kind: str, tmp_path: Path) -> None:
    channel, phone, address = talk
    file = sample(kind)
    (tmp_path / "file").write_bytes(file.data)
    part = Media(kind=MediaKind(kind), ref="sha", mime=file.mime, name="file")
    await channel.send(out(address, part, file=tmp_path / "file"))
    heard = await phone.wait_reply()
    assert heard.file is not None
    assert heard.file.data == file.data


async def test_a_question_is_answered_by_a_press(talk: Any, door: Door) -> None:
    channel, phone, address = talk
    choices = (Choice(id="yes:1", title="Yes"), Choice(id="no:1", title="No"))
    await channel.send(out(address, Ask(text="Shall I?", choices=choices)))
    heard = await phone.wait_reply()
    await phone.press(heard, "No")
    assert door.newest(MessageReceived).parts == (choices[1],)


async def test_reactions_edits_and_places(talk: Any, door: Door, name: str) -> None:
    channel, phone, address = talk
    mid = await phone.say("Wrong")
    await phone.edit(mid, "Right")
    assert door.newest(MessageEdited).parts == (Text(text="Right"),)
    receipt = await channel.send(out(address, Text(text="Good")))
    heard = await phone.wait_reply()
    await phone.react(heard.external_id, "❤️")
    reacted = door.newest(Reacted)
    assert (reacted.external_id, reacted.emoji, reacted.address) == (receipt.external_id, "❤️", address)
    await phone.react(heard.external_id, None)
    assert door.newest(Reacted).emoji is None
    await channel.react(address, mid, "👍")
    await channel.react(address, mid, None)
    if name == "messenger":
        await phone.share_place(41.15, -8.61)
        (part,) = door.newest(MessageReceived).parts
        assert isinstance(part, Place)


async def test_what_is_taken_back_is_deleted(sandbox: Sandbox, door: Door) -> None:
    phone = sandbox.phone("instagram", "Ana")
    mid = await phone.say("secret")
    await phone.unsend(mid)
    assert door.newest(MessageDeleted).external_id == mid


async def test_an_answer_to_a_story_brings_the_story(sandbox: Sandbox, door: Door) -> None:
    phone = sandbox.phone("instagram", "Ana")
    await sandbox.instagram.answer_story(phone, "how much?")
    first, story, words = door.newest(MessageReceived).parts
    assert isinstance(first, Referral)
    assert isinstance(story, Media)
    assert words == Text(text="how much?")


async def test_staff_take_a_thread_and_give_it_back(
    talk: Any, door: Door, sandbox: Sandbox, name: str
) -> None:
    channel, phone, address = talk
    platform: Any = sandbox.messenger if name == "messenger" else sandbox.instagram
    await platform.staff_writes(phone, "I take over")
    written = door.newest(StaffWrote)
    assert (written.address, written.idempotency_key, written.parts) == (
        address,
        None,
        (Text(text="I take over"),),
    )
    await platform.staff_takes(phone)
    assert door.newest(ControlPassed).ours is False
    await phone.say("are you there?")
    assert door.newest(MessageReceived).addressed is False
    with pytest.raises(errors.Rejected):
        await channel.send(out(address, Text(text="x")))
    await platform.staff_returns(phone)
    assert door.newest(ControlPassed).ours is True


async def test_a_thumb_is_a_vote_and_a_link_a_context(sandbox: Sandbox, door: Door) -> None:
    phone = sandbox.phone("messenger", "Ana")
    await phone.say("hi")
    address = door.newest(MessageReceived).address
    await door.channels["messenger"].send(out(address, Text(text="Good")))
    heard = await phone.wait_reply()
    await sandbox.messenger.thumb(phone, heard, good=False)
    vote = door.newest(FeedbackGiven)
    assert (vote.external_id, vote.good) == (heard.external_id, False)
    await sandbox.messenger.refer(phone, "summer")
    came = door.newest(MessageReceived)
    assert (came.addressed, came.parts) == (False, (Referral(kind="link", ref="summer"),))


async def test_registering_and_the_check(door: Door, name: str) -> None:
    channel: Any = door.channels[name]
    assert not (await channel.probe(door.url))[0].ok
    sentence = await channel.register(door.url)
    assert f"{door.url}/webhooks/{name}" in sentence
    found = await channel.probe(door.url)
    assert all(probe.ok for probe in found), [probe.sentence for probe in found if not probe.ok]


async def test_a_wrong_secret_is_found_out(door: Door) -> None:
    channel: Any = door.channels["messenger"]
    wrong = channel.settings.model_copy(update={"app_secret": SecretStr("wrong")})
    found = await Messenger(wrong, channel.services).probe("")
    assert any("app_secret" in probe.sentence for probe in found if not probe.ok)


# --- comments --------------------------------------------------------------------------------------------


def comments_of(door: Door, kind: type[Any]) -> list[Any]:
    return [event for event in door.events if isinstance(event, kind) and event.address.channel == "comments"]


async def test_a_comment_is_answered_in_public_and_nobody_answers_the_answer(
    sandbox: Sandbox, door: Door
) -> None:
    ana = sandbox.phone("messenger", "Ana")
    post = sandbox.feed.publish("New lamps")
    asked = await sandbox.feed.write(ana, "@Sandbox what is this?", under=post)
    (event,) = comments_of(door, MessageReceived)
    assert (event.external_id, event.address.thread, event.addressed) == (asked, post, True)
    channel: Channel = door.channels["comments"]
    receipt = await channel.send(out(event.address, Text(text="A lamp."), reply_to=event.external_id))
    heard = await ana.wait_reply()
    assert (heard.text, heard.external_id, heard.reply_to) == ("A lamp.", receipt.external_id, asked)
    await door.until(StaffWrote)
    (echo,) = comments_of(door, StaffWrote)
    assert echo.external_id == receipt.external_id
    assert len(comments_of(door, MessageReceived)) == 1
    assert not [event for event in door.events if getattr(event, "channel", "") == "messenger"]


async def test_comments_change_vanish_and_are_liked(sandbox: Sandbox, door: Door) -> None:
    ana = sandbox.phone("messenger", "Ana")
    post = sandbox.feed.publish("New lamps")
    comment = await sandbox.feed.write(ana, "nice", under=post)
    (event,) = comments_of(door, MessageReceived)
    assert not event.addressed
    await sandbox.feed.edit(comment, "very nice")
    (edited,) = comments_of(door, MessageEdited)
    assert edited.parts == (Text(text="very nice"),)
    before = len(door.events)
    await sandbox.feed.hide(comment)
    await sandbox.feed.like(ana, post)
    assert len(door.events) == before
    await sandbox.feed.remove(comment)
    (removed,) = comments_of(door, MessageDeleted)
    assert removed.external_id == comment


async def test_a_private_answer_comes_once_and_then_in_public(sandbox: Sandbox, door: Door) -> None:
    given = door.channels["comments"]
    channel = Comments(given.settings.model_copy(update={"private_reply": True}), given.services)
    ana = sandbox.phone("messenger", "Ana")
    post = sandbox.feed.publish("New lamps")
    await sandbox.feed.write(ana, "Sandbox, how much?", under=post)
    (event,) = comments_of(door, MessageReceived)
    await channel.send(out(event.address, Text(text="Ten."), reply_to=event.external_id))
    first = await ana.wait_reply()
    assert not first.piece.public
    await channel.send(out(event.address, Text(text="Or nine."), reply_to=event.external_id))
    await ana.wait_until(lambda: len(ana.inbox) == 2)
    assert ana.inbox[1].piece.public


async def test_our_comment_is_changed_and_taken_back(sandbox: Sandbox, door: Door) -> None:
    ana = sandbox.phone("messenger", "Ana")
    post = sandbox.feed.publish("New lamps")
    await sandbox.feed.write(ana, "Sandbox?", under=post)
    (event,) = comments_of(door, MessageReceived)
    channel = door.channels["comments"]
    ours = (await channel.send(out(event.address, Text(text="Yes."), reply_to=event.external_id))).external_id
    await channel.edit(event.address, ours, Text(text="Yes!"))
    assert sandbox.feed.comments[ours].text == "Yes!"
    await channel.delete(event.address, ours)
    assert ours not in sandbox.feed.comments
    with pytest.raises(errors.Rejected):
        await channel.delete(event.address, ours)
