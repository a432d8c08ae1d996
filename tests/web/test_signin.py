"""The first administrator, signing in and out, and who may see what."""

from __future__ import annotations

import stat

import pytest
from aiohttp import web
from yarl import URL

from assistant.store import audit, sessions, staff
from assistant.store.staff import StaffRole
from assistant.web import auth
from assistant.web.server import make_app
from assistant.web.signin import REFUSED
from tests.web.conftest import ADMIN, Site

WRONG = {"email": ADMIN["email"], "password": "not the right words"}
RIGHT = {"email": ADMIN["email"], "password": ADMIN["password"]}


async def actions(site: Site) -> list[str]:
    return [entry.action for entry in reversed(await site.database.read(audit.newest))]


async def sign_out(site: Site) -> None:
    site.client.cookie_jar.clear()


# --- setup -------------------------------------------------------------------------------------------------


async def test_the_setup_token_makes_one_administrator_and_no_second(site: Site) -> None:
    path = site.context.setup_token_file
    token = await auth.ensure_setup_token(path, site.database)
    assert token is not None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert await auth.ensure_setup_token(path, site.database) == token, "a restart prints the same link"
    assert token in await (await site.get(f"/setup?token={token}")).text()
    await site.set_up()
    assert not path.exists()
    assert (await site.get("/admin")).status == 200
    assert await auth.ensure_setup_token(path, site.database) is None
    again = await site.get(f"/setup?token={token}")
    assert (again.status, again.headers["Location"]) == (303, "/login")
    form = {**ADMIN, "email": "eve@example.org", "again": ADMIN["password"], "token": token}
    assert (await site.post("/setup", data=form)).status == 403
    assert await actions(site) == ["setup"]


@pytest.mark.parametrize("token", ["", "wrong", "é" * 20])
async def test_a_wrong_setup_token_makes_nobody(site: Site, token: str) -> None:
    await auth.ensure_setup_token(site.context.setup_token_file, site.database)
    assert (await site.get("/setup", params={"token": token})).status == 403
    form = {**ADMIN, "again": ADMIN["password"], "token": token}
    assert (await site.post("/setup", data=form)).status == 403
    assert not await site.database.read(staff.exists)


async def test_two_at_once_make_one_administrator(site: Site) -> None:
    token = await auth.ensure_setup_token(site.context.setup_token_file, site.database)
    form = {**ADMIN, "again": ADMIN["password"], "token": token}
    await site.database.write(
        staff.create,
        email="first@example.org", name="First", role=StaffRole.ADMIN, password_hash="x", now=site.clock.now(),
    )  # fmt: skip
    answer = await site.post("/setup", data=form)
    assert answer.headers["Location"] == "/login"
    assert await site.database.read(staff.account, ADMIN["email"]) is None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"password": "short", "again": "short"}, "12 characters"),
        ({"password": "password1234", "again": "password1234"}, "easy to guess"),
        ({"password": "aaaaaaaaaaaaaaa", "again": "aaaaaaaaaaaaaaa"}, "easy to guess"),
        ({"again": "something else here"}, "differ"),
        ({"email": "nobody"}, "e-mail"),
        ({"name": "  "}, "name"),
    ],
)
async def test_a_faulty_form_says_what_is_wrong_and_keeps_the_rest(
    site: Site, changed: dict[str, str], words: str
) -> None:
    token = await auth.ensure_setup_token(site.context.setup_token_file, site.database)
    form = {**ADMIN, "again": ADMIN["password"], "token": token, **changed}
    answer = await site.post("/setup", data=form)
    text = await answer.text()
    assert answer.status == 422
    assert words in text
    assert form["password"] not in text


# --- signing in --------------------------------------------------------------------------------------------


async def test_signing_in_opens_a_session_and_signing_out_ends_it(site: Site) -> None:
    await site.set_up()
    await sign_out(site)
    answer = await site.post("/login", data={**RIGHT, "next": "/admin/failed"})
    assert (answer.status, answer.headers["Location"]) == (303, "/admin/failed")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(auth.COOKIE)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    token = cookie.split("=", 1)[1].split(";")[0]
    assert (await site.get("/admin")).status == 200
    assert (await site.post("/logout")).status == 303
    stolen = await site.get("/admin", headers={"Cookie": f"{auth.COOKIE}={token}"})
    assert stolen.status == 303
    assert await actions(site) == ["setup", "login", "logout"]


async def test_over_https_the_cookie_is_secure_and_bound_to_the_host(site: Site) -> None:
    await site.set_up()
    answer = await site.post("/login", data=RIGHT, headers={"X-Forwarded-Proto": "https"})
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


async def test_each_sign_in_has_a_new_session_and_ends_the_old_one(site: Site) -> None:
    await site.set_up()
    first = {cookie.value for cookie in site.client.cookie_jar}
    await site.post("/login", data=RIGHT)
    second = {cookie.value for cookie in site.client.cookie_jar}
    assert first.isdisjoint(second)
    assert await site.database.read(sessions.count, 1) == 1


async def test_a_session_ends_when_idle_and_after_a_week(site: Site) -> None:
    await site.set_up()
    for _ in range(16):
        site.clock.advance(11 * 3600)
        status = (await site.get("/admin")).status
        if status != 200:
            break
    assert status == 303
    assert site.clock.monotonic() >= 7 * 24 * 3600
    await site.post("/login", data=RIGHT)
    assert (await site.get("/admin")).status == 200
    site.clock.advance(12 * 3600 + 1)
    assert (await site.get("/admin")).status == 303


async def test_five_failures_lock_the_account_even_for_the_right_password_and_longer_each_time(
    site: Site,
) -> None:
    await site.set_up()
    await sign_out(site)
    for _ in range(5):
        assert (await site.post("/login", data=WRONG)).status == 401
    assert (await site.post("/login", data=RIGHT)).status == 401
    site.clock.advance(31)
    assert (await site.post("/login", data=WRONG)).status == 401
    site.clock.advance(31)
    assert (await site.post("/login", data=RIGHT)).status == 401, "the second lock is longer"
    site.clock.advance(30)
    assert (await site.post("/login", data=RIGHT)).status == 303
    assert "login_refused" in await actions(site)


async def test_an_unknown_address_a_wrong_password_and_a_locked_account_look_the_same(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    await site.set_up()
    await sign_out(site)
    checked: list[str] = []
    verify = auth.hasher.verify

    class Counting(type(auth.hasher)):  # type: ignore[misc]
        def verify(self, stored: str, password: str) -> bool:
            checked.append(stored)
            return verify(stored, password)  # type: ignore[arg-type]

    monkeypatch.setattr(auth, "hasher", Counting(time_cost=1, memory_cost=8, parallelism=1))
    shown = set()
    for form in [{"email": "nobody@example.org", "password": "x"}, *[WRONG] * 5, RIGHT]:
        answer = await site.post("/login", data=form)
        text = await answer.text()
        assert REFUSED in text
        shown.add((answer.status, text.replace(form["email"], "")))
    assert len(shown) == 1
    assert len(checked) == 7, "the same work is done each time"


async def test_signing_in_leads_nowhere_else(site: Site) -> None:
    await site.set_up()
    for target in ("https://evil.example", "//evil.example", "/\\evil.example", "/admin/\r\nX: y", "/chat"):
        answer = await site.post("/login", data={**RIGHT, "next": target})
        assert answer.headers["Location"] == "/admin", target


# --- who may see what --------------------------------------------------------------------------------------


async def test_a_stranger_is_led_to_the_sign_in_page(site: Site) -> None:
    answer = await site.get("/admin/inbox/7?at=3")
    assert answer.status == 303
    where = URL(answer.headers["Location"])
    assert (where.path, where.query["next"]) == ("/login", "/admin/inbox/7?at=3")
    plain = await site.get("/admin", headers={"Accept": "application/json"})
    assert plain.status == 401
    assert (await plain.json())["error"]["code"] == "unauthorized"


async def test_every_staff_page_says_who_may_see_it(site: Site) -> None:
    found = 0
    for route in make_app(site.context).router.routes():
        path = route.resource.canonical if route.resource else ""
        if path.startswith("/admin"):
            found += 1
            assert isinstance(getattr(route.handler, "needs", None), StaffRole), f"{path} lacks @needs"
    assert found >= 5


async def test_a_role_covers_what_is_below_it_and_nothing_above(site: Site) -> None:
    await site.set_up()

    @auth.needs("reviewer")
    async def review(request: web.Request, member: staff.StaffMember) -> web.Response:
        return web.Response(text=member.name)

    assert StaffRole.ADMIN.covers(StaffRole.REVIEWER)
    assert StaffRole.VIEWER.covers(StaffRole.VIEWER)
    assert not StaffRole.VIEWER.covers(StaffRole.REVIEWER)
    assert not StaffRole.REVIEWER.covers(StaffRole.ADMIN)
    with pytest.raises(ValueError):
        auth.needs("owner")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "SELF"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Origin": "SELF"}, 303),
    ],
)
async def test_a_form_must_come_from_our_own_pages(site: Site, headers: dict[str, str], status: int) -> None:
    await site.set_up()
    sent = {name: site.url if value == "SELF" else value for name, value in headers.items()}
    answer = await site.send("POST", "/login", data=RIGHT, headers=sent)
    assert answer.status == status


async def test_a_door_for_machines_needs_no_proof_of_origin(site: Site) -> None:
    assert (await site.send("POST", "/machines/x")).status == 404
    assert (await site.send("POST", "/others/x")).status == 403
