"""WhatsApp through Meta's Cloud API: webhooks of one or more numbers in; texts, files, questions and reactions out."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

import orjson
from pydantic import Field, SecretStr

from assistant.channel import Download, Example, Probe, Services
from assistant.errors import Rejected, Throttled, Unavailable, Uncertain
from assistant.events import Event
from assistant.http import Upload
from assistant.settings import ChannelSettings
from assistant.types import (
    Address,
    Ask,
    Audience,
    Buttons,
    Capabilities,
    Dialect,
    LinkButton,
    Media,
    Outbound,
    Place,
    Proactive,
    Rate,
    Receipt,
    Template,
    Text,
    Unit,
    WebhookRequest,
)

from . import _graph, _whatsapp_files, _whatsapp_probe, _whatsapp_webhook
from . import _json as js
from ._whatsapp_asks import approved, interactive, link_button
from ._whatsapp_errors import ERRORS, FILE_ERRORS, PairRate


class WhatsAppSettings(_graph.GraphSettings):
    required: ClassVar[tuple[str, ...]] = ("app_secret", "verify_token", "access_token", "phone_number_id")

    phone_number_id: str = Field(
        "", description="the id (not the number) of our phone number, from Meta's API setup page"
    )
    business_account_id: str = Field(
        "", description="the WhatsApp Business account's id, beside it; `assistant channels register` uses it"
    )


class WhatsApp:
    name: ClassVar[str] = "whatsapp"
    title: ClassVar[str] = "WhatsApp"
    hint: ClassVar[str] = "The person writes on WhatsApp."
    # 2026-11-24, developers.facebook.com/docs/whatsapp/cloud-api: messages, typing-indicators (25 s), overview: 80 a second
    # of a number, in and out, and one per 6 s to one person, 45 in advance; ours stay below. Files: _whatsapp_files.py.
    caps: ClassVar[Capabilities] = Capabilities(
        text_limit=4096,
        text_unit=Unit.UTF16,
        dialect=Dialect.MARKS,
        typing_every=timedelta(seconds=20),
        mark_read=True,
        receipts=True,
        echo=True,  # statuses bring biz_opaque_callback_data back
        reply_to=True,
        media=True,
        media_out=tuple(_whatsapp_files.CLOUD),
        caption_limit=_whatsapp_files.CAPTION_LIMIT,
        link_buttons=True,
        templates=True,
        places=True,
        reactions=True,
        buttons=Buttons(max=3, title=20, id_bytes=200, list_max=10, text=1024),
        reply_window=timedelta(hours=24),
        rate=Rate(count=10, per=timedelta(minutes=1), burst=20),
        account_rate=Rate(count=60, per=timedelta(seconds=1), burst=20),
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
        self._pair_rate = PairRate()

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
        """One message. `message_status` held_for_quality_assessment: it is sent later or fails by status.

        Source: https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages
        """
        address = outbound.address
        payload: js.Object = {
            "messaging_product": "whatsapp",
            **_recipient(address.peer),
            "biz_opaque_callback_data": outbound.idempotency_key[:512],
            **await self._content(outbound),
        }
        if outbound.reply_to:
            payload["context"] = {"message_id": outbound.reply_to}
        try:
            answer = await self._post(address, payload)
        except Throttled as error:
            raise self._pair_rate.refused(address.key, error) from None
        self._pair_rate.passed(address.key)
        for message in js.items(answer, "messages"):
            external_id = js.ident(message, "id")
            if external_id:
                return Receipt(external_id=external_id, at=self.services.clock.now())
        raise Uncertain("the platform took the message but gave no id")

    async def _content(self, outbound: Outbound) -> js.Object:
        """The message's type and the object of that name; a file is uploaded first. Raises Rejected."""
        match outbound.part:
            case Text(text=text):
                return {"type": "text", "text": {"body": js.clean(text), "preview_url": False}}
            case Media() as media:
                kind, upload = _whatsapp_files.checked(media, outbound.file, _whatsapp_files.CLOUD)
                media_id = await self._upload(outbound.address, upload)
                return _whatsapp_files.content(media, kind, upload, media_id)
            case Ask() as ask:
                return {"type": "interactive", "interactive": interactive(ask)}
            case LinkButton() as link:
                return {"type": "interactive", "interactive": link_button(link)}
            case Template() as template:
                return {"type": "template", "template": approved(template)}
            case Place(latitude=latitude, longitude=longitude, name=name):
                named = {"name": js.clean(name)} if name else {}
                return {
                    "type": "location",
                    "location": {"latitude": latitude, "longitude": longitude, **named},
                }
            case other:
                raise Rejected(f"WhatsApp has no message for {type(other).__name__}")

    async def _upload(self, address: Address, upload: Upload) -> str:
        """Put a file on Meta's server, where it stays 30 days. Nothing reaches the person by this, whatever happens.

        Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
        """
        form: dict[str, str | Upload] = {"messaging_product": "whatsapp", "type": upload.mime, "file": upload}
        path = f"{_graph.segment(address.account)}/media"
        try:
            answer = await _graph.upload(self.services.http, self.settings, path, form, ERRORS)
        except OSError:
            raise Rejected("the file to send is no longer there") from None
        except Uncertain as error:
            raise Unavailable(f"the file was not taken: {error}", vendor_code=error.vendor_code) from None
        media_id = js.ident(answer, "id")
        if media_id is None:
            raise Unavailable("the file was taken without an id")
        return media_id

    async def fetch(self, address: Address, media: Media) -> Download:
        """Where the file is, for five minutes; files that came in are kept for 7 days. Source: as for uploads."""
        path = f"{_graph.segment(media.ref)}?phone_number_id={_graph.segment(address.account)}"
        try:
            answer = await _graph.get(self.services.http, self.settings, path, FILE_ERRORS)
        except Uncertain as error:
            raise Unavailable(str(error), vendor_code=error.vendor_code) from None
        token = self.settings.access_token.get_secret_value()
        return _whatsapp_files.download(answer, token, self.settings.api_url)

    async def react(self, address: Address, external_id: str, emoji: str | None) -> None:
        """An empty emoji takes the reaction back.

        Source: https://developers.facebook.com/docs/whatsapp/cloud-api/messages/reaction-messages
        """
        reaction = {"message_id": external_id, "emoji": emoji or ""}
        recipient = _recipient(address.peer)
        payload = {"messaging_product": "whatsapp", **recipient, "type": "reaction", "reaction": reaction}
        await self._post(address, payload)

    async def typing(self, address: Address, newest: str | None) -> None:
        """Typing hangs on an inbound message and marks it read; without one nothing is shown, nor in groups.

        Source: https://developers.facebook.com/docs/whatsapp/cloud-api/typing-indicators
        """
        if newest and _audience(address.peer) is Audience.PRIVATE:
            await self._post(address, {**_read(newest), "typing_indicator": {"type": "text"}})

    async def mark_read(self, address: Address, newest: str) -> None:
        await self._post(address, _read(newest))

    async def register(self, public_url: str) -> str:
        return await _whatsapp_probe.register(self.name, self.settings, self.services, public_url)

    async def probe(self, public_url: str) -> list[Probe]:
        return await _whatsapp_probe.findings(self.name, self.settings, self.services, public_url)

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
