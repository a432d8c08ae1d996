"""What each channel can do, as the Markdown table of the README: written from the declared capabilities, never by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from .channel import Channel, OwnPage
from .types import Audience, Capabilities, Dialect, Proactive, Rate, Unit

Kind = type[Channel]

_NO = "–"
_UNITS = {Unit.UTF16: "characters", Unit.CODEPOINTS: "characters", Unit.BYTES: "bytes"}
_DIALECTS = {
    Dialect.PLAIN: "plain",
    Dialect.MARKS: "marks",
    Dialect.SPANS: "styled",
    Dialect.HTML: "HTML",
    Dialect.MARKDOWN: "Markdown",
}
_FIRST = {
    Proactive.FREE: "at any time",
    Proactive.WINDOW: "within the window",
    Proactive.TEMPLATE: "with a template",
    Proactive.NEVER: "never",
}
_AUDIENCES = {Audience.PRIVATE: "one person", Audience.GROUP: "groups", Audience.PUBLIC: "everybody"}


def table(channels: Iterable[Kind]) -> str:
    """The table: a row for each ability, a column for each channel in the order of their titles."""
    kinds = sorted(channels, key=lambda kind: kind.title.lower())
    lines = [["", *(kind.title for kind in kinds)], ["---"] * (len(kinds) + 1)]
    lines += [[label, *(show(kind) for kind in kinds)] for label, show in _ROWS]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines) + "\n"


def _hears(kind: Kind) -> str:
    if issubclass(kind, OwnPage):
        return "its own page"
    overheard: tuple[str, ...] = getattr(kind, "overhears", ())
    if overheard:
        return "webhook of " + ", ".join(overheard)
    return "webhook or polling" if kind.caps.polling else "webhook"


def _files_out(caps: Capabilities) -> str:
    return ", ".join(kind.value for kind in caps.media_out) or _NO


def _buttons(caps: Capabilities) -> str:
    if caps.buttons is None:
        return "written out"
    more = f", list of {caps.buttons.list_max}" if caps.buttons.list_max else ""
    return f"{caps.buttons.max}{more}"


def _grows(caps: Capabilities) -> str:
    if caps.drafts_every is not None:
        return f"draft every {_seconds(caps.drafts_every)}"
    return "word by word" if caps.streaming else _NO


def _proves(caps: Capabilities) -> str:
    return "by its echo" if caps.echo else "when asked" if caps.look_back else _NO


def _pace(rate: Rate | None) -> str:
    return f"{rate.count} in {_seconds(rate.per)}" if rate else _NO


def _window(span: timedelta | None) -> str:
    return f"{span.total_seconds() / 3600:g} h" if span else "none"


def _seconds(span: timedelta) -> str:
    return f"{span.total_seconds():g} s"


def _yes(given: bool) -> str:
    return "yes" if given else _NO


def _of(show: Callable[[Capabilities], str]) -> Callable[[Kind], str]:
    return lambda kind: show(kind.caps)


_ROWS: tuple[tuple[str, Callable[[Kind], str]], ...] = (
    ("hears by", _hears),
    ("a text holds", _of(lambda caps: f"{caps.text_limit:,} {_UNITS[caps.text_unit]}".replace(",", " "))),
    ("formatting", _of(lambda caps: _DIALECTS[caps.dialect])),
    ("files in", _of(lambda caps: _yes(caps.media))),
    ("files out", _of(_files_out)),
    ("buttons", _of(_buttons)),
    ("places out", _of(lambda caps: _yes(caps.places))),
    ("link buttons · templates", _of(lambda caps: f"{_yes(caps.link_buttons)} · {_yes(caps.templates)}")),
    ("shows typing", _of(lambda caps: f"every {_seconds(caps.typing_every)}" if caps.typing_every else _NO)),
    ("marks as read", _of(lambda caps: _yes(caps.mark_read))),
    ("answer grows", _of(_grows)),
    ("quotes", _of(lambda caps: _yes(caps.reply_to))),
    ("edits · deletes", _of(lambda caps: f"{_yes(caps.edit)} · {_yes(caps.delete)}")),
    ("reacts", _of(lambda caps: _yes(caps.reactions))),
    ("receipts", _of(lambda caps: _yes(caps.receipts))),
    ("proves unclear sends", _of(_proves)),
    ("reply window", _of(lambda caps: _window(caps.reply_window))),
    ("may write first", _of(lambda caps: _FIRST[caps.proactive])),
    ("own pace a chat", _of(lambda caps: _pace(caps.rate))),
    ("own pace an account", _of(lambda caps: _pace(caps.account_rate))),
    ("who reads it", _of(lambda caps: ", ".join(_AUDIENCES[one] for one in caps.audience))),
    ("billed per message", _of(lambda caps: _yes(caps.billed_per_message))),
)
