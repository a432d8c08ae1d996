"""Erasing a person everywhere: rows, search index, raw webhooks, exports, files; with a receipt, and again after a restore."""

from __future__ import annotations

import asyncio
import re
import zlib
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import orjson
from sqlalchemy import Connection, delete, insert, select, text, update

from ..errors import NotFound
from . import audit, export_files, exports, people
from . import media as files_of
from .database import Database
from .files import Files
from .ledger import Entry, Ledger
from .models import aliases, conversations, erasures, media, raw_events, saved_views
from .models import people as everybody

RAW_AT_ONCE = 200
PEOPLE_AT_ONCE = 2000
_DIGESTS_AT_ONCE = 200
_MERGED_AT_ONCE = 500  # pages of the search index that one transaction rewrites
_MOST_MERGES = 10_000
_ALONE_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was deleted. `rows` by table; `log_emptied`: False when readers kept SQLite's log, which a later sweep empties."""

    id: int
    person: int
    rows: dict[str, int]
    files: int
    exports: int
    log_emptied: bool
    at: datetime

    def counts(self) -> dict[str, int]:
        """Everything counted, as the table of erasures keeps it."""
        return {
            **{table: count for table, count in self.rows.items() if count},
            "files": self.files,
            "export_files": self.exports,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Traces:
    """How the person is found where no row names them. `words`: ids, numbers, names as a platform writes them."""

    words: frozenset[str]
    hashes: tuple[str, ...]
    digests: frozenset[str]
    talks: frozenset[int]


@dataclass(slots=True)
class _Raw:
    """Raw webhooks that were looked through: which hold the person, and up to which id."""

    found: list[int] = field(default_factory=list)
    seen: int = 0


async def erase(
    database: Database,
    data: Path,
    person: int,
    *,
    actor: str,
    now: datetime,
    entry: Entry | None = None,
) -> Receipt:
    """Delete everything kept of a person, everywhere; returns when it is gone. Raises NotFound.

    With `entry` it is done for the ledger, which knows the person already.
    """
    files, ledger = Files(data), Ledger(data)
    await asyncio.to_thread(ledger.hash, "")  # its key is read, or made, away from the event loop
    traces = await database.read(_traces, person, ledger)
    raw = _Raw()
    while await database.read(_look, raw, traces.words, RAW_AT_ONCE):
        pass
    name = entry or Entry(person=person, aliases=traces.hashes, actor=actor, at=now)
    receipt = await database.write(_erase, person, traces, raw, name, data, actor, now)
    if entry is None:
        await asyncio.to_thread(ledger.append, [name])
    gone_files = await _drop_files(database, files, traces.digests)
    if database.is_sqlite:
        await _rewrite_search(database)
    receipt = replace(receipt, files=gone_files)
    await database.write(_ended, receipt.id, receipt.counts())
    return replace(receipt, log_emptied=await database.empty_log())


async def reapply(database: Database, data: Path, *, now: datetime, actor: str = "system") -> int:
    """Erase again whom the ledger names and the database, restored from an older copy, still or again holds.

    Returns how many people. What the database alone knows is added to the ledger, and what a crash left of an erasure is
    ended. Where all agree, as at every usual start, nothing more than the two lists is read.
    """
    if unfinished := await database.read(_unfinished):
        await _finish(database, unfinished)
    ledger = Ledger(data)
    written = await asyncio.to_thread(ledger.read)
    known = await database.read(_known)
    names = {entry.name for entry in written}
    if lacking := [entry for entry in known if entry.name not in names]:
        await asyncio.to_thread(ledger.append, lacking)
    applied = {entry.name for entry in known}
    waiting = {entry.name: entry for entry in written if entry.name not in applied}
    if not waiting:
        return 0
    await asyncio.to_thread(ledger.hash, "")
    found = await _again(database, ledger, list(waiting.values()))
    for person, entry in found.items():
        await erase(database, data, person, actor=actor, now=now, entry=entry)
    done = {entry.name for entry in found.values()}
    nobody = [entry for entry in waiting.values() if entry.name not in done]
    if nobody:
        await database.write(_note, nobody)
    return len(found)


# --- rows ------------------------------------------------------------------------------------------------


def _traces(connection: Connection, person: int, ledger: Ledger) -> _Traces:
    name = connection.execute(select(everybody.c.name).where(everybody.c.id == person)).first()
    if name is None:
        raise NotFound("no such person")
    known = connection.execute(select(aliases).where(aliases.c.person == person)).all()
    talks = connection.execute(
        select(conversations.c.id, conversations.c.key, conversations.c.peer, conversations.c.kind).where(
            conversations.c.person == person
        )
    ).all()
    own = [talk for talk in talks if talk.kind == "private"]
    digests = select(media.c.sha256).where(
        media.c.conversation.in_([talk.id for talk in talks]), media.c.sha256.is_not(None)
    )
    words = {name.name, *(row.value for row in known), *(talk.peer for talk in own)}
    proofs = [row for row in known if row.kind != people.PASSING]
    return _Traces(
        words=frozenset(word for word in words if word),
        hashes=tuple(
            sorted(
                {
                    *(_alias_hash(ledger, row) for row in proofs),
                    *(ledger.hash("conversation", talk.key) for talk in own),
                }
            )
        ),
        digests=frozenset(connection.execute(digests.distinct()).scalars()),
        talks=frozenset(talk.id for talk in talks),
    )


def _alias_hash(ledger: Ledger, row: Any) -> str:
    return ledger.hash("alias", row.channel, row.account, row.kind, row.value)


def _erase(
    connection: Connection,
    person: int,
    traces: _Traces,
    raw: _Raw,
    entry: Entry,
    data: Path,
    actor: str,
    now: datetime,
) -> Receipt:
    while _look(
        connection, raw, traces.words, RAW_AT_ONCE
    ):  # what came while the older ones were looked through
        pass
    rows = {str(table): count for table, count in people.erase(connection, person).items()}
    files = exports.drop_of(connection, sorted(traces.talks))
    gone_exports = export_files.delete(data, files)  # before the commit: see there
    rows["raw_events"] = 0
    for start in range(0, len(raw.found), RAW_AT_ONCE):
        some = raw.found[start : start + RAW_AT_ONCE]
        rows["raw_events"] += connection.execute(delete(raw_events).where(raw_events.c.id.in_(some))).rowcount
    rows["saved_views"] = _drop_views(connection, traces.words)
    made = connection.execute(
        insert(erasures)
        .values(person=entry.person, aliases=entry.aliases, receipt=rows, actor=entry.actor, at=entry.at)
        .returning(erasures.c.id)
    ).scalar_one()
    audit.append(
        connection,
        now=now,
        actor=actor,
        action="person.erased",
        target=f"person:{person}",
        detail={"rows": sum(rows.values()), "receipt": made},
    )
    return Receipt(
        id=made, person=person, rows=rows, files=0, exports=gone_exports, log_emptied=False, at=entry.at
    )


def _unfinished(connection: Connection) -> list[tuple[int, dict[str, int]]]:
    """Erasures whose rows are gone, but a process died before the rest was: their receipts say nothing of files."""
    rows = connection.execute(select(erasures.c.id, erasures.c.receipt).order_by(erasures.c.id))
    return [(row.id, row.receipt) for row in rows if row.receipt and "files" not in row.receipt]


async def _finish(database: Database, unfinished: Sequence[tuple[int, dict[str, int]]]) -> None:
    """Files that nobody refers to are the sweeper's to delete; how many there were is not known any more."""
    if database.is_sqlite:
        await _rewrite_search(database)
    for number, rows in unfinished:
        rest = {table: count for table, count in rows.items() if count}
        await database.write(_ended, number, rest | {"files": 0, "export_files": 0})
    await database.empty_log()


def _ended(connection: Connection, number: int, receipt: dict[str, int]) -> None:
    connection.execute(update(erasures).where(erasures.c.id == number).values(receipt=receipt))


def _drop_views(connection: Connection, words: Iterable[str]) -> int:
    """Saved views that look for this person: there are a few dozen in all."""
    found = connection.execute(select(saved_views.c.id, saved_views.c.name, saved_views.c.query)).all()
    ids = [
        row.id
        for row in found
        if any(len(word) > 2 and word in f"{row.name}\n{unquote_plus(row.query)}" for word in words)
    ]
    return connection.execute(delete(saved_views).where(saved_views.c.id.in_(ids))).rowcount


# --- raw webhooks ----------------------------------------------------------------------------------------

_STRING = re.compile(rb'"((?:[^"\\]|\\.)*)"')
_WORD = re.compile(r"[^\w.+@-]+")


def _look(connection: Connection, raw: _Raw, words: frozenset[str], limit: int) -> bool:
    """Look through the next raw webhooks; False when there were none."""
    query = select(raw_events.c.id, raw_events.c.body).where(raw_events.c.id > raw.seen)
    rows = connection.execute(query.order_by(raw_events.c.id).limit(limit)).all()
    for row in rows:
        if not words.isdisjoint(_words(row.body)):
            raw.found.append(row.id)
        raw.seen = row.id
    return bool(rows)


def _words(body: bytes) -> set[str]:
    """Every string of a kept body, whole and word by word, and every number."""
    try:
        body = zlib.decompress(body)
    except zlib.error:
        pass
    found = set(_WORD.split(body.decode(errors="replace")))
    for quoted in _STRING.findall(body):
        try:
            words = orjson.loads(b'"' + quoted + b'"')
        except ValueError:
            continue
        found.add(words)
        found.update(_WORD.split(words))
    found.discard("")
    return found | {word.lstrip("+") for word in found if word.startswith("+")}


# --- files and the search index --------------------------------------------------------------------------


async def _drop_files(database: Database, files: Files, digests: frozenset[str]) -> int:
    """Delete what no row refers to any more, in the way of the sweeper (media.py), which does it if we may not now."""
    if not digests or not await asyncio.to_thread(files.folder.is_dir):
        return 0
    gone = 0
    for _ in range(int(_ALONE_SECONDS / 0.1)):
        with ExitStack() as stack:
            if not stack.enter_context(files.swept_alone()):
                await asyncio.sleep(0.1)
                continue
            names = sorted(digests)
            for start in range(0, len(names), _DIGESTS_AT_ONCE):
                gone += await _drop_some(database, files, names[start : start + _DIGESTS_AT_ONCE])
            return gone
    return gone


async def _drop_some(database: Database, files: Files, names: Sequence[str]) -> int:
    there = [name for name in names if await asyncio.to_thread(files.path(name).exists)]
    orphans = set(names) - await database.read(files_of.referred, names)
    for name in orphans:
        await asyncio.to_thread(files.set_aside, name)
    wanted = await database.read(files_of.referred, names)
    for name in names:
        await asyncio.to_thread(files.settle, name, wanted=name in wanted)
    return len(set(there) - wanted)


async def _rewrite_search(database: Database) -> None:
    """Deleted words stay in older parts of the index until these are merged; done in steps, so that nobody waits long."""
    await database.write(_merge_search, -_MERGED_AT_ONCE)
    for _ in range(_MOST_MERGES):
        if await database.write(_merge_search, _MERGED_AT_ONCE) < 2:
            return


def _merge_search(connection: Connection, pages: int) -> int:
    """One step; fewer than two changes mean that there is nothing left to merge."""
    before = connection.execute(text("SELECT total_changes()")).scalar_one()
    connection.execute(
        text("INSERT INTO message_search(message_search, rank) VALUES ('merge', :pages)"), {"pages": pages}
    )
    return int(connection.execute(text("SELECT total_changes()")).scalar_one() - before)


# --- after a restore -------------------------------------------------------------------------------------


def _known(connection: Connection) -> list[Entry]:
    query = select(erasures.c.person, erasures.c.aliases, erasures.c.actor, erasures.c.at)
    return [
        Entry(person=row.person, aliases=tuple(row.aliases), actor=row.actor, at=row.at)
        for row in connection.execute(query.order_by(erasures.c.id))
    ]


async def _again(database: Database, ledger: Ledger, waiting: Sequence[Entry]) -> dict[int, Entry]:
    """Who of these people is in the database, from before they were erased."""
    by_hash = {one: entry for entry in waiting for one in entry.aliases}
    found: dict[int, Entry] = {}
    last = 0
    while batch := await database.read(_some_aliases, last):
        for row in batch:
            entry = by_hash.get(_alias_hash(ledger, row))
            if entry is not None and row.created_at <= entry.at:
                found[row.person] = entry
        last = batch[-1].id
    last = 0
    while batch := await database.read(_some_talks, last):
        for row in batch:
            entry = by_hash.get(ledger.hash("conversation", row.key))
            if entry is not None and row.created_at <= entry.at:
                found[row.person] = entry
        last = batch[-1].id
    return found


def _some_aliases(connection: Connection, after: int) -> list[Any]:
    query = select(aliases, everybody.c.created_at).join(everybody, everybody.c.id == aliases.c.person)
    query = query.where(aliases.c.id > after, aliases.c.kind != people.PASSING)
    return list(connection.execute(query.order_by(aliases.c.id).limit(PEOPLE_AT_ONCE)).all())


def _some_talks(connection: Connection, after: int) -> list[Any]:
    query = select(conversations.c.id, conversations.c.key, conversations.c.person, everybody.c.created_at)
    query = query.join(everybody, everybody.c.id == conversations.c.person)
    query = query.where(conversations.c.id > after, conversations.c.kind == "private")
    return list(connection.execute(query.order_by(conversations.c.id).limit(PEOPLE_AT_ONCE)).all())


def _note(connection: Connection, entries: Sequence[Entry]) -> None:
    """They are not in the database: that this was looked for once is enough."""
    for entry in entries:
        connection.execute(
            insert(erasures).values(
                person=entry.person, aliases=entry.aliases, receipt={}, actor=entry.actor, at=entry.at
            )
        )
