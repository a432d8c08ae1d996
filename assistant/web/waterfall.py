"""The time a reply took, span by span: only what was recorded, absolute and as a part of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..store.traces import Attempt, Sent, Trace
from .numbers import written
from .words import gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One row. `start` and `took` in milliseconds from the first message on; None: not recorded.

    `left` and `width` place its bar, in percent of the whole; after the end of the whole (a message may be read a day
    later) there is no bar. `group` is the walk it belongs to.
    """

    group: str
    label: str
    start: float | None
    took: float | None
    note: str = ""
    left: float | None = None
    width: float | None = None

    @property
    def share(self) -> float | None:
        """Percent of the whole."""
        return self.width


@dataclass(frozen=True, slots=True, kw_only=True)
class Waterfall:
    """`whole`: milliseconds from the first message's arrival to the last moment that we had in hand."""

    spans: list[Span]
    whole: float
    began_at: datetime


def waterfall(trace: Trace) -> Waterfall:
    """Every span of a reply, in the order in which it went through them."""
    turn = trace.turn
    began = (
        trace.asked[0].received_at if trace.asked else (turn.started_at if turn else trace.reply.received_at)
    )
    line = _Line(began)
    if turn is not None:
        newest = trace.asked[-1].received_at if trace.asked else None
        if len(trace.asked) > 1:
            count = str(len(trace.asked))
            line.add(
                "wait",
                gettext("More messages came"),
                began,
                newest,
                gettext("{n} messages").replace("{n}", count),
            )
        line.add("wait", gettext("Pause for more words, and the queue"), newest, turn.claimed_at)
        line.add(
            "model",
            gettext("Checks, and answers dropped because the person wrote on"),
            turn.claimed_at,
            turn.started_at,
        )
        line.add("model", gettext("Context is put together"), turn.started_at, turn.asked_at)
        waits = turn.asked_at or turn.started_at
        note = gettext("tools run in it") if trace.steps else ""
        line.add(
            "model", gettext("Prompt is read, to the first word (prefill)"), waits, turn.first_token_at, note
        )
        line.add(
            "model",
            gettext("Answer is written (decode) and kept"),
            turn.first_token_at or waits,
            turn.ended_at,
        )
        for step in trace.steps:
            name = gettext("Tool {name}").replace("{name}", step.name or "?")
            line.alone(
                "tool", name, step.took_ms, gettext("inside the two above; its moment is not recorded")
            )
    for part in trace.sent:
        _send(line, part, many=len(trace.sent) > 1)
    whole = max(line.last, 1.0)
    for part in trace.sent:
        _reached(line, part, many=len(trace.sent) > 1)
    return Waterfall(spans=[_placed(span, whole) for span in line.spans], whole=whole, began_at=began)


def _send(line: _Line, part: Sent, *, many: bool) -> None:
    before = part.created_at
    for number, attempt in enumerate(part.attempts, 1):
        began = line.at(attempt.at) - attempt.took_ms
        line.add_ms("send", _named(gettext("Waits to be sent"), part, many), line.at(before), began)
        words = gettext("Request {n}").replace("{n}", str(number))
        line.add_ms("send", _named(words, part, many), began, line.at(attempt.at), _answer(attempt))
        before = attempt.at
    if not part.attempts:
        note = "" if part.sent_at else part.state
        line.add(
            "send", _named(gettext("Sent to the platform"), part, many), part.created_at, part.sent_at, note
        )


def _reached(line: _Line, part: Sent, *, many: bool) -> None:
    """The platform keeps telling how far a message came; only its last word is kept."""
    words = {"delivered": gettext("To the person's device"), "read": gettext("Until it was read")}
    line.add(
        "after",
        _named(words.get(part.reached or "", gettext("Delivered, read")), part, many),
        part.sent_at,
        part.reached_at if part.reached in words else None,
    )


def _answer(attempt: Attempt) -> str:
    return f"HTTP {attempt.status}" if attempt.status is not None else attempt.error or gettext("no answer")


def _named(words: str, part: Sent, many: bool) -> str:
    number = gettext("part {n}").replace("{n}", str(part.part + 1))
    return f"{words} · {number}" if many else words


def _placed(span: Span, whole: float) -> Span:
    if span.start is None or span.took is None or span.start >= whole or span.group == "after":
        return span
    left = max(0.0, span.start / whole * 100)
    return Span(
        group=span.group,
        label=span.label,
        start=span.start,
        took=span.took,
        note=span.note,
        left=round(left, 2),
        width=round(min(100.0 - left, max(0.0, span.took / whole * 100)), 2),
    )


class _Line:
    """Spans as they are added; times before the beginning (clocks differ) count as the beginning."""

    def __init__(self, began: datetime) -> None:
        self.began = began
        self.spans: list[Span] = []
        self.last = 0.0

    def at(self, moment: datetime) -> float:
        return (moment - self.began).total_seconds() * 1000

    def add(
        self, group: str, label: str, start: datetime | None, end: datetime | None, note: str = ""
    ) -> None:
        if start is None or end is None:
            begun = None if start is None else self.at(start)
            self.spans.append(Span(group=group, label=label, start=begun, took=None, note=note))
        else:
            self.add_ms(group, label, self.at(start), self.at(end), note)

    def add_ms(self, group: str, label: str, start: float, end: float, note: str = "") -> None:
        start, end = max(0.0, start), max(0.0, start, end)
        self.last = max(self.last, end)
        self.spans.append(Span(group=group, label=label, start=start, took=end - start, note=note))

    def alone(self, group: str, label: str, took: float, note: str) -> None:
        """How long something took, where nobody wrote down when."""
        self.spans.append(Span(group=group, label=label, start=None, took=took, note=note))


def milliseconds(value: float | None) -> str:
    """A duration as people read it."""
    if value is None:
        return gettext("not recorded")
    if value < 1000:
        return f"{value:.0f} ms"
    if value < 100_000:
        return written(f"{value / 1000:.2f} s")
    return written(f"{value / 60_000:.1f} min")


def rate(tokens: int, start: datetime | None, end: datetime | None) -> float | None:
    """Tokens a second; None where there is nothing to divide."""
    if start is None or end is None or (seconds := (end - start).total_seconds()) <= 0 or tokens < 2:
        return None
    return tokens / seconds
