"""One request in the model's process: what was asked, how far it is, and how its answer is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from ...errors import ContextTooLong, EngineError
from ...types import Lane
from .attic import Ids
from .grammar import Grammars, Mask, Watch
from .sampler import Rule
from .slots import Slot
from .tokens import Detokenizer, Tokens

LANES: Final = {lane.value: rank for rank, lane in enumerate(Lane)}
BACKGROUND: Final = LANES[Lane.BACKGROUND]
_MOST_LOGPROBS: Final = 100


@dataclass(slots=True, eq=False)
class Request:
    """`ids` are the tokens to compute before the next one is drawn: the prompt, and after a preemption the answer so far.

    `prompt` counts the asker's tokens. `lane` is the rank of its lane: the lower goes first. `arrived` is the step before
    which it came.
    """

    id: str
    ids: Ids
    prompt: int
    rule: Rule
    text: Detokenizer
    max_tokens: int
    conversation: str | None
    fork_of: str | None
    lane: int
    arrived: int
    deadline_at: float
    logprobs: int = 0
    tools: Mapping[str, Any] | None = None
    watch: Watch | None = None
    mask: Mask | None = None
    slot: Slot | None = None
    started: bool = False
    running: bool = False
    cached: int = 0
    answer: list[int] = field(default_factory=list)

    @property
    def turn(self) -> tuple[int, int, int]:
        """Who goes first: by lane, then by arrival; of those that came together the shorter prompt."""
        return self.lane, self.arrived, self.prompt

    @property
    def need(self) -> int:
        """K/V tokens it may come to."""
        return self.prompt + self.max_tokens

    @property
    def missing(self) -> int:
        """Tokens not yet computed."""
        return len(self.ids) - (self.slot.length if self.slot is not None else 0)

    @property
    def place(self) -> Slot:
        """Its slot. Raises RuntimeError while it has none."""
        if self.slot is None:
            raise RuntimeError("the request has no slot")
        return self.slot

    def set_aside(self) -> None:
        """Its slot goes to somebody more urgent: what it has written becomes part of what is to be computed."""
        self.ids = np.concatenate([self.ids[: self.prompt], np.array(self.answer, dtype=np.int32)])
        self.slot, self.started, self.running = None, False, False

    def drew(self, token: int, spelled: bytes, grammars: Grammars) -> None:
        """A token was chosen: follow it in the grammar, and begin one where a tool call begins."""
        if self.mask is not None:
            self.mask.took(token)
        elif self.watch is not None and self.tools is not None:
            begun = self.watch.push(spelled)
            if begun is not None:
                self.watch = None
            if begun:
                self.mask = grammars.call(self.tools, [*self.answer, token])


def read(
    body: Mapping[str, Any],
    *,
    request_id: str,
    arrived: int,
    now: float,
    context: int,
    tokens: Tokens,
    grammars: Grammars,
) -> Request:
    """A request from the pipe. Raises ContextTooLong when its prompt leaves no room for an answer, EngineError."""
    sampling = body["sampling"]
    ids = _ids(body, tokens)
    wanted = max(1, int(sampling.get("max_tokens") or 1))
    limit = context - min(wanted, max(1, context // 8))
    if len(ids) > limit:
        raise ContextTooLong(tokens=len(ids), limit=limit)
    tools = body.get("tools")
    grammar = sampling.get("grammar")
    deadline = body.get("deadline")
    return Request(
        id=request_id,
        ids=np.array(ids, dtype=np.int32),
        prompt=len(ids),
        rule=Rule(sampling, ids),
        text=Detokenizer(tokens, sampling.get("stop") or ()),
        max_tokens=min(wanted, context - len(ids)),
        conversation=None if body.get("fork_of") is not None else body.get("conversation"),
        fork_of=body.get("fork_of"),
        lane=LANES.get(body.get("lane", ""), 0),
        arrived=arrived,
        deadline_at=float("inf") if deadline is None else now + float(deadline),
        logprobs=min(max(0, int(sampling.get("logprobs") or 0)), _MOST_LOGPROBS),
        tools=tools or None,
        watch=Watch() if tools and not grammar else None,
        mask=grammars.whole(grammar) if grammar else None,
    )


def _ids(body: Mapping[str, Any], tokens: Tokens) -> list[int]:
    given = body.get("ids")
    ids = tokens.encode(body["segments"]) if given is None else [int(at) for at in given]
    if not ids:
        raise EngineError("the prompt is empty")
    if min(ids) < 0 or max(ids) >= tokens.vocabulary:
        raise EngineError("the prompt has a token that this model does not know")
    return ids
