"""A real server process that can be killed and started again, and a slow model server that speaks the OpenAI protocol."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import orjson
from aiohttp import ClientSession, web
from sqlalchemy import select

from adapters.sandbox import Sandbox
from assistant.store.database import Database
from assistant.store.models import messages, outbox
from tests.services import die_with_parent, free_port

_DAY = re.compile(r"^\[\w+, \d+ \w+ \d{4}\]\n", re.MULTILINE)


class SlowModel:
    """Answers every chat completion with one word after another; `hold` makes it wait in the middle of an answer."""

    def __init__(self) -> None:
        self.started = asyncio.Event()
        self.hold = asyncio.Event()
        self.hold.set()
        self.requests: list[list[dict[str, str]]] = []
        self.url = ""
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        app.add_routes(
            [web.post("/v1/chat/completions", self._complete), web.get("/v1/models", self._models)]
        )
        app.add_routes([web.get("/health", self._models)])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        port = free_port()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.url = f"http://127.0.0.1:{port}/v1"

    async def close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _models(self, request: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": [{"id": "slow", "object": "model"}]})

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.requests.append(body["messages"])
        # The day that stands before a person's first words of it is not theirs, and this model knows that.
        newest = _DAY.sub("", body["messages"][-1]["content"]).replace("\n", " / ")
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await stream.prepare(request)
        with contextlib.suppress(ConnectionError):
            for number, word in enumerate(["You ", "said: ", newest]):
                chunk = {"choices": [{"index": 0, "delta": {"content": word}, "finish_reason": None}]}
                await stream.write(b"data: " + orjson.dumps(chunk) + b"\n\n")
                if number == 0:
                    self.started.set()
                    await self.hold.wait()
            end = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
            await stream.write(b"data: " + orjson.dumps(end) + b"\n\ndata: [DONE]\n\n")
        return stream


class Server:
    """`assistant up` (or another command) as a process of its own, with settings from the environment."""

    def __init__(self, folder: Path, environment: dict[str, str], command: str = "up") -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self.command = command
        self.environment = {
            "ASSISTANT_DATA": str(folder),
            "ASSISTANT_PORT": str(self.port),
            "ASSISTANT_LEASE_SECONDS": "1.5",
            "ASSISTANT_DEBOUNCE_SECONDS": "0.2",
            "ASSISTANT_DEBOUNCE_CAP_SECONDS": "1",
            "ASSISTANT_SETTLE_SECONDS": "1",
            "ASSISTANT_MESSAGES_PER_MINUTE": "10000",
            "ASSISTANT_TOKENS_PER_DAY": "0",
            "ASSISTANT_BOT_LOOP_TURNS": "0",
            "ASSISTANT_DISCLOSURE": "false",
            **environment,
        }
        self.process: asyncio.subprocess.Process | None = None
        self.log = folder / f"{command}.log"

    async def start(self, timeout: float = 60.0) -> None:
        folder = Path(__file__).parents[2]
        own = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
        with self.log.open("ab") as out:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "assistant",
                self.command,
                env=own | self.environment | {"PYTHONPATH": str(folder)},
                cwd=self.folder,
                stdout=out,
                stderr=out,
                preexec_fn=die_with_parent(signal.SIGKILL),
            )
        if self.command != "work":
            await self._until_ready(timeout)

    async def _until_ready(self, timeout: float) -> None:
        async with asyncio.timeout(timeout), ClientSession() as session:
            while True:
                with contextlib.suppress(OSError):
                    async with session.get(f"{self.url}/readyz") as answer:
                        if answer.status == 200:
                            return
                assert self.process is not None
                if self.process.returncode is not None:
                    raise AssertionError(f"the server ended by itself: {self.log.read_text()[-2000:]}")
                await asyncio.sleep(0.05)

    async def kill(self, number: signal.Signals = signal.SIGKILL) -> int:
        """End the process as hard as asked; returns its exit status. One that does not end in time fails the test."""
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(number)
        try:
            return await asyncio.wait_for(self.process.wait(), 60)
        except TimeoutError:
            self.process.kill()
            await self.process.wait()
            raise AssertionError(f"{self.command} did not end: {self.log.read_text()[-2000:]}") from None

    async def gone(self) -> None:
        """Whatever became of the test: nothing of this server is left."""
        if self.process is not None and self.process.returncode is None:
            await self.kill(signal.SIGTERM)


@contextlib.asynccontextmanager
async def system(
    folder: Path, *, environment: dict[str, str] | None = None
) -> AsyncIterator[tuple[Server, Sandbox, SlowModel]]:
    """A server with a slow model and the sandbox beside it; the last two live in the test and survive its kills."""
    model = SlowModel()
    await model.start()
    sandbox = await Sandbox.start()
    for platform in sandbox.platforms.values():
        platform.retry_seconds, platform.retry_cap_seconds = 0.2, 1.0
    server = Server(
        folder,
        sandbox.environment()
        | {"ASSISTANT_ENGINE": "openai", "ASSISTANT_ENGINE_URL": model.url, "ASSISTANT_MODEL": "slow"}
        | (environment or {}),
    )
    try:
        await server.start()
        await sandbox.connect(server.url)
        yield server, sandbox, model
    finally:
        model.hold.set()
        try:
            await server.gone()
        finally:
            await sandbox.close()
            await model.close()


async def stored(server: Server) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Every message and every outbox part, read from the server's database."""
    database = Database(
        server.environment.get("ASSISTANT_DATABASE_URL") or f"sqlite:///{server.folder / 'assistant.db'}"
    )
    database.open()
    try:
        return await database.read(
            lambda connection: (
                [
                    dict(row)
                    for row in connection.execute(select(messages).order_by(messages.c.id)).mappings()
                ],
                [dict(row) for row in connection.execute(select(outbox).order_by(outbox.c.id)).mappings()],
            )
        )
    finally:
        await database.close()


async def until_settled(server: Server, count: int, timeout: float = 40.0) -> list[dict[str, object]]:
    """Wait until `count` messages came in, each has an outcome, and nothing waits to be sent; returns all messages."""
    said: list[dict[str, object]] = []
    async with asyncio.timeout(timeout):
        while True:
            said, parts = await stored(server)
            inbound = [row for row in said if row["direction"] == "in"]
            if len(inbound) >= count and all(row["outcome"] for row in inbound):
                if all(part["state"] in ("sent", "failed", "cancelled") for part in parts):
                    return said
            await asyncio.sleep(0.1)
