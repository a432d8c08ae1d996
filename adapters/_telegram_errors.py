"""What the Bot API's refusals mean; they have HTTP-like codes and English descriptions, nothing finer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.errors import (
    Misconfigured,
    RecipientGone,
    Rejected,
    SendError,
    Throttled,
    Unavailable,
    Uncertain,
    WindowClosed,
)
from assistant.http import Response

from . import _json as js

LONG_WAIT_SECONDS = 30.0
"""A flood wait longer than this is in practice meant for the whole bot."""


class Cure(StrEnum):
    """What to do without so that the same message may pass; UNCHANGED and MISSING: what was asked for is so already."""

    STYLES = "styles"
    THREAD = "thread"
    REPLY = "reply"
    KIND = "kind"
    UNCHANGED = "unchanged"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A definite no: what it means, and what may help at once."""

    error: SendError
    cure: Cure | None = None
    moved_to: str | None = None
    phrase: str = ""


NO_SUCH_METHOD = "method not found"
"""An older Bot API server does not know this method; a plain "not found" is about the token."""

NO_DRAFTS_HERE = "textdraft_peer_invalid"

CURES = {
    "can't parse entities": Cure.STYLES,
    "entity_": Cure.STYLES,
    "message thread not found": Cure.THREAD,
    "topic_deleted": Cure.THREAD,
    "topic_closed": Cure.THREAD,
    "message to be replied not found": Cure.REPLY,
    "message to reply not found": Cure.REPLY,
    "replied message not found": Cure.REPLY,
    "photo_invalid_dimensions": Cure.KIND,
    "image_process_failed": Cure.KIND,
    "voice_messages_forbidden": Cure.KIND,
    "message is not modified": Cure.UNCHANGED,
    "message to delete not found": Cure.MISSING,
}
# Descriptions are matched in lower case, the first that is found counts. 2026-11-23,
# https://github.com/tdlib/telegram-bot-api (Client.cpp), https://core.telegram.org/bots/api#making-requests and
# https://core.telegram.org/method/messages.sendMessage#possible-errors (the words in capitals there)
REFUSALS: dict[str, type[SendError]] = {
    **dict.fromkeys(CURES, Rejected),
    NO_SUCH_METHOD: Rejected,
    NO_DRAFTS_HERE: Rejected,
    "chat not found": RecipientGone,
    "user not found": RecipientGone,
    "peer_id_invalid": RecipientGone,
    "input_user_deactivated": RecipientGone,
    "chat was deleted": RecipientGone,
    "group chat was deactivated": RecipientGone,
    # muted: the chat exists, we may not write; my_chat_member tells staff once
    "have no rights to send": Rejected,
    "not enough rights": Rejected,
    "chat_write_forbidden": Rejected,
    "chat_send_": Rejected,
    "chat_restricted": Rejected,
    "user_is_blocked": RecipientGone,
    "message is too long": Rejected,
    "caption is too long": Rejected,
    "message text is empty": Rejected,
    "file is too big": Rejected,
    "temporarily unavailable": Unavailable,
    "file_id": Rejected,
    "query is too old": Rejected,
    "reaction_invalid": Rejected,
    "message can't be": Rejected,
    "bad webhook": Rejected,
    "business_peer_usage_missing": WindowClosed,
    "business_peer_invalid": Rejected,
    "business_connection": Rejected,
    "business connection": Rejected,
    # with 403, where anything else means the same:
    "bot was blocked": RecipientGone,
    "bot was kicked": RecipientGone,
    "user is deactivated": RecipientGone,
    "can't initiate conversation": RecipientGone,
    "is not a member": RecipientGone,
    # with 409, when updates are asked for:
    "webhook is active": Misconfigured,
    "terminated by other getupdates": Misconfigured,
}
# What staff cannot guess from the platform's words.
SENTENCES = {
    "file is too big": "Telegram gives bots no files above 20 MB",
    "query is too old": "the button was pressed too long ago to be confirmed",
    "bad webhook": "Telegram calls public https addresses only, on port 443, 80, 88 or 8443",
    "webhook is active": "a webhook is set for this bot, so that it cannot be asked for updates; "
    "switch polling off, or take the webhook away",
    "terminated by other getupdates": "another program asks for this bot's updates; only one may",
}

# 404 is a token without a bot behind it, 409 somebody else reading this bot's updates. Same date and source.
STATUSES: dict[int, type[SendError]] = {
    401: Misconfigured,
    403: RecipientGone,
    404: Misconfigured,
    408: Unavailable,
    409: Misconfigured,
    413: Rejected,
    503: Unavailable,
}
_WORDED = (400, 403, 404, 409)


def refusal(response: Response) -> Refusal:
    """The meaning of an answer that is no success."""
    answer, status = response.json(), response.status
    parameters = js.obj(answer, "parameters")
    if status == 429:
        seconds = js.number(parameters, "retry_after") or 5.0
        wide = seconds > LONG_WAIT_SECONDS
        return Refusal(Throttled("flood wait", retry_after=seconds, account_wide=wide, vendor_code="429"))
    moved_to = js.ident(parameters, "migrate_to_chat_id")
    if moved_to:
        return Refusal(Rejected("the group has moved", vendor_code="400 moved"), moved_to=moved_to)
    said = (js.text(answer, "description") or "").lower()
    if status in _WORDED:
        for phrase, kind in REFUSALS.items():
            if phrase in said:
                sentence = SENTENCES.get(phrase) or f"the platform says: {phrase}"
                return Refusal(
                    kind(sentence, vendor_code=f"{status} {phrase}"), CURES.get(phrase), phrase=phrase
                )
    if status < 400 or (status < 500 and status != 413 and not isinstance(answer, dict)):
        kind = Misconfigured  # a redirect or a page: this address is not a Bot API
    else:
        kind = STATUSES.get(status) or (Uncertain if status >= 500 else Rejected)
    return Refusal(kind(f"the platform answered HTTP {status}", vendor_code=str(status)))
