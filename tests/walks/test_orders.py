"""Promises about orders, questions with choices, opting out, languages, and the notice that an AI writes."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant import asks, commands, language
from assistant.events import MessageDeleted, MessageEdited, MessageReceived, StopPressed
from assistant.types import (
    Address,
    Alias,
    Ask,
    Audience,
    Buttons,
    Capabilities,
    Choice,
    Sender,
    Text,
    Unit,
)
from tests.scripted import ScriptedEngine

from .system import System, echo, running

ANA = Address(channel="post", account="desk", peer="ana")


def said(
    text: str, number: int, *, name: str | None = None, parts: tuple[Any, ...] = (), **more: Any
) -> MessageReceived:
    values: dict[str, Any] = {
        "address": ANA,
        "sender": Sender(external_id="ana", aliases=(Alias(kind="id", value="ana"),), name=name),
        "external_id": f"m{number}",
        "sent_at": datetime.now(UTC),
        "parts": parts or (Text(text=text),),
    }
    return MessageReceived(**(values | more))


def texts(system: System) -> list[str]:
    return [outbound.part.text for outbound in system.post.sent if isinstance(outbound.part, Text)]


async def talk(system: System, text: str, number: int, **more: Any) -> str:
    """One message and what we answered to it, its parts joined."""
    before = len(texts(system))
    await system.acceptor.submit([said(text, number, **more)])
    await system.until_settled()
    return " ".join(texts(system)[before:])


# --- opting out ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("word", "again"), [("STOP", "start"), ("Parar.", "começar"), ("alto", "EMPEZAR")])
async def test_a_lone_stop_is_for_good_until_start(tmp_path: Path, word: str, again: str) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo)) as system:
        assert (await talk(system, "hello", 1)).startswith("You said")
        goodbye = await talk(system, word, 2)
        assert goodbye in vars_of(commands.OPTED_OUT)
        count = len(system.post.sent)
        await talk(system, "are you there?", 3)
        assert len(system.post.sent) == count, "who opted out gets no word more"
        rows = await system.rows()
        assert (rows[-1].outcome, rows[-1].outcome_reason) == ("blocked", "the person opted out")
        await talk(system, again, 4)
        assert (await talk(system, "hello again", 5)).endswith("hello again")


def vars_of(answer: commands.Answer) -> set[str]:
    return {answer.en, answer.pt, answer.es}


async def test_a_slash_stop_never_opts_anybody_out(tmp_path: Path) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo)) as system:
        await talk(system, "hello", 1)
        assert await talk(system, "/stop", 2) in vars_of(commands.ANSWERS[commands.Command.STOP])
        assert (await talk(system, "more", 3)) == "You said: more"


async def test_stop_while_an_answer_is_written_only_ends_that_answer(tmp_path: Path) -> None:
    engine = ScriptedEngine(script=echo)
    async with running(tmp_path, engine) as system:
        engine.hold()
        await system.acceptor.submit([said("tell me a long story", 1)])
        await engine.until_asked(1)
        await system.acceptor.submit([said("stop", 2)])
        await system.until(lambda: engine.running == 0)
        # Released before, the answer could end before the order.
        engine.release()
        await system.until_settled()
        assert texts(system)[-1] in vars_of(commands.ANSWERS[commands.Command.STOP])
        assert (await talk(system, "and now?", 3)).startswith("You said")


# --- questions with choices ------------------------------------------------------------------------------


async def test_language_is_asked_in_words_and_chosen_by_number(tmp_path: Path) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo)) as system:
        question = await talk(system, "/language", 1)
        assert "1. English" in question and "2. Português" in question and "3. Español" in question
        assert await talk(system, "2", 2) == commands.SPOKEN.pt
        assert await talk(system, "/help", 3) == commands.ANSWERS[commands.Command.HELP].pt


async def test_a_number_without_an_open_question_is_talk(tmp_path: Path) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo)) as system:
        assert await talk(system, "2", 1) == "You said: 2"


async def test_forget_asks_first_and_then_leaves_no_word(tmp_path: Path) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo)) as system:
        await talk(system, "my secret is blue", 1)
        question = await talk(system, "forget me", 2)
        assert question.startswith(commands.ANSWERS[commands.Command.FORGET].en)
        assert await talk(system, "no", 3) == commands.KEPT.en
        assert "blue" in str(await system.rows())
        await talk(system, "/forget", 4)
        assert await talk(system, "1", 5) == commands.FORGOTTEN.en
        assert "blue" not in str(await system.rows()) and "blue" not in str(await system.parts())
        asked = len(system.engine.asked)  # type: ignore[attr-defined]
        await talk(system, "hello", 6)
        assert "blue" not in str(system.engine.asked[asked].prompt)  # type: ignore[attr-defined]


async def test_a_button_of_long_ago_deletes_nothing(tmp_path: Path) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo)) as system:
        await talk(system, "/forget", 1)
        await talk(system, "no", 2)
        await talk(system, "my secret is blue", 3)
        pressed = (Choice(id="forget:yes", title="Yes"),)
        assert await talk(system, "", 4, parts=pressed) == commands.TOO_LATE.en
        assert "blue" in str(await system.rows())


async def test_a_choice_of_somebody_else_s_button_is_told_to_the_model(tmp_path: Path) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo)) as system:
        pressed = (Choice(id="plan_b", title="The second plan"),)
        assert await talk(system, "", 1, parts=pressed) == "You said: The second plan"


def caps(**more: Any) -> Capabilities:
    return Capabilities(text_limit=1000, text_unit=Unit.UTF16, **more)


def test_a_question_is_buttons_only_where_every_choice_fits() -> None:
    ask = Ask(text="Which?", choices=tuple(Choice(id=f"c:{at}", title=f"Choice {at}") for at in range(5)))
    three = Buttons(max=3, title=20, id_bytes=256)
    ten = Buttons(max=3, title=20, id_bytes=256, list_max=10)
    assert asks.shown(ask, caps(buttons=ten), "") is ask
    for other in (caps(), caps(buttons=three), caps(buttons=Buttons(max=9, title=5, id_bytes=64))):
        words = asks.shown(ask, other, "Answer with the number.")
        assert isinstance(words, Text)
        for at, choice in enumerate(ask.choices, 1):
            assert f"{at}. {choice.title}" in words.text
            for way in (str(at), f" {at}.", choice.title.upper()):
                assert asks.chosen((Text(text=way),), ask) == choice
    assert asks.chosen((Text(text="something else"),), ask) is None
    assert asks.chosen((Text(text="6"),), ask) is None


# --- who speaks ------------------------------------------------------------------------------------------


async def test_the_first_answer_says_that_an_ai_writes_and_only_the_first(tmp_path: Path) -> None:
    engine = ScriptedEngine(script=echo)
    async with running(tmp_path, engine, disclosure=True) as system:
        assert await talk(system, "olá, você tem bolo hoje?", 1) == (
            f"{commands.DISCLOSURE.pt}\n\nYou said: olá, você tem bolo hoje?"
        )
        assert await talk(system, "e amanhã?", 2) == "You said: e amanhã?"
        assert commands.DISCLOSURE.pt not in str(engine.asked[-1].prompt), "the model is not told our notices"
        assert commands.DISCLOSURE.pt in str(await system.rows()), "staff see what the person saw"


async def test_in_a_group_the_model_is_told_who_wrote_and_the_message_is_quoted(tmp_path: Path) -> None:
    engine = ScriptedEngine(script=echo)
    async with running(tmp_path, engine) as system:
        system.post.caps = caps(reply_to=True)  # type: ignore[misc]
        await system.acceptor.submit(
            [
                said("I like tea", 1, name="Ana\nMaria", audience=Audience.GROUP),
                said("what do I like?", 2, name="Ben", audience=Audience.GROUP),
            ]
        )
        await system.until_settled()
        assert engine.asked[-1].prompt.turns[-1].text == "Ana Maria: I like tea\nBen: what do I like?"
        assert system.post.sent[-1].reply_to == "m2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello, can you help me?", "en"),
        ("oi, tudo bem com você?", "pt"),
        ("¿Cuándo abren mañana?", "es"),
        ("no", None),
        ("12 + 7", None),
        ("Quero saber o horário da loja", "pt"),
        ("quiero saber el horario de la tienda", "es"),
        ("", None),
    ],
)
def test_the_language_of_a_message_is_told_by_its_small_words(text: str, expected: str | None) -> None:
    assert language.guess(text) == expected


# --- what is taken back ----------------------------------------------------------------------------------


async def test_an_edit_before_the_answer_is_what_gets_answered(tmp_path: Path) -> None:
    engine = ScriptedEngine(script=echo)
    async with running(tmp_path, engine) as system:
        engine.hold()
        await system.acceptor.submit([said("see you at 5", 1)])
        await engine.until_asked(1)
        now = datetime.now(UTC)
        await system.acceptor.submit(
            [MessageEdited(address=ANA, external_id="m1", at=now, parts=(Text(text="see you at 6"),))]
        )
        await engine.until_asked(2)
        engine.release()
        await system.until_settled()
        assert texts(system) == ["You said: see you at 6"]


@pytest.mark.parametrize("how", ["deleted", "stopped"])
async def test_what_is_unsent_or_stopped_while_it_is_answered_gets_no_answer(
    tmp_path: Path, how: str
) -> None:
    engine = ScriptedEngine(script=echo)
    async with running(tmp_path, engine) as system:
        engine.hold()
        await system.acceptor.submit([said("never mind", 1)])
        await engine.until_asked(1)
        now = datetime.now(UTC)
        event = (
            MessageDeleted(address=ANA, external_id="m1", at=now)
            if how == "deleted"
            else StopPressed(address=ANA, at=now)
        )
        await system.acceptor.submit([event])
        await system.until(lambda: engine.running == 0)
        engine.release()
        await system.until_settled()
        await asyncio.sleep(0.1)
        assert texts(system) == []
        assert await talk(system, "something else", 2) == "You said: something else"
