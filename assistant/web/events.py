"""Live sockets: one WebSocket a tab, fed from a topic of the bus, closed when its session ends or the server stops."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager

from aiohttp import WSCloseCode, WSMsgType, web

from .context import context_of
from .feed import AwayNow, Feed
from .shield import origin_is_ours

HEARTBEAT_SECONDS = 25.0
RECHECK_SECONDS = 60.0
LARGEST_MESSAGE = 4096
SESSION_ENDED = 4401
"""Close code of our own: sign in again."""

SOCKETS: web.AppKey[set[web.WebSocketResponse]] = web.AppKey("sockets", set)

log = logging.getLogger(__name__)

Shape = Callable[[AsyncIterator[bytes]], AsyncGenerator[bytes, None]]
Frames = AbstractAsyncContextManager[AsyncIterator[bytes]]


async def stream(
    request: web.Request,
    topic: str | Frames,
    *,
    shape: Shape | None = None,
    allowed: Callable[[], Awaitable[bool]] | None = None,
    feed: Feed | None = None,
) -> web.WebSocketResponse:
    """Forward the frames of `topic` of the bus, or those given in its place, through `shape` if given, until the browser leaves or `allowed` turns false.

    With `feed` they come from there; a page that says in `since` how far it knows hears first what it missed, if that is
    still known, and then the first frame says `caught_up`.
    """
    if not origin_is_ours(request):
        raise web.HTTPForbidden
    socket = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS, max_msg_size=LARGEST_MESSAGE, compress=False)
    if not socket.can_prepare(request).ok:
        raise web.HTTPBadRequest
    try:
        await socket.prepare(request)
    except ConnectionError:  # the page is gone already
        return socket
    sockets = request.config_dict[SOCKETS]
    sockets.add(socket)
    try:
        if feed is None:
            frames = context_of(request).bus.subscribe(topic) if isinstance(topic, str) else topic
            await _run(socket, frames, shape, allowed)
        else:
            known = request.query.get("since", "")
            await _run(socket, feed.follow(), shape, allowed, lambda: feed.since(known))
    except AwayNow:
        await socket.close(code=WSCloseCode.TRY_AGAIN_LATER)
    finally:
        sockets.discard(socket)
    return socket


async def _run(
    socket: web.WebSocketResponse,
    subscription: Frames,
    shape: Shape | None,
    allowed: Callable[[], Awaitable[bool]] | None,
    missed: Callable[[], list[bytes] | None] = lambda: None,
) -> None:
    async with subscription as frames:
        before = missed()
        await socket.send_str('{"kind":"hello"}' if before is None else '{"kind":"hello","caught_up":true}')
        for frame in before or ():
            await socket.send_frame(frame, WSMsgType.TEXT)
        shaped = shape(frames) if shape is not None else None
        tasks = [asyncio.create_task(_forward(socket, shaped or frames))]
        if allowed is not None:
            tasks.append(asyncio.create_task(_watch(socket, allowed)))
        try:
            async for message in socket:  # browsers have nothing to say here; this notices that they left
                if message.type is WSMsgType.ERROR:
                    break
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if shaped is not None:
                await shaped.aclose()


async def _forward(socket: web.WebSocketResponse, frames: AsyncIterator[bytes]) -> None:
    """Whatever ends this ends the socket: a page that hears nothing must not believe that it is live."""
    try:
        async for frame in frames:
            await socket.send_frame(frame, WSMsgType.TEXT)
    except ConnectionError:
        return
    except Exception:
        log.exception("a live socket failed")
    await socket.close()


async def _watch(socket: web.WebSocketResponse, allowed: Callable[[], Awaitable[bool]]) -> None:
    while not socket.closed:
        await asyncio.sleep(RECHECK_SECONDS)
        if not await allowed():
            await socket.close(code=SESSION_ENDED)


async def close_sockets(app: web.Application) -> None:
    """At shutdown: browsers reconnect to whoever comes next."""
    sockets = app[SOCKETS]
    for socket in list(sockets):
        await socket.close(code=WSCloseCode.GOING_AWAY, message=b"restarting")
