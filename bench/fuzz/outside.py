"""The other part of the fuzz: the engine through its port, its process killed at random while many are answered."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assistant.engines.local.engine import LocalEngine, Tuning
from assistant.engines.local.tokens import Tokens
from assistant.engines.presets import Preset, Tools
from assistant.errors import AssistantError, EngineDead
from assistant.host import Patience
from assistant.types import Finish, Lane, Prompt, Role, Sampling, Slot, SlotKind, ToolSpec, Turn

from .inside import Tally, greedy
from .requests import CONVERSATIONS, GRAMMARS, ODD, TEXT, WORDS

_HUNG_SECONDS: Final = 120.0
_CROWD: Final = 12


@dataclass
class Kills:
    wanted: int
    done: int = 0


def prompt(chance: random.Random) -> Prompt:
    text = "".join(
        chance.choices(TEXT if chance.random() < 0.3 else WORDS, k=chance.choice((0, 1, 8, 30, 400)))
    )
    turns = (Turn(role=chance.choice(list(Role)), text=text),) * chance.choice((0, 1, 1, 1, 2))
    tools = ()
    if chance.random() < 0.2:
        schema = chance.choice(({"type": "object"}, {"properties": 5}, {}))
        tools = (ToolSpec(name=chance.choice(("get_time", 'quo"te')), description="", schema=schema),)  # type: ignore[assignment]
    return Prompt(
        slots=(Slot(kind=SlotKind.PERSONA, text=chance.choice(("", "You are Ada."))),),
        turns=turns,
        tools=tools,
    )


def sampling(chance: random.Random) -> Sampling:
    return Sampling(
        max_tokens=chance.choice((-1, 0, 1, 5, 12, 12, 12, 2**40)),
        temperature=float(chance.choice(ODD)),
        top_p=float(chance.choice(ODD)),
        top_k=chance.choice((-1, 0, 1, 5, 2**40)),
        repetition_penalty=float(chance.choice(ODD)),
        seed=chance.choice((None, 7, -1, 2**80)),
        stop=tuple(chance.choices(("a", " ", "", "you"), k=chance.choice((0, 0, 2)))),
        grammar=chance.choice(GRAMMARS) if chance.random() < 0.1 else None,
        logprobs=chance.choice((0, 0, 3, 10**6)),
    )


class Outside:
    """A crowd that asks without a pause, and somebody who kills the process under it."""

    def __init__(self, folder: Path, net: Any, tokens: Tokens, context: int, seed: int, tally: Tally) -> None:
        preset = Preset(name="fuzz", source=str(folder), context=context, tools=Tools.NAMES)
        patience = Patience(stall=60, wait=_HUNG_SECONDS, backoff=0.02, backoff_most=0.1)
        self.engine = LocalEngine(preset, tuning=Tuning(slots=6, threads=1, queue=64), patience=patience)
        self.net, self.tokens, self.seed, self.tally = net, tokens, seed, tally

    async def run(self, *, kills: int, requests: int) -> None:
        """Ask `requests` times at least, and until `kills` processes were killed."""
        wanted = Kills(kills)
        await self.engine.start()
        try:
            killer = asyncio.create_task(self._kill(wanted))
            crowd = [
                self._ask(random.Random(self.seed * 100 + at), wanted, -(-requests // _CROWD))
                for at in range(_CROWD)
            ]
            await asyncio.gather(*crowd)
            await killer
            self.tally.killed += wanted.done
            await self._afterwards()  # waits for the process to be there again
            if self.engine.stats().restarts < wanted.done:
                found = self.engine.stats().restarts
                self.tally.wrong.append(f"{wanted.done} processes were killed and {found} started again")
        finally:
            await self.engine.close()

    async def _kill(self, wanted: Kills) -> None:
        chance = random.Random(self.seed)
        killed: set[int] = set()
        while wanted.done < wanted.wanted:
            await asyncio.sleep(chance.uniform(0.05, 0.6))
            pid = self.engine._host.pid
            # A process takes its time to die: until then it is still there, and may not be counted again.
            if pid is not None and pid not in killed and (await self.engine.health()).ready:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    killed.add(pid)
                    wanted.done += 1

    async def _ask(self, chance: random.Random, wanted: Kills, least: int) -> None:
        asked = 0
        while asked < least or wanted.done < wanted.wanted:
            asked += 1
            self.tally.requests += 1
            try:
                await asyncio.wait_for(self._one(chance, f"{chance.randrange(40)}"), _HUNG_SECONDS)
            except TimeoutError:
                self.tally.hung += 1
                self.tally.wrong.append("a request had no end")

    async def _one(self, chance: random.Random, name: str) -> None:
        """One request to its end, or to a random token after which its asker leaves."""
        plain = chance.random() < 0.3
        what = prompt(chance)
        how = Sampling(temperature=0.0, max_tokens=chance.randint(1, 12)) if plain else sampling(chance)
        leave = chance.randint(1, 6) if chance.random() < 0.2 else None
        text, finish, count = "", None, 0
        try:
            async with contextlib.aclosing(
                self.engine.generate(
                    what,
                    how,
                    request_id=name,
                    conversation=chance.choice((None, *CONVERSATIONS)),
                    fork_of=chance.choice(CONVERSATIONS) if chance.random() < 0.1 else None,
                    lane=chance.choice(list(Lane)),
                    deadline=None if plain else chance.choice((None, None, None, 0.0, 0.05, 2.0, -1.0)),
                )
            ) as deltas:
                async for delta in deltas:
                    if finish is not None:
                        self.tally.wrong.append("something came after the end")
                    text, finish, count = text + delta.text, delta.finish, count + 1
                    if count == leave:
                        self._ended("left")
                        return
        except AssistantError as error:
            self._ended(type(error).__name__)
            return
        except (TypeError, ValueError) as error:  # what the wire cannot carry is refused before it is sent
            self._ended(f"refused, {type(error).__name__}")
            return
        if finish is None:
            self.tally.wrong.append("an answer stopped without an end")
            return
        self._ended(str(finish))
        if plain and not what.tools and finish in (Finish.LENGTH, Finish.STOP) and chance.random() < 0.3:
            ids = self.tokens.encode(self.engine._segments(what))
            self._compare(text, greedy(self.net, self.tokens, ids, how.max_tokens))

    def _compare(self, text: str, wanted: str) -> None:
        self.tally.of += 1
        if text == wanted:
            self.tally.identical += 1
        else:
            self.tally.wrong.append("an answer of the process is not what generate writes")

    def _ended(self, how: str) -> None:
        self.tally.ended += 1
        self.tally.outcomes[how] += 1

    async def _afterwards(self) -> None:
        """The engine still answers, as it should, and nothing is at work or waits."""
        what = Prompt(slots=(), turns=(Turn(role=Role.USER, text="Hello world"),))
        how = Sampling(temperature=0.0, max_tokens=12)
        text = None
        for _ in range(3):  # the last kill may only be noticed now
            with contextlib.suppress(EngineDead):
                deltas = self.engine.generate(what, how, request_id="after")
                text = "".join([delta.text async for delta in deltas])
                break
        if text is None:
            self.tally.wrong.append("the engine does not answer afterwards")
            return
        ids = self.tokens.encode(self.engine._segments(what))
        self._compare(text, greedy(self.net, self.tokens, ids, 12))
        await asyncio.sleep(0.8)  # until the next beat
        stats = self.engine.stats()
        if stats.running or stats.waiting:
            self.tally.leaks += stats.running + stats.waiting
            self.tally.wrong.append(f"{stats.running} run and {stats.waiting} wait when nobody is left")
