"""An event loop whose time jumps: it passes only when nothing is left to do, so that every run is the same run."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")
START = datetime(2026, 11, 23, 14, 32, tzinfo=UTC)
PATIENCE = 20.0  # real seconds that a database may take for one answer


class Dead(BaseException):
    """Stops a database transaction where the process ends; never seen by the code under test."""


class _Selector(selectors.SelectSelector):
    """While a real socket is awaited time stands still, and it is looked at only when nothing else can be done."""

    loop: VirtualLoop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is not None and timeout <= 0:
            return []
        if self.loop.awaited:
            found = super().select(PATIENCE)
            if not found:
                raise TimeoutError("a real answer was awaited for too long")
            return found
        if timeout is None:
            raise RuntimeError("everybody waits and nothing will ever happen")
        self.loop.jump(timeout)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """Threads are not used: what would run in one runs at once, and its caller goes on in the next round."""

    def __init__(self, at: float = 0.0) -> None:
        self._passed = at
        self.awaited = 0
        self.dead = False
        selector = _Selector()
        selector.loop = self
        super().__init__(selector)

    def time(self) -> float:
        return self._passed

    def jump(self, seconds: float) -> None:
        self._passed += seconds + 1e-9

    def run_in_executor(self, executor: Any, function: Callable[..., T], *args: Any) -> asyncio.Future[T]:  # type: ignore[override]
        future: asyncio.Future[T] = self.create_future()
        try:
            result = function(*args)
        except Dead:
            self.die()
        except Exception as error:
            self.call_soon(_end, future, None, error)
        else:
            self.call_soon(_end, future, result, None)
        return future

    def die(self) -> None:
        """Nothing runs any more, not even what was ready: as when the process is gone."""
        self.dead = True
        for handle in self._ready:  # type: ignore[attr-defined]
            handle.cancel()
        self.stop()

    def _write_to_self(self) -> None:
        """Nobody calls from another thread."""


def _end(future: asyncio.Future[Any], result: Any, error: Exception | None) -> None:
    if future.done():
        return
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)


class VirtualClock:
    """The loop's time as a Clock; `life` keeps ids apart that two lives of the system make."""

    def __init__(self, loop: VirtualLoop, life: int) -> None:
        self._loop = loop
        self._life = life
        self._ids = 0

    def now(self) -> datetime:
        return START + timedelta(seconds=self._loop.time())

    def monotonic(self) -> float:
        return self._loop.time()

    def new_id(self) -> str:
        self._ids += 1
        return f"{int(self._loop.time() * 1000):08x}-0000-7000-8000-{self._life:04x}{self._ids:08x}"
