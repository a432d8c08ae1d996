"""Files at WhatsApp: which kinds and sizes it takes, and how it keeps them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from .graph_errors import GraphError, whatsapp_error
from .pieces import File

MEGABYTE = 1024 * 1024
# 2026-06: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types
MIMES: dict[str, frozenset[str]] = {
    "image": frozenset({"image/jpeg", "image/png"}),
    "audio": frozenset({"audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg", "audio/opus"}),
    "video": frozenset({"video/mp4", "video/3gpp"}),
    "sticker": frozenset({"image/webp"}),
    "document": frozenset(
        {
            *("text/plain", "application/pdf", "application/msword", "application/vnd.ms-excel"),
            "application/vnd.ms-powerpoint",
            *(
                f"application/vnd.openxmlformats-officedocument.{kind}"
                for kind in (
                    "wordprocessingml.document",
                    "spreadsheetml.sheet",
                    "presentationml.presentation",
                )
            ),
        }
    ),
}
_SIZES = {"image": 5, "audio": 16, "video": 16, "document": 100, "sticker": 0.5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file under an id, since when."""

    id: str
    file: File
    at: datetime


def check_upload(file: File, declared: str) -> File:
    """The file with the type that counts, the declared one. Raises GraphError for what WhatsApp does not take."""
    mime = declared or file.mime
    bare = mime.partition(";")[0].strip()
    kind = next((kind for kind, mimes in MIMES.items() if bare in mimes), None)
    if kind is None:
        known = ", ".join(sorted(mime for mimes in MIMES.values() for mime in mimes))
        said = f"(#100) Param file must be a file with one of the following types: {known}. Received file of type '{bare}'."
        raise GraphError(400, 100, said)
    if not file.data:
        raise whatsapp_error(131053, "Media upload error", "The file is empty.")
    if len(file.data) > _SIZES[kind] * MEGABYTE:
        raise whatsapp_error(131053, "Media upload error", f"A file of kind {kind} may be {_SIZES[kind]} MB.")
    return replace(file, mime=mime)
