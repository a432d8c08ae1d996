"""A visitor's chats as their page shows them: the one that is open, and the others by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aiohttp import web

from ..store.chats import Chat, ChatMessage
from ..types import Direction
from .context import WebContext
from .prose import to_html
from .words import N_, gettext

PAGE = 50
FIRST = "first"
"""In addresses, the chat of a visitor from the time when each had one: it has no thread."""
SUGGESTIONS = (
    N_("What is 17 times 23?"),
    N_("What time is it in Lisbon?"),
    N_("Who are you?"),
    N_("What can you do?"),
)
REASONS = {
    "wrong_fact": N_("Not correct"),
    "unhelpful": N_("Did not help"),
    "ignored_instruction": N_("Not what I asked for"),
    "wrong_language": N_("Wrong language"),
    "too_long": N_("Too long"),
    "unsafe": N_("Harmful or offensive"),
}
"""What a visitor may press under an answer that was no good; the codes are those of staff's verdicts."""
WORDS = {
    "sending": N_("sending…"),
    "failed": N_("Not sent."),
    "busy": N_("Too many messages at once. Wait a moment."),
    "gone": N_("Your visit has ended. Reload the page."),
    "stopped": N_("Stopped."),
    "copied": N_("Copied"),
    "deleted": N_("Chat deleted"),
    "trouble": N_("That did not work. Try again."),
    "thanks": N_("Thank you. Staff may read this to make answers better."),
    "new": N_("New chat"),
    "replied": N_("New answer in another chat"),
}
"""What the page's own script says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """The open chat. `id`: its name in addresses, "" for one that is not begun; `older`: the seq before which there is more."""

    id: str = ""
    title: str = ""
    temporary: bool = False
    pinned: bool = False
    persona: str | None = None
    messages: Sequence[ChatMessage] = ()
    older: int | None = None

    @property
    def waiting(self) -> bool:
        """Whether an answer is to come."""
        return any(one.waiting for one in self.messages if one.direction == Direction.IN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Chats of one time, under its name; pinned ones and what a search found have no name of a time."""

    words: str
    chats: Sequence[Chat]


def id_of(thread: str | None) -> str:
    return FIRST if thread is None else thread


def thread_of(name: str) -> str | None:
    return None if name == FIRST else name


def zone_of(request: web.Request, context: WebContext) -> ZoneInfo:
    """Where the visitor's days begin, as their page told in a cookie; else where ours do."""
    told = unquote(request.cookies.get("zone", ""))
    try:
        return ZoneInfo(told or context.settings.timezone)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return ZoneInfo(context.settings.timezone)


def groups(chats: Sequence[Chat], now: datetime, zone: ZoneInfo, *, found: bool = False) -> list[Group]:
    """The chats in their order, cut by days; `found`: what a search found stays together."""
    if found:
        return [Group(words=gettext("Found"), chats=chats)] if chats else []
    today = now.astimezone(zone).date()
    named: dict[str, list[Chat]] = {}
    for chat in chats:
        day = chat.last_at.astimezone(zone).date()
        if chat.pinned:
            words = gettext("Pinned")
        elif day >= today:
            words = gettext("Today")
        elif day == today - timedelta(days=1):
            words = gettext("Yesterday")
        elif day > today - timedelta(days=7):
            words = gettext("This week")
        else:
            words = gettext("Older")
        named.setdefault(words, []).append(chat)
    return [Group(words=words, chats=inside) for words, inside in named.items()]


def tools() -> Mapping[str, Any]:
    """What the templates of the chat call."""
    return {
        "prose": to_html,
        "id_of": id_of,
        "reasons": {code: gettext(words) for code, words in REASONS.items()},
        "suggestions": [gettext(words) for words in SUGGESTIONS],
        "words": {name: gettext(words) for name, words in WORDS.items()},
    }
