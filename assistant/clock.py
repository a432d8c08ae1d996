"""Time and ids, injected so that tests can hold them still."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol

from uuid_utils import uuid7


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware UTC."""

    def monotonic(self) -> float:
        """Seconds that never run backwards."""

    def new_id(self) -> str:
        """A fresh id that sorts by time (UUID version 7)."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def new_id(self) -> str:
        return str(uuid7())
