"""What happened in a run, as the world outside saw it and as the database tells it; and the marks in texts that tie them.

Everything here is plain values: the checker needs nothing else, and its tests write histories by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

ECHOES = {"whatsapp": True, "telegram": False}
"""Whether the kind of channel brings our key back, so that an unclear send can be settled without a second one."""

_TOKEN = re.compile(r"\b[mp]\d{6}\b")
_MARK = re.compile(r"\bg(\d+)\.(\d+)\b")

Mark = tuple[int, int]
"""Which generation of the model, and which paragraph of it: the model marks its paragraphs."""


def tokens_in(text: str) -> tuple[str, ...]:
    """The messages that a text quotes or is: m000001, or p000001 where the message is poison."""
    return tuple(_TOKEN.findall(text))


def mark_in(text: str) -> Mark | None:
    """The first mark of a part that was sent: one part has one or more paragraphs, and no paragraph is in two parts."""
    found = _MARK.search(text)
    return (int(found[1]), int(found[2])) if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message a person wrote, in the order in which that person wrote; `acknowledged`: the webhook got its 200."""

    token: str
    conversation: str
    external_id: str
    acknowledged: bool

    @property
    def poison(self) -> bool:
        return self.token.startswith("p")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A message that reached a person, in the order of the deliveries; `answered`: the platform told the sender so."""

    conversation: str
    text: str
    answered: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A person's message as the database has it."""

    external_id: str
    conversation: str
    seq: int
    outcome: str | None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A committed turn and the messages it covers, in the order of the commits."""

    id: int
    conversation: str
    lo_seq: int
    hi_seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a reply in the outbox, in the order of the outbox; `after_seq` is the newest message it answers."""

    conversation: str
    after_seq: int
    text: str
    state: str
    duplicate_possible: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A whole run. `answers` says which messages the model's generations were about; most were never sent.

    `overwritten`: how often a message that a person had was changed into another.
    """

    said: Sequence[Said]
    delivered: Sequence[Delivered]
    stored: Sequence[Stored]
    turns: Sequence[Turn]
    parts: Sequence[Part]
    answers: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    overwritten: int = 0


def kind_of(conversation: str) -> str:
    """The channel of a conversation, which is named channel:peer."""
    return conversation.partition(":")[0]
