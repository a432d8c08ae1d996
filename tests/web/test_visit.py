"""A visitor's chats on another device: one link, one use, ten minutes; and no longer on this one."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import aiohttp
import pytest

from assistant.store import migrate, retention, visit_links
from assistant.store.database import Database
from tests.clocks import FakeClock
from tests.services import library
from tests.web.conftest import BROWSER, Site
from tests.web.looks import LANGUAGES, PAIRS, Visit, of
from tests.web.test_browser import browser, open_tab

playwright_api = library("playwright.async_api", "make test installs it")
__all__ = ["browser"]

HERE = {"Sec-Fetch-Site": "same-origin"}
OTHER_SITE = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}


async def made(site: Site) -> str:
    """The path of a fresh link of the client's visitor."""
    answer = await site.post("/chat/move")
    assert answer.status == 201
    text = await answer.text()
    assert 'src="data:image/svg+xml' in text
    found = re.search(r'value="(http[^"]+/chat/move/[^"]+)"', text)
    assert found is not None
    assert found[1].startswith(site.url)
    return urlsplit(found[1]).path


class Device:
    """Another browser."""

    def __init__(self, site: Site, visitor: str = "") -> None:
        self.site = site
        self.cookie = f"visitor={visitor}" if visitor else ""

    async def ask(self, method: str, path: str, **headers: str) -> tuple[int, str, str]:
        """Status, page and the cookie that was set."""
        sent = {**BROWSER, "Cookie": self.cookie, **headers}
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as client:
            async with client.request(
                method, self.site.url + path, headers=sent, allow_redirects=False
            ) as answer:
                return answer.status, await answer.text(), answer.headers.get("Set-Cookie", "")


async def test_the_link_makes_the_other_device_the_same_visitor_after_a_question(site: Site) -> None:
    await site.get("/chat")
    path = await made(site)
    other = Device(site)
    status, text, cookie = await other.ask("GET", path)
    assert (status, cookie) == (200, "") and "Open the chats of your other device here?" in text
    status, _, cookie = await other.ask("POST", path, **HERE)
    assert status == 303
    assert cookie.startswith("visitor=v-visitor0;") and "HttpOnly" in cookie and "SameSite=Lax" in cookie


async def test_a_link_works_once_and_looking_at_it_uses_nothing_up(site: Site) -> None:
    await site.get("/chat")
    path = await made(site)
    other = Device(site)
    for _ in range(3):
        assert (await other.ask("GET", path))[0] == 200
    assert (await other.ask("HEAD", path))[0] == 200
    assert (await other.ask("POST", path, **HERE))[0] == 303
    site.clock.advance(60)
    for method in ("GET", "POST"):
        status, text, cookie = await other.ask(method, path, **HERE)
        assert (status, cookie) == (410, "") and "This link works no more" in text


async def test_a_link_of_more_than_ten_minutes_and_an_invented_one_open_nothing(site: Site) -> None:
    await site.get("/chat")
    path = await made(site)
    site.clock.advance(visit_links.LIFE.total_seconds())
    for old in (path, "/chat/move/" + "A" * 43):
        status, _, cookie = await Device(site).ask("POST", old, **HERE)
        assert (status, cookie) == (410, "")


async def test_a_newer_link_ends_the_one_before(site: Site) -> None:
    await site.get("/chat")
    first, second = await made(site), await made(site)
    assert (await Device(site).ask("POST", first, **HERE))[0] == 410
    assert (await Device(site).ask("POST", second, **HERE))[0] == 303


async def test_no_other_site_can_make_a_link_or_use_one(site: Site) -> None:
    await site.get("/chat")
    path = await made(site)
    for method, address in (("POST", "/chat/move"), ("POST", path), ("POST", "/chat/forget")):
        status, _, cookie = await Device(site, "v-visitor0").ask(method, address, **OTHER_SITE)
        assert (status, cookie) == (403, ""), address
    assert (await Device(site).ask("GET", path))[0] == 200, "it still works"


async def test_who_has_no_chats_makes_no_link(site: Site) -> None:
    assert "no chats in this browser yet" in await (await site.get("/chat/move")).text()
    assert (await site.post("/chat/move")).status == 403


async def test_a_browser_with_chats_of_its_own_is_told_that_they_go(site: Site) -> None:
    await site.get("/chat")
    path = await made(site)
    assert "has chats of its own" not in (await Device(site).ask("GET", path))[1]
    assert "has chats of its own" in (await Device(site, "v-another").ask("GET", path))[1]


async def test_the_database_holds_neither_the_link_nor_a_cookie(site: Site) -> None:
    await site.get("/chat")
    token = (await made(site)).rsplit("/", 1)[1]
    rows = await site.database.read(lambda c: c.exec_driver_sql("SELECT * FROM visit_links").all())
    assert len(rows) == 1 and token not in str(rows)


async def test_too_many_tries_are_slowed_down(site: Site) -> None:
    await site.get("/chat")
    statuses = [(await site.post("/chat/move")).status for _ in range(10)]
    assert statuses.count(429) == 4


async def test_forgetting_asks_first_and_then_takes_the_cookie(site: Site) -> None:
    await site.get("/chat")
    question = await site.get("/chat/forget")
    assert "Forget me on this device?" in await question.text()
    assert "Set-Cookie" not in question.headers
    answer = await site.post("/chat/forget")
    assert answer.status == 200
    assert 'visitor=""' in answer.headers["Set-Cookie"] and "Max-Age=0" in answer.headers["Set-Cookie"]
    assert (await site.get("/chat")).headers["Set-Cookie"].startswith("visitor=v-visitor1;")


async def test_the_table_comes_with_the_migrations_and_is_swept(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('links')}/links.db")
    database.open()
    try:
        await database.write(migrate.upgrade)
        clock = FakeClock()
        await database.write(visit_links.create, "h" * 64, "someone", clock.now())
        later = clock.now() + 2 * visit_links.LIFE
        swept = await database.write(retention.sweep, later, visit_links.LIFE)
        assert swept["visit_links"] == 1
    finally:
        await database.close()


async def test_of_two_at_once_one_gets_the_chats(site: Site) -> None:
    await site.database.write(visit_links.create, "h" * 64, "someone", site.clock.now())
    won = [await site.database.write(visit_links.use, "h" * 64, site.clock.now()) for _ in range(2)]
    assert won == ["someone", None]


async def visitor_in(page: playwright_api.Page) -> list[str]:
    """The value of the visitor's cookie, if there is one."""
    return [cookie["value"] for cookie in await page.context.cookies() if cookie["name"] == "visitor"]


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
async def test_everybody_can_move_and_be_forgotten(
    site: Site, browser: playwright_api.Browser, language: str
) -> None:
    """By buttons alone, in each language, theme and size: a link here, the same chats there, and forgotten again."""
    here = Visit(await open_tab(browser, site, locale=language))
    there = Visit(await open_tab(browser, site, locale=language))
    page, other = here.tab.page, there.tab.page
    await here.open("/chat/move")
    await here.look("nothing to move", of(PAIRS, language))
    await here.open("/chat/forget")
    await here.look("nothing to forget", of(PAIRS, language))
    await page.goto("/chat")
    await here.open("/chat/move")
    await here.look("/chat/move", of(PAIRS, language))
    await page.get_by_role("button").click()
    await here.look("a link", of(PAIRS, language))
    link = await page.locator("#link").input_value()
    await other.goto("/chat")
    await there.open(link)
    await there.look("the question", of(PAIRS, language))
    await other.get_by_role("button").click()
    await other.wait_for_url("**/chat")
    assert await visitor_in(other) == await visitor_in(page) != []
    await other.goto(link)
    await there.look("a used link", of(PAIRS, language))
    there.tab.complaints.clear()  # the browser names the status 410
    await there.open("/chat/forget")
    await there.look("/chat/forget", of(PAIRS, language))
    await other.get_by_role("button").click()
    await there.look("forgotten", of(PAIRS, language))
    assert await visitor_in(other) == []
    assert await other.locator("html").get_attribute("lang") == language
    here.end()
    there.end()
