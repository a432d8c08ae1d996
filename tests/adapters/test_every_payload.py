"""Every payload through the signed webhook: as it is, twice, shuffled, batched, cut short, and with anything missing."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import pytest
from pydantic import SecretStr
from sqlalchemy import Connection, select

from assistant.app import Runtime, running
from assistant.errors import BadPayload
from assistant.events import Event, MessageReceived, Unread
from assistant.settings import Settings, SettingsFile
from assistant.store import queue
from assistant.store.accept import Rules, accept
from assistant.store.database import Database
from assistant.store.models import conversations, messages, raw_events
from assistant.types import WebhookRequest
from tests.databases import migrated_sqlite

from .payloads import (
    Payload,
    account,
    batches,
    doors,
    fresh,
    kinds,
    made,
    payloads_of,
    served,
    signed,
    spoiled,
)

SEED = 20261124
OVER_HTTP = 60
"""So many spoiled payloads of each channel also travel over real HTTP; the rest are parsed and stored in-process."""
AT_LEAST = 30_000
RULES = Rules(debounce=timedelta(seconds=1), debounce_cap=timedelta(seconds=5))


# --- a served system -------------------------------------------------------------------------------------


class Site:
    """The whole web side over real HTTP, with every channel that a webhook can reach."""

    def __init__(self, runtime: Runtime, client: aiohttp.ClientSession) -> None:
        self.runtime, self.client = runtime, client
        self.statuses: Counter[int] = Counter()

    async def post(self, door: str, body: bytes) -> int:
        headers = {name: values[0] for name, values in signed(door, body).headers.items()}
        url = f"{self.runtime.address}/webhooks/{door}"
        async with self.client.post(url, data=body, headers=headers) as answer:
            assert await answer.read() == b""
            self.statuses[answer.status] += 1
            return answer.status

    async def waiting(self) -> Counter[tuple[str, str, str]]:
        """How often each message will be answered, by what names it on its platform."""

        def read(connection: Connection) -> Counter[tuple[str, str, str]]:
            found: Counter[tuple[str, str, str]] = Counter()
            for conversation in connection.execute(select(conversations.c.id)).scalars().all():
                ids = [message.id for message in queue.waiting(connection, conversation)]
                for row in connection.execute(select(messages).where(messages.c.id.in_(ids))):
                    found[row.channel, row.account, row.external_id] += 1
            return found

        return await self.runtime.database.read(read)

    async def bugs(self) -> list[str]:
        """Why something was kept raw that should have been read or stored."""
        statement = select(raw_events.c.reason)
        kept = await self.runtime.database.read(
            lambda connection: connection.execute(statement).scalars().all()
        )
        return [reason for reason in kept if reason.startswith("bug") or "could not be stored" in reason]

    async def stored(self) -> Counter[tuple[str, str, str]]:
        statement = select(messages).where(messages.c.direction == "in")
        rows = await self.runtime.database.read(lambda connection: connection.execute(statement).all())
        return Counter((row.channel, row.account, row.external_id) for row in rows)


def plain(settings: Any) -> dict[str, Any]:
    """Settings as they would stand in the file."""
    values = {name: getattr(settings, name) for name in type(settings).model_fields}
    return {
        name: value.get_secret_value() if isinstance(value, SecretStr) else value
        for name, value in values.items()
    }


@asynccontextmanager
async def open_site(folder: Path) -> AsyncIterator[Site]:
    settings = Settings(data=folder, database_url=migrated_sqlite(folder), host="127.0.0.1", port=0)
    sections = {name: plain(kinds()[name].example().settings) for name in served()}
    async with (
        running(settings, SettingsFile(sections, None), serve=True, work=False) as runtime,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=20)) as client,
    ):
        yield Site(runtime, client)


@pytest.fixture
async def site(tmp_path: Path, quiet: None) -> AsyncIterator[Site]:
    async with open_site(tmp_path) as opened:
        yield opened
        assert await opened.bugs() == []
    assert not [status for status in opened.statuses if status >= 500], opened.statuses


@pytest.fixture
def quiet(caplog: pytest.LogCaptureFixture) -> Any:
    """No error is logged while the test runs."""
    caplog.set_level(logging.WARNING)
    yield
    loud = [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
    assert [(record.name, record.getMessage(), record.exc_info) for record in loud] == []


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def renewed(names: list[str]) -> list[Payload]:
    moment = now()
    return [
        Payload(one.channel, one.name, one.expect, fresh(one.body, moment))
        for name in names
        for one in payloads_of(name)
    ]


def heard(door: str, body: bytes) -> list[Event]:
    """What everybody who reads the webhook of `door` reads in it; a body that is no webhook holds nothing."""
    events: list[Event] = []
    for name in kinds():
        if name == door or (name in served() and door in doors(name)):
            try:
                events += made(name).parse(signed(door, body))
            except BadPayload:
                continue
    return events


def named(events: list[Event]) -> set[tuple[str, str, str]]:
    return {
        (event.address.channel, event.address.account, event.external_id)
        for event in events
        if isinstance(event, MessageReceived)
    }


# --- as they are -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(kinds()))
def test_every_payload_is_read_as_what_it_is(name: str) -> None:
    wrong = []
    for payload in payloads_of(name):
        events = made(name).parse(signed(doors(name)[0], orjson.dumps(payload.body)))
        found = {type(event).__name__ for event in events} or {"-"}
        if not found & payload.expect:
            wrong.append((payload.name, sorted(found), sorted(payload.expect)))
        assert not [event for event in events if is_bug(event)], payload.name
    assert wrong == []


def is_bug(event: Event) -> bool:
    return isinstance(event, Unread) and (event.reason.startswith("bug") or "failed" in event.reason)


async def test_every_signed_payload_is_answered_200_and_every_message_in_it_stored_once(site: Site) -> None:
    expected: set[tuple[str, str, str]] = set()
    for payload in renewed(served()):
        body = orjson.dumps(payload.body)
        for door in doors(payload.channel):
            assert await site.post(door, body) == 200, payload.name
            expected |= named(heard(door, body))
    stored = await site.stored()
    assert set(stored) == expected and set(stored.values()) == {1}
    due = await site.waiting()
    assert due and set(due.values()) == {1}
    ours = {(name, account(name)) for name in served()}
    assert {(channel, at) for channel, at, _ in due} == ours
    print(f"\n{sum(site.statuses.values())} payloads over HTTP, {len(stored)} messages, {len(due)} to answer")


async def test_no_payload_is_taken_without_its_signature(site: Site) -> None:
    for name in served():
        for door in doors(name):
            url = f"{site.runtime.address}/webhooks/{door}"
            for payload in payloads_of(name)[:5]:
                async with site.client.post(url, data=orjson.dumps(payload.body)) as answer:
                    assert answer.status == 403
    raw = await site.runtime.database.read(lambda connection: connection.execute(select(raw_events)).all())
    assert not raw and not await site.stored()


# --- again, in any order, together -----------------------------------------------------------------------


async def test_repeated_shuffled_and_batched_payloads_are_answered_once(site: Site) -> None:
    chance = random.Random(SEED)
    sent: list[tuple[str, bytes]] = []
    expected: set[tuple[str, str, str]] = set()
    for name in served():
        payloads = renewed([name])
        chance.shuffle(payloads)
        bodies = [orjson.dumps(payload.body) for payload in payloads for _ in range(2)]
        bodies += [*batches(payloads), *batches(payloads[::-1])]
        sent += [(door, body) for body in bodies for door in doors(name)]
    chance.shuffle(sent)
    for door, body in sent:
        expected |= named(heard(door, body))
    for start in range(0, len(sent), 20):
        await asyncio.gather(*(site.post(door, body) for door, body in sent[start : start + 20]))
    assert set(site.statuses) == {200}
    stored, due = await site.stored(), await site.waiting()
    assert set(stored) == expected and set(stored.values()) == {1}
    assert due and set(due.values()) == {1}
    print(f"\n{len(sent)} requests over HTTP, {len(stored)} messages, {len(due)} to answer")


def test_a_batch_holds_what_its_parts_hold() -> None:
    for name in served():
        channel, door = made(name), doors(name)[0]
        alone = [
            event
            for payload in payloads_of(name)
            if isinstance(payload.body, dict) and isinstance(payload.body.get("entry"), list)
            for event in channel.parse(signed(door, orjson.dumps(payload.body)))
        ]
        together = [
            event for body in batches(list(payloads_of(name))) for event in channel.parse(signed(door, body))
        ]
        messages_alone = named(alone)
        assert messages_alone <= named(together)


# --- spoiled ---------------------------------------------------------------------------------------------


def read(name: str, template: WebhookRequest, body: bytes) -> list[Event]:
    """As walk 1 does it; any other error than BadPayload, and any bug that was caught, fails the test.

    The signature stays that of `template`: it is not looked at here, and takes longer to make than the body to read.
    """
    try:
        events = made(name).parse(replace(template, body=body))
    except BadPayload:
        return []
    assert not [event for event in events if is_bug(event)], body[:300]
    return events


def store(connection: Connection, events: list[Event], moment: datetime) -> None:
    accept(connection, events, moment, RULES)


async def test_nothing_spoiled_fails_the_parser_or_the_store(tmp_path: Path, quiet: None) -> None:
    database = Database(migrated_sqlite(tmp_path))
    database.open()
    counts: Counter[str] = Counter()
    moment = now()
    try:
        for name in sorted(kinds()):
            waiting: list[Event] = []
            template = signed(doors(name)[0], b"")
            for payload in payloads_of(name):
                for changed in spoiled(fresh(payload.body, moment)):
                    counts[name] += 1
                    waiting += read(name, template, orjson.dumps(changed))
            longest = max((orjson.dumps(one.body) for one in payloads_of(name)), key=len)
            for body in (orjson.dumps(payloads_of(name)[0].body), longest[:4000]):
                for length in range(len(body)):
                    counts[name] += 1
                    waiting += read(name, template, body[:length])
            for start in range(0, len(waiting), 1000):
                await database.write(store, waiting[start : start + 1000], moment)
            stored = await database.read(stored_of, name)
            assert set(stored.values()) <= {1}
            assert set(stored) <= named(waiting)
    finally:
        await database.close()
    print(f"\n{counts.total()} spoiled payloads parsed and stored: {dict(counts)}")
    assert counts.total() >= AT_LEAST


def stored_of(connection: Connection, name: str) -> Counter[tuple[str, str, str]]:
    statement = select(messages).where(messages.c.channel == name, messages.c.direction == "in")
    rows = connection.execute(statement).all()
    return Counter((row.channel, row.account, row.external_id) for row in rows)


async def test_spoiled_payloads_over_http_are_never_a_5xx(site: Site) -> None:
    chance = random.Random(SEED)
    sent = []
    for name in served():
        bodies = [orjson.dumps(changed) for one in renewed([name]) for changed in spoiled(one.body)]
        whole = orjson.dumps(payloads_of(name)[0].body)
        bodies = chance.sample(bodies, OVER_HTTP) + [whole[: chance.randrange(len(whole))] for _ in range(15)]
        sent += [(door, body) for body in bodies for door in doors(name)]
    chance.shuffle(sent)
    for start in range(0, len(sent), 20):
        await asyncio.gather(*(site.post(door, body) for door, body in sent[start : start + 20]))
    assert set(site.statuses) == {
        200
    }  # correctly signed: kept for staff, and the platform need not come again
    assert set((await site.waiting()).values()) <= {1}
    print(f"\n{len(sent)} spoiled payloads over HTTP: {dict(site.statuses)}")
