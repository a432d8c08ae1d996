"""The page `/account`: one's own name, password, sessions, language, colours, keys and API tokens."""

from __future__ import annotations

from datetime import timedelta

from aiohttp import web

from ..errors import Conflict
from ..store import audit, second_factor, sessions, staff, tokens
from ..store.staff import StaffMember, StaffRole
from ..store.tokens import Scope
from . import auth
from .auth import PROVE, needs
from .body import read_form
from .context import context_of
from .pages import page
from .record import actor
from .signin import inside, name_fault, new_password_fault, renew, right_password
from .words import LANGUAGES, N_, THEMES, gettext

PAGE = "/account"
TOKENS = "/account/tokens"
TOKEN_MARK = "asst_"  # what a scanner for leaked secrets can look for
TOKEN_DAYS = (7, 30, 90, 365)
TOKEN_NAME_LENGTH = 64
WRONG = N_(
    "The password is wrong, or there were too many attempts. After several failures wait some minutes."
)
DONE = {
    "look": N_("Saved."),
    "password": N_("The password was changed. You were signed out everywhere else."),
    "sessions": N_("Signed out there."),
    "token": N_("The token works no more."),
    "factor_off": N_("The second factor is off: your password alone signs you in."),
}
ROLES = {
    StaffRole.VIEWER: N_("Viewer"),
    StaffRole.REVIEWER: N_("Reviewer"),
    StaffRole.ADMIN: N_("Administrator"),
}
COLOURS = {"auto": N_("As the system"), "light": N_("Light"), "dark": N_("Dark")}
SCOPES = {
    Scope.READ: N_("Read only"),
    Scope.WRITE: N_("Read and act, but nothing that asks for the password"),
}


def routes() -> list[web.RouteDef]:
    return [
        web.get(PAGE, account),
        web.post(f"{PAGE}/look", save_look),
        web.post(f"{PAGE}/password", change_password),
        web.post(f"{PAGE}/sessions/end", end_others),
        web.post(PAGE + r"/sessions/{name:[0-9a-f]{16}}/end", end_session),
        web.get(TOKENS, token_form),
        web.post(TOKENS, make_token),
        web.post(TOKENS + r"/{id:\d{1,18}}/revoke", revoke_token),
        web.get(PROVE, prove_form),
        web.post(PROVE, prove),
    ]


def role_words(role: StaffRole) -> str:
    return gettext(ROLES[role])


@needs("viewer")
async def account(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return await _page(request, member)


async def _page(
    request: web.Request,
    member: StaffMember,
    *,
    status: int = 200,
    faults: dict[str, str] | None = None,
    name: str | None = None,
) -> web.Response:
    """`faults`: what is wrong, by the part of the page that it stands in. `name`: as it was typed."""
    context = context_of(request)
    now = context.clock.now()
    done = DONE.get(request.query.get("done", "")) if request.method == "GET" else None
    return page(
        "account.html",
        status=status,
        member=member,
        typed_name=member.name if name is None else name,
        faults=faults or {},
        done=gettext(done) if done else None,
        colours=COLOURS,
        scopes=SCOPES,
        role_words=role_words,
        open_sessions=await context.database.read(
            sessions.listed, member.id, auth.session_hash(request), now
        ),
        api_tokens=await context.database.read(tokens.listed, member.id, now),
        codes_left=await context.database.read(second_factor.codes_left, member.id),
    )


def _back(done: str) -> web.HTTPSeeOther:
    return web.HTTPSeeOther(f"{PAGE}?done={done}")


@needs("viewer")
async def save_look(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    form = await read_form(request)
    name, language, theme = form.get("name", "").strip(), form.get("language", ""), form.get("theme", "")
    fault = name_fault(name)
    if fault is not None:
        return await _page(request, member, status=422, faults={"look": fault}, name=name)
    await context.database.write(
        staff.like,
        member.id,
        name=name,
        language=language if language in LANGUAGES else None,
        theme=theme if theme in THEMES and theme != "auto" else None,
        shortcuts="shortcuts" in form,
    )
    if name != member.name:
        await _note(request, member, "account.renamed")
    raise _back("look")


@needs("viewer")
async def change_password(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Every other browser is signed out, this one gets a new session; API tokens stay."""
    context = context_of(request)
    form = await read_form(request)
    new = form.get("new", "")
    found = await context.database.read(staff.account_of, member.id)
    if found is None or not await right_password(request, found, form.get("password", "")):
        return await _page(request, member, status=422, faults={"password": gettext(WRONG)})
    fault = new_password_fault(new, form.get("again", ""), member.email)
    if fault is not None:
        return await _page(request, member, status=422, faults={"password": fault})
    await context.database.write(staff.keep_hash, member.id, await auth.hash_password(new))
    await context.database.write(staff.record_success, member.id)
    await context.database.write(sessions.close_all, member.id)
    await _note(request, member, "password.changed")
    answer = web.Response(status=303, headers={"Location": f"{PAGE}?done=password"})
    await renew(request, answer, member)
    return answer


async def _note(request: web.Request, member: StaffMember, action: str, target: str | None = None) -> None:
    context = context_of(request)
    await context.database.write(
        audit.append, now=context.clock.now(), actor=actor(member), action=action, target=target
    )


# --- sessions --------------------------------------------------------------------------------------------


@needs("viewer")
async def end_others(request: web.Request, member: StaffMember) -> web.StreamResponse:
    await context_of(request).database.write(sessions.close_all, member.id, but=auth.session_hash(request))
    await _note(request, member, "sessions.ended")
    raise _back("sessions")


@needs("viewer")
async def end_session(request: web.Request, member: StaffMember) -> web.StreamResponse:
    ended = await context_of(request).database.write(
        sessions.close_named, member.id, request.match_info["name"]
    )
    if ended:
        await _note(request, member, "sessions.ended")
    raise _back("sessions")


# --- API tokens ------------------------------------------------------------------------------------------


@needs("viewer", fresh=True)
async def token_form(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return _token_page(member)


def _token_page(
    member: StaffMember,
    *,
    status: int = 200,
    token: str | None = None,
    fault: str | None = None,
    name: str = "",
) -> web.Response:
    return page(
        "account_token.html",
        status=status,
        member=member,
        token=token,
        fault=fault,
        typed_name=name,
        scopes=SCOPES,
        days=TOKEN_DAYS,
    )


@needs("viewer", fresh=True)
async def make_token(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """The token is in this answer and nowhere else."""
    context = context_of(request)
    form = await read_form(request)
    name, days = form.get("name", "").strip(), form.get("days", "")
    if not name or len(name) > TOKEN_NAME_LENGTH:
        fault = gettext("Give a name of at most {n} characters.").replace("{n}", str(TOKEN_NAME_LENGTH))
        return _token_page(member, status=422, fault=fault, name=name)
    if form.get("scope") not in list(Scope) or days not in map(str, TOKEN_DAYS):
        raise web.HTTPBadRequest
    token = TOKEN_MARK + auth.new_token()
    try:
        made = await context.database.write(
            tokens.make,
            member=member.id,
            name=name,
            token_hash=auth.token_hash(token),
            scope=Scope(form["scope"]),
            now=context.clock.now(),
            life=timedelta(days=int(days)),
        )
    except Conflict:
        fault = gettext("You have {n} tokens already. Revoke one first.").replace("{n}", str(tokens.MOST))
        return _token_page(member, status=409, fault=fault, name=name)
    await _note(request, member, "token.made", f"token:{made}")
    return _token_page(member, status=201, token=token, name=name)


@needs("viewer")
async def revoke_token(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    number = int(request.match_info["id"])
    if not await context.database.write(tokens.revoke, member.id, number, context.clock.now()):
        raise web.HTTPNotFound
    await _note(request, member, "token.revoked", f"token:{number}")
    raise _back("token")


# --- the password again, before what cannot be undone ----------------------------------------------------


@needs("viewer")
async def prove_form(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return page("prove.html", member=member, refused=None, next=inside(request.query.get("next", "")))


@needs("viewer")
async def prove(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Wrong passwords count as they do at the sign-in page."""
    context = context_of(request)
    form = await read_form(request)
    next_path = inside(form.get("next", ""))
    found = await context.database.read(staff.account_of, member.id)
    if found is None or not await right_password(request, found, form.get("password", "")):
        return page("prove.html", status=422, member=member, refused=gettext(WRONG), next=next_path)
    await context.database.write(staff.record_success, member.id)
    await context.database.write(sessions.prove, auth.session_hash(request), context.clock.now())
    await _note(request, member, "password.proved")
    raise web.HTTPSeeOther(next_path)
