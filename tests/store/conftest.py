"""The store's tests run on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from assistant.store.database import Database
from tests.databases import migrated_postgres, migrated_sqlite


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'assistant.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
async def database(
    database_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[Database]:
    """A migrated database of each kind."""
    if database_url.startswith("sqlite"):
        opened = Database(migrated_sqlite(tmp_path))
    else:
        opened = Database(await migrated_postgres(request.getfixturevalue("postgres_server"), database_url))
    opened.open()
    yield opened
    await opened.close()
