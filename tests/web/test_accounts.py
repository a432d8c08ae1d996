"""One's own account and everybody else's: codes, sessions, tokens, invitations, roles, and the password asked again."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import Any

import aiohttp
import pyotp
import pytest
from yarl import URL

from assistant.settings import RequireTotp
from assistant.store import audit, sessions, staff, tokens
from assistant.store.staff import StaffRole
from assistant.store.tokens import Scope
from assistant.web import auth, events, origins, totp
from assistant.web.signin import CODE_REFUSED, REFUSED
from tests.web.conftest import ADMIN, Site

RIGHT = {"email": ADMIN["email"], "password": ADMIN["password"]}
SECRET = re.compile(r'name="secret" value="([A-Z2-7]{32})"')
CODES = re.compile(r"<li><code>([a-z2-7-]{19})</code>")


async def hire(site: Site, name: str = "eve", role: StaffRole = StaffRole.VIEWER) -> int:
    """An account whose password is the administrator's too."""
    return await site.database.write(
        staff.create,
        email=f"{name}@example.org",
        name=name.title(),
        role=role,
        password_hash=await auth.hash_password(ADMIN["password"]),
        now=site.clock.now(),
    )


async def cookie_of(site: Site, member: int) -> dict[str, str]:
    """Headers of another browser in which this account is signed in."""
    token = auth.new_token()
    await site.database.write(sessions.start, auth.token_hash(token), member, site.clock.now())
    return {"Cookie": f"{auth.COOKIE}={token}"}


async def there(site: Site, headers: dict[str, str], path: str, method: str = "GET", **options: Any) -> int:
    """The status that another browser gets: one with these headers and none of the client's cookies."""
    sent = {"Accept": "text/html", "Origin": site.url, **headers}
    async with (
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as browser,
        browser.request(method, site.url + path, headers=sent, allow_redirects=False, **options) as answer,
    ):
        return answer.status


async def enrol(site: Site) -> tuple[str, list[str]]:
    """The administrator sets up a second factor; returns its secret and the recovery codes."""
    text = await (await site.get("/account/second-factor")).text()
    found = SECRET.search(text)
    assert found is not None
    answer = await site.post(
        "/account/second-factor", data={"secret": found[1], "code": now_code(site, found[1])}
    )
    assert answer.status == 201
    site.clock.advance(30)
    return found[1], CODES.findall(await answer.text())


def now_code(site: Site, secret: str, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(site.clock.now() + timedelta(seconds=30 * steps))


async def first_step(site: Site) -> None:
    site.client.cookie_jar.clear()
    answer = await site.post("/login", data={**RIGHT, "next": "/admin/failed"})
    where = URL(answer.headers["Location"])
    assert (where.path, where.query["next"]) == ("/login/totp", "/admin/failed")


async def give_code(site: Site, code: str) -> aiohttp.ClientResponse:
    return await site.post("/login/totp", data={"code": code, "next": "/admin/failed"})


async def done(site: Site) -> list[tuple[str, str | None]]:
    return [(entry.action, entry.target) for entry in reversed(await site.database.read(audit.newest))]


# --- the second factor -----------------------------------------------------------------------------------


async def test_with_a_second_factor_the_password_opens_nothing_before_the_code(site: Site) -> None:
    await site.set_up()
    secret, codes = await enrol(site)
    assert len(set(codes)) == totp.RECOVERY_CODES
    await first_step(site)
    assert (await site.get("/admin")).status == 303
    assert (await site.get("/account/prove")).status == 303
    assert (await site.post("/account/second-factor/off")).status == 401
    before = {cookie.value for cookie in site.client.cookie_jar}
    answer = await give_code(site, now_code(site, secret))
    assert (answer.status, answer.headers["Location"]) == (303, "/admin/failed")
    assert before.isdisjoint({cookie.value for cookie in site.client.cookie_jar}), "the half session is over"
    assert (await site.get("/admin")).status == 200


async def test_a_code_works_once_and_half_a_minute_early_or_late(site: Site) -> None:
    await site.set_up()
    secret, _ = await enrol(site)
    site.clock.advance(120)
    for steps, status in ((-2, 401), (2, 401), (-1, 303), (-1, 401), (0, 303), (0, 401), (1, 303)):
        await first_step(site)
        assert (await give_code(site, now_code(site, secret, steps))).status == status, steps
    await first_step(site)
    assert CODE_REFUSED in await (await give_code(site, now_code(site, secret))).text()


async def test_a_recovery_code_signs_in_once_however_it_is_typed(site: Site) -> None:
    await site.set_up()
    _, codes = await enrol(site)
    await first_step(site)
    assert (await give_code(site, codes[0].upper().replace("-", " "))).status == 303
    assert "9 recovery codes" in await (await site.get("/account")).text()
    await first_step(site)
    assert (await give_code(site, codes[0])).status == 401
    assert ("recovery_code_used", None) in await done(site)


async def test_wrong_codes_lock_the_account_and_the_password_does_not_forgive_them(site: Site) -> None:
    await site.set_up()
    secret, _ = await enrol(site)
    for _ in range(5):
        await first_step(site)  # the right password each time
        assert (await give_code(site, "000000")).status == 401
    answer = await give_code(site, now_code(site, secret))
    assert answer.status == 401, "locked, though the code is right"
    site.client.cookie_jar.clear()
    assert (await site.post("/login", data=RIGHT)).status == 401
    site.clock.advance(31)
    await first_step(site)
    assert (await give_code(site, now_code(site, secret))).status == 303


async def test_the_second_factor_turns_on_only_with_a_code_of_its_secret_and_signs_out_the_rest(
    site: Site,
) -> None:
    await site.set_up()
    other = await cookie_of(site, 1)
    page = await site.get("/account/second-factor")
    text = await page.text()
    assert "data:image/svg+xml" in text
    secret = SECRET.search(text)
    assert secret is not None
    wrong = await site.post("/account/second-factor", data={"secret": secret[1], "code": "000000"})
    assert wrong.status == 422
    assert secret[1] in await wrong.text(), "the picture that was scanned stays"
    assert (await site.post("/account/second-factor", data={"secret": "A", "code": "1"})).status == 400
    found = await site.database.read(staff.account_of, 1)
    assert found is not None and found.totp_secret is None
    await enrol(site)
    assert await there(site, other, "/admin") == 303
    assert (await site.get("/admin")).status == 200
    assert (await site.post("/account/second-factor/off")).status == 303
    await site.post("/login", data=RIGHT)
    assert (await site.get("/admin")).status == 200, "the password alone is enough again"
    assert [action for action, _ in await done(site)][1:3] == ["second_factor.on", "second_factor.off"]


@pytest.mark.parametrize(
    ("rule", "public", "asked"),
    [
        (RequireTotp.PUBLIC, "", False),
        (RequireTotp.PUBLIC, "https://help.example.org", True),
        (RequireTotp.ALWAYS, "", True),
        (RequireTotp.NEVER, "https://help.example.org", False),
    ],
)
async def test_an_administrator_of_a_public_server_sees_nothing_before_a_second_factor(
    site: Site, rule: RequireTotp, public: str, asked: bool
) -> None:
    await site.set_up()
    viewer = await cookie_of(site, await hire(site))
    changed = site.context.settings.model_copy(update={"require_totp": rule, "public_url": public})
    object.__setattr__(site.context, "settings", changed)
    answer = await site.get("/admin")
    assert (answer.status, answer.headers.get("Location")) == (
        (303, "/account/second-factor") if asked else (200, None)
    )
    assert (await site.post("/admin/users/999/disable")).status == (403 if asked else 404)
    assert await there(site, viewer, "/admin") == 200
    assert (await site.get("/account")).status == 200
    await enrol(site)
    assert (await site.get("/admin")).status == 200


# --- failures --------------------------------------------------------------------------------------------


async def test_a_flood_of_guesses_from_one_place_is_refused_unheard_and_others_are_not(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    await site.set_up()
    site.client.cookie_jar.clear()
    here, elsewhere = (
        {"X-Forwarded-For": "93.184.215.14"},
        {"X-Forwarded-For": "93.184.215.14, 17.253.144.10"},
    )
    for number in range(20):
        await site.post("/login", data={"email": f"{number}@example.org", "password": "x"}, headers=here)
    hashed: list[str] = []
    verify = auth.verify_password

    async def counting(stored: str | None, password: str) -> bool:
        hashed.append(password)
        return await verify(stored, password)

    monkeypatch.setattr(auth, "verify_password", counting)
    answer = await site.post("/login", data=RIGHT, headers=here)
    assert answer.status == 401
    assert REFUSED in await answer.text()
    assert hashed == [], "guesses from there cost nothing now"
    assert (await site.post("/login", data=RIGHT, headers=elsewhere)).status == 303, (
        "only the entry of the nearest proxy counts"
    )
    site.clock.advance(31)
    assert (await site.post("/login", data=RIGHT, headers=here)).status == 303


async def test_the_right_password_among_many_guesses_at_once_comes_too_late(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others fail while this one is hashed."""
    await site.set_up()
    site.client.cookie_jar.clear()
    verify = auth.verify_password

    async def meanwhile(stored: str | None, password: str) -> bool:
        for _ in range(staff.FREE_FAILURES):
            await site.database.write(staff.record_failure, 1, site.clock.now())
        return await verify(stored, password)

    monkeypatch.setattr(auth, "verify_password", meanwhile)
    assert (await site.post("/login", data=RIGHT)).status == 401


async def test_over_https_a_cookie_that_a_neighbouring_host_may_set_is_not_looked_at(site: Site) -> None:
    await site.set_up()
    mine = await cookie_of(site, 1)
    assert await there(site, mine, "/admin") == 200
    assert await there(site, mine | {"X-Forwarded-Proto": "https"}, "/admin") == 303
    bound = {"Cookie": mine["Cookie"].replace(auth.COOKIE, auth.SECURE_COOKIE), "X-Forwarded-Proto": "https"}
    assert await there(site, bound, "/admin") == 200


@pytest.mark.parametrize(
    ("remote", "forwarded", "same_as"),
    [
        ("17.253.144.10", "93.184.215.14", "17.253.144.10"),
        ("127.0.0.1", "93.184.215.14", "93.184.215.14"),
        ("10.0.0.2", "93.184.215.14, 17.253.144.10", "17.253.144.10"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("2606:2800::1", "93.184.215.14", "2606:2800::1"),
        ("::ffff:17.253.144.10", "", "17.253.144.10"),
        ("::1", "2606:2800:21f:2:3::4", "2606:2800:21f:2::"),
    ],
)
def test_only_a_proxy_beside_us_says_where_a_request_comes_from(
    remote: str, forwarded: str, same_as: str
) -> None:
    assert origins.origin(asked(remote, forwarded)) == origins.origin(asked(same_as, ""))


def asked(remote: str, forwarded: str, agent: str = "") -> Any:
    from aiohttp.test_utils import make_mocked_request

    headers = {"User-Agent": agent} | ({"X-Forwarded-For": forwarded} if forwarded else {})
    return make_mocked_request("GET", "/login", headers=headers).clone(remote=remote)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox 140, Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0",
            "Edge 142, Windows",
        ),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36", "Chrome 142, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit Version/18.0 Mobile Safari/604.1", "Safari 18, iPhone"),
        ("curl/8.0", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_session_names_its_browser(agent: str, name: str | None) -> None:
    assert origins.browser_name(asked("127.0.0.1", "", agent)) == name


# --- the password asked again ----------------------------------------------------------------------------


async def test_ten_minutes_after_the_password_a_dangerous_page_asks_for_it_and_leads_back(site: Site) -> None:
    await site.set_up()
    eve = await hire(site)
    page, act = f"/admin/users/{eve}", f"/admin/users/{eve}/disable"
    assert (await site.get(page)).status == 200
    site.clock.advance(601)
    asked_again = await site.get(page)
    where = URL(asked_again.headers["Location"])
    assert (where.path, where.query["next"]) == ("/account/prove", page)
    posted = await site.post(act, headers={"Referer": f"{site.url}{page}"})
    assert URL(posted.headers["Location"]).query["next"] == page, "back to the form, not to the act"
    foreign = await site.post(act, headers={"Referer": "https://evil.example/x"})
    assert URL(foreign.headers["Location"]).query["next"] == ""
    machine = await site.post(act, headers={"Accept": "application/json"})
    assert machine.status == 403
    part = await site.post(act, headers={"HX-Request": "true", "HX-Current-URL": f"{site.url}{page}"})
    assert (part.status, URL(part.headers["HX-Redirect"]).query["next"]) == (200, page)
    assert await site.database.read(staff.account_of, eve) is not None, "nothing was done"
    wrong = await site.post("/account/prove", data={"password": "wrong", "next": page})
    assert wrong.status == 422
    right = await site.post("/account/prove", data={"password": ADMIN["password"], "next": page})
    assert (right.status, right.headers["Location"]) == (303, page)
    assert (await site.post(act)).status == 303
    assert await site.database.read(staff.account_of, eve) is None


async def test_guessing_the_password_there_locks_the_account_too(site: Site) -> None:
    await site.set_up()
    for _ in range(5):
        await site.post("/account/prove", data={"password": "wrong", "next": "/admin"})
    assert (await site.post("/account/prove", data={"password": ADMIN["password"]})).status == 422
    outside = await site.post("/account/prove", data={"password": "x", "next": "https://evil.example"})
    assert "evil" not in await outside.text()


# --- one's own account -----------------------------------------------------------------------------------


async def test_a_new_password_signs_out_every_other_browser_and_renews_this_one(site: Site) -> None:
    await site.set_up()
    other = await cookie_of(site, 1)
    before = {cookie.value for cookie in site.client.cookie_jar}
    new = "five quite unrelated words"
    for form, words in (
        ({"password": "wrong", "new": new, "again": new}, "password is wrong"),
        ({"password": ADMIN["password"], "new": new, "again": "other"}, "differ"),
        ({"password": ADMIN["password"], "new": "short", "again": "short"}, "12 characters"),
    ):
        answer = await site.post("/account/password", data=form)
        assert answer.status == 422
        assert words in await answer.text()
    form = {"password": ADMIN["password"], "new": new, "again": new}
    assert (await site.post("/account/password", data=form)).status == 303
    assert before.isdisjoint({cookie.value for cookie in site.client.cookie_jar})
    assert (await site.get("/account")).status == 200
    assert await there(site, other, "/account") == 303
    site.client.cookie_jar.clear()
    assert (await site.post("/login", data=RIGHT)).status == 401
    assert (await site.post("/login", data={**RIGHT, "password": new})).status == 303


async def test_language_colours_and_keys_follow_the_account(site: Site) -> None:
    await site.set_up()
    form = {"name": "Ada L.", "language": "pt", "theme": "dark"}
    assert (await site.post("/account/look", data=form)).status == 303
    text = await (await site.get("/account", headers={"Accept-Language": "es"})).text()
    assert '<html lang="pt" data-theme="dark">' in text
    assert 'id="keys"' not in text, "single keys are off"
    assert "Ada L." in text
    faulty = await site.post("/account/look", data={"name": " ", "language": "xx", "theme": "xx"})
    assert faulty.status == 422
    odd = {"name": "Ada", "language": "xx", "theme": "neon", "shortcuts": "1"}
    await site.post("/account/look", data=odd)
    text = await (await site.get("/account", headers={"Accept-Language": "es"})).text()
    assert '<html lang="es">' in text
    assert 'id="keys"' in text


async def test_sessions_are_listed_and_ended_one_by_one_or_all_others(site: Site) -> None:
    await site.set_up()
    one, two = await cookie_of(site, 1), await cookie_of(site, 1)
    text = await (await site.get("/account")).text()
    links = re.findall(r"/account/sessions/([0-9a-f]{16})/end", text)
    assert len(links) == 2, "not the one that asks"
    token = one["Cookie"].split("=", 1)[1]
    assert token not in text
    assert (await site.post(f"/account/sessions/{auth.token_hash(token)[:16]}/end")).status == 303
    assert await there(site, one, "/account") == 303
    assert await there(site, two, "/account") == 200
    assert (await site.post("/account/sessions/end")).status == 303
    assert await there(site, two, "/account") == 303
    assert (await site.get("/account")).status == 200


async def test_an_open_tab_alone_does_not_keep_a_session_alive(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "RECHECK_SECONDS", 0.02)
    await site.set_up()
    async with site.client.ws_connect(f"{site.url}/admin/live", headers={"Origin": site.url}) as socket:
        await socket.receive(timeout=5)
        site.clock.advance(7 * 3600)
        await asyncio.sleep(0.2)  # it is asked again and again whether the session lives
        site.clock.advance(6 * 3600)
        await socket.receive(timeout=5)
        assert socket.close_code == events.SESSION_ENDED


# --- API tokens ------------------------------------------------------------------------------------------


async def token_for(site: Site, member: int, scope: Scope) -> dict[str, str]:
    await site.database.write(
        tokens.make,
        member=member,
        name="figures",
        token_hash=auth.token_hash(f"asst_{scope}"),
        scope=scope,
        now=site.clock.now(),
        life=timedelta(days=7),
    )
    return {"Authorization": f"Bearer asst_{scope}", "Accept": "application/json"}


async def test_a_token_is_shown_once_and_kept_as_a_hash(site: Site) -> None:
    await site.set_up()
    form = {"name": "figures <b>", "scope": "read", "days": "30"}
    answer = await site.post("/account/tokens", data=form)
    found = re.search(r"asst_[\w-]{43}", await answer.text())
    assert answer.status == 201
    assert found is not None
    text = await (await site.get("/account")).text()
    assert found[0] not in text
    assert "figures &lt;b&gt;" in text
    headers = {"Authorization": f"Bearer {found[0]}"}
    site.client.cookie_jar.clear()
    assert (await site.get("/admin", headers=headers)).status == 200
    site.clock.advance(30 * 24 * 3600)
    assert (await site.get("/admin", headers={**headers, "Accept": "*/*"})).status == 401
    assert found[0] not in str(await done(site))


async def test_a_token_that_reads_changes_nothing_and_none_does_what_asks_for_the_password(
    site: Site,
) -> None:
    await site.set_up()
    read, write = await token_for(site, 1, Scope.READ), await token_for(site, 1, Scope.WRITE)
    eve = await hire(site)
    invitation = "/admin/users/invites/9/withdraw"
    assert (await site.send("POST", invitation, headers=read)).status == 401
    site.client.cookie_jar.clear()
    assert (await site.send("POST", invitation, headers=read)).status == 401
    assert (await site.send("POST", invitation, headers=write)).status == 404
    for act in (f"/admin/users/{eve}/disable", f"/admin/users/{eve}/role"):
        assert (await site.send("POST", act, headers=write)).status == 403
    assert (await site.send("POST", "/account/password", headers=write)).status == 403, "no machine's door"
    assert (await site.send("GET", "/account/second-factor", headers=write)).status == 403


async def test_with_a_wrong_token_the_cookie_does_not_count(site: Site) -> None:
    """Else a page elsewhere that could send a header would act with the cookie."""
    await site.set_up()
    wrong = {"Authorization": "Bearer nonsense", "Accept": "application/json"}
    assert (await site.get("/admin", headers=wrong)).status == 401
    assert (await site.send("POST", "/admin/users/invites/9/withdraw", headers=wrong)).status == 401


async def test_figures_for_machines_open_to_a_token_from_anywhere(site: Site) -> None:
    await site.set_up()
    read = await token_for(site, await hire(site), Scope.READ)
    afar = {"X-Forwarded-For": "93.184.215.14"}
    assert (await site.get("/metrics", headers=afar)).status == 403
    assert (await site.get("/metrics", headers=afar | {"Authorization": "Bearer x"})).status == 403
    assert (await site.get("/metrics", headers=afar | read)).status == 200


# --- everybody's accounts --------------------------------------------------------------------------------


async def test_an_invitation_makes_an_account_with_its_role_and_its_link_is_shown_once(site: Site) -> None:
    await site.set_up()
    answer = await site.post("/admin/users/invite", data={"role": "reviewer", "email": "Eve@example.org"})
    found = re.search(r"http://\S+/invite\?token=([\w-]{43})", await answer.text())
    assert answer.status == 201
    assert found is not None
    listed = await (await site.get("/admin/users")).text()
    assert "eve@example.org" in listed
    assert found[1] not in listed
    site.client.cookie_jar.clear()
    form = {"name": "Eve", "password": "three odd brown words", "again": "three odd brown words"}
    form |= {"token": found[1], "email": "mallory@example.org", "language": "es"}
    assert (await site.get(f"/invite?token={found[1]}")).status == 200
    assert (await site.post("/invite", data=form | {"password": "short"})).status == 422
    accepted = await site.post("/invite", data=form)
    assert (accepted.status, accepted.headers["Location"]) == (303, "/admin")
    account = await site.database.read(staff.account, "eve@example.org")
    assert account is not None
    assert (account.member.role, account.member.language) == (StaffRole.REVIEWER, "es")
    assert (await site.get("/admin")).status == 200
    assert (await site.get("/admin/users")).status == 403
    assert (await site.get(f"/invite?token={found[1]}")).status == 404
    assert (await site.post("/invite", data=form)).status == 404
    trail = str(await site.database.read(audit.newest))
    assert "invite.accepted" in trail
    assert "example.org" not in trail
    assert found[1] not in trail


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"role": "owner"}, 400),
        ({"role": "viewer", "email": "nobody"}, 422),
        ({"role": "viewer", "email": ADMIN["email"].upper()}, 409),
        ({"role": "viewer", "email": ""}, 201),
    ],
)
async def test_an_invitation_that_cannot_work_is_not_made(
    site: Site, form: dict[str, str], status: int
) -> None:
    await site.set_up()
    assert (await site.post("/admin/users/invite", data=form)).status == status


async def test_an_account_that_is_changed_is_signed_out_and_the_last_administrator_stays(site: Site) -> None:
    await site.set_up()
    eve = await hire(site)
    theirs = await cookie_of(site, eve)
    page = f"/admin/users/{eve}"
    assert (await site.post(f"{page}/role", data={"role": "reviewer"})).status == 303
    assert await there(site, theirs, "/admin") == 303
    assert (await site.post(f"{page}/role", data={"role": "owner"})).status == 400
    for act, form in (("disable", {}), ("role", {"role": "viewer"})):
        last = await site.post(f"/admin/users/1/{act}", data=form)
        assert last.status == 409
        assert "last administrator" in await last.text()
    assert (await site.post(f"{page}/disable")).status == 303
    site_of_eve = {"email": "eve@example.org", "password": ADMIN["password"]}
    text = await (await site.get("/admin/users")).text()
    assert "disabled" in text
    assert (await site.post(f"{page}/enable")).status == 303
    assert (await site.post("/admin/users/999/enable")).status == 404
    trail = await done(site)
    assert trail[1:] == [
        (action, f"staff:{eve}") for action in ("role.changed", "staff.disabled", "staff.enabled")
    ]
    assert (await site.post("/login", data=site_of_eve)).status == 303


async def test_who_lost_phone_and_codes_gets_in_again_after_a_reset(site: Site) -> None:
    await site.set_up()
    await enrol(site)
    bob = await cookie_of(site, await hire(site, "bob", StaffRole.ADMIN))
    ada = {"Cookie": f"{auth.COOKIE}={next(iter(site.client.cookie_jar)).value}"}
    site.client.cookie_jar.clear()
    assert await there(site, bob, "/admin/users/1/reset-second-factor", "POST") == 303
    assert await there(site, ada, "/admin") == 303, "whoever has the phone is signed out"
    answer = await site.post("/login", data=RIGHT)
    assert (answer.status, answer.headers["Location"]) == (303, "/admin")


async def test_hostile_names_of_staff_are_shown_and_never_run(site: Site) -> None:
    await site.set_up()
    eve = await hire(site)
    name = "<script>alert(1)</script>\"'"
    form = {"name": name, "language": "", "theme": ""}
    assert await there(site, await cookie_of(site, eve), "/account/look", "POST", data=form) == 303
    for path in ("/admin/users", f"/admin/users/{eve}"):
        text = await (await site.get(path)).text()
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)" in text


async def test_a_form_with_a_character_that_no_database_keeps_is_refused(site: Site) -> None:
    assert (await site.post("/login", data={"email": "a\0@example.org", "password": "x"})).status == 400


@pytest.mark.parametrize("path", ["/login", "/setup", "/invite"])
async def test_doors_say_their_language(site: Site, path: str) -> None:
    for language in ("en", "pt", "es"):
        text = await (await site.get(path, headers={"Accept-Language": f"{language}-XX,de;q=0.9"})).text()
        assert f'<html lang="{language}">' in text
