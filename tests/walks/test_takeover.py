"""Staff take over at the worst moment: the model does not talk over them, and what they write arrives once and in order."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from sqlalchemy import insert, select, update

from assistant import worker
from assistant.deliver import OUTBOX_BELL, pieces
from assistant.errors import WindowClosed
from assistant.store import models, takeover
from assistant.store.queue import Reply
from assistant.store.troubles import By
from assistant.types import Address, Author, Finish, Mode, Outbound, Prompt, Receipt, Text
from assistant.web.admin import takeover as desk
from assistant.web.admin.takeover import take_over
from assistant.web.context import WebContext
from tests.scripted import ScriptedEngine as Model

from .system import System, echo, running

AFTER = timedelta(hours=12)
SECOND = "while the second part is sent"
WORDS = "You said a lot, and this is my answer to it; " * 6  # three parts in the channel's size


def context_of(system: System) -> WebContext:
    async def ready() -> list[str]:
        return []

    return WebContext(
        settings=system.settings,
        database=system.database,
        bus=system.bus,
        clock=system.clock,
        inbound=system.inbound,
        page_channel="",
        new_visitor=str,
        visitor_address=lambda cookie: None,
        cookie_of=str,
        engine_note=str,
        ready=ready,
        setup_token_file=Path("nowhere"),
    )


async def hire(system: System, name: str = "Ana") -> By:
    now = system.clock.now()
    values = {"email": f"{name}@example.org", "name": name, "role": "reviewer", "password_hash": "-"}
    made = await system.database.write(
        lambda c: c.execute(
            insert(models.staff).values(**values, created_at=now).returning(models.staff.c.id)
        ).scalar_one()
    )
    return By(staff=made, actor=f"staff:{made}", at=now)


async def conversation_of(system: System, peer: str) -> int:
    query = select(models.conversations.c.id).where(models.conversations.c.peer == peer)
    return int(await system.database.read(lambda connection: connection.execute(query).scalar_one()))


async def say(system: System, number: int, by: By, words: str) -> int:
    said = Reply(
        author=Author.STAFF,
        whole=(Text(text=words),),
        pieces=tuple((system.clock.new_id(), piece) for piece in pieces(words, system.post.caps)),
    )
    seq = await system.database.write(takeover.reply, number, by, said, AFTER, windowed=True)
    await system.bus.ring(OUTBOX_BELL)
    return seq


class Sends:
    """Every send of the channel: to whom, what, when it began and when it ended; and how far each one came."""

    def __init__(self, system: System, slow: random.Random) -> None:
        self.all: list[tuple[str, str, float, float]] = []
        self.begun: Counter[str] = Counter()
        self.ended: Counter[str] = Counter()
        self.held: dict[str, asyncio.Event] = {}  # whose second part arrives only when the event is set
        self._slow = slow
        self._send = system.post.send
        system.post.send = self.send  # type: ignore[method-assign]

    async def send(self, outbound: Outbound) -> Receipt:
        began, peer = time.monotonic(), outbound.address.peer
        self.begun[peer] += 1
        await asyncio.sleep(self._slow.uniform(0.0, 0.06))
        if peer in self.held and self.begun[peer] == 2:
            await self.held[peer].wait()
        receipt = await self._send(outbound)
        assert isinstance(outbound.part, Text)
        self.ended[peer] += 1
        self.all.append((peer, outbound.part.text, began, time.monotonic()))
        return receipt


class Talker:
    """A model that says the same to everybody, and knows whom it was asked to answer."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.engine = Model(self._say, delay=0.001)

    def _say(self, prompt: Prompt) -> str:
        self.asked[prompt.turns[-1].text.rpartition(" ")[2]] += 1
        return WORDS


async def _race(system: System, talker: Talker, seed: int, takeovers: int, at_once: int) -> None:
    chance, sends = random.Random(seed), Sends(system, random.Random(seed))
    by, context = await hire(system), context_of(system)
    moments: tuple[tuple[str, Callable[[str], bool], float], ...] = (
        ("while it waits in the queue", lambda peer: True, 0.06),
        ("while the prompt is read", lambda peer: talker.asked[peer] > 0, 0.005),
        ("while it is written", lambda peer: talker.asked[peer] > 0, 0.06),
        ("before it is sent", lambda peer: talker.asked[peer] > 0, 0.25),
        ("while the first part is sent", lambda peer: sends.begun[peer] > 0, 0.01),
        ("between two parts", lambda peer: sends.ended[peer] > 0, 0.01),
        (SECOND, lambda peer: sends.begun[peer] > 1, 0.01),
        ("while the last part is sent", lambda peer: sends.begun[peer] > 2, 0.01),
    )
    acknowledged: dict[str, float] = {}

    async def taken(number: int) -> None:
        while (await system.database.read(takeover.state, number)).mode is not Mode.HUMAN:
            await asyncio.sleep(0.001)

    async def one(moment: str, peer: str, ready: Callable[[str], bool], jitter: float) -> None:
        if moment == SECOND:
            sends.held[peer] = asyncio.Event()
        await system.receive([peer, 1, f"hello from {peer}"])
        number = await conversation_of(system, peer)
        async with asyncio.timeout(30):
            while not ready(peer):
                await asyncio.sleep(0.001)
        await asyncio.sleep(jitter)
        taking = asyncio.create_task(take_over(context, number, by))
        if moment == SECOND:
            await taken(number)
            sends.held[peer].set()
        assert await taking, "nothing hangs here"
        acknowledged[peer] = time.monotonic()
        for words in ("Ana here, ", "I answer you now, "):
            await say(system, number, by, f"{words}{peer}")

    for first in range(0, takeovers, at_once):
        tries = []
        for number in range(first, min(first + at_once, takeovers)):
            moment, ready, most = moments[number % len(moments)]
            tries.append(one(moment, f"p{number}", ready, chance.uniform(0.0, most)))
        await asyncio.gather(*tries)
    rows = await system.until_settled()
    heard: Counter[int] = Counter()
    for peer, at in acknowledged.items():
        mine = [send for send in sends.all if send[0] == peer]
        human = [send for send in mine if send[1].endswith(peer)]
        model = [send for send in mine if not send[1].endswith(peer)]
        assert [send[1] for send in human] == [f"Ana here, {peer}", f"I answer you now, {peer}"], peer
        assert all(ended < at for _, _, _, ended in model), f"the model spoke to {peer} after the takeover"
        heard[len(model)] += 1
    assert len(acknowledged) == takeovers
    assert set(heard) == {0, 1, 2, 3}, f"it was taken from the model at every part: {heard}"
    outcomes = {row.outcome for row in rows if row.direction == "in"}
    assert outcomes == {"answered", "handed_to_human"}


async def test_two_hundred_takeovers_at_any_moment_and_the_model_never_talks_over_staff(
    tmp_path: Path,
) -> None:
    """What left before the takeover was acknowledged had arrived by then; of what follows nothing does."""
    talker = Talker()
    async with running(tmp_path, talker.engine, debounce_seconds=0.05, debounce_cap_seconds=0.1) as system:
        await _race(system, talker, 7, 200, 20)


@pytest.mark.postgres
async def test_takeovers_at_any_moment_on_postgresql(tmp_path: Path, migrated_postgres_url: str) -> None:
    talker = Talker()
    async with running(
        tmp_path,
        talker.engine,
        postgres=migrated_postgres_url,
        debounce_seconds=0.05,
        debounce_cap_seconds=0.1,
    ) as system:
        await _race(system, talker, 11, 28, 14)


async def test_the_turn_under_way_ends_at_once_and_who_waits_is_staff_s(tmp_path: Path) -> None:
    model = Model(echo)
    async with running(tmp_path, model) as system:
        by = await hire(system)
        model.hold()
        await system.receive(["ana", 1, "hello"])
        await model.until_asked()
        await system.receive(["ana", 2, "are you there?"])
        assert await take_over(context_of(system), await conversation_of(system, "ana"), by)
        await system.until(lambda: all(one.finish is Finish.CANCELLED for one in model.asked))
        rows = await system.until_settled()
        assert [(row.direction, row.outcome) for row in rows] == [
            ("in", "handed_to_human"),
            ("in", "handed_to_human"),
            ("internal", None),
        ]
        assert system.post.sent == []


async def test_who_watches_an_answer_grow_is_told_that_it_ends_there(tmp_path: Path) -> None:
    model = Model(lambda prompt: WORDS, delay=0.01)
    async with running(tmp_path, model) as system:
        system.post.caps = replace(system.post.caps, streaming=True)  # type: ignore[misc]
        by, address = await hire(system), Address(channel="post", account="office", peer="ana")
        async with system.bus.subscribe(f"page:{address.key}") as frames:
            await system.receive(["ana", 1, "hello"])
            assert orjson.loads(await anext(frames))["kind"] == "delta"
            await take_over(context_of(system), await conversation_of(system, "ana"), by)
            async with asyncio.timeout(10):
                while (frame := orjson.loads(await anext(frames)))["kind"] == "delta":
                    pass
            assert (frame["kind"], frame["finish"]) == ("done", "overtaken")
        await system.until_settled()
        assert system.post.sent == []


async def test_after_a_hand_back_the_model_answers_what_is_new_and_knows_what_staff_said(
    tmp_path: Path,
) -> None:
    model = Model(echo)
    async with running(tmp_path, model) as system:
        by = await hire(system)
        await system.receive(["ana", 1, "where is my parcel?"])
        await system.until_settled()
        number = await conversation_of(system, "ana")
        await take_over(context_of(system), number, by)
        await say(system, number, by, "It leaves tomorrow.")
        await system.receive(["ana", 2, "good"])
        await system.until_settled()
        await system.database.write(takeover.hand_back, number, by, note="she waits for a parcel")
        await system.receive(["ana", 3, "thank you"])
        rows = await system.until_settled()
        assert [row.outcome for row in rows if row.direction == "in"] == [
            "answered",
            "handed_to_human",
            "answered",
        ]
        turns = [(turn.role.value, turn.text) for turn in model.last.prompt.turns]
        assert turns == [
            ("user", "where is my parcel?"),
            ("assistant", "You said: where is my parcel?\nIt leaves tomorrow."),
            ("user", "good\nthank you"),
        ], "what was noted for colleagues and who took over is nobody's word"


async def test_a_takeover_goes_back_by_itself_and_who_wrote_too_late_for_staff_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "HAND_BACK", 0.05)
    async with running(tmp_path, Model(echo), work=False) as system:
        by = await hire(system)
        await system.receive(["ana", 1, "hello"])
        number = await conversation_of(system, "ana")
        by = By(staff=by.staff, actor=by.actor, at=system.clock.now())
        await system.database.write(takeover.take, number, by, timedelta(seconds=0.3))
        await system.receive(["ana", 2, "for staff"])
        await asyncio.sleep(0.4)
        await system.receive(["ana", 3, "is nobody there?"])
        system.worker.start()
        await system.until(lambda: bool(system.post.sent))
        rows = await system.until_settled()
        await system.worker.close(grace=1.0)
        assert [row.outcome for row in rows if row.direction == "in"] == [
            "handed_to_human",
            "handed_to_human",
            "answered",
        ]
        assert system.post.texts() == ["You said: hello / for staff / is nobody there?"]


async def test_free_text_never_reaches_a_platform_whose_window_closed_in_the_meantime(tmp_path: Path) -> None:
    async with running(tmp_path, Model(echo), work=False) as system:
        by = await hire(system)
        await system.receive(["ana", 1, "hello"])
        number = await conversation_of(system, "ana")
        await take_over(context_of(system), number, by)
        await say(system, number, by, "in time, but it waits")
        closed = update(models.conversations).values(window_until=by.at - timedelta(seconds=1))
        await system.database.write(lambda connection: connection.execute(closed))
        with pytest.raises(WindowClosed):
            await say(system, number, by, "too late")
        system.worker.start()
        await system.until_settled()
        await system.worker.close(grace=1.0)
        [part] = await system.parts()
        assert (part.state, part.error) == ("failed", "window_closed")
        assert system.post.attempts == [], "the platform was never asked"


async def test_a_send_that_hangs_at_the_takeover_is_told_and_staff_s_words_wait_behind_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "ACKNOWLEDGE_SECONDS", 0.1)
    async with running(tmp_path, Model(echo)) as system:
        by = await hire(system)
        system.post.slow = 0.6
        await system.receive(["ana", 1, "hello"])
        await system.until(lambda: bool(system.post.attempts))
        number = await conversation_of(system, "ana")
        assert not await take_over(context_of(system), number, by)
        assert (await system.database.read(takeover.state, number)).leaving
        await say(system, number, by, "Ana here")
        await system.until_settled()
        assert system.post.texts() == ["You said: hello", "Ana here"]
