"""Staff send a file from the composer: what is kept of it, what goes into the channel, and what is refused with a reason."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image
from sqlalchemy import select

from assistant.store import models
from assistant.store.files import Files
from assistant.types import Capabilities, MediaKind
from tests.media.gallery import jpeg, with_secrets, zipped

from .conftest import Site
from .test_browser import WAIT, open_tab, sign_in
from .test_browser import browser as browser
from .test_takeover import HOUR, IN_PLACE, Alpha, _composer, _later, _out, _talk

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
CAPS = replace(
    Alpha.caps,
    text_limit=4000,
    media_out=(MediaKind.IMAGE, MediaKind.AUDIO, MediaKind.DOCUMENT),
    caption_limit=20,
)


async def _mine(site: Site, caps: Capabilities = CAPS) -> int:
    """Signed in, and a conversation that is taken over, on a channel that can do this."""
    await site.set_up()
    channel = Alpha()
    channel.caps = caps  # type: ignore[misc]
    site.inbound.channels["alpha"] = channel
    number = await _talk(site)
    assert (await site.post(f"/admin/inbox/{number}/take")).status == 303
    return number


async def _send(
    site: Site, number: int, body: bytes | None, name: str = "photo.jpg", caption: str = "", **options: Any
) -> aiohttp.ClientResponse:
    form = aiohttp.FormData(quote_fields=False)  # as browsers do
    form.add_field("file", io.BytesIO(body or b""), filename=name if body is not None else "")
    form.add_field("caption", caption)
    return await site.post(f"/admin/inbox/{number}/file", data=form, **options)


async def _files(site: Site) -> list[Any]:
    query = select(models.media).order_by(models.media.c.id)
    return await site.database.read(lambda connection: list(connection.execute(query).mappings()))


def _on_disk(site: Site) -> list[Path]:
    return [path for path in Files(site.context.settings.data).folder.rglob("*") if path.is_file()]


async def test_a_picture_is_drawn_anew_and_leaves_with_its_words(site: Site) -> None:
    number = await _mine(site)
    answer = await _send(site, number, with_secrets(), "from my phone.jpg", "here it is")
    assert answer.status == 303 and answer.headers["Location"].endswith("#composer")
    [file] = await _files(site)
    assert (file["source"], file["state"], file["kind"], file["name"]) == (
        "staff",
        "kept",
        "image",
        "from my phone.jpg",
    )
    kept = Files(site.context.settings.data).path(file["sha256"]).read_bytes()
    assert b"Ana" not in kept and Image.open(io.BytesIO(kept)).size == (600, 900)
    [part] = await _out(site, number)
    assert part["payload"]["type"] == "media" and part["state"] == "pending" and part["turn"] is None
    assert {name: part["payload"][name] for name in ("kind", "ref", "caption", "name")} == {
        "kind": "image",
        "ref": f"media:{file['id']}",
        "caption": "here it is",
        "name": "from my phone.jpg",
    }
    page = await (await site.get(f"/admin/inbox/{number}")).text()
    assert f"/admin/media/{file['id']}/thumb" in page and "here it is" in page
    assert (await site.get(f"/admin/media/{file['id']}/thumb")).status == 200


async def test_words_that_no_caption_holds_go_before_the_file(site: Site) -> None:
    number = await _mine(site)
    words = "more words than this channel writes below a picture"
    assert (await _send(site, number, PDF, "offer.pdf", words)).status == 303
    text, file = await _out(site, number)
    assert text["payload"]["text"] == words
    assert (file["payload"]["kind"], file["payload"]["mime"], file["payload"].get("caption")) == (
        "document",
        "application/pdf",
        None,
    )


async def test_what_a_channel_does_not_show_it_takes_as_a_document(site: Site) -> None:
    number = await _mine(site, replace(CAPS, media_out=(MediaKind.DOCUMENT,)))
    assert (await _send(site, number, jpeg())).status == 303
    [part] = await _out(site, number)
    assert part["payload"]["kind"] == "document"


@pytest.mark.parametrize(
    ("body", "name", "why"),
    [
        (b"<html><script>alert(1)</script>", "page.html", "this type of file is not accepted"),
        (b"MZ\x90\x00" + bytes(200), "photo.jpg", "this type of file is not accepted"),
        (jpeg()[:200], "photo.jpg", "the picture is broken"),
        (zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "a.docx", "macros"),
        (b"\xff\xd8\xff" + bytes(3_000_000), "photo.jpg", "it is larger than the limit"),
        (None, "", "Choose a file first."),
    ],
    ids=["page", "program", "broken picture", "macros", "too large", "none"],
)
async def test_what_is_not_sent_says_why_and_leaves_nothing(
    site: Site, body: bytes | None, name: str, why: str
) -> None:
    number = await _mine(site)
    site.context.settings.media_max_mb = 2.0
    answer = await _send(site, number, body, name, "my words", headers=IN_PLACE)
    said = await answer.text()
    assert answer.status == 422 and why in said
    assert "my words" in said or why.startswith("it is larger")
    assert await _files(site) == [] and await _out(site, number) == [] and _on_disk(site) == []


async def test_a_full_disk_is_said_and_leaves_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Files, "place", full)
    number = await _mine(site)
    answer = await _send(site, number, PDF, "offer.pdf", "my words", headers=IN_PLACE)
    said = await answer.text()
    assert answer.status == 422 and "it could not be read or written here" in said and "my words" in said
    assert await _files(site) == [] and await _out(site, number) == [] and _on_disk(site) == []


async def test_only_who_has_the_conversation_sends_files_into_it(site: Site) -> None:
    number = await _mine(site)
    assert (await site.post(f"/admin/inbox/{number}/hand-back")).status == 303
    answer = await _send(site, number, jpeg(), caption="my words", headers=IN_PLACE)
    assert answer.status == 409 and "my words" in await answer.text()
    assert await _files(site) == [] and _on_disk(site) == []


async def test_a_closed_window_takes_no_files(site: Site) -> None:
    number = await _mine(site)
    await _later(site, 25)
    await site.post(f"/admin/inbox/{number}/take")
    assert "file-chosen" not in await _composer(site, number)
    answer = await _send(site, number, jpeg(), headers=IN_PLACE)
    assert answer.status == 409 and "window is closed" in await answer.text()
    assert await _files(site) == [] and await _out(site, number) == []


async def test_a_channel_that_takes_no_files_offers_none(site: Site) -> None:
    number = await _mine(site, Alpha.caps)
    assert "file-chosen" not in await _composer(site, number)
    answer = await _send(site, number, jpeg(), headers=IN_PLACE)
    assert answer.status == 422 and "not accepted" in await answer.text()


async def test_the_dialog_offers_what_the_channel_takes(site: Site) -> None:
    number = await _mine(site, replace(CAPS, media_out=(MediaKind.IMAGE,)))
    found = re.search(r'accept="([^"]*)"', await _composer(site, number))
    assert found and ".jpg" in found[1] and ".pdf" not in found[1] and ".mp4" not in found[1]


@pytest.mark.parametrize(
    "body", [b"", b"--x\r\n", b"text=hello", b"--x\r\nContent-Disposition: form-data\r\n\r\nv\r\n--x--"]
)
async def test_a_form_that_is_none_is_refused(site: Site, body: bytes) -> None:
    number = await _mine(site)
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = await site.post(f"/admin/inbox/{number}/file", data=body, headers=headers)
    assert answer.status in (400, 422)
    other = await site.post(f"/admin/inbox/{number}/file", data={"caption": "x"})
    assert other.status == 400
    assert await _files(site) == [] and _on_disk(site) == []


async def test_one_file_sent_twice_is_kept_once_and_expires_with_both(site: Site) -> None:
    number = await _mine(site)
    for _ in range(2):
        assert (await _send(site, number, PDF, "offer.pdf")).status == 303
    first, second = await _files(site)
    assert first["sha256"] == second["sha256"] and first["id"] != second["id"]
    assert len(_on_disk(site)) == 1
    assert first["expires_at"] - site.clock.now() == site.context.settings.media_days * 24 * HOUR


@pytest.mark.browser
async def test_staff_choose_a_file_and_see_it_in_the_transcript(
    site: Site, browser: Any, tmp_path: Path
) -> None:
    number = await _mine(site)
    (tmp_path / "offer.pdf").write_bytes(PDF)
    (tmp_path / "huge.pdf").write_bytes(PDF + bytes(25_000_000))
    tab = await open_tab(browser, site)
    page = tab.page
    await sign_in(tab)
    await page.goto(f"{site.url}/admin/inbox/{number}")
    await page.click("summary:has-text('Send a file')")
    await page.set_input_files("#file-chosen", tmp_path / "huge.pdf")
    assert "larger than 20 MB" in await page.eval_on_selector("#file-chosen", "e => e.validationMessage")
    await page.set_input_files("#file-chosen", tmp_path / "offer.pdf")
    assert await page.eval_on_selector("#file-chosen", "e => e.validationMessage") == ""
    await page.fill("#file-caption", "our offer")
    await page.click("button:has-text('Send the file')")
    await page.wait_for_selector("#messages >> text=offer.pdf", timeout=WAIT)
    await page.wait_for_selector("#messages >> text=our offer", timeout=WAIT)
    assert len(await _files(site)) == 1
