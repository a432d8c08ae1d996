"""Every page of the dashboard in a real browser: accessible in both themes and sizes, quiet, ours alone, never too wide."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import update

from assistant.store import models
from tests.services import library
from tests.web.conftest import Site
from tests.web.looks import ALL, LANGUAGES, PAIRS, UNFOLDED, Visit, everything, of
from tests.web.shop import Shop, open_shop
from tests.web.test_browser import Tab, browser
from tests.web.test_troubles import Alpha

playwright_api = library("playwright.async_api", "make test installs it")
pytestmark = pytest.mark.browser
__all__ = ["browser"]

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
LOOKS, UNFOLD = (ALL, ALL) if everything() else (PAIRS, UNFOLDED)
NO_PAGES = {
    "/": "leads to the chat",
    "/favicon.ico": "a picture",
    "/healthz": "for machines",
    "/readyz": "for machines",
    "/metrics": "for machines",
    "/s/{version}/{name}": "files",
    "/webhooks/{channel}": "for platforms",
    "/chat": "the person's page; test_chat.py",
    "/chat/{id}": "the person's page; test_chat_looks.py",
    "/chat/{id}/messages": "a part of the chat",
    "/chat/{id}/shares": "a part of the chat",
    "/chat/{id}/export.{kind}": "a file",
    "/shared/{token}": "gone without a link; test_chat_looks.py",
    "/chat/history": "a part of the chat",
    "/chat/events": "a WebSocket",
    "/chat/imagine": "a WebSocket",
    "/chat/forget": "the person's page; test_visit.py",
    "/chat/move": "the person's page; test_visit.py",
    "/chat/move/{token}": "gone without a link; test_visit.py",
    "/imagine": "there where something can draw; test_imagine.py",
    "/widget": "the chat in a frame; test_widget.py",
    "/widget.js": "a script of other sites",
    "/setup": "gone once somebody is set up; test_an_empty_house",
    "/invite": "a door that needs its token",
    "/login": "leads home who is signed in; test_an_empty_house",
    "/login/totp": "leads away who gave no password",
    "/admin/live": "a WebSocket",
    "/admin/alerts": "a part of many pages",
    "/admin/find": "leads to a trace or a conversation",
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


@pytest.fixture
def visit(site: Site, browser: Any) -> Callable[..., Awaitable[Visit]]:
    async def begin(language: str = "en") -> Visit:
        context = await browser.new_context(base_url=site.url, locale=language)
        cookies = [
            {"name": cookie.key, "value": cookie.value, "url": site.url} for cookie in site.client.cookie_jar
        ]
        if cookies:
            await context.add_cookies(cookies)
        return Visit(Tab(await context.new_page(), site.url))

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


async def speak(site: Site, language: str) -> None:
    await site.database.write(lambda c: c.execute(update(models.staff).values(language=language)))


async def test_no_page_is_missing_from_this_list(site: Site) -> None:
    known = {*WITH_IDS, *NO_PAGES}
    assert [address for address in addresses(site) if "{" in address and address not in known] == []
    assert sorted(known - set(addresses(site))) == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_page_is_accessible_quiet_and_fits(site: Site, visit: Any, language: str) -> None:
    """With everything that can be unfolded, and in the language that the account says."""
    shop = await seeded(site)
    await speak(site, language)
    here = await visit(language)  # the pages of visitors are in that of the browser
    for path in pages_of(site, shop):
        if await here.open(path):
            assert await here.tab.page.locator("html").get_attribute("lang") == language, path
            await here.look(path, of(LOOKS, language), UNFOLD)
    here.end()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_empty_house_and_its_doors_are_accessible_too(site: Site, visit: Any, language: str) -> None:
    here = await visit(language)
    for path in ("/login", "/setup"):
        if await here.open(path):
            await here.look(path, of(LOOKS, language))
    await site.set_up()
    await speak(site, language)
    here = await visit(language)
    for path in addresses(site):
        if "{" not in path and path not in NO_PAGES and await here.open(path):
            await here.look(f"{path} empty", of(LOOKS, language))
    here.end()


REFUSED: tuple[tuple[Callable[[Shop], str], Callable[[Shop], str], dict[str, str]], ...] = (
    (lambda shop: "/account", lambda shop: "/account/password", {"password": "x", "new": "short"}),
    (lambda shop: "/account/tokens", lambda shop: "/account/tokens", {}),
    (lambda shop: "/account/second-factor", lambda shop: "/account/second-factor", {"code": "000000"}),
    (lambda shop: "/admin/users/invite", lambda shop: "/admin/users/invite", {"email": "nobody"}),
    (lambda shop: "/admin/personas/new", lambda shop: "/admin/personas", {"name": "", "persona": ""}),
    (lambda shop: "/admin/canned", lambda shop: "/admin/canned", {"shortcut": "!", "text": ""}),
    (lambda shop: "/admin/datasets", lambda shop: "/admin/datasets", {"name": ""}),
    (lambda shop: "/admin/review", lambda shop: "/admin/review", {"name": ""}),
    (
        lambda shop: f"/admin/people/{shop.person}/erase",
        lambda shop: f"/admin/people/{shop.person}/erase",
        {"confirm": "no"},
    ),
    (
        lambda shop: f"/admin/traces/{shop.message}?part=replay",
        lambda shop: f"/admin/traces/{shop.message}/replay",
        {"temperature": "hot"},
    ),
)
"""A page, where its form goes, and what is refused there."""


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_is_refused_is_told_accessibly(site: Site, visit: Any, language: str) -> None:
    here = await visit(language)
    await here.tab.page.goto("/setup?token=wrong")
    await here.look("/setup refused", of(LOOKS, language))
    shop = await seeded(site)
    await refused(here, "/login", "/login", {"email": "a@b.example", "password": "no"})
    await here.look("/login refused", of(LOOKS, language))
    await speak(site, language)
    here = await visit(language)
    for page, action, fields in REFUSED:
        await refused(here, page(shop), action(shop), fields)
        await here.look(f"{page(shop)} refused", of(LOOKS, language))
    for path in ("/admin/inbox/999999", "/admin/audit?since=never", "/admin/nothing"):
        await here.tab.page.goto(path)
        await here.look(f"{path} in error", of(LOOKS, language))
    here.tab.complaints = [said for said in here.tab.complaints if "responded with a status of 4" not in said]
    here.end()


async def refused(here: Visit, path: str, action: str, fields: dict[str, str]) -> None:
    """Send the form of this page in spite of what the browser would say first."""
    assert await here.open(path), here.wrong
    form = here.tab.page.locator(f"form[action='{action}']").first
    async with here.tab.page.expect_navigation() as gone:
        await form.evaluate(
            """(form, fields) => {
                for (const [name, value] of Object.entries(fields)) {
                    const field = form.elements[name];
                    if (field && "value" in field) field.value = value;
                }
                setTimeout(() => HTMLFormElement.prototype.submit.call(form));
            }""",
            fields,
        )
    answer = await gone.value
    if answer is None or answer.status < 400:
        here.wrong.append(f"{path}: {fields} was taken, {answer and answer.status}")
