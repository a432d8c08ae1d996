"""The web chat, `/chat`: the page, its messages in, its live socket and its history."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator
from datetime import timedelta

import orjson
from aiohttp import web

from ..errors import BadSignature
from ..store import transcripts
from ..types import Direction, Rate
from .body import read_capped, webhook_request
from .context import WebContext, context_of, over_https
from .events import stream
from .pages import page
from .prose import to_html

MESSAGE_BYTES = 64 * 1024
TEXT_LIMIT = 4000
STOP = "/stop"
COOKIE_SECONDS = 365 * 24 * 3600
RENDER_EVERY_SECONDS = 0.06
RENDER_SHARE = 10
RATE = Rate(count=60, per=timedelta(minutes=1), burst=15)
TURNS_REMEMBERED = 8


def routes() -> list[web.RouteDef]:
    return [
        web.get("/chat", chat),
        web.post("/chat/messages", messages),
        web.get("/chat/history", history),
        web.get("/chat/events", events, allow_head=False),
    ]


async def chat(request: web.Request) -> web.StreamResponse:
    """The page; a browser without a visitor's cookie gets one."""
    context = context_of(request)
    answer = page("chat.html", engine_note=context.engine_note(), limit=TEXT_LIMIT)
    if _visitor(request, context) is None:
        answer.set_cookie(
            context.visitor_cookie,
            context.new_visitor(),
            httponly=True,
            samesite="Lax",
            secure=over_https(request),
            max_age=COOKIE_SECONDS,
            path="/",
        )
    return answer


async def messages(request: web.Request) -> web.StreamResponse:
    """One message of the visitor, {"id", "text"}; 200 once it is stored, like every webhook."""
    context = context_of(request)
    key = _known_visitor(request, context)
    wait = await context.bus.bucket(f"page:{key}", RATE)
    if wait > 0:
        raise web.HTTPTooManyRequests
    body = await read_capped(request, MESSAGE_BYTES)
    stored = await context.inbound.receive(context.page_channel, webhook_request(request, body))
    return web.json_response({"stored": stored}, headers={"Cache-Control": "no-store"})


async def history(request: web.Request) -> web.StreamResponse:
    """The visitor's own conversation, newest fifty, oldest first."""
    context = context_of(request)
    key = _known_visitor(request, context)
    rows = await context.database.read(transcripts.page_history, key)
    shown = [
        {
            "id": row.id,
            "direction": row.direction,
            "author": row.author,
            "text": row.text,
            "html": to_html(row.text) if row.direction == Direction.OUT else None,
            "status": row.status,
            "waiting": row.waiting,
            "at": row.at,
        }
        for row in rows
        if not (row.direction == Direction.IN and row.text == STOP)
    ]
    return web.Response(
        body=orjson.dumps({"messages": shown}),
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


async def events(request: web.Request) -> web.StreamResponse:
    """Frames for this visitor; text comes as safe HTML beside the words."""
    context = context_of(request)
    key = _known_visitor(request, context)
    return await stream(request, f"page:{key}", shape=shaped)


def _visitor(request: web.Request, context: WebContext) -> str | None:
    value = request.cookies.get(context.visitor_cookie)
    address = context.visitor_address(value) if value else None
    return address.key if address is not None else None


def _known_visitor(request: web.Request, context: WebContext) -> str:
    key = _visitor(request, context)
    if key is None:
        raise BadSignature("the visitor's cookie is missing or not ours; reload the page")
    return key


# --- streaming -------------------------------------------------------------------------------------------


async def shaped(frames: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    """Text deltas become the HTML of all text so far, at most every RENDER_EVERY_SECONDS; the rest passes on."""
    texts: dict[str, Growing] = {}
    pending = asyncio.ensure_future(anext(frames))
    try:
        while True:
            wait = RENDER_EVERY_SECONDS if any(text.changed for text in texts.values()) else None
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
            if frame.get("kind") == "delta":
                turn = str(frame.get("turn", ""))
                while len(texts) >= TURNS_REMEMBERED and turn not in texts:
                    del texts[next(iter(texts))]
                texts.setdefault(turn, Growing(turn)).add(
                    int(frame.get("offset", 0)), str(frame.get("text", ""))
                )
                if texts[turn].due():
                    yield texts[turn].frame()
                continue
            for text in texts.values():
                if text.changed:
                    yield text.frame()
            if frame.get("kind") == "done":
                texts.pop(str(frame.get("turn", "")), None)
            if frame.get("kind") == "message":
                frame["html"] = to_html(str(frame.get("text", "")))
            yield orjson.dumps(frame)
    finally:
        pending.cancel()


class Growing:
    """The text of one turn while it is written. A reader who came late sees the rest after an ellipsis."""

    def __init__(self, turn: str) -> None:
        self.turn = turn
        self.changed = False
        self._start: int | None = None
        self._text = ""
        self._next_at = float("-inf")

    def add(self, offset: int, text: str) -> None:
        if self._start is None or offset > self._start + len(self._text) or offset < self._start:
            self._start, self._text = offset, ""
        self._text = self._text[: offset - self._start] + text
        self.changed = True

    def due(self) -> bool:
        return time.monotonic() >= self._next_at

    def frame(self) -> bytes:
        """The text so far. One that is dear to render is rendered more seldom: it must not hold up the others."""
        self.changed = False
        began = time.monotonic()
        html = to_html(("… " if self._start else "") + self._text)
        ended = time.monotonic()
        self._next_at = ended + max(RENDER_EVERY_SECONDS, RENDER_SHARE * (ended - began))
        return orjson.dumps({"kind": "delta", "turn": self.turn, "html": html})
