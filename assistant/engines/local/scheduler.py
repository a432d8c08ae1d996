"""Who computes next: the queue by lane, prompts in chunks beside the running rows, cancel, deadline, every end told."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from ...errors import EngineError, Overloaded
from ...types import Finish
from .forward import Forward, Piece, Row
from .grammar import Grammars
from .request import BACKGROUND, Request, read
from .sampler import logprobs, sample
from .slots import Table, common
from .tokens import Tokens

log = logging.getLogger(__name__)

_WORTH_WAITING: Final = 16
_WORTH_SHARING: Final = 64
_BROKEN_AFTER: Final = 3
_LEAST_CHUNK: Final = 32
_FIRST_CHUNK: Final = 64
_PASS_SECONDS: Final = 0.25  # so long may rows wait for their next token while others' prompts are computed
_ALONE_SECONDS: Final = (
    4.0  # and so long a pass may take when none wait: cancels and the heartbeat come between passes
)
_QUEUE_BUDGETS: Final = 16


class Out(Protocol):
    """Where results go: the pipe, or a list in a test."""

    def reply(self, request_id: str, body: Mapping[str, Any], *, last: bool = False) -> None: ...

    def error(self, request_id: str, error: Exception) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """`chunk`: prompt tokens in one pass at most; fewer where they would hold up running answers. `queue`: who may wait."""

    context: int
    chunk: int = 512
    queue: int = 512
    ignore_stops: bool = False


class Scheduler:
    """One step at a time: admit, then one pass over the next token of every running row and a chunk of prompts."""

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
        self._grammars = Grammars(tokens)
        self._limits = limits
        self._out = out
        self._clock = clock
        self._requests: dict[str, Request] = {}
        self._waiting: list[Request] = []
        self._filling: list[Request] = []
        self._rows: list[Request] = []
        self._alike: int | None = None
        self._steps = 0
        self._failures = 0
        self._seconds_a_token = 0.0
        self.totals = {"prompt_tokens": 0, "cached_tokens": 0, "completion_tokens": 0}

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
            raise self._overloaded("so many requests wait that this one would not be answered soon")
        request = read(
            body,
            request_id=request_id,
            arrived=self._steps,
            now=self._clock(),
            context=self._limits.context,
            tokens=self._tokens,
            grammars=self._grammars,
        )
        promised = sum(waiting.need for waiting in self._waiting)
        if self._waiting and promised + request.need > _QUEUE_BUDGETS * self._table.budget:
            raise self._overloaded("the prompts that wait already fill the model's memory many times over")
        self._requests[request_id] = request
        self._queue(request)

    def _queue(self, request: Request) -> None:
        self._waiting.append(request)
        self._waiting.sort(key=lambda waiting: waiting.turn)

    def _overloaded(self, sentence: str) -> Overloaded:
        """With a guess when to come again, from how fast prompts were computed lately."""
        seconds = self._seconds_a_token * sum(waiting.need for waiting in self._waiting)
        return Overloaded(sentence, retry_after=min(60.0, max(2.0, seconds)))

    def cancel(self, request_id: str) -> None:
        """The asker left: free the slot now, keep what was computed for the conversation's next turn."""
        request = self._requests.get(request_id)
        if request is not None:
            self._end(request, Finish.CANCELLED)

    # --- one step --------------------------------------------------------------------------------------

    def step(self) -> None:
        """Admit and compute. A pass that fails ends the requests it hit; again and again, it ends the process."""
        self._steps += 1
        self._expire()
        self._admit()
        pieces = self._chunk()
        if not pieces and not self._rows:
            return
        asked = [request for request, _ in pieces]
        try:
            self._pass(pieces)
            self._failures = 0
        except Exception as error:
            self._failures += 1
            log.exception("a pass of the model failed")
            # New prompts are the likelier cause. The rows were not moved on and go on without them.
            for request in asked or list(self._rows):
                self._end(request, None, error)
            if self._failures >= _BROKEN_AFTER:
                raise

    def _expire(self) -> None:
        now = self._clock()
        for request in [late for late in self._requests.values() if late.deadline_at <= now]:
            if request.slot is None and not request.answer:
                self._end(request, None, self._overloaded("the request waited until its deadline"))
            else:
                self._end(request, Finish.CANCELLED)

    def _admit(self) -> None:
        """Give slots to those who wait, by lane; work nobody waits for makes way for people."""
        slots = len(self._table.slots)
        while self._waiting:
            request = self._waiting[0]
            if request.lane == BACKGROUND:
                at_work = sum(other.lane == BACKGROUND for other in (*self._rows, *self._filling))
                if at_work >= max(1, slots * 3 // 4):
                    return
            slot = self._table.take(request.conversation, request.ids, request.need, request.fork_of)
            if slot is not None:
                request.slot = slot
                self._filling.append(self._waiting.pop(0))
            elif not self._make_way(request):
                return

    def _make_way(self, request: Request) -> bool:
        """Set the youngest background request aside for somebody who waits; False when there is none."""
        lesser = [
            other
            for other in (*self._rows, *self._filling)
            if other.lane == BACKGROUND and request.lane < BACKGROUND
        ]
        if not lesser:
            return False
        other = max(lesser, key=lambda one: one.arrived)
        self._leave(other, forget=False)
        other.set_aside()
        self._queue(other)
        return True

    def _chunk(self) -> list[tuple[Request, Piece]]:
        """The prompt tokens of this pass, by lane and arrival, as many as others can wait for."""
        left = min(self._limits.chunk, self._bearable())
        chosen: list[tuple[Request, Piece]] = []
        self._filling.sort(key=lambda request: request.turn)
        for request in self._filling:
            if left <= 0:
                break
            if not request.started:
                if self._soon_shared(request):
                    continue
                self._table.line_up(request.place, sum(other.started for other in self._filling))
                request.started = True
                request.cached = max(request.cached, self._table.reuse(request.place, request.ids))
            start = request.place.length
            ids = request.ids[start : start + left]
            left -= len(ids)
            chosen.append((request, Piece(0, ids, start, start + len(ids) == len(request.ids))))
        return [
            (request, Piece(request.place.index, piece.ids, piece.start, piece.last))
            for request, piece in chosen
        ]

    def _bearable(self) -> int:
        """Prompt tokens that a pass may take on this machine, as fast as it was lately; few before that is known."""
        if not self._seconds_a_token:
            return _FIRST_CHUNK
        seconds = _PASS_SECONDS if self._rows else _ALONE_SECONDS
        return max(_LEAST_CHUNK, int(seconds / self._seconds_a_token))

    def _soon_shared(self, request: Request) -> bool:
        """Whether another prompt, just being computed, begins like this one: then waiting is cheaper than computing."""
        others = [one for one in self._filling if one.started and one is not request]
        if not others:
            return False
        _, known = self._table.source(request.ids)
        return any(common(other.ids, request.ids) > known + _WORTH_WAITING for other in others)

    def _pass(self, pieces: Sequence[tuple[Request, Piece]]) -> None:
        rows = list(self._rows)
        began = self._clock()
        logits = self._forward(
            [Row(row.place.index, row.answer[-1], row.place.length) for row in rows],
            [piece for _, piece in pieces],
            self._shared(),
        )
        drawing = rows + [request for request, piece in pieces if piece.last]
        allowed = {
            at: mask
            for at, request in enumerate(drawing)
            if request.mask is not None and (mask := request.mask.allowed()) is not None
        }
        first = {
            request.id: logprobs(logits[at], request.logprobs)
            for at, request in enumerate(drawing)
            if request.logprobs and not request.answer
        }
        tokens = sample(logits, [request.rule for request in drawing], allowed)
        for row in rows:
            slot = row.place
            slot.ids[slot.length] = row.answer[-1]
            slot.length += 1
        for request, piece in pieces:
            slot = request.place
            slot.length = piece.start + len(piece.ids)
            slot.ids[piece.start : slot.length] = piece.ids
        self._measure(sum(len(piece.ids) for _, piece in pieces), self._clock() - began)
        for request, token in zip(drawing, tokens, strict=True):
            if not request.running:
                self._filling.remove(request)
                self._table.run(request.place)
                self._rows.append(request)
                self._alike = None if self._alike is None else min(self._alike, self._common_with(request))
                request.running = True
            try:
                self._take(request, token, first.get(request.id))
            except (
                Exception
            ) as error:  # a schema or stop string that makes no sense is its asker's fault alone
                log.exception("an answer could not be continued")
                if request.id in self._requests:
                    self._end(request, None, error)

    def _measure(self, prompt_tokens: int, seconds: float) -> None:
        if prompt_tokens >= _LEAST_CHUNK and seconds > 0:
            lately = seconds / prompt_tokens
            self._seconds_a_token = (
                self._seconds_a_token * 0.7 + lately * 0.3 if self._seconds_a_token else lately
            )

    def _shared(self) -> int:
        """How many first tokens all running rows share; 0 where that is not worth a second look at them."""
        if len(self._rows) < 2:
            return 0
        if self._alike is None:
            self._alike = min(self._common_with(row) for row in self._rows)
        return self._alike if self._alike >= _WORTH_SHARING else 0

    def _common_with(self, request: Request) -> int:
        return common(self._rows[0].ids, request.ids)

    # --- what goes out ---------------------------------------------------------------------------------

    def _take(self, request: Request, token: int, first: list[tuple[int, float]] | None = None) -> None:
        """Give a new token's text out and end the request where it ends."""
        more: dict[str, Any] = {}
        if first:
            more["logprobs"] = [
                (self._tokens.bytes_of(at).decode("utf-8", "replace"), value) for at, value in first
            ]
        if token in self._tokens.stops and not self._limits.ignore_stops:
            self._end(request, Finish.STOP, more=more)
            return
        request.drew(token, self._tokens.bytes_of(token), self._grammars)
        request.answer.append(token)
        text = request.text.push(token)
        if request.text.stopped:
            self._end(request, Finish.STOP, text=text, more=more)
        elif request.mask is not None and request.mask.complete:
            self._end(request, Finish.STOP, text=text + request.text.finish(), more=more)
        elif len(request.answer) >= request.max_tokens:
            self._end(request, Finish.LENGTH, text=text + request.text.finish(), more=more)
        elif text or more:
            self._out.reply(request.id, {"text": text, **more})

    def _end(
        self,
        request: Request,
        finish: Finish | None,
        error: Exception | None = None,
        text: str | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        """The one place where a request ends: its slot is freed and its asker told."""
        self._requests.pop(request.id, None)
        if request.slot is None:
            self._waiting.remove(request)
        else:
            self._leave(request, forget=error is not None)
        if error is not None:
            self._out.error(request.id, error)
            return
        usage = {"prompt": request.prompt, "cached": request.cached, "completion": len(request.answer)}
        for name, count in usage.items():
            self.totals[f"{name}_tokens"] += count
        body = {"text": request.text.finish() if text is None else text, "finish": finish, "usage": usage}
        self._out.reply(request.id, {**body, **(more or {})}, last=True)

    def _leave(self, request: Request, *, forget: bool) -> None:
        if request.running:
            # As the table does it: the last row moves into the place of the one that leaves.
            at = self._rows.index(request)
            last = self._rows.pop()
            if last is not request:
                self._rows[at] = last
            if not self._rows or (self._alike is not None and self._alike < _WORTH_SHARING):
                self._alike = None
        else:
            self._filling.remove(request)
        self._table.release(request.place, ran=request.running, forget=forget)
