"""What a page of the web chat hears while an answer is written: finished blocks once, the open one again and again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from typing import Any

import orjson

from .chat_talk import id_of
from .prose import finished, growing, to_html

EVERY_SECONDS = 0.06
SELDOM_SECONDS = 0.25
RENDER_SHARE = 0.25
"""Of one processor, what all pages together may take for rendering before they show text more seldom."""
TURNS_REMEMBERED = 8


class Pace:
    """How often an answer is rendered, from what rendering costs and how many answers grow in this process."""

    def __init__(self) -> None:
        self.streams = 0
        self._cost = 0.0  # seconds a rendering takes, lately

    def took(self, seconds: float) -> None:
        self._cost += (seconds - self._cost) / 8

    def seconds(self) -> float:
        """From EVERY_SECONDS to SELDOM_SECONDS."""
        return min(SELDOM_SECONDS, max(EVERY_SECONDS, self.streams * self._cost / RENDER_SHARE))


PACE = Pace()


class Growing:
    """The text of one turn while it is written. A reader who came late sees the rest after an ellipsis."""

    def __init__(self, turn: str, chat: str, pace: Pace = PACE) -> None:
        self.turn = turn
        self.changed = False
        self._chat = chat
        self._pace = pace
        self._start: int | None = None
        self._text = ""
        self._sent = ""  # what the finished blocks take
        self._blocks = 0
        self._next_at = float("-inf")

    def add(self, offset: int, text: str) -> None:
        if self._start is None or offset > self._start + len(self._text) or offset < self._start:
            self._start, self._text = offset, ""
        known = self._text
        self._text = known[: offset - self._start] + text
        self.changed = self.changed or self._text != known

    def due(self) -> bool:
        return time.monotonic() >= self._next_at

    def frame(self) -> bytes:
        """The blocks finished since the last frame, which are the page's from its `at`-th on, and the open one."""
        self.changed = False
        began = time.monotonic()
        text = ("… " if self._start else "") + self._text
        if not text.startswith(self._sent):  # another round began, or what was shown was taken back
            self._sent, self._blocks = "", 0
        blocks, end = finished(text[len(self._sent) :])
        at = self._blocks
        self._blocks += len(blocks)
        self._sent = text[: len(self._sent) + end]
        rest = growing(text[len(self._sent) :])
        ended = time.monotonic()
        self._pace.took(ended - began)
        self._next_at = ended + self._pace.seconds()
        frame = {"kind": "delta", "chat": self._chat, "turn": self.turn}
        return orjson.dumps({**frame, "at": at, "done": blocks, "open": rest})


async def shaped(
    frames: AsyncIterator[bytes], ask: Callable[[], Awaitable[None]] | None = None
) -> AsyncGenerator[bytes, None]:
    """Text deltas become safe HTML, as often as the pace allows; the rest passes on.

    `ask` is called once the frames are heard: it has the text said again that is being written at this moment.
    """
    texts: dict[str, Growing] = {}
    pending = asyncio.ensure_future(anext(frames))
    try:
        if ask is not None:
            await ask()
        while True:
            wait = EVERY_SECONDS if any(text.changed for text in texts.values()) else None
            done, _ = await asyncio.wait({pending}, timeout=wait)
            if not done:
                for text in texts.values():
                    if text.changed and text.due():
                        yield text.frame()
                continue
            try:
                frame = orjson.loads(pending.result())
            except StopAsyncIteration:
                return
            pending = asyncio.ensure_future(anext(frames))
            frame["chat"] = id_of(frame.get("chat"))
            if frame.get("kind") == "delta":
                text = _grown(texts, frame)
                if text.changed and text.due():
                    yield text.frame()
                continue
            for text in texts.values():
                if text.changed:
                    yield text.frame()
            if frame.get("kind") == "done" and texts.pop(str(frame.get("turn", "")), None) is not None:
                PACE.streams -= 1
            if frame.get("kind") == "message":
                frame["html"] = to_html(str(frame.get("text", "")))
            yield orjson.dumps(frame)
    finally:
        PACE.streams -= len(texts)
        pending.cancel()


def _grown(texts: dict[str, Growing], frame: dict[str, Any]) -> Growing:
    """The text that the frame adds to; the oldest one is let go when there are too many."""
    turn = str(frame.get("turn", ""))
    if turn not in texts:
        while len(texts) >= TURNS_REMEMBERED:
            del texts[next(iter(texts))]
            PACE.streams -= 1
        texts[turn] = Growing(turn, frame["chat"])
        PACE.streams += 1
    texts[turn].add(int(frame.get("offset", 0)), str(frame.get("text", "")))
    return texts[turn]
