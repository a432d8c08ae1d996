"""`assistant demo`: the whole system on embedded defaults, the sandbox beside it, and three people who talk to it."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from typing import Any

from . import app, log
from .settings import PREFIX, SettingsFile
from .store import migrate
from .store.database import Database

_QUIET = "WARNING"


@contextlib.asynccontextmanager
async def sandbox() -> AsyncIterator[Any]:
    """Start the stand-ins of the platforms and point the channels' ordinary settings at them."""
    started = await app.sandbox_class().start()
    try:
        os.environ.update(started.environment())
        yield started
    finally:
        await started.close()


async def run(*, once: bool, port: int) -> int:
    """Play the conversation; 0 when every message was answered and delivered. Without `once`, stay until told to stop."""
    log.setup(_QUIET)
    # The demonstration is the same for everybody: no setting of the operator's, no file of theirs, takes part in it.
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        del os.environ[name]
    with tempfile.TemporaryDirectory(prefix="assistant-demo-") as folder:
        async with sandbox() as platforms:
            os.environ |= {
                f"{PREFIX}DATA": folder,
                f"{PREFIX}PORT": str(0 if once else port),
                f"{PREFIX}IMAGES": "sketch",
            }
            file = SettingsFile({}, None)
            settings = file.core()
            database = Database(settings.resolved_database_url())
            database.open()
            await database.write(migrate.upgrade)
            await database.close()
            print("Starting the model, the worker, the web server and the sandbox…", flush=True)
            async with app.running(settings, file, serve=True, work=True, sandbox=platforms) as runtime:
                await platforms.connect(runtime.address)
                result = await app.play_transcript(platforms, sys.stdout, runtime.database)
                if once:
                    return 0 if result.ok else 1
                await _stay(runtime)
    return 0 if result.ok else 1


async def _stay(runtime: app.Runtime) -> None:
    from .web.auth import ensure_setup_token

    token = await ensure_setup_token(runtime.settings.data / "setup-token", runtime.database)
    print(f"\nThe system stays up. Write to it yourself:   {runtime.address}/chat")
    print(f"Take up a phone of a messenger:               {runtime.address}{app.SANDBOX_PAGE}")
    print(f"Read the conversations as staff (set up once): {runtime.address}/setup?token={token}")
    print("Then the dashboard is at                       " + f"{runtime.address}/admin")
    print("Stop with Ctrl+C. Nothing of the demonstration is kept.", flush=True)
    await app.forever()
