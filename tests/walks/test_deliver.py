"""What each class of send error means, and that nothing else decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, update

from assistant.errors import (
    Misconfigured,
    RecipientGone,
    Rejected,
    SendError,
    Throttled,
    Unavailable,
    Uncertain,
    WindowClosed,
)
from assistant.store import queue
from assistant.store.models import conversations, outbox
from assistant.store.queue import Reply
from assistant.types import Author, LinkButton, Outbound, Template, Text
from tests.scripted import ScriptedEngine as Model

from .system import System, echo, running

Trouble = Callable[[Outbound], SendError | Exception | None]


def _first(count: int, error: Callable[[], Exception]) -> Trouble:
    left = [count]

    def trouble(outbound: Outbound) -> Exception | None:
        left[0] -= 1
        return error() if left[0] >= 0 else None

    return trouble


async def _hello(system: System) -> None:
    await system.receive(["ana", 1, "hello"])
    await system.until_settled(20)


@pytest.mark.parametrize("error", [lambda: Unavailable(), lambda: Throttled(retry_after=0.1)])
async def test_what_was_surely_not_delivered_is_sent_again_without_a_mark(
    tmp_path: Path, error: Callable[[], Exception]
) -> None:
    async with running(tmp_path, Model(echo)) as system:
        system.post.trouble = _first(2, error)
        await _hello(system)
        [part] = await system.parts()
        assert (part.state, part.attempt, part.duplicate_possible) == ("sent", 3, False)
        assert len(set(system.post.attempts)) == 1


@pytest.mark.parametrize("error", [lambda: Uncertain(), lambda: ZeroDivisionError()])
async def test_what_was_perhaps_delivered_is_repeated_only_after_the_wait_and_marked(
    tmp_path: Path, error: Callable[[], Exception]
) -> None:
    async with running(tmp_path, Model(echo)) as system:
        system.post.trouble = _first(1, error)
        await _hello(system)
        [part] = await system.parts()
        assert (part.state, part.attempt, part.duplicate_possible) == ("sent", 2, True)


@pytest.mark.parametrize("error", [Rejected, RecipientGone, WindowClosed])
async def test_a_final_refusal_is_tried_once_and_shown(tmp_path: Path, error: type[SendError]) -> None:
    async with running(tmp_path, Model(lambda prompt: "long " * 60)) as system:
        system.post.trouble = lambda outbound: error(vendor_code="551")
        await _hello(system)
        states = [(part.state, part.error, part.error_code) for part in await system.parts()]
        assert states[0] == ("failed", error.code, "551") and {state for state, *_ in states[1:]} == {
            "cancelled"
        }
        assert (await system.rows())[-1].status == "failed"
        assert len(system.post.attempts) == 1


async def test_a_refused_account_is_paused_and_nothing_is_lost(tmp_path: Path) -> None:
    from assistant.store import accounts

    async with running(tmp_path, Model(echo)) as system:
        system.post.trouble = lambda outbound: Misconfigured()
        await system.receive(["ana", 1, "hello"])
        await system.until(lambda: len(system.post.attempts) == 1)
        await system.receive(["ben", 1, "hello"])
        await system.until(lambda: True)
        system.post.trouble = lambda outbound: None
        import asyncio

        await asyncio.sleep(0.8)
        assert len(system.post.attempts) == 1
        assert await system.database.write(accounts.resume, "post") == 1
        async with asyncio.timeout(40):
            while "You said: hello" not in system.post.texts("ben"):
                await asyncio.sleep(0.05)


async def test_nothing_is_sent_when_the_reply_window_has_closed(tmp_path: Path) -> None:
    from datetime import timedelta

    from sqlalchemy import update

    from assistant.store.models import conversations

    model = Model(echo)
    async with running(tmp_path, model) as system:
        model.hold()
        await system.receive(["ana", 1, "hello"])
        await model.until_asked()
        past = system.clock.now() - timedelta(seconds=1)
        await system.database.write(
            lambda connection: connection.execute(update(conversations).values(window_until=past))
        )
        model.release()
        await system.until_settled()
        [part] = await system.parts()
        assert (part.state, part.error, system.post.attempts) == ("failed", "window_closed", [])


async def test_a_template_opens_a_closed_window_only_where_there_are_templates(tmp_path: Path) -> None:
    template = Template(name="ready", language="en", text="It is ready.")
    link = LinkButton(text="Our menu", title="Open", url="https://example.org/menu")
    async with running(tmp_path, Model(script=echo)) as system:
        system.post.caps = replace(system.post.caps, text_limit=500, templates=True)  # type: ignore[misc]
        await system.receive(["ana", 1, "hello"])
        await system.until_settled()
        past = system.clock.now() - timedelta(hours=1)

        def write(connection: Connection) -> None:
            connection.execute(update(conversations).values(window_until=past))
            (row,) = connection.execute(select(conversations)).mappings().all()
            for number, part in enumerate((template, link)):
                reply = Reply(author=Author.STAFF, whole=(part,), pieces=((f"key-{number}", part),))
                queue.write_reply(
                    connection,
                    row["id"],
                    queue.address_of(row),
                    reply,
                    seq=row["last_seq"] + 1 + number,
                    after=row["last_seq"],
                    turn=None,
                    now=system.clock.now(),
                )

        await system.database.write(write)
        await system.until_settled()
        parts = await system.parts()
        assert [part.state for part in parts] == ["sent", "sent", "failed"]
        assert parts[2].error == "window_closed"
        assert system.post.sent[-1].part == template

        def reopened(connection: Connection) -> None:
            connection.execute(update(conversations).values(window_until=None))
            connection.execute(
                update(outbox)
                .where(outbox.c.id == parts[2].id)
                .values(state="pending", next_at=system.clock.now(), status=None)
            )

        await system.database.write(reopened)
        await system.until_settled()
        assert system.post.sent[-1].part == Text(text="Our menu\nhttps://example.org/menu")
