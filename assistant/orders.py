"""What orders and pressed buttons of ours do: a reply, and what the conversation is from then on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from . import commands
from .commands import Answer, Command
from .language import LANGUAGES, supported
from .store import conversations
from .store.parts import plain_text
from .store.queue import Claim, Waiting
from .types import Ask, Choice, Mode, Outcome, Part, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """`reply` None: nothing is said. `forget`: what was said so far is deleted. `drop_unsent`: see Settlement."""

    reply: Part | None
    reason: str
    values: dict[str, Any] = field(default_factory=dict)
    outcome: Outcome = Outcome.COMMAND
    forget: bool = False
    drop_unsent: bool = False


def obey(claim: Claim, batch: Sequence[Waiting], command: Command) -> Effect:
    """The effect of an order; `batch` ends with it. The language is that of the word, else of the conversation."""
    text = plain_text(batch[-1].parts)
    language = commands.spoken(text) or claim.language
    reason = f"/{command.value}"
    said: Part = Text(text=commands.answer(command, language, text))
    match command:
        case Command.RESET:
            return Effect(reply=said, reason=reason, values=conversations.forgotten(batch[-1].seq))
        case Command.HUMAN:
            return Effect(reply=said, reason=reason, values={"mode": "human", "epoch": claim.epoch + 1})
        case Command.STOP if all(_for_good(message) for message in batch):
            # Alone, with nothing under way, the word is meant for good; so it is when it is said twice.
            return Effect(
                reply=Text(text=commands.OPTED_OUT.in_language(language)),
                reason="the person opted out",
                values={"mode": Mode.OPTED_OUT.value},
                drop_unsent=True,
            )
        case Command.STOP:
            return Effect(reply=said, reason=reason, drop_unsent=True)
        case Command.START:
            return Effect(reply=said, reason=reason, values={"mode": Mode.BOT.value})
        case Command.LANGUAGE:
            wanted = supported(text.strip().partition(" ")[2]) if text.strip().startswith("/") else None
            if wanted:
                return _speak(wanted)
            choices = tuple(Choice(id=f"language:{code}", title=name) for code, name in LANGUAGES.items())
            return Effect(reply=_ask(commands.ANSWERS[command], language, choices, "language"), reason=reason)
        case Command.FORGET:
            choices = (
                Choice(id="forget:yes", title=commands.YES.in_language(language)),
                Choice(id="forget:no", title=commands.NO.in_language(language)),
            )
            return Effect(reply=_ask(commands.ANSWERS[command], language, choices, "forget"), reason=reason)
    return Effect(reply=said, reason=reason)


def decide(claim: Claim, choice: Choice, question: Ask | None) -> Effect | None:
    """The effect of a choice between answers of ours; None when the choice is the model's business."""
    action, _, value = choice.id.partition(":")
    if action == "language" and supported(value):
        return _speak(value)
    if action != "forget":
        return None
    if question is None or question.action != "forget":  # a button of long ago must not delete anything
        late = Text(text=commands.TOO_LATE.in_language(claim.language))
        return Effect(reply=late, reason="an old question", outcome=Outcome.CONFIRMED)
    yes = value == "yes"
    said = (commands.FORGOTTEN if yes else commands.KEPT).in_language(claim.language)
    reason = "forget: yes" if yes else "forget: no"
    return Effect(reply=Text(text=said), reason=reason, outcome=Outcome.CONFIRMED, forget=yes)


def _for_good(message: Waiting) -> bool:
    text = plain_text(message.parts)
    return commands.read(text) is Command.STOP and not text.strip().startswith("/")


def _speak(language: str) -> Effect:
    said = Text(text=commands.SPOKEN.in_language(language))
    return Effect(reply=said, reason=f"language: {language}", values={"language": language})


def _ask(answer: Answer, language: str | None, choices: tuple[Choice, ...], action: str) -> Ask:
    return Ask(text=answer.in_language(language), choices=choices, action=action)


def wants_back(batch: Sequence[Waiting]) -> bool:
    """Whether somebody who opted out says start."""
    return bool(batch) and commands.read(plain_text(batch[-1].parts)) is Command.START
