"""Fixtures of the channel tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from assistant.channel import Services
from assistant.http import Http
from tests.adapters.api import FakeApi, RecordingBus, fake_api
from tests.clocks import FakeClock


@pytest.fixture
async def api() -> AsyncIterator[FakeApi]:
    async with fake_api() as started:
        yield started


@pytest.fixture
def bus() -> RecordingBus:
    return RecordingBus()


@pytest.fixture
async def services(clock: FakeClock, bus: RecordingBus) -> AsyncIterator[Services]:
    http = Http(total_seconds=2.0)
    yield Services(http=http, bus=bus, clock=clock)  # type: ignore[arg-type]
    await http.close()


@pytest.fixture
def payloads() -> Path:
    """Webhooks written by others and kept here; see the README beside them."""
    return Path(__file__).parents[1] / "payloads"


@pytest.fixture
def platform_data() -> Path:
    """Payloads and schemas written by others; they lie beside the repository, not in it."""
    folder = Path(__file__).parents[3] / "shared" / "platform-data"
    if not folder.is_dir():
        pytest.skip("the platforms' own examples (../shared/platform-data) are not here")
    return folder
