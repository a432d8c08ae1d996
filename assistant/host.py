"""Supervises a model's own process: spawn, frames, cancel, heartbeat by steps, restart; it knows nothing of models."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import struct
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import orjson

from . import errors
from .errors import AssistantError, EngineDead, EngineError, ModelUnusable

log = logging.getLogger(__name__)

HEADER: Final = struct.Struct("!I")
MAX_FRAME: Final = 64 * 1024 * 1024
_ROOT: Final = str(Path(__file__).resolve().parent.parent)
# -P: the working directory must not shadow modules. The root goes first so that parent and child run the same code.
_BOOT: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); from assistant.engines.process import main; main()"
)


class State(StrEnum):
    """Where the process is in its life. UNUSABLE and CLOSED are final."""

    LOADING = "loading"
    READY = "ready"
    RESTARTING = "restarting"
    UNUSABLE = "unusable"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long the host waits, in seconds.

    `stall`: running work whose step counter stands still this long is hung. `wait`: how long a request waits for a
    restart. `grace`: from the request to close until SIGKILL.
    """

    load: float = 1800.0
    stall: float = 60.0
    wait: float = 20.0
    grace: float = 5.0
    backoff: float = 0.25
    backoff_most: float = 30.0
    steady: float = 60.0


_End = AssistantError | None


class Host:
    """One child process. `entry` is "package.module:function", called there with a Pipe and `options`."""

    def __init__(
        self, entry: str, options: Mapping[str, Any], *, name: str = "model", patience: Patience | None = None
    ) -> None:
        self._entry = entry
        self._options = dict(options)
        self._name = name
        self._patience = patience or Patience()
        self._state = State.LOADING
        self._settled = (
            asyncio.Event()
        )  # set while a waiting request can learn its fate: ready, unusable or closed
        self._requests: dict[str, asyncio.Queue[dict[str, Any] | _End]] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._supervisor: asyncio.Task[None] | None = None
        self._unusable = ModelUnusable("the model process was never started")
        self._facts: dict[str, Any] = {}
        self._beat: dict[str, Any] = {}
        self._sent = 0
        self._progress_at = 0.0
        self._heard_at = 0.0
        self.restarts = 0

    # --- life ------------------------------------------------------------------------------------------

    async def start(self) -> dict[str, Any]:
        """Spawn and wait until the child is ready; returns what it said of itself. Raises ModelUnusable."""
        if self._supervisor is None:
            self._supervisor = asyncio.create_task(self._supervise(), name=f"host-{self._name}")
        await self._settled.wait()
        if self._state is State.UNUSABLE:
            raise self._unusable
        if self._state is State.CLOSED:
            raise EngineDead(f"the {self._name} process was closed")
        return self._facts

    async def close(self) -> None:
        """End the child: first politely, after the grace by SIGKILL. Every running request gets EngineDead."""
        self._state = State.CLOSED
        self._settled.set()
        process = self._process
        if process is not None and process.poll() is None:
            self._send({"do": "close"})
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.to_thread(process.wait), self._patience.grace)
            self._kill()
        if self._supervisor is not None:
            self._supervisor.cancel()
            await asyncio.gather(self._supervisor, return_exceptions=True)
        self._fail_all(EngineDead(f"the {self._name} process was closed"))

    async def _supervise(self) -> None:
        """Run the child again and again: with growing pauses after a crash, never again after ModelUnusable."""
        pause, ever_ready, attempts = self._patience.backoff, False, 0
        while self._state is not State.CLOSED:
            started = time.monotonic()
            try:
                ended = await self._one_life()
            except OSError as error:
                ended = f"could not be started: {type(error).__name__}"
            attempts += 1
            ready = self._state is State.READY
            ever_ready |= ready
            if self._state in (State.CLOSED, State.UNUSABLE):
                break
            self._settled.clear()
            self._state = State.RESTARTING
            self._fail_all(EngineDead(f"the {self._name} process {ended}"))
            if not ever_ready and attempts >= 2:
                # Twice dead while loading: usually the kernel's out-of-memory killer; a third try changes nothing.
                self._give_up(
                    ModelUnusable(f"the {self._name} process {ended} while loading; is there enough memory?")
                )
                break
            self.restarts += 1
            if ready and time.monotonic() - started > self._patience.steady:
                pause = self._patience.backoff
            log.warning(
                "model process ended", extra={"host": self._name, "how": ended, "pause_seconds": pause}
            )
            await asyncio.sleep(pause)
            pause = min(pause * 2, self._patience.backoff_most)
        self._fail_all(self._unusable if self._state is State.UNUSABLE else EngineDead())

    async def _one_life(self) -> str:
        """Spawn, read until the end, say how it ended."""
        ours, theirs = socket.socketpair()
        process: subprocess.Popen[bytes] | None = None
        watch: asyncio.Task[None] | None = None
        try:
            with theirs:
                process = subprocess.Popen(  # noqa: ASYNC220 - a short fork; every argument is ours
                    [
                        sys.executable,
                        "-P",
                        "-c",
                        _BOOT,
                        _ROOT,
                        str(theirs.fileno()),
                        str(os.getpid()),
                        self._entry,
                    ],
                    pass_fds=(theirs.fileno(),),
                    stdin=subprocess.DEVNULL,
                    close_fds=True,
                )
            self._process = process
            self._heard_at = self._progress_at = time.monotonic()
            self._beat = {}
            reader, self._writer = await asyncio.open_unix_connection(sock=ours)
            level = logging.getLevelName(logging.getLogger().getEffectiveLevel())
            self._send({"do": "start", "options": self._options, "level": level})
            watch = asyncio.create_task(self._watch(process))
            await self._read(reader)
        finally:
            if watch is not None:
                watch.cancel()
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            else:
                ours.close()
            if process is not None:
                # The pipe is gone, so the process can do no more good; do not wait for a polite end.
                if self._state is not State.CLOSED:
                    self._kill()
                await asyncio.shield(asyncio.to_thread(process.wait))
        code = process.returncode
        return f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"

    async def _read(self, reader: asyncio.StreamReader) -> None:
        while True:
            try:
                (length,) = HEADER.unpack(await reader.readexactly(HEADER.size))
                if length > MAX_FRAME:
                    return
                frames = orjson.loads(await reader.readexactly(length))
            except (asyncio.IncompleteReadError, ConnectionError, orjson.JSONDecodeError):
                return
            self._heard_at = time.monotonic()
            for frame in frames:
                self._take(frame)

    def _take(self, frame: dict[str, Any]) -> None:
        match frame["is"]:
            case "reply":
                queue = self._requests.get(frame["id"])
                if queue is not None:
                    queue.put_nowait(frame["body"])
                    if frame["last"]:
                        queue.put_nowait(None)
            case "error":
                queue = self._requests.get(frame["id"])
                if queue is not None:
                    queue.put_nowait(_error(frame))
            case "beat":
                if frame["steps"] != self._beat.get("steps") or not frame["busy"]:
                    self._progress_at = time.monotonic()
                self._beat = frame
            case "ready":
                self._facts = frame["body"]
                self._progress_at = time.monotonic()
                if self._state is not State.CLOSED:
                    self._state = State.READY
                    self._settled.set()
            case "unusable" if self._state is not State.CLOSED:
                self._give_up(ModelUnusable(frame["message"]))

    async def _watch(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a child that hangs. A pause of our own loop is not the child's fault: then nothing is judged."""
        every = min(1.0, self._patience.stall / 4)
        while process.poll() is None:
            before = time.monotonic()
            await asyncio.sleep(every)
            now = time.monotonic()
            if now - before > every * 3:
                self._heard_at, self._progress_at = (
                    max(self._heard_at, before),
                    max(self._progress_at, before),
                )
                continue
            loading = self._state in (State.LOADING, State.RESTARTING)
            limit = self._patience.load if loading else self._patience.stall
            if now - self._progress_at > limit or (not loading and now - self._heard_at > limit):
                log.error("model process hangs and is killed", extra={"host": self._name, "seconds": limit})
                self._kill()
                return

    # --- requests --------------------------------------------------------------------------------------

    async def request(
        self, body: Mapping[str, Any], *, wait: float | None = None
    ) -> AsyncGenerator[dict[str, Any], None]:
        """Send one request and yield its replies; closing cancels it in the child. Raises its EngineError, EngineDead."""
        await self._until_ready(wait)
        # Ids are our own: a caller may use one again while the child still ends the one before.
        self._sent += 1
        request_id = str(self._sent)
        queue: asyncio.Queue[dict[str, Any] | _End] = asyncio.Queue()
        self._requests[request_id] = queue
        ended = False
        try:
            self._send({"do": "request", "id": request_id, "body": dict(body)})
            while True:
                item = await queue.get()
                if item is None:
                    ended = True
                    return
                if isinstance(item, AssistantError):
                    ended = True
                    raise item
                yield item
        finally:
            self._requests.pop(request_id, None)
            if not ended:
                self._send({"do": "cancel", "id": request_id})

    async def _until_ready(self, wait: float | None) -> None:
        if self.ready:
            return
        patience = self._patience.wait if wait is None else min(wait, self._patience.wait)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._settled.wait(), patience)
        if self._state is State.UNUSABLE:
            raise self._unusable
        if not self.ready:
            raise EngineDead(f"the {self._name} process is not ready ({self._state.value})")

    # --- what others may know --------------------------------------------------------------------------

    @property
    def ready(self) -> bool:
        """A request sent now would run."""
        return self._state is State.READY

    @property
    def sentence(self) -> str:
        """The state in words for staff."""
        if self._state is State.UNUSABLE:
            return str(self._unusable)
        return {
            State.LOADING: "the model is loading",
            State.READY: "the model answers",
            State.RESTARTING: "the model's process stopped and is being restarted",
            State.CLOSED: "the model was closed",
        }[self._state]

    @property
    def beat(self) -> Mapping[str, Any]:
        """The child's last heartbeat: `steps`, `busy` and the `stats` it keeps."""
        return self._beat

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def memory_bytes(self) -> int:
        """Resident memory of the child; 0 when it does not run or the system has no /proc."""
        pid = self.pid
        if pid is None:
            return 0
        try:
            with open(f"/proc/{pid}/statm", encoding="ascii") as file:
                return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, ValueError, IndexError):
            return 0

    # --- small parts -----------------------------------------------------------------------------------

    def _send(self, frame: dict[str, Any]) -> None:
        if self._writer is not None and not self._writer.is_closing():
            data = orjson.dumps(frame)
            self._writer.write(HEADER.pack(len(data)) + data)

    def _kill(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()

    def _give_up(self, error: ModelUnusable) -> None:
        self._unusable = error
        self._state = State.UNUSABLE
        self._settled.set()

    def _fail_all(self, error: AssistantError) -> None:
        for queue in self._requests.values():
            queue.put_nowait(type(error)(*error.args))


def _error(frame: Mapping[str, Any]) -> AssistantError:
    """The child's error as the same class here; anything unknown is an EngineError."""
    found = getattr(errors, frame["name"], None)
    if isinstance(found, type) and issubclass(found, EngineError):
        with contextlib.suppress(TypeError):
            return found(*frame["args"], **frame["fields"])
    return EngineError(frame["message"])
