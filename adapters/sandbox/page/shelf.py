"""The phones that stand on the page: the same for every tab, kept on the server, and told to each tab as they change."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from typing import Any

from assistant.errors import SettingsError

from ..groups import Group
from ..happenings import Happening, Kind
from ..inbox import Inbox
from ..pieces import NotHere
from ..sandbox import Sandbox
from ..wire import Direction, Exchange
from .screens import Bubble, Screen
from .skins import SKINS, Skin

MOST = 6
TYPING_SECONDS = 25.0
"""Typing dots go by themselves: the platforms show them for so long."""
PATIENCE_SECONDS = 1.0
"""How long an act may take before the page stops waiting for it; it goes on."""
FIRST = (("whatsapp", "Ana", "en"), ("messenger", "João", "pt"), ("telegram", "Lucía", "es"))
POST = "We open at nine."

log = logging.getLogger(__name__)

Part = tuple[str, int, int]
"""What changed: bubble, foot, head, notice (screen, bubble), wire (exchange, 0), phones, faults, plays (0, 0)."""


class Full(Exception):
    """No further phone fits."""


class Tab:
    """What one open tab has not been told yet; the same part changed twice is told once."""

    def __init__(self) -> None:
        self.changed: dict[Part, None] = {}
        self._news = asyncio.Event()

    def tell(self, part: Part) -> None:
        self.changed[part] = None
        self._news.set()

    async def wait(self) -> list[Part]:
        """Everything that changed since the last time; comes back when something did."""
        await self._news.wait()
        self._news.clear()
        found, self.changed = list(self.changed), {}
        return found


class Shelf:
    """At most MOST screens by number, in the order in which they were put there.

    `changes` counts all that tabs were told: a page that was made at another count has missed something.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.screens: dict[int, Screen] = {}
        self.tour = True
        self.changes = 0
        self._tabs: set[Tab] = set()
        self._made = 0
        self._awaited: dict[tuple[str, str], tuple[str, str]] = {}
        self._dots: dict[int, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._ends: list[Callable[[], None]] = [
            sandbox.stream.subscribe(self._happened),
            sandbox.wire.subscribe(self._exchanged),
        ]
        for skin, name, locale in FIRST:
            if SKINS[skin].channel not in sandbox.spared:
                self.add(SKINS[skin], name, locale=locale)

    # --- phones ---

    def add(self, skin: Skin, name: str, *, locale: str = "en", others: tuple[str, ...] = ()) -> Screen:
        """Put a phone there, or with `others` a group of that name; what it knows already is on its screen.

        Raises Full, ValueError when it stands there already.
        """
        if len(self.screens) >= MOST:
            raise Full
        if any(one.skin is skin and one.name == name for one in self.screens.values()):
            raise ValueError(f"{name} is there already")
        self._made += 1
        inbox = self._group(name, others, locale) if others else None
        screen = Screen(
            number=self._made,
            skin=skin,
            inbox=inbox or self.sandbox.phone(skin.channel, name, locale=locale),
        )
        self._lay_post(screen)
        for happening in tuple(self.sandbox.stream.history):
            if screen.shows(happening):
                screen.take(happening)
        screen.typing, screen.notice = screen.inbox.typing_at is not None, ""
        self.screens[screen.number] = screen
        self.tell(("phones", 0, 0))
        return screen

    def _group(self, title: str, members: tuple[str, ...], locale: str) -> Group:
        telegram = self.sandbox.telegram
        known = next((one for one in telegram.groups.values() if one.name == title), None)
        people = [telegram.phone(name, locale=locale) for name in members]
        return known or telegram.group(title, *people)

    def await_people(self, people: Iterable[tuple[str, str, str]]) -> None:
        """Phones of a scenario (skin, name, locale) are put there as soon as they do something, while there is room.

        Those of an earlier play are put away: whoever is called the same is somebody new.
        """
        for screen in [one for one in self.screens.values() if one.of_play]:
            self.close(screen.number)
        self._awaited = {(SKINS[skin].channel, name): (skin, locale) for skin, name, locale in people}

    def _open_awaited(self, happening: Happening) -> None:
        awaited = self._awaited.pop((happening.channel, happening.person), None)
        if awaited is None or len(self.screens) >= MOST:
            return
        inbox = self._newest(happening.channel, happening.person)
        if inbox is not None:
            self._made += 1
            screen = Screen(number=self._made, skin=SKINS[awaited[0]], inbox=inbox, of_play=True)
            self._lay_post(screen, newest=True)
            self.screens[screen.number] = screen
            self.tell(("phones", 0, 0))

    def _newest(self, channel: str, name: str) -> Inbox | None:
        platform = self.sandbox.platform(channel)
        groups = list(self.sandbox.telegram.groups.values()) if platform is self.sandbox.telegram else []
        known: list[Inbox] = [*platform.phones.values(), *groups]
        return next((one for one in reversed(known) if one.name == name), None)

    def _lay_post(self, screen: Screen, *, newest: bool = False) -> None:
        feed = self.sandbox.feed
        if screen.skin.public:
            posts = list(feed.posts) or [feed.publish(POST)]
            screen.post = posts[-1 if newest else 0]
            screen.post_text = feed.posts[screen.post]

    def close(self, number: int) -> None:
        """Take a phone away; the person and what was said stay where they are."""
        if self.screens.pop(number, None) is not None:
            self.tell(("phones", 0, 0))

    def notice(self, screen: Screen, text: str) -> None:
        screen.notice = text
        self.tell(("notice", screen.number, 0))

    # --- tabs ---

    def tell(self, part: Part) -> None:
        self.changes += 1
        for tab in self._tabs:
            tab.tell(part)

    @asynccontextmanager
    async def tab(self) -> AsyncGenerator[Tab, None]:
        tab = Tab()
        self._tabs.add(tab)
        try:
            yield tab
        finally:
            self._tabs.discard(tab)

    async def act(self, work: Coroutine[Any, Any, Any]) -> str:
        """Let somebody do something; why it cannot be done, or nothing. What takes long goes on by itself."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        done, _ = await asyncio.wait({task}, timeout=PATIENCE_SECONDS)
        if not done:
            task.add_done_callback(_note)
            return ""
        return _why(task)

    async def end(self) -> None:
        for end in self._ends:
            end()
        for timer in self._dots.values():
            timer.cancel()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # --- what happens ---

    def _happened(self, happening: Happening) -> None:
        if happening.kind in (Kind.FAULT, Kind.TIME):
            self.tell(("faults", 0, 0))
        if happening.kind is Kind.TIME:  # windows close by it
            for number in self.screens:
                self.tell(("head", number, 0))
        self._open_awaited(happening)
        for screen in tuple(self.screens.values()):
            if screen.shows(happening):
                self._take(screen, happening)

    def _take(self, screen: Screen, happening: Happening) -> None:
        dots = screen.typing
        bubble = screen.take(happening)
        number = screen.number
        if bubble is not None:
            self.tell(("bubble", number, bubble.number))
        if happening.kind is Kind.TYPING:
            self._fade(screen)
        if happening.kind is Kind.TYPING or dots is not screen.typing:
            self.tell(("foot", number, 0))
        if happening.kind is Kind.TOLD:
            self.tell(("notice", number, 0))
        if happening.kind in (Kind.STATE, Kind.SAID, Kind.PRESSED):
            self.tell(("head", number, 0))

    def _fade(self, screen: Screen) -> None:
        timer = self._dots.pop(screen.number, None)
        if timer is not None:
            timer.cancel()

        def gone() -> None:
            screen.typing = False
            self.tell(("foot", screen.number, 0))

        self._dots[screen.number] = asyncio.get_running_loop().call_later(TYPING_SECONDS, gone)

    def _exchanged(self, exchange: Exchange) -> None:
        self.tell(("wire", exchange.number, 0))
        if exchange.direction is not Direction.WEBHOOK or not exchange.external_ids:
            return
        for screen in self.screens.values():
            if screen.skin.channel != exchange.channel:
                continue
            for external_id in exchange.external_ids:
                bubble = screen.find(external_id)
                if bubble is not None and bubble.mine and _settle(bubble, exchange):
                    self.tell(("bubble", screen.number, bubble.number))


def _settle(bubble: Bubble, exchange: Exchange) -> bool:
    """Whether the webhook that carried it changed the tick: taken is delivered, whatever was refused before."""
    if exchange.status is not None and 200 <= exchange.status < 300:
        changed = bool(bubble.refused)
        bubble.refused = ""
        return bubble.see("delivered") or changed
    before, bubble.refused = bubble.refused, exchange.verdict or "?"
    return bubble.status == "sent" and before != bubble.refused


def _why(task: asyncio.Task[Any]) -> str:
    error = task.exception() if not task.cancelled() else None
    if error is None:
        return ""
    if isinstance(error, NotHere | LookupError | ValueError | SettingsError):
        return str(error.args[0]) if error.args else type(error).__name__
    raise error


def _note(task: asyncio.Task[Any]) -> None:
    if not task.cancelled() and task.exception() is not None:
        log.warning("an act on a phone failed", extra={"error": type(task.exception()).__name__})
