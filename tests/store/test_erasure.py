"""An erased person is gone from every table, file and byte, leaves a receipt, and is gone again after a restore."""

from __future__ import annotations

import shutil
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update

from assistant.errors import NotFound
from assistant.events import Unread
from assistant.store import audit, erasing, export_files, models, people, person_pages
from assistant.store.database import Database
from assistant.store.files import Files
from assistant.store.ledger import Ledger
from assistant.types import Alias, Media, MediaKind, Sender

from .made import NOW, accepted, answer, at, take, wrote

MARK = "Zyzzyvaxqk"
SHA, SHARED = "a" * 64, "b" * 64


async def _person(database: Database, alias: str) -> int:
    [found] = await database.read(people.find, alias)
    return found


async def everywhere(database: Database, data: Path) -> int:
    """Ana, whose mark stands wherever something can be kept of her; and Ben, who shares a file with her."""
    sender = Sender(
        external_id="ana",
        name=f"Ana {MARK}",
        aliases=(Alias(kind="id", value="ana"), Alias(kind="username", value=f"user{MARK}")),
    )
    photo = Media(kind=MediaKind.IMAGE, ref=f"ref-{MARK}", caption=f"caption {MARK}", name=f"{MARK}.png")
    said = replace(wrote(1, f"hello {MARK}"), sender=sender)
    await accepted(database, said, replace(wrote(2, parts=(photo,)), sender=sender))
    await accepted(database, wrote(1, "hello from Ben", peer="ben"))
    await answer(database, await take(database, 5), f"dear {MARK}")
    await accepted(
        database,
        Unread(channel="post", account="office", reason="new", item=f'{{"user": "user{MARK}"}}'.encode()),
        Unread(channel="post", account="office", reason="new", item=b'{"user": "somebody"}'),
    )
    person = await _person(database, "ana")
    files = Files(data)
    for digest, words in ((SHA, MARK.encode()), (SHARED, b"shared")):
        files.path(digest).parent.mkdir(parents=True, exist_ok=True)
        files.path(digest).write_bytes(words)
    made = export_files.Writer(data, "sft")
    made.write([f"{MARK}\n".encode()])
    made.finish()
    await database.write(_marks, person, made.name)
    return person


def _marks(connection: Connection, person: int, export: str) -> None:
    def add(table: Any, **values: Any) -> int:
        return int(connection.execute(insert(table).values(**values).returning(table.c.id)).scalar_one())

    talk = connection.execute(
        select(models.conversations.c.id).where(models.conversations.c.person == person)
    ).scalar_one()
    other = connection.execute(
        select(models.conversations.c.id).where(models.conversations.c.person != person)
    ).scalar_one()
    message = connection.execute(
        select(models.messages.c.id)
        .where(models.messages.c.conversation == talk, models.messages.c.seq == 1)
        .order_by(models.messages.c.seq)
    ).scalar_one()
    connection.execute(
        update(models.conversations).where(models.conversations.c.id == talk).values(summary=f"about {MARK}")
    )
    file = {"kind": "image", "source": "inbound", "state": "kept", "created_at": NOW}
    for place, digest in ((talk, SHA), (talk, SHARED), (other, SHARED)):
        add(models.media, conversation=place, seq=9, part=0, sha256=digest, name=MARK, **file)
    connection.execute(
        update(models.media).where(models.media.c.conversation == other).values(name="plain.png")
    )
    staff = add(
        models.staff, email="a@example.org", name="Ada", role="admin", password_hash="x", created_at=NOW
    )
    add(models.notes, conversation=talk, text=f"note {MARK}", created_at=NOW)
    add(models.labels, conversation=talk, label=MARK, created_at=NOW)
    verdict = {"source": "staff", "verdict": "bad", "created_at": NOW}
    add(models.reviews, message=message, correction=f"better {MARK}", comment=MARK, **verdict)
    queue = add(models.review_queues, name="q", rule={}, created_at=NOW)
    item = add(
        models.review_items,
        queue=queue,
        conversation=talk,
        message=message,
        source="staff",
        state="open",
        created_at=NOW,
    )
    add(models.review_leases, item=item, staff=staff, state="leased", draft={"correction": MARK}, at=NOW)
    chosen = add(models.datasets, name="set", created_at=NOW)
    add(models.dataset_items, dataset=chosen, conversation=talk, message=message, created_at=NOW)
    trial = {"kind": "replay", "sampling": {}, "state": "done", "created_at": NOW}
    add(models.trials, conversation=talk, prompt={"text": MARK}, answer=MARK, **trial)
    add(models.consents, person=person, kind="notice", given=True, source=MARK, at=NOW)
    add(models.wakeups, conversation=talk, kind="x", due_at=NOW, payload={"text": MARK})
    add(models.saved_views, staff=staff, name="hers", query=f"q=Ana+{MARK}", created_at=NOW)
    add(models.saved_views, staff=staff, name="all", query="q=waiting", created_at=NOW)
    add(
        models.exports,
        kind="sft",
        filter={},
        manifest={"conversations": [talk]},
        file=export,
        state="made",
        created_at=NOW,
    )
    for number, words in connection.execute(
        select(models.messages.c.id, models.messages.c.parts).where(models.messages.c.conversation == talk)
    ).all():
        values = {"message": number, "conversation": talk, "text": f"{MARK.lower()} {len(str(words))}"}
        there = models.search_words.c.message == number
        if not connection.execute(select(models.search_words).where(there)).first():
            connection.execute(insert(models.search_words).values(**values))


def _findable(connection: Connection, words: str) -> None:
    known = select(models.search_words.c.message)
    rows = connection.execute(
        select(models.messages.c.id, models.messages.c.conversation).where(models.messages.c.id.not_in(known))
    ).all()
    for row in rows:
        connection.execute(
            insert(models.search_words).values(message=row.id, conversation=row.conversation, text=words)
        )


def bytes_with_mark(folder: Path) -> list[str]:
    """Every file below the folder that holds the mark, in whichever case, plain or compressed."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and MARK.lower().encode() in path.read_bytes().lower():
            found.append(path.name)
    return found


async def rows_with_mark(database: Database) -> list[str]:
    found = []
    for table in models.metadata.tables.values():
        for row in await database.read(lambda c, table=table: c.execute(select(table)).all()):  # type: ignore[misc]
            words = str(row)
            if table is models.raw_events:
                words += zlib.decompress(row.body).decode()
            if MARK.lower() in words.lower():
                found.append(table.name)
    return found


async def test_an_erased_person_is_in_no_row_file_or_export_and_the_receipt_says_what_went(
    database: Database, tmp_path: Path
) -> None:
    person = await everywhere(database, tmp_path)
    assert len(set(await rows_with_mark(database))) >= 15
    receipt = await erasing.erase(database, tmp_path, person, actor="staff:1", now=at(60))
    assert await rows_with_mark(database) == []
    assert not Files(tmp_path).path(SHA).exists() and Files(tmp_path).path(SHARED).exists()
    assert list((tmp_path / export_files.FOLDER).iterdir()) == []
    counts = receipt.counts()
    assert (counts["people"], counts["messages"], counts["raw_events"]) == (1, 3, 1)
    assert (counts["files"], counts["export_files"], counts["saved_views"]) == (1, 1, 1)
    [kept] = await database.read(person_pages.erased)
    assert (kept.id, kept.person, kept.receipt, kept.actor) == (receipt.id, person, counts, "staff:1")
    assert receipt.log_emptied
    [entry] = await database.read(audit.newest)
    assert (entry.action, entry.target) == ("person.erased", f"person:{person}")
    with pytest.raises(NotFound):
        await erasing.erase(database, tmp_path, person, actor="staff:1", now=at(61))
    ben = await database.read(people.export, await _person(database, "ben"))
    assert len(ben["messages"]) >= 1 and len(ben["media"]) == 1


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_no_byte_of_an_erased_person_stays_in_the_database_its_log_the_files_or_the_exports(
    database: Database, tmp_path: Path
) -> None:
    person = await everywhere(database, tmp_path)
    for n in range(40):  # each a part of its own of the search index
        await accepted(database, *(wrote(f"{n}-{m}", peer=f"p{m}") for m in range(5)))
        await database.write(_findable, f"word{n} of somebody else")
    await database.empty_log()
    assert "assistant.db" in bytes_with_mark(tmp_path)
    await erasing.erase(database, tmp_path, person, actor="staff:1", now=at(60))
    assert bytes_with_mark(tmp_path) == []
    assert (tmp_path / "assistant.db-wal").stat().st_size == 0


async def test_erasing_again_what_the_ledger_names_costs_two_lists_when_nothing_is_to_do(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await everywhere(database, tmp_path)
    await erasing.erase(database, tmp_path, person, actor="staff:1", now=at(60))

    async def never(*_: Any) -> Any:
        raise AssertionError("the aliases were read")

    monkeypatch.setattr(erasing, "_again", never)
    assert await erasing.reapply(database, tmp_path, now=at(90)) == 0


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_an_erasure_that_a_crash_cut_short_is_ended_at_the_next_start(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await everywhere(database, tmp_path)
    await accepted(database, wrote(1, peer="cleo"))
    await database.write(_findable, "somebody else")

    async def crash(_: Database) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as broken:
        broken.setattr(erasing, "_rewrite_search", crash)
        with pytest.raises(RuntimeError):
            await erasing.erase(database, tmp_path, person, actor="staff:1", now=at(60))
    assert bytes_with_mark(tmp_path) != []
    assert await erasing.reapply(database, tmp_path, now=at(90)) == 0
    assert bytes_with_mark(tmp_path) == []
    [kept] = await database.read(person_pages.erased)
    assert kept.receipt["messages"] == 3 and "files" in kept.receipt


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_who_was_erased_is_gone_again_after_a_backup_is_restored(
    database: Database, tmp_path: Path
) -> None:
    person = await everywhere(database, tmp_path)
    await database.empty_log()
    file, backup = tmp_path / "assistant.db", tmp_path / "backup"
    shutil.copy(file, backup)
    await erasing.erase(database, tmp_path, person, actor="staff:1", now=at(60))
    await database.close()
    for one in tmp_path.glob("assistant.db*"):
        one.unlink()
    backup.rename(file)
    restored = Database(f"sqlite:///{file}")
    restored.open()
    try:
        # Who writes with the same number after the erasure is somebody new.
        assert await erasing.reapply(restored, tmp_path, now=at(90)) == 1
        assert await restored.read(people.find, "ana") == []
        assert bytes_with_mark(tmp_path) == []
        assert await erasing.reapply(restored, tmp_path, now=at(91)) == 0
        await accepted(restored, wrote(7, "hello again"), seconds=100)
        shutil.copy(file, backup)
        assert await erasing.reapply(restored, tmp_path, now=at(120)) == 0
        assert len(await restored.read(people.find, "ana")) == 1
    finally:
        await restored.close()


async def test_who_writes_again_after_being_erased_is_somebody_new_also_for_a_database_without_the_list(
    database: Database, tmp_path: Path
) -> None:
    await accepted(database, wrote(1))
    person = await _person(database, "ana")
    await erasing.erase(database, tmp_path, person, actor="staff:1", now=at(60))
    await accepted(database, wrote(2), seconds=100)
    await database.write(lambda c: c.execute(models.erasures.delete()))
    assert await erasing.reapply(database, tmp_path, now=at(120)) == 0
    assert len(await database.read(people.find, "ana")) == 1


async def test_what_the_database_alone_knows_is_added_to_the_ledger(
    database: Database, tmp_path: Path
) -> None:
    await accepted(database, wrote(1))
    await erasing.erase(database, tmp_path, await _person(database, "ana"), actor="cli", now=at(60))
    ledger = Ledger(tmp_path)
    before = ledger.read()
    ledger.path.write_bytes(b'{"person": 1, "ali')  # a crash in the middle of a line
    await erasing.reapply(database, tmp_path, now=at(90))
    assert Ledger(tmp_path).read() == before
    assert "ana" not in ledger.path.read_text()


async def test_a_short_id_deletes_no_webhook_that_only_contains_its_letters(
    database: Database, tmp_path: Path
) -> None:
    items = [b'{"text": "banana"}', b'{"from": {"id": "ana"}}', b'{"from": +34600, "name": "An\\u0061"}']
    await accepted(
        database,
        wrote(1),
        *(Unread(channel="post", account="office", reason="new", item=item) for item in items),
    )
    receipt = await erasing.erase(database, tmp_path, await _person(database, "ana"), actor="cli", now=at(9))
    assert receipt.rows["raw_events"] == 2
