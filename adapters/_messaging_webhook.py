"""Reads the webhooks Messenger and Instagram share: messages, echoes, receipts, reactions, edits, votes, who owns the thread."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from assistant.events import (
    AccountNotice,
    ControlPassed,
    Event,
    FeedbackGiven,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    Reacted,
    StaffWrote,
    StatusChanged,
    Unread,
)
from assistant.types import Address, Alias, Choice, Part, Referral, Sender, Status, Text, Unsupported

from . import _graph
from . import _json as js
from ._messaging_parts import parts, referral, speaks

_VOTES = {"Good response": True, "Bad response": False}
# Reactions come with an emoji; a few only with Meta's word for it.
_EMOJIS = {
    "love": "❤️",
    "smile": "😆",
    "wow": "😮",
    "sad": "😢",
    "angry": "😠",
    "like": "👍",
    "dislike": "👎",
}
_KNOWN = frozenset({"sender", "recipient", "timestamp", "hop_context"})
_NO_MID = ("postback:", "referral:", "optin:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Whose webhooks are read. `id`: our Page or Instagram account; `app`: our app's id, "" when it is not set.

    `envelope` is the webhook's `object`; `alias` names the ids of people; `elsewhere`: changes another channel reads;
    `only_voice`: sound is always recorded in the app.
    """

    channel: str
    envelope: str
    id: str
    app: str
    alias: str
    elsewhere: frozenset[str] = frozenset()
    only_voice: bool = False


def read(account: Account, body: bytes) -> list[Event]:
    """Every event of every entry, in order. Raises BadPayload."""
    events: list[Event] = []
    for root in _graph.envelopes(body):
        entries = js.items(root, "entry")
        if root.get("object") not in (account.envelope, None) or not entries:
            reason = "entry" if root.get("object") == account.envelope else "object"
            events.append(
                Unread(channel=account.channel, account="", reason=reason, item=js.dump(root, body))
            )
            continue
        for entry in entries:
            events += _entry(account, entry, body)
    return events


def is_mid(external_id: str) -> bool:
    """Whether the platform knows this id; some events have none and got one of ours."""
    return not external_id.startswith(_NO_MID)


def _entry(account: Account, entry: object, body: bytes) -> list[Event]:
    here = js.ident(entry, "id") or ""
    events: list[Event] = []

    def take(item: object, *, answers: bool) -> None:
        reader = _Item(account, here, item, answers=answers and here == account.id)
        events.extend(js.each(account.channel, here, item, body, reader.events))

    # `standby`: another app owns the thread. Its messages are kept as context, but that app answers them.
    # https://developers.facebook.com/docs/messenger-platform/conversation-routing (2025-09-24)
    messaging, standby = js.items(entry, "messaging"), js.items(entry, "standby")
    for item in messaging:
        take(item, answers=True)
    for item in standby:
        take(item, answers=False)
    changes = js.items(entry, "changes")
    for change in changes:
        field, value = js.text(change, "field") or "changes", js.obj(change, "value")
        if field in account.elsewhere:
            continue
        if "sender" in value and "recipient" in value:  # Meta's test button writes messages like this
            take(value, answers=True)
            continue
        events.append(
            Unread(channel=account.channel, account=here, reason=field[:64], item=js.dump(change, body))
        )
    if not messaging and not standby and not changes:
        events.append(
            Unread(channel=account.channel, account=here, reason="entry", item=js.dump(entry, body))
        )
    return events


@dataclass(frozen=True, slots=True)
class _Item:
    """One element of `messaging` or `standby`; the key beside sender and recipient says what it is."""

    ours: Account
    here: str
    item: object
    answers: bool

    def events(self) -> Iterator[Event]:
        if not isinstance(self.item, dict):
            raise js.Unreadable("item")
        for key, reader in _READERS.items():
            if key in self.item:
                return reader(self)
        kinds = [key for key in self.item if key not in _KNOWN]
        raise js.Unreadable(kinds[0][:64] if kinds else "item")

    # --- who and when ------------------------------------------------------------------------------------

    def at(self) -> datetime:
        """In milliseconds, unlike in `changes`; Meta's test button gives seconds."""
        at = js.need_moment(self.item, "timestamp", milliseconds=True)
        return at if at.year > 1970 else js.need_moment(self.item, "timestamp")

    def from_us(self) -> bool:
        sender = js.ident(js.obj(self.item, "sender"), "id")
        return sender is not None and sender in (self.here, self.ours.id)

    def person(self) -> str:
        """The scoped id of the person at the other end; plugin opt-ins carry `user_ref` instead and cannot be answered."""
        side = "recipient" if self.from_us() else "sender"
        return js.need(js.ident(js.obj(self.item, side), "id"), f"{side}.id")

    def address(self, peer: str | None = None) -> Address:
        if not self.here:
            raise js.Unreadable("entry.id")
        return Address(channel=self.ours.channel, account=self.here, peer=peer or self.person())

    def sender(self) -> Sender:
        person = self.person()
        return Sender(external_id=person, aliases=(Alias(kind=self.ours.alias, value=person),))

    # --- messages ----------------------------------------------------------------------------------------

    def message(self) -> Iterator[Event]:
        """What comes from our own side is never a turn, whether it is marked as an echo or not."""
        message = js.obj(self.item, "message")
        mid = js.need(js.ident(message, "mid"), "message.mid")
        echo = message.get("is_echo") is True or self.from_us()
        peer = js.need(js.ident(js.obj(self.item, "recipient"), "id"), "recipient.id") if echo else None
        if message.get("is_deleted") is True:
            yield MessageDeleted(address=self.address(peer), external_id=mid, at=self.at())
            return
        found = parts(message, only_voice=self.ours.only_voice) or (Unsupported(kind="empty"),)
        if echo:
            yield from self.echo(message, mid, self.address(peer), found)
            return
        yield self.received(
            mid,
            self.at(),
            found,
            speaks=speaks(message),
            reply_to=js.ident(js.obj(message, "reply_to"), "mid"),
        )

    def echo(
        self, message: js.Object, mid: str, address: Address, found: tuple[Part, ...]
    ) -> Iterator[Event]:
        """Something went out from our account. Ours by our metadata, which the store knows, whatever app_id is set to.

        From our app but without our key (Instagram brings none back) it is deliberately nothing: the send's own answer
        says all, and an echo that overtakes it must not pass for a word of staff.
        """
        app, key = js.ident(message, "app_id"), js.text(message, "metadata")
        if key is None and app is not None and app == self.ours.app:
            return
        yield StaffWrote(
            address=address,
            external_id=mid,
            sent_at=self.at(),
            parts=found,
            idempotency_key=key,
            app=app,
        )

    def received(
        self,
        external_id: str,
        at: datetime,
        found: tuple[Part, ...],
        *,
        speaks: bool = True,
        reply_to: str | None = None,
    ) -> MessageReceived:
        return MessageReceived(
            address=self.address(),
            sender=self.sender(),
            external_id=external_id,
            sent_at=at,
            parts=found,
            addressed=self.answers and speaks,
            reply_to=reply_to,
        )

    def postback(self) -> Iterator[Event]:
        """A pressed button, with where the person came from when it is their first word."""
        if self.from_us():
            return
        postback = js.obj(self.item, "postback")
        payload, title = js.text(postback, "payload"), js.text(postback, "title")
        chosen = js.need(payload or title, "postback.payload")
        at = self.at()
        came = js.obj(postback, "referral")
        found = (Choice(id=chosen, title=title or chosen),)
        mid = js.ident(postback, "mid") or self.made("postback", at, chosen)
        yield self.received(mid, at, (referral(came), *found) if came else found)

    def made(self, kind: str, at: datetime, content: str) -> str:
        """An id for an event without one: the same for the same event, however often it is delivered."""
        digest = hashlib.sha256(content.encode()).hexdigest()[:16]
        return f"{kind}:{self.person()}:{int(at.timestamp() * 1000)}:{digest}"

    def referral(self) -> Iterator[Event]:
        """The person came back to the thread through a link or an advertisement, and has said nothing yet: a context."""
        if self.from_us():
            return
        came = js.obj(self.item, "referral")
        found = referral(came)
        at = self.at()
        content = "\n".join((found.kind, found.ref or "", js.ident(came, "ad_id") or ""))
        yield self.received(self.made("referral", at, content), at, (found,), speaks=False)

    def optin(self) -> Iterator[Event]:
        """The person agreed to something (notifications, a plugin): a context. Its token stays where it is."""
        if self.from_us():
            return
        optin = js.obj(self.item, "optin")
        found = Referral(
            kind="optin",
            title=js.text(optin, "title"),
            text=js.text(optin, "type"),
            ref=js.text(optin, "payload") or js.text(optin, "ref"),
        )
        at = self.at()
        content = "\n".join((found.text or "", found.ref or ""))
        yield self.received(self.made("optin", at, content), at, (found,), speaks=False)

    def edit(self) -> Iterator[Event]:
        edit = js.obj(self.item, "message_edit")
        mid = js.need(js.ident(edit, "mid"), "message_edit.mid")
        words = js.need(js.text(edit, "text"), "message_edit.text")
        yield MessageEdited(address=self.address(), external_id=mid, at=self.at(), parts=(Text(text=words),))

    # --- what became of messages; our own side's reactions and receipts are deliberately nothing -----------

    def reaction(self) -> Iterator[Event]:
        if self.from_us():
            return
        reaction = js.obj(self.item, "reaction")
        word = js.text(reaction, "reaction")
        emoji = js.text(reaction, "emoji") or _EMOJIS.get(word or "", word)
        match js.text(reaction, "action"):
            case "react":
                emoji = js.need(emoji, "reaction.emoji")
            case "unreact":
                emoji = None
            case _:
                raise js.Unreadable("reaction.action")
        mid = js.need(js.ident(reaction, "mid"), "reaction.mid")
        yield Reacted(
            address=self.address(), sender=self.sender(), external_id=mid, at=self.at(), emoji=emoji
        )

    def delivery(self) -> Iterator[Event]:
        """Single mids where they are given (often they are not), and the time before which all has arrived."""
        if self.from_us():
            return
        delivery = js.obj(self.item, "delivery")
        address = self.address()
        mids = [mid for one in js.items(delivery, "mids") if (mid := js.text({"mid": one}, "mid"))]
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
        """Messenger gives the time before which all was read, Instagram the newest message that was."""
        if self.from_us():
            return
        seen = js.obj(self.item, "read")
        if mid := js.ident(seen, "mid"):
            at = self.at()
            yield StatusChanged(address=self.address(), status=Status.READ, at=at, external_id=mid)
            return
        until = js.need_moment(seen, "watermark", milliseconds=True)
        at = js.moment(self.item, "timestamp", milliseconds=True) or until
        yield StatusChanged(address=self.address(), status=Status.READ, at=at, until=until)

    def feedback(self) -> Iterator[Event]:
        if self.from_us():
            return
        feedback = js.obj(self.item, "response_feedback")
        good = _VOTES.get(js.text(feedback, "feedback") or "")
        if good is None:
            raise js.Unreadable("response_feedback.feedback")
        mid = js.need(js.ident(feedback, "mid"), "response_feedback.mid")
        yield FeedbackGiven(address=self.address(), external_id=mid, at=self.at(), good=good)

    # --- who owns the thread -----------------------------------------------------------------------------
    # https://developers.facebook.com/docs/messenger-platform/handover-protocol, and conversation routing as above

    def passed(self) -> Iterator[Event]:
        """Told to the app that gets the thread; other apps may hear it too. Without our app's id it is for us."""
        new = js.ident(js.obj(self.item, "pass_thread_control"), "new_owner_app_id")
        if self.ours.app:
            new = js.need(new, "pass_thread_control.new_owner_app_id")
        yield ControlPassed(
            address=self.address(), at=self.at(), ours=not self.ours.app or new == self.ours.app
        )

    def taken(self) -> Iterator[Event]:
        """Told to the app that loses the thread."""
        new = js.ident(js.obj(self.item, "take_thread_control"), "new_owner_app_id")
        ours = bool(self.ours.app) and new == self.ours.app
        yield ControlPassed(address=self.address(), at=self.at(), ours=ours)

    def requested(self) -> Iterator[Event]:
        asking = js.ident(js.obj(self.item, "request_thread_control"), "requested_owner_app_id") or "unknown"
        yield self.notice(
            "request_thread_control",
            f"Another app ({asking[:64]}) asks to answer one of our conversations; pass it on in Meta's inbox.",
        )

    def roles(self) -> Iterator[Event]:
        roles = js.obj(self.item, "app_roles")
        mine = ", ".join(
            word for one in js.items(roles, self.ours.app) if (word := js.text({"role": one}, "role"))
        )
        sentence = (
            f"Meta says that our app is {mine[:100]} here now."
            if mine
            else "Meta changed which apps may answer here; our app is not among those it names."
        )
        yield self.notice("app_roles", sentence, urgent=bool(self.ours.app) and not mine)

    def policy(self) -> Iterator[Event]:
        policy = js.obj(self.item, "policy_enforcement")
        action = js.need(js.text(policy, "action"), "policy_enforcement.action")
        why = js.text(policy, "reason") or "no reason given"
        sentence = f"Meta enforces its policy on our account ({action[:40]}): {why[:250]}"
        yield self.notice("policy_enforcement", sentence, urgent=action != "unblock")

    def notice(self, kind: str, sentence: str, *, urgent: bool = False) -> AccountNotice:
        at = js.moment(self.item, "timestamp", milliseconds=True)
        account = self.here or self.ours.id
        return AccountNotice(
            channel=self.ours.channel, account=account, kind=kind, sentence=sentence, at=at, urgent=urgent
        )


_READERS: dict[str, Callable[[_Item], Iterator[Event]]] = {
    "message": _Item.message,
    "postback": _Item.postback,
    "reaction": _Item.reaction,
    "message_edit": _Item.edit,
    "delivery": _Item.delivery,
    "read": _Item.read,
    "response_feedback": _Item.feedback,
    "optin": _Item.optin,
    "referral": _Item.referral,
    "pass_thread_control": _Item.passed,
    "take_thread_control": _Item.taken,
    "request_thread_control": _Item.requested,
    "app_roles": _Item.roles,
    "policy_enforcement": _Item.policy,
}
"""By the key beside sender and recipient; the first that is there says what the item is."""
