"""The event stream of the sandbox: everything that is said, typed, heard and reported, for a printer, a page or a test."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .pieces import Piece

log = logging.getLogger(__name__)

KEPT = 10_000


class Kind(StrEnum):
    SAID = "said"
    TYPING = "typing"
    HEARD = "heard"
    STATUS = "status"
    REACTED = "reacted"
    PRESSED = "pressed"
    TOLD = "told"
    STATE = "state"
    FAULT = "fault"
    TIME = "time"
    BURST = "burst"
    REPLAYED = "replayed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happened on a phone, or to the sandbox as a whole; then `person` is empty.

    `person` is the phone's name. A STATUS belongs to the message `external_id`, whichever way it went: sent,
    delivered and read for what the phone heard, read for what it said. `by` is who said it in a group. HEARD and SAID carry the status edited or
    deleted when the message had been there before. TYPING has a text only where the platform streams drafts. REACTED
    holds the emoji (empty: taken back) and in `status` whose it is: said by the person, heard from the business.
    PRESSED names the button, TOLD the notice that answers it. `piece`: all that a message holds. A HEARD with the status
    waiting lies at the platform until the phone comes back. STATE says in `status` whether the phone is offline, online,
    blocked or unblocked. FAULT names the knob in `text` (empty: all at rest) and its value in `status`, TIME how far it
    moved in `text` (+25h), BURST how many people in `status` and their words, a line each, in `text`, REPLAYED how
    many times in `status`; the channel is empty where it is all of them.
    """

    kind: Kind
    channel: str
    person: str
    at: datetime
    text: str = ""
    external_id: str | None = None
    status: str | None = None
    piece: Piece | None = None
    by: str = ""


Listener = Callable[[Happening], None]


class Stream:
    """Tells every listener, at once and in order, and remembers the last happenings."""

    def __init__(self) -> None:
        self.history: deque[Happening] = deque(maxlen=KEPT)
        self._listeners: list[Listener] = []

    def emit(self, happening: Happening) -> None:
        self.history.append(happening)
        for listener in tuple(self._listeners):
            try:
                listener(happening)
            except Exception:
                log.exception("a listener of the sandbox failed")

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with everything from now on; the answer ends that."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def queue(self) -> tuple[asyncio.Queue[Happening], Callable[[], None]]:
        """The same as a queue, and what ends it."""
        waiting: asyncio.Queue[Happening] = asyncio.Queue()
        return waiting, self.subscribe(waiting.put_nowait)
