"""A model for the walks' tests: says what a function tells it, word by word, and can be held in the middle."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable

from assistant.engine import EngineHealth, EngineStats, ModelFacts
from assistant.types import Delta, Finish, Lane, Prompt, Sampling, Usage


def echo(prompt: Prompt) -> str:
    return "You said: " + prompt.turns[-1].text.replace("\n", " / ")


class Model:
    def __init__(self, say: Callable[[Prompt], str | Exception] = echo, *, context: int = 4096) -> None:
        self.say = say
        self.prompts: list[Prompt] = []
        self.started = asyncio.Event()
        self.hold = asyncio.Event()
        self.hold.set()
        self.cancelled = 0
        self.context = context

    async def start(self) -> None:
        pass

    async def close(self) -> None:
        pass

    @property
    def facts(self) -> ModelFacts:
        return ModelFacts(name="scripted", context=self.context, tools=True)

    async def count(self, prompt: Prompt) -> int:
        """A token is a word."""
        texts = [slot.text for slot in prompt.slots] + [turn.text for turn in prompt.turns]
        return sum(len(text.split()) for text in texts)

    async def generate(
        self,
        prompt: Prompt,
        sampling: Sampling,
        *,
        request_id: str,
        conversation: str | None = None,
        fork_of: str | None = None,
        lane: Lane = Lane.INTERACTIVE,
        deadline: float | None = None,
    ) -> AsyncGenerator[Delta, None]:
        self.prompts.append(prompt)
        said = self.say(prompt)
        if isinstance(said, Exception):
            raise said
        try:
            yield Delta(text=said[:2])
            self.started.set()
            while not self.hold.is_set():
                await asyncio.sleep(0.01)
                yield Delta()
            for word in said[2:].split(" "):
                yield Delta(text=word + " ")
            yield Delta(
                finish=Finish.STOP, usage=Usage(prompt=await self.count(prompt), completion=len(said.split()))
            )
        except GeneratorExit:
            self.cancelled += 1
            raise

    async def health(self) -> EngineHealth:
        return EngineHealth(ready=True, sentence="")

    def stats(self) -> EngineStats:
        return EngineStats(model="scripted")
