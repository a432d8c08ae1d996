"""Forks real `assistant` processes from a parent that has imported everything once: a start costs a tenth of a second.

Forking is safe here because the parent has one thread, no event loop, no connection and has drawn no random number: the
child begins exactly where a fresh interpreter stands after its imports. Each child is a process of its own, with its own
pid, working directory, environment and log, and dies by SIGKILL as any other. It dies with the nursery, and the nursery
dies with the test.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import traceback
from pathlib import Path
from typing import Any

from tests.services import die_with_parent


class Nursery:
    """The test's side: starts processes and hears when they end."""

    def __init__(self) -> None:
        self._parent: subprocess.Popen[bytes] | None = None
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._starting: dict[int, asyncio.Future[int]] = {}
        self._ended: dict[int, asyncio.Future[int]] = {}
        self._count = 0
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        ours, theirs = socket.socketpair()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
        with theirs:
            self._parent = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.chaos.nursery", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                cwd=Path(__file__).parents[3],
                env=environment,
                stdin=subprocess.DEVNULL,
                preexec_fn=die_with_parent(signal.SIGKILL),
            )
        self._reader, self._writer = await asyncio.open_connection(sock=ours)
        async with asyncio.timeout(60):
            if not await self._reader.readline():
                raise RuntimeError("the nursery did not start")
        self._task = asyncio.create_task(self._listen())

    async def spawn(
        self, command: str, environment: dict[str, str], folder: Path, log: Path
    ) -> tuple[int, asyncio.Future[int]]:
        """Start `assistant <command>`; returns its pid and a future of its exit status (-9 after SIGKILL)."""
        self._count += 1
        self._starting[self._count] = asyncio.get_running_loop().create_future()
        self._send(id=self._count, command=command, environment=environment, folder=str(folder), log=str(log))
        pid = await self._starting[self._count]
        return pid, self._ended[pid]

    def signal(self, pid: int, number: int) -> None:
        """Only the nursery knows which of its children are still there; a pid that is gone is left alone."""
        self._send(signal=number, pid=pid)

    async def close(self) -> None:
        if self._parent is not None:
            self._parent.kill()
            await asyncio.to_thread(self._parent.wait)
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._writer is not None:
            self._writer.close()
            with contextlib.suppress(OSError):
                await self._writer.wait_closed()

    def _send(self, **frame: Any) -> None:
        assert self._writer is not None
        self._writer.write(json.dumps(frame).encode() + b"\n")

    async def _listen(self) -> None:
        assert self._reader is not None
        while line := await self._reader.readline():
            frame = json.loads(line)
            if "id" in frame:
                self._ended[frame["pid"]] = asyncio.get_running_loop().create_future()
                self._starting.pop(frame["id"]).set_result(frame["pid"])
            else:
                self._ended.pop(frame["pid"]).set_result(frame["status"])


# --- the parent ------------------------------------------------------------------------------------------


def main(descriptor: int) -> None:
    """Fork a child for every line that asks for one, until the test hangs up."""
    channel = socket.socket(fileno=descriptor)
    cli = _imported()
    tie = die_with_parent(signal.SIGKILL)
    bell, ringer = os.pipe()
    os.set_blocking(bell, False)
    os.set_blocking(ringer, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(ringer)
    if threading.active_count() != 1 or len(list(Path("/proc/self/task").iterdir())) != 1:
        raise SystemExit("the nursery has more than one thread: forking is not safe")
    gc.collect()
    gc.freeze()  # what the children share stays shared
    channel.sendall(b"ready\n")
    children: set[int] = set()
    buffer = b""
    while True:
        ready, _, _ = select.select([channel, bell], [], [])
        if bell in ready:
            with contextlib.suppress(BlockingIOError):
                os.read(bell, 4096)
            _reap(children, channel)
        if channel in ready:
            data = channel.recv(1 << 20)
            if not data:
                return
            *lines, buffer = (buffer + data).split(b"\n")
            for frame in map(json.loads, lines):
                if "signal" in frame:
                    if frame["pid"] in children:
                        os.kill(frame["pid"], frame["signal"])
                    continue
                pid = os.fork()
                if pid == 0:
                    signal.set_wakeup_fd(-1)
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    if tie is not None:
                        tie()
                    for inherited in (channel.detach(), bell, ringer):
                        os.close(inherited)
                    _live(cli, frame)
                children.add(pid)
                channel.sendall(json.dumps({"id": frame["id"], "pid": pid}).encode() + b"\n")


def _imported() -> Any:
    """Import what `serve` and `work` import, as they would; returns assistant.cli."""
    import asyncpg
    import telegram
    import uvloop

    from assistant import app, cli
    from assistant.buses import memory, redis
    from assistant.engines import openai
    from assistant.web import server

    assert all((asyncpg, telegram, uvloop, memory, redis, openai, server))
    app.known_channels()
    return cli


def _reap(children: set[int], channel: socket.socket) -> None:
    while children:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        children.discard(pid)
        ended = {"pid": pid, "status": os.waitstatus_to_exitcode(status)}
        channel.sendall(json.dumps(ended).encode() + b"\n")


def _live(cli: Any, frame: dict[str, Any]) -> None:
    """The child: become the command, and end with its exit status."""
    status = 1
    try:
        log = os.open(frame["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.environ.clear()
        os.environ.update(frame["environment"])
        os.chdir(frame["folder"])
        status = cli.main([frame["command"]])
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main(int(sys.argv[1]))
