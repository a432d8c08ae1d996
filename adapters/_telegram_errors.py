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
)
from assistant.http import Response

from . import _json as js

LONG_WAIT_SECONDS = 30.0
"""A flood wait longer than this is in practice meant for the whole bot."""


class Cure(StrEnum):
    """What to leave out so that the same words may pass."""

    STYLES = "styles"
    THREAD = "thread"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A definite no: what it means, and what may help at once."""

    error: SendError
    cure: Cure | None = None
    moved_to: str | None = None


CURES = {
    "can't parse entities": Cure.STYLES,
    "entity_": Cure.STYLES,
    "message thread not found": Cure.THREAD,
    "topic_deleted": Cure.THREAD,
}
# Descriptions are matched in lower case, the first that is found counts. 2026-11-23,
# https://github.com/tdlib/telegram-bot-api (Client.cpp) and https://core.telegram.org/bots/api#making-requests
REFUSALS: dict[str, type[SendError]] = {
    **dict.fromkeys(CURES, Rejected),
    "topic_closed": Rejected,
    "chat not found": RecipientGone,
    "user not found": RecipientGone,
    "peer_id_invalid": RecipientGone,
    "chat was deleted": RecipientGone,
    "group chat was deactivated": RecipientGone,
    "have no rights to send": Rejected,
    "not enough rights": Rejected,
    "chat_write_forbidden": Rejected,
    "message is too long": Rejected,
    "message text is empty": Rejected,
    # with 403, where anything else means the same:
    "bot was blocked": RecipientGone,
    "bot was kicked": RecipientGone,
    "user is deactivated": RecipientGone,
    "can't initiate conversation": RecipientGone,
    "is not a member": RecipientGone,
}

# 404 is a token without a bot behind it, 409 somebody else reading this bot's updates. Same date and source.
STATUSES: dict[int, type[SendError]] = {
    401: Misconfigured,
    403: RecipientGone,
    404: Misconfigured,
    408: Unavailable,
    409: Misconfigured,
    503: Unavailable,
}


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
    if status in (400, 403):
        for phrase, kind in REFUSALS.items():
            if phrase in said:
                error = kind(f"the platform says: {phrase}", vendor_code=f"{status} {phrase}")
                return Refusal(error, CURES.get(phrase))
    if status < 400 or (status < 500 and not isinstance(answer, dict)):
        kind = Misconfigured  # a redirect or a page: this address is not a Bot API
    else:
        kind = STATUSES.get(status) or (Uncertain if status >= 500 else Rejected)
    return Refusal(kind(f"the platform answered HTTP {status}", vendor_code=str(status)))
