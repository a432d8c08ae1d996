"""What the page of figures reads: what rollups.py added up, for one scope, laid out over a row of periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, String, func, select, type_coerce

from ..types import Author
from .models import instant_text, rollups
from .rollups import NAMES, begin_of, named

Key = tuple[str, str]
"""Name, without its grain, and label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the page of figures shows of one scope; every list has a value for each place, some periods together.

    `before`: sums of the periods before these. `channels`: the model's answers by channel, and by model as `@name`.
    `answers`: the model's answers in each single period. `days` and `days_before`: people who wrote, day by day.
    """

    lines: dict[Key, list[float]]
    before: dict[Key, float]
    channels: dict[str, list[float]]
    answers: list[float]
    days: list[float]
    days_before: list[float]


def report(
    connection: Connection,
    grain: str,
    periods: Sequence[datetime],
    before: Sequence[datetime],
    scope: str,
    together: int = 1,
) -> Report:
    """The figures of one scope in these periods, and the sums of those `before`; a few thousand rows at most.

    `together`: so many periods share a place.
    """
    places: dict[object, int] = {}
    for number, at in enumerate(periods):
        places[at] = places[instant_text(at)] = number
    count = -(-len(periods) // together)
    lines: dict[Key, list[float]] = defaultdict(lambda: [0.0] * count)
    channels: dict[str, list[float]] = defaultdict(lambda: [0.0] * count)
    answers = [0.0] * len(periods)
    # As the driver has it: to make a moment of each of thousands of texts takes longer than to read them.
    moment = type_coerce(rollups.c.at, String)
    query = select(moment, rollups.c.name, rollups.c.label, rollups.c.value).where(
        named(grain, NAMES), rollups.c.at.in_(list(periods)), rollups.c.channel == scope
    )
    for at, name, label, value in connection.execute(query):
        place = places[at]
        lines[(name[2:], label)][place // together] += value
        if name[2:] == "replies" and label == Author.ASSISTANT.value:
            answers[place] += value
    by_channel = select(moment, rollups.c.channel, rollups.c.value).where(
        named(grain, ("replies",)),
        rollups.c.at.in_(list(periods)),
        rollups.c.channel != "",
        rollups.c.label == Author.ASSISTANT.value,
    )
    for at, channel, value in connection.execute(by_channel):
        channels[channel][places[at] // together] += value
    days = sorted({begin_of(period, "d") for period in periods})
    days_before = sorted({begin_of(period, "d") for period in before} - set(days))
    return Report(
        lines=dict(lines),
        before=totals(connection, grain, before, scope),
        channels=dict(channels),
        answers=answers,
        days=_people(connection, days, scope),
        days_before=_people(connection, days_before, scope),
    )


def totals(connection: Connection, grain: str, periods: Sequence[datetime], scope: str) -> dict[Key, float]:
    """The sum of every figure of one scope over these periods."""
    rows = connection.execute(
        select(rollups.c.name, rollups.c.label, func.sum(rollups.c.value))
        .where(named(grain, NAMES), rollups.c.at.in_(list(periods)), rollups.c.channel == scope)
        .group_by(rollups.c.name, rollups.c.label)
    )
    return {(name[2:], label): float(value) for name, label, value in rows}


def _people(connection: Connection, days: Sequence[datetime], scope: str) -> list[float]:
    rows = connection.execute(
        select(rollups.c.at, rollups.c.value).where(
            named("d", ("people",)), rollups.c.at.in_(list(days)), rollups.c.channel == scope
        )
    )
    found: dict[datetime, float] = {row.at: row.value for row in rows}
    return [found.get(day, 0.0) for day in days]
