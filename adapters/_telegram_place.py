"""Where a Telegram message is: the chat, and in it the topic, the business connection or the guest query."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.types import Address

from . import _json as js

_NUMBER = re.compile(r"-?\d{1,18}", re.ASCII)
_BUSINESS, _GUEST, _DIRECT = "business:", "guest:", "direct:"
CALLBACK = "callback:"
"""What the external id of a pressed button begins with; the query's id follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """An address as the Bot API's methods want it. At most one of the last four is set."""

    chat: str
    topic: int | None = None
    business: str | None = None
    guest: str | None = None
    direct: int | None = None

    @property
    def private(self) -> bool:
        """People have positive ids, groups and channels negative ones."""
        return self.chat.isdigit()


def spot(address: Address) -> Spot:
    """Take an address of ours apart."""
    chat, thread = address.peer, address.thread or ""
    if thread.startswith(_BUSINESS):
        return Spot(chat=chat, business=thread.removeprefix(_BUSINESS))
    if thread.startswith(_GUEST):
        return Spot(chat=chat, guest=thread.removeprefix(_GUEST))
    if thread.startswith(_DIRECT):
        return Spot(chat=chat, direct=number(thread.removeprefix(_DIRECT)))
    return Spot(chat=chat, topic=number(thread))


def thread_of(message: js.Object) -> str | None:
    """What tells this message's conversation from others in the same chat.

    Replies in ordinary groups carry a thread id too, which must not be sent back: only topics count.
    Source: https://core.telegram.org/bots/api#message
    """
    business = js.ident(message, "business_connection_id")
    if business:
        return _BUSINESS + business
    guest = js.ident(message, "guest_query_id")
    if guest:
        return _GUEST + guest
    direct = js.ident(js.obj(message, "direct_messages_topic"), "topic_id")
    if direct:
        return _DIRECT + direct
    return js.ident(message, "message_thread_id") if message.get("is_topic_message") is True else None


def number(value: str | None) -> int | None:
    """A whole number of at most 18 digits."""
    return int(value) if value and _NUMBER.fullmatch(value) else None


def message_id(chat: str, message: str | int, thread: str | None) -> str:
    """Our name of a message, "chat:number". Where we write for somebody else, or as a guest, the thread follows.

    Numbers count per message box, and a person's id is also the id of every private chat with that person: our own,
    and one for each business account.
    """
    theirs = thread is not None and thread.startswith((_BUSINESS, _GUEST))
    return f"{chat}:{message}:{thread}" if theirs else f"{chat}:{message}"


def message_number(external_id: str | None) -> int | None:
    """The message's number inside what message_id made; None for anything else, such as a pressed button's id."""
    chat, _, rest = (external_id or "").partition(":")
    return number(rest.partition(":")[0]) if number(chat) is not None else None


def callback_id(external_id: str | None) -> str | None:
    """The id to answer a pressed button with, when `external_id` names one."""
    return (external_id or "").removeprefix(CALLBACK) if (external_id or "").startswith(CALLBACK) else None
