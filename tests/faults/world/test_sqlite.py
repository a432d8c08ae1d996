"""The SQLite file is full, locked, read-only, unreachable or copied: platforms hear 503, and nothing accepted is lost."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from assistant.errors import SettingsError, StoreUnavailable
from assistant.store.database import Database
from tests.scripted import ScriptedEngine as Model
from tests.walks.system import System, echo, running

from .table import fault


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 4 MiB of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk; the page limit shows the same without")
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("a small disk cannot be mounted here; the page limit shows the same without")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def pragma(system: System, current: Callable[[], str]) -> None:
    """Say this to SQLite whenever a connection is taken up."""

    @event.listens_for(system.database._sync, "checkout")
    def _checkout(connection: Any, *_: Any) -> None:
        connection.execute(f"PRAGMA {current()}")


@contextlib.asynccontextmanager
async def in_trouble(system: System) -> AsyncIterator[None]:
    """Ana was answered before; during the block nothing is acknowledged; afterwards all is well without a restart."""
    await system.receive(["ana", 1, "before"])
    await system.until_settled(20)
    yield
    await system.receive(["ana", 2, "during"])
    await system.receive(["ben", 1, "after"])
    rows = await system.until_settled(20)
    texts = [part["text"] for row in rows for part in row.parts if row.direction == "in"]
    assert texts == ["before", "during", "after"]
    assert sorted(system.post.texts()) == ["You said: before", "You said: during"]
    assert system.post.texts("ben") == ["You said: after"]
    check = await system.database.read(
        lambda connection: connection.exec_driver_sql("PRAGMA integrity_check").scalar()
    )
    assert check == "ok"


async def refused(system: System, size: int = 10) -> None:
    with pytest.raises(StoreUnavailable):
        await system.receive(["ana", 2, "during"], *([f"p{number}", 1, "x" * 1000] for number in range(size)))


@fault(
    "SQLite: its disk is full",
    promise="503, nothing half stored; with room again it goes on without a restart",
)
async def test_a_full_disk_refuses_and_recovers(small_disk: Path) -> None:
    async with running(small_disk, Model(echo)) as system:
        async with in_trouble(system):
            filler = os.open(small_disk / "filler", os.O_WRONLY | os.O_CREAT)
            with contextlib.suppress(OSError):
                while os.write(filler, b"x" * 4096):
                    pass
            os.close(filler)
            await refused(system, size=500)
            (small_disk / "filler").unlink()


@fault(
    "SQLite: may not grow any more",
    promise="503, nothing half stored; with room again it goes on without a restart",
)
async def test_a_file_that_may_not_grow_refuses_and_recovers(tmp_path: Path) -> None:
    limit = ["max_page_count=1000000"]
    async with running(tmp_path, Model(echo)) as system:
        pragma(system, lambda: limit[0])
        async with in_trouble(system):
            limit[0] = "max_page_count=1"  # as many pages as there are
            await refused(system, size=500)
            limit[0] = "max_page_count=1000000"


@fault("SQLite: its file is read-only", promise="503; writable again it goes on without a restart")
async def test_a_read_only_file_refuses_and_recovers(tmp_path: Path) -> None:
    only = ["query_only=OFF"]  # root writes to any file: SQLite refuses for us
    async with running(tmp_path, Model(echo)) as system:
        pragma(system, lambda: only[0])
        async with in_trouble(system):
            only[0] = "query_only=ON"
            await refused(system)
            only[0] = "query_only=OFF"


@fault(
    "SQLite: another program holds its lock for long",
    promise="503 after the wait; freed, it goes on without a restart",
)
async def test_a_lock_held_by_another_program_refuses_and_recovers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(tmp_path, Model(echo)) as system:
        monkeypatch.setattr("assistant.store.database._BUSY_MS", 100)
        monkeypatch.setattr("assistant.store.database._BEGINNINGS", 10, raising=False)
        pragma(system, lambda: "busy_timeout=100")
        async with in_trouble(system):
            other = sqlite3.connect(tmp_path / "assistant.db", isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            await refused(system)
            other.execute("ROLLBACK")
            other.close()


@fault(
    "SQLite: its folder cannot be made",
    promise="the command says so in one sentence; it does not start blind",
)
async def test_a_folder_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    database = Database(f"sqlite:///{tmp_path / 'file' / 'assistant.db'}")
    with pytest.raises(SettingsError, match="ASSISTANT_DATA"):
        database.open()


@fault(
    "Backup: the database is copied while it is written",
    promise="the copy is whole; restored, it answers what waited",
)
async def test_a_copy_made_while_it_runs_can_be_restored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, restored = Model(echo), tmp_path / "restored"
    restored.mkdir()
    async with running(tmp_path, model, lease_seconds=1) as system:
        await system.receive(["ana", 1, "hello"])
        await system.until_settled()
        model.hold()
        await system.receive(["ben", 1, "waiting"])
        await model.until_asked(2)
        writing = asyncio.create_task(_write_on(system))
        await asyncio.to_thread(_backup, tmp_path / "assistant.db", restored / "assistant.db")
        writing.cancel()
        model.release()
    with sqlite3.connect(restored / "assistant.db") as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    monkeypatch.setattr(
        "tests.walks.system.migrated_sqlite", lambda folder: f"sqlite:///{folder}/assistant.db"
    )
    async with running(restored, Model(echo)) as system:
        await system.until_settled()
        assert system.post.texts("ben") == ["You said: waiting"]
        assert system.post.texts("ana") == [], "what was answered before the copy is not answered again"


async def _write_on(system: System) -> None:
    for number in range(10_000):
        await system.receive([f"crowd{number % 5}", number, "noise"])
        await asyncio.sleep(0.01)


def _backup(source: Path, target: Path) -> None:
    """SQLite's own online backup, a few pages at a time, as an operator's script would."""
    with sqlite3.connect(source) as live, sqlite3.connect(target) as copy:
        live.backup(copy, pages=5, sleep=0.001)
