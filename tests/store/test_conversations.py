"""A summary is kept only on what it was made from, told when the window moves, and forgotten with the rest."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from assistant.events import MessageDeleted, MessageEdited
from assistant.store import changes, conversations
from assistant.store.conversations import Summary
from assistant.store.database import Database
from assistant.store.models import conversations as table
from assistant.store.queue import Claim
from assistant.types import Text

from .made import ADDRESS, LEASE, accepted, at, take, wrote

FIRST = Summary(seq=1, text="Ana wrote.")
SECOND = Summary(seq=2, text="Ana wrote twice.")


async def keep(
    database: Database, claimed: Claim, summary: Summary, instead_of: Summary | None = None
) -> bool:
    return await database.write(
        conversations.keep_summary,
        claimed.conversation,
        summary,
        epoch=claimed.epoch,
        window_from_seq=claimed.window_from_seq,
        instead_of=instead_of,
        begun_at=at(20),
    )


async def change(database: Database, **values: Any) -> None:
    await database.write(lambda connection: connection.execute(update(table).values(values)))


async def test_the_first_of_two_workers_keeps_its_summary_and_the_other_sees_that_it_is_late(
    database: Database,
) -> None:
    await accepted(database, wrote(1))
    slow = await take(database, 5)
    fast = await take(database, 5 + 31)
    assert await keep(database, fast, FIRST)
    assert not await keep(database, slow, Summary(seq=1, text="late"))
    again = await take(database, 5 + 70)
    assert again.next_summary == FIRST and again.summary is None
    assert await keep(database, again, SECOND, instead_of=FIRST)


@pytest.mark.parametrize(
    "values", [{"epoch": 1}, {"window_from_seq": 1}, {"next_summary": "x", "next_summary_seq": 9}]
)
async def test_a_summary_of_what_has_changed_since_is_not_kept(
    database: Database, values: dict[str, Any]
) -> None:
    await accepted(database, wrote(1))
    claimed = await take(database, 5)
    await change(database, **values)
    assert not await keep(database, claimed, FIRST)


async def test_the_window_takes_the_waiting_summary_with_it(database: Database) -> None:
    await accepted(database, wrote(1))
    assert await keep(database, await take(database, 5), FIRST)
    await change(database, **conversations.stepped(1, FIRST))
    moved = await take(database, 40)
    assert (moved.summary, moved.summary_seq, moved.next_summary) == (FIRST, 1, None)
    await change(database, **conversations.stepped(3, None))
    moved = await take(database, 80)
    assert (moved.summary, moved.summary_seq, moved.window_from_seq) == (FIRST, 1, 3)


async def test_a_new_beginning_forgets_every_summary(database: Database) -> None:
    await accepted(database, wrote(1))
    claimed = await take(database, 5)
    assert await keep(database, claimed, FIRST)
    await change(database, **conversations.forgotten(4))
    anew = await take(database, 40)
    assert (anew.summary, anew.next_summary, anew.summary_seq, anew.window_from_seq) == (None, None, 4, 4)
    assert not await keep(database, claimed, SECOND)


@pytest.mark.parametrize("event", [
    MessageDeleted(address=ADDRESS, external_id="ana-1", at=at(30)),
    MessageEdited(address=ADDRESS, external_id="ana-1", at=at(30), parts=(Text(text="better"),)),
], ids=["deleted", "edited"])  # fmt: skip
async def test_what_was_taken_back_lives_on_in_no_summary(
    database: Database, event: MessageDeleted | MessageEdited
) -> None:
    await accepted(database, wrote(1), wrote(2))
    claimed = await take(database, 5)
    await change(
        database, summary="Ana wrote.", summary_seq=1, next_summary="Ana wrote twice.", next_summary_seq=2
    )
    await database.write(changes.change, event, at(30), LEASE)
    again = await take(database, 40)
    assert (again.summary, again.summary_seq, again.next_summary) == (None, 1, None)
    assert not await keep(database, claimed, SECOND), "it was being made when the message was taken back"


async def test_a_summary_that_ends_before_a_deleted_message_stays(database: Database) -> None:
    await accepted(database, wrote(1), wrote(2))
    assert await keep(database, await take(database, 5), FIRST)
    deleted = MessageDeleted(address=ADDRESS, external_id="ana-2", at=at(30))
    await database.write(changes.change, deleted, at(30), LEASE)
    assert (await take(database, 40)).next_summary == FIRST
