"""Messenger: what people write to a Facebook Page in, text answers out."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

import orjson
from pydantic import Field, SecretStr

from assistant.channel import Example, Probe, Services
from assistant.errors import (
    Misconfigured,
    RecipientGone,
    Rejected,
    SendError,
    Throttled,
    Unavailable,
    Uncertain,
    WindowClosed,
)
from assistant.events import Event
from assistant.settings import ChannelSettings
from assistant.types import (
    Address,
    Capabilities,
    Dialect,
    Outbound,
    Proactive,
    Rate,
    Receipt,
    Text,
    Unit,
    WebhookRequest,
)

from . import _graph, _messenger_webhook
from . import _json as js


class MessengerSettings(_graph.GraphSettings):
    required: ClassVar[tuple[str, ...]] = ("app_secret", "verify_token", "access_token", "page_id")

    page_id: str = Field("", description="the id of the Facebook Page")
    app_id: str = Field(
        "", description="the Meta app's id; tells our own echoes from those of staff and other apps"
    )


# What Meta's codes mean for the message. 2026-11-23,
# https://developers.facebook.com/docs/messenger-platform/error-codes
ERRORS = _graph.Errors(
    codes={
        1: Uncertain,  # may follow a message that was delivered
        2: Uncertain,
        9: Throttled,
        230: Misconfigured,
        506: Rejected,  # duplicate
        551: RecipientGone,
        1200: Unavailable,
        1545041: WindowClosed,
    },
    exact={
        (1, 1357046): Uncertain,
        (10, 2018065): WindowClosed,
        (10, 2018278): WindowClosed,
        (10, 2534022): WindowClosed,
        (100, 2018001): RecipientGone,  # no such person for this Page
        (551, 1545041): RecipientGone,
    },
)


class Messenger:
    name: ClassVar[str] = "messenger"
    title: ClassVar[str] = "Messenger"
    hint: ClassVar[str] = "The person writes on Facebook Messenger."
    # 2026-11-23: https://developers.facebook.com/docs/messenger-platform/reference/send-api (2000 characters;
    # typing lasts about 20 s), .../messenger-platform/policy (24 h). How clients show marks is undocumented for
    # the API, so answers are plain. Threads are slowed down at an undisclosed rate: ours stays low.
    caps: ClassVar[Capabilities] = Capabilities(
        text_limit=2000,
        text_unit=Unit.UTF16,
        dialect=Dialect.PLAIN,
        typing_every=timedelta(seconds=15),
        mark_read=True,
        receipts=True,
        echo=True,
        reply_window=timedelta(hours=24),
        rate=Rate(count=60, per=timedelta(minutes=1), burst=10),
        proactive=Proactive.WINDOW,
    )
    Settings: ClassVar[type[ChannelSettings]] = MessengerSettings

    def __init__(self, settings: ChannelSettings, services: Services) -> None:
        if not isinstance(settings, MessengerSettings):
            raise TypeError("Messenger needs MessengerSettings")
        self.settings = settings
        self.services = services

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
        return _messenger_webhook.read(self.name, self.settings.page_id, self.settings.app_id, request.body)

    async def send(self, outbound: Outbound) -> Receipt:
        """One text inside the 24 h window; `metadata` comes back in the echo and settles unclear sends.

        Source: https://developers.facebook.com/docs/messenger-platform/reference/send-api
        """
        if not isinstance(outbound.part, Text):
            raise Rejected("this version sends only text to Messenger")
        message = {"text": js.clean(outbound.part.text), "metadata": outbound.idempotency_key[:1000]}
        answer = await self._post(outbound.address, {"messaging_type": "RESPONSE", "message": message})
        external_id = js.ident(answer, "message_id")
        if external_id is None:
            raise Uncertain("the platform took the message but gave no id")
        return Receipt(external_id=external_id, at=self.services.clock.now())

    async def typing(self, address: Address, newest: str | None) -> None:
        await self._post(address, {"sender_action": "typing_on"})

    async def mark_read(self, address: Address, newest: str) -> None:
        await self._post(address, {"sender_action": "mark_seen"})

    async def probe(self, public_url: str) -> list[Probe]:
        return [await self._account()]

    async def _account(self) -> Probe:
        path = f"{_graph.segment(self.settings.page_id)}?fields=name"
        try:
            answer = await _graph.get(self.services.http, self.settings, path, ERRORS, proof=True)
        except SendError as error:
            return Probe(ok=False, sentence=f"Facebook does not accept our Page or token: {error}.")
        return Probe(
            ok=True, sentence=f"Facebook knows our Page ({js.text(answer, 'name') or 'without a name'})."
        )

    async def _post(self, address: Address, payload: js.Object) -> js.Object:
        path = f"{_graph.segment(address.account)}/messages"
        body = {"recipient": {"id": address.peer}, **payload}
        return await _graph.post(self.services.http, self.settings, path, body, ERRORS, proof=True)


CHANNEL = Messenger
