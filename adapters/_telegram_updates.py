"""Reads Telegram updates: messages, edits, pressed buttons, reactions, stops, and what becomes of chats; needs no client library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from assistant.events import (
    AccountNotice,
    ContactLeft,
    ConversationMoved,
    Event,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    Reacted,
    StaffWrote,
    StopPressed,
)
from assistant.types import Address, Alias, Audience, Choice, Part, Sender

from . import _json as js
from ._telegram_place import CALLBACK, message_id, thread_of
from ._telegram_words import entities, parts

UNTIMED = datetime.fromtimestamp(0, UTC)
"""For the two kinds of updates that do not say when: a pressed Stop, and deletions in business chats."""

_AUDIENCES = {
    "private": Audience.PRIVATE,
    "group": Audience.GROUP,
    "supergroup": Audience.GROUP,
    "channel": Audience.PUBLIC,
}
_GONE = {
    "kicked": True,
    "left": True,
    "member": False,
    "administrator": False,
    "restricted": False,
    "creator": False,
}
# Service messages that tell the assistant nothing: read, and deliberately not kept. The move of a group is told twice;
# the old chat's word counts. https://core.telegram.org/bots/api#message (10.3, 2026-08-24)
_SERVICE = frozenset(
    {
        *("new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo", "delete_chat_photo"),
        *("group_chat_created", "supergroup_chat_created", "channel_chat_created", "migrate_from_chat_id"),
        *("message_auto_delete_timer_changed", "pinned_message", "connected_website", "write_access_allowed"),
        *("proximity_alert_triggered", "boost_added", "chat_background_set", "giveaway_created"),
        *("giveaway_completed", "forum_topic_created", "forum_topic_edited", "forum_topic_closed"),
        *("forum_topic_reopened", "general_forum_topic_hidden", "general_forum_topic_unhidden"),
        *(
            "video_chat_scheduled",
            "video_chat_started",
            "video_chat_ended",
            "video_chat_participants_invited",
        ),
        *("checklist_tasks_done", "checklist_tasks_added", "chat_owner_left", "chat_owner_changed"),
        *("poll_option_added", "poll_option_deleted"),
    }
)
_ENVELOPE = frozenset(
    {"message_id", "from", "chat", "date", "sender_chat", "message_thread_id", "is_topic_message"}
)


@dataclass(frozen=True, slots=True)
class Reader:
    """One update for our bot. `names`: words that call us in groups, without case."""

    channel: str
    bot_id: str
    username: str
    update: js.Object
    names: tuple[str, ...] = ()
    business: bool = False
    guests: bool = False

    def events(self) -> Iterator[Event]:
        for kind, read in (
            ("message", self.message),
            ("edited_message", self.edited),
            ("callback_query", self.pressed),
            ("my_chat_member", self.membership),
            ("message_reaction", self.reaction),
            ("stopped_message_generation", self.stopped),
            ("business_connection", self.connection),
            ("business_message", self.business_message),
            ("edited_business_message", self.business_edited),
            ("deleted_business_messages", self.business_deleted),
            ("guest_message", self.guest_message),
        ):
            item = js.obj(self.update, kind)
            if item:
                return read(item)
        kinds = [key for key in self.update if key != "update_id"]
        raise js.Unreadable(kinds[0][:64] if kinds else "update")

    # --- where and who ---

    def address(self, item: js.Object) -> Address:
        chat = js.need(js.ident(js.obj(item, "chat"), "id"), "chat.id")
        return Address(channel=self.channel, account=self.bot_id, peer=chat, thread=thread_of(item))

    def external_id(self, item: js.Object, key: str = "message_id") -> str:
        """Message ids count per chat; with the chat they are unique for the bot."""
        chat = js.need(js.ident(js.obj(item, "chat"), "id"), "chat.id")
        return message_id(chat, js.need(js.ident(item, key), key), thread_of(item))

    def audience(self, item: js.Object) -> Audience:
        """A channel's direct messages look like a group, but only the person and the channel read them."""
        chat = js.obj(item, "chat")
        if chat.get("is_direct_messages") is True:
            return Audience.PRIVATE
        return _AUDIENCES.get(js.text(chat, "type") or "", Audience.GROUP)

    def sender(self, item: js.Object) -> Sender:
        """Who wrote. An anonymous admin or a channel writes as `sender_chat`; `from` is a stand-in then."""
        chat, user = js.obj(item, "sender_chat"), js.obj(item, "from")
        if chat:
            person = js.need(js.ident(chat, "id"), "sender_chat.id")
            return Sender(
                external_id=person, aliases=(Alias(kind="chat", value=person),), name=js.text(chat, "title")
            )
        person = js.need(js.ident(user, "id"), "from.id")
        aliases = [Alias(kind="user", value=person)]
        username = js.text(user, "username")
        if username:
            aliases.append(Alias(kind="username", value=username))
        name = " ".join(filter(None, (js.text(user, "first_name"), js.text(user, "last_name")))) or None
        return Sender(
            external_id=person, aliases=tuple(aliases), name=name, locale=js.text(user, "language_code")
        )

    # --- messages ---

    def message(self, item: js.Object) -> Iterator[Event]:
        address, at = self.address(item), js.need_moment(item, "date")
        moved_to = js.ident(item, "migrate_to_chat_id")
        if moved_to:
            current = Address(channel=self.channel, account=self.bot_id, peer=moved_to)
            yield ConversationMoved(address=address, current=current, at=at)
            return
        content = parts(item)
        if not content:
            if _SERVICE.isdisjoint(item):
                raise js.Unreadable(
                    "message." + next((key[:64] for key in item if key not in _ENVELOPE), "empty")
                )
            return
        yield self.received(item, address, at, content)

    def received(
        self, item: js.Object, address: Address, at: datetime, content: tuple[Part, ...]
    ) -> MessageReceived:
        reply = js.obj(item, "reply_to_message")
        # In a topic every message "replies" to the service message that opened it.
        if js.ident(reply, "message_id") == address.thread:
            reply = {}
        replied = js.ident(reply, "message_id")
        mentions = tuple(self.mentions(item))
        audience = self.audience(item)
        return MessageReceived(
            address=address,
            sender=self.sender(item),
            external_id=self.external_id(item),
            sent_at=at,
            parts=content,
            audience=audience,
            addressed=self.by_a_person(item)
            and (audience is Audience.PRIVATE or self.meant_for_us(item, reply, mentions)),
            reply_to=message_id(address.peer, replied, address.thread) if replied else None,
            forwarded=bool(js.obj(item, "forward_origin")),
            mentions=mentions,
            album=js.ident(item, "media_group_id"),
        )

    def by_a_person(self, item: js.Object) -> bool:
        """Bots never answer bots, nor what a channel's posts put into its discussion group by themselves."""
        if item.get("is_automatic_forward") is True:
            return False
        return bool(js.obj(item, "sender_chat")) or js.obj(item, "from").get("is_bot") is not True

    def meant_for_us(self, item: js.Object, reply: js.Object, mentions: tuple[str, ...]) -> bool:
        """In a group: a reply to us, a mention, a command that names no other bot, or one of our names."""
        if js.ident(js.obj(reply, "from"), "id") == self.bot_id:
            return True
        ours = f"@{self.username}".lower() if self.username else ""
        if self.bot_id in mentions or (ours and ours in {mention.lower() for mention in mentions}):
            return True
        for words, start, _ in entities(item, "bot_command"):
            _, at, whom = words.partition("@")
            if (not at and start == 0) or (at and ours and f"@{whom}".lower() == ours):
                return True
        said = (js.text(item, "text") or js.text(item, "caption") or "").casefold()
        return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said) for name in self.names)

    def mentions(self, item: js.Object) -> Iterator[str]:
        """ "@name" as written, or the id of a person who has no name. In "@name-dev" somebody else is meant."""
        said = js.text(item, "text") or js.text(item, "caption") or ""
        for words, start, _ in entities(item, "mention"):
            if not re.match(r"-\w", said[start + len(words) :]):
                yield words
        for _, _, entity in entities(item, "text_mention"):
            person = js.ident(js.obj(entity, "user"), "id")
            if person:
                yield person

    def edited(self, item: js.Object) -> Iterator[Event]:
        """Also sent when something else than the words changed; then there may be nothing to read."""
        content = parts(item)
        if not content:
            raise js.Unreadable("edited_message.empty")
        at = js.moment(item, "edit_date") or js.need_moment(item, "date")
        yield MessageEdited(
            address=self.address(item), external_id=self.external_id(item), at=at, parts=content
        )

    def pressed(self, item: js.Object) -> Iterator[Event]:
        """A pressed button. Telegram does not say when: the time is that of the message below which it hangs.

        Of a message that is too old to be shown again only chat and number are told, and 0 as its date.
        """
        message = js.obj(item, "message")
        data = js.need(js.text(item, "data"), "callback_query.data")
        title = next((title for chosen, title in _buttons(message) if chosen == data), data)
        yield MessageReceived(
            address=self.address(message),
            sender=self.sender({"from": item.get("from")}),
            external_id=CALLBACK + js.need(js.ident(item, "id"), "callback_query.id"),
            sent_at=js.moment(message, "edit_date") or js.need_moment(message, "date"),
            parts=(Choice(id=data, title=title),),
            audience=self.audience(message),
            addressed=js.obj(item, "from").get("is_bot") is not True,
            reply_to=self.external_id(message),
        )

    def guest_message(self, item: js.Object) -> Iterator[Event]:
        """We were mentioned in a chat that we are no member of; it can be answered once, by the id of the query."""
        if not self.guests:
            raise js.Unreadable("guest_message")
        js.need(js.ident(item, "guest_query_id"), "guest_query_id")
        content = parts(item)
        if not content:
            raise js.Unreadable("guest_message.empty")
        event = self.received(item, self.address(item), js.need_moment(item, "date"), content)
        yield replace(event, audience=Audience.GROUP, addressed=self.by_a_person(item), reply_to=None)

    # --- what becomes of chats and messages ---

    def membership(self, item: js.Object) -> Iterator[Event]:
        """In a private chat `kicked` means that the person blocked the bot; in groups we came, went, or have other rights."""
        now, before = js.obj(item, "new_chat_member"), js.obj(item, "old_chat_member")
        status, at, address = js.text(now, "status") or "", js.need_moment(item, "date"), self.address(item)
        gone = _out(now)
        if gone is None:
            raise js.Unreadable("my_chat_member.status")
        if self.audience(item) is Audience.PRIVATE:
            yield ContactLeft(address=address, at=at, gone=gone)
            return
        was_out = _out(before)
        if gone or was_out is not False:
            yield ContactLeft(address=address, at=at, gone=gone)
        public = self.audience(item) is Audience.PUBLIC
        where = f"the {'channel' if public else 'group'} {address.peer}"
        if gone:
            kind, sentence = "removed", f"The bot was removed from {where}."
        elif status == "restricted" and now.get("can_send_messages") is False:
            kind, sentence = (
                "muted",
                f"The bot may no longer write in {where}; an administrator has to allow it.",
            )
        elif was_out is not False:
            kind, sentence = "added", f"The bot was added to {where}."
        else:
            kind, sentence = "rights", f"The bot's rights in {where} changed; it is now {status}."
        yield self.notice(kind, sentence, at, urgent=kind == "muted")

    def reaction(self, item: js.Object) -> Iterator[Event]:
        left = [entry for entry in js.items(item, "new_reaction") if isinstance(entry, dict)]
        emoji = (js.text(left[-1], "emoji") or js.text(left[-1], "type")) if left else None
        yield Reacted(
            address=self.address(item),
            sender=self.sender({"from": item.get("user"), "sender_chat": item.get("actor_chat")}),
            external_id=self.external_id(item),
            at=js.need_moment(item, "date"),
            emoji=emoji,
        )

    def stopped(self, item: js.Object) -> Iterator[Event]:
        """The Stop button below a draft. The topic comes without the mark that messages in topics carry."""
        peer = js.need(js.ident(js.obj(item, "chat"), "id"), "chat.id")
        address = Address(
            channel=self.channel,
            account=self.bot_id,
            peer=peer,
            thread=js.ident(item, "message_thread_id"),
        )
        yield StopPressed(address=address, at=UNTIMED)

    # --- accounts of others that let us write in their name ---

    def connection(self, item: js.Object) -> Iterator[Event]:
        at = js.need_moment(item, "date")
        if not self.business:
            yield self.notice(
                "business_off",
                "A Telegram Business account connected the bot, which ignores its chats until business is switched on.",
                at,
            )
        elif item.get("is_enabled") is not True:
            yield self.notice("business_ended", "A Telegram Business account disconnected the bot.", at)
        elif js.obj(item, "rights").get("can_reply") is not True:
            yield self.notice(
                "business_mute",
                "A Telegram Business account connected the bot without the right to reply to messages.",
                at,
                urgent=True,
            )
        else:
            yield self.notice("business", "A Telegram Business account connected the bot.", at)

    def business_message(self, item: js.Object) -> Iterator[Event]:
        """A person's message, or the account's own: that is staff at work. Switched off, other people's letters are not kept."""
        if not self.business:
            return
        address, at, content = self.address(item), js.need_moment(item, "date"), parts(item)
        writer, machine = (
            js.ident(js.obj(item, "from"), "id"),
            js.ident(js.obj(item, "sender_business_bot"), "id"),
        )
        if not content:
            yield from self.message(item)
        elif machine == self.bot_id:
            return  # our own message; its receipt is known from the answer to the call
        elif item.get("is_from_offline") is True and writer != address.peer:
            return  # the account's greeting or away message, sent by itself: nobody has taken over
        elif machine or (writer is not None and writer != address.peer):
            yield StaffWrote(
                address=address,
                external_id=self.external_id(item),
                sent_at=at,
                parts=content,
                app=machine,
            )
        else:
            yield self.received(item, address, at, content)

    def business_edited(self, item: js.Object) -> Iterator[Event]:
        return self.edited(item) if self.business else iter(())

    def business_deleted(self, item: js.Object) -> Iterator[Event]:
        if not self.business:
            return
        address = self.address(item)
        for one in js.items(item, "message_ids"):
            number = js.need(js.ident({"id": one}, "id"), "message_ids")
            name = message_id(address.peer, number, address.thread)
            yield MessageDeleted(address=address, external_id=name, at=UNTIMED)

    def notice(self, kind: str, sentence: str, at: datetime, *, urgent: bool = False) -> AccountNotice:
        return AccountNotice(
            channel=self.channel, account=self.bot_id, kind=kind, sentence=sentence, at=at, urgent=urgent
        )


def _out(member: js.Object) -> bool | None:
    """Whether a member is out of the chat; somebody restricted may be. None for a status that is not known."""
    status = js.text(member, "status") or ""
    return member.get("is_member") is False if status == "restricted" else _GONE.get(status)


def _buttons(message: js.Object) -> Iterator[tuple[str | None, str]]:
    for row in js.items(js.obj(message, "reply_markup"), "inline_keyboard"):
        for button in row if isinstance(row, list) else []:
            yield js.text(button, "callback_data"), js.text(button, "text") or ""
