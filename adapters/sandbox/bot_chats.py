"""Finding the chat, topic and message a Bot API call means, and the errors for those that are not there."""

from __future__ import annotations

from . import bot_payloads as shapes
from .bot import Telegram
from .bot_errors import ApiError, bad
from .bot_params import true
from .business import BusinessChat
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
        if params.get("business_connection_id") not in (None, ""):
            return self._business(str(params["business_connection_id"]), str(chat_id))
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

    def _business(self, connection: str, chat_id: str) -> Inbox:
        """A customer's chat: only where the owner allows answers and the customer wrote within a day."""
        business = self.telegram.connections.get(connection)
        if business is None or not business.enabled:
            raise bad("business connection not found")
        chat = business.chats.get(chat_id)
        if chat is None or not business.can_reply:
            raise bad("BUSINESS_PEER_INVALID")
        if not chat.open:
            raise bad("BUSINESS_PEER_USAGE_MISSING")
        return chat

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
        if isinstance(inbox, BusinessChat):
            me = {key: self.telegram.me()[key] for key in ("id", "is_bot", "first_name", "username")}
            message["from"] = self.telegram.user(inbox.business.owner)
            message |= {"business_connection_id": inbox.business.id, "sender_business_bot": me}
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
