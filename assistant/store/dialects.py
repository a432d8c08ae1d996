"""The few places where SQLite and PostgreSQL are spelt differently."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(connection: Connection, table: Table, unique: Sequence[str]) -> Any:
    """INSERT that leaves an existing row alone."""
    return upsert(connection, table).on_conflict_do_nothing(index_elements=list(unique))


def upsert(connection: Connection, table: Table) -> Any:
    """An INSERT of this dialect, to which on_conflict_do_update can be added."""
    return (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)
