"""Telegram accounts that a bot answers for: a connection to its owner, the owner's chats with customers, guest queries."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from . import bot_payloads as shapes
from .inbox import Inbox
from .payloads import Json, seconds
from .phones import Phone
from .pieces import Piece
from .platform import new_digits

if TYPE_CHECKING:
    from .bot import Telegram


class BusinessChat(Inbox):
    """One customer's chat with the owner, in which the bot may answer. `open`: the customer wrote in the last 24 hours."""

    def __init__(self, business: Business, customer: Phone) -> None:
        super().__init__(
            platform=customer.platform,
            stream=customer.platform.stream,
            clock=customer.platform.clock,
            name=customer.name,
            id=customer.id,
        )
        self.business = business
        self.customer = customer
        self.open = False

    async def say(self, text: str, *, reply_to: str | None = None) -> str:
        """The customer writes."""
        self.open = True
        piece = Piece(text=text, reply_to=reply_to)
        return await self._write(self.customer, piece)

    async def owner_writes(self, text: str) -> str:
        """The owner answers by hand."""
        return await self._write(self.business.owner, Piece(text=text))

    async def delete(self, *message_ids: str) -> None:
        """The customer takes messages back; of business chats a bot is told that."""
        telegram = self.business.telegram
        content = {
            "business_connection_id": self.business.id,
            "chat": telegram.chat(self),
            "message_ids": [int(message_id) for message_id in message_ids],
        }
        payload = telegram.update("deleted_business_messages", content)
        await telegram.put(message_ids[0], "unsend", payload, self.business.lane(self))

    async def _write(self, author: Phone, piece: Piece) -> str:
        telegram = self.business.telegram
        message = telegram.write(self, telegram.user(author), piece)
        message["business_connection_id"] = self.business.id
        external_id = str(message["message_id"])
        if author is self.customer:
            self.spoke(external_id, piece)
        payload = telegram.update("business_message", message)
        await telegram.put(external_id, "message", payload, self.business.lane(self))
        return external_id


class Business:
    """A connection. `can_reply` is the owner's permission."""

    def __init__(self, telegram: Telegram, owner: Phone, *, can_reply: bool) -> None:
        self.telegram = telegram
        self.owner = owner
        self.id = "BC" + secrets.token_urlsafe(12)
        self.can_reply = can_reply
        self.enabled = True
        self.at = telegram.clock.now()
        self.chats: dict[str, BusinessChat] = {}

    def chat(self, customer: Phone) -> BusinessChat:
        """The customer's chat with the owner."""
        return self.chats.setdefault(customer.id, BusinessChat(self, customer))

    def lane(self, chat: BusinessChat) -> str:
        return f"business:{self.id}:{chat.id}"

    def node(self) -> Json:
        return {
            "id": self.id,
            "user": self.telegram.user(self.owner),
            "user_chat_id": int(self.owner.id),
            "date": seconds(self.at),
            "rights": {"can_reply": True, "can_read_messages": True} if self.can_reply else {},
            "is_enabled": self.enabled,
        }

    async def tell(self) -> None:
        """The bot learns of the connection, or of what changed in it."""
        payload = self.telegram.update("business_connection", self.node())
        await self.telegram.put(self.id, "connection", payload, f"connection:{self.id}")

    async def end(self) -> None:
        self.enabled = False
        await self.tell()


async def ask_as_guest(telegram: Telegram, phone: Phone, text: str) -> str:
    """Mention the bot in a chat it is not in; returns the query it may answer once. The answer lands on the phone."""
    query = new_digits(18)
    chat = {"id": -int("100" + new_digits(10)), "title": "Elsewhere", "type": "supergroup"}
    message = shapes.message(
        message_id=telegram.next_message_id(), sender=telegram.user(phone), chat=chat, at=telegram.clock.now()
    )
    message |= shapes.content(Piece(text=text), {}) | {"guest_query_id": query}
    telegram.guests[query] = phone
    phone.spoke(query, text)
    await telegram.put(query, "message", telegram.update("guest_message", message), f"guest:{query}")
    return query
