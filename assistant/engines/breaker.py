"""Breaker: leaves a failing server in peace, and tries it again with one request after a pause that grows."""

from __future__ import annotations

import random
from typing import Final

from ..clock import Clock

FAILURES: Final = 3  # in a row, until a server is left in peace
PAUSE_SECONDS: Final = 0.5
LONGEST_PAUSE_SECONDS: Final = 30.0


class Breaker:
    """Closed: ask. Open: do not ask until the pause is over; then one request tries, and its fate decides for all.

    A server that answers the trial is asked again at once, but its next failure opens the breaker without a second
    chance; only an answer that ends well makes all as it was before.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        failures: int = FAILURES,
        pause: float = PAUSE_SECONDS,
        longest: float = LONGEST_PAUSE_SECONDS,
        chance: random.Random | None = None,
    ) -> None:
        self._clock = clock
        self._limit = failures
        self._pause = pause
        self._longest = longest
        self._chance = chance or random.Random()
        self._failures = 0
        self._openings = 0
        self._until: float | None = None
        self._trying = False

    @property
    def open(self) -> bool:
        """Whether requests stay away now; False also when a trial is due."""
        return self._until is not None and self.left > 0

    @property
    def left(self) -> float:
        """Seconds until the server may be asked."""
        return 0.0 if self._until is None else max(0.0, self._until - self._clock.monotonic())

    @property
    def may_ask(self) -> bool:
        """True for every request while closed, and for one at a time once the pause is over."""
        return self._until is None or (self.left == 0 and not self._trying)

    def asked(self) -> bool:
        """A request goes out; True when it is the trial, whose end must be told by one of the methods below."""
        if self._until is None:
            return False
        self._trying = True
        return True

    def let_go(self) -> None:
        """The trial ended without a verdict: its person left, or the request itself was wrong."""
        self._trying = False

    def answered(self) -> None:
        """The server said something sensible."""
        if self._until is not None:
            self._until, self._trying = None, False
            self._failures = self._limit - 1

    def finished(self) -> None:
        """The server brought a whole answer."""
        self._until, self._trying = None, False
        self._failures = self._openings = 0

    def failed(self, *, gone: bool = False) -> bool:
        """The server failed; `gone`: nobody is there at all. True when this opened the breaker."""
        if self.open:
            return False  # requests that were under way when it opened say nothing new
        trial, self._trying = self._trying, False
        self._failures += 1
        if not (gone or trial or self._failures >= self._limit):
            return False
        # Half of the pause is chance, so that many processes do not come back in the same moment.
        pause = min(self._longest, self._pause * 2.0**self._openings) * self._chance.uniform(0.5, 1.0)
        self._until = self._clock.monotonic() + pause
        self._openings = min(self._openings + 1, 30)
        return True
