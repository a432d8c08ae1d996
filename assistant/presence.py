"""What a person sees of us while the model thinks: read marks, "typing…", and the answer as it grows."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable
from typing import Final

from .channel import Channel, Drafts, MarksRead, ShowsTyping
from .errors import Throttled
from .split import pieces
from .types import Address

log = logging.getLogger(__name__)

REPEAT_SECONDS: Final = 20.0
"""A draft that is not repeated disappears after half a minute."""
_SHOWING: set[asyncio.Task[None]] = set()
"""What is being shown right now: a slow platform must not keep anything else waiting for it."""


class Presence:
    """One turn's presence in one conversation. A platform's trouble with any of it is never the turn's."""

    def __init__(self, channel: Channel, address: Address, number: int) -> None:
        self._channel = channel
        self._address = address
        self._number = number
        self._text = ""
        self._news = asyncio.Event()
        self.shown = False

    @contextlib.asynccontextmanager
    async def during(self, newest: str | None) -> AsyncIterator[None]:
        """Mark `newest` as read, keep "typing…" alive and show the growing answer while the body runs."""
        tasks = [asyncio.create_task(self._typing(newest), name="typing")]
        if newest:
            mark_read(self._channel, self._address, newest)
        if isinstance(self._channel, Drafts) and self._channel.drafts(self._address):
            tasks.append(asyncio.create_task(self._drafts(self._channel), name="drafts"))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def grow(self, text: str) -> None:
        """More of the answer may be seen now."""
        self._text += text
        self._news.set()

    async def _typing(self, newest: str | None) -> None:
        every = self._channel.caps.typing_every
        while every is not None and isinstance(self._channel, ShowsTyping):
            await _politely(self._channel.typing(self._address, newest))
            await asyncio.sleep(every.total_seconds())

    async def _drafts(self, channel: Drafts) -> None:
        """The newest text, as often as the channel allows; a frame that is refused is skipped, a flood wait obeyed."""
        caps = self._channel.caps
        pause = caps.drafts_every.total_seconds() if caps.drafts_every is not None else 1.0
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(REPEAT_SECONDS):
                    await self._news.wait()
            self._news.clear()
            shown = pieces(self._text, caps.dialect, caps.text_limit, caps.text_unit)
            if shown:
                try:
                    await channel.draft(self._address, self._number, shown[0].text)
                    self.shown = True
                except Throttled as error:
                    await asyncio.sleep(error.retry_after or 5.0)
                except Exception as error:
                    log.info("drafts cannot be shown here", extra={"error": type(error).__name__})
                    return
            await asyncio.sleep(pause)


def mark_read(channel: Channel, address: Address, newest: str) -> None:
    """Show the person that `newest` was read (or their button heard), without waiting for it."""
    if isinstance(channel, MarksRead):
        _show(channel.mark_read(address, newest), "mark-read")


def show_typing(channel: Channel, address: Address, newest: str | None) -> None:
    """Show the person for a moment that somebody is writing, without waiting for it."""
    if isinstance(channel, ShowsTyping):
        _show(channel.typing(address, newest), "typing")


def _show(request: Awaitable[None], name: str) -> None:
    task = asyncio.create_task(_politely(request), name=name)
    _SHOWING.add(task)
    task.add_done_callback(_SHOWING.discard)


async def _politely(request: Awaitable[None]) -> None:
    try:
        await request
    except Exception as error:
        log.info("typing or read could not be shown", extra={"error": type(error).__name__})
