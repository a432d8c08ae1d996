"""Who draws next: so many pictures at once over all tabs, each tab one running and one waiting, the newest words win."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from ..errors import PaintError
from ..painter import Painter, Picture

MOST_WAITING = 200
"""Tabs in line, at most; later ones are told that too many draw."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What one tab wants drawn. `seq` rises with each of its wishes; size in pixels."""

    seq: int
    text: str
    seed: int
    size: int
    steps: int


Drawn = Callable[[Wish, Picture | PaintError], Awaitable[None]]
"""Hears what became of a wish; never of one that a newer took the place of."""
Ahead = Callable[[Wish, int], Awaitable[None]]
"""Hears how many are before this wish, each time that changes."""


class Tab:
    """One page that draws. Made by DrawQueue.enter, and ended by `leave`."""

    def __init__(self, queue: DrawQueue, drawn: Drawn, ahead: Ahead) -> None:
        self._queue = queue
        self.drawn = drawn
        self.ahead = ahead
        self.waiting: Wish | None = None
        self.told: tuple[int, int] | None = None
        self.running: asyncio.Task[None] | None = None
        self.painting = False

    def want(self, wish: Wish) -> bool:
        """Take this wish in place of every earlier one; False when too many tabs wait."""
        return self._queue.put(self, wish)

    def drop(self) -> None:
        """Nothing is wanted any more."""
        self._queue.withdraw(self)

    def interrupt(self) -> None:
        """Stop what is being painted; what is on its way to the page arrives there whole."""
        if self.painting and self.running is not None:
            self.running.cancel()

    async def leave(self) -> None:
        """The page is gone: drop everything, and wait until what ran has ended."""
        self.drop()
        if self.running is not None:
            self.running.cancel()
            await asyncio.gather(self.running, return_exceptions=True)


class DrawQueue:
    """First come, first served; a tab that waits keeps its place when its words change, one that ran goes to the end."""

    def __init__(self, painter: Painter, *, at_once: int) -> None:
        self.painter = painter
        self._at_once = at_once
        self._line: list[Tab] = []
        self._running: set[asyncio.Task[None]] = set()
        self._telling: set[asyncio.Task[None]] = set()
        self.started = 0

    def enter(self, drawn: Drawn, ahead: Ahead) -> Tab:
        return Tab(self, drawn, ahead)

    async def close(self) -> None:
        """End everything: the server stops."""
        self._line.clear()
        tasks = self._running | self._telling
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def put(self, tab: Tab, wish: Wish) -> bool:
        if tab not in self._line:
            if len(self._line) >= MOST_WAITING:
                return False
            self._line.append(tab)
        tab.waiting = wish
        tab.interrupt()  # its end starts the next one
        self._go_on()
        return True

    def withdraw(self, tab: Tab) -> None:
        tab.waiting = None
        if tab in self._line:
            self._line.remove(tab)
        tab.interrupt()
        self._go_on()

    def _go_on(self) -> None:
        """Start what may start; tell the others where they stand."""
        for tab in list(self._line):
            if len(self._running) >= self._at_once:
                break
            if tab.running is not None:  # it was interrupted and is about to end
                continue
            self._line.remove(tab)
            wish, tab.waiting = tab.waiting, None
            if wish is not None:
                self._start(tab, wish)
        for place, tab in enumerate(self._line):
            if tab.waiting is not None and tab.running is None and tab.told != (tab.waiting.seq, place):
                tab.told = (tab.waiting.seq, place)
                task = asyncio.create_task(_tell(tab, tab.waiting, place))
                self._telling.add(task)
                task.add_done_callback(self._telling.discard)

    def _start(self, tab: Tab, wish: Wish) -> None:
        self.started += 1
        task = asyncio.create_task(self._draw(tab, wish), name="draw")
        tab.running, tab.painting = task, True
        self._running.add(task)
        task.add_done_callback(lambda ended: self._ended(tab, ended))

    def _painted(self, tab: Tab) -> None:
        """The next one may paint; a page that reads slowly must not hold it up."""
        tab.painting = False
        if tab.running is not None:
            self._running.discard(tab.running)
        self._go_on()

    def _ended(self, tab: Tab, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        tab.running, tab.painting = None, False
        self._go_on()

    async def _draw(self, tab: Tab, wish: Wish) -> None:
        try:
            made: Picture | PaintError = await self.painter.paint(
                wish.text, seed=wish.seed, size=wish.size, steps=wish.steps
            )
        except PaintError as error:
            log.warning("no picture was drawn", extra={"code": error.code})
            made = error
        except Exception:
            log.exception("a painter failed")
            made = PaintError()
        self._painted(tab)
        await _safely(tab.drawn(wish, made))


async def _tell(tab: Tab, wish: Wish, place: int) -> None:
    await _safely(tab.ahead(wish, place))


async def _safely(said: Awaitable[None]) -> None:
    """A page that is gone hears nothing; its socket notices by itself."""
    try:
        await said
    except ConnectionError:
        return
