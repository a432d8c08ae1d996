"""Reads Telegram updates: messages, edits, pressed buttons, reactions and blocks; needs no client library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.events import ContactLeft, Event, IdentityChanged, MessageEdited, MessageReceived, Reacted
from assistant.types import Address, Alias, Audience, Choice, Contacts, Part, Place, Sender, Text, Unsupported

from . import _json as js

# What a message can carry besides text; an animation is also a document: the first one counts.
# https://core.telegram.org/bots/api#message (10.3, 2026-08-24)
_KINDS = (
    "animation", "audio", "document", "live_photo", "paid_media", "photo", "sticker", "story", "video",
    "video_note", "voice", "checklist", "dice", "game", "poll", "invoice", "giveaway",
)  # fmt: skip
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


@dataclass(frozen=True, slots=True)
class Reader:
    """One update for our bot."""

    channel: str
    bot_id: str
    username: str
    update: js.Object

    def events(self) -> Iterator[Event]:
        for kind, read in (
            ("message", self.message),
            ("edited_message", self.edited),
            ("callback_query", self.pressed),
            ("my_chat_member", self.membership),
            ("message_reaction", self.reaction),
        ):
            item = js.obj(self.update, kind)
            if item:
                return read(item)
        kinds = [key for key in self.update if key != "update_id"]
        raise js.Unreadable(kinds[0][:64] if kinds else "update")

    def address(self, item: js.Object) -> Address:
        """The chat, and the topic: other messages may carry a thread id too, which must not be sent back."""
        chat = js.need(js.ident(js.obj(item, "chat"), "id"), "chat.id")
        thread = js.ident(item, "message_thread_id") if item.get("is_topic_message") is True else None
        return Address(channel=self.channel, account=self.bot_id, peer=chat, thread=thread)

    def external_id(self, item: js.Object, key: str = "message_id") -> str:
        """Message ids count per chat; with the chat they are unique for the bot."""
        chat = js.need(js.ident(js.obj(item, "chat"), "id"), "chat.id")
        return f"{chat}:{js.need(js.ident(item, key), key)}"

    def message(self, item: js.Object) -> Iterator[Event]:
        moved_to = js.ident(item, "migrate_to_chat_id")
        address, at = self.address(item), js.need_moment(item, "date")
        if moved_to:
            old, new = Alias(kind="chat", value=address.peer), Alias(kind="chat", value=moved_to)
            yield IdentityChanged(address=address, previous=old, current=new, at=at)
            return
        content = parts(item)
        if not content:
            known = {
                "message_id",
                "from",
                "chat",
                "date",
                "sender_chat",
                "message_thread_id",
                "is_topic_message",
            }
            raise js.Unreadable("message." + next((key[:64] for key in item if key not in known), "empty"))
        sender = self.sender(item)
        audience = _AUDIENCES.get(js.text(js.obj(item, "chat"), "type") or "", Audience.GROUP)
        reply = js.obj(item, "reply_to_message")
        # In a topic every message "replies" to the service message that opened it.
        if js.ident(reply, "message_id") == address.thread:
            reply = {}
        mentions = tuple(self.mentions(item))
        person = js.obj(item, "from").get("is_bot") is not True  # bots never answer bots
        to_us = audience is Audience.PRIVATE or self.meant_for_us(item, reply, mentions)
        yield MessageReceived(
            address=address,
            sender=sender,
            external_id=self.external_id(item),
            sent_at=at,
            parts=content,
            audience=audience,
            addressed=person and to_us,
            reply_to=f"{address.peer}:{js.ident(reply, 'message_id')}"
            if js.ident(reply, "message_id")
            else None,
            forwarded=bool(js.obj(item, "forward_origin")),
            mentions=mentions,
        )

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

    def meant_for_us(self, item: js.Object, reply: js.Object, mentions: tuple[str, ...]) -> bool:
        """In a group: a reply to us, a mention, or a command that names no other bot."""
        if js.ident(js.obj(reply, "from"), "id") == self.bot_id:
            return True
        ours = f"@{self.username}".lower() if self.username else ""
        if self.bot_id in mentions or (ours and ours in {mention.lower() for mention in mentions}):
            return True
        for words, _ in _entities(item, "bot_command"):
            _, at, whom = words.partition("@")
            if not at or (ours and f"@{whom}".lower() == ours):
                return True
        return False

    def mentions(self, item: js.Object) -> Iterator[str]:
        """ "@name" as written, or the id of a person who has no name."""
        for words, _ in _entities(item, "mention"):
            yield words
        for _, entity in _entities(item, "text_mention"):
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
        """A pressed button. Telegram does not say when: the time is that of the message below which it hangs."""
        message = js.obj(item, "message")
        data = js.need(js.text(item, "data"), "callback_query.data")
        title = next((title for chosen, title in _buttons(message) if chosen == data), data)
        audience = _AUDIENCES.get(js.text(js.obj(message, "chat"), "type") or "", Audience.GROUP)
        yield MessageReceived(
            address=self.address(message),
            sender=self.sender({"from": item.get("from")}),
            external_id="callback:" + js.need(js.ident(item, "id"), "callback_query.id"),
            sent_at=js.moment(message, "edit_date") or js.need_moment(message, "date"),
            parts=(Choice(id=data, title=title),),
            audience=audience,
            reply_to=self.external_id(message),
        )

    def membership(self, item: js.Object) -> Iterator[Event]:
        """In a private chat `kicked` means that the person blocked the bot."""
        status = js.text(js.obj(item, "new_chat_member"), "status")
        gone = _GONE.get(status or "")
        if gone is None:
            raise js.Unreadable("my_chat_member.status")
        yield ContactLeft(address=self.address(item), at=js.need_moment(item, "date"), gone=gone)

    def reaction(self, item: js.Object) -> Iterator[Event]:
        left = [entry for entry in js.items(item, "new_reaction") if isinstance(entry, dict)]
        emoji = (js.text(left[-1], "emoji") or js.text(left[-1], "type")) if left else None
        sender = self.sender({"from": item.get("user"), "sender_chat": item.get("actor_chat")})
        yield Reacted(
            address=self.address(item),
            sender=sender,
            external_id=self.external_id(item),
            at=js.need_moment(item, "date"),
            emoji=emoji,
        )


def parts(item: js.Object) -> tuple[Part, ...]:
    """What a message says; empty for service messages."""
    if js.text(item, "text"):
        return (Text(text=with_addresses(item, "text", "entities")),)
    caption = js.text(item, "caption")
    words = (Text(text=with_addresses(item, "caption", "caption_entities")),) if caption else ()
    if js.obj(item, "rich_message"):
        # Rich messages have neither text nor caption, https://core.telegram.org/bots/api#richmessage
        rich = "\n".join(_rich(item["rich_message"], 0)).strip()
        return (Text(text=rich),) if rich else (Unsupported(kind="rich_message"),)
    place = _place(
        js.obj(item, "venue", "location") or js.obj(item, "location"), js.text(js.obj(item, "venue"), "title")
    )
    if place:
        return (place,)
    contact = js.obj(item, "contact")
    if contact:
        name = " ".join(filter(None, (js.text(contact, "first_name"), js.text(contact, "last_name"))))
        return (Contacts(names=(name,) if name else ()),)
    kind = next((kind for kind in _KINDS if item.get(kind)), None)
    return (*words, Unsupported(kind=kind)) if kind else words


def with_addresses(item: js.Object, text_key: str, entities_key: str) -> str:
    """The text with what its entities hide: the address behind words, the fences around code.

    Offsets and lengths count UTF-16 units, https://core.telegram.org/bots/api#messageentity
    """
    words = item[text_key]
    insertions: list[tuple[int, int, str]] = []
    places = _utf16_places(words)
    for order, entity in enumerate(js.items(item, entities_key)):
        span = _span(entity, places)
        if span is None:
            continue
        start, end = span
        url = js.text(entity, "url")
        match js.text(entity, "type"):
            case "text_link" if url and url.rstrip("/") != words[start:end].rstrip("/"):
                insertions.append((end, order, f" ({url})"))
            case "code":
                insertions += [(start, order, "`"), (end, -order, "`")]
            case "pre":
                language = js.text(entity, "language") or ""
                insertions += [(start, order, f"```{language}\n"), (end, -order, "\n```")]
    for place, _, inserted in sorted(insertions, reverse=True):
        words = words[:place] + inserted + words[place:]
    return str(words).replace("\x00", "\ufffd")


def _entities(item: js.Object, kind: str) -> Iterator[tuple[str, object]]:
    """The words of every entity of a kind, in text or caption, and the entity."""
    for text_key, entities_key in (("text", "entities"), ("caption", "caption_entities")):
        words = js.text(item, text_key)
        if words is None:
            continue
        places = _utf16_places(words)
        for entity in js.items(item, entities_key):
            span = _span(entity, places)
            if span and js.text(entity, "type") == kind:
                yield words[span[0] : span[1]], entity


def _utf16_places(words: str) -> dict[int, int]:
    """From a place in UTF-16 units to a place in code points; places inside a surrogate pair are missing."""
    places, units = {0: 0}, 0
    for index, character in enumerate(words):
        units += 2 if ord(character) > 0xFFFF else 1
        places[units] = index + 1
    return places


def _span(entity: object, places: dict[int, int]) -> tuple[int, int] | None:
    offset, length = js.number(entity, "offset"), js.number(entity, "length")
    if offset is None or length is None:
        return None
    start, end = places.get(int(offset)), places.get(int(offset + length))
    return (start, end) if start is not None and end is not None and start < end else None


def _rich(value: object, depth: int) -> Iterator[str]:
    """The words of a rich message's blocks, a line each; only fields with words or blocks are followed."""
    if depth > 40:
        return
    if isinstance(value, list):
        for item in value:
            yield from _rich(item, depth + 1)
    elif isinstance(value, dict):
        if "text" in value:
            yield "".join(_rich_text(value["text"], 0))
        for key in ("blocks", "items", "cells", "rows", "caption", "summary", "credit"):
            yield from _rich(value.get(key), depth + 1)


def _rich_text(value: object, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value.replace("\x00", "\ufffd")
    elif isinstance(value, list) and depth < 40:
        for item in value:
            yield from _rich_text(item, depth + 1)
    elif isinstance(value, dict) and depth < 40:
        yield from _rich_text(value.get("text"), depth + 1)


def _place(value: js.Object, name: str | None) -> Place | None:
    latitude, longitude = js.number(value, "latitude"), js.number(value, "longitude")
    if latitude is None or longitude is None:
        return None
    return Place(latitude=latitude, longitude=longitude, name=name)


def _buttons(message: js.Object) -> Iterator[tuple[str | None, str]]:
    for row in js.items(js.obj(message, "reply_markup"), "inline_keyboard"):
        for button in row if isinstance(row, list) else []:
            yield js.text(button, "callback_data"), js.text(button, "text") or ""
