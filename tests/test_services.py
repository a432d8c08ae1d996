"""The private servers of the tests: fresh, apart from the machine's own, and never missing unseen."""

from __future__ import annotations

import asyncio
import gc
import socket
from contextlib import suppress

import pytest

from tests.services import REQUIRE, PostgresServer, RedisServer, library, require_or_skip


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_missing_service_is_a_skip_at_home_and_a_failure_in_continuous_integration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(REQUIRE, raising=False)
    with pytest.raises(pytest.skip.Exception, match="no teapot"):
        require_or_skip("no teapot")
    monkeypatch.setenv(REQUIRE, "1")
    with pytest.raises(pytest.fail.Exception, match="no teapot"):
        require_or_skip("no teapot")


def test_a_missing_judge_is_skipped_only_where_nothing_was_promised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(REQUIRE, raising=False)
    with pytest.raises(pytest.skip.Exception, match="teapot is not installed: boil"):
        library("teapot", "boil")
    monkeypatch.setenv(REQUIRE, "1")
    with pytest.raises(pytest.fail.Exception, match="forbids skipping"):
        library("teapot", "boil")


@pytest.mark.postgres
@pytest.mark.parametrize("again", [1, 2])
def test_every_test_gets_an_empty_database(
    postgres_server: PostgresServer, postgres_url: str, again: int
) -> None:
    name = postgres_url.rsplit("/", 1)[1]
    postgres_server.sql("CREATE TABLE thing (id int)", name)
    assert postgres_server.sql("SELECT count(*) FROM thing", name) == "0"
    assert postgres_server.port != 5432


@pytest.mark.postgres
def test_postgres_keeps_what_was_committed_when_it_is_killed(postgres_server_alone: PostgresServer) -> None:
    postgres_server_alone.sql("CREATE TABLE thing AS SELECT 7 AS id")
    postgres_server_alone.kill()
    assert not listens(postgres_server_alone.port)
    postgres_server_alone.start()
    assert postgres_server_alone.sql("SELECT id FROM thing") == "7"


@pytest.mark.redis
def test_redis_forgets_when_it_is_killed(redis_server: RedisServer) -> None:
    import redis

    with redis.Redis.from_url(redis_server.url) as client:
        client.set("thing", "7")
        redis_server.kill()
        assert not listens(redis_server.port)
        redis_server.start()
        assert client.get("thing") is None
    assert redis_server.port != 6379


class HangsUp(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()


@pytest.mark.parametrize("rounds", range(6))
async def test_no_connection_outlives_the_server_that_accepted_it(rounds: int) -> None:
    """What is left open is said by the collector, and fails this test when it ends."""
    server = await asyncio.get_running_loop().create_server(HangsUp, "127.0.0.1", 0)
    with socket.socket() as client:
        client.setblocking(False)
        with suppress(BlockingIOError):
            client.connect(server.sockets[0].getsockname())
        for _ in range(rounds):
            await asyncio.sleep(0)
        server.close()
        for _ in range(6):
            await asyncio.sleep(0)
    gc.collect()
