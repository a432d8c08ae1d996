"""The model process's own side of host.py: its first function, the frames, and the heartbeat by steps."""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import logging
import os
import queue as queues
import signal
import socket
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any, Final

import orjson

from .. import log as logs
from ..errors import ContextTooLong, EngineError, ModelUnusable
from ..host import HEADER

log = logging.getLogger(__name__)

_BEAT_SECONDS: Final = 0.25
_PR_SET_PDEATHSIG: Final = 1


class Pipe:
    """What the entry function holds: frames from the parent, replies to it, and the heartbeat.

    Reading, writing and beating run in threads of their own, so that a step that hangs neither blocks the parent's
    writes nor looks alive: the beat carries `steps`, which only the model's loop raises.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._inbox: queues.SimpleQueue[dict[str, Any]] = queues.SimpleQueue()
        self._outbox: queues.SimpleQueue[list[dict[str, Any]]] = queues.SimpleQueue()
        self._pending: list[dict[str, Any]] = []
        self._writer = threading.Thread(target=self._write, daemon=True, name="pipe-writer")
        self.steps = 0
        self.busy = False
        self.stats: Mapping[str, Any] = {}

    def open(self) -> dict[str, Any]:
        """The parent's first frame; from then on both threads run."""
        first = _read_frame(self._connection)
        if first is None:
            os._exit(0)
        threading.Thread(target=self._read, daemon=True, name="pipe-reader").start()
        self._writer.start()
        return first

    def receive(self, timeout: float | None) -> dict[str, Any] | None:
        """The next frame: "request", "cancel" or "close". None after `timeout` seconds; None waits for ever."""
        try:
            return self._inbox.get(timeout=timeout) if timeout != 0 else self._inbox.get_nowait()
        except queues.Empty:
            return None

    def ready(self, facts: Mapping[str, Any]) -> None:
        """Loaded: requests may come."""
        self._pending.append({"is": "ready", "body": facts})
        self.flush()

    def reply(self, request_id: str, body: Mapping[str, Any], *, last: bool = False) -> None:
        """Put a reply behind the others; `flush` sends them."""
        self._pending.append({"is": "reply", "id": request_id, "body": body, "last": last})

    def error(self, request_id: str, error: Exception) -> None:
        """End a request with an error; one of ours keeps its class and fields on the other side."""
        name, fields, args = type(error).__name__, {}, [str(error)]
        if isinstance(error, EngineError):
            fields = dict(vars(error))
            args = [] if isinstance(error, ContextTooLong) else args
        message = str(error) if isinstance(error, EngineError) else f"the model failed ({name})"
        self._pending.append(
            {
                "is": "error",
                "id": request_id,
                "name": name,
                "args": args,
                "fields": fields,
                "message": message,
            }
        )

    def unusable(self, sentence: str) -> None:
        """The model cannot run here; the parent will not try again."""
        self._pending.append({"is": "unusable", "message": sentence})
        self.flush()

    def flush(self) -> None:
        """Hand everything pending to the writer at once: one frame a step, not one a token."""
        if self._pending:
            self._outbox.put(self._pending)
            self._pending = []

    def finish(self) -> None:
        """Send what is left."""
        self.flush()
        self._outbox.put([])
        self._writer.join(timeout=2.0)

    def _read(self) -> None:
        while True:
            frame = _read_frame(self._connection)
            if frame is None:
                os._exit(0)  # the parent is gone: nobody is left to answer to
            self._inbox.put(frame)

    def _write(self) -> None:
        beat_at, ended = 0.0, False
        while not ended:
            frames: list[dict[str, Any]] = []
            with contextlib.suppress(queues.Empty):
                batch = self._outbox.get(timeout=_BEAT_SECONDS)
                while True:
                    ended |= not batch
                    frames += batch
                    batch = self._outbox.get_nowait()
            if time.monotonic() - beat_at >= _BEAT_SECONDS:
                beat_at = time.monotonic()
                frames.append({"is": "beat", "steps": self.steps, "busy": self.busy, "stats": self.stats})
            data = orjson.dumps(frames)
            try:
                self._connection.sendall(HEADER.pack(len(data)) + data)
            except OSError:
                os._exit(0)


def _read_frame(connection: socket.socket) -> dict[str, Any] | None:
    header = _read_exactly(connection, HEADER.size)
    data = _read_exactly(connection, HEADER.unpack(header)[0]) if header else None
    return orjson.loads(data) if data else None


def _read_exactly(connection: socket.socket, size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        try:
            piece = connection.recv(size - len(data))
        except OSError:
            return None
        if not piece:
            return None
        data += piece
    return bytes(data)


def main() -> None:
    """The child's first function; `_BOOT` calls it with the arguments of `Host._one_life`."""
    _, _, descriptor, parent, entry = sys.argv
    # The parent decides when we end: Ctrl-C and a stop of the whole group must not take the model from under its turns.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with contextlib.suppress(OSError, AttributeError):  # Linux: die with the parent, even when it is killed
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != int(parent):
        os._exit(0)
    pipe = Pipe(socket.socket(fileno=int(descriptor)))
    first = pipe.open()
    logs.setup(first["level"])
    code = 0
    try:
        module, _, function = entry.partition(":")
        getattr(importlib.import_module(module), function)(pipe, first["options"])
    except ModelUnusable as error:
        pipe.unusable(str(error))
    except Exception:
        log.exception("model process failed")
        code = 1
    pipe.finish()
    sys.stdout.flush()
    os._exit(code)  # no slow farewell of the libraries: nothing here needs saving
