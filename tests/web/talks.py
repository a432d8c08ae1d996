"""The whole web chat in one process for its tests: the page served over HTTP, the real channel, a worker, a scripted model."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Connection, select

from adapters.webchat import WebChat, WebChatSettings
from assistant.channel import Services
from assistant.store import chats, models
from assistant.types import Address
from assistant.web.server import WebContext, make_app, serve
from tests.scripted import ScriptedEngine
from tests.walks.system import System, running
from tests.web.conftest import add_message


@dataclass
class House:
    """`system`: the three walks around one database; `url`: where the page is served."""

    url: str
    system: System
    engine: ScriptedEngine
    channel: WebChat
    context: WebContext

    def visitor(self, cookie: str) -> Address:
        address = self.channel.visitor_address(cookie)
        assert address is not None
        return address

    async def messages(self, address: Address) -> list[chats.ChatMessage]:
        """What the store holds of a chat, as its page is to show it."""
        found = await self.system.database.read(chats.chat, address)
        assert found is not None
        return await self.system.database.read(chats.messages, found.conversation, limit=1000)

    async def fill(self, address: Address, count: int) -> None:
        """More messages in a chat that is there: a question, an answer, and so on, numbered from 0."""

        def write(connection: Connection) -> None:
            here = select(models.conversations).where(models.conversations.c.key == address.key)
            row = connection.execute(here).mappings().one()
            now, last = self.system.clock.now(), row["last_seq"]
            for number in range(count):
                out = number % 2 == 1
                add_message(
                    connection,
                    row["id"],
                    last + 1 + number,
                    now,
                    f"message {number}",
                    out=out,
                    outcome=None if out else "answered",
                    channel=address.channel,
                    sent={"external_id": f"filled{row['id']}-{number}"} if out else None,
                )

        await self.system.database.write(write)


@contextlib.asynccontextmanager
async def open_house(
    folder: Path, engine: ScriptedEngine, *, note: str = "", origins: Sequence[str] = (), **settings: Any
) -> AsyncIterator[House]:
    async with running(folder, engine, work=False, data=folder, **settings) as system:
        services = Services(http=system.http, bus=system.bus, clock=system.clock)
        secret = SecretStr("a secret for the tests")
        channel = WebChat(WebChatSettings(secret=secret, origins=list(origins)), services)
        system.channels[channel.name] = channel
        worker = system.new_worker("worker")
        worker.start()

        async def ready() -> list[str]:
            return []

        context = WebContext(
            settings=system.settings,
            database=system.database,
            bus=system.bus,
            clock=system.clock,
            inbound=system.inbound,
            page_channel=channel.name,
            new_visitor=channel.new_visitor,
            visitor_address=channel.visitor_address,
            cookie_of=channel.cookie_of,
            page_origins=channel.origins(),
            sender=channel.sender,
            engine_note=lambda: note,
            ready=ready,
            setup_token_file=folder / "setup-token",
        )
        runner, port = await serve(make_app(context), "127.0.0.1", 0)
        try:
            yield House(f"http://127.0.0.1:{port}", system, engine, channel, context)
        finally:
            await runner.cleanup()
            await worker.close(grace=1.0)
