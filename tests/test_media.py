"""Files that people send: what is fetched and from where, what is refused, what is left of a picture, and when files go."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import socket
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from PIL import Image
from sqlalchemy import select

from assistant import media, pictures
from assistant.buses.memory import MemoryBus
from assistant.channel import Download
from assistant.errors import Rejected, Throttled, Unavailable
from assistant.events import MessageDeleted, MessageEdited, MessageReceived
from assistant.http import Http, NoAnswer, NotAllowed, NotSent, TooLong
from assistant.media import Fetcher, NotHad, file_of, safe_name, sniff
from assistant.settings import Settings
from assistant.store import media as store
from assistant.store import people
from assistant.store.accept import accept
from assistant.store.database import Database
from assistant.store.models import media as table
from assistant.types import Address, Media, MediaKind, Sender, Text
from tests.clocks import FakeClock
from tests.databases import migrated_sqlite
from tests.store.made import RULES

# --- files to send ---------------------------------------------------------------------------------------


def jpeg(width: int = 60, height: int = 40, colour: str = "teal", **options: Any) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(made, "JPEG", **options)
    return made.getvalue()


def with_secrets() -> bytes:
    """A phone's photo: on its side, with a place, a camera, a comment and a colour profile."""
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)}
    exif[0x010F] = "CameraOfAna"
    exif[0x0112] = 6
    profile = b"profile of Ana" * 20
    return jpeg(900, 600, exif=exif, comment=b"written by Ana", icc_profile=profile)


def zipped(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, b"content of " + name.encode())
    return made.getvalue()


def bomb() -> bytes:
    """A picture of 900 megapixels in a few kilobytes: what it says of its size is true, its pixels are not worth decoding."""
    made = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(made, "PNG")
    return made.getvalue()


MP4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + b"\x00" * 64
OGG = b"OggS\x00\x02" + b"\x00" * 20 + b"OpusHead" + b"\x00" * 30


# --- a platform and the thing under test -----------------------------------------------------------------


@dataclass
class Platform:
    """A server that keeps files; what came in is remembered."""

    url: str = ""
    answers: dict[str, Callable[[web.Request], Any]] = field(default_factory=dict)
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    sent: int = 0

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.path, request.headers.get("Authorization")))
        answer = self.answers[request.path](request)
        made: web.StreamResponse = await answer if asyncio.iscoroutine(answer) else answer
        return made

    def holds(self, path: str, body: bytes, status: int = 200) -> None:
        self.answers[path] = lambda _: web.Response(status=status, body=body)

    def redirects(self, path: str, to: str) -> None:
        self.answers[path] = lambda _: web.Response(status=302, headers={"Location": to})


@asynccontextmanager
async def listening() -> AsyncIterator[Platform]:
    made = Platform()
    app = web.Application()
    app.router.add_get("/{path:.*}", made.handle)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield made
    finally:
        await runner.cleanup()


@pytest.fixture
async def platform() -> AsyncIterator[Platform]:
    async with listening() as made:
        yield made


@pytest.fixture
async def other() -> AsyncIterator[Platform]:
    async with listening() as made:
        yield made


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    made = Http()
    yield made
    await made.close()


class Gallery:
    """A channel that can be asked where a file is; `troubles` come first."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self.troubles: list[Exception] = []
        self.told: dict[str, Any] = {}
        self.fetches = 0

    async def fetch(self, address: Address, wanted: Media) -> Download:
        self.fetches += 1
        if self.troubles:
            raise self.troubles.pop(0)
        offer: dict[str, Any] = {
            "url": f"{self.platform.url}/{wanted.ref}",
            "hosts": (self.platform.host,),
            "headers": {"Authorization": "Bearer of-ours"},
        }
        return Download(**(offer | self.told))


class House:
    """A store, a channel and a fetcher, with a clock that is moved by hand."""

    def __init__(self, folder: Path, database: Database, platform: Platform, http: Http, clock: FakeClock):
        self.database, self.platform, self.http, self.clock = database, platform, http, clock
        self.gallery = Gallery(platform)
        self.settings = Settings(data=folder, media_max_mb=2.0, media_image_max_mb=1.0)
        self.bus = MemoryBus(clock)
        self.fetcher = self.new_fetcher()
        self.numbers = iter(range(1, 1000))

    def new_fetcher(self, database: Any = None) -> Fetcher:
        channels: Any = {"post": self.gallery}
        return Fetcher(database or self.database, channels, self.http, self.bus, self.clock, self.settings)

    def event(self, *parts: Media | Text, peer: str = "ana", number: int | None = None) -> MessageReceived:
        return MessageReceived(
            address=Address(channel="post", account="office", peer=peer),
            sender=Sender(external_id=peer, name=peer.title()),
            external_id=f"m{number or next(self.numbers)}",
            sent_at=self.clock.now(),
            parts=parts,
        )

    async def accepted(self, *events: Any) -> None:
        await self.database.write(accept, list(events), self.clock.now(), RULES)

    async def receive(
        self, body: bytes, kind: MediaKind = MediaKind.IMAGE, *, peer: str = "ana", **more: Any
    ) -> MessageReceived:
        """A message with one file that the platform holds, accepted."""
        ref = f"f{next(self.numbers)}"
        self.platform.holds(f"/{ref}", body)
        event = self.event(Media(kind=kind, ref=ref, **more), peer=peer)
        await self.accepted(event)
        return event

    async def work(self, fetcher: Fetcher | None = None) -> None:
        """Everything that is due now is tried once."""
        while await (fetcher or self.fetcher).once():
            await (fetcher or self.fetcher).close(seconds=20)

    async def rows(self) -> list[Any]:
        return await self.database.read(
            lambda connection: connection.execute(select(table).order_by(table.c.id)).all()
        )

    async def row(self) -> Any:
        [row] = await self.rows()
        return row

    def on_disk(self) -> list[str]:
        """Every file of the media folder, thumbnails and leftovers too."""
        folder = self.settings.data / "media"
        return sorted(path.name for path in folder.rglob("*") if path.is_file() and path.name != "sweeper")

    def content(self, row: Any) -> bytes:
        return self.fetcher.files.path(row.sha256).read_bytes()


@pytest.fixture
async def house(tmp_path: Path, platform: Platform, http: Http, clock: FakeClock) -> AsyncIterator[House]:
    database = Database(migrated_sqlite(tmp_path))
    database.open()
    made = House(tmp_path, database, platform, http, clock)
    await made.bus.start()
    yield made
    await made.fetcher.close()
    await made.bus.close()
    await database.close()


# --- pictures --------------------------------------------------------------------------------------------


async def test_a_photo_is_kept_without_the_place_where_it_was_taken(house: House) -> None:
    await house.receive(with_secrets(), name="IMG_1.jpg")
    await house.work()
    row = await house.row()
    assert (row.state, row.kind, row.mime, row.error) == ("kept", "image", "image/jpeg", None)
    assert (row.width, row.height) == (600, 900), "it stands upright"
    content = house.content(row)
    assert (len(content), hashlib.sha256(content).hexdigest()) == (row.bytes, row.sha256)
    for secret in (b"Ana", b"Exif", b"ICC_PROFILE"):
        assert secret not in content
    with Image.open(io.BytesIO(content)) as picture:
        assert not picture.getexif() and picture.size == (600, 900)
    thumb = house.fetcher.files.thumb(row.sha256)
    with Image.open(thumb) as picture:
        assert (picture.format, max(picture.size)) == ("WEBP", 512)
    for path in (house.fetcher.files.path(row.sha256), thumb):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(house.on_disk()) == 2, "nothing unfinished is left"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(bomb(), id="900 megapixels"),
        pytest.param(jpeg(400, 400)[:500], id="cut off"),
        pytest.param(b"\xff\xd8\xff\xe0" + os.urandom(3000), id="only the beginning is a picture's"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\xff" * 30, id="a size that is none"),
        pytest.param(b"RIFF\xff\xff\xff\xffWEBPVP8 " + b"\x01" * 200, id="a torn WebP"),
        pytest.param(b"GIF89a\xff\xff\xff\xff" + b"\x00" * 50, id="a torn GIF"),
    ],
)
async def test_a_picture_that_cannot_be_drawn_is_refused_with_a_reason(house: House, body: bytes) -> None:
    await house.receive(body)
    await house.work()
    row = await house.row()
    assert (row.state, row.error) == ("gone", "unreadable")
    assert house.on_disk() == []


async def test_what_is_hidden_behind_a_picture_is_gone(house: House) -> None:
    await house.receive(jpeg() + zipped("payload.exe"))
    await house.work()
    content = house.content(await house.row())
    assert b"payload.exe" not in content and b"PK\x03\x04" not in content


@pytest.mark.parametrize("form", ["PNG", "GIF", "WEBP"])
async def test_what_can_be_seen_through_stays_so(tmp_path: Path, form: str) -> None:
    given = Image.new("RGBA", (700, 20), (0, 0, 0, 0))
    given.paste((200, 10, 10, 255), (0, 0, 10, 20))
    given.save(tmp_path / "given", form)
    drawn = await pictures.redraw(
        tmp_path / "given", f"image/{form.lower()}", tmp_path / "clean", tmp_path / "thumb"
    )
    assert (drawn.width, drawn.height) == (700, 20)
    for name in ("clean", "thumb"):
        with Image.open(tmp_path / name) as picture:
            assert picture.convert("RGBA").getpixel((picture.width - 1, 0))[3] == 0  # type: ignore[index]


async def test_what_moves_goes_on_moving(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (80, 60), (step * 20, 0, 0)) for step in range(8)]
    frames[0].save(
        tmp_path / "given", "GIF", save_all=True, append_images=frames[1:], duration=90, comment=b"by Ana"
    )
    drawn = await pictures.redraw(tmp_path / "given", "image/gif", tmp_path / "clean", tmp_path / "thumb")
    assert drawn.mime == "image/webp"
    with Image.open(tmp_path / "clean") as picture:
        assert getattr(picture, "n_frames", 1) == 8
    assert b"by Ana" not in (tmp_path / "clean").read_bytes()


async def test_a_phones_picture_of_pictures_and_sixteen_bits_are_drawn(tmp_path: Path) -> None:
    small = Image.new("RGB", (30, 20))
    Image.new("RGB", (60, 40), "red").save(tmp_path / "a", "MPO", save_all=True, append_images=[small])
    Image.new("I;16", (60, 40), 65535).save(tmp_path / "b", "PNG")
    for name, mime in (("a", "image/jpeg"), ("b", "image/png")):
        drawn = await pictures.redraw(tmp_path / name, mime, tmp_path / "clean", tmp_path / "thumb")
        assert (drawn.width, drawn.height) == (60, 40)
        with Image.open(tmp_path / "clean") as picture:
            assert picture.convert("RGB").getpixel((5, 5))[0] > 200  # type: ignore[index]


def children() -> set[str]:
    return {
        number
        for task in Path("/proc/self/task").iterdir()
        for number in (task / "children").read_text().split()
    }


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc")
async def test_a_drawing_that_takes_too_long_is_ended_and_leaves_no_process(tmp_path: Path) -> None:
    (tmp_path / "given").write_bytes(jpeg())
    before = children()
    with pytest.raises(pictures.Unreadable, match="too long"):
        await pictures.redraw(
            tmp_path / "given", "image/jpeg", tmp_path / "clean", tmp_path / "thumb", seconds=0.01
        )
    assert children() <= before


def test_the_process_that_draws_can_open_nothing_and_take_little() -> None:
    code = f"""
import runpy, socket, resource, os
confine = runpy.run_path({pictures.__file__!r})["confine"]
confine()
def tried(act):
    try:
        act()
    except (OSError, MemoryError) as error:
        return type(error).__name__
    return "done"
print([tried(act) for act in (
    lambda: open("/etc/hostname"), lambda: socket.socket(), lambda: bytearray(2 * 1024**3), os.pipe,
)], resource.getrlimit(resource.RLIMIT_CPU)[0], os.nice(0) >= 10)
"""
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['OSError', 'OSError', 'MemoryError', 'OSError'] 20 True"


# --- types -----------------------------------------------------------------------------------------------

OFFICE = "application/vnd.openxmlformats-officedocument."


@pytest.mark.parametrize(
    "body, name, kind, mime",
    [
        (MP4, None, MediaKind.VIDEO, "video/mp4"),
        (MP4, None, MediaKind.VOICE, "audio/mp4"),
        (b"\x00\x00\x00\x18ftypiso5\x00\x00\x00\x00iso5dash" + b"\x00" * 9, None, MediaKind.VIDEO, "video/mp4"),
        (b"\x00\x00\x00\x18ftyp3gp4\x00\x00\x00\x003gp43gp5", None, MediaKind.VIDEO, "video/3gpp"),
        (b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  ", None, MediaKind.VIDEO, "video/quicktime"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + b"\x00" * 20, None, MediaKind.VIDEO, "video/webm"),
        (b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A mp42", None, MediaKind.AUDIO, "audio/mp4"),
        (OGG, None, MediaKind.VOICE, "audio/ogg"),
        (b"ID3\x04\x00" + b"\x00" * 20, None, MediaKind.AUDIO, "audio/mpeg"),
        (b"#!AMR\n" + b"\x3c" * 20, None, MediaKind.VOICE, "audio/amr"),
        (b"\xff\xf1\x50\x80" + b"\x21" * 20, None, MediaKind.AUDIO, "audio/aac"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x00" * 20, None, MediaKind.AUDIO, "audio/wav"),
        (b"%PDF-1.7\n" + b"x" * 20, "a.pdf", MediaKind.DOCUMENT, "application/pdf"),
        (zipped("[Content_Types].xml", "a", "b", "c", "d", "e", "word/document.xml"), "a.docx",
         MediaKind.DOCUMENT, OFFICE + "wordprocessingml.document"),
        (zipped("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"), "a.xlsx",
         MediaKind.DOCUMENT, OFFICE + "spreadsheetml.sheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "A.DOC", MediaKind.DOCUMENT, "application/msword"),
        ("naïve, 日本語\n1 < 2".encode(), "a.csv", MediaKind.DOCUMENT, "text/csv"),
        ("plain wörds".encode("latin-1"), None, MediaKind.DOCUMENT, "text/plain"),
        ("wide".encode("utf-16"), "a.txt", MediaKind.DOCUMENT, "text/plain"),
    ],
)  # fmt: skip
def test_what_is_kept_is_known_by_its_content(
    body: bytes, name: str | None, kind: MediaKind, mime: str
) -> None:
    assert sniff(body, name, kind) == mime
    assert mime in media.TYPES


REFUSED = {
    "a drawing with scripts": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "a drawing behind a prolog": b'\xef\xbb\xbf<?xml version="1.0"?>\n<svg onload="x"/>',
    "a page": b"<!DOCTYPE html><script>alert(1)</script>",
    "a page behind words": b"hello " * 50 + b"<ScRiPt src=x>",
    "a page in wide letters": "<html><script>".encode("utf-16"),
    "a Windows program": b"MZ\x90\x00" + b"\x00" * 100,
    "a Linux program": b"\x7fELF\x02\x01\x01" + b"\x00" * 100,
    "a shell script": b"#!/bin/sh\nrm -rf /\n",
    "an archive": zipped("a.txt"),
    "an Android program": zipped("AndroidManifest.xml", "classes.dex"),
    "a packed file": b"\x1f\x8b\x08\x00" + b"\x00" * 50,
    "an unknown kind of picture": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    "bytes": bytes(range(256)),
    "nothing": b"",
}


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED.keys())
@pytest.mark.parametrize("name", ["photo.jpg", "table.csv", None])
def test_what_a_browser_or_a_computer_would_run_is_refused_whatever_its_name(
    body: bytes, name: str | None
) -> None:
    with pytest.raises(NotHad, match="wrong_type"):
        sniff(body, name, MediaKind.IMAGE)


def test_documents_with_macros_are_refused() -> None:
    for body in (
        zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/vbaProject.bin"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "_VBA_PROJECT".encode("utf-16-le"),
    ):
        with pytest.raises(NotHad, match="macros"):
            sniff(body, "a.doc", MediaKind.DOCUMENT)


async def test_a_page_that_calls_itself_a_photo_is_refused_and_nothing_of_it_is_kept(house: House) -> None:
    await house.receive(REFUSED["a page"], name="me.jpg", mime="image/jpeg")
    await house.work()
    row = await house.row()
    assert (row.state, row.error) == ("gone", "wrong_type")
    assert house.on_disk() == []


@pytest.mark.parametrize(
    "name, mime, shown",
    [
        ("../../etc/passwd", "text/plain", "etcpasswd.txt"),
        ("invoice.pdf.exe", "application/pdf", "invoice.pdf.exe.pdf"),
        ("run.bat", "text/plain", "run.bat.txt"),
        ("a\u202efdp.exe", "application/pdf", "afdp.exe.pdf"),
        ('quo"te\r\nX: y.jpg', "image/jpeg", "quoteX y.jpg"),
        ("été.PDF", "application/pdf", "été.PDF"),
        (None, "audio/ogg", "file-7.ogg"),
        ("...", "odd/type", "file-7.bin"),
    ],
)
def test_a_file_is_saved_under_a_harmless_name_that_says_what_it_is(
    name: str | None, mime: str, shown: str
) -> None:
    assert safe_name(name, mime, 7) == shown


async def test_a_document_that_is_a_picture_is_drawn_anew_as_well(house: House) -> None:
    await house.receive(with_secrets(), MediaKind.DOCUMENT, name="scan.jpg")
    await house.receive(b"%PDF-1.7\nx", MediaKind.IMAGE)
    await house.work()
    scan, paper = await house.rows()
    assert (scan.kind, scan.mime, scan.width) == ("document", "image/jpeg", 600)
    assert b"Ana" not in house.content(scan)
    assert (paper.kind, paper.mime, paper.width) == ("document", "application/pdf", None)


# --- what is fetched from where --------------------------------------------------------------------------


async def got(http: Http, into: Path, url: str, *hosts: str, **options: Any) -> Any:
    options = {"headers": {"Authorization": "Bearer of-ours"}, "max_bytes": 1_000_000} | options
    return await http.download(url, hosts=hosts, into=into, **options)


async def test_a_file_arrives_with_its_size_hash_and_claimed_type(
    http: Http, platform: Platform, tmp_path: Path
) -> None:
    platform.holds("/a", b"content")
    local = f"localhost:{platform.host.partition(':')[2]}"
    for url, host in ((f"{platform.url}/a", platform.host), (f"http://{local}/a", local)):
        came = await got(http, tmp_path / "file", url, host)
        assert (came.status, came.bytes, came.mime) == (200, 7, "application/octet-stream")
        assert came.sha256 == hashlib.sha256(b"content").hexdigest()
        assert (tmp_path / "file").read_bytes() == b"content"
        assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600
    assert platform.asked == [("/a", "Bearer of-ours")] * 2
    platform.holds("/b", b"no", status=404)
    assert (await got(http, tmp_path / "none", f"{platform.url}/b", platform.host)).status == 404
    assert not (tmp_path / "none").exists()


async def test_thirty_megabytes_are_cut_at_the_limit_while_they_come(
    http: Http, platform: Platform, tmp_path: Path
) -> None:
    async def stream(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        for _ in range(480):
            await answer.write(b"x" * 65536)
            platform.sent += 65536
        return answer

    platform.answers["/endless"] = stream
    platform.answers["/long"] = lambda _: web.Response(body=b"x" * 3_000_000)
    for path in ("/endless", "/long"):
        with pytest.raises(TooLong):
            await got(http, tmp_path / "file", platform.url + path, platform.host)
    assert not (tmp_path / "file").exists()
    assert platform.sent < 15_000_000  # the limit and what the sockets of both sides hold


async def test_a_file_that_drips_is_given_up(http: Http, platform: Platform, tmp_path: Path) -> None:
    async def drip(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        for _ in range(200):
            await answer.write(b"x")
            await asyncio.sleep(0.02)
        return answer

    async def silence(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(5)
        return web.Response()

    platform.answers |= {"/drip": drip, "/silence": silence}
    for path, limits in (("/drip", {"total_seconds": 0.15}), ("/silence", {"idle_seconds": 0.1})):
        started = time.monotonic()
        with pytest.raises(NoAnswer):
            await got(http, tmp_path / "file", platform.url + path, platform.host, **limits)
        assert time.monotonic() - started < 2
    assert not (tmp_path / "file").exists()


async def test_a_small_body_that_unfolds_is_not_unfolded(
    http: Http, platform: Platform, tmp_path: Path
) -> None:
    packed = {"Content-Encoding": "gzip"}
    platform.answers["/packed"] = lambda _: web.Response(body=b"\x1f\x8b\x08", headers=packed)
    with pytest.raises(NoAnswer):
        await got(http, tmp_path / "file", f"{platform.url}/packed", platform.host)


async def test_a_redirect_goes_to_the_platforms_hosts_only_and_without_the_token(
    http: Http, platform: Platform, other: Platform, tmp_path: Path
) -> None:
    other.holds("/file", b"content")
    platform.redirects("/away", f"{other.url}/file")
    came = await got(http, tmp_path / "file", f"{platform.url}/away", platform.host, other.host)
    assert came.bytes == 7
    assert other.asked == [("/file", None)]
    with pytest.raises(NotAllowed):
        await got(http, tmp_path / "file", f"{platform.url}/away", platform.host)
    assert len(other.asked) == 1


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1/", "https://127.0.0.1/", "https://[::1]/", "file:///etc/passwd", "https://10.0.0.1/",
     "https://169.254.169.254/latest", "//user@files.example/", "https://files.example:8443/", "ftp://files.example/x"],
)  # fmt: skip
async def test_a_redirect_inwards_is_not_followed(
    http: Http, platform: Platform, tmp_path: Path, target: str
) -> None:
    platform.redirects("/inwards", target)
    with pytest.raises(NotAllowed):
        await got(http, tmp_path / "file", f"{platform.url}/inwards", platform.host, "files.example")


async def test_redirects_end(http: Http, platform: Platform, tmp_path: Path) -> None:
    platform.redirects("/circle", "/circle")
    with pytest.raises(NotAllowed, match="too many"):
        await got(http, tmp_path / "file", f"{platform.url}/circle", platform.host)
    assert [token for _, token in platform.asked] == ["Bearer of-ours", None, None]


@pytest.mark.parametrize(
    "spelling",
    ["127.0.0.1", "2130706433", "0x7f.1", "127.1", "0177.0.0.1", "①②⑦.⓪.⓪.①", "[::1]", "[::ffff:127.0.0.1]",
     "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[fe80::1%25lo]", "0.0.0.0", "0",
     "localhost", "LOCALHOST", "localhost.", "10.1.2.3", "192.168.0.1", "169.254.169.254", "[fd00::1]", "100.64.0.1"],
)  # fmt: skip
async def test_no_spelling_of_a_private_address_is_asked_even_when_a_platform_lists_it(
    http: Http, platform: Platform, tmp_path: Path, spelling: str
) -> None:
    """`platform` listens on 127.0.0.1: nothing may arrive there."""
    port = platform.host.partition(":")[2]
    bare = spelling.strip("[]")
    listed = (spelling, bare, bare.lower(), "127.0.0.1", "*.example")
    for url in (f"https://{spelling}/x", f"https://{spelling}:{port}/x", f"http://{spelling}:{port}/x"):
        with pytest.raises((NotAllowed, NotSent)):  # not sent: there is no such name here
            await got(http, tmp_path / "file", url, *listed)
    assert platform.asked == []


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "64:ff9b::7f00:1", "::ffff:10.0.0.7", "fd12::1"],
)
async def test_a_platforms_name_that_resolves_to_a_private_address_is_not_asked(
    http: Http, tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name's owner decides what it resolves to; the connection goes to the address that was checked."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET

    def resolved(*_: Any, **__: Any) -> list[Any]:
        return [(family, socket.SOCK_STREAM, 6, "", (address, 443, 0, 0)[: 4 if ":" in address else 2])]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    with pytest.raises(NotAllowed):
        await got(http, tmp_path / "file", "https://cdn.files.example/x", "*.files.example")


@pytest.mark.parametrize(
    "url",
    ["https://files.example.evil.example/x", "https://evilfiles.example/x", "https://files.example@evil.example/x",
     "https://evil.example/files.example", "https://files.example%2eevil.example/", "http://files.example/x",
     "https://files.example:444/x", "https://sub.files.example/x", "https:///x", "files.example/x", ""],
)  # fmt: skip
async def test_only_the_named_hosts_over_https_are_asked(http: Http, tmp_path: Path, url: str) -> None:
    with pytest.raises(NotAllowed):
        await got(http, tmp_path / "file", url, "files.example", "*.other.example")


# --- trying, giving up -----------------------------------------------------------------------------------


async def test_a_lapsed_address_is_asked_for_once_more(house: House) -> None:
    await house.receive(jpeg())
    [path] = house.platform.answers
    body = house.platform.answers[path]
    lapsed = iter([web.Response(status=410)])
    house.platform.answers[path] = lambda request: next(lapsed, None) or body(request)
    await house.work()
    assert (await house.row()).state == "kept"
    assert house.gallery.fetches == 2


@pytest.mark.parametrize(
    "status, state", [(404, "gone"), (410, "gone"), (401, "waiting"), (503, "waiting"), (400, "gone")]
)
async def test_what_the_platform_does_not_give_is_gone_or_tried_later(
    house: House, status: int, state: str
) -> None:
    await house.receive(jpeg())
    [path] = house.platform.answers
    house.platform.holds(path, b"", status=status)
    await house.work()
    row = await house.row()
    assert row.state == state
    assert row.error == ("lapsed" if status in (401, 404, 410) else "unreachable")


async def test_a_file_the_platform_calls_gone_is_not_asked_for_again(house: House) -> None:
    await house.receive(jpeg())
    house.gallery.troubles = [Rejected("gone")]
    await house.work()
    house.clock.advance(7200)
    await house.work()
    row = await house.row()
    assert (row.state, row.error, row.attempts, house.gallery.fetches) == ("gone", "refused", 1, 1)


async def test_a_file_that_cannot_be_had_now_is_tried_again_for_six_hours(house: House) -> None:
    await house.receive(jpeg())
    house.gallery.troubles = [Unavailable("away")] * 100
    started, tries = house.clock.now(), []
    for _ in range(40):
        await house.work()
        row = await house.row()
        tries.append(house.clock.now())
        if row.state != "waiting":
            break
        assert row.next_at > house.clock.now()
        house.clock.advance((row.next_at - house.clock.now()).total_seconds())
    assert (row.state, row.error) == ("gone", "unreachable")
    assert 6 <= len(tries) <= 20
    assert (tries[1] - started).total_seconds() <= 5
    assert 3600 < (tries[-1] - started).total_seconds() <= 6 * 3600


async def test_a_platform_that_asks_to_wait_is_waited_for(house: House) -> None:
    await house.receive(jpeg())
    house.gallery.troubles = [Throttled(retry_after=600)]
    await house.work()
    assert (await house.row()).next_at == house.clock.now() + media.timedelta(seconds=600)
    house.clock.advance(600)
    await house.work()
    assert (await house.row()).state == "kept"


async def test_an_adapter_that_fails_and_a_foreign_address_hurt_nobody_else(house: House) -> None:
    await house.receive(jpeg())
    house.gallery.troubles = [ValueError("inside an adapter")]
    await house.receive(jpeg(colour="red"))
    await house.work()
    assert sorted(row.state for row in await house.rows()) == ["kept", "waiting"]
    house.gallery.told = {"url": "https://evil.example/x"}
    await house.receive(jpeg(colour="blue"))
    await house.work()
    assert (await house.rows())[2].error == "bad_address"


@pytest.mark.parametrize("told", [{"sha256": "00" * 32}, {"bytes": 5}])
async def test_content_that_is_not_what_was_announced_is_not_kept(house: House, told: dict[str, Any]) -> None:
    await house.receive(jpeg())
    house.gallery.told = told
    for _ in range(3):
        assert (await house.row()).state == "waiting"
        await house.work()
        house.clock.advance(3600)
    row = await house.row()
    assert (row.state, row.error, house.on_disk()) == ("gone", "not_the_same", [])


async def test_the_announced_hash_and_size_are_of_what_comes_not_of_what_is_kept(house: House) -> None:
    body = with_secrets()
    await house.receive(body)
    house.gallery.told = {"sha256": hashlib.sha256(body).hexdigest().upper(), "bytes": len(body)}
    await house.work()
    assert (await house.row()).state == "kept"


async def test_files_over_the_limit_of_their_kind_are_refused_before_or_while_they_come(house: House) -> None:
    await house.receive(b"x", MediaKind.VIDEO, bytes=2_000_001)  # announced by the message
    await house.receive(os.urandom(1_200_000), MediaKind.IMAGE)  # a picture's limit is lower
    await house.receive(b"words " * 200_000, MediaKind.DOCUMENT)
    await house.work()
    assert [(row.state, row.error) for row in await house.rows()] == [
        ("gone", "too_large"),
        ("gone", "too_large"),
        ("kept", None),
    ]
    assert house.gallery.fetches == 2


async def test_one_person_cannot_fill_the_disk_in_a_day(house: House) -> None:
    house.settings.media_mb_per_day = 1.5
    for _ in range(3):
        await house.receive(b"words " * 150_000, MediaKind.DOCUMENT, bytes=900_000)
        await house.work()
    await house.receive(b"words", MediaKind.DOCUMENT, peer="ben")
    await house.work()
    assert [row.error for row in await house.rows()] == [None, "too_much", "too_much", None]
    house.clock.advance(86400 + 1)
    await house.receive(b"words " * 150_000, MediaKind.DOCUMENT, bytes=900_000)
    await house.work()
    assert (await house.rows())[4].state == "kept"


async def test_four_files_are_fetched_at_once_and_no_more(house: House) -> None:
    now, most = 0, 0

    async def slow(request: web.Request) -> web.StreamResponse:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.05)
        now -= 1
        return web.Response(body=b"words")

    for _ in range(10):
        await house.receive(b"", MediaKind.DOCUMENT)
    house.platform.answers = dict.fromkeys(house.platform.answers, slow)
    assert await house.fetcher.once() == 4
    assert await house.fetcher.once() == 0
    await house.fetcher.close(seconds=5)
    await house.work()
    assert [row.state for row in await house.rows()] == ["kept"] * 10
    assert most == 4


async def test_the_loop_fetches_what_arrives_and_tells_staff_pages(house: House) -> None:
    async def forever() -> None:
        while True:
            await house.fetcher.step()

    async with house.bus.subscribe("staff") as frames:
        loop = asyncio.create_task(forever())
        await house.receive(jpeg())
        await house.bus.ring(media.MEDIA_BELL)
        async with asyncio.timeout(10):
            frame = await anext(aiter(frames))
        loop.cancel()
        await asyncio.gather(loop, return_exceptions=True)
    assert b'"media"' in frame
    assert (await house.row()).state == "kept"


# --- how files go ----------------------------------------------------------------------------------------


async def test_the_same_file_sent_twice_lies_there_once_until_the_last_is_gone(house: House) -> None:
    first = await house.receive(with_secrets())
    second = await house.receive(with_secrets(), peer="ben")
    await house.work()
    one, two = await house.rows()
    assert one.sha256 == two.sha256
    assert len(house.on_disk()) == 2, "one file and its thumbnail"
    for event, left in ((first, 2), (second, 0)):
        gone = MessageDeleted(address=event.address, external_id=event.external_id, at=house.clock.now())
        await house.accepted(gone)
        await house.fetcher.sweep()
        assert len(house.on_disk()) == left
    assert await house.rows() == []


async def test_an_unsent_message_takes_its_file_along_even_while_it_is_fetched(house: House) -> None:
    event = await house.receive(jpeg())
    [path] = house.platform.answers
    body = house.platform.answers[path]
    gone = MessageDeleted(address=event.address, external_id=event.external_id, at=house.clock.now())

    async def taken_back(request: web.Request) -> Any:
        await house.accepted(gone)
        return body(request)

    house.platform.answers[path] = taken_back
    await house.work()
    assert await house.rows() == []
    await house.fetcher.sweep()
    assert house.on_disk() == []


async def test_an_edit_keeps_the_file_that_stays_and_fetches_the_one_that_is_new(house: House) -> None:
    event = await house.receive(jpeg())
    await house.work()
    before = await house.row()
    [part] = event.parts
    assert isinstance(part, Media)
    named = {"address": event.address, "external_id": event.external_id, "at": house.clock.now()}
    captioned = Media(kind=part.kind, ref=part.ref, caption="now with words")
    await house.accepted(MessageEdited(**named, parts=(captioned,)))  # type: ignore[arg-type]
    assert await house.row() == before
    house.platform.holds("/new", jpeg(colour="red"))
    await house.accepted(MessageEdited(**named, parts=(Media(kind=part.kind, ref="new"),)))  # type: ignore[arg-type]
    await house.work()
    await house.fetcher.sweep()
    after = await house.row()
    assert after.state == "kept" and after.sha256 != before.sha256
    assert house.on_disk() == [after.sha256, f"{after.sha256}.thumb"]


async def test_an_erased_persons_files_leave_the_disk_and_nobody_elses(house: House) -> None:
    await house.receive(jpeg(colour="red"))
    await house.receive(jpeg(colour="blue"), peer="ben")
    await house.work()
    [ana] = await house.database.read(people.find, "ana")
    exported = await house.database.read(people.export, ana)
    assert [row["sha256"] for row in exported["media"]] == [(await house.rows())[0].sha256]
    assert (await house.database.write(people.erase, ana))["media"] == 1
    assert await house.fetcher.sweep() == 1
    left = await house.row()
    assert house.on_disk() == [left.sha256, f"{left.sha256}.thumb"]


class Meddled:
    """A database beside which something else happens after the sweeper's look number `after`."""

    def __init__(self, database: Database, after: int, what: Callable[[], Any]) -> None:
        self._database, self._left, self._what = database, after, what

    async def read(self, function: Any, *args: Any) -> Any:
        found = await self._database.read(function, *args)
        self._left -= 1
        if self._left == 0:
            await self._what()
        return found


@pytest.mark.parametrize("after", [1, 2])
async def test_a_file_that_is_wanted_again_while_it_is_swept_stays(house: House, after: int) -> None:
    event = await house.receive(jpeg())
    await house.work()
    gone = MessageDeleted(address=event.address, external_id=event.external_id, at=house.clock.now())
    await house.accepted(gone)

    async def sent_again() -> None:
        await house.receive(jpeg())
        await house.work()

    await house.new_fetcher(Meddled(house.database, after, sent_again)).sweep()
    row = await house.row()
    assert row.state == "kept"
    assert house.on_disk() == [row.sha256, f"{row.sha256}.thumb"]
    await house.fetcher.sweep()
    assert house.content(row)


class SweptBefore:
    """A database; just before a file is recorded, a sweeper of another process comes by."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.read = house.database.read

    async def write(self, function: Any, *args: Any) -> Any:
        if function is store.kept:
            assert await self._house.fetcher.sweep() == 1
        return await self._house.database.write(function, *args)


async def test_a_file_swept_between_being_written_and_being_recorded_is_put_back(house: House) -> None:
    await house.receive(jpeg())
    await house.work(house.new_fetcher(SweptBefore(house)))
    row = await house.row()
    assert row.state == "kept"
    assert house.on_disk() == [row.sha256, f"{row.sha256}.thumb"]


async def test_a_sweep_that_was_cut_short_is_made_good_by_the_next(house: House) -> None:
    await house.receive(jpeg())
    await house.work()
    row = await house.row()
    house.fetcher.files.set_aside(row.sha256)
    unfinished = house.fetcher.files.fresh()
    unfinished.write_bytes(b"x")
    os.utime(unfinished, (0, 0))
    assert await house.fetcher.sweep() == 0
    assert house.on_disk() == [row.sha256, f"{row.sha256}.thumb"]
    with house.fetcher.files.swept_alone() as alone:
        assert alone
        assert await house.new_fetcher().sweep() == 0, "one at a time"


async def test_a_part_that_we_send_finds_its_file_as_long_as_it_is_kept(house: House) -> None:
    await house.receive(jpeg())
    await house.work()
    row = await house.row()
    path = await file_of(house.database, house.settings.data, f"media:{row.id}")
    assert path is not None and path.read_bytes() == house.content(row)
    for ref in ("media:999", "media:", "media:x", "media:" + "9" * 40, str(row.id)):
        assert await file_of(house.database, house.settings.data, ref) is None
    path.unlink()
    assert await file_of(house.database, house.settings.data, f"media:{row.id}") is None
