"""The home page: what needs somebody now, and how channels and models do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiohttp import web

from ...store import accounts, home, workers
from ...store.home import MOST, Needs
from ...store.staff import StaffMember
from ..alerts import alerts
from ..auth import needs
from ..context import WebContext, channel_title, context_of
from ..pages import fragment, in_place, page
from ..words import gettext

PAGE = "/admin"


def routes() -> list[web.RouteDef]:
    return [web.get(PAGE, home_page)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Something that waits for somebody. `tone`: bad where people are without an answer, wait where they wait."""

    id: str
    path: str
    title: str
    note: str
    count: int
    tone: str = ""

    @property
    def shown(self) -> str:
        return str(self.count) if self.count < MOST else f"{MOST - 1}+"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How a channel or a model does, in one line; `since` where that is known."""

    where: str
    path: str
    said: str
    tone: str = ""
    since: datetime | None = None


@needs("viewer")
async def home_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    now = context.clock.now()
    reviews = member.role.value != "viewer"
    found = await context.database.read(home.needs, member.id, now, reviews=reviews)
    values: dict[str, Any] = {
        "cards": cards(found),
        "nothing": found.nothing,
        "states": await _channels(context, now) + await _models(context, now, found),
        "alerts": await alerts(context),
        "reviews": reviews,
        "sandbox": context.sandbox,
    }
    if in_place(request):
        return fragment("home.html", "now", **values)
    return page("home.html", member=member, **values)


def cards(found: Needs) -> list[Card]:
    """What is more than nothing, the most urgent first."""
    _ = gettext
    inbox = "/admin/inbox"
    every = (
        Card(
            id="asked",
            path=f"{inbox}?mode=human",
            title=_("Waiting for a human"),
            note=_("conversations that nobody has taken"),
            count=found.asked,
            tone="bad",
        ),
        Card(
            id="dead",
            path="/admin/failed#dead",
            title=_("Messages without an answer"),
            note=_("every try failed"),
            count=found.dead,
            tone="bad",
        ),
        Card(
            id="failed",
            path="/admin/failed#unsent",
            title=_("Failed sends"),
            note=_("a platform refused an answer"),
            count=found.failed,
            tone="bad",
        ),
        Card(
            id="mine",
            path=f"{inbox}?taken=1",
            title=_("Taken over by you"),
            note=_("the model keeps quiet there"),
            count=found.mine,
            tone="wait",
        ),
        Card(
            id="flagged",
            path=f"{inbox}?flagged=1",
            title=_("Flagged"),
            note=_("somebody wanted a second look"),
            count=found.flagged,
            tone="wait",
        ),
        Card(
            id="paused",
            path="/admin/failed#paused",
            title=_("Paused conversations"),
            note=_("nobody answers there"),
            count=found.paused,
            tone="wait",
        ),
        Card(
            id="notices",
            path="/admin/channels",
            title=_("Notices of platforms"),
            note=_("urgent, and not seen yet"),
            count=found.notices,
            tone="bad",
        ),
        Card(
            id="items",
            path="/admin/review",
            title=_("To review"),
            note=_("answers that wait for your verdict"),
            count=found.items,
        ),
        Card(
            id="others",
            path=f"{inbox}?taken=1",
            title=_("Taken over by others"),
            note=_("colleagues answer there"),
            count=found.others,
        ),
    )
    return [card for card in every if card.count]


async def _channels(context: WebContext, now: datetime) -> list[State]:
    """A line for each channel that is held up, one for all the others together."""
    _ = gettext
    held = await context.database.read(accounts.held_up, now)
    found = []
    for one in held:
        title = channel_title(context, one.channel)
        if one.paused_reason:
            said = f"{_('paused:')} {one.paused_reason}"
        else:
            said = _("its platform does not answer")
        found.append(
            State(where=title, path="/admin/channels", said=said, tone="bad", since=one.silent_since)
        )
    names = {one.channel for one in held}
    well = [channel_title(context, name) for name in sorted(context.inbound.channels) if name not in names]
    if well:
        found.append(State(where=", ".join(well), path="/admin/channels", said=_("ready")))
    return found


async def _models(context: WebContext, now: datetime, found: Needs) -> list[State]:
    """How those who answer do; the queue before them."""
    _ = gettext
    rows = await context.database.read(workers.seen)
    here = [row for row in rows if now - row.seen_at <= workers.SILENT_AFTER]
    ready = [row for row in here if row.ready]
    states = [
        State(where=row.model, path="/admin/models", said=row.sentence or _("not ready"), tone="bad")
        for row in here
        if not row.ready
    ]
    if ready:
        said = _("{n} workers answer").replace("{n}", str(len(ready)))
        if len(ready) == 1:
            said = _("one worker answers")
        states.insert(0, State(where=ready[0].model, path="/admin/models", said=said))
    elif not here:
        states.append(
            State(
                where=_("Model"),
                path="/admin/models",
                said=_("no worker was seen in the last half minute: nobody answers"),
                tone="bad",
                since=rows[0].seen_at if rows else None,
            )
        )
    if found.waiting:
        count = str(found.waiting) if found.waiting < MOST else f"{MOST - 1}+"
        words = _("{n} conversations wait for the model").replace("{n}", count)
        if found.waiting == 1:
            words = _("one conversation waits for the model")
        states.append(
            State(where=_("Queue"), path="/admin/models", said=words, tone="wait", since=found.waiting_since)
        )
    return states
