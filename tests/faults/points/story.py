"""The stories in which the points lie: an ordinary day with everything that happens in it, and a bad one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from . import webhooks

ANA, BEN, CARLA = "34600000001", "6939284726114911", "555000111"
TOOK_OVER = "staff took over"
PEOPLE = {"whatsapp": ANA, "messenger": BEN, "telegram": CARLA, "webchat": webhooks.VISITOR}


@dataclass(frozen=True, slots=True)
class Step:
    """At `at` seconds a platform has `body` for us; `external_id` when it is a message."""

    at: float
    channel: str
    body: Any
    what: str
    external_id: str | None = None


def says(at: float, channel: str, number: int, text: str, *, peer: str = "") -> Step:
    """A person writes."""
    peer = peer or PEOPLE[channel]
    made: dict[str, tuple[Callable[[], Any], str]] = {
        "whatsapp": (lambda: webhooks.whatsapp(peer, number, text, at), f"wamid.IN{peer}.{number}"),
        "messenger": (lambda: webhooks.messenger(peer, number, text, at), f"m_in{peer}.{number}"),
        "telegram": (lambda: webhooks.telegram(peer, number, text, at), webhooks.telegram_id(peer, number)),
        "webchat": (lambda: webhooks.webchat(number, text), f"{peer}:page-{number}"),
    }
    body, external_id = made[channel]
    return Step(at, channel, body(), text, external_id)


def staff_writes(at: float, text: str, *, peer: str = BEN) -> Step:
    """Somebody answers in the Page's own inbox: from here on the model keeps quiet there."""
    echo = webhooks.messenger_echo(f"m_staff{peer}", peer, text, at)
    return Step(at, "messenger", echo, f"{TOOK_OVER} {peer}")


def corrects(at: float, number: int, text: str) -> Step:
    return Step(at, "telegram", webhooks.telegram(CARLA, number, text, at, edited=True), "edit")


def presses_stop(at: float) -> Step:
    return Step(at, "telegram", webhooks.telegram_stop(CARLA, at), "stop")


def takes_back(at: float, number: int) -> Step:
    return Step(at, "messenger", webhooks.messenger_unsent(BEN, number, at), "taken back")


RESTART = Step(0.9, "", None, "the process is told to end, and starts again")
POISON = "poison"
"""What is said with this word may end set aside."""


DAY = (
    says(0.1, "whatsapp", 1, "what is 12 times 7, please?"),
    says(0.2, "messenger", 1, "hello there"),
    says(0.3, "telegram", 1, "see you at five"),
    says(0.35, "messenger", 2, "and a good day"),
    says(0.4, "webchat", 1, "hello from the page"),
    says(1.0, "messenger", 3, "one thing more"),  # supersedes the answer that is being written
    corrects(0.95, 1, "see you at six"),
    says(1.15, "webchat", 2, "are you open?"),  # something was shown already: the next turn
    says(3.0, "messenger", 4, "I want to talk to somebody about an order that never came"),
    says(3.1, "telegram", 2, "tell me a story that is long enough for me to lose my patience with it"),
    presses_stop(3.9),
    staff_writes(3.9, "Good day, this is Rita"),
    says(4.6, "telegram", 3, "then another story, as long as the first one and as boring as it was"),
    says(5.4, "telegram", 4, "stop"),
)
BAD_DAY = (
    says(0.1, "whatsapp", 1, "please (dead) once"),
    says(0.1, "messenger", 1, "it is [500 twice] there"),
    says(0.1, "telegram", 1, "an answer is [lost] here"),
    says(0.1, "webchat", 1, "are you (busy) now"),
    says(3.0, "whatsapp", 2, "an answer [lost] again"),
    says(3.0, "telegram", 2, "slowly [429] now"),
    says(3.0, "messenger", 2, "nobody [403] there"),
    says(6.0, "whatsapp", 3, "too quickly [429] here"),
    says(6.0, "messenger", 3, "say (nothing) now"),
    says(9.0, "whatsapp", 4, "/language"),
    says(9.0, "telegram", 3, "/help"),
    says(11.0, "whatsapp", 5, "2"),
    Step(12.0, "whatsapp", {"object": "something else"}, "unreadable"),
    says(12.5, "whatsapp", 6, "a token [401] expired"),
    says(13.0, "messenger", 4, "/human"),
)
HARD_DAY = (
    says(0.1, "whatsapp", 1, "this is (broken) once"),
    says(0.1, "messenger", 1, "poison (always dead) here"),
    says(0.2, "telegram", 1, "STOP"),
    says(0.2, "webchat", 1, "hello from the page"),
    RESTART,
    says(1.5, "telegram", 2, "does anybody hear me"),
    says(3.0, "whatsapp", 2, "it is [500 often] there"),
    says(3.0, "telegram", 3, "START"),
    says(6.0, "messenger", 2, "never mind what I say here, I take it back"),
    takes_back(6.7, 2),
    says(7.0, "whatsapp", 3, "a very long message " + "and so on " * 900),
)
STORIES = {"day": DAY, "bad day": BAD_DAY, "hard day": HARD_DAY}
REPEATABLE = ("day", "bad day")
"""These go the same way every time, so that two runs can be compared; an ending in the middle has ties that fall freely."""
AFTERWARDS = "are you still there?"
