"""The web application and the server that runs it."""

from __future__ import annotations

import asyncio
import logging
import resource
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from ..errors import SettingsError
from . import (
    account,
    admin,
    auth,
    chat,
    chat_acts,
    factor,
    feed,
    health,
    imagine,
    invite,
    once,
    pages,
    shared_chat,
    signin,
    visit,
    webhooks,
    widget,
)
from .admin import conversations
from .context import CONTEXT, WebContext
from .events import SOCKETS, close_sockets
from .front import Front
from .shield import RETRY_SECONDS, shield

__all__ = ["WebContext", "make_app", "serve"]

KEEPALIVE_SECONDS = 15.0
"""Also how long a new connection may take to send its headers."""
SHUTDOWN_SECONDS = 10.0
BACKLOG = 1024
MOST_CONNECTIONS = 10_000
MOST_DESCRIPTORS = 65_536
FULL = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

log = logging.getLogger(__name__)


def make_app(context: WebContext) -> web.Application:
    """Every door and page of the web side, ready to be served. Other doors may be added as sub-applications."""
    app = web.Application(middlewares=[shield], client_max_size=context.settings.webhook_max_bytes)
    app[CONTEXT] = context
    app[SOCKETS] = set()
    app[health.HEALTH] = health.Health(
        ready=lambda: context.ready(),
        warnings=lambda: context.warnings(),
        metrics_open=context.metrics_open,
        has_token=auth.has_token,
    )
    conversations.prepare(app)
    feed.prepare(app)
    once.prepare(app)
    imagine.prepare(app, context)
    for module in (
        webhooks,
        health,
        pages,
        signin,
        account,
        factor,
        invite,
        *admin.PAGES,
        chat,
        chat_acts,
        shared_chat,
        imagine,
        visit,
        widget,
    ):
        app.add_routes(module.routes())
    app.on_shutdown.append(close_sockets)
    return app


async def serve(app: web.Application, host: str, port: int) -> tuple[Runner, int]:
    """Listen; returns the runner (`await runner.cleanup()` stops it) and the port, which differs when 0 was asked for.

    A webhook whose sender hung up is still finished: handlers are not cancelled. Raises SettingsError when the port is taken.
    """
    logging.getLogger("aiohttp.server").addFilter(no_mistake_of_strangers)
    runner = Runner(
        app,
        access_log=None,
        handler_cancellation=False,
        keepalive_timeout=KEEPALIVE_SECONDS,
        lingering_time=1.0,
        auto_decompress=False,
        shutdown_timeout=SHUTDOWN_SECONDS,
    )
    await runner.setup()
    try:
        return runner, await runner.listen(app[CONTEXT], host, port, room_for_connections())
    except OSError as error:
        await runner.cleanup()
        raise SettingsError(
            f"cannot listen on {host} port {port} ({error.strerror}); choose another with ASSISTANT_PORT or --port"
        ) from None


def no_mistake_of_strangers(record: logging.LogRecord) -> bool:
    """Broken HTTP is answered with 400; it is no error of ours, and whoever likes could fill the log with it."""
    return not (record.exc_info and isinstance(record.exc_info[1], HttpProcessingError))


def room_for_connections() -> int:
    """How many connections may be open at once: half of the descriptors this process may have, the rest is for its work.

    The usual limit of 1,024 descriptors is raised as far as the system lets us.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, MOST_DESCRIPTORS)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else min(MOST_CONNECTIONS, soft // 2)


class Runner(web.AppRunner):
    """aiohttp's runner with a limit: whoever comes when the house is full hears 503 at once, and no handler is made.

    Without it strangers could take every descriptor, and the database and the platforms would be out of reach too.
    """

    _listener: asyncio.Server | None = None
    _front: Front | None = None
    _full = False

    async def listen(self, context: WebContext, host: str, port: int, most: int) -> int:
        """Accept connections, `most` at once; returns the port. Raises OSError when it is taken."""
        server = self.server
        if server is None:
            raise RuntimeError("setup() comes first")
        front = self._front = Front(
            webhooks.plain(context),
            server,
            max_bytes=context.settings.webhook_max_bytes,
            retry_after=RETRY_SECONDS,
        )

        def admitted() -> asyncio.Protocol:
            here = len(server.connections) + len(front.connections)
            if here >= most and not self._full:
                log.warning("too many connections; new ones are refused", extra={"connections": here})
            self._full = here >= most or (self._full and here > most * 0.9)
            return Refusal() if here >= most else front()

        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(admitted, host, port, backlog=BACKLOG)
        front.start()
        return int(self._listener.sockets[0].getsockname()[1])

    async def cleanup(self) -> None:
        if self._listener is not None:
            self._listener.close()
        if self._front is not None:
            await self._front.close(SHUTDOWN_SECONDS)
        await super().cleanup()


class Refusal(asyncio.Protocol):
    """Answers whatever comes with 503 and hangs up."""

    def connection_made(self, transport: Any) -> None:
        transport.write(FULL)
        transport.close()
