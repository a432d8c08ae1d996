"""Unclear sends that can be looked for: whose they are meanwhile, what they are found by, and what comes of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, select

from assistant.channel import Nearby
from assistant.store import doubts, models, outbox
from assistant.store.database import Database
from assistant.store.doubts import Doubted, Lost

from .made import accepted, answer, at, take, wrote

HOLD = timedelta(seconds=30)
SETTLE = timedelta(seconds=10)


async def _answered(database: Database, number: int = 1, *, peer: str = "ana", pieces: int = 1) -> None:
    await accepted(database, wrote(number, peer=peer, seconds=number), seconds=number)
    await answer(database, await take(database, number + 5), pieces=pieces)


async def _send(database: Database, external_id: str | None, seconds: float = 11) -> outbox.Sending:
    """Take the next part; with an id it is sent, with none nobody knows."""
    [part] = await database.write(outbox.take, at(seconds), HOLD, 1)
    if external_id is not None:
        await database.write(outbox.sent, part, external_id, at(seconds), [])
    return part


async def _doubt(database: Database, seconds: float, *looking: str) -> Doubted:
    return await database.write(doubts.doubt, at(seconds), SETTLE, HOLD, looking)


async def _lost(database: Database, seconds: float = 53) -> list[Lost]:
    """Everything that was sent without a word, once it is to be looked for."""
    await _doubt(database, seconds - 11, "post")
    doubted = await _doubt(database, seconds, "post")
    return await database.read(doubts.lost, doubted.lost, at(seconds))


async def _row(database: Database, part: int) -> Any:
    def read(connection: Connection) -> Any:
        return connection.execute(select(models.outbox).where(models.outbox.c.id == part)).one()

    return await database.read(read)


async def test_what_can_be_looked_for_stays_unclear_and_is_one_seekers_for_a_while(
    database: Database,
) -> None:
    await _answered(database)
    part = await _send(database, None)
    await _doubt(database, 42, "post")
    assert await _doubt(database, 53, "post") == Doubted(lost=(part.id,))
    assert await _doubt(database, 82, "post") == Doubted(), "somebody is looking for it"
    assert await _doubt(database, 84, "post") == Doubted(lost=(part.id,)), "who looked for it is gone"
    row = await _row(database, part.id)
    assert (row.state, row.attempt, row.duplicate_possible) == ("unknown", 1, False)


async def test_who_looks_is_told_what_is_older_and_what_the_account_sent_and_received(
    database: Database,
) -> None:
    await _answered(database, pieces=2)
    await _send(database, "sent-to-ana")
    part = await _send(database, None, seconds=12)
    await _answered(database, peer="ben")
    await _send(database, "sent-to-ben", seconds=13)
    [found] = await _lost(database)
    assert found.part.id == part.id and found.part.attempt == 1
    assert found.nearby == Nearby(
        since=at(10),
        before=frozenset({"ana-1", "ben-1", "sent-to-ana"}),
        known=frozenset({"ana-1", "ben-1", "sent-to-ana", "sent-to-ben"}),
    )


async def test_what_was_heard_after_the_answer_was_decided_is_not_taken_for_older(
    database: Database,
) -> None:
    await _answered(database)
    await _send(database, None)
    await accepted(database, wrote(2), seconds=12)
    [found] = await _lost(database)
    assert found.nearby.before == {"ana-1"} and "ana-2" in found.nearby.known


async def test_two_unclear_sends_of_one_chat_cannot_be_told_apart(database: Database) -> None:
    await _answered(database)
    first = await _send(database, None)
    await _doubt(database, 42)
    await _doubt(database, 53)
    again = await _send(database, None, seconds=54)
    assert again.id == first.id
    await database.write(outbox.failed, again, "uncertain", None, [], at(55))
    await _answered(database, 60, peer="ben")
    await _answered(database, 61)
    await _send(database, None, seconds=70)
    await _send(database, None, seconds=70)
    ben, ana = sorted(await _lost(database, 111), key=lambda one: one.part.address.peer, reverse=True)
    assert ana.nearby.before == frozenset(), "the one that was given up may stand there as well"
    assert "ben-60" in ben.nearby.before, "which is no matter of another chat"


async def test_a_refused_send_in_the_same_chat_is_no_hindrance(database: Database) -> None:
    await _answered(database)
    refused = await _send(database, None)
    await database.write(outbox.failed, refused, "rejected", "400", [], at(12))
    await _answered(database, 60)
    await _send(database, None, seconds=70)
    [found] = await _lost(database, 111)
    assert found.nearby.before == {"ana-1", "ana-60"}


async def test_what_is_not_there_is_sent_again_once_with_a_mark(database: Database) -> None:
    await _answered(database)
    await _send(database, None)
    [found] = await _lost(database)
    assert await database.write(doubts.repeat, found.part, at(54))
    assert not await database.write(doubts.repeat, found.part, at(54)), "another one looked for it as well"
    again = await _send(database, "ext", seconds=55)
    assert again.repeat and again.attempt == 2
    assert not await database.write(doubts.repeat, found.part, at(56))
    assert (await _row(database, again.id)).state == "sent"


async def test_what_is_found_is_sent_without_a_mark_and_the_next_part_follows(database: Database) -> None:
    await _answered(database, pieces=2)
    await _send(database, None)
    [found] = await _lost(database)
    await database.write(outbox.sent, found.part, "found", at(54), [])
    row = await _row(database, found.part.id)
    assert (row.state, row.external_id, row.duplicate_possible) == ("sent", "found", False)
    following = await _send(database, "ext", seconds=55)
    assert following.id != found.part.id


async def test_a_platform_that_could_not_be_asked_is_asked_again(database: Database) -> None:
    await _answered(database)
    part = await _send(database, None)
    [found] = await _lost(database)
    await database.write(doubts.look_later, found.part, at(60))
    assert await _doubt(database, 59, "post") == Doubted()
    assert await _doubt(database, 61, "post") == Doubted(lost=(part.id,))


async def test_what_was_dropped_while_it_was_looked_for_is_not_sent_again(database: Database) -> None:
    from assistant.store import queue

    await _answered(database)
    part = await _send(database, None)
    [found] = await _lost(database)
    await database.write(queue.drop_unsent, part.conversation)
    assert not await database.write(doubts.repeat, found.part, at(54))
    assert (await _row(database, part.id)).state == "cancelled"
    await database.write(outbox.sent, found.part, "found", at(55), [])
    assert (await _row(database, part.id)).state == "sent", "it had arrived before, and staff see that"
