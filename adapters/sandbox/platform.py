"""What all sandbox platforms share: signed webhooks over real HTTP with retries, their phones and their fault knobs."""

from __future__ import annotations

import asyncio
import secrets
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Coroutine, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, ClassVar

from aiohttp import web

from assistant.clock import Clock
from assistant.errors import SettingsError
from assistant.http import Http, NoAnswer, NotSent, Response

from . import payloads
from .faults import HOLD_SECONDS, Faults
from .happenings import Happening, Kind, Stream
from .payloads import Json, encode
from .phones import Heard, Phone
from .pieces import Button, File, NotHere, Piece
from .wire import NO_ANSWER, Direction, Signature, Wire, spoken_of, text_of

MAX_RETRY_AFTER_SECONDS = 3600.0
KEPT_DELIVERIES = 100_000
_REPORTS = frozenset({"sent", "delivered", "read", "played", "failed"})


@dataclass(slots=True, kw_only=True)
class Delivery:
    """One webhook and what became of it. `what` is message, reaction, edit, unsend, or the status it reports; `answers`
    holds the HTTP status of every attempt, None where no answer came."""

    external_id: str
    what: str
    payload: Json
    lane: str
    answers: list[int | None] = field(default_factory=list)
    tried: asyncio.Event = field(default_factory=asyncio.Event)
    accepted: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One API call as it came in, for tests that judge what is sent; `files` by the name of their field."""

    path: str
    params: Json
    files: Mapping[str, File] = field(default_factory=dict)


class Platform(ABC):
    """One platform. Times in seconds: first `retry_seconds` after the second failed attempt, doubling up to the cap;
    `receipt_seconds` lies between sent, delivered and read. `failed_at` and `failure` tell of the last attempt to
    deliver a webhook that was not taken."""

    channel: ClassVar[str]
    title: ClassVar[str]
    honours_retry_after: ClassVar[bool] = False
    reply_window: ClassVar[timedelta | None] = None

    def __init__(self, *, http: Http, stream: Stream, clock: Clock) -> None:
        self.http = http
        self.stream = stream
        self.clock = clock
        self.wire = Wire(clock=clock)
        self.webhook_url: str | None = None
        self.faults = Faults(rested=lambda: self.happened(Kind.FAULT))
        self.phones: dict[str, Phone] = {}
        self.calls: deque[Call] = deque(maxlen=10_000)
        self.deliveries: dict[tuple[str, str], Delivery] = {}
        self.retry_seconds = 2.0
        self.retry_cap_seconds = 60.0
        self.receipt_seconds = 0.05
        self.failed_at: datetime | None = None
        self.failure = ""
        self._tasks: set[asyncio.Task[None]] = set()
        self._held: list[Delivery] = []

    # --- what each platform does its own way ---

    @abstractmethod
    def environment(self, base_url: str) -> dict[str, str]:
        """The settings that point our adapter at this platform; `base_url` is the sandbox's own."""

    @abstractmethod
    def headers(self, body: bytes) -> dict[str, str]:
        """The headers of a webhook, with the proof that it comes from the platform."""

    @abstractmethod
    def compose(self, phone: Phone, piece: Piece | str) -> tuple[str, Json]:
        """A new external id and the webhook body of a message."""

    def compose_reaction(self, phone: Phone, external_id: str, emoji: str | None) -> Json:
        raise NotHere(f"nobody reacts on {self.title}")

    def compose_edit(self, phone: Phone, external_id: str, text: str) -> Json:
        raise NotHere(f"nobody edits on {self.title}")

    def compose_unsend(self, phone: Phone, external_id: str) -> Json:
        raise NotHere(f"nobody takes back what was said on {self.title}")

    def compose_press(self, phone: Phone, heard: Heard, button: Button) -> tuple[str, Json]:
        raise NotHere(f"there are no buttons on {self.title}")

    async def stop(self, phone: Phone) -> None:
        raise NotHere(f"nothing that {self.title} shows can be stopped")

    def compose_block(self, phone: Phone, blocked: bool) -> Json | None:
        """What the platform tells the business when it is blocked; mostly nothing."""
        return None

    @abstractmethod
    def new_phone(self, name: str, *, locale: str, username: str | None) -> Phone:
        """A person with fresh ids."""

    @abstractmethod
    async def connect(self, url: str) -> None:
        """Send webhooks to `url` from now on, after the platform's own handshake. Raises SettingsError."""

    def catch_up(self, phone: Phone, waited: list[Heard]) -> None:  # noqa: B027 - nothing to report is the rule
        """A phone is back and shows what waited; report that where the platform does."""

    # --- people ---

    def phone(self, name: str, *, locale: str = "en", username: str | None = None) -> Phone:
        """The phone of that name, the newest if there are several; a new one when there is none yet."""
        for known in reversed(self.phones.values()):
            if known.name == name:
                return known
        return self.add_phone(name, locale=locale, username=username)

    def add_phone(self, name: str, *, locale: str = "en", username: str | None = None) -> Phone:
        """A new phone, whoever is called so already."""
        phone = self.new_phone(name, locale=locale, username=username)
        self.phones[phone.id] = phone
        return phone

    async def say(self, phone: Phone, piece: Piece | str) -> str:
        external_id, payload = self.compose(phone, piece)
        phone.spoke(external_id, piece)
        await self.tell(phone, external_id, "message", payload)
        return external_id

    async def tell(self, phone: Phone, external_id: str, what: str, payload: Json) -> None:
        """Deliver what a person did; comes back after the first attempt."""
        await self.dispatch(external_id, what, payload, lane=phone.id).tried.wait()

    # --- webhooks ---

    def delivery(self, external_id: str, what: str = "message") -> Delivery | None:
        """The webhook that carried a message, or a status of it."""
        return self.deliveries.get((external_id, what))

    def remember(self, delivery: Delivery) -> None:
        self.deliveries[delivery.external_id, delivery.what] = delivery
        if len(self.deliveries) > KEPT_DELIVERIES:
            del self.deliveries[next(iter(self.deliveries))]

    def dispatch(self, external_id: str, what: str, payload: Json, *, lane: str) -> Delivery:
        """Begin to deliver one webhook, beside all others. Raises SettingsError when nobody listens yet."""
        if self.webhook_url is None:
            raise SettingsError(f"nobody listens to {self.title} yet; call Sandbox.connect() first")
        delivery = Delivery(external_id=external_id, what=what, payload=payload, lane=lane)
        self.remember(delivery)
        if not self.held(delivery):
            self.launch(delivery)
        return delivery

    def launch(self, delivery: Delivery) -> None:
        """Set out with a webhook."""
        self.spawn(self.deliver(delivery))

    # --- out of order ---

    def held(self, delivery: Delivery) -> bool:
        """Whether this webhook has to wait for others, to be overtaken by them; reports of ours never do."""
        if len(self._held) >= self.faults.hold or delivery.what in _REPORTS:
            return False
        delivery.tried.set()  # nobody waits here for what is held
        self._held.append(delivery)
        if len(self._held) == 1:
            self.spawn(self._let_go())
        return True

    async def _let_go(self) -> None:
        """When as many are held as were asked for, or the knob went back, or nothing more came for long."""
        until = self.clock.monotonic() + HOLD_SECONDS
        while len(self._held) < self.faults.hold and self.clock.monotonic() < until:  # noqa: ASYNC110 - no one rings
            await asyncio.sleep(0.02)
        waiting, self._held = self._held, []
        self.faults.hold = 0
        for delivery in _disordered(waiting, self.faults.random):
            delivery.tried.clear()
            self.launch(delivery)
            await delivery.tried.wait()

    # --- an old webhook again ---

    async def replay(self, delivery: Delivery, *, times: int = 1, hours_old: float = 0.0) -> list[int | None]:
        """Post a webhook again, byte for byte; how each was answered. With `hours_old` its times lie so much earlier."""
        payload = payloads.aged(delivery.payload, timedelta(hours=hours_old))
        copy = Delivery(
            external_id=delivery.external_id, what=delivery.what, payload=payload, lane=delivery.lane
        )
        self.happened(Kind.REPLAYED, status=str(times))
        for _ in range(times):
            answer = await self._post(copy, encode(payload))
            copy.answers.append(answer.status if answer else None)
        return copy.answers

    def happened(self, kind: Kind, *, text: str = "", status: str | None = None) -> None:
        """Tell the stream of something that concerns the platform as a whole."""
        self.stream.emit(
            Happening(
                kind=kind,
                channel=self.channel,
                person="",
                at=self.clock.now(),
                text=text,
                status=status,
            )
        )

    async def deliver(self, delivery: Delivery) -> None:
        """Post until the webhook answers 2xx: a failure is retried at once, then after 2, 4, 8 … seconds."""
        if self.faults.delay_seconds:
            await asyncio.sleep(self.faults.delay_seconds)
        body = encode(delivery.payload)
        pauses = self._pauses()
        while not self.over(delivery):
            answer = await self._post(delivery, body)
            delivery.answers.append(answer.status if answer else None)
            if answer is not None and 200 <= answer.status < 300:
                delivery.accepted.set()
            delivery.tried.set()
            if not delivery.accepted.is_set():
                self.failed_at = self.clock.now()
                self.failure = (
                    f"Wrong response from the webhook: {answer.status}" if answer else "Connection refused"
                )
                await asyncio.sleep(self._asked_pause(answer) or next(pauses))
        for _ in range(self.faults.duplicates):
            again = await self._post(delivery, body)
            delivery.answers.append(again.status if again else None)

    def over(self, delivery: Delivery) -> bool:
        """Whether no further attempt is due."""
        return delivery.accepted.is_set() or self.webhook_url is None

    async def _post(self, delivery: Delivery, body: bytes) -> Response | None:
        if self.webhook_url is None:
            return None
        headers = {"Content-Type": "application/json", **self.headers(body)}
        ids = dict.fromkeys((delivery.external_id, *spoken_of(delivery.payload)[0]))
        person = self.name_of({delivery.lane.removeprefix("member:")})
        answer, _ = await self.ask("POST", self.webhook_url, headers, body, ids=tuple(ids), person=person)
        return answer

    async def ask(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None = None,
        *,
        ids: tuple[str, ...] = (),
        person: str = "",
    ) -> tuple[Response | None, str]:
        """Ask our server, on the record; the answer, or None and why there is none."""
        at, began = self.clock.now(), self.clock.monotonic()
        answer, failure = None, ""
        try:
            answer = await self.http.request(method, url, headers=headers, data=body)
        except (NotSent, NoAnswer) as error:
            failure = str(error) or NO_ANSWER
        refused = answer is not None and not 200 <= answer.status < 300
        self.wire.record(
            at=at,
            channel=self.channel,
            direction=Direction.WEBHOOK,
            method=method,
            url=url,
            headers=headers,
            body=text_of(body) if body is not None else "",
            status=answer.status if answer else None,
            answer=text_of(answer.body, answer.headers.get("content-type", "")) if answer else "",
            milliseconds=(self.clock.monotonic() - began) * 1000,
            signature=self.signature(headers, body or b""),
            verdict=f"Wrong response from the webhook: {answer.status}" if answer and refused else failure,
            external_ids=ids,
            person=person,
        )
        return answer, failure

    def signature(self, headers: Mapping[str, str], body: bytes) -> Signature:
        """What our server should find when it checks the proof of a webhook."""
        return Signature.NONE

    def tokens(self) -> tuple[str, ...]:
        """The sandbox's own secrets that an API call may carry."""
        return ()

    def name_of(self, ids: set[str]) -> str:
        """The name of the phone that has one of the ids, or said the message that has it."""
        known = next((self.phones[one] for one in ids if one in self.phones), None)
        if known is not None:
            return known.name
        for phone in self.phones.values():
            if phone.user_id in ids or not ids.isdisjoint(phone.said):
                return phone.name
        return ""

    def _pauses(self) -> Iterator[float]:
        yield 0.0
        pause = self.retry_seconds
        while True:
            yield min(pause, self.retry_cap_seconds)
            pause *= 2

    def _asked_pause(self, answer: Response | None) -> float | None:
        if answer is None or not self.honours_retry_after:
            return None
        asked = answer.headers.get("retry-after", "")
        return min(float(asked), MAX_RETRY_AFTER_SECONDS) if asked.isdigit() else None

    # --- the answer of a send, with its faults ---

    async def answer_send(self, request: web.Request, answer: Json) -> web.StreamResponse:
        """Answer a send that was taken: at once, late, or never."""
        if self.faults.hang_seconds:
            await asyncio.sleep(self.faults.hang_seconds)
        if self.faults.lose_this_answer():
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)
        return web.json_response(answer)

    # --- life ---

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stop every delivery that is still going on; nobody waits for one any longer."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for delivery in self.deliveries.values():
            delivery.tried.set()


def new_digits(count: int) -> str:
    """Random digits, the first one not zero."""
    return str(secrets.randbelow(9) + 1) + "".join(str(secrets.randbelow(10)) for _ in range(count - 1))


def _disordered(items: list[Delivery], random: Random) -> list[Delivery]:
    """Shuffled, and never by chance in the order in which they came."""
    shuffled = list(items)
    while len(items) > 1 and shuffled == items:
        random.shuffle(shuffled)
    return shuffled
