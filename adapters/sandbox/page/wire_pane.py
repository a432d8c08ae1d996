"""The lower pane: each exchange as a row that opens, its bodies laid out to be read, and the command that repeats it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import orjson
from aiohttp import web

from ..sandbox import Sandbox
from ..wire import Direction, Exchange
from .tools import Tools

SHOWN = 200
"""Rows of the page when it is opened; more come as they happen."""
LONGEST = 12_000
"""Characters of a body on the page."""
FIND = "/admin/find"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An exchange as the page shows it. `find`: where the dashboard shows what became of its message, or empty."""

    exchange: Exchange
    inward: bool
    path: str
    good: bool
    body: str
    answer: str
    curl: str
    find: str


def shown(exchange: Exchange) -> Row:
    parts = urlsplit(exchange.url)
    ids = exchange.external_ids
    asked = urlencode({"channel": exchange.channel, "external": ids[0]}) if ids else ""
    return Row(
        exchange=exchange,
        inward=exchange.direction is Direction.WEBHOOK,
        path=_short(parts.path),
        good=exchange.status is not None and exchange.status < 400,
        body=laid_out(exchange.body),
        answer=laid_out(exchange.answer),
        curl=exchange.curl(),
        find=f"{FIND}?{asked}" if asked else "",
    )


def laid_out(text: str) -> str:
    """JSON one value a line, anything else as it is."""
    if text[:1] in ("{", "["):
        try:
            text = orjson.dumps(orjson.loads(text), option=orjson.OPT_INDENT_2).decode()
        except orjson.JSONDecodeError:
            pass
    return text if len(text) <= LONGEST else text[:LONGEST] + "\n…"


def _short(path: str) -> str:
    """The path without the sandbox's own prefix, and without a bot's token."""
    steps = path.split("/")
    if len(steps) > 2 and steps[1] in ("graph", "telegram", "agents"):
        steps = ["", *steps[2:]]
    return "/".join("bot…" if step.startswith("bot") and ":" in step else step for step in steps)


class WirePane:
    """The rows, newest first; what is inside of one is fetched when it is opened."""

    def __init__(self, sandbox: Sandbox, tools: Tools) -> None:
        self._sandbox = sandbox
        self._tools = tools

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/wire/clear", self.clear), web.get(r"/wire/{number:\d{1,12}}", self.inside)]

    async def inside(self, request: web.Request) -> web.StreamResponse:
        exchange = self._sandbox.wire.get(int(request.match_info["number"]))
        if exchange is None:
            raise web.HTTPNotFound
        return self._tools.page("wire_inside.html", one=shown(exchange))

    async def clear(self, request: web.Request) -> web.StreamResponse:
        self._sandbox.wire.clear()
        return web.Response(status=204)

    def rows(self) -> list[Row]:
        return [shown(exchange) for exchange in list(self._sandbox.wire)[-SHOWN:][::-1]]
