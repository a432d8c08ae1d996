"""The drawer of scenarios: the shipped ones and one's own, played step by step, and what was done written down."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from ..playing import StepResult, play
from ..recorder import Recorder
from ..scenario_yaml import MOST_BYTES, read
from ..scenarios import FOLDER, Caller, Scenario, ScenarioError, shipped
from .acts import FORM_BYTES, done, said
from .shelf import Shelf
from .skins import SKINS
from .tools import Tools

FORM_SPARE = 3
"""How many times longer than its text a form may be: letters beyond ASCII are written with signs."""

SAMPLE = """name: Hello
phones:
  ana: {channel: whatsapp}
steps:
  - ana: {says: "Hello"}
  - ana: {hears: {count: 1, within: 30s}}
"""

log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Playing:
    """A scenario that is played, or the last one that was."""

    scenario: Scenario
    results: list[StepResult] = field(default_factory=list)
    running: bool = True

    @property
    def ok(self) -> bool:
        return len(self.results) == len(self.scenario.steps) and all(one.ok for one in self.results)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A step as the drawer shows it. `state`: done, failed, now (it is under way) or later (or never reached)."""

    sentence: str
    state: str
    complaint: str = ""


class Plays:
    """One scenario is played at a time; a recording goes on beside it."""

    def __init__(self, shelf: Shelf, tools: Tools) -> None:
        self._shelf = shelf
        self._tools = tools
        self._playing: Playing | None = None
        self._task: asyncio.Task[None] | None = None
        self._recorder: Recorder | None = None
        self._shipped: dict[str, Scenario] | None = None

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/plays", self.start),
            web.post("/plays/own", self.start_own),
            web.post("/plays/stop", self.stop),
            web.post("/plays/record", self.record),
            web.get("/plays/recorded.yaml", self.recorded),
            web.get(r"/plays/{slug:[\w-]{1,80}}.yaml", self.text),
        ]

    def values(self) -> dict[str, Any]:
        """What playing.html shows."""
        playing = self._playing
        return {
            "scenarios": list(self.shipped().values()),
            "playing": playing,
            "lines": _lines(playing) if playing is not None else [],
            "sample": SAMPLE,
            "recording": self._recorder is not None,
        }

    def shipped(self) -> dict[str, Scenario]:
        """Read once: they are part of the program."""
        if self._shipped is None:
            self._shipped = shipped()
        return self._shipped

    # --- playing ---

    async def start(self, request: web.Request) -> web.StreamResponse:
        form = await self._tools.form(request, FORM_BYTES)
        scenario = self.shipped().get(form.get("slug", ""))
        if scenario is None:
            raise web.HTTPNotFound
        return self._begin(scenario)

    async def start_own(self, request: web.Request) -> web.StreamResponse:
        form = await self._tools.form(request, MOST_BYTES * FORM_SPARE)
        try:
            return self._begin(read(form.get("yaml", "")))
        except ScenarioError as error:
            return said(str(error))

    def _begin(self, scenario: Scenario) -> web.Response:
        if self._playing is not None and self._playing.running:
            return said(self._tools.render("busy.html").strip())
        self._playing = Playing(scenario=scenario)
        self._shelf.await_people({_seen(caller) for caller in scenario.phones})
        self._task = asyncio.create_task(self._play(self._playing), name="a scenario")
        self._tell()
        return done()

    async def _play(self, playing: Playing) -> None:
        def told(result: StepResult) -> None:
            playing.results.append(result)
            self._tell()

        try:
            await play(self._shelf.sandbox, playing.scenario, told=told)
        except Exception:
            log.exception("a scenario of the sandbox broke off")
        finally:
            playing.running = False
            self._tell()

    async def stop(self, request: web.Request) -> web.StreamResponse:
        await self.end()
        return done()

    async def end(self) -> None:
        """Break off what is played; faults are put at rest by that."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _tell(self) -> None:
        self._shelf.tell(("plays", 0, 0))

    async def text(self, request: web.Request) -> web.StreamResponse:
        """A shipped scenario as it is written, with its remarks."""
        slug = request.match_info["slug"]
        if slug not in self.shipped():
            raise web.HTTPNotFound
        written = await asyncio.to_thread((FOLDER / f"{slug}.yaml").read_text, encoding="utf-8")
        return web.Response(text=written, content_type="text/plain", headers={"Cache-Control": "no-store"})

    # --- recording ---

    async def record(self, request: web.Request) -> web.StreamResponse:
        """Begin to write down what is done, or stop and forget it."""
        if self._recorder is not None:
            self._recorder.stop()
            self._recorder = None
        else:
            self._recorder = Recorder(self._shelf.sandbox)
        self._tell()
        return done()

    async def recorded(self, request: web.Request) -> web.StreamResponse:
        """What was done until now, as a file that can be played."""
        if self._recorder is None:
            raise web.HTTPNotFound
        headers = {
            "Cache-Control": "no-store",
            "Content-Disposition": 'attachment; filename="what-i-did.yaml"',
        }
        return web.Response(text=self._recorder.yaml(), content_type="application/yaml", headers=headers)


def _seen(caller: Caller) -> tuple[str, str, str]:
    """Skin, name and language of the phone, or the group, that shows a person of a scenario."""
    skin = next(one.name for one in SKINS.values() if one.stored == caller.channel)
    return skin, caller.group or caller.name, caller.locale


def _lines(playing: Playing) -> list[Line]:
    lines = [
        Line(sentence=one.step.sentence(), state="done" if one.ok else "failed", complaint=one.complaint)
        for one in playing.results
    ]
    rest = playing.scenario.steps[len(lines) :]
    state = "now" if playing.running and not any(one.state == "failed" for one in lines) else "later"
    for step in rest:
        lines.append(Line(sentence=step.sentence(), state=state))
        state = "later"
    return lines
