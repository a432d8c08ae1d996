"""The drawer of faults: the knobs of each platform, time, bursts, and what is not at rest."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from aiohttp import web

from assistant.clock import MovableClock
from assistant.errors import SettingsError

from .. import knobs
from ..knobs import Knob, KnobKind
from ..platform import Delivery, Platform
from ..sandbox import MOST_PEOPLE, Sandbox
from .acts import FORM_BYTES, done, said
from .shelf import Shelf
from .tools import Tools

MOST_HOURS = 24 * 400
WORDS = "Hello, I am number {number}"


def panel_values(sandbox: Sandbox) -> dict[str, Any]:
    """What chips.html and faults.html show."""
    return {
        "platforms": list(sandbox.platforms.values()),
        "knobs": list(knobs.KNOBS.values()),
        "active": {name: knobs.active(one) for name, one in sandbox.platforms.items()},
        "switch": KnobKind.SWITCH,
        "most_people": MOST_PEOPLE,
        "words": WORDS,
        "ahead": sandbox.clock.ahead if isinstance(sandbox.clock, MovableClock) else None,
    }


class FaultsPanel:
    """The doors of the drawer."""

    def __init__(self, shelf: Shelf, tools: Tools) -> None:
        self._shelf = shelf
        self._tools = tools

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/faults", self.show),
            web.post("/faults", self.turn),
            web.post("/faults/rest", self.rest),
            web.post("/faults/seed", self.seed),
            web.post("/burst", self.burst),
            web.post("/replay", self.replay),
            web.post("/time", self.travel),
        ]

    async def show(self, request: web.Request) -> web.StreamResponse:
        """The knobs of one platform."""
        platform = self._platform(request.query.get("channel", ""))
        return self._tools.page("knobs.html", platform=platform, **panel_values(self._shelf.sandbox))

    async def turn(self, request: web.Request) -> web.StreamResponse:
        """Only knobs that were moved are turned: each turn is noted by whoever records."""
        form = await self._tools.form(request, FORM_BYTES)
        platform = self._platform(form.get("channel", ""))
        before = knobs.active(platform)
        try:
            for knob in knobs.KNOBS.values():
                value = _value(knob, form)
                if value != before.get(knob.name, 0.0):
                    self._shelf.sandbox.turn(platform.channel, knob.name, value)
        except ValueError as error:
            return said(str(error))
        return done()

    async def rest(self, request: web.Request) -> web.StreamResponse:
        self._shelf.sandbox.rest()
        return done()

    async def seed(self, request: web.Request) -> web.StreamResponse:
        form = await self._tools.form(request, FORM_BYTES)
        self._shelf.sandbox.seed(_whole(form, "seed", 0, 2**31))
        return done()

    async def burst(self, request: web.Request) -> web.StreamResponse:
        form = await self._tools.form(request, FORM_BYTES)
        platform = self._platform(form.get("channel", ""))
        people, words = _whole(form, "people", 1, MOST_PEOPLE), form.get("says", "").strip()
        says = tuple(line for line in words.splitlines() if line.strip()) or (WORDS,)
        trouble = await self._shelf.act(self._shelf.sandbox.burst(platform.channel, people, says))
        return said(trouble) if trouble else done()

    async def replay(self, request: web.Request) -> web.StreamResponse:
        """The newest message that a person wrote on a platform comes again, as if it were so old."""
        form = await self._tools.form(request, FORM_BYTES)
        platform = self._platform(form.get("channel", ""))
        spoken = [
            one for one in platform.deliveries.values() if one.what == "message" and _by_person(platform, one)
        ]
        if not spoken:
            return said(self._tools.render("unsaid.html").strip())
        hours = _whole(form, "hours", 0, MOST_HOURS)
        trouble = await self._shelf.act(platform.replay(spoken[-1], hours_old=hours))
        return said(trouble) if trouble else done()

    async def travel(self, request: web.Request) -> web.StreamResponse:
        form = await self._tools.form(request, FORM_BYTES)
        by = timedelta(hours=_whole(form, "hours", 1, MOST_HOURS))
        try:
            await self._shelf.sandbox.travel(by)
        except SettingsError as error:
            return said(str(error))
        return done()

    def _platform(self, channel: str) -> Platform:
        platform = self._shelf.sandbox.platforms.get(channel)
        if platform is None:
            raise web.HTTPNotFound
        return platform


def _by_person(platform: Platform, delivery: Delivery) -> bool:
    return any(delivery.external_id in phone.said for phone in platform.phones.values())


def _whole(form: dict[str, str], name: str, least: int, most: int) -> int:
    text = form.get(name, "").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 12 and least <= int(text) <= most):
        raise web.HTTPBadRequest
    return int(text)


def _value(knob: Knob, form: dict[str, str]) -> float:
    """What the form says of a knob; a switch that is off is not in it. Raises ValueError."""
    if knob.kind is KnobKind.SWITCH:
        return float(knob.name in form)
    return float(form.get(knob.name) or 0)
