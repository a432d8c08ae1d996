"""Leaves a platform's account in peace while the platform does not answer, and tries it again with one message at a time."""

from __future__ import annotations

from collections import deque
from typing import Final

from .clock import Clock

IN_A_ROW: Final = 5
OF_LAST: Final = 20
PROBE_SECONDS: Final = 15.0


class Breaker:
    """Closed: everything may go. Open: nothing, but one message every PROBE_SECONDS, and its fate decides for all.

    It opens after IN_A_ROW sends without an answer, or when half of the OF_LAST newest had none. Each process keeps its
    own: what it knows is whether the platform can be reached from here, and a shared state would cost a write a send. Of n
    processes each tries once in PROBE_SECONDS, which no platform feels.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures = 0
        self._last: deque[bool] = deque(maxlen=OF_LAST)
        self._probe_at: float | None = None
        self._probing = False

    @property
    def open(self) -> bool:
        return self._probe_at is not None

    @property
    def shut(self) -> bool:
        """Whether nothing at all may go now."""
        return self.open and (self._probing or self.left > 0)

    @property
    def left(self) -> float:
        """Seconds until something may go; 0.0 when it may now, and while the one that was let through is under way."""
        return 0.0 if self._probe_at is None else max(0.0, self._probe_at - self._clock.monotonic())

    def admit(self) -> bool:
        """Whether a message may go now. While open, True makes it the probe: its end must be told below."""
        if self._probe_at is None:
            return True
        if self._probing or self.left > 0:
            return False
        self._probing = True
        return True

    def let_go(self) -> None:
        """What was admitted did not leave after all: its end says nothing of the platform."""
        self._probing = False

    def answered(self) -> bool:
        """The platform said something, be it no. True when this closed the breaker."""
        was_open = self.open
        self._failures = 0
        if was_open:
            self._last.clear()
            self._probe_at, self._probing = None, False
        else:
            self._last.append(True)
        return was_open

    def failed(self) -> bool:
        """The platform did not answer. True when this opened the breaker, or keeps it open after the probe."""
        if self.open:
            if not self._probing:
                return False  # sends that were under way when it opened say nothing new
            self._probing = False
            self._probe_at = self._clock.monotonic() + PROBE_SECONDS
            return True
        self._failures += 1
        self._last.append(False)
        many = len(self._last) == OF_LAST and self._last.count(False) * 2 >= OF_LAST
        if self._failures < IN_A_ROW and not many:
            return False
        self._probe_at = self._clock.monotonic() + PROBE_SECONDS
        return True
