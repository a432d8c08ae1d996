"""Reading vendors' JSON by hand: a getter gives a value of the asked kind or nothing, and never raises."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import orjson

from assistant.errors import BadPayload
from assistant.events import Event, Unread

Object = dict[str, Any]

# An escaped backslash pair, a whole surrogate pair, or half of one; only the last kind is replaced.
_ESCAPES = re.compile(
    rb"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)


def load(body: bytes) -> Any:
    """The JSON value of a webhook body. Raises BadPayload.

    Half a surrogate pair (a cut emoji) makes the whole body unreadable for strict parsers; such an escape is
    replaced by U+FFFD and the rest is kept, so that one odd name does not cost its neighbours.
    """
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    try:
        return orjson.loads(_ESCAPES.sub(_mended, body))
    except orjson.JSONDecodeError:
        raise BadPayload("the body is not JSON") from None


def _mended(match: re.Match[bytes]) -> bytes:
    return b"\\ufffd" if match[1] else match[0]


def whole(value: object) -> Object:
    """The value, when it is an object; else an empty one."""
    return value if isinstance(value, dict) else {}


def obj(value: object, key: str) -> Object:
    """The object under `key`; an empty one when there is none."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def items(value: object, key: str) -> list[Any]:
    """The list under `key`; an empty one when there is none."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def text(value: object, key: str) -> str | None:
    """The string under `key`, NUL replaced (PostgreSQL cannot store it); None when missing or empty."""
    found = value.get(key) if isinstance(value, dict) else None
    if not found or not isinstance(found, str):
        return None
    return found.replace("\x00", "\ufffd") if "\x00" in found else found


def ident(value: object, key: str) -> str | None:
    """An id under `key` as an opaque string; vendors write the same id as a string or as a number."""
    found = value.get(key) if isinstance(value, dict) else None
    if isinstance(found, str):
        return (found.replace("\x00", "\ufffd") if "\x00" in found else found) or None
    return str(found) if isinstance(found, int) and not isinstance(found, bool) else None


def true(value: object, key: str) -> bool:
    """Whether true itself stands under `key`."""
    return isinstance(value, dict) and value.get(key) is True


def number(value: object, key: str) -> float | None:
    """A finite number under `key`."""
    found = value.get(key) if isinstance(value, dict) else None
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    return float(found) if abs(found) < 1e15 else None


def moment(value: object, key: str, *, milliseconds: bool = False) -> datetime | None:
    """The time under `key`, given as a number or a string of digits since 1970; None when it is no time."""
    found = value.get(key) if isinstance(value, dict) else None
    if isinstance(found, str):
        return _instant(found, milliseconds) if len(found) <= 16 else None
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    return _instant(found, milliseconds)


@lru_cache(maxsize=4096)
def _instant(found: str | float, milliseconds: bool) -> datetime | None:
    """Many who write at once write in the same second: what one of them cost, the others need not."""
    if isinstance(found, str):
        if not (found.isascii() and found.isdigit()):
            return None
        found = int(found)
    try:
        return datetime.fromtimestamp(found / 1000 if milliseconds else found, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def dump(item: object, body: bytes) -> bytes:
    """The JSON of one item; the whole body when the item is nested too deeply to be written again."""
    try:
        return orjson.dumps(item)
    except TypeError:
        return body


class Unreadable(Exception):
    """An item lacks what its kind needs; the text names the field. Never leaves an adapter's parse()."""


def each(
    channel: str, account: str, item: object, body: bytes, read: Callable[[], Iterator[Event] | list[Event]]
) -> list[Event]:
    """The events `read` finds in one item. Whatever goes wrong costs this item only: it becomes Unread."""
    try:
        return list(read())
    except Exception as error:
        return [unread(channel, account, item, body, error)]


def unread(channel: str, account: str, item: object, body: bytes, error: Exception) -> Unread:
    """An item that could not be read, and why: the field it lacks, or a bug of ours.

    A bug must not make the platform repeat the whole batch for a week.
    """
    reason = str(error) if isinstance(error, Unreadable) else f"bug: {type(error).__name__}"
    return Unread(channel=channel, account=account, reason=reason, item=dump(item, body))


def need(value: str | None, field: str) -> str:
    """`value`, or Unreadable naming the field."""
    if value is None:
        raise Unreadable(field)
    return value


def need_moment(value: object, key: str, *, milliseconds: bool = False) -> datetime:
    found = moment(value, key, milliseconds=milliseconds)
    if found is None:
        raise Unreadable(key)
    return found


def clean(text: str) -> str:
    """Text that every platform's JSON parser takes: no NUL, no half surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
