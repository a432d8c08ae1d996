"""The figures page: cards and plots of a range of time, the same as tables, and each chart as a file."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from ...store import figures
from ...store.staff import StaffMember
from .. import plots
from ..auth import needs
from ..context import WebContext, channel_title, context_of
from ..measures import RANGES, Measures, Range, periods
from ..pages import fragment, in_place, page
from ..words import gettext

PAGE = "/admin/metrics"
USUAL = "7d"
NEVER_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def routes() -> list[web.RouteDef]:
    return [web.get(PAGE, figures_page), web.get(PAGE + r"/{chart:[a-z]{1,20}}.csv", chart_file)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something that figures can be shown of: a channel, a model; `value` as the address names it."""

    value: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks for."""

    range: str
    span: Range
    scope: str


@needs("viewer")
async def figures_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context, asked = context_of(request), _asked(request)
    measures, report = await _measures(context, asked)
    models = sorted(name[1:] for name in report.channels if name.startswith("@"))
    channels = {name for name in report.channels if not name.startswith("@")}
    channels |= set(context.inbound.channels)
    values: dict[str, Any] = {
        "member": member,
        "asked": asked,
        "ranges": {name: gettext(span.words) for name, span in RANGES.items()},
        "channels": [
            Choice(value=f"c:{name}", words=channel_title(context, name)) for name in sorted(channels)
        ],
        "models": [Choice(value=f"m:{name}", words=name) for name in models],
        "chosen": _written(asked.scope),
        "empty": measures.empty,
        "cards": [] if measures.empty else measures.cards(),
        "charts": [] if measures.empty else measures.charts(asked.scope),
        "patterns": plots.patterns(),
    }
    if in_place(request):
        return fragment("figures.html", "figures", **values)
    return page("figures.html", **values)


@needs("viewer")
async def chart_file(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """One chart as comma-separated values; 404 where it has nothing to show."""
    asked = _asked(request)
    measures, _ = await _measures(context_of(request), asked)
    name = request.match_info["chart"]
    found = next((chart for chart in measures.charts(asked.scope) if chart.id == name), None)
    if found is None:
        raise web.HTTPNotFound
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(map(_harmless, found.head))
    writer.writerows(map(_harmless, row) for row in found.rows)
    return web.Response(
        text=text.getvalue(),
        content_type="text/csv",
        headers={
            "Content-Disposition": f'attachment; filename="{name}-{asked.range}.csv"',
            "Cache-Control": "no-store",
        },
    )


async def _measures(context: WebContext, asked: Asked) -> tuple[Measures, figures.Report]:
    now = context.clock.now()
    these, before = periods(asked.span, now)
    report = await context.database.read(
        figures.report, asked.span.grain, these, before, asked.scope, asked.span.together
    )

    def title(name: str) -> str:
        return name[1:] if name.startswith("@") else channel_title(context, name)

    return Measures(report, asked.span, now, title), report


def _asked(request: web.Request) -> Asked:
    """The range and the scope of the address; what it does not know is as if it were not there."""
    name = request.query.get("range", "")
    if name not in RANGES:
        name = USUAL
    kind, _, value = request.query.get("of", "").partition(":")
    value = value.replace("\x00", "")[:31]
    scope = {"c": value, "m": f"@{value}"}.get(kind, "") if value else ""
    return Asked(range=name, span=RANGES[name], scope=scope)


def _written(scope: str) -> str:
    if not scope:
        return ""
    return f"m:{scope[1:]}" if scope.startswith("@") else f"c:{scope}"


def _harmless(value: str) -> str:
    """A spreadsheet takes what begins like a formula for one, and error codes are written by platforms."""
    number = value.lstrip("-").replace(".", "", 1).isdigit()
    return f"'{value}" if value.startswith(NEVER_FORMULAS) and not number else value
