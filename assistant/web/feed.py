"""What changed lately, for staff pages: one subscription for all sockets, and how far a page knew when it was made.

A page holds the mark of the moment before anything was read for it. Its socket names the mark and hears first what was
published since: nothing is missed between the page and the socket, and what is fresh need not be fetched a second time.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Final

from aiohttp import web

from ..bus import Bus
from ..buses.memory import MemoryBus
from ..inbound import STAFF_TOPIC
from .context import CONTEXT

KEPT: Final = 256
"""Frames remembered; a page that is further behind fetches itself anew."""
AGAIN_SECONDS: Final = 0.5

mark: ContextVar[str] = ContextVar("mark", default="")
"""How far the page that is being made knows; empty when nobody can say."""

log = logging.getLogger(__name__)


class AwayNow(Exception):
    """The feed is not listening: come again in a moment."""


class Feed:
    """A topic as it was heard since `begin`. Its `era` ends when frames may have been missed."""

    def __init__(self, bus: Bus, topic: str) -> None:
        self._bus = bus
        self._topic = topic
        self._local = MemoryBus()
        self._lately: deque[bytes] = deque(maxlen=KEPT)
        self._count = 0
        self._era = ""

    def begin(self) -> None:
        self._era = secrets.token_hex(4)
        self._lately.clear()
        self._count = 0

    def end(self) -> None:
        """Whoever listens is sent away, comes again, and looks for themselves."""
        self._era = ""
        self._local.part()

    def take(self, frame: bytes) -> None:
        self._count += 1
        self._lately.append(frame)
        self._local.publish_now(self._topic, frame)

    def mark(self) -> str:
        """The place of now; empty while frames may be missed."""
        return f"{self._era}.{self._count}" if self._era and self._bus.connected() else ""

    def since(self, mark: str) -> list[bytes] | None:
        """What was published after that place; None when it is not known any more."""
        era, _, count = mark.partition(".")
        if not era or era != self._era or not (count.isascii() and count.isdigit() and len(count) <= 18):
            return None
        missed = self._count - int(count)
        if not 0 <= missed <= len(self._lately):
            return None
        return list(self._lately)[len(self._lately) - missed :]

    @asynccontextmanager
    async def follow(self) -> AsyncGenerator[AsyncIterator[bytes], None]:
        """Frames from now on. Raises AwayNow while nobody listens."""
        if not self._era:
            raise AwayNow
        async with self._local.subscribe(self._topic) as frames:
            yield frames

    async def listen(self, started: asyncio.Event) -> None:
        """Hear the bus for ever; `started` is set once it listens."""
        while True:
            try:
                async with self._bus.subscribe(self._topic) as frames:
                    self.begin()
                    started.set()
                    async for frame in frames:
                        self.take(frame)
            except Exception:
                log.exception("the feed of the staff pages broke off; it begins again")
            finally:
                self.end()
                started.set()
            await asyncio.sleep(AGAIN_SECONDS)


FEED = web.AppKey("feed", Feed)


def prepare(app: web.Application) -> None:
    app[FEED] = Feed(app[CONTEXT].bus, STAFF_TOPIC)
    app.cleanup_ctx.append(_listening)


async def _listening(app: web.Application) -> AsyncIterator[None]:
    feed, started = app[FEED], asyncio.Event()
    task = asyncio.create_task(feed.listen(started))
    await started.wait()
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    feed.end()
