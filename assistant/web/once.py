"""What many open pages ask for in the same moment, made once for all of them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, Final, TypeVar

from aiohttp import web

from .feed import mark

T = TypeVar("T")

LASTS_SECONDS: Final = 1.0
MOST: Final = 256


class Once:
    """Results by what they depend on. One is handed on as long as nothing was published since it was begun, and for a
    second at most; whoever asks while it is made waits for it.
    """

    def __init__(self) -> None:
        self._made: dict[Hashable, tuple[str, float, asyncio.Future[Any]]] = {}

    async def get(self, key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        """What `make` makes. `key` names everything that tells one result from another, the reader's language too.

        Only for a request that holds the mark of the feed; without one nobody knows what is fresh, and it is made anew.
        """
        here, now = mark.get(), asyncio.get_running_loop().time()
        if not here:
            return await make()
        known = self._made.get(key)
        if known is None or known[0] != here or now - known[1] > LASTS_SECONDS or _failed(known[2]):
            if len(self._made) >= MOST:
                self._made.clear()
            known = (here, now, asyncio.ensure_future(make()))
            self._made[key] = known
        return await asyncio.shield(known[2])


def _failed(result: asyncio.Future[Any]) -> bool:
    return result.done() and (result.cancelled() or result.exception() is not None)


ONCE = web.AppKey("once", Once)


def prepare(app: web.Application) -> None:
    app[ONCE] = Once()
