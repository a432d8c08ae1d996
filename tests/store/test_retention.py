"""The sweeper deletes what is past its time and nothing else."""

from __future__ import annotations

from datetime import timedelta

from assistant.events import StatusChanged, Unread
from assistant.store.database import Database
from assistant.store.retention import sweep
from assistant.types import Status

from .made import ADDRESS, accepted, at, rows, wrote

DAY = 86400.0


async def test_raw_webhooks_go_after_their_days_and_messages_stay(database: Database) -> None:
    await accepted(database, Unread(channel="post", account="office", reason="old", item=b"1"), wrote(1))
    await accepted(
        database, Unread(channel="post", account="office", reason="new", item=b"2"), seconds=10 * DAY
    )
    status = StatusChanged(address=ADDRESS, status=Status.SENT, at=at(0), external_id="never-matched")
    await accepted(database, status)
    assert await database.write(sweep, at(15 * DAY), timedelta(days=14)) == {
        "raw_events": 1,
        "exchanges": 0,
        "receipts": 0,
        "sessions": 0,
        "media": 0,
    }
    assert (await database.write(sweep, at(31 * DAY), timedelta(days=14)))["receipts"] == 1
    assert len(await rows(database)) == 1
