"""Promises about what was on its way when staff took over, or the person said stop: it is never sent after that."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assistant.events import StaffWrote, StatusChanged
from assistant.store import changes, outbox
from assistant.store.database import Database
from assistant.store.outbox import Sending
from assistant.types import OutboxState, Status, Text

from .made import ADDRESS, accepted, answer, at, rows, take, wrote

HOLD = SETTLE = timedelta(seconds=10)


async def _on_its_way(database: Database) -> tuple[int, Sending]:
    """A conversation with an answer of two parts, and the first of them while it is sent."""
    await accepted(database, wrote(1))
    claimed = await take(database, 5)
    await answer(database, claimed, pieces=2)
    [part] = await database.write(outbox.take, at(11), HOLD, 10)
    return claimed.conversation, part


async def _nothing_leaves(database: Database) -> None:
    for seconds in (12, 30, 60, 90):
        assert await database.write(outbox.doubt, at(seconds), SETTLE) == []
        assert await database.write(outbox.take, at(seconds), HOLD, 10) == []


@pytest.mark.parametrize("how", ["staff", "stop"])
async def test_an_unclear_send_is_not_repeated_after_a_takeover(database: Database, how: str) -> None:
    conversation, part = await _on_its_way(database)
    await database.write(outbox.later, part, OutboxState.UNKNOWN, at(20), "uncertain", None, [], at(12))
    end = changes.hand_to_staff if how == "staff" else changes.want_no_answer
    await database.write(end, conversation, "from here on")
    await _nothing_leaves(database)


async def test_a_send_under_way_at_the_takeover_is_tried_once_only(database: Database) -> None:
    conversation, part = await _on_its_way(database)
    assert await database.read(outbox.still_wanted, part)
    await database.write(changes.hand_to_staff, conversation, "staff took over")
    assert not await database.read(outbox.still_wanted, part), "what has not left yet is held back"
    await database.write(outbox.later, part, OutboxState.PENDING, at(12), "unavailable", None, [], at(12))
    await database.write(outbox.put_back, [(part, at(12))])
    await _nothing_leaves(database)


@pytest.mark.parametrize("proof", ["answer", "echo", "words", "status"])
async def test_what_arrived_all_the_same_is_written_down_as_sent(database: Database, proof: str) -> None:
    """It left before the takeover: staff see that the person has it, and it is nobody else's word."""
    conversation, part = await _on_its_way(database)
    await database.write(changes.hand_to_staff, conversation, "staff took over")
    key = part.idempotency_key
    assert isinstance(part.part, Text)
    match proof:
        case "answer":
            await database.write(outbox.sent, part, "ext", at(12), [])
        case "echo":
            said = StaffWrote(
                address=ADDRESS, external_id="ext", sent_at=at(12), parts=(), idempotency_key=key
            )
            await accepted(database, said)
        case "words":
            said = StaffWrote(address=ADDRESS, external_id="ext", sent_at=at(12), parts=(part.part,))
            await accepted(database, said)
        case "status":
            status = StatusChanged(
                address=ADDRESS, status=Status.DELIVERED, at=at(12), external_id="ext", idempotency_key=key
            )
            await accepted(database, status)
    found = await rows(database)
    assert found[-1].status == ("delivered" if proof == "status" else "sent")
    assert [row.author for row in found] == ["person", "assistant"]
    await _nothing_leaves(database)
