"""Files in the transcript: what is said of each, and `/admin/media/{id}`, where staff get it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from aiohttp import web

from ...media import safe_name
from ...pictures import THUMBNAIL
from ...store import media
from ...store.database import Database
from ...store.files import Files
from ...store.media import File, FileState, Trouble
from ...store.parts import described
from ...store.staff import StaffMember
from ...store.transcripts import MessageRow
from ...types import Direction, Media, MediaKind
from ..auth import needs
from ..context import context_of
from ..words import N_, gettext

# Whatever a file turns out to be, a browser runs nothing of it and loads nothing for it.
_CAGED = {
    "Content-Security-Policy": "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_PLAYED = ("audio/", "video/")

KINDS: Final = {
    MediaKind.IMAGE: N_("photo"),
    MediaKind.VIDEO: N_("video"),
    MediaKind.AUDIO: N_("audio"),
    MediaKind.VOICE: N_("voice note"),
    MediaKind.DOCUMENT: N_("document"),
    MediaKind.STICKER: N_("sticker"),
}
WHY: Final = {
    Trouble.REFUSED: N_("the platform no longer has it"),
    Trouble.LAPSED: N_("the platform's link to it has lapsed"),
    Trouble.UNREACHABLE: N_("the platform could not be reached"),
    Trouble.NO_CHANNEL: N_("the channel is not configured here"),
    Trouble.BAD_ADDRESS: N_("the platform named an address that is not its own"),
    Trouble.TOO_LARGE: N_("it is larger than the limit"),
    Trouble.TOO_MUCH: N_("this person sent more in a day than is kept"),
    Trouble.NOT_THE_SAME: N_("what came is not what the platform had announced"),
    Trouble.WRONG_TYPE: N_("this type of file is not accepted"),
    Trouble.MACROS: N_("it holds macros, which could run on your computer"),
    Trouble.UNREADABLE: N_("the picture is broken or has too many pixels"),
    Trouble.FAILED: N_("it could not be read or written here"),
}
"""Why a file is not here."""


def routes() -> list[web.RouteDef]:
    return [
        web.get(r"/admin/media/{id:\d{1,18}}", whole),
        web.get(r"/admin/media/{id:\d{1,18}}/thumb", thumbnail),
    ]


@needs("viewer")
async def whole(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """The file itself: sound and film may be played in the browser, all else is only saved. Ranges are served."""
    file, files = await _wanted(request)
    mime = file.mime or "application/octet-stream"
    how = "inline" if mime.startswith(_PLAYED) else "attachment"
    name = safe_name(file.name, mime, file.id)
    plain = "".join(letter if letter.isascii() and letter not in '"%;' else "_" for letter in name)
    headers = {
        "Content-Type": f"{mime}; charset=utf-8" if mime.startswith("text/") else mime,
        "Content-Disposition": f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
    }
    return await _sent(files.path(file.sha256 or ""), headers)


@needs("viewer")
async def thumbnail(request: web.Request, member: StaffMember) -> web.StreamResponse:
    file, files = await _wanted(request)
    return await _sent(files.thumb(file.sha256 or ""), {"Content-Type": "image/webp"})


async def _wanted(request: web.Request) -> tuple[File, Files]:
    context = context_of(request)
    file = await context.database.read(media.find, int(request.match_info["id"]))
    if file is None or file.state is not FileState.KEPT or file.sha256 is None:
        raise web.HTTPNotFound
    return file, Files(context.settings.data)


async def _sent(path: Path, headers: dict[str, str]) -> web.StreamResponse:
    if not await asyncio.to_thread(path.is_file):
        raise web.HTTPNotFound
    return web.FileResponse(path, headers={**_CAGED, **headers})


# --- in the transcript -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A file as a bubble shows it. `url` where it can be had; `thumb` with its size in pixels; else `trouble` says why not."""

    words: str
    url: str | None = None
    thumb: tuple[str, int, int] | None = None
    trouble: str | None = None
    waiting: bool = False


class Shelf:
    """The files of the messages on a page."""

    def __init__(self, placed: dict[tuple[int, int], File], named: dict[str, File]) -> None:
        self._placed = placed
        self._named = named

    def of(self, seq: int, number: int, part: Media) -> Shown | None:
        """What is said of the file that is part `number` of a message; None when nothing is known of it."""
        file = self._placed.get((seq, number)) or self._named.get(part.ref)
        return shown(file, part) if file is not None else None


async def shelf(database: Database, conversation: int, rows: Iterable[MessageRow]) -> Shelf:
    with_files = [
        (row.seq, part.ref if row.direction == Direction.OUT else "")
        for row in rows
        for part in row.parts
        if isinstance(part, Media)
    ]
    if not with_files:
        return Shelf({}, {})
    seqs = sorted({seq for seq, _ in with_files})
    return Shelf(*await database.read(media.of_messages, conversation, seqs, [ref for _, ref in with_files]))


def shown(file: File, part: Media) -> Shown:
    told = Media(
        kind=file.kind,
        ref="",
        name=file.name or part.name,
        bytes=file.bytes or part.bytes,
        seconds=part.seconds,
    )
    words = described(told, kind_of(told))
    match file.state:
        case FileState.WAITING:
            before = (
                gettext("being fetched (the last try: {why})") if file.error else gettext("being fetched")
            )
            return Shown(words=words, trouble=before.replace("{why}", _why(file.error)), waiting=True)
        case FileState.GONE:
            gone = gettext("could not be fetched: {why}").replace("{why}", _why(file.error))
            return Shown(words=words, trouble=gone)
        case FileState.EXPIRED:
            return Shown(words=words, trouble=gettext("no longer kept: its time was over"))
        case FileState.KEPT:
            url = f"/admin/media/{file.id}"
            if not file.width or not file.height:
                return Shown(words=words, url=url)
            scale = min(1.0, THUMBNAIL / max(file.width, file.height))
            size = max(1, round(file.width * scale)), max(1, round(file.height * scale))
            return Shown(words=words, url=url, thumb=(f"{url}/thumb", *size))


def kind_of(part: Media) -> str:
    return gettext(KINDS[part.kind])


def _why(error: str | None) -> str:
    return gettext(WHY[Trouble(error)] if error in list(Trouble) else N_("unknown"))
