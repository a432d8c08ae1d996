"""Fixtures every test may use; folders below add their own."""

from __future__ import annotations

import asyncio.selector_events
import gc
import os
import subprocess
from collections.abc import Generator, Iterator
from typing import Any

import pytest

from assistant import app
from tests.clocks import FakeClock
from tests.databases import migrated_postgres
from tests.services import (
    PostgresServer,
    RedisServer,
    find_chromium,
    find_postgres,
    find_redis,
    require_or_skip,
)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """The garbage collector looks through thousands of tests and their modules never, rather than again and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's ASSISTANT_… variables must not reach the settings under test."""
    for name in list(os.environ):
        if name.startswith("ASSISTANT_") and not name.startswith(("ASSISTANT_TESTS_", "ASSISTANT_CHROMIUM")):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _the_collector_is_not_the_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that starts in the tests' process must not visit, and freeze, all that the tests ever loaded."""
    monkeypatch.setattr(app, "_spare_the_collector", lambda: None)


@pytest.fixture(autouse=True, scope="session")
def _no_connection_outlives_its_server() -> Iterator[None]:
    """A connection that was accepted in the very moment its server closed is closed, as the tests' loop fails to do.

    asyncio gives it up without closing it (https://github.com/python/cpython/issues/109564), and some later test
    would be blamed for it. The system runs on uvloop, which has no such gap.
    """
    loop: Any = asyncio.selector_events.BaseSelectorEventLoop
    accept = loop._accept_connection2

    async def accept_or_close(
        self: Any,
        factory: Any,
        connection: Any,
        extra: Any,
        sslcontext: Any = None,
        server: Any = None,
        *more: Any,
    ) -> None:
        if server is not None and not server.sockets:
            connection.close()
            return
        await accept(self, factory, connection, extra, sslcontext, server, *more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loop, "_accept_connection2", accept_or_close)
        yield


@pytest.fixture
def clock() -> FakeClock:
    """A clock that moves only when told to."""
    return FakeClock()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The session's private PostgreSQL. Tests that kill it take `postgres_server_alone` instead."""
    yield from _postgres()


@pytest.fixture
def postgres_server_alone() -> Iterator[PostgresServer]:
    """A PostgreSQL of this test's own, to be killed, frozen and started again."""
    yield from _postgres()


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A fresh, empty database: postgresql://…"""
    url = postgres_server.create_database()
    yield url
    postgres_server.drop_database(url)


@pytest.fixture
def migrated_postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A database with the newest schema and no rows: postgresql://…"""
    with migrated_postgres(postgres_server) as url:
        yield url


@pytest.fixture(scope="session")
def _redis_session() -> Iterator[RedisServer]:
    yield from _redis()


@pytest.fixture
def redis_url(_redis_session: RedisServer) -> str:
    """The session's private Redis, emptied for this test."""
    import redis

    with redis.Redis.from_url(_redis_session.url) as client:
        client.flushall()
    return _redis_session.url


@pytest.fixture
def redis_server() -> Iterator[RedisServer]:
    """A Redis of this test's own, to be killed, frozen and started again."""
    yield from _redis()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium for Playwright."""
    found = find_chromium()
    if found is None:
        require_or_skip("Chromium is not installed")
    return found


def _postgres() -> Iterator[PostgresServer]:
    binaries = find_postgres()
    if binaries is None:
        require_or_skip("PostgreSQL is not installed")
    try:
        server = PostgresServer(binaries)
    except (OSError, RuntimeError, subprocess.CalledProcessError) as error:
        require_or_skip(f"PostgreSQL cannot be set up here: {error}")
    try:
        server.start()
        yield server
    finally:
        server.remove()


def _redis() -> Iterator[RedisServer]:
    binary = find_redis()
    if binary is None:
        require_or_skip("Redis is not installed")
    server = RedisServer(binary)
    try:
        server.start()
        yield server
    finally:
        server.remove()
