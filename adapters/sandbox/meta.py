"""The WhatsApp and Messenger halves of the sandbox: their ids and secrets, their webhooks, their receipts."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from abc import abstractmethod
from typing import ClassVar

from yarl import URL

from assistant.clock import Clock
from assistant.errors import SettingsError
from assistant.http import Http, NoAnswer, NotSent

from . import payloads
from .happenings import Stream
from .payloads import Json
from .phones import Heard, Phone
from .pieces import Piece
from .platform import Platform, new_digits


class MetaPlatform(Platform):
    """What WhatsApp and Messenger share: the handshake, the signature, the access token."""

    def __init__(self, *, http: Http, stream: Stream, clock: Clock) -> None:
        super().__init__(http=http, stream=stream, clock=clock)
        self.app_secret = secrets.token_hex(16)
        self.verify_token = secrets.token_urlsafe(24)
        self.access_token = "EAA" + secrets.token_hex(40)
        self.app_id = new_digits(16)

    @property
    @abstractmethod
    def account(self) -> str:
        """Our id there: the node whose /messages edge takes sends."""

    @abstractmethod
    def node(self) -> Json:
        """What GET /{account} answers."""

    def headers(self, body: bytes) -> dict[str, str]:
        secret = "not the app secret" if self.faults.bad_signature else self.app_secret
        return {"X-Hub-Signature-256": payloads.sign(secret, body), "User-Agent": "facebookexternalua"}

    def proof_fits(self, proof: str) -> bool:
        """Whether an appsecret_proof belongs to our token."""
        expected = hmac.new(self.app_secret.encode(), self.access_token.encode(), hashlib.sha256).hexdigest()
        return hmac.compare_digest(expected.encode(), proof.encode())

    async def connect(self, url: str) -> None:
        problem = await self.handshake(url)
        if problem is not None:
            raise SettingsError(f"{self.title} could not verify {url}: {problem}")
        self.webhook_url = url

    async def handshake(self, url: str, *, token: str | None = None) -> str | None:
        """The GET with hub.challenge that Meta sends when a callback URL is entered; what was wrong, or None."""
        challenge = new_digits(10)
        query = {
            "hub.mode": "subscribe",
            "hub.challenge": challenge,
            "hub.verify_token": self.verify_token if token is None else token,
        }
        try:
            answer = await self.http.request("GET", str(URL(url).update_query(query)))
        except (NotSent, NoAnswer) as error:
            return f"no answer ({error})"
        if answer.status != 200:
            return f"it answered {answer.status} to the challenge; check ASSISTANT_{self.channel.upper()}_VERIFY_TOKEN"
        if answer.body != challenge.encode():
            return "it did not answer with the challenge itself"
        return None

    def deliver_message(self, phone: Phone, text: str, *, tag: str | None, reply_to: str | None) -> str:
        """Put a message into the phone's inbox and let the receipts follow; returns its id. `tag` is what the
        business sent along to recognise it by."""
        heard = phone.hear(self.new_id(phone), text, reply_to)
        self.spawn(self.report(phone, heard, tag))
        return heard.external_id

    @abstractmethod
    def new_id(self, phone: Phone) -> str: ...

    @abstractmethod
    def receipt(self, phone: Phone, heard: Heard, status: str, tag: str | None) -> Json:
        """The webhook that reports `status`."""

    async def report(self, phone: Phone, heard: Heard, tag: str | None) -> None:
        for status in ("sent", "delivered", "read"):
            phone.see_status(heard, status)
            if not self.faults.drop_statuses and self.webhook_url is not None:
                self.dispatch(
                    heard.external_id, status, self.receipt(phone, heard, status, tag), lane=phone.id
                )
            await asyncio.sleep(self.receipt_seconds)


class WhatsApp(MetaPlatform):
    """A business number of the Cloud API."""

    channel: ClassVar[str] = "whatsapp"
    title: ClassVar[str] = "WhatsApp"

    def __init__(self, *, http: Http, stream: Stream, clock: Clock) -> None:
        super().__init__(http=http, stream=stream, clock=clock)
        self.phone_number_id = new_digits(15)
        self.display_number = "1555" + new_digits(7)
        self.business_account = new_digits(15)

    @property
    def account(self) -> str:
        return self.phone_number_id

    def node(self) -> Json:
        return {
            "verified_name": "Sandbox",
            "code_verification_status": "VERIFIED",
            "display_phone_number": self.display_number,
            "quality_rating": "GREEN",
            "platform_type": "CLOUD_API",
            "throughput": {"level": "STANDARD"},
            "id": self.phone_number_id,
        }

    def environment(self, base_url: str) -> dict[str, str]:
        return {
            "ASSISTANT_WHATSAPP_APP_SECRET": self.app_secret,
            "ASSISTANT_WHATSAPP_VERIFY_TOKEN": self.verify_token,
            "ASSISTANT_WHATSAPP_ACCESS_TOKEN": self.access_token,
            "ASSISTANT_WHATSAPP_PHONE_NUMBER_ID": self.phone_number_id,
            "ASSISTANT_WHATSAPP_API_URL": f"{base_url}/graph",
        }

    def new_phone(self, name: str, *, locale: str, username: str | None) -> Phone:
        return Phone(
            platform=self,
            stream=self.stream,
            clock=self.clock,
            name=name,
            id="34600" + new_digits(6),
            user_id="ES." + new_digits(20),
            username=username,
            locale=locale,
        )

    def find(self, recipient: str) -> Phone | None:
        """The phone of a number (with or without +) or of a business-scoped user id."""
        number = recipient.removeprefix("+")
        for phone in self.phones.values():
            if recipient == phone.user_id or (number == phone.id and phone.username is None):
                return phone
        return None

    def new_id(self, phone: Phone) -> str:
        return payloads.new_wamid(phone.id)

    def compose(self, phone: Phone, piece: Piece | str) -> tuple[str, Json]:
        wamid = self.new_id(phone)
        content = payloads.whatsapp_text(
            wamid=wamid,
            number=self._number(phone),
            user_id=phone.user_id,
            text=piece if isinstance(piece, str) else piece.text,
            at=self.clock.now(),
        )
        return wamid, self._envelope(phone, content)

    def receipt(self, phone: Phone, heard: Heard, status: str, tag: str | None) -> Json:
        content = payloads.whatsapp_status(
            wamid=heard.external_id,
            status=status,
            at=heard.statuses[status],
            number=self._number(phone),
            user_id=phone.user_id,
            conversation_id=hashlib.md5(phone.user_id.encode(), usedforsecurity=False).hexdigest(),
            opaque=tag,
        )
        return self._envelope(phone, content)

    def _number(self, phone: Phone) -> str | None:
        """Whoever has a username hides the number."""
        return None if phone.username is not None else phone.id

    def _envelope(self, phone: Phone, content: Json) -> Json:
        contact = payloads.whatsapp_contact(
            name=phone.name, number=self._number(phone), user_id=phone.user_id, username=phone.username
        )
        return payloads.whatsapp_envelope(
            business_account=self.business_account,
            display_number=self.display_number,
            phone_number_id=self.phone_number_id,
            contact=contact,
            content=content,
        )


class Messenger(MetaPlatform):
    """A Facebook Page with its inbox."""

    channel: ClassVar[str] = "messenger"
    title: ClassVar[str] = "Messenger"

    def __init__(self, *, http: Http, stream: Stream, clock: Clock) -> None:
        super().__init__(http=http, stream=stream, clock=clock)
        self.page_id = new_digits(15)

    @property
    def account(self) -> str:
        return self.page_id

    def node(self) -> Json:
        return {"name": "Sandbox", "id": self.page_id}

    def environment(self, base_url: str) -> dict[str, str]:
        return {
            "ASSISTANT_MESSENGER_APP_SECRET": self.app_secret,
            "ASSISTANT_MESSENGER_VERIFY_TOKEN": self.verify_token,
            "ASSISTANT_MESSENGER_ACCESS_TOKEN": self.access_token,
            "ASSISTANT_MESSENGER_PAGE_ID": self.page_id,
            "ASSISTANT_MESSENGER_APP_ID": self.app_id,
            "ASSISTANT_MESSENGER_API_URL": f"{base_url}/graph",
        }

    def new_phone(self, name: str, *, locale: str, username: str | None) -> Phone:
        return Phone(
            platform=self,
            stream=self.stream,
            clock=self.clock,
            name=name,
            id=new_digits(16),
            username=username,
            locale=locale,
        )

    def new_id(self, phone: Phone) -> str:
        return payloads.new_mid()

    def compose(self, phone: Phone, piece: Piece | str) -> tuple[str, Json]:
        mid = self.new_id(phone)
        return mid, self._event(
            phone, {"message": {"mid": mid, "text": piece if isinstance(piece, str) else piece.text}}
        )

    def receipt(self, phone: Phone, heard: Heard, status: str, tag: str | None) -> Json:
        watermark = payloads.milliseconds(heard.statuses[status])
        if status == "delivered":
            return self._event(phone, {"delivery": {"mids": [heard.external_id], "watermark": watermark}})
        if status == "read":
            return self._event(phone, {"read": {"watermark": watermark}})
        echo = payloads.messenger_echo(
            mid=heard.external_id, text=heard.text, app_id=self.app_id, metadata=tag
        )
        return payloads.messenger_event(
            page_id=self.page_id, sender=self.page_id, recipient=phone.id, at=self.clock.now(), content=echo
        )

    def _event(self, phone: Phone, content: Json) -> Json:
        return payloads.messenger_event(
            page_id=self.page_id,
            sender=phone.id,
            recipient=self.page_id,
            at=self.clock.now(),
            content=content,
        )
