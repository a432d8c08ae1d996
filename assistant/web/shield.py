"""What every request passes: an id, security headers, proof of the same origin, and one shape of error."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from ..errors import AssistantError
from .context import WebContext, context_of
from .pages import page
from .words import N_, Look, accepted, gettext, look


def csp(*, frame_ancestors: str = "'none'") -> str:
    """What a page may load and send, and who may show it in a frame: nobody, unless the page says so."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
        f"form-action 'self'; base-uri 'none'; frame-ancestors {frame_ancestors}"
    )


CSP = csp()
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # no-referrer would make a form's Origin "null"
    "Cross-Origin-Opener-Policy": "same-origin",
}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
WEBHOOKS = "/webhooks/"
RETRY_SECONDS = "5"
SMALL = 1000  # bytes that are not worth compressing
SENTENCES = {
    400: N_("The request could not be understood. Go back and try again."),
    401: N_("You are not signed in. Sign in and try again."),
    403: N_("You may not do this. Ask an administrator if you need to."),
    404: N_("There is nothing at this address. Check it, or go back."),
    405: N_("This address does not take that kind of request."),
    408: N_("The request took too long to arrive. Try again."),
    413: N_("What you sent is too large. Send something smaller."),
    429: N_("Too many requests. Wait a moment and try again."),
    500: N_("Something went wrong on this server. Try again; if it stays, give staff the number below."),
    503: N_("The server cannot do this right now. Try again in a moment."),
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
log = logging.getLogger(__name__)


@web.middleware
async def shield(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Webhooks pass untouched: they are the hot path, and answer with a bare status of their own."""
    if request.rel_url.raw_path.startswith(WEBHOOKS):
        return await handler(request)
    request_id = context_of(request).clock.new_id()
    look.set(Look(language=accepted(request.headers.get("Accept-Language", ""))))
    try:
        if request.method not in SAFE_METHODS and not _same_origin(request):
            answer: web.StreamResponse = error_answer(
                request,
                403,
                "cross_origin",
                gettext("This request did not come from this site's own pages."),
                request_id,
            )
        else:
            answer = await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            answer = web.Response(status=error.status, headers={"Location": error.headers["Location"]})
        else:
            answer = error_answer(request, error.status, _code(error), sentence(error.status), request_id)
            if "Allow" in error.headers:
                answer.headers["Allow"] = error.headers["Allow"]
    except AssistantError as error:
        if error.http_status >= 500:
            _log_failure(request, request_id)
        answer = error_answer(request, error.http_status, error.code, gettext(error.staff), request_id)
    except Exception:
        _log_failure(request, request_id)
        answer = error_answer(request, 500, "internal", sentence(500), request_id)
    if not answer.prepared:
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        answer.headers["X-Request-Id"] = request_id
        _pack(request, answer)
    return answer


def _pack(request: web.Request, answer: web.StreamResponse) -> None:
    """Pages travel compressed: a transcript takes a tenth. They hold no token that a guess at their size could tell."""
    worth = (
        isinstance(answer, web.Response)
        and answer.content_type == "text/html"
        and (answer.content_length or 0) > SMALL
    )
    if worth and "Content-Encoding" not in answer.headers:
        answer.headers.add("Vary", "Accept-Encoding")
        if "gzip" in request.headers.get("Accept-Encoding", "").lower():
            answer.enable_compression(web.ContentCoding.gzip)


def error_answer(request: web.Request, status: int, code: str, message: str, request_id: str) -> web.Response:
    """HTML for a browser that shows a page, JSON for everybody else."""
    if "text/html" in request.headers.get("Accept", ""):
        return page(
            "error.html", status=status, code=code, message=message, request_id=request_id, code_number=status
        )
    body = {"error": {"code": code, "message": message, "request_id": request_id}}
    headers = {"Cache-Control": "no-store"}
    if status in (429, 503):
        headers["Retry-After"] = RETRY_SECONDS
    return web.json_response(body, status=status, headers=headers)


def sentence(status: int) -> str:
    return gettext(SENTENCES.get(status, SENTENCES[400] if status < 500 else SENTENCES[500]))


def origin_is_ours(request: web.Request) -> bool:
    """Whether the Origin header names this very site. A missing one does not."""
    origin = request.headers.get("Origin", "")
    scheme, _, host = origin.partition("://")
    return (
        bool(host)
        and scheme in ("http", "https")
        and (host == request.host or origin == _public_origin(context_of(request)))
    )


def _same_origin(request: web.Request) -> bool:
    """A browser says where a request comes from; one that does not say is refused, unless the door is for machines."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    if origin_is_ours(request):
        return True
    if request.path.startswith(context_of(request).open_prefixes):
        return True
    # No browser adds an API token by itself, and another site's page may not send one: see auth.signed_in, which then
    # looks at no cookie.
    return request.headers.get("Authorization", "").startswith("Bearer ") and request.path.startswith(
        "/admin/"
    )


def _public_origin(context: WebContext) -> str:
    return "/".join(context.settings.public_url.split("/")[:3])


def _code(error: web.HTTPException) -> str:
    return error.reason.lower().replace(" ", "_").replace("-", "_")


def _log_failure(request: web.Request, request_id: str) -> None:
    """Which door, never what was carried through it: no path, query or body."""
    resource = request.match_info.route.resource
    log.exception(
        "request failed",
        extra={
            "request_id": request_id,
            "method": request.method,
            "route": resource.canonical if resource else None,
        },
    )
