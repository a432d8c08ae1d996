"""The Channel port: everything a platform adapter must and may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import ClassVar, Protocol, runtime_checkable

from .bus import Bus
from .clock import Clock
from .events import Event
from .http import Http
from .settings import ChannelSettings
from .types import Address, Capabilities, Media, Outbound, Part, Receipt, Sender, WebhookRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What an adapter is given to work with."""

    http: Http
    bus: Bus
    clock: Clock


def account_bucket(channel: str, account: str) -> str:
    """The bucket of everything one account sends; adapters that show more than messages take from it as well."""
    return f"account:{channel}:{account}"


def page_topic(address: Address) -> str:
    """The bus topic on which a visitor's page hears of all of that visitor's chats, whichever thread each of them is."""
    return f"page:{replace(address, thread=None).key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One signed webhook of a single text message, made from `settings`; the contract tests start from it."""

    settings: ChannelSettings
    request: WebhookRequest
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One thing the platform says of our account, in a sentence for the operator; when not `ok`, what to click."""

    ok: bool
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """Where a file can be had now. `hosts`: the only ones it may come from ("*.example.com" for all below).

    `headers` carry the token where one is needed; they are sent to these hosts alone and never follow a redirect.
    `sha256` (hex), `mime` and `bytes` as far as the platform told them.
    """

    url: str
    hosts: tuple[str, ...]
    headers: Mapping[str, str] = field(default_factory=dict)
    mime: str | None = None
    bytes: int | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What a poll brought. `cursor` is written down together with the events, so that nothing is asked for twice or lost."""

    events: list[Event]
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearby:
    """What is known around an unclear send, by external ids. `since`: it was decided to be sent then.

    `known`: the newest messages of the whole account, sent and received. `before`: those of them that are certainly older;
    none when something else in its chat is unclear as well, so that it could be taken for this one.
    """

    since: datetime
    before: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()


@runtime_checkable
class Channel(Protocol):
    """One platform. A module in `adapters/` exports its class as `CHANNEL`; app.py finds it there.

    `hint` is the sentence the model reads about the channel. Abilities beyond these methods are optional; each is one
    of the protocols below and bound to a capability. A channel whose events arrive at another channel's webhook says
    so by `overhears`: that channel authenticates the request, and both parse it.
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
class Fetches(Protocol):
    """Bound to caps.media."""

    async def fetch(self, address: Address, media: Media) -> Download:
        """Where the file behind `media.ref` can be had; raise a SendError: Rejected when it is gone for good."""


@runtime_checkable
class Edits(Protocol):
    """Bound to caps.edit."""

    async def edit(self, address: Address, external_id: str, part: Part) -> None:
        """Replace what we sent as `external_id`; raise one of the SendErrors."""


@runtime_checkable
class Deletes(Protocol):
    """Bound to caps.delete."""

    async def delete(self, address: Address, external_id: str) -> None:
        """Take back what we sent as `external_id`; raise one of the SendErrors."""


@runtime_checkable
class LooksBack(Protocol):
    """Bound to caps.look_back, for platforms that bring no key back."""

    async def find(self, outbound: Outbound, nearby: Nearby) -> str | None:
        """The external id of what an unclear send of `outbound` put there; None when it is not there or cannot be told.

        Never a guess: what counts as found is not sent again. Changes nothing that people see; raise a SendError when
        the platform could not be asked.
        """


@runtime_checkable
class Reacts(Protocol):
    """Bound to caps.reactions."""

    async def react(self, address: Address, external_id: str, emoji: str | None) -> None:
        """Put our reaction on a message of the person, or take it back with None; raise one of the SendErrors."""


@runtime_checkable
class Introduces(Protocol):
    """For platforms whose webhooks bring no names."""

    async def name_of(self, address: Address) -> str | None:
        """How the person is called there; None when the platform does not tell us. May raise SendErrors."""


@runtime_checkable
class Drafts(Protocol):
    """Bound to caps.drafts_every: an answer is shown while it grows, and then sent as a message by `send`."""

    def drafts(self, address: Address) -> bool:
        """Whether this conversation can show drafts."""

    async def draft(self, address: Address, number: int, text: str) -> None:
        """Show the answer's text so far, all of it; `number` (not 0) is the same for one answer. May raise SendErrors."""


@runtime_checkable
class Polls(Protocol):
    """Bound to caps.polling: the platform keeps what people wrote until we ask for it."""

    def polling(self) -> bool:
        """Whether the settings want this instead of a webhook."""

    async def poll(self, cursor: str | None) -> Polled:
        """Wait for what came after `cursor`, at most half a minute; raise one of the SendErrors."""


@runtime_checkable
class Overhears(Protocol):
    overhears: ClassVar[tuple[str, ...]]
    """Names of the channels whose webhooks hold events of this one as well."""


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
    async def probe(self, public_url: str) -> list[Probe]:
        """Ask the platform all it can say of our account, token and webhook; never raises for what it answers.

        `public_url` is where our webhooks are reached from outside, "" when that is not known.
        """


@runtime_checkable
class OwnPage(Protocol):
    """A channel that is a page of our own web server: visitors are known by a signed cookie, replies leave by the bus."""

    def new_visitor(self) -> str:
        """The cookie value of a visitor who has none."""

    def visitor_address(self, cookie: str) -> Address | None:
        """Where the visitor writes when no thread is named; each chat is a thread of it. None when the cookie is not ours."""

    def sender(self, visitor: Address) -> Sender:
        """The visitor as every message of theirs names who wrote."""

    def cookie_of(self, visitor: str) -> str:
        """The cookie value that makes another browser this visitor, named by an Address's peer."""

    def origins(self) -> tuple[str, ...]:
        """Sites that may show the page in a frame, such as https://shop.example; none: no site may."""
