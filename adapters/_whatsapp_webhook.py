"""Reads WhatsApp webhooks: messages, statuses, staff echoes and changes of identity, each on its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.events import (
    Event,
    IdentityChanged,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    Reacted,
    StaffWrote,
    StatusChanged,
    Unread,
)
from assistant.types import (
    Address,
    Alias,
    Audience,
    Choice,
    Contacts,
    Part,
    Place,
    Sender,
    Status,
    Text,
    Unsupported,
)

from . import _graph
from . import _json as js

# Business-scoped user id: country, optionally ENT for linked portfolios, then letters and digits.
# https://developers.facebook.com/docs/whatsapp/business-scoped-user-ids (2026-05-28)
_BSUID = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}", re.ASCII)

# https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#statuses-object (2026-11-23);
# `played` is the first play of a voice note and implies read.
_STATUSES = {
    "sent": Status.SENT,
    "delivered": Status.DELIVERED,
    "read": Status.READ,
    "played": Status.READ,
    "failed": Status.FAILED,
}
_MEDIA = frozenset({"image", "video", "document", "sticker", "audio"})


def is_bsuid(value: str) -> bool:
    return not value[:1].isdigit() and _BSUID.fullmatch(value) is not None


def read(channel: str, our_number_id: str, body: bytes) -> list[Event]:
    """Every event of every entry, change, message and status, in order. Raises BadPayload."""
    events: list[Event] = []
    for root in _graph.envelopes(body):
        if root.get("object") not in ("whatsapp_business_account", None):
            events.append(Unread(channel=channel, account="", reason="object", item=js.dump(root, body)))
            continue
        entries = js.items(root, "entry")
        if not entries:
            events.append(Unread(channel=channel, account="", reason="entry", item=js.dump(root, body)))
        for entry in entries:
            changes = js.items(entry, "changes")
            if not changes:
                events.append(
                    Unread(channel=channel, account="", reason="changes", item=js.dump(entry, body))
                )
            for change in changes:
                events += _change(channel, our_number_id, change, body)
    return events


def _change(channel: str, our_number_id: str, change: object, body: bytes) -> list[Event]:
    value = js.obj(change, "value")
    field = js.text(change, "field") or "field"
    account = js.ident(js.obj(value, "metadata"), "phone_number_id") or ""
    reader = _Value(channel, account, our_number_id, value)
    events: list[Event] = []
    for key, read_item in _READERS.get(field, ()):
        for item in js.items(value, key):
            events.append(_one(reader, read_item, item, body))
    for error in js.items(value, "errors") if field == "messages" else []:
        events.append(Unread(channel=channel, account=account, reason="errors", item=js.dump(error, body)))
    if not events:
        events.append(Unread(channel=channel, account=account, reason=field, item=js.dump(change, body)))
    return events


def _one(reader: _Value, read: Callable[[_Value, object], Event], item: object, body: bytes) -> Event:
    """The event of one item. Whatever goes wrong costs this item only."""
    try:
        return read(reader, item)
    except Exception as error:
        return js.unread(reader.channel, reader.account, item, body, error)


@dataclass(slots=True)
class _Value:
    """One `value` of a change: whose number it is, and the contacts that explain its messages."""

    channel: str
    account: str
    our_number_id: str
    value: js.Object

    def address(self, peer: str) -> Address:
        if not self.account:
            raise js.Unreadable("phone_number_id")
        return Address(channel=self.channel, account=self.account, peer=peer)

    def sender(self, *ids: str | None) -> Sender:
        """The person behind these ids. A phone goes first, so that the conversation keeps its name.

        Fields are no proof of what they hold: a BSUID may come in `from` or `wa_id`, and either may be missing or
        empty. Contacts are matched by id, not by position. With two phones in play (a changed number) the one the
        message itself names wins.
        """
        known: list[str | None] = [value for value in ids if value]
        contact: js.Object = {}
        for item in js.items(self.value, "contacts"):
            theirs = js.ident(item, "wa_id"), js.ident(item, "user_id")
            if theirs[0] in known or theirs[1] in known:
                contact = item
                known += theirs
                break
        phones: list[str] = []
        bsuids: list[str] = []
        for value in known:
            kind = bsuids if value and is_bsuid(value) else phones
            if value and value not in kind:
                kind.append(value)
        if not phones and not bsuids:
            raise js.Unreadable("from")
        aliases = [Alias(kind="phone", value=value) for value in phones]
        aliases += [Alias(kind="bsuid", value=value) for value in bsuids]
        profile = js.obj(contact, "profile")
        if username := js.text(profile, "username"):
            aliases.append(Alias(kind="username", value=username))
        return Sender(external_id=aliases[0].value, aliases=tuple(aliases), name=js.text(profile, "name"))

    def message(self, item: object) -> Event:
        kind = js.need(js.text(item, "type"), "type")
        at = js.need_moment(item, "timestamp")
        if kind == "system":
            return self.system(item)
        sender = self.sender(js.ident(item, "from"), js.ident(item, "from_user_id"))
        group = js.ident(item, "group_id")
        address = self.address(group or sender.external_id)
        if kind == "reaction":
            reaction = js.obj(item, "reaction")
            target = js.need(js.ident(reaction, "message_id"), "reaction.message_id")
            # A missing or an empty emoji both mean that the reaction was taken back.
            return Reacted(
                address=address, sender=sender, external_id=target, at=at, emoji=js.text(reaction, "emoji")
            )
        if kind in ("edit", "revoke"):
            return self.correction(item, kind, address)
        context = js.obj(item, "context")
        # A WABA sends all its numbers to one address; those that are not the bot's are read, not answered.
        addressed = self.account == self.our_number_id and (group is None or self.replies_to_us(context))
        return MessageReceived(
            address=address,
            sender=sender,
            external_id=js.need(js.ident(item, "id"), "id"),
            sent_at=at,
            parts=parts(item, kind),
            audience=Audience.PRIVATE if group is None else Audience.GROUP,
            addressed=addressed,
            reply_to=js.ident(context, "id"),  # a forwarded message has a context without id
            forwarded=context.get("forwarded") is True or context.get("frequently_forwarded") is True,
        )

    def replies_to_us(self, context: js.Object) -> bool:
        """Vendors write our own number as the number or as its id."""
        display = js.ident(js.obj(self.value, "metadata"), "display_phone_number")
        return js.ident(context, "from") in (self.account, display)

    def correction(self, item: object, kind: str, address: Address) -> Event:
        change = js.obj(item, kind)
        original = js.need(js.ident(change, "original_message_id"), f"{kind}.original_message_id")
        at = js.need_moment(item, "timestamp")
        if kind == "revoke":
            return MessageDeleted(address=address, external_id=original, at=at)
        inner = js.obj(change, "message")
        new_kind = js.need(js.text(inner, "type"), "edit.message.type")
        return MessageEdited(address=address, external_id=original, at=at, parts=parts(inner, new_kind))

    def system(self, item: object) -> Event:
        """A changed number or BSUID; the change of a BSUID comes without `from`."""
        system = js.obj(item, "system")
        at = js.need_moment(item, "timestamp")
        match js.text(system, "type"):
            case "user_changed_number" | "user_changed_user_id" as kind:
                pass
            case other:
                raise js.Unreadable(f"system.{other}")
        if kind == "user_changed_number":
            previous, current = js.ident(item, "from"), js.ident(system, "wa_id")
        else:
            previous, current = js.ident(system, "previous_user_id"), js.ident(system, "user_id")
        old, new = js.need(previous, "system.previous"), js.need(current, "system.current")
        address = self.address(js.ident(item, "from") or old)
        return IdentityChanged(address=address, previous=_alias(old), current=_alias(new), at=at)

    def user_id_update(self, item: object) -> Event:
        change = js.obj(item, "user_id")
        old = js.need(js.ident(change, "previous"), "user_id.previous")
        new = js.need(js.ident(change, "current"), "user_id.current")
        address = self.address(js.ident(item, "wa_id") or old)
        at = js.need_moment(item, "timestamp")
        return IdentityChanged(address=address, previous=_alias(old), current=_alias(new), at=at)

    def status(self, item: object) -> Event:
        status = _STATUSES.get(js.text(item, "status") or "")
        if status is None:
            raise js.Unreadable("status")
        key = js.text(item, "biz_opaque_callback_data")
        external_id = js.ident(item, "id")
        if external_id is None and key is None:
            raise js.Unreadable("id")
        phone, bsuid = js.ident(item, "recipient_id"), js.ident(item, "recipient_user_id")
        if js.text(item, "recipient_type") == "group" or not (phone or bsuid):
            peer = phone or ""  # the message's own id is what finds it
        else:
            peer = self.sender(phone, bsuid).external_id
        codes = [js.ident(error, "code") for error in js.items(item, "errors")]
        return StatusChanged(
            address=self.address(peer),
            status=status,
            at=js.need_moment(item, "timestamp"),
            external_id=external_id,
            idempotency_key=key,
            error_code=next((code for code in codes if code), None),
        )

    def staff_echo(self, item: object) -> Event:
        """What staff typed in the WhatsApp Business app: `from` is our number, `to` the person."""
        kind = js.need(js.text(item, "type"), "type")
        person = self.sender(js.ident(item, "to"), js.ident(item, "to_user_id"))
        address = self.address(person.external_id)
        if kind in ("edit", "revoke"):
            return self.correction(item, kind, address)
        return StaffWrote(
            address=address,
            external_id=js.need(js.ident(item, "id"), "id"),
            sent_at=js.need_moment(item, "timestamp"),
            parts=parts(item, kind),
            app="business_app",
        )


_READERS: dict[str, tuple[tuple[str, Callable[[_Value, object], Event]], ...]] = {
    "messages": (("messages", _Value.message), ("statuses", _Value.status)),
    "smb_message_echoes": (("message_echoes", _Value.staff_echo),),
    "user_id_update": (("user_id_update", _Value.user_id_update),),
}


def _alias(value: str) -> Alias:
    return Alias(kind="bsuid" if is_bsuid(value) else "phone", value=value)


def parts(item: object, kind: str) -> tuple[Part, ...]:
    """What a message says. `item[kind]` may be missing whatever `kind` says (seen with code 131000)."""
    content = js.obj(item, kind)
    if kind == "text":
        body = js.text(content, "body")
        return (Text(text=body),) if body else (Unsupported(kind="text"),)
    if kind in _MEDIA:
        caption = js.text(content, "caption")
        name = "voice" if content.get("voice") is True else kind
        return (*((Text(text=caption),) if caption else ()), Unsupported(kind=name))
    if kind == "location":
        latitude, longitude = js.number(content, "latitude"), js.number(content, "longitude")
        if latitude is not None and longitude is not None:
            return (Place(latitude=latitude, longitude=longitude, name=js.text(content, "name")),)
    if kind == "contacts":
        names = [js.text(js.obj(card, "name"), "formatted_name") for card in js.items(item, "contacts")]
        return (Contacts(names=tuple(name for name in names if name)),)
    if kind == "interactive":
        return _interactive(content)
    if kind == "button":
        title, payload = js.text(content, "text"), js.text(content, "payload")
        if title or payload:
            return (Choice(id=payload or title or "", title=title or payload or ""),)
    if kind == "order":
        words = js.text(content, "text")
        return (*((Text(text=words),) if words else ()), Unsupported(kind="order"))
    if kind == "unsupported":
        return (Unsupported(kind=js.text(content, "type") or "unsupported"),)
    return (Unsupported(kind=kind[:64]),)


def _interactive(content: js.Object) -> tuple[Part, ...]:
    kind = js.text(content, "type") or "interactive"
    reply = js.obj(content, kind)
    chosen, title = js.text(reply, "id"), js.text(reply, "title")
    if kind in ("button_reply", "list_reply") and (chosen or title):
        return (Choice(id=chosen or title or "", title=title or chosen or ""),)
    return (Unsupported(kind=kind[:64]),)
