"""WhatsApp through Meta's Cloud API: webhooks of one or more numbers in, text messages out."""

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
    Audience,
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

from . import _graph, _whatsapp_webhook
from . import _json as js


class WhatsAppSettings(_graph.GraphSettings):
    required: ClassVar[tuple[str, ...]] = ("app_secret", "verify_token", "access_token", "phone_number_id")

    phone_number_id: str = Field(
        "", description="the id (not the number) of our phone number, from Meta's API setup page"
    )


# What Meta's codes mean for the message. 2026-11-23,
# https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
ERRORS = _graph.Errors(
    codes={
        1: Unavailable,
        2: Unavailable,
        130429: Throttled,  # throughput of the number
        130472: Rejected,  # the person is part of a marketing experiment
        130497: Rejected,  # not to this country: one person must not pause the channel
        131000: Unavailable,
        131005: Misconfigured,
        131008: Rejected,
        131009: Rejected,
        131016: Unavailable,
        131020: Rejected,
        131021: Rejected,  # sender is recipient
        131026: RecipientGone,  # no WhatsApp, too old a client, terms not accepted, or blocked us
        131030: Rejected,  # a test number may only write to numbers on its allow-list
        131031: Misconfigured,  # account locked
        131041: Rejected,
        131042: Misconfigured,  # billing
        131044: Misconfigured,
        131045: Misconfigured,  # number not registered
        131047: WindowClosed,
        131048: Misconfigured,  # spam restriction of the number
        131049: Rejected,
        131050: Rejected,
        131051: Rejected,
        131052: Rejected,
        131053: Rejected,
        131056: Throttled,  # too many messages to this person
        131057: Throttled,  # maintenance, at most a minute
        131062: Rejected,  # this kind of message cannot go to a BSUID
        131064: Misconfigured,
        131208: Throttled,  # group
        131215: Rejected,  # not eligible for groups
        133010: Misconfigured,
        135000: Unavailable,
        137000: Rejected,
    },
    exact={
        (100, 33): Misconfigured
    },  # the path's object is our own number: wrong id, or a token without rights on it
    account_wide=frozenset({130429, 131057}),
    # Pair rate: one message per 6 seconds, https://developers.facebook.com/docs/whatsapp/cloud-api/overview#pair-rate-limits
    wait_seconds={131056: 6.0, 131057: 60.0},
)


class WhatsApp:
    name: ClassVar[str] = "whatsapp"
    title: ClassVar[str] = "WhatsApp"
    hint: ClassVar[str] = "The person writes on WhatsApp."
    # 2026-11-23: https://developers.facebook.com/docs/whatsapp/cloud-api/messages/text-messages, typing
    # https://developers.facebook.com/docs/whatsapp/cloud-api/typing-indicators (25 s), pair rate as above.
    caps: ClassVar[Capabilities] = Capabilities(
        text_limit=4096,
        text_unit=Unit.UTF16,
        dialect=Dialect.MARKS,
        typing_every=timedelta(seconds=20),
        mark_read=True,
        receipts=True,
        echo=True,  # statuses bring biz_opaque_callback_data back
        reply_to=True,
        reply_window=timedelta(hours=24),
        rate=Rate(count=10, per=timedelta(minutes=1), burst=20),
        audience=(Audience.PRIVATE, Audience.GROUP),
        proactive=Proactive.TEMPLATE,
        billed_per_message=True,
    )
    Settings: ClassVar[type[ChannelSettings]] = WhatsAppSettings

    def __init__(self, settings: ChannelSettings, services: Services) -> None:
        if not isinstance(settings, WhatsAppSettings):
            raise TypeError("WhatsApp needs WhatsAppSettings")
        self.settings = settings
        self.services = services

    @classmethod
    def example(cls) -> Example:
        settings = WhatsAppSettings(
            app_secret=SecretStr("example-app-secret"),
            verify_token=SecretStr("example-verify-token"),
            access_token=SecretStr("example-access-token"),
            phone_number_id="106540352242922",
        )
        value = {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "15550783881", "phone_number_id": "106540352242922"},
            "contacts": [{"profile": {"name": "Sheena Nelson"}, "wa_id": "16505551234"}],
            "messages": [
                {
                    "from": "16505551234",
                    "id": "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=",
                    "timestamp": "1749416383",
                    "type": "text",
                    "text": {"body": "Does it come in another color?"},
                }
            ],
        }
        change = {"field": "messages", "value": value}
        body = orjson.dumps(
            {"object": "whatsapp_business_account", "entry": [{"id": "419561257915477", "changes": [change]}]}
        )
        headers = {"x-hub-signature-256": (_graph.sign("example-app-secret", body),)}
        request = WebhookRequest(method="POST", headers=headers, body=body)
        return Example(settings=settings, request=request, text="Does it come in another color?")

    def authenticate(self, request: WebhookRequest) -> None:
        _graph.check_signature(request, self.settings.app_secrets())

    def challenge(self, request: WebhookRequest) -> str:
        return _graph.challenge(request, self.settings.verify_token.get_secret_value())

    def parse(self, request: WebhookRequest) -> list[Event]:
        return _whatsapp_webhook.read(self.name, self.settings.phone_number_id, request.body)

    async def send(self, outbound: Outbound) -> Receipt:
        """One text. `message_status` held_for_quality_assessment: it is sent later or fails by status.

        Source: https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages
        """
        if not isinstance(outbound.part, Text):
            raise Rejected("this version sends only text to WhatsApp")
        payload: js.Object = {
            "messaging_product": "whatsapp",
            **_recipient(outbound.address.peer),
            "biz_opaque_callback_data": outbound.idempotency_key[:512],
            "type": "text",
            "text": {"body": js.clean(outbound.part.text), "preview_url": False},
        }
        if outbound.reply_to:
            payload["context"] = {"message_id": outbound.reply_to}
        answer = await self._post(outbound.address, payload)
        for message in js.items(answer, "messages"):
            external_id = js.ident(message, "id")
            if external_id:
                return Receipt(external_id=external_id, at=self.services.clock.now())
        raise Uncertain("the platform took the message but gave no id")

    async def typing(self, address: Address, newest: str | None) -> None:
        """Typing hangs on an inbound message and marks it read; without one nothing is shown, nor in groups.

        Source: https://developers.facebook.com/docs/whatsapp/cloud-api/typing-indicators
        """
        if newest and _audience(address.peer) is Audience.PRIVATE:
            await self._post(address, {**_read(newest), "typing_indicator": {"type": "text"}})

    async def mark_read(self, address: Address, newest: str) -> None:
        await self._post(address, _read(newest))

    async def probe(self, public_url: str) -> list[Probe]:
        return [await self._account()]

    async def _account(self) -> Probe:
        path = f"{_graph.segment(self.settings.phone_number_id)}?fields=verified_name,quality_rating"
        try:
            answer = await _graph.get(self.services.http, self.settings, path, ERRORS)
        except SendError as error:
            return Probe(ok=False, sentence=f"WhatsApp does not accept our number or token: {error}.")
        name = js.text(answer, "verified_name") or "without a verified name"
        quality = (js.text(answer, "quality_rating") or "unknown").lower()
        return Probe(
            ok=True, sentence=f"WhatsApp knows our number ({name}); its quality rating is {quality}."
        )

    async def _post(self, address: Address, payload: js.Object) -> js.Object:
        path = f"{_graph.segment(address.account)}/messages"
        return await _graph.post(self.services.http, self.settings, path, payload, ERRORS)


def _read(newest: str) -> js.Object:
    return {"messaging_product": "whatsapp", "status": "read", "message_id": newest}


def _audience(peer: str) -> Audience:
    """Phones are digits and BSUIDs have their own form; what is neither is a group."""
    private = _whatsapp_webhook.is_bsuid(peer) or peer.lstrip("+").isdigit()
    return Audience.PRIVATE if private else Audience.GROUP


def _recipient(peer: str) -> js.Object:
    """`to` for phones and groups, `recipient` for a BSUID.

    Source: https://developers.facebook.com/docs/whatsapp/business-scoped-user-ids (2026-05-28)
    """
    if _whatsapp_webhook.is_bsuid(peer):
        return {"recipient_type": "individual", "recipient": peer}
    kind = "individual" if _audience(peer) is Audience.PRIVATE else "group"
    return {"recipient_type": kind, "to": peer}


CHANNEL = WhatsApp
