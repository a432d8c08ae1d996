"""The Channel port: everything a platform adapter must and may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol, runtime_checkable

from .bus import Bus
from .clock import Clock
from .http import Http
from .settings import ChannelSettings
from .types import Address, Capabilities, Event, Outbound, Receipt, WebhookRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What an adapter is given to work with."""

    http: Http
    bus: Bus
    clock: Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One signed webhook of a single text message, made from `settings`; the contract tests start from it."""

    settings: ChannelSettings
    request: WebhookRequest
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What the platform says of our account: `ok`, and one sentence for the operator."""

    ok: bool
    sentence: str


@runtime_checkable
class Channel(Protocol):
    """One platform. A module in `adapters/` exports its class as `CHANNEL`; app.py finds it there.

    `hint` is the sentence the model reads about the channel. Abilities beyond these methods are optional and are
    bound to a capability: `typing` (caps.typing_every), `mark_read` (caps.mark_read); see the protocols below.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    hint: ClassVar[str]
    caps: ClassVar[Capabilities]
    Settings: ClassVar[type[ChannelSettings]]

    def __init__(self, settings: ChannelSettings, services: Services) -> None: ...

    @classmethod
    def example(cls) -> Example:
        """A valid webhook for tests and documentation."""

    def authenticate(self, request: WebhookRequest) -> None:
        """Raise BadSignature unless the request provably comes from the platform. No network, no parsing."""

    def parse(self, request: WebhookRequest) -> list[Event]:
        """Every event in the body, in order; pure. An item that cannot be read becomes Unread.

        Raises BadPayload when the body as a whole is not the platform's JSON.
        """

    async def send(self, outbound: Outbound) -> Receipt:
        """Send one part; raise one of the SendErrors, nothing else."""


@runtime_checkable
class ShowsTyping(Protocol):
    async def typing(self, address: Address, newest: str | None) -> None:
        """Show that an answer is being written; `newest` is the external id of the message it answers."""


@runtime_checkable
class MarksRead(Protocol):
    async def mark_read(self, address: Address, newest: str) -> None:
        """Show the person that everything up to `newest` was read."""


@runtime_checkable
class Challenges(Protocol):
    def challenge(self, request: WebhookRequest) -> str:
        """The body that answers the platform's GET handshake; raise BadSignature when the token is wrong."""


@runtime_checkable
class Registers(Protocol):
    async def register(self, public_url: str) -> str:
        """Tell the platform where our webhook is; returns one sentence for the operator."""


@runtime_checkable
class Probes(Protocol):
    async def probe(self) -> Probe:
        """Ask the platform whether our account and token work."""


@runtime_checkable
class OwnPage(Protocol):
    """A channel that is a page of our own web server: visitors are known by a signed cookie, replies leave by the bus."""

    def new_visitor(self) -> str:
        """The cookie value of a visitor who has none."""

    def visitor_key(self, cookie: str) -> str | None:
        """The key of the visitor's conversation; None when the cookie is not ours."""
