"""Plays a conversation of several people through the sandbox and prints it as it happens, with receipts and times."""

from __future__ import annotations

import asyncio
import io
import statistics
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .phones import Heard, Phone
from .sandbox import Sandbox
from .talks import DEMO, Line, Person

FirstToken = Callable[[str, str], Awaitable[datetime | None]]
"""By channel and the person's id there."""
PLAIN_WIDTH = 110
HEADER = "demo model: shows the system, knows little"
TICKS = {"sent": "✓", "delivered": "✓✓", "read": "✓✓ read"}
COLOURS = {"whatsapp": "green", "messenger": "blue", "telegram": "cyan"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a play. Times in milliseconds, from the last message of a turn to typing shown and to delivery.

    `messages` were said, `answered` of them got a reply in time, `replies` came, `delivered` of them reached the phone
    with the platform's receipt (Telegram has none: there it counts as heard). `bursts_joined` of `bursts` became one
    answer; `right` of `checked` replies held what was asked for: that is the model's merit, and no part of `ok`.
    """

    messages: int
    answered: int
    replies: int
    delivered: int
    bursts: int
    bursts_joined: int
    checked: int
    right: int
    slowest_ms: float
    slowest_person: str
    typing_ms: tuple[float, ...]
    delivery_ms: tuple[float, ...]
    complaints: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return not self.complaints and self.answered == self.messages


@dataclass(slots=True, kw_only=True)
class _Score:
    """One person's part of the result."""

    person: Person
    messages: int = 0
    answered: int = 0
    replies: int = 0
    delivered: int = 0
    bursts: int = 0
    joined: int = 0
    checked: int = 0
    right: int = 0
    typing_ms: list[float] = field(default_factory=list)
    delivery_ms: list[float] = field(default_factory=list)
    complaint: str = ""


async def play(
    sandbox: Sandbox,
    out: TextIO | Console,
    *,
    people: tuple[Person, ...] = DEMO,
    timeout_seconds: float = 120.0,
    settle_seconds: float = 1.0,
    header: str = HEADER,
    first_token: FirstToken | None = None,
) -> Result:
    """Let all `people` talk at the same time; everybody's next turn waits for the reply to the one before.

    `first_token` says when the model began the newest answer to a person, which no phone can see.

    `timeout_seconds` is for each reply; `settle_seconds` is how long a burst waits for a second answer. Nothing is
    raised for a missing reply: it is printed, counted and named in `complaints`.
    """
    console = out if isinstance(out, Console) else _console(out)
    stage = _Stage(console, max(len(person.name) for person in people), first_token)
    stage.open(sandbox, people, header)
    scores = [_Score(person=person) for person in people]
    async with asyncio.TaskGroup() as group:
        for score in scores:
            group.create_task(_talk(sandbox, score, stage, timeout_seconds, settle_seconds))
    result = _result(scores)
    stage.close(sandbox, scores, result)
    return result


async def _talk(
    sandbox: Sandbox, score: _Score, stage: _Stage, timeout_seconds: float, settle_seconds: float
) -> None:
    phone = sandbox.phone(score.person.channel, score.person.name, locale=score.person.locale)
    try:
        for line in score.person.lines:
            await _turn(phone, line, score, stage, timeout_seconds, settle_seconds)
    except TimeoutError as error:
        score.complaint = str(error)
        stage.complain(phone, score.complaint)


async def _turn(
    phone: Phone, line: Line, score: _Score, stage: _Stage, timeout_seconds: float, settle_seconds: float
) -> None:
    for text in line.texts:
        stage.said(phone, text)
        score.messages += 1
        said = await phone.say(text)
    since = phone.said[said]
    replies = [await phone.wait_reply(timeout_seconds)]
    if len(line.texts) > 1:
        replies += await _stragglers(phone, settle_seconds)
        score.bursts += 1
        score.joined += len(replies) == 1
    score.answered += len(line.texts)
    score.delivery_ms.append(_ms(since, replies[0].at))
    if replies[0].typing_at is not None:
        score.typing_ms.append(_ms(since, replies[0].typing_at))
    for reply in replies:
        receipts = await _receipts(phone, reply)
        score.replies += 1
        score.delivered += phone.channel == "telegram" or "delivered" in reply.statuses
        await stage.heard(phone, reply, since, receipts, first=reply is replies[0], burst=len(line.texts))
    if line.expects:
        score.checked += 1
        words = " ".join(reply.text for reply in replies).casefold()
        score.right += any(word.casefold() in words for word in line.expects)


async def _stragglers(phone: Phone, settle_seconds: float) -> list[Heard]:
    """Further answers to the same burst."""
    late: list[Heard] = []
    while True:
        try:
            late.append(await phone.wait_reply(settle_seconds))
        except TimeoutError:
            return late


async def _receipts(phone: Phone, reply: Heard) -> str:
    """The ticks of a reply once they have settled; Telegram gives bots none."""
    if phone.channel != "telegram":
        try:
            await phone.wait_status(reply, "read", 2.0)
        except TimeoutError:
            pass
    return next((tick for status, tick in reversed(TICKS.items()) if status in reply.statuses), "")


def _result(scores: list[_Score]) -> Result:
    times = [(ms, score.person.name) for score in scores for ms in score.delivery_ms]
    slowest_ms, slowest_person = max(times, default=(0.0, ""))
    return Result(
        messages=sum(score.messages for score in scores),
        answered=sum(score.answered for score in scores),
        replies=sum(score.replies for score in scores),
        delivered=sum(score.delivered for score in scores),
        bursts=sum(score.bursts for score in scores),
        bursts_joined=sum(score.joined for score in scores),
        checked=sum(score.checked for score in scores),
        right=sum(score.right for score in scores),
        slowest_ms=slowest_ms,
        slowest_person=slowest_person,
        typing_ms=tuple(ms for score in scores for ms in score.typing_ms),
        delivery_ms=tuple(ms for ms, _ in times),
        complaints=tuple(score.complaint for score in scores if score.complaint),
    )


class _Stage:
    """Prints. What people write is never read as markup."""

    def __init__(self, console: Console, name_width: int, first_token: FirstToken | None) -> None:
        self._console = console
        self._name_width = name_width
        self._first_token = first_token

    def open(self, sandbox: Sandbox, people: tuple[Person, ...], header: str) -> None:
        who = ", ".join(f"{person.name} on {sandbox.platform(person.channel).title}" for person in people)
        self._console.print(Text(f"{len(people)} people write at the same time: {who}", style="bold"))
        self._console.print(Text(header, style="yellow"))
        self._console.print()

    def said(self, phone: Phone, text: str) -> None:
        self._console.print(self._lead(phone, "→").append(text))

    async def heard(
        self, phone: Phone, reply: Heard, since: datetime, receipts: str, *, first: bool, burst: int
    ) -> None:
        line = self._lead(phone, "←").append(reply.text, style="bold")
        notes = [f"delivered after {_ms(since, reply.at):.0f} ms"]
        began = await self._first_token(phone.channel, phone.id) if self._first_token and first else None
        if began is not None:
            notes.insert(0, f"first token after {_ms(since, began):.0f} ms")
        elif first and reply.typing_at is not None:
            notes.insert(0, f"typing after {_ms(since, reply.typing_at):.0f} ms")
        if receipts:
            notes.insert(0, receipts)
        if first and burst > 1:
            notes.append(f"answers {burst} messages")
        self._console.print(line.append(f"  [{' · '.join(notes)}]", style="dim"))

    def complain(self, phone: Phone, sentence: str) -> None:
        self._console.print(self._lead(phone, "✗").append(sentence, style="red"))

    def close(self, sandbox: Sandbox, scores: list[_Score], result: Result) -> None:
        table = Table(
            title="What became of it",
            title_justify="left",
            caption="Times in ms: median to typing, median to delivery, slowest. Right: replies that held what was asked.",
            caption_justify="left",
            box=box.SIMPLE_HEAD,
            pad_edge=False,
        )
        for column in ("person", "channel"):
            table.add_column(column, no_wrap=True)
        for column in ("answered", "delivered", "typing", "reply", "slowest", "right"):
            table.add_column(column, justify="right", no_wrap=True)
        for score in scores:
            table.add_row(
                Text(score.person.name),
                sandbox.platform(score.person.channel).title,
                f"{score.answered}/{score.messages}",
                f"{score.delivered}/{score.replies}",
                _median(score.typing_ms),
                _median(score.delivery_ms),
                f"{max(score.delivery_ms):.0f}" if score.delivery_ms else "-",
                f"{score.right}/{score.checked}",
            )
        self._console.print()
        self._console.print(table)
        self._console.print(Text(_sentence(result), style="bold green" if result.ok else "bold red"))

    def _lead(self, phone: Phone, arrow: str) -> Text:
        lead = Text().append(f"{phone.platform.title:<9} ", style=COLOURS.get(phone.channel, ""))
        return lead.append(f"{phone.name:<{self._name_width}} {arrow} ")


def _console(out: TextIO) -> Console:
    """Colours on a terminal, plain text elsewhere; a stream that cannot write a sign gets a ? instead of failing."""
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(errors="replace")
    console = Console(file=out, highlight=False, markup=False, emoji=False, soft_wrap=True)
    if not console.is_terminal:
        console.no_color, console.width = True, PLAIN_WIDTH
    return console


def _sentence(result: Result) -> str:
    if not result.ok:
        return f"Not everybody was answered: {'; '.join(result.complaints)}."
    return (
        f"All {result.messages} messages were answered with {result.replies} replies, {result.delivered} delivered; "
        f"{result.bursts_joined} of {result.bursts} bursts became one answer; the slowest reply took "
        f"{result.slowest_ms:.0f} ms ({result.slowest_person})."
    )


def _median(values: list[float]) -> str:
    return f"{statistics.median(values):.0f}" if values else "-"


def _ms(start: datetime, end: datetime) -> float:
    return max((end - start).total_seconds() * 1000, 0.0)
