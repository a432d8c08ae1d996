"""`assistant demo` and `assistant sandbox play`: the whole system on embedded defaults with the sandbox beside it."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import os
import sys
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from . import app, log
from .errors import SettingsError
from .settings import PREFIX, ChannelSettings, SettingsFile
from .store import migrate
from .store.database import Database

_QUIET = "WARNING"


def real_channels(channels: Mapping[str, ChannelSettings]) -> dict[str, str]:
    """The configured channels whose tokens belong to a real platform, with its address: one not on this machine."""
    found = {}
    for name, part in channels.items():
        url = str(getattr(part, "api_url", ""))
        if part.configured() and not _on_this_machine(url):
            found[name] = url
    return found


def _on_this_machine(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def refuse_beside(real: Mapping[str, str]) -> None:
    """Raise SettingsError when there are real channels: what is tried in the sandbox must not reach real people."""
    if real:
        named = ", ".join(f"{name} ({url})" if url else name for name, url in sorted(real.items()))
        raise SettingsError(
            f"the sandbox does not start beside real tokens: {named}; take these settings away, or say "
            "--sandbox-beside-real, and the sandbox leaves these channels alone and stands in for the others"
        )


@contextlib.asynccontextmanager
async def sandbox(*, spared: Collection[str] = ()) -> AsyncIterator[Any]:
    """Start the stand-ins of the platforms and point the channels' ordinary settings at them, but those `spared`."""
    started = await app.sandbox_class().start()
    started.spared = frozenset(spared)
    try:
        os.environ.update(started.environment())
        yield started
    finally:
        await started.close()


async def run(*, once: bool, port: int) -> int:
    """Play the conversation; 0 when every message was answered and delivered. Without `once`, stay until told to stop."""
    async with _alone(once=once, port=port) as (platforms, runtime):
        if not once:
            await _show(runtime.address + app.SANDBOX_PAGE)
        result = await app.play_transcript(platforms, sys.stdout, runtime.database)
        if not once:
            await _stay(runtime)
    return 0 if result.ok else 1


async def play(name: str) -> int:
    """Play a scenario, a file or a shipped one; 0 when every step came out. Raises SettingsError for one that is wrong."""
    scenario = app.find_scenario(name)
    async with _alone(once=True, port=0) as (platforms, _):
        return 0 if await app.play_scenario(platforms, scenario, sys.stdout) else 1


@contextlib.asynccontextmanager
async def _alone(*, once: bool, port: int) -> AsyncIterator[tuple[Any, app.Runtime]]:
    """The sandbox and a system that is connected to it, of which nothing is kept. `once`: on any free port."""
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
                yield platforms, runtime


async def _show(address: str) -> None:
    """Say where the phones are, and open the page where somebody sits before a desktop."""
    print(f"Watch it on the phones of the three, and write as they do: {address}\n", flush=True)
    desktop = (
        sys.platform in ("darwin", "win32") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    if desktop and sys.stdout.isatty():
        with contextlib.suppress(webbrowser.Error):
            await asyncio.to_thread(webbrowser.open, address)


async def _stay(runtime: app.Runtime) -> None:
    from .web.auth import ensure_setup_token

    token = await ensure_setup_token(runtime.settings.data / "setup-token", runtime.database)
    print("\nThe system stays up.")
    for what, path in (
        ("Phones of every channel, faults, wire log", app.SANDBOX_PAGE),
        ("Your own chat with the assistant", "/chat"),
        ("Staff: set up once, then read and answer", f"/setup?token={token}"),
        ("The dashboard, after that", "/admin"),
    ):
        print(f"  {what:<42} {runtime.address}{path}")
    print("Stop with Ctrl+C. Nothing of the demonstration is kept.", flush=True)
    await app.forever()
