"""A channel for the walks' tests: no platform, no network; it sends what it is told to fail at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import orjson

from assistant.channel import Example, Services
from assistant.errors import BadPayload, BadSignature, SendError
from assistant.events import Event, MessageReceived
from assistant.settings import ChannelSettings
from assistant.types import Address, Capabilities, Outbound, Receipt, Sender, Text, Unit, WebhookRequest


class PostSettings(ChannelSettings):
    pass


class Post:
    """Webhook: a JSON list of [peer, id, text]; the header `stamp` must be `good`."""

    name: ClassVar[str] = "post"
    title: ClassVar[str] = "Post"
    hint: ClassVar[str] = "The person writes letters."
    caps: ClassVar[Capabilities] = Capabilities(
        text_limit=120,
        text_unit=Unit.CODEPOINTS,
        typing_every=timedelta(seconds=0.05),
        mark_read=True,
        receipts=True,
        reply_window=timedelta(hours=24),
    )
    Settings: ClassVar[type[ChannelSettings]] = PostSettings

    def __init__(self, settings: ChannelSettings, services: Services) -> None:
        self.sent: list[Outbound] = []
        self.attempts: list[str] = []
        self.typed: list[str | None] = []
        self.read: list[str] = []
        self.trouble: Callable[[Outbound], SendError | Exception | None] = lambda outbound: None
        self.slow = 0.0

    @classmethod
    def example(cls) -> Example:
        return Example(settings=PostSettings(), request=posted(["ana", 1, "hello"]), text="hello")

    def authenticate(self, request: WebhookRequest) -> None:
        if request.header("stamp") != "good":
            raise BadSignature("no stamp")

    def parse(self, request: WebhookRequest) -> list[Event]:
        if request.body == b"bug":
            raise ZeroDivisionError
        try:
            letters = orjson.loads(request.body)
        except orjson.JSONDecodeError:
            raise BadPayload("not JSON") from None
        return [
            MessageReceived(
                address=Address(channel="post", account="office", peer=peer),
                sender=Sender(external_id=peer, name=peer),
                external_id=f"{peer}-{number}",
                sent_at=datetime.now(UTC),
                parts=(Text(text=text),),
            )
            for peer, number, text in letters
        ]

    async def send(self, outbound: Outbound) -> Receipt:
        self.attempts.append(outbound.idempotency_key)
        await asyncio.sleep(self.slow)
        if error := self.trouble(outbound):
            raise error
        self.sent.append(outbound)
        return Receipt(external_id=f"out-{len(self.sent)}", at=datetime.now(UTC))

    async def typing(self, address: Address, newest: str | None) -> None:
        self.typed.append(newest)

    async def mark_read(self, address: Address, newest: str) -> None:
        self.read.append(newest)

    def texts(self, peer: str = "ana") -> list[str]:
        return [one.part.text for one in self.sent if one.address.peer == peer and isinstance(one.part, Text)]


def posted(*letters: list[object]) -> WebhookRequest:
    return WebhookRequest(method="POST", headers={"stamp": ("good",)}, body=orjson.dumps(letters))
