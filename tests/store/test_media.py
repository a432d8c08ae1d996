"""Rows of files: one per file that is to be fetched, taken by one worker at a time, forgotten in time."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from assistant.events import ContactLeft, MessageDeleted, StaffWrote
from assistant.store import media, people
from assistant.store.database import Database
from assistant.store.media import Kept, Trouble
from assistant.store.models import conversations
from assistant.store.models import media as table
from assistant.store.retention import sweep
from assistant.types import Address, Media, MediaKind, Text

from .made import ADDRESS, NOW, accepted, at, rows, wrote

HOLD = timedelta(minutes=6)
SHA = "ab" * 32


def photo(ref: str = "p1", **more: Any) -> Media:
    return Media(kind=MediaKind.IMAGE, ref=ref, **more)


async def files(database: Database) -> list[Any]:
    return await database.read(
        lambda connection: connection.execute(select(table).order_by(table.c.id)).all()
    )


async def keep(
    database: Database, number: int, *, sha256: str = SHA, size: int = 10, days: float = 30
) -> bool:
    kept = Kept(sha256=sha256, kind=MediaKind.IMAGE, mime="image/jpeg", bytes=size, width=4, height=3)
    return await database.write(media.kept, number, kept, NOW + timedelta(days=days))


async def test_every_file_of_an_accepted_message_waits_to_be_fetched_once(database: Database) -> None:
    album = wrote(
        1, parts=(Text(text="look"), photo("p1", name="a\x00.jpg", bytes=7), photo("p2", seconds=1.5))
    )
    await accepted(database, album, album, wrote(2))
    await accepted(database, album)
    first, second = await files(database)
    assert (first.seq, first.part, first.ref, first.name, first.bytes) == (1, 1, "p1", "a.jpg", 7)
    assert (second.seq, second.part, second.ref, second.seconds) == (1, 2, "p2", 1.5)
    assert {(row.state, row.source, row.next_at, row.attempts) for row in (first, second)} == {
        ("waiting", "inbound", NOW, 0)
    }
    assert await database.read(media.next_due) == NOW


async def test_files_of_people_we_do_not_hear_and_of_staff_are_not_fetched(database: Database) -> None:
    await accepted(database, wrote(1))
    await accepted(database, wrote(2, parts=(photo(),), addressed=False))
    await accepted(database, StaffWrote(address=ADDRESS, external_id="s", sent_at=NOW, parts=(photo(),)))
    await accepted(database, ContactLeft(address=ADDRESS, at=NOW, gone=True))
    await database.write(lambda connection: connection.execute(update(conversations).values(mode="blocked")))
    await accepted(database, wrote(3, parts=(photo(),)))
    assert await files(database) == []
    assert await database.read(media.next_due) is None


async def test_a_file_is_taken_by_one_worker_and_again_when_that_one_is_silent(database: Database) -> None:
    await accepted(database, *(wrote(number, parts=(photo(f"p{number}"),)) for number in range(20)))
    taken = await asyncio.gather(*(database.write(media.take, at(1), HOLD, 5) for _ in range(4)))
    ids = [item.id for some in taken for item in some]
    assert len(set(ids)) == len(ids)
    while some := await database.write(media.take, at(1), HOLD, 7):
        ids += [item.id for item in some]
    assert len(ids) == len(set(ids)) == 20
    assert await database.write(media.take, at(359), HOLD, 5) == []
    [again] = await database.write(media.take, at(361), HOLD, 1)
    assert (again.tries, again.created_at) == (2, NOW)


async def test_what_is_taken_says_where_to_ask(database: Database) -> None:
    await accepted(database, wrote(1, parts=(photo("p9", mime="image/png", bytes=7, name="a.png"),)))
    [item] = await database.write(media.take, at(1), HOLD, 5)
    assert item.address == Address(channel="post", account="office", peer="ana")
    assert item.media == photo("p9", mime="image/png", bytes=7, name="a.png")
    assert (item.seq, item.tries) == (1, 1)


async def test_a_file_put_off_waits_and_one_that_ended_stays_ended(database: Database) -> None:
    await accepted(database, wrote(1, parts=(photo(), photo("p2"))))
    one, two = [row.id for row in await files(database)]
    await database.write(media.later, one, Trouble.UNREACHABLE, at(100))
    await database.write(media.refused, two, Trouble.TOO_LARGE)
    assert await database.read(media.next_due) == at(100)
    assert [item.id for item in await database.write(media.take, at(101), HOLD, 5)] == [one]
    assert not await keep(database, two), "nobody waits for it any more"
    assert await keep(database, one)
    await database.write(media.later, one, Trouble.UNREACHABLE, at(200))
    assert not await database.write(media.refused, one, Trouble.FAILED)
    assert [(row.state, row.error) for row in await files(database)] == [
        ("kept", None),
        ("gone", "too_large"),
    ]


async def test_a_message_taken_back_leaves_no_row_of_its_files(database: Database) -> None:
    await accepted(database, wrote(1, parts=(photo(),)), wrote(2, parts=(photo(),)))
    await accepted(database, MessageDeleted(address=ADDRESS, external_id="ana-1", at=at(1)))
    [left] = await files(database)
    assert left.seq == 2
    assert not await keep(database, left.id - 1)


async def test_a_file_goes_after_its_days_and_that_there_was_one_stays(database: Database) -> None:
    await accepted(database, wrote(1, parts=(photo(name="passport.jpg"),)), wrote(2, parts=(photo(),)))
    one, two = [row.id for row in await files(database)]
    await keep(database, one, days=30)
    await keep(database, two, sha256="cd" * 32, days=31)
    assert await database.read(media.referred, [SHA, "cd" * 32, "ef" * 32]) == {SHA, "cd" * 32}
    gone = await database.write(sweep, NOW + timedelta(days=30), timedelta(days=14))
    assert gone["media"] == 1
    expired, kept = await files(database)
    assert (expired.state, expired.name, expired.sha256, expired.ref) == ("expired", None, None, None)
    assert (expired.kind, expired.bytes, kept.state) == ("image", 10, "kept")
    assert await database.read(media.referred, [SHA, "cd" * 32]) == {"cd" * 32}
    assert len(await rows(database)) == 2, "the messages stay"


async def test_what_a_person_sent_is_summed_over_their_conversations(database: Database) -> None:
    await accepted(
        database,
        wrote(1, parts=(photo(),)),
        wrote(2, parts=(photo(),)),
        wrote(3, peer="ben", parts=(photo(),)),
    )
    for row in await files(database):
        await keep(database, row.id, size=100)
    here = (await files(database))[0].conversation
    assert await database.read(media.bytes_since, here, at(-1)) == 200
    assert await database.read(media.bytes_since, here, at(1)) == 0


async def test_a_persons_export_holds_their_files(database: Database) -> None:
    await accepted(database, wrote(1, parts=(photo(name="a.jpg"),)), wrote(1, peer="ben", parts=(photo(),)))
    await keep(database, (await files(database))[0].id)
    [ana] = await database.read(people.find, "ana")
    [row] = (await database.read(people.export, ana))["media"]
    assert (row["name"], row["sha256"], row["mime"]) == ("a.jpg", SHA, "image/jpeg")


async def test_files_are_found_by_their_place_and_by_our_own_refs(database: Database) -> None:
    await accepted(
        database, wrote(1, parts=(Text(text="a"), photo())), wrote(2, peer="ben", parts=(photo(),))
    )
    here, there = await files(database)
    placed, named = await database.read(
        media.of_messages, here.conversation, [1, 2], [f"media:{there.id}", "p1"]
    )
    assert [
        (seq, part, file.id) for (seq, part), file in placed.items() if file.conversation == here.conversation
    ] == [(1, 1, here.id)]
    assert named[f"media:{there.id}"].id == there.id
