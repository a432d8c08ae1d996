"""A clock for tests: time stands still until it is moved, and ids count upwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class FakeClock:
    """Implements assistant.clock.Clock."""

    def __init__(self, start: datetime = datetime(2026, 11, 23, 14, 32, tzinfo=UTC)) -> None:
        self._start = start
        self._passed = 0.0
        self._ids = 0

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._passed)

    def monotonic(self) -> float:
        return self._passed

    def new_id(self) -> str:
        """Sorts by time and is unique, like a UUID version 7."""
        self._ids += 1
        milliseconds = int(self.now().timestamp() * 1000) & 0xFFFF_FFFF_FFFF
        return f"{milliseconds >> 16:08x}-{milliseconds & 0xFFFF:04x}-7000-8000-{self._ids:012x}"

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._passed += seconds

    def set(self, by: timedelta) -> None:
        """Somebody sets the clock; no time passes."""
        self._start += by
