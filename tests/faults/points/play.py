"""Plays a story against the system: platforms that come again until they hear 200, restarts, and the wait for the end."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from assistant.store.models import conversations, messages, outbox, turns

from . import faults, story
from .judge import Tables, judge
from .life import Life
from .loop import VirtualLoop
from .outside import RETRY, Outside, Webhook

PATIENCE = 30.0  # seconds a platform waits for our answer
BOUND = 120.0  # seconds after which everything must have ended


class Stuck(Exception):
    """It did not settle within the bound."""


class Play:
    """One run. `outside` may already know what happened in an earlier life."""

    def __init__(
        self,
        url: str,
        folder: Path,
        outside: Outside,
        points: faults.Points,
        loop: VirtualLoop,
        *,
        life: int = 1,
    ) -> None:
        self._url = url
        self._folder = folder
        self._outside = outside
        self._points = points
        self._loop = loop
        self._number = life
        self._life: Life | None = None
        self._bringing: set[asyncio.Task[None]] = set()
        self._overlaps: list[str] = []
        points.close = self._restart

    async def run(self, steps: Sequence[story.Step], *, afterwards: bool) -> list[str]:
        """Live through the story, settle, and judge; returns what is wrong.

        `afterwards`: one thing more is said everywhere, to see that nobody is left in a conversation that died.
        """
        heard = self._outside.heard
        for known in self._outside.webhooks:
            if known.number not in heard:
                self._bring(known)
        self._outside.listeners.append(self._news)
        for step in steps:
            if step is not story.RESTART:
                self._outside.send(step.channel, step.at, step.body, step.what, step.external_id)
        await self._start()
        if story.RESTART in steps:
            await asyncio.sleep(story.RESTART.at - self._loop.time())
            if self._points.closing is None:
                await self._restart()
        tables = await self._settled()
        if self._points.closing is not None:
            await self._points.closing
        self._points.counting = False
        if afterwards:
            for channel in sorted({webhook.channel for webhook in self._outside.webhooks}):
                step = story.says(self._loop.time() + 0.1, channel, 99, story.AFTERWARDS)
                self._outside.send(step.channel, step.at, step.body, step.what, step.external_id)
            tables = await self._settled()
        await self._close()
        return judge(self._outside, tables) + [
            f"two answers at once in conversation {one}" for one in self._overlaps
        ]

    # --- lives -------------------------------------------------------------------------------------------

    async def _start(self) -> None:
        self._life = Life(self._url, self._folder, self._outside, self._points, self._loop, self._number)
        self._number += 1
        await self._life.start()

    async def _close(self) -> None:
        if self._life is not None:
            await self._life.close()
            self._overlaps += self._life.engine.overlaps

    async def _restart(self) -> None:
        await self._close()
        await asyncio.sleep(0.5)
        await self._start()

    # --- platforms ---------------------------------------------------------------------------------------

    def _news(self, entry: tuple[str, Any]) -> None:
        if entry[0] == "webhook":
            self._bring(entry[1])

    def _bring(self, webhook: Webhook) -> None:
        task = asyncio.ensure_future(self._until_heard(webhook))
        self._bringing.add(task)
        task.add_done_callback(self._bringing.discard)

    async def _until_heard(self, webhook: Webhook) -> None:
        await asyncio.sleep(max(0.0, webhook.at - self._loop.time()))
        while True:
            life = self._life
            if life is not None and life.running:
                request = asyncio.create_task(
                    life.inbound.receive(webhook.channel, webhook.request), name="webhook"
                )
                await asyncio.wait({request}, timeout=PATIENCE)
                if request.done() and not request.cancelled() and request.exception() is None:
                    self._outside.write("heard", webhook.number)
                    return
            await asyncio.sleep(RETRY)

    # --- the end -----------------------------------------------------------------------------------------

    async def _settled(self) -> Tables:
        until = self._loop.time() + BOUND
        while True:
            tables = Tables()
            if self._life is not None and self._life.running and not self._bringing:
                tables = await self._life.database.look(_look)
                if not tables.open():
                    return tables
            if self._loop.time() > until:
                waiting = len(self._bringing)
                raise Stuck(f"{waiting} webhooks are not heard; {tables.open()}")
            await asyncio.sleep(0.5)


def _look(connection: Connection) -> Tables:
    return Tables(
        *(
            [dict(row) for row in connection.execute(select(table).order_by(table.c.id)).mappings()]
            for table in (conversations, messages, turns, outbox)
        )
    )
