"""The Engine port: a model that streams text for many conversations at once."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from .types import Delta, Lane, Prompt, Sampling


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineHealth:
    """`ready`: a request sent now would run. `steps` rises while the model works; it stands still when it hangs."""

    ready: bool
    sentence: str
    steps: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineStats:
    """What staff, metrics and the worker's leases see, without asking anybody.

    Tokens are totals since start; memory is the model process's resident bytes; `steps` as in EngineHealth.
    """

    model: str
    running: int = 0
    waiting: int = 0
    slots: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    restarts: int = 0
    memory_bytes: int = 0
    steps: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFacts:
    """What the walks must know of a model. `context` in tokens; `note` is shown wherever its answers are.

    `temperature` is the one that suits the model, where the operator set none. `notes`: it can be told things beside
    what people say, such as the day of a message or a summary of what was said long ago.
    """

    name: str
    context: int
    tools: bool
    note: str = ""
    temperature: float = 0.6
    notes: bool = False


@runtime_checkable
class Engine(Protocol):
    async def start(self) -> None:
        """Load the model; returns when it can answer. Raises ModelUnusable with one sentence."""

    @property
    def facts(self) -> ModelFacts: ...

    async def count(self, prompt: Prompt) -> int:
        """Prompt tokens; an engine that cannot count returns an upper estimate."""

    def generate(
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
        """Stream one answer; closing the iterator cancels it. The last Delta has `finish`.

        `conversation` names the K/V to continue and keep. Without it, or with `fork_of` (read that conversation's K/V,
        keep nothing), this is a side pass and leaves every conversation untouched. `deadline` is in seconds from now.
        Raises Overloaded, ContextTooLong, EngineDead; ModelUnusable when a restart finds the model gone.
        """

    async def health(self) -> EngineHealth: ...

    def stats(self) -> EngineStats: ...

    async def close(self) -> None: ...
