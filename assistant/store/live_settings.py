"""Settings that administrators change while everything runs: each save is a version, and the newest one is in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from . import audit, retention, versions
from .versions import Version

KIND: Final = "settings"
REVIEW_SAMPLE_PERCENT: Final = 20.0
"""What holds until somebody sets it: the share of answers that a new review queue takes beside the flagged ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveSettings:
    """What was set here. None: as the settings file has it; the last one has no place there and always a value.

    `hand_back_hours`: a conversation that staff took over goes back to the model so long after their last word.
    """

    messages_per_minute: int | None = None
    tokens_per_day: int | None = None
    disclosure: bool | None = None
    hand_back_hours: float | None = None
    review_sample_percent: float = REVIEW_SAMPLE_PERCENT


def current(connection: Connection) -> LiveSettings:
    """What is in force now; one indexed look, and another where anything was ever set."""
    found = newest(connection)
    return _load(found.content) if found is not None else LiveSettings()


def newest(connection: Connection) -> Version | None:
    """The version in force; None while nothing was ever set."""
    rows = versions.newest(connection, KIND, limit=1)
    return rows[0] if rows else None


def save(
    connection: Connection,
    values: LiveSettings,
    *,
    expected: int,
    author: str,
    now: datetime,
    days: Mapping[str, int | None] | None = None,
) -> None:
    """Put these into force. `expected`: the publication that was seen. Raises Conflict.

    `days`: what is said on these channels is deleted after so many days, None: never. Raises ValueError for impossible
    ones.
    """
    for channel, kept in (days or {}).items():
        retention.set_days(connection, channel, kept, author=author, now=now)
    before, after = asdict(current(connection)), asdict(values)
    if before == after and days:
        return
    made = versions.add(connection, KIND, after, author=author, now=now)
    versions.publish(connection, KIND, made, channel=None, author=author, now=now, expected=expected)
    changed: dict[str, Any] = {
        name: [before[name], value] for name, value in after.items() if before[name] != value
    }
    audit.append(
        connection, now=now, actor=author, action="settings.saved", target=f"settings:{made}", detail=changed
    )


def hand_back_hours(connection: Connection, otherwise: float) -> float:
    """Hours after which a conversation that staff took over goes back to the model; `otherwise`: the settings file's."""
    found = current(connection).hand_back_hours
    return otherwise if found is None else found


def publication(connection: Connection) -> int:
    """The newest save as `save` expects it; 0 while there is none."""
    found = versions.history(connection, KIND, channel=None, limit=1)
    return found[0].id if found else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Save:
    """One save: what it changed by setting, the values before and after; `days` by the channel they are of."""

    at: datetime
    author: str
    settings: dict[str, tuple[Any, Any]]
    days: dict[str, tuple[int | None, int | None]]


def changes(connection: Connection, *, limit: int = 20) -> list[Save]:
    """The newest saves, newest first."""
    made = []
    rows = versions.newest(connection, KIND, limit=limit + 1)
    for at, row in enumerate(rows[:limit]):
        earlier = asdict(_load(rows[at + 1].content)) if at + 1 < len(rows) else asdict(LiveSettings())
        after = asdict(_load(row.content))
        changed = {name: (earlier[name], after[name]) for name in after if earlier[name] != after[name]}
        made.append(Save(at=row.created_at, author=row.author, settings=changed, days={}))
    for row in versions.newest(connection, retention.KIND, limit=limit):
        before = versions.before(connection, row)
        pair = (before.content["days"] if before is not None else None, row.content["days"])
        made.append(Save(at=row.created_at, author=row.author, settings={}, days={row.name or "": pair}))
    return sorted(made, key=lambda one: one.at, reverse=True)[:limit]


def _load(stored: dict[str, Any]) -> LiveSettings:
    """What an older or newer version of the program wrote besides is left alone."""
    return LiveSettings(**{name: stored[name] for name in LiveSettings.__slots__ if name in stored})
