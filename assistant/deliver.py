"""Walk 3, deliver: render, split, send in order, and write down what became of it."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import orjson

from . import metrics, split
from .breaker import PROBE_SECONDS, Breaker
from .bus import Bus
from .channel import Channel, account_bucket
from .clock import Clock
from .errors import (
    AssistantError,
    Misconfigured,
    Rejected,
    SendError,
    StoreUnavailable,
    Throttled,
    Unavailable,
    Uncertain,
    WindowClosed,
)
from .http import recording
from .inbound import STAFF_TOPIC
from .lookback import LookBack
from .media import file_of
from .settings import Settings
from .store import accounts, doubts, outbox
from .store.accounts import Account
from .store.database import Database
from .types import (
    Capabilities,
    Exchange,
    LinkButton,
    Media,
    Outbound,
    OutboxState,
    Part,
    Place,
    Template,
    Text,
)

OUTBOX_BELL = "outbox"
GIVE_UP_AFTER = timedelta(hours=24)
LEAST_TRIES = 5  # what only waited, in a long pause, has its tries all the same
REWRITE_SECONDS = 0.2
LOOK_SECONDS = 0.02
# A worker silent for so long, or for its lease where that is shorter, has lost its sends: they count as unclear.
HOLD = timedelta(seconds=30)
SHORTEST_HOLD = timedelta(seconds=5)  # given up too early, a send may reach its person twice
LONGEST_SEND = timedelta(minutes=2)  # a send that takes longer is no longer vouched for
SET = timedelta(seconds=1)  # a clock that differs by more from the one of durations was set
PAUSE = timedelta(minutes=5)
AT_ONCE = 32  # sends of one account under way, and parts taken in one look
MOST_AT_ONCE = 128  # sends of all accounts: one that hangs leaves room for the others
REST_SECONDS = 0.2  # an account over its pace is looked at so often; its burst covers that time
SHOWN_SILENT = timedelta(seconds=4 * PROBE_SECONDS)  # without news, staff no longer see a platform as silent

log = logging.getLogger(__name__)


def pieces(text: str, caps: Capabilities) -> list[Text]:
    """A Markdown answer in the channel's dialect, in as few parts as its limit allows; each is complete by itself."""
    return split.pieces(text, caps.dialect, caps.text_limit, caps.text_unit)


async def calm(database: Database, conversation: int, seconds: float) -> bool:
    """Wait until nothing that no person wrote is being sent in a conversation; False when it is even after `seconds`.

    Who takes a conversation over waits for this before it is theirs: what was on its way arrived or never will.
    """
    until = asyncio.get_running_loop().time() + seconds
    while await database.read(outbox.leaving, conversation):
        if asyncio.get_running_loop().time() >= until:
            return False
        await asyncio.sleep(LOOK_SECONDS)
    return True


@dataclass(frozen=True, slots=True)
class _UnderWay:
    """A send of this process, and since when by the clock that never jumps."""

    part: outbox.Sending
    since: float


class Deliverer:
    """Empties the outbox. Any number may run: a part is taken by one of them, and marked before it is sent."""

    def __init__(
        self, database: Database, channels: Mapping[str, Channel], bus: Bus, clock: Clock, settings: Settings
    ) -> None:
        self._database = database
        self._channels = channels
        self._bus = bus
        self._clock = clock
        self._settle = timedelta(seconds=settings.settle_seconds)
        self._data = settings.data
        self._lease = timedelta(seconds=settings.lease_seconds)
        self._running: dict[asyncio.Task[None], _UnderWay] = {}
        self._breakers: dict[Account, Breaker] = {}
        self._resting: dict[Account, float] = {}
        self._looking = asyncio.Lock()
        self._lookback = LookBack(database, channels, clock, self._outbound, self._tell)
        self._closing = False
        self._started = clock.now() - timedelta(
            seconds=clock.monotonic()
        )  # when the clock of durations began

    async def once(self) -> int:
        """Take what is due and start sending it; returns how many parts left."""
        async with self._looking:
            return 0 if self._closing else await self._look()

    async def _look(self) -> int:
        now = self._clock.now()
        if self._was_set(now):
            await self.renew()  # by the new time every send under way would look given up, and be sent twice
        room = min(AT_ONCE, MOST_AT_ONCE - len(self._running))
        if room <= 0:
            return 0
        doubted, parts = await self._database.write(
            doubts.next_parts, now, self._settle, self._hold, room, self._shut(), self._lookback.channels
        )
        for channel in doubted.repeated:
            metrics.sends_duplicated_possible.labels(channel).inc()
        turns = await asyncio.gather(*(self._turn(part, now) for part in parts))
        back = [(part, later) for part, later in zip(parts, turns, strict=True) if later is not None]
        if back:
            await self._database.write(outbox.put_back, back)
            for part, _ in back:
                metrics.sends_paced.labels(part.address.channel).inc()
        for part, later in zip(parts, turns, strict=True):
            if later is None:
                task = asyncio.create_task(self._send(part), name=f"send-{part.id}")
                self._running[task] = _UnderWay(part, self._clock.monotonic())
                task.add_done_callback(self._finished)
        # Last: a database that goes away now keeps no part from leaving.
        await self._lookback.start(doubted.lost)
        return len(parts) - len(back)

    @property
    def _hold(self) -> timedelta:
        """A worker silent for this long has lost its sends, as it has lost its conversations."""
        return min(HOLD, max(self._lease, SHORTEST_HOLD))

    async def renew(self) -> None:
        """Vouch for the sends under way; those of a worker that died become unclear when nobody does."""
        if vouched := self._vouched():
            await self._database.write(outbox.renew, vouched, self._clock.now(), self._hold)

    def _was_set(self, now: datetime) -> bool:
        """Whether somebody set the clock since this was asked last."""
        before, self._started = self._started, now - timedelta(seconds=self._clock.monotonic())
        return abs(self._started - before) > SET

    def _vouched(self) -> list[tuple[int, int]]:
        """The sends under way, (part, attempt), that did not take too long, whatever the date says."""
        until = self._clock.monotonic() - LONGEST_SEND.total_seconds()
        return [(one.part.id, one.part.attempt) for one in self._running.values() if one.since > until]

    def _shut(self) -> set[Account]:
        """Accounts of which nothing may leave now: over their pace, not answering, or with enough under way."""
        now = self._clock.monotonic()
        self._resting = {account: until for account, until in self._resting.items() if until > now}
        busy = Counter(one.part.account for one in self._running.values())
        return {
            *self._resting,
            *(account for account, breaker in self._breakers.items() if breaker.shut),
            *(account for account, count in busy.items() if count >= AT_ONCE),
        }

    def _breaker(self, part: outbox.Sending) -> Breaker:
        return self._breakers.setdefault(part.account, Breaker(self._clock))

    async def _turn(self, part: outbox.Sending, now: datetime) -> datetime | None:
        """None when the part leaves now; else when it may, by what its account and its chat may send."""
        account, channel = part.account, self._channels.get(part.address.channel)
        first = part.due_at or now
        if account in self._resting:
            return first
        breaker = self._breaker(part)
        if not breaker.admit():
            return first
        caps = channel.caps if channel is not None else None
        wanted = []
        if caps is not None and caps.account_rate is not None:
            wanted.append((account_bucket(*account), caps.account_rate))
        if caps is not None and caps.rate is not None:
            wanted.append((f"send:{part.address.key}", caps.rate))
        waits = await self._bus.buckets(*wanted) if wanted else ()
        if not any(waits):
            return None
        breaker.let_go()
        if caps is not None and caps.account_rate is not None and waits[0] > 0:
            self._resting[account] = self._clock.monotonic() + max(waits[0], REST_SECONDS)
            return first
        return now + timedelta(seconds=waits[-1])

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._running.pop(task, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            # The part stays "sending" and becomes unclear after HOLD: nothing is lost by this.
            log.error("a send could not be written down", extra={"error": type(error).__name__})

    async def due_in(self) -> float:
        """Seconds until something wants attention; at most one."""
        at = await self._database.read(outbox.next_due, self._clock.now(), self._shut())
        mono = self._clock.monotonic()
        waits = [1.0, *(until - mono for until in self._resting.values())]
        waits += [breaker.left for breaker in self._breakers.values() if breaker.open and breaker.left > 0]
        if at is not None:
            waits.append((at - self._clock.now()).total_seconds())
        return max(0.0, min(waits))

    async def close(self, seconds: float) -> None:
        """Take nothing more, and wait for what was taken: a part that is dropped between the two would become unclear."""
        self._closing = True
        async with self._looking:
            pass
        await self.drain(seconds)

    async def drain(self, seconds: float) -> None:
        """Wait for the sends under way, and for those that are looked for."""
        ends: list[Awaitable[object]] = [self._lookback.drain(seconds)]
        if self._running:
            ends.append(asyncio.wait(self._running, timeout=seconds))
        await asyncio.gather(*ends)

    async def _send(self, part: outbox.Sending) -> None:
        started = self._clock.now()
        exchanges: list[Exchange] = []
        channel = self._channels.get(part.address.channel)
        asked, fate = False, None
        try:
            if channel is None:
                raise Misconfigured("the channel of this conversation is not configured here")
            if self._too_late(part, started):
                raise WindowClosed()
            outbound = await self._outbound(part, channel)
            if part.recallable and not await self._database.read(outbox.still_wanted, part):
                # Somebody took over, or said stop, since it was taken.
                await self._learn(part, None, asked)
                if await self._database.write(outbox.let_go, part):
                    await self._tell(part)
                return
            asked = True
            with recording() as exchanges:
                receipt = await channel.send(outbound)
            await self._write_down(part, receipt.external_id, exchanges)
            self._count(part, "sent")
        except SendError as error:
            fate = error
            await self._refused(part, error, exchanges, started)
        except AssistantError:
            self._breaker(part).let_go()
            raise
        except Exception as error:
            asked = False  # our own mistake says nothing of the platform
            log.exception("an adapter failed while sending", extra={"channel": part.address.channel})
            fate = Uncertain(f"the adapter failed: {type(error).__name__}")
            await self._refused(part, fate, exchanges, started)
        except BaseException:
            self._breaker(part).let_go()
            raise
        await self._learn(part, fate, asked)
        await self._tell(part)

    async def _outbound(self, part: outbox.Sending, channel: Channel) -> Outbound:
        """What of a part its platform is given. Raises Rejected for what it has no form for."""
        return Outbound(
            address=part.address,
            part=_shown(part.part, channel.caps),
            idempotency_key=part.idempotency_key,
            reply_to=part.reply_to,
            file=await self._file(part.part),
        )

    async def _write_down(self, part: outbox.Sending, external_id: str, exchanges: list[Exchange]) -> None:
        """That it was sent. A database that is away is waited for: else what we know would become unclear, and go twice."""
        until = self._clock.monotonic() + HOLD.total_seconds() / 2
        while True:
            try:
                await self._database.write(outbox.sent, part, external_id, self._clock.now(), exchanges)
                return
            except StoreUnavailable:
                if self._clock.monotonic() >= until:
                    raise
            await asyncio.sleep(REWRITE_SECONDS)

    async def _learn(self, part: outbox.Sending, fate: SendError | None, asked: bool) -> None:
        """What this send's end says of the account: whether its platform answers, and whether a pause may end."""
        breaker = self._breaker(part)
        now = self._clock.now()
        if not asked:
            breaker.let_go()
            if part.trial and not isinstance(fate, Misconfigured):
                await self._database.write(accounts.try_again, part.address, now)
            return
        if isinstance(fate, Unavailable | Uncertain):
            was_open = breaker.open
            if breaker.failed():
                if not was_open:
                    log.warning(
                        "a platform does not answer; it is left in peace and tried now and then",
                        extra={"channel": part.address.channel},
                    )
                await self._database.write(accounts.unreachable, part.address, now, now + SHOWN_SILENT)
                await self._alert(part)
            return
        if breaker.answered():
            log.warning("a platform answers again", extra={"channel": part.address.channel})
            await self._database.write(accounts.unreachable, part.address, now, None)
            await self._alert(part)
        held = isinstance(fate, Misconfigured) or (isinstance(fate, Throttled) and fate.account_wide)
        if part.trial and not held and await self._database.write(accounts.end_pause, part.address):
            log.warning("a pause is over", extra={"channel": part.address.channel})
            await self._alert(part)

    async def _alert(self, part: outbox.Sending) -> None:
        """Staff pages look again, and the metric follows."""
        channel = part.address.channel
        silent = sum(one.open for account, one in self._breakers.items() if account[0] == channel)
        metrics.breaker_open.labels(channel).set(silent)
        await self._bus.publish(STAFF_TOPIC, orjson.dumps({"kind": "channel", "conversation": 0, "seq": 0}))

    async def _file(self, part: Part) -> Path | None:
        """Where the content of a Media part lies; None for every other part."""
        if not isinstance(part, Media):
            return None
        file = await file_of(self._database, self._data, part.ref)
        if file is None:
            raise Rejected("the file is no longer kept here")
        return file

    def _too_late(self, part: outbox.Sending, at: datetime) -> bool:
        """Whether the reply window forbids to send this at that moment; a template goes through a closed one."""
        channel = self._channels.get(part.address.channel)
        if channel is None or channel.caps.reply_window is None or part.window_until is None:
            return False
        opens = channel.caps.templates and isinstance(part.part, Template)
        return part.window_until <= at and not opens

    async def _refused(
        self, part: outbox.Sending, error: SendError, exchanges: list[Exchange], started: datetime
    ) -> None:
        """Decide by the class of the error, and by nothing else, what happens next."""
        now = self._clock.now()
        code, vendor = error.code, error.vendor_code
        log.warning(
            "a send failed",
            extra={"channel": part.address.channel, "outbox": part.id, "code": code, "vendor_code": vendor},
        )
        self._count(part, code)
        state, delay = OutboxState.PENDING, timedelta(0)
        match error:
            case Uncertain():
                state, delay = OutboxState.UNKNOWN, self._settle
            case Throttled():
                delay = timedelta(
                    seconds=error.retry_after if error.retry_after is not None else backoff(part.attempt)
                )
                if error.account_wide:
                    await self._pause(part, error, now, now + delay)
            case Unavailable():
                delay = timedelta(seconds=backoff(part.attempt))
            case Misconfigured():
                # It keeps waiting, whatever its age: nothing fails because our account does.
                await self._pause(part, error, now, now + PAUSE)
                await self._database.write(
                    outbox.later, part, state, now, code, vendor, exchanges, now, counts=False
                )
                return
            case _:
                await self._database.write(outbox.failed, part, code, vendor, exchanges, now)
                return
        # Whether an unclear part arrived is worth knowing even when it could not be sent again.
        too_late = state is not OutboxState.UNKNOWN and self._too_late(part, now + delay)
        too_old = part.attempt >= LEAST_TRIES and now + delay - part.created_at > GIVE_UP_AFTER
        if too_late or too_old:
            await self._database.write(outbox.failed, part, code, vendor, exchanges, now)
            return
        await self._database.write(outbox.later, part, state, now + delay, code, vendor, exchanges, now)

    async def _pause(self, part: outbox.Sending, error: SendError, now: datetime, until: datetime) -> None:
        """Nothing of the account leaves until then; then one part alone tries, and its fate decides."""
        await self._database.write(accounts.pause, part.address, error.staff, now, until)
        log.warning("an account is paused", extra={"channel": part.address.channel, "code": error.code})
        await self._alert(part)

    def _count(self, part: outbox.Sending, result: str) -> None:
        metrics.sends.labels(part.address.channel, result).inc()

    async def _tell(self, part: outbox.Sending) -> None:
        frame = {"kind": "status", "conversation": part.conversation, "seq": part.seq}
        await self._bus.publish(STAFF_TOPIC, orjson.dumps(frame))
        await self._bus.ring(OUTBOX_BELL)  # the next part of this conversation may go now


def _shown(part: Part, caps: Capabilities) -> Part:
    """The part as this channel can show it. Raises Rejected for a template where there are none."""
    if isinstance(part, Place) and not caps.places:
        where = f"{part.latitude:.5f}, {part.longitude:.5f}"
        return Text(text=f"{part.name}\n{where}" if part.name else where)
    if isinstance(part, LinkButton) and not caps.link_buttons:
        return Text(text=f"{part.text}\n{part.url}")
    if isinstance(part, Template) and not caps.templates:
        raise Rejected("this channel has no templates")
    return part


def backoff(attempt: int) -> float:
    """Seconds before try number `attempt` + 1: full jitter under 0.5 s doubled each time, at most a minute."""
    return random.uniform(0.1, min(60.0, 0.5 * 2.0 ** min(attempt, 10)))
