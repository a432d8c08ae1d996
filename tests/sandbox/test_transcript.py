"""The demo's conversation is played with a small assistant instead of ours: it answers, joins bursts, or is silent."""

from __future__ import annotations

import asyncio
import io

from adapters.sandbox import Sandbox
from adapters.sandbox.talks import Line, Person
from adapters.sandbox.transcript import HEADER, play

from .listener import Listener, answer

PEOPLE = (
    Person(
        name="Ana",
        channel="whatsapp",
        locale="en",
        lines=(Line(texts=("my name is Ana",), expects=("ana",)), Line(texts=("one", "two", "three"))),
    ),
    Person(
        name="João",
        channel="messenger",
        locale="pt",
        lines=(Line(texts=("[red]oi[/red]",), expects=("Rui",)),),
    ),
    Person(name="Lucía", channel="telegram", locale="es", lines=(Line(texts=("hola",)),)),
)


def _joining(listener: Listener, silent_for: str = "") -> None:
    """Answer with what was said, a burst at once."""
    waiting: dict[str, list[str]] = {}

    async def reply(channel: str, who: str, message_id: str, text: str) -> None:
        if channel == silent_for:
            return
        texts = waiting.setdefault(who, [])
        texts.append(text)
        mine = len(texts)
        await asyncio.sleep(0.1)
        if len(texts) == mine:
            waiting[who] = []
            await answer(
                listener.sandbox, listener.session, channel, who, message_id, "you said " + ", ".join(texts)
            )

    listener.on_message = reply


async def test_everybody_is_answered_and_it_is_printed(sandbox: Sandbox, listener: Listener) -> None:
    _joining(listener)
    out = io.StringIO()
    result = await play(sandbox, out, people=PEOPLE, settle_seconds=0.3)
    printed = out.getvalue()
    assert result.ok, printed
    assert (result.messages, result.answered, result.replies, result.delivered) == (6, 6, 4, 4)
    assert (result.bursts, result.bursts_joined, result.checked, result.right) == (1, 1, 2, 1)
    assert 0 < min(result.typing_ms) <= result.slowest_ms == max(result.delivery_ms)
    assert HEADER in printed
    assert "João  → [red]oi[/red]" in printed, "what people write is not markup"
    assert "you said one, two, three  [✓✓ read · typing after " in printed
    assert "answers 3 messages" in printed
    assert "All 6 messages were answered with 4 replies" in printed
    assert "\x1b" not in printed


async def test_who_is_not_answered_is_named(sandbox: Sandbox, listener: Listener) -> None:
    _joining(listener, silent_for="messenger")
    out = io.StringIO()
    result = await play(sandbox, out, people=PEOPLE, settle_seconds=0.3, timeout_seconds=0.5)
    assert not result.ok
    assert result.complaints == ("João on Messenger was not answered within 0.5 seconds",)
    assert (
        "Not everybody was answered: João on Messenger was not answered within 0.5 seconds." in out.getvalue()
    )
    assert (result.messages, result.answered) == (6, 5)


async def test_a_stream_that_knows_only_ascii_does_not_fail(sandbox: Sandbox, listener: Listener) -> None:
    _joining(listener)
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    assert (await play(sandbox, out, people=PEOPLE, settle_seconds=0.3)).ok
    out.flush()
    assert b"Jo?o" in raw.getvalue()
