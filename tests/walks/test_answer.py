"""From an accepted message to a delivered answer: turn-taking, commands, tools, trouble."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from sqlalchemy import Connection, update

from assistant.deliver import OUTBOX_BELL
from assistant.errors import EngineDead, EngineError, Overloaded
from assistant.growing import Running
from assistant.store import accounts, chats, queue
from assistant.store.models import conversations
from assistant.turn import ISOLATE_AFTER, _batch
from assistant.types import Address, Finish, Prompt, Role
from tests.scripted import ScriptedEngine as Model

from .system import echo, running


async def test_a_message_is_answered_delivered_and_marked_read(tmp_path: Path) -> None:
    async with running(tmp_path, Model(echo)) as system:
        assert await system.receive(["ana", 1, "hello"]) == 1
        rows = await system.until_settled()
        assert system.post.texts() == ["You said: hello"]
        assert [(row.author, row.outcome, row.status) for row in rows] == [
            ("person", "answered", None),
            ("assistant", None, "sent"),
        ]
        assert system.post.read == ["ana-1"]


async def test_typing_is_shown_for_as_long_as_the_model_writes(tmp_path: Path) -> None:
    model = Model(echo)
    async with running(tmp_path, model) as system:
        model.hold()
        await system.receive(["ana", 1, "hello"])
        await system.until(lambda: len(system.post.typed) >= 3)
        model.release()
        await system.until_settled()
        shown = len(system.post.typed)
        await asyncio.sleep(0.2)
        assert len(system.post.typed) == shown and set(system.post.typed) == {"ana-1"}


async def test_three_quick_messages_become_one_answer(tmp_path: Path) -> None:
    model = Model(echo)
    async with running(tmp_path, model, debounce_seconds=0.4, debounce_cap_seconds=10) as system:
        for number, text in enumerate(["hello", "my name is Ana", "what time is it?"]):
            await system.receive(["ana", number, text])
        rows = await system.until_settled()
        assert system.post.texts() == ["You said: hello / my name is Ana / what time is it?"]
        assert [row.outcome for row in rows] == ["coalesced", "coalesced", "answered", None]


async def test_many_people_are_answered_at_once_and_nobody_twice(tmp_path: Path) -> None:
    model = Model(echo)
    async with running(tmp_path, model) as system:
        model.hold()
        for number in range(40):
            await system.receive([f"p{number}", 1, f"hello {number}"])
        await system.until(lambda: len(model.asked) == 40)
        model.release()
        await system.until_settled()
        for number in range(40):
            assert system.post.texts(f"p{number}") == [f"You said: hello {number}"]


async def test_a_newer_message_before_anything_was_shown_starts_the_answer_over(tmp_path: Path) -> None:
    model = Model(echo)
    async with running(tmp_path, model) as system:
        model.hold()
        await system.receive(["ana", 1, "a table for two"])
        await model.until_asked()
        await system.receive(["ana", 2, "sorry, three"])
        await system.until(lambda: len(model.asked) == 2)
        model.release()
        await system.until_settled()
        assert system.post.texts() == ["You said: a table for two / sorry, three"]
        assert model.asked[0].finish is Finish.CANCELLED


async def test_somebody_who_never_stops_writing_is_answered_all_the_same(tmp_path: Path) -> None:
    model = Model(echo)
    async with running(tmp_path, model) as system:
        model.hold()
        await system.receive(["ana", 0, "line 0"])
        for number in range(1, 6):
            await system.until(lambda: bool(model.asked))
            await system.receive(["ana", number, f"line {number}"])
            await asyncio.sleep(0.15)
        model.release()
        await system.until_settled()
        assert len(model.asked) <= 5
        assert " / ".join(text.removeprefix("You said: ") for text in system.post.texts()) == " / ".join(
            f"line {number}" for number in range(6)
        )


async def test_stop_ends_the_answer_that_is_being_written(tmp_path: Path) -> None:
    model = Model(echo)
    async with running(tmp_path, model) as system:
        model.hold()
        await system.receive(["ana", 1, "tell me everything"])
        await model.until_asked()
        await system.receive(["ana", 2, "Stop!"])
        rows = await system.until_settled()
        assert system.post.texts() == ["Stopped."]
        assert [row.outcome for row in rows if row.direction == "in"] == ["command", "command"]
        assert model.asked[0].finish is Finish.CANCELLED


@pytest.mark.parametrize(
    ("word", "begins"),
    [
        ("/help", "Write to me"),
        ("ajuda", "Escreva-me"),
        ("¡Ayuda!", "Escríbeme"),
        ("/start", "Hello!"),
        ("hablar con un humano", "He avisado"),
        ("/memory", "This assistant does not have that yet"),
    ],
)
async def test_orders_are_obeyed_without_asking_the_model(tmp_path: Path, word: str, begins: str) -> None:
    model = Model(echo)
    async with running(tmp_path, model) as system:
        await system.receive(["ana", 1, word])
        rows = await system.until_settled()
        assert system.post.texts()[0].startswith(begins)
        assert rows[0].outcome == "command" and model.asked == []


async def test_after_human_the_model_keeps_quiet(tmp_path: Path) -> None:
    async with running(tmp_path, Model(echo)) as system:
        await system.receive(["ana", 1, "/human"])
        await system.until_settled()
        await system.receive(["ana", 2, "hello?"])
        rows = await system.until_settled()
        assert rows[-1].outcome == "handed_to_human" and len(system.post.sent) == 1


async def test_after_reset_the_model_no_longer_sees_what_was_said(tmp_path: Path) -> None:
    model = Model(echo)
    async with running(tmp_path, model) as system:
        for number, text in enumerate(["my name is Ana", "hello", "/reset", "who am I?"]):
            await system.receive(["ana", number, text])
            await system.until_settled()
        assert [turn.text for turn in model.asked[1].prompt.turns] == [
            "my name is Ana",
            "You said: my name is Ana",
            "hello",
        ]
        assert [turn.text for turn in model.last.prompt.turns] == ["who am I?"]


async def test_a_tool_call_is_run_and_never_shown(tmp_path: Path) -> None:
    def say(prompt: Prompt) -> str:
        if prompt.turns[-1].role is Role.TOOL:
            return "That makes " + prompt.turns[-1].text
        return '{"name": "calculate", "parameters": {"expression": "12 * 7"}}'

    async with running(tmp_path, Model(say)) as system:
        await system.receive(["ana", 1, "12 times 7?"])
        await system.until_settled()
        assert system.post.texts() == ["That makes 84"]


@pytest.mark.parametrize(
    "call",
    [
        '{"name": "launch", "parameters": {}}',
        '{"name": "calculate", "parameters": {"wrong": 1}}',
        '{"name": "calculate", "parameters": {"expression": "1/0"}}',
        '[calculate(expression="1/0")]',
        '<|python_tag|>{"name": "launch", "arguments": "{}"}',
    ],
)
async def test_a_wrong_call_comes_back_to_the_model_as_an_error(tmp_path: Path, call: str) -> None:
    model = Model(lambda prompt: "I could not." if prompt.turns[-1].role is Role.TOOL else call)
    async with running(tmp_path, model) as system:
        await system.receive(["ana", 1, "do it"])
        await system.until_settled()
        assert system.post.texts() == ["I could not."]
        assert model.last.prompt.turns[-1].text.startswith("error: ")


async def test_a_model_that_calls_forever_is_stopped_and_nothing_call_shaped_is_sent(tmp_path: Path) -> None:
    model = Model(
        lambda prompt: orjson.dumps(
            {"name": "calculate", "parameters": {"expression": str(len(prompt.turns))}}
        ).decode()
    )
    async with running(tmp_path, model) as system:
        await system.receive(["ana", 1, "go"])
        rows = await system.until_settled()
        assert rows[0].outcome == "silent" and len(model.asked) <= 6
        assert [text[:5] for text in system.post.texts()] == ["Sorry"]


async def test_a_dead_engine_costs_a_retry_and_an_overloaded_one_only_time(tmp_path: Path) -> None:
    troubles: list[EngineError] = [EngineDead(), Overloaded(retry_after=0.05), EngineDead()]
    model = Model(lambda prompt: troubles.pop() if troubles else echo(prompt))
    async with running(tmp_path, model) as system:
        await system.receive(["ana", 1, "hello"])
        await system.until_settled(30)
        assert system.post.texts() == ["You said: hello"]


async def test_a_turn_that_always_fails_is_set_aside_visibly(tmp_path: Path) -> None:
    model = Model(lambda prompt: EngineDead() if "poison" in prompt.turns[-1].text else echo(prompt))
    async with running(tmp_path, model, max_attempts=2) as system:
        await system.receive(["ana", 1, "poison"])
        rows = await system.until_settled(30)
        assert (rows[0].outcome, rows[0].outcome_reason) == ("dead", "2 tries failed: engine_dead")
        await system.receive(["ana", 2, "hello"])
        await system.until_settled()
        assert [text[:8] for text in system.post.texts()] == ["Sorry, I", "You said"]


async def test_a_message_that_kills_its_worker_is_isolated_and_set_aside(tmp_path: Path) -> None:
    """Two of three messages survive a batch in which one kills every worker that touches it."""
    async with running(tmp_path, Model(echo), work=False) as system:
        for number, text in enumerate(["good", "poison", "fine"]):
            await system.receive(["ana", number, text])
        now = system.clock.now() + timedelta(seconds=2)
        lease = timedelta(seconds=1)
        for _ in range(40):
            claims = await system.database.write(queue.claim, "doomed", now, lease, 1)
            if not claims:
                break
            now += timedelta(seconds=2)
            waiting = await system.database.read(queue.waiting, claims[0].conversation)
            batch, _ = _batch(waiting, claims[0].crashes)
            kills = any("poison" in str(message.parts) for message in batch)
            if kills and claims[0].crashes < system.settings.max_crashes:
                continue  # the worker died here: no release, no settlement
            assert claims[0].crashes == 0 or len(batch) == 1 or claims[0].crashes < ISOLATE_AFTER
            await system.worker._answerer.answer(Running(claims[0]))
        rows = await system.rows()
        assert [row.outcome for row in rows if row.direction == "in"] == ["answered", "dead", "answered"]


async def test_who_writes_just_when_a_closed_window_was_seen_is_answered(tmp_path: Path) -> None:
    """The claim saw the window closed; the message that opens it again came before its messages were read."""
    async with running(tmp_path, Model(echo), work=False) as system:
        await system.receive(["ana", 1, "before"])
        past = system.clock.now() - timedelta(seconds=1)

        def claim_late(connection: Connection) -> list[queue.Claim]:
            connection.execute(update(conversations).values(window_until=past))
            later = system.clock.now() + timedelta(seconds=5)
            return queue.claim(connection, "late", later, timedelta(minutes=1), 1)

        [claimed] = await system.database.write(claim_late)
        await system.receive(["ana", 2, "after"])
        await system.worker._answerer.answer(Running(claimed))
        rows = await system.rows()
        assert [row.outcome for row in rows if row.direction == "in"] == ["coalesced", "answered"]


async def test_too_many_messages_in_a_minute_are_told_to_staff_not_to_the_model(tmp_path: Path) -> None:
    model = Model(echo)
    async with running(
        tmp_path, model, messages_per_minute=3, debounce_seconds=0.4, debounce_cap_seconds=10
    ) as system:
        for number in range(5):
            await system.receive(["ana", number, "hi"])
        rows = await system.until_settled()
        assert {row.outcome for row in rows} == {"quota"} and model.asked == []


async def test_a_long_answer_is_cut_into_parts_that_leave_in_order(tmp_path: Path) -> None:
    text = " ".join(f"Sentence number {number}." for number in range(30))
    async with running(tmp_path, Model(lambda prompt: text)) as system:
        await system.receive(["ana", 1, "tell me"])
        await system.until_settled()
        assert len(system.post.texts()) > 3
        assert " ".join(system.post.texts()).split() == text.split()
        assert all(len(part) <= 120 for part in system.post.texts())


async def test_two_workers_share_the_work_and_answer_nobody_twice(tmp_path: Path) -> None:
    async with running(tmp_path, Model(echo)) as system:
        second = system.new_worker("second")
        second.start()
        for number in range(60):
            await system.receive([f"p{number % 20}", number, f"message {number}"])
        await system.until_settled(30)
        await second.close(grace=1)
        told = [text for number in range(20) for text in system.post.texts(f"p{number}")]
        words = " / ".join(text.removeprefix("You said: ") for text in told).split(" / ")
        assert sorted(words) == sorted(f"message {number}" for number in range(60))


async def test_a_drained_worker_gives_its_turn_back_and_the_next_one_answers(tmp_path: Path) -> None:
    model = Model(echo)
    async with running(tmp_path, model) as system:
        model.hold()
        await system.receive(["ana", 1, "hello"])
        await model.until_asked()
        await system.worker.close(grace=0.05)
        model.release()
        system.worker = system.new_worker("next")
        system.worker.start()
        await system.until_settled()
        assert system.post.texts() == ["You said: hello"]


async def test_a_place_that_becomes_free_is_taken_at_once_by_whoever_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.worker.POLL", 3600.0)  # no look comes by itself
    async with running(tmp_path, Model(echo), turns_at_once=1) as system:
        await system.receive(*([f"p{number}", 1, "hello"] for number in range(6)))
        await system.until_settled()
        assert len(system.post.sent) == 6


async def test_a_message_that_came_during_a_turn_is_answered_as_soon_as_the_turn_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.worker.POLL", 3600.0)  # no look comes by itself
    model = Model(echo)
    async with running(tmp_path, model, debounce_seconds=0, lease_seconds=600) as system:
        model.hold()
        await system.receive(["ana", 1, "hello"])
        await model.until_asked()
        for number in range(2, 6):  # more often than a turn begins again for them
            await system.receive(["ana", number, f"and {number}"])
            await asyncio.sleep(0.2)
        model.release()
        await system.until_settled()
        assert " / ".join(system.post.texts()).count("and") == 4


async def test_while_a_channel_is_paused_nobody_watches_an_answer_grow(tmp_path: Path) -> None:
    """Staff who pause a channel are told that nothing is sent: on a page that streams nothing may be read either."""
    async with running(tmp_path, Model(lambda prompt: "some words in a row", delay=0.005)) as system:
        system.post.caps = replace(system.post.caps, streaming=True)  # type: ignore[misc]
        address = Address(channel="post", account="office", peer="ana")
        async with system.bus.subscribe(f"page:{address.key}") as frames:
            await system.database.write(accounts.pause_whole, "post", "paused by staff", system.clock.now())
            await system.receive(["ana", 1, "hello"])
            async with asyncio.timeout(10):
                assert orjson.loads(await anext(frames))["kind"] == "done"
            here = (await system.rows())[0].conversation
            seen = await system.database.read(chats.messages, here)
            assert [message.direction for message in seen] == ["in"]
            await system.database.write(accounts.resume, "post")
            await system.bus.ring(OUTBOX_BELL)
            await system.until_settled()
        assert system.post.texts() == ["some words in a row"]
