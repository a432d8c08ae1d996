"""The models and workers as staff see them: how they do, what waits for them, how fast they write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiohttp import web

from ...store import load, workers
from ...store.staff import StaffMember
from ...store.workers import WorkerRow
from ..alerts import alerts
from ..auth import needs
from ..context import channel_title, context_of
from ..numbers import number, seconds, size
from ..pages import fragment, in_place, page
from ..words import gettext

PAGE = "/admin/models"


def routes() -> list[web.RouteDef]:
    return [web.get(PAGE, models_page)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A worker. `tone`: bad while it does not answer; `facts`: what is counted there, each with its words."""

    row: WorkerRow
    state: str
    tone: str
    facts: list[tuple[str, str]]


@needs("viewer")
async def models_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    now = context.clock.now()
    rows = await context.database.read(workers.seen)
    found = await context.database.read(load.load, now)
    values: dict[str, Any] = {
        "workers": [_shown(row, now) for row in rows],
        "note": context.engine_note(),
        "queue": _queue(found, now),
        "unsent": sorted((channel_title(context, name), one) for name, one in found.unsent.items()),
        "alerts": await alerts(context),
    }
    if in_place(request):
        return fragment("models.html", "now", **values)
    return page("models.html", member=member, **values)


def _shown(row: WorkerRow, now: datetime) -> Shown:
    _ = gettext
    state = row.state
    if now - row.seen_at > workers.SILENT_AFTER:
        said, tone = _("not seen any more"), "bad"
    elif not row.ready:
        said, tone = _("not ready"), "bad"
    else:
        said, tone = _("ready"), ""

    def of(part: str, whole: str) -> str:
        limit = int(state.get(whole, 0))
        return f"{int(state.get(part, 0))} / {limit}" if limit else str(int(state.get(part, 0)))

    read, kept = float(state.get("prompt_tokens", 0)), float(state.get("cached_tokens", 0))
    facts = [
        (_("Turns at work"), of("turns", "turns_at_once")),
        (_("Generations"), of("running", "slots")),
        (_("Waiting for a place"), str(int(state.get("waiting", 0)))),
        (_("Tokens a second"), number(float(state.get("tokens_per_second", 0)))),
        (_("Tokens read"), number(read)),
        (_("Of them kept before"), f"{kept / read:.0%}".replace("%", " %") if read else "—"),
        (_("Tokens written"), number(float(state.get("completion_tokens", 0)))),
        (
            _("Memory of its process"),
            size(float(state.get("memory_bytes", 0))) if state.get("memory_bytes") else "—",
        ),
        (_("Restarts"), str(int(state.get("restarts", 0)))),
    ]
    return Shown(row=row, state=said, tone=tone, facts=facts)


def _queue(found: load.Load, now: datetime) -> list[tuple[str, str]]:
    """What waits for all workers together."""
    _ = gettext
    oldest = seconds((now - found.first_at).total_seconds()) if found.first_at else "—"
    due = f"{load.MOST}+" if found.due >= load.MOST else str(found.due)
    return [
        (_("Conversations that want an answer"), due),
        (_("Of them being answered"), str(found.claimed)),
        (_("Oldest waits for"), oldest),
        (_("An answer would begin in"), seconds(found.expected)),
        (_("A turn takes"), seconds(found.turn.total_seconds()) if found.turn else "—"),
    ]
