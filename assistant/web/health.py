"""Health and figures for machines: `/healthz`, `/readyz`, `/metrics`."""

from __future__ import annotations

import ipaddress

from aiohttp import web

from .. import metrics
from .context import context_of


def routes() -> list[web.RouteDef]:
    return [web.get("/healthz", alive), web.get("/readyz", ready), web.get("/metrics", figures)]


async def alive(request: web.Request) -> web.Response:
    """200 as long as the event loop turns."""
    return web.json_response({"alive": True})


async def ready(request: web.Request) -> web.Response:
    """200 when requests can be served here, else 503 and the reasons. `warnings` need somebody, but not another server."""
    context = context_of(request)
    reasons = await context.ready()
    body = {"ready": not reasons, "reasons": reasons, "warnings": context.warnings()}
    return web.json_response(body, status=503 if reasons else 200)


async def figures(request: web.Request) -> web.Response:
    """Prometheus' format, for this machine only unless the operator opened it."""
    if not context_of(request).metrics_open and not _from_here(request):
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
