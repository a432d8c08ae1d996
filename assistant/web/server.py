"""The web application and the server that runs it."""

from __future__ import annotations

from aiohttp import web

from ..errors import SettingsError
from . import chat, health, pages, signin, webhooks
from .admin import channels, conversations, live, media, troubles
from .context import CONTEXT, WebContext
from .events import SOCKETS, close_sockets
from .shield import shield

__all__ = ["WebContext", "make_app", "serve"]

KEEPALIVE_SECONDS = 15.0
"""Also how long a new connection may take to send its headers."""
SHUTDOWN_SECONDS = 10.0
BACKLOG = 1024


def make_app(context: WebContext) -> web.Application:
    """Every door and page of the web side, ready to be served. Other doors may be added as sub-applications."""
    app = web.Application(middlewares=[shield], client_max_size=context.settings.webhook_max_bytes)
    app[CONTEXT] = context
    app[SOCKETS] = set()
    conversations.prepare(app)
    for module in (webhooks, health, pages, signin, conversations, media, troubles, channels, live, chat):
        app.add_routes(module.routes())
    app.on_shutdown.append(close_sockets)
    return app


async def serve(app: web.Application, host: str, port: int) -> tuple[web.AppRunner, int]:
    """Listen; returns the runner (`await runner.cleanup()` stops it) and the port, which differs when 0 was asked for.

    A webhook whose sender hung up is still finished: handlers are not cancelled. Raises SettingsError when the port is taken.
    """
    runner = web.AppRunner(
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
        await web.TCPSite(runner, host, port, backlog=BACKLOG).start()
    except OSError as error:
        await runner.cleanup()
        raise SettingsError(
            f"cannot listen on {host} port {port} ({error.strerror}); choose another with ASSISTANT_PORT or --port"
        ) from None
    return runner, int(runner.addresses[0][1])
