"""The inbox: the list of conversations with its filters and counts, search, and saved views."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from aiohttp import web
from markupsafe import Markup

from ... import errors
from ...store import accounts, audit, inbox, labels, search, views
from ...store.database import together
from ...store.inbox import ConversationRow, Filter
from ...store.staff import StaffMember, StaffRole
from ...types import Mode
from ..alerts import alerts_of
from ..auth import needs
from ..body import read_form
from ..context import WebContext, channel_title, context_of
from ..once import ONCE
from ..pages import fragment, in_place, page, part
from ..record import actor
from ..words import N_, gettext, look

PAGE = "/admin/inbox"
HELD = "Held"
"""The header in which an open page says what it shows, `id:state` each."""
READ_ONCE_PER = timedelta(minutes=10)
REMEMBERED_READS = 2000
LONGEST_SEARCH = 200
TINTS = 6

_READS = web.AppKey("reads", dict[tuple[int, str], datetime])
_HERE = re.compile(r"/admin/inbox(/\d{1,18})?")

MODES = {
    Mode.BOT: N_("bot"),
    Mode.HUMAN: N_("staff answer"),
    Mode.PAUSED: N_("paused"),
    Mode.BLOCKED: N_("blocked"),
    Mode.OPTED_OUT: N_("the person opted out"),
}
STATES = {
    "needs": N_("Needs an answer"),
    "waiting": N_("Waiting for the model"),
    "failed": N_("Not delivered"),
    "dead": N_("Set aside"),
}
VERDICTS = {"good": N_("Good"), "bad": N_("Bad"), "unsure": N_("Unsure")}


def routes() -> list[web.RouteDef]:
    return [
        web.get(PAGE, conversations),
        web.post("/admin/inbox/views", save_view),
        web.post(r"/admin/inbox/views/{id:\d{1,18}}/delete", drop_view),
    ]


def prepare(app: web.Application) -> None:
    app[_READS] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A conversation as the list shows it; `peer` as far as the reader may see it."""

    row: ConversationRow
    name: str
    initials: str
    tint: int
    channel: str
    mode: str
    peer: str

    @property
    def state(self) -> str:
        """Another one as soon as anything that is shown is another."""
        return f"{zlib.crc32(repr((self.row, self.name, self.mode)).encode()):08x}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address of the list asks for; `query` says it again in as few words as possible, without the page."""

    words: str
    filter: Filter
    query: str
    values: dict[str, str]
    before: str

    def address(self, path: str = PAGE, **more: str) -> str:
        query = urlencode({**self.values, **more})
        return f"{path}?{query}" if query else path


@dataclass(frozen=True, slots=True, kw_only=True)
class HitLine:
    """A message that was found, as the list shows it."""

    hit: search.Hit
    name: str
    initials: str
    tint: int
    channel: str


# --- pages -----------------------------------------------------------------------------------------------


@needs("viewer")
async def conversations(request: web.Request, member: StaffMember) -> web.StreamResponse:
    wanted = asked(request.query, member)
    if in_place(request):
        values = await (found if wanted.words or wanted.before else newest)(request, member, wanted)
        answer = fragment("conversations.html", "found", **values)
        here = urlsplit(request.headers.get("HX-Current-URL", "")).path
        if _HERE.fullmatch(here) and request.headers.get("HX-Source", "").startswith("input"):
            answer.headers["HX-Replace-Url"] = wanted.address(here)
        return answer
    return page("conversations.html", member=member, **await beside(request, member, wanted))


Reads = tuple[Callable[..., Any], ...]


def around(context: WebContext, member: StaffMember, wanted: Asked) -> Reads:
    """What `beside` needs read, for `together`."""
    return (
        labels.names,
        labels.colleagues,
        partial(views.of, member=member.id),
        partial(accounts.held_up, now=context.clock.now()),
        *_listing(member, wanted),
    )


def _listing(member: StaffMember, wanted: Asked) -> Reads:
    counts = partial(inbox.counts, member=member.id)
    if wanted.words:
        return (counts,)
    return (counts, partial(inbox.page, wanted=wanted.filter, before=_cursor(wanted.before)))


async def beside(
    request: web.Request, member: StaffMember, wanted: Asked, read: Sequence[Any] | None = None
) -> dict[str, Any]:
    """What the pane of the list shows, filters included. `read`: what `around` found."""
    context = context_of(request)
    if read is None:
        read = await context.database.read(together, *around(context, member, wanted))
    names, colleagues, saved, held_up, *listed = read
    return {
        **await found(request, member, wanted, listed),
        "alerts": alerts_of(context, held_up),
        "channels": [(name, channel_title(context, name)) for name in sorted(context.inbound.channels)],
        "modes": MODES,
        "states": STATES,
        "verdicts": VERDICTS,
        "label_names": names,
        "colleagues": colleagues,
        "views": saved,
        "may": member.role.covers(StaffRole.REVIEWER),
        "admin": member.role is StaffRole.ADMIN,
    }


async def found(
    request: web.Request, member: StaffMember, wanted: Asked, read: Sequence[Any] | None = None
) -> dict[str, Any]:
    """The lines of the list, or what a search finds, with the counts above them."""
    context = context_of(request)
    if read is None:
        read = await context.database.read(together, *_listing(member, wanted))
    counts, *rest = read
    values: dict[str, Any] = {
        "asked": wanted,
        "counts": counts,
        "shown": _shown(wanted),
        "lines": [],
        "rows": None,
        "hits": None,
        "older": None,
        "partial": False,
        "sandbox": context.sandbox,
        "open": int(request.match_info.get("id", 0)),
        "me": str(member.id),
    }
    if wanted.words:
        before = int(wanted.before) if _is_number(wanted.before) else None
        conditions = inbox.conditions(wanted.filter)
        hits = await context.database.read(search.find, wanted.words, before=before, where=conditions)
        await log_read(request, member, "inbox.searched", None)
        older = str(hits.older) if hits.older is not None else None
        values |= {
            "hits": [hit_line(context, hit, member) for hit in hits.hits],
            "older": older,
            "partial": hits.partial,
        }
    else:
        listed: inbox.Page = rest[0]
        older = f"{listed.older[0].isoformat()}_{listed.older[1]}" if listed.older else None
        values |= {
            "lines": [line(context, row, member) for row in listed.rows],
            "older": older,
            "partial": listed.partial,
        }
    return values


async def newest(request: web.Request, member: StaffMember, wanted: Asked) -> dict[str, Any]:
    """The same for a list that every open page fetches when something happens: its rows are made once for all readers who
    see the same in them, and of a row that the page says it shows only the place is sent.
    """
    context, once = context_of(request), request.config_dict[ONCE]

    async def made() -> tuple[inbox.Page, list[_Row]]:
        listed: inbox.Page = await context.database.read(inbox.page, wanted=wanted.filter)
        lines = [line(context, row, member) for row in listed.rows]
        drawn = [part("inbox_rows.html", lines=[one], asked=wanted, open=0) for one in lines]
        return listed, [_row(one, row) for one, row in zip(lines, drawn, strict=True)]

    sees = (wanted.query, wanted.filter, member.role.covers(StaffRole.REVIEWER), look.get().language)
    listed, rows = await once.get(("inbox", *sees), made)
    counts = await once.get(
        ("counts", member.id), partial(context.database.read, inbox.counts, member=member.id)
    )
    held = set(request.headers.get(HELD, "").split(","))
    shown = [row.place if row.key in held else row.whole for row in rows]
    return await found(request, member, wanted, (counts, replace(listed, rows=[]))) | {
        "rows": Markup().join(shown)
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row as it is sent: `whole`, or its `place` to a page that holds `key`."""

    key: str
    place: Markup
    whole: Markup


def _row(line: Line, whole: Markup) -> _Row:
    id, state = f"c{line.row.id}", line.state
    place = Markup('<li id="{}" data-row data-state="{}" data-held></li>\n').format(id, state)
    return _Row(key=f"{id}:{state}", place=place, whole=whole)


@needs("viewer")
async def save_view(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Keep the filter under a name; only reviewers may share it."""
    context = context_of(request)
    form = await read_form(request)
    name = labels.plain(form.get("name", ""))[: views.NAME_LENGTH]
    wanted = asked(dict(parse_qsl(form.get("query", "")[: views.QUERY_LENGTH])), member)
    if not name or not wanted.query:
        raise web.HTTPBadRequest
    shared = form.get("shared") == "1" and member.role.covers(StaffRole.REVIEWER)
    now = context.clock.now()
    await context.database.write(views.save, member.id, name, wanted.query, now, shared=shared)
    raise web.HTTPSeeOther(wanted.address())


@needs("viewer")
async def drop_view(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """One's own; administrators also clear away what colleagues share."""
    number = int(request.match_info["id"])
    any_owner = member.role is StaffRole.ADMIN
    await context_of(request).database.write(views.drop, member.id, number, any_owner=any_owner)
    raise web.HTTPSeeOther(PAGE)


async def log_read(request: web.Request, member: StaffMember, action: str, target: str | None) -> None:
    """That staff read something is on record, once in a while: a page that refreshes itself is one reading."""
    context = context_of(request)
    now = context.clock.now()
    reads = request.config_dict[_READS]
    key = (member.id, f"{action} {target}")
    last = reads.get(key)
    if last is not None and now - last < READ_ONCE_PER:
        return
    await context.database.write(
        audit.append, now=now, actor=actor(member), action=action, target=target, once_per=READ_ONCE_PER
    )
    if len(reads) >= REMEMBERED_READS:
        reads.clear()
    reads[key] = now


# --- from rows to what is shown --------------------------------------------------------------------------


def line(context: WebContext, row: ConversationRow, member: StaffMember | None = None) -> Line:
    """One conversation in words; viewers see neither names nor numbers in full."""
    name = shown_name(row.name, row.peer, member)
    mode = gettext(MODES[Mode(row.mode)])
    if row.mode == Mode.HUMAN and row.taken_name:
        mode = gettext("{name} answers").replace("{name}", row.taken_name)
    return Line(
        row=row,
        name=name,
        initials=initials(row.name),
        tint=row.id % TINTS,
        channel=channel_title(context, row.channel),
        mode=f"{mode}: {row.mode_reason}" if row.mode_reason else mode,
        peer=hidden(row.peer),
    )


def hit_line(context: WebContext, hit: search.Hit, member: StaffMember) -> HitLine:
    return HitLine(
        hit=hit,
        name=shown_name(hit.name, hit.peer, member),
        initials=initials(hit.name),
        tint=hit.conversation % TINTS,
        channel=channel_title(context, hit.channel),
    )


def shown_name(name: str | None, peer: str, member: StaffMember | None) -> str:
    """A person's name, of which a viewer sees the first letters."""
    if not name or not name.strip():
        return gettext("Unnamed ({peer})").replace("{peer}", hidden(peer))
    if member is None or member.role.covers(StaffRole.REVIEWER):
        return name
    return " ".join(f"{word[0]}…" for word in name.split()[:3])


def hidden(peer: str) -> str:
    """The end of a number or an id: enough to tell two apart, too little to write to."""
    return f"…{peer[-4:]}" if len(peer) > 4 else "…"


def initials(name: str | None) -> str:
    letters = [word[0] for word in (name or "").split() if word[0].isalnum()]
    return "".join(letters[:1] + letters[1:][-1:]).upper() or "?"


def failure(code: str | None) -> str:
    """The sentence staff read for an error's code."""
    return gettext(_sentences().get(code or "", errors.SendError.staff))


def _sentences() -> dict[str, str]:
    found: dict[str, str] = {}
    waiting: list[type[errors.AssistantError]] = [errors.AssistantError]
    while waiting:
        kind = waiting.pop()
        found.setdefault(kind.code, kind.staff)
        waiting.extend(kind.__subclasses__())
    return found


# --- from addresses to values ----------------------------------------------------------------------------


def asked(query: Any, member: StaffMember) -> Asked:
    """The filter in an address; whatever it does not know, or cannot be, is left out."""
    given = {name: str(query.get(name, "")).replace("\x00", "").strip() for name in _PARAMETERS}
    words = " ".join(given["q"].split())[:LONGEST_SEARCH]
    if given["q"] and str(query.get("q", ""))[-1:].isspace():
        words += " "  # the last word is whole
    assignee = str(member.id) if given["assignee"] == "me" else given["assignee"]
    wanted = Filter(
        channel=given["channel"][:32] or None,
        mode=given["mode"] if given["mode"] in list(Mode) else None,
        state=given["state"] if given["state"] in inbox.STATES else None,
        label=labels.plain(given["label"]) or None,
        verdict=given["verdict"] if given["verdict"] in VERDICTS else None,
        language=given["language"][:16].lower() or None,
        flagged=given["flagged"] == "1",
        taken=given["taken"] == "1",
        assignee=int(assignee) if _is_number(assignee) else None,
        resolved={"yes": True, "no": False}.get(given["resolved"]),
        since=_day(given["since"]),
        until=_day(given["until"], days=1),
    )
    known = {field.name for field in fields(wanted) if getattr(wanted, field.name) not in (None, False)}
    if wanted.resolved is False:
        known.add("resolved")
    values = {"q": words.strip()} if words.strip() else {}
    values |= {name: given[name] for name in _PARAMETERS if name in known}
    return Asked(
        words=words if words.strip() else "",
        filter=wanted,
        query=urlencode(values),
        values=values,
        before=str(query.get("before", ""))[:80],
    )


_PARAMETERS = ("q", *(field.name for field in fields(Filter)))


def _shown(wanted: Asked) -> str:
    """Which of the usual kinds is shown; "" for all, "other" for any other filter."""
    if wanted.words:
        return "other"
    usual = {
        "": "",
        "state=needs": "needs",
        "state=waiting": "waiting",
        "state=failed": "failed",
        "flagged=1": "flagged",
        "taken=1": "taken",
        "assignee=me&resolved=no": "mine",
    }
    return usual.get(wanted.query, "other")


def _day(text: str, days: int = 0) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC) + timedelta(days=days)
    except (ValueError, OverflowError):
        return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


def _cursor(text: str) -> tuple[datetime, int] | None:
    at, _, number = text.rpartition("_")
    try:
        moment = datetime.fromisoformat(at)
        return (moment, int(number)) if moment.tzinfo is not None and _is_number(number) else None
    except ValueError:
        return None
