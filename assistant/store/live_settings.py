"""Settings that administrators change while everything runs: each save is a version, and the newest one is in force."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from . import audit, versions
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
) -> int:
    """Put these into force; returns the version's id. `expected`: the publication that was seen. Raises Conflict."""
    before = asdict(current(connection))
    after = asdict(values)
    made = versions.add(connection, KIND, after, author=author, now=now)
    versions.publish(connection, KIND, made, channel=None, author=author, now=now, expected=expected)
    changed: dict[str, Any] = {
        name: [before[name], value] for name, value in after.items() if before[name] != value
    }
    audit.append(
        connection, now=now, actor=author, action="settings.saved", target=f"settings:{made}", detail=changed
    )
    return made


def publication(connection: Connection) -> int:
    """The newest save as `save` expects it; 0 while there is none."""
    found = versions.history(connection, KIND, channel=None, limit=1)
    return found[0].id if found else 0


def changes(connection: Connection, *, limit: int = 20) -> list[tuple[Version, dict[str, tuple[Any, Any]]]]:
    """The newest saves, and what each of them changed: the values before and after."""
    rows = versions.newest(connection, KIND, limit=limit + 1)
    made = []
    for at, row in enumerate(rows[:limit]):
        earlier = asdict(_load(rows[at + 1].content)) if at + 1 < len(rows) else asdict(LiveSettings())
        after = asdict(_load(row.content))
        made.append(
            (row, {name: (earlier[name], after[name]) for name in after if earlier[name] != after[name]})
        )
    return made


def _load(stored: dict[str, Any]) -> LiveSettings:
    """What an older or newer version of the program wrote besides is left alone."""
    return LiveSettings(**{name: stored[name] for name in LiveSettings.__slots__ if name in stored})
