"""People found by name or alias along an index, blocked and merged, on both databases; and channels that forget."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert, select, update

from assistant.errors import Conflict, NotFound
from assistant.events import ContactLeft, Unread
from assistant.store import audit, models, people, person_acts, person_pages, retention
from assistant.store.database import Database
from assistant.store.troubles import By
from assistant.types import Mode

from .made import ADDRESS, accepted, answer, at, rows, take, wrote

DAY = 86400.0
BY = By(staff=1, actor="staff:1", at=at(60))


async def _person(database: Database, alias: str) -> int:
    [found] = await database.read(people.find, alias)
    return found


async def _named(database: Database, prefix: str, **more: Any) -> list[str | None]:
    found, _ = await database.read(person_pages.named, prefix, **more)
    return [row.name for row in found]


async def test_a_name_is_found_by_its_beginning_in_either_case_and_nothing_in_it_is_special(
    database: Database,
) -> None:
    names = ["Ana", "ANABEL", "anton", "Éva", "éloïse", "100%", "10_0", "Zoë", None, "an"]

    def fill(connection: Connection) -> None:
        for name in names:
            connection.execute(insert(models.people).values(name=name, created_at=at(0)))

    await database.write(fill)
    assert await _named(database, "an") == ["an", "Ana", "ANABEL", "anton"]
    assert await _named(database, "ANA") == ["Ana", "ANABEL"]
    assert await _named(database, "éva") == ["Éva"]
    assert set(await _named(database, "é")) == {"Éva", "éloïse"}
    assert await _named(database, "10%") == [] and await _named(database, "10_") == ["10_0"]
    assert await _named(database, "na") == []
    ids = {row.name: row.id for row in (await database.read(person_pages.newest))[0]}
    assert await _named(database, "an", after=ids["Ana"]) == ["ANABEL", "anton"]
    for other in (ids["10_0"], 10**9):  # erased or renamed in the meantime: the pages begin again
        assert await _named(database, "an", after=other) == ["an", "Ana", "ANABEL", "anton"]


async def test_finding_reads_along_the_indexes_of_names_and_aliases(database: Database) -> None:
    def plans(connection: Connection) -> str:
        sqlite = connection.dialect.name == "sqlite"
        if not sqlite:
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        seen: list[str] = []

        def explain(_: Any, __: Any, words: str, values: Any, *rest: Any) -> None:
            cursor = connection.connection.cursor()
            cursor.execute(f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}{words}", values)
            seen.append(" ".join(str(row) for row in cursor.fetchall()))
            cursor.close()

        event.listen(connection, "before_cursor_execute", explain)
        person_pages.named(connection, "an")
        person_pages.named(connection, "an", after=5)
        person_pages.known_as(connection, "+34600")
        return "\n".join(seen)

    words = await database.write(plans)
    assert words.count("ix_people_name") >= 2 and "ix_aliases_value" in words
    assert "TEMP B-TREE FOR ORDER" not in words and "SCAN people" not in words


async def test_a_block_ends_what_is_under_way_and_the_platform_does_not_lift_it(database: Database) -> None:
    await accepted(database, wrote(1), wrote(1, peer="ben"))
    claimed = await take(database, 5)
    ana = await _person(database, "ana")
    talk = (await database.read(person_pages.person, ana)).conversations[0].id
    assert await database.write(person_acts.block, ana, BY) == [talk]
    if claimed.conversation == talk:
        with pytest.raises(Conflict):
            await answer(database, claimed)
    assert await database.write(person_acts.block, ana, BY) == []
    await accepted(database, ContactLeft(address=ADDRESS, gone=False, at=at(70)), seconds=70)
    await accepted(database, wrote(2, seconds=80), seconds=80)
    person = await database.read(person_pages.person, ana)
    assert person.has(Mode.BLOCKED) and [row.outcome for row in await rows(database)].count("blocked") == 2
    assert await database.write(person_acts.unblock, ana, BY) == [talk]
    await accepted(database, wrote(3, seconds=90), seconds=90)
    assert (await rows(database))[-1].outcome is None
    kinds = [entry.action for entry in await database.read(audit.newest)]
    assert kinds == ["person.unblocked", "person.blocked"]
    with pytest.raises(NotFound):
        await database.write(person_acts.block, 999, BY)


async def test_two_who_merge_two_people_at_once_in_opposite_ways_leave_one_with_everything(
    database: Database,
) -> None:
    await accepted(database, wrote(1, peer="ben"))
    await accepted(database, wrote(1))
    ana, ben = await _person(database, "ana"), await _person(database, "ben")
    done = await asyncio.gather(
        database.write(person_acts.merge, ana, ben, BY),
        database.write(person_acts.merge, ben, ana, BY),
        return_exceptions=True,
    )
    assert sum(one is None for one in done) == 1 and any(isinstance(one, NotFound) for one in done)
    assert await database.read(people.find, "ana") == await database.read(people.find, "ben")
    kept = await database.read(person_pages.person, await _person(database, "ana"))
    assert len(kept.conversations) == len(kept.aliases) == 2
    with pytest.raises(Conflict):
        await database.write(person_acts.merge, kept.id, kept.id, BY)


# --- days of a channel -----------------------------------------------------------------------------------


async def _talks(database: Database) -> list[str]:
    query = select(models.conversations.c.peer).order_by(models.conversations.c.peer)
    return await database.read(lambda c: list(c.execute(query).scalars()))


async def _keep(database: Database, days: int | None, channel: str = "post") -> None:
    await database.write(retention.set_days, channel, days, author="staff:1", now=at(0))


async def _answered(database: Database, *events: Any, seconds: float = 0.0) -> None:
    await accepted(database, *events, seconds=seconds)
    await answer(database, await take(database, seconds + 5), seconds=seconds + 6)
    sent = models.outbox.c.state == "pending"
    await database.write(
        lambda c: c.execute(update(models.outbox).where(sent).values(state="sent", external_id=f"e{seconds}"))
    )


async def test_without_days_everything_stays_and_the_last_number_set_holds(database: Database) -> None:
    await _answered(database, wrote(1))
    assert await database.read(retention.days) == {}
    assert await retention.walk(database, at(4000 * DAY)) == {}
    await _keep(database, 30)
    await _keep(database, 7, "other")
    await _keep(database, None)
    assert await database.read(retention.days) == {"other": 7}
    assert await retention.walk(database, at(4000 * DAY)) == {}
    assert len(await rows(database)) == 2
    for wrong in (0, -1, retention.LONGEST_DAYS + 1):
        with pytest.raises(ValueError):
            await _keep(database, wrong)


async def test_what_is_older_than_its_channels_days_goes_with_all_that_was_made_of_it_and_the_rest_stays(
    database: Database,
) -> None:
    await _answered(database, wrote(1, "old words"))
    raw = Unread(channel="post", account="office", reason="old", item=b"1")
    await accepted(database, raw)
    await _answered(database, wrote(2, "new words", seconds=20 * DAY), seconds=20 * DAY)
    await _answered(database, wrote(1, "fresh", peer="ben", seconds=20 * DAY), seconds=20 * DAY)
    await accepted(database, wrote(1, "waits for ever", peer="cleo"))
    await _keep(database, 30)
    assert await retention.walk(database, at(29 * DAY)) == {}
    gone = await retention.walk(database, at(40 * DAY))
    assert (gone["messages"], gone["turns"], gone["outbox"], gone["raw_events"]) == (2, 1, 1, 1)
    assert "conversations" not in gone
    texts = str([row.parts for row in await rows(database)])
    assert "old words" not in texts
    assert all(word in texts for word in ("new words", "fresh", "waits for ever"))
    assert await retention.walk(database, at(40 * DAY)) == {}


async def test_an_empty_conversation_goes_with_its_person_unless_it_remembers_a_refusal(
    database: Database,
) -> None:
    for peer in ("ana", "ben", "cleo"):
        await _answered(database, wrote(1, peer=peer))
    blocked = models.conversations.c.peer == "ben"
    await database.write(
        lambda c: c.execute(update(models.conversations).where(blocked).values(mode="opted_out"))
    )
    await database.write(
        lambda c: c.execute(
            insert(models.consents).values(
                person=c.execute(
                    select(models.aliases.c.person).where(models.aliases.c.value == "cleo")
                ).scalar_one(),
                kind="ads",
                given=False,
                source="chat",
                at=at(0),
            )
        )
    )
    await _keep(database, 30)
    gone = await retention.walk(database, at(31 * DAY))
    assert (gone["messages"], gone["conversations"], gone["people"]) == (6, 2, 1)
    assert await _talks(database) == ["ben"]
    assert await database.read(people.find, "ana") == [] and await database.read(people.find, "cleo") != []


async def test_a_walk_goes_in_small_steps_however_long_a_conversation_is(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 3)
    monkeypatch.setattr(retention, "TALKS_AT_ONCE", 2)
    for peer in ("ana", "ben", "cleo"):
        await _answered(database, *(wrote(n, peer=peer) for n in range(4)))
    await _keep(database, 30)
    steps: list[int] = []
    forget = retention._forget

    def counted(connection: Connection, due: retention.Due) -> dict[str, int]:
        gone = forget(connection, due)
        steps.append(gone.get("messages", 0))
        return gone

    monkeypatch.setattr(retention, "_forget", counted)
    gone = await retention.walk(database, at(31 * DAY))
    assert gone["messages"] == 15 and max(steps) == 3
    assert await _talks(database) == []
