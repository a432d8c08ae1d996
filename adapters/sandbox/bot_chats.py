"""Finding the chat, topic and message a Bot API call means, and the errors for those that are not there."""

from __future__ import annotations

from . import bot_payloads as shapes
from .bot import Telegram
from .bot_errors import ApiError, bad
from .bot_params import true
from .groups import Group
from .inbox import Heard, Inbox
from .payloads import Json
from .pieces import Piece


class ChatMethods:
    """What methods that work on a chat share."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram

    def chat(self, params: Json, *, writes: bool = True) -> Inbox:
        chat_id = params.get("chat_id")
        if chat_id in (None, ""):
            raise bad("chat_id is empty")
        moved = self.telegram.moved.get(str(chat_id))
        if moved is not None:
            raise ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                parameters={"migrate_to_chat_id": int(moved)},
            )
        inbox = self.telegram.inbox(str(chat_id))
        if inbox is None:
            raise bad("chat not found")
        if inbox.blocked:
            kind = f"kicked from the {inbox.kind} chat" if isinstance(inbox, Group) else "blocked by the user"
            raise ApiError(403, f"Forbidden: bot was {kind}")
        if isinstance(inbox, Group) and inbox.muted and writes:
            raise bad("not enough rights to send text messages to the chat")
        return inbox

    def thread(self, inbox: Inbox, params: Json) -> str | None:
        """A topic of the chat."""
        thread = params.get("message_thread_id")
        if thread in (None, ""):
            return None
        if str(thread) not in inbox.topics:
            raise bad("message thread not found")
        return str(thread)

    def quoted(self, inbox: Inbox, params: Json) -> str | None:
        wanted = params.get("reply_parameters")
        if wanted in (None, ""):
            return None
        if not isinstance(wanted, dict):
            raise bad("can't parse reply parameters JSON object")
        message_id = str(wanted.get("message_id", ""))
        if message_id in inbox.said or inbox.heard(message_id) is not None:
            return message_id
        if true(wanted.get("allow_sending_without_reply")):
            return None
        raise bad("message to be replied not found")

    def post(self, inbox: Inbox, piece: Piece) -> Json:
        """A message of the bot: into the chat, and as the answer of the call."""
        me = {key: self.telegram.me()[key] for key in ("id", "is_bot", "first_name", "username")}
        message = self.telegram.write(inbox, me, piece)
        if piece.buttons:
            message["reply_markup"] = shapes.keyboard(piece.buttons)
        inbox.hear(str(message["message_id"]), piece)
        return message

    def own(self, inbox: Inbox, params: Json, what: str) -> Heard:
        """The bot's own message that is to be changed."""
        message_id = str(params.get("message_id", ""))
        heard = inbox.heard(message_id)
        if heard is not None:
            return heard
        if message_id in inbox.said:
            raise bad(f"message can't be {what}")
        raise bad(f"message to {'edit' if what == 'edited' else 'delete'} not found")

    def message(self, inbox: Inbox, heard: Heard) -> Json:
        return self.telegram.messages[inbox.id, heard.external_id]
