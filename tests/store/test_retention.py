"""The sweeper deletes what is past its time and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from assistant.events import StatusChanged, Unread
from assistant.store import retention
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
        "visit_links": 0,
        "media": 0,
    }
    assert (await database.write(sweep, at(31 * DAY), timedelta(days=14)))["receipts"] == 1
    assert len(await rows(database)) == 1


async def test_a_sweep_holds_the_database_only_for_so_many_rows_and_the_next_one_goes_on(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 3)
    news = [Unread(channel="post", account="office", reason="old", item=str(n).encode()) for n in range(7)]
    marks = [
        StatusChanged(address=ADDRESS, status=Status.SENT, at=at(n), external_id=f"never-{n}")
        for n in range(4)
    ]
    await accepted(database, *news, *marks)
    gone = [await database.write(sweep, at(40 * DAY), timedelta(days=14)) for _ in range(4)]
    assert [one["raw_events"] for one in gone] == [3, 3, 1, 0]
    assert [one["receipts"] for one in gone] == [3, 1, 0, 0]


async def test_a_sweep_reads_what_is_past_its_time_and_not_everything(database: Database) -> None:
    def plans(connection: Connection) -> list[str]:
        if connection.dialect.name != "sqlite":  # of an empty table PostgreSQL reads everything, and is right
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        seen: list[str] = []

        def explain(_: Any, __: Any, words: str, values: Any, *rest: Any) -> None:
            keyword = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
            cursor = connection.connection.cursor()
            cursor.execute(f"{keyword} {words}", values)
            seen.append(" ".join(str(row) for row in cursor.fetchall()))
            cursor.close()

        event.listen(connection, "before_cursor_execute", explain)
        sweep(connection, at(0), timedelta(days=14))
        return seen

    raw, _, status, *_, files = [plan for plan in await database.write(plans) if plan]
    assert "ix_raw_events_received_at" in raw
    assert "ix_receipts_at" in status
    assert "ix_media_expires_at" in files
