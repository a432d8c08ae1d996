"""Where a message may be whose sending was never answered: the numbers of its chat that nobody is known to have."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from assistant.channel import Nearby

from ._telegram_place import Spot, message_number

MOST, MOST_IN_GROUPS = 24, 3
"""With more numbers than these to try it is not searched: about a second of what a bot may ask, ten in a group."""
BEYOND = 2
"""How far after the newest known number is looked: what came since may not have been told yet."""
REMEMBERED = 256
"""Of so many messages it is known where they are not."""
_OWN_BOXES = -1_000_000_000_000
"""Supergroups and channels have ids below this."""


class Asked:
    """Where the messages that are looked for are not, so that who has to ask again begins where the last one ended."""

    def __init__(self) -> None:
        self._numbers: OrderedDict[str, set[int]] = OrderedDict()

    def of(self, key: str) -> set[int]:
        """The numbers that were asked for the message with this key; the caller adds to them, but none that it may get yet."""
        found = self._numbers.setdefault(key, set())
        self._numbers.move_to_end(key)
        if len(self._numbers) > REMEMBERED:
            self._numbers.popitem(last=False)
        return found


def free_numbers(where: Spot, nearby: Nearby) -> tuple[list[int], int]:
    """The numbers to ask for, the oldest first; none when it cannot be told which. And up to which all are given away.

    Private chats and small groups number their messages together, one count for all of a bot's; supergroups and channels
    each have a count of their own. So of a quiet chat as of a busy bot, what nobody has is either ours or not there.
    Source: https://telegramplayground.github.io/pyrogram/topics/message-identifiers.html (2026-11-30)
    """
    own = _own_box(where.chat)
    known = set(_numbers(nearby.known, where.chat, own))
    before = set(_numbers(nearby.before, where.chat, own))
    if not before:
        return [], 0
    newest = max(known | before)
    free = [number for number in range(max(before) + 1, newest + 1 + BEYOND) if number not in known]
    return (free if len(free) <= (MOST if where.private else MOST_IN_GROUPS) else []), newest


def _own_box(chat: str) -> bool:
    return chat.startswith("-") and int(chat) <= _OWN_BOXES


def _numbers(ids: Iterable[str], chat: str, own: bool) -> Iterable[int]:
    """Of these ids the numbers in this chat's box. What was written for a business account, or as a guest, is elsewhere."""
    for external_id in ids:
        number = message_number(external_id)
        if number is None or external_id.count(":") > 1:
            continue
        other = external_id.partition(":")[0]
        if other == chat if own else not _own_box(other):
            yield number
