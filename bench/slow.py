"""What 500 clients that never finish cost an honest sender: its p99 with and without them, and how soon they are closed."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from .accept import ours
from .report import Row, show
from .servers import free_port
from .webhooks import post_whatsapp

CLIENTS = 500
RATE = 100
"""Webhooks a second of the honest sender, at fixed moments: a late answer does not delay the next question."""
LONGEST_SECONDS = 60.0
"""A client that is not closed after this long counts as never closed."""

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


# --- clients that never finish ---------------------------------------------------------------------------


async def half_headers(stream: Stream) -> None:
    stream[1].write(b"POST /webhooks/whatsapp HTTP/1.1\r\nHost: slow\r\nX-Half: ")


async def half_body(stream: Stream) -> None:
    stream[1].write(b"POST /webhooks/whatsapp HTTP/1.1\r\nHost: slow\r\nContent-Length: 1000\r\n\r\n{")


async def headers_drip(stream: Stream) -> None:
    stream[1].write(b"POST /webhooks/whatsapp HTTP/1.1\r\nHost: slow\r\n")
    for number in range(1000):
        stream[1].write(f"X-Drip-{number}: x\r\n".encode())
        await asyncio.sleep(1.0)


async def body_drips(stream: Stream) -> None:
    stream[1].write(b"POST /webhooks/whatsapp HTTP/1.1\r\nHost: slow\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(999):
        stream[1].write(b"{")
        await asyncio.sleep(1.0)


async def idle_after_a_request(stream: Stream) -> None:
    stream[1].write(b"GET /healthz HTTP/1.1\r\nHost: slow\r\n\r\n")


async def silence(stream: Stream) -> None:
    """Connects and says nothing."""


KINDS: dict[str, Callable[[Stream], Awaitable[None]]] = {
    "half the headers": half_headers,
    "half the body": half_body,
    "headers drip": headers_drip,
    "body drips": body_drips,
    "idle after a request": idle_after_a_request,
    "not a word": silence,
}


@dataclass
class Crowd:
    """Slow clients of every kind; `open_for` holds how long each closed connection had been open, by kind."""

    port: int
    size: int
    comes_again: bool = True
    here: int = 0
    open_for: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def gather(self) -> None:
        kinds = list(KINDS)
        self.tasks = [
            asyncio.create_task(self._client(kinds[number % len(kinds)])) for number in range(self.size)
        ]

    async def _client(self, kind: str) -> None:
        """Whoever is closed comes again, until the crowd is told to go."""
        while True:
            began = time.monotonic()
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            self.here += 1
            doing = asyncio.ensure_future(_quietly(KINDS[kind]((reader, writer))))
            try:
                with contextlib.suppress(ConnectionError):
                    while await reader.read(4096):
                        pass
                self.open_for[kind].append(time.monotonic() - began)
            finally:
                self.here -= 1
                doing.cancel()
                writer.close()
            if not self.comes_again:
                return

    async def all_here(self) -> None:
        while self.here < self.size:
            await asyncio.sleep(0.05)

    async def gone(self) -> int:
        """Nobody comes again; returns how many connections the server never closed."""
        self.comes_again = False
        await asyncio.wait(self.tasks, timeout=LONGEST_SECONDS)
        left = [task for task in self.tasks if not task.done()]
        for task in left:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        return len(left)


async def _quietly(doing: Awaitable[None]) -> None:
    with contextlib.suppress(ConnectionError):
        await doing


# --- the honest sender -----------------------------------------------------------------------------------


async def honest(port: int, seconds: float) -> list[float]:
    """Signed webhooks at fixed moments; returns the seconds from when each was due until its 200."""
    requests = [post_whatsapp(port, "/webhooks/whatsapp", number) for number in range(int(seconds * RATE))]
    free: list[Stream] = [await asyncio.open_connection("127.0.0.1", port) for _ in range(32)]
    began = asyncio.get_running_loop().time()

    async def send(number: int, request: bytes) -> float:
        due = began + number / RATE
        await asyncio.sleep(max(0.0, due - asyncio.get_running_loop().time()))
        stream = free.pop() if free else await asyncio.open_connection("127.0.0.1", port)
        stream[1].write(request)
        head = await stream[0].readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"the server answered {head[:30]!r}")
        free.append(stream)
        return asyncio.get_running_loop().time() - due

    took = await asyncio.gather(*(send(number, request) for number, request in enumerate(requests)))
    for _, writer in free:
        writer.close()
    return list(took)


async def ready(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /readyz HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n")
    await reader.read()
    writer.close()


def p99(samples: list[float]) -> float:
    return sorted(samples)[int(len(samples) * 0.99)]


def descriptors(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/fd"))


# --- the bench -------------------------------------------------------------------------------------------


async def measure(pid: int, port: int, rounds: int, seconds: float) -> dict[str, float | int | None]:
    await honest(port, 1.0)  # the first requests warm up
    await asyncio.gather(*(ready(port) for _ in range(16)))  # and open every connection to the database
    alone: list[float] = []
    crowded: list[float] = []
    closed: dict[str, list[float]] = {kind: [] for kind in KINDS}
    never = 0
    await asyncio.sleep(0.5)
    before = descriptors(pid)
    for _ in range(rounds):
        alone += await honest(port, seconds)
        crowd = Crowd(port, CLIENTS)
        crowd.gather()
        await crowd.all_here()
        crowded += await honest(port, seconds)
        never += await crowd.gone()
        for kind, times in crowd.open_for.items():
            closed[kind] += times
    await asyncio.sleep(0.5)
    left = descriptors(pid) - before
    longest = max((time for times in closed.values() for time in times), default=0.0)
    ratio = p99(crowded) / p99(alone)
    rows = [
        Row(
            figure="honest sender, p99",
            ours=f"{p99(crowded) * 1000:.1f} ms ({ratio:.2f}×)",
            reference=f"{p99(alone) * 1000:.1f} ms without them",
            goal="< 2×",
        ),
        *(
            Row(figure=f"closed: {kind}", ours=f"{len(times)}, after at most {max(times, default=0):.1f} s")
            for kind, times in closed.items()
        ),
        Row(figure="never closed", ours=str(never), reference=f"of {rounds * CLIENTS}", goal="0"),
        Row(figure="descriptors kept", ours=str(left), goal="0"),
    ]
    figures: dict[str, float | int | None] = {
        "slow_p99_ratio": round(ratio, 3),
        "honest_p99_ms": round(p99(crowded) * 1000, 2),
        "honest_p99_ms_alone": round(p99(alone) * 1000, 2),
        "clients": CLIENTS,
        "closed": sum(map(len, closed.values())),
        "never_closed": never,
        "longest_open_s": round(longest, 1),
        "descriptors_kept": left,
    }
    show(f"{CLIENTS} clients that never finish beside one honest sender", rows, figures)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        port = free_port()
        with ours(Path(name), port, f"sqlite:///{Path(name) / 'bench.db'}") as pid:
            rounds, seconds = (1, 5.0) if options.quick else (4, 12.0)
            asyncio.run(measure(pid, port, rounds, seconds))


if __name__ == "__main__":
    main()
