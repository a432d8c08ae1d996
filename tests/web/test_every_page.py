"""Every page of the dashboard in a real browser: accessible in both themes and sizes, quiet, ours alone, never too wide."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import update

from assistant.store import models
from tests.services import library
from tests.web.conftest import Site
from tests.web.shop import Shop, open_shop
from tests.web.test_browser import Tab, browser
from tests.web.test_troubles import Alpha

axe_base = library("axe_playwright_python.base", "make test installs it")
playwright_api = library("playwright.async_api", "make test installs it")
pytestmark = pytest.mark.browser
__all__ = ["browser"]

DESKTOP, PHONE, NARROW = (1366, 800), (390, 844), (360, 740)
WITH_IDS: dict[str, Callable[[Shop], str]] = {
    "/admin/inbox/{id}": lambda shop: f"/admin/inbox/{shop.conversation}",
    "/admin/traces/{id}": lambda shop: f"/admin/traces/{shop.message}",
    "/admin/channels/{channel}": lambda shop: "/admin/channels/alpha",
    "/admin/datasets/{id}": lambda shop: f"/admin/datasets/{shop.dataset}",
    "/admin/people/{id}": lambda shop: f"/admin/people/{shop.person}",
    "/admin/people/{id}/export": lambda shop: f"/admin/people/{shop.person}/export",
    "/admin/people/{id}/merge": lambda shop: f"/admin/people/{shop.person}/merge",
    "/admin/people/{id}/erase": lambda shop: f"/admin/people/{shop.person}/erase",
    "/admin/people/erased/{id}": lambda shop: f"/admin/people/erased/{shop.erased}",
    "/admin/personas/{id}": lambda shop: f"/admin/personas/{shop.persona}",
    "/admin/review/{queue}": lambda shop: f"/admin/review/{shop.queue}",
    "/admin/review/{queue}/next": lambda shop: f"/admin/review/{shop.queue}/next",
    "/admin/review/items/{id}": lambda shop: f"/admin/review/items/{shop.item}",
    "/admin/users/{id}": lambda shop: f"/admin/users/{shop.member}",
}
MORE: tuple[Callable[[Shop], str], ...] = (
    lambda shop: f"/admin/inbox/{shop.taken}",
    lambda shop: f"/admin/traces/{shop.message}?part=prompt",
    lambda shop: f"/admin/traces/{shop.message}?part=tools",
    lambda shop: f"/admin/traces/{shop.message}?part=platform",
    lambda shop: f"/admin/traces/{shop.message}?part=replay",
    lambda shop: "/admin/inbox?q=hours",
)
"""Other faces of pages that are in the list already."""
NO_PAGES = {
    "/": "leads to the chat",
    "/favicon.ico": "a picture",
    "/healthz": "for machines",
    "/readyz": "for machines",
    "/metrics": "for machines",
    "/s/{version}/{name}": "files",
    "/webhooks/{channel}": "for platforms",
    "/chat": "the person's page; test_chat.py",
    "/chat/history": "JSON",
    "/chat/events": "a WebSocket",
    "/setup": "gone once somebody is set up; test_an_empty_house",
    "/invite": "a door that needs its token",
    "/login": "leads home who is signed in; test_an_empty_house",
    "/login/totp": "leads away who gave no password",
    "/admin/live": "a WebSocket",
    "/admin/audit/export.{kind}": "a file",
    "/admin/exports/{id}": "a file",
    "/admin/exports/{id}/manifest": "a file",
    "/admin/metrics/{chart}.csv": "a file",
    "/admin/media/{id}": "a file",
    "/admin/media/{id}/thumb": "a file",
    "/admin/inbox/{id}/composer": "a part of the transcript",
    "/admin/inbox/{id}/draft/{trial}": "a part of the transcript",
    "/admin/review/message/{id}": "a part of the transcript",
    "/admin/personas/{id}/tries": "a part of the persona",
    "/admin/traces/{id}/trials/{trial}": "a part of the trace",
}
"""What answers a GET and is no page of the dashboard, and why."""
ALL_RULES = {"rules": {"target-size": {"enabled": True}}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


@dataclass
class Visit:
    """One tab that goes through the pages; what is wrong is collected, not raised: all of it is wanted at once."""

    tab: Any
    wrong: list[str]

    async def open(self, path: str) -> bool:
        await self.tab.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
        await self.tab.page.emulate_media(color_scheme="light")
        answer = await self.tab.page.goto(path, wait_until="load")
        if answer is None or answer.status != 200:
            self.wrong.append(f"{path}: answers {answer and answer.status}")
            return False
        return True

    async def axe(self, where: str, options: dict[str, Any] = ALL_RULES) -> None:
        page = self.tab.page
        if not await page.evaluate("'axe' in window"):
            await page.evaluate(axe_base.AXE_SCRIPT)
        found = await page.evaluate(
            "async (options) => (await axe.run(document, options)).violations"
            ".map((one) => [one.id, one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160))])",
            {"resultTypes": ["violations"], **options},
        )
        self.wrong += [f"{where}: {rule}: {html}" for rule, nodes in found for html in nodes]

    async def look(self, path: str) -> None:
        """Both sizes of the page that is open, and the rules about colours in the other theme too."""
        page = self.tab.page
        await self.axe(f"{path} desktop light")
        await page.emulate_media(color_scheme="dark")
        await self.axe(f"{path} desktop dark", COLOURS)
        await page.emulate_media(color_scheme="light")
        await self.size(PHONE)
        await self.axe(f"{path} phone light")
        await self.size(NARROW)
        wide = await page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if wide > 0:
            self.wrong.append(f"{path}: {wide} px too wide at {NARROW[0]} px: {await self.widest()}")
        if await page.locator("h1").count() != 1:
            self.wrong.append(f"{path}: {await page.locator('h1').count()} h1")

    async def size(self, size: tuple[int, int]) -> None:
        await self.tab.page.set_viewport_size({"width": size[0], "height": size[1]})

    async def widest(self) -> str:
        script = """() => [...document.querySelectorAll("body *")]
            .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.parentElement.closest(".scroll, .tabs, pre, nav"))
            .slice(0, 2).map((one) => one.outerHTML.slice(0, 120)).join(" … ")"""
        return str(await self.tab.page.evaluate(script))

    def end(self) -> None:
        complaints = [f"console: {said}" for said in self.tab.complaints]
        foreign = [f"foreign request: {address}" for address in self.tab.foreign]
        found = self.wrong + complaints + foreign
        assert not found, "\n".join(found)


@pytest.fixture
def visit(site: Site, browser: Any) -> Callable[[], Awaitable[Visit]]:
    async def begin() -> Visit:
        context = await browser.new_context(base_url=site.url)
        cookies = [
            {"name": cookie.key, "value": cookie.value, "url": site.url} for cookie in site.client.cookie_jar
        ]
        if cookies:
            await context.add_cookies(cookies)
        return Visit(Tab(await context.new_page(), site.url), [])

    return begin


def addresses(site: Site) -> list[str]:
    """Every GET route of the application, as it was registered."""
    routes = site.app.router.routes()
    return sorted({route.resource.canonical for route in routes if route.method == "GET" and route.resource})


def pages_of(site: Site, shop: Shop) -> list[str]:
    found = []
    for address in addresses(site):
        if address in NO_PAGES:
            continue
        found.append(WITH_IDS[address](shop) if "{" in address else address)
    return found + [make(shop) for make in MORE]


async def seeded(site: Site) -> Shop:
    site.inbound.channels["alpha"] = Alpha()
    await site.set_up()
    shop: Shop = await site.database.write(lambda c: open_shop(c, site.clock.now(), hostile=True))
    return shop


async def test_no_page_is_missing_from_this_list(site: Site) -> None:
    known = {*WITH_IDS, *NO_PAGES}
    assert [address for address in addresses(site) if "{" in address and address not in known] == []
    assert sorted(known - set(addresses(site))) == []


async def test_every_page_is_accessible_quiet_and_fits(site: Site, visit: Any) -> None:
    shop = await seeded(site)
    here = await visit()
    for path in pages_of(site, shop):
        if await here.open(path):
            await here.look(path)
    here.end()


async def test_an_empty_house_and_its_doors_are_accessible_too(site: Site, visit: Any) -> None:
    here = await visit()
    for path in ("/login", "/setup"):
        if await here.open(path):
            await here.look(path)
    await site.set_up()
    here = await visit()
    for path in addresses(site):
        if "{" not in path and path not in NO_PAGES and await here.open(path):
            await here.axe(f"{path} empty")
    here.end()


async def test_open_menus_dialogs_and_error_pages_are_accessible(site: Site, visit: Any) -> None:
    shop = await seeded(site)
    here = await visit()
    await here.open(f"/admin/inbox/{shop.conversation}")
    await here.tab.page.locator("button[data-opens=help]").first.click()
    await here.axe("the help sheet")
    await here.tab.page.keyboard.press("Escape")
    menus = here.tab.page.locator("details:has(> summary:visible)")
    for number in range(await menus.count()):
        await menus.nth(number).evaluate("(menu) => { menu.open = true; }")
        await here.axe(f"open menu {number}")
        await menus.nth(number).evaluate("(menu) => { menu.open = false; }")
    here.end()
    answer = await here.tab.page.goto("/admin/inbox/999999")
    assert answer is not None and answer.status == 404
    await here.axe("the error page")
    assert here.wrong == []


@pytest.mark.parametrize("language", ["pt", "es"])
async def test_pages_say_which_language_they_are_in(site: Site, visit: Any, language: str) -> None:
    shop = await seeded(site)
    await site.database.write(lambda c: c.execute(update(models.staff).values(language=language)))
    here = await visit()
    for path in ("/admin", "/admin/inbox", f"/admin/traces/{shop.message}", "/account"):
        if await here.open(path):
            assert await here.tab.page.locator("html").get_attribute("lang") == language, path
            await here.size(NARROW)
            await here.axe(f"{path} {language}")
            wide = await here.tab.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{path} in {language}: {await here.widest()}"
    here.end()
