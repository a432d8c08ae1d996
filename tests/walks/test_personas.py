"""Personas and limits that staff publish while the system runs: what the next turn does, and what a running one does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import select

from assistant.published import PUBLISHED_TOPIC
from assistant.store import live_settings, personas
from assistant.store.live_settings import LiveSettings
from assistant.store.models import turns
from assistant.store.personas import Content
from assistant.types import Outcome, Prompt, SlotKind
from tests.scripted import ScriptedEngine as Model

from .system import System, running

WHO = {"author": "staff:1"}


def says_who_it_is(prompt: Prompt) -> str:
    """The persona's first words are the answer."""
    return next(slot.text for slot in prompt.slots if slot.kind is SlotKind.PERSONA).split(".")[0]


async def draft(system: System, content: Content) -> int:
    return await system.database.write(
        personas.draft, "Ada", content, comment="", now=system.clock.now(), **WHO
    )


async def publish(system: System, version: int, channel: str | None = None) -> int:
    made = await system.database.write(
        personas.publish, version, channel=channel, now=system.clock.now(), **WHO
    )
    await system.bus.publish(PUBLISHED_TOPIC, b"")
    return made.id


async def versions_of_turns(system: System) -> list[Any]:
    return await system.database.read(
        lambda connection: (
            connection.execute(select(turns.c.persona_version).order_by(turns.c.id)).scalars().all()
        )
    )


async def ask(system: System, number: int) -> str:
    await system.receive(["ana", number, f"hello {number}"])
    await system.until_settled()
    return system.post.texts()[-1]


async def test_replies_carry_the_published_version_and_after_a_rollback_the_one_before(
    tmp_path: Path,
) -> None:
    async with running(tmp_path, Model(says_who_it_is), persona="I am the file.") as system:
        assert await ask(system, 1) == "I am the file"
        one = await draft(system, Content(persona="I am version one."))
        two = await draft(system, Content(persona="I am version two.", temperature=0.25, max_tokens=33))
        assert await ask(system, 2) == "I am the file", "a draft answers nobody"
        await publish(system, one)
        assert await ask(system, 3) == "I am version one"
        newest = await publish(system, two)
        assert await ask(system, 4) == "I am version two"
        engine: Any = system.engine
        assert (engine.last.sampling.temperature, engine.last.sampling.max_tokens) == (0.25, 33)
        await system.database.write(
            personas.roll_back, channel=None, expected=newest, now=system.clock.now(), **WHO
        )
        await system.bus.publish(PUBLISHED_TOPIC, b"")
        assert await ask(system, 5) == "I am version one"
        assert await versions_of_turns(system) == [0, 0, one, two, one]


async def test_a_channels_own_persona_comes_before_everybodys(tmp_path: Path) -> None:
    async with running(tmp_path, Model(says_who_it_is)) as system:
        shared = await draft(system, Content(persona="For all."))
        own = await draft(system, Content(persona="For letters."))
        other = await draft(system, Content(persona="For another channel."))
        await publish(system, own, "post")
        await publish(system, other, "phone")
        await publish(system, shared)
        assert await ask(system, 1) == "For letters"
        await system.database.write(personas.from_file, channel="post", now=system.clock.now(), **WHO)
        await system.bus.publish(PUBLISHED_TOPIC, b"")
        assert await ask(system, 2) == "For all"


async def test_a_turn_that_runs_ends_with_the_persona_it_began_with(tmp_path: Path) -> None:
    model = Model(says_who_it_is)
    async with running(tmp_path, model) as system:
        one = await draft(system, Content(persona="I am version one."))
        await publish(system, one)
        model.hold()
        await system.receive(["ana", 1, "hello"])
        await model.until_asked()
        await publish(system, await draft(system, Content(persona="I am version two.")))
        model.release()
        await system.until_settled()
        assert system.post.texts() == ["I am version one"]
        assert await versions_of_turns(system) == [one]
        assert await ask(system, 2) == "I am version two"


async def test_a_publication_that_nobody_told_of_holds_two_seconds_later(tmp_path: Path) -> None:
    """Redis away: the database alone says it."""
    async with running(tmp_path, Model(says_who_it_is), persona="I am the file.") as system:
        assert await ask(system, 1) == "I am the file"
        version = await draft(system, Content(persona="I am published."))
        await system.database.write(personas.publish, version, channel=None, now=system.clock.now(), **WHO)
        system.worker._answerer.published._looked_at -= 2.0
        assert await ask(system, 2) == "I am published"


async def test_a_version_offers_the_tools_it_names_and_no_others_are_run(tmp_path: Path) -> None:
    call = '{"name": "calculate", "parameters": {"expression": "2+2"}}'
    answers = iter([call, "I have no such tool."])
    model = Model(lambda prompt: next(answers))
    async with running(tmp_path, model) as system:
        await publish(system, await draft(system, Content(persona="Bare.", tools=("get_time",))))
        await ask(system, 1)
        assert [tool.name for tool in model.last.prompt.tools] == ["get_time"]
        assert "there is no tool calculate" in model.last.prompt.turns[-1].text


async def test_limits_that_are_saved_hold_from_the_next_turn_on(tmp_path: Path) -> None:
    async with running(tmp_path, Model(says_who_it_is), persona="Here.", disclosure=True) as system:
        await system.database.write(
            live_settings.save,
            LiveSettings(messages_per_minute=1, disclosure=False),
            expected=0,
            now=system.clock.now(),
            **WHO,
        )
        await system.bus.publish(PUBLISHED_TOPIC, b"")
        assert await ask(system, 1) == "Here", "no line says that an AI writes"
        await system.receive(["ana", 2, "and again"])
        rows = await system.until_settled()
        assert rows[-1].outcome == Outcome.QUOTA
