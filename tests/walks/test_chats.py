"""The walks with a page of many chats: another answer, a chosen persona, stop, and pages that come in the middle."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import select

from assistant.bus import Bus
from assistant.buses.redis import RedisBus
from assistant.channel import page_topic
from assistant.events import MessageReceived, StopPressed
from assistant.growing import Pages, Running, ask_again, changed, wanted_by
from assistant.store import branches, chats, personas
from assistant.store.models import turns
from assistant.store.personas import Content
from assistant.store.queue import Claim
from assistant.types import Address, Audience, Prompt, Sender, SlotKind, Text
from tests.scripted import ScriptedEngine as Model

from .system import System, echo, running

VISITOR = Address(channel="post", account="office", peer="ana")
CHAT = dataclasses.replace(VISITOR, thread="c1")
OTHER = dataclasses.replace(VISITOR, thread="c2")


def said(words: str, number: int, chat: Address = CHAT) -> MessageReceived:
    return MessageReceived(
        address=chat,
        sender=Sender(external_id=chat.peer),
        external_id=f"{chat.thread}-{number}",
        sent_at=datetime.now(UTC),
        parts=(Text(text=words),),
    )


def streaming(system: System) -> None:
    system.post.caps = dataclasses.replace(system.post.caps, streaming=True)  # type: ignore[misc]


async def shown(system: System, chat: Address = CHAT) -> list[chats.ChatMessage]:
    found = await system.database.read(chats.chat, chat)
    assert found is not None
    return await system.database.read(chats.messages, found.conversation)


async def test_another_answer_is_a_turn_of_its_own_cause_and_the_old_one_a_version(tmp_path: Path) -> None:
    answers = iter(["first", "second"])
    seen: list[Prompt] = []

    def script(prompt: Prompt) -> str:
        seen.append(prompt)
        return next(answers)

    async with running(tmp_path, Model(script)) as system:
        streaming(system)
        await system.acceptor.submit([said("hello", 1)])
        await system.until_settled()
        [asked, answer] = await shown(system)
        here = (await system.rows())[0].conversation
        assert await system.database.write(branches.regenerate, here, answer.id, system.clock.now())
        await changed(system.bus, here)
        await system.until(lambda: len(seen) == 2)
        await system.until_settled()
        [again, better] = await shown(system)
        assert (again.id, better.text) == (asked.id, "second")
        assert better.version is not None
        assert (better.version.index, better.version.count, better.version.previous) == (2, 2, answer.id)
        assert seen[0].turns == seen[1].turns, "the model hears what it heard the first time"
        causes = await system.database.read(
            lambda connection: connection.execute(select(turns.c.cause).order_by(turns.c.id)).scalars().all()
        )
        assert causes == ["message", "regenerate"]


async def test_an_edited_message_is_answered_without_what_it_replaced(tmp_path: Path) -> None:
    seen: list[Prompt] = []

    def script(prompt: Prompt) -> str:
        seen.append(prompt)
        return echo(prompt)

    async with running(tmp_path, Model(script)) as system:
        await system.acceptor.submit([said("red", 1)])
        await system.until_settled()
        here, first = (row := (await system.rows())[0]).conversation, row.id
        assert await system.database.write(branches.step_back, here, first, system.clock.now())
        await changed(system.bus, here)
        await system.acceptor.submit([said("blue", 2)])
        await system.until_settled()
        assert [one.text for one in await shown(system)] == ["blue", "You said: blue"]
        assert "red" not in str(seen[-1].turns)


async def test_going_back_ends_the_answer_that_is_being_written(tmp_path: Path) -> None:
    model = Model(echo)
    async with running(tmp_path, model) as system:
        streaming(system)
        model.hold()
        await system.acceptor.submit([said("red", 1)])
        await model.until_asked()
        here, first = (row := (await system.rows())[0]).conversation, row.id
        assert await system.database.write(branches.step_back, here, first, system.clock.now())
        await changed(system.bus, here)
        await system.until(lambda: not system.worker._running)
        model.release()
        await system.acceptor.submit([said("blue", 2)])
        await system.until_settled()
        assert [one.text for one in await shown(system)] == ["blue", "You said: blue"]


async def test_a_chat_is_answered_by_the_persona_it_was_begun_with(tmp_path: Path) -> None:
    seen: list[Prompt] = []

    def script(prompt: Prompt) -> str:
        seen.append(prompt)
        return "aye"

    async with running(tmp_path, Model(script)) as system:
        streaming(system)
        now = system.clock.now()
        write = system.database.write
        version = await write(
            personas.draft,
            "pirate",
            Content(persona="You are a pirate."),
            comment="",
            author="staff:1",
            now=now,
        )
        await write(personas.publish, version, channel="elsewhere", author="staff:1", now=now)
        offer = await write(personas.offer, "Pirate", version, author="staff:1", now=now)
        await write(chats.begin, CHAT, Sender(external_id="ana"), temporary=False, persona=offer, now=now)
        for number, persona in ((1, "You are a pirate."), (2, system.settings.persona)):
            await system.acceptor.submit([said("hello", number)])
            await system.until(lambda number=number: len(seen) == number)  # type: ignore[misc]
            await system.until_settled()
            told = {slot.kind: slot.text for slot in seen[-1].slots}
            assert told[SlotKind.PERSONA] == persona
            await write(personas.retire, offer, author="staff:1", now=system.clock.now())
        used = await system.database.read(
            lambda connection: (
                connection.execute(select(turns.c.persona_version).order_by(turns.c.id)).scalars().all()
            )
        )
        assert used == [version, 0]


async def test_stop_in_one_chat_ends_that_answer_and_not_the_one_of_another(tmp_path: Path) -> None:
    model = Model(lambda prompt: " ".join(["word"] * 200), delay=0.02)
    async with running(tmp_path, model) as system:
        streaming(system)
        await system.acceptor.submit([said("one", 1), said("two", 1, OTHER)])
        await system.until(lambda: sum(turn.shown for turn, _ in system.worker._running.values()) == 2)
        await system.acceptor.submit([StopPressed(address=CHAT, at=system.clock.now())])
        await system.until(lambda: len(system.worker._running) == 1)
        steps = {turn.claim.address.thread for turn, _ in system.worker._running.values()}
        assert steps == {"c2"}
        await system.until(lambda: bool(system.post.sent))
        [stopped, so_far] = await shown(system)
        assert stopped.stopped and not stopped.waiting
        assert so_far.text.startswith("word") and len(so_far.text.split()) < 200
        await system.acceptor.submit([StopPressed(address=OTHER, at=system.clock.now())])
        await system.until_settled()


async def test_after_stop_the_model_takes_two_steps_more_at_most(tmp_path: Path) -> None:
    """The model stands in the middle of a step when stop is pressed, and goes on only when the turn is over."""
    model = Model(lambda prompt: " ".join(["word"] * 200), delay=0.01)
    async with running(tmp_path, model) as system:
        streaming(system)
        await system.acceptor.submit([said("one", 1)])
        await system.until(lambda: any(turn.shown for turn, _ in system.worker._running.values()))
        model.hold()
        steps = model.stats().steps
        await system.acceptor.submit([StopPressed(address=CHAT, at=system.clock.now())])
        await system.until(lambda: model.running == 0)
        model.release()
        await system.until(lambda: bool(system.post.sent))
        await system.until_settled()
        assert model.stats().steps <= steps + 2
        assert [one.stopped for one in await shown(system)] == [True, False]


async def test_the_model_knows_where_a_stopped_answer_ended(tmp_path: Path) -> None:
    seen: list[Prompt] = []

    def script(prompt: Prompt) -> str:
        seen.append(prompt)
        return " ".join(f"word{number}" for number in range(200)) if len(seen) == 1 else "and so on"

    async with running(tmp_path, Model(script, delay=0.01)) as system:
        streaming(system)
        await system.acceptor.submit([said("one", 1)])
        await system.until(lambda: any("word3" in turn.said for turn, _ in system.worker._running.values()))
        await system.acceptor.submit([StopPressed(address=CHAT, at=system.clock.now())])
        await system.until(lambda: bool(system.post.sent))
        await system.acceptor.submit([said("go on", 2)])
        await system.until_settled()
        told = [turn.text for turn in seen[-1].turns]
        assert told[0] == "one" and told[1].startswith("word0 word1") and told[2] == "go on"
        first, half, *_ = await shown(system)
        assert first.stopped and half.text == told[1]
        assert await system.database.write(
            branches.regenerate, (await system.rows())[0].conversation, half.id, system.clock.now()
        )


async def test_stop_before_anything_was_shown_keeps_nothing(tmp_path: Path) -> None:
    model = Model(echo)
    async with running(tmp_path, model) as system:
        streaming(system)
        model.hold()
        await system.acceptor.submit([said("one", 1)])
        await model.until_asked()
        await system.acceptor.submit([StopPressed(address=CHAT, at=system.clock.now())])
        await system.until(lambda: not system.worker._running)
        model.release()
        [only] = await shown(system)
        assert only.stopped and not only.waiting


# --- pages that come late --------------------------------------------------------------------------------


async def test_a_page_that_comes_in_the_middle_of_an_answer_hears_all_of_it(tmp_path: Path) -> None:
    words = " ".join(f"word{number}" for number in range(120))
    async with running(tmp_path, Model(lambda prompt: words, delay=0.01)) as system:
        streaming(system)
        await system.acceptor.submit([said("hello", 1)])
        await system.until(lambda: any(len(turn.said) > 100 for turn, _ in system.worker._running.values()))
        shown_text = ""
        async with system.bus.subscribe(page_topic(VISITOR)) as frames:
            await ask_again(system.bus, VISITOR)
            async for raw in frames:
                frame = orjson.loads(raw)
                assert frame["chat"] == "c1"
                if frame["kind"] == "delta":
                    if not shown_text:
                        assert frame["offset"] == 0 or frame["offset"] > 100
                    if frame["offset"] <= len(shown_text):
                        shown_text = shown_text[: frame["offset"]] + frame["text"]
                if frame["kind"] == "done":
                    break
        await system.until_settled()
        assert shown_text == words == (await shown(system))[-1].text


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.redis)])
async def two_buses(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Bus, Bus]]:
    """The bus of a web process and that of a worker."""
    from assistant.buses.memory import MemoryBus

    if request.param == "memory":
        one = MemoryBus()
        yield one, one
        return
    url = request.getfixturevalue("redis_url")
    first, second = RedisBus(url), RedisBus(url)
    await first.start()
    await second.start()
    yield first, second
    await first.close()
    await second.close()


def turn(chat: Address, conversation: int) -> Running:
    claim = Claim(
        conversation=conversation,
        person=1,
        address=chat,
        audience=Audience.PRIVATE,
        token=1,
        epoch=0,
        crashes=0,
        attempts=0,
        window_from_seq=0,
        summary=None,
        summary_seq=0,
        next_summary=None,
        language=None,
    )
    return Running(claim)


async def test_a_worker_tells_again_over_every_bus_and_only_what_was_asked_for(
    two_buses: tuple[Bus, Bus],
) -> None:
    web, work = two_buses
    mine, theirs = turn(CHAT, 1), turn(dataclasses.replace(VISITOR, peer="ben", thread="c1"), 2)
    mine.said = theirs.said = "so far"
    pages = Pages(work)

    async def worker(frames: AsyncIterator[bytes]) -> None:
        async for frame in frames:
            for one in (mine, theirs):
                if wanted_by(frame, one):
                    await pages.again(one)

    async with work.subscribe("again") as asked, web.subscribe(page_topic(VISITOR)) as heard:
        working = asyncio.create_task(worker(asked))
        await asyncio.sleep(0.1)
        await ask_again(web, VISITOR)
        async with asyncio.timeout(10):
            frame: dict[str, Any] = orjson.loads(await anext(heard))
        assert frame == {"turn": "1.1", "chat": "c1", "kind": "delta", "offset": 0, "text": "so far"}
        working.cancel()


async def test_who_asks_again_and_again_does_not_flood_the_page(tmp_path: Path) -> None:
    async with running(tmp_path, Model(echo), work=False) as system:
        one = turn(CHAT, 1)
        one.said = "so far"
        pages = Pages(system.bus)
        async with system.bus.subscribe(page_topic(VISITOR)) as frames:
            for _ in range(200):
                await pages.again(one)
            await pages.grow(one, len(one.said), ", and more")
            first, second = orjson.loads(await anext(frames)), orjson.loads(await anext(frames))
        assert (first["offset"], first["text"]) == (0, "so far")
        assert (second["offset"], second["text"]) == (0, "so far, and more"), "the next is the whole text"


async def test_nothing_is_told_again_of_an_answer_that_nobody_may_see_yet(tmp_path: Path) -> None:
    async with running(tmp_path, Model(echo), work=False) as system:
        quiet, silent = turn(CHAT, 1), turn(OTHER, 2)
        quiet.said, quiet.quiet = "hidden", True
        pages = Pages(system.bus)
        async with system.bus.subscribe(page_topic(VISITOR)) as frames:
            await pages.again(quiet)
            await pages.again(silent)
            await pages.tell(silent.claim, kind="done")
            assert orjson.loads(await anext(frames))["kind"] == "done"
