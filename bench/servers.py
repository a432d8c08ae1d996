"""Private servers for benches: PostgreSQL that really syncs, Redis, and any program of ours until the bench ends."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.services import PostgresServer, RedisServer, find_postgres, find_redis, free_port

__all__ = ["PYTHON", "free_port", "migrate", "postgres", "program", "redis"]

PYTHON = sys.executable


class DurablePostgres(PostgresServer):
    """As an operator runs it: a commit is on the disk before it is answered."""

    def command(self) -> list[str]:
        settings = ("fsync=on", "full_page_writes=on", "shared_buffers=256MB", "max_wal_size=4GB")
        return super().command() + [part for setting in settings for part in ("-c", setting)]

    def pids(self) -> list[int]:
        """Its processes of now: the one that was started and one for each connection and duty."""
        if self._process is None:
            return []
        parent = self._process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        return [parent, *map(int, children)]


@contextmanager
def postgres() -> Iterator[DurablePostgres | None]:
    """None where there is no PostgreSQL."""
    binaries = find_postgres()
    if binaries is None:
        yield None
        return
    server = DurablePostgres(binaries)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@contextmanager
def redis() -> Iterator[RedisServer | None]:
    """None where there is no Redis."""
    binary = find_redis()
    if binary is None:
        yield None
        return
    server = RedisServer(binary)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@contextmanager
def program(
    command: Sequence[str],
    environment: dict[str, str] | None = None,
    *,
    address: str = "",
    log: Path | None = None,
    seconds: float = 60.0,
) -> Iterator[int]:
    """A process until the block ends; yields its pid as soon as `address` answers with anything below 500."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    out = log.open("ab") if log else subprocess.DEVNULL
    process = subprocess.Popen(
        command, env=own | (environment or {}), stdout=out, stderr=out if log else None
    )
    try:
        deadline = time.monotonic() + seconds
        while address and not _answers(address):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{' '.join(command)} did not start")
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def migrate(environment: dict[str, str]) -> None:
    """`assistant migrate` with these settings."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    command = [sys.executable, "-m", "assistant", "migrate"]
    subprocess.run(command, env=own | environment, check=True, stdout=subprocess.DEVNULL)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=1):
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False
