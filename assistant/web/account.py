"""The page `/account`: one's own name, password, sessions, language, colours, keys and API tokens."""

from __future__ import annotations

from aiohttp import web

from ..store import audit, sessions, staff
from ..store.staff import StaffMember
from . import auth
from .auth import PROVE, needs
from .body import read_form
from .context import context_of
from .pages import page
from .signin import actor, inside, right_password
from .words import N_, gettext

WRONG = N_(
    "The password is wrong, or there were too many attempts. After several failures wait some minutes."
)


def routes() -> list[web.RouteDef]:
    return [
        web.get("/account", account),
        web.get(PROVE, prove_form),
        web.post(PROVE, prove),
    ]


@needs("viewer")
async def account(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return page("account.html", member=member)


# --- the password again, before what cannot be undone ----------------------------------------------------


@needs("viewer")
async def prove_form(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return page("prove.html", member=member, refused=None, next=inside(request.query.get("next", "")))


@needs("viewer")
async def prove(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Wrong passwords count as they do at the sign-in page."""
    context = context_of(request)
    form = await read_form(request)
    next_path, mine = inside(form.get("next", "")), auth.session_hash(request)
    found = await context.database.read(staff.account_of, member.id)
    if found is None or not await right_password(request, found, form.get("password", "")):
        return page("prove.html", status=401, member=member, refused=gettext(WRONG), next=next_path)
    now = context.clock.now()
    await context.database.write(staff.record_success, member.id)
    await context.database.write(sessions.prove, mine, now)
    await context.database.write(audit.append, now=now, actor=actor(member), action="password.proved")
    raise web.HTTPSeeOther(next_path)
