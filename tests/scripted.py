"""A deterministic Engine for tests: answers are given, time between tokens too, and every request is recorded."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Callable, Iterable
from dataclasses import dataclass, field

from assistant.engine import EngineHealth, EngineStats, ModelFacts
from assistant.errors import ContextTooLong, EngineDead, EngineError
from assistant.types import Delta, Finish, Lane, Prompt, Role, Sampling, Usage

Answer = str | EngineError
Script = Callable[[Prompt], Answer] | Iterable[Answer]


@dataclass
class Asked:
    """One recorded request. `finish` is None while it runs and when it died of an error."""

    prompt: Prompt
    sampling: Sampling
    request_id: str
    conversation: str | None
    fork_of: str | None
    lane: Lane
    deadline: float | None
    text: str = ""
    finish: Finish | None = None


@dataclass
class ScriptedEngine:
    """`script`: a function prompt -> text, or texts in order (the last one repeats); an EngineError in it is raised.

    `delay`: seconds before each token. `hold()` blocks every generation before its next token until `release()`.
    `die_after`: raise EngineDead after that many tokens, once. One word is one token.
    """

    script: Script = lambda prompt: (
        "You said: "
        + next((turn.text for turn in reversed(prompt.turns) if turn.role is Role.USER), "nothing")
    )
    delay: float = 0.0
    context: int = 1024
    tools: bool = True
    note: str = ""
    notes: bool = False
    die_after: int | None = None
    asked: list[Asked] = field(default_factory=list)
    started: bool = False
    running: int = 0
    most_running: int = 0

    def __post_init__(self) -> None:
        self._free = asyncio.Event()
        self._free.set()
        self._texts = None if callable(self.script) else list(self.script)
        self._tokens = [0, 0]
        self._steps = 0

    # --- what a test does ------------------------------------------------------------------------------

    def hold(self) -> None:
        self._free.clear()

    def release(self) -> None:
        self._free.set()

    async def until_asked(self, count: int = 1, timeout: float = 40.0) -> None:
        """Wait until `count` generations have begun."""
        async with asyncio.timeout(timeout):
            while len(self.asked) < count:
                await asyncio.sleep(0.001)

    @property
    def last(self) -> Asked:
        return self.asked[-1]

    # --- the port --------------------------------------------------------------------------------------

    async def start(self) -> None:
        self.started = True

    @property
    def facts(self) -> ModelFacts:
        return ModelFacts(
            name="scripted",
            context=self.context,
            tools=self.tools,
            note=self.note,
            temperature=0.0,
            notes=self.notes,
        )

    async def count(self, prompt: Prompt) -> int:
        texts = [slot.text for slot in prompt.slots] + [turn.text for turn in prompt.turns]
        return sum(4 + len(_words(text)) for text in texts) + 4 * len(prompt.tools)

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
        asked = Asked(prompt, sampling, request_id, conversation, fork_of, lane, deadline)
        self.asked.append(asked)
        size = await self.count(prompt)
        if size > self.context:
            raise ContextTooLong(tokens=size, limit=self.context)
        answer = self._answer(prompt)
        if isinstance(answer, EngineError):
            raise answer
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        try:
            async for delta in self._stream(asked, answer, size):
                yield delta
        finally:
            self.running -= 1
            if asked.finish is None:
                asked.finish = Finish.CANCELLED

    async def _stream(self, asked: Asked, answer: str, size: int) -> AsyncGenerator[Delta, None]:
        words = _words(answer)
        finish, made = Finish.STOP, 0
        for word in words:
            await asyncio.sleep(self.delay)
            await self._free.wait()
            if made >= asked.sampling.max_tokens:
                finish = Finish.LENGTH
                break
            if self.die_after is not None and made >= self.die_after:
                self.die_after = None
                raise EngineDead("scripted")
            stop = _stop_at(asked.text + word, asked.sampling.stop)
            made += 1
            piece = word if stop is None else (asked.text + word)[len(asked.text) : stop]
            asked.text += piece
            self._steps += 1
            if piece:
                yield Delta(text=piece)
            if stop is not None:
                break
        await self._free.wait()
        asked.finish = finish
        self._tokens[0] += size
        self._tokens[1] += made
        yield Delta(finish=finish, usage=Usage(prompt=size, completion=made))

    async def health(self) -> EngineHealth:
        return EngineHealth(ready=self.started, sentence="scripted", steps=self._steps)

    def stats(self) -> EngineStats:
        return EngineStats(
            model="scripted",
            running=self.running,
            slots=64,
            prompt_tokens=self._tokens[0],
            completion_tokens=self._tokens[1],
            steps=self._steps,
        )

    async def close(self) -> None:
        self.started = False
        self._free.set()

    def _answer(self, prompt: Prompt) -> Answer:
        if self._texts is None:
            assert callable(self.script)
            return self.script(prompt)
        if not self._texts:
            raise EngineError("the script is empty")
        return self._texts.pop(0) if len(self._texts) > 1 else self._texts[0]


def _words(text: str) -> list[str]:
    return re.findall(r"\s*\S+|\s+$", text)


def _stop_at(text: str, stops: Iterable[str]) -> int | None:
    found = [at for at in (text.find(stop) for stop in stops if stop) if at >= 0]
    return min(found, default=None)
