"""Migrated databases without migrating each time: SQLite's is made once and copied, PostgreSQL's is emptied and used again."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import functools
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
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


@contextlib.contextmanager
def migrated_postgres(server: PostgresServer) -> Iterator[str]:
    """The URL of a PostgreSQL database with the newest schema and no rows, lent until the end of the block.

    It is emptied and lent again: to copy one for each test would be half a second each.
    """
    url = server.emptied.pop() if server.emptied else _made(server)
    yield url
    if server.sql(_EMPTY, url.rsplit("/", 1)[1]) == migrate.newest():
        server.emptied.append(url)
    else:  # the test went to another schema
        server.drop_database(url)


def _made(server: PostgresServer) -> str:
    url = server.create_database()

    async def made() -> None:
        database = Database(url)
        database.open()
        await database.write(migrate.upgrade)
        await database.close()

    with ThreadPoolExecutor(1) as aside:  # the test's own loop is not to be disturbed
        aside.submit(asyncio.run, made()).result()
    return url


# Everybody who is still connected is sent away, rows go without their foreign keys being asked, ids begin at 1, and the
# planner knows as little as of a new database.
_EMPTY = """
SET session_replication_role = replica;
DO $$
DECLARE
    name text;
    used boolean;
BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    FOR name IN SELECT quote_ident(tablename) FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s)', name) INTO used;
        IF used THEN
            EXECUTE format('DELETE FROM %s', name);
        END IF;
    END LOOP;
    PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
        FROM pg_sequences WHERE last_value IS NOT NULL;
END $$;
DELETE FROM pg_statistic WHERE starelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace);
UPDATE pg_class SET relpages = 0, reltuples = -1
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples <> -1;
SELECT version_num FROM alembic_version;
"""
