"""Questions with choices: as buttons where a channel has them, as numbered words where not, and the answer read back."""

from __future__ import annotations

from collections.abc import Sequence

from .commands import fold
from .types import Ask, Capabilities, Choice, Part, Text

ID_BYTES = 32
"""A choice's id has so many bytes at most: it must come back through every channel's buttons."""


def shown(ask: Ask, caps: Capabilities, hint: str) -> Part:
    """The question as the channel can show it: itself, or its words with a number before every choice, and `hint`."""
    if fits(ask, caps):
        return ask
    lines = [f"{number}. {choice.title}" for number, choice in enumerate(ask.choices, 1)]
    return Text(text="\n".join([ask.text, "", *lines, "", hint]))


def fits(ask: Ask, caps: Capabilities) -> bool:
    """Whether the channel's own buttons (or its list) can hold every choice."""
    buttons = caps.buttons
    if buttons is None:
        return False
    return (
        len(ask.choices) <= max(buttons.max, buttons.list_max)
        and len(ask.text) <= (buttons.text or caps.text_limit)
        and len({choice.title for choice in ask.choices}) == len(ask.choices)
        and all(len(choice.title) <= buttons.title for choice in ask.choices)
        and all(len(choice.id.encode()) <= buttons.id_bytes for choice in ask.choices)
    )


def chosen(parts: Sequence[Part], ask: Ask | None) -> Choice | None:
    """The choice a message makes: a pressed button, or the number or title of the open question in words.

    A button of a question that is no longer open counts too: its id says what it is for.
    """
    for part in parts:
        if isinstance(part, Choice):
            return part
    if ask is None or len(parts) != 1 or not isinstance(parts[0], Text):
        return None
    said = fold(parts[0].text).strip(" .!)(")
    for number, choice in enumerate(ask.choices, 1):
        if said in (str(number), fold(choice.title)):
            return choice
    return None
