"""Reads Messenger webhooks of a Page: messages, echoes, receipts, reactions, edits and votes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from assistant.events import (
    Event,
    FeedbackGiven,
    MessageEdited,
    MessageReceived,
    Reacted,
    StaffWrote,
    StatusChanged,
    Unread,
)
from assistant.types import Address, Alias, Choice, Part, Sender, Status, Text, Unsupported

from . import _graph
from . import _json as js

# The thumbs-up in its three sizes, sent as a sticker.
# https://developers.facebook.com/docs/messenger-platform/webhooks (stickers, 2026-08-30)
_THUMBS_UP = frozenset({"369239263222822", "369239343222814", "369239383222810"})
_VOTES = {"Good response": True, "Bad response": False}


def read(channel: str, our_page: str, our_app: str, body: bytes) -> list[Event]:
    """Every event of every entry, in order. Raises BadPayload.

    A Page's `feed` changes (comments) arrive here too and are kept for the channel that will read them.
    """
    events: list[Event] = []
    for root in _graph.envelopes(body):
        entries = js.items(root, "entry")
        if root.get("object") not in ("page", None) or not entries:
            reason = "entry" if root.get("object") == "page" else "object"
            events.append(Unread(channel=channel, account="", reason=reason, item=js.dump(root, body)))
            continue
        for entry in entries:
            events += _entry(channel, our_page, our_app, entry, body)
    return events


def _entry(channel: str, our_page: str, our_app: str, entry: object, body: bytes) -> list[Event]:
    page = js.ident(entry, "id") or ""
    events: list[Event] = []
    # `standby`: another app owns the thread. Its messages are kept as context, but that app answers them.
    # https://developers.facebook.com/docs/messenger-platform/conversation-routing (2025-09-24)
    for key in ("messaging", "standby"):
        for item in js.items(entry, key):
            reader = _Item(channel, page, our_app, item, answers=key == "messaging" and page == our_page)
            events += js.each(channel, page, item, body, reader.events)
    for change in js.items(entry, "changes"):
        field = js.text(change, "field") or "changes"
        events.append(Unread(channel=channel, account=page, reason=field, item=js.dump(change, body)))
    if not events:
        events.append(Unread(channel=channel, account=page, reason="entry", item=js.dump(entry, body)))
    return events


@dataclass(frozen=True, slots=True)
class _Item:
    """One element of `messaging` or `standby`; the key beside sender and recipient says what it is."""

    channel: str
    page: str
    our_app: str
    item: object
    answers: bool

    def events(self) -> Iterator[Event]:
        readers: dict[str, Callable[[], Iterator[Event]]] = {
            "message": self.message,
            "postback": self.postback,
            "reaction": self.reaction,
            "message_edit": self.edit,
            "delivery": self.delivery,
            "read": self.read,
            "response_feedback": self.feedback,
        }
        for key, reader in readers.items():
            if isinstance(self.item, dict) and key in self.item:
                return reader()
        known = {"sender", "recipient", "timestamp"}
        kinds = [key for key in self.item if key not in known] if isinstance(self.item, dict) else []
        raise js.Unreadable(kinds[0][:64] if kinds else "item")

    # The timestamp is in milliseconds here, unlike in `changes`.
    def at(self) -> datetime:
        return js.need_moment(self.item, "timestamp", milliseconds=True)

    def address(self, peer: str) -> Address:
        if not self.page:
            raise js.Unreadable("entry.id")
        return Address(channel=self.channel, account=self.page, peer=peer)

    def person(self) -> str:
        """The page-scoped id of who acted; plugin opt-ins carry `user_ref` instead and cannot be answered."""
        return js.need(js.ident(js.obj(self.item, "sender"), "id"), "sender.id")

    def sender(self) -> Sender:
        person = self.person()
        return Sender(external_id=person, aliases=(Alias(kind="psid", value=person),))

    def message(self) -> Iterator[Event]:
        message = js.obj(self.item, "message")
        mid = js.need(js.ident(message, "mid"), "message.mid")
        if message.get("is_echo") is True:
            yield self.echo(message, mid)
            return
        parts = _parts(message)
        yield MessageReceived(
            address=self.address(self.person()),
            sender=self.sender(),
            external_id=mid,
            sent_at=self.at(),
            parts=parts or (Unsupported(kind="empty"),),
            addressed=self.answers and bool(parts),
            reply_to=js.ident(js.obj(message, "reply_to"), "mid"),
        )

    def echo(self, message: js.Object, mid: str) -> Event:
        """Sender is the Page, recipient the person. Ours by app id; without an app id, by our metadata."""
        app = js.ident(message, "app_id")
        ours = app == self.our_app if app and self.our_app else True
        peer = js.need(js.ident(js.obj(self.item, "recipient"), "id"), "recipient.id")
        return StaffWrote(
            address=self.address(peer),
            external_id=mid,
            sent_at=self.at(),
            parts=_parts(message) or (Unsupported(kind="empty"),),
            idempotency_key=js.text(message, "metadata") if ours else None,
            app=app,
        )

    def postback(self) -> Iterator[Event]:
        """A pressed button. Old events have no mid: person, time and payload name them."""
        postback = js.obj(self.item, "postback")
        payload, title = js.text(postback, "payload"), js.text(postback, "title")
        chosen = js.need(payload or title, "postback.payload")
        at = self.at()
        digest = hashlib.sha256(chosen.encode()).hexdigest()[:16]
        yield MessageReceived(
            address=self.address(self.person()),
            sender=self.sender(),
            external_id=js.ident(postback, "mid")
            or f"postback:{self.person()}:{int(at.timestamp() * 1000)}:{digest}",
            sent_at=at,
            parts=(Choice(id=chosen, title=title or chosen),),
            addressed=self.answers,
        )

    def reaction(self) -> Iterator[Event]:
        reaction = js.obj(self.item, "reaction")
        emoji = js.text(reaction, "emoji") or js.text(reaction, "reaction")
        match js.text(reaction, "action"):
            case "react":
                emoji = js.need(emoji, "reaction.emoji")
            case "unreact":
                emoji = None
            case _:
                raise js.Unreadable("reaction.action")
        mid = js.need(js.ident(reaction, "mid"), "reaction.mid")
        address = self.address(self.person())
        yield Reacted(address=address, sender=self.sender(), external_id=mid, at=self.at(), emoji=emoji)

    def edit(self) -> Iterator[Event]:
        edit = js.obj(self.item, "message_edit")
        mid = js.need(js.ident(edit, "mid"), "message_edit.mid")
        words = js.need(js.text(edit, "text"), "message_edit.text")
        address = self.address(self.person())
        yield MessageEdited(address=address, external_id=mid, at=self.at(), parts=(Text(text=words),))

    def delivery(self) -> Iterator[Event]:
        """Single mids where they are given (often they are not), and the time before which all has arrived."""
        delivery = js.obj(self.item, "delivery")
        address = self.address(self.person())
        mids = [mid for mid in js.items(delivery, "mids") if isinstance(mid, str) and mid]
        until = js.moment(delivery, "watermark", milliseconds=True)
        at = js.moment(self.item, "timestamp", milliseconds=True) or until
        if at is None:
            raise js.Unreadable("timestamp")
        for mid in mids:
            yield StatusChanged(address=address, status=Status.DELIVERED, at=at, external_id=mid)
        if until is not None:
            yield StatusChanged(address=address, status=Status.DELIVERED, at=at, until=until)
        elif not mids:
            raise js.Unreadable("delivery.watermark")

    def read(self) -> Iterator[Event]:
        until = js.need_moment(js.obj(self.item, "read"), "watermark", milliseconds=True)
        at = js.moment(self.item, "timestamp", milliseconds=True) or until
        yield StatusChanged(address=self.address(self.person()), status=Status.READ, at=at, until=until)

    def feedback(self) -> Iterator[Event]:
        feedback = js.obj(self.item, "response_feedback")
        good = _VOTES.get(js.text(feedback, "feedback") or "")
        if good is None:
            raise js.Unreadable("response_feedback.feedback")
        mid = js.need(js.ident(feedback, "mid"), "response_feedback.mid")
        yield FeedbackGiven(address=self.address(self.person()), external_id=mid, at=self.at(), good=good)


def _parts(message: js.Object) -> tuple[Part, ...]:
    words = js.text(message, "text")
    payload = js.text(js.obj(message, "quick_reply"), "payload")
    parts: list[Part] = []
    if payload:
        parts.append(Choice(id=payload, title=words or payload))
    elif words:
        parts.append(Text(text=words))
    parts += [_attachment(item) for item in js.items(message, "attachments")]
    return tuple(parts)


def _attachment(item: object) -> Part:
    """Stickers were `image` with a sticker_id until 2026-08-30 and are `sticker` since; both are read."""
    kind = js.text(item, "type") or "attachment"
    sticker = js.ident(js.obj(item, "payload"), "sticker_id") or js.ident(item, "sticker_id")
    if sticker in _THUMBS_UP:
        return Text(text="👍")
    return Unsupported(kind="sticker" if sticker else kind[:64])
