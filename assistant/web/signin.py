"""The pages `/setup`, `/login` and `/logout`."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from aiohttp import web

from ..errors import Conflict
from ..store import audit, staff
from ..store.staff import StaffMember, StaffRole
from . import auth
from .body import read_form
from .context import context_of
from .pages import page

HOME = "/admin"
NAME_LENGTH = 128
EMAIL_LENGTH = 254
SAME_FAILURE = timedelta(minutes=1)
REFUSED = "E-mail or password is wrong, or there were too many attempts. Check both; after several failures wait some minutes."


def routes() -> list[web.RouteDef]:
    return [
        web.get("/setup", setup_form),
        web.post("/setup", setup),
        web.get("/login", login_form),
        web.post("/login", login),
        web.post("/logout", logout),
    ]


# --- first run -------------------------------------------------------------------------------------------


async def setup_form(request: web.Request) -> web.StreamResponse:
    context = context_of(request)
    if await context.database.read(staff.exists):
        raise web.HTTPSeeOther("/login")
    token = request.query.get("token", "")
    if not await asyncio.to_thread(auth.is_setup_token, context.setup_token_file, token):
        return page("setup.html", status=403, token=None, fault=None, email="", name="")
    return page("setup.html", token=token, fault=None, email="", name="")


async def setup(request: web.Request) -> web.StreamResponse:
    """Make the first administrator and sign in; the token is worth nothing afterwards."""
    context = context_of(request)
    form = await read_form(request)
    token, email, name = form.get("token", ""), form.get("email", "").strip(), form.get("name", "").strip()
    if not await asyncio.to_thread(auth.is_setup_token, context.setup_token_file, token):
        return page("setup.html", status=403, token=None, fault=None, email="", name="")
    fault = _fault(email, name, form.get("password", ""), form.get("again", ""))
    if fault is not None:
        return page("setup.html", status=422, token=token, fault=fault, email=email, name=name)
    password_hash = await auth.hash_password(form["password"])
    now = context.clock.now()
    try:
        made = await context.database.write(
            staff.create,
            email=email,
            name=name,
            role=StaffRole.ADMIN,
            password_hash=password_hash,
            now=now,
            first=True,
        )
    except Conflict:
        raise web.HTTPSeeOther("/login") from None
    await asyncio.to_thread(context.setup_token_file.unlink, True)
    member = StaffMember(id=made, email=email, name=name, role=StaffRole.ADMIN)
    await context.database.write(audit.append, now=now, actor=actor(member), action="setup")
    return await _enter(request, member, HOME)


def _fault(email: str, name: str, password: str, again: str) -> str | None:
    local, at, domain = email.partition("@")
    if (
        not (local and at and domain)
        or len(email) > EMAIL_LENGTH
        or any(character.isspace() for character in email)
    ):
        return "This is not an e-mail address. Check it."
    if not name or len(name) > NAME_LENGTH:
        return f"Give a name of at most {NAME_LENGTH} characters."
    if password != again:
        return "The two passwords differ. Type the same one twice."
    return auth.password_fault(password, email)


# --- every day -------------------------------------------------------------------------------------------


async def login_form(request: web.Request) -> web.StreamResponse:
    if await auth.signed_in(request) is not None:
        raise web.HTTPSeeOther(HOME)
    first_run = not await context_of(request).database.read(staff.exists)
    return page(
        "login.html", refused=None, email="", next=_inside(request.query.get("next", "")), first_run=first_run
    )


async def login(request: web.Request) -> web.StreamResponse:
    """The same work and the same words whether the address is unknown, the password wrong or the account locked."""
    context = context_of(request)
    form = await read_form(request)
    email, password = form.get("email", ""), form.get("password", "")
    account = await context.database.read(staff.account, email)
    now = context.clock.now()
    locked = account is not None and account.locked_until is not None and account.locked_until > now
    right = await auth.verify_password(account.password_hash if account else None, password)
    if account is None or locked or not right:
        if account is not None and not locked:
            await context.database.write(staff.record_failure, account.member.id, now)
        await context.database.write(
            audit.append,
            now=now,
            actor="anonymous",
            action="login_refused",
            target=actor(account.member) if account else None,
            once_per=SAME_FAILURE,
        )
        return page(
            "login.html",
            status=401,
            refused=REFUSED,
            email=email,
            next=_inside(form.get("next", "")),
            first_run=False,
        )
    rehashed = None
    if auth.hasher.check_needs_rehash(account.password_hash):
        rehashed = await auth.hash_password(password)
    await context.database.write(staff.record_success, account.member.id, rehashed)
    await context.database.write(audit.append, now=now, actor=actor(account.member), action="login")
    return await _enter(request, account.member, _inside(form.get("next", "")))


async def logout(request: web.Request) -> web.StreamResponse:
    context = context_of(request)
    member = await auth.signed_in(request)
    token = auth.session_token(request)
    if member is not None and token is not None:
        await context.database.write(staff.close_session, auth.token_hash(token))
        await context.database.write(
            audit.append, now=context.clock.now(), actor=actor(member), action="logout"
        )
    answer = web.Response(status=303, headers={"Location": "/login"})
    auth.drop_session(answer)
    return answer


async def _enter(request: web.Request, member: StaffMember, next_path: str) -> web.StreamResponse:
    """A new session each time; the one the browser came with ends."""
    context = context_of(request)
    old = auth.session_token(request)
    if old is not None:
        await context.database.write(staff.close_session, auth.token_hash(old))
    token = auth.new_token()
    await context.database.write(staff.open_session, auth.token_hash(token), member.id, context.clock.now())
    answer = web.Response(status=303, headers={"Location": next_path, "Cache-Control": "no-store"})
    auth.set_session(request, answer, token)
    return answer


def actor(member: StaffMember) -> str:
    """How the audit log names staff."""
    return f"staff:{member.id}"


def _inside(path: str) -> str:
    """Where to go after signing in: a staff page of ours, never another site."""
    if path == HOME or (path.startswith(("/admin/", "/admin?")) and "\\" not in path and path.isprintable()):
        return path
    return HOME
