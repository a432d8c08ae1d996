"""The web chat, `/chat`: the page, its messages in, its live socket and the visitor's other chats."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import orjson
from aiohttp import web

from ..channel import page_topic
from ..growing import ask_again
from ..store import chats, personas
from ..types import Address, Rate
from . import imagine
from .body import read_capped, webhook_request
from .chat_stream import shaped
from .chat_talk import FIRST, PAGE, Talk, groups, id_of, thread_of, tools, zone_of
from .context import WebContext, context_of
from .events import stream
from .pages import fragment, in_place, page
from .visit import known_visitor, visitor_of, welcome

MESSAGE_BYTES = 64 * 1024
TEXT_LIMIT = 4000
LONGEST_SEARCH = 200
LISTED = 50
RATE = Rate(count=60, per=timedelta(minutes=1), burst=15)
ID = r"{id:[0-9a-f]{32}|first}"
NOT_KEPT = {"Cache-Control": "no-store"}


def routes() -> list[web.RouteDef]:
    return [
        web.get("/chat", chat),
        web.get("/chat/history", history),
        web.get("/chat/events", events, allow_head=False),
        web.post("/chat/messages", messages),
        web.get(f"/chat/{ID}", chat),
        web.get(f"/chat/{ID}/messages", talk_messages),
    ]


async def chat(request: web.Request) -> web.StreamResponse:
    """The page, with the chat of its address or a new one; a browser without a visitor's cookie gets one."""
    context = context_of(request)
    visitor = visitor_of(request)
    name = request.match_info.get("id", "")
    if in_place(request):
        return fragment("chat.html", "talk", **await _room(request, context, visitor, name))
    answer = await whole_page(request, "chat.html", visitor, name)
    if visitor is None:
        welcome(request, answer, context.new_visitor())
    return answer


async def whole_page(
    request: web.Request, template: str, visitor: Address | None, name: str, **more: Any
) -> web.Response:
    """The chat of this name among the visitor's other ones; `more` is what this template needs beside that."""
    context = context_of(request)
    room = await _room(request, context, visitor, name)
    listed = await _history(request, context, visitor)
    return page(template, limit=TEXT_LIMIT, **listed, **room, **imagine.tools(context), **more)


async def _room(
    request: web.Request, context: WebContext, visitor: Address | None, name: str
) -> dict[str, Any]:
    talk = await talk_of(context, visitor, name) if visitor is not None and name else Talk(id=name)
    if not name and "temporary" in request.query:
        talk = replace(talk, temporary=True)
    return {
        "talk": talk,
        "offers": await context.database.read(personas.offered) if not talk.messages else (),
        "engine_note": context.engine_note(),
        **tools(),
    }


async def history(request: web.Request) -> web.StreamResponse:
    """The list of the visitor's chats alone: all, or those with the words `q`; from `before` on when there are more."""
    context = context_of(request)
    visitor = known_visitor(request)
    return fragment("chat.html", "history", **await _history(request, context, visitor), **tools())


async def talk_messages(request: web.Request) -> web.StreamResponse:
    """Messages of one chat: the newest ones, or those `before` a seq; at most `most`."""
    context = context_of(request)
    visitor = known_visitor(request)
    most = min(PAGE, number(request.query.get("most")) or PAGE)
    talk = await talk_of(
        context,
        visitor,
        request.match_info["id"],
        before=number(request.query.get("before")),
        most=most,
    )
    return fragment("chat.html", "log", talk=talk, **tools())


async def messages(request: web.Request) -> web.StreamResponse:
    """What the page says, as the channel reads it; 200 once it is stored, like every webhook.

    A message of a chat that is to be temporary, or to have a persona, begins it as such first.
    """
    context = context_of(request)
    visitor = known_visitor(request)
    await slow_down(context, visitor)
    body = await read_capped(request, MESSAGE_BYTES)
    said = json_of(body)
    thread = said.get("conversation")
    if thread == FIRST:
        thread, said = None, {name: value for name, value in said.items() if name != "conversation"}
        body = orjson.dumps(said)
    temporary, persona = said.get("temporary") is True, said.get("persona") or None
    if isinstance(thread, str) and (temporary or isinstance(persona, int)):
        address = replace(visitor, thread=thread)
        await context.database.write(
            chats.begin,
            address,
            context.sender(visitor),
            temporary=temporary,
            persona=persona if isinstance(persona, int) else None,
            now=context.clock.now(),
        )
    stored = await context.inbound.receive(context.page_channel, webhook_request(request, body))
    await tell(context, visitor, thread if isinstance(thread, str) else None)
    return web.json_response({"stored": stored}, headers=NOT_KEPT)


async def events(request: web.Request) -> web.StreamResponse:
    """Frames of all the visitor's chats; text comes as safe HTML."""
    context = context_of(request)
    visitor = known_visitor(request)

    async def ask() -> None:
        await ask_again(context.bus, visitor)

    def shape(frames: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
        return shaped(frames, ask)

    return await stream(request, topic_of(visitor), shape=shape)


# --- who asks, and for which chat ------------------------------------------------------------------------


def topic_of(visitor: Address) -> str:
    """Where the visitor's pages listen."""
    return page_topic(visitor)


async def slow_down(context: WebContext, visitor: Address) -> None:
    """Raises HTTPTooManyRequests when the visitor's page asks for too much."""
    if await context.bus.bucket(topic_of(visitor), RATE) > 0:
        raise web.HTTPTooManyRequests


async def tell(context: WebContext, visitor: Address, thread: str | None, **more: Any) -> None:
    """Every page of the visitor looks again at this chat."""
    frame = {"kind": "changed", "chat": id_of(thread), **more}
    await context.bus.publish(topic_of(visitor), orjson.dumps(frame))


async def talk_of(
    context: WebContext, visitor: Address, name: str, *, before: int | None = None, most: int = PAGE
) -> Talk:
    """The chat of this name; one without messages when there is none (yet)."""
    address = replace(visitor, thread=thread_of(name))

    def read(connection: Any) -> tuple[chats.Chat | None, list[chats.ChatMessage]]:
        found = chats.chat(connection, address)
        if found is None:
            return None, []
        return found, chats.messages(connection, found.conversation, before=before, limit=most + 1)

    found, shown = await context.database.read(read)
    if found is None:
        return Talk(id=name)
    newest = shown[-most:]
    return Talk(
        id=name,
        title=found.title,
        temporary=found.temporary,
        pinned=found.pinned,
        persona=found.persona,
        messages=newest,
        older=newest[0].seq if len(shown) > most else None,
    )


async def _history(request: web.Request, context: WebContext, visitor: Address | None) -> dict[str, Any]:
    words = request.query.get("q", "").strip()[:LONGEST_SEARCH]
    before = number(request.query.get("before"))
    listed: list[chats.Chat] = []
    older = None
    if visitor is not None:
        listed, older = await context.database.read(
            chats.of_visitor, visitor, words=words or None, before=before, limit=LISTED
        )
    zone = zone_of(request, context)
    grouped = groups(listed, context.clock.now(), zone, found=bool(words))
    here = request.match_info.get("id") or request.query.get("here", "")
    return {"groups": grouped, "older": older, "q": words, "here": here}


def json_of(body: bytes) -> dict[str, Any]:
    """An object in JSON; 400 for anything else."""
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise web.HTTPBadRequest from None
    if not isinstance(said, dict):
        raise web.HTTPBadRequest
    return said


def number(told: str | None) -> int | None:
    return int(told) if told is not None and told.isascii() and told.isdigit() and len(told) < 19 else None
