"""Who is signed in: passwords, session cookies, API tokens, the setup token, and the `needs` decorator of staff pages."""

from __future__ import annotations

import asyncio
import functools
import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from aiohttp import web
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from yarl import URL

from ..settings import RequireTotp
from ..store import secret_files, sessions, staff, tokens
from ..store.database import Database
from ..store.sessions import Session
from ..store.staff import StaffMember, StaffRole
from ..store.tokens import Scope
from .context import context_of, over_https
from .feed import FEED, mark
from .pages import in_place
from .words import LANGUAGES, THEMES, Look, gettext, look

COOKIE = "assistant_staff"
SECURE_COOKIE = "__Host-assistant_staff"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
HASHES_AT_ONCE = 2
"""Argon2 takes a core and 64 MiB each time: a flood of sign-ins must not take the machine."""
PASSWORD_LENGTH = 12
LONGEST_PASSWORD = 1024
FRESH = timedelta(minutes=10)
"""How long after the password was given an act that cannot be undone is done without asking for it again."""
PROVE = "/account/prove"
SECOND_FACTOR = "/account/second-factor"
BEARER = "Bearer "
_COMMON = """
123456789012 1234567890123 12345678910 111111111111 000000000000 password1234 password12345 password123456
passwordpassword password123! qwertyuiop12 qwertyuiop123 qwertyqwerty qwerty123456 1q2w3e4r5t6y
1qaz2wsx3edc abcdefghijkl abcdefghijklm abc123abc123 adminadminadmin administrator administrator1
iloveyou1234 letmeinletmein letmein12345 welcome12345 changeme1234 changemechangeme
correcthorsebatterystaple trustno1trustno1 football1234 baseball1234 superman1234 assistant123
assistantassistant messagingassistant
"""
COMMON = frozenset(_COMMON.split())

Page = Callable[[web.Request, StaffMember], Awaitable[web.StreamResponse]]
RouteHandler = Callable[[web.Request], Awaitable[web.StreamResponse]]
F = TypeVar("F", bound=Page)
hasher = PasswordHasher()
_hashers = ThreadPoolExecutor(HASHES_AT_ONCE, thread_name_prefix="passwords")


# --- passwords -------------------------------------------------------------------------------------------


def password_fault(password: str, email: str = "") -> str | None:
    """Why this password is not good enough, as one sentence; None when it is."""
    if len(password) < PASSWORD_LENGTH:
        words = gettext("The password needs at least {n} characters. A few words with spaces are fine.")
        return words.replace("{n}", str(PASSWORD_LENGTH))
    if len(password) > LONGEST_PASSWORD:
        return gettext("The password is longer than {n} characters. Shorten it.").replace(
            "{n}", str(LONGEST_PASSWORD)
        )
    plain = password.lower()
    if plain in COMMON or len(set(plain)) < 4 or (email and plain in email.lower()):
        return gettext("This password is easy to guess. Choose another, for example four unrelated words.")
    return None


async def hash_password(password: str) -> str:
    return await asyncio.get_running_loop().run_in_executor(_hashers, hasher.hash, password)


@functools.cache
def dummy_hash() -> str:
    """Checked when there is no such account, so that it takes as long as when there is one."""
    return hasher.hash(secrets.token_urlsafe(16))


async def verify_password(stored: str | None, password: str) -> bool:
    """Compare in a thread; without a stored hash the same work is done and the answer is no."""
    return await asyncio.get_running_loop().run_in_executor(_hashers, _verify, stored, password)


def _verify(stored: str | None, password: str) -> bool:
    try:
        hasher.verify(stored or dummy_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


# --- sessions --------------------------------------------------------------------------------------------


def new_token() -> str:
    """256 bits, for a cookie or a link."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What the database keeps: a stolen copy of it opens no session."""
    return hashlib.sha256(token.encode()).hexdigest()


def session_token(request: web.Request) -> str | None:
    """The cookie of this scheme alone: over https a neighbouring host can set the plain one, but not the other."""
    return request.cookies.get(SECURE_COOKIE if over_https(request) else COOKIE)


def session_hash(request: web.Request) -> str:
    """The hash of the request's own session; empty when there is none."""
    token = session_token(request)
    return token_hash(token) if token else ""


def set_session(request: web.Request, answer: web.StreamResponse, token: str) -> None:
    secure = over_https(request)
    answer.set_cookie(
        SECURE_COOKIE if secure else COOKIE,
        token,
        httponly=True,
        samesite="Lax",
        secure=secure,
        path="/",
        max_age=int(sessions.LIFE.total_seconds()),
    )


def drop_session(answer: web.StreamResponse) -> None:
    answer.del_cookie(COOKIE, path="/")
    answer.del_cookie(SECURE_COOKIE, path="/", secure=True)


async def found_session(request: web.Request, *, half: bool = False, touch: bool = True) -> Session | None:
    """The session of the request's cookie if it lives; with `half` one that waits for its code, else only a whole one.

    `touch`: asking counts as use, so that the session does not become idle.
    """
    mine = session_hash(request)
    if not mine:
        return None
    context = context_of(request)
    now = context.clock.now()
    found = await context.database.read(sessions.find, mine, now)
    if found is None or found.half is not half:
        return None
    if found.stale and touch:
        await context.database.write(sessions.touch, mine, found.member.id, now)
    return found


async def signed_in(request: web.Request, *, touch: bool = True) -> StaffMember | None:
    """The staff member behind the request's API token, or behind its cookie if the session still lives."""
    found = await _recognised(request, touch=touch)
    return found[0] if found else None


async def _recognised(
    request: web.Request, *, touch: bool = True
) -> tuple[StaffMember, datetime | None] | None:
    """Who asks, and when they last gave their password; a token never did."""
    if request.headers.get("Authorization", "").startswith(BEARER):
        member = await bearer(request)
        return (member, None) if member is not None else None
    session = await found_session(request, touch=touch)
    return (session.member, session.proved_at) if session is not None else None


async def has_token(request: web.Request) -> bool:
    """Whether an API token of staff came with the request that may do what it asks."""
    return request.headers.get("Authorization", "").startswith(BEARER) and await bearer(request) is not None


async def bearer(request: web.Request) -> StaffMember | None:
    """The staff member whose API token the request carries; one that only reads may only ask."""
    token = request.headers.get("Authorization", "").removeprefix(BEARER).strip()
    context = context_of(request)
    now = context.clock.now()
    found = await context.database.read(tokens.find, token_hash(token), now)
    if found is None or (found.scope is not Scope.WRITE and request.method not in SAFE_METHODS):
        return None
    if found.stale:
        await context.database.write(tokens.touch, found.id, now)
    return found.member


# --- what every staff page carries -----------------------------------------------------------------------


def needs(role: str, *, fresh: bool = False) -> Callable[[Page], RouteHandler]:
    """Every staff page carries this: no session leads to the sign-in page (JSON: 401), too low a role to 403.

    With `fresh` the password must have been given within the last ten minutes: a page asks for it and leads back. Put it
    on the GET page that shows the form as well as on the POST, so that nothing that was typed is lost.
    """
    required = StaffRole(role)

    def decorate(handler: Page) -> RouteHandler:
        @functools.wraps(handler)
        async def guarded(request: web.Request) -> web.StreamResponse:
            found = await _recognised(request)
            if found is None:
                if request.method == "GET" and _shows_pages(request):
                    return _go(request, f"/login?next={quote(request.path_qs, safe='')}")
                raise web.HTTPUnauthorized
            member, proved_at = found
            if not member.role.covers(required):
                raise web.HTTPForbidden
            if lacks_second_factor(request, member) and request.path.startswith("/admin"):
                if request.method == "GET" and _shows_pages(request):
                    return _go(request, SECOND_FACTOR)
                raise web.HTTPForbidden(reason="Second factor needed")
            if fresh and not is_fresh(request, proved_at):
                if proved_at is None or not _shows_pages(request):
                    raise web.HTTPForbidden(reason="Password needed")
                return _go(request, f"{PROVE}?next={quote(_came_from(request), safe='')}")
            as_liked(member)
            mark.set(request.config_dict[FEED].mark())
            return await handler(request, member)

        guarded.needs = required  # type: ignore[attr-defined]
        guarded.fresh = fresh  # type: ignore[attr-defined]
        return guarded

    return decorate


def is_fresh(request: web.Request, proved_at: datetime | None) -> bool:
    """Whether the password was given recently enough for an act that cannot be undone."""
    return proved_at is not None and proved_at > context_of(request).clock.now() - FRESH


def lacks_second_factor(request: web.Request, member: StaffMember) -> bool:
    """Whether this administrator sees no staff page before setting up codes: see the setting `require_totp`."""
    settings = context_of(request).settings
    wanted = settings.require_totp is RequireTotp.ALWAYS or (
        settings.require_totp is RequireTotp.PUBLIC and bool(settings.public_url)
    )
    return wanted and member.role is StaffRole.ADMIN and not member.second_factor


def _shows_pages(request: web.Request) -> bool:
    return "text/html" in request.headers.get("Accept", "") or in_place(request)


def _go(request: web.Request, path: str) -> web.StreamResponse:
    """Lead the browser elsewhere; htmx, which asks for a part of a page, is told to load the whole one."""
    if in_place(request):
        return web.Response(headers={"HX-Redirect": path, "Cache-Control": "no-store"})
    raise web.HTTPSeeOther(path)


def _came_from(request: web.Request) -> str:
    """Where to be after the password: this page, or the page whose form was sent."""
    if request.method == "GET" and not in_place(request):
        return request.path_qs
    try:
        before = URL(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
        return before.path_qs if before.authority == URL(f"//{request.host}").authority else ""
    except ValueError:
        return ""


def as_liked(member: StaffMember) -> None:
    """From here on words and colours are those that this account chose."""
    look.set(
        Look(
            language=member.language if member.language in LANGUAGES else look.get().language,
            theme=member.theme if member.theme in THEMES else "auto",
            shortcuts=member.shortcuts,
        )
    )


# --- the first administrator -----------------------------------------------------------------------------


async def ensure_setup_token(path: Path, database: Database) -> str | None:
    """The one-time token that makes the first administrator; made when there is nobody yet, None when there is.

    It lives in a file only the operator can read, so that a restart prints the same link again.
    """
    if await database.read(staff.exists):
        await asyncio.to_thread(path.unlink, missing_ok=True)
        return None
    kept = await asyncio.to_thread(secret_files.kept, path, lambda: new_token().encode())
    return kept.decode().strip()


def is_setup_token(path: Path, given: str) -> bool:
    kept = secret_files.read(path)
    return kept is not None and hmac.compare_digest(kept.strip(), given.encode())
