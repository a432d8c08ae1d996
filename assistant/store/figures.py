"""What the page of figures reads: what rollups.py added up, for one scope and a row of periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from .models import rollups
from .rollups import NAMES, begin_of, named


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One row: `name` without its grain; `channel` empty for everything, `@` before the name of a model."""

    at: datetime
    name: str
    channel: str
    label: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the page of figures shows of one scope.

    `before`: sums of the periods before these, by name and label. `channels`: the model's answers under each channel and each
    model. `days` and `days_before`: people who wrote, day by day.
    """

    series: list[Figure]
    before: dict[tuple[str, str], float]
    channels: list[Figure]
    days: list[float]
    days_before: list[float]


def report(
    connection: Connection,
    grain: str,
    periods: Sequence[datetime],
    before: Sequence[datetime],
    scope: str,
) -> Report:
    """The figures of one scope in these periods, and the sums of those `before`; a few thousand rows at most."""
    days = sorted({begin_of(period, "d") for period in periods})
    days_before = sorted({begin_of(period, "d") for period in before} - set(days))
    return Report(
        series=figures(connection, grain, periods, NAMES, rollups.c.channel == scope),
        before=totals(connection, grain, before, scope),
        channels=figures(connection, grain, periods, ("replies",), rollups.c.channel != ""),
        days=_people(connection, days, scope),
        days_before=_people(connection, days_before, scope),
    )


def totals(
    connection: Connection, grain: str, periods: Sequence[datetime], scope: str
) -> dict[tuple[str, str], float]:
    """The sum of every figure of one scope over these periods, by name and label."""
    rows = connection.execute(
        select(rollups.c.name, rollups.c.label, func.sum(rollups.c.value))
        .where(named(grain, NAMES), rollups.c.at.in_(list(periods)), rollups.c.channel == scope)
        .group_by(rollups.c.name, rollups.c.label)
    )
    return {(name[2:], label): float(value) for name, label, value in rows}


def _people(connection: Connection, days: Sequence[datetime], scope: str) -> list[float]:
    rows = figures(connection, "d", days, ("people",), rollups.c.channel == scope)
    found = {row.at: row.value for row in rows}
    return [found.get(day, 0.0) for day in days]


def figures(
    connection: Connection,
    grain: str,
    periods: Sequence[datetime],
    names: Sequence[str],
    which: ColumnElement[bool],
) -> list[Figure]:
    rows = connection.execute(
        select(rollups.c.at, rollups.c.name, rollups.c.channel, rollups.c.label, rollups.c.value).where(
            named(grain, names), rollups.c.at.in_(list(periods)), which
        )
    )
    return [
        Figure(at=at, name=name[2:], channel=channel, label=label, value=value)
        for at, name, channel, label, value in rows
    ]
