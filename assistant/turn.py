"""Walk 2, answer: one claimed conversation from its waiting messages to a stored reply."""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson

from . import asks, commands, deliver, language, metrics, orders, policy, prompt
from .bus import Bus
from .channel import Channel, Introduces
from .clock import Clock
from .commands import Command
from .engine import Engine
from .errors import AssistantError, Conflict, ContextTooLong, EngineError, Overloaded
from .growing import Pages, Running
from .inbound import STAFF_TOPIC
from .presence import Presence, mark_read
from .pressure import Pressure
from .published import Persona, Published
from .settings import Settings
from .store import accounts, conversations, messages, people, queue, stopped, usage
from .store.database import Database
from .store.parts import plain_text
from .store.queue import Claim, Reply, Settlement, TurnRow, Waiting
from .store.standing import standing
from .summary import Summarizer
from .tool import Tool
from .toolloop import Draft, ToolLoop
from .types import Ask, Audience, Author, Cause, Mode, Notice, Outcome, Part, Sampling, Text

MAX_RESTARTS = 2
AI: Final = "ai"
REMEMBERED: Final = 50_000  # people, conversations
QUESTION_WORDS: Final = 40  # characters; who answers a question with choices does not write more
ISOLATE_AFTER = (
    queue.SUSPECT_AFTER
)  # crashed claims after which messages are answered one by one, to find the one that kills

log = logging.getLogger(__name__)


class Superseded(Exception):
    """The person wrote something that changes the answer; what was generated so far is dropped."""


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
        pressure: Pressure | None = None,
    ) -> None:
        self._database = database
        self._channels = channels
        self._engine = engine
        self._loop = ToolLoop(engine, tools, clock, settings)
        self._summarizer = Summarizer(engine, database, clock)
        self._bus = bus
        self._clock = clock
        self._settings = settings
        self._pressure = pressure or Pressure(settings)
        self.pages = Pages(bus)
        self.published = Published(database, clock, settings)
        self._zone = ZoneInfo(settings.timezone)
        self._debounce = timedelta(seconds=settings.debounce_seconds)
        self._cap = timedelta(seconds=settings.debounce_cap_seconds)
        self._disclosed: set[int] = set()
        self._acquainted: set[int] = set()
        self._introductions: set[asyncio.Task[None]] = set()

    @property
    def engine(self) -> Engine:
        """The model that writes the answers; a worker's leases live as long as it gets anywhere."""
        return self._engine

    async def close(self) -> None:
        """Drop what still runs beside the turns; call it when no turn runs any more."""
        for task in self._introductions:
            task.cancel()
        await self._summarizer.close()

    async def answer(self, running: Running) -> None:
        """Bring the claim to an end: settled, or released to be tried again. Never raises but for cancellation."""
        claim = running.claim
        running.taken_at = self._clock.now()
        started = time.monotonic()
        try:
            await self._answer(running)
            metrics.turn_seconds.observe(time.monotonic() - started)
        except asyncio.CancelledError:
            await asyncio.shield(self._release(claim, 0.0, failed=False))
            raise
        except Conflict:
            metrics.turns.labels("overtaken").inc()
            if running.shown:  # who watches it grow must not wait for more
                await self._keep_stopped(running)
                await self.pages.tell(claim, kind="done", finish="overtaken")
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
            running.seen = waiting[-1].seq if waiting else 0
            batch, command = _batch(waiting, claim.crashes)
            if claim.language is None and (spoken := _language(batch)) is not None:
                claim = running.claim = replace(claim, language=spoken)
            if claim.crashes >= self._settings.max_crashes and batch:
                reason = f"its turn crashed {claim.crashes} times"
                await self._settle(claim, batch[:1], Outcome.DEAD, reason, reply=self._sorry(claim))
                return
            if not batch:
                await self._settle(claim, (), Outcome.ANSWERED, None)
                return
            if claim.mode is Mode.OPTED_OUT and not orders.wants_back(batch):
                await self._settle(claim, batch, Outcome.BLOCKED, "the person opted out")
                return
            effect = await self._effect(claim, batch, command)
            if effect is not None:
                await self._carry_out(claim, batch[:1] if command is None else batch, effect)
                return
            refusal = await self._judge(claim)
            if refusal is not None:
                await self._refuse(claim, batch, refusal)
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
        limits = await self.published.limits()
        limit = limits.messages_per_minute
        found = await self._database.read(
            standing, claim.person, claim.conversation, now, now - policy.ONE_MINUTE, limit
        )
        return policy.judge(
            policy.Circumstances(
                now=now,
                caps=self._channel(claim).caps,
                window_until=found.window_until,
                recent=found.recent,
                messages_per_minute=limit,
                audience=claim.audience,
                used=found.used,
                tokens_per_day=limits.tokens_per_day,
                lately=found.lately,
                bot_loop_turns=self._settings.bot_loop_turns,
            )
        )

    async def _refuse(self, claim: Claim, batch: Sequence[Waiting], refusal: policy.Refusal) -> None:
        values: dict[str, Any] = {}
        if refusal.pause:
            values = {
                "mode": Mode.PAUSED.value,
                "mode_reason": refusal.reason,
                "epoch": claim.epoch + 1,
            }
        await self._settle(
            claim,
            batch,
            refusal.outcome,
            refusal.reason,
            reply=self._says(claim, refusal.says) if refusal.says is not None else None,
            values=values,
            spent={usage.TOLD: 1} if refusal.says is not None else None,
        )
        if refusal.pause:
            metrics.paused_conversations.inc()
            log.warning("a conversation is paused", extra={"conversation": claim.conversation})

    async def _effect(
        self, claim: Claim, batch: Sequence[Waiting], command: Command | None
    ) -> orders.Effect | None:
        """What an order or a choice of ours does; None when this is talk."""
        if command is not None:
            return orders.obey(claim, batch, command)
        parts = batch[0].parts
        pressed = asks.chosen(parts, None)
        if pressed is None and len(plain_text(parts)) > QUESTION_WORDS:
            return None
        question = await self._database.read(messages.open_question, claim.conversation)
        choice = asks.chosen(parts, question)
        return orders.decide(claim, choice, question) if choice is not None else None

    async def _carry_out(self, claim: Claim, batch: Sequence[Waiting], effect: orders.Effect) -> None:
        if newest := batch[-1].external_id:
            mark_read(self._channel(claim), claim.address, newest)
        reply = self._reply(claim, Author.SYSTEM, (effect.reply,)) if effect.reply is not None else None
        await self._settle(
            claim,
            batch,
            effect.outcome,
            effect.reason,
            reply=reply,
            values=effect.values,
            forget_to=batch[-1].seq if effect.forget else None,
            drop_unsent=effect.drop_unsent,
        )

    async def _converse(self, running: Running, batch: Sequence[Waiting], may_restart: bool) -> None:
        claim = running.claim
        started_at = self._clock.now()
        facts = self._engine.facts
        channel = self._channel(claim)
        persona = await self.published.persona(
            claim.address.channel, claim.conversation if channel.caps.streaming else None
        )
        try:
            built, material = await self._material(claim, batch, persona)
        except ContextTooLong as error:
            await self._settle(claim, batch, Outcome.DEAD, str(error), reply=self._sorry(claim))
            return
        chosen = persona.temperature
        sampling = Sampling(
            max_tokens=built.max_tokens,
            temperature=facts.temperature if chosen is None else chosen,
            top_p=self._settings.top_p,
        )
        newest = batch[-1].external_id
        self._meet(claim, channel)
        if channel.caps.streaming or channel.caps.drafts_every is not None:
            # What is not sent while a channel is paused is not shown either while it is written.
            running.quiet = await self._database.read(accounts.is_paused, claim.address, started_at)
        running.presence = Presence(channel, claim.address, _number(claim))
        asked_at = self._clock.now()
        async with running.presence.during(newest):
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
            cause=Cause.REGENERATE if any(one.again for one in batch) else Cause.MESSAGE,
            model=facts.name,
            persona_version=persona.version,
            prompt=prompt.stored(built, told_from=claim.window_from_seq),
            sampling={
                "max_tokens": sampling.max_tokens,
                "temperature": sampling.temperature,
                "top_p": sampling.top_p,
            },
            prompt_tokens=draft.usage.prompt,
            cached_tokens=draft.usage.cached,
            completion_tokens=draft.usage.completion,
            finish=draft.finish.value if draft.finish else None,
            claimed_at=running.taken_at,
            started_at=started_at,
            asked_at=asked_at,
            first_token_at=draft.first_token_at,
            steps=tuple(draft.steps),
        )
        values: dict[str, Any] = {}
        if built.window_from_seq is not None:
            values = conversations.stepped(built.window_from_seq, claim.next_summary)
        if draft.text.strip():
            notice = await self._disclosure(claim)
            quoted = newest if channel.caps.reply_to and claim.audience is not Audience.PRIVATE else None
            parts = (*notice, Text(text=draft.text.strip()))
            reply = self._reply(claim, Author.ASSISTANT, parts, quoted)
            await self._settle(
                claim,
                batch,
                Outcome.ANSWERED,
                None,
                reply=reply,
                turn=turn,
                values=values,
                notice=AI if notice else None,
            )
        else:
            reason = "the model said nothing that can be shown"
            sorry: Reply | None = self._sorry(claim)
            if draft.failed:
                reason = "the model's tool calls could not be run"
                sorry = self._says(claim, commands.COULD_NOT)
            await self._settle(claim, batch, Outcome.SILENT, reason, reply=sorry, turn=turn, values=values)
        if material is not None:
            self._summarizer.begin(claim, material, before_seq=batch[0].seq)

    async def _material(
        self, claim: Claim, batch: Sequence[Waiting], persona: Persona
    ) -> tuple[prompt.Built, prompt.Material | None]:
        """The prompt; and what it was made of, without the history, if that is to be summed up once the answer is there.

        The history is let go before the model begins: for as long as it writes, sixty other turns hold theirs. Raises
        ContextTooLong.
        """
        facts = self._engine.facts
        said = await self._database.read(
            messages.history,
            claim.conversation,
            from_seq=claim.window_from_seq,
            before_seq=batch[0].seq,
            limit=facts.context
            // 2,  # no message takes less than two tokens: all that can fit, and enough to overflow
        )
        material = prompt.Material(
            persona=persona.text,
            safety=persona.safety,
            hint=self._channel(claim).hint,
            summary=claim.summary,
            next_summary=claim.next_summary,
            history=said,
            newest=[
                messages.Said(
                    seq=one.seq, at=one.received_at, author=Author.PERSON, parts=one.parts, writer=one.writer
                )
                for one in batch
            ],
            tools=self._loop.offered(persona.tools) if facts.tools else (),
            max_tokens=self._pressure.longest(persona.max_tokens),
            zone=self._zone if facts.notes else None,
        )
        built = await prompt.build(material, self._engine)
        ready = claim.next_summary is not None and claim.next_summary.seq > claim.window_from_seq
        begin = facts.notes and built.filling and not ready
        return built, replace(material, history=()) if begin else None

    def _meet(self, claim: Claim, channel: Channel) -> None:
        """Once per person and process, learn the name that the platform tells only when asked; nobody waits for it."""
        if not isinstance(channel, Introduces) or claim.person in self._acquainted:
            return
        _bound(self._acquainted)
        self._acquainted.add(claim.person)
        task = asyncio.create_task(self._learn_name(claim, channel), name="name")
        self._introductions.add(task)
        task.add_done_callback(self._introductions.discard)

    async def _learn_name(self, claim: Claim, channel: Introduces) -> None:
        try:
            if await self._database.read(people.name_of, claim.person) is None:
                name = await channel.name_of(claim.address)
                if name:
                    await self._database.write(people.set_name, claim.person, name)
        except Exception as error:
            log.info("the platform tells no name", extra={"error": type(error).__name__})

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
        """Return when the answer has to start over: something new before anything was shown, or an order to stop.

        Raises Conflict when the conversation is no longer ours: the platform's Stop, staff, another app.
        """
        while True:
            await running.newer.wait()
            running.newer.clear()
            if not await self._database.read(queue.holds, running.claim):
                raise Conflict("the lease or the epoch of this conversation was overtaken")
            shown = running.shown or (running.presence is not None and running.presence.shown)
            if (may_restart and not shown) or await self._told_to_stop(running.claim):
                return

    async def _show(self, running: Running, offset: int, text: str) -> None:
        """Stream visible text where the channel can."""
        if running.quiet:
            return
        if self._channel(running.claim).caps.streaming:
            await self.pages.grow(running, offset, text)
        elif running.presence is not None:
            running.presence.grow(text)

    async def _told_to_stop(self, claim: Claim) -> bool:
        """An order to stop is the newest message, or nothing is left to be answered."""
        waiting = await self._database.read(queue.waiting, claim.conversation)
        return not waiting or _batch(waiting, 0)[1] is Command.STOP

    async def _keep_stopped(self, running: Running) -> None:
        """When the person pressed stop, what they had seen by then stays in the talk."""
        if not running.said.strip():
            return
        reply = self._reply(running.claim, Author.ASSISTANT, (Text(text=running.said.strip()),))
        try:
            seq = await self._database.write(
                stopped.keep, running.claim, reply, running.seen, self._clock.now()
            )
        except Exception as error:
            log.warning("a stopped answer is not kept", extra={"error": type(error).__name__})
            return
        if seq is not None:
            await self._bus.ring(deliver.OUTBOX_BELL)

    # --- the end of a turn -------------------------------------------------------------------------------

    def _reply(
        self, claim: Claim, author: Author, parts: Sequence[Part], reply_to: str | None = None
    ) -> Reply:
        """A message in the channel's pieces: notices and words together, a question with buttons by itself."""
        caps = self._channel(claim).caps
        pieces: list[Part] = []
        words: list[str] = []
        for part in parts:
            if isinstance(part, Ask):
                part = asks.shown(part, caps, commands.CHOOSE.in_language(claim.language))
            if isinstance(part, Text | Notice):
                words.append(part.text)
            else:
                pieces.append(part)
        cut: list[Part] = [*deliver.pieces("\n\n".join(words).strip(), caps), *pieces]
        return Reply(
            author=author,
            whole=tuple(parts),
            pieces=tuple((self._clock.new_id(), piece) for piece in cut),
            reply_to=reply_to,
        )

    def _sorry(self, claim: Claim) -> Reply | None:
        """Nobody is left without a word, not even when there is no answer; but for who asked us to keep quiet."""
        if claim.mode is Mode.OPTED_OUT:
            return None
        return self._says(claim, commands.SORRY)

    def _says(self, claim: Claim, answer: commands.Answer) -> Reply:
        return self._reply(claim, Author.SYSTEM, (Text(text=answer.in_language(claim.language)),))

    async def _disclosure(self, claim: Claim) -> tuple[Part, ...]:
        """That an AI writes, before the first answer of a conversation; nothing where it was said or is always seen."""
        here = claim.conversation
        _bound(self._disclosed)
        wanted = (await self.published.limits()).disclosure
        if not wanted or self._channel(claim).caps.discloses or here in self._disclosed:
            return ()
        if await self._database.read(conversations.noticed, here, AI):
            self._disclosed.add(here)
            return ()
        return (Notice(kind=AI, text=commands.DISCLOSURE.in_language(claim.language)),)

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
        notice: str | None = None,
        forget_to: int | None = None,
        drop_unsent: bool = False,
        spent: dict[str, int] | None = None,
    ) -> None:
        known = {"language": claim.language} if claim.language else {}
        end = Settlement(
            waiting=batch,
            outcome=outcome,
            reason=reason,
            reply=reply,
            turn=turn,
            values=known | (values or {}),
            notice=notice,
            forget_to=forget_to,
            drop_unsent=drop_unsent,
            spent=(spent or {}) | _cost(turn),
        )
        seq = await self._database.write(
            queue.settle, claim, end, self._clock.now(), self._debounce, self._cap
        )
        metrics.turns.labels(outcome.value).inc()
        if seq is not None:
            await self._bus.ring(deliver.OUTBOX_BELL)
        if self._channel(claim).caps.streaming:
            await self.pages.tell(claim, kind="done", finish=outcome.value)
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


def _cost(turn: TurnRow | None) -> dict[str, int]:
    """What a turn takes of its person's day: the tokens that were computed for it."""
    if turn is None:
        return {}
    return {usage.TOKENS: max(0, turn.prompt_tokens - turn.cached_tokens) + turn.completion_tokens}


def _bound(known: set[int]) -> None:
    """What only saves a look at the database may be forgotten: a process lives long and meets many."""
    if len(known) >= REMEMBERED:
        known.clear()


def _language(batch: Sequence[Waiting]) -> str | None:
    """The language the newest of these messages is written in, as far as its words tell."""
    found = (language.of_parts(message.parts) for message in reversed(batch))
    return next((spoken for spoken in found if spoken is not None), None)


def _number(claim: Claim) -> int:
    """A number for this answer's drafts: the same during it, another for the next, never 0."""
    return (claim.conversation * 7919 + claim.token) % 0x7FFFFFFF or 1


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
