"""People as staff read them: a list, found by how a name begins or by an alias, and all that is known of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, literal, or_, select, tuple_

from ..errors import NotFound
from .models import aliases, consents, conversations, erasures, people, usage

PAGE = 50
SHOWN = 100
"""Aliases, conversations and consents of one person that a page shows at most."""
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One line of the list; its id continues behind it."""

    id: int
    name: str | None
    channels: tuple[str, ...]
    created_at: datetime
    last_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasRow:
    channel: str
    account: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkRow:
    """A conversation of the person."""

    id: int
    channel: str
    account: str
    kind: str
    mode: str
    mode_reason: str | None
    messages: int
    created_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRow:
    kind: str
    given: bool
    source: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Something we believe of a person, and where it comes from."""

    value: str | None
    source: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """All of one person. `used` is what was counted, by kind, over all days: (kind, amount, days)."""

    id: int
    name: str | None
    created_at: datetime
    language: Known
    timezone: Known
    age: Known
    aliases: list[AliasRow]
    conversations: list[TalkRow]
    consents: list[ConsentRow]
    used: list[tuple[str, int, int]]

    def has(self, mode: str) -> bool:
        return any(row.mode == mode for row in self.conversations)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureRow:
    """Who was erased, as a number, and what was deleted."""

    id: int
    person: int
    receipt: dict[str, Any]
    actor: str
    at: datetime


# --- the list --------------------------------------------------------------------------------------------


def newest(
    connection: Connection, *, before: int | None = None, limit: int = PAGE
) -> tuple[list[PersonRow], bool]:
    """Who came last first; `before` is the id of the last line of the page before. Also whether more follow."""
    query = select(people.c.id)
    if before is not None:
        query = query.where(people.c.id < before)
    ids = list(connection.execute(query.order_by(people.c.id.desc()).limit(limit + 1)).scalars())
    return _rows(connection, ids[:limit]), len(ids) > limit


def named(
    connection: Connection, prefix: str, *, after: int | None = None, limit: int = PAGE
) -> tuple[list[PersonRow], bool]:
    """People whose name begins so, by name; `after` is the id of the last line of the page before. Also whether more follow."""
    folded = _folded(connection)
    spellings = _spellings(prefix)
    query = select(people.c.id).where(or_(*(_begins(connection, folded, one) for one in spellings)))
    if after is not None:
        name = connection.execute(select(people.c.name).where(people.c.id == after)).scalar()
        here = literal(name or "")
        place = func.lower(here).collate("C") if connection.dialect.name == "postgresql" else here
        behind = tuple_(folded, people.c.id) > tuple_(place, literal(after))
        if len(spellings) == 1 and (name or "").lower().startswith(prefix.lower()):
            # The place alone is where the index is entered: what lies before it is not read.
            query = select(people.c.id).where(behind, folded < _low(connection, prefix) + _LAST)
        else:
            query = query.where(behind)
    ids = list(connection.execute(query.order_by(folded, people.c.id).limit(limit + 1)).scalars())
    return _rows(connection, ids[:limit]), len(ids) > limit


def known_as(connection: Connection, value: str, *, limit: int = PAGE) -> list[PersonRow]:
    """People with exactly this number, username or id, on any channel."""
    query = select(aliases.c.person).where(aliases.c.value == value).distinct().limit(limit)
    ids = sorted(connection.execute(query).scalars())
    return _rows(connection, ids)


def _folded(connection: Connection) -> ColumnElement[str]:
    """As the index of names has it (models/core.py)."""
    if connection.dialect.name == "postgresql":
        return func.lower(people.c.name).collate("C")
    return people.c.name.collate("NOCASE")


def _begins(connection: Connection, folded: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    low = _low(connection, prefix)
    return and_(folded >= low, folded < low + _LAST)


def _low(connection: Connection, prefix: str) -> str:
    return prefix.lower() if connection.dialect.name == "postgresql" else prefix


def _spellings(prefix: str) -> set[str]:
    """SQLite folds ASCII alone: of other letters both cases are looked for."""
    return {prefix} if prefix.isascii() else {prefix, prefix.lower(), prefix.capitalize(), prefix.title()}


def _rows(connection: Connection, ids: Sequence[int]) -> list[PersonRow]:
    found = {
        row.id: row
        for row in connection.execute(select(people).where(people.c.id.in_(ids)))
        if row is not None
    }
    talks: dict[int, list[Any]] = {}
    query = select(conversations.c.person, conversations.c.channel, conversations.c.last_at)
    for row in connection.execute(query.where(conversations.c.person.in_(ids))):
        talks.setdefault(row.person, []).append(row)
    return [
        PersonRow(
            id=number,
            name=found[number].name,
            channels=tuple(sorted({row.channel for row in talks.get(number, ())})),
            created_at=found[number].created_at,
            last_at=max((row.last_at for row in talks.get(number, ())), default=None),
        )
        for number in ids
    ]


# --- one person ------------------------------------------------------------------------------------------


def person(connection: Connection, number: int) -> Person:
    """Raises NotFound."""
    row = connection.execute(select(people).where(people.c.id == number)).first()
    if row is None:
        raise NotFound("no such person")
    names = select(aliases.c.channel, aliases.c.account, aliases.c.kind, aliases.c.value)
    talks = select(
        *(
            conversations.c[name]
            for name in ("id", "channel", "account", "kind", "mode", "mode_reason", "created_at", "last_at")
        ),
        conversations.c.last_seq.label("messages"),
    ).where(conversations.c.person == number)
    agreed = select(consents.c.kind, consents.c.given, consents.c.source, consents.c.at)
    used = (
        select(usage.c.kind, func.sum(usage.c.amount), func.count())
        .where(usage.c.person == number)
        .group_by(usage.c.kind)
        .order_by(usage.c.kind)
    )
    return Person(
        id=row.id,
        name=row.name,
        created_at=row.created_at,
        language=Known(value=row.language, source=row.language_source),
        timezone=Known(value=row.timezone, source=row.timezone_source),
        age=Known(value=row.age_band, source=row.age_band_source),
        aliases=[
            AliasRow(**one)
            for one in connection.execute(
                names.where(aliases.c.person == number).order_by(aliases.c.id).limit(SHOWN)
            ).mappings()
        ],
        conversations=[
            TalkRow(**one)
            for one in connection.execute(
                talks.order_by(conversations.c.last_at.desc()).limit(SHOWN)
            ).mappings()
        ],
        consents=[
            ConsentRow(**one)
            for one in connection.execute(
                agreed.where(consents.c.person == number).order_by(consents.c.id.desc()).limit(SHOWN)
            ).mappings()
        ],
        used=[(kind, int(amount), int(days)) for kind, amount, days in connection.execute(used)],
    )


def erased(connection: Connection, *, before: int | None = None, limit: int = PAGE) -> list[ErasureRow]:
    """Receipts, newest first; `before` is the id of the last one of the page before."""
    query = select(erasures.c.id, erasures.c.person, erasures.c.receipt, erasures.c.actor, erasures.c.at)
    if before is not None:
        query = query.where(erasures.c.id < before)
    rows = connection.execute(query.order_by(erasures.c.id.desc()).limit(limit)).mappings()
    return [ErasureRow(**row) for row in rows]


def receipt(connection: Connection, number: int) -> ErasureRow:
    """Raises NotFound."""
    found = erased(connection, before=number + 1, limit=1)
    if not found or found[0].id != number:
        raise NotFound("no such receipt")
    return found[0]
