"""Walk 2, answer: one claimed conversation from its waiting messages to a stored reply."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import time
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from . import commands, deliver, metrics, policy, prompt
from .bus import Bus
from .channel import Channel, MarksRead, ShowsTyping
from .clock import Clock
from .commands import Command
from .engine import Engine
from .errors import AssistantError, Conflict, ContextTooLong, EngineError, Overloaded
from .inbound import STAFF_TOPIC
from .settings import Settings
from .store import conversations, messages, queue
from .store.database import Database
from .store.parts import plain_text
from .store.queue import Claim, Reply, Settlement, TurnRow, Waiting
from .summary import Summarizer
from .tool import Tool
from .toolloop import Draft, ToolLoop
from .types import Author, Outcome, Sampling

MAX_RESTARTS = 2
ISOLATE_AFTER = 2  # crashed claims after which messages are answered one by one, to find the one that kills

log = logging.getLogger(__name__)


class Superseded(Exception):
    """The person wrote something that changes the answer; what was generated so far is dropped."""


class Running:
    """A turn that is under way, as the worker sees it: how to tell it that the person wrote again."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.shown = False
        self.newer = asyncio.Event()


class Answerer:
    """Answers claims. One instance per worker; `answer` runs for many conversations at once."""

    def __init__(
        self,
        *,
        database: Database,
        channels: Mapping[str, Channel],
        engine: Engine,
        tools: Mapping[str, Tool],
        bus: Bus,
        clock: Clock,
        settings: Settings,
    ) -> None:
        self._database = database
        self._channels = channels
        self._engine = engine
        self._loop = ToolLoop(engine, tools, clock, settings)
        self._summarizer = Summarizer(engine, database, clock)
        self._bus = bus
        self._clock = clock
        self._settings = settings
        self._zone = ZoneInfo(settings.timezone)
        self._debounce = timedelta(seconds=settings.debounce_seconds)
        self._cap = timedelta(seconds=settings.debounce_cap_seconds)
        self._background: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """Drop what still runs beside the turns; call it when no turn runs any more."""
        await self._summarizer.close()

    async def answer(self, running: Running) -> None:
        """Bring the claim to an end: settled, or released to be tried again. Never raises but for cancellation."""
        claim = running.claim
        started = time.monotonic()
        try:
            await self._answer(running)
            metrics.turn_seconds.observe(time.monotonic() - started)
        except asyncio.CancelledError:
            await asyncio.shield(self._release(claim, 0.0, failed=False))
            raise
        except Conflict:
            metrics.turns.labels("overtaken").inc()
        except EngineError as error:
            await self._try_later(claim, error)
        except Exception as error:
            log.exception("a turn failed", extra={"conversation": claim.conversation})
            await self._try_later(claim, error)

    async def _answer(self, running: Running) -> None:
        claim = running.claim
        for restart in itertools.count():
            running.newer.clear()
            waiting = await self._database.read(queue.waiting, claim.conversation)
            batch, command = _batch(waiting, claim.crashes)
            if claim.crashes >= self._settings.max_crashes and batch:
                reason = f"its turn crashed {claim.crashes} times"
                await self._settle(claim, batch[:1], Outcome.DEAD, reason, reply=self._sorry(claim))
                return
            if not batch:
                await self._settle(claim, (), Outcome.ANSWERED, None)
                return
            if command is not None:
                await self._obey(claim, batch, command)
                return
            refusal = await self._judge(claim)
            if refusal is not None:
                await self._settle(claim, batch, refusal.outcome, refusal.reason)
                return
            may_restart = restart < MAX_RESTARTS and claim.crashes < ISOLATE_AFTER
            try:
                await self._converse(running, batch, may_restart)
                return
            except Superseded:
                metrics.turns.labels("superseded").inc()

    # --- the parts of a turn -----------------------------------------------------------------------------

    async def _judge(self, claim: Claim) -> policy.Refusal | None:
        now = self._clock.now()
        recent = await self._database.read(messages.count_recent, claim.person, now - policy.ONE_MINUTE)
        return policy.judge(
            policy.Circumstances(
                now=now,
                caps=self._channel(claim).caps,
                window_until=claim.window_until,
                recent=recent,
                messages_per_minute=self._settings.messages_per_minute,
            )
        )

    async def _obey(self, claim: Claim, batch: Sequence[Waiting], command: Command) -> None:
        text = plain_text(batch[-1].parts)
        values: dict[str, Any] = {}
        if command is Command.RESET:
            values |= conversations.forgotten(batch[-1].seq)
        if command is Command.HUMAN:
            values |= {"mode": "human", "epoch": claim.epoch + 1}
        reply = self._reply(claim, Author.SYSTEM, commands.answer(command, claim.language, text))
        await self._settle(claim, batch, Outcome.COMMAND, f"/{command.value}", reply=reply, values=values)

    async def _converse(self, running: Running, batch: Sequence[Waiting], may_restart: bool) -> None:
        claim = running.claim
        started_at = self._clock.now()
        facts = self._engine.facts
        said = await self._database.read(
            messages.history,
            claim.conversation,
            from_seq=claim.window_from_seq,
            before_seq=batch[0].seq,
            limit=facts.context
            // 2,  # no message takes less than two tokens: all that can fit, and enough to overflow
        )
        offered = self._loop.offered() if facts.tools else ()
        material = prompt.Material(
            persona=self._settings.persona,
            safety=self._settings.safety,
            hint=self._channel(claim).hint,
            summary=claim.summary,
            next_summary=claim.next_summary,
            history=said,
            newest=[
                messages.Said(seq=one.seq, at=one.received_at, author=Author.PERSON, parts=one.parts)
                for one in batch
            ],
            tools=offered,
            max_tokens=self._settings.max_tokens,
            zone=self._zone if facts.notes else None,
        )
        try:
            built = await prompt.build(material, self._engine)
        except ContextTooLong as error:
            await self._settle(claim, batch, Outcome.DEAD, str(error), reply=self._sorry(claim))
            return
        chosen = self._settings.temperature
        sampling = Sampling(
            max_tokens=built.max_tokens,
            temperature=facts.temperature if chosen is None else chosen,
            top_p=self._settings.top_p,
        )
        async with self._presence(claim, batch[-1].external_id):
            draft = await self._unless_superseded(
                self._loop.run(
                    claim,
                    built.prompt,
                    sampling,
                    show=lambda offset, text: self._show(running, offset, text),
                ),
                running,
                may_restart,
            )
        turn = TurnRow(
            model=facts.name,
            prompt=prompt.stored(built),
            sampling={
                "max_tokens": sampling.max_tokens,
                "temperature": sampling.temperature,
                "top_p": sampling.top_p,
            },
            prompt_tokens=draft.usage.prompt,
            cached_tokens=draft.usage.cached,
            completion_tokens=draft.usage.completion,
            finish=draft.finish.value if draft.finish else None,
            started_at=started_at,
            first_token_at=draft.first_token_at,
            steps=tuple(draft.steps),
        )
        values: dict[str, Any] = {}
        if built.window_from_seq is not None:
            values = conversations.stepped(built.window_from_seq, claim.next_summary)
        if draft.text.strip():
            reply = self._reply(claim, Author.ASSISTANT, draft.text)
            await self._settle(claim, batch, Outcome.ANSWERED, None, reply=reply, turn=turn, values=values)
        else:
            reason = "the model said nothing that can be shown"
            sorry = self._sorry(claim)
            if draft.failed:
                reason = "the model's tool calls could not be run"
                sorry = self._reply(claim, Author.SYSTEM, commands.COULD_NOT.in_language(claim.language))
            await self._settle(claim, batch, Outcome.SILENT, reason, reply=sorry, turn=turn, values=values)
        ready = claim.next_summary is not None and claim.next_summary.seq > claim.window_from_seq
        if facts.notes and built.filling and not ready:
            self._summarizer.begin(claim, material)

    async def _unless_superseded(
        self, work: Coroutine[Any, Any, Draft], running: Running, may_restart: bool
    ) -> Draft:
        """The draft; or Superseded, the generation cancelled, when the person wrote what changes the answer."""
        drafting = asyncio.create_task(work, name="draft")
        watching = asyncio.create_task(self._superseded(running, may_restart), name="newer")
        try:
            await asyncio.wait({drafting, watching}, return_when=asyncio.FIRST_COMPLETED)
            if drafting.done():
                return drafting.result()
            watching.result()
            raise Superseded
        finally:
            drafting.cancel()
            watching.cancel()
            await asyncio.gather(drafting, watching, return_exceptions=True)

    async def _superseded(self, running: Running, may_restart: bool) -> None:
        """Return when the answer has to start over: something new before anything was shown, or an order to stop."""
        while True:
            await running.newer.wait()
            running.newer.clear()
            if (may_restart and not running.shown) or await self._told_to_stop(running.claim):
                return

    async def _show(self, running: Running, offset: int, text: str) -> None:
        """Stream visible text where the channel can."""
        if self._channel(running.claim).caps.streaming:
            running.shown = True
            await self._page(running.claim, kind="delta", offset=offset, text=text)

    async def _told_to_stop(self, claim: Claim) -> bool:
        _, command = _batch(await self._database.read(queue.waiting, claim.conversation), 0)
        return command is Command.STOP

    # --- the channel while the model thinks --------------------------------------------------------------

    @contextlib.asynccontextmanager
    async def _presence(self, claim: Claim, newest: str | None) -> AsyncIterator[None]:
        """Mark as read and keep "typing…" alive while the body runs; a platform's trouble with it is not ours."""
        channel = self._channel(claim)
        every = channel.caps.typing_every

        async def keep_typing() -> None:
            while every is not None and isinstance(channel, ShowsTyping):
                await self._politely(channel.typing(claim.address, newest))
                await asyncio.sleep(every.total_seconds())

        if newest and isinstance(channel, MarksRead):
            read = asyncio.create_task(
                self._politely(channel.mark_read(claim.address, newest)), name="mark-read"
            )
            self._background.add(read)
            read.add_done_callback(self._background.discard)
        task = asyncio.create_task(keep_typing(), name="typing")
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _politely(self, request: Any) -> None:
        try:
            await request
        except Exception as error:
            log.info("typing or read could not be shown", extra={"error": type(error).__name__})

    async def _page(self, claim: Claim, **frame: Any) -> None:
        topic = f"page:{claim.address.key}"
        await self._bus.publish(topic, orjson.dumps({"turn": f"{claim.conversation}.{claim.token}", **frame}))

    # --- the end of a turn -------------------------------------------------------------------------------

    def _reply(self, claim: Claim, author: Author, text: str) -> Reply:
        caps = self._channel(claim).caps
        cut = deliver.pieces(text.strip(), caps)
        return Reply(
            author=author,
            whole=deliver.whole(text.strip()),
            pieces=tuple((self._clock.new_id(), piece) for piece in cut),
        )

    def _sorry(self, claim: Claim) -> Reply:
        """Nobody is left without a word, not even when there is no answer."""
        return self._reply(claim, Author.SYSTEM, commands.SORRY.in_language(claim.language))

    async def _settle(
        self,
        claim: Claim,
        batch: Sequence[Waiting],
        outcome: Outcome,
        reason: str | None,
        *,
        reply: Reply | None = None,
        turn: TurnRow | None = None,
        values: dict[str, Any] | None = None,
    ) -> None:
        end = Settlement(
            waiting=batch, outcome=outcome, reason=reason, reply=reply, turn=turn, values=values or {}
        )
        seq = await self._database.write(
            queue.settle, claim, end, self._clock.now(), self._debounce, self._cap
        )
        metrics.turns.labels(outcome.value).inc()
        if seq is not None:
            await self._bus.ring(deliver.OUTBOX_BELL)
        if self._channel(claim).caps.streaming:
            await self._page(claim, kind="done", finish=outcome.value)
        frame = {"kind": "turn", "conversation": claim.conversation, "seq": seq or 0}
        await self._bus.publish(STAFF_TOPIC, orjson.dumps(frame))

    async def _release(self, claim: Claim, delay: float, *, failed: bool) -> None:
        await self._database.write(
            queue.release, claim, self._clock.now(), delay=timedelta(seconds=delay), failed=failed
        )

    async def _try_later(self, claim: Claim, error: Exception) -> None:
        """Release with backoff; after `max_attempts` the messages are set aside, visibly."""
        code = error.code if isinstance(error, AssistantError) else type(error).__name__
        busy = isinstance(error, Overloaded)
        log.warning("a turn is tried again later", extra={"conversation": claim.conversation, "code": code})
        metrics.turns.labels(code).inc()
        try:
            if not busy and claim.attempts + 1 >= self._settings.max_attempts:
                waiting = await self._database.read(queue.waiting, claim.conversation)
                reason = f"{claim.attempts + 1} tries failed: {code}"
                await self._settle(claim, waiting, Outcome.DEAD, reason, reply=self._sorry(claim))
                return
            wait = error.retry_after if isinstance(error, Overloaded) and error.retry_after else None
            delay = wait if wait is not None else deliver.backoff(claim.attempts + 1)
            await self._release(claim, delay, failed=not busy)
        except Exception:
            # The lease runs out and the conversation is claimed again: nothing is lost by this.
            log.exception("a failed turn could not be released", extra={"conversation": claim.conversation})

    def _channel(self, claim: Claim) -> Channel:
        channel = self._channels.get(claim.address.channel)
        if channel is None:
            raise AssistantError(f"channel {claim.address.channel} is not configured here")
        return channel


def _batch(waiting: Sequence[Waiting], crashes: int) -> tuple[Sequence[Waiting], Command | None]:
    """The messages to answer together, and the command if they end in one. An order is never mixed with talk."""
    if not waiting:
        return (), None
    orders = [commands.read(plain_text(message.parts)) for message in waiting]
    if orders[-1] is Command.STOP:
        return waiting, Command.STOP
    if orders[0] is not None:
        return waiting[:1], orders[0]
    talk = list(itertools.takewhile(lambda pair: pair[1] is None, zip(waiting, orders, strict=True)))
    batch = [message for message, _ in talk]
    return (batch[:1] if crashes >= ISOLATE_AFTER else batch), None
