"""A small HTTP/1.1 load generator: prepared requests over keep-alive connections, counting answers by status."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterable, Iterator


def request_bytes(port: int, path: str, body: bytes, headers: dict[str, str] | None = None) -> bytes:
    """One POST as it goes over the wire."""
    lines = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Content-Length: {len(body)}"]
    lines += [
        f"{name}: {value}" for name, value in ({"Content-Type": "application/json"} | (headers or {})).items()
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def send_all(
    port: int, requests: Iterable[bytes], connections: int, took_ms: list[float] | None = None
) -> Counter[int]:
    """Send every request once, `connections` at a time; returns how often each status came.

    `took_ms` gets the milliseconds of every answer.
    """
    counts: Counter[int] = Counter()
    source = iter(requests)
    await asyncio.gather(*(_connection(port, source, counts, took_ms) for _ in range(connections)))
    return counts


async def _connection(
    port: int, source: Iterator[bytes], counts: Counter[int], took_ms: list[float] | None
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for request in source:
            started = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            counts[int(head[9:12])] += 1
            length = 0
            for line in head.split(b"\r\n"):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if length:
                await reader.readexactly(length)
            if took_ms is not None:
                took_ms.append((time.perf_counter() - started) * 1000)
    finally:
        writer.close()


def cpu_seconds(pid: int) -> float:
    """Processor time of a process so far, all its threads, to the nanosecond (Linux: the clock of another process)."""
    return time.clock_gettime((~pid << 3) | 2)
