"""Plots as SVG, drawn by the server: colours by class, so that dark pages have their own; dashes and patterns beside them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH, HEIGHT = 420.0, 200.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 8.0, 10.0, 24.0
STYLES = 6
"""So many series are told apart; more are put together by whoever draws."""
DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 4", "1 5")

Words = Callable[[float], str]
"""How a value is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """`values`: one for each place on the axis, None where there is nothing to say."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A share with the bounds of its uncertainty, all 0 to 1, of `count` cases."""

    name: str
    low: float
    middle: float
    high: float
    count: int


def interval(name: str, good: int, count: int) -> Interval:
    """Wilson's interval of a share, at 95 of 100."""
    z, share = 1.96, good / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return Interval(
        name=name, low=max(0.0, middle - half), middle=share, high=min(1.0, middle + half), count=count
    )


def patterns() -> Markup:
    """What the areas are filled with beside their colour; once a page, before the plots."""
    marks = ("M0 6L6 0", "M1 1h1v1h-1zM4 4h1v1h-1z", "M0 3H6", "M3 0V6", "M0 0L6 6")
    found = "".join(
        _tag(
            "pattern",
            _tag("path", class_="mark", d=mark),
            id=f"pattern{number}",
            width=6,
            height=6,
            patternUnits="userSpaceOnUse",
        )
        for number, mark in enumerate(marks, 1)
    )
    return _done(_tag("svg", _tag("defs", found), class_="patterns", width=0, height=0, aria_hidden="true"))


def swatch(number: int, *, area: bool) -> Markup:
    """What a legend shows beside the name of the series with this number."""
    inside = _area(number, "M0 0H22V12H0Z") if area else _line(number, "M0 6H22")
    return _done(_tag("svg", inside, class_="swatch", width=22, height=12, aria_hidden="true"))


def spark(values: Sequence[float | None]) -> Markup:
    """A line so small that it shows nothing but the way things go; empty where there is no line to draw."""
    top = max((value for value in values if value is not None), default=0.0)
    if top <= 0 or len(values) < 2:
        return Markup("")
    places = [
        None if value is None else (100 * number / (len(values) - 1), 26 - 24 * value / top)
        for number, value in enumerate(values)
    ]
    line = _line(0, _path(places))
    return _done(
        _tag(
            "svg",
            line,
            class_="spark",
            viewBox="0 0 100 28",
            preserveAspectRatio="none",
            aria_hidden="true",
        )
    )


def lines(label: str, places: Sequence[str], series: Sequence[Series], words: Words) -> Markup:
    """One line a series. `places`: what stands at each place of the axis."""
    top, ticks = _ticks([value for one in series for value in one.values if value is not None])
    drawn = []
    for number, one in enumerate(series):
        points = [
            None if value is None else (_x(place, len(places)), _y(value, top))
            for place, value in enumerate(one.values)
        ]
        drawn.append(_line(number, _path(points)))
        drawn += [
            _tag("circle", class_=f"dot s{number % STYLES}", cx=x, cy=y, r=2.2) for x, y in _alone(points)
        ]
    return _framed(label, places, ticks, top, words, drawn, series)


def areas(label: str, places: Sequence[str], series: Sequence[Series], words: Words) -> Markup:
    """The series on top of one another, the first at the bottom."""
    count = len(places)
    floor = [0.0] * count
    roofs = []
    for one in series:
        roof = [low + (value or 0.0) for low, value in zip(floor, one.values, strict=True)]
        roofs.append((floor, roof))
        floor = roof
    top, ticks = _ticks(floor)
    drawn = []
    for number, (low, high) in enumerate(roofs):
        there = [(_x(place, count), _y(value, top)) for place, value in enumerate(high)]
        back = [(_x(place, count), _y(low[place], top)) for place in reversed(range(count))]
        drawn.append(_area(number, "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in there + back) + "Z"))
    return _framed(label, places, ticks, top, words, drawn, series)


def bars(label: str, rows: Sequence[tuple[str, float]], words: Words) -> Markup:
    """Lying bars, each with its name above and its value behind."""
    top = max((value for _, value in rows), default=0.0) or 1.0
    drawn = []
    for number, (name, value) in enumerate(rows):
        y, long, said = 34 * number, max(2.0, 330 * value / top), words(value)
        drawn.append(
            _tag(
                "g",
                _tag("title", _said(f"{name}: {said}"))
                + _tag("text", _said(name), x=0, y=y + 12)
                + _tag("rect", class_="area s0", x=0, y=y + 17, width=long, height=13, rx=2)
                + _tag("text", _said(said), class_="strong", x=long + 6, y=y + 28),
            )
        )
    return _svg(label, 34 * len(rows) + 4, drawn)


def intervals(label: str, rows: Sequence[Interval]) -> Markup:
    """A share a row on a line from 0 to 100 %, with its bounds as whiskers."""
    height, left, long = 40 * len(rows) + 22, 6, WIDTH - 12
    drawn = []
    for share in (0, 25, 50, 75, 100):
        x, anchor = left + long * share / 100, {0: "start", 100: "end"}.get(share, "middle")
        drawn.append(_tag("path", class_="grid", d=f"M{x:.1f} 0V{height - 18}"))
        drawn.append(_tag("text", f"{share} %", x=x, y=height - 4, text_anchor=anchor))
    for number, row in enumerate(rows):
        y = 40 * number + 27
        low, middle, high = (left + long * part for part in (row.low, row.middle, row.high))
        said = f"{row.name}: {row.middle:.0%} ({row.low:.0%} – {row.high:.0%}), {row.count}"
        whiskers = f"M{low:.1f} {y}H{high:.1f}M{low:.1f} {y - 5}v10M{high:.1f} {y - 5}v10"
        drawn.append(
            _tag(
                "g",
                _tag("title", _said(said))
                + _tag("text", _said(f"{row.name} ({row.count})"), x=left, y=y - 13)
                + _line(0, whiskers)
                + _tag("circle", class_="dot s0", cx=middle, cy=y, r=4),
            )
        )
    return _svg(label, height, drawn)


def heat(
    label: str, rows: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[float]], words: Words
) -> Markup:
    """A field of cells, the fuller the more; `cells` row by row."""
    top = max((value for row in cells for value in row), default=0.0) or 1.0
    left, high = 40, 20
    size = (WIDTH - left - 4) / len(columns)
    drawn = []
    for y, row in enumerate(cells):
        drawn.append(_tag("text", _said(rows[y]), x=0, y=y * high + 14))
        drawn += [
            _tag(
                "rect",
                _tag("title", _said(f"{rows[y]} {columns[x]}: {words(value)}")),
                class_="cell",
                x=left + x * size,
                y=y * high,
                width=size - 1.5,
                height=high - 2,
                rx=2,
                fill_opacity=f"{0.06 + 0.94 * value / top:.2f}",
            )
            for x, value in enumerate(row)
        ]
    height = high * len(rows) + 18
    for x in range(0, len(columns), 6):
        drawn.append(_tag("text", _said(columns[x]), x=left + x * size, y=height - 3))
    return _svg(label, height, drawn)


# --- what they share -------------------------------------------------------------------------------------


def _tag(name: str, inside: str = "", **attributes: str | float) -> str:
    """An element; `class_` is class, text_anchor text-anchor, and every value is escaped. `inside` is markup already."""
    said = "".join(f' {_attribute(key)}="{_value(value)}"' for key, value in attributes.items())
    return f"<{name}{said}>{inside}</{name}>" if inside else f"<{name}{said}/>"


def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    if isinstance(value, str):
        return _said(value)
    return f"{value:.1f}".removesuffix(".0")


def _said(text: str) -> str:
    return str(escape(text))


def _done(markup: str) -> Markup:
    return Markup(markup)  # noqa: S704 - made by _tag, which escapes every value


def _svg(label: str, height: float, drawn: Sequence[str]) -> Markup:
    return _done(
        _tag(
            "svg",
            "".join(drawn),
            class_="plot",
            viewBox=f"0 0 {WIDTH:.0f} {height:.0f}",
            role="img",
            aria_label=label,
        )
    )


def _framed(
    label: str,
    places: Sequence[str],
    ticks: Sequence[float],
    top: float,
    words: Words,
    drawn: Sequence[str],
    series: Sequence[Series],
) -> Markup:
    """The axes around what was drawn, and over it a strip a place that says what is there."""
    frame = []
    for tick in ticks:
        y = _y(tick, top)
        frame.append(_tag("path", class_="grid", d=f"M{LEFT:.0f} {y:.1f}H{WIDTH - RIGHT:.0f}"))
        frame.append(
            _tag("text", _said(words(tick) if tick else "0"), x=LEFT - 6, y=y + 4, text_anchor="end")
        )
    last = len(places) - 1
    if last > 1:
        for place, anchor in {0: "start", last // 2: "middle", last: "end"}.items():
            x = _x(place, len(places))
            frame.append(_tag("text", _said(places[place]), x=x, y=HEIGHT - 6, text_anchor=anchor))
    wide = (WIDTH - LEFT - RIGHT) / max(1, last)
    strips = []
    for place, name in enumerate(places):
        said = [f"{one.name}: {words(value)}" for one in series if (value := one.values[place]) is not None]
        if said:
            strips.append(
                _tag(
                    "rect",
                    _tag("title", _said("\n".join((name, *said)))),
                    class_="hit",
                    x=_x(place, len(places)) - wide / 2,
                    y=TOP,
                    width=wide,
                    height=HEIGHT - TOP - BOTTOM,
                )
            )
    return _svg(label, HEIGHT, [*frame, *drawn, *strips])


def _line(number: int, path: str) -> str:
    dash = DASHES[number % STYLES]
    dashed = {"stroke_dasharray": dash} if dash else {}
    return _tag("path", class_=f"line s{number % STYLES}", d=path, **dashed)


def _area(number: int, path: str) -> str:
    """In its colour, and over that its pattern; the first one has none."""
    kind = number % STYLES
    colour = _tag("path", class_=f"area s{kind}", d=path)
    return colour + _tag("path", d=path, fill=f"url(#pattern{kind})") if kind else colour


def _x(place: int, count: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * (place / (count - 1) if count > 1 else 0.5)


def _y(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(1.0, value / top)


def _ticks(values: Sequence[float]) -> tuple[float, list[float]]:
    """A round number at or above the largest value, and the marks up to it."""
    largest = max(values, default=0.0)
    if largest <= 0:
        return 1.0, [0.0, 1.0]
    rough = largest / 3
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * factor for factor in (1, 2, 2.5, 5, 10) if unit * factor >= rough * 0.999)
    count = math.ceil(largest / step - 1e-9)
    return step * count, [step * number for number in range(count + 1)]


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    """A line through the points, broken where there is none."""
    said, down = [], False
    for point in points:
        if point is not None:
            said.append(f"{'L' if down else 'M'}{point[0]:.1f} {point[1]:.1f}")
        down = point is not None
    return "".join(said)


def _alone(points: Sequence[tuple[float, float] | None]) -> list[tuple[float, float]]:
    """Points without a neighbour, through which no line goes."""
    around = [None, *points, None]
    return [
        point
        for before, point, after in zip(around, around[1:], around[2:], strict=False)
        if point is not None and before is None and after is None
    ]
