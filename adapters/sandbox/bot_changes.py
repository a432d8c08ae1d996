"""Bot API methods about what is already there: edits, deletions, reactions, pressed buttons, files to fetch."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from . import bot_params as read
from . import bot_payloads as shapes
from .bot_chats import ChatMethods
from .bot_errors import bad
from .bot_params import BotCall
from .inbox import Heard, Inbox
from .params import units
from .payloads import Json, seconds
from .phones import Phone
from .pieces import Piece
from .platform import new_digits

FETCHABLE_BYTES = 20 * 1024 * 1024
DELETABLE = timedelta(hours=48)
ANSWER_LIMIT = 200
# 2026-06-11, https://core.telegram.org/bots/api#reactiontypeemoji
REACTIONS = frozenset(
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 "
    "🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡".split()
)
_FILES: tuple[str, ...] = ("photo", "voice", "audio", "video", "document")
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)


class ChangingMethods(ChatMethods):
    def methods(self) -> dict[str, Any]:
        return {
            "editmessagetext": self._edit_text,
            "editmessagecaption": self._edit_caption,
            "editmessagereplymarkup": self._edit_markup,
            "deletemessage": self._delete_message,
            "deletemessages": self._delete_messages,
            "setmessagereaction": self._set_reaction,
            "answercallbackquery": self._answer_query,
            "getfile": self._get_file,
            "readbusinessmessage": self._read_business,
            "getbusinessconnection": self._get_connection,
            "answerguestquery": self._answer_guest,
        }

    # --- edits ---

    async def _edit_text(self, call: BotCall) -> Any:
        words, spans = read.text(call.params)
        inbox = self.chat(call.params)
        heard = self.own(inbox, call.params, "edited")
        if heard.kind != "text":
            raise bad("there is no text in the message to edit")
        return self._changed(inbox, heard, call.params, words, spans)

    async def _edit_caption(self, call: BotCall) -> Any:
        words, spans = read.caption(call.params)
        inbox = self.chat(call.params)
        heard = self.own(inbox, call.params, "edited")
        if heard.file is None:
            raise bad("there is no caption in the message to edit")
        return self._changed(inbox, heard, call.params, words, spans)

    async def _edit_markup(self, call: BotCall) -> Any:
        inbox = self.chat(call.params)
        heard = self.own(inbox, call.params, "edited")
        return self._changed(inbox, heard, call.params, heard.text, list(heard.piece.spans))

    def _changed(self, inbox: Inbox, heard: Heard, params: Json, words: str, spans: list[Any]) -> Json:
        """A keyboard that is not sent again is gone."""
        piece = replace(heard.piece, text=words, spans=tuple(spans), buttons=read.keyboard(params))
        if piece == heard.piece:
            raise bad(NOT_MODIFIED)
        inbox.see_edit(heard, piece)
        message = self.message(inbox, heard)
        for name in ("text", "entities", "caption", "caption_entities", "reply_markup"):
            message.pop(name, None)
        media = {key: message[key] for key in _FILES if key in message}
        message |= shapes.content(piece, media)
        if piece.buttons:
            message["reply_markup"] = shapes.keyboard(piece.buttons)
        message["edit_date"] = seconds(self.telegram.clock.now())
        return message

    # --- deletions ---

    async def _delete_message(self, call: BotCall) -> Any:
        inbox = self.chat(call.params, writes=False)
        if isinstance(inbox, Phone) and str(call.params.get("message_id", "")) in inbox.said:
            inbox.said.pop(str(call.params["message_id"]))
            return True  # in private chats a bot may also delete what the person wrote
        heard = self.own(inbox, call.params, "deleted")
        if self.telegram.clock.now() - heard.at > DELETABLE:
            raise bad("message can't be deleted for everyone")
        inbox.see_deletion(heard)
        return True

    async def _delete_messages(self, call: BotCall) -> Any:
        inbox = self.chat(call.params, writes=False)
        given = read.list_of(call.params, "message_ids")
        if not 1 <= len(given) <= 100:
            raise bad(
                "too much message identifiers specified" if given else "message identifiers are not specified"
            )
        for message_id in given:
            heard = inbox.heard(str(message_id))
            if heard is not None:
                inbox.see_deletion(heard)
        return True

    # --- reactions and buttons ---

    async def _set_reaction(self, call: BotCall) -> Any:
        inbox = self.chat(call.params, writes=False)
        message_id = str(call.params.get("message_id", ""))
        if message_id not in inbox.said and inbox.heard(message_id) is None:
            raise bad("message to react not found")
        given = read.list_of(call.params, "reaction")
        if len(given) > 1:
            raise bad("REACTIONS_TOO_MANY")
        for item in given:
            if not isinstance(item, dict) or item.get("type") not in ("emoji", "custom_emoji", "paid"):
                raise bad("can't parse reaction type: unknown type")
            if item["type"] != "emoji" or item.get("emoji") not in REACTIONS:
                raise bad("REACTION_INVALID")
        inbox.see_reaction(message_id, given[0]["emoji"] if given else None)
        return True

    async def _answer_query(self, call: BotCall) -> Any:
        words = str(call.params.get("text") or "")
        if units(words) > ANSWER_LIMIT:
            raise bad("MESSAGE_TOO_LONG")
        inbox = self.telegram.queries.pop(str(call.params.get("callback_query_id", "")), None)
        if inbox is None:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        inbox.see_toast(words)
        return True

    # --- business chats and guests ---

    async def _read_business(self, call: BotCall) -> Any:
        inbox = self.chat(call.params, writes=False)
        message_id = str(call.params.get("message_id", ""))
        if message_id not in inbox.said:
            raise bad("MESSAGE_ID_INVALID")
        inbox.see_read(message_id)
        return True

    async def _get_connection(self, call: BotCall) -> Any:
        business = self.telegram.connections.get(str(call.params.get("business_connection_id", "")))
        if business is None:
            raise bad("business connection not found")
        return business.node()

    async def _answer_guest(self, call: BotCall) -> Any:
        """Once, with an article's words. Source: https://core.telegram.org/bots/api#answerguestquery"""
        result = call.params.get("result")
        content = result.get("input_message_content") if isinstance(result, dict) else None
        if not isinstance(result, dict) or not isinstance(content, dict) or not result.get("title"):
            raise bad("can't parse inline query result")
        words, spans = read.text(content | {"text": content.get("message_text")})
        phone = self.telegram.guests.pop(str(call.params.get("guest_query_id", "")), None)
        if phone is None:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        phone.hear(new_digits(18), Piece(text=words, spans=tuple(spans), public=True))
        return {"inline_message_id": new_digits(20)}

    # --- files ---

    async def _get_file(self, call: BotCall) -> Any:
        stored = self.telegram.files.get(str(call.params.get("file_id", "")))
        if stored is None:
            raise bad("invalid file_id")
        if len(stored.file.data) > FETCHABLE_BYTES:
            raise bad("file is too big")
        return {
            "file_id": stored.file_id,
            "file_unique_id": stored.unique,
            "file_size": len(stored.file.data),
            "file_path": stored.path,
        }
