"""The chat as a widget of other sites: `/widget.js`, the loader they embed, and `/widget`, the chat that it shows in a frame."""

from __future__ import annotations

from typing import Final

import orjson
from aiohttp import web
from yarl import URL

from ..settings import variable
from ..store import chats
from ..types import Address
from .chat import whole_page
from .chat_talk import id_of
from .context import WebContext, context_of, over_https
from .pages import assets, page
from .shield import csp
from .visit import COOKIE_SECONDS, visitor_of, welcome
from .words import gettext, look

LOADER: Final = "widget.js"
EXAMPLE: Final = "https://shop.example"
LOADER_SECONDS: Final = 3600
"""How long a browser may use a loader without asking again."""
SAFE_HOSTS: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def routes() -> list[web.RouteDef]:
    return [web.get("/widget.js", loader), web.get("/widget", widget)]


async def loader(request: web.Request) -> web.StreamResponse:
    """The script, with its words in the reader's language before it. It is for every site; the frame is not."""
    words = {
        "open": gettext("Open the chat"),
        "close": gettext("Close the chat"),
        "title": gettext("Chat"),
        "unread": gettext("{n} new"),
    }
    body = assets().files[LOADER][1]
    answer = web.Response(
        body=b"(() => {\nconst words = " + orjson.dumps(words) + b";\n" + body + b"})();\n",
        headers={
            "Content-Type": "text/javascript; charset=utf-8",
            "Content-Language": look.get().language,
            "Cache-Control": f"public, max-age={LOADER_SECONDS}",
            "Vary": "Accept-Encoding, Accept-Language",
            "Cross-Origin-Resource-Policy": "cross-origin",
        },
    )
    answer.enable_compression()
    return answer


async def widget(request: web.Request) -> web.StreamResponse:
    """The visitor's newest chat, to be framed by the sites of the settings and by no other."""
    context = context_of(request)
    origins = context.page_origins
    if not origins:
        setting = variable("origins", context.page_channel)
        return page("widget_closed.html", status=404, setting=setting, example=EXAMPLE)
    site = request.query.get("site", "")
    visitor = visitor_of(request)
    name = await _newest(context, visitor) if visitor is not None else ""
    answer = await whole_page(request, "widget.html", visitor, name, site=site if site in origins else "")
    answer.headers["Content-Security-Policy"] = csp(frame_ancestors=" ".join(origins))
    if visitor is None:
        _welcome(request, answer, context)
    return answer


async def _newest(context: WebContext, visitor: Address) -> str:
    """The name of the chat in which something was said last; empty when there is none."""
    listed, _ = await context.database.read(chats.of_visitor, visitor, limit=20)
    newest = max(listed, key=lambda one: one.last_at, default=None)
    return id_of(newest.thread) if newest is not None else ""


def _welcome(request: web.Request, answer: web.Response, context: WebContext) -> None:
    """A cookie that a frame of another site gets back: only there (Partitioned), and only over a safe connection.

    Browsers take localhost for safe. Without one, the ordinary cookie: then a frame of the same site works.
    """
    host = URL.build(scheme="http", authority=request.host).host
    if not over_https(request) and host not in SAFE_HOSTS:
        welcome(request, answer, context.new_visitor())
        return
    # By hand: http.cookies knows Partitioned from Python 3.14 on.
    answer.headers.add(
        "Set-Cookie",
        f"{context.visitor_cookie}={context.new_visitor()}; HttpOnly; Max-Age={COOKIE_SECONDS}; Path=/; "
        "SameSite=None; Secure; Partitioned",
    )
