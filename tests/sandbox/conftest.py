"""The sandbox and a webhook that listens to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.sandbox import Sandbox

from .listener import Listener


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    started = await Sandbox.start()
    for platform in started.platforms.values():
        platform.retry_seconds = 0.01
        platform.receipt_seconds = 0.01
    yield started
    await started.close()


@pytest.fixture
async def listener(sandbox: Sandbox) -> AsyncIterator[Listener]:
    """Already connected."""
    opened = Listener(sandbox)
    await opened.open()
    await sandbox.connect(opened.url)
    yield opened
    await opened.close()


@pytest.fixture
def platform_data() -> Path:
    """Payloads and schemas written by others; they lie beside the repository, not in it."""
    folder = Path(__file__).parents[3] / "shared" / "platform-data"
    if not folder.is_dir():
        pytest.skip("the platforms' own examples (../shared/platform-data) are not here")
    return folder
