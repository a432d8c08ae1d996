"""Administrators read who did what, filter it, take it along, and see whether a row was changed."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime, timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import Connection, delete, event, insert, update

from assistant.store import audit, models
from assistant.store.database import Database

from .conftest import Site
from .test_store import store

__all__ = ["store"]


async def _filled(site: Site, rows: int = 120) -> None:
    def fill(connection: Connection) -> None:
        for number in range(rows):
            audit.append(
                connection,
                now=site.clock.now() + timedelta(days=number % 2, seconds=number),
                actor="staff:1" if number % 3 else "cli",
                action="conversation_read" if number % 4 else "person.read",
                target=f"conversation:{number}",
                detail={"seq": number},
            )

    await site.database.write(fill)


def _ids(text: str) -> list[int]:
    return [int(number) for number in re.findall(r'<tr id="r(\d+)"', text)]


async def test_reads_and_acts_stand_under_the_names_of_staff_page_by_page(site: Site) -> None:
    await site.set_up()
    await _filled(site)
    seen: list[int] = []
    address: str | None = "/admin/audit"
    while address:
        text = await (await site.get(address)).text()
        seen += _ids(text)
        more = re.search(r'href="(/admin/audit\?[^"]*)" rel="next"', text)
        address = more[1].replace("&amp;", "&") if more else None
    assert seen == sorted(seen, reverse=True) and len(seen) == len(set(seen)) >= 121
    assert "Ada Lovelace" in text and "command line" in text and 'href="/admin/inbox/1"' in text
    assert "staff:1<" not in text


async def test_rows_are_found_by_who_what_about_whom_and_day(site: Site) -> None:
    await site.set_up()
    await _filled(site)
    today = site.clock.now().date()
    tomorrow = today + timedelta(days=1)
    for query, expected in (
        ("actor=cli", 40),
        ("action=person.read", 30),
        ("target=conversation:7", 1),
        ("actor=cli&action=person.read", 10),
        ("actor=staff:99", 0),
        (f"since={tomorrow}&until={tomorrow}", 60),
        (f"actor=cli&since={tomorrow}", 20),
        (f"until={today - timedelta(days=1)}", 0),
    ):
        text = await (await site.get(f"/admin/audit?{query}")).text()
        found = _ids(text)
        assert len(found) == min(expected, 50), query
        assert ("No row fits" in text) is (expected == 0), query
    wrong = await site.get("/admin/audit?since=yesterday&until=x")
    text = await wrong.text()
    assert wrong.status == 422 and text.count("Write the day as") == 2 and 'aria-invalid="true"' in text
    assert (await site.get(f"/admin/audit?since={tomorrow}&until={today}")).status == 422
    assert (await site.get("/admin/audit?until=9999-12-31&before=x&target=%00")).status in (200, 422)


async def test_the_log_is_taken_along_whole_and_no_cell_is_a_formula(site: Site) -> None:
    await site.set_up()
    await _filled(site, 1100)
    await site.database.write(
        audit.append, now=site.clock.now(), actor="cli", action="=2+2", target="+34600", detail={"a": 1}
    )
    answer = await site.get("/admin/audit/export.jsonl")
    lines = [orjson.loads(line) for line in (await answer.read()).splitlines()]
    assert len(lines) >= 1101 and len({line["id"] for line in lines}) == len(lines)
    assert lines[0]["action"] == "=2+2" and {line["name"] for line in lines} >= {"", "Ada Lovelace"}
    answer = await site.get("/admin/audit/export.csv?actor=cli")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    table = list(csv.reader(io.StringIO((await answer.read()).decode())))
    assert table[0][:3] == ["id", "at", "actor"] and len(table) == 367 + 1 + 1
    assert (table[1][4], table[1][5]) == ("'=2+2", "'+34600")
    kinds = [row.action for row in await site.database.read(audit.newest)]
    assert kinds[:2] == ["audit.exported", "audit.exported"]
    assert (await site.get("/admin/audit/export.csv?since=x")).status == 400


async def test_a_changed_row_is_named_by_the_check_and_a_whole_chain_says_so(site: Site) -> None:
    await site.set_up()
    await _filled(site)
    text = await (await site.post("/admin/audit/check")).text()
    assert "Whole: all 121 rows fit." in text and "First row:" in text
    part = await site.post("/admin/audit/check", headers={"HX-Request": "true"})
    assert "Whole: all 122 rows fit." in await part.text() and "<h1" not in await part.text()
    changed = models.audit.c.id == 60
    await site.database.write(
        lambda c: c.execute(update(models.audit).where(changed).values(actor="staff:2"))
    )
    assert "Broken at row 60" in await (await site.post("/admin/audit/check")).text()
    await site.database.write(lambda c: c.execute(delete(models.audit).where(changed)))
    assert "Broken at row 61" in await (await site.post("/admin/audit/check")).text()


async def test_only_administrators_read_the_audit_log(site: Site) -> None:
    await site.set_up()
    for role in ("reviewer", "viewer"):
        await site.database.write(lambda c, role=role: c.execute(update(models.staff).values(role=role)))  # type: ignore[misc]
        for path in ("/admin/audit", "/admin/audit/export.csv", "/admin/audit/export.jsonl"):
            assert (await site.get(path)).status == 403, path
        assert (await site.post("/admin/audit/check")).status == 403


async def test_every_filter_reads_along_an_index(store: Database) -> None:
    def fill(connection: Connection) -> None:
        now = datetime.fromisoformat("2026-11-30T12:00:00+00:00")
        row = {"previous": "", "digest": ""}
        connection.execute(
            insert(models.audit),
            [
                {"at": now, "actor": f"staff:{n % 5}", "action": f"a{n % 7}", "target": f"person:{n}", **row}
                for n in range(3000)
            ],
        )

    def plans(connection: Connection) -> str:
        sqlite = connection.dialect.name == "sqlite"
        if not sqlite:
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        seen: list[str] = []

        def explain(_: Any, __: Any, words: str, values: Any, *rest: Any) -> None:
            cursor = connection.connection.cursor()
            cursor.execute(f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}{words}", values)
            seen.append(" ".join(str(row) for row in cursor.fetchall()))
            cursor.close()

        event.listen(connection, "before_cursor_execute", explain)
        now = datetime.fromisoformat("2026-11-30T12:00:00+00:00")
        for wanted in ({"actor": "staff:1"}, {"action": "a1"}, {"target": "person:1"}, {"since": now}):
            audit.newest(connection, wanted=audit.Wanted(**wanted))
        words = "\n".join(seen)
        assert "TEMP B-TREE" not in words
        assert audit.known_actions(connection) == [f"a{n}" for n in range(7)]
        return words

    await store.write(fill)
    words = await store.write(plans)
    for name in ("ix_audit_actor", "ix_audit_action", "ix_audit_target", "ix_audit_at"):
        assert name in words, (name, words)


@pytest.mark.parametrize("path", ["/admin/audit", "/admin/audit?actor=nobody"])
async def test_the_page_is_one_fragment_in_place(site: Site, path: str) -> None:
    await site.set_up()
    part = await site.get(path, headers={"HX-Request": "true"})
    assert "<h1" not in await part.text() and part.status == 200
