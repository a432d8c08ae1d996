"""Imagine as you type: `/imagine`, the page, and `/chat/imagine`, the socket on which words go in and pictures come back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import orjson
from aiohttp import WSCloseCode, WSMsgType, web

from ..errors import PaintError
from ..painter import Picture
from ..types import Rate
from .context import WebContext, context_of
from .draw_queue import DrawQueue, Tab, Wish
from .events import HEARTBEAT_SECONDS, SOCKETS
from .origins import origin
from .pages import page
from .shield import origin_is_ours
from .visit import known_visitor, visitor_of, welcome
from .words import N_, Look, gettext, look

LIVE_SIZE, LIVE_STEPS = 512, 1
FINAL_SIZE, FINAL_STEPS = 1024, 8
TEXT_LIMIT: Final = 500
LARGEST_MESSAGE: Final = 8192
MOST_TABS: Final = 8
"""Drawing tabs of one visitor at once."""
RATE: Final = Rate(count=120, per=timedelta(minutes=1), burst=20)
RATE_OF_A_PLACE: Final = Rate(count=600, per=timedelta(minutes=1), burst=100)
"""For all visitors who come from one address together: a new cookie is no new allowance."""
LARGEST_NUMBER: Final = 2**31
NOTES: Final = (N_("sketch: shows the way, understands a few words"),)
"""What painters say of themselves and we can say in the reader's language."""

QUEUE: web.AppKey[DrawQueue] = web.AppKey("draw_queue", DrawQueue)
TABS: web.AppKey[Counter[str]] = web.AppKey("drawing_tabs", Counter)


def routes() -> list[web.RouteDef]:
    return [
        web.get("/imagine", imagine),
        web.get("/chat/imagine", draw, allow_head=False),
    ]


def prepare(app: web.Application, context: WebContext) -> None:
    """The line of this process; without a painter there is none, and both addresses answer 404."""
    if context.painter is None:
        return
    queue = DrawQueue(context.painter, at_once=context.settings.images_at_once)
    app[QUEUE], app[TABS] = queue, Counter()

    async def close(_: web.Application) -> None:
        await queue.close()

    app.on_shutdown.append(close)


def tools(context: WebContext) -> dict[str, Any]:
    """What a page that shows `chat_imagine.html` needs; `painter` is None where nothing can draw."""
    painter = context.painter
    return {
        "painter": painter,
        "painter_note": gettext(painter.note) if painter is not None and painter.note else "",
        "imagine_limit": TEXT_LIMIT,
    }


async def imagine(request: web.Request) -> web.StreamResponse:
    """The page; in the chat the same stands in a dialog."""
    context = context_of(request)
    if context.painter is None:
        raise web.HTTPNotFound
    answer = page("imagine.html", **tools(context))
    if visitor_of(request) is None:
        welcome(request, answer, context.new_visitor())
    return answer


async def draw(request: web.Request) -> web.StreamResponse:
    """One tab that draws: `{"draw": "live" | "final" | "stop", "seq", "seed", "text"}` in.

    Out: `{"kind": "picture", "seq"}` and then, as one binary frame, its JPEG; `place` with how many are `ahead`; `slow` with
    the `seconds` after which to ask again; `failed` with `words` for the person. Nothing of it is kept anywhere.
    """
    context = context_of(request)
    if context.painter is None:
        raise web.HTTPNotFound
    visitor = known_visitor(request)
    if not origin_is_ours(request):
        raise web.HTTPForbidden
    tabs = request.config_dict[TABS]
    if tabs[visitor.key] >= MOST_TABS:
        raise web.HTTPTooManyRequests
    socket = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS, max_msg_size=LARGEST_MESSAGE, compress=False)
    if not socket.can_prepare(request).ok:
        raise web.HTTPBadRequest
    try:
        await socket.prepare(request)
    except ConnectionError:  # the page is gone already
        return socket
    sockets = request.config_dict[SOCKETS]
    sockets.add(socket)
    tabs[visitor.key] += 1
    sheet = Sheet(context, socket, visitor.key, origin(request), look.get())
    tab = request.config_dict[QUEUE].enter(sheet.drawn, sheet.ahead)
    try:
        await sheet.listen(tab)
    finally:
        sockets.discard(socket)
        tabs[visitor.key] -= 1
        tabs += Counter()  # forgets those without tabs
        await tab.leave()
    return socket


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one tab says and hears. `look` is its reader's: other tabs' work also runs through here.

    `visitor` and `place` (a hash of where the request came from) are whom the rates are counted for.
    """

    context: WebContext
    socket: web.WebSocketResponse
    visitor: str
    place: str
    look: Look

    async def listen(self, tab: Tab) -> None:
        await self._say(kind="hello")
        async for message in self.socket:
            if message.type is not WSMsgType.TEXT:
                break
            try:
                asked = orjson.loads(message.data)
                await self._heard(tab, asked)
            except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
                await self.socket.close(code=WSCloseCode.UNSUPPORTED_DATA)

    async def _heard(self, tab: Tab, asked: dict[str, Any]) -> None:
        kind, seq = asked["draw"], _number(asked["seq"])
        if kind == "stop":
            tab.drop()
            return
        if kind not in ("live", "final"):
            raise ValueError("draw")
        text = " ".join(str(asked["text"]).split())
        if not text or len(text) > TEXT_LIMIT:
            raise ValueError("text")
        wait = max(
            await self.context.bus.buckets(
                (f"imagine:{self.visitor}", RATE), (f"imagine-from:{self.place}", RATE_OF_A_PLACE)
            )
        )
        if wait > 0:
            await self._say(kind="slow", seq=seq, seconds=wait)
            return
        final = kind == "final"
        wish = Wish(
            seq=seq,
            text=text,
            seed=_number(asked["seed"]),
            size=FINAL_SIZE if final else LIVE_SIZE,
            steps=FINAL_STEPS if final else LIVE_STEPS,
        )
        if not tab.want(wish):
            words = gettext("Too many people are drawing right now. Try again in a moment.")
            await self._say(kind="failed", seq=seq, words=words)

    async def drawn(self, wish: Wish, made: Picture | PaintError) -> None:
        if isinstance(made, PaintError):
            look.set(self.look)
            await self._say(kind="failed", seq=wish.seq, words=gettext(made.staff))
            return
        await self._say(kind="picture", seq=wish.seq)
        await self.socket.send_bytes(made.jpeg)

    async def ahead(self, wish: Wish, place: int) -> None:
        await self._say(kind="place", seq=wish.seq, ahead=place)

    async def _say(self, **frame: Any) -> None:
        await self.socket.send_frame(orjson.dumps(frame), WSMsgType.TEXT)


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < LARGEST_NUMBER:
        raise ValueError("number")
    return value
