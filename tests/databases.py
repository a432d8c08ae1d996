"""Migrated SQLite files without migrating each time: one is made per test run and copied."""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
from pathlib import Path

from assistant.store import migrate
from assistant.store.database import sqlite_engine


@functools.cache
def _template() -> Path:
    folder = tempfile.mkdtemp(prefix="assistant-template-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    engine = sqlite_engine(f"sqlite:///{folder}/made.db")
    with engine.begin() as connection:
        migrate.upgrade(connection)
    engine.dispose()  # the last connection folds the log into the file
    return Path(folder) / "made.db"


def migrated_sqlite(folder: Path) -> str:
    """The URL of a fresh database in `folder` with the newest schema."""
    path = folder / "assistant.db"
    shutil.copy(_template(), path)
    return f"sqlite:///{path}"
