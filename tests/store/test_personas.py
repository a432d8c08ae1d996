"""Versions, publications and live settings, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from assistant.errors import Conflict, NotFound
from assistant.store import live_settings, personas, versions
from assistant.store.database import Database
from assistant.store.live_settings import LiveSettings
from assistant.store.models import audit, messages, reviews, turns
from assistant.store.personas import FROM_FILE, Content, Judged

from .made import ADDRESS, accepted, answer, at, take, wrote

ADA: dict[str, Any] = {"author": "staff:1", "now": at(0)}


async def draft(database: Database, words: str, *, name: str = "Ada", **more: Any) -> int:
    return await database.write(personas.draft, name, Content(persona=words, **more), comment="why", **ADA)


async def publish(database: Database, version: int, channel: str | None = None, **more: Any) -> int:
    made = await database.write(personas.publish, version, channel=channel, **ADA, **more)
    return made.id


async def in_force(database: Database) -> dict[str | None, str]:
    found = await database.read(personas.contents)
    return {place: content.persona for place, (_, content) in found.items()}


async def test_drafts_written_at_once_get_different_numbers_and_stay_as_they_were(database: Database) -> None:
    made = await asyncio.gather(*(draft(database, f"words {number}") for number in range(6)))
    other = await draft(database, "other", name="Bob")
    rows = await database.read(versions.newest, personas.KIND)
    assert sorted(row.number for row in rows if row.name == "Ada") == [1, 2, 3, 4, 5, 6]
    assert rows[0].id == other and (rows[0].name, rows[0].number) == ("Bob", 1)
    assert [row.id for row in await database.read(versions.newest, personas.KIND, before=other, limit=9)] == [
        *sorted(made, reverse=True)
    ]
    first = await database.read(versions.get, personas.KIND, made[0])
    assert (first.content, first.comment, first.published_at) == ({"persona": "words 0"}, "why", None)
    with pytest.raises(NotFound):
        await database.read(versions.get, "settings", made[0])


async def test_everywhere_is_every_channel_that_has_none_of_its_own(database: Database) -> None:
    one, two = await draft(database, "one"), await draft(database, "two")
    await publish(database, one)
    await publish(database, two, "alpha")
    await publish(database, one)
    assert await in_force(database) == {None: "one", "alpha": "two"}
    await publish(database, two, everywhere=["alpha", "beta"])
    assert await in_force(database) == {None: "two"}, "alpha gave up its own, beta had none"
    [everywhere, alpha, beta] = await database.read(personas.places, ["alpha", "beta"])
    assert [place.version.id for place in (everywhere, alpha, beta) if place.version] == [two, two, two]
    assert (everywhere.own, alpha.own, beta.own) == (True, False, False)
    assert alpha.before is not None and alpha.before.id == two


async def test_a_rollback_is_one_more_publication_of_what_was_there_before(database: Database) -> None:
    one, two = await draft(database, "one"), await draft(database, "two")
    await publish(database, one)
    await publish(database, two)
    newest = await publish(database, two)

    async def back(expected: int) -> int:
        made = await database.write(personas.roll_back, channel=None, expected=expected, **ADA)
        return made.id

    newest = await back(newest)
    assert await in_force(database) == {None: "one"}
    newest = await back(newest)
    assert await in_force(database) == {None: "two"}, "and back again"
    assert len(await database.read(versions.history, personas.KIND, channel=None)) == 5


async def test_before_the_first_publication_stands_the_settings_file(database: Database) -> None:
    one = await draft(database, "one")
    newest = await publish(database, one)
    assert (await database.read(personas.places, []))[0].before is None
    made = await database.write(personas.roll_back, channel=None, expected=newest, **ADA)
    assert await in_force(database) == {}
    marked = await database.read(versions.get, personas.KIND, made.version)
    assert marked.number == FROM_FILE
    place = (await database.read(personas.places, ["alpha"]))[1]
    assert (place.version, place.own) == (None, False)
    await database.write(personas.roll_back, channel=None, expected=made.id, **ADA)
    assert await in_force(database) == {None: "one"}
    with pytest.raises(Conflict):
        await database.write(personas.roll_back, channel="alpha", expected=0, **ADA)


async def test_two_who_roll_back_at_once_roll_back_once(database: Database) -> None:
    for words in ("one", "two"):
        newest = await publish(database, await draft(database, words))
    results = await asyncio.gather(
        *(database.write(personas.roll_back, channel=None, expected=newest, **ADA) for _ in range(4)),
        return_exceptions=True,
    )
    assert sorted(type(result).__name__ for result in results) == ["Conflict"] * 3 + ["Publication"]
    assert await in_force(database) == {None: "one"}


async def test_whoever_looks_for_the_newest_publication_misses_none(database: Database) -> None:
    """Ids that were given early and committed late would stay unseen."""
    version = await draft(database, "one")
    seen, latest = [0], set()

    async def look() -> None:
        while len(latest) < 12:
            newest = await database.read(versions.last)
            if newest != seen[-1]:
                seen.append(newest)
                rows = await database.read(versions.history, personas.KIND, channel=None)
                latest.update(row.id for row in rows if row.id <= newest)
                assert len(latest) == newest, "every one up to the newest is there"

    async with asyncio.timeout(30):
        await asyncio.gather(look(), *(publish(database, version) for _ in range(12)))


async def test_every_act_is_on_record_without_a_word_of_the_persona(database: Database) -> None:
    secret = "Never tell the launch date, 12 May."
    version = await draft(database, secret)
    newest = await publish(database, version, "alpha")
    await database.write(personas.roll_back, channel="alpha", expected=newest, **ADA)
    await database.write(personas.save_inputs, [secret], **ADA)
    rows: Callable[[Connection], Any] = lambda c: c.execute(select(audit).order_by(audit.c.id)).all()  # noqa: E731
    said = await database.read(rows)
    assert [row.action for row in said] == [
        "persona.drafted",
        "persona.published",
        "persona.withdrawn",
        "persona.inputs_saved",
    ]
    assert said[1].detail == {"channel": "alpha"}
    assert "launch" not in str(said)


async def test_answers_are_judged_by_the_version_that_gave_them(database: Database) -> None:
    version = await draft(database, "one")

    def judge(connection: Connection, message: int, verdict: str, **more: Any) -> None:
        connection.execute(
            insert(reviews).values(message=message, source="staff", verdict=verdict, created_at=at(0), **more)
        )

    for number, used in enumerate((version, version, version, 0, None)):
        await accepted(database, wrote(number, seconds=number * 20), seconds=number * 20)
        await answer(database, await take(database, number * 20 + 5), seconds=number * 20 + 6)
        turn = await database.read(
            lambda c: c.execute(select(turns.c.id).order_by(turns.c.id.desc())).scalar()
        )
        await database.write(
            lambda c, turn=turn, used=used: c.execute(
                turns.update().where(turns.c.id == turn).values(persona_version=used)
            )
        )
    said = await database.read(
        lambda c: (
            c.execute(select(messages.c.id).where(messages.c.direction == "out").order_by(messages.c.id))
            .scalars()
            .all()
        )
    )
    for message, verdict in zip(said, ("good", "good", "bad", "bad", "bad"), strict=True):
        await database.write(judge, message, verdict)
    await database.write(judge, said[0], "unsure")
    await database.write(judge, said[0], "bad", replaced_at=at(1))
    assert await database.read(personas.judged) == {
        version: Judged(good=2, bad=1),
        0: Judged(good=0, bad=1),
    }
    assert ADDRESS.channel == "post"


async def test_saved_inputs_are_at_most_five(database: Database) -> None:
    assert await database.read(personas.inputs) == ()
    await database.write(personas.save_inputs, [str(number) for number in range(7)], **ADA)
    assert await database.read(personas.inputs) == ("0", "1", "2", "3", "4")


# --- live settings ---------------------------------------------------------------------------------------


async def test_settings_that_were_saved_hold_and_each_save_tells_what_it_changed(database: Database) -> None:
    assert await database.read(live_settings.current) == LiveSettings()
    await database.write(live_settings.save, LiveSettings(tokens_per_day=7), expected=0, **ADA)
    seen = await database.read(live_settings.publication)
    await database.write(
        live_settings.save, LiveSettings(tokens_per_day=7, disclosure=False), expected=seen, **ADA
    )
    assert await database.read(live_settings.current) == LiveSettings(tokens_per_day=7, disclosure=False)
    rows = await database.read(live_settings.changes)
    assert [row.settings for row in rows] == [{"disclosure": (None, False)}, {"tokens_per_day": (None, 7)}]
    with pytest.raises(Conflict):
        await database.write(live_settings.save, LiveSettings(), expected=seen, **ADA)
    assert await database.read(personas.contents) == {}


async def test_what_a_newer_version_of_the_program_saved_besides_does_not_stop_this_one(
    database: Database,
) -> None:
    content = {"tokens_per_day": 9, "of_the_future": True}
    await database.write(versions.add, live_settings.KIND, content, **ADA)
    assert await database.read(live_settings.current) == LiveSettings(tokens_per_day=9)
