"""What Meta's platforms share in the sandbox, and WhatsApp: its number, its webhooks, its receipts."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from abc import abstractmethod
from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

from yarl import URL

from assistant.clock import Clock
from assistant.errors import SettingsError
from assistant.http import Http

from . import payloads
from .happenings import Stream
from .payloads import Json
from .phones import Heard, Phone
from .pieces import Button, File, Piece
from .platform import Platform, new_digits
from .whatsapp_media import Attachment
from .wire import Signature


class MetaPlatform(Platform):
    """What they share: the handshake, the signature, the access token. `graph_url`: where its Graph API stands."""

    scopes: ClassVar[tuple[str, ...]] = ()
    reply_window: ClassVar[timedelta | None] = timedelta(hours=24)

    def __init__(self, *, http: Http, stream: Stream, clock: Clock) -> None:
        super().__init__(http=http, stream=stream, clock=clock)
        self.app_secret = secrets.token_hex(16)
        self.verify_token = secrets.token_urlsafe(24)
        self.access_token = "EAA" + secrets.token_hex(40)
        self.app_id = new_digits(16)
        self.graph_url = ""
        self._tags: dict[str, str] = {}

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

    def signature(self, headers: Mapping[str, str], body: bytes) -> Signature:
        given = headers.get("X-Hub-Signature-256")
        if given is None:
            return Signature.NONE
        right = hmac.compare_digest(given.encode(), payloads.sign(self.app_secret, body).encode())
        return Signature.VALID if right else Signature.WRONG

    def tokens(self) -> tuple[str, ...]:
        return (self.access_token,)

    def proof_fits(self, proof: str) -> bool:
        """Whether an appsecret_proof belongs to our token."""
        expected = hmac.new(self.app_secret.encode(), self.access_token.encode(), hashlib.sha256).hexdigest()
        return hmac.compare_digest(expected.encode(), proof.encode())

    def url_proof(self, name: str, until: int) -> str:
        """What makes a file's address valid until then."""
        return hmac.new(self.app_secret.encode(), f"{name}:{until}".encode(), hashlib.sha256).hexdigest()[:32]

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
        answer, failure = await self.ask("GET", str(URL(url).update_query(query)), {})
        if answer is None:
            return f"no answer ({failure})"
        if answer.status != 200:
            return f"it answered {answer.status} to the challenge; check ASSISTANT_{self.channel.upper()}_VERIFY_TOKEN"
        if answer.body != challenge.encode():
            return "it did not answer with the challenge itself"
        return None

    def deliver_message(
        self, phone: Phone, piece: Piece, *, tag: str | None, trouble: Json | None = None
    ) -> str:
        """Put a message into the phone's inbox and let the receipts follow; returns its id.

        `tag` is what the business sent along to recognise it by. With `trouble` it is taken, but fails afterwards.
        """
        if trouble is not None:
            lost = Heard(external_id=self.new_id(phone), text="", at=self.clock.now())
            self.spawn(self.report_failure(phone, lost, tag, trouble))
            return lost.external_id
        heard = phone.hear(self.new_id(phone), piece)
        self.spawn(self.report(phone, heard, tag))
        return heard.external_id

    @abstractmethod
    def new_id(self, phone: Phone) -> str: ...

    @abstractmethod
    def receipt(self, phone: Phone, heard: Heard, status: str, tag: str | None) -> Json | None:
        """The webhook that reports `status`; None where the platform has none for it."""

    def catch_up(self, phone: Phone, waited: list[Heard]) -> None:
        for heard in waited:
            tag = self._tags.pop(heard.external_id, None)
            self.spawn(self.report(phone, heard, tag, statuses=("delivered", "read")))

    async def report(
        self,
        phone: Phone,
        heard: Heard,
        tag: str | None,
        statuses: tuple[str, ...] = ("sent", "delivered", "read"),
    ) -> None:
        if heard.waiting:  # the rest follows when the phone comes back
            statuses = statuses[:1]
            if tag is not None:
                self._tags[heard.external_id] = tag
        for status in reversed(statuses) if self.faults.shuffle_statuses else statuses:
            phone.see_status(heard, status)
            payload = self.receipt(phone, heard, status, tag)
            if payload is not None and not self.faults.drop_statuses and self.webhook_url is not None:
                self.dispatch(heard.external_id, status, payload, lane=phone.id)
            await asyncio.sleep(self.receipt_seconds)

    async def report_failure(self, phone: Phone, heard: Heard, tag: str | None, trouble: Json) -> None:
        """Only WhatsApp takes a message and says later that it failed."""


class WhatsApp(MetaPlatform):
    """A business number of the Cloud API. `media` by id; `subscribed`: the app hears of its account; `templates`: what
    is approved, by name and language, with places {{1}}, {{2}} …"""

    channel: ClassVar[str] = "whatsapp"
    title: ClassVar[str] = "WhatsApp"
    scopes = ("whatsapp_business_management", "whatsapp_business_messaging")

    def __init__(self, *, http: Http, stream: Stream, clock: Clock) -> None:
        super().__init__(http=http, stream=stream, clock=clock)
        self.phone_number_id = new_digits(15)
        self.display_number = "1555" + new_digits(7)
        self.business_account = new_digits(15)
        self.media: dict[str, Attachment] = {}
        self.subscribed = True
        self.templates = {("hello_world", "en_US"): "Welcome and congratulations!"}

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
            "status": "CONNECTED",
            "name_status": "APPROVED",
            "messaging_limit_tier": "TIER_1K",
            "is_official_business_account": False,
            "account_mode": "LIVE",
            "webhook_configuration": {"application": self.webhook_url or ""},
            "health_status": {"can_send_message": "AVAILABLE", "entities": []},
            "id": self.phone_number_id,
        }

    def account_node(self) -> Json:
        """What GET /{WABA} answers."""
        return {
            "name": "Sandbox",
            "timezone_id": "1",
            "message_template_namespace": "sandbox",
            "account_review_status": "APPROVED",
            "id": self.business_account,
        }

    def environment(self, base_url: str) -> dict[str, str]:
        return {
            "ASSISTANT_WHATSAPP_APP_SECRET": self.app_secret,
            "ASSISTANT_WHATSAPP_VERIFY_TOKEN": self.verify_token,
            "ASSISTANT_WHATSAPP_ACCESS_TOKEN": self.access_token,
            "ASSISTANT_WHATSAPP_PHONE_NUMBER_ID": self.phone_number_id,
            "ASSISTANT_WHATSAPP_BUSINESS_ACCOUNT_ID": self.business_account,
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

    def keep(self, file: File) -> str:
        """Put a file where its id finds it."""
        media_id = new_digits(16)
        self.media[media_id] = Attachment(id=media_id, file=file, at=self.clock.now())
        return media_id

    # --- what people do ---

    def compose(self, phone: Phone, piece: Piece | str) -> tuple[str, Json]:
        piece = Piece(text=piece) if isinstance(piece, str) else piece
        media_id = self.keep(piece.file) if piece.file is not None else ""
        content = payloads.whatsapp_content(piece, media_id)
        if piece.reply_to:
            content["context"] = self._context(piece.reply_to)
        if piece.forwarded:
            content["context"] = {"forwarded": True}  # and no id, whatever it answered
        return self._message(phone, content)

    def compose_reaction(self, phone: Phone, external_id: str, emoji: str | None) -> Json:
        reaction = {"message_id": external_id} | ({"emoji": emoji} if emoji else {})
        return self._message(phone, {"type": "reaction", "reaction": reaction})[1]

    def compose_edit(self, phone: Phone, external_id: str, text: str) -> Json:
        changed = {"type": "text", "text": {"body": text}, "context": {"id": external_id}}
        edit = {"original_message_id": external_id, "message": changed}
        return self._message(phone, {"type": "edit", "edit": edit})[1]

    def compose_unsend(self, phone: Phone, external_id: str) -> Json:
        return self._message(phone, {"type": "revoke", "revoke": {"original_message_id": external_id}})[1]

    def compose_press(self, phone: Phone, heard: Heard, button: Button) -> tuple[str, Json]:
        kind = "list_reply" if button.kind == "row" else "button_reply"
        reply = {"id": button.id, "title": button.title} | (
            {"description": button.hint} if button.hint else {}
        )
        content = {"type": "interactive", "interactive": {"type": kind, kind: reply}}
        return self._message(phone, content | {"context": self._context(heard.external_id)})

    async def unreadable(self, phone: Phone, kind: str = "poll") -> str:
        """The person sends something that the Cloud API does not pass on."""
        trouble = {
            "code": 131051,
            "title": "Message type unknown",
            "message": "Message type unknown",
            "error_data": {"details": "Message type is currently not supported."},
        }
        content = {"errors": [trouble], "type": "unsupported", "unsupported": {"type": kind}}
        wamid, payload = self._message(phone, content)
        await self.tell(phone, wamid, "message", payload)
        return wamid

    async def change_number(self, phone: Phone, number: str) -> None:
        """The person takes a new number and with it a new user id; two webhooks tell, both from the old ones."""
        old_number, old_id = phone.id, phone.user_id
        content = {"body": f"User {phone.name} changed from {old_number} to {number}", "wa_id": number}
        system = {"system": content | {"type": "user_changed_number"}, "type": "system"}
        wamid, payload = self._message(phone, system)
        payload["entry"][0]["changes"][0]["value"].pop("contacts")
        await self.tell(phone, wamid, "message", payload)
        del self.phones[old_number]
        phone.id, phone.user_id = number, "ES." + new_digits(20)
        self.phones[number] = phone
        changed = {
            "wa_id": number,
            "user_id": {"previous": old_id, "current": phone.user_id},
            "timestamp": str(payloads.seconds(self.clock.now())),
        }
        payload = self._envelope(phone, {"user_id_update": [changed]}, field="user_id_update")
        await self.tell(phone, phone.user_id, "identity", payload)

    # --- what the business does elsewhere, and what Meta says of it ---

    async def staff_writes(self, phone: Phone, text: str) -> str:
        """Somebody answers in the WhatsApp Business app; we hear it as an echo."""
        heard = phone.hear(self.new_id(phone), text)
        echo: Json = {"from": self.display_number, "to_user_id": phone.user_id, "id": heard.external_id}
        if phone.username is None:
            echo["to"] = phone.id
        echo |= {"timestamp": str(payloads.seconds(heard.at)), "type": "text", "text": {"body": text}}
        payload = self._envelope(phone, {"message_echoes": [echo]}, field="smb_message_echoes")
        await self.tell(phone, heard.external_id, "sent", payload)
        return heard.external_id

    async def notice(self, field: str, value: Json) -> None:
        """Meta says something of the account: account_update, phone_number_quality_update, security …"""
        at = payloads.seconds(self.clock.now())
        entry = {"id": self.business_account, "time": at, "changes": [{"value": value, "field": field}]}
        payload = {"object": "whatsapp_business_account", "entry": [entry]}
        await self.dispatch(new_digits(12), field, payload, lane=self.business_account).tried.wait()

    async def play(self, phone: Phone, heard: Heard) -> None:
        """The person listens to a voice note for the first time."""
        phone.see_status(heard, "played")
        payload = self.receipt(phone, heard, "played", None)
        await self.tell(phone, heard.external_id, "played", payload)

    # --- webhooks ---

    def receipt(self, phone: Phone, heard: Heard, status: str, tag: str | None) -> Json:
        return self._envelope(phone, {"statuses": [self._status(phone, heard, status, tag)]})

    async def report_failure(self, phone: Phone, heard: Heard, tag: str | None, trouble: Json) -> None:
        heard.statuses["failed"] = self.clock.now()
        report = self._status(phone, heard, "failed", tag)
        report.pop("pricing", None)
        report.pop("conversation", None)
        report["errors"] = [
            {
                "code": trouble["code"],
                "title": trouble["title"],
                "message": trouble["title"],
                "error_data": {"details": trouble["details"]},
                "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
            }
        ]
        if self.webhook_url is not None:
            payload = self._envelope(phone, {"statuses": [report]})
            self.dispatch(heard.external_id, "failed", payload, lane=phone.id)

    def _status(self, phone: Phone, heard: Heard, status: str, tag: str | None) -> Json:
        return payloads.whatsapp_status(
            wamid=heard.external_id,
            status=status,
            at=heard.statuses[status],
            number=self._number(phone),
            user_id=phone.user_id,
            conversation_id=hashlib.md5(phone.user_id.encode(), usedforsecurity=False).hexdigest(),
            opaque=tag,
        )

    def _context(self, wamid: str) -> Json:
        return {"from": self.display_number, "id": wamid}

    def _number(self, phone: Phone) -> str | None:
        """Whoever has a username hides the number."""
        return None if phone.username is not None else phone.id

    def _message(self, phone: Phone, content: Json) -> tuple[str, Json]:
        wamid = self.new_id(phone)
        message = payloads.whatsapp_message(
            wamid=wamid, number=self._number(phone), user_id=phone.user_id, at=self.clock.now()
        )
        return wamid, self._envelope(phone, {"messages": [message | content]})

    def _envelope(self, phone: Phone, content: Json, *, field: str = "messages") -> Json:
        contact = payloads.whatsapp_contact(
            name=phone.name, number=self._number(phone), user_id=phone.user_id, username=phone.username
        )
        return payloads.whatsapp_envelope(
            business_account=self.business_account,
            display_number=self.display_number,
            phone_number_id=self.phone_number_id,
            contact=contact,
            content=content,
            field=field,
        )
