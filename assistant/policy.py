"""Whether a turn may be answered at all, decided before any model is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from .types import Capabilities, Outcome

ONE_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the decision depends on. `recent`: messages of this person in the last minute."""

    now: datetime
    caps: Capabilities
    window_until: datetime | None
    recent: int
    messages_per_minute: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why nothing is answered, for staff; it becomes the messages' outcome."""

    outcome: Outcome
    reason: str


def judge(circumstances: Circumstances) -> Refusal | None:
    """None: answer. The order is that of weight: what the platform forbids comes before what we limit."""
    here = circumstances
    if here.caps.reply_window is not None and here.window_until is not None and here.window_until <= here.now:
        return Refusal(outcome=Outcome.BLOCKED, reason="the platform's reply window closed before the answer")
    if here.recent > here.messages_per_minute:
        return Refusal(
            outcome=Outcome.QUOTA,
            reason=f"{here.recent} messages in a minute; the limit is {here.messages_per_minute}",
        )
    return None
