"""What the web side is given by app.py, and how a handler finds it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from aiohttp import web

from ..bus import Bus
from ..channel import Channel
from ..clock import Clock
from ..painter import Painter
from ..settings import Settings
from ..store.database import Database
from ..types import Address, Sender, WebhookRequest


class Receives(Protocol):
    """Walk 1, as the web side sees it."""

    @property
    def channels(self) -> Mapping[str, Channel]: ...

    async def receive(self, channel_name: str, request: WebhookRequest) -> int:
        """Store what the request brings; returns how many events. Raises WebhookError, StoreUnavailable."""

    def take(
        self, channel_name: str, request: WebhookRequest, done: Callable[[Exception | None], None]
    ) -> None:
        """The same for callers that cannot await: `done` hears None, or what `receive` would raise."""

    def challenge(self, channel_name: str, request: WebhookRequest) -> str:
        """The answer to a platform's GET handshake. Raises WebhookError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """A channel that this installation has and that does not run. `off`: it is turned off.

    `missing`: the environment variables that it still needs, and what each is for. `own_webhook`: its events do not
    arrive at another channel's.
    """

    title: str
    off: bool
    missing: tuple[tuple[str, str], ...]
    own_webhook: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class WebContext:
    """Everything the pages work with.

    `page_channel`: the channel of our own chat page. `new_visitor` makes the value of a visitor's cookie, named
    `visitor_cookie`; `visitor_address` turns a cookie value into the address of that visitor, whose chats are its
    threads; None when it is not ours. `cookie_of`: the cookie value of a visitor named by that address's peer. `sender`:
    that visitor as the one who writes. `page_origins`: sites that may show the chat in a frame. `painter` draws while
    a visitor types; None where nothing can. `ready` returns the reasons why requests should go elsewhere, none when all is well; `warnings` what is
    wrong and no such reason. `open_prefixes`:
    paths of other doors mounted in the same application that answer machines and need no same-origin proof.
    """

    settings: Settings
    database: Database
    bus: Bus
    clock: Clock
    inbound: Receives
    page_channel: str
    new_visitor: Callable[[], str]
    visitor_address: Callable[[str], Address | None]
    cookie_of: Callable[[str], str]
    engine_note: Callable[[], str]
    ready: Callable[[], Awaitable[list[str]]]
    setup_token_file: Path
    visitor_cookie: str = "visitor"
    sender: Callable[[Address], Sender] = lambda visitor: Sender(external_id=visitor.peer)
    warnings: Callable[[], list[str]] = list
    sandbox: bool = False
    metrics_open: bool = False
    painter: Painter | None = None
    page_origins: tuple[str, ...] = ()
    open_prefixes: tuple[str, ...] = ()
    absent: Mapping[str, Absent] = field(default_factory=dict)


CONTEXT = web.AppKey("context", WebContext)


def context_of(request: web.Request) -> WebContext:
    app = request.app
    return (
        app[CONTEXT] if CONTEXT in app else request.config_dict[CONTEXT]
    )  # the long way is for sub-applications


def channel_title(context: WebContext, name: str) -> str:
    """How staff call a channel; its plain name when it is no longer configured."""
    channel = context.inbound.channels.get(name)
    return getattr(channel, "title", name)


def over_https(request: web.Request) -> bool:
    """Whether the browser spoke https to us, perhaps through a proxy."""
    forwarded = request.headers.get("X-Forwarded-Proto", "").split(",")[0].strip().lower()
    if forwarded:
        return forwarded == "https"
    public = context_of(request).settings.public_url
    return request.secure or (
        public.startswith("https://") and public.removeprefix("https://").split("/")[0] == request.host
    )
