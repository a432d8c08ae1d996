"""Whether a turn may be answered at all, decided before any model is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from typing import Final

from .commands import SPENT, Answer, fold
from .store.standing import Exchanged
from .store.usage import TOKENS, TOLD
from .types import Audience, Author, Capabilities, Outcome

ONE_MINUTE = timedelta(minutes=1)
LOOP_WITHIN: Final = timedelta(minutes=2)
SAME_TEXTS: Final = 5  # so many texts of theirs in a row that say the same,
SAME_QUICKLY: Final = timedelta(seconds=15)  # each so soon after our answer,
SAME_LENGTH: Final = 12  # and no mere "ok" or "hello?"
ALIKE: Final = 0.9
COMPARED: Final = 300  # characters of a text
ANOTHER_BOT: Final = "looks like another bot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the decision depends on. `recent`: messages of this person in the last minute. `used`: what they cost today.

    `lately`: the newest messages of the conversation, oldest first. A limit of 0 is none.
    """

    now: datetime
    caps: Capabilities
    window_until: datetime | None
    recent: int
    messages_per_minute: int
    audience: Audience = Audience.PRIVATE
    used: dict[str, int] = field(default_factory=dict)
    tokens_per_day: int = 0
    lately: Sequence[Exchanged] = ()
    bot_loop_turns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why nothing is answered, for staff; it becomes the messages' outcome. `says`: what the person hears of it.

    `pause`: nothing is answered here until staff have looked.
    """

    outcome: Outcome
    reason: str
    says: Answer | None = None
    pause: bool = False


def judge(circumstances: Circumstances) -> Refusal | None:
    """None: answer. The order is that of weight: what the platform forbids comes before what we limit."""
    here = circumstances
    if here.caps.reply_window is not None and here.window_until is not None and here.window_until <= here.now:
        return Refusal(outcome=Outcome.BLOCKED, reason="the platform's reply window closed before the answer")
    if here.audience is Audience.PRIVATE and is_loop(here.lately, here.now, here.bot_loop_turns):
        return Refusal(outcome=Outcome.BLOCKED, reason=ANOTHER_BOT, pause=True)
    if here.recent > here.messages_per_minute:
        return Refusal(
            outcome=Outcome.QUOTA,
            reason=f"{here.recent} messages in a minute; the limit is {here.messages_per_minute}",
        )
    if 0 < here.tokens_per_day <= here.used.get(TOKENS, 0):
        told = here.used.get(TOLD, 0) > 0 or here.audience is not Audience.PRIVATE
        return Refusal(
            outcome=Outcome.QUOTA,
            reason=f"{here.used[TOKENS]} tokens today; the limit is {here.tokens_per_day}",
            says=None if told else SPENT,
        )
    return None


def is_loop(lately: Sequence[Exchanged], now: datetime, turns: int) -> bool:
    """Whether two programs talk: `turns` answers within LOOP_WITHIN, or texts that come back at once and say the same."""
    if turns == 0:
        return False
    answers = [one for one in lately if one.author is Author.ASSISTANT and now - one.at <= LOOP_WITHIN]
    return len(answers) >= turns or _repeats(lately)


def _repeats(lately: Sequence[Exchanged]) -> bool:
    """Their newest texts are near-identical, each written soon after an answer of ours."""
    texts: list[str] = []
    newest: Exchanged | None = None
    for one in reversed(lately):
        if one.author is Author.PERSON:
            if newest is not None:
                return False  # two in a row: they did not wait for us
            newest = one
        elif one.author is Author.ASSISTANT and newest is not None:
            text = fold(newest.text or "")[:COMPARED]
            soon = newest.at - one.at <= SAME_QUICKLY
            if not soon or len(text) < SAME_LENGTH or (texts and not _alike(texts[0], text)):
                return False
            texts.append(text)
            if len(texts) == SAME_TEXTS:
                return True
            newest = None
        elif one.author is not Author.ASSISTANT:
            return False  # staff or a notice of ours took part
    return False


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
