"""How many of a CPU's cores one pass of the model uses: all while they are free, fewer while others need them."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Final

import torch

_WINDOW: Final = 0.02  # seconds of passes that one judgement rests on
_STARVED: Final = 0.65
_SHORTEST_REST: Final = 0.5
_LONGEST_REST: Final = 8.0


class Threads:
    """A context manager around every pass; it sets the number of threads for the pass to come.

    All threads of a pass meet after every product, so the pass is as slow as the one that others keep from its core.
    Such a pass shows: it gets less processor time than its threads could have used. Then half as many are used for a
    while; how long doubles as long as trying all of them again goes badly.
    """

    def __init__(
        self,
        most: int,
        use: Callable[[int], None] = torch.set_num_threads,
        wall: Callable[[], float] = time.perf_counter,
        busy: Callable[[], float] = time.process_time,
    ) -> None:
        self.most = self.now = most
        self._use, self._wall, self._busy = use, wall, busy
        self._rest = _SHORTEST_REST
        self._until = 0.0
        self._began = (0.0, 0.0)
        self._spent = (0.0, 0.0)
        use(most)

    def __enter__(self) -> None:
        self._began = self._wall(), self._busy()
        if self.now < self.most and self._began[0] >= self._until:
            self._set(self.most)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.now == 1:
            return
        now = self._wall()
        wall = self._spent[0] + now - self._began[0]
        busy = self._spent[1] + self._busy() - self._began[1]
        self._spent = wall, busy
        if wall < _WINDOW:
            return
        self._spent = (0.0, 0.0)
        if busy >= _STARVED * self.now * wall:
            if self.now == self.most:
                self._rest = max(_SHORTEST_REST, self._rest / 2)
            return
        if self.now == self.most:
            self._until = now + self._rest
            self._rest = min(_LONGEST_REST, self._rest * 2)
        self._set(max(1, self.now // 2))

    def _set(self, threads: int) -> None:
        self.now = threads
        self._spent = (0.0, 0.0)
        self._use(threads)
