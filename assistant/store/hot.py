"""Statements of the hot path: written once per dialect, handed to the driver itself with tuples of its own values.

SQLAlchemy's handling of a statement costs more than the database needs for it, and the accept path runs a few of them
for every handful of messages. They run inside SQLAlchemy's transaction, on its connection.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql

from .models import instant_text


def native(connection: Connection) -> Callable[[datetime], Any]:
    """How this database's driver takes an instant: a value that compares as the instants do.

    One function serves one batch and remembers what it has written: most instants of a batch are the same few.
    """
    if connection.dialect.name != "sqlite":
        return _as_is
    written: dict[datetime, str] = {}

    def as_text(value: datetime) -> str:
        found = written.get(value)
        if found is None:
            found = written[value] = instant_text(value)
        return found

    return as_text


def instant(value: Any) -> datetime:
    """An instant as the driver gave it; not None."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def array(values: list[str]) -> str:
    """A list of texts as one parameter: JSON, which both databases unfold. (asyncpg is slow with its own arrays.)"""
    return orjson.dumps(values).decode()


def _as_is(value: datetime) -> datetime:
    return value


def _driver(connection: Connection) -> Any:
    """The driver's own connection, inside the transaction that SQLAlchemy began."""
    wrapped: Any = connection.connection
    raw = wrapped.driver_connection
    if connection.dialect.name != "sqlite" and not raw.is_in_transaction():
        # asyncpg's transactions begin with SQLAlchemy's first statement: this begins one without asking anything.
        wrapped.run_async(lambda _: wrapped.dbapi_connection._start_transaction())
    return raw


class Statement:
    """A statement in each dialect's own words; `{columns}` is replaced by the column names."""

    def __init__(self, *, sqlite: str, postgresql: str, columns: Sequence[str]) -> None:
        names = ", ".join(columns)
        self.sqlite, self.postgresql = sqlite.format(columns=names), postgresql.format(columns=names)

    def rows(self, connection: Connection, *parameters: Any) -> Sequence[Any]:
        """What it returns, as tuples of the driver's own values; nothing for one that only writes."""
        raw = _driver(connection)
        if connection.dialect.name == "sqlite":
            found: Sequence[Any] = raw.execute(self.sqlite, parameters).fetchall()
            return found
        wrapped: Any = connection.connection
        rows: Sequence[Any] = wrapped.run_async(lambda driver: driver.fetch(self.postgresql, *parameters))
        return rows


def both(words: str) -> Statement:
    """A statement that reads the same in both dialects; its parameters are $1, $2 and so on."""
    return Statement(sqlite=words.replace("$", "?"), postgresql=words, columns=())


def held(words: str) -> Statement:
    """The same for a SELECT that keeps others from changing its rows until the commit; SQLite has one writer anyway."""
    return Statement(sqlite=words.replace("$", "?"), postgresql=f"{words} FOR NO KEY UPDATE", columns=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """A statement for many rows in each dialect's own words; PostgreSQL takes all of them as one JSON, $1."""

    sqlite: str
    postgresql: str


class Pair:
    """Two statements for many rows each, given as tuples of the driver's own values; one round trip for all of them."""

    def __init__(self, first: Many, second: Many) -> None:
        self._first, self._second = first, second
        self._postgresql = (
            f"WITH first AS ({first.postgresql} RETURNING 1), "  # noqa: S608
            f"second AS ({second.postgresql.replace('$1', '$2')}) SELECT count(*) FROM first"
        )

    def run(
        self, connection: Connection, first: Sequence[tuple[Any, ...]], second: Sequence[tuple[Any, ...]]
    ) -> int:
        """Returns how many rows the first one wrote."""
        raw = _driver(connection)
        if connection.dialect.name == "sqlite":
            written = raw.executemany(self._first.sqlite, first).rowcount
            raw.executemany(self._second.sqlite, second)
            return int(written)
        given = [orjson.dumps(rows).decode() for rows in (first, second)]
        wrapped: Any = connection.connection
        return int(wrapped.run_async(lambda driver: driver.fetchval(self._postgresql, *given)))


def insert(table: Table, columns: Sequence[str], *, unless: Sequence[str]) -> Many:
    """INSERT of these columns, but for rows that meet one with the same `unless`, which a unique rule covers."""
    names = ", ".join(columns)
    values = ", ".join(_unfolded(table, columns))
    known = f"ON CONFLICT ({', '.join(unless)}) DO NOTHING"
    return Many(
        sqlite=f"INSERT INTO {table.name} ({names}) VALUES ({', '.join('?' * len(columns))}) {known}",  # noqa: S608
        postgresql=f"INSERT INTO {table.name} ({names}) SELECT {values} FROM {_ROWS} {known}",  # noqa: S608
    )


def update(table: Table, columns: Sequence[str]) -> Many:
    """UPDATE of these columns; the last value of each tuple is the id of its row."""
    *values, row_id = _unfolded(table, [*columns, "id"])
    changes = ", ".join(f"{name} = {value}" for name, value in zip(columns, values, strict=True))
    return Many(
        sqlite=f"UPDATE {table.name} SET {', '.join(f'{name} = ?' for name in columns)} WHERE id = ?",  # noqa: S608
        postgresql=f"UPDATE {table.name} SET {changes} FROM {_ROWS} WHERE id = {row_id}",  # noqa: S608
    )


_ROWS = "jsonb_array_elements($1::jsonb) AS given"


def _unfolded(table: Table, columns: Sequence[str]) -> list[str]:
    """Each column's value out of one of the rows.

    Texts are no varchar(n) here: a cast would cut what is too long, and nobody would hear of it.
    """
    found = []
    for number, name in enumerate(columns):
        kind = table.c[name].type.compile(dialect=postgresql.dialect())  # type: ignore[no-untyped-call]
        cast = "" if kind == "TEXT" or kind.startswith("VARCHAR") else f"::{kind}"
        found.append(f"(given->>{number}){cast}")
    return found
