"""A channel that staff paused by hand: nothing leaves, restarts change nothing, and everything leaves afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from assistant.store import accounts, health, outbox
from assistant.store.database import Database

from .made import ADDRESS, accepted, answer, at, take, wrote

HOLD = timedelta(seconds=30)


async def leaves(database: Database, seconds: float) -> list[Any]:
    return await database.write(outbox.take, at(seconds), HOLD, 10)


async def test_nothing_leaves_a_channel_that_staff_paused_until_they_resume_it(database: Database) -> None:
    await accepted(database, wrote(1))
    await answer(database, await take(database, 5), seconds=6)
    assert await database.write(accounts.pause_whole, "post", "why", at(7))
    assert not await database.write(accounts.pause_whole, "post", "why", at(8)), "it was paused already"
    assert await leaves(database, 60) == []
    assert await database.read(outbox.next_due, at(60)) is None, "nobody wakes up for it"
    await database.write(accounts.resume, "post", by_hand=False)
    assert await leaves(database, 61) == [], (
        "a restart, or the platform's own pause that ends, lifts no pause of staff's"
    )
    await database.write(accounts.resume, "post")
    assert len(await leaves(database, 62)) == 1


async def test_an_account_whose_pause_ran_out_is_not_tried_while_staff_pause_its_channel(
    database: Database,
) -> None:
    await accepted(database, wrote(1))
    await answer(database, await take(database, 5), seconds=6)
    await database.write(accounts.pause, ADDRESS, "the token is refused", at(7), at(20))
    await database.write(accounts.pause_whole, "post", "why", at(8))
    assert await leaves(database, 60) == []
    [row] = await database.read(health.channels, ["post"], at(60))
    assert (row.by_hand, row.paused_reason) == (True, "why")
    await database.write(accounts.pause_whole, "other", "why", at(8))
    await database.write(accounts.resume, "post")
    assert len(await leaves(database, 62)) == 1, "another channel's pause is none of this one's"
