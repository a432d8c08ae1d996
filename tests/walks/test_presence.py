"""Promises about what a person sees while the model thinks; a platform's trouble with it never costs the answer."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import Rejected, Throttled
from assistant.events import MessageReceived
from assistant.types import Address, Alias, Capabilities, Sender, Text, Unit
from tests.scripted import ScriptedEngine

from .post import Post
from .system import System, running

LONG = "one two three four five six seven eight nine ten"


class Growing(Post):
    """A channel that shows an answer while it grows."""

    caps = Capabilities(text_limit=1000, text_unit=Unit.UTF16, drafts_every=timedelta(seconds=0.01))  # type: ignore[misc]

    def grow(self, trouble: list[Exception | None]) -> None:
        self.trouble_of_drafts = trouble
        self.shown: list[tuple[int, str]] = []

    def drafts(self, address: Address) -> bool:
        return not address.peer.startswith("group")

    async def draft(self, address: Address, number: int, text: str) -> None:
        trouble = self.trouble_of_drafts.pop(0) if self.trouble_of_drafts else None
        if trouble is not None:
            raise trouble
        self.shown.append((number, text))


def made(system: System, trouble: list[Exception | None] | None = None) -> Any:
    post: Any = system.post
    post.__class__ = Growing
    post.grow(trouble or [])
    return post


def message(peer: str = "ana", number: int = 1) -> MessageReceived:
    return MessageReceived(
        address=Address(channel="post", account="desk", peer=peer),
        sender=Sender(external_id=peer, aliases=(Alias(kind="id", value=peer),)),
        external_id=f"{peer}{number}",
        sent_at=datetime.now(UTC),
        parts=(Text(text="count"),),
    )


async def test_an_answer_is_shown_growing_and_then_sent_once(tmp_path: Path) -> None:
    async with running(tmp_path, ScriptedEngine(script=[LONG], delay=0.03)) as system:
        post = made(system)
        await system.acceptor.submit([message()])
        await system.until_settled()
        assert len(post.shown) > 2
        for (number, text), (other, longer) in zip(post.shown, post.shown[1:], strict=False):
            assert number == other != 0
            assert longer.startswith(text)
        assert [outbound.part.text for outbound in post.sent] == [LONG]
        await system.acceptor.submit([message(number=2)])
        await system.until_settled()
        assert len({number for number, _ in post.shown}) == 2, "the next answer has another number"


async def test_where_drafts_cannot_be_shown_the_answer_comes_all_the_same(tmp_path: Path) -> None:
    async with running(tmp_path, ScriptedEngine(script=[LONG], delay=0.01)) as system:
        post = made(system)
        await system.acceptor.submit([message("group 1")])
        await system.until_settled()
        assert post.shown == [] and len(post.sent) == 1


@pytest.mark.parametrize("trouble", [[Throttled(retry_after=0.05)], [Rejected()], [ZeroDivisionError()]])
async def test_a_refused_draft_never_costs_the_answer(
    tmp_path: Path, trouble: list[Exception | None]
) -> None:
    kind = type(trouble[0])
    async with running(tmp_path, ScriptedEngine(script=[LONG], delay=0.02)) as system:
        post = made(system, trouble)
        await system.acceptor.submit([message()])
        await system.until_settled()
        assert [outbound.part.text for outbound in post.sent] == [LONG]
        assert bool(post.shown) == (kind is Throttled), (
            "a flood wait is waited out, a refusal ends the drafts"
        )


async def test_a_slow_read_mark_keeps_nobody_waiting(tmp_path: Path) -> None:
    async with running(tmp_path, ScriptedEngine(script=["ok"])) as system:

        async def forever(address: Address, newest: str) -> None:
            await asyncio.sleep(60)

        system.post.mark_read = forever  # type: ignore[method-assign]
        await system.acceptor.submit([message()])
        await system.until_settled()
