"""What the page needs of the server it is mounted in: its templates, files, forms and live sockets, and who may enter."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from aiohttp import web


class Tools(Protocol):
    """Given by assistant/web/door.py; an adapter knows nothing of the web side."""

    def routes(self) -> list[web.RouteDef]: ...

    def render(self, template: str, **values: Any) -> str: ...

    def page(self, template: str, *, status: int = 200, **values: Any) -> web.Response: ...

    async def form(self, request: web.Request, limit: int) -> dict[str, str]: ...

    async def socket(
        self, request: web.Request, frames: AbstractAsyncContextManager[AsyncIterator[bytes]]
    ) -> web.WebSocketResponse: ...

    async def may_enter(self, request: web.Request) -> bool: ...
