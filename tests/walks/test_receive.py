"""The accept path at its edges: what is refused, what is kept raw, what a broken database means."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from assistant import inbound
from assistant.errors import BadSignature, Collision, StoreUnavailable, TooBusy, UnknownAccount
from assistant.store import parts
from assistant.store.accept import accept
from assistant.store.models import raw_events
from assistant.types import Part, Text, WebhookRequest
from tests.scripted import ScriptedEngine as Model

from .post import posted
from .system import System, echo, running


async def _raw(system: System) -> list[str]:
    statement = select(raw_events.c.reason).order_by(raw_events.c.id)
    return await system.database.read(lambda connection: list(connection.execute(statement).scalars()))


async def test_unsigned_and_unknown_requests_leave_nothing_behind(tmp_path: Path) -> None:
    async with running(tmp_path, Model(echo), work=False) as system:
        with pytest.raises(BadSignature):
            await system.inbound.receive("post", WebhookRequest(method="POST", headers={}, body=b"[]"))
        with pytest.raises(UnknownAccount):
            await system.inbound.receive("pigeon", posted())
        assert await system.rows() == [] and await _raw(system) == []


async def test_what_cannot_be_parsed_is_kept_raw_and_accepted(tmp_path: Path) -> None:
    async with running(tmp_path, Model(echo), work=False) as system:
        for body in (b"{", b"bug", b"bug"):
            request = WebhookRequest(method="POST", headers={"stamp": ("good",)}, body=body)
            assert await system.inbound.receive("post", request) == 1
        assert await _raw(system) == ["not JSON", "the parser failed: ZeroDivisionError"]


async def test_a_message_the_database_refuses_is_kept_raw_and_spoils_no_neighbour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = parts.dump_json

    def picky(given: tuple[Part, ...]) -> str:
        """As the codec, but one text is more than the database can take."""
        if given == (Text(text="broken"),):
            raise ValueError("cannot be stored")
        return original(given)

    monkeypatch.setattr(parts, "dump_json", picky)
    async with running(tmp_path, Model(echo), work=False) as system:
        letters = [["ana", number, "broken" if number == 3 else f"text {number}"] for number in range(6)]
        await asyncio.gather(*(system.receive(letter) for letter in letters), system.receive(*letters))
        texts = [row.parts[0]["text"] for row in await system.rows()]
        assert sorted(texts) == sorted(f"text {number}" for number in range(6) if number != 3)
        assert set(await _raw(system)) == {"could not be stored: ValueError"}


async def test_nothing_is_acknowledged_while_the_database_is_away(tmp_path: Path) -> None:
    async with running(tmp_path, Model(echo), work=False) as system:
        await system.receive(["ana", 1, "before"])
        original = system.database._run

        async def away(*args: object, **kwargs: object) -> object:
            raise StoreUnavailable("gone")

        system.database._run = away  # type: ignore[method-assign, assignment]
        with pytest.raises(StoreUnavailable):
            await system.receive(["ana", 2, "during"])
        system.database._run = original  # type: ignore[method-assign]
        await system.receive(["ana", 2, "during"])
        assert [row.external_id for row in await system.rows()] == ["ana-1", "ana-2"]


async def test_concurrent_requests_share_commits(tmp_path: Path) -> None:
    async with running(tmp_path, Model(echo), work=False) as system:
        writes = 0
        original = system.database.write

        async def counting(*args: object, **kwargs: object) -> object:
            nonlocal writes
            writes += 1
            return await original(*args, **kwargs)  # type: ignore[arg-type]

        system.database.write = counting  # type: ignore[method-assign, assignment]
        await asyncio.gather(*(system.receive([f"p{number}", 1, "hi"]) for number in range(200)))
        assert len(await system.rows()) == 200
        assert writes <= 20


async def test_while_the_door_is_closed_people_we_know_are_heard_and_strangers_come_back_later(
    tmp_path: Path,
) -> None:
    async with running(tmp_path, Model(echo), work=False) as system:
        await system.receive(["ana", 1, "hello"])
        closed = True
        system.acceptor._closed = lambda: closed
        known = system.receive(["ana", 2, "known"])
        mixed = system.receive(["ana", 3, "known"], ["ben", 1, "with ana's"])
        stranger = system.receive(["eve", 1, "hello"])
        took = await asyncio.gather(known, mixed, stranger, return_exceptions=True)
        assert took[:2] == [1, 2] and isinstance(took[2], TooBusy) and took[2].http_status == 503
        assert [row.external_id for row in await system.rows()] == ["ana-1", "ana-2", "ana-3", "ben-1"]
        closed = False
        await system.receive(["eve", 1, "hello"])
        assert [row.external_id for row in await system.rows()][-1] == "eve-1"


async def test_a_flood_is_gathered_into_few_commits_and_who_writes_alone_waits_for_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbound, "LINGER", 60.0)  # nobody may have to wait this long
    async with running(tmp_path, Model(echo), work=False) as system:
        batches: list[int] = []

        def counted(connection: Any, events: Any, *rest: Any, **how: Any) -> Any:
            batches.append(len(events))
            return accept(connection, events, *rest, **how)

        monkeypatch.setattr(inbound, "accept", counted)

        async def sender(name: str) -> None:
            for number in range(5):
                await system.receive([name, number, "hi"])

        async with asyncio.timeout(30):
            await system.receive(["alone", 1, "hi"])
            await asyncio.gather(*(sender(f"p{number}") for number in range(40)))
        assert batches == [1, 40, 40, 40, 40, 40]


@pytest.mark.parametrize("meeting", [Collision("two met"), ValueError("the same key")])
async def test_two_processes_that_meet_over_a_message_do_not_put_it_among_the_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, meeting: Exception
) -> None:
    """The batch and the message alone meet another process; at the latest the platform's next try stores it."""
    left = [meeting] * (8 if isinstance(meeting, Collision) else 2)

    def busy(*given: Any, **how: Any) -> Any:
        if left:
            raise left.pop()
        return accept(*given, **how)

    monkeypatch.setattr(inbound, "accept", busy)
    async with running(tmp_path, Model(echo), work=False) as system:
        if isinstance(meeting, Collision):
            with pytest.raises(Collision):
                await system.receive(["ana", 1, "hello"])
        await system.receive(["ana", 1, "hello"])
        assert [row.external_id for row in await system.rows()] == ["ana-1"] and await _raw(system) == []
