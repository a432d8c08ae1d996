"""What is pressed on the phones: words, samples, replies, reactions, changes, buttons, and the phones themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

from aiohttp import web

from ..groups import Group
from ..phones import Phone
from ..pieces import Card, File, Piece, Spot, sample
from .screens import Bubble, Screen
from .shelf import Full, Shelf
from .skins import EMOJIS, SKINS
from .tools import Tools

FORM_BYTES = 64 * 1024
NAME_LIMIT = 40
LOCALES = ("en", "pt", "es")
PLACE = Spot(latitude=38.7139, longitude=-9.1334, name="Castelo de São Jorge", address="Lisboa")
CARD = Card(name="Rita Gomes", number="351912345678")
SHOWN_INLINE = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
PICTURE = Path(__file__).parent / "static" / "photo.jpg"

Act = Callable[[Screen, dict[str, str]], Coroutine[Any, Any, Any]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def said(text: str) -> web.Response:
    """Why something was not done, in words for the page; no error of HTTP, which browsers would complain of."""
    return web.Response(text=text, headers={"Cache-Control": "no-store"})


def done() -> web.Response:
    """It was done; what changed by it comes through the socket."""
    return web.Response(status=204)


class Acts:
    """The doors that the forms of the phones lead to."""

    def __init__(self, shelf: Shelf, tools: Tools) -> None:
        self._shelf = shelf
        self._tools = tools

    def routes(self) -> list[web.RouteDef]:
        acts: dict[str, Act] = {
            "say": self._say,
            "send": self._send,
            "react": self._react,
            "edit": self._edit,
            "unsend": self._unsend,
            "press": self._press,
            "stop": self._stop,
            "offline": self._offline,
            "block": self._block,
        }
        one = r"/phones/{number:\d{1,9}}"
        return [
            web.post("/phones", self.add),
            web.post("/tour", self.tour),
            web.post(one + "/close", self.close),
            web.get(one + r"/files/{bubble:\d{1,9}}", self.file),
            web.get(one + r"/menu/{bubble:\d{1,9}}", self.menu),
            *(web.post(f"{one}/{name}", self._acting(act)) for name, act in acts.items()),
        ]

    # --- the phones ---

    async def add(self, request: web.Request) -> web.StreamResponse:
        form = await self._tools.form(request, FORM_BYTES)
        skin = SKINS.get(form.get("skin", ""))
        name = " ".join(form.get("name", "").split())[:NAME_LIMIT]
        locale = form.get("locale", "en")
        others = tuple(" ".join(one.split())[:NAME_LIMIT] for one in form.get("others", "").split(","))
        others = tuple(one for one in others if one)[:8]
        if skin is None or not name or locale not in LOCALES:
            raise web.HTTPBadRequest
        try:
            self._shelf.add(skin, name, locale=locale, others=others if skin.groups else ())
        except Full:
            return said(self._tools.render("full.html").strip())
        except ValueError as error:
            return said(str(error))
        return done()

    async def close(self, request: web.Request) -> web.StreamResponse:
        self._shelf.close(self._screen(request).number)
        return done()

    async def tour(self, request: web.Request) -> web.StreamResponse:
        """The tour is put away, or taken out again."""
        form = await self._tools.form(request, FORM_BYTES)
        self._shelf.tour = form.get("shown") == "1"
        return done()

    async def file(self, request: web.Request) -> web.StreamResponse:
        """A file as it was sent: a picture is shown, anything else is only kept."""
        file = self._shown(request)[1].piece.file
        if file is None:
            raise web.HTTPNotFound
        mime = file.mime.partition(";")[0]
        headers = {"Cache-Control": "private, max-age=3600"}
        if mime not in SHOWN_INLINE:
            mime, headers["Content-Disposition"] = "application/octet-stream", "attachment"
        return web.Response(body=file.data, content_type=mime, headers=headers)

    async def menu(self, request: web.Request) -> web.StreamResponse:
        """What can be done with a message."""
        screen, bubble = self._shown(request)
        return self._tools.page("menu.html", screen=screen, skin=screen.skin, bubble=bubble, emojis=EMOJIS)

    # --- what people do ---

    def _screen(self, request: web.Request) -> Screen:
        screen = self._shelf.screens.get(int(request.match_info["number"]))
        if screen is None:
            raise web.HTTPNotFound
        return screen

    def _shown(self, request: web.Request) -> tuple[Screen, Bubble]:
        screen, place = self._screen(request), int(request.match_info["bubble"])
        bubble = next((one for one in screen.bubbles if one.number == place), None)
        if bubble is None:
            raise web.HTTPNotFound
        return screen, bubble

    def _acting(self, act: Act) -> Handler:
        async def handler(request: web.Request) -> web.StreamResponse:
            screen = self._screen(request)
            form = await self._tools.form(request, FORM_BYTES)
            trouble = await self._shelf.act(act(screen, form))
            return said(trouble) if trouble else done()

        return handler

    def _member(self, screen: Screen, form: dict[str, str]) -> Phone:
        """Who speaks in a group."""
        return next((one for one in screen.members if one.name == form.get("as")), screen.members[0])

    async def _write(self, screen: Screen, form: dict[str, str], piece: Piece) -> str:
        if isinstance(screen.inbox, Group):
            return await screen.inbox.send(self._member(screen, form), piece)
        return await _phone(screen).platform.say(_phone(screen), piece)

    async def _say(self, screen: Screen, form: dict[str, str]) -> None:
        text = form.get("text", "").replace("\r\n", "\n").strip()[: screen.skin.limit]
        if not text:
            return
        reply_to = form.get("reply_to") or None
        if screen.skin.public:
            under = reply_to if reply_to in self._shelf.sandbox.feed.comments else screen.post
            await self._shelf.sandbox.feed.write(_phone(screen), text, under=under or screen.post)
        else:
            await self._write(screen, form, Piece(text=text, reply_to=reply_to))

    async def _send(self, screen: Screen, form: dict[str, str]) -> None:
        kind = form.get("kind", "")
        if kind not in screen.skin.kinds:
            raise web.HTTPBadRequest
        if kind == "location":
            piece = Piece(kind=kind, spot=PLACE)
        elif kind == "contact":
            piece = Piece(kind=kind, card=CARD)
        elif kind == "image":
            data = await asyncio.to_thread(PICTURE.read_bytes)
            piece = Piece(kind=kind, file=File(data=data, mime="image/jpeg", name="photo.jpg"))
        else:
            piece = Piece(kind=kind, file=sample(kind))
        await self._write(screen, form, piece)

    def _bubble(self, screen: Screen, form: dict[str, str]) -> Bubble:
        bubble = screen.find(form.get("id", ""))
        if bubble is None:
            raise web.HTTPNotFound
        return bubble

    async def _react(self, screen: Screen, form: dict[str, str]) -> None:
        bubble = self._bubble(screen, form)
        emoji = form.get("emoji", "")[:16]
        await _phone(screen).react(bubble.external_id, None if emoji == bubble.mark else emoji)

    async def _edit(self, screen: Screen, form: dict[str, str]) -> None:
        bubble, text = self._bubble(screen, form), form.get("text", "").strip()[: screen.skin.limit]
        if not text:
            return
        if screen.skin.public:
            bubble.piece = Piece(text=text, reply_to=bubble.piece.reply_to, public=True)
            bubble.edited = True
            await self._shelf.sandbox.feed.edit(bubble.external_id, text)
            self._shelf.tell(("bubble", screen.number, bubble.number))
        else:
            await _phone(screen).edit(bubble.external_id, text)

    async def _unsend(self, screen: Screen, form: dict[str, str]) -> None:
        bubble = self._bubble(screen, form)
        if screen.skin.public:
            bubble.deleted = True
            await self._shelf.sandbox.feed.remove(bubble.external_id)
            self._shelf.tell(("bubble", screen.number, bubble.number))
        else:
            await _phone(screen).unsend(bubble.external_id)

    async def _press(self, screen: Screen, form: dict[str, str]) -> None:
        bubble, title = self._bubble(screen, form), form.get("title", "")
        heard = screen.heard(bubble.external_id)
        if heard is None:
            raise LookupError("the message is gone")
        bubble.pressed.add(title)
        self._shelf.tell(("bubble", screen.number, bubble.number))
        if isinstance(screen.inbox, Group):
            await screen.inbox.telegram.press_in(screen.inbox, self._member(screen, form), heard, title)
        else:
            await _phone(screen).press(heard, title)

    async def _stop(self, screen: Screen, form: dict[str, str]) -> None:
        await _phone(screen).stop()
        self._shelf.tell(("foot", screen.number, 0))

    async def _offline(self, screen: Screen, form: dict[str, str]) -> None:
        phone = _phone(screen)
        phone.offline = not phone.offline

    async def _block(self, screen: Screen, form: dict[str, str]) -> None:
        phone = _phone(screen)
        try:
            await (phone.unblock() if phone.blocked else phone.block())
        finally:
            self._shelf.tell(("head", screen.number, 0))


def _phone(screen: Screen) -> Phone:
    if screen.phone is None:
        raise LookupError("a group cannot do this; its members can")
    return screen.phone
