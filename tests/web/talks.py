"""The whole web chat in one process for its tests: the page served over HTTP, the real channel, a worker, a scripted model."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from adapters.webchat import WebChat, WebChatSettings
from assistant.channel import Services
from assistant.store import chats
from assistant.types import Address
from assistant.web.server import WebContext, make_app, serve
from tests.scripted import ScriptedEngine
from tests.walks.system import System, running


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


@contextlib.asynccontextmanager
async def open_house(
    folder: Path, engine: ScriptedEngine, *, note: str = "", **settings: Any
) -> AsyncIterator[House]:
    async with running(folder, engine, work=False, data=folder, **settings) as system:
        services = Services(http=system.http, bus=system.bus, clock=system.clock)
        channel = WebChat(WebChatSettings(secret=SecretStr("a secret for the tests")), services)
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
