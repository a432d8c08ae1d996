"""PostgreSQL stops, freezes, fills up or forgets to answer: platforms hear 503, nothing is lost, nothing happens twice."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from assistant.errors import StoreUnavailable
from assistant.store.models import conversations
from tests.scripted import ScriptedEngine as Model
from tests.services import PostgresServer
from tests.walks.system import System, echo, running

from .proxy import proxy
from .table import fault

pytestmark = pytest.mark.postgres


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that was taken by a transaction whose end nobody heard is unclear after this long, not after 30 seconds."""
    monkeypatch.setattr("assistant.deliver.HOLD", timedelta(seconds=2.5))


@contextlib.asynccontextmanager
async def in_trouble(system: System) -> AsyncIterator[None]:
    """Ana was answered before; nothing is acknowledged during the block; afterwards all is well without a restart."""
    await system.receive(["ana", 1, "before"])
    await system.until_settled(20)
    yield
    await received(system, ["ana", 2, "during"])
    await received(system, ["ben", 1, "after"])
    rows = await settled(system)
    said = [part["text"] for row in rows for part in row.parts if row.direction == "in"]
    assert said == ["before", "during", "after"]
    assert system.post.texts() == ["You said: before", "You said: during"]
    assert system.post.texts("ben") == ["You said: after"]


async def received(system: System, letter: list[object]) -> int:
    """As a platform does it: again and again until it is acknowledged; returns how often."""
    async with asyncio.timeout(30):
        for tries in range(1, 1000):
            with contextlib.suppress(StoreUnavailable):
                await system.receive(letter)
                return tries
            await asyncio.sleep(0.05)
    raise AssertionError("never acknowledged")


async def settled(system: System) -> list[Any]:
    while True:
        with contextlib.suppress(StoreUnavailable):
            return await system.until_settled()


async def refused(system: System) -> None:
    with pytest.raises(StoreUnavailable):
        await system.receive(["ana", 2, "during"])


def admin(server: PostgresServer, url: str, statement: str) -> None:
    server.sql(statement.replace("{}", url.rsplit("/", 1)[1]))


def hang_up(server: PostgresServer) -> None:
    """Everybody connects anew, and meets what was changed."""
    server.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'assistant' AND pid <> pg_backend_pid()"
    )


# --- the server ------------------------------------------------------------------------------------------


@fault(
    "PostgreSQL: immediate stop and restart, again and again",
    promise="503 meanwhile; nothing accepted is lost, nobody is answered twice",
)
async def test_immediate_stops_lose_nothing(tmp_path: Path, postgres_server_alone: PostgresServer) -> None:
    server = postgres_server_alone
    async with running(tmp_path, Model(echo), postgres=server.create_database(), lease_seconds=1.5) as system:
        for round_number in range(3):
            sending = asyncio.gather(
                *(received(system, [f"p{n}", round_number, f"round {round_number}"]) for n in range(8))
            )
            await asyncio.sleep(0.15 * round_number)
            server.signal(signal.SIGQUIT)
            await asyncio.to_thread(server._process.wait)  # type: ignore[union-attr]
            await asyncio.to_thread(server.start)
            await sending
        rows = await settled(system)
        assert len([row for row in rows if row.direction == "in"]) == 24
        for number in range(8):
            heard = system.post.texts(f"p{number}")
            marked = sum(part.duplicate_possible for part in await system.parts())
            said = " / ".join(text.removeprefix("You said: ") for text in dict.fromkeys(heard))
            assert said == "round 0 / round 1 / round 2"
            assert len(heard) - len(set(heard)) <= marked


@fault("PostgreSQL: frozen", promise="nothing is acknowledged until it goes on; then everything is, once")
async def test_a_frozen_server_acknowledges_nothing(
    tmp_path: Path, postgres_server_alone: PostgresServer
) -> None:
    server = postgres_server_alone
    async with running(tmp_path, Model(echo), postgres=server.create_database()) as system:
        async with in_trouble(system):
            subprocess.run(["pkill", "-STOP", "-P", str(server._process.pid)], check=True)  # type: ignore[union-attr]
            server.freeze()
            waiting = asyncio.create_task(system.receive(["ana", 2, "during"]))
            await asyncio.sleep(0.7)
            assert not waiting.done()
            server.thaw()
            subprocess.run(["pkill", "-CONT", "-P", str(server._process.pid)], check=True)  # type: ignore[union-attr]
            await waiting


@fault(
    "PostgreSQL: every connection is ended at once",
    promise="the pool makes new ones; at most one try is refused",
)
async def test_ended_connections_are_made_anew(tmp_path: Path, postgres_server_alone: PostgresServer) -> None:
    server = postgres_server_alone
    async with running(tmp_path, Model(echo), postgres=server.create_database()) as system:
        for number in range(4):
            hang_up(server)
            assert await received(system, ["ana", number, f"line {number}"]) <= 3
        await settled(system)
        told = " / ".join(text.removeprefix("You said: ") for text in system.post.texts())
        assert told == "line 0 / line 1 / line 2 / line 3"


# --- limits ----------------------------------------------------------------------------------------------


@fault(
    "PostgreSQL: our pool is exhausted", promise="503 after a short wait; a freed connection is used at once"
)
async def test_an_exhausted_pool_refuses_and_recovers(tmp_path: Path, migrated_postgres_url: str) -> None:
    async with running(tmp_path, Model(echo), postgres=migrated_postgres_url) as system:
        pool: Any = system.database._async.pool  # type: ignore[union-attr]
        pool._timeout = 0.2
        async with in_trouble(system):
            taken = [await system.database._async.connect() for _ in range(14)]  # type: ignore[union-attr]
            with contextlib.suppress(Exception):
                while True:
                    taken.append(await system.database._async.connect())  # type: ignore[union-attr]
            await refused(system)
            for connection in taken:
                await connection.close()


@fault("PostgreSQL: takes no more connections", promise="503; with room again it goes on without a restart")
async def test_too_many_connections_refuse_and_recover(
    tmp_path: Path, postgres_server: PostgresServer
) -> None:
    url = postgres_server.create_database()
    admin(postgres_server, url, "CREATE ROLE {}_app LOGIN")
    admin(postgres_server, url, "ALTER DATABASE {} OWNER TO {}_app")
    name = url.rsplit("/", 1)[1]
    postgres_server.sql(f"GRANT ALL ON SCHEMA public TO {name}_app", name)
    ours = url.replace("assistant@", f"{name}_app@")
    try:
        async with running(tmp_path, Model(echo), postgres=ours) as system:
            async with in_trouble(system):
                admin(postgres_server, url, "ALTER ROLE {}_app CONNECTION LIMIT 0")
                admin(
                    postgres_server,
                    url,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{}_app'",
                )
                await refused(system)
                admin(postgres_server, url, "ALTER ROLE {}_app CONNECTION LIMIT -1")
    finally:
        postgres_server.drop_database(url)
        admin(postgres_server, url, "DROP ROLE {}_app")


@fault(
    "PostgreSQL: a statement takes too long",
    promise="503, nothing is set aside as unreadable; afterwards it is stored",
)
async def test_a_statement_over_its_time_is_tried_again(
    tmp_path: Path, postgres_server: PostgresServer
) -> None:
    url = postgres_server.create_database()
    admin(postgres_server, url, "ALTER DATABASE {} SET statement_timeout = '150ms'")
    try:
        async with running(tmp_path, Model(echo), postgres=url) as system:
            async with in_trouble(system), asyncio.timeout(30):
                async with system.database._async.connect() as blocker:  # type: ignore[union-attr]
                    await blocker.execute(text("LOCK TABLE conversations, messages IN ACCESS EXCLUSIVE MODE"))
                    await refused(system)
                    await blocker.rollback()
    finally:
        postgres_server.drop_database(url)


@fault(
    "PostgreSQL: two transactions lock each other",
    promise="the one that is ended runs again by itself; both are kept",
)
async def test_a_deadlock_costs_nobody_anything(tmp_path: Path, postgres_server: PostgresServer) -> None:
    url = postgres_server.create_database()
    admin(postgres_server, url, "ALTER DATABASE {} SET deadlock_timeout = '50ms'")
    try:
        async with running(tmp_path, Model(echo), postgres=url, work=False) as system:
            await system.receive(["ana", 1, "hello"], ["ben", 1, "hello"])
            runs: list[int] = []

            def both(connection: Connection, first: int, second: int) -> None:
                runs.append(first)
                for id_ in (first, second):
                    connection.execute(
                        conversations.update()
                        .where(conversations.c.id == id_)
                        .values(priority=conversations.c.priority + 1)
                    )
                    connection.execute(text("SELECT pg_sleep(0.2)"))

            ids = [
                row.id
                for row in await system.database.read(lambda c: c.execute(conversations.select()).all())
            ]
            before = [
                row.priority
                for row in await system.database.read(lambda c: c.execute(conversations.select()).all())
            ]
            await asyncio.gather(
                system.database.write(both, ids[0], ids[1]), system.database.write(both, ids[1], ids[0])
            )
            after = [
                row.priority
                for row in await system.database.read(lambda c: c.execute(conversations.select()).all())
            ]
            assert [a - b for a, b in zip(sorted(after), sorted(before), strict=True)] == [2, 2]
            assert len(runs) > 2
    finally:
        postgres_server.drop_database(url)


@fault(
    "PostgreSQL: read-only, as a standby after a failover",
    promise="503, nothing is set aside as unreadable; writable again it goes on",
)
async def test_a_read_only_server_refuses_and_recovers(
    tmp_path: Path, postgres_server: PostgresServer
) -> None:
    url = postgres_server.create_database()
    try:
        async with running(tmp_path, Model(echo), postgres=url) as system:
            async with in_trouble(system):
                admin(postgres_server, url, "ALTER DATABASE {} SET default_transaction_read_only = on")
                hang_up(postgres_server)
                await asyncio.sleep(0.1)
                await refused(system)
                admin(postgres_server, url, "ALTER DATABASE {} RESET default_transaction_read_only")
                hang_up(postgres_server)
    finally:
        postgres_server.drop_database(url)


@pytest.fixture
def small_disk(tmp_path: Path, postgres_server: PostgresServer) -> Iterator[Path]:
    """A file system of 24 MiB that PostgreSQL may write to."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    folder = postgres_server.folder / "small"
    folder.mkdir(exist_ok=True)
    owner = postgres_server.popen_options()
    mount = [
        "mount",
        "-t",
        "tmpfs",
        "-o",
        f"size=24m,uid={owner['user']},gid={owner['group']},mode=700",
        "tmpfs",
        str(folder),
    ]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@fault(
    "PostgreSQL: its disk is full",
    promise="503, nothing half stored; with room again it goes on without a restart",
)
async def test_a_full_disk_refuses_and_recovers(
    tmp_path: Path, postgres_server: PostgresServer, small_disk: Path
) -> None:
    url = postgres_server.create_database()
    postgres_server.sql(f"CREATE TABLESPACE small LOCATION '{small_disk}'")
    admin(postgres_server, url, "ALTER DATABASE {} SET TABLESPACE small")
    try:
        async with running(tmp_path, Model(echo), postgres=url) as system:
            async with in_trouble(system):
                filler = os.open(small_disk / "filler", os.O_WRONLY | os.O_CREAT)
                with contextlib.suppress(OSError):
                    while os.write(filler, b"x" * 4096):
                        pass
                os.close(filler)
                with pytest.raises(StoreUnavailable):
                    await system.receive(
                        *([f"p{number}", 1, os.urandom(4000).hex()] for number in range(500))
                    )
                (small_disk / "filler").unlink()
    finally:
        postgres_server.drop_database(url)
        postgres_server.sql("DROP TABLESPACE small")


# --- an answer that got lost -----------------------------------------------------------------------------


@pytest.mark.parametrize("heard", [True, False])
@fault(
    "PostgreSQL: the connection is cut during COMMIT",
    promise="committed or not, the same again is right: one message, one answer",
)
async def test_a_commit_of_unknown_fate_is_repeated_without_harm(
    tmp_path: Path, migrated_postgres_url: str, postgres_server: PostgresServer, heard: bool
) -> None:
    """The wire breaks at the first COMMIT after a message, then at the second, and so on through its whole life."""
    async with proxy(postgres_server.port) as wire:
        url = migrated_postgres_url.replace(str(postgres_server.port), str(wire.port))
        async with running(tmp_path, Model(echo), postgres=url, lease_seconds=0.8) as system:
            wire.heard = heard
            for number in range(5):
                wire.cut_at = number
                await received(system, ["ana", number, f"line {number}"])
                await settled(system)
            assert wire.cuts >= 4
            rows = [row for row in await system.rows() if row.direction == "in"]
            assert [row.external_id for row in rows] == [f"ana-{number}" for number in range(5)]
            assert {row.outcome for row in rows} == {"answered"}
            said = system.post.texts()
            assert list(dict.fromkeys(said)) == [f"You said: line {number}" for number in range(5)]
            marked = sum(part.duplicate_possible for part in await system.parts())
            assert len(said) - 5 <= marked
