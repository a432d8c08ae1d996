"""Instagram: direct messages to a professional account in, and answers, questions, files and reactions out."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar
from urllib.parse import urlsplit

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
    MediaKind,
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

PAGE_DOOR, OWN_DOOR = "graph.facebook.com", "graph.instagram.com"
# What the account sends us; echoes come inside `messages`. The Page that the account is linked to has other words.
# https://developers.facebook.com/docs/instagram-platform/webhooks (2026-11-23)
FIELDS = (
    *("messages", "messaging_postbacks", "messaging_seen", "message_reactions", "message_edit"),
    *("messaging_referral", "messaging_optins", "messaging_handover", "standby"),
)
PAGE_FIELDS = (
    *("messages", "messaging_postbacks", "message_reactions", "messaging_referrals"),
    *("messaging_handovers", "standby"),
)
FILE_HOSTS = ("*.cdninstagram.com", "*.fbcdn.net", "*.fbsbx.com")
# https://developers.facebook.com/docs/messenger-platform/instagram/features/attachment-upload (2026-04-01)
_SOUND = frozenset({"audio/aac", "audio/mp4", "audio/m4a", "audio/x-m4a", "audio/wav", "audio/x-wav"})
MIMES = {
    MediaKind.IMAGE: frozenset({"image/png", "image/jpeg", "image/gif"}),
    MediaKind.VIDEO: frozenset(
        {"video/mp4", "video/ogg", "video/quicktime", "video/webm", "video/x-msvideo", "video/avi"}
    ),
    MediaKind.AUDIO: _SOUND,
    MediaKind.VOICE: _SOUND,
    MediaKind.DOCUMENT: frozenset({"application/pdf"}),
}
MAX_IMAGE = 8 * 1024 * 1024
# Sent to this webhook too where somebody subscribed to them, and read by the channel of comments.
COMMENT_FIELDS = frozenset({"comments", "live_comments", "mentions"})
_HEARTS = frozenset({"❤", "❤️", "♥️", "♥"})


class InstagramSettings(_graph.GraphSettings):
    required: ClassVar[tuple[str, ...]] = ("app_secret", "verify_token", "access_token", "account_id")

    account_id: str = Field(
        "", description="the id of the Instagram professional account, as webhooks name it (user_id)"
    )
    app_id: str = Field(
        "",
        description="the Meta app's id; tells our own echoes from those of staff, and lets `assistant check` see the token",
    )


class Instagram:
    """Two doors lead to the same messages: graph.facebook.com with the token of the linked Page, and
    graph.instagram.com with the account's own; api_url chooses."""

    name: ClassVar[str] = "instagram"
    title: ClassVar[str] = "Instagram"
    hint: ClassVar[str] = "The person writes in Instagram's direct messages; keep answers short."
    # 2026-11-23: https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message (1000 bytes:
    # other pages say characters, bytes are the safe reading; 13 quick replies, title 20), .../sender-actions,
    # https://developers.facebook.com/docs/messenger-platform/policy (24 h; the 7 days of HUMAN_AGENT are for words
    # a human wrote, and are never used here). Echoes bring no key back: an unclear send stays unclear.
    caps: ClassVar[Capabilities] = Capabilities(
        text_limit=1000,
        text_unit=Unit.BYTES,
        dialect=Dialect.PLAIN,
        typing_every=timedelta(seconds=15),
        mark_read=True,
        receipts=True,
        media=True,
        media_out=tuple(_messaging.MEDIA_OUT),
        reactions=True,
        buttons=Buttons(max=13, title=20, id_bytes=1000),
        reply_window=timedelta(hours=24),
        rate=Rate(count=60, per=timedelta(minutes=1), burst=10),
        # 300 calls a second for texts; typing and read marks are calls too. As of 2026-03-23,
        # https://developers.facebook.com/docs/messenger-platform/overview/rate-limiting#instagram
        account_rate=Rate(count=200, per=timedelta(seconds=1), burst=50),
        proactive=Proactive.WINDOW,
    )
    Settings: ClassVar[type[ChannelSettings]] = InstagramSettings

    def __init__(self, settings: ChannelSettings, services: Services) -> None:
        if not isinstance(settings, InstagramSettings):
            raise TypeError("Instagram needs InstagramSettings")
        self.settings = settings
        self.services = services
        self._account = _messaging_webhook.Account(
            channel=self.name,
            envelope="instagram",
            id=settings.account_id,
            app=settings.app_id,
            alias="igsid",
            elsewhere=COMMENT_FIELDS,
            only_voice=True,
        )
        door = urlsplit(settings.api_url).hostname
        # On Meta's own hosts the token names the account; the Page's door knows it by no other name.
        self._node = "me" if door in (PAGE_DOOR, OWN_DOOR) else _graph.segment(settings.account_id)
        self._by_page = door == PAGE_DOOR
        # The account's own door signs with another secret than the one that may stand first in our list.
        self._proof = door != OWN_DOOR
        self._line = _messaging.Line(
            services=services,
            settings=settings,
            node=self._node,
            beside_file={"platform": "instagram"},
            proof=self._proof,
            mimes=MIMES,
            max_bytes={MediaKind.IMAGE: MAX_IMAGE},
        )

    @classmethod
    def example(cls) -> Example:
        settings = InstagramSettings(
            app_secret=SecretStr("example-app-secret"),
            verify_token=SecretStr("example-verify-token"),
            access_token=SecretStr("example-access-token"),
            account_id="17841405822304914",
            app_id="4242",
        )
        message = {
            "sender": {"id": "1002003004005006"},
            "recipient": {"id": "17841405822304914"},
            "timestamp": 1790000000123,
            "message": {"mid": "aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlE", "text": "Do you ship to Porto?"},
        }
        entry = {"id": "17841405822304914", "time": 1790000000456, "messaging": [message]}
        body = orjson.dumps({"object": "instagram", "entry": [entry]})
        headers = {"x-hub-signature-256": (_graph.sign("example-app-secret", body),)}
        request = WebhookRequest(method="POST", headers=headers, body=body)
        return Example(settings=settings, request=request, text="Do you ship to Porto?")

    def authenticate(self, request: WebhookRequest) -> None:
        """By the Meta app's secret or the Instagram app's; app_secret takes both."""
        _graph.check_signature(request, self.settings.app_secrets())

    def challenge(self, request: WebhookRequest) -> str:
        return _graph.challenge(request, self.settings.verify_token.get_secret_value())

    def parse(self, request: WebhookRequest) -> list[Event]:
        return _messaging_webhook.read(self._account, request.body)

    async def send(self, outbound: Outbound) -> Receipt:
        return await self._line.send(outbound)

    async def typing(self, address: Address, newest: str | None) -> None:
        await self._line.act(address, "typing_on")

    async def mark_read(self, address: Address, newest: str) -> None:
        await self._line.act(address, "mark_seen")

    async def react(self, address: Address, external_id: str, emoji: str | None) -> None:
        """The heart has a name here; other emoji go as they are, and Instagram says whether it takes them.

        Source: https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message
        """
        await self._line.react(address, external_id, "love" if emoji in _HEARTS else emoji)

    async def fetch(self, address: Address, media: Media) -> Download:
        return _messaging.download(self.settings, media, FILE_HOSTS)

    async def name_of(self, address: Address) -> str | None:
        """Known once the person has written to us.

        Source: https://developers.facebook.com/docs/messenger-platform/instagram/features/user-profile
        """
        return await self._line.name_of(address, "name,username")

    async def register(self, public_url: str) -> str:
        return await self._setup().register(public_url)

    async def probe(self, public_url: str) -> list[Probe]:
        return await self._setup().probe(public_url)

    def _setup(self) -> Setup:
        fields = "name,instagram_business_account{id,username}" if self._by_page else "user_id,username"
        if self._by_page:
            where = "In Meta's app dashboard under Messenger, Instagram settings, connect the Page and generate a token."
        else:
            where = (
                "In Meta's app dashboard under Instagram, API setup, generate a token; it lives for 60 days."
            )
        return Setup(
            services=self.services,
            settings=self.settings,
            channel=self.name,
            platform="Instagram",
            node=self._node,
            app_id=self.settings.app_id,
            envelope="instagram",
            webhook_fields=FIELDS,
            fields=PAGE_FIELDS if self._by_page else FIELDS,
            permissions=("instagram_manage_messages", "pages_manage_metadata") if self._by_page else (),
            account_path=f"{self._node}?fields={fields}",
            named=self._named,
            where=where,
            window="On Instagram we may answer for 24 hours after the person's last message; "
            "Meta demands that people can reach a human.",
            proof=self._proof,
        )

    def _named(self, answer: js.Object) -> tuple[str, str]:
        account = js.obj(answer, "instagram_business_account") if self._by_page else answer
        found = js.ident(account, "id" if self._by_page else "user_id")
        name = js.text(account, "username") or ""
        if self._by_page and found is None:
            return (
                name,
                "The token's Page has no Instagram account linked to it: link it in the Page's settings.",
            )
        if found is not None and found != self.settings.account_id:
            return name, (
                "account_id is not the account of this token: webhooks will name another one. "
                f"Set ASSISTANT_INSTAGRAM_ACCOUNT_ID to {found}."
            )
        return name, ""


CHANNEL = Instagram
