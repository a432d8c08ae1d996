"""Data sets and exports on both databases: versions that stay, files without the erased and the opted-out, scrubbed text."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
import pytest
from sqlalchemy import Connection, insert, select, update

from assistant.errors import Conflict
from assistant.store import datasets, exports, models, people, reviews
from assistant.store.database import Database
from assistant.store.exports import Filter, Kind
from assistant.store.scrub import scrub

from .judged import BAD, FIXED, GOOD, made, talk
from .made import NOW


async def test_a_frozen_set_stays_as_it_is_and_its_next_version_goes_on(database: Database) -> None:
    (ana, *_), answers = await made(database, 3)
    number = await database.write(datasets.add, answers[0], dataset=None, by=ana, now=NOW)
    assert await database.write(datasets.add, answers[1], dataset=None, by=ana, now=NOW) == number
    await database.write(datasets.add, answers[1], dataset=number, by=ana, now=NOW)  # once is enough
    assert (await database.read(datasets.get, number)).items == 2
    later = await database.write(datasets.next_version, number, by=ana, now=NOW)
    with pytest.raises(Conflict):
        await database.write(datasets.add, answers[2], dataset=number, by=ana, now=NOW)
    await database.write(datasets.add, answers[2], dataset=later, by=ana, now=NOW)
    names = [(one.name, one.items) for one in await database.read(datasets.every)]
    assert names == [("Corrections v2", 3), ("Corrections", 2)]
    await database.write(datasets.split, later, 50)
    page = await database.read(datasets.items, later, ana)
    assert {one.split for one in page} <= {"train", "test"}


async def lines(database: Database, kind: Kind, limit: int = 2, **wanted: Any) -> list[exports.Line]:
    found: list[exports.Line] = []
    while some := await database.read(
        exports.lines, kind, Filter(**wanted), after=found[-1].after if found else 0, limit=limit
    ):
        found += some
    return found


def texts(found: list[exports.Line]) -> list[Any]:
    return [orjson.loads(line.text) for line in found if line.text is not None]


async def test_a_corrected_answer_is_in_every_kind_of_export(database: Database) -> None:
    (ana, *_), answers = await made(database, 3)
    await database.write(reviews.judge, answers[0], FIXED, reviewer=ana, now=NOW)
    await database.write(reviews.judge, answers[1], GOOD, reviewer=ana, now=NOW)
    await database.write(reviews.judge, answers[2], BAD, reviewer=ana, now=NOW)

    def prompt(connection: Connection) -> None:
        turn = connection.execute(
            insert(models.turns)
            .values(
                conversation=1,
                lo_seq=1,
                hi_seq=1,
                cause="message",
                lane="live",
                state="done",
                model="tiny",
                prompt={
                    "slots": {"persona": "Be kind.", "safety": "Be safe."},
                    "tools": [],
                    "turns": [{"role": "user", "text": "exactly this"}],
                    "cut": False,
                },
                started_at=NOW,
            )
            .returning(models.turns.c.id)
        ).scalar_one()
        connection.execute(
            update(models.messages).where(models.messages.c.id == answers[0]).values(turn=turn)
        )

    await database.write(prompt)
    asked = [
        {"role": "system", "content": "Be kind.\n\nBe safe."},
        {"role": "user", "content": "exactly this"},
    ]
    better = [{"role": "assistant", "content": "The better answer."}]
    sft = await lines(database, Kind.SFT)
    assert texts(sft) == [
        {"messages": asked + better},
        {
            "messages": [
                {"role": "user", "content": "question 1 of p1"},
                {"role": "assistant", "content": "answer 1 to p1"},
            ]
        },
    ]
    assert [line.skipped for line in sft] == [None, None, "not_good"]
    worse = [{"role": "assistant", "content": "answer 1 to p0"}]
    assert texts(await lines(database, Kind.DPO)) == [{"prompt": asked, "chosen": better, "rejected": worse}]
    one, two = texts(await lines(database, Kind.EVAL))
    assert (one["input"], one["expected"], one["labels"]) == (asked, "The better answer.", ["bad", "tone"])
    assert two["labels"] == ["good"] and two["meta"]["message"] == answers[1]
    raw = texts(await lines(database, Kind.RAW))
    assert [line["verdict"] for line in raw] == ["bad", "good", "bad"]
    assert raw[0]["trace"]["model"] == "tiny" and "Ana" not in str(raw)
    again = await lines(database, Kind.SFT, limit=100)
    assert [line.text for line in again] == [line.text for line in sft]


async def test_words_taken_back_are_not_exported_from_the_stored_prompt(database: Database) -> None:
    (ana, *_), [answer] = await made(database)
    await database.write(reviews.judge, answer, GOOD, reviewer=ana, now=NOW)

    def taken_back(connection: Connection) -> None:
        turn = connection.execute(
            insert(models.turns)
            .values(
                conversation=1,
                lo_seq=1,
                hi_seq=1,
                cause="message",
                lane="live",
                state="done",
                prompt={"slots": {}, "turns": [{"role": "user", "text": "my secret"}]},
                started_at=NOW,
            )
            .returning(models.turns.c.id)
        ).scalar_one()
        connection.execute(update(models.messages).where(models.messages.c.id == answer).values(turn=turn))
        connection.execute(
            update(models.messages).where(models.messages.c.seq == 1).values(deleted_at=NOW, parts=[])
        )

    await database.write(taken_back)
    [line] = await lines(database, Kind.RAW)
    assert line.skipped == "no_question"


async def test_the_opted_out_and_the_erased_are_in_no_export(database: Database) -> None:
    (ana, *_), answers = await made(database, 3)
    for answer in answers:
        await database.write(reviews.judge, answer, GOOD, reviewer=ana, now=NOW)

    def member(connection: Connection, answer: int) -> Any:
        return connection.execute(
            select(models.conversations)
            .join(models.messages, models.messages.c.conversation == models.conversations.c.id)
            .where(models.messages.c.id == answer)
        ).one()

    silent, erased, kept = [await database.read(member, answer) for answer in answers]
    whole = await lines(database, Kind.SFT)
    members = [line.conversation for line in whole]

    async def record(of: list[int], file: str) -> int | None:
        return await database.write(
            exports.record,
            kind=Kind.SFT,
            wanted=Filter(),
            manifest={"sha256": "x"},
            members=of,
            file=file,
            by=ana,
            now=NOW,
        )

    first, second = await record(members, "one"), await record([kept.id], "two")
    assert first is not None and second is not None

    def change(connection: Connection) -> list[str]:
        connection.execute(
            update(models.conversations)
            .where(models.conversations.c.id == silent.id)
            .values(mode="opted_out")
        )
        # another conversation of the same person: silence holds for it too
        talk(connection, "elsewhere")
        connection.execute(
            update(models.conversations)
            .where(models.conversations.c.peer == "elsewhere")
            .values(person=silent.person)
        )
        found = list(
            connection.execute(
                select(models.conversations.c.id).where(models.conversations.c.person == erased.person)
            ).scalars()
        )
        people.erase(connection, erased.person)
        return exports.drop_of(connection, found)

    assert await database.write(change) == ["one"]
    assert (await database.read(exports.get, first)).state == "erased"
    assert (await database.read(exports.get, second)).state == "made"
    after = await lines(database, Kind.SFT)
    assert [line.skipped for line in after] == ["opted_out", None]
    assert texts(after)[0]["messages"][-1]["content"] == "answer 1 to p2"
    assert await record(members, "three") is None  # it was read before, and is recorded too late


async def test_an_erasure_while_a_file_is_recorded_is_noticed_by_one_of_the_two(database: Database) -> None:
    (ana, *_), answers = await made(database, 20)
    members = await database.read(
        lambda c: [(row.id, row.person) for row in c.execute(select(models.conversations))]
    )

    def erase(connection: Connection, conversation: int, person: int) -> list[str]:
        people.erase(connection, person)
        return exports.drop_of(connection, [conversation])

    async def both(conversation: int, person: int) -> None:
        recorded, dropped = await asyncio.gather(
            database.write(
                exports.record,
                kind=Kind.RAW,
                wanted=Filter(),
                manifest={},
                members=[conversation],
                file=f"f{conversation}",
                by=ana,
                now=NOW,
            ),
            database.write(erase, conversation, person),
        )
        assert (recorded is None) == (dropped == [])

    await asyncio.gather(*(both(*member) for member in members))
    assert len(answers) == 20


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("call +49 170 1234567 or (030) 123 456 78", "call [phone] or [phone]"),
        ("mail ana.b+x@ex-ample.co.uk now", "mail [email] now"),
        ("wa.me/4917012345678", "wa.me/[phone]"),
        ("on 2026-11-30 14:00, from 30/11/2026", "on 2026-11-30 14:00, from 30/11/2026"),
        ("1.299.000,00 EUR or 12345", "1.299.000,00 EUR or 12345"),
        ("0170-1234567x", "[phone]x"),
    ],
)
def test_numbers_and_addresses_are_scrubbed_and_dates_and_amounts_stay(text: str, clean: str) -> None:
    assert scrub(text) == clean
