"""Files that people send: which types are kept, how often one is asked for, and when files go."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import web

from assistant import media
from assistant.errors import Rejected, Throttled, Unavailable
from assistant.events import MessageDeleted, MessageEdited
from assistant.media import NotHad, file_of, safe_name, sniff
from assistant.store import media as store
from assistant.store import people
from assistant.store.database import Database
from assistant.types import Media, MediaKind
from tests.media.gallery import MP4, OGG, House, jpeg, with_secrets, zipped

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
def test_what_a_browser_or_a_computer_would_run_is_refused_whatever_its_name(
    body: bytes,
) -> None:
    for name in ("photo.jpg", "table.csv", None):
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
    full = asyncio.Event()

    async def slow(request: web.Request) -> web.StreamResponse:
        nonlocal now, most
        now += 1
        most = max(most, now)
        if now == 4:
            full.set()
        await full.wait()
        await asyncio.sleep(0.02)
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
