"""Pictures sent together in a group are one question, in whatever order and however apart their parts come."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import Connection, event, select

from assistant.events import MessageReceived
from assistant.store import hot
from assistant.store.accept import Accepted, accept
from assistant.store.database import Database
from assistant.store.models import conversations
from assistant.store.models import media as files
from assistant.types import Audience, Media, MediaKind, Text

from .made import RULES, accepted, answer, at, rows, take, wrote


def part(number: int, *, addressed: bool = False, album: str | None = "g1", **more: Any) -> Any:
    picture = Media(kind=MediaKind.IMAGE, ref=f"p{number}")
    more = {"parts": (picture,), "audience": Audience.GROUP, "peer": "team"} | more
    return wrote(number, addressed=addressed, album=album, **more)


async def outcomes(database: Database) -> list[tuple[str | None, str | None]]:
    return [(row.outcome, row.outcome_reason) for row in await rows(database)]


async def conversation(database: Database) -> Any:
    return await database.read(lambda connection: connection.execute(select(conversations)).one())


async def to_fetch(database: Database) -> list[str | None]:
    return sorted(
        await database.read(lambda connection: connection.execute(select(files.c.ref)).scalars().all())
    )


WAITS = (None, None)
IGNORED = ("ignored", "not addressed to the assistant")


@pytest.mark.parametrize("order", list(permutations(range(3))))
async def test_all_parts_in_one_batch_wait_together(database: Database, order: tuple[int, ...]) -> None:
    result = await accepted(database, *(part(number, addressed=number == 0) for number in order))
    assert await outcomes(database) == [WAITS] * 3
    assert await to_fetch(database) == ["p0", "p1", "p2"]
    assert len(result.woken) == 1 and result.stored == 3


@pytest.mark.parametrize("order", list(permutations(range(3))))
async def test_parts_that_come_one_by_one_wait_together(database: Database, order: tuple[int, ...]) -> None:
    for second, number in enumerate(order):
        await accepted(database, part(number, addressed=number == 0), seconds=second)
    assert await outcomes(database) == [WAITS] * 3
    assert await to_fetch(database) == ["p0", "p1", "p2"]
    assert (await conversation(database)).due_at is not None
    waited = await answer(database, await take(database, 20), seconds=20)
    assert [message.seq for message in waited] == [1, 2, 3]
    assert [row.outcome for row in await rows(database)][:3] == ["coalesced", "coalesced", "answered"]


async def test_parts_that_reach_several_processes_at_once_wait_together(database: Database) -> None:
    await asyncio.gather(*(accepted(database, part(number, addressed=number == 2)) for number in range(5)))
    assert await outcomes(database) == [WAITS] * 5


async def test_staff_see_that_an_earlier_part_waits_now(database: Database) -> None:
    await accepted(database, part(1))
    result: Accepted = await accepted(database, part(2, addressed=True), seconds=1)
    assert {(kind, seq) for kind, _, seq in result.changed} == {("message", 1), ("message", 2)}


async def test_an_album_that_nobody_addressed_stays_unanswered(database: Database) -> None:
    for number in range(3):
        await accepted(database, part(number))
    assert await outcomes(database) == [IGNORED] * 3
    assert (await conversation(database)).due_at is None
    assert await to_fetch(database) == []


async def test_other_messages_and_albums_and_groups_are_left_alone(database: Database) -> None:
    await accepted(database, part(1, album="g2"), part(2, album=None), part(3, peer="other"))
    await accepted(database, part(4, addressed=True))
    await accepted(database, part(5, album="g2"), part(6, album=None), part(7, peer="other"))
    assert await outcomes(database) == [IGNORED] * 3 + [WAITS] + [IGNORED] * 3


@pytest.mark.parametrize(("seconds", "together"), [(10, True), (10.5, False)])
async def test_parts_belong_together_for_ten_seconds(
    database: Database, seconds: float, together: bool
) -> None:
    for album, captioned in (("early", 0), ("late", 1)):
        for number in range(2):
            piece = part(number, addressed=number == captioned, album=album, peer=album)
            await accepted(database, piece, seconds=number * seconds)
    rest = WAITS if together else IGNORED
    assert sorted(await outcomes(database), key=str) == sorted([WAITS, WAITS, rest, rest], key=str)


async def test_a_part_that_comes_after_the_answer_is_answered_as_well(database: Database) -> None:
    await accepted(database, part(1, addressed=True))
    await answer(database, await take(database, 5), seconds=5)
    await accepted(database, part(2), seconds=6)
    assert (await rows(database))[-1].outcome is None
    assert (await conversation(database)).due_at == at(6) + RULES.debounce


async def test_what_the_conversation_was_answered_beyond_stays_as_it_is(database: Database) -> None:
    await accepted(database, part(1))
    await accepted(database, part(2, addressed=True, album=None, parts=(Text(text="bot, hello"),)))
    await answer(database, await take(database, 5), seconds=5)
    await accepted(database, part(3, addressed=True), seconds=6)
    first, *_, last = await rows(database)
    assert (first.outcome, first.outcome_reason) == IGNORED
    assert last.outcome is None


async def test_a_part_that_comes_while_its_album_is_being_answered_is_not_lost(database: Database) -> None:
    await accepted(database, part(1))
    await accepted(database, part(2, addressed=True), seconds=1)
    claimed = await take(database, 5)
    result = await accepted(database, part(3), seconds=6)
    assert result.woken == {claimed.conversation}
    waited = await answer(database, claimed, seconds=7)
    assert [message.seq for message in waited] == [1, 2, 3]


async def test_a_conversation_that_staff_hold_calls_nothing_back(database: Database) -> None:
    await accepted(database, part(1))
    await database.write(lambda connection: connection.execute(conversations.update().values(mode="human")))
    await accepted(database, part(2, addressed=True), seconds=1)
    handed = ("handed_to_human", "staff have taken over")
    assert await outcomes(database) == [IGNORED, handed]
    await database.write(lambda connection: connection.execute(conversations.update().values(mode="bot")))
    await accepted(database, part(3), seconds=2)
    assert await outcomes(database) == [IGNORED, handed, IGNORED]


async def test_a_part_repeated_by_the_platform_changes_nothing(database: Database) -> None:
    pieces = [part(1), part(2, addressed=True)]
    await accepted(database, *pieces)
    result = await accepted(database, *pieces, seconds=1)
    assert (result.stored, result.duplicates, result.changed) == (0, 2, [])
    assert await to_fetch(database) == ["p1", "p2"]


async def test_a_very_long_album_name_is_no_trouble(database: Database) -> None:
    await accepted(database, part(1, album="g" * 300), part(2, album="g" * 300, addressed=True))
    assert await outcomes(database) == [WAITS] * 2


async def test_messages_without_an_album_cost_no_further_statement(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def remember(_: Any, __: Any, words: str, *rest: Any) -> None:
        if words != "SELECT 1":  # which only begins a transaction
            seen.append(words.split()[0])

    def noted(run: Callable[..., Any], name: str) -> Callable[..., Any]:
        def with_note(*given: Any) -> Any:
            seen.append(name)
            return run(*given)

        return with_note

    monkeypatch.setattr(hot.Statement, "rows", noted(hot.Statement.rows, "SELECT"))
    monkeypatch.setattr(hot.Pair, "run", noted(hot.Pair.run, "INSERT and UPDATE"))

    def statements(connection: Connection, *events: MessageReceived) -> list[str]:
        event.listen(connection, "before_cursor_execute", remember)
        seen.clear()
        accept(connection, list(events), at(1), RULES)
        return list(seen)

    text = (Text(text="hello"),)
    await accepted(database, wrote(0), part(0, album=None))
    batch = [wrote(1), part(1, album=None, addressed=True, parts=text), wrote(2, album="mine")]
    assert await database.write(statements, *batch) == ["SELECT", "SELECT", "INSERT and UPDATE"]
    pieces = [part(2, parts=text), part(3, addressed=True, parts=text)]
    seen = await database.write(statements, *pieces)
    assert seen == ["SELECT", "SELECT", "SELECT", "INSERT and UPDATE", "UPDATE"]
