"""The real system in this process, with a scripted model and the sandbox as its platforms, for scenarios to be played on."""

from __future__ import annotations

import contextlib
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from adapters.sandbox import Sandbox
from assistant import app
from assistant.engine import Engine
from assistant.settings import PREFIX, SettingsFile
from tests.databases import migrated_sqlite
from tests.scripted import ScriptedEngine

QUICK = {
    "DEBOUNCE_SECONDS": "0.3",
    "DEBOUNCE_CAP_SECONDS": "2",
    "SETTLE_SECONDS": "1",
    "MESSAGES_PER_MINUTE": "10000",
    "TOKENS_PER_DAY": "0",
    "BOT_LOOP_TURNS": "0",
    "DISCLOSURE": "false",
    "PORT": "0",
}
"""Settings that do not make a test wait."""


@contextlib.asynccontextmanager
async def running(
    folder: Path, patch: pytest.MonkeyPatch, *, engine: Engine | None = None, **more: str
) -> AsyncIterator[tuple[app.Runtime, Sandbox]]:
    """`assistant up` with a fresh database; everything is real but the model. `more`: settings by their names."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        patch.delenv(name)
    migrated_sqlite(folder)
    sandbox = await Sandbox.start()
    try:
        for platform in sandbox.platforms.values():
            platform.retry_seconds, platform.retry_cap_seconds, platform.receipt_seconds = 0.2, 1.0, 0.02
        values = sandbox.environment() | {f"{PREFIX}{name}": value for name, value in (QUICK | more).items()}
        for name, value in values.items():
            patch.setenv(name, value)
        patch.setenv(f"{PREFIX}DATA", str(folder))
        chosen: Any = engine or ScriptedEngine()
        patch.setattr(app, "make_engine", lambda settings, http: chosen)
        file = SettingsFile({}, None)
        async with app.running(file.core(), file, serve=True, work=True, sandbox=sandbox) as runtime:
            await sandbox.connect(runtime.address)
            yield runtime, sandbox
    finally:
        await sandbox.close()
