"""Statements of the hot path: compiled once per dialect, fed with tuples of the driver's own values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Table, bindparam, insert, update

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


def array(connection: Connection, values: list[str]) -> Any:
    """A list of texts as one parameter."""
    return orjson.dumps(values).decode() if connection.dialect.name == "sqlite" else values


def _as_is(value: datetime) -> datetime:
    return value


class Statement:
    """A query in each dialect's own words; `{columns}` is replaced by the column names."""

    def __init__(self, *, sqlite: str, postgresql: str, columns: Sequence[str]) -> None:
        names = ", ".join(columns)
        self._sql = {"sqlite": sqlite.format(columns=names), "postgresql": postgresql.format(columns=names)}

    def rows(self, connection: Connection, *parameters: Any) -> list[Any]:
        return list(connection.exec_driver_sql(self._sql[connection.dialect.name], parameters).all())


class Many:
    """A statement for many rows, given as tuples in the order of `names`."""

    def __init__(self, statement: Any, names: Sequence[str]) -> None:
        self._statement = statement
        self._names = tuple(names)
        self._compiled: dict[str, tuple[str, tuple[int, ...]]] = {}

    def run(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        dialect = connection.dialect.name
        if dialect not in self._compiled:
            compiled = self._statement.compile(dialect=connection.dialect)
            order = tuple(self._names.index(name) for name in compiled.positiontup)
            self._compiled[dialect] = (str(compiled), order)
        sql, order = self._compiled[dialect]
        if order != tuple(range(len(order))):
            rows = [tuple(row[number] for number in order) for row in rows]
        connection.exec_driver_sql(sql, list(rows))


class Insert(Many):
    """INSERT of these columns."""

    def __init__(self, table: Table, columns: Sequence[str]) -> None:
        super().__init__(insert(table).inline().values({name: bindparam(name) for name in columns}), columns)


class Update(Many):
    """UPDATE of these columns of the row whose id is the last value of the tuple."""

    def __init__(self, table: Table, columns: Sequence[str]) -> None:
        statement = update(table).where(table.c.id == bindparam("row_id"))
        super().__init__(statement.values({name: bindparam(name) for name in columns}), [*columns, "row_id"])
