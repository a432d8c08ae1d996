"""What is accepted is there once, in order, with a time at which it is due or a reason why never."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from assistant.buses.memory import MemoryBus
from assistant.clock import SystemClock
from assistant.events import ContactLeft, IdentityChanged, MessageDeleted, MessageEdited, StaffWrote, Unread
from assistant.inbound import Acceptor
from assistant.store import queue, takeover
from assistant.store.accept import KnownAlready, accept
from assistant.store.database import Database
from assistant.store.models import aliases, conversations, messages, people, raw_events
from assistant.types import Alias, Text, Unsupported

from .made import ADDRESS, RULES, accepted, at, rows, take, wrote


async def _conversation(database: Database) -> object:
    return await database.read(lambda connection: connection.execute(select(conversations)).one())


async def test_the_same_message_ten_times_is_stored_once(database: Database) -> None:
    results = [await accepted(database, wrote(1)) for _ in range(10)]
    assert [result.stored for result in results] == [1] + [0] * 9
    assert [result.duplicates for result in results] == [0] + [1] * 9
    assert len(await rows(database)) == 1


async def test_a_batch_taken_for_new_that_holds_a_known_message_changes_nothing(database: Database) -> None:
    await accepted(database, wrote(1))
    with pytest.raises(KnownAlready):
        await database.write(accept, [wrote(2), wrote(1), wrote(3, peer="ben")], at(5), RULES, look_up=False)
    assert [row.external_id for row in await rows(database)] == ["ana-1"]
    before = await _conversation(database)
    assert before.last_seq == 1 and before.last_at == at(0)  # type: ignore[attr-defined]


async def test_what_platforms_send_again_among_new_messages_is_stored_once_and_leaves_no_gap(
    database: Database,
) -> None:
    """Through the acceptor, which asks what is known only after it met something that is."""
    acceptor = Acceptor(database, MemoryBus(), SystemClock(), RULES)
    acceptor.start()
    chance = random.Random(5)
    sent: list[int] = []
    for number in range(120):
        again = chance.sample(sent, min(len(sent), chance.choice((0, 0, 0, 0, 1, 3))))
        fresh = [wrote(number, peer=f"p{number % 4}")]
        submissions = [acceptor.submit([wrote(old, peer=f"p{old % 4}")]) for old in again]
        await asyncio.gather(acceptor.submit(fresh + fresh), *submissions)
        sent.append(number)
    await acceptor.close()
    stored = await rows(database)
    assert len(stored) == 120
    for peer in range(4):
        assert [row.external_id for row in stored if row.external_id.startswith(f"p{peer}-")] == [
            f"p{peer}-{number}" for number in range(peer, 120, 4)
        ]
        assert [row.seq for row in stored if row.external_id.startswith(f"p{peer}-")] == list(range(1, 31))


async def test_a_duplicate_inside_one_batch_is_stored_once(database: Database) -> None:
    result = await accepted(database, wrote(1), wrote(1), wrote(2))
    assert (result.stored, result.duplicates) == (2, 1)


async def test_two_processes_accepting_the_same_messages_store_each_once(database: Database) -> None:
    events = [wrote(number, peer=f"p{number % 3}") for number in range(30)]
    await asyncio.gather(*(accepted(database, *events[start::2], *events[::3]) for start in (0, 1, 0, 1)))
    stored = await rows(database)
    assert len(stored) == 30
    for peer in ("p0", "p1", "p2"):
        seqs = [row.seq for row in stored if row.external_id.startswith(peer)]
        assert sorted(seqs) == list(range(1, 11))


async def test_fifty_messages_of_one_person_keep_their_order(database: Database) -> None:
    await accepted(database, *(wrote(number) for number in range(50)))
    assert [row.external_id for row in await rows(database)] == [f"ana-{number}" for number in range(50)]
    assert [row.seq for row in await rows(database)] == list(range(1, 51))


async def test_a_burst_is_due_after_the_debounce_but_never_later_than_the_cap(database: Database) -> None:
    for second in range(8):
        await accepted(database, wrote(second, seconds=second), seconds=second)
        row = await _conversation(database)
        assert row.due_at == min(at(second) + RULES.debounce, at(0) + RULES.debounce_cap)  # type: ignore[attr-defined]


async def test_a_message_older_than_a_day_is_kept_and_not_answered(database: Database) -> None:
    result = await accepted(database, wrote(1), seconds=25 * 3600)
    assert not result.woken
    [row] = await rows(database)
    assert (row.outcome, row.outcome_reason) == ("ignored", "older than a day when it arrived")


async def test_a_message_not_addressed_to_us_is_kept_and_not_answered(database: Database) -> None:
    await accepted(database, wrote(1, addressed=False))
    assert [row.outcome for row in await rows(database)] == ["ignored"]
    assert (await _conversation(database)).due_at is None  # type: ignore[attr-defined]


async def test_the_reply_window_follows_the_persons_last_message_and_never_shrinks(
    database: Database,
) -> None:
    await accepted(database, wrote(1, seconds=100), seconds=100)
    await accepted(database, wrote(2, seconds=50), seconds=101)
    assert (await _conversation(database)).window_until == at(100) + timedelta(hours=24)  # type: ignore[attr-defined]


async def test_nul_and_odd_text_is_stored(database: Database) -> None:
    await accepted(
        database, wrote(1, "a\x00b"), wrote(2, "😀‮‍"), wrote(3, parts=(Unsupported(kind="sticker"),))
    )
    assert [row.parts[0] for row in await rows(database)] == [
        {"type": "text", "text": "ab"},
        {"type": "text", "text": "😀‮‍"},
        {"type": "unsupported", "kind": "sticker"},
    ]


async def test_an_unreadable_item_is_kept_once(database: Database) -> None:
    item = Unread(channel="post", account="office", reason="no id", item=b'{"a":1}')
    await accepted(database, item, item)
    await accepted(database, item)
    count = select(func.count()).select_from(raw_events)
    assert await database.read(lambda connection: connection.execute(count).scalar_one()) == 1


async def test_an_edit_changes_and_a_deletion_empties_the_stored_text(database: Database) -> None:
    await accepted(database, wrote(1), wrote(2))
    await accepted(
        database,
        MessageEdited(address=ADDRESS, external_id="ana-1", at=at(1), parts=(Text(text="better"),)),
        MessageDeleted(address=ADDRESS, external_id="ana-2", at=at(1)),
    )
    first, second = await rows(database)
    assert first.parts[0]["text"] == "better" and first.edited_at == at(0)
    assert second.parts == [] and second.outcome == "ignored"


async def test_staff_who_answer_on_the_platform_silence_the_model(database: Database) -> None:
    await accepted(database, wrote(1))
    await accepted(
        database,
        StaffWrote(address=ADDRESS, external_id="echo", sent_at=at(1), parts=(Text(text="I do it"),)),
        seconds=1,
    )
    await accepted(database, wrote(2), seconds=60)
    assert [row.outcome for row in await rows(database)] == ["handed_to_human", None, "handed_to_human"]
    assert (await _conversation(database)).due_at is None  # type: ignore[attr-defined]
    hours = RULES.staff_quiet.total_seconds()
    await accepted(database, wrote(3, seconds=hours + 5), seconds=hours + 5)
    assert (await rows(database))[-1].outcome == "handed_to_human", "nobody has given it back yet"
    assert await database.read(takeover.next_hand_back) == at(1 + hours)
    assert await database.write(takeover.hand_back_due, at(hours)) == []
    [(conversation, _)] = await database.write(takeover.hand_back_due, at(hours + 9))
    claimed = await take(database, hours + 10)
    assert (claimed.conversation, claimed.epoch) == (conversation, 2)
    assert [row.external_id for row in await database.read(queue.waiting, conversation)] == ["ana-3"]


async def test_somebody_who_blocked_us_is_not_answered_until_they_come_back(database: Database) -> None:
    await accepted(database, wrote(1), ContactLeft(address=ADDRESS, at=at(0), gone=True))
    await accepted(database, wrote(2))
    assert (await rows(database))[-1].outcome == "blocked"
    await accepted(database, ContactLeft(address=ADDRESS, at=at(0), gone=False))
    await accepted(database, wrote(3))
    assert (await rows(database))[-1].outcome is None


async def test_a_changed_id_stays_the_same_person(database: Database) -> None:
    await accepted(database, wrote(1))
    old, new = Alias(kind="id", value="ana"), Alias(kind="id", value="ana-2")
    await accepted(database, IdentityChanged(address=ADDRESS, previous=old, current=new, at=at(0)))
    query = select(func.count(aliases.c.person.distinct()), func.count()).select_from(aliases)
    assert await database.read(lambda connection: tuple(connection.execute(query).one())) == (1, 2)
    count = select(func.count()).select_from(people)
    assert await database.read(lambda connection: connection.execute(count).scalar_one()) == 1


async def test_nothing_is_kept_of_a_batch_that_fails(database: Database) -> None:
    bad = wrote(2, parts=(Text(text="\ud800"),))
    with pytest.raises(TypeError, match="surrogate"):
        await accepted(database, wrote(1), bad)
    count = select(func.count()).select_from(messages)
    assert await database.read(lambda connection: connection.execute(count).scalar_one()) == 0
