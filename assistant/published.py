"""What staff put into force while everything runs, at hand for every turn: each channel's persona, and the live limits."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .clock import Clock
from .settings import Settings
from .store import live_settings, personas, versions
from .store.database import Database
from .store.live_settings import LiveSettings
from .store.personas import FROM_FILE, Content

LOOK_SECONDS: Final = 2.0
PUBLISHED_TOPIC: Final = "published"
"""Something was put into force: whoever keeps it at hand looks at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """How one turn is answered. `version`: the id of its row, 0 for the settings file's.

    `temperature` None: what suits the model. `tools`: names of those that may be called, None for all there are.
    """

    version: int
    text: str
    safety: str
    temperature: float | None
    max_tokens: int
    tools: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a turn goes by, from what was set last, or the settings file."""

    messages_per_minute: int
    tokens_per_day: int
    disclosure: bool


class Published:
    """At most LOOK_SECONDS behind the database, less when `ring` is called; a look costs one indexed row."""

    def __init__(self, database: Database, clock: Clock, settings: Settings) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._one_look = asyncio.Lock()
        self._rung = True
        self._looked_at = float("-inf")
        self._last = -1
        self._contents: Mapping[str | None, tuple[int, Content]] = {}
        self._live = LiveSettings()

    def ring(self) -> None:
        """Something was published: the next turn looks first."""
        self._rung = True

    async def persona(self, channel: str, chat: int | None = None) -> Persona:
        """The persona of a turn that begins now: the one that was chosen for the conversation `chat`, if one was.

        Raises StoreUnavailable.
        """
        await self._look()
        chosen = None if chat is None else await self._database.read(personas.of_chat, chat)
        found = chosen or self._contents.get(channel) or self._contents.get(None)
        if found is None:
            return resolved(FROM_FILE, Content(persona=self._settings.persona), self._settings)
        return resolved(*found, self._settings)

    async def limits(self) -> Limits:
        """Raises StoreUnavailable."""
        await self._look()
        live, file = self._live, self._settings
        return Limits(
            messages_per_minute=file.messages_per_minute
            if live.messages_per_minute is None
            else live.messages_per_minute,
            tokens_per_day=file.tokens_per_day if live.tokens_per_day is None else live.tokens_per_day,
            disclosure=file.disclosure if live.disclosure is None else live.disclosure,
        )

    async def _look(self) -> None:
        if self._fresh():
            return
        async with self._one_look:
            if self._fresh():
                return
            began, self._rung = self._clock.monotonic(), False
            try:
                last = await self._database.read(versions.last)
                if last != self._last:
                    self._contents = await self._database.read(personas.contents)
                    self._live = await self._database.read(live_settings.current)
                    self._last = last
            except BaseException:
                self._rung = True
                raise
            self._looked_at = began

    def _fresh(self) -> bool:
        return not self._rung and self._clock.monotonic() - self._looked_at < LOOK_SECONDS


def resolved(version: int, content: Content, settings: Settings) -> Persona:
    """A version's words and choices, the settings file's where it makes none."""
    return Persona(
        version=version,
        text=content.persona,
        safety=settings.safety if content.safety is None else content.safety,
        temperature=settings.temperature if content.temperature is None else content.temperature,
        max_tokens=settings.max_tokens if content.max_tokens is None else content.max_tokens,
        tools=None if content.tools is None else frozenset(content.tools),
    )
