"""The page `/invite`: who was invited chooses a name and a password, and is signed in."""

from __future__ import annotations

from aiohttp import web

from ..errors import Conflict, NotFound
from ..store import audit, invites
from ..store.invites import Invite
from . import auth
from .body import read_form
from .context import context_of
from .pages import page
from .record import actor
from .signin import HOME, account_fault, enter
from .words import LANGUAGES, gettext


def routes() -> list[web.RouteDef]:
    return [web.get("/invite", invite_form), web.post("/invite", accept)]


async def invite_form(request: web.Request) -> web.StreamResponse:
    token = request.query.get("token", "")
    return _page(await _found(request, token), token)


async def accept(request: web.Request) -> web.StreamResponse:
    context = context_of(request)
    form = await read_form(request)
    token, name = form.get("token", ""), form.get("name", "").strip()
    invite = await _found(request, token)
    if invite is None:
        return _page(None, token)
    email = invite.email or form.get("email", "").strip()
    fault = account_fault(email, name, form.get("password", ""), form.get("again", ""))
    if fault is not None:
        return _page(invite, token, status=422, fault=fault, name=name, email=email)
    now, language = context.clock.now(), form.get("language", "")
    try:
        member = await context.database.write(
            invites.accept,
            token_hash=auth.token_hash(token),
            email=email,
            name=name,
            password_hash=await auth.hash_password(form["password"]),
            language=language if language in LANGUAGES else None,
            now=now,
        )
    except NotFound:
        return _page(None, token)
    except Conflict:
        taken = gettext("This e-mail address has an account already. Sign in with it, or give another.")
        return _page(invite, token, status=409, fault=taken, name=name, email=email)
    detail = {"invite": invite.id, "role": member.role.value}
    await context.database.write(
        audit.append, now=now, actor=actor(member), action="invite.accepted", detail=detail
    )
    return await enter(request, member, HOME)


async def _found(request: web.Request, token: str) -> Invite | None:
    context = context_of(request)
    return await context.database.read(invites.find, auth.token_hash(token), context.clock.now())


def _page(
    invite: Invite | None,
    token: str,
    *,
    status: int = 200,
    fault: str | None = None,
    name: str = "",
    email: str = "",
) -> web.Response:
    status = 404 if invite is None else status
    return page("invite.html", status=status, invite=invite, token=token, fault=fault, name=name, email=email)
