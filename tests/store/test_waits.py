"""A clock that was wrong and is set back: what it had put off comes back, once, and nothing else moves."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from assistant.store.database import Database
from assistant.store.models import conversations, outbox
from assistant.store.queue import claim
from assistant.store.waits import bring_back

from .made import LEASE, accepted, answer, at, take, wrote

HOUR = timedelta(hours=1)


async def due(database: Database) -> list[object]:
    rows = await database.read(
        lambda connection: connection.execute(
            select(conversations.c.due_at, conversations.c.lease_until).order_by(conversations.c.id)
        ).all()
    )
    return [tuple(row) for row in rows]


async def test_what_a_wrong_clock_put_off_comes_back_once(database: Database) -> None:
    """Ben wrote while the clock was an hour fast, Ana's conversation was claimed then; Eve wrote when it was right."""
    await accepted(database, wrote(1), seconds=3600)
    await take(database, 3610)
    await accepted(database, wrote(1, peer="ben"), seconds=3610)
    await accepted(database, wrote(1, peer="eve"), seconds=9)
    before = await due(database)
    assert await database.write(bring_back, at(10), HOUR) == 3
    ana, ben, eve = await due(database)
    assert ana == (at(10) + LEASE, at(10) + LEASE)
    assert ben == (at(11.5), None)
    assert eve == before[2]
    assert await database.write(bring_back, at(10), HOUR) == 0, "two processes notice; one is enough"
    assert await database.write(claim, "next", at(10), LEASE, 5) == []
    assert len(await database.write(claim, "next", at(12), LEASE, 5)) == 2
    assert len(await database.write(claim, "next", at(10) + LEASE, LEASE, 5)) == 1


async def test_parts_that_wait_come_back_and_what_was_sent_stays(database: Database) -> None:
    await accepted(database, wrote(1), seconds=3600)
    await answer(database, await take(database, 3610), seconds=3611, pieces=2)
    await database.write(
        lambda connection: connection.execute(outbox.update().where(outbox.c.part == 0).values(state="sent"))
    )
    parts = select(outbox.c.state, outbox.c.next_at).order_by(outbox.c.id)
    was = await database.read(lambda connection: connection.execute(parts).all())
    await database.write(bring_back, at(12), HOUR)
    sent, waiting = await database.read(lambda connection: connection.execute(parts).all())
    assert (sent.next_at, waiting.next_at) == (was[0].next_at, was[1].next_at - HOUR)
