"""Promises about events that are not messages: their order among messages, who is who, and nothing left without an end."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, text

from assistant.events import (
    ContactLeft,
    ControlPassed,
    ConversationMoved,
    IdentityChanged,
    MessageReceived,
    StaffWrote,
    StopPressed,
)
from assistant.store import health, people
from assistant.store.database import Database
from assistant.store.models import conversations
from assistant.store.models import people as people_table
from assistant.types import Address, Alias, Sender, Text

from .made import NOW, accepted, answer, at, rows, take, wrote

PHONE, BSUID = Alias(kind="phone", value="34600"), Alias(kind="bsuid", value="ES.134")


def here(peer: str) -> Address:
    return Address(channel="post", account="office", peer=peer)


def by(number: int, *known: Alias, peer: str | None = None) -> MessageReceived:
    return MessageReceived(
        address=here(peer or known[0].value),
        sender=Sender(external_id=known[0].value, aliases=known),
        external_id=f"m{number}",
        sent_at=NOW,
        parts=(Text(text="hello"),),
    )


async def table(database: Database, which: Any) -> list[Any]:
    return await database.read(lambda connection: list(connection.execute(select(which)).all()))


# --- what came first in a batch counts first -------------------------------------------------------------


async def test_who_comes_back_and_writes_in_the_same_breath_is_answered(database: Database) -> None:
    await accepted(database, wrote(1))
    await answer(database, await take(database, 2))
    await accepted(database, ContactLeft(address=here("ana"), at=NOW, gone=True), seconds=20)
    back = ContactLeft(address=here("ana"), at=NOW, gone=False)
    result = await accepted(database, back, wrote(2, seconds=30), seconds=30)
    assert (await rows(database))[-1].outcome is None and result.woken


async def test_stop_ends_what_was_said_before_it_and_not_what_comes_after(database: Database) -> None:
    await accepted(database, wrote(1), StopPressed(address=here("ana"), at=NOW), wrote(2, "another thing"))
    assert [row.outcome for row in await rows(database)] == ["command", None]
    assert (await take(database, 10)).address.peer == "ana"


async def test_a_thread_that_is_ours_again_is_answered_from_the_next_message_on(database: Database) -> None:
    await accepted(database, wrote(1), ControlPassed(address=here("ana"), at=NOW, ours=False))
    await accepted(database, wrote(2), ControlPassed(address=here("ana"), at=NOW, ours=True), wrote(3))
    assert [row.outcome for row in await rows(database)] == ["handed_to_human", "handed_to_human", None]


@pytest.mark.parametrize("how", ["moved", "renamed"])
async def test_a_message_from_the_new_address_joins_the_conversation_that_moves_there(
    database: Database, how: str
) -> None:
    old, new = Alias(kind="phone", value="111"), Alias(kind="phone", value="222")
    event = (
        ConversationMoved(address=here("111"), current=here("222"), at=NOW)
        if how == "moved"
        else IdentityChanged(address=here("111"), previous=old, current=new, at=NOW)
    )
    await accepted(database, by(1, old))
    await accepted(database, by(2, old), event, by(3, new))
    (row,) = await table(database, conversations)
    assert (row.peer, row.last_seq) == ("222", 3)


async def test_who_leaves_leaves_no_message_without_an_outcome(database: Database) -> None:
    await accepted(database, wrote(1))
    await accepted(database, wrote(2), ContactLeft(address=here("ana"), at=NOW, gone=True))
    assert {row.outcome for row in await rows(database)} == {"blocked"}
    (row,) = await table(database, conversations)
    assert row.due_at is None


async def test_what_staff_wrote_between_two_messages_hands_both_to_them(database: Database) -> None:
    echo = StaffWrote(address=here("ana"), external_id="s1", sent_at=NOW, parts=(Text(text="Ben here"),))
    await accepted(database, wrote(1), echo, wrote(2))
    found = [(row.author, row.outcome) for row in await rows(database)]
    assert found == [("person", "handed_to_human"), ("staff", None), ("person", "handed_to_human")]


# --- who is who ------------------------------------------------------------------------------------------


async def test_a_username_that_somebody_else_has_now_opens_nobody_s_conversation(database: Database) -> None:
    name = Alias(kind="username", value="ana")
    await accepted(database, by(1, Alias(kind="user", value="1"), name))
    await accepted(database, by(2, Alias(kind="user", value="2"), name))
    assert len(await table(database, people_table)) == 2
    assert {row.peer: row.last_seq for row in await table(database, conversations)} == {"1": 1, "2": 1}
    second = {row.peer: row.person for row in await table(database, conversations)}["2"]
    assert await database.read(people.find, "ana") == [second], "staff find who has the name now"


async def test_an_id_that_comes_later_beside_a_known_one_is_theirs_too(database: Database) -> None:
    await accepted(database, by(1, PHONE))
    await accepted(database, by(2, PHONE, BSUID))
    await accepted(database, by(3, BSUID))
    assert len(await table(database, people_table)) == 1
    (row,) = await table(database, conversations)
    assert (row.peer, row.last_seq) == ("ES.134", 3)


async def test_two_ids_of_a_person_in_one_batch_are_one_conversation(database: Database) -> None:
    await accepted(database, by(1, BSUID), by(2, PHONE, BSUID), by(3, BSUID))
    (row,) = await table(database, conversations)
    assert row.last_seq == 3
    assert len(await table(database, people_table)) == 1


async def test_batches_of_two_processes_about_one_person_lose_nothing(database: Database) -> None:
    await accepted(database, by(0, PHONE, BSUID))
    batches = [
        [by(10 * number + 1, PHONE, BSUID), by(10 * number + 2, BSUID), wrote(number, peer=f"p{number % 3}")]
        for number in range(1, 9)
    ]
    await asyncio.gather(*(accepted(database, *batch) for batch in batches))
    found = await rows(database)
    assert len(found) == 25
    seqs: dict[int, list[int]] = {}
    for row in found:
        seqs.setdefault(row.conversation, []).append(row.seq)
    assert all(sorted(one) == list(range(1, len(one) + 1)) for one in seqs.values())
    assert len(seqs) == 4


async def test_a_conversation_that_begins_while_its_person_is_merged_survives(database: Database) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite has one writer")
    await accepted(database, by(1, Alias(kind="id", value="a")), by(2, Alias(kind="id", value="b")))
    kept, gone = (row.id for row in await table(database, people_table))

    def begin(connection: Connection) -> None:
        values = {"channel": "post", "account": "office", "peer": "b", "thread": "7", "person": gone}
        connection.execute(
            insert(conversations).values(
                key=Address(**{k: str(v) for k, v in values.items() if k != "person"}).key,
                created_at=NOW,
                last_at=NOW,
                **values,
            )
        )
        connection.execute(text("SELECT pg_sleep(0.2)"))

    async def merged() -> None:
        await asyncio.sleep(0.1)
        await database.write(people.merge, kept, gone)

    await asyncio.gather(database.write(begin), merged())
    assert [row.person for row in await table(database, conversations)] == [kept] * 3


# --- an end is an end ------------------------------------------------------------------------------------


async def test_an_event_that_comes_twice_changes_nothing_twice(database: Database) -> None:
    await accepted(database, wrote(1))
    away = ControlPassed(address=here("ana"), at=NOW, ours=False)
    assert (await accepted(database, away)).touched
    assert not (await accepted(database, away)).touched


async def test_a_message_after_a_stop_is_due_while_the_stopped_turn_still_runs(database: Database) -> None:
    await accepted(database, wrote(1))
    stopped = await take(database, 2)
    await accepted(database, StopPressed(address=here("ana"), at=NOW), seconds=3)
    await accepted(database, wrote(2), seconds=4)
    claimed = await take(database, 10, "other")
    assert claimed.token > stopped.token
    await answer(database, claimed)
    assert [row.outcome for row in await rows(database) if row.direction == "in"] == ["command", "answered"]


# --- what staff see of a channel -------------------------------------------------------------------------


async def test_a_channel_shows_when_it_last_heard_and_last_spoke(database: Database) -> None:
    await accepted(database, wrote(1), seconds=1)
    await answer(database, await take(database, 5), seconds=6)
    await accepted(database, wrote(1, peer="ben"), seconds=9)
    [post, other] = await database.read(health.channels, ["post", "other"], at(60))
    assert (post.last_in, post.last_out, post.waiting) == (at(9), at(6), 1)
    assert (other.last_in, other.last_out, other.waiting) == (None, None, 0)
