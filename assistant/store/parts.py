"""How message parts are written into a JSON column, and read back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

import orjson

from ..types import (
    Ask,
    Choice,
    Contacts,
    LinkButton,
    Media,
    MediaKind,
    Notice,
    Part,
    Place,
    Referral,
    Span,
    Template,
    Text,
    Unsupported,
)

_KINDS: dict[str, type[Any]] = {
    kind.__name__.lower(): kind
    for kind in (
        Text,
        Media,
        Place,
        Contacts,
        Choice,
        Ask,
        Referral,
        LinkButton,
        Template,
        Notice,
        Unsupported,
    )
}


def dump(parts: Iterable[Part]) -> list[dict[str, Any]]:
    """A list that JSON can hold; empty fields are left out. NUL, which PostgreSQL cannot store, is dropped."""
    return [{"type": type(part).__name__.lower(), **_fields(part)} for part in parts]


def dump_json(parts: tuple[Part, ...]) -> str:
    """The same as text, as the column holds it; a single text, the usual case, takes a short way."""
    if len(parts) == 1 and type(part := parts[0]) is Text and not part.spans and "\x00" not in part.text:
        return orjson.dumps([{"type": "text", "text": part.text}]).decode()
    return orjson.dumps(dump(parts)).decode()


def load(stored: Iterable[dict[str, Any]]) -> tuple[Part, ...]:
    """The parts again. A kind written by a newer version comes back as Unsupported."""
    return tuple(_part(item) for item in stored)


def plain_text(parts: Iterable[Part]) -> str:
    """What a person would read: texts, titles of choices, and a short word in brackets for everything else."""
    words = []
    for part in parts:
        match part:
            case Text() | Notice() | Template():
                words.append(part.text)
            case Choice():
                words.append(part.title)
            case Ask():
                words.append(part.text)
            case LinkButton():
                words.append(f"{part.text}\n{part.url}")
            case Place():
                words.append(f"[location {part.name or f'{part.latitude:.4f}, {part.longitude:.4f}'}]")
            case Contacts():
                words.append("[contacts " + ", ".join(part.names) + "]")
            case Media():
                words.append(f"[{described(part)}]" + (f" {part.caption}" if part.caption else ""))
            case Referral():
                said = ": ".join(word for word in (part.title, part.text) if word)
                words.append(f"[came from {part.kind}{f': {said}' if said else ''}]")
            case Unsupported():
                words.append(f"[{part.kind}]")
    return "\n".join(word for word in words if word)


def spoken(parts: Iterable[Part]) -> str:
    """The same for the model: without the words that are ours and not part of the talk."""
    return plain_text(part for part in parts if not isinstance(part, Notice))


def described(media: Media, kind: str | None = None) -> str:
    """A file in a few words, for a model that cannot see it and for lists: "photo, 1.2 MB", "voice note, 0:07".

    `kind`: what such a file is called in the language of who reads; English otherwise.
    """
    words = [kind or _FILES.get(media.kind, media.kind.value)]
    if media.kind is MediaKind.DOCUMENT and media.name:
        words.append(media.name)
    if media.seconds:
        words.append(f"{int(media.seconds) // 60}:{int(media.seconds) % 60:02}")
    if media.bytes:
        words.append(
            f"{media.bytes / 1e6:.1f} MB" if media.bytes >= 1e5 else f"{max(1, media.bytes // 1000)} kB"
        )
    return ", ".join(words)


_FILES = {MediaKind.IMAGE: "photo", MediaKind.VOICE: "voice note"}


def _fields(value: Any) -> dict[str, Any]:
    return {
        field.name: _value(item)
        for field in fields(value)
        if (item := getattr(value, field.name)) is not None and item != ()
    }


def _value(item: Any) -> Any:
    if isinstance(item, Enum):
        return item.value
    if isinstance(item, str):
        return item.replace("\x00", "") if "\x00" in item else item
    if is_dataclass(item):
        return _fields(item)
    if isinstance(item, tuple):
        return [_value(one) for one in item]
    return item


def _part(item: dict[str, Any]) -> Part:
    values = dict(item)
    kind = str(values.pop("type", "unknown"))
    cls = _KINDS.get(kind)
    if cls is None:
        return Unsupported(kind=kind)
    if cls is Text and "spans" in values:
        values["spans"] = tuple(Span(**span) for span in values["spans"])
    if cls is Contacts:
        values["names"] = tuple(values.get("names", ()))
    if cls is Media:
        values["kind"] = MediaKind(values["kind"])
    if cls is Template:
        values["values"] = tuple(values.get("values", ()))
    if cls is Ask:
        values["choices"] = tuple(Choice(**choice) for choice in values.get("choices", ()))
    part: Part = cls(**values)
    return part
