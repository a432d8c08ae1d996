"""What a message is made of on a phone: words, files, places, cards and things to press, and samples to send."""

from __future__ import annotations

import base64
import hashlib
import struct
import zlib
from dataclasses import dataclass

FILE_KINDS = ("image", "video", "audio", "voice", "document", "sticker")


class NotHere(Exception):
    """People cannot do this on that platform."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file as it lies on a platform. `seconds` is how long it plays, 0 for what does not."""

    data: bytes
    mime: str
    name: str
    seconds: int = 0

    @property
    def sha256(self) -> bytes:
        return hashlib.sha256(self.data).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place on the map, in degrees."""

    latitude: float
    longitude: float
    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A contact card."""

    name: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """Something under a message that can be pressed. `kind`: reply, row, quick_reply, postback, callback or url.

    `id` is what the business put there, `hint` a row's second line; `url` is opened by the phone, nobody is told.
    """

    title: str
    id: str
    kind: str
    hint: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What one message holds. `kind`: text, a kind of file, location or contact; `text` is the words or the caption."""

    kind: str = "text"
    text: str = ""
    file: File | None = None
    link: str = ""
    spot: Spot | None = None
    card: Card | None = None
    buttons: tuple[Button, ...] = ()
    spans: tuple[dict[str, object], ...] = ()
    reply_to: str | None = None
    thread: str | None = None
    public: bool = False
    forwarded: bool = False


# --- samples ---------------------------------------------------------------------------------------------


def sample(kind: str) -> File:
    """A small real file of a kind; ValueError for a kind without one."""
    makers = {
        "image": lambda: File(data=jpeg(), mime="image/jpeg", name="photo.jpg"),
        "video": lambda: File(data=mp4(), mime="video/mp4", name="clip.mp4", seconds=2),
        "audio": lambda: File(data=mp3(), mime="audio/mpeg", name="song.mp3", seconds=2),
        "voice": lambda: File(data=opus(), mime="audio/ogg", name="voice.ogg", seconds=3),
        "document": lambda: File(data=pdf(), mime="application/pdf", name="offer.pdf"),
        "sticker": lambda: File(data=webp(), mime="image/webp", name="sticker.webp"),
    }
    if kind not in makers:
        raise ValueError(f"there is no sample of a {kind}")
    return makers[kind]()


def png(width: int = 8, height: int = 8) -> bytes:
    """A red picture."""
    rows = b"".join(b"\x00" + b"\xd0\x20\x30" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def jpeg() -> bytes:
    """A grey picture, the smallest that decoders take."""
    table = "//////////////////////////////////////////////////////////////////////////////////////"
    head = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP" + table
    return base64.b64decode(
        head + "wAALCAACAAIBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAv/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AT//Z"
    )


def webp() -> bytes:
    """A lossless picture of one pixel."""
    return base64.b64decode("UklGRhwAAABXRUJQVlA4TA8AAAAvAAAAAAcQRY7+ByKi/wEA")


def opus() -> bytes:
    """An Ogg stream that begins as every voice note does: the Opus header and its tags."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 16000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 7) + b"sandbox" + struct.pack("<I", 0)
    return _page(head, 2, 0) + _page(tags, 0, 1) + _page(b"\x08" + b"\xff\xfe" * 8, 4, 2)


def mp3() -> bytes:
    """Two silent frames behind an empty tag."""
    return b"ID3\x03\x00\x00\x00\x00\x00\x00" + (b"\xff\xfb\x10\xc4" + bytes(100)) * 2


def mp4() -> bytes:
    """The head of a film without pictures."""
    brand = b"isom\x00\x00\x02\x00isomiso2mp41"
    return struct.pack(">I", 8 + len(brand)) + b"ftyp" + brand + struct.pack(">I", 8) + b"mdat"


def pdf() -> bytes:
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"


def _page(packet: bytes, flags: int, number: int) -> bytes:
    lacing = bytes([255] * (len(packet) // 255) + [len(packet) % 255])
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, flags, 0, 7, number, 0, len(lacing)) + lacing
    page = bytearray(head + packet)
    page[22:26] = struct.pack("<I", _ogg_checksum(bytes(page)))
    return bytes(page)


def _ogg_checksum(page: bytes) -> int:
    value = 0
    for byte in page:
        value ^= byte << 24
        for _ in range(8):
            value = ((value << 1) ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
    return value


SIGNATURES: tuple[tuple[bytes, int, str], ...] = (
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"WEBP", 8, "image/webp"),
    (b"GIF8", 0, "image/gif"),
    (b"OggS", 0, "audio/ogg"),
    (b"ID3", 0, "audio/mpeg"),
    (b"ftyp", 4, "video/mp4"),
    (b"%PDF", 0, "application/pdf"),
)


def sniffed(data: bytes) -> str | None:
    """The type of a file by its first bytes, for those this sandbox knows."""
    for mark, offset, mime in SIGNATURES:
        if data[offset : offset + len(mark)] == mark:
            return mime
    return None
