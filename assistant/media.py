"""Files that people send: fetched, checked, kept under the name of their content, and thrown away when nobody wants them."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import os
import random
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Final, TypeVar

import filetype
import orjson

from . import pictures
from .bus import Bus
from .channel import Channel, Fetches
from .clock import Clock
from .errors import Misconfigured, SendError, Throttled, Uncertain
from .http import Downloaded, Http, NoAnswer, NotAllowed, NotSent, TooLong
from .inbound import STAFF_TOPIC
from .settings import Settings
from .store import media as store
from .store.database import Database
from .store.files import Files
from .store.media import FileState, Kept, Trouble, Waiting
from .types import Media, MediaKind

MEDIA_BELL: Final = "media"
AT_ONCE: Final = 4
PICTURES_AT_ONCE: Final = 2
HOLD: Final = timedelta(minutes=6)  # longer than any file may take: after it, another worker tries
GIVE_UP_AFTER: Final = timedelta(hours=6)
MOST_TRIES: Final = 24  # a file that ends its worker each time is set aside after so many
TRIES_OF_WRONG_CONTENT: Final = 3
ASK_SECONDS: Final = 30.0
SWEEP: Final = 300.0  # seconds between two looks for files that nobody refers to
_LOOKED_UP_AT_ONCE: Final = 400
_DAY: Final = timedelta(days=1)

log = logging.getLogger(__name__)
T = TypeVar("T")


# --- what a file is --------------------------------------------------------------------------------------

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
TYPES: Final[Mapping[str, tuple[MediaKind, tuple[str, ...]]]] = {
    "image/jpeg": (MediaKind.IMAGE, (".jpg", ".jpeg")),
    "image/png": (MediaKind.IMAGE, (".png",)),
    "image/webp": (MediaKind.IMAGE, (".webp",)),
    "image/gif": (MediaKind.IMAGE, (".gif",)),
    "video/mp4": (MediaKind.VIDEO, (".mp4", ".m4v")),
    "video/3gpp": (MediaKind.VIDEO, (".3gp", ".3gpp")),
    "video/webm": (MediaKind.VIDEO, (".webm",)),
    "video/quicktime": (MediaKind.VIDEO, (".mov", ".qt")),
    "audio/ogg": (MediaKind.AUDIO, (".ogg", ".oga", ".opus")),
    "audio/mpeg": (MediaKind.AUDIO, (".mp3",)),
    "audio/mp4": (MediaKind.AUDIO, (".m4a", ".mp4", ".m4b")),
    "audio/aac": (MediaKind.AUDIO, (".aac",)),
    "audio/amr": (MediaKind.AUDIO, (".amr",)),
    "audio/wav": (MediaKind.AUDIO, (".wav",)),
    "application/pdf": (MediaKind.DOCUMENT, (".pdf",)),
    "application/msword": (MediaKind.DOCUMENT, (".doc",)),
    "application/vnd.ms-excel": (MediaKind.DOCUMENT, (".xls",)),
    "application/vnd.ms-powerpoint": (MediaKind.DOCUMENT, (".ppt",)),
    f"{_OFFICE}wordprocessingml.document": (MediaKind.DOCUMENT, (".docx",)),
    f"{_OFFICE}spreadsheetml.sheet": (MediaKind.DOCUMENT, (".xlsx",)),
    f"{_OFFICE}presentationml.presentation": (MediaKind.DOCUMENT, (".pptx",)),
    f"{_OPEN}text": (MediaKind.DOCUMENT, (".odt",)),
    f"{_OPEN}spreadsheet": (MediaKind.DOCUMENT, (".ods",)),
    f"{_OPEN}presentation": (MediaKind.DOCUMENT, (".odp",)),
    "text/csv": (MediaKind.DOCUMENT, (".csv",)),
    "text/plain": (MediaKind.DOCUMENT, (".txt", ".log", ".md")),
}
"""Every type that is kept, what it is when the platform called it something else, and how its name may end."""

_ALSO_CALLED = {"audio/x-wav": "audio/wav", "video/x-m4v": "video/mp4"}
_BRANDS = {
    **dict.fromkeys((b"M4A ", b"M4B "), "audio/mp4"),
    **dict.fromkeys((b"3gp4", b"3gp5", b"3gp6", b"3gp7", b"3g2a", b"3ge6", b"3gg6"), "video/3gpp"),
    **dict.fromkeys(
        (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"avc1", b"mp41", b"mp42", b"dash", b"MSNV", b"M4V "),
        "video/mp4",
    ),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_INSIDE = {
    b"word/document.xml": f"{_OFFICE}wordprocessingml.document",
    b"xl/workbook.xml": f"{_OFFICE}spreadsheetml.sheet",
    b"ppt/presentation.xml": f"{_OFFICE}presentationml.presentation",
}
_MACROS = (b"vbaProject.bin", "_VBA_PROJECT".encode("utf-16-le"))
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|svg|script|iframe|\?xml|math)", re.IGNORECASE)
_NOT_TEXT = bytes(set(range(32)) - set(b"\t\n\r\f\x1b")) + b"\x7f"


def sniff(data: bytes, name: str | None, kind: MediaKind) -> str:
    """The type of a file by its content, one of TYPES; name and kind only choose between two that look alike.

    Raises NotHad.
    """
    found: str | None = filetype.guess_mime(data[:16384])
    mime = _ALSO_CALLED.get(found or "", found)
    if data[4:8] == b"ftyp" and mime not in TYPES:
        mime = _BRANDS.get(data[8:12], mime)
    if mime == "video/mp4" and (kind in (MediaKind.AUDIO, MediaKind.VOICE) or data[8:12] == b"M4A "):
        mime = "audio/mp4"
    if data.startswith(b"PK\x03\x04") and mime not in TYPES and b"[Content_Types].xml" in data:
        mime = next((one for mark, one in _INSIDE.items() if mark in data), mime)
    if data.startswith(_OLE) and mime not in TYPES:
        mime = next((one for one in _OLD_OFFICE if (name or "").lower().endswith(TYPES[one][1])), mime)
    if mime is None and _is_text(data):
        mime = "text/csv" if (name or "").lower().endswith(".csv") else "text/plain"
    if mime is None or mime not in TYPES or not data:
        raise NotHad(Trouble.WRONG_TYPE)
    if (mime in _INSIDE.values() or mime in _OLD_OFFICE) and any(mark in data for mark in _MACROS):
        raise NotHad(Trouble.MACROS)
    return mime


_OLD_OFFICE = ("application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint")


def _is_text(data: bytes) -> bool:
    """Words in any charset; no page, drawing or script that a browser or a shell would run."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        with contextlib.suppress(UnicodeDecodeError):
            data = data.decode("utf-16").encode()
    if data.startswith(b"#!") or _MARKUP.search(data[:8192]):
        return False
    return len(data.translate(None, delete=_NOT_TEXT)) == len(data)


def kind_of(mime: str, told: MediaKind) -> MediaKind:
    """What the platform called it, unless the content is something else."""
    family = TYPES[mime][0]
    fitting = {
        MediaKind.IMAGE: (MediaKind.IMAGE, MediaKind.STICKER, MediaKind.DOCUMENT),
        MediaKind.VIDEO: (MediaKind.VIDEO, MediaKind.STICKER, MediaKind.DOCUMENT),
        MediaKind.AUDIO: (MediaKind.AUDIO, MediaKind.VOICE, MediaKind.DOCUMENT),
    }
    return told if told in fitting.get(family, (MediaKind.DOCUMENT,)) else family


def safe_name(name: str | None, mime: str, number: int) -> str:
    """A name to save a file under: no folders, nothing invisible, and an ending that says what it is."""
    plain = "".join(letter for letter in name or "" if letter.isprintable() and letter not in '/\\:*?"<>|')
    plain = plain.strip(". ")[:120] or f"file-{number}"
    endings = TYPES[mime][1] if mime in TYPES else (".bin",)
    return plain if plain.lower().endswith(endings) else plain + endings[0]


async def file_of(database: Database, data: Path, ref: str) -> Path | None:
    """Where the content of a part that we send lies, by its ref "media:12"; None when it is not (any more) here."""
    number = store.id_of(ref)
    file = await database.read(store.find, number) if number is not None else None
    if file is None or file.state is not FileState.KEPT or file.sha256 is None:
        return None
    path = Files(data).path(file.sha256)
    return path if await asyncio.to_thread(path.is_file) else None


class NotHad(Exception):
    """A file could not be had. `final`: another try would not help; `after`: seconds the platform asks us to wait."""

    def __init__(self, trouble: Trouble, *, final: bool = True, after: float | None = None) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.final = final
        self.after = after


async def known_by_content(
    files: Files,
    made: Path,
    thumb: Path,
    told: Media,
    drawing: AbstractAsyncContextManager[object] | None = None,
) -> Kept:
    """What the file `made` is. A picture drawn anew takes its place, with a small one in `thumb`. Raises NotHad.

    `told`: what whoever sent it says of it. `drawing`: keeps too many pictures from being drawn at once.
    """
    mime = await asyncio.to_thread(_sniffed, made, told)
    if mime not in pictures.FORMATS:
        sha256, size = await asyncio.to_thread(_measured, made)
        return Kept(sha256=sha256, kind=kind_of(mime, told.kind), mime=mime, bytes=size)
    clean = files.fresh()
    try:
        async with drawing or nullcontext():
            drawn = await pictures.redraw(made, mime, clean, thumb)
        sha256, size = await asyncio.to_thread(_measured, clean)
        await asyncio.to_thread(clean.replace, made)
    except pictures.Unreadable:
        raise NotHad(Trouble.UNREADABLE) from None
    finally:
        await asyncio.to_thread(_discard, clean)
    return Kept(
        sha256=sha256,
        kind=kind_of(drawn.mime, told.kind),
        mime=drawn.mime,
        bytes=size,
        width=drawn.width,
        height=drawn.height,
    )


# --- fetching --------------------------------------------------------------------------------------------


class Fetcher:
    """Fetches what waits. Any number may run: a file is taken by one of them."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        http: Http,
        bus: Bus,
        clock: Clock,
        settings: Settings,
    ) -> None:
        self._database = database
        self._channels = channels
        self._http = http
        self._bus = bus
        self._clock = clock
        self._settings = settings
        self._drawing = asyncio.Semaphore(PICTURES_AT_ONCE)
        self._running: set[asyncio.Task[None]] = set()
        self.files = Files(settings.data)

    async def step(self) -> None:
        """Start what is due, or wait for the bell."""
        at = await self._database.read(store.next_due)
        wait = 1.0 if at is None else min(1.0, (at - self._clock.now()).total_seconds())
        if wait > 0 or await self.once() == 0:
            await self._bus.wait(MEDIA_BELL, max(wait, 0.1))

    async def once(self) -> int:
        """Take what is due and start fetching it; returns how many files."""
        room = AT_ONCE - len(self._running)
        if room <= 0:
            return 0
        taken = await self._database.write(store.take, self._clock.now(), HOLD, room)
        for item in taken:
            task = asyncio.create_task(self._fetch(item), name=f"file-{item.id}")
            self._running.add(task)
            task.add_done_callback(self._finished)
        return len(taken)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            # The row still waits and is taken again after HOLD.
            log.error("a file could not be written down", extra={"error": type(error).__name__})

    async def close(self, seconds: float = 0.0) -> None:
        """Give the files under way so much time; what is not done then is fetched again later."""
        running = set(self._running)
        if running and seconds:
            await asyncio.wait(running, timeout=seconds)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def sweep(self) -> int:
        """Delete files that no row refers to; returns how many. Safe beside fetchers that come to refer to one just now.

        A file is hidden first, then the rows are looked at again. Whoever wrote a row before that look is seen; whoever
        writes one later looks for the file afterwards, and puts it back.
        """
        gone = 0
        with self.files.swept_alone() as alone:
            if not alone:
                return 0
            for names in await asyncio.to_thread(list, self.files.names()):
                for start in range(0, len(names), _LOOKED_UP_AT_ONCE):
                    gone += await self._sweep_some(names[start : start + _LOOKED_UP_AT_ONCE])
            await asyncio.to_thread(self.files.drop_unfinished, _DAY.total_seconds())
        return gone

    async def _sweep_some(self, names: list[str]) -> int:
        orphans = set(names) - await self._database.read(store.referred, names)
        await asyncio.to_thread(_each, self.files.set_aside, orphans)
        # Of all, not only of these: a sweep that was cut short may have left others aside.
        wanted = await self._database.read(store.referred, names)
        await asyncio.to_thread(_each, lambda name: self.files.settle(name, wanted=name in wanted), names)
        return len(set(names) - wanted)

    # --- one file --------------------------------------------------------------------------------------

    async def _fetch(self, item: Waiting) -> None:
        made, thumb = self.files.fresh(), self.files.fresh()
        try:
            await asyncio.to_thread(self.files.prepare)
            if item.tries > MOST_TRIES:
                raise NotHad(Trouble.FAILED)
            await self._keep(item, made, thumb)
        except NotHad as error:
            await self._not_had(item, error)
        except OSError as error:
            log.warning("a file could not be written", extra={"file": item.id, "error": type(error).__name__})
            await self._not_had(item, NotHad(Trouble.FAILED, final=False))
        finally:
            await asyncio.to_thread(_each, _discard, (made, thumb))
        frame = {"kind": "media", "conversation": item.conversation, "seq": item.seq}
        await self._bus.publish(STAFF_TOPIC, orjson.dumps(frame))

    async def _keep(self, item: Waiting, made: Path, thumb: Path) -> None:
        limit = self._limit(item.media.kind)
        if (item.media.bytes or 0) > limit:
            raise NotHad(Trouble.TOO_LARGE)
        since = self._clock.now() - _DAY
        before = await self._database.read(store.bytes_since, item.conversation, since)
        if before + (item.media.bytes or 0) > self._settings.media_mb_per_day * 1e6:
            raise NotHad(Trouble.TOO_MUCH)
        await self._download(item, limit, made)
        what = await known_by_content(self.files, made, thumb, item.media, self._drawing)
        small = thumb if what.width else None
        await asyncio.to_thread(self.files.place, what.sha256, made, small)
        expires_at = self._clock.now() + timedelta(days=self._settings.media_days)
        if await self._database.write(store.kept, item.id, what, expires_at):
            await asyncio.to_thread(self.files.place, what.sha256, made, small)  # see sweep

    def _limit(self, kind: MediaKind) -> int:
        picture = kind in (MediaKind.IMAGE, MediaKind.STICKER)
        megabytes = self._settings.media_image_max_mb if picture else self._settings.media_max_mb
        return int(megabytes * 1e6)

    async def _download(self, item: Waiting, limit: int, made: Path) -> None:
        """Ask the platform where the file is, and get it; an address that has lapsed is asked for once more."""
        channel = self._channels.get(item.address.channel)
        if channel is None:
            raise NotHad(Trouble.NO_CHANNEL, final=False)
        if not isinstance(channel, Fetches):
            raise NotHad(Trouble.NO_CHANNEL)
        status = 0
        for _ in range(2):
            came = await self._get(channel, item, limit, made)
            status = came.status
            if status == 200:
                return
            if status not in _LAPSED:
                raise NotHad(Trouble.UNREACHABLE, final=400 <= status < 500 and status not in (408, 425, 429))
        raise NotHad(Trouble.LAPSED, final=status in (404, 410))

    async def _get(self, channel: Fetches, item: Waiting, limit: int, made: Path) -> Downloaded:
        try:
            async with asyncio.timeout(ASK_SECONDS):
                offer = await channel.fetch(item.address, item.media)
            if (offer.bytes or 0) > limit:
                raise NotHad(Trouble.TOO_LARGE)
            came = await self._http.download(
                offer.url, hosts=offer.hosts, headers=offer.headers, max_bytes=limit, into=made
            )
        except NotHad:
            raise
        except SendError as error:
            wait = error.retry_after if isinstance(error, Throttled) else None
            again = error.retryable or isinstance(error, Uncertain | Misconfigured)
            raise NotHad(
                Trouble.UNREACHABLE if again else Trouble.REFUSED, final=not again, after=wait
            ) from None
        except NotAllowed as error:
            log.warning("a platform named a foreign address", extra={"file": item.id, "why": str(error)})
            raise NotHad(Trouble.BAD_ADDRESS) from None
        except TooLong:
            raise NotHad(Trouble.TOO_LARGE) from None
        except (NotSent, NoAnswer, TimeoutError):
            raise NotHad(Trouble.UNREACHABLE, final=False) from None
        except Exception as error:
            log.error(
                "an adapter failed while fetching", extra={"file": item.id, "error": type(error).__name__}
            )
            raise NotHad(Trouble.FAILED, final=False) from None
        other = offer.sha256 is not None and offer.sha256.lower() != came.sha256
        if came.status == 200 and (other or offer.bytes not in (None, came.bytes)):
            raise NotHad(Trouble.NOT_THE_SAME, final=item.tries >= TRIES_OF_WRONG_CONTENT)
        return came

    async def _not_had(self, item: Waiting, error: NotHad) -> None:
        now = self._clock.now()
        pause = timedelta(seconds=max(backoff(item.tries), error.after or 0.0))
        log.info("a file was not had", extra={"file": item.id, "why": error.trouble.value, "try": item.tries})
        if error.final or now + pause - item.created_at > GIVE_UP_AFTER:
            await self._database.write(store.refused, item.id, error.trouble)
        else:
            await self._database.write(store.later, item.id, error.trouble, now + pause)


_LAPSED = (401, 403, 404, 410)


def backoff(tries: int) -> float:
    """Seconds before try number `tries` + 1: 5 s, three times as long each time, at most an hour; less a random half."""
    return random.uniform(0.5, 1.0) * min(3600.0, 5.0 * 3.0 ** min(tries - 1, 10))


def _sniffed(path: Path, told: Media) -> str:
    return sniff(path.read_bytes(), told.name, told.kind)


def _measured(path: Path) -> tuple[str, int]:
    """SHA-256 and size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), os.fstat(file.fileno()).st_size


def _each(act: Callable[[T], object], items: Iterable[T]) -> None:
    for item in items:
        act(item)


def _discard(path: Path) -> None:
    path.unlink(missing_ok=True)
