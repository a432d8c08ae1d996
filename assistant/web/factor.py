"""The page `/account/second-factor`: codes of an app at sign-in, set up, renewed and turned off."""

from __future__ import annotations

from aiohttp import web

from ..store import audit, second_factor, sessions
from ..store.staff import StaffMember
from . import auth, totp
from .auth import SECOND_FACTOR, needs
from .body import read_form
from .context import context_of
from .pages import page
from .record import actor
from .words import gettext


def routes() -> list[web.RouteDef]:
    return [
        web.get(SECOND_FACTOR, factor),
        web.post(SECOND_FACTOR, enrol),
        web.post(f"{SECOND_FACTOR}/codes", new_codes),
        web.post(f"{SECOND_FACTOR}/off", turn_off),
    ]


@needs("viewer", fresh=True)
async def factor(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return await _page(request, member, secret=totp.new_secret())


async def _page(
    request: web.Request,
    member: StaffMember,
    *,
    secret: str = "",
    codes: list[str] | None = None,
    fault: str | None = None,
    status: int = 200,
) -> web.Response:
    """`secret` is a proposal until a code of it was typed in. `codes` are shown this once."""
    context = context_of(request)
    setting_up = not member.second_factor and codes is None
    return page(
        "account_factor.html",
        status=status,
        member=member,
        setting_up=setting_up,
        demanded=auth.lacks_second_factor(request, member),
        secret=secret,
        picture=totp.picture(secret, member.email) if setting_up else None,
        codes=codes,
        left=await context.database.read(second_factor.codes_left, member.id),
        fault=fault,
    )


@needs("viewer", fresh=True)
async def enrol(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Only a code that the app shows turns it on: nobody is locked out by a picture that was never scanned."""
    if member.second_factor:
        raise web.HTTPSeeOther(SECOND_FACTOR)
    context = context_of(request)
    form = await read_form(request)
    secret = form.get("secret", "")
    if not totp.is_secret(secret):
        raise web.HTTPBadRequest
    now = context.clock.now()
    step = totp.step_of(secret, totp.digits(form.get("code", "")[:20]), now)
    if step is None:
        fault = gettext("This is not the code of this moment. Check the phone's clock and type the next one.")
        return await _page(request, member, secret=secret, fault=fault, status=422)
    codes = totp.recovery_codes()
    await context.database.write(
        second_factor.enrol, member.id, secret=secret, step=step, codes=_hashes(codes)
    )
    await context.database.write(sessions.close_all, member.id, but=auth.session_hash(request))
    await _note(request, member, "second_factor.on")
    return await _page(request, member, codes=codes, status=201)


@needs("viewer", fresh=True)
async def new_codes(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Ten new ones; those before work no more."""
    if not member.second_factor:
        raise web.HTTPSeeOther(SECOND_FACTOR)
    codes = totp.recovery_codes()
    await context_of(request).database.write(second_factor.replace_codes, member.id, _hashes(codes))
    await _note(request, member, "recovery_codes.made")
    return await _page(request, member, codes=codes, status=201)


@needs("viewer", fresh=True)
async def turn_off(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    await context.database.write(second_factor.remove, member.id)
    await context.database.write(sessions.close_all, member.id, but=auth.session_hash(request))
    await _note(request, member, "second_factor.off")
    raise web.HTTPSeeOther("/account?done=factor_off")


def _hashes(codes: list[str]) -> list[str]:
    return [auth.token_hash(totp.plain(code)) for code in codes]


async def _note(request: web.Request, member: StaffMember, action: str) -> None:
    context = context_of(request)
    await context.database.write(audit.append, now=context.clock.now(), actor=actor(member), action=action)
