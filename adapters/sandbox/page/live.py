"""The socket of a tab: what changed on the shelf, as HTML that takes the place of what is shown."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import orjson
from aiohttp import web

from .faults_panel import panel_values
from .plays import Plays
from .screens import Bubble, Screen
from .shelf import Part, Shelf
from .tools import Tools
from .wire_pane import SHOWN, shown
from .words import html_of

AT_ONCE = 25
"""Parts of a page in one frame."""


def _portions(parts: list[Part]) -> Iterator[list[Part]]:
    """What changed in pieces that are soon made; of the wire no more than the page keeps."""
    wire = [part for part in parts if part[0] == "wire"]
    gone = set(wire[:-SHOWN])
    left = [part for part in parts if part not in gone]
    for start in range(0, len(left), AT_ONCE):
        yield left[start : start + AT_ONCE]


class Live:
    """Renders parts of the page for whoever looks at it; also those of the whole page, so that both are alike."""

    def __init__(self, shelf: Shelf, plays: Plays, tools: Tools) -> None:
        self._shelf = shelf
        self._plays = plays
        self._tools = tools

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/live", self.socket, allow_head=False)]

    async def socket(self, request: web.Request) -> web.StreamResponse:
        return await self._tools.socket(request, self._frames(request.query.get("since", "")))

    @asynccontextmanager
    async def _frames(self, since: str) -> AsyncGenerator[AsyncIterator[bytes], None]:
        """`since`: how many changes the page knew when it was made; empty when it looks again anyway."""
        async with self._shelf.tab() as tab:
            behind = since not in ("", str(self._shelf.changes))

            async def frames() -> AsyncIterator[bytes]:
                if behind:
                    yield orjson.dumps({"kind": "behind"})
                while True:
                    for some in _portions(await tab.wait()):
                        made = [frame for part in some if (frame := self.frame(part)) is not None]
                        if made:
                            yield orjson.dumps(made)
                        await asyncio.sleep(0)  # whoever else has work goes first

            yield frames()

    def frame(self, part: Part) -> dict[str, Any] | None:
        """One part that changed; None when it is gone already."""
        kind, number, place = part
        if kind in ("phones", "faults", "plays"):
            return {"kind": "part", "id": kind, "html": getattr(self, kind)()}
        if kind == "wire":
            exchange = self._shelf.sandbox.wire.get(number)
            if exchange is None:
                return None
            return {
                "kind": "part",
                "id": f"wire-{number}",
                "first": "wire-rows",
                "html": self.wire_row(exchange),
            }
        screen = self._shelf.screens.get(number)
        if screen is None:
            return None
        if kind == "bubble":
            bubble = next((one for one in screen.bubbles if one.number == place), None)
            if bubble is None:
                return None
            html = self.bubble(screen, bubble)
            return {"kind": "part", "id": f"bubble-{number}-{place}", "last": f"log-{number}", "html": html}
        return {"kind": "part", "id": f"{kind}-{number}", "html": self.of_screen(kind, screen)}

    # --- parts ---

    def phones(self) -> str:
        return self._tools.render("phones.html", **self.phones_values())

    def phones_values(self) -> dict[str, Any]:
        return {"screens": list(self._shelf.screens.values()), "live": self, "most": len(self._shelf.screens)}

    def of_screen(self, kind: str, screen: Screen) -> str:
        """head, foot or notice of a phone."""
        return self._tools.render(f"{kind}.html", screen=screen, skin=screen.skin, html_of=html_of)

    def bubble(self, screen: Screen, bubble: Bubble) -> str:
        at = screen.bubbles.index(bubble)
        before = screen.bubbles[at - 1] if at else None
        return self._tools.render(
            "bubble.html",
            screen=screen,
            skin=screen.skin,
            bubble=bubble,
            quoted=screen.quoted(bubble),
            new_day=before is None or before.at.date() != bubble.at.date(),
            follows=before is not None and (before.mine, before.author) == (bubble.mine, bubble.author),
            html_of=html_of,
        )

    def faults(self) -> str:
        return self._tools.render("chips.html", **panel_values(self._shelf.sandbox))

    def plays(self) -> str:
        return self._tools.render("playing.html", **self._plays.values())

    def wire_row(self, exchange: Any) -> str:
        return self._tools.render("wire_row.html", one=shown(exchange))
