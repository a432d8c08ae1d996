"""Two web processes and two workers over PostgreSQL and Redis are one assistant: work is shared, nothing is answered twice."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar
from sqlalchemy import Connection, select

from adapters.sandbox import Phone, Sandbox
from assistant import commands
from assistant.store import migrate
from assistant.store.database import Database
from assistant.store.models import conversations

from .harness import Server, SlowModel, stored, until_settled

pytestmark = [pytest.mark.postgres, pytest.mark.redis]

PEOPLE = 60
ROOM = 8


@dataclass
class Fleet:
    webs: list[Server]
    workers: list[Server]
    sandbox: Sandbox
    model: SlowModel


@contextlib.asynccontextmanager
async def fleet(folder: Path, postgres_url: str, redis_url: str) -> AsyncIterator[Fleet]:
    """Platforms send to different web processes: WhatsApp to the first, the others to the second."""
    model, sandbox = SlowModel(), await Sandbox.start()
    await model.start()
    for platform in sandbox.platforms.values():
        platform.retry_seconds, platform.retry_cap_seconds = 0.2, 1.0
    environment = sandbox.environment() | {
        "ASSISTANT_DATABASE_URL": postgres_url,
        "ASSISTANT_REDIS_URL": redis_url,
        "ASSISTANT_ENGINE": "openai",
        "ASSISTANT_ENGINE_URL": model.url,
        "ASSISTANT_MODEL": "slow",
        "ASSISTANT_TURNS_AT_ONCE": str(ROOM),
        "ASSISTANT_LEASE_SECONDS": "6",
    }
    webs = [Server(folder, environment, "serve") for _ in range(2)]
    workers = [Server(folder, environment, "work") for _ in range(2)]
    everybody = Fleet(webs=webs, workers=workers, sandbox=sandbox, model=model)
    try:
        await migrated(postgres_url)
        await asyncio.gather(*(server.start() for server in (*webs, *workers)))
        await sandbox.connect(webs[0].url, ["whatsapp"])
        await sandbox.connect(webs[1].url, ["messenger", "telegram"])
        yield everybody
    finally:
        model.hold.set()
        await asyncio.gather(*(server.gone() for server in (*webs, *workers)))
        await sandbox.close()
        await model.close()


async def migrated(url: str) -> None:
    database = Database(url)
    database.open()
    await database.write(migrate.upgrade)
    await database.close()


def holders(connection: Connection) -> list[str]:
    """Who holds a conversation now, once for each that is held."""
    held = select(conversations.c.lease_owner).where(conversations.c.lease_owner.is_not(None))
    return list(connection.execute(held).scalars())


async def taken_webhooks(server: Server) -> int:
    async with ClientSession() as session, session.get(f"{server.url}/metrics") as answer:
        counts = re.findall(r'assistant_webhooks_total\{[^}]*status="200"\} (\S+)', await answer.text())
    return int(sum(map(float, counts)))


async def test_sixty_people_are_answered_once_and_in_order_by_two_workers(
    tmp_path: Path, postgres_url: str, redis_url: str
) -> None:
    async with fleet(tmp_path, postgres_url, redis_url) as all_of_it:
        sandbox, model = all_of_it.sandbox, all_of_it.model
        channels = ("whatsapp", "messenger", "telegram")
        people = [sandbox.phone(channels[number % 3], f"Person {number}") for number in range(PEOPLE)]
        model.hold.clear()
        await asyncio.gather(*(person.say("message 0") for person in people))
        database = Database(postgres_url)
        database.open()
        try:
            async with asyncio.timeout(60):  # while the model thinks, both workers have their hands full
                while len(held := await database.read(holders)) < 2 * ROOM:
                    await asyncio.sleep(0.05)
            assert sorted(held.count(owner) for owner in set(held)) == [ROOM, ROOM]
            model.hold.set()
            await asyncio.gather(*(_goes_on(person) for person in people))
            said = await until_settled(all_of_it.webs[0], 3 * PEOPLE, timeout=90)
        finally:
            await database.close()
        inbound = [row for row in said if row["direction"] == "in"]
        assert len(inbound) == 3 * PEOPLE
        assert {row["outcome"] for row in inbound} <= {"answered", "coalesced"}
        _, parts = await stored(all_of_it.webs[0])
        assert not any(part["duplicate_possible"] for part in parts)
        await asyncio.sleep(0.5)
        assert sum(len(person.inbox) for person in people) == len(parts)
        for person in people:
            told = " / ".join(one.text.removeprefix("You said: ") for one in person.inbox)
            assert told.split(" / ") == ["message 0", "message 1", "message 2"]
        assert all([await taken_webhooks(web) >= PEOPLE for web in all_of_it.webs])


async def _goes_on(person: Phone) -> None:
    await person.wait_reply(60)
    await person.say("message 1")
    await person.say("message 2")


async def test_live_words_and_an_order_to_stop_cross_from_process_to_process(
    tmp_path: Path, postgres_url: str, redis_url: str
) -> None:
    async with fleet(tmp_path, postgres_url, redis_url) as all_of_it:
        first, second = (web.url for web in all_of_it.webs)
        model = all_of_it.model
        model.hold.clear()
        ana = all_of_it.sandbox.phone("whatsapp", "Ana")
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
            async with browser.get(f"{first}/chat") as page:
                assert page.status == 200
            async with browser.ws_connect(f"{second}/chat/events", headers={"Origin": second}) as socket:
                await socket.receive_json(timeout=20)
                await _post(browser, first, "one", "Hello")
                async with asyncio.timeout(60):
                    while "You" not in (await socket.receive_json()).get("open", ""):
                        pass  # typing comes first; then the model's first word, while it still holds the rest back
                    await _post(browser, first, "two", "/stop")
                    while (await socket.receive_json()).get("kind") != "done":
                        pass
        await ana.say("Tell me a long story")
        async with asyncio.timeout(40):
            while not any(request[-1]["content"].endswith("long story") for request in model.requests):
                await asyncio.sleep(0.05)
        await ana.say("stop")
        heard = await ana.wait_reply(40)  # the model still says nothing: its answer was given up
        assert heard.text == commands.answer(commands.Command.STOP, "en", "stop")
        model.hold.set()
        await until_settled(all_of_it.webs[0], 4)
        await asyncio.sleep(0.5)
        assert len(ana.inbox) == 1


async def _post(browser: ClientSession, url: str, id_: str, text: str) -> None:
    body = {"id": id_, "text": text}
    async with browser.post(f"{url}/chat/messages", json=body, headers={"Origin": url}) as answer:
        assert answer.status == 200, await answer.text()
