"""The turn queue: one owner at a time, a stale owner settles nothing, a crash is counted, a drain is not."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import Connection, update

from assistant.errors import Conflict
from assistant.store import changes, queue
from assistant.store.database import Database
from assistant.store.models import conversations

from .made import LEASE, RULES, accepted, answer, at, rows, take, wrote


async def test_a_conversation_is_claimed_by_one_worker_only(database: Database) -> None:
    await accepted(database, *(wrote(1, peer=f"p{number}") for number in range(40)))
    found = await asyncio.gather(
        *(database.write(queue.claim, f"w{number}", at(10), LEASE, 7) for number in range(8))
    )
    claimed = [one.conversation for claims in found for one in claims]
    assert len(claimed) == len(set(claimed)) == 40


async def test_nothing_is_claimed_before_it_is_due(database: Database) -> None:
    await accepted(database, wrote(1))
    assert await database.write(queue.claim, "w", at(1.4), LEASE, 1) == []
    assert len(await database.write(queue.claim, "w", at(1.5), LEASE, 1)) == 1


async def test_the_urgent_are_claimed_first_and_what_is_urgent_but_not_due_holds_up_nobody(
    database: Database,
) -> None:
    await accepted(database, *(wrote(1, peer=f"p{number}") for number in range(6)))

    def prioritise(connection: Connection) -> None:
        for number, (priority, due) in enumerate([(5, 1), (5, 2), (-1, 3), (0, 90), (-1, 95), (0, 4)], 1):
            connection.execute(
                update(conversations)
                .where(conversations.c.id == number)
                .values(priority=priority, due_at=at(due))
            )

    await database.write(prioritise)
    assert await database.read(queue.next_due) == at(1)
    taken = [(await database.write(queue.claim, "w", at(10), LEASE, 1))[0].conversation for _ in range(2)]
    assert taken == [3, 6]
    rest = await database.write(queue.claim, "w", at(10), LEASE, 8)
    assert {one.conversation for one in rest} == {1, 2}
    assert await database.read(queue.next_due) == at(40)


async def test_three_messages_in_a_row_become_one_turn(database: Database) -> None:
    await accepted(database, wrote(1), wrote(2), wrote(3))
    batch = await answer(database, await take(database, 5))
    assert [message.seq for message in batch] == [1, 2, 3]
    stored = await rows(database)
    assert [row.outcome for row in stored] == ["coalesced", "coalesced", "answered", None]
    assert {row.turn for row in stored} == {stored[0].turn}
    assert await database.write(queue.claim, "w", at(1000), LEASE, 1) == []


async def test_a_stale_owner_settles_nothing(database: Database) -> None:
    await accepted(database, wrote(1))
    slow = await take(database, 5)
    fast = await take(database, 5 + 31)
    assert fast.token == slow.token + 1 and fast.crashes == 1
    with pytest.raises(Conflict):
        await answer(database, slow, "late")
    await answer(database, fast, "in time")
    assert [row.parts[0]["text"] for row in await rows(database)] == ["hello", "in time"]
    with pytest.raises(Conflict):
        await answer(database, slow, "later still")


async def test_a_renewed_lease_is_not_taken_over(database: Database) -> None:
    await accepted(database, wrote(1))
    held = await take(database, 5)
    assert await database.write(queue.renew, [(held.conversation, held.token)], at(30), LEASE) == {
        held.conversation
    }
    assert await database.write(queue.claim, "w", at(40), LEASE, 1) == []
    again = await take(database, 61)
    assert await database.write(queue.renew, [(held.conversation, held.token)], at(62), LEASE) == set()
    assert again.crashes == 1


async def test_a_drain_counts_neither_as_crash_nor_as_attempt(database: Database) -> None:
    await accepted(database, wrote(1))
    assert await database.write(queue.release, await take(database, 5), at(6))
    claimed = await take(database, 7)
    assert (claimed.crashes, claimed.attempts) == (0, 0)
    await database.write(queue.release, claimed, at(8), delay=timedelta(seconds=9), failed=True)
    assert await database.write(queue.claim, "w", at(16), LEASE, 1) == []
    assert (await take(database, 17)).attempts == 1


async def test_a_message_that_comes_during_the_turn_is_the_next_turn(database: Database) -> None:
    await accepted(database, wrote(1))
    claimed = await take(database, 5)
    batch = await database.read(queue.waiting, claimed.conversation)
    await accepted(database, wrote(2, seconds=6), seconds=6)
    end = queue.Settlement(waiting=batch, outcome=queue.Outcome.ANSWERED)
    await database.write(queue.settle, claimed, end, at(7), RULES.debounce, RULES.debounce_cap)
    following = await take(database, 8)
    assert [message.seq for message in await database.read(queue.waiting, following.conversation)] == [2]


async def test_the_history_puts_an_answer_after_what_it_answers(database: Database) -> None:
    from assistant.store.messages import history

    await accepted(database, wrote(1))
    claimed = await take(database, 5)
    batch = await database.read(queue.waiting, claimed.conversation)
    await accepted(database, wrote(2, "and?", seconds=6), seconds=6)
    reply = queue.Reply(
        author=queue.Author.ASSISTANT, whole=batch[0].parts, pieces=(("key", batch[0].parts[0]),)
    )
    end = queue.Settlement(waiting=batch, outcome=queue.Outcome.ANSWERED, reply=reply)
    await database.write(queue.settle, claimed, end, at(7), RULES.debounce, RULES.debounce_cap)
    said = await database.read(history, claimed.conversation, from_seq=0, before_seq=2)
    assert [(one.seq, one.author.value) for one in said] == [(1, "person"), (3, "assistant")]


async def test_a_takeover_in_mid_turn_writes_nothing_of_the_model(database: Database) -> None:
    await accepted(database, wrote(1))
    claimed = await take(database, 5)
    await database.write(changes.hand_to_staff, claimed.conversation, "staff took over")
    with pytest.raises(Conflict):
        await answer(database, claimed)
    assert [row.outcome for row in await rows(database)] == ["handed_to_human"]


async def test_of_conversations_that_crashed_before_one_is_claimed_at_a_time_the_least_suspect_first(
    database: Database,
) -> None:
    """A message that kills its worker must not bring down the same neighbours again and again."""
    for number, crashes in enumerate((4, 2, 3, 1, 0), start=1):
        await accepted(database, wrote(number, peer=f"p{number}"))
        await database.write(_crashed, f"p{number}", crashes)
    first = await database.write(queue.claim, "one", at(5), LEASE, 10)
    assert sorted((claim.address.peer, claim.suspect) for claim in first) == [
        ("p2", True),
        ("p4", False),
        ("p5", False),
    ]
    assert await database.write(queue.claim, "one", at(6), LEASE, 10, suspects=False) == []
    [second] = await database.write(queue.claim, "another", at(6), LEASE, 10)
    assert second.address.peer == "p3"
    [third] = await database.write(queue.claim, "another", at(6), LEASE, 10)
    assert (third.address.peer, third.crashes) == ("p1", 4), "waiting cost it nothing"


def _crashed(connection: Connection, peer: str, times: int) -> None:
    connection.execute(update(conversations).where(conversations.c.peer == peer).values(crashes=times))


async def test_what_is_settled_is_held_by_nobody_not_even_by_who_settled_it(database: Database) -> None:
    """A renewal that comes a moment late must not keep the next message waiting for a lease."""
    await accepted(database, wrote(1))
    claimed = await take(database, 5)
    await answer(database, claimed)
    assert await database.write(queue.renew, [(claimed.conversation, claimed.token)], at(11), LEASE) == set()
    assert not await database.write(queue.release, claimed, at(11))
    with pytest.raises(Conflict):
        await answer(database, claimed, "a second time")
    assert await database.write(queue.claim, "w", at(100), LEASE, 1) == []
    await accepted(database, wrote(2, seconds=12), seconds=12)
    assert (await take(database, 14)).token == claimed.token + 1
