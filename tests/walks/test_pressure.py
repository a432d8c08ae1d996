"""More is asked than can be answered: people are told once, answers get shorter, strangers come back later, nobody is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update

from assistant import commands, metrics, pressure
from assistant.pressure import Pressure, Watch
from assistant.settings import Settings
from assistant.store import accounts, load
from assistant.store.accept import accept
from assistant.store.database import Database
from assistant.store.messages import history
from assistant.store.models import conversations, messages, turns
from assistant.store.queue import Reply, claim
from assistant.types import Audience, Author, Notice, Text
from tests.scripted import ScriptedEngine as Model
from tests.store.conftest import database, kind, migrated_url
from tests.store.made import ADDRESS, LEASE, RULES, accepted, answer, at, take, wrote

from .desk import Desk, open_desk
from .system import echo, quick, running

__all__ = ["database", "kind", "migrated_url"]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path) as opened:
        yield opened


def _watch(desk: Desk, known: Pressure, **more: Any) -> Watch:
    values: dict[str, Any] = {"settings": quick(), "channels": {"post": desk.post}}
    return Watch(database=desk.database, bus=desk.bus, clock=desk.clock, pressure=known, **(values | more))


def _known(wait: float = 0.0, disk: float = 100.0, **more: Any) -> Pressure:
    known = Pressure(quick(**more))
    known.learn(wait, disk)
    return known


# --- how long somebody would wait ------------------------------------------------------------------------


async def test_an_idle_system_expects_no_wait_whatever_its_last_turns_took(database: Database) -> None:
    await accepted(database, wrote(1))
    await answer(database, await take(database, 5), seconds=300)
    assert (await database.read(load.load, at(301))).expected == 0


async def test_what_waits_divided_by_what_is_answered_is_the_wait(database: Database) -> None:
    for number in range(30):
        await accepted(database, wrote(1, peer=f"p{number}"))
    for second in range(10):  # ten are claimed; a turn takes ten seconds
        await take(database, 5 + second / 100)

    def turned(connection: Connection) -> None:
        one = connection.execute(select(conversations.c.id).limit(1)).scalar_one()
        for number in range(8):
            connection.execute(
                insert(turns).values(
                    conversation=one,
                    lo_seq=1,
                    hi_seq=1,
                    cause="message",
                    lane="interactive",
                    state="committed",
                    started_at=at(-20 + number),
                    first_token_at=at(-18 + number),
                    ended_at=at(-10 + number),
                )
            )

    await database.write(turned)
    found = await database.read(load.load, at(6))
    assert (found.due, found.claimed, found.turn) == (30, 10, timedelta(seconds=10))
    assert found.expected == pytest.approx(20 * 10 / 10 + 2)


async def test_without_a_worker_the_wait_is_as_long_as_somebody_waits_already(database: Database) -> None:
    await accepted(database, wrote(1))
    found = await database.read(load.load, at(700))
    assert 695 < found.expected <= 700 and found.claimed == 0


async def test_the_look_costs_the_same_whatever_waits(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "MOST", 5)
    for number in range(9):
        await accepted(database, wrote(1, peer=f"p{number}"))
    assert (await database.read(load.load, at(5))).due == 5


# --- the steps -------------------------------------------------------------------------------------------


def test_each_step_begins_above_its_limit_and_not_at_it() -> None:
    assert not _known(20).busy and _known(20.1).busy
    assert _known(120).longest(512) == 512 and _known(120.1).longest(512) == 160
    assert _known(121).longest(100) == 100
    assert not _known(600).closed_to_strangers and _known(600.1).closed_to_strangers


def test_zero_turns_a_step_off() -> None:
    off = {"busy_seconds": 0, "short_answer_seconds": 0, "closed_seconds": 0, "disk_min_percent": 0}
    known = _known(10_000, 0.0, **off)
    assert not known.busy and not known.closed_to_strangers and known.longest(512) == 512
    assert known.sentences() == []


def test_a_door_that_closed_does_not_swing() -> None:
    known = _known(601)
    for wait, closed in ((599, True), (481, True), (479, False), (599, False), (601, True)):
        known.learn(wait, 100)
        assert known.closed_to_strangers is closed, wait
    known = _known(0, 4.9)
    for disk, closed in ((5.1, True), (5.9, True), (6.1, False), (5.1, False), (4.9, True)):
        known.learn(0, disk)
        assert known.closed_to_strangers is closed, disk


def test_staff_read_what_is_the_matter_in_plain_sentences() -> None:
    assert _known().sentences() == []
    assert "4.0 % is free" in _known(0, 4.0).sentences()[0]
    said = " ".join(_known(700, 100).sentences())
    assert "about 700 s" in said and "do not know yet" in said


async def test_answers_get_shorter_under_pressure(tmp_path: Path) -> None:
    model = Model(echo)
    async with running(tmp_path, model, max_tokens=200, short_answer_tokens=50) as system:
        known = system.worker._answerer._pressure
        for wait, expected in ((0, 200), (150, 50), (10, 200)):
            known.learn(wait, 100)
            await system.receive(["ana", f"after {wait}", "hello"])
            await system.until_settled()
            assert model.last.sampling.max_tokens == expected


async def test_who_is_no_stranger_is_known_by_their_conversation(database: Database) -> None:
    await accepted(database, wrote(1))
    stranger = replace(ADDRESS, peer="nobody")
    assert await database.read(load.known, [ADDRESS.key, stranger.key]) == {ADDRESS.key}
    assert await database.read(load.known, []) == set()


# --- telling people --------------------------------------------------------------------------------------


async def _wait(desk: Desk, *peers: str) -> None:
    for peer in peers:
        await desk.database.write(
            accept,
            [wrote(desk.clock.new_id(), "olá, tudo bem com você?", peer=peer)],
            desk.clock.now(),
            RULES,
        )


async def test_who_waits_is_told_once_in_their_language_and_the_model_never_sees_it(desk: Desk) -> None:
    await _wait(desk, "ana", "ben")

    def portuguese(connection: Connection) -> None:
        connection.execute(update(conversations).where(conversations.c.peer == "ana").values(language="pt"))

    await desk.database.write(portuguese)
    known = Pressure(quick())
    watch = _watch(desk, known)
    await watch.look()
    assert not known.busy and desk.post.sent == []
    desk.clock.advance(30)
    async with desk.bus.subscribe("staff") as frames:
        await watch.look()
        assert b'"channel"' in await anext(frames), "staff pages look again at once"
    for _ in range(5):
        await watch.look()
        assert known.busy, "nobody answers, and they have waited for 30 s"
        await desk.look()
        desk.clock.advance(2)
    assert desk.post.texts("ana") == [commands.BUSY.pt]
    assert desk.post.texts("ben") == [commands.BUSY.en]
    [claimed, _] = await desk.database.write(claim, "worker", desk.clock.now(), LEASE, 2)
    assert await desk.database.read(history, claimed.conversation, from_seq=0, before_seq=99) == []


async def test_what_is_told_does_not_end_the_wait(tmp_path: Path) -> None:
    async with running(tmp_path, Model(echo), work=False) as system:
        await system.receive(["ana", 1, "hello"])
        await system.database.write(
            lambda connection: connection.execute(
                update(conversations).values(first_due_at=system.clock.now() - timedelta(seconds=30))
            )
        )
        known = Pressure(system.settings)
        known.learn(60, 100)
        watch = Watch(
            database=system.database,
            bus=system.bus,
            clock=system.clock,
            settings=system.settings,
            pressure=known,
            channels=system.channels,
        )
        await watch._tell()
        system.worker.start()
        await system.until(lambda: len(system.post.sent) == 2)
        await system.until_settled()
        assert system.post.texts() == [commands.BUSY.en, "You said: hello"]
        [notice] = [row for row in await system.rows() if row.author == "system"]
        assert notice.parts[0]["type"] == "notice" and notice.parts[0]["kind"] == pressure.BUSY
        await system.worker.close(1.0)


async def test_a_new_burst_long_after_is_told_again(desk: Desk) -> None:
    await _wait(desk, "ana")
    watch = _watch(desk, Pressure(quick()))
    desk.clock.advance(30)
    await watch.look()
    [claimed] = await desk.database.write(claim, "worker", desk.clock.now(), LEASE, 2)

    def settled(connection: Connection) -> None:
        connection.execute(update(messages).values(outcome="answered"))
        connection.execute(
            update(conversations).values(due_at=None, first_due_at=None, lease_until=None, lease_owner=None)
        )

    for minutes, expected in ((2, 1), (9, 2)):
        await desk.database.write(settled)
        desk.clock.advance(minutes * 60)
        await _wait(desk, "ana")
        desk.clock.advance(30)
        await watch.look()
        await desk.run(1.0)
        assert len(desk.post.texts("ana")) == expected, minutes
    assert claimed.conversation == 1


@pytest.mark.parametrize("why", ["billed", "public", "group", "human", "just wrote"])
async def test_where_it_costs_or_others_read_or_staff_answer_nobody_is_told(desk: Desk, why: str) -> None:
    await _wait(desk, "ana")
    known = Pressure(quick())
    watch = _watch(desk, known)
    values: dict[str, Any] = {}
    if why == "billed":
        desk.post.caps = replace(desk.post.caps, billed_per_message=True)  # type: ignore[misc]
    elif why == "public":
        desk.post.caps = replace(desk.post.caps, audience=(Audience.PUBLIC,))  # type: ignore[misc]
    elif why == "group":
        values = {"kind": "group"}
    elif why == "human":
        values = {"mode": "human"}
    if values:
        await desk.database.write(lambda connection: connection.execute(update(conversations).values(values)))
    desk.clock.advance(2 if why == "just wrote" else 60)
    known.learn(60, 100)
    await watch._tell()
    await desk.look()
    assert desk.post.sent == []


async def test_two_workers_tell_a_person_once(database: Database) -> None:
    for number in range(8):
        await accepted(database, wrote(1, peer=f"p{number}"))

    def says(channel: str, language: str | None) -> Any:
        words = "one moment"
        key = f"key-{next(numbers)}"
        return Reply(
            author=Author.SYSTEM,
            whole=(Notice(kind="busy", text=words),),
            pieces=((key, Text(text=words)),),
        )

    numbers = iter(range(1000))
    told = await asyncio.gather(*(database.write(load.tell_busy, at(60), ["post"], says) for _ in range(6)))
    assert sum(told) == 8


# --- what is shown ---------------------------------------------------------------------------------------


async def test_the_look_fills_the_metrics(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pressure, "free_percent", lambda folder: 4.0)
    await desk.write("ana", "hello", "again")
    await desk.database.write(accounts.pause, ADDRESS, "the token is refused", desk.clock.now(), None)
    desk.clock.advance(12)
    known = Pressure(quick())
    model = Model(echo)
    await _watch(desk, known, engine=model).look()
    text = metrics.text().decode()
    for line in (
        "assistant_conversations_due 1.0",
        "assistant_oldest_wait_seconds 12.0",
        'assistant_outbox_waiting_parts{channel="post"} 2.0',
        'assistant_outbox_oldest_seconds{channel="post"} 12.0',
        'assistant_channel_paused{channel="post"} 1.0',
        "assistant_disk_free_ratio 0.04",
        "assistant_closed_to_strangers 1.0",
        "assistant_bus_up 1.0",
    ):
        assert line in text, line
    await desk.database.write(accounts.resume, "post")
    await desk.run(5)
    await _watch(desk, known).look()
    text = metrics.text().decode()
    assert 'assistant_channel_paused{channel="post"} 0.0' in text
    assert 'assistant_outbox_waiting_parts{channel="post"} 0.0' in text


def test_a_folder_that_does_not_exist_yet_lies_on_some_disk(tmp_path: Path) -> None:
    assert 0 < pressure.free_percent(tmp_path / "not" / "yet") <= 100


def test_the_defaults_are_those_of_the_page() -> None:
    settings = Settings()
    assert (settings.busy_seconds, settings.short_answer_seconds, settings.closed_seconds) == (20, 120, 600)
    assert settings.disk_min_percent == 5
