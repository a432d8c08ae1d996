"""Private PostgreSQL and Redis servers for tests: own folders, own ports, gone afterwards; never the machine's own."""

from __future__ import annotations

import contextlib
import ctypes
import glob
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

REQUIRE = "ASSISTANT_TESTS_REQUIRE_SERVICES"


def require_or_skip(reason: str) -> NoReturn:
    """Skip the test; where the services are promised (REQUIRE=1) fail it, so that nothing is skipped unseen."""
    if os.environ.get(REQUIRE) == "1":
        pytest.fail(f"{reason} ({REQUIRE}=1 forbids skipping)", pytrace=False)
    pytest.skip(reason, allow_module_level=True)


def library(name: str, reason: str) -> Any:
    """A library that only tests use, imported; where it is missing `require_or_skip` decides."""
    try:
        return pytest.importorskip(name, reason=reason)
    except pytest.skip.Exception:
        require_or_skip(f"{name} is not installed: {reason}")


def find_postgres() -> Path | None:
    """The folder with initdb and postgres; Debian keeps it outside PATH."""
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda name: -int(name.split("/")[4]))
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(str(Path(on_path).resolve().parent))
    for folder in folders:
        if all(os.access(Path(folder) / name, os.X_OK) for name in ("initdb", "postgres", "psql")):
            return Path(folder)
    return None


def find_redis() -> str | None:
    return shutil.which("redis-server") or shutil.which("valkey-server")


def find_chromium() -> str | None:
    """A Chromium that Playwright can start; ASSISTANT_CHROMIUM names one by hand."""
    chosen = os.environ.get("ASSISTANT_CHROMIUM")
    if chosen:
        return chosen
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _unprivileged() -> dict[str, Any]:
    """How Popen starts a server that refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise RuntimeError("running as root without a user postgres or nobody to start PostgreSQL as")


def die_with_parent(signum: int) -> Callable[[], None] | None:
    """A killed test run must not leave servers behind (Linux only; elsewhere they are stopped at the end)."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)

    def ask_kernel() -> None:
        libc.prctl(1, signum)  # PR_SET_PDEATHSIG

    return ask_kernel


def _wait_for_port(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise RuntimeError(f"server did not start: {log.read_text(errors='replace')[-2000:]}")


class Server:
    """A process in a folder of its own that can be stopped, killed, frozen and started again on the same port."""

    def __init__(self, prefix: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=prefix))
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        raise AssertionError("each server says how it is started")

    def popen_options(self) -> dict[str, Any]:
        return {}

    def start(self) -> None:
        log = self.folder / "server.log"
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                self.command(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd=self.folder,
                preexec_fn=die_with_parent(signal.SIGKILL),
                **self.popen_options(),
            )
        _wait_for_port(self.port, self._process, log)

    def signal(self, signum: int) -> None:
        if self._process is not None:
            self._process.send_signal(signum)

    def freeze(self) -> None:
        """Connections stay open, nothing answers."""
        self.signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.signal(signal.SIGCONT)

    def kill(self) -> None:
        """kill -9, as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def wait(self, seconds: float) -> None:
        """Until it ended by itself. Raises subprocess.TimeoutExpired."""
        if self._process is not None:
            self._process.wait(seconds)

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


class RedisServer(Server):
    """Redis without persistence: what it knew is gone when it is killed."""

    def __init__(self, binary: str) -> None:
        super().__init__("assistant-redis-")
        self._binary = binary

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        options = {"port": self.port, "bind": "127.0.0.1", "save": "", "appendonly": "no", "dir": self.folder}
        return [self._binary, *(part for key, value in options.items() for part in (f"--{key}", str(value)))]


class PostgresServer(Server):
    """PostgreSQL with one superuser `assistant`; `durable` writes as it would for real.

    Without it fsync is off, because only the machine's crash could tell.
    """

    def __init__(self, binaries: Path, *, durable: bool = False) -> None:
        super().__init__("assistant-postgres-")
        self._binaries = binaries
        self._written = "on" if durable else "off"
        self._owner = _unprivileged()
        self._databases = 0
        self.emptied: list[str] = []  # URLs of migrated databases that nobody uses now
        if self._owner:
            os.chown(self.folder, self._owner["user"], self._owner["group"])
        subprocess.run(
            [binaries / "initdb", "-D", self.folder / "data", "-U", "assistant", "-A", "trust", "-E", "UTF8",
             "--locale=C.UTF-8", "--no-sync"],
            check=True, capture_output=True, cwd=self.folder, **self._owner,
        )  # fmt: skip

    def popen_options(self) -> dict[str, Any]:
        return self._owner

    def command(self) -> list[str]:
        options = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self.folder,
            "fsync": self._written,
            "full_page_writes": self._written,
            "max_connections": 120,
        }
        if self._written == "on" and sys.platform.startswith("linux"):
            options["recovery_init_sync_method"] = (
                "syncfs"  # after a crash one call instead of one for every file
            )
        settings = (part for key, value in options.items() for part in ("-c", f"{key}={value}"))
        return [str(self._binaries / "postgres"), "-D", str(self.folder / "data"), *settings]

    def start(self) -> None:
        super().start()
        deadline = time.monotonic() + 30
        while True:
            try:
                self.sql("SELECT 1")
                return
            except subprocess.CalledProcessError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def sql(self, statement: str, database: str = "postgres") -> str:
        """Run one statement as superuser; returns its bare result."""
        done = subprocess.run(
            [self._binaries / "psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1",
             "-p", str(self.port), "-U", "assistant", "-d", database, "-c", statement],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout.strip()

    def create_database(self) -> str:
        """The URL of a fresh, empty database."""
        self._databases += 1
        name = f"test_{self._databases}"
        self.sql(f"CREATE DATABASE {name}")
        return f"postgresql://assistant@127.0.0.1:{self.port}/{name}"

    def drop_database(self, url: str) -> None:
        self.sql(f"DROP DATABASE IF EXISTS {url.rsplit('/', 1)[1]} WITH (FORCE)")
