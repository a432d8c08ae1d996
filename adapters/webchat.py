"""The web chat: our own page as a channel, visitors known by a signed cookie, answers sent over the bus."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import datetime, timedelta
from typing import Annotated, ClassVar

import orjson
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import NoDecode

from assistant.channel import Example, Services, page_topic
from assistant.errors import BadPayload, BadSignature, Rejected
from assistant.events import Event, FeedbackGiven, MessageReceived, StopPressed
from assistant.settings import ChannelSettings
from assistant.types import (
    Address,
    Alias,
    Capabilities,
    Dialect,
    Outbound,
    Proactive,
    Receipt,
    Sender,
    Text,
    Unit,
    WebhookRequest,
)

from . import _json as js

COOKIE = "visitor"
ACCOUNT = "web"
MAX_BODY_BYTES = 128 * 1024
MAX_TEXT_CHARACTERS = 16_000
MAX_REASONS = 12
MAX_COMMENT_CHARACTERS = 2000

_COOKIE_VALUE = re.compile(r"([A-Za-z0-9_-]{16,64})\.([0-9a-f]{64})", re.ASCII)
_ORIGIN = re.compile(r"https?://(?:[a-z0-9-]+\.)*[a-z0-9-]+(?::[0-9]{1,5})?", re.ASCII)
_ID = re.compile(r"[A-Za-z0-9_.:-]{1,128}", re.ASCII)
_CODE = re.compile(r"[a-z_]{1,32}", re.ASCII)


class WebChatSettings(ChannelSettings):
    required: ClassVar[tuple[str, ...]] = ("secret",)

    secret: SecretStr = Field(
        SecretStr(""),
        description="signs visitors' cookies; empty: made at the first start and kept in the data folder",
    )
    origins: Annotated[list[str], NoDecode] = Field(
        [],
        description="sites that may show the chat as a widget, such as https://shop.example; several separated by commas",
    )

    @field_validator("origins", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return value.split(",") if isinstance(value, str) else value

    @field_validator("origins")
    @classmethod
    def _whole_origins(cls, value: list[str]) -> list[str]:
        """As browsers write an origin; anything more, a path or a star, would let in nobody or everybody."""
        plain = [origin.strip().rstrip("/").lower() for origin in value if origin.strip()]
        if not all(_ORIGIN.fullmatch(origin) for origin in plain):
            raise ValueError("must be origins such as https://shop.example, without a path")
        return plain


def new_visitor(secret: str) -> str:
    """The cookie value of a new visitor: a random id and its signature."""
    return signed(secret, secrets.token_urlsafe(18))


def signed(secret: str, visitor: str) -> str:
    return f"{visitor}.{_mac(secret, visitor).hex()}"


def _mac(secret: str, visitor: str) -> bytes:
    return hmac.digest(secret.encode(), b"visitor:" + visitor.encode(), hashlib.sha256)


class WebChat:
    name: ClassVar[str] = "webchat"
    title: ClassVar[str] = "Web chat"
    hint: ClassVar[str] = "The person writes in the chat on our website; Markdown is shown as such."
    caps: ClassVar[Capabilities] = Capabilities(
        text_limit=MAX_TEXT_CHARACTERS,
        text_unit=Unit.CODEPOINTS,
        dialect=Dialect.MARKDOWN,
        typing_every=timedelta(seconds=3),
        streaming=True,
        proactive=Proactive.FREE,
        discloses=True,
    )
    Settings: ClassVar[type[ChannelSettings]] = WebChatSettings

    def __init__(self, settings: ChannelSettings, services: Services) -> None:
        if not isinstance(settings, WebChatSettings):
            raise TypeError("WebChat needs WebChatSettings")
        self.settings = settings
        self.services = services

    @classmethod
    def example(cls) -> Example:
        settings = WebChatSettings(secret=SecretStr("example-cookie-secret"))
        cookie = f"{COOKIE}={signed('example-cookie-secret', 'exampleVisitor0001')}"
        body = orjson.dumps({"id": "0199c0de-0000-7000-8000-000000000001", "text": "Hello from the website"})
        request = WebhookRequest(method="POST", headers={"cookie": (cookie,)}, body=body)
        return Example(settings=settings, request=request, text="Hello from the website")

    def authenticate(self, request: WebhookRequest) -> None:
        if self._visitor(_cookie(request)) is None:
            raise BadSignature("the visitor cookie is missing or not signed by us")

    def new_visitor(self) -> str:
        return new_visitor(self.settings.secret.get_secret_value())

    def cookie_of(self, visitor: str) -> str:
        return signed(self.settings.secret.get_secret_value(), visitor)

    def origins(self) -> tuple[str, ...]:
        return tuple(self.settings.origins)

    def visitor_address(self, cookie: str) -> Address | None:
        visitor = self._visitor(cookie)
        return Address(channel=self.name, account=ACCOUNT, peer=visitor) if visitor else None

    def sender(self, visitor: Address) -> Sender:
        return Sender(external_id=visitor.peer, aliases=(Alias(kind="visitor", value=visitor.peer),))

    def _visitor(self, cookie: str) -> str | None:
        """The visitor's id out of a cookie value that we signed."""
        found = _COOKIE_VALUE.fullmatch(cookie)
        secret = self.settings.secret.get_secret_value()
        if found is None or not secret:
            return None
        right = hmac.compare_digest(bytes.fromhex(found[2]), _mac(secret, found[1]))
        return found[1] if right else None

    def parse(self, request: WebhookRequest) -> list[Event]:
        """One message, stop, or thumb. A page sends no time that could be trusted: the moment of reading stands for it."""
        if len(request.body) > MAX_BODY_BYTES:
            raise BadPayload("the message is larger than the web chat allows")
        found = _COOKIE_VALUE.fullmatch(_cookie(request))
        if found is None:
            raise BadPayload("the message has no visitor")
        item = js.load(request.body)
        external_id = js.text(item, "id")
        thread = js.text(item, "conversation")
        if external_id is None or not _ID.fullmatch(external_id):
            raise BadPayload("id")
        if thread is not None and not _ID.fullmatch(thread):
            raise BadPayload("conversation")
        address = Address(channel=self.name, account=ACCOUNT, peer=found[1], thread=thread)
        if js.true(item, "stop"):
            return [StopPressed(address=address, at=self._arrived_at())]
        if feedback := js.obj(item, "feedback"):
            return [self._feedback(address, feedback)]
        words = js.text(item, "text")
        if words is None or not words.strip() or len(words) > MAX_TEXT_CHARACTERS:
            raise BadPayload("text")
        received = MessageReceived(
            address=address,
            sender=self.sender(address),
            # Ids are the page's own: scoped by visitor, so that nobody can take another one's id.
            external_id=f"{address.peer}:{external_id}",
            sent_at=self._arrived_at(),
            parts=(Text(text=words),),
        )
        return [received]

    def _feedback(self, address: Address, given: js.Object) -> FeedbackGiven:
        """`good` null: the thumb is taken back."""
        message, good, words = js.text(given, "message"), given.get("good"), js.text(given, "text")
        reasons = js.items(given, "reasons")
        if message is None or not _ID.fullmatch(message):
            raise BadPayload("message")
        if good is not None and not isinstance(good, bool):
            raise BadPayload("good")
        if len(reasons) > MAX_REASONS or not all(
            isinstance(one, str) and _CODE.fullmatch(one) for one in reasons
        ):
            raise BadPayload("reasons")
        if words is not None and len(words) > MAX_COMMENT_CHARACTERS:
            raise BadPayload("text")
        return FeedbackGiven(
            address=address,
            external_id=message,
            at=self._arrived_at(),
            good=good,
            reasons=tuple(reasons),
            comment=(words or "").strip() or None,
        )

    def _arrived_at(self) -> datetime:
        """The one reading of the (injected) clock on the way in: no platform has stamped the message."""
        return self.services.clock.now()

    async def send(self, outbound: Outbound) -> Receipt:
        """Ring the page; whether or not it is open, the message is in the store and is read from there."""
        if not isinstance(outbound.part, Text):
            raise Rejected("this version sends only text to the web chat")
        words = js.clean(outbound.part.text)
        await self._tell(outbound.address, kind="message", id=outbound.idempotency_key, text=words)
        return Receipt(external_id=outbound.idempotency_key, at=self.services.clock.now())

    async def typing(self, address: Address, newest: str | None) -> None:
        await self._tell(address, kind="typing")

    async def _tell(self, address: Address, **frame: str) -> None:
        """One topic for all chats of a visitor; `chat` says which one it is about."""
        await self.services.bus.publish(page_topic(address), orjson.dumps({**frame, "chat": address.thread}))


def _cookie(request: WebhookRequest) -> str:
    """The visitor cookie's value, "" unless it came exactly once."""
    pairs = [pair.strip().partition("=") for pair in (request.header("cookie") or "").split(";")]
    values = [value for name, _, value in pairs if name == COOKIE]
    return values[0] if len(values) == 1 else ""


CHANNEL = WebChat
