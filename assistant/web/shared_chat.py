"""`/shared/{token}`: a chat that its visitor lets others read, as it was when the link was made."""

from __future__ import annotations

from aiohttp import web

from ..store import shares
from .chat_talk import tools
from .context import context_of
from .pages import page


def routes() -> list[web.RouteDef]:
    return [web.get("/shared/{token}", shared)]


async def shared(request: web.Request) -> web.StreamResponse:
    """Sets no cookie and is in no search engine; a link that was ended answers as one that never was."""
    found = await context_of(request).database.read(shares.read, request.match_info["token"])
    if found is None:
        raise web.HTTPNotFound
    chat, messages = found
    answer = page("shared.html", chat=chat, messages=messages, **tools())
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
