"""The first door of every connection: plain webhooks are read and answered right here, all else is handed to aiohttp.

A webhook that came in one piece and says nothing unusual costs a fraction of what a general server spends on a
request; under a flood of them that is what decides how many a machine can take. Whatever is not plainly such a webhook
(another path, an odd header, a body in chunks) goes to the general server untouched, byte by byte, which answers it
the same way.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import re
import time
from collections.abc import Callable, Iterator, Mapping
from email.utils import formatdate
from typing import Any, Final, cast

from ..types import WebhookRequest

IDLE_SECONDS: Final = 15.0
"""How long a connection may say nothing, between requests or before the first one."""
BODY_SECONDS: Final = 10.0
"""How long a body may take to arrive."""
AHEAD_BYTES: Final = 64 * 1024
"""What a sender may send ahead while its last request is not answered yet."""

Answer = Callable[[int], None]
"""Told the status of a request, once, now or later."""
Handle = Callable[[str, WebhookRequest, Answer], None]
"""Takes a webhook's channel, the request and how to answer it. Never raises."""

# One line as it must be, header by header; names and values in plain ASCII, nothing folded.
_HEAD = re.compile(
    rb"POST /webhooks/([a-z0-9_]{1,32}) HTTP/1\.1\r\n((?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e]*\r\n)+)\r\n"
)
_TELLING = re.compile(
    rb"\r\n(content-length|connection|transfer-encoding|content-encoding|expect|upgrade|trailer):[\t ]*([^\r]*)"
)
_LENGTH = re.compile(rb"([0-9]{1,9})[\t ]*")
_REASONS: Final = {
    200: "OK",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    408: "Request Timeout",
    413: "Content Too Large",
    500: "Internal Server Error",
    503: "Service Unavailable",
}


class Front:
    """Makes the protocol of each connection, closes the slow ones, and ends them all. One per listening server.

    `general` makes the protocol that takes over whatever is not a plain webhook.
    """

    def __init__(
        self,
        handle: Handle,
        general: Callable[[], asyncio.Protocol],
        *,
        max_bytes: int,
        retry_after: str,
    ) -> None:
        self.handle = handle
        self.general = general
        self.max_bytes = max_bytes
        self.connections: set[Connection] = set()
        self.closing = False
        self.gone = asyncio.Event()
        self.answers: dict[int, bytes] = {}
        self._retry_after = retry_after
        self._watch: asyncio.Task[None] | None = None

    def __call__(self) -> Connection:
        return Connection(self)

    def start(self) -> None:
        self._write_answers()
        self._watch = asyncio.create_task(self._keep_watch(), name="front")

    async def close(self, seconds: float) -> None:
        """Close what is idle, let requests under way be answered for so long, then end the rest."""
        self.closing = True
        for connection in list(self.connections):
            connection.close_when_idle()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self.connections:
                    await self.gone.wait()
                    self.gone.clear()
        for connection in list(self.connections):
            connection.abort()
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)

    async def _keep_watch(self) -> None:
        """Once a second: the date of the answers, and who has been silent for too long. No timer for each request."""
        while True:
            await asyncio.sleep(1.0)
            self._write_answers()
            now = time.monotonic()
            for connection in [one for one in self.connections if one.deadline < now]:
                connection.expire()

    def _write_answers(self) -> None:
        date = formatdate(usegmt=True)
        for status, reason in _REASONS.items():
            again = f"Retry-After: {self._retry_after}\r\n" if status == 503 else ""
            ended = "Connection: close\r\n" if status == 408 else ""
            head = f"HTTP/1.1 {status} {reason}\r\nContent-Length: 0\r\nDate: {date}\r\n{again}{ended}\r\n"
            self.answers[status] = head.encode()


class Connection(asyncio.Protocol):
    """One sender. At most one request is under way; what is sent ahead waits for its answer."""

    __slots__ = ("_answering", "_data", "_front", "_missing", "_taking", "_transport", "deadline")

    def __init__(self, front: Front) -> None:
        self._front = front
        self._transport: asyncio.Transport | None = None
        self._data = b""  # received and not taken yet
        self._missing = 0  # bytes that must be there before it is worth looking again
        self._answering = False  # a request is under way
        self._taking = False  # _go_on runs further up the stack
        self.deadline = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self.deadline = time.monotonic() + IDLE_SECONDS
        self._front.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """What is under way is finished all the same: it may be stored already."""
        self._transport = None
        self._front.connections.discard(self)
        self._front.gone.set()

    def data_received(self, data: bytes) -> None:
        self._data = self._data + data if self._data else data
        if not self._answering:
            self._go_on()
        elif len(self._data) > AHEAD_BYTES and self._transport is not None:
            self._transport.pause_reading()

    def pause_writing(self) -> None:
        """Who does not read our answers is not heard any more."""
        if self._transport is not None:
            self._transport.pause_reading()

    def resume_writing(self) -> None:
        if self._transport is not None:
            self._transport.resume_reading()

    def _go_on(self) -> None:
        """Take whole requests, one after the other, until one has to wait for its answer or for more bytes."""
        self._taking = True
        while len(self._data) > self._missing and not self._answering and self._transport is not None:
            head = _HEAD.match(self._data)
            length = _body_length(head[2]) if head is not None else None
            if head is None or length is None or length > self._front.max_bytes:
                self._hand_over()
                break
            end = head.end() + length
            if len(self._data) < end:
                if length > AHEAD_BYTES:
                    self._hand_over()
                    break
                self._missing = end - 1
                self.deadline = time.monotonic() + BODY_SECONDS
                break
            request = WebhookRequest(
                method="POST", headers=Headers(head[2]), body=self._data[head.end() : end]
            )
            self._data = self._data[end:]
            self._missing = 0
            self._answering = True
            self.deadline = math.inf
            self._front.handle(head[1].decode(), request, self._answer)
        self._taking = False

    def _answer(self, status: int) -> None:
        self._answering = False
        transport = self._transport
        if transport is None:
            return
        transport.write(self._front.answers[status])
        self.deadline = time.monotonic() + IDLE_SECONDS
        if self._front.closing:
            transport.close()
        elif self._data and not self._taking:
            transport.resume_reading()
            self._go_on()

    def _hand_over(self) -> None:
        """From the first byte that was not answered on, the general server has the connection."""
        transport, data = self._transport, self._data
        if transport is None:
            return
        self._front.connections.discard(self)
        self._transport, self._data = None, b""
        general = self._front.general()
        transport.set_protocol(general)
        general.connection_made(transport)
        general.data_received(data)

    def expire(self) -> None:
        """End a silent connection; one that began a request is told why."""
        if self._transport is not None:
            if self._data:
                self._transport.write(self._front.answers[408])
            self._transport.close()

    def close_when_idle(self) -> None:
        if not self._answering and self._transport is not None:
            self._transport.close()

    def abort(self) -> None:
        if self._transport is not None:
            self._transport.abort()


def _body_length(fields: bytes) -> int | None:
    """How many bytes the body has; None when anything in these header lines is unusual."""
    length = None
    for name, value in _TELLING.findall(b"\r\n" + fields.lower()):
        if name == b"content-length" and length is None and (digits := _LENGTH.fullmatch(value)):
            length = int(digits[1])
        elif name != b"connection" or value.rstrip() != b"keep-alive":
            return None
    return length


class Headers(Mapping[str, tuple[str, ...]]):
    """Header names in lower case with every value, looked up when asked for: an adapter reads one or two."""

    __slots__ = ("_raw",)

    def __init__(self, fields: bytes) -> None:
        self._raw = b"\r\n" + fields

    def __getitem__(self, name: str) -> tuple[str, ...]:
        values: tuple[str, ...] | None = self.get(name)
        if values is None:
            raise KeyError(name)
        return values

    def get(self, name: str, default: Any = None) -> Any:
        wanted, lowered = f"\r\n{name}:".encode(), self._raw.lower()
        values = []
        at = lowered.find(wanted)
        while at >= 0:
            start = at + len(wanted)
            at = lowered.find(b"\r\n", start)
            values.append(self._raw[start:at].strip(b"\t ").decode("ascii"))
            at = lowered.find(wanted, at)
        return tuple(values) if values else default

    def __iter__(self) -> Iterator[str]:
        lines = self._raw.decode("ascii").lower().split("\r\n")
        return iter(dict.fromkeys(line.partition(":")[0] for line in lines if line))

    def __len__(self) -> int:
        return sum(1 for _ in self)
