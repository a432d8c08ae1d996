"""The database goes away under a running server: platforms hear 503 and come back; nothing accepted is lost."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.services import PostgresServer

from .harness import system, until_settled


@pytest.mark.postgres
async def test_while_postgresql_is_down_webhooks_get_503_and_afterwards_everything_is_answered(
    tmp_path: Path, postgres_server_alone: PostgresServer
) -> None:
    environment = {"ASSISTANT_DATABASE_URL": postgres_server_alone.create_database()}
    async with system(tmp_path, environment=environment) as (server, sandbox, _):
        ana = sandbox.phone("whatsapp", "Ana")
        await ana.say("before")
        assert (await ana.wait_reply(60)).text == "You said: before"
        postgres_server_alone.kill()
        said = await ana.say("during")
        delivery = sandbox.whatsapp.delivery(said)
        assert delivery is not None and delivery.answers[0] == 503
        async with ClientSession() as session, session.get(f"{server.url}/readyz") as answer:
            assert answer.status == 503 and "database is not reachable" in await answer.text()
        postgres_server_alone.start()
        assert (await ana.wait_reply(60)).text == "You said: during"
        await ana.say("after")
        assert (await ana.wait_reply(60)).text == "You said: after"
        await until_settled(server, 3)
        await asyncio.sleep(1)
        assert len(ana.inbox) == 3
