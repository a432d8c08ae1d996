"""LocalEngine: the Engine port over a model in its own process on this machine; never imports torch."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Self

from ...engine import EngineHealth, EngineStats, ModelFacts
from ...host import Host, Patience
from ...settings import Quantize, Settings
from ...types import Delta, Finish, Lane, Prompt, Sampling, Usage
from .. import checkpoint, presets
from ..presets import Preset, Tools
from .frame import Frame
from .template import Template

ENTRY: Final = "assistant.engines.local.child:run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """What the model process may use; 0 means "choose".

    `chunk`: prompt tokens in one pass of the model at most. `budget`: K/V tokens of all conversations together.
    `host_memory`: bytes of the computer's memory for conversations that had to leave the GPU's.
    """

    slots: int = 0
    threads: int = 0
    chunk: int = 0
    queue: int = 512
    budget: int = 0
    host_memory: int = 0
    ignore_stops: bool = False


class LocalEngine:
    """Batches conversations on this machine's CPU or GPUs and remembers them between their turns."""

    def __init__(
        self,
        preset: Preset,
        *,
        quantize: Quantize = Quantize.NONE,
        tuning: Tuning | None = None,
        patience: Patience | None = None,
    ) -> None:
        tuning = tuning or Tuning()
        self._preset = preset
        self._frame: Frame | Template = _llama3(preset)
        options = {
            "name": preset.name,
            "source": preset.source,
            "context": preset.context,
            "quantize": quantize.value,
            "slots": tuning.slots,
            "threads": tuning.threads,
            "chunk": tuning.chunk,
            "queue": tuning.queue,
            "budget": tuning.budget,
            "host_memory": tuning.host_memory,
            "ignore_stops": tuning.ignore_stops,
        }
        self._host = Host(ENTRY, options, name=f"model {preset.name}", patience=patience)
        self._context = preset.context

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """Raises ModelUnusable or SettingsError when the configured model can already be seen not to work."""
        return cls(
            presets.resolve(settings),
            quantize=settings.quantize,
            tuning=Tuning(slots=settings.engine_slots, host_memory=int(settings.engine_host_memory_gb * 1e9)),
        )

    async def start(self) -> None:
        """Load the model in its process. Raises ModelUnusable."""
        loaded = await self._host.start()
        self._context = int(loaded["context"])
        # Only now is a model from the hub here, and its template can be read.
        folder = Path(loaded.get("folder") or self._preset.source)
        self._preset, self._frame = await asyncio.to_thread(_framed, self._preset, folder)

    async def close(self) -> None:
        await self._host.close()

    @property
    def facts(self) -> ModelFacts:
        return ModelFacts(
            name=self._preset.name,
            context=self._context,
            tools=self._preset.tools is not Tools.NONE,
            note=self._preset.note,
            temperature=self._preset.temperature,
            notes=self._preset.tools
            is not Tools.NAMES,  # what the demo model was not shown, it does not understand
        )

    async def count(self, prompt: Prompt) -> int:
        """Exact prompt tokens."""
        async with contextlib.aclosing(self._host.request({"count": self._segments(prompt)})) as replies:
            return int((await anext(replies))["tokens"])

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
        """See the port. A request that comes while the process restarts waits for it, up to its deadline."""
        body = {
            "segments": self._segments(prompt),
            "sampling": _sampling(sampling),
            "conversation": conversation,
            "fork_of": fork_of,
            "lane": lane.value,
            "deadline": deadline,
            "tools": self._tools(prompt),
        }
        async with contextlib.aclosing(self._host.request(body, wait=deadline)) as replies:
            async for reply in replies:
                yield _delta(reply)

    async def health(self) -> EngineHealth:
        return EngineHealth(
            ready=self._host.ready, sentence=self._host.sentence, steps=int(self._host.beat.get("steps", 0))
        )

    def stats(self) -> EngineStats:
        """Totals are those of the running process: they begin again after a restart."""
        kept: dict[str, Any] = dict(self._host.beat.get("stats", {}))
        return EngineStats(
            model=self._preset.name,
            restarts=self._host.restarts,
            memory_bytes=self._host.memory_bytes(),
            steps=int(self._host.beat.get("steps", 0)),
            **kept,
        )

    def _tools(self, prompt: Prompt) -> dict[str, Any] | None:
        """What a tool call may look like, for the grammar that keeps one in form once it has begun."""
        if self._preset.tools is Tools.NONE or not prompt.tools:
            return None
        return {
            "specs": [{"name": tool.name, "schema": dict(tool.schema)} for tool in prompt.tools],
            # Llama's own word for them; every other family's templates say it the other way.
            "arguments": "arguments" if isinstance(self._frame, Template) else "parameters",
        }

    def _segments(self, prompt: Prompt) -> Sequence[tuple[int, str]]:
        return self._frame.segments(prompt)


def _framed(preset: Preset, folder: Path) -> tuple[Preset, Frame | Template]:
    """How this model's prompts are framed: as Llama 3, or by the template in its folder, with what that allows."""
    found = checkpoint.look(folder)
    if found.llama3:
        return preset, _llama3(preset)
    template = Template.of(found)
    return replace(preset, tools=Tools.JSON if template.tools else Tools.NONE, dates=False), template


def _llama3(preset: Preset) -> Frame:
    return Frame(tools=preset.tools, result_role=preset.result_role, dates=preset.dates)


def _sampling(sampling: Sampling) -> dict[str, Any]:
    seed = sampling.seed
    return {
        "max_tokens": sampling.max_tokens,
        "temperature": sampling.temperature,
        "top_p": sampling.top_p,
        "top_k": sampling.top_k,
        "repetition_penalty": sampling.repetition_penalty,
        # The wire's integers have 64 bits.
        "seed": None if seed is None else seed % 2**63,
        "stop": list(sampling.stop),
        "grammar": sampling.grammar,
        "logprobs": sampling.logprobs,
    }


def _delta(reply: dict[str, Any]) -> Delta:
    first = tuple((text, value) for text, value in reply.get("logprobs", ()))
    if "finish" not in reply:
        return Delta(text=reply["text"], logprobs=first)
    usage = Usage(**reply["usage"])
    return Delta(text=reply["text"], finish=Finish(reply["finish"]), usage=usage, logprobs=first)
