"""One way to the database: a function over a connection, run as one transaction, on SQLite or PostgreSQL."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from .. import metrics
from ..errors import Collision, SettingsError, StoreUnavailable

P = ParamSpec("P")
T = TypeVar("T")

_READERS = 4
_CONNECTIONS = 16
_BUSY_MS = 10_000
_BEGINNINGS = 2000
_TRIES = 3
_LOG_TRIES = 20
_AWAY = ("OperationalError", "InterfaceError", "InternalError")
_NOT_NOW = ("08", "25006", "53", "55P03", "57", "58")
"""PostgreSQL: no connection, read-only, no room, a lock or a statement took too long, shutting down, the disk failed."""
_CONFLICTS = ("40001", "40P01")  # PostgreSQL: serialization failure, deadlock


def normalize(url: str) -> str:
    """Accept the short and the driver forms of both dialects. Raises SettingsError for any other database."""
    try:
        parsed = make_url(url)
    except SQLAlchemyError:
        raise SettingsError(
            "database_url (ASSISTANT_DATABASE_URL) is not a database URL; use sqlite:///file.db or postgresql://…"
        ) from None
    family = parsed.get_backend_name()
    if family == "sqlite":
        return parsed.set(drivername="sqlite").render_as_string(hide_password=False)
    if family in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)
    raise SettingsError(
        f"database_url (ASSISTANT_DATABASE_URL) names {family}; sqlite and postgresql are supported"
    )


class Database:
    """Runs store functions. No transaction can cross a network call: the functions are not coroutines.

    SQLite: one writer thread (SQLite has one writer anyway; a whole transaction costs one hop) and a few readers.
    PostgreSQL: asyncpg, through SQLAlchemy's bridge.
    """

    def __init__(self, url: str) -> None:
        self.url = normalize(url)
        self.is_sqlite = self.url.startswith("sqlite")
        self._sync: Engine | None = None
        self._async: AsyncEngine | None = None
        self._writer: ThreadPoolExecutor | None = None
        self._readers: ThreadPoolExecutor | None = None

    @property
    def file(self) -> Path | None:
        """The SQLite file; None for anything else."""
        path = make_url(self.url).database if self.is_sqlite else None
        return Path(path) if path and path != ":memory:" else None

    def open(self) -> None:
        if self.is_sqlite:
            if self.file is not None:
                try:
                    self.file.parent.mkdir(parents=True, exist_ok=True)
                except OSError as error:
                    raise SettingsError(
                        f"the folder of the database cannot be made ({error.strerror}); "
                        "check data (ASSISTANT_DATA) and database_url (ASSISTANT_DATABASE_URL)"
                    ) from None
            self._sync = sqlite_engine(self.url)
            self._writer = ThreadPoolExecutor(1, thread_name_prefix="store-writer")
            self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="store-reader")
        else:
            self._async = create_async_engine(
                self.url,
                pool_size=_CONNECTIONS // 2,
                max_overflow=_CONNECTIONS // 2,
                pool_timeout=5,
                hide_parameters=True,
                connect_args={"timeout": 5, "command_timeout": 30},
            )

    async def close(self) -> None:
        for executor in (self._writer, self._readers):
            if executor is not None:
                await asyncio.get_running_loop().run_in_executor(None, executor.shutdown)
        if self._sync is not None:
            self._sync.dispose()
        if self._async is not None:
            await self._async.dispose()

    async def write(
        self, function: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `function(connection, …)` in one transaction and commit. Raises StoreUnavailable, Conflict.

        When PostgreSQL breaks a deadlock by ending our transaction, the function runs again.
        """
        for _ in range(_TRIES):
            try:
                return await self._run(self._writer, True, function, args, kwargs)
            except Collision:
                await asyncio.sleep(0.01)
        return await self._run(self._writer, True, function, args, kwargs)

    async def read(
        self, function: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `function(connection, …)` on one consistent view; nothing it writes is kept."""
        return await self._run(self._readers, False, function, args, kwargs)

    async def ping(self) -> None:
        """Raise StoreUnavailable unless the database answers."""
        await self.read(lambda connection: connection.execute(text("SELECT 1")).scalar())

    async def empty_log(self) -> bool:
        """Bring what was committed into SQLite's file and empty its log: deleted words must not survive there.

        False when somebody read an older state all the while; then the next call may do it. True on PostgreSQL, whose
        log is not ours to empty.
        """
        if self._sync is None or self.file is None:
            return True
        for _ in range(_LOG_TRIES):
            if await asyncio.get_running_loop().run_in_executor(self._writer, _empty_log, self._sync):
                return True
            await asyncio.sleep(0.25)
        return False

    async def _run(
        self,
        executor: ThreadPoolExecutor | None,
        commit: bool,
        function: Callable[..., T],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> T:
        try:
            if self._async is not None:
                return await self._on_postgresql(self._async, commit, function, args, kwargs)
            if self._sync is None:
                raise StoreUnavailable("the database was not opened")
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(executor, _transact, self._sync, commit, function, args, kwargs)
        except Exception as error:
            known = translated(error)
            _count(known)
            if known is error:
                raise
            raise known from error

    async def _on_postgresql(
        self,
        engine: AsyncEngine,
        commit: bool,
        function: Callable[..., T],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> T:
        """One transaction. A connection that died while nobody used it is found out by using it: as long as nothing was
        sent to be committed, the function runs again on another one. (To ask each connection first costs a round trip.)
        """
        for _ in range(_CONNECTIONS):
            async with engine.connect() as connection:
                transaction = await connection.begin()
                try:
                    result = await connection.run_sync(function, *args, **kwargs)
                except Exception:
                    if not await _died(connection):
                        raise
                    continue
                await (transaction.commit() if commit else transaction.rollback())
                return result
        raise StoreUnavailable("every connection was closed by the database")


def together(connection: Connection, *functions: Callable[[Connection], Any]) -> list[Any]:
    """What each of these finds, in one transaction: a page that reads much waits for one, not for ten."""
    return [function(connection) for function in functions]


async def _died(connection: AsyncConnection) -> bool:
    """Whether the database hung up on us; then nobody gets this connection again."""
    if connection.invalidated:
        return True
    driver: Any = (await connection.get_raw_connection()).driver_connection
    if not driver.is_closed():
        return False
    await connection.invalidate()
    return True


def _count(error: Exception) -> None:
    """What the database refused; what a function of ours decided for itself is no error of the database."""
    if isinstance(error, StoreUnavailable | Collision):
        metrics.database_errors.labels(error.code).inc()
    elif isinstance(error, SQLAlchemyError):
        metrics.database_errors.labels(type(error).__name__).inc()


def translated(error: Exception) -> Exception:
    """A database failure as one of our errors; programming mistakes and broken data stay what they are.

    The hot path speaks to the drivers themselves, whose errors come without SQLAlchemy's wrapping.
    """
    if isinstance(error, IntegrityError):
        return error
    if isinstance(error, PoolTimeout | OSError | TimeoutError):
        return StoreUnavailable(type(error).__name__)
    origin = error.orig if isinstance(error, DBAPIError) else error
    state = str(getattr(origin, "sqlstate", None) or "")
    if state in _CONFLICTS:
        return Collision("two transactions met")
    if state.startswith(_NOT_NOW):
        return StoreUnavailable(state)
    if isinstance(error, DBAPIError):
        away = error.connection_invalidated or type(error).__name__ in _AWAY
    else:
        away = isinstance(error, sqlite3.OperationalError) or (
            type(error).__module__.startswith("asyncpg.") and type(error).__name__ in _AWAY
        )
    return StoreUnavailable(type(origin).__name__) if away else error


def sqlite_engine(url: str) -> Engine:
    """An engine whose transactions begin IMMEDIATE when they write and whose commits survive power loss."""
    # every transaction ends in a commit or a rollback of ours: the pool need not roll back once more
    engine = create_engine(
        url,
        connect_args={"check_same_thread": False, "timeout": 10},
        pool_reset_on_return=None,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves; the driver must not
        # Checkpoints at 48 MB of log instead of 4: pages that change often are written back once, not every time.
        for pragma in (
            "wal_autocheckpoint=12000",
            "journal_mode=WAL",
            "synchronous=FULL",
            f"busy_timeout={_BUSY_MS}",
            "foreign_keys=ON",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("reading", False):
            connection.exec_driver_sql("BEGIN")
        elif not _begins(connection):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _begins(connection: Connection) -> bool:
    """Whether the file could be had for writing without SQLite's own way of waiting; any trouble is left to the caller.

    While another process writes, SQLite sleeps longer and longer, up to a tenth of a second at a time, and those who come
    later overtake: among four busy writers some waited for most of a second. A commit takes a millisecond or two.
    """
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA busy_timeout=0")
    try:
        for _ in range(_BEGINNINGS):
            try:
                driver.execute("BEGIN IMMEDIATE")
                return True
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    return False
                time.sleep(random.uniform(0.0002, 0.002))
        return False
    finally:
        driver.execute(f"PRAGMA busy_timeout={_BUSY_MS}")


def _empty_log(engine: Engine) -> bool:
    connection = engine.raw_connection()
    try:
        driver: Any = connection.driver_connection
        driver.execute("PRAGMA busy_timeout=250")
        try:
            busy, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            driver.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
        return not busy
    except sqlite3.OperationalError:  # locked, or the disk is full
        return False
    finally:
        connection.close()


def _transact(
    engine: Engine, commit: bool, function: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> T:
    with engine.connect() as connection:
        if not commit:
            connection = connection.execution_options(reading=True)
        with connection.begin() as transaction:
            result = function(connection, *args, **kwargs)
            if not commit:
                transaction.rollback()
            return result
