"""Who computes next: the queue by lane, prompts in chunks between decode steps, cancel, deadline, every end told."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import numpy as np

from ...errors import ContextTooLong, EngineError, Overloaded
from ...types import Finish, Lane
from .forward import Forward, Piece
from .sampler import Rule, sample
from .slots import Ids, Slot, Table, common
from .tokens import Detokenizer, Tokens

log = logging.getLogger(__name__)

_LANES: Final = {lane.value: rank for rank, lane in enumerate(Lane)}
_WORTH_WAITING: Final = 16
_WORTH_SHARING: Final = 64
_BROKEN_AFTER: Final = 3


class Out(Protocol):
    """Where results go: the pipe, or a list in a test."""

    def reply(self, request_id: str, body: Mapping[str, Any], *, last: bool = False) -> None: ...

    def error(self, request_id: str, error: Exception) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """`chunk`: prompt tokens computed between two decode steps. `queue`: requests that may wait."""

    context: int
    chunk: int = 512
    queue: int = 512
    ignore_stops: bool = False


@dataclass(slots=True, eq=False)
class Request:
    id: str
    ids: Ids
    rule: Rule
    text: Detokenizer
    max_tokens: int
    conversation: str | None
    lane: int
    arrived: int
    deadline_at: float
    slot: Slot | None = None
    started: bool = False
    cached: int = 0
    answer: list[int] = field(default_factory=list)

    @property
    def missing(self) -> int:
        """Prompt tokens not yet computed."""
        return len(self.ids) - (self.slot.length if self.slot is not None else 0)


class Scheduler:
    """One step at a time: admit, compute a chunk of prompts, decode one token for every running row."""

    def __init__(
        self,
        forward: Forward,
        table: Table,
        tokens: Tokens,
        limits: Limits,
        out: Out,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._forward = forward
        self._table = table
        self._tokens = tokens
        self._limits = limits
        self._out = out
        self._clock = clock
        self._requests: dict[str, Request] = {}
        self._waiting: list[Request] = []
        self._filling: list[Request] = []
        self._rows: list[Request] = []  # aligned with the table's slots 0 … running-1
        self._batch: list[str] = []
        self._batch_alike = 0
        self._arrivals = 0
        self._failures = 0
        self.totals = {"prompt_tokens": 0, "cached_tokens": 0, "completion_tokens": 0}

    def warm(self) -> None:
        """One pass before the first request: a model that cannot compute must say so now, and memory is laid out."""
        self._forward([Piece(0, np.array([0, 1], dtype=np.int32), 0)])

    # --- what comes in ---------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        return bool(self._requests)

    def stats(self) -> dict[str, int]:
        running = len(self._rows) + len(self._filling)
        return {
            "running": running,
            "waiting": len(self._waiting),
            "slots": len(self._table.slots),
            **self.totals,
        }

    def add(self, request_id: str, body: Mapping[str, Any]) -> None:
        """Queue a request; one that cannot run ends at once with its error."""
        try:
            self._add(request_id, body)
        except EngineError as error:
            self._out.error(request_id, error)
        except Exception as error:
            log.exception("request could not be read")
            self._out.error(request_id, error)

    def _add(self, request_id: str, body: Mapping[str, Any]) -> None:
        if request_id in self._requests:
            raise EngineError("a request with this id is running")
        if len(self._waiting) >= self._limits.queue:
            raise Overloaded(retry_after=2.0)
        sampling = body["sampling"]
        ids = self._tokens.encode(body["segments"])
        wanted = max(1, int(sampling.get("max_tokens") or 1))
        limit = self._limits.context - min(wanted, max(1, self._limits.context // 8))
        if len(ids) > limit:
            raise ContextTooLong(tokens=len(ids), limit=limit)
        if not ids:
            raise EngineError("the prompt is empty")
        side = body.get("fork_of") is not None
        self._arrivals += 1
        request = Request(
            id=request_id,
            ids=np.array(ids, dtype=np.int32),
            rule=Rule(sampling, ids),
            text=Detokenizer(self._tokens, sampling.get("stop") or ()),
            max_tokens=min(wanted, self._limits.context - len(ids)),
            conversation=None if side else body.get("conversation"),
            lane=_LANES.get(body.get("lane", ""), 0),
            arrived=self._arrivals,
            deadline_at=self._clock() + float(body["deadline"])
            if body.get("deadline") is not None
            else float("inf"),
        )
        self._requests[request_id] = request
        self._waiting.append(request)
        self._waiting.sort(key=lambda waiting: (waiting.lane, waiting.arrived))

    def cancel(self, request_id: str) -> None:
        """The asker left: free the slot now, keep what was computed for the conversation's next turn."""
        request = self._requests.get(request_id)
        if request is not None:
            self._end(request, Finish.CANCELLED)

    # --- one step --------------------------------------------------------------------------------------

    def step(self) -> None:
        """Admit, fill, decode. An exception ends the requests it hit; the same again and again ends the process."""
        self._expire()
        self._admit()
        for work, hit in ((self._fill, self._filling), (self._decode, self._rows)):
            if not hit:
                continue
            try:
                work()
                self._failures = 0
            except Exception as error:
                self._failures += 1
                log.exception("step failed")
                for request in [request for request in hit if request.started]:
                    self._end(request, None, error)
                if self._failures >= _BROKEN_AFTER:
                    raise

    def _expire(self) -> None:
        now = self._clock()
        for request in [late for late in self._requests.values() if late.deadline_at <= now]:
            if request.slot is None:
                self._end(request, None, Overloaded("the request waited until its deadline"))
            else:
                self._end(request, Finish.CANCELLED)

    def _admit(self) -> None:
        """Give slots to those who wait, by lane. Work nobody waits for leaves a quarter of the slots to others."""
        slots = len(self._table.slots)
        background = sum(request.lane == len(_LANES) - 1 for request in (*self._rows, *self._filling))
        while self._waiting:
            request = self._waiting[0]
            if request.lane == len(_LANES) - 1:
                if background >= max(1, slots * 3 // 4):
                    return
                background += 1
            slot = self._table.take(request.conversation, request.ids)
            if slot is None:
                return
            request.slot = slot
            self._filling.append(self._waiting.pop(0))

    def _fill(self) -> None:
        """Compute one chunk: the first prompt, and others of about its length beside it, padded to the same."""
        chosen: list[Request] = []
        size = 0
        for request in self._filling:
            missing = request.missing
            if not request.started:
                if self._soon_shared(request, chosen):
                    continue
                missing = len(request.ids) - min(self._table.source(request.ids)[1], len(request.ids) - 1)
            if not chosen:
                size = min(missing, self._limits.chunk)
            elif (len(chosen) + 1) * size > self._limits.chunk or min(missing, size) * 2 < size:
                continue
            chosen.append(request)
        for at, request in enumerate(chosen):
            self._table.line_up(_slot(request), at)
            if not request.started:
                self._begin(request)
        pieces = []
        for request in chosen:
            slot = _slot(request)
            ids = request.ids[slot.length : slot.length + min(request.missing, size)]
            pieces.append(Piece(slot.index, ids, slot.length))
        logits = self._forward(pieces, self._alike(chosen))
        for request, piece in zip(chosen, pieces, strict=True):
            slot = _slot(request)
            slot.ids[slot.length : slot.length + len(piece.ids)] = piece.ids
            slot.length += len(piece.ids)
        ready = [at for at, request in enumerate(chosen) if request.missing == 0]
        if ready:
            tokens = sample(logits[ready], [chosen[at].rule for at in ready])
            for at, token in zip(ready, tokens, strict=True):
                request = chosen[at]
                self._filling.remove(request)
                self._table.run(_slot(request))
                self._rows.append(request)
                self._take(request, token)

    def _soon_shared(self, request: Request, chosen: list[Request]) -> bool:
        """Whether another prompt, just being computed, begins like this one: then waiting is cheaper than computing."""
        others = [
            other for other in self._filling if other is not request and (other.started or other in chosen)
        ]
        if not others:
            return False
        _, known = self._table.source(request.ids)
        return any(common(other.ids, request.ids) > known + _WORTH_WAITING for other in others)

    def _begin(self, request: Request) -> None:
        request.started = True
        request.cached = self._table.reuse(_slot(request), request.ids)

    def _alike(self, rows: list[Request]) -> int:
        """How many first tokens all these prompts share and have computed; 0 where that is not worth a second pass."""
        if len(rows) < 2:
            return 0
        shared = min(min(common(rows[0].ids, row.ids), _slot(row).length) for row in rows)
        return shared if shared >= _WORTH_SHARING else 0

    def _decode(self) -> None:
        """One more token for every running row."""
        rows = self._rows
        pieces = [
            Piece(at, np.array(row.answer[-1:], dtype=np.int32), _slot(row).length)
            for at, row in enumerate(rows)
        ]
        if self._batch != [row.id for row in rows]:
            self._batch = [row.id for row in rows]
            self._batch_alike = self._alike(rows)
        logits = self._forward(pieces, self._batch_alike)
        for row in rows:
            slot = _slot(row)
            slot.ids[slot.length] = row.answer[-1]
            slot.length += 1
        for row, token in zip(list(rows), sample(logits, [row.rule for row in rows]), strict=True):
            self._take(row, token)

    # --- what goes out ---------------------------------------------------------------------------------

    def _take(self, request: Request, token: int) -> None:
        """Give a new token's text out and end the request where it ends."""
        if token in self._tokens.stops and not self._limits.ignore_stops:
            self._end(request, Finish.STOP)
            return
        request.answer.append(token)
        text = request.text.push(token)
        if request.text.stopped:
            self._end(request, Finish.STOP, text=text)
        elif len(request.answer) >= request.max_tokens:
            self._end(request, Finish.LENGTH, text=text + request.text.finish())
        elif text:
            self._out.reply(request.id, {"text": text})

    def _end(
        self, request: Request, finish: Finish | None, error: Exception | None = None, text: str | None = None
    ) -> None:
        """The one place where a request ends: its slot is freed and its asker told."""
        self._requests.pop(request.id, None)
        if request.slot is None:
            self._waiting.remove(request)
        else:
            self._leave(request, request.slot, broken=error is not None)
        if error is not None:
            self._out.error(request.id, error)
            return
        usage = {"prompt": len(request.ids), "cached": request.cached, "completion": len(request.answer)}
        for name, count in usage.items():
            self.totals[f"{name}_tokens"] += count
        body = {"text": request.text.finish() if text is None else text, "finish": finish, "usage": usage}
        self._out.reply(request.id, body, last=True)

    def _leave(self, request: Request, slot: Slot, *, broken: bool) -> None:
        if request in self._filling:
            self._filling.remove(request)
        else:
            at = self._rows.index(request)
            last = self._rows.pop()
            if last is not request:
                self._rows[at] = last
        self._table.release(slot, forget=broken)


def _slot(request: Request) -> Slot:
    if request.slot is None:
        raise RuntimeError("the request has no slot")
    return request.slot
