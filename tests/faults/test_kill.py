"""Whatever is killed and whenever: every accepted message is answered, once, in order."""

from __future__ import annotations

import asyncio
import random
import signal
from pathlib import Path

import pytest
from aiohttp import ClientSession

from adapters.sandbox import payloads
from adapters.sandbox.meta import WhatsApp

from .harness import Server, stored, system, until_settled


@pytest.fixture(params=["embedded", pytest.param("servers", marks=[pytest.mark.postgres, pytest.mark.redis])])
def backing(request: pytest.FixtureRequest) -> dict[str, str]:
    """SQLite and one process's bus, or PostgreSQL and Redis."""
    if request.param == "embedded":
        return {}
    return {
        "ASSISTANT_DATABASE_URL": request.getfixturevalue("postgres_url"),
        "ASSISTANT_REDIS_URL": request.getfixturevalue("redis_url"),
    }


async def test_a_server_killed_in_mid_generation_answers_exactly_once_after_the_restart(
    tmp_path: Path, backing: dict[str, str]
) -> None:
    async with system(tmp_path, environment=backing) as (server, sandbox, model):
        ana = sandbox.phone("whatsapp", "Ana")
        model.hold.clear()
        await ana.say("Are you there?")
        await asyncio.wait_for(model.started.wait(), 60)
        await server.kill()
        assert ana.inbox == []
        model.hold.set()
        await server.start()
        heard = await ana.wait_reply(60)
        assert heard.text == "You said: Are you there?"
        await until_settled(server, 1)
        await asyncio.sleep(2.0)
        assert len(ana.inbox) == 1
        assert len(model.requests) == 2


async def test_killed_before_the_send_was_answered_the_echo_settles_it_without_a_second_message(
    tmp_path: Path,
) -> None:
    async with system(tmp_path) as (server, sandbox, _):
        ana = sandbox.phone("whatsapp", "Ana")
        sandbox.whatsapp.faults.hang_seconds = 30
        await ana.say("Hello")
        heard = await ana.wait_reply(60)
        await server.kill()
        sandbox.whatsapp.faults.rest()
        sandbox.whatsapp.faults.hang_seconds = 0
        await server.start()
        await ana.wait_status(heard, "read", 60)
        await until_settled(server, 1)
        await asyncio.sleep(2.0)
        assert len(ana.inbox) == 1


async def test_a_polite_stop_ends_the_open_turn_or_gives_it_back_uncounted(tmp_path: Path) -> None:
    async with system(tmp_path) as (server, sandbox, model):
        ana = sandbox.phone("telegram", "Ana")
        model.hold.clear()
        await ana.say("Hello")
        await asyncio.wait_for(model.started.wait(), 60)
        stopping = asyncio.create_task(server.kill(signal.SIGTERM))
        await asyncio.sleep(0.5)
        model.hold.set()
        assert await stopping == 0
        await server.start()
        await until_settled(server, 1)
        assert len(ana.inbox) == 1


@pytest.mark.slow
async def test_thirty_messages_under_repeated_kills_are_all_answered_in_order(tmp_path: Path) -> None:
    """Kills at random moments, duplicated webhooks; a possible duplicate is allowed only where it is marked."""
    async with system(tmp_path) as (server, sandbox, _):
        draw = random.Random(20261123)
        people = [
            sandbox.phone(channel, name)
            for channel, name in (("whatsapp", "Ana"), ("messenger", "João"), ("telegram", "Lucía"))
        ]
        for platform in sandbox.platforms.values():
            platform.faults.duplicates = 1

        async def talk(number: int) -> None:
            for turn in range(10):
                await people[number].say(f"message {turn}")
                await asyncio.sleep(draw.uniform(0.1, 0.8))

        talking = asyncio.gather(*(talk(number) for number in range(3)))
        kills = 0
        while not talking.done() or kills < 5:
            await asyncio.sleep(draw.uniform(0.3, 1.2))
            await server.kill()
            kills += 1
            await server.start()
        await talking
        said = await until_settled(server, 30, timeout=90)
        inbound = [row for row in said if row["direction"] == "in"]
        assert len(inbound) == 30
        assert {row["outcome"] for row in inbound} <= {"answered", "coalesced"}
        _, parts = await stored(server)
        marked = sum(bool(part["duplicate_possible"]) for part in parts)
        heard = sum(len(person.inbox) for person in people)
        assert len(parts) <= heard <= len(parts) + marked
        accepted: dict[object, list[str]] = {}
        # A webhook that met a dead server comes again later: the order is that of acceptance.
        for row in inbound:
            accepted.setdefault(row["channel"], []).append(row["parts"][0]["text"])  # type: ignore[index]
        for person in people:
            assert sorted(accepted[person.channel]) == sorted(f"message {turn}" for turn in range(10))
            told = " / ".join(dict.fromkeys(one.text.removeprefix("You said: ") for one in person.inbox))
            assert told.split(" / ") == accepted[person.channel]


async def test_ten_deliveries_of_one_webhook_and_fifty_messages_in_one_post(tmp_path: Path) -> None:
    async with system(tmp_path) as (server, sandbox, model):
        ana, ben = sandbox.phone("whatsapp", "Ana"), sandbox.phone("whatsapp", "Ben")
        sandbox.whatsapp.faults.duplicates = 9
        await ana.say("Once")
        assert (await ana.wait_reply(60)).text == "You said: Once"
        sandbox.whatsapp.faults.rest()
        body = _fifty(sandbox.whatsapp, ben)
        async with ClientSession() as session:
            for _ in range(10):
                headers = sandbox.whatsapp.headers(body)
                async with session.post(
                    f"{server.url}/webhooks/whatsapp", data=body, headers=headers
                ) as answer:
                    assert answer.status == 200
        assert (await ben.wait_reply(60)).text == "You said: " + " / ".join(f"line {n}" for n in range(50))
        said = await until_settled(server, 51)
        assert [row["outcome"] for row in said if row["direction"] == "in"] == ["answered"] + [
            "coalesced"
        ] * 49 + ["answered"]
        await asyncio.sleep(1.0)
        assert (len(ana.inbox), len(ben.inbox), len(model.requests)) == (1, 1, 2)


def _fifty(platform: WhatsApp, phone: object) -> bytes:
    """One signed-to-be POST with fifty messages of one person."""
    _, one = platform.compose(phone, "line 0")  # type: ignore[arg-type]
    value = one["entry"][0]["changes"][0]["value"]
    first = value["messages"][0]
    value["messages"] = [
        first | {"id": payloads.new_wamid("34600000000"), "text": {"body": f"line {number}"}}
        for number in range(50)
    ]
    return payloads.encode(one)


async def test_a_server_alone_stores_and_a_worker_alone_answers(tmp_path: Path) -> None:
    async with system(tmp_path) as (both, sandbox, _):
        await both.kill(signal.SIGTERM)
        serve = Server(tmp_path, both.environment, "serve")
        serve.environment["ASSISTANT_PORT"] = str(serve.port)
        work = Server(tmp_path, both.environment, "work")
        try:
            await serve.start()
            await sandbox.connect(serve.url)
            ana = sandbox.phone("messenger", "Ana")
            await ana.say("Hello")
            await asyncio.sleep(1.0)
            assert ana.inbox == []
            await work.start()
            assert (await ana.wait_reply(60)).text == "You said: Hello"
            assert await work.kill(signal.SIGTERM) == 0
            assert await serve.kill(signal.SIGTERM) == 0
        finally:
            await work.gone()
            await serve.gone()
