"""The steps of a scenario: what people do, what goes wrong, how time passes, and what is expected of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

WITHIN_SECONDS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """Writes one message or several in a row. In a group it is said there."""

    texts: tuple[str, ...]

    def sentence(self) -> str:
        return "says " + ", ".join(f"“{text}”" for text in self.texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies:
    """Quotes a message: `to` as in Reacts."""

    text: str
    to: str = ""

    def sentence(self) -> str:
        return f"replies “{self.text}”{_to(self.to)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """Changes a message of their own: the newest, or the one `of` names."""

    text: str
    of: str = ""

    def sentence(self) -> str:
        return f"changes {_which(self.of)} to “{self.text}”"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsends:
    """Takes back a message of their own."""

    which: str = ""

    def sentence(self) -> str:
        return f"takes back {_which(self.which)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacts:
    """`to` is the newest message heard, or "heard 2", "said 1", or words that the message holds. An empty emoji takes
    the reaction back."""

    emoji: str
    to: str = ""

    def sentence(self) -> str:
        return (
            f"reacts with {self.emoji}{_to(self.to)}"
            if self.emoji
            else f"takes a reaction back{_to(self.to)}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sends:
    """Sends a small real sample: image, video, audio, voice, document or sticker."""

    kind: str
    caption: str = ""

    def sentence(self) -> str:
        return f"sends {self.kind}" + (f" with the words “{self.caption}”" if self.caption else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class SharesPlace:
    """Degrees."""

    latitude: float
    longitude: float
    name: str = ""
    address: str = ""

    def sentence(self) -> str:
        return f"shares a place{f', {self.name}' if self.name else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SharesContact:
    name: str
    number: str

    def sentence(self) -> str:
        return f"shares the contact {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Presses:
    """A button, row or quick reply of the newest message that has one so called."""

    title: str

    def sentence(self) -> str:
        return f"presses “{self.title}”"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """Blocks the business, or with False lets it write again."""

    blocked: bool = True

    def sentence(self) -> str:
        return "blocks the business" if self.blocked else "lets the business write again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goes:
    """offline or online: what was sent meanwhile arrives on coming back."""

    state: str

    def sentence(self) -> str:
        return f"goes {self.state}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hears:
    """Waits until `count` further messages came that no earlier step has spoken of.

    Together they hold each of `contains` and one of `contains_one_of`, compared without case; `kind` is what each is
    (text, image …). Seconds.
    """

    count: int = 1
    within: float = WITHIN_SECONDS
    contains: tuple[str, ...] = ()
    contains_one_of: tuple[str, ...] = ()
    kind: str = ""

    def sentence(self) -> str:
        words = f"hears {self.count} message{'s' if self.count != 1 else ''}"
        if self.contains:
            words += " with " + ", ".join(f"“{text}”" for text in self.contains)
        if self.contains_one_of:
            words += " with " + " or ".join(f"“{text}”" for text in self.contains_one_of)
        return words


@dataclass(frozen=True, slots=True, kw_only=True)
class HearsNothing:
    """For so many seconds nothing further comes."""

    seconds: float = 2.0

    def sentence(self) -> str:
        return f"hears nothing for {self.seconds:g} s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sees:
    """A message reaches a status: sent, delivered, read or played. `of` as in Reacts."""

    status: str
    of: str = ""
    within: float = WITHIN_SECONDS

    def sentence(self) -> str:
        return f"sees “{self.status}” of {self.of or 'the newest message heard'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnsKnobs:
    """Sets faults of one channel, or of all. No `values`: everything is put at rest. `status`, `code`, `retry_after`
    and `times` refuse the next sends in a way of their own."""

    channel: str = ""
    values: tuple[tuple[str, float], ...] = ()
    status: int = 0
    code: int | None = None
    retry_after: int | None = None
    times: int = 1

    def sentence(self) -> str:
        where = f" on {self.channel}" if self.channel else ""
        said = [f"{name} {'on' if value is True else f'{value:g}'}" for name, value in self.values]
        if self.status:
            said.append(f"the next {self.times} sends are refused with {self.status}")
        return f"faults{where}: {', '.join(said) or 'everything at rest'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Travels:
    """Time moves forward for the sandbox and the assistant."""

    by: timedelta

    def sentence(self) -> str:
        return f"time moves forward by {told_span(self.by)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    seconds: float

    def sentence(self) -> str:
        return f"waits {self.seconds:g} s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bursts:
    """So many new people write at once; {number} in the words is theirs. With `answered` each must hear one reply."""

    channel: str
    people: int
    says: tuple[str, ...] = ("Hello, I am number {number}",)
    answered: bool = False
    within: float = 120.0

    def sentence(self) -> str:
        end = ", and each is answered once" if self.answered else ""
        return f"{self.people} people write on {self.channel} at once{end}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Replays:
    """An old webhook comes again, byte for byte: the first message of the scenario on that channel.

    With `hours_old` its times are changed to be so much older, and it is signed anew.
    """

    channel: str
    times: int = 1
    hours_old: float = 0.0

    def sentence(self) -> str:
        return f"an old webhook of {self.channel} comes again {self.times}×"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wired:
    """The wire log of this scenario holds an exchange that fits everything named; with `count`, exactly so many."""

    channel: str = ""
    direction: str = ""
    method: str = ""
    signature: str = ""
    status: int | None = None
    verdict: str = ""
    contains: str = ""
    count: int | None = None
    within: float = 5.0

    def sentence(self) -> str:
        named = [self.channel, self.direction, self.method]
        named += [f"signature {self.signature}"] if self.signature else []
        named += [f"status {self.status}"] if self.status is not None else []
        named += [f"complaint “{self.verdict}”"] if self.verdict else []
        named += [f"holding “{self.contains}”"] if self.contains else []
        many = "an exchange" if self.count is None else f"exactly {self.count} exchanges"
        return f"the wire log has {many}: {', '.join(filter(None, named))}"


PersonAct = (
    Says
    | Replies
    | Edits
    | Unsends
    | Reacts
    | Sends
    | SharesPlace
    | SharesContact
    | Presses
    | Blocks
    | Goes
    | Hears
    | HearsNothing
    | Sees
)
WorldAct = TurnsKnobs | Travels | Waits | Bursts | Replays | Wired
Act = PersonAct | WorldAct


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step; `who` is the phone's name in the scenario, empty where nobody does it. `line` is where it stands."""

    act: Act
    who: str = ""
    line: int = 0

    def sentence(self) -> str:
        return f"{self.who} {self.act.sentence()}" if self.who else self.act.sentence()


def told_span(span: timedelta) -> str:
    """A span of time as a scenario writes it: +25h, +90m, +30s."""
    seconds = span.total_seconds()
    for unit, length in (("h", 3600), ("m", 60)):
        if seconds % length == 0:
            return f"+{seconds / length:g}{unit}"
    return f"+{seconds:g}s"


def _to(which: str) -> str:
    return f" to {which}" if which else ""


def _which(which: str) -> str:
    return which or "the newest message"
