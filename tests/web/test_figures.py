"""The figures page: what is counted is what is shown, of a channel or a model, as a plot, a table and a file."""

from __future__ import annotations

import csv
import io
import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, and_, event, func, or_, select, update

from assistant.store import cursors, figures, models, rollups
from assistant.store.database import Database
from assistant.web.measures import RANGES, Measures, periods

from .conftest import Site

PAGE = "/admin/metrics"


def filled(now: datetime, days: int = 3, channels: int = 2) -> Any:
    """A database in which an hour a day saw ten answers of each channel, two failed sends and verdicts."""

    def fill(connection: Connection) -> None:
        found = rollups.Gathered(now=now, position=rollups.Position(turns=1))
        for day in range(days):
            at = now - timedelta(days=day, hours=1)
            for number in range(channels):
                where = rollups.scopes(("alpha", "beta", "gamma", "delta", "eps")[number], "demo-1")
                found.add("replies", at, where, "assistant", 10)
                found.add("hour", at, where, f"{at:%H}", 10, grains="d")
                found.add("people", at, where, "", 4)
                found.add("messages", at, where, "", 12)
                found.add("outcome", at, where, "answered", 10)
                found.add("outcome", at, where, "dead")
                found.add("sends", at, where, "sent", 18)
                found.add("sends", at, where, "failed", 2)
                found.add("failed", at, where, "=1+1", 2)
                found.add("verdict", at, where, "good", 3)
                found.add("persona", at, where, "7:good", 3)
                found.add("persona", at, where, "7:bad")
                found.add("tokens", at, where, "completion", 300)
                for kind in ("first", "full"):
                    for bucket in range(20, 45):
                        found.add(kind, at, where, f"b{bucket}")
                for stage in ("queue", "prefill", "decode", "send"):
                    found.add("stage", at, where, stage, 20)
                    found.add("stage_n", at, where, stage, 10)
        cursors.hold(connection, rollups.CURSOR, "test", now, timedelta(minutes=10))
        assert rollups.write(connection, "test", rollups.Position(), found)

    return fill


async def _open(site: Site, days: int = 3) -> None:
    await site.set_up()
    await site.database.write(filled(site.clock.now(), days))


async def test_without_figures_the_page_says_so(site: Site) -> None:
    await site.set_up()
    text = await (await site.get(PAGE)).text()
    assert "No data in range." in text and '<svg class="plot"' not in text


@pytest.mark.parametrize("range_", RANGES)
async def test_every_range_shows_cards_plots_tables_and_files(site: Site, range_: str) -> None:
    await _open(site)
    text = await (await site.get(f"{PAGE}?range={range_}")).text()
    charts = (
        "replies",
        "first",
        "full",
        "stages",
        "speed",
        "tokens",
        "errors",
        "outcomes",
        "hours",
        "personas",
    )
    for chart in charts:
        assert f'id="chart-{chart}"' in text and f"{PAGE}/{chart}.csv?range={range_}" in text, chart
    assert text.count('<svg class="plot"') == len(charts) == text.count('<details class="numbers">')
    assert 'aria-current="page"' in text and "style=" not in text
    answers = {"24h": "20", "7d": "60", "30d": "60", "90d": "60"}[range_]
    assert f'<p class="title">Answers</p>\n<p class="figure">{answers}</p>' in text


async def test_a_channel_or_a_model_shows_its_own_figures_only(site: Site) -> None:
    await _open(site)
    for of, answers in (("", 60), ("c:alpha", 30), ("c:beta", 30), ("m:demo-1", 60)):
        text = await (await site.get(f"{PAGE}?range=30d&of={of}")).text()
        assert f'<p class="figure">{answers}</p>' in text, of
    for of in ("c:nobody", "m:nobody"):
        assert "No data in range." in await (await site.get(f"{PAGE}?of={of}")).text()


@pytest.mark.parametrize("query", ["range=1y", "of=c%3A%00", "of=" + "x" * 3000, "range[]=1", "of=m:%22%3E"])
async def test_whatever_an_address_asks_for_there_is_a_page(site: Site, query: str) -> None:
    await site.set_up()
    assert (await site.get(f"{PAGE}?{query}")).status == 200


async def test_a_file_holds_the_table_and_no_formula(site: Site) -> None:
    await _open(site)
    answer = await site.get(f"{PAGE}/replies.csv?range=30d")
    rows = list(csv.reader(io.StringIO(await answer.text())))
    assert answer.content_type == "text/csv" and "replies-30d.csv" in answer.headers["Content-Disposition"]
    assert rows[0] == ["From (UTC)", "Alpha", "Beta"] and len(rows) == 31
    assert sum(int(row[1]) for row in rows[1:]) == 30
    codes = list(csv.reader(io.StringIO(await (await site.get(f"{PAGE}/errors.csv")).text())))
    assert codes[1] == ["'=1+1", "12"]
    assert (await site.get(f"{PAGE}/nothing.csv")).status == 404


async def test_in_place_only_the_figures_come(site: Site) -> None:
    await _open(site)
    text = await (await site.get(f"{PAGE}?range=7d", headers={"HX-Request": "true"})).text()
    assert "<html" not in text and 'id="chart-replies"' in text


async def test_a_change_compares_with_as_long_a_time_before(site: Site) -> None:
    await site.set_up()
    now = site.clock.now()
    await site.database.write(filled(now, days=2))
    measures = await _measures(site.database, now, "24h")
    card = next(card for card in measures.cards() if card.id == "replies")
    assert (card.value, card.change) == ("20", "+0 %")
    failed = next(card for card in measures.cards() if card.id == "failed")
    assert failed.value == "10.0 %" and failed.way == ""
    week = await _measures(site.database, now, "7d")
    assert next(card for card in week.cards() if card.id == "replies").change == "nothing to compare with"
    people = next(card for card in week.cards() if card.id == "people")
    assert people.value == "2", "sixteen people on two of eight days"


async def test_the_figures_on_the_page_are_those_of_the_store(site: Site) -> None:
    await _open(site)
    measures = await _measures(site.database, site.clock.now(), "30d")
    charts = {chart.id: chart for chart in measures.charts("")}
    assert charts["personas"].rows == [["version 7", "75.0 %", "55.1 %", "88.0 %", "24"]]
    assert charts["outcomes"].rows == [["no answer: set aside", "6"]]
    spent = next(row for row in charts["stages"].rows if row[1] != "0")
    assert spent[1:] == ["2", "2", "2", "2"]
    heat = {row[0]: [int(cell) for cell in row[1:]] for row in charts["hours"].rows}
    assert sum(map(sum, heat.values())) == 60 and heat["Mon"][13] == 20


async def test_ninety_days_of_everything_read_few_rows_and_little_time(site: Site) -> None:
    """Five channels, every label: what is read must stay far below 26,000 rows."""
    await site.set_up()
    now = site.clock.now()
    await site.database.write(filled(now, days=180, channels=5))
    these, before = periods(RANGES["90d"], now)

    def count(connection: Connection) -> int:
        table = models.rollups.c
        periods_ = table.at.in_([*these, *before])
        mine = and_(rollups.named("d", rollups.NAMES), table.channel == "")
        read = select(func.count()).where(periods_, or_(mine, rollups.named("d", ("replies",))))
        return int(connection.execute(read).scalar_one())

    assert await site.database.read(count) < 26_000
    took = []
    for _ in range(3):
        began = time.perf_counter()
        assert (await site.get(f"{PAGE}?range=90d")).status == 200
        took.append(time.perf_counter() - began)
    assert min(took) < 1.5, "a machine under load; alone it takes a twentieth of this"


async def test_no_read_of_the_figures_looks_through_the_whole_table(site: Site) -> None:
    await _open(site)
    these, before = periods(RANGES["7d"], site.clock.now())
    plans = await _plans(site.database, figures.report, "h", these, before, "")
    assert plans and not [plan for plan in plans if "SCAN" in plan and "CONSTANT" not in plan], plans


async def test_viewers_may_look_and_strangers_may_not(site: Site) -> None:
    await _open(site)
    await site.database.write(lambda c: c.execute(update(models.staff).values(role="viewer")))
    assert (await site.get(PAGE)).status == 200
    assert (await site.get(f"{PAGE}/replies.csv")).status == 200
    site.client.cookie_jar.clear()
    assert (await site.get(PAGE)).status == 303


async def _measures(database: Database, now: datetime, name: str) -> Measures:
    these, before = periods(RANGES[name], now)
    report = await database.read(figures.report, RANGES[name].grain, these, before, "", RANGES[name].together)
    return Measures(report, RANGES[name], now, str)


async def _plans(database: Database, function: Any, *args: Any, **kwargs: Any) -> list[str]:
    """How SQLite finds the rows of every statement of a function."""

    def explain(connection: Connection) -> list[str]:
        asked: list[tuple[str, Any]] = []

        def before(_c: Any, _cursor: Any, statement: str, parameters: Any, _x: Any, _many: bool) -> None:
            asked.append((statement, parameters))

        event.listen(connection, "before_cursor_execute", before)
        function(connection, *args, **kwargs)
        event.remove(connection, "before_cursor_execute", before)
        return [
            row[3]
            for statement, parameters in asked
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]

    return await database.read(explain)


plans_of = _plans
