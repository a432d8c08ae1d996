"""The whole system in this process: real server, store, worker and adapters, beside the sandbox and a model server."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import select

from adapters.sandbox import Sandbox
from assistant.app import Runtime, running
from assistant.settings import EngineKind, Settings, SettingsFile
from assistant.store.models import messages, outbox
from tests.databases import migrated_sqlite
from tests.faults.harness import SlowModel


@dataclass
class House:
    """A started system. `model.hold` stops every answer after its first word; `model.requests` is what it was asked."""

    runtime: Runtime
    sandbox: Sandbox
    model: SlowModel
    client: aiohttp.ClientSession

    async def post(self, channel: str, body: bytes, headers: dict[str, str] | None = None) -> int:
        """A webhook of the sandbox's platform, signed unless `headers` say otherwise; returns the HTTP status."""
        signed = self.sandbox.platform(channel).headers(body) if headers is None else headers
        url = f"{self.runtime.address}/webhooks/{channel}"
        async with self.client.post(url, data=body, headers=signed) as answer:
            assert await answer.read() == b""
            return answer.status

    async def rows(self, direction: str = "") -> list[Any]:
        statement = select(messages).order_by(messages.c.id)
        if direction:
            statement = statement.where(messages.c.direction == direction)
        return await self.runtime.database.read(lambda connection: list(connection.execute(statement).all()))

    async def parts(self) -> list[Any]:
        statement = select(outbox).order_by(outbox.c.id)
        return await self.runtime.database.read(lambda connection: list(connection.execute(statement).all()))

    async def settled(self, count: int, timeout: float = 40.0) -> list[Any]:
        """Wait until `count` messages came in, each has its outcome, and nothing waits to be sent; returns them."""
        async with asyncio.timeout(timeout):
            while True:
                rows, parts = await self.rows("in"), await self.parts()
                done = len(rows) >= count and all(row.outcome for row in rows)
                if done and all(part.state in ("sent", "failed", "cancelled") for part in parts):
                    return rows
                await asyncio.sleep(0.02)

    async def until(self, ready: Callable[[], bool], timeout: float = 40.0) -> None:
        async with asyncio.timeout(timeout):
            while not ready():
                await asyncio.sleep(0.01)

    async def outcomes(self) -> Counter[str]:
        return Counter(row.outcome for row in await self.rows("in"))


@contextlib.asynccontextmanager
async def outside() -> AsyncIterator[tuple[Sandbox, SlowModel]]:
    """What survives our process: the platforms, and a model server."""
    model = SlowModel()
    await model.start()
    sandbox = await Sandbox.start()
    for platform in sandbox.platforms.values():
        platform.retry_seconds = platform.receipt_seconds = 0.02
    try:
        yield sandbox, model
    finally:
        model.hold.set()
        await sandbox.close()
        await model.close()


@contextlib.asynccontextmanager
async def inside(folder: Path, sandbox: Sandbox, model: SlowModel, **more: Any) -> AsyncIterator[House]:
    """Our process over the database in `folder`; a second one over the same folder is a restart."""
    path = folder / "assistant.db"
    settings = Settings(
        data=folder,
        database_url=f"sqlite:///{path}" if path.exists() else migrated_sqlite(folder),
        host="127.0.0.1",
        port=0,
        engine=EngineKind.OPENAI,
        engine_url=model.url,
        model="slow",
        **{
            "debounce_seconds": 0.1,
            "debounce_cap_seconds": 0.5,
            "settle_seconds": 0.4,
            "messages_per_minute": 1000,
            "bot_loop_turns": 0,
            "disclosure": False,
            **more,
        },
    )
    sections: dict[str, Any] = {}
    for name, value in sandbox.environment().items():
        _, channel, key = name.lower().split("_", 2)
        sections.setdefault(channel, {})[key] = value
    async with (
        running(settings, SettingsFile(sections, None), serve=True, work=True) as runtime,
        aiohttp.ClientSession() as client,
    ):
        await sandbox.connect(runtime.address)
        yield House(runtime, sandbox, model, client)
        model.hold.set()


@contextlib.asynccontextmanager
async def house(folder: Path, **more: Any) -> AsyncIterator[House]:
    async with outside() as (sandbox, model), inside(folder, sandbox, model, **more) as opened:
        yield opened
