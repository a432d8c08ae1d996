"""The model servers behind one engine: which of them a conversation goes to, and what each has taught us."""

from __future__ import annotations

import hashlib
import math
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from ..clock import Clock
from .breaker import Breaker

_LEAST: Final = 8  # requests that may always run on one server before another helps
_BALANCE: Final = 1.25  # and how far above the mean it may be
_LONGEST_BUSY: Final = 60.0


class Replica:
    """One base URL. `refused`: fields that it does not take; `probe`: the address that tells whether it is well."""

    def __init__(self, url: str, clock: Clock, chance: random.Random | None = None) -> None:
        self.url = url
        self.breaker = Breaker(clock, chance=chance)
        self.running = 0
        self.refused: frozenset[str] = frozenset()
        self.probe = f"{url.removesuffix('/v1')}/health"
        self._clock = clock
        self._busy_until = 0.0

    @property
    def wait(self) -> float:
        """Seconds until it may be asked, as far as we know."""
        return max(self.breaker.left, self._busy_until - self._clock.monotonic(), 0.0)

    @property
    def may_ask(self) -> bool:
        return self.breaker.may_ask and self._busy_until <= self._clock.monotonic()

    def busy(self, seconds: float | None) -> None:
        """It asked us to come back later."""
        if seconds:
            self._busy_until = self._clock.monotonic() + min(seconds, _LONGEST_BUSY)

    def failed(self, *, gone: bool = False) -> bool:
        """It failed; True when it is left in peace from now on. What it taught us is forgotten then: it may come back
        as another version."""
        opened = self.breaker.failed(gone=gone)
        if opened:
            self.refused = frozenset()
        return opened

    @contextmanager
    def request(self) -> Iterator[None]:
        """A request is with this server for as long as the block runs."""
        self.running += 1
        trial = self.breaker.asked()
        try:
            yield
        finally:
            self.running -= 1
            if trial:
                self.breaker.let_go()


class Replicas:
    """All of them. `most`: requests one server gets before others help; 0: a quarter above the mean, at least 8."""

    def __init__(
        self, urls: Sequence[str], clock: Clock, *, most: int = 0, chance: random.Random | None = None
    ) -> None:
        self.all = [Replica(url, clock, chance) for url in urls]
        self._most = most

    @property
    def running(self) -> int:
        return sum(replica.running for replica in self.all)

    @property
    def wait(self) -> float:
        """Seconds until the first of them may be asked."""
        return min(replica.wait for replica in self.all)

    def order(self, home: str | None) -> list[Replica]:
        """Those that may be asked, the preferred one first.

        Rendezvous hashing: every conversation has its own order, which changes only for those whose first server
        comes or goes, so that the others keep their prefix caches. A server with too much to do comes last.
        """
        most = self._most or max(_LEAST, math.ceil(_BALANCE * (self.running + 1) / len(self.all)))
        free = [replica for replica in self.all if replica.may_ask]
        if home is None:
            return sorted(free, key=lambda replica: replica.running)
        return sorted(
            free,
            key=lambda replica: (
                replica.running - most if replica.running >= most else -1,
                hashlib.sha256(f"{replica.url} {home}".encode("utf-8", "replace")).digest(),
            ),
        )
