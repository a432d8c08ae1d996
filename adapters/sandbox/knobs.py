"""The knobs of the fault panel: each with a plain sentence, its limits, and how it is turned and read on a platform."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from .faults import ApiFailure, Faults
from .happenings import Kind
from .platform import Platform

RETRY_AFTER_SECONDS = 2


class KnobKind(StrEnum):
    SWITCH = "switch"
    COUNT = "count"
    SECONDS = "seconds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Knob:
    """One thing that can be made to go wrong. At rest its value is 0 (False); `most` is the largest it takes."""

    name: str
    kind: KnobKind
    most: float
    sentence: str
    read: Callable[[Faults], float]
    turn: Callable[[Faults, float], None]


def _plain(
    attribute: str, kind: KnobKind
) -> tuple[Callable[[Faults], float], Callable[[Faults, float], None]]:
    convert = {KnobKind.SWITCH: bool, KnobKind.COUNT: int, KnobKind.SECONDS: float}[kind]
    return (
        lambda faults: float(getattr(faults, attribute)),
        lambda faults, value: setattr(faults, attribute, convert(value)),
    )


def _knob(name: str, attribute: str, kind: KnobKind, most: float, sentence: str) -> Knob:
    read, turn = _plain(attribute, kind)
    return Knob(name=name, kind=kind, most=most, sentence=sentence, read=read, turn=turn)


def _is_too_many(failure: ApiFailure) -> bool:
    return failure.status == 429


def _is_server_error(failure: ApiFailure) -> bool:
    return failure.status >= 500


def _failing(name: str, sentence: str, ours: Callable[[ApiFailure], bool], failure: ApiFailure) -> Knob:
    """A knob that stands for the refusals on the list of the next sends."""

    def turn(faults: Faults, value: float) -> None:
        for known in [known for known in faults.failures if ours(known)]:
            faults.failures.remove(known)
        faults.failures.extend([failure] * int(value))

    return Knob(
        name=name,
        kind=KnobKind.COUNT,
        most=100,
        sentence=sentence,
        read=lambda faults: float(sum(map(ours, faults.failures))),
        turn=turn,
    )


KNOBS: dict[str, Knob] = {
    knob.name: knob
    for knob in (
        _knob("duplicates", "duplicates", KnobKind.COUNT, 50, "Every webhook arrives this many more times."),
        _knob("delay", "delay_seconds", KnobKind.SECONDS, 60, "Every webhook sets out this much later."),
        _knob(
            "out_of_order",
            "hold",
            KnobKind.COUNT,
            50,
            "The next so many things people do are held back and let go in another order.",
        ),
        _knob(
            "bad_signature",
            "bad_signature",
            KnobKind.SWITCH,
            1,
            "Webhooks are signed with a wrong secret, as a forger would.",
        ),
        _knob("no_receipts", "drop_statuses", KnobKind.SWITCH, 1, "No receipt and no echo is ever reported."),
        _knob(
            "shuffled_receipts",
            "shuffle_statuses",
            KnobKind.SWITCH,
            1,
            "Read is reported before delivered, and delivered before sent.",
        ),
        _knob(
            "token_expired",
            "token_expired",
            KnobKind.SWITCH,
            1,
            "Every call is refused, as after the access token ran out.",
        ),
        _knob("slow_api", "hang_seconds", KnobKind.SECONDS, 60, "A send is answered only after this long."),
        _knob(
            "cut_in_mid_send",
            "lose_answers",
            KnobKind.COUNT,
            50,
            "The next so many messages are taken, but the connection breaks before the answer.",
        ),
        _failing(
            "too_many_requests",
            "The next so many sends are refused with 429, and to be tried again after two seconds.",
            _is_too_many,
            ApiFailure(status=429, retry_after=RETRY_AFTER_SECONDS),
        ),
        _failing(
            "server_errors",
            "The next so many sends are refused with 503, as when the platform is down.",
            _is_server_error,
            ApiFailure(status=503),
        ),
    )
}


def turn(platform: Platform, name: str, value: float) -> None:
    """Set one knob and tell the stream. Raises LookupError for a name there is not, ValueError for a value out of its limits."""
    if name not in KNOBS:
        raise LookupError(f"there is no fault {name}; there are {', '.join(KNOBS)}")
    knob = KNOBS[name]
    if not 0 <= value <= knob.most or (knob.kind is not KnobKind.SECONDS and value != int(value)):
        allowed = "true or false" if knob.kind is KnobKind.SWITCH else f"0 to {knob.most:g}"
        raise ValueError(f"{name} takes {allowed}")
    if knob.read(platform.faults) != value:
        knob.turn(platform.faults, value)
        platform.happened(Kind.FAULT, text=name, status=f"{value:g}")


def active(platform: Platform) -> dict[str, float]:
    """The knobs of a platform that are not at rest, and their values."""
    values = {name: knob.read(platform.faults) for name, knob in KNOBS.items()}
    return {name: value for name, value in values.items() if value}
