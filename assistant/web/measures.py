"""From added-up figures to the cards and charts of the figures page, each with what it means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from ..store.figures import Report
from ..store.rollups import GRAINS, begin_of, quantile
from . import plots
from .numbers import number, percent, plain, seconds
from .plots import Series, interval
from .words import N_, gettext

_ = gettext
STAGES = {
    "queue": N_("waiting"),
    "prefill": N_("reading"),
    "decode": N_("writing"),
    "send": N_("sending"),
}
OUTCOMES = {
    "dead": N_("no answer: set aside"),
    "blocked": N_("blocked"),
    "refused": N_("refused"),
    "crisis": N_("crisis help shown"),
    "quota": N_("over the limit"),
    "handed_to_human": N_("left to staff"),
}
DAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
MOST_BARS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """How far back the page looks: `count` periods of a grain, `together` of them a point of a plot."""

    words: str
    grain: str
    count: int
    together: int = 1


RANGES = {
    "24h": Range(words=N_("24 hours"), grain="q", count=96, together=2),
    "7d": Range(words=N_("7 days"), grain="h", count=168, together=3),
    "30d": Range(words=N_("30 days"), grain="d", count=30),
    "90d": Range(words=N_("90 days"), grain="d", count=90),
}


def periods(span: Range, now: datetime) -> tuple[list[datetime], list[datetime]]:
    """The beginnings of the periods up to now, and of as many before them."""
    step, newest = GRAINS[span.grain], begin_of(now, span.grain)
    found = [newest - step * back for back in reversed(range(2 * span.count))]
    return found[span.count :], found[: span.count]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """`change`: against the periods before, in words; `way`: good, bad, or nothing of the kind."""

    id: str
    title: str
    value: str
    change: str
    way: str
    spark: Markup
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """`legend`: each series' name with its swatch. `head` and `rows`: the same as a table, and as a file."""

    id: str
    title: str
    meaning: str
    drawn: Markup
    legend: list[tuple[Markup, str]]
    head: list[str]
    rows: list[list[str]]


class Measures:
    """One report, ready to be asked."""

    def __init__(self, report: Report, span: Range, now: datetime, titles: Callable[[str], str]) -> None:
        self.periods = periods(span, now)[0]
        self._span, self._report, self._titles = span, report, titles
        form = "%Y-%m-%d" if span.grain == "d" else "%m-%d %H:%M"
        self.places = [at.strftime(form) for at in self.periods[:: span.together]]
        self._labels: dict[str, list[str]] = defaultdict(list)
        for name, label in sorted(report.lines):
            self._labels[name].append(label)
        self._columns: dict[str, list[dict[str, float]]] = {}

    @property
    def empty(self) -> bool:
        """Whether nothing happened in the range."""
        return not any(any(values) for values in self._report.lines.values())

    # --- what is asked of the rows -----------------------------------------------------------------------

    def labels(self, name: str) -> list[str]:
        return self._labels.get(name, [])

    def line(self, name: str, *labels: str) -> list[float]:
        """The figure, period by period, over these labels; over all of them when none is given."""
        chosen = labels or self.labels(name)
        lines = self._report.lines
        found = [lines[(name, label)] for label in chosen if (name, label) in lines]
        if len(found) == 1:
            return found[0]
        return [sum(values) for values in zip(*found, strict=True)] if found else [0.0] * len(self.places)

    def total(self, name: str, *labels: str) -> float:
        return sum(self.line(name, *labels))

    def before(self, name: str, *labels: str) -> float:
        """The same over the periods before these."""
        return sum(
            value
            for (found, label), value in self._report.before.items()
            if found == name and (not labels or label in labels)
        )

    def counts(self, name: str) -> dict[str, float]:
        """The buckets of a figure over the whole range."""
        return {label: sum(self._report.lines[(name, label)]) for label in self.labels(name)}

    def quantiles(self, name: str, part: float) -> list[float | None]:
        if name not in self._columns:
            columns: list[dict[str, float]] = [{} for _place in self.places]
            for label in self.labels(name):
                for place, value in enumerate(self._report.lines[(name, label)]):
                    if value:
                        columns[place][label] = value
            self._columns[name] = columns
        return [quantile(column, part) if column else None for column in self._columns[name]]

    def quantile_before(self, name: str, part: float) -> float | None:
        return quantile(
            {label: value for (found, label), value in self._report.before.items() if found == name}, part
        )

    # --- cards -------------------------------------------------------------------------------------------

    def cards(self) -> list[Card]:
        """The figures on top of the page."""
        return [
            self._count(
                "replies",
                _("Answers"),
                _("Answers that the model gave. Those of staff are not in it."),
                "replies",
                "assistant",
            ),
            self._people(),
            self._seconds(
                "first_p50",
                _("First word, typical"),
                _("Half of the answers began within this time of the model's taking them up."),
                "first",
                0.5,
            ),
            self._seconds(
                "first_p95",
                _("First word, slow"),
                _("95 of 100 answers began within this time of the model's taking them up."),
                "first",
                0.95,
            ),
            self._seconds(
                "full_p95",
                _("Whole answer, slow"),
                _(
                    "95 of 100 answers had left in full within this time of the person's message, the wait for more messages included."
                ),
                "full",
                0.95,
            ),
            self._count(
                "tokens_in",
                _("Tokens read"),
                _("Tokens of all prompts, those from the cache included."),
                "tokens",
                "prompt",
            ),
            self._count(
                "tokens_out", _("Tokens written"), _("Tokens that the model wrote."), "tokens", "completion"
            ),
            self._share(
                "failed",
                _("Failed sends"),
                _("Parts of answers that a platform refused for good, of all that were sent or refused."),
                ("sends", ("failed",)),
                ("sends", ("failed", "sent")),
                good=False,
            ),
            self._count(
                "window",
                _("Window closed"),
                _("Parts that could not leave because the platform's time to answer was over."),
                "window",
                good=False,
            ),
            self._count(
                "takeovers", _("Takeovers"), _("Times that staff took a conversation over."), "takeovers"
            ),
            self._count(
                "asked", _("Asked for a human"), _("People who asked for a human with a command."), "asked"
            ),
            self._share(
                "thumbs",
                _("Thumbs up"),
                _("Of all thumbs that people gave to answers."),
                ("thumbs", ("good",)),
                ("thumbs", ("good", "bad")),
                good=True,
            ),
            self._share(
                "verdict",
                _("Judged good"),
                _(
                    "Verdicts of reviewers that say good, of those that say good or bad. Unsure ones do not count."
                ),
                ("verdict", ("good",)),
                ("verdict", ("good", "bad")),
                good=True,
            ),
            self._count(
                "blocked",
                _("Safety blocks"),
                _("Messages that were blocked, or answered with help in a crisis, instead of by the model."),
                "outcome",
                "blocked",
                "crisis",
                good=False,
            ),
            self._share(
                "refused",
                _("Refusals"),
                _("Messages that were refused, of all that were refused or answered."),
                ("outcome", ("refused",)),
                ("outcome", ("refused", "answered", "coalesced")),
                good=False,
            ),
            self._count(
                "dead",
                _("No answer"),
                _("Messages that were set aside because every try failed. They are on the page of failures."),
                "outcome",
                "dead",
                good=False,
            ),
        ]

    def _count(
        self, id_: str, title: str, meaning: str, name: str, *labels: str, good: bool | None = None
    ) -> Card:
        values = self.line(name, *labels)
        return _card(
            id_, title, meaning, number(sum(values)), values, sum(values), self.before(name, *labels), good
        )

    def _people(self) -> Card:
        days, before = self._report.days, self._report.days_before
        mean = sum(days) / len(days) if days else 0.0
        earlier = sum(before) / len(before) if before else 0.0
        meaning = _(
            "People who wrote, each once a day and channel, as a mean of the days (in UTC) of the range; the current day is not over yet."
        )
        spark = self.line("people") if self._span.grain == "q" else days
        return _card("people", _("People a day"), meaning, number(mean), spark, mean, earlier, None)

    def _seconds(self, id_: str, title: str, meaning: str, name: str, part: float) -> Card:
        now, before = quantile(self.counts(name), part), self.quantile_before(name, part)
        said = "—" if now is None else seconds(now)
        return _card(id_, title, meaning, said, self.quantiles(name, part), now or 0.0, before or 0.0, False)

    def _share(
        self,
        id_: str,
        title: str,
        meaning: str,
        part: tuple[str, tuple[str, ...]],
        whole: tuple[str, tuple[str, ...]],
        *,
        good: bool,
    ) -> Card:
        upper, lower = self.line(part[0], *part[1]), self.line(whole[0], *whole[1])
        values = [one / all_ if all_ else None for one, all_ in zip(upper, lower, strict=True)]
        all_now, all_before = sum(lower), self.before(whole[0], *whole[1])
        now = sum(upper) / all_now if all_now else 0.0
        before = self.before(part[0], *part[1]) / all_before if all_before else 0.0
        said = percent(now) if all_now else "—"
        return _card(id_, title, meaning, said, values, now, before, good)

    # --- charts ------------------------------------------------------------------------------------------

    def charts(self, scope: str) -> list[Chart]:
        """Every chart of the page, for the scope that was read."""
        made = [
            self._plotted(
                "replies",
                _("Answers of the model"),
                _("How many answers the model gave, by channel."),
                self._by_channel(scope),
                number,
                area=True,
            ),
            self._plotted(
                "first",
                _("Time to the first word"),
                _("From the moment a worker takes the messages up to the model's first word."),
                {"p50": self.quantiles("first", 0.5), "p95": self.quantiles("first", 0.95)},
                seconds,
            ),
            self._plotted(
                "full",
                _("Time to the whole answer"),
                _("From the person's first message that is answered to the last part's leaving."),
                {f"p{part:.0f}": self.quantiles("full", part / 100) for part in (50, 95, 99)},
                seconds,
            ),
            self._plotted(
                "stages",
                _("Where the time goes"),
                _(
                    "Mean seconds of an answer: waiting for a worker, reading the prompt, writing, and sending a part."
                ),
                {_(words): self._mean_stage(stage) for stage, words in STAGES.items()},
                seconds,
                area=True,
            ),
            self._plotted(
                "speed",
                _("Tokens a second"),
                _("Tokens written in an answer for each second of writing, as a mean."),
                {_("tokens/s"): self._speed()},
                number,
            ),
            self._plotted(
                "tokens",
                _("Tokens"),
                _("Tokens written, tokens read anew, and tokens that were read before and kept."),
                {
                    _("written"): self.line("tokens", "completion"),
                    _("read"): [
                        max(0.0, read - kept)
                        for read, kept in zip(
                            self.line("tokens", "prompt"), self.line("tokens", "cached"), strict=True
                        )
                    ],
                    _("from the cache"): self.line("tokens", "cached"),
                },
                number,
                area=True,
            ),
            self._bars(
                "errors",
                _("Failed sends by code"),
                _("Parts that a platform refused for good, by the code it gave."),
                {label: self.total("failed", label) for label in self.labels("failed")},
                _("Code"),
            ),
            self._bars(
                "outcomes",
                _("Messages without an answer of the model"),
                _("What became of messages that the model did not answer."),
                {_(words): self.total("outcome", label) for label, words in OUTCOMES.items()},
                _("What became of it"),
            ),
            self._heat(),
            self._personas(),
        ]
        return [chart for chart in made if chart is not None]

    def _by_channel(self, scope: str) -> dict[str, list[float]]:
        """Each channel's answers, the busiest first; of one scope its own alone."""
        if scope:
            return {self._titles(scope): self.line("replies", "assistant")}
        busiest = sorted(
            (name for name in self._report.channels if not name.startswith("@")),
            key=lambda name: -sum(self._report.channels[name]),
        )
        kept = busiest if len(busiest) <= plots.STYLES else busiest[: plots.STYLES - 1]
        found = {self._titles(name): self._report.channels[name] for name in kept}
        if rest := busiest[len(kept) :]:
            found[_("others")] = [
                sum(values) for values in zip(*(self._report.channels[name] for name in rest), strict=True)
            ]
        return found

    def _mean_stage(self, stage: str) -> list[float]:
        spans, counts = self.line("stage", stage), self.line("stage_n", stage)
        return [span / count if count else 0.0 for span, count in zip(spans, counts, strict=True)]

    def _speed(self) -> list[float | None]:
        written, spans = self.line("tokens", "completion"), self.line("stage", "decode")
        return [count / span if span > 0 else None for count, span in zip(written, spans, strict=True)]

    def _plotted(
        self,
        id_: str,
        title: str,
        meaning: str,
        values: Mapping[str, Sequence[float | None]],
        words: plots.Words,
        *,
        area: bool = False,
    ) -> Chart | None:
        series = [Series(name=name, values=row) for name, row in values.items()]
        if not any(any(one.values) for one in series):
            return None
        draw = plots.areas if area else plots.lines
        return Chart(
            id=id_,
            title=title,
            meaning=meaning,
            drawn=draw(title, self.places, series, words),
            legend=[(plots.swatch(place, area=area), one.name) for place, one in enumerate(series)],
            head=[_("From (UTC)"), *values],
            rows=[
                [place, *(plain(one.values[at]) for one in series)] for at, place in enumerate(self.places)
            ],
        )

    def _bars(
        self, id_: str, title: str, meaning: str, values: Mapping[str, float], head: str
    ) -> Chart | None:
        rows = sorted(((name, value) for name, value in values.items() if value > 0), key=lambda row: -row[1])
        if not rows:
            return None
        return Chart(
            id=id_,
            title=title,
            meaning=meaning,
            drawn=plots.bars(title, rows[:MOST_BARS], number),
            legend=[],
            head=[head, _("How many")],
            rows=[[name, plain(value)] for name, value in rows],
        )

    def _heat(self) -> Chart | None:
        cells = [[0.0] * 24 for _day in range(7)]
        if self._span.grain == "d":
            for label in self.labels("hour"):
                for at, value in zip(self.periods, self._report.lines[("hour", label)], strict=True):
                    cells[at.weekday()][int(label)] += value
        else:
            for at, value in zip(self.periods, self._report.answers, strict=True):
                cells[at.weekday()][at.hour] += value
        if not any(map(any, cells)):
            return None
        title, hours, days = _("Busy hours"), [f"{hour:02d}" for hour in range(24)], [_(day) for day in DAYS]
        return Chart(
            id="hours",
            title=title,
            meaning=_("Answers of the model by weekday and hour, in UTC."),
            drawn=plots.heat(title, days, hours, cells, number),
            legend=[],
            head=[_("Day"), *hours],
            rows=[[days[place], *map(plain, row)] for place, row in enumerate(cells)],
        )

    def _personas(self) -> Chart | None:
        versions = sorted({int(label.partition(":")[0]) for label in self.labels("persona")}, reverse=True)
        rows = []
        for version in versions[:MOST_BARS]:
            good, bad = (self.total("persona", f"{version}:{verdict}") for verdict in ("good", "bad"))
            if good + bad > 0:
                name = _("version {n}").replace("{n}", str(version)) if version else _("settings file")
                rows.append(interval(name, int(good), int(good + bad)))
        if not rows:
            return None
        title = _("Verdict by persona version")
        return Chart(
            id="personas",
            title=title,
            meaning=_(
                "The share of good verdicts among good and bad ones of each persona, with the interval that holds the true share 95 times of 100."
            ),
            drawn=plots.intervals(title, rows),
            legend=[],
            head=[_("Persona"), _("Good"), _("At least"), _("At most"), _("Verdicts")],
            rows=[
                [row.name, percent(row.middle), percent(row.low), percent(row.high), str(row.count)]
                for row in rows
            ],
        )


# --- one card ------------------------------------------------------------------------------------


def _card(
    id_: str,
    title: str,
    meaning: str,
    value: str,
    values: Sequence[float | None],
    now: float,
    before: float,
    good: bool | None,
) -> Card:
    """`good`: whether more is better; None where it is neither."""
    change, way = _("nothing to compare with"), ""
    if before > 0:
        part = now / before - 1
        change = (
            f"{part:+.0%}".replace("-", "−").replace("%", " %") if abs(part) < 10 else f"×{now / before:.0f}"
        )
        if good is not None and abs(part) >= 0.05:
            way = "good" if (part > 0) is good else "bad"
    return Card(
        id=id_, title=title, value=value, change=change, way=way, spark=plots.spark(values), meaning=meaning
    )
