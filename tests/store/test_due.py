"""Who is claimed next: after a burst, who waits longest, and found by an index however many wait."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from assistant.store import queue
from assistant.store.database import Database

from .made import LEASE, accepted, at, wrote

MANY = 100_000


async def test_a_burst_is_answered_after_its_last_message_but_never_later_than_the_cap(
    database: Database,
) -> None:
    for number in range(5):  # every second one more: the debounce of 1.5 s never runs out by itself
        await accepted(database, wrote(number), seconds=number)
        assert await database.write(queue.claim, "w", at(number + 0.9), LEASE, 1) == []
    assert await database.read(queue.next_due) == at(5.0), "five seconds after the first"
    assert len(await database.write(queue.claim, "w", at(5.0), LEASE, 1)) == 1


def _fill(connection: Connection) -> None:
    """A hundred thousand conversations that wait, the longest the last."""
    columns = (
        "key, channel, account, peer, kind, mode, epoch, last_seq, answered_seq, due_at, priority, lease_token, "
        "attempts, crashes, window_from_seq, summary_seq, temporary, created_at, last_at, person"
    )
    if connection.dialect.name == "sqlite":
        numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY})"
        source, moment = (
            "n",
            "strftime('%Y-%m-%dT%H:%M:%f000+00:00', '2026-11-23 11:00:00', '-' || i || ' seconds')",
        )
    else:
        numbers, source = "", f"generate_series(1, {MANY}) AS n(i)"
        moment = "timestamptz '2026-11-23 11:00:00+00' - i * interval '1 second'"
    person = connection.execute(text("SELECT min(id) FROM people")).scalar()
    connection.execute(
        text(
            f"{numbers} INSERT INTO conversations ({columns}) SELECT 'k' || i, 'post', 'office', 'p' || i, "
            f"'private', 'bot', 0, 1, 0, {moment}, 0, 0, 0, 0, 0, 0, false, {moment}, {moment}, {person} FROM {source}"
            if not numbers
            else f"INSERT INTO conversations ({columns}) {numbers} SELECT 'k' || i, 'post', 'office', 'p' || i, "
            f"'private', 'bot', 0, 1, 0, {moment}, 0, 0, 0, 0, 0, 0, false, {moment}, {moment}, {person} FROM {source}"
        )
    )
    connection.execute(text("ANALYZE"))


def _plans(connection: Connection, *calls: Any) -> list[str]:
    """How the database carries out what these calls ask."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    for call in calls:
        call(connection)
    event.remove(connection, "before_cursor_execute", note)
    word = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    return [
        "\n".join(str(row) for row in connection.exec_driver_sql(f"{word} {statement}", parameters).all())
        for statement, parameters in asked
    ]


@pytest.mark.slow
async def test_among_a_hundred_thousand_who_wait_the_next_is_found_by_the_index(database: Database) -> None:
    await accepted(database, wrote(1, peer="ana"))
    await database.write(_fill)
    plans = await database.write(
        _plans,
        queue.next_due,
        lambda connection: queue.claim(connection, "w", at(10), LEASE, 1),
        lambda connection: queue.claim(connection, "w", at(10), LEASE, 8),
    )
    for plan in plans:
        assert "ix_conversations_due" in plan, plan
        assert not re.search(r"SCAN conversations(?! USING)|Seq Scan on conversations", plan), plan
    found = await asyncio.gather(
        *(database.write(queue.claim, f"w{one}", at(11), LEASE, 25) for one in range(4))
    )
    peers = [claim.address.peer for claims in found for claim in claims]
    assert len(set(peers)) == 100 and all(int(peer[1:]) > MANY - 120 for peer in peers), (
        "the longest waiting first"
    )
    assert await database.read(queue.next_due) < at(0) - timedelta(hours=1)
