"""The tables change under a running system: senders hear 200 or 503, and everything accepted is answered once."""

from __future__ import annotations

import asyncio
import shutil
import signal
from pathlib import Path

import pytest
from aiohttp import ClientSession
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from adapters.sandbox import Phone
from assistant.store import migrate
from assistant.store.database import Database

from .harness import stored, system, until_settled

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{newest}"


def upgrade() -> None:
    for table in ("messages", "conversations", "outbox", "turns"):
        op.add_column(table, sa.Column("of_the_next_version", sa.String(32), nullable=True))
        op.add_column(table, sa.Column("counted", sa.Integer(), server_default="0", nullable=False))
        op.create_index(f"ix_{{table}}_next", table, ["of_the_next_version"])
    op.create_table("rooms", sa.Column("id", sa.Integer(), primary_key=True))
"""
SAYS, PEOPLE = 12, 4


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'assistant.db'}"
    return str(request.getfixturevalue("postgres_url"))


async def test_the_tables_of_the_next_version_come_under_live_traffic_and_nothing_is_lost(
    tmp_path: Path, database_url: str
) -> None:
    scripts = tmp_path / "migrations"
    shutil.copytree(migrate.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "9999_next.py").write_text(NEXT.format(newest=migrate.newest()))

    def upgrade(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(scripts))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

    database = Database(database_url)
    database.open()
    environment = {"ASSISTANT_DATABASE_URL": database_url}
    async with system(tmp_path, environment=environment) as (server, sandbox, _):
        people = [sandbox.phone("whatsapp", f"Person {number}") for number in range(PEOPLE)]
        talking = asyncio.gather(*(_talks(person) for person in people))
        await asyncio.sleep(0.5)
        await database.write(upgrade)
        ids = [external_id for said in await talking for external_id in said]
        async with ClientSession() as session, session.get(f"{server.url}/readyz") as answer:
            assert answer.status == 200, "a newer schema is no reason to stop"
        await until_settled(server, len(ids))
        for external_id in ids:
            delivery = sandbox.whatsapp.delivery(external_id)
            assert delivery is not None and set(delivery.answers) <= {200, 503} and 200 in delivery.answers
        await server.kill(signal.SIGTERM)
        await server.start()  # the version before starts on the new tables too, and leaves them as they are
        await people[0].say("after")
        said = await until_settled(server, len(ids) + 1)
        assert {row["outcome"] for row in said if row["direction"] == "in"} <= {"answered", "coalesced"}
        assert all("of_the_next_version" not in row for row in said)
        assert await database.read(migrate.current) == "9999"
        _, parts = await stored(server)
        await asyncio.sleep(0.5)
        assert sum(len(person.inbox) for person in people) == len(parts)
        for number, person in enumerate(people):
            told = " / ".join(one.text.removeprefix("You said: ") for one in person.inbox).split(" / ")
            assert sorted(told) == sorted([f"message {n}" for n in range(SAYS)] + ["after"] * (number == 0))
    await database.close()


async def _talks(person: Phone) -> list[str]:
    ids = []
    for number in range(SAYS):
        ids.append(await person.say(f"message {number}"))
        await asyncio.sleep(0.12)
    return ids
