"""What a visitor's page hears of an answer: its text as it grows, all of it again for who came late, and its end."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime
from typing import Any, Final

import orjson

from .bus import Bus
from .channel import page_topic
from .inbound import INBOUND_TOPIC, STAFF_TOPIC, WORK_BELL
from .presence import Presence
from .store.queue import Claim
from .types import Address

AGAIN_TOPIC: Final = "again"
"""Pages that have just begun to listen: whoever is writing for one of them tells it what was written so far."""
WHOLE_SECONDS: Final = 1.0
AGAIN_SECONDS: Final = 0.1
"""Who is asked more often repeats himself no more than this; what comes next is the whole text anyway."""


class Running:
    """A turn that is under way, as the worker sees it: how to tell it that the person wrote again."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.taken_at: datetime | None = None
        self.seen = 0
        self.shown = False
        self.quiet = False
        self.said = ""
        self.whole_at = float("-inf")
        self.again_at = float("-inf")
        self.newer = asyncio.Event()
        self.presence: Presence | None = None


class Pages:
    """Tells pages of the turns of one worker. Frames say where their text begins: hearing one twice does no harm."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def grow(self, running: Running, offset: int, text: str) -> None:
        """More of the answer may be seen; all of it once a second, for who lost a frame."""
        running.shown = True
        running.said = running.said[:offset] + text
        if time.monotonic() >= running.whole_at + WHOLE_SECONDS:
            running.whole_at = time.monotonic()
            offset, text = 0, running.said
        await self.tell(running.claim, kind="delta", offset=offset, text=text)

    async def again(self, running: Running) -> None:
        """All that was shown so far, for a page that came late."""
        if not running.said or running.quiet:
            return
        if time.monotonic() < running.again_at + AGAIN_SECONDS:
            running.whole_at = float("-inf")
            return
        running.again_at = time.monotonic()
        await self.tell(running.claim, kind="delta", offset=0, text=running.said)

    async def tell(self, claim: Claim, **frame: Any) -> None:
        said = {"turn": f"{claim.conversation}.{claim.token}", "chat": claim.address.thread, **frame}
        await self._bus.publish(page_topic(claim.address), orjson.dumps(said))


async def ask_again(bus: Bus, visitor: Address) -> None:
    """A page of this visitor listens from now on and wants to hear what is being written. Call it once subscribed."""
    await bus.publish(AGAIN_TOPIC, page_topic(visitor).encode())


def wanted_by(frame: bytes, running: Running) -> bool:
    """Whether a frame of AGAIN_TOPIC asks for this turn."""
    return frame == page_topic(running.claim.address).encode()


async def changed(bus: Bus, conversation: int, *, kind: str = "versions") -> None:
    """What was said in a conversation is no longer so: an answer under way ends, what waits is answered, staff see it."""
    await bus.publish(INBOUND_TOPIC, orjson.dumps([conversation]))
    await bus.ring(WORK_BELL)
    await bus.publish(STAFF_TOPIC, orjson.dumps({"kind": kind, "conversation": conversation, "seq": 0}))
