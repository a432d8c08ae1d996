"""WhatsApp's Agent Platform in the sandbox: one creator, one agent, and a sequence of updates that is asked for."""

from __future__ import annotations

import asyncio
import secrets
from typing import ClassVar

from assistant.clock import Clock
from assistant.http import Http

from . import payloads
from .happenings import Stream
from .payloads import Json
from .phones import Heard, Phone
from .pieces import File, NotHere, Piece
from .platform import Platform, new_digits
from .whatsapp_media import Attachment


class AgentPlatform(Platform):
    """Messages and receipts share one numbered sequence that is kept; nothing is sent to us, so nothing is signed."""

    channel: ClassVar[str] = "agent"
    title: ClassVar[str] = "WhatsApp agents"

    def __init__(self, *, http: Http, stream: Stream, clock: Clock) -> None:
        super().__init__(http=http, stream=stream, clock=clock)
        self.token = "AGT" + secrets.token_hex(30)
        self.agent_id = new_digits(15)
        self.base_url = ""
        self.updates: list[Json] = []
        self.media: dict[str, Attachment] = {}
        self.arrived = asyncio.Event()

    def environment(self, base_url: str) -> dict[str, str]:
        """Nothing: the address and token are given to the adapter by whoever wants this door."""
        return {}

    def headers(self, body: bytes) -> dict[str, str]:
        return {}

    def tokens(self) -> tuple[str, ...]:
        return (self.token,)

    async def connect(self, url: str) -> None:
        """There is no webhook."""

    def new_phone(self, name: str, *, locale: str, username: str | None) -> Phone:
        return Phone(
            platform=self,
            stream=self.stream,
            clock=self.clock,
            name=name,
            id="user:" + new_digits(16),
            locale=locale,
        )

    @property
    def creator(self) -> Phone | None:
        """The only person who can talk with the agent: whoever took up a phone first."""
        return next(iter(self.phones.values()), None)

    def keep(self, file: File) -> str:
        media_id = new_digits(16)
        self.media[media_id] = Attachment(id=media_id, file=file, at=self.clock.now())
        return media_id

    # --- what the creator does ---

    def compose(self, phone: Phone, piece: Piece | str) -> tuple[str, Json]:
        piece = Piece(text=piece) if isinstance(piece, str) else piece
        if piece.kind in ("location", "contact"):
            raise NotHere(f"nobody sends a {piece.kind} to {self.title}")
        media_id = self.keep(piece.file) if piece.file is not None else ""
        content = payloads.whatsapp_content(piece, media_id)
        if piece.reply_to:
            content["context"] = {"from": f"agent:{self.agent_id}", "id": piece.reply_to}
        return self._message(phone, content)

    def compose_reaction(self, phone: Phone, external_id: str, emoji: str | None) -> Json:
        content = {"type": "reaction", "reaction": {"message_id": external_id, "emoji": emoji or ""}}
        return self._message(phone, content)[1]

    def _message(self, phone: Phone, content: Json) -> tuple[str, Json]:
        wamid = payloads.new_wamid(phone.id.removeprefix("user:"))
        base = {"from": phone.id, "id": wamid, "timestamp": str(payloads.seconds(self.clock.now()))}
        return wamid, {"messages": [base | content]}

    async def tell(self, phone: Phone, external_id: str, what: str, payload: Json) -> None:
        """At the end of the sequence; it is there until it is asked for."""
        contact = {"profile": {"name": phone.name}, "wa_id": phone.id}
        self.updates.append({"contacts": [contact], **payload})
        self.arrived.set()
        self.arrived = asyncio.Event()

    # --- what the agent does ---

    def deliver_message(self, phone: Phone, piece: Piece) -> str:
        heard = phone.hear(payloads.new_wamid(phone.id.removeprefix("user:")), piece)
        self.spawn(self._report(phone, heard))
        return heard.external_id

    def catch_up(self, phone: Phone, waited: list[Heard]) -> None:
        for heard in waited:
            self.spawn(self._report(phone, heard))

    async def _report(self, phone: Phone, heard: Heard) -> None:
        for status in ("sent", "delivered", "read"):
            if status in heard.statuses:
                continue
            if heard.waiting and status != "sent":
                return
            at = phone.see_status(heard, status)
            if status != "sent" and not self.faults.drop_statuses:
                report = {"id": heard.external_id, "status": status, "recipient_id": phone.id}
                timed = report | {"timestamp": str(payloads.seconds(at))}
                await self.tell(phone, heard.external_id, status, {"statuses": [timed]})
            await asyncio.sleep(self.receipt_seconds)

    def page(self, offset: int, limit: int) -> Json | None:
        """The updates from `offset` on as one body; None when there are none."""
        found = self.updates[offset : offset + limit]
        if not found:
            return None
        value: Json = {"messaging_product": "whatsapp"}
        for name in ("contacts", "messages", "statuses"):
            items = [item for update in found for item in update.get(name, [])]
            if items:
                value[name] = items[:1] if name == "contacts" else items
        change = {"field": "messages", "value": value}
        return {
            "object": "whatsapp_agent_platform",
            "entry": [{"id": self.agent_id, "changes": [change]}],
            "next_offset": offset + len(found),
        }
