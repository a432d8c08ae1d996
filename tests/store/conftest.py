"""The store's tests run on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from assistant.store.database import Database
from tests.databases import migrated_sqlite


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database."""
    return str(request.param)


@pytest.fixture
def database_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path / 'assistant.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def migrated_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of each kind with the newest schema and no rows."""
    if kind == "sqlite":
        return migrated_sqlite(tmp_path)
    return str(request.getfixturevalue("migrated_postgres_url"))


@pytest.fixture
async def database(migrated_url: str) -> AsyncIterator[Database]:
    """The same, opened."""
    opened = Database(migrated_url)
    opened.open()
    yield opened
    await opened.close()
