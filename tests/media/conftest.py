"""Fixtures of the tests of files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from assistant.http import Http
from assistant.store.database import Database
from tests.clocks import FakeClock
from tests.databases import migrated_sqlite
from tests.media.gallery import House, Platform, listening


@pytest.fixture
async def platform() -> AsyncIterator[Platform]:
    async with listening() as made:
        yield made


@pytest.fixture
async def other() -> AsyncIterator[Platform]:
    async with listening() as made:
        yield made


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    made = Http()
    yield made
    await made.close()


@pytest.fixture
async def house(tmp_path: Path, platform: Platform, http: Http, clock: FakeClock) -> AsyncIterator[House]:
    database = Database(migrated_sqlite(tmp_path))
    database.open()
    made = House(tmp_path, database, platform, http, clock)
    await made.bus.start()
    yield made
    await made.fetcher.close()
    await made.bus.close()
    await database.close()
