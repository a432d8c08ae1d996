"""Keeps the processes and servers of a run going, as an operator's service manager would, and kills them."""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.services import PostgresServer, RedisServer, Server, free_port

from .nursery import Nursery

SERVERS, WORKERS = 2, 2
RESTART_SECONDS = 0.1
STOP_SECONDS = 4.0
"""A process that was asked to stop and takes longer is killed."""


class Process:
    """One place in the fleet: the process that has it now, and the next one when that has died."""

    def __init__(self, name: str, command: str, environment: dict[str, str]) -> None:
        self.name = name
        self.command = command
        self.environment = environment
        self.pid: int | None = None


class Fleet:
    """`killed` counts every death by SIGKILL that really happened, by whom it hit; `ended` all others by exit status;
    `away` the seconds until a server that was struck answered again."""

    def __init__(
        self,
        draw: random.Random,
        nursery: Nursery,
        folder: Path,
        environment: dict[str, str],
        base_url: str,
        postgres: PostgresServer | None,
        redis: RedisServer | None,
    ) -> None:
        self.killed: Counter[str] = Counter()
        self.ended: Counter[str] = Counter()
        self.away: dict[str, float] = {"postgres": 0.0, "redis": 0.0}
        self.stopped = 0
        self.poisoned = 0
        self._draw = draw
        self._nursery = nursery
        self._folder = folder
        self._postgres = postgres
        self._redis = redis
        self._tasks: list[asyncio.Task[None]] = []
        # The thread that starts a server must live as long as the server: see die_with_parent.
        self._thread = ThreadPoolExecutor(1, "servers")
        self.processes: dict[str, Process] = {}
        self.urls: list[str] = []
        for number in range(SERVERS):
            port = free_port()
            self.urls.append(f"http://127.0.0.1:{port}")
            self._add(f"serve{number}", "serve", environment | {"ASSISTANT_PORT": str(port)})
        for number in range(WORKERS):
            url = f"{base_url}/model/work{number}/v1"
            self._add(f"work{number}", "work", environment | {"ASSISTANT_ENGINE_URL": url})

    def _add(self, name: str, command: str, environment: dict[str, str]) -> None:
        self.processes[name] = Process(name, command, environment)

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        for server in (self._postgres, self._redis):
            if server is not None:
                await loop.run_in_executor(self._thread, server.start)

    def use(self, database_url: str, redis_url: str) -> None:
        """Instead of SQLite and everybody's own bus."""
        for process in self.processes.values():
            process.environment |= {
                "ASSISTANT_DATABASE_URL": database_url,
                "ASSISTANT_REDIS_URL": redis_url,
            }

    def run(self) -> None:
        """Start the processes, and start them again whenever they end."""
        self._tasks = [asyncio.create_task(self._keep(process)) for process in self.processes.values()]

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for server in (self._redis, self._postgres):
            if server is not None:
                await asyncio.get_running_loop().run_in_executor(self._thread, server.remove)
        self._thread.shutdown()

    @property
    def kills(self) -> int:
        return self.killed.total()

    def kill(self, name: str) -> None:
        """Whatever the process is doing."""
        pid = self.processes[name].pid
        if pid is not None:
            self._nursery.signal(pid, signal.SIGKILL)

    def poison(self, name: str) -> None:
        """A message kills this worker; it counts as a kill, but not towards those that were asked for."""
        self.poisoned += self.processes[name].pid is not None
        self.kill(name)

    async def trouble(self, kills: int, seconds: float, between: tuple[float, float]) -> None:
        """Kill something every `between` seconds, until so many kills happened or so much time passed."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while self.kills - self.poisoned < kills and loop.time() < end:
            await asyncio.sleep(self._draw.uniform(*between))
            drawn = self._draw.random()
            if self._postgres is not None and drawn < 0.02:
                await self._strike("postgres", self._postgres)
            elif self._redis is not None and drawn < 0.08:
                await self._strike("redis", self._redis)
            elif drawn < 0.16:
                self._ask_to_stop(self._draw.choice(list(self.processes)))
            else:
                self.kill(self._draw.choice(list(self.processes)))

    async def _strike(self, name: str, server: Server) -> None:
        """Redis is killed and forgets everything; PostgreSQL is killed or stopped in the middle, and recovers."""
        polite = name == "postgres" and self._draw.random() < 0.5
        self.killed[name] += 1
        loop = asyncio.get_running_loop()
        began = loop.time()
        await loop.run_in_executor(self._thread, _restart, server, polite)
        self.away[name] += loop.time() - began

    def _ask_to_stop(self, name: str) -> None:
        pid = self.processes[name].pid
        if pid is None:
            return
        self.stopped += 1
        self._nursery.signal(pid, signal.SIGTERM)
        asyncio.get_running_loop().call_later(STOP_SECONDS, self._nursery.signal, pid, signal.SIGKILL)

    async def _keep(self, process: Process) -> None:
        log = self._folder / f"{process.name}.log"
        while True:
            process.pid, ended = await self._nursery.spawn(
                process.command, process.environment, self._folder, log
            )
            status = await ended
            process.pid = None
            if status == -signal.SIGKILL:
                self.killed[process.command] += 1
            else:
                self.ended[f"{process.command} {status}"] += 1
            await asyncio.sleep(self._draw.uniform(0, RESTART_SECONDS))


def _restart(server: Server, polite: bool) -> None:
    if polite:
        server.signal(signal.SIGQUIT)  # PostgreSQL's immediate stop: no checkpoint, recovery from the log
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(10)
    server.kill()
    for last in (False, False, False, False, True):
        try:
            server.start()
            return
        except RuntimeError:  # the dead server's children may hold its memory for a moment
            server.kill()
            if last:
                raise
