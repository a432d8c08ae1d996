"""Reads one streamed answer: pieces as deltas, ended by the server or by our own stop strings, length and deadline."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from typing import Any, Final

import aiohttp

from ..errors import EngineDead, Overloaded
from ..types import Delta, Finish, Sampling, Usage
from . import refusals, wire
from .stops import Stops

# A server whose end-of-turn tokens are not set up writes them out and goes on; no person wants to read those.
CONTROLS: Final = ("<|eot_id|>", "<|eom_id|>", "<|end_of_text|>", "<|start_header_id|>")
_USAGE_SECONDS: Final = 1.0
_DRAIN_SECONDS: Final = 0.02


class Answer:
    """`until`: the loop's time at which it ends, whatever came. `quiet`: seconds without a byte that mean it hangs.

    `began`: the server said something sensible. `whole`: it also ended the answer itself.
    """

    def __init__(
        self,
        response: aiohttp.ClientResponse,
        sampling: Sampling,
        *,
        until: float | None,
        quiet: float,
        context: int,
        estimate: int,
    ) -> None:
        self._response = response
        self._sampling = sampling
        self._until = until
        self._quiet = quiet
        self._context = context
        self._estimate = estimate
        self._stops = Stops((*sampling.stop, *CONTROLS))
        self._calls = wire.Calls()
        self._finish: Finish | None = None
        self._cut: Finish | None = None
        self._tokens = 0.0
        self._logprobs: tuple[tuple[str, float], ...] | None = None
        self._done = self._eof = False
        self._loop = asyncio.get_running_loop()
        self._waiting_since: float | None = None
        self._timer: asyncio.TimerHandle | None = None
        self.usage: Usage | None = None
        self.began = False
        self.whole = False

    async def deltas(self) -> AsyncGenerator[Delta, None]:
        """The pieces; the last one has the finish and the usage. Raises EngineError."""
        events = wire.Events(self._response.headers.get("Content-Type", ""))
        self._watch()
        try:
            while not (self._done or self._cut or self._eof or (self._finish and self.usage)):
                text = self._take(await self._next(events))
                if text or self._logprobs is not None:
                    yield Delta(text=text, logprobs=self._logprobs)
                    self._logprobs = None
        finally:
            self._unwatch()
        finish = self._cut or self._finish or self._ending()
        if finish is Finish.ERROR:
            raise EngineDead("the model server gave up in the middle of an answer")
        held = self._stops.end()
        if held and self._cut is None:
            yield Delta(text=held)
        # A call whose answer was cut is never run: its arguments may be half of what was meant.
        if self._calls and finish in (Finish.STOP, Finish.TOOL):
            finish = Finish.TOOL
            for call in self._calls.whole():
                yield Delta(tool_call=call)
        self.whole = self._cut is None
        yield Delta(finish=finish, usage=self.usage or self._counted())

    async def finish_reading(self) -> None:
        """Take in the last bytes of an answer that ended, so that its connection serves the next one."""
        with contextlib.suppress(aiohttp.ClientError, TimeoutError, OSError):
            async with asyncio.timeout(_DRAIN_SECONDS):
                while not self._response.content.at_eof():
                    await self._response.content.readany()

    # --- reading -------------------------------------------------------------------------------------------

    async def _next(self, events: wire.Events) -> list[dict[str, Any]]:
        """The events of one read; the last ones, and `_eof`, when there is no more to read."""
        try:
            self._waiting_since = self._loop.time()
            data = await self._response.content.readany()
            self._waiting_since = None
            if data:
                return events.feed(data)
        except TimeoutError:
            if self._finish is None:
                self._ran_out(self._loop.time())
        except (aiohttp.ClientError, OSError) as error:
            if self._finish is None:
                raise EngineDead(f"the model server broke off ({type(error).__name__})") from None
        self._eof = True
        return events.end()

    def _watch(self) -> None:
        """One timer for the whole answer, which moves on when it fires: one for every read would cost as much as it."""
        now = self._loop.time()
        # After the finish reason only the usage may come; not every server closes the stream then.
        patience = _USAGE_SECONDS if self._finish else self._quiet
        due = (now if self._waiting_since is None else self._waiting_since) + patience
        due = due if self._until is None else min(due, self._until)
        if due <= now:
            self._response.content.set_exception(TimeoutError())
        else:
            self._timer = self._loop.call_at(due, self._watch)

    def _unwatch(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _ran_out(self, now: float) -> None:
        if self._until is None or now < self._until:
            raise EngineDead("the model server fell silent")
        if not self.began:
            raise Overloaded("the request waited at the model server until its deadline")
        self._cut = Finish.CANCELLED

    def _take(self, batch: list[dict[str, Any]]) -> str:
        """What a batch of events says; returns its text as far as it may be told."""
        text = ""
        for event in batch:
            if event is wire.DONE:
                self._done = True
                break
            if event.get("error") and self._finish is None:
                raise refusals.in_stream(event["error"], context=self._context, estimate=self._estimate)
            self.usage = wire.usage(event) or self.usage
            for choice in event.get("choices") or ():
                if choice.get("index"):
                    continue  # we asked for one answer
                text += self._choice(choice)
            if self._cut is not None:
                break
        return text

    def _choice(self, choice: dict[str, Any]) -> str:
        delta = choice.get("delta") or choice.get("message") or {}
        text = ""
        piece = delta.get("content")
        if isinstance(piece, str) and piece:
            if not self.began and self._sampling.logprobs > 0:
                self._logprobs = wire.logprobs(choice)
            self.began = True
            # One event is one token. A single letter counts less: some proxies send letter by letter.
            count = self._tokens + (1.0 if len(piece) > 1 else 0.25)
            if count > self._sampling.max_tokens:
                self._cut = Finish.LENGTH
                return ""
            self._tokens = count
            text = self._stops.feed(piece)
            if self._stops.found:
                self._cut = Finish.STOP
        if delta.get("tool_calls"):
            self.began = True
            self._calls.add(delta["tool_calls"])
        if choice.get("finish_reason"):
            self.began = True
            self._finish = self._finish or wire.finish(choice["finish_reason"])
            self._unwatch()
            self._watch()
        return text

    # --- the end -------------------------------------------------------------------------------------------

    def _ending(self) -> Finish:
        """The finish of a stream that just ended. Raises EngineDead unless that can have been meant."""
        if not self.began:
            raise EngineDead("the model server ended the answer before it began")
        headers = self._response.headers
        framed = "chunked" in headers.get("Transfer-Encoding", "").lower() or "Content-Length" in headers
        if not self._done and not framed:
            # Such a stream ends in the same way when the server dies.
            raise EngineDead("the model server ended the answer without a word")
        return Finish.STOP

    def _counted(self) -> Usage:
        """An estimate, where the server counted nothing or we did not wait for it."""
        return Usage(prompt=self._estimate, completion=int(self._tokens))
