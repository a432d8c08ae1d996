"""The audit log as administrators read it: filtered, page by page, exported, and its chain checked."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

import orjson
from aiohttp import web

from ...store import audit
from ...store.audit import Checked, Entry, Wanted
from ...store.staff import StaffMember
from ..auth import needs
from ..context import WebContext, context_of
from ..pages import fragment, in_place, page
from ..record import on_record
from ..words import N_, gettext

PAGE = 50
EXPORTED_AT_ONCE = 500
CHECKED_AT_ONCE = 2000
_FIELDS = ("actor", "action", "target", "since", "until")
NOT_STAFF = {
    "setup": N_("first setup"),
    "system": N_("the system"),
    "cli": N_("command line"),
    "anonymous": N_("nobody signed in"),
}
"""Actors of the log that are no staff member, in words."""


def routes() -> list[web.RouteDef]:
    return [
        web.get("/admin/audit", audit_page),
        web.get(r"/admin/audit/export.{kind:csv|jsonl}", export),
        web.post("/admin/audit/check", check),
    ]


@needs("admin")
async def audit_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return await _shown(request, member, None)


@needs("admin")
async def check(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Look at every row: does it follow the one before, and is it what was written?"""
    context = context_of(request)
    so_far = Checked()
    while not so_far.ended:
        so_far = await context.database.read(audit.check, so_far, CHECKED_AT_ONCE)
        await asyncio.sleep(0)
    await on_record(context, member, "audit.checked", detail={"rows": so_far.rows, "broken": so_far.broken})
    if in_place(request):
        return fragment("audit.html", "chain", checked=so_far)
    return await _shown(request, member, so_far)


@needs("admin")
async def export(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """All rows of the filter, newest first, as they are read; that it was asked for is on record before the first one."""
    context = context_of(request)
    wanted, faults = _wanted(request)
    if faults:
        raise web.HTTPBadRequest
    kind = request.match_info["kind"]
    chosen = {name: str(value) for name in _FIELDS if (value := getattr(wanted, name)) is not None}
    newest = await on_record(context, member, "audit.exported", detail={"kind": kind, "filter": chosen})
    day = context.clock.now().astimezone(UTC).date().isoformat()
    answer = web.StreamResponse(
        headers={
            "Content-Type": "text/csv; charset=utf-8"
            if kind == "csv"
            else "application/jsonl; charset=utf-8",
            "Content-Disposition": f'attachment; filename="audit-{day}.{kind}"',
            "Cache-Control": "no-store",
        }
    )
    await answer.prepare(request)
    write = _csv if kind == "csv" else _jsonl
    if kind == "csv":
        await answer.write(_csv_line(["id", "at", "actor", "name", "action", "target", "detail", "digest"]))
    async for entries in _pages(context, wanted, newest):
        names = await context.database.read(audit.names, {entry.actor for entry in entries})
        await answer.write(b"".join(write(entry, names.get(entry.actor, "")) for entry in entries))
    await answer.write_eof()
    return answer


async def _shown(request: web.Request, member: StaffMember, checked: Checked | None) -> web.StreamResponse:
    context = context_of(request)
    wanted, faults = _wanted(request)
    before = _number(request.query.get("before", ""))
    entries: list[Entry] = []
    if not faults:
        entries = await context.database.read(audit.newest, before=before, limit=PAGE + 1, wanted=wanted)
    names = await context.database.read(audit.names, {entry.actor for entry in entries})
    chosen = {name: request.query.get(name, "").strip() for name in _FIELDS}
    query = {name: value for name, value in chosen.items() if value}
    values: dict[str, Any] = {
        "member": member,
        "entries": entries[:PAGE],
        "who": _who(names),
        "detail": _detail,
        "link": _link,
        "chosen": chosen,
        "faults": faults,
        "filtered": bool(query),
        "first": before is None,
        "here_query": urlencode(query),
        "older": urlencode({**query, "before": entries[PAGE - 1].id}) if len(entries) > PAGE else None,
        "checked": checked,
    }
    if in_place(request):
        return fragment("audit.html", "log", **values)
    values["staff"] = await context.database.read(audit.everybody)
    values["others"] = NOT_STAFF
    values["actions"] = await context.database.read(audit.known_actions)
    return page("audit.html", status=422 if faults else 200, **values)


async def _pages(context: WebContext, wanted: Wanted, newest: int | None) -> AsyncIterator[list[Entry]]:
    before = newest
    while entries := await context.database.read(
        audit.newest, before=before, limit=EXPORTED_AT_ONCE, wanted=wanted
    ):
        yield entries
        before = entries[-1].id


# --- from rows to what is shown --------------------------------------------------------------------------


def _who(names: dict[str, str]) -> Callable[[str], str]:
    def name(actor: str) -> str:
        if actor in names:
            return names[actor]
        return gettext(NOT_STAFF[actor]) if actor in NOT_STAFF else actor

    return name


def _detail(entry: Entry) -> str:
    """What else is known, in one line."""
    return " · ".join(
        f"{name}: {value if isinstance(value, str | int | float) else orjson.dumps(value, default=str).decode()}"
        for name, value in (entry.detail or {}).items()
    )


_PLACES = {"conversation": "/admin/inbox/", "person": "/admin/people/"}


def _link(target: str | None) -> str | None:
    """The page of what a row is about, where there is one."""
    kind, _, number = (target or "").partition(":")
    return f"{_PLACES[kind]}{number}" if kind in _PLACES and number.isascii() and number.isdigit() else None


def _jsonl(entry: Entry, name: str) -> bytes:
    return orjson.dumps(
        {
            "id": entry.id,
            "at": entry.at.isoformat(),
            "actor": entry.actor,
            "name": name,
            "action": entry.action,
            "target": entry.target,
            "detail": entry.detail,
            "digest": entry.digest,
        },
        option=orjson.OPT_APPEND_NEWLINE,
    )


def _csv(entry: Entry, name: str) -> bytes:
    detail = orjson.dumps(entry.detail).decode() if entry.detail else ""
    at = entry.at.isoformat()
    return _csv_line(
        [entry.id, at, entry.actor, name, entry.action, entry.target or "", detail, entry.digest]
    )


def _csv_line(values: list[object]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow([_cell(value) for value in values])
    return line.getvalue().encode()


def _cell(value: object) -> object:
    """A spreadsheet must not take the words of a cell for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") and value else value


# --- from addresses to values ----------------------------------------------------------------------------


def _wanted(request: web.Request) -> tuple[Wanted, dict[str, str]]:
    """The filter, and what is wrong with it by field. Days are days of UTC, both of them included."""
    faults: dict[str, str] = {}
    texts = {
        name: request.query.get(name, "").strip()[:128] or None for name in ("actor", "action", "target")
    }
    days: dict[str, datetime | None] = {}
    for name in ("since", "until"):
        words = request.query.get(name, "").strip()
        days[name] = None
        try:
            if words:
                days[name] = datetime.combine(date.fromisoformat(words), time(), UTC)
        except ValueError:
            faults[name] = gettext("Write the day as 2026-12-31.")
    until = days["until"]
    if until is not None and until.year < 9999:
        until += timedelta(days=1)
    wanted = Wanted(**texts, since=days["since"], until=until)
    if wanted.since is not None and wanted.until is not None and wanted.since >= wanted.until:
        faults["until"] = gettext("The last day is before the first one.")
        wanted = replace(wanted, since=None, until=None)
    return wanted, faults


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
