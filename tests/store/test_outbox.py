"""The outbox: in order, marked before sent, doubt written down, ticks that only rise."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Connection, select

from assistant.errors import Conflict
from assistant.events import StaffWrote, StatusChanged
from assistant.store import accounts, doubts, hot, models, outbox, queue, receipts
from assistant.store.database import Database
from assistant.store.models import exchanges
from assistant.types import Exchange, OutboxState, Outcome, Status

from .made import ADDRESS, accepted, answer, at, rows, take, wrote

HOLD = timedelta(seconds=30)
SETTLE = timedelta(seconds=10)


async def _answered(database: Database, *, pieces: int = 1, peer: str = "ana") -> None:
    await accepted(database, wrote(1, peer=peer))
    await answer(database, await take(database, 5), pieces=pieces)


async def _take(database: Database, seconds: float, limit: int = 10) -> list[outbox.Sending]:
    return await database.write(outbox.take, at(seconds), HOLD, limit)


def _status(status: Status, external_id: str = "ext", **more: object) -> StatusChanged:
    return StatusChanged(address=ADDRESS, status=status, at=at(20), external_id=external_id, **more)  # type: ignore[arg-type]


def _states(connection: Connection) -> list[str]:
    return list(connection.execute(select(models.outbox.c.state).order_by(models.outbox.c.id)).scalars())


async def _tick(database: Database) -> str | None:
    return str((await rows(database))[-1].status)


async def test_parts_of_a_conversation_leave_one_after_the_other(database: Database) -> None:
    await _answered(database, pieces=3)
    for number in range(3):
        [part] = await _take(database, 11 + number)
        assert part.idempotency_key.endswith(f"-{number}")
        assert await _take(database, 11 + number) == []
        await database.write(outbox.sent, part, f"ext-{number}", at(12 + number), [])
    assert await _take(database, 20) == []
    assert await _tick(database) == "sent"


async def test_a_part_is_taken_once(database: Database) -> None:
    for number in range(20):
        await _answered(database, peer=f"p{number}")
    taken = await asyncio.gather(*(_take(database, 11, 5) for _ in range(8)))
    ids = [part.id for parts in taken for part in parts]
    assert len(ids) == len(set(ids)) == 20


async def test_a_send_without_a_word_becomes_unclear_and_is_repeated_with_a_mark(database: Database) -> None:
    await _answered(database)
    [first] = await _take(database, 11)
    assert (await database.write(doubts.doubt, at(40), SETTLE)).repeated == ()
    assert (await database.write(doubts.doubt, at(42), SETTLE)).repeated == ()
    assert await _take(database, 45) == []
    assert (await database.write(doubts.doubt, at(53), SETTLE)).repeated == ("post",)
    [again] = await _take(database, 54)
    assert again.repeat and again.attempt == 2 and again.idempotency_key == first.idempotency_key


async def test_a_send_that_its_sender_vouches_for_is_not_doubted_however_long_it_takes(
    database: Database,
) -> None:
    await _answered(database)
    [part] = await _take(database, 11)
    for second in range(20, 200, 20):
        await database.write(outbox.renew, [(part.id, part.attempt)], at(second), HOLD)
        assert (await database.write(doubts.doubt, at(second + 25), SETTLE)).repeated == ()
    await database.write(outbox.sent, part, "ext", at(210), [])
    assert await _tick(database) == "sent"


async def test_a_sender_that_was_given_up_vouches_for_nothing_any_more(database: Database) -> None:
    await _answered(database)
    [stale] = await _take(database, 11)
    await database.write(doubts.doubt, at(42), SETTLE)
    await database.write(doubts.doubt, at(53), SETTLE)
    await _take(database, 54)
    await database.write(outbox.renew, [(stale.id, stale.attempt)], at(80), HOLD)
    await database.write(doubts.doubt, at(85), SETTLE)
    assert (await database.read(_states)) == ["unknown"], "its second sender died and nobody vouches for it"


async def _given_up(database: Database, pieces: int = 2) -> tuple[outbox.Sending, outbox.Sending]:
    """A send that was given up too early, and its repeat, both under way."""
    await _answered(database, pieces=pieces)
    [early] = await _take(database, 11)
    await database.write(doubts.doubt, at(42), SETTLE)
    await database.write(doubts.doubt, at(53), SETTLE)
    [repeat] = await _take(database, 54)
    assert repeat.id == early.id
    return early, repeat


async def test_a_late_answer_lets_nothing_overtake_the_repeat_that_is_under_way(database: Database) -> None:
    early, repeat = await _given_up(database)
    await database.write(outbox.sent, early, "ext-1", at(55), [])
    assert await _take(database, 56) == [], "the next part waits for the repeat"
    await database.write(outbox.sent, repeat, "ext-2", at(57), [])
    [following] = await _take(database, 58)
    assert following.idempotency_key.endswith("-1")


async def test_a_late_echo_lets_nothing_overtake_the_repeat_either(database: Database) -> None:
    early, repeat = await _given_up(database)
    echo = _status(Status.DELIVERED, "ext-1", idempotency_key=early.idempotency_key)
    await accepted(database, echo, seconds=55)
    assert await _take(database, 56) == []
    await database.write(outbox.sent, repeat, "ext-2", at(57), [])
    assert len(await _take(database, 58)) == 1


@pytest.mark.parametrize("end", ["nothing", "refused", "rejected"])
async def test_what_a_late_answer_proved_is_not_sent_a_third_time(database: Database, end: str) -> None:
    early, repeat = await _given_up(database)
    await database.write(outbox.sent, early, "ext-1", at(55), [])
    if end == "refused":
        await database.write(outbox.later, repeat, OutboxState.PENDING, at(56), "throttled", None, [], at(56))
    elif end == "rejected":
        await database.write(outbox.failed, repeat, "rejected", None, [], at(56))
    await database.write(doubts.doubt, at(90), SETTLE)
    assert await database.read(_states) == ["sent", "pending"]


async def test_who_was_given_up_decides_nothing_about_the_repeat(database: Database) -> None:
    early, _ = await _given_up(database)
    await database.write(outbox.later, early, OutboxState.PENDING, at(55), "throttled", None, [], at(55))
    await database.write(outbox.failed, early, "rejected", None, [], at(55))
    assert await database.read(_states) == ["sending", "pending"]


async def test_an_echo_settles_an_unclear_send(database: Database) -> None:
    await _answered(database)
    [part] = await _take(database, 11)
    await database.write(outbox.later, part, OutboxState.UNKNOWN, at(21), "uncertain", None, [], at(11))
    echo = StaffWrote(
        address=ADDRESS, external_id="ext", sent_at=at(12), parts=(), idempotency_key=part.idempotency_key
    )
    await accepted(database, echo)
    assert (await database.write(doubts.doubt, at(60), SETTLE)).repeated == ()
    assert await _tick(database) == "sent"
    assert len(await rows(database)) == 2


async def test_a_status_with_our_key_settles_an_unclear_send(database: Database) -> None:
    await _answered(database)
    [part] = await _take(database, 11)
    await accepted(database, _status(Status.DELIVERED, idempotency_key=part.idempotency_key))
    await database.write(outbox.later, part, OutboxState.PENDING, at(12), "unavailable", None, [], at(12))
    assert await _take(database, 30) == []
    assert await _tick(database) == "delivered"


async def test_a_status_that_comes_before_the_answer_to_the_send_is_not_lost(database: Database) -> None:
    await _answered(database)
    [part] = await _take(database, 11)
    await accepted(database, _status(Status.READ))
    await database.write(outbox.sent, part, "ext", at(12), [])
    assert await _tick(database) == "read"


@pytest.mark.parametrize(
    "order",
    list(itertools.permutations([Status.SENT, Status.DELIVERED, Status.READ])),
    ids=lambda one: "-".join(one),
)
async def test_ticks_end_at_the_furthest_status_in_any_order(
    database: Database, order: tuple[Status, ...]
) -> None:
    await _answered(database)
    [part] = await _take(database, 11)
    await database.write(outbox.sent, part, "ext", at(12), [])
    for status in order + order:
        await accepted(database, _status(status))
    assert await _tick(database) == "read"


async def test_failed_is_final_and_cannot_follow_delivered(database: Database) -> None:
    await _answered(database)
    [part] = await _take(database, 11)
    await database.write(outbox.sent, part, "ext", at(12), [])
    await accepted(database, _status(Status.FAILED, error_code="131026"))
    await accepted(database, _status(Status.DELIVERED))
    last = (await rows(database))[-1]
    assert (last.status, last.error_code) == ("failed", "131026")
    await _answered(database, peer="ben")
    [part] = await _take(database, 13)
    await database.write(outbox.sent, part, "ext-2", at(14), [])
    await accepted(database, _status(Status.DELIVERED, "ext-2"), _status(Status.FAILED, "ext-2"))
    assert await _tick(database) == "delivered"


async def test_a_watermark_raises_everything_sent_before_it(database: Database) -> None:
    await _answered(database, pieces=2)
    for number in range(2):
        [part] = await _take(database, 11)
        await database.write(outbox.sent, part, f"ext-{number}", at(12), [])
    await accepted(database, StatusChanged(address=ADDRESS, status=Status.READ, at=at(20), until=at(9)))
    assert await _tick(database) == "sent"
    await accepted(database, StatusChanged(address=ADDRESS, status=Status.READ, at=at(20), until=at(13)))
    assert await _tick(database) == "read"


async def test_a_message_is_as_far_as_its_slowest_part(database: Database) -> None:
    await _answered(database, pieces=2)
    for number in range(2):
        [part] = await _take(database, 11)
        await database.write(outbox.sent, part, f"ext-{number}", at(12), [])
    await accepted(database, _status(Status.READ, "ext-0"), _status(Status.DELIVERED, "ext-1"))
    assert await _tick(database) == "delivered"


async def test_a_refused_part_takes_the_rest_of_its_message_with_it(database: Database) -> None:
    await _answered(database, pieces=3)
    [part] = await _take(database, 11)
    await database.write(outbox.failed, part, "recipient_gone", "551", [], at(12))
    assert await _take(database, 100) == []
    last = (await rows(database))[-1]
    assert (last.status, last.error_code) == ("failed", "551")


async def test_a_paused_account_sends_nothing_until_it_is_resumed(database: Database) -> None:
    await _answered(database)
    await database.write(accounts.pause, ADDRESS, "token expired", at(1), at(100))
    assert await _take(database, 50) == []
    assert len(await _take(database, 101)) == 1
    await _answered(database, peer="ben")
    await database.write(accounts.pause, ADDRESS, "token expired", at(1), None)
    assert await _take(database, 200) == []
    assert await database.write(accounts.resume, "post") == 1
    assert len(await _take(database, 201)) == 1


@pytest.mark.parametrize("end", ["sent", "later", "failed"])
async def test_what_is_forgotten_while_it_is_sent_leaves_no_trace(database: Database, end: str) -> None:
    await _answered(database, pieces=2)
    [part] = await _take(database, 11)
    await accepted(database, wrote(2, "yes"), seconds=12)
    claimed = await take(database, 20)
    batch = await database.read(queue.waiting, claimed.conversation)
    forgotten = queue.Settlement(waiting=batch, outcome=Outcome.CONFIRMED, forget_to=batch[-1].seq)
    await database.write(queue.settle, claimed, forgotten, at(20), timedelta(seconds=1), timedelta(seconds=5))
    seen = [Exchange(method="POST", url="/send", status=200, request="hello", response="ok", took_ms=1.0)]
    if end == "sent":
        await database.write(outbox.sent, part, "ext", at(21), seen)
    elif end == "later":
        await database.write(outbox.later, part, OutboxState.UNKNOWN, at(30), "x", None, seen, at(21))
    else:
        await database.write(outbox.failed, part, "x", None, seen, at(21))
    kept = await database.read(lambda connection: connection.execute(select(exchanges)).all())
    assert kept == [] and await _take(database, 60) == []
    assert {str(row.parts) for row in await rows(database)} == {"[]"}


async def test_a_forgetting_whose_lease_is_lost_deletes_nothing(database: Database) -> None:
    await accepted(database, wrote(1))
    claimed = await take(database, 5)
    await take(database, 60, "other")
    batch = await database.read(queue.waiting, claimed.conversation)
    late = queue.Settlement(waiting=batch, outcome=Outcome.CONFIRMED, forget_to=1)
    with pytest.raises(Conflict):
        await database.write(queue.settle, claimed, late, at(61), timedelta(0), timedelta(0))
    assert "hello" in str(await rows(database))


async def test_a_failure_told_before_the_answer_to_the_send_is_not_forgotten(database: Database) -> None:
    await _answered(database)
    [part] = await _take(database, 11)
    failed = _status(Status.FAILED, error_code="131026", idempotency_key=part.idempotency_key)
    await accepted(database, failed)
    await database.write(outbox.sent, part, "ext", at(12), [])
    last = (await rows(database))[-1]
    assert (last.status, last.error_code) == ("failed", "131026")
    found = await database.read(lambda c: c.execute(select(outbox.outbox.c.state)).scalars().all())
    assert found == ["failed"], "staff find it among what did not arrive"


# --- two processes that hear of the same message at the same moment --------------------------------------


class Interrupted:
    """A statement after whose first run another process does something, and ends before we go on or waits for us."""

    def __init__(self, statement: hot.Statement, url: str, function: Any, *arguments: Any) -> None:
        self._statement = statement
        self._url = url
        self._does = function, *arguments
        self._other = Thread(target=lambda: asyncio.run(self._elsewhere()))
        self._begun = False

    def rows(self, connection: Connection, *parameters: object) -> Sequence[object]:
        found = self._statement.rows(connection, *parameters)
        if not self._begun:
            self._begun = True
            self._other.start()
            self._other.join(0.5)
        return found

    async def end(self) -> None:
        await asyncio.to_thread(self._other.join)

    async def _elsewhere(self) -> None:
        process = Database(self._url)
        process.open()
        await process.write(*self._does)
        await process.close()


async def test_a_tick_does_not_go_back_when_two_statuses_come_at_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _answered(database)
    [part] = await _take(database, 11)
    key = part.idempotency_key
    meanwhile = Interrupted(
        receipts._BY_KEY,
        database.url,
        receipts.apply_status,
        _status(Status.DELIVERED, idempotency_key=key),
        at(20),
    )
    monkeypatch.setattr(receipts, "_BY_KEY", meanwhile)
    await database.write(receipts.apply_status, _status(Status.SENT, idempotency_key=key), at(20))
    await meanwhile.end()
    assert await _tick(database) == "delivered"


async def test_the_last_tick_of_several_parts_is_shown_when_they_come_at_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _answered(database, pieces=2)
    for number in range(2):
        [part] = await _take(database, 11 + number)
        await database.write(outbox.sent, part, f"ext-{number}", at(12 + number), [])
    meanwhile = Interrupted(
        receipts._PARTS, database.url, receipts.apply_status, _status(Status.DELIVERED, "ext-1"), at(20)
    )
    monkeypatch.setattr(receipts, "_PARTS", meanwhile)
    await database.write(receipts.apply_status, _status(Status.DELIVERED, "ext-0"), at(20))
    await meanwhile.end()
    assert await _tick(database) == "delivered"


@pytest.mark.parametrize("first", ["answer", "status"])
async def test_a_status_is_not_lost_that_comes_while_the_answer_to_the_send_is_written_down(
    database: Database, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    """Of a platform that brings no key back."""
    await _answered(database)
    [part] = await _take(database, 11)
    answered = (outbox.sent, part, "ext", at(12), [])
    told = (receipts.apply_status, _status(Status.DELIVERED), at(12))
    begun, other, between = (answered, told, "_PARTS") if first == "answer" else (told, answered, "_BY_ID")
    meanwhile = Interrupted(getattr(receipts, between), database.url, *other)
    monkeypatch.setattr(receipts, between, meanwhile)
    await database.write(*begun)
    await meanwhile.end()
    assert await _tick(database) == "delivered"
