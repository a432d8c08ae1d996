"""Redis gone between the processes: everything works all the same, only slower."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from aiohttp import ClientSession, CookieJar, WSMsgType

from assistant.buses.memory import MemoryBus
from assistant.types import Address, Finish
from assistant.web.chat_stream import shaped
from assistant.web.events import SESSION_ENDED
from tests.adapters.house import house
from tests.scripted import ScriptedEngine as Model
from tests.walks.post import Post
from tests.walks.system import System, echo, running

from .table import fault


def deafen(system: System) -> None:
    """What this process says reaches nobody, as when Redis is away and the worker is another process."""

    async def lost(*_: Any) -> None: ...

    vars(system.bus).update(publish=lost, ring=lost)


@fault("Redis: nothing rung is heard", promise="polling finds the work: the answer comes, a second later")
async def test_a_message_nobody_rang_for_is_answered(tmp_path: Path) -> None:
    async with running(tmp_path, Model(echo)) as system:
        deafen(system)
        await system.receive(["ana", 1, "hello"])
        await system.until_settled(20)
        assert system.post.texts() == ["You said: hello"]


@fault("Redis: gone while somebody says stop", promise="the answer under way is still cancelled")
async def test_a_stop_is_heard_although_no_frame_comes(tmp_path: Path) -> None:
    model = Model(echo)
    async with running(tmp_path, model, lease_seconds=0.6) as system:
        deafen(system)
        model.hold()
        await system.receive(["ana", 1, "tell me everything"])
        await model.until_asked()
        await system.receive(["ana", 2, "Stop!"])
        await system.until(lambda: model.asked[0].finish is Finish.CANCELLED)
        rows = await system.until_settled()
        assert [row.outcome for row in rows if row.direction == "in"] == ["command", "command"]


@fault(
    "Redis: gone while the person writes again",
    promise="the unseen answer starts over with all that was said",
)
async def test_a_newer_message_is_heard_although_no_frame_comes(tmp_path: Path) -> None:
    model = Model(echo)
    async with running(tmp_path, model, lease_seconds=0.6) as system:
        deafen(system)
        model.hold()
        await system.receive(["ana", 1, "a table for two"])
        await model.until_asked()
        await asyncio.sleep(0.4)
        assert len(model.asked) == 1, "nothing new: the answer does not start over"
        await system.receive(["ana", 2, "sorry, three"])
        await model.until_asked(2)
        model.release()
        await system.until_settled()
        assert system.post.texts() == ["You said: a table for two / sorry, three"]


@fault("Redis: loses a piece of a growing answer", promise="within a second the page shows all of it again")
async def test_a_lost_frame_of_a_growing_answer_is_made_good_by_the_next_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.growing.WHOLE_SECONDS", 0.1)
    words = " ".join(f"word{number}" for number in range(12))
    async with running(tmp_path, Model([words], delay=0.04)) as system:
        monkeypatch.setattr(Post, "caps", replace(Post.caps, streaming=True))
        frames: list[bytes] = []
        page = Address(channel="post", account="office", peer="ana")
        async with system.bus.subscribe(f"page:{page.key}") as heard:
            await system.receive(["ana", 1, "hello"])
            async for frame in heard:
                if orjson.loads(frame)["kind"] == "done":
                    break
                frames.append(frame)
    deltas = [orjson.loads(frame) for frame in frames if orjson.loads(frame)["kind"] == "delta"]
    wholes = [number for number, delta in enumerate(deltas) if delta["offset"] == 0]
    assert len(wholes) >= 3
    lost = wholes[1] - 1 if wholes[1] > 1 else wholes[1] + 1
    kept = [delta for number, delta in enumerate(deltas) if number != lost]

    async def replayed() -> AsyncIterator[bytes]:
        for delta in kept:
            yield orjson.dumps(delta)
            await asyncio.sleep(0.08)
        await asyncio.sleep(0.2)

    shown = [orjson.loads(frame)["open"] async for frame in shaped(replayed())]
    assert "… " not in shown[-1] and words in shown[-1]


@fault(
    "Redis: frames may have been missed",
    promise="the page's socket closes; it comes again and reads the rest from the store",
)
async def test_a_page_that_may_have_missed_something_comes_again(tmp_path: Path) -> None:
    async with house(tmp_path) as ours, ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
        url, bus = ours.runtime.address, ours.runtime.bus
        assert isinstance(bus, MemoryBus)
        (await browser.get(f"{url}/chat")).close()
        headers = {"Origin": url}
        async with browser.ws_connect(f"{url}/chat/events", headers=headers) as socket:
            assert (await socket.receive_json(timeout=10))["kind"] == "hello"
            bus.part()
            assert (await socket.receive(timeout=10)).type in (WSMsgType.CLOSE, WSMsgType.CLOSED)
            assert socket.close_code != SESSION_ENDED, "that would end the page"
        async with browser.ws_connect(f"{url}/chat/events", headers=headers) as socket:
            assert (await socket.receive_json(timeout=10))["kind"] == "hello"
