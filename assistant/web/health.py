"""Health and figures for machines: `/healthz`, `/readyz`, `/metrics`."""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from .. import metrics
from ..errors import SettingsError


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What this process says of itself.

    `ready` returns the reasons why requests should go elsewhere, none when all is well; `warnings` what needs somebody,
    but no other server. `metrics_open`: any address may read the figures; `has_token`: whether a request may read them from anywhere.
    """

    ready: Callable[[], Awaitable[list[str]]]
    warnings: Callable[[], list[str]]
    metrics_open: bool
    has_token: Callable[[web.Request], Awaitable[bool]] | None = None


HEALTH = web.AppKey("health", Health)


def routes() -> list[web.RouteDef]:
    return [web.get("/healthz", alive), web.get("/readyz", ready), web.get("/metrics", figures)]


async def serve_alone(health: Health, host: str, port: int) -> web.AppRunner:
    """These doors and no others, for a process that has no web side; raises SettingsError when the port is taken."""
    app = web.Application()
    app[HEALTH] = health
    app.add_routes(routes())
    runner = web.AppRunner(app, access_log=None, keepalive_timeout=5.0, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        raise SettingsError(
            f"cannot listen on {host} port {port} ({error.strerror}); choose another with ASSISTANT_WORKER_PORT"
        ) from None
    return runner


async def alive(request: web.Request) -> web.Response:
    """200 as long as the event loop turns."""
    return web.json_response({"alive": True})


async def ready(request: web.Request) -> web.Response:
    """200 when requests can be served here, else 503 and the reasons."""
    health = request.app[HEALTH]
    reasons = await health.ready()
    body = {"ready": not reasons, "reasons": reasons, "warnings": health.warnings()}
    return web.json_response(body, status=503 if reasons else 200)


async def figures(request: web.Request) -> web.Response:
    """Prometheus' format, for this machine and for an API token of staff unless the operator opened it to all."""
    health = request.app[HEALTH]
    if not health.metrics_open and not _from_here(request):
        if health.has_token is None or not await health.has_token(request):
            raise web.HTTPForbidden
    return web.Response(
        body=metrics.text(), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}
    )


def _from_here(request: web.Request) -> bool:
    """A direct connection from this machine; a proxy on this machine speaks for somebody else."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.remote or "").is_loopback
    except ValueError:
        return False
