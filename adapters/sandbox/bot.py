"""The Telegram half of the sandbox: the bot's identity, its updates, and their delivery one at a time per chat."""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from assistant.clock import Clock
from assistant.http import Http

from .bot_people import BotPeople
from .business import Business, ask_as_guest
from .happenings import Stream
from .payloads import Json
from .phones import Phone
from .platform import Delivery, new_digits
from .wire import Signature

DEFAULT_CONNECTIONS = 40
ASKED_FOR = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds of updates that come only when allowed_updates names them."""
ALL_KINDS = (
    *("message", "edited_message", "callback_query", "my_chat_member", "message_reaction"),
    *("stopped_message_generation", "business_connection", "business_message", "deleted_business_messages"),
    *("edited_business_message", "guest_message"),
)


@dataclass(slots=True, kw_only=True)
class WebhookState:
    """What setWebhook stored and getWebhookInfo tells."""

    secret_token: str | None = None
    allowed_updates: list[str] | None = None
    max_connections: int = DEFAULT_CONNECTIONS


@dataclass(slots=True, kw_only=True)
class Lane:
    """The updates of one chat that were not taken yet, the oldest first, and whether somebody delivers them."""

    waiting: list[Delivery] = field(default_factory=list)
    busy: bool = False


class Telegram(BotPeople):
    """A bot. Updates wait in one lane per chat; only the first of a lane is in flight, until the webhook answers 2xx."""

    channel: ClassVar[str] = "telegram"
    title: ClassVar[str] = "Telegram"
    honours_retry_after: ClassVar[bool] = True

    def __init__(self, *, http: Http, stream: Stream, clock: Clock) -> None:
        super().__init__(http=http, stream=stream, clock=clock)
        self.bot_id = int(new_digits(10))
        self.username = "sandbox_bot"
        self.token = f"{self.bot_id}:AA{secrets.token_hex(16)}x"
        self.secret_token = secrets.token_urlsafe(32)
        self.privacy = True
        self.webhook = WebhookState()
        self.arrived = asyncio.Event()
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.texts: dict[str, str] = {}
        self.connections: dict[str, Business] = {}
        self.guests: dict[str, Phone] = {}
        self._lanes: dict[str, Lane] = {}

    def environment(self, base_url: str) -> dict[str, str]:
        return {
            "ASSISTANT_TELEGRAM_TOKEN": self.token,
            "ASSISTANT_TELEGRAM_SECRET_TOKEN": self.secret_token,
            "ASSISTANT_TELEGRAM_USERNAME": self.username,
            "ASSISTANT_TELEGRAM_API_URL": f"{base_url}/telegram",
        }

    def me(self) -> Json:
        return {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": "Sandbox",
            "username": self.username,
            "can_join_groups": True,
            "can_read_all_group_messages": not self.privacy,
            "supports_inline_queries": False,
            "can_connect_to_business": True,
            "supports_guest_queries": True,
            "has_main_web_app": False,
            "has_topics_enabled": any(phone.topics for phone in self.phones.values()),
        }

    def headers(self, body: bytes) -> dict[str, str]:
        secret = "wrong-secret" if self.faults.bad_signature else self.webhook.secret_token
        proof = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        return {"Accept-Encoding": "gzip, deflate", **proof}

    def signature(self, headers: Mapping[str, str], body: bytes) -> Signature:
        """Telegram's proof is the token that setWebhook named; it says nothing of the bytes."""
        given, expected = headers.get("X-Telegram-Bot-Api-Secret-Token"), self.webhook.secret_token
        if given is None or expected is None:
            return Signature.NONE
        right = hmac.compare_digest(given.encode(), expected.encode())
        return Signature.VALID if right else Signature.WRONG

    def tokens(self) -> tuple[str, ...]:
        return (self.token,)

    async def connect_business(self, owner: Phone, *, can_reply: bool = True) -> Business:
        """An owner of a business account lets the bot answer there."""
        business = Business(self, owner, can_reply=can_reply)
        self.connections[business.id] = business
        await business.tell()
        return business

    async def ask_as_guest(self, phone: Phone, text: str) -> str:
        """Somebody mentions the bot in a chat it is not in; returns the query it may answer once."""
        return await ask_as_guest(self, phone, text)

    # --- the webhook ---

    async def connect(self, url: str) -> None:
        """As if our side had called setWebhook for every kind of update; Telegram has no handshake."""
        self.set_webhook(url, WebhookState(secret_token=self.secret_token, allowed_updates=list(ALL_KINDS)))

    def set_webhook(self, url: str, state: WebhookState) -> None:
        if state.allowed_updates is None:
            state.allowed_updates = self.webhook.allowed_updates
        self.webhook = state
        self.webhook_url = url
        self.failed_at = None
        self.arrived.set()
        self.arrived = asyncio.Event()
        for name in self._lanes:
            self._work(name)

    def delete_webhook(self) -> None:
        self.webhook = WebhookState(allowed_updates=self.webhook.allowed_updates)
        self.webhook_url = None

    def wants(self, kind: str) -> bool:
        """Whether allowed_updates lets this kind through; empty or never set means all but those to be asked for."""
        allowed = self.webhook.allowed_updates
        return kind in allowed if allowed else kind not in ASKED_FOR

    def dispatch(self, external_id: str, what: str, payload: Json, *, lane: str) -> Delivery:
        """Put an update at the end of its chat's lane; one that nobody asked for is not even kept."""
        delivery = Delivery(external_id=external_id, what=what, payload=payload, lane=lane)
        if not self.wants(next(kind for kind in payload if kind != "update_id")):
            delivery.tried.set()
            return delivery
        self.remember(delivery)
        if not self.held(delivery):
            self.launch(delivery)
        return delivery

    def launch(self, delivery: Delivery) -> None:
        self._lanes.setdefault(delivery.lane, Lane()).waiting.append(delivery)
        self.arrived.set()
        self.arrived = asyncio.Event()
        self._work(delivery.lane)

    async def tell(self, phone: Phone, external_id: str, what: str, payload: Json) -> None:
        """As everywhere; without a webhook the update waits for getUpdates. A block has a lane of its own."""
        lane = f"member:{phone.id}" if "my_chat_member" in payload else phone.id
        await self.put(external_id, what, payload, lane)

    async def put(self, external_id: str, what: str, payload: Json, lane: str) -> None:
        delivery = self.dispatch(external_id, what, payload, lane=lane)
        if self.webhook_url is not None:
            await delivery.tried.wait()

    def _work(self, name: str) -> None:
        lane = self._lanes[name]
        if lane.waiting and not lane.busy and self.webhook_url is not None:
            lane.busy = True
            self.spawn(self._run(lane))

    async def _run(self, lane: Lane) -> None:
        try:
            while lane.waiting and self.webhook_url is not None:
                delivery = lane.waiting[0]
                await self.deliver(delivery)
                if delivery in lane.waiting:
                    lane.waiting.remove(delivery)
        finally:
            lane.busy = False

    def over(self, delivery: Delivery) -> bool:
        return super().over(delivery) or delivery not in self._lanes[delivery.lane].waiting

    # --- the other way: getUpdates ---

    def pending(self) -> list[Json]:
        """Every update that nobody took yet, the oldest first."""
        waiting = [delivery.payload for lane in self._lanes.values() for delivery in lane.waiting]
        return sorted(waiting, key=lambda update: int(update["update_id"]))

    def forget_before(self, update_id: int) -> None:
        """getUpdates with an offset confirms everything before it."""
        for lane in self._lanes.values():
            for delivery in [item for item in lane.waiting if int(item.payload["update_id"]) < update_id]:
                lane.waiting.remove(delivery)
                delivery.tried.set()
                delivery.accepted.set()

    def drop_pending(self) -> None:
        for lane in self._lanes.values():
            for delivery in lane.waiting:
                delivery.tried.set()
            lane.waiting.clear()
