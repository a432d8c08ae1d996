"""The drawer of scenarios: the shipped ones and one's own, played step by step, and what was done written down."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from .shelf import Shelf
from .tools import Tools


class Plays:
    """One scenario is played at a time."""

    def __init__(self, shelf: Shelf, tools: Tools) -> None:
        self._shelf = shelf
        self._tools = tools

    def routes(self) -> list[web.RouteDef]:
        return []

    def values(self) -> dict[str, Any]:
        return {}
