"""The pages `/setup`, `/login`, `/login/totp` and `/logout`."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from aiohttp import web

from ..errors import Conflict
from ..store import audit, lockouts, review_leases, second_factor, sessions, staff
from ..store.staff import Account, StaffMember, StaffRole
from . import auth, origins, totp
from .body import read_form
from .context import context_of
from .pages import page
from .record import actor
from .words import LANGUAGES, N_, gettext

HOME = "/admin"
CODE = "/login/totp"
_OURS = ("/admin/", "/admin?", "/account")
NAME_LENGTH = 128
EMAIL_LENGTH = 254
REFUSED = N_(
    "E-mail or password is wrong, or there were too many attempts. Check both; after several failures wait some minutes."
)
CODE_REFUSED = N_(
    "This code is wrong or was used already, or there were too many attempts. Wait for the next one; after several "
    "failures wait some minutes."
)


def routes() -> list[web.RouteDef]:
    return [
        web.get("/setup", setup_form),
        web.post("/setup", setup),
        web.get("/login", login_form),
        web.post("/login", login),
        web.get(CODE, code_form),
        web.post(CODE, code),
        web.post("/logout", logout),
    ]


# --- first run -------------------------------------------------------------------------------------------


async def setup_form(request: web.Request) -> web.StreamResponse:
    context = context_of(request)
    if await context.database.read(staff.exists):
        raise web.HTTPSeeOther("/login")
    token = request.query.get("token", "")
    if not await asyncio.to_thread(auth.is_setup_token, context.setup_token_file, token):
        return _setup_page(403, None)
    return _setup_page(200, token)


async def setup(request: web.Request) -> web.StreamResponse:
    """Make the first administrator and sign in; the token is worth nothing afterwards."""
    context = context_of(request)
    form = await read_form(request)
    token, email, name = form.get("token", ""), form.get("email", "").strip(), form.get("name", "").strip()
    if not await asyncio.to_thread(auth.is_setup_token, context.setup_token_file, token):
        return _setup_page(403, None)
    fault = account_fault(email, name, form.get("password", ""), form.get("again", ""))
    if fault is not None:
        return _setup_page(422, token, fault=fault, email=email, name=name)
    password_hash = await auth.hash_password(form["password"])
    now = context.clock.now()
    language = form.get("language")
    try:
        made = await context.database.write(
            staff.create,
            email=email,
            name=name,
            role=StaffRole.ADMIN,
            password_hash=password_hash,
            now=now,
            first=True,
            language=language if language in LANGUAGES else None,
        )
    except Conflict:
        raise web.HTTPSeeOther("/login") from None
    await asyncio.to_thread(context.setup_token_file.unlink, True)
    member = StaffMember(id=made, email=email, name=name, role=StaffRole.ADMIN)
    await context.database.write(audit.append, now=now, actor=actor(member), action="setup")
    return await enter(request, member, HOME)


def _setup_page(
    status: int, token: str | None, *, fault: str | None = None, email: str = "", name: str = ""
) -> web.Response:
    return page("setup.html", status=status, token=token, fault=fault, email=email, name=name)


def account_fault(email: str, name: str, password: str, again: str) -> str | None:
    """What is wrong with a new account, as one sentence; None when all is well."""
    local, at, domain = email.partition("@")
    if (
        not (local and at and domain)
        or len(email) > EMAIL_LENGTH
        or any(character.isspace() for character in email)
    ):
        return gettext("This is not an e-mail address. Check it.")
    return name_fault(name) or new_password_fault(password, again, email)


def name_fault(name: str) -> str | None:
    if not name or len(name) > NAME_LENGTH:
        return gettext("Give a name of at most {n} characters.").replace("{n}", str(NAME_LENGTH))
    return None


def new_password_fault(password: str, again: str, email: str) -> str | None:
    if password != again:
        return gettext("The two passwords differ. Type the same one twice.")
    return auth.password_fault(password, email)


# --- every day -------------------------------------------------------------------------------------------


async def login_form(request: web.Request) -> web.StreamResponse:
    if await auth.signed_in(request) is not None:
        raise web.HTTPSeeOther(HOME)
    first_run = not await context_of(request).database.read(staff.exists)
    next_path = inside(request.query.get("next", ""))
    return page("login.html", refused=None, email="", next=next_path, first_run=first_run)


async def login(request: web.Request) -> web.StreamResponse:
    """The same work and the same words whether the address is unknown, the password wrong or the account locked."""
    context = context_of(request)
    form = await read_form(request)
    email, next_path = form.get("email", ""), inside(form.get("next", ""))
    account = await context.database.read(staff.account, email)
    if account is None or not await right_password(request, account, form.get("password", "")):
        if account is None:
            await right_password(request, None, form.get("password", ""))
        return page(
            "login.html",
            status=401,
            refused=gettext(REFUSED),
            email=email,
            next=next_path,
            first_run=False,
        )
    if account.totp_secret is not None:
        return await enter(request, account.member, f"{CODE}?next={quote(next_path, safe='')}", half=True)
    return await _signed_in(request, account.member, next_path)


async def right_password(request: web.Request, account: Account | None, password: str) -> bool:
    """Whether the password is right and neither account nor origin is locked; a failure is counted and audited.

    Nothing from a locked origin is hashed: a flood of guesses costs no time, and tells nothing about accounts.
    """
    context = context_of(request)
    now, origin = context.clock.now(), origins.origin(request)
    if len(password) <= auth.LONGEST_PASSWORD and not await context.database.read(
        lockouts.locked, origin, now
    ):
        right = await auth.verify_password(account.password_hash if account else None, password)
        # Asked after the hash, not before: of many guesses at once the first few lock it for the rest.
        member = account.member.id if account else 0
        locked = await context.database.read(staff.is_locked, member, now)
        if account is not None and right and not locked:
            if auth.hasher.check_needs_rehash(account.password_hash):
                rehashed = await auth.hash_password(password)
                await context.database.write(staff.keep_hash, account.member.id, rehashed)
            return True
        await context.database.write(
            lockouts.refused,
            origin=origin,
            member=member or None,
            counts=not locked,
            now=now,
            action="login_refused",
        )
    return False


# --- the code after the password -------------------------------------------------------------------------


async def code_form(request: web.Request) -> web.StreamResponse:
    if await auth.found_session(request, half=True) is None:
        raise web.HTTPSeeOther(_login_for(inside(request.query.get("next", ""))))
    return page("login_code.html", refused=None, next=inside(request.query.get("next", "")))


async def code(request: web.Request) -> web.StreamResponse:
    """A code of the app, or one of the recovery codes; each works once. Wrong ones lock the account as wrong passwords do."""
    context = context_of(request)
    form = await read_form(request)
    next_path = inside(form.get("next", ""))
    session = await auth.found_session(request, half=True)
    if session is None:
        raise web.HTTPSeeOther(_login_for(next_path))
    now, origin, member = context.clock.now(), origins.origin(request), session.member
    account = await context.database.read(staff.account_of, member.id)
    if account is None:
        raise web.HTTPSeeOther("/login")
    locked = await context.database.read(staff.is_locked, member.id, now) or await context.database.read(
        lockouts.locked, origin, now
    )
    if not locked and await _right_code(request, account, form.get("code", "")[:100]):
        return await _signed_in(request, member, next_path)
    await context.database.write(
        lockouts.refused,
        origin=origin,
        member=member.id,
        counts=not locked,
        now=now,
        action="code_refused",
    )
    return page("login_code.html", status=401, refused=gettext(CODE_REFUSED), next=next_path)


async def _right_code(request: web.Request, account: Account, typed: str) -> bool:
    context = context_of(request)
    now, member, given = context.clock.now(), account.member, totp.digits(typed)
    if account.totp_secret is None:  # taken away by an administrator meanwhile
        return True
    step = totp.step_of(account.totp_secret, given, now)
    if step is not None:
        return await context.database.write(second_factor.use_step, member.id, step, now)
    given_hash = auth.token_hash(totp.plain(typed))
    if not await context.database.write(second_factor.use_code, member.id, given_hash, now):
        return False
    await context.database.write(audit.append, now=now, actor=actor(member), action="recovery_code_used")
    return True


async def _signed_in(request: web.Request, member: StaffMember, next_path: str) -> web.StreamResponse:
    """Everything that was asked for was right."""
    context = context_of(request)
    await context.database.write(staff.record_success, member.id)
    await context.database.write(audit.append, now=context.clock.now(), actor=actor(member), action="login")
    return await enter(request, member, next_path)


async def logout(request: web.Request) -> web.StreamResponse:
    context = context_of(request)
    member = await auth.signed_in(request)
    mine = auth.session_hash(request)
    if mine:
        await context.database.write(sessions.close, mine)
    if member is not None and mine:
        now = context.clock.now()
        await context.database.write(review_leases.release_all, member.id, now)
        await context.database.write(audit.append, now=now, actor=actor(member), action="logout")
    answer = web.Response(status=303, headers={"Location": "/login"})
    auth.drop_session(answer)
    return answer


async def enter(
    request: web.Request, member: StaffMember, next_path: str, *, half: bool = False
) -> web.StreamResponse:
    """A new session each time; the one the browser came with ends. `half`: a code is still to be given."""
    answer = web.Response(status=303, headers={"Location": next_path, "Cache-Control": "no-store"})
    await renew(request, answer, member, half=half)
    return answer


async def renew(
    request: web.Request, answer: web.StreamResponse, member: StaffMember, *, half: bool = False
) -> None:
    """Give the browser a new session in `answer` instead of the one it came with."""
    context = context_of(request)
    old = auth.session_hash(request)
    if old:
        await context.database.write(sessions.close, old)
    token = auth.new_token()
    await context.database.write(
        sessions.start,
        auth.token_hash(token),
        member.id,
        context.clock.now(),
        browser=origins.browser_name(request),
        half=half,
    )
    auth.set_session(request, answer, token)


def _login_for(path: str) -> str:
    return f"/login?next={quote(path, safe='')}"


def inside(path: str) -> str:
    """Where to go after signing in: a staff page of ours, never another site."""
    if path == HOME or (path.startswith(_OURS) and "\\" not in path and path.isprintable()):
        return path
    return HOME
