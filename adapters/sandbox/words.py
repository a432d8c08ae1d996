"""The vocabulary of scenarios: which word is which step, what belongs to it, and how each value is read and written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from . import steps
from .knobs import KNOBS, KnobKind
from .pieces import FILE_KINDS
from .sandbox import MOST_PEOPLE

CHANNELS = ("whatsapp", "messenger", "instagram", "telegram", "comments")
PLATFORM_CHANNELS = CHANNELS[:-1]
LONGEST_WAIT = 600.0
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_SPAN = re.compile(r"\+?\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)")

Read = Callable[[Any], Any]
"""Turns a plain YAML value into the field's; raises ValueError saying what is taken instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of the language: the step it makes, the field its own value goes to, and how each field is read.

    A key of YAML that is called otherwise than its field stands in `names`: {"for": "seconds"}.
    """

    make: type[Any]
    first: str
    fields: Mapping[str, Read]
    names: Mapping[str, str] = field(default_factory=dict)

    def field_of(self, key: str) -> str:
        return self.names.get(key, key)

    def key_of(self, field: str) -> str:
        return next((key for key, name in self.names.items() if name == field), field)

    def known(self) -> list[str]:
        return [self.key_of(field) for field in self.fields]


# --- reading values --------------------------------------------------------------------------------------


def text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("a text is needed here")
    found = str(value)
    if len(found) > 10_000:
        raise ValueError("a text has at most 10,000 characters")
    return found


def texts(value: Any) -> tuple[str, ...]:
    found = tuple(text(item) for item in value) if isinstance(value, list) else (text(value),)
    if not found:
        raise ValueError("at least one text is needed here")
    return found


def whole(least: int, most: int) -> Read:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError(f"a whole number from {least} to {most} is needed here")
        return value

    return read


def number(least: float, most: float) -> Read:
    def read(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise ValueError(f"a number from {least:g} to {most:g} is needed here")
        return float(value)

    return read


def seconds(value: Any) -> float:
    """2s, 500ms, 1m, or a plain number of seconds."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        found = float(value)
    else:
        match = _SPAN.fullmatch(value.strip()) if isinstance(value, str) else None
        if match is None:
            raise ValueError("a time such as 2s, 500ms or 1m is needed here")
        found = float(match[1]) * _UNITS[match[2]]
    if not 0 <= found <= LONGEST_WAIT:
        raise ValueError(f"a scenario waits at most {LONGEST_WAIT:g} seconds at once")
    return found


def span(value: Any) -> timedelta:
    """+25h, +90m, +2d: how far time moves."""
    match = _SPAN.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError("a span of time such as +25h or +2d is needed here")
    found = timedelta(seconds=float(match[1]) * _UNITS[match[2]])
    if not timedelta() < found <= timedelta(days=400):
        raise ValueError("time moves forward by at most 400 days at once")
    return found


def switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false is needed here")
    return value


def one_of(*names: str) -> Read:
    def read(value: Any) -> str:
        if value not in names:
            raise ValueError(f"one of {', '.join(names)} is needed here")
        return str(value)

    return read


def knob(name: str) -> Read:
    """The value of a fault: true or false, a number of times, or a time."""
    found = KNOBS[name]

    def read(value: Any) -> float:
        if found.kind is KnobKind.SWITCH:
            return switch(value)
        if found.kind is KnobKind.COUNT:
            return int(whole(0, int(found.most))(value))
        taken = seconds(value)
        if taken > found.most:
            raise ValueError(f"at most {found.most:g} seconds are taken here")
        return taken

    return read


# --- the words -------------------------------------------------------------------------------------------

_EMOJI_MOST = 16


def _emoji(value: Any) -> str:
    found = "" if value is None else text(value)
    if len(found) > _EMOJI_MOST:
        raise ValueError("one emoji is needed here, or null to take it back")
    return found


TEXTUAL = (text, texts, _emoji)
"""These take what was written, even where YAML would see a number or a date."""

PERSON: Mapping[str, Word] = {
    "says": Word(make=steps.Says, first="texts", fields={"texts": texts}),
    "replies": Word(make=steps.Replies, first="text", fields={"text": text, "to": text}),
    "edits": Word(make=steps.Edits, first="text", fields={"text": text, "of": text}),
    "unsends": Word(make=steps.Unsends, first="which", fields={"which": text}),
    "reacts": Word(make=steps.Reacts, first="emoji", fields={"emoji": _emoji, "to": text}),
    "sends": Word(make=steps.Sends, first="kind", fields={"kind": one_of(*FILE_KINDS), "caption": text}),
    "shares_place": Word(
        make=steps.SharesPlace,
        first="name",
        fields={
            "name": text,
            "latitude": number(-90, 90),
            "longitude": number(-180, 180),
            "address": text,
        },
    ),
    "shares_contact": Word(make=steps.SharesContact, first="name", fields={"name": text, "number": text}),
    "presses": Word(make=steps.Presses, first="title", fields={"title": text}),
    "blocks": Word(make=steps.Blocks, first="blocked", fields={"blocked": switch}),
    "goes": Word(make=steps.Goes, first="state", fields={"state": one_of("offline", "online")}),
    "hears": Word(
        make=steps.Hears,
        first="count",
        fields={
            "count": whole(1, 100),
            "within": seconds,
            "contains": texts,
            "contains_one_of": texts,
            "kind": text,
        },
    ),
    "hears_nothing": Word(
        make=steps.HearsNothing, first="seconds", fields={"seconds": seconds}, names={"for": "seconds"}
    ),
    "sees": Word(
        make=steps.Sees,
        first="status",
        fields={"status": one_of("sent", "delivered", "read", "played"), "of": text, "within": seconds},
    ),
}

WORLD: Mapping[str, Word] = {
    "time": Word(make=steps.Travels, first="by", fields={"by": span}),
    "wait": Word(make=steps.Waits, first="seconds", fields={"seconds": seconds}),
    "burst": Word(
        make=steps.Bursts,
        first="channel",
        fields={
            "channel": one_of(*PLATFORM_CHANNELS),
            "people": whole(1, MOST_PEOPLE),
            "says": texts,
            "answered": switch,
            "within": seconds,
        },
    ),
    "replay": Word(
        make=steps.Replays,
        first="channel",
        fields={
            "channel": one_of(*PLATFORM_CHANNELS),
            "times": whole(1, 50),
            "hours_old": number(0, 24 * 365),
        },
    ),
    "wire": Word(
        make=steps.Wired,
        first="signature",
        fields={
            "channel": one_of(*PLATFORM_CHANNELS),
            "direction": one_of("webhook", "call"),
            "method": text,
            "signature": one_of("valid", "wrong", "none"),
            "status": whole(100, 599),
            "verdict": text,
            "contains": text,
            "count": whole(0, 2000),
            "within": seconds,
        },
    ),
}

FAULTS: Mapping[str, Read] = {
    "channel": one_of(*PLATFORM_CHANNELS),
    **{name: knob(name) for name in KNOBS},
    "status": whole(400, 599),
    "code": whole(1, 10_000_000),
    "retry_after": whole(0, 3600),
    "times": whole(1, 100),
}
"""What may stand under `faults:`; the word alone with `rest` puts all at rest."""

RESERVED = frozenset({"faults", *WORLD})
"""No phone is called so."""
