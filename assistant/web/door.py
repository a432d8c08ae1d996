"""What a sub-application mounted beside the pages is given: templates, files, forms, live sockets, and who may enter."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import ChoiceLoader, FileSystemLoader

from ..store.staff import StaffRole
from . import pages
from .auth import as_liked, lacks_second_factor, signed_in
from .body import read_form
from .events import Frames, stream

OWN_NAMES = ("localhost", "localhost.localdomain")


class Door:
    """A place of its own below `prefix`, with `templates/` and `static/` in `folder` before those of the pages.

    What passes it has the pages' headers, their proof of the same origin and the reader's language: shield.py is around
    every sub-application.
    """

    def __init__(self, prefix: str, folder: Path) -> None:
        self.prefix = prefix
        self._assets = pages.Assets(pages.HERE / "static", folder / "static", at=prefix)
        main = pages.templates()
        loaders = [FileSystemLoader(folder / "templates"), FileSystemLoader(pages.HERE / "templates")]
        self._templates = main.overlay(loader=ChoiceLoader(loaders))
        self._templates.globals = {**main.globals, "asset": self._assets.url, "at": prefix}

    def routes(self) -> list[web.RouteDef]:
        """The files of its pages; to be added to the sub-application."""

        async def static(request: web.Request) -> web.Response:
            return self._assets.answer(request)

        return [web.get("/s/{version}/{name}", static)]

    def render(self, template: str, **values: Any) -> str:
        """A template's HTML in the language of the request that is being answered."""
        return self._templates.get_template(template).render(**values)

    def page(self, template: str, *, status: int = 200, **values: Any) -> web.Response:
        """The same as an answer that nobody keeps."""
        headers = {"Cache-Control": "no-store"}
        text = self.render(template, **values)
        return web.Response(text=text, status=status, content_type="text/html", headers=headers)

    async def form(self, request: web.Request, limit: int) -> dict[str, str]:
        """The fields of a form of at most `limit` bytes. Raises TooLarge, HTTPBadRequest."""
        return await read_form(request, limit)

    async def socket(self, request: web.Request, frames: Frames) -> web.WebSocketResponse:
        """Send `frames` until the browser leaves or may no longer be here."""

        async def allowed() -> bool:
            return await self.may_enter(request)

        return await stream(request, frames, allowed=allowed)

    async def may_enter(self, request: web.Request) -> bool:
        """Whether somebody sits at this very machine, or is staff and may more than read along."""
        member = await signed_in(request, touch=False)
        if member is not None:
            as_liked(member)
        if is_local(request):
            return True
        if member is None or lacks_second_factor(request, member):
            return False
        return member.role.covers(StaffRole.REVIEWER)


def is_local(request: web.Request) -> bool:
    """Whether the request was made on this machine, for one of its own names, and nobody passed it on.

    Without the name a page from elsewhere could lead its own name here and would be let in.
    """
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    name = (request.url.host or "").lower()
    return _is_loopback(request.remote or "") and (name in OWN_NAMES or _is_loopback(name))


def _is_loopback(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback
