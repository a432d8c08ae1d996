"""What holds parts of the outbox back, on both databases; and that a look costs what is on its way, not what was sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, event, insert, select, text, update

from assistant.store import accounts, doubts, load, outbox
from assistant.store.database import Database
from assistant.store.models import messages
from assistant.store.models import outbox as table
from assistant.types import Address

from .made import ADDRESS, accepted, answer, at, take, wrote

HOLD, SETTLE = timedelta(seconds=30), timedelta(seconds=10)
OFFICE, SHOP = ("post", "office"), ("post", "shop")


async def _answered(database: Database, *, pieces: int = 1, peer: str = "ana") -> None:
    await accepted(database, wrote(1, peer=peer))
    await answer(database, await take(database, 5), pieces=pieces)


async def _take(database: Database, seconds: float, limit: int = 10, **more: Any) -> list[outbox.Sending]:
    return await database.write(outbox.take, at(seconds), HOLD, limit, **more)


async def _parts(database: Database) -> list[Any]:
    return await database.read(
        lambda connection: list(connection.execute(select(table).order_by(table.c.id)).all())
    )


async def _move(database: Database, part: int, **values: Any) -> None:
    await database.write(
        lambda connection: connection.execute(update(table).where(table.c.id == part).values(values))
    )


async def test_nothing_of_a_shut_account_is_taken_and_everything_of_the_others(database: Database) -> None:
    for peer in ("ana", "ben", "cleo"):
        await _answered(database, peer=peer)
    first = (await _parts(database))[0].id
    await _move(database, first, account="shop")
    assert [part.account for part in await _take(database, 11, shut=[OFFICE])] == [SHOP]
    assert await database.read(outbox.next_due, at(12), [OFFICE]) == at(41), "only the one under way"
    assert len(await _take(database, 12)) == 2


async def test_what_cannot_leave_is_no_reason_to_look(database: Database) -> None:
    await _answered(database, pieces=2)
    assert await database.read(outbox.next_due, at(11)) == at(10)
    assert await database.read(outbox.next_due, at(11), [OFFICE]) is None
    await database.write(accounts.pause, ADDRESS, "token", at(11), at(100))
    assert await database.read(outbox.next_due, at(11)) is None
    assert await database.read(outbox.next_due, at(100)) == at(10)
    await database.write(accounts.resume, "post")
    [part] = await _take(database, 12)
    assert await database.read(outbox.next_due, at(12)) == at(42), "the second part waits for the first"
    await database.write(outbox.put_back, [(part, at(20))])
    assert await database.read(outbox.next_due, at(12)) == at(20)


async def test_a_part_put_back_was_not_tried_and_keeps_its_place(database: Database) -> None:
    for peer in ("ana", "ben"):
        await _answered(database, peer=peer)
    parts = await _take(database, 11)
    assert [part.due_at for part in parts] == [at(10), at(10)]
    await database.write(outbox.put_back, [(part, at(10)) for part in parts])
    stored = await _parts(database)
    assert [(row.state, row.attempt, row.next_at) for row in stored] == [("pending", 0, at(10))] * 2
    await database.write(outbox.sent, parts[0], "ext", at(12), [])
    await database.write(outbox.put_back, [(parts[0], at(13))])
    assert (await _parts(database))[0].state == "sent", "what was sent meanwhile stays sent"


async def test_the_next_part_of_a_chat_waits_behind_other_chats(database: Database) -> None:
    await _answered(database, peer="talker", pieces=3)
    await accepted(database, wrote(1, peer="ana"), seconds=20)
    await answer(database, await take(database, 25), seconds=25)
    [first] = await _take(database, 30, limit=1)
    assert first.address.peer == "talker"
    await database.write(outbox.sent, first, "ext", at(31), [])
    assert [part.address.peer for part in await _take(database, 32)] == ["ana", "talker"]


async def test_when_a_pause_runs_out_one_part_of_the_account_tries_it(database: Database) -> None:
    for number in range(6):
        await _answered(database, peer=f"p{number}")
    await database.write(accounts.pause, ADDRESS, "token", at(11), at(60))
    taken = await asyncio.gather(*(_take(database, 61) for _ in range(5)))
    trials = [part for parts in taken for part in parts]
    assert [part.trial for part in trials] == [True]
    [state] = await database.read(accounts.held_up, at(61))
    assert state.resume_at == at(91), "nobody else tries before the hold is over"
    await database.write(outbox.put_back, [(trials[0], at(62))])
    [again] = await _take(database, 62)
    assert again.trial
    assert await database.write(accounts.end_pause, again.address)
    assert not await database.write(accounts.end_pause, again.address)
    assert len(await _take(database, 63)) == 5
    assert await database.read(accounts.held_up, at(63)) == []


async def test_a_silent_platform_is_shown_since_its_first_failure_and_until_it_answers(
    database: Database,
) -> None:
    for seconds in (10, 25, 40):
        await database.write(accounts.unreachable, ADDRESS, at(seconds), at(seconds + 60))
    [state] = await database.read(accounts.held_up, at(50))
    assert state.silent_since == at(10) and state.paused_reason is None
    assert await database.read(accounts.held_up, at(101)) == [], "a process that died says nothing for ever"
    await database.write(accounts.unreachable, ADDRESS, at(60), None)
    assert await database.read(accounts.held_up, at(61)) == []
    await database.write(accounts.unreachable, ADDRESS, at(70), at(130))
    assert (await database.read(accounts.held_up, at(71)))[0].silent_since == at(70)


async def test_two_accounts_of_a_channel_are_held_up_apart(database: Database) -> None:
    await database.write(accounts.pause, ADDRESS, "token", at(1), None)
    other = Address(channel="post", account="shop", peer="x")
    await database.write(accounts.unreachable, other, at(1), at(100))
    office, shop = await database.read(accounts.held_up, at(2))
    assert (office.account, office.paused_reason, office.silent_since) == ("office", "token", None)
    assert (shop.account, shop.paused_reason, shop.silent_since) == ("shop", None, at(1))


# --- cost ------------------------------------------------------------------------------------------------


async def _filled(database: Database, count: int) -> None:
    """Many parts that were sent long ago."""
    await _answered(database)
    [part] = await _parts(database)

    def fill(connection: Connection) -> None:
        message = connection.execute(select(messages).where(messages.c.direction == "out")).mappings().one()
        for first in range(0, count, 1000):
            said = [
                {**message, "id": 10_000 + n, "seq": 10_000 + n, "external_id": f"old-{n}"}
                for n in range(first, first + 1000)
            ]
            connection.execute(insert(messages), said)
            sent = {**part._mapping, "state": "sent", "status": "sent"}
            connection.execute(
                insert(table),
                [
                    {**sent, "id": row["id"], "message": row["id"], "idempotency_key": f"key {row['id']}"}
                    for row in said
                ],
            )
        connection.execute(text("ANALYZE"))

    await database.write(fill)


async def test_a_look_reads_what_is_on_its_way_and_not_what_was_sent(database: Database) -> None:
    await _filled(database, 3000)
    looks: list[Callable[[Connection], object]] = [
        lambda c: doubts.next_parts(c, at(20), SETTLE, HOLD, 10, [SHOP]),
        lambda c: outbox.next_due(c, at(20), [SHOP]),
        lambda c: load.load(c, at(20)),
    ]

    def explained(connection: Connection) -> list[str]:
        plans = []

        def explain(one: Connection, cursor: Any, sql: str, parameters: Any, *_: Any) -> None:
            if "outbox" in sql and not sql.startswith("EXPLAIN"):
                asked.append((sql, parameters))

        asked: list[tuple[str, Any]] = []
        event.listen(connection, "before_cursor_execute", explain)
        for look in looks:
            look(connection)
        event.remove(connection, "before_cursor_execute", explain)
        how = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
        for sql, parameters in asked:
            rows = connection.exec_driver_sql(how + sql, parameters).all()
            plans.append("\n".join(str(row[-1]) for row in rows))
        return plans

    plans = await database.read(explained)
    assert len(plans) >= 5
    for plan in plans:
        assert "ix_outbox_" in plan or "pk_outbox" in plan or "INTEGER PRIMARY KEY" in plan, plan
        assert "Seq Scan on outbox" not in plan and "SCAN outbox\n" not in plan + "\n", plan
