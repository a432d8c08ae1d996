"""Pictures are drawn anew: what is left of them, what is refused, and what the process that draws may do."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from assistant import pictures
from tests.media.gallery import House, bomb, jpeg, with_secrets, zipped

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
    """The numbers of this process's children. Asked of every process: a list of our own
    threads may name one that ends while it is read."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it ended since
            if int(status.read_text().rsplit(")", 1)[1].split()[1]) == os.getpid():
                found.add(status.parent.name)
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="needs /proc")
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
