"""The people who write: who they are everywhere, blocking, merging, export and erasure."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import orjson
from aiohttp import web

from ...errors import Conflict, NotFound
from ...inbound import STAFF_TOPIC
from ...store import audit, erasing, person_acts, person_pages
from ...store.person_pages import Person, PersonRow
from ...store.staff import StaffMember
from ...store.troubles import By
from ...types import Mode
from .. import archive
from ..auth import needs
from ..body import read_form
from ..context import WebContext, channel_title, context_of
from ..pages import fragment, in_place, page
from ..record import actor, on_record
from ..words import N_, gettext
from .audit import NOT_STAFF

PAGE = "/admin/people"
READ_ONCE_PER = timedelta(minutes=10)
LONGEST_QUERY = 256
MODES = {
    Mode.BOT: N_("the model answers"),
    Mode.HUMAN: N_("staff answer"),
    Mode.PAUSED: N_("paused"),
    Mode.BLOCKED: N_("blocked"),
    Mode.OPTED_OUT: N_("the person opted out"),
}
SOURCES = {
    "stated": N_("said by the person"),
    "platform": N_("from the platform"),
    "guessed": N_("guessed from messages"),
    "default": N_("assumed"),
}
DONE = {
    "blocked": N_("Blocked: nobody is answered on any channel."),
    "unblocked": N_("Lifted: the next message is answered again."),
    "merged": N_("Both are one person now."),
}
"""What the page says after an act led back to it."""

Act = Callable[..., list[int]]


def routes() -> list[web.RouteDef]:
    one = PAGE + r"/{id:\d{1,18}}"
    return [
        web.get(PAGE, people_page),
        web.get(f"{PAGE}/erased", erased_page),
        web.get(PAGE + r"/erased/{id:\d{1,18}}", receipt_page),
        web.get(one, person_page),
        web.post(f"{one}/reveal", reveal),
        web.post(f"{one}/block", block),
        web.post(f"{one}/unblock", unblock),
        web.get(f"{one}/export", export_page),
        web.post(f"{one}/export", export),
        web.get(f"{one}/merge", merge_page),
        web.post(f"{one}/merge", merge),
        web.get(f"{one}/erase", erase_page),
        web.post(f"{one}/erase", erase),
    ]


# --- finding and reading ---------------------------------------------------------------------------------


@needs("reviewer")
async def people_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """All people, the newest first; or who has exactly this alias, and then whose name begins so."""
    context = context_of(request)
    query = " ".join(request.query.get("q", "").replace("\x00", "").split())[:LONGEST_QUERY]
    place = _number(request.query.get("after", ""))
    known: list[PersonRow] = []
    if query:
        if place is None:
            known = await context.database.read(person_pages.known_as, query)
        rows, more = await context.database.read(person_pages.named, query, after=place)
    else:
        rows, more = await context.database.read(person_pages.newest, before=place)
    there = {row.id for row in known}
    values: dict[str, Any] = {
        "member": member,
        "query": query,
        "people": [*known, *(row for row in rows if row.id not in there)],
        "more": urlencode({**({"q": query} if query else {}), "after": rows[-1].id}) if more else None,
        "first": place is None,
        "title": lambda name: channel_title(context, name),
    }
    if in_place(request):
        return fragment("people.html", "found", **values)
    return page("people.html", **values)


@needs("reviewer")
async def person_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    person = await _person(request)
    await _on_record(request, member, "person.read", once=True)
    return _shown(request, member, person, revealed=False)


@needs("reviewer")
async def reveal(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Show numbers and ids in full, this once; that it was done is on record."""
    person = await _person(request)
    await _on_record(request, member, "person.revealed")
    return _shown(request, member, person, revealed=True)


@needs("admin")
async def erased_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    before = _number(request.query.get("before", ""))
    rows = await context.database.read(person_pages.erased, before=before)
    names = await context.database.read(audit.names, {row.actor for row in rows})
    full = len(rows) == person_pages.PAGE
    return page(
        "people_erased.html", member=member, rows=rows, who=_who(names), older=rows[-1].id if full else None
    )


@needs("admin")
async def receipt_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    row = await context.database.read(person_pages.receipt, int(request.match_info["id"]))
    names = await context.database.read(audit.names, {row.actor})
    return page(
        "people_receipt.html",
        member=member,
        row=row,
        who=_who(names),
        total=sum(count for count in row.receipt.values() if isinstance(count, int)),
        fresh="kept" in request.query,
        log_kept=request.query.get("kept") == "1",
        sqlite=context.database.is_sqlite,
    )


# --- blocking and merging --------------------------------------------------------------------------------


@needs("admin")
async def block(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return await _changed(request, member, person_acts.block, "blocked")


@needs("admin")
async def unblock(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return await _changed(request, member, person_acts.unblock, "unblocked")


@needs("admin", fresh=True)
async def merge_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """With whom; and with `with`, an alias or a number of a person, both side by side before anything happens."""
    person = await _person(request)
    words = request.query.get("with", "").strip()[:LONGEST_QUERY]
    others = await _others(context_of(request), words, person.id) if words else []
    fault = None
    if words and not others:
        fault = gettext("Nobody else is known by that number, username or id.")
    return _merging(request, member, person, words, others, fault)


@needs("admin", fresh=True)
async def merge(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    person = await _person(request)
    other = _number((await read_form(request)).get("other", ""))
    if other is None:
        raise web.HTTPBadRequest
    try:
        await context.database.write(person_acts.merge, person.id, other, _by(context, member))
    except (Conflict, NotFound) as error:
        same = gettext("This is the same person.")
        gone = gettext("The other person is no longer there.")
        words = same if isinstance(error, Conflict) else gone
        return _merging(request, member, person, "", [], words, status=409)
    await _tell(context, [talk.id for talk in person.conversations])
    raise web.HTTPSeeOther(f"{PAGE}/{person.id}?done=merged")


async def _others(context: WebContext, words: str, person: int) -> list[Person]:
    rows = await context.database.read(person_pages.known_as, words, limit=5)
    ids = [row.id for row in rows]
    number = _number(words.removeprefix("#"))
    if number is not None and number not in ids:
        ids.append(number)
    found = []
    for one in ids:
        if one != person:
            try:
                found.append(await context.database.read(person_pages.person, one))
            except NotFound:
                continue
    return found


def _merging(
    request: web.Request,
    member: StaffMember,
    person: Person,
    words: str,
    others: list[Person],
    fault: str | None,
    *,
    status: int = 200,
) -> web.StreamResponse:
    return page(
        "people_merge.html",
        status=422 if fault and status == 200 else status,
        words=words,
        others=others,
        fault=fault,
        **_common(request, member, person),
    )


# --- export and erasure ----------------------------------------------------------------------------------


@needs("admin", fresh=True)
async def export_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return page("people_export.html", **_common(request, member, await _person(request)))


@needs("admin", fresh=True)
async def export(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Everything kept of the person as a ZIP."""
    context = context_of(request)
    person = await _person(request)
    await _on_record(request, member, "person.exported")
    made = await archive.archive(
        context.database,
        context.settings.data,
        person.id,
        now=context.clock.now(),
        title=lambda name: channel_title(context, name),
    )
    with made:
        size = await asyncio.to_thread(_size, made)
        answer = web.StreamResponse(
            headers={
                "Content-Type": "application/zip",
                "Content-Disposition": f'attachment; filename="person-{person.id}.zip"',
                "Content-Length": str(size),
                "Cache-Control": "no-store",
            }
        )
        await answer.prepare(request)
        while chunk := await asyncio.to_thread(made.read, archive.CHUNK):
            await answer.write(chunk)
        await answer.write_eof()
    return answer


@needs("admin", fresh=True)
async def erase_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    person = await _person(request)
    return _erasing(request, member, person, None)


@needs("admin", fresh=True)
async def erase(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Delete everything, once the name was typed."""
    context = context_of(request)
    person = await _person(request)
    typed = (await read_form(request)).get("name", "")
    if _plain(typed) != _plain(confirmed_by(person)):
        fault = gettext("That is not the name. Nothing was deleted.")
        return _erasing(request, member, person, fault, status=422)
    receipt = await erasing.erase(
        context.database,
        context.settings.data,
        person.id,
        actor=actor(member),
        now=context.clock.now(),
    )
    await _tell(context, [talk.id for talk in person.conversations])
    raise web.HTTPSeeOther(f"{PAGE}/erased/{receipt.id}?kept={int(not receipt.log_emptied)}")


def confirmed_by(person: Person) -> str:
    """What is typed before this person is erased: their name, or "person 12" for one without."""
    return " ".join((person.name or "").split()) or f"person {person.id}"


def _erasing(
    request: web.Request, member: StaffMember, person: Person, fault: str | None, *, status: int = 200
) -> web.StreamResponse:
    return page(
        "people_erase.html",
        status=status,
        fault=fault,
        confirm=confirmed_by(person),
        raw_days=context_of(request).settings.raw_days,
        **_common(request, member, person),
    )


# --- what they share -------------------------------------------------------------------------------------


async def _person(request: web.Request) -> Person:
    return await context_of(request).database.read(person_pages.person, int(request.match_info["id"]))


def _by(context: WebContext, member: StaffMember) -> By:
    return By(staff=member.id, actor=actor(member), at=context.clock.now())


async def _on_record(request: web.Request, member: StaffMember, action: str, *, once: bool = False) -> None:
    context = context_of(request)
    await on_record(
        context,
        member,
        action,
        f"person:{int(request.match_info['id'])}",
        once_per=READ_ONCE_PER if once else None,
    )


async def _changed(request: web.Request, member: StaffMember, act: Act, done: str) -> web.StreamResponse:
    context = context_of(request)
    number = int(request.match_info["id"])
    await _tell(context, await context.database.write(act, number, _by(context, member)))
    if in_place(request):
        person = await _person(request)
        values = _common(request, member, person)
        return fragment("person.html", "standing", revealed=False, done=gettext(DONE[done]), **values)
    raise web.HTTPSeeOther(f"{PAGE}/{number}?done={done}")


async def _tell(context: WebContext, talks: list[int]) -> None:
    """Every staff page shows these conversations anew."""
    for number in talks:
        frame = {"kind": "mode", "conversation": number, "seq": 0}
        await context.bus.publish(STAFF_TOPIC, orjson.dumps(frame))


def _shown(
    request: web.Request, member: StaffMember, person: Person, *, revealed: bool
) -> web.StreamResponse:
    done = DONE.get(request.query.get("done", ""))
    values = _common(request, member, person)
    if in_place(request):
        return fragment("person.html", "identities", revealed=revealed, **values)
    return page("person.html", revealed=revealed, done=gettext(done) if done else None, **values)


def _common(request: web.Request, member: StaffMember, person: Person) -> dict[str, Any]:
    context = context_of(request)
    return {
        "member": member,
        "person": person,
        "called": person.name or gettext("Unnamed person"),
        "may": member.role.value == "admin",
        "title": lambda name: channel_title(context, name),
        "mode": lambda name: gettext(MODES[Mode(name)]) if name in set(Mode) else name,
        "source": lambda name: gettext(SOURCES[name]) if name in SOURCES else name,
        "masked": masked,
        "full": person_pages.SHOWN,
    }


def masked(value: str) -> str:
    """A number or id as it is shown until somebody asks for it: its end is enough to tell two apart."""
    return f"…{value[-4:]}" if len(value) > 6 else "…"


def _who(names: dict[str, str]) -> Callable[[str], str]:
    return lambda one: names.get(one) or (gettext(NOT_STAFF[one]) if one in NOT_STAFF else one)


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def _size(file: Any) -> int:
    size = int(file.seek(0, 2))
    file.seek(0)
    return size


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
