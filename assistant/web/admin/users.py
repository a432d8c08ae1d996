"""Staff accounts: invitations, roles, and who may no longer sign in."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from ...errors import Conflict
from ...store import invites, second_factor, sessions, staff
from ...store.staff import Colleague, StaffMember, StaffRole
from .. import auth
from ..account import role_words
from ..auth import needs
from ..body import read_form
from ..context import context_of, over_https
from ..pages import page
from ..record import on_record
from ..signin import EMAIL_LENGTH
from ..words import N_, gettext

PAGE = "/admin/users"
LAST = N_("This is the last administrator. Make somebody else one first.")
DONE = {
    "role": N_("The role was given."),
    "disabled": N_("The account is disabled and signed out."),
    "enabled": N_("The account may sign in again."),
    "factor": N_("The second factor was reset."),
    "withdrawn": N_("The invitation was withdrawn."),
}


def routes() -> list[web.RouteDef]:
    one = PAGE + r"/{id:\d{1,18}}"
    return [
        web.get(PAGE, users_page),
        web.get(f"{PAGE}/invite", invite_form),
        web.post(f"{PAGE}/invite", invite),
        web.post(PAGE + r"/invites/{id:\d{1,18}}/withdraw", withdraw),
        web.get(one, user_page),
        web.post(f"{one}/role", give_role),
        web.post(f"{one}/disable", disable),
        web.post(f"{one}/enable", enable),
        web.post(f"{one}/reset-second-factor", reset_second_factor),
    ]


def _done(request: web.Request) -> str | None:
    words = DONE.get(request.query.get("done", "")) if request.method == "GET" else None
    return gettext(words) if words else None


@needs("admin")
async def users_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    after = request.query.get("after", "0")
    return page(
        "users.html",
        member=member,
        rows=await context.database.read(
            staff.colleagues, after=int(after) if after.isdecimal() and len(after) <= 18 else 0
        ),
        full=staff.PAGE,
        invites=await context.database.read(invites.listed, context.clock.now()),
        role_words=role_words,
        done=_done(request),
    )


# --- invitations -----------------------------------------------------------------------------------------


@needs("admin", fresh=True)
async def invite_form(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return _invite_page(member)


def _invite_page(
    member: StaffMember,
    *,
    status: int = 200,
    link: str | None = None,
    fault: str | None = None,
    email: str = "",
    chosen: str = StaffRole.REVIEWER.value,
) -> web.Response:
    return page(
        "user_invite.html",
        status=status,
        member=member,
        link=link,
        fault=fault,
        email=email,
        chosen=chosen,
        roles=list(StaffRole),
        role_words=role_words,
    )


@needs("admin", fresh=True)
async def invite(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """The link is in this answer and nowhere else; the database keeps its hash."""
    context = context_of(request)
    form = await read_form(request)
    email, role = form.get("email", "").strip(), form.get("role", "")
    if role not in list(StaffRole):
        raise web.HTTPBadRequest
    if email and ("@" not in email.strip("@") or len(email) > EMAIL_LENGTH or len(email.split()) > 1):
        fault = gettext("This is not an e-mail address. Check it.")
        return _invite_page(member, status=422, fault=fault, email=email, chosen=role)
    taken = await context.database.read(staff.is_taken, email)
    if taken:
        fault = gettext("This e-mail address has an account already.")
        return _invite_page(member, status=409, fault=fault, email=email, chosen=role)
    token, now = auth.new_token(), context.clock.now()
    made = await context.database.write(
        invites.create,
        token_hash=auth.token_hash(token),
        email=email,
        role=StaffRole(role),
        by=member.id,
        now=now,
    )
    await _note(request, member, "invite.made", f"invite:{made}", {"role": role})
    here = f"{'https' if over_https(request) else 'http'}://{request.host}"
    link = f"{context.settings.public_url or here}/invite?token={token}"
    return _invite_page(member, status=201, link=link)


@needs("admin")
async def withdraw(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    number = int(request.match_info["id"])
    if not await context.database.write(invites.withdraw, number, context.clock.now()):
        raise web.HTTPNotFound
    await _note(request, member, "invite.withdrawn", f"invite:{number}")
    raise web.HTTPSeeOther(f"{PAGE}?done=withdrawn")


# --- one account -----------------------------------------------------------------------------------------


@needs("admin", fresh=True)
async def user_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return _user_page(request, member, await _row(request))


async def _row(request: web.Request) -> Colleague:
    row = await context_of(request).database.read(staff.colleague, int(request.match_info["id"]))
    if row is None:
        raise web.HTTPNotFound
    return row


def _user_page(
    request: web.Request, member: StaffMember, row: Colleague, *, status: int = 200, fault: str | None = None
) -> web.Response:
    return page(
        "user.html",
        status=status,
        member=member,
        row=row,
        fault=fault,
        roles=list(StaffRole),
        role_words=role_words,
        done=_done(request),
    )


@needs("admin", fresh=True)
async def give_role(request: web.Request, member: StaffMember) -> web.StreamResponse:
    row = await _row(request)
    role = (await read_form(request)).get("role", "")
    if role not in list(StaffRole):
        raise web.HTTPBadRequest
    try:
        had = await context_of(request).database.write(staff.set_role, row.id, StaffRole(role))
    except Conflict:
        return _user_page(request, member, row, status=409, fault=gettext(LAST))
    if had.value != role:
        await _note(request, member, "role.changed", f"staff:{row.id}", {"from": had.value, "to": role})
    raise _back(row, "role")


@needs("admin", fresh=True)
async def disable(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    row = await _row(request)
    try:
        await context.database.write(staff.disable, row.id, context.clock.now())
    except Conflict:
        return _user_page(request, member, row, status=409, fault=gettext(LAST))
    await _note(request, member, "staff.disabled", f"staff:{row.id}")
    raise _back(row, "disabled")


@needs("admin", fresh=True)
async def enable(request: web.Request, member: StaffMember) -> web.StreamResponse:
    row = await _row(request)
    await context_of(request).database.write(staff.enable, row.id)
    await _note(request, member, "staff.enabled", f"staff:{row.id}")
    raise _back(row, "enabled")


@needs("admin", fresh=True)
async def reset_second_factor(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Somebody who had both still has the browsers in which they signed in: those end too."""
    context = context_of(request)
    row = await _row(request)
    await context.database.write(second_factor.remove, row.id)
    await context.database.write(
        sessions.close_all, row.id, but=auth.session_hash(request) if row.id == member.id else None
    )
    await _note(request, member, "second_factor.reset", f"staff:{row.id}")
    raise _back(row, "factor")


def _back(row: Colleague, done: str) -> web.HTTPSeeOther:
    return web.HTTPSeeOther(f"{PAGE}/{row.id}?done={done}")


async def _note(
    request: web.Request,
    member: StaffMember,
    action: str,
    target: str,
    detail: dict[str, Any] | None = None,
) -> None:
    context = context_of(request)
    await on_record(context, member, action, target, detail=detail)
