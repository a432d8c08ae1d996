"""What a visitor does with a chat: name, pin, delete, edit, answer again, choose a version, share it, take it along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import orjson
from aiohttp import web

from ..errors import NotFound
from ..growing import changed
from ..store import branches, chats, shares
from ..types import Address, Direction
from .body import read_capped, webhook_request
from .chat import ID, MESSAGE_BYTES, NOT_KEPT, json_of, number, slow_down, tell
from .chat_talk import thread_of
from .context import WebContext, context_of
from .pages import fragment
from .visit import known_visitor
from .words import gettext

ACT_BYTES = 4096
WHOLE = 100_000
"""Messages of a chat that is taken along."""


def routes() -> list[web.RouteDef]:
    at = f"/chat/{ID}"
    return [
        web.post("/chat/delete-all", delete_all),
        web.post(f"{at}/rename", rename),
        web.post(f"{at}/pin", pin),
        web.post(f"{at}/delete", delete),
        web.post(f"{at}/edit", edit),
        web.post(f"{at}/regenerate", regenerate),
        web.post(f"{at}/choose", choose),
        web.get(f"{at}/shares", shared),
        web.post(f"{at}/share", share),
        web.post(f"{at}/unshare", unshare),
        web.get(f"{at}/export.{{kind:md|json}}", export),
    ]


# --- a whole chat ----------------------------------------------------------------------------------------


async def rename(request: web.Request) -> web.StreamResponse:
    context, address, said = await _asked(request)
    title = said.get("title")
    if not isinstance(title, str) or len(title) > chats.LONGEST_TITLE:
        raise web.HTTPBadRequest
    await context.database.write(chats.rename, address, title, context.clock.now())
    return await _done(context, address)


async def pin(request: web.Request) -> web.StreamResponse:
    context, address, said = await _asked(request)
    await context.database.write(chats.pin, address, bool(said.get("pinned")), context.clock.now())
    return await _done(context, address)


async def delete(request: web.Request) -> web.StreamResponse:
    """The chat is gone for good; one that is gone already is no mistake."""
    context, address, _ = await _asked(request)
    found = await context.database.read(chats.chat, address)
    data, now = context.settings.data, context.clock.now()
    await context.database.write(chats.delete, address, data=data, now=now)
    if found is not None:
        await changed(context.bus, found.conversation)
    return await _done(context, address, gone=True)


async def delete_all(request: web.Request) -> web.StreamResponse:
    context, visitor = context_of(request), known_visitor(request)
    await slow_down(context, visitor)
    data, now = context.settings.data, context.clock.now()
    await context.database.write(chats.delete_all, visitor, data=data, now=now)
    return await _done(context, visitor, gone=True, all=True)


# --- versions --------------------------------------------------------------------------------------------


async def edit(request: web.Request) -> web.StreamResponse:
    """A message of the visitor gets other words: what stood there stays as another version. The same again is stored once."""
    context, address, said = await _asked(request, MESSAGE_BYTES)
    await _change(context, address, branches.step_back, _message(said))
    words = {"id": said.get("id"), "text": said.get("text")}
    if address.thread is not None:
        words["conversation"] = address.thread
    body = orjson.dumps(words)
    await context.inbound.receive(context.page_channel, webhook_request(request, body))
    return await _done(context, address)


async def regenerate(request: web.Request) -> web.StreamResponse:
    context, address, said = await _asked(request)
    await _change(context, address, branches.regenerate, _message(said))
    return await _done(context, address)


async def choose(request: web.Request) -> web.StreamResponse:
    context, address, said = await _asked(request)
    await _change(context, address, branches.choose, _message(said))
    return await _done(context, address)


async def _change(context: WebContext, address: Address, change: Callable[..., bool], message: int) -> None:
    """`change` the path of the chat at one of its messages. Raises NotFound; Conflict where staff answer."""
    found = await _there(context, address)
    await context.database.write(change, found.conversation, message, context.clock.now())
    await changed(context.bus, found.conversation)


# --- for others to read, and to take along ---------------------------------------------------------------


async def shared(request: web.Request) -> web.StreamResponse:
    """The links to this chat that are in force."""
    context, address = context_of(request), _address(request)
    return await _shares(context, await _there(context, address))


async def share(request: web.Request) -> web.StreamResponse:
    """A new link to the chat as it is now; it is shown this once."""
    context, address, _ = await _asked(request)
    found = await _there(context, address)
    token = await context.database.write(shares.share, found.conversation, context.clock.now())
    base = context.settings.public_url.rstrip("/") or f"{request.scheme}://{request.host}"
    return await _shares(context, found, link=f"{base}/shared/{token}")


async def unshare(request: web.Request) -> web.StreamResponse:
    context, address, said = await _asked(request)
    found = await _there(context, address)
    wanted = number(str(said.get("share")))
    if wanted is None:
        raise web.HTTPBadRequest
    await context.database.write(shares.revoke, found.conversation, wanted, context.clock.now())
    return await _shares(context, found)


async def _shares(context: WebContext, found: chats.Chat, link: str = "") -> web.StreamResponse:
    listed = await context.database.read(shares.of_conversation, found.conversation)
    return fragment("chat_shares.html", "shares", shares=listed, link=link)


async def export(request: web.Request) -> web.StreamResponse:
    """The chat, or the one `message` of it, as Markdown or JSON."""
    context, address = context_of(request), _address(request)
    found = await _there(context, address)
    wanted = number(request.query.get("message"))
    rows = await context.database.read(chats.messages, found.conversation, limit=WHOLE)
    if wanted is not None:
        return _file("\n\n".join(one.text for one in rows if one.id == wanted), "text/markdown", "")
    if request.match_info["kind"] == "json":
        said = [
            {"role": _role(one), "text": one.text, "at": one.at.isoformat(), "version": _which(one)}
            for one in rows
        ]
        body = orjson.dumps({"title": found.title, "messages": said}, option=orjson.OPT_INDENT_2).decode()
        return _file(body, "application/json", "chat.json")
    names = {"user": gettext("You"), "assistant": "Assistant", "staff": gettext("Staff")}
    parts = [f"**{names[_role(one)]}** · {one.at:%Y-%m-%d %H:%M} UTC\n\n{one.text}" for one in rows]
    return _file("\n\n---\n\n".join([f"# {found.title}", *parts]) + "\n", "text/markdown", "chat.md")


def _role(one: chats.ChatMessage) -> str:
    if one.direction == Direction.IN:
        return "user"
    return "staff" if one.author == "staff" else "assistant"


def _which(one: chats.ChatMessage) -> str | None:
    return f"{one.version.index}/{one.version.count}" if one.version is not None else None


def _file(text: str, kind: str, name: str) -> web.Response:
    headers = dict(NOT_KEPT)
    if name:
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return web.Response(text=text, content_type=kind, charset="utf-8", headers=headers)


# --- who asks for what -----------------------------------------------------------------------------------


def _address(request: web.Request) -> Address:
    return replace(known_visitor(request), thread=thread_of(request.match_info["id"]))


async def _asked(request: web.Request, limit: int = ACT_BYTES) -> tuple[WebContext, Address, dict[str, Any]]:
    """Raises BadSignature, HTTPTooManyRequests, TooLarge; HTTPBadRequest when the body is no JSON object."""
    context, address = context_of(request), _address(request)
    await slow_down(context, replace(address, thread=None))
    return context, address, json_of(await read_capped(request, limit) or b"{}")


async def _there(context: WebContext, address: Address) -> chats.Chat:
    """Raises NotFound."""
    found = await context.database.read(chats.chat, address)
    if found is None:
        raise NotFound("no such chat")
    return found


def _message(said: dict[str, Any]) -> int:
    message = number(str(said.get("message")))
    if message is None:
        raise web.HTTPBadRequest
    return message


async def _done(context: WebContext, address: Address, **news: Any) -> web.StreamResponse:
    await tell(context, replace(address, thread=None), address.thread, **news)
    return web.json_response({"done": True}, headers=NOT_KEPT)
