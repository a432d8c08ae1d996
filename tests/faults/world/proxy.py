"""A wire to PostgreSQL that can be cut at a chosen COMMIT: before the server hears it, or before we hear the answer."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

COMMIT = b"COMMIT;\x00"


@dataclass
class Proxy:
    """`cut_at` COMMITs from now the connection breaks; `heard` says whether the server got that one."""

    target: int
    port: int = 0
    cut_at: int | None = None
    heard: bool = True
    cuts: int = 0
    _wires: set[asyncio.StreamWriter] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        onward, back = None, None
        with contextlib.suppress(OSError):
            answers, onward = await asyncio.open_connection("127.0.0.1", self.target)
            self._wires |= {writer, onward}
            silent = asyncio.Event()
            back = asyncio.create_task(self._back(answers, writer, silent))
            while data := await reader.read(65536):
                if COMMIT in data and self.cut_at is not None:
                    self.cut_at -= 1
                    if self.cut_at < 0:
                        self.cut_at = None
                        self.cuts += 1
                        if self.heard:
                            silent.set()
                            onward.write(data)
                            await onward.drain()
                            await asyncio.sleep(0.05)
                        break
                onward.write(data)
                await onward.drain()
        for wire in (writer, onward):
            if wire is not None:
                wire.transport.abort()
                self._wires.discard(wire)
        if back is not None:
            back.cancel()

    async def _back(
        self, answers: asyncio.StreamReader, writer: asyncio.StreamWriter, silent: asyncio.Event
    ) -> None:
        with contextlib.suppress(OSError):
            while data := await answers.read(65536):
                if not silent.is_set():
                    writer.write(data)
                    await writer.drain()
        writer.close()

    def cut_all(self) -> None:
        """Every connection breaks now."""
        for wire in list(self._wires):
            wire.transport.abort()


@contextlib.asynccontextmanager
async def proxy(target: int) -> AsyncIterator[Proxy]:
    made = Proxy(target)
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        made.cut_all()
