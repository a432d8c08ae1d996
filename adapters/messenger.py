"""Messenger: what people write to a Facebook Page in, and answers, questions, files and reactions out."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

import orjson
from pydantic import Field, SecretStr

from assistant.channel import Download, Example, Probe, Services
from assistant.events import Event
from assistant.settings import ChannelSettings
from assistant.types import (
    Address,
    Buttons,
    Capabilities,
    Dialect,
    Media,
    Outbound,
    Proactive,
    Rate,
    Receipt,
    Unit,
    WebhookRequest,
)

from . import _graph, _messaging, _messaging_webhook
from . import _json as js
from ._messaging_setup import Setup

# What the Page sends us. The app's webhook may bring comments too; the Page sends them once the channel that reads
# them subscribes.
# https://developers.facebook.com/docs/messenger-platform/webhooks#events (2026-11-23)
FIELDS = (
    *("messages", "messaging_postbacks", "message_echoes", "message_reactions", "message_edits"),
    *("message_reads", "message_deliveries", "messaging_referrals", "messaging_handovers", "standby"),
    *("response_feedback", "messaging_optins"),
)
COMMENT_FIELDS = ("feed", "mention")
FILE_HOSTS = ("*.fbcdn.net", "*.fbsbx.com")


class MessengerSettings(_graph.GraphSettings):
    required: ClassVar[tuple[str, ...]] = ("app_secret", "verify_token", "access_token", "page_id")

    page_id: str = Field("", description="the id of the Facebook Page")
    app_id: str = Field(
        "", description="the Meta app's id; tells our own echoes from those of staff and other apps"
    )


class Messenger:
    name: ClassVar[str] = "messenger"
    title: ClassVar[str] = "Messenger"
    hint: ClassVar[str] = "The person writes on Facebook Messenger."
    # 2026-11-23: https://developers.facebook.com/docs/messenger-platform/reference/send-api (2000 characters;
    # typing lasts about 20 s; 13 quick replies, title 20, payload 1000; a file has no caption), sender actions
    # (reactions, 2026-01-21), .../messenger-platform/policy (24 h). How clients show marks is undocumented for
    # the API, so answers are plain. Threads are slowed down at an undisclosed rate: ours stays low.
    caps: ClassVar[Capabilities] = Capabilities(
        text_limit=2000,
        text_unit=Unit.UTF16,
        dialect=Dialect.PLAIN,
        typing_every=timedelta(seconds=15),
        mark_read=True,
        receipts=True,
        echo=True,
        reply_to=True,
        media=True,
        media_out=tuple(_messaging.MEDIA_OUT),
        reactions=True,
        buttons=Buttons(max=13, title=20, id_bytes=1000),
        reply_window=timedelta(hours=24),
        rate=Rate(count=60, per=timedelta(minutes=1), burst=10),
        # 300 calls a second for texts; typing and read marks are calls too. As of 2026-03-23,
        # https://developers.facebook.com/docs/messenger-platform/overview/rate-limiting
        account_rate=Rate(count=200, per=timedelta(seconds=1), burst=50),
        proactive=Proactive.WINDOW,
    )
    Settings: ClassVar[type[ChannelSettings]] = MessengerSettings

    def __init__(self, settings: ChannelSettings, services: Services) -> None:
        if not isinstance(settings, MessengerSettings):
            raise TypeError("Messenger needs MessengerSettings")
        self.settings = settings
        self.services = services
        self._account = _messaging_webhook.Account(
            channel=self.name,
            envelope="page",
            id=settings.page_id,
            app=settings.app_id,
            alias="psid",
            elsewhere=frozenset(COMMENT_FIELDS),
        )
        self._line = _messaging.Line(
            services=services,
            settings=settings,
            node=_graph.segment(settings.page_id),
            beside={"messaging_type": "RESPONSE"},
            keyed=True,
            quotes=True,
        )

    @classmethod
    def example(cls) -> Example:
        settings = MessengerSettings(
            app_secret=SecretStr("example-app-secret"),
            verify_token=SecretStr("example-verify-token"),
            access_token=SecretStr("example-access-token"),
            page_id="1755847768034402",
            app_id="4242",
        )
        message = {
            "sender": {"id": "6939284726114911"},
            "recipient": {"id": "1755847768034402"},
            "timestamp": 1790000000123,
            "message": {"mid": "m_AG5Hz2Uq7tuwNEhXfYYKj8mJEM", "text": "Are you open on Sunday?"},
        }
        entry = {"id": "1755847768034402", "time": 1790000000456, "messaging": [message]}
        body = orjson.dumps({"object": "page", "entry": [entry]})
        headers = {"x-hub-signature-256": (_graph.sign("example-app-secret", body),)}
        request = WebhookRequest(method="POST", headers=headers, body=body)
        return Example(settings=settings, request=request, text="Are you open on Sunday?")

    def authenticate(self, request: WebhookRequest) -> None:
        _graph.check_signature(request, self.settings.app_secrets())

    def challenge(self, request: WebhookRequest) -> str:
        return _graph.challenge(request, self.settings.verify_token.get_secret_value())

    def parse(self, request: WebhookRequest) -> list[Event]:
        """A Page's comments arrive here too; the channel that reads them hears the same request."""
        return _messaging_webhook.read(self._account, request.body)

    async def send(self, outbound: Outbound) -> Receipt:
        """One message; `metadata` comes back in the echo and settles unclear sends."""
        return await self._line.send(outbound)

    async def typing(self, address: Address, newest: str | None) -> None:
        await self._line.act(address, "typing_on")

    async def mark_read(self, address: Address, newest: str) -> None:
        await self._line.act(address, "mark_seen")

    async def react(self, address: Address, external_id: str, emoji: str | None) -> None:
        await self._line.react(address, external_id, emoji)

    async def fetch(self, address: Address, media: Media) -> Download:
        return _messaging.download(self.settings, media, FILE_HOSTS)

    async def name_of(self, address: Address) -> str | None:
        """Needs the feature Business Asset User Profile Access; without it Facebook answers 100/33, and there is no name.

        Source: https://developers.facebook.com/docs/messenger-platform/identity/user-profile
        """
        return await self._line.name_of(address, "first_name,last_name")

    async def register(self, public_url: str) -> str:
        return await self._setup().register(public_url)

    async def probe(self, public_url: str) -> list[Probe]:
        return await self._setup().probe(public_url)

    def _setup(self) -> Setup:
        node = _graph.segment(self.settings.page_id)
        return Setup(
            services=self.services,
            settings=self.settings,
            channel=self.name,
            platform="Facebook",
            node=node,
            app_id=self.settings.app_id,
            envelope="page",
            webhook_fields=(*FIELDS, *COMMENT_FIELDS),
            fields=FIELDS,
            permissions=("pages_messaging", "pages_manage_metadata"),
            account_path=f"{node}?fields=name",
            named=lambda page: (js.text(page, "name") or "", ""),
            where="In Meta's app dashboard under Messenger, Settings, connect the Page and generate a token.",
            window="On Messenger we may answer for 24 hours after the person's last message.",
        )


CHANNEL = Messenger
