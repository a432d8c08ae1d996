"""A running web side over a real database and bus, with a stand-in for walk 1."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from sqlalchemy import Connection, insert

from assistant.buses.memory import MemoryBus
from assistant.settings import Settings
from assistant.store import models
from assistant.store.database import Database
from assistant.store.parts import dump
from assistant.types import Address, Part, Text, WebhookRequest
from assistant.web import auth
from assistant.web.events import SOCKETS
from assistant.web.server import WebContext, make_app, serve
from tests.clocks import FakeClock

PAGE = "page"
ADMIN = {"email": "ada@example.org", "name": "Ada Lovelace", "password": "four unrelated words"}
BROWSER = {"Accept": "text/html,application/xhtml+xml"}


@dataclass
class Sign:
    title: str


class FakeInbound:
    """Walk 1 for tests: remembers what came, or raises what it is told to."""

    def __init__(self) -> None:
        self.channels: Any = {"alpha": Sign("Alpha"), "beta": Sign("Beta"), PAGE: Sign("Web chat")}
        self.requests: list[tuple[str, WebhookRequest]] = []
        self.error: Exception | None = None
        self.holding = False
        self.held: list[Callable[[], None]] = []

    async def receive(self, channel_name: str, request: WebhookRequest) -> int:
        if self.error is not None:
            raise self.error
        self.requests.append((channel_name, request))
        return 1

    def take(
        self, channel_name: str, request: WebhookRequest, done: Callable[[Exception | None], None]
    ) -> None:
        """Answers at once, or when `held` is emptied by the test."""

        def finish() -> None:
            if self.error is None:
                self.requests.append((channel_name, request))
            done(self.error)

        if self.holding:
            self.held.append(finish)
        else:
            finish()

    def challenge(self, channel_name: str, request: WebhookRequest) -> str:
        if self.error is not None:
            raise self.error
        return request.query["hub.challenge"]


def visitor_address(cookie: str) -> Address | None:
    return Address(channel=PAGE, account="web", peer=cookie) if cookie.startswith("v-") else None


def visitor_key(cookie: str) -> str | None:
    address = visitor_address(cookie)
    return address.key if address is not None else None


@dataclass
class Site:
    """The web side, listening."""

    url: str
    context: WebContext
    inbound: FakeInbound
    clock: FakeClock
    database: Database
    bus: MemoryBus
    client: aiohttp.ClientSession
    app: web.Application
    reasons: list[str] = field(default_factory=list)

    async def get(self, path: str, **options: Any) -> aiohttp.ClientResponse:
        return await self.send("GET", path, **options)

    async def post(self, path: str, **options: Any) -> aiohttp.ClientResponse:
        options["headers"] = {"Origin": self.url, **options.get("headers", {})}
        return await self.send("POST", path, **options)

    async def send(self, method: str, path: str, **options: Any) -> aiohttp.ClientResponse:
        options["headers"] = {**BROWSER, **options.get("headers", {})}
        options.setdefault("allow_redirects", False)
        answer = await self.client.request(method, self.url + path, **options)
        await answer.read()
        return answer

    def sockets(self) -> set[web.WebSocketResponse]:
        return self.app[SOCKETS]

    async def set_up(self) -> None:
        """Make the first administrator; the client's cookies are theirs afterwards."""
        token = await auth.ensure_setup_token(self.context.setup_token_file, self.database)
        assert token is not None
        form = {**ADMIN, "again": ADMIN["password"], "token": token}
        answer = await self.post("/setup", data=form)
        assert answer.status == 303, await answer.text()


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/web.db"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url)
    opened.open()
    await opened.write(models.metadata.create_all)
    yield opened
    await opened.close()


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Argon2 with its smallest parameters: what is tested is not its strength."""
    monkeypatch.setattr(auth, "hasher", type(auth.hasher)(time_cost=1, memory_cost=8, parallelism=1))
    auth.dummy_hash.cache_clear()
    yield
    auth.dummy_hash.cache_clear()


@pytest.fixture
def given() -> dict[str, Any]:
    """What else the web side is given; tests of one part have a fixture of this name of their own."""
    return {}


@pytest.fixture
async def site(
    tmp_path: Path, clock: FakeClock, database: Database, quick_hashes: None, given: dict[str, Any]
) -> AsyncIterator[Site]:
    settings = Settings(data=tmp_path)
    inbound, bus = FakeInbound(), MemoryBus(clock)
    reasons: list[str] = []

    async def ready() -> list[str]:
        return reasons

    visitors = iter(f"v-visitor{number}" for number in range(100))
    context = WebContext(
        settings=settings,
        database=database,
        bus=bus,
        clock=clock,
        inbound=inbound,
        page_channel=PAGE,
        new_visitor=lambda: next(visitors),
        visitor_address=visitor_address,
        cookie_of=lambda visitor: visitor,
        engine_note=lambda: "demo model: shows the system, knows little",
        ready=ready,
        setup_token_file=tmp_path / "setup-token",
        open_prefixes=("/machines/",),
        **given,
    )
    app = make_app(context)
    runner, port = await serve(app, "127.0.0.1", 0)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as client:
        yield Site(f"http://127.0.0.1:{port}", context, inbound, clock, database, bus, client, app, reasons)
    await runner.cleanup()


# --- rows --------------------------------------------------------------------------------------------------


def add_conversation(
    connection: Connection,
    now: datetime,
    *,
    name: str | None = "Grace Hopper",
    peer: str = "peer-1",
    **values: Any,
) -> int:
    """A person and their conversation; returns its id."""
    person = connection.execute(insert(models.people).values(name=name, created_at=now)).inserted_primary_key
    address = Address(channel=values.get("channel", "alpha"), account=values.get("account", "web"), peer=peer)
    row: dict[str, Any] = {
        "key": address.key,
        "channel": address.channel,
        "account": address.account,
        "peer": peer,
        "person": person[0] if person else 0,
        "created_at": now,
        "last_at": now,
        **values,
    }
    made = connection.execute(insert(models.conversations).values(**row)).inserted_primary_key
    assert made is not None
    return int(made[0])


def add_message(
    connection: Connection,
    conversation: int,
    seq: int,
    now: datetime,
    *parts: Part | str,
    out: bool = False,
    sent: dict[str, Any] | None = None,
    **values: Any,
) -> int:
    """A message, and with `sent` its one row in the outbox; the conversation's last_seq follows."""
    stored = dump([Text(text=part) if isinstance(part, str) else part for part in parts])
    row: dict[str, Any] = {
        "conversation": conversation,
        "seq": seq,
        "after_seq": seq,
        "direction": "out" if out else "in",
        "author": "assistant" if out else "person",
        "channel": "alpha",
        "account": "web",
        "external_id": None if out else f"x{conversation}-{seq}",
        "parts": stored,
        "sent_at": now + timedelta(seconds=seq),
        "received_at": now + timedelta(seconds=seq),
        **values,
    }
    made = connection.execute(insert(models.messages).values(**row)).inserted_primary_key
    assert made is not None
    if sent is not None:
        outbox = {
            "conversation": conversation,
            "message": made[0],
            "part": 0,
            "channel": row["channel"],
            "account": row["account"],
            "state": "sent",
            "payload": stored[0],
            "idempotency_key": f"k{made[0]}",
            "next_at": now,
            "created_at": now,
            **sent,
        }
        connection.execute(insert(models.outbox).values(**outbox))
    connection.execute(
        models.conversations.update().where(models.conversations.c.id == conversation).values(last_seq=seq)
    )
    return int(made[0])
