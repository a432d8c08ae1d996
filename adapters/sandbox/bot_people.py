"""What people do on Telegram, as updates: writing, sending, editing, reacting, pressing, stopping, blocking, grouping."""

from __future__ import annotations

import asyncio
import secrets
from abc import abstractmethod
from dataclasses import dataclass
from typing import Any

from assistant.clock import Clock
from assistant.http import Http

from . import bot_payloads as shapes
from .groups import Group
from .happenings import Stream
from .inbox import Draft, Heard, Inbox
from .payloads import Json, seconds
from .phones import Phone
from .pieces import Button, File, Piece, sample
from .platform import Platform, new_digits

DRAFT_SECONDS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A file the bot can name by its id; `kind` says as what it may be sent again."""

    file: File
    kind: str
    file_id: str
    unique: str
    path: str


class BotPeople(Platform):
    """The people, their chats, and everything that is in them. `draft_seconds`: how long a draft stays by itself."""

    username: str
    bot_id: int
    privacy: bool

    def __init__(self, *, http: Http, stream: Stream, clock: Clock) -> None:
        super().__init__(http=http, stream=stream, clock=clock)
        self.groups: dict[str, Group] = {}
        self.moved: dict[str, str] = {}
        self.messages: dict[tuple[str, str], Json] = {}
        self.files: dict[str, Stored] = {}
        self.queries: dict[str, Inbox] = {}
        self.draft_seconds = DRAFT_SECONDS
        self._fading: dict[str, asyncio.TimerHandle] = {}
        self._update_id = 100_000_000 + secrets.randbelow(800_000_000)
        self._message_id = 0

    @abstractmethod
    def me(self) -> Json: ...

    @abstractmethod
    async def put(self, external_id: str, what: str, payload: Json, lane: str) -> None:
        """Deliver an update; comes back after the first attempt, at once where it waits for getUpdates."""

    # --- people, groups, files ---

    def new_phone(self, name: str, *, locale: str, username: str | None) -> Phone:
        return Phone(
            platform=self,
            stream=self.stream,
            clock=self.clock,
            name=name,
            id=new_digits(10),
            username=username,
            locale=locale,
        )

    def group(self, title: str, *members: Phone, forum: bool = False) -> Group:
        """A group with the bot in it; forums are always supergroups."""
        kind, group_id = ("supergroup", "-100" + new_digits(10)) if forum else ("group", "-" + new_digits(9))
        group = Group(
            telegram=self,  # type: ignore[arg-type]
            stream=self.stream,
            clock=self.clock,
            title=title,
            id=group_id,
            kind=kind,
            forum=forum,
        )
        group.members.extend(members)
        self.groups[group.id] = group
        return group

    def topic(self, inbox: Inbox, name: str) -> str:
        """Open a topic in a forum or a private chat; returns its id."""
        inbox.topics[str(self.next_message_id())] = name
        return next(reversed(inbox.topics))

    def inbox(self, chat_id: str) -> Inbox | None:
        return self.phones.get(chat_id) or self.groups.get(chat_id)

    def name_of(self, ids: set[str]) -> str:
        """A phone's name, or a group's."""
        group = next((group for group_id, group in self.groups.items() if group_id in ids), None)
        return group.name if group is not None else super().name_of(ids)

    def chat(self, inbox: Inbox) -> Json:
        if isinstance(inbox, Group):
            return inbox.chat()
        username = inbox.username if isinstance(inbox, Phone) else None
        return shapes.private_chat(user_id=int(inbox.id), name=inbox.name, username=username)

    def user(self, phone: Phone) -> Json:
        return shapes.user(
            user_id=int(phone.id), name=phone.name, locale=phone.locale, username=phone.username
        )

    def keep(self, file: File, kind: str) -> Stored:
        """Put a file where getFile finds it."""
        unique = "AQAD" + secrets.token_urlsafe(9)
        file_id = "AgACAgQ" + secrets.token_urlsafe(40)
        folder = {"image": "photos", "voice": "voice", "audio": "music", "video": "videos"}.get(
            kind, "documents"
        )
        suffix = file.name.rpartition(".")[2] or "bin"
        path = f"{folder}/file_{len(self.files)}.{suffix}"
        stored = Stored(file=file, kind=kind, file_id=file_id, unique=unique, path=path)
        self.files[file_id] = stored
        if kind == "image":
            self.files[file_id + "s"] = stored
        return stored

    # --- messages ---

    def next_message_id(self) -> int:
        self._message_id += 1
        return self._message_id

    def update(self, kind: str, content: Json) -> Json:
        self._update_id += 1
        return {"update_id": self._update_id, kind: content}

    def write(self, inbox: Inbox, sender: Json, piece: Piece, *, message_id: int | None = None) -> Json:
        """A message, kept so that it can be edited and quoted; the caller decides who learns of it."""
        number = self.next_message_id() if message_id is None else message_id
        message = shapes.message(message_id=number, sender=sender, chat=self.chat(inbox), at=self.clock.now())
        if piece.thread is not None:
            message |= {"message_thread_id": int(piece.thread), "is_topic_message": True}
        quoted = self.messages.get((inbox.id, piece.reply_to or ""))
        if quoted is not None:
            message["reply_to_message"] = {
                key: value for key, value in quoted.items() if key != "reply_to_message"
            }
        if piece.forwarded:
            origin = {"type": "hidden_user", "sender_user_name": "Somebody", "date": message["date"]}
            message["forward_origin"] = origin
        media: Json = {}
        if piece.file is not None:
            stored = self.keep(piece.file, piece.kind)
            media = shapes.of_file(piece.kind, piece.file, file_id=stored.file_id, unique=stored.unique)
        message |= shapes.content(piece, media)
        self.messages[inbox.id, str(number)] = message
        return message

    def compose(self, phone: Phone, piece: Piece | str) -> tuple[str, Json]:
        piece = Piece(text=piece) if isinstance(piece, str) else piece
        message = self.write(phone, self.user(phone), piece)
        return str(message["message_id"]), self.update("message", message)

    async def say_in(self, group: Group, member: Phone, piece: Piece) -> str:
        message = self.write(group, self.user(member), piece)
        external_id = str(message["message_id"])
        group.spoke(external_id, piece, member.name)
        if not self.privacy or self._meant_for_bot(group, piece):
            await self.put(external_id, "message", self.update("message", message), group.id)
        return external_id

    async def album_in(self, chat: Inbox, member: Phone, files: list[File], caption: str) -> list[str]:
        album, ids = new_digits(17), []
        for number, file in enumerate(files):
            piece = Piece(kind="image", file=file, text=caption if number == 0 else "")
            message = self.write(chat, self.user(member), piece) | {"media_group_id": album}
            external_id = str(message["message_id"])
            chat.spoke(external_id, piece, member.name if chat is not member else "")
            await self.put(external_id, "message", self.update("message", message), chat.id)
            ids.append(external_id)
        return ids

    def _meant_for_bot(self, group: Group, piece: Piece) -> bool:
        name = f"@{self.username}".lower()
        words = list(shapes.spoken_words(piece.text))
        if any(
            word == name or (word[0] == "/" and ("@" not in word or word.endswith(name))) for word in words
        ):
            return True
        quoted = self.messages.get((group.id, piece.reply_to or ""), {})
        return bool(quoted.get("from", {}).get("id") == self.bot_id)

    # --- changes ---

    def compose_edit(self, phone: Phone, external_id: str, text: str) -> Json:
        message = dict(self.messages[phone.id, external_id])
        field, marks = ("text", "entities") if "text" in message else ("caption", "caption_entities")
        message[field], message["edit_date"] = text, seconds(self.clock.now())
        message.pop(marks, None)
        found = shapes.entities(text)
        if found:
            message[marks] = found
        self.messages[phone.id, external_id] = message
        return self.update("edited_message", message)

    def compose_reaction(self, phone: Phone, external_id: str, emoji: str | None) -> Json:
        heard = phone.heard(external_id)
        before = [] if heard is None or heard.reaction is None else [_reaction(heard.reaction)]
        content = {
            "chat": self.chat(phone),
            "message_id": int(external_id),
            "user": self.user(phone),
            "date": seconds(self.clock.now()),
            "old_reaction": before,
            "new_reaction": [_reaction(emoji)] if emoji else [],
        }
        return self.update("message_reaction", content)

    def compose_press(self, phone: Phone, heard: Heard, button: Button) -> tuple[str, Json]:
        query, content = self.pressed(phone, phone, heard, button)
        return query, self.update("callback_query", content)

    def pressed(self, inbox: Inbox, phone: Phone, heard: Heard, button: Button) -> tuple[str, Json]:
        query = new_digits(18)
        self.queries[query] = inbox
        return query, {
            "id": query,
            "from": self.user(phone),
            "message": self.messages[inbox.id, heard.external_id],
            "chat_instance": new_digits(19),
            "data": button.id,
        }

    async def press_in(self, group: Group, member: Phone, heard: Heard, title: str) -> str:
        """A member presses a button under a message in a group."""
        query, content = self.pressed(group, member, heard, heard.button(title))
        await self.put(query, "message", self.update("callback_query", content), group.id)
        return query

    def compose_block(self, phone: Phone, blocked: bool) -> Json:
        return self._membership(
            phone, phone, "member" if blocked else "kicked", "kicked" if blocked else "member"
        )

    async def membership(self, group: Group, by: Phone, *, was: str, now: str) -> None:
        await self.put(group.id, f"bot is {now}", self._membership(group, by, was, now), f"member:{group.id}")

    def _membership(self, chat: Inbox, by: Phone, was: str, now: str) -> Json:
        me = {key: self.me()[key] for key in ("id", "is_bot", "first_name", "username")}

        def member(status: str) -> Json:
            return {"user": me, "status": status} | ({"until_date": 0} if status == "kicked" else {})

        content = {
            "chat": self.chat(chat),
            "from": self.user(by),
            "date": seconds(self.clock.now()),
            "old_chat_member": member(was),
            "new_chat_member": member(now),
        }
        return self.update("my_chat_member", content)

    async def upgrade(self, group: Group) -> Group:
        """The old group says where it went, the new one whence it came."""
        new = self.group(group.name, *group.members)
        del self.groups[new.id]
        new.id, new.kind, new.inbox = "-100" + new_digits(10), "supergroup", group.inbox
        self.groups[new.id] = new
        self.moved[group.id] = new.id
        author = self.user(group.members[0])
        for here, field, there in (
            (group, "migrate_to_chat_id", new.id),
            (new, "migrate_from_chat_id", group.id),
        ):
            message = shapes.message(
                message_id=self.next_message_id(), sender=author, chat=self.chat(here), at=self.clock.now()
            ) | {field: int(there)}
            await self.put(str(message["message_id"]), "message", self.update("message", message), here.id)
        return new

    # --- drafts ---

    def show_draft(self, phone: Phone, draft: Draft) -> None:
        """A draft fades by itself when nothing is added to it for a while."""
        phone.see_draft(draft)
        fading = self._fading.pop(phone.id, None)
        if fading is not None:
            fading.cancel()
        self._fading[phone.id] = asyncio.get_running_loop().call_later(
            self.draft_seconds, self._fade, phone, draft
        )

    def _fade(self, phone: Phone, draft: Draft) -> None:
        if phone.draft is draft:
            phone.draft = None

    async def stop(self, phone: Phone) -> None:
        """Press the Stop button beside a draft. LookupError: there is none."""
        draft = phone.draft
        if draft is None or not draft.can_stop:
            raise LookupError(f"{phone.name} sees nothing that could be stopped")
        phone.draft = None
        content: dict[str, Any] = {"chat": self.chat(phone), "draft_id": draft.number}
        if draft.thread is not None:
            content["message_thread_id"] = int(draft.thread)
        payload = self.update("stopped_message_generation", content)
        await self.put(str(draft.number), "stopped", payload, phone.id)

    async def close(self) -> None:
        for fading in self._fading.values():
            fading.cancel()
        await super().close()

    async def album(self, phone: Phone, count: int = 2, caption: str = "") -> list[str]:
        """Several pictures of a person at once, in the private chat."""
        return await self.album_in(phone, phone, [sample("image") for _ in range(count)], caption)


def _reaction(emoji: str) -> Json:
    return {"type": "emoji", "emoji": emoji}
