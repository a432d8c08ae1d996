"""The platforms' door, `/webhooks/{channel}`: read once, hand to walk 1, answer with nothing more than a status."""

from __future__ import annotations

import logging

from aiohttp import web

from .. import metrics
from ..errors import AssistantError, TooLarge
from ..types import WebhookRequest
from .body import read_capped, webhook_request
from .context import CONTEXT, WebContext, context_of
from .front import Answer, Handle
from .shield import RETRY_SECONDS

log = logging.getLogger(__name__)


def routes() -> list[web.RouteDef]:
    return [
        web.post("/webhooks/{channel}", post),
        web.get("/webhooks/{channel}", get, allow_head=False),
    ]


async def post(request: web.Request) -> web.Response:
    """200 only after everything in the body is committed."""
    context = request.app[CONTEXT]
    channel = request.match_info["channel"]
    if not _serves(context, channel):
        return _answer("unknown", 404)
    if "Content-Encoding" in request.headers:
        return _answer(channel, 415)
    try:
        body = await read_capped(request, context.settings.webhook_max_bytes)
        await context.inbound.receive(channel, webhook_request(request, body))
    except TooLarge:
        return _closing(_answer(channel, 413))
    except web.HTTPException as error:
        return _closing(_answer(channel, error.status))
    except Exception as error:
        return _answer(channel, _status(channel, error))
    return _answer(channel, 200)


def plain(context: WebContext) -> Handle:
    """The same for the requests that the front reads itself."""

    def handle(channel: str, request: WebhookRequest, answer: Answer) -> None:
        def done(error: Exception | None) -> None:
            if error is None:
                metrics.webhook_answers.count(channel, "200")
                answer(200)
            else:
                status = _status(channel, error)
                metrics.webhook_answers.count(channel, str(status))
                answer(status)

        if _serves(context, channel):
            context.inbound.take(channel, request, done)
        else:
            metrics.webhook_answers.count("unknown", "404")
            answer(404)

    return handle


def _status(channel: str, error: Exception) -> int:
    """What the platform hears when a webhook was not taken."""
    if isinstance(error, AssistantError):
        return 503 if error.retryable else error.http_status
    log.error("webhook failed", exc_info=error, extra={"channel": channel})
    return 500


async def get(request: web.Request) -> web.Response:
    """The handshake by which a platform learns that the address is ours."""
    context = context_of(request)
    channel = request.match_info["channel"]
    if not _serves(context, channel):
        return _answer("unknown", 404)
    try:
        text = context.inbound.challenge(channel, webhook_request(request, b""))
    except AssistantError as error:
        return _answer(channel, error.http_status)
    except Exception:
        log.exception("webhook challenge failed", extra={"channel": channel})
        return _answer(channel, 500)
    metrics.webhook_answers.count(channel, "200")
    return web.Response(text=text, content_type="text/plain", headers={"X-Content-Type-Options": "nosniff"})


def _serves(context: WebContext, channel: str) -> bool:
    """Our own page has its own door, where requests must prove that they come from the page."""
    return channel in context.inbound.channels and channel != context.page_channel


def _answer(channel: str, status: int) -> web.Response:
    metrics.webhook_answers.count(channel, str(status))
    return web.Response(status=status, headers={"Retry-After": RETRY_SECONDS} if status == 503 else None)


def _closing(answer: web.Response) -> web.Response:
    """What is left of the body is not worth reading."""
    answer.force_close()
    return answer
