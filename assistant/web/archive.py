"""The archive a person gets of everything kept of them: a ZIP with the messages, the profile, the files, and a page to read."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import orjson

from ..media import safe_name
from ..store import parts, person_export, person_pages
from ..store.database import Database
from ..store.files import Files
from ..store.person_export import KeptFile, Said, Talk
from ..types import Media
from .pages import templates

CHUNK = 256 * 1024
_PAGE = "archive.html"


async def archive(
    database: Database, data: Path, person: int, *, now: datetime, title: Callable[[str], str]
) -> IO[bytes]:
    """Build the ZIP in a file without a name, which is gone as soon as it is closed. Raises NotFound.

    `title`: what a channel is called. Reading goes page by page, writing in a thread: it may be large.
    """
    about = await database.read(person_pages.person, person)
    profile = await database.read(person_export.profile, person)
    talks = await database.read(person_export.talks, person)
    folder = Files(data)
    made = tempfile.TemporaryFile()  # noqa: SIM115 - the caller reads and closes it
    try:
        with ZipFile(made, "w", ZIP_DEFLATED) as zipped:
            await asyncio.to_thread(_write, zipped, "profile.json", [_json(profile, pretty=True)], now)
            names: dict[int, str] = {}
            missing: set[int] = set()
            for talk in talks:
                for file in await database.read(person_export.files, talk.id):
                    names[file.id] = f"media/{file.id}-{safe_name(file.name, file.mime or '', file.id)}"
                    if not await asyncio.to_thread(_add, zipped, folder, file, names[file.id]):
                        missing.add(file.id)
            names = {number: name for number, name in names.items() if number not in missing}
            await _each(
                zipped, "messages.jsonl", now, (_line(one, names) async for one in _said(database, talks))
            )
            page = _page(database, talks, names, about.name or f"#{person}", now, title)
            await _each(zipped, "index.html", now, page)
        made.seek(0)
    except BaseException:
        made.close()
        raise
    return made


async def _said(database: Database, talks: Iterable[Talk]) -> AsyncIterator[Said]:
    for talk in talks:
        async for page in _pages(database, talk):
            for one in page:
                yield one


async def _pages(database: Database, talk: Talk) -> AsyncIterator[list[Said]]:
    after = 0
    while page := await database.read(person_export.said, talk.id, after=after):
        yield page
        after = page[-1].seq


async def _page(
    database: Database,
    talks: Iterable[Talk],
    names: dict[int, str],
    person: str,
    now: datetime,
    title: Callable[[str], str],
) -> AsyncIterator[bytes]:
    """The page to read, a piece at a time; everything in it is escaped, and nothing in it runs or is loaded from elsewhere."""
    yield _block("begin", person=person, now=now)
    for talk in talks:
        yield _block("talk", talk=talk, title=title(talk.channel))
        async for page in _pages(database, talk):
            yield _block("said", lines=[_shown(one, names) for one in page])
    yield _block("end")


def _shown(one: Said, names: dict[int, str]) -> dict[str, Any]:
    links = [
        (names[number], names[number].split("-", 1)[1]) for number in one.files.values() if number in names
    ]
    return {"row": one, "words": parts.plain_text(one.parts), "files": links}


def _line(one: Said, names: dict[int, str]) -> bytes:
    return _json(
        {
            "conversation": one.conversation,
            "seq": one.seq,
            "direction": one.direction,
            "author": one.author,
            "sent_at": one.sent_at,
            "edited_at": one.edited_at,
            "deleted_at": one.deleted_at,
            "text": parts.plain_text(one.parts),
            "parts": [
                stored | {"file": names[number]}
                if isinstance(part, Media) and (number := one.files.get(place, -1)) in names
                else stored
                for place, (part, stored) in enumerate(zip(one.parts, one.stored, strict=False))
            ],
        }
    )


def _block(name: str, **values: Any) -> bytes:
    found = templates().get_template(_PAGE)
    return "".join(found.blocks[name](found.new_context(values))).encode()


def _json(value: Any, *, pretty: bool = False) -> bytes:
    option = orjson.OPT_APPEND_NEWLINE | (orjson.OPT_INDENT_2 if pretty else 0)
    return orjson.dumps(value, default=str, option=option)


# --- on the disk -----------------------------------------------------------------------------------------


async def _each(zipped: ZipFile, name: str, now: datetime, pieces: AsyncIterator[bytes]) -> None:
    with zipped.open(_info(name, now), "w", force_zip64=True) as member:
        waiting = bytearray()
        async for piece in pieces:
            waiting += piece
            if len(waiting) >= CHUNK:
                await asyncio.to_thread(member.write, bytes(waiting))
                waiting.clear()
        await asyncio.to_thread(member.write, bytes(waiting))


def _write(zipped: ZipFile, name: str, pieces: Iterable[bytes], now: datetime) -> None:
    zipped.writestr(_info(name, now), b"".join(pieces))


def _info(name: str, now: datetime) -> ZipInfo:
    info = ZipInfo(name, now.timetuple()[:6])
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _add(zipped: ZipFile, folder: Files, file: KeptFile, name: str) -> bool:
    """Pictures and sound are packed already: they are stored as they are. False when the file is not there any more."""
    try:
        zipped.write(folder.path(file.sha256), name, ZIP_STORED)
    except FileNotFoundError:
        return False
    return True
