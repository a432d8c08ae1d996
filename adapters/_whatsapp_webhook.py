"""Reads WhatsApp webhooks: messages, statuses, staff echoes, changes of identity and notices, each on its own."""

from __future__ import annotations

import re
from collections.abc import Callable

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
from assistant.types import Address, Alias, Audience, Sender, Status

from . import _graph, _whatsapp_notices
from . import _json as js
from ._whatsapp_parts import origin, parts

# Business-scoped user id: country, optionally ENT for linked portfolios, then letters and digits.
# https://developers.facebook.com/docs/whatsapp/business-scoped-user-ids (2026-05-28)
_BSUID = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}", re.ASCII)
_NAMED = re.compile(r"\b" + _BSUID.pattern + r"\b", re.ASCII)

# https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#statuses-object (2026-11-23);
# `played` is the first play of a voice note and implies read.
_STATUSES = {
    "sent": Status.SENT,
    "delivered": Status.DELIVERED,
    "read": Status.READ,
    "played": Status.READ,
    "failed": Status.FAILED,
}


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
                events += _change(channel, our_number_id, entry, change, body)
    return events


def _change(channel: str, our_number_id: str, entry: js.Object, change: object, body: bytes) -> list[Event]:
    value = js.obj(change, "value")
    field = js.text(change, "field") or "field"
    number = js.ident(js.obj(value, "metadata"), "phone_number_id") or ""
    if field in _READERS:
        return read_value(Value(channel, number, our_number_id, value), field, change, body)
    if field in _whatsapp_notices.PRIVATE_FIELDS:
        return []
    # What concerns the whole business account comes without a number: it is told by the account's own id.
    account = number or js.ident(entry, "id") or ""
    notice = _whatsapp_notices.read(channel, account, field, value, js.moment(entry, "time"))
    return [notice or Unread(channel=channel, account=account, reason=field, item=js.dump(change, body))]


def read_value(value: Value, field: str, change: object, body: bytes) -> list[Event]:
    """Every event in one `value` of a field with messages; Unread when there is none at all."""
    events: list[Event] = []
    for key, read_item in _READERS[field]:
        if key in value.value:
            for item in js.items(value.value, key):
                _one(events, value, read_item, item, body)
    if not events:
        events.append(
            Unread(channel=value.channel, account=value.account, reason=field, item=js.dump(change, body))
        )
    return events


def _one(events: list[Event], value: Value, read_item: _Reader, item: object, body: bytes) -> None:
    """Add the events of one item. Whatever goes wrong costs this item only."""
    try:
        found = read_item(value, item)
    except Exception as error:
        found = js.unread(value.channel, value.account, item, body, error)
    if isinstance(found, list):
        events += found
    else:
        events.append(found)


class Value:
    """One `value` of a change: whose number it is, and the contacts that explain its messages."""

    __slots__ = ("account", "channel", "contacts", "our_number_id", "ours", "value")

    def __init__(self, channel: str, account: str, our_number_id: str, value: js.Object) -> None:
        self.channel = channel
        self.account = account
        self.our_number_id = our_number_id
        self.value = value
        self.contacts = js.items(value, "contacts")
        # Vendors write our own number as the number or as its id.
        shown = js.ident(value.get("metadata"), "display_phone_number")
        self.ours = (account,) if shown is None else (account, shown)

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
        contacts = self.contacts
        if not known and len(contacts) == 1:  # the item names nobody, and only one person can be meant
            known = [js.ident(contacts[0], "user_id"), js.ident(contacts[0], "wa_id")]
        profile: js.Object = {}
        for item in contacts:
            phone, user = js.ident(item, "wa_id"), js.ident(item, "user_id")
            if phone in known or user in known:
                profile = js.obj(item, "profile")
                known += (phone, user)
                break
        aliases = [alias(value) for value in dict.fromkeys(known) if value]
        if not aliases:
            raise js.Unreadable("from")
        aliases.sort(key=lambda one: one.kind == "bsuid")
        if username := js.text(profile, "username"):
            aliases.append(Alias(kind="username", value=username))
        return Sender(external_id=aliases[0].value, aliases=tuple(aliases), name=js.text(profile, "name"))

    def message(self, item: object) -> Event | list[Event]:
        if not isinstance(item, dict):
            raise js.Unreadable("type")
        kind = js.need(js.text(item, "type"), "type")
        at = js.need_moment(item, "timestamp")
        if kind == "system":
            return self.system(item)
        writer, group = js.ident(item, "from"), js.ident(item, "group_id") if "group_id" in item else None
        sender = self.sender(writer, js.ident(item, "from_user_id") if "from_user_id" in item else None)
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
        context, said = js.obj(item, "context") if "context" in item else None, parts(item, kind)
        if context or "referral" in item:
            said = origin(item, context) + said
        # A WABA sends all its numbers to one address; those that are not the bot's are read, not answered. What our own
        # number writes to itself is not answered either: the answer would come back as the next message.
        addressed = (
            self.account == self.our_number_id
            and writer not in self.ours
            and (group is None or js.ident(context, "from") in self.ours)
        )
        return MessageReceived(
            address=address,
            sender=sender,
            external_id=js.need(js.ident(item, "id"), "id"),
            sent_at=at,
            parts=said,
            audience=Audience.PRIVATE if group is None else Audience.GROUP,
            addressed=addressed,
            # A forwarded message has a context without id.
            reply_to=js.ident(context, "id") if context else None,
            forwarded=context is not None
            and (js.true(context, "forwarded") or js.true(context, "frequently_forwarded")),
        )

    def correction(self, item: object, kind: str, address: Address) -> Event:
        change = js.obj(item, kind)
        original = js.need(js.ident(change, "original_message_id"), f"{kind}.original_message_id")
        at = js.need_moment(item, "timestamp")
        if kind == "revoke":
            return MessageDeleted(address=address, external_id=original, at=at)
        inner = js.obj(change, "message")
        new_kind = js.need(js.text(inner, "type"), "edit.message.type")
        return MessageEdited(address=address, external_id=original, at=at, parts=parts(inner, new_kind))

    def system(self, item: object) -> list[Event]:
        """A changed number or BSUID. A new number brings a new BSUID with it; the change of a BSUID alone has no `from`.

        Source: https://developers.facebook.com/docs/whatsapp/business-scoped-user-ids (2026-05-28)
        """
        system = js.obj(item, "system")
        kind = js.text(system, "type")
        if kind not in ("user_changed_number", "user_changed_user_id"):
            raise js.Unreadable(f"system.{kind}"[:80])
        pairs = [
            (js.ident(item, "from"), js.ident(system, "wa_id")),
            (
                js.ident(system, "previous_user_id") or js.ident(item, "from_user_id"),
                js.ident(system, "user_id"),
            ),
        ]
        if kind == "user_changed_user_id" and None in pairs[1]:
            named = list(dict.fromkeys(_NAMED.findall(js.text(system, "body") or "")))
            pairs[1] = (named[0], named[1]) if len(named) == 2 else pairs[1]
        changed = [self.changed(old, new, item) for old, new in pairs if old and new and old != new]
        if not changed:
            raise js.Unreadable("system.previous")
        return changed

    def user_id_update(self, item: object) -> Event:
        change = js.obj(item, "user_id")
        old = js.need(js.ident(change, "previous"), "user_id.previous")
        new = js.need(js.ident(change, "current"), "user_id.current")
        return self.changed(old, new, item)

    def changed(self, old: str, new: str, item: object) -> Event:
        """The conversation is named by the old id, if by this one at all: the address says which one moves."""
        at = js.need_moment(item, "timestamp")
        return IdentityChanged(address=self.address(old), previous=alias(old), current=alias(new), at=at)

    def error(self, item: object) -> Event:
        return _whatsapp_notices.error(self.channel, self.account, item)

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
        pricing = js.obj(item, "pricing")
        return StatusChanged(
            address=self.address(peer),
            status=status,
            at=js.need_moment(item, "timestamp"),
            external_id=external_id,
            idempotency_key=key,
            error_code=next((code for code in codes if code), None),
            billed=(js.text(pricing, "category") or "billable") if pricing.get("billable") is True else None,
        )

    def staff_echo(self, item: object) -> Event:
        """What staff typed in the WhatsApp Business app: `from` is our number, `to` the person.

        Examples of edits and deletions have them the other way round, so our own number is looked for on both sides.
        Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/smb_message_echoes
        """
        kind = js.need(js.text(item, "type"), "type")
        to = js.ident(item, "to")
        if to in self.ours:
            person = self.sender(js.ident(item, "from"), js.ident(item, "from_user_id"))
        else:
            person = self.sender(to, js.ident(item, "to_user_id"))
        address = self.address(js.ident(item, "group_id") or person.external_id)
        if kind in ("edit", "revoke"):
            return self.correction(item, kind, address)
        if kind == "reaction":  # staff's, on a message: nothing was written, nobody took over
            raise js.Unreadable("echo.reaction")
        return StaffWrote(
            address=address,
            external_id=js.need(js.ident(item, "id"), "id"),
            sent_at=js.need_moment(item, "timestamp"),
            parts=parts(item, kind),
            app="business_app",
        )


_Reader = Callable[[Value, object], "Event | list[Event]"]

_READERS: dict[str, tuple[tuple[str, _Reader], ...]] = {
    "messages": (("messages", Value.message), ("statuses", Value.status), ("errors", Value.error)),
    "smb_message_echoes": (("message_echoes", Value.staff_echo),),
    "user_id_update": (("user_id_update", Value.user_id_update),),
}


def alias(value: str) -> Alias:
    """An id with its kind, which its form tells; `user:` is the Agent Platform's."""
    if value[:1].isdigit():
        return Alias(kind="phone", value=value)
    if is_bsuid(value):
        return Alias(kind="bsuid", value=value)
    return Alias(kind="user" if value.startswith("user:") else "phone", value=value)
