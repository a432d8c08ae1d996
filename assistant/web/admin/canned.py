"""Canned replies: texts that staff send often, by a short word and a language; administrators write them."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from ...errors import Conflict
from ...store import canned
from ...store.canned import Canned
from ...store.staff import StaffMember
from ..auth import needs
from ..body import read_form
from ..context import context_of
from ..pages import page
from ..record import on_record
from ..words import LANGUAGES, N_, gettext

PAGE = "/admin/canned"
FORM = 3 * 4 * canned.LONGEST + 1024
WRONG_WORD = N_("The word has small letters without accents, digits, - and _; at most 32 of them.")
WRONG_LANGUAGE = N_("Choose one of the languages.")
NO_TEXT = N_("Write the text.")
TOO_LONG = N_("The text may have at most {n} characters.")
TAKEN = N_(
    "There is a canned reply of that word in that language already, or there are too many: change or delete one."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What a form brought. `number` is that of the reply that is changed, 0 for a new one."""

    number: int = 0
    shortcut: str = ""
    language: str = "en"
    text: str = ""
    fault: str = ""


def routes() -> list[web.RouteDef]:
    one = PAGE + r"/{id:\d{1,18}}"
    return [
        web.get(PAGE, canned_page),
        web.post(PAGE, add),
        web.post(one, change),
        web.post(f"{one}/delete", delete),
    ]


@needs("reviewer")
async def canned_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return await _shown(request, member, Typed())


@needs("admin")
async def add(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return await _kept(request, member, await _typed(request, 0))


@needs("admin")
async def change(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return await _kept(request, member, await _typed(request, int(request.match_info["id"])))


@needs("admin")
async def delete(request: web.Request, member: StaffMember) -> web.StreamResponse:
    number = int(request.match_info["id"])
    if await context_of(request).database.write(canned.remove, number):
        await _record(request, member, "canned.deleted", number)
    raise web.HTTPSeeOther(PAGE)


async def _typed(request: web.Request, number: int) -> Typed:
    form = await read_form(request, FORM)
    shortcut = form.get("shortcut", "").strip().removeprefix("/").lower()
    language = form.get("language", "")
    text = form.get("text", "").replace("\r\n", "\n").replace("\x00", "").strip()
    fault = ""
    if not canned.SHORTCUT.fullmatch(shortcut):
        fault = gettext(WRONG_WORD)
    elif language not in LANGUAGES:
        fault = gettext(WRONG_LANGUAGE)
    elif not text:
        fault = gettext(NO_TEXT)
    elif len(text) > canned.LONGEST:
        fault = gettext(TOO_LONG).replace("{n}", str(canned.LONGEST))
    return Typed(number=number, shortcut=shortcut, language=language, text=text, fault=fault)


async def _kept(request: web.Request, member: StaffMember, typed: Typed) -> web.StreamResponse:
    if typed.fault:
        return await _shown(request, member, typed, status=422)
    context = context_of(request)
    now, number = context.clock.now(), typed.number
    words = (typed.shortcut, typed.language, typed.text)
    try:
        if number:
            await context.database.write(canned.change, number, *words, now)
        else:
            number = await context.database.write(canned.add, *words, member.id, now)
    except Conflict:
        taken = Typed(
            number=typed.number,
            shortcut=typed.shortcut,
            language=typed.language,
            text=typed.text,
            fault=gettext(TAKEN),
        )
        return await _shown(request, member, taken, status=409)
    await _record(request, member, "canned.changed" if typed.number else "canned.added", number)
    raise web.HTTPSeeOther(f"{PAGE}#r{number}")


async def _shown(
    request: web.Request, member: StaffMember, typed: Typed, *, status: int = 200
) -> web.StreamResponse:
    rows: list[Canned] = await context_of(request).database.read(canned.every)
    return page(
        "canned.html",
        status=status,
        member=member,
        rows=rows,
        typed=typed,
        may=member.role.value == "admin",
        longest=canned.LONGEST,
    )


async def _record(request: web.Request, member: StaffMember, action: str, number: int) -> None:
    context = context_of(request)
    await on_record(context, member, action, f"canned:{number}")
