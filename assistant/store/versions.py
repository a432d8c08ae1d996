"""What staff write as versions and put into force: a row for each version, and one for every time one became valid somewhere.

A version never changes once it is written; what is in force somewhere is what was published there last. To go back is to
publish an older version once more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, text, update

from ..errors import Conflict, NotFound
from .models import publications, settings_versions, staff

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """`number` counts within its kind and name; `author` as the audit log names staff."""

    id: int
    kind: str
    name: str | None
    number: int
    content: dict[str, Any]
    comment: str | None
    author: str
    created_at: datetime
    published_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """That a version became valid; `channel` None: everywhere that has none of its own."""

    id: int
    channel: str | None
    version: int
    author: str
    at: datetime


_PUBLICATION = select(
    publications.c.id,
    publications.c.channel,
    publications.c.version,
    publications.c.author,
    publications.c.at,
)


# --- versions --------------------------------------------------------------------------------------------


def add(
    connection: Connection,
    kind: str,
    content: dict[str, Any],
    *,
    author: str,
    now: datetime,
    name: str | None = None,
    comment: str | None = None,
) -> int:
    """Write a version with the next number of its kind and name; returns its id."""
    _alone(connection)
    number = connection.execute(
        select(func.coalesce(func.max(settings_versions.c.number), 0) + 1).where(
            settings_versions.c.kind == kind, settings_versions.c.name.is_not_distinct_from(name)
        )
    ).scalar_one()
    return _write(connection, kind, content, author, now, name=name, comment=comment, number=number)


def marker(connection: Connection, kind: str, number: int, *, author: str, now: datetime) -> int:
    """The one version of this kind with this number that says nothing itself, made when it is first wanted."""
    _alone(connection)
    found = connection.execute(
        select(settings_versions.c.id).where(
            settings_versions.c.kind == kind,
            settings_versions.c.number == number,
            settings_versions.c.name.is_(None),
        )
    ).scalar()
    return int(found) if found is not None else _write(connection, kind, {}, author, now, number=number)


def get(connection: Connection, kind: str, version: int) -> Version:
    """Raises NotFound."""
    row = (
        connection.execute(
            _VERSION.where(settings_versions.c.kind == kind, settings_versions.c.id == version)
        )
        .mappings()
        .first()
    )
    if row is None:
        raise NotFound(f"no version {version}")
    return Version(**row)


def some(connection: Connection, ids: Iterable[int]) -> dict[int, Version]:
    """These versions by id."""
    rows = connection.execute(_VERSION.where(settings_versions.c.id.in_(sorted(set(ids))))).mappings()
    return {row["id"]: Version(**row) for row in rows}


def newest(
    connection: Connection, kind: str, *, before: int | None = None, limit: int = PAGE
) -> list[Version]:
    """Versions that say something, newest first; `before` is the id after which the next page begins."""
    query = _VERSION.where(settings_versions.c.kind == kind, settings_versions.c.number > 0)
    if before is not None:
        query = query.where(settings_versions.c.id < before)
    rows = connection.execute(query.order_by(settings_versions.c.id.desc()).limit(limit)).mappings()
    return [Version(**row) for row in rows]


def before(connection: Connection, version: Version) -> Version | None:
    """The version of the same kind and name that came before this one."""
    row = (
        connection.execute(
            _VERSION.where(
                settings_versions.c.kind == version.kind,
                settings_versions.c.name.is_not_distinct_from(version.name),
                settings_versions.c.number > 0,
                settings_versions.c.id < version.id,
            )
            .order_by(settings_versions.c.id.desc())
            .limit(1)
        )
        .mappings()
        .first()
    )
    return Version(**row) if row is not None else None


_VERSION = select(
    settings_versions.c.id,
    settings_versions.c.kind,
    settings_versions.c.name,
    settings_versions.c.number,
    settings_versions.c.content,
    settings_versions.c.comment,
    settings_versions.c.author,
    settings_versions.c.created_at,
    settings_versions.c.published_at,
)


def _write(
    connection: Connection,
    kind: str,
    content: dict[str, Any],
    author: str,
    now: datetime,
    **more: Any,
) -> int:
    return int(
        connection.execute(
            insert(settings_versions)
            .values(kind=kind, content=content, author=author, created_at=now, **more)
            .returning(settings_versions.c.id)
        ).scalar_one()
    )


# --- what is in force ------------------------------------------------------------------------------------


def last(connection: Connection) -> int:
    """The newest publication of any kind: while it stays the same, nothing that is in force has changed."""
    return connection.execute(select(func.max(publications.c.id))).scalar() or 0


def in_force(connection: Connection, kind: str) -> dict[str | None, Publication]:
    """What was published last in each place; nothing where nothing ever was."""
    latest = (
        select(func.max(publications.c.id))
        .where(publications.c.kind == kind)
        .group_by(publications.c.channel)
    )
    rows = connection.execute(_PUBLICATION.where(publications.c.id.in_(latest))).mappings()
    return {row["channel"]: Publication(**row) for row in rows}


def history(
    connection: Connection, kind: str, *, channel: str | None, limit: int = PAGE
) -> list[Publication]:
    """What was published in one place, newest first."""
    rows = connection.execute(
        _PUBLICATION.where(publications.c.kind == kind, publications.c.channel.is_not_distinct_from(channel))
        .order_by(publications.c.id.desc())
        .limit(limit)
    ).mappings()
    return [Publication(**row) for row in rows]


def publish(
    connection: Connection,
    kind: str,
    version: int,
    *,
    channel: str | None,
    author: str,
    now: datetime,
    expected: int | None = None,
) -> Publication:
    """Put a version into force in one place.

    `expected`: the publication that the one who does it saw there, 0 for none. Raises NotFound; Conflict when another
    came in between.
    """
    _alone(connection)
    found = get(connection, kind, version)
    if expected is not None:
        latest = history(connection, kind, channel=channel, limit=1)
        if (latest[0].id if latest else 0) != expected:
            raise Conflict("something else was published here meanwhile")
    if found.published_at is None:
        connection.execute(
            update(settings_versions).where(settings_versions.c.id == version).values(published_at=now)
        )
    made = connection.execute(
        insert(publications)
        .values(kind=kind, channel=channel, version=version, author=author, at=now)
        .returning(publications.c.id)
    ).scalar_one()
    return Publication(id=int(made), channel=channel, version=version, author=author, at=now)


def _alone(connection: Connection) -> None:
    """One writer at a time: no number is given twice, and publications appear in the order of their ids, by which
    processes notice that there is a new one. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE publications IN EXCLUSIVE MODE"))


def authors(connection: Connection, actors: Iterable[str]) -> dict[str, str]:
    """The names of staff by what the audit log calls them; who is no longer there is missing."""
    prefix = "staff:"
    ids = {
        int(one[len(prefix) :]) for one in actors if one.startswith(prefix) and one[len(prefix) :].isdigit()
    }
    rows = connection.execute(select(staff.c.id, staff.c.name).where(staff.c.id.in_(sorted(ids))))
    return {f"{prefix}{row.id}": row.name for row in rows} if ids else {}
