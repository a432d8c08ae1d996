"""Counts every point at which a walk can be interrupted, and interrupts it at one of them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Generator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import CodeType, TracebackType
from typing import Any

from .loop import VirtualLoop

ASSISTANT = str(Path(__file__).parents[3] / "assistant") + "/"


class Kind(StrEnum):
    """Where a point lies: a suspended coroutine, or the edge of a transaction or of a request."""

    AWAIT = "await"
    DATABASE = "database"
    HTTP = "http"


class Fault(StrEnum):
    """CRASH: everything stops dead. CLOSE: SIGTERM comes. CANCEL: this task is cancelled. ERROR: an exception nobody
    expects. AWAY: what a database or a network raises when it goes away at that moment."""

    CRASH = "crash"
    CLOSE = "close"
    CANCEL = "cancel"
    ERROR = "error"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Point:
    """`number` counts from 1 in the order of the story; `site` says where in the source or in which transaction."""

    number: int
    kind: Kind
    site: str
    task: str


class Unexpected(RuntimeError):
    """The error that nobody expects."""


@dataclass(slots=True)
class Points:
    """One run's points. At point `number` the `fault` happens; `passed` is told of every point as it is reached."""

    number: int = 0
    fault: Fault | None = None
    passed: Callable[[Point], None] = lambda point: None
    close: Callable[[], Awaitable[None]] | None = None
    count: int = 0
    counting: bool = True
    closing: asyncio.Task[None] | None = None
    happened: Point | None = None
    lines: set[tuple[str, int]] = field(default_factory=set)

    def reach(self, kind: Kind, site: str, task: str) -> Fault | None:
        """Count one point; the fault that has to happen here."""
        if not self.counting:
            return None
        self.count += 1
        point = Point(self.count, kind, site, "unnamed" if task.startswith("Task-") else task)
        self.passed(point)
        if self.count != self.number or self.fault is None:
            return None
        self.happened = point
        self.counting = (
            self.fault is Fault.CLOSE
        )  # an ending that is under way has its points too, but no second fault
        if self.fault is Fault.CLOSE and self.close is not None:
            self.closing = asyncio.ensure_future(self.close())
            return None
        return self.fault

    async def at(self, kind: Kind, site: str, away: Callable[[], Exception]) -> None:
        """A point at the edge of something outside; raises, or never returns, when the fault is here."""
        task = asyncio.current_task()
        fault = self.reach(kind, site, task.get_name() if task else "")
        if fault is None:
            return
        if fault is Fault.CRASH:
            _loop().die()
            await asyncio.Future()
        if fault is Fault.CANCEL and task is not None:
            task.cancel()
            await asyncio.sleep(0)
        if fault is Fault.ERROR:
            raise Unexpected(site)
        if fault is Fault.AWAY:
            raise away()


def _loop() -> VirtualLoop:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualLoop)
    return loop


class Stepped(Coroutine[Any, Any, Any]):
    """A task's coroutine that counts each step that ends in a suspension."""

    def __init__(self, inner: Coroutine[Any, Any, Any], points: Points) -> None:
        self._inner = inner
        self._points = points
        self._due: BaseException | None = None

    def send(self, value: Any) -> Any:
        if self._due is not None:
            error, self._due = self._due, None
            return self._suspended(self._inner.throw(error))
        return self._suspended(self._inner.send(value))

    def throw(
        self,
        kind: Any,
        value: BaseException | object = None,
        trace: TracebackType | None = None,
    ) -> Any:
        self._due = None
        error = kind if isinstance(kind, BaseException) else value or kind()
        return self._suspended(self._inner.throw(error))

    def close(self) -> None:
        self._inner.close()

    def __await__(self) -> Generator[Any, Any, Any]:
        raise AssertionError("only tasks run this")

    def _suspended(self, awaited: Any) -> Any:
        if not self._points.counting:
            return awaited
        task = asyncio.current_task()
        site = self._site()
        fault = self._points.reach(Kind.AWAIT, site, task.get_name() if task else "")
        if fault is Fault.CRASH:
            _loop().die()
        elif fault is Fault.CANCEL and task is not None:
            task.cancel()
        elif fault in (Fault.ERROR, Fault.AWAY):
            self._due = Unexpected(site)
        return awaited

    def _site(self) -> str:
        """The innermost line of ours that waits; every line on the way to it is noted as one that has waited."""
        site, inner = "", self._inner
        while inner is not None:
            frame = getattr(inner, "cr_frame", None) or getattr(inner, "ag_frame", None)
            if frame is not None and frame.f_code.co_filename.startswith(ASSISTANT):
                name = frame.f_code.co_filename.removeprefix(ASSISTANT)
                self._points.lines.add((name, _line(frame.f_code, frame.f_lasti)))
                site = f"{name}:{frame.f_lineno} {frame.f_code.co_qualname}"
            inner = getattr(inner, "cr_await", None) or getattr(inner, "ag_await", None)
        return site


@cache
def _line(code: CodeType, last: int) -> int:
    """The first line of the expression that waits, by the instruction it waits in."""
    start = list(code.co_positions())[last // 2][0]
    return code.co_firstlineno if start is None else start


def install(loop: VirtualLoop, points: Points) -> None:
    """From now on every task whose coroutine is the assistant's is counted."""

    def make(_: asyncio.AbstractEventLoop, coroutine: Any, **options: Any) -> asyncio.Task[Any]:
        code = getattr(coroutine, "cr_code", None)
        if code is not None and code.co_filename.startswith(ASSISTANT):
            coroutine = Stepped(coroutine, points)
        return asyncio.Task(coroutine, loop=loop, **options)

    loop.set_task_factory(make)
