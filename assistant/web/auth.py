"""Who is signed in: passwords, session cookies, the setup token, and the `needs` decorator of every staff page."""

from __future__ import annotations

import asyncio
import functools
import hashlib
import hmac
import os
import secrets
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from aiohttp import web
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ..store import staff
from ..store.database import Database
from ..store.staff import StaffMember, StaffRole
from .context import context_of, over_https
from .words import LANGUAGES, THEMES, Look, look

COOKIE = "assistant_staff"
SECURE_COOKIE = "__Host-assistant_staff"
HASHES_AT_ONCE = 2
"""Argon2 takes a core and 64 MiB each time: a flood of sign-ins must not take the machine."""
PASSWORD_LENGTH = 12
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
        return f"The password needs at least {PASSWORD_LENGTH} characters. A few words with spaces are fine."
    plain = password.lower()
    if plain in COMMON or len(set(plain)) < 4 or (email and plain in email.lower()):
        return "This password is easy to guess. Choose another, for example four unrelated words."
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
    return request.cookies.get(SECURE_COOKIE) or request.cookies.get(COOKIE)


def set_session(request: web.Request, answer: web.StreamResponse, token: str) -> None:
    secure = over_https(request)
    answer.set_cookie(
        SECURE_COOKIE if secure else COOKIE,
        token,
        httponly=True,
        samesite="Lax",
        secure=secure,
        path="/",
        max_age=int(staff.LIFE.total_seconds()),
    )


def drop_session(answer: web.StreamResponse) -> None:
    answer.del_cookie(COOKIE, path="/")
    answer.del_cookie(SECURE_COOKIE, path="/", secure=True)


async def signed_in(request: web.Request) -> StaffMember | None:
    """The staff member behind the request's cookie, if the session still lives."""
    token = session_token(request)
    if not token:
        return None
    context = context_of(request)
    now = context.clock.now()
    found = await context.database.read(staff.session, token_hash(token), now)
    if found is None:
        return None
    member, stale = found
    if stale:
        await context.database.write(staff.touch, token_hash(token), now)
    return member


def needs(role: str) -> Callable[[Page], RouteHandler]:
    """Every staff page carries this: no session leads to the sign-in page (JSON: 401), too low a role to 403."""
    required = StaffRole(role)

    def decorate(handler: Page) -> RouteHandler:
        @functools.wraps(handler)
        async def guarded(request: web.Request) -> web.StreamResponse:
            member = await signed_in(request)
            if member is None:
                if request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
                    raise web.HTTPSeeOther(f"/login?next={quote(request.path_qs, safe='')}")
                raise web.HTTPUnauthorized
            if not member.role.covers(required):
                raise web.HTTPForbidden
            _as_liked(member)
            return await handler(request, member)

        guarded.needs = required  # type: ignore[attr-defined]
        return guarded

    return decorate


def _as_liked(member: StaffMember) -> None:
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
    return await asyncio.to_thread(_make_or_read, path)


def _make_or_read(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    token = new_token()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        kept = read_setup_token(path)
        if kept is not None:
            return kept
        path.unlink(missing_ok=True)
        return _make_or_read(path)
    with os.fdopen(handle, "w") as file:
        file.write(token)
    return token


def read_setup_token(path: Path) -> str | None:
    try:
        return path.read_text().strip() or None
    except FileNotFoundError:
        return None


def is_setup_token(path: Path, given: str) -> bool:
    kept = read_setup_token(path)
    return kept is not None and hmac.compare_digest(kept.encode(), given.encode())
