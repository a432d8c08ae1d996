"""Migrated databases without migrating each time: one of each kind is made per test run and copied."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import tempfile
from pathlib import Path

from assistant.store import migrate
from assistant.store.database import Database, sqlite_engine

from .services import PostgresServer


@functools.cache
def _template() -> Path:
    folder = tempfile.mkdtemp(prefix="assistant-template-")
    atexit.register(_remove, folder, os.getpid())
    engine = sqlite_engine(f"sqlite:///{folder}/made.db")
    with engine.begin() as connection:
        migrate.upgrade(connection)
    engine.dispose()  # the last connection folds the log into the file
    return Path(folder) / "made.db"


def _remove(folder: str, owner: int) -> None:
    """A child that was forked ends with our handlers, too: what is still needed is not its to remove."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)


def migrated_sqlite(folder: Path) -> str:
    """The URL of a fresh database in `folder` with the newest schema."""
    path = folder / "assistant.db"
    if not _template().exists():  # somebody tidied the machine's folder for temporary files
        _template.cache_clear()
    shutil.copy(_template(), path)
    return f"sqlite:///{path}"


async def migrated_postgres(server: PostgresServer, url: str) -> str:
    """Give the empty database of `url` the newest schema; returns the URL."""
    if server.template is None:
        template = server.create_database()
        database = Database(template)
        database.open()
        await database.write(migrate.upgrade)
        await database.close()  # what somebody is connected to cannot be copied
        server.template = template
    server.copy_database(server.template, url)
    return url
