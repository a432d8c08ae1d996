"""Files on WhatsApp: which kinds and sizes can be sent, and where a file that came in can be fetched."""

from __future__ import annotations

import base64
import binascii
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from assistant.channel import Download
from assistant.errors import Rejected
from assistant.http import Upload
from assistant.split import measure
from assistant.types import Media, MediaKind, Unit

from . import _json as js

CAPTION_LIMIT = 1024
_KIB = 1024
_MIB = 1024 * _KIB

# Only these may be asked for a file, and the token goes nowhere else. 2026-11-24,
# https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
HOSTS = ("*.fbsbx.com", "*.fbcdn.net", "*.whatsapp.net", "graph.facebook.com")

STILL_STICKER_BYTES = 100 * _KIB


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of file goes out: the API's word for it, its MIME types, its largest size, whether it has a caption."""

    word: str
    mimes: tuple[str, ...]
    max_bytes: int
    caption: bool


_AUDIO = ("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/opus")
_VIDEO = ("video/mp4", "video/3gpp")
_IMAGE = ("image/jpeg", "image/png")
_OFFICE = "application/vnd.openxmlformats-officedocument."
_DOCUMENT = (
    "application/pdf",
    "text/plain",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    _OFFICE + "wordprocessingml.document",
    _OFFICE + "spreadsheetml.sheet",
    _OFFICE + "presentationml.presentation",
    *_IMAGE,
    "image/webp",
    *_AUDIO,
    *_VIDEO,
)

# 2026-11-24, the page above: supported media types. A document may be of any type that can be uploaded.
CLOUD: Mapping[MediaKind, Kind] = {
    MediaKind.IMAGE: Kind("image", _IMAGE, 5 * _MIB, True),
    MediaKind.VIDEO: Kind("video", _VIDEO, 16 * _MIB, True),
    MediaKind.AUDIO: Kind("audio", _AUDIO, 16 * _MIB, False),
    MediaKind.VOICE: Kind("audio", _AUDIO, 16 * _MIB, False),
    MediaKind.DOCUMENT: Kind("document", _DOCUMENT, 100 * _MIB, True),
    MediaKind.STICKER: Kind("sticker", ("image/webp",), 500 * _KIB, False),
}

# WhatsApp Agent Platform, developer manual v1 (2026-08-25), pages 18 to 21; it has no voice notes of its own.
AGENT: Mapping[MediaKind, Kind] = {
    **{kind: CLOUD[kind] for kind in CLOUD if kind is not MediaKind.VOICE},
    MediaKind.DOCUMENT: Kind("document", (*_DOCUMENT, "application/octet-stream"), 16 * _MIB, True),
}

_SPELLINGS = {
    "audio/m4a": "audio/mp4",
    "audio/mp3": "audio/mpeg",
    "audio/x-m4a": "audio/mp4",
    "image/jpg": "image/jpeg",
}


def checked(media: Media, file: Path | None, kinds: Mapping[MediaKind, Kind]) -> tuple[Kind, Upload]:
    """The file as it is uploaded; Rejected, before anything is sent, when WhatsApp would not take it."""
    kind = kinds.get(media.kind)
    if kind is None:
        raise Rejected(f"this channel sends no {media.kind.value} files")
    if file is None:
        raise Rejected("the file to send is not there")
    try:
        size = file.stat().st_size
    except OSError:
        raise Rejected("the file to send is no longer there") from None
    mime = _mime(media)
    if media.kind is MediaKind.DOCUMENT and mime.startswith("text/"):
        mime = "text/plain"  # the one text type that is taken; the name still says what it is
    if mime not in kind.mimes:
        wanted = "a type that can be uploaded" if media.kind is MediaKind.DOCUMENT else ", ".join(kind.mimes)
        raise Rejected(f"WhatsApp takes no {mime or 'unknown type'} as {kind.word}; it wants {wanted}")
    limit = kind.max_bytes
    if media.kind is MediaKind.STICKER and not _moves(file):
        limit = STILL_STICKER_BYTES
    if size > limit:
        raise Rejected(f"the {kind.word} has {size} bytes, WhatsApp takes {limit}")
    if size == 0:
        raise Rejected(f"the {kind.word} is empty")
    if media.caption and not kind.caption:
        raise Rejected(f"WhatsApp shows no caption with {kind.word} files")
    if measure(media.caption or "", Unit.UTF16) > CAPTION_LIMIT:
        raise Rejected(f"the caption is longer than {CAPTION_LIMIT} characters")
    name = js.clean(media.name or "").strip() or "file" + (mimetypes.guess_extension(mime) or "")
    return kind, Upload(path=file, name=name[:240], mime=mime)


def content(media: Media, kind: Kind, upload: Upload, media_id: str) -> js.Object:
    """The message's object of a file that was uploaded as `media_id`."""
    said: js.Object = {"id": media_id}
    if media.caption:
        said["caption"] = js.clean(media.caption)
    if kind.word == "document":
        said["filename"] = upload.name
    if media.kind is MediaKind.VOICE and upload.mime == "audio/ogg":
        said["voice"] = True  # shown as a voice note; only Ogg with Opus is
    return {"type": kind.word, kind.word: said}


def download(answer: js.Object, token: str, api_url: str) -> Download:
    """Where a file is, from what the API answers about its id. The address is good for five minutes.

    Rejected when the answer names none. The API's own host, a stand-in or a proxy, is allowed beside Meta's.
    """
    url = js.text(answer, "url")
    if url is None:
        raise Rejected("WhatsApp has no address for this file any more")
    size = js.text(answer, "file_size") or str(int(js.number(answer, "file_size") or 0))
    own = urlsplit(api_url).netloc.rpartition("@")[2].lower()
    return Download(
        url=url,
        hosts=HOSTS if own in HOSTS else (*HOSTS, own),
        headers={"Authorization": f"Bearer {token}"},
        mime=js.text(answer, "mime_type"),
        bytes=int(size) if size.isascii() and size.isdigit() and 0 < len(size) < 13 and int(size) else None,
        sha256=digest(js.text(answer, "sha256")),
    )


def digest(given: str | None) -> str | None:
    """A SHA-256 as hex; webhooks write it in Base64, the answer about a file in hex."""
    try:
        raw = (
            bytes.fromhex(given or "")
            if len(given or "") == 64
            else base64.b64decode(given or "", validate=True)
        )
    except (ValueError, binascii.Error):
        return None
    return raw.hex() if len(raw) == 32 else None


def _mime(media: Media) -> str:
    given = media.mime or mimetypes.guess_type(media.name or "")[0] or ""
    word = given.partition(";")[0].strip().lower()
    return _SPELLINGS.get(word, word)


def _moves(file: Path) -> bool:
    """Whether a WebP picture is animated: the flag stands in its extended header."""
    try:
        with file.open("rb") as opened:
            head = opened.read(21)
    except OSError:
        raise Rejected("the file to send is no longer there") from None
    return len(head) == 21 and head[12:16] == b"VP8X" and bool(head[20] & 0x02)
