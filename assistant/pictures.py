"""Pictures are drawn anew, without what was hidden in them, in a small process of its own that may do nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from PIL import Image

FORMATS: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}
THUMBNAIL: Final = 512
"""The longer side of a thumbnail, in pixels; it is WebP."""
MOST_PIXELS: Final = 50_000_000
SECONDS: Final = 30.0
CPU_SECONDS: Final = 20
MEMORY_BYTES: Final = 1024**3
OUTPUT_BYTES: Final = 64 * 1024**2
MOVING_FRAMES, MOVING_PIXELS = 120, 16_000_000
"""What is larger than this keeps its first frame only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What became of a picture; sizes in pixels."""

    mime: str
    width: int
    height: int


class Unreadable(Exception):
    """The picture cannot be drawn: broken, too large, or it took too long."""


async def redraw(source: Path, mime: str, clean: Path, thumb: Path, *, seconds: float = SECONDS) -> Drawn:
    """Draw the picture `source` (one of FORMATS) into `clean`, and small into `thumb`. Raises Unreadable.

    The process that does it can open no file and no connection, and cannot take more than its share of time and memory.
    """
    with contextlib.ExitStack() as stack:
        given = stack.enter_context(_file(source, os.O_RDONLY))
        made = stack.enter_context(_file(clean, os.O_WRONLY | os.O_CREAT | os.O_TRUNC))
        small = stack.enter_context(_file(thumb, os.O_WRONLY | os.O_CREAT | os.O_TRUNC))
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-B", __file__, mime, str(made.fileno()), str(small.fileno())),
            stdin=given,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            pass_fds=(made.fileno(), small.fileno()),
            cwd="/",
            # Nothing of ours: the environment may hold tokens.
            env={name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ},
        )
        said = b""
        try:
            async with asyncio.timeout(seconds):
                if process.stdout is not None:
                    said = await process.stdout.read(4096)
                await process.wait()
        except TimeoutError:
            raise Unreadable("it took too long to draw") from None
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
    return _drawn(said)


def _file(path: Path, flags: int) -> BinaryIO:
    return os.fdopen(os.open(path, flags, 0o600), "rb" if flags == os.O_RDONLY else "wb")


def _drawn(said: bytes) -> Drawn:
    try:
        answer = json.loads(said)
        if "why" not in answer:
            return Drawn(mime=answer["mime"], width=int(answer["width"]), height=int(answer["height"]))
    except (ValueError, KeyError, TypeError):
        raise Unreadable("it could not be drawn") from None
    raise Unreadable(str(answer["why"])[:60])


# --- inside the process ----------------------------------------------------------------------------------


def main() -> None:
    """Read the picture from standard input, write both drawings, say on standard output what they are."""
    mime, clean, thumb = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    _rehearse(mime)
    confine()
    try:
        with os.fdopen(clean, "wb") as made, os.fdopen(thumb, "wb") as small:
            answer = _draw(sys.stdin.buffer, mime, made, small)
    except MemoryError:
        answer = {"why": "it is too large to draw"}
    except Exception:
        answer = {"why": "it is broken"}
    sys.stdout.write(json.dumps(answer))


def _rehearse(mime: str) -> None:
    """Draw something of ours first: the library loads its parts when they are needed, and soon none can be loaded."""
    from PIL import Image, MpoImagePlugin, TiffImagePlugin  # noqa: F401  they read EXIF and what phones append

    Image.preinit()
    for frames in ([], [Image.new("P", (2, 2), 1)]):
        given, exif = io.BytesIO(), Image.Exif()
        exif[0x0112] = 6  # lies on its side
        several = {"save_all": True, "append_images": frames} if frames and mime in _MOVING else {}
        Image.new("L" if mime == "image/jpeg" else "P", (2, 2)).save(
            given, FORMATS[mime], exif=exif, **several
        )
        given.seek(0)
        _draw(given, mime, io.BytesIO(), io.BytesIO())


def confine() -> None:
    """From here on: so much time, so much memory, no new file, socket or process, and behind everybody else in the queue."""
    import resource

    os.nice(10)
    for what, limit in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(what, (limit, limit))


_MOVING = ("image/webp", "image/gif")


def _draw(given: BinaryIO, mime: str, made: BinaryIO, small: BinaryIO) -> dict[str, str | int]:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # judged here, before a single pixel is decoded
    image: Image.Image = Image.open(given, formats=[FORMATS[mime]])
    if image.width * image.height > MOST_PIXELS:
        return {"why": "it has too many pixels"}
    frames = getattr(image, "n_frames", 1)
    if (
        mime in _MOVING
        and 1 < frames <= MOVING_FRAMES
        and frames * image.width * image.height <= MOVING_PIXELS
    ):
        image = _moving(image, made)
        mime = "image/webp"
    else:
        mime = "image/png" if mime == "image/gif" else mime
        image = _still(image, mime, made)
    answer: dict[str, str | int] = {"mime": mime, "width": image.width, "height": image.height}
    image.thumbnail((THUMBNAIL, THUMBNAIL))
    image.save(small, "WEBP", quality=75, method=2)
    return answer


def _still(image: Image.Image, mime: str, made: BinaryIO) -> Image.Image:
    """One picture, upright as its EXIF says, with nothing but its pixels."""
    from PIL import ImageOps

    image.load()
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I"):  # 16 bits a pixel
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    see_through = "transparency" in image.info or image.mode in ("RGBA", "RGBa", "LA", "La", "PA")
    if mime == "image/jpeg":
        image = image.convert("L" if image.mode == "L" else "RGB")
    else:
        image = image.convert("RGBA" if see_through else "L" if image.mode in ("1", "L") else "RGB")
    image = _bare(image)
    if mime == "image/png":
        image.save(made, "PNG", compress_level=4)
    else:
        image.save(made, FORMATS[mime], quality=90)
    return image


def _moving(image: Image.Image, made: BinaryIO) -> Image.Image:
    """All frames, as WebP; returns the first."""
    from PIL import ImageSequence

    frames, milliseconds = [], []
    for frame in ImageSequence.Iterator(image):
        milliseconds.append(max(20, int(frame.info.get("duration", 100))))
        frames.append(_bare(frame.convert("RGBA")))
    first, rest = frames[0], frames[1:]
    first.save(
        made, "WEBP", save_all=True, append_images=rest, duration=milliseconds, loop=0, quality=80, method=1
    )
    return first


def _bare(image: Image.Image) -> Image.Image:
    """A new picture of the same pixels: comments, EXIF, XMP and colour profiles stay with the old one."""
    from PIL import Image

    return Image.frombytes(image.mode, image.size, image.tobytes())


if __name__ == "__main__":
    main()
