"""Who a visitor is, by a signed cookie; `/chat/move`, their chats on another device; `/chat/forget`, no longer on this one."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import segno
from aiohttp import web
from yarl import URL

from ..errors import BadSignature
from ..store import visit_links
from ..types import Address, Rate
from . import auth
from .context import context_of, over_https
from .origins import origin
from .pages import page

PAGE: Final = "/chat/move"
COOKIE_SECONDS: Final = 365 * 24 * 3600
RATE: Final = Rate(count=6, per=timedelta(minutes=1), burst=6)
TOKEN: Final = r"{token:[A-Za-z0-9_-]{43}}"
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def routes() -> list[web.RouteDef]:
    return [
        web.get(PAGE, move),
        web.post(PAGE, make_link),
        web.get(f"{PAGE}/{TOKEN}", arrive),
        web.post(f"{PAGE}/{TOKEN}", accept),
        web.get("/chat/forget", ask_to_forget),
        web.post("/chat/forget", forget),
    ]


# --- the cookie ------------------------------------------------------------------------------------------


def visitor_of(request: web.Request) -> Address | None:
    """Whose cookie came with the request; None without one, or with one that we did not sign."""
    context = context_of(request)
    value = request.cookies.get(context.visitor_cookie)
    return context.visitor_address(value) if value else None


def known_visitor(request: web.Request) -> Address:
    """The same where only visitors may enter. Raises BadSignature."""
    visitor = visitor_of(request)
    if visitor is None:
        raise BadSignature("the visitor's cookie is missing or not ours; reload the page")
    return visitor


def welcome(request: web.Request, answer: web.StreamResponse, value: str) -> None:
    """Make the browser this visitor."""
    answer.set_cookie(
        context_of(request).visitor_cookie,
        value,
        httponly=True,
        samesite="Lax",
        secure=over_https(request),
        max_age=COOKIE_SECONDS,
        path="/",
    )


# --- on another device -----------------------------------------------------------------------------------


async def move(request: web.Request) -> web.StreamResponse:
    """What a link does, and a button that makes one; looking at it makes none."""
    return page("visit_move.html", known=visitor_of(request) is not None)


async def make_link(request: web.Request) -> web.StreamResponse:
    """A fresh link, shown this once, as words and as a picture for a camera."""
    context = context_of(request)
    visitor = known_visitor(request)
    await _slow_down(request)
    token = auth.new_token()
    await context.database.write(
        visit_links.create, auth.token_hash(token), visitor.peer, context.clock.now()
    )
    address = _outside(request).with_path(f"{PAGE}/{token}")
    picture = segno.make(str(address), error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff")
    return page(
        "visit_link.html",
        status=201,
        address=str(address),
        picture=picture,
        minutes=round(visit_links.LIFE.total_seconds() / 60),
        here_only=address.host in LOOPBACK,
    )


async def arrive(request: web.Request) -> web.StreamResponse:
    """The question on the other device. Looking changes nothing: many apps look at a link before the person does."""
    context = context_of(request)
    await _slow_down(request)
    token = request.match_info["token"]
    if not await context.database.read(visit_links.works, auth.token_hash(token), context.clock.now()):
        return page("visit_over.html", status=410)
    return page("visit_arrive.html", token=token, known=visitor_of(request) is not None)


async def accept(request: web.Request) -> web.StreamResponse:
    """From now on this browser is the visitor of the link, and the link is used up."""
    context = context_of(request)
    await _slow_down(request)
    hashed = auth.token_hash(request.match_info["token"])
    visitor = await context.database.write(visit_links.use, hashed, context.clock.now())
    if visitor is None:
        return page("visit_over.html", status=410)
    answer = web.Response(status=303, headers={"Location": "/chat", "Cache-Control": "no-store"})
    welcome(request, answer, context.cookie_of(visitor))
    return answer


def _outside(request: web.Request) -> URL:
    """The address under which other devices reach us: the one that the operator names, else the one that was asked for."""
    public = context_of(request).settings.public_url
    if public:
        return URL(public).origin()
    return URL.build(scheme="https" if over_https(request) else "http", authority=request.host)


async def _slow_down(request: web.Request) -> None:
    """Nobody guesses 256 bits; this keeps the database from being asked in vain."""
    if await context_of(request).bus.bucket(f"move:{origin(request)}", RATE) > 0:
        raise web.HTTPTooManyRequests


# --- no longer on this one -------------------------------------------------------------------------------


async def ask_to_forget(request: web.Request) -> web.StreamResponse:
    return page("visit_forget.html", known=visitor_of(request) is not None)


async def forget(request: web.Request) -> web.StreamResponse:
    """This browser is nobody's any more. What was said stays where it is: whoever wants it gone deletes it first."""
    answer = page("visit_forgotten.html")
    answer.del_cookie(
        context_of(request).visitor_cookie,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=over_https(request),
    )
    return answer
