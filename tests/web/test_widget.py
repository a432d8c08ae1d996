"""The widget: on another site's page, in a real browser; for the sites of the settings and for no other."""

from __future__ import annotations

import contextlib
import gzip
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from pydantic import ValidationError

from adapters.webchat import WebChatSettings
from assistant.settings import SettingsFile
from assistant.web.pages import HERE
from assistant.web.shield import CSP
from tests.scripted import ScriptedEngine
from tests.services import library
from tests.web.conftest import Site
from tests.web.looks import LANGUAGES, PAIRS, Visit, of
from tests.web.talks import House, open_house
from tests.web.test_browser import WAIT, Tab, browser

playwright_api = library("playwright.async_api", "make test installs it")
__all__ = ["browser"]

SHOP = "https://shop.example"
LOADER_BYTES = 3000


# --- what is sent ----------------------------------------------------------------------------------------


async def test_without_a_site_in_the_settings_nobody_may_frame_it_and_the_owner_is_told_how(
    site: Site,
) -> None:
    answer = await site.get("/widget")
    assert answer.status == 404
    assert "ASSISTANT_PAGE_ORIGINS" in await answer.text()  # the tests' channel is named page
    assert answer.headers["Content-Security-Policy"] == CSP and "frame-ancestors 'none'" in CSP


class TestAllowed:
    @pytest.fixture
    def given(self) -> dict[str, Any]:
        return {"page_origins": (SHOP, "http://localhost:4000")}

    async def test_only_the_widget_may_be_framed_and_only_by_the_sites_of_the_settings(
        self, site: Site
    ) -> None:
        answer = await site.get("/widget", params={"site": SHOP})
        assert answer.status == 200
        policy = answer.headers["Content-Security-Policy"]
        assert policy.endswith(f"frame-ancestors {SHOP} http://localhost:4000")
        assert policy.removesuffix(f"{SHOP} http://localhost:4000") == CSP.removesuffix("'none'")
        for path in ("/chat", "/login", "/chat/move", "/chat/forget", "/nothing"):
            assert (await site.get(path)).headers["Content-Security-Policy"] == CSP, path

    async def test_the_frame_speaks_to_the_sites_of_the_settings_alone(self, site: Site) -> None:
        for asked, spoken in ((SHOP, SHOP), ("https://evil.example", ""), ('"><script>', ""), ("*", "")):
            text = await (await site.get("/widget", params={"site": asked})).text()
            assert f'data-site="{spoken}"' in text

    async def test_the_cookie_of_a_frame_is_of_that_frame_alone_and_safe_or_the_ordinary_one(
        self, site: Site
    ) -> None:
        https = {"X-Forwarded-Proto": "https", "Host": "chat.example"}
        cookie = (await site.get("/widget", headers=https)).headers["Set-Cookie"]
        parts = {part.strip() for part in cookie.split(";")}
        assert {"HttpOnly", "Secure", "Partitioned", "SameSite=None"} <= parts
        plain = (await site.get("/widget", headers={"Host": "chat.example"})).headers["Set-Cookie"]
        assert "SameSite=Lax" in plain and "Partitioned" not in plain and "Secure" not in plain

    async def test_no_other_site_can_write_in_the_visitors_name(self, site: Site) -> None:
        await site.get("/chat")
        for headers in ({"Origin": SHOP}, {"Origin": SHOP, "Sec-Fetch-Site": "cross-site"}):
            answer = await site.post("/chat/messages", data=b'{"id":"1","text":"x"}', headers=headers)
            assert answer.status == 403


async def test_the_loader_is_small_for_every_site_and_in_the_readers_language(site: Site) -> None:
    answer = await site.get("/widget.js", headers={"Accept-Language": "en"})
    text = await answer.text()
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Accept-Language" in answer.headers["Vary"] and "Set-Cookie" not in answer.headers
    assert len(gzip.compress(text.encode(), 9)) <= LOADER_BYTES
    assert text.count("const words = {") == 1 and '"Open the chat"' in text


def test_origins_are_whole_origins_or_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_WEBCHAT_ORIGINS", "https://Shop.example/, http://localhost:3000")
    read = SettingsFile({}, None).section("webchat", WebChatSettings)
    assert read.origins == ["https://shop.example", "http://localhost:3000"]
    monkeypatch.delenv("ASSISTANT_WEBCHAT_ORIGINS")
    file = SettingsFile({"webchat": {"origins": ["https://shop.example"]}}, None)
    assert file.section("webchat", WebChatSettings).origins == ["https://shop.example"]
    for wrong in (
        "*",
        "shop.example",
        "https://*.example",
        "https://shop.example/path",
        "https://a b",
        "'self'",
    ):
        with pytest.raises(ValidationError):
            WebChatSettings(origins=[wrong])


# --- in a browser ----------------------------------------------------------------------------------------


class Shop:
    """Another site: its own name and port, its own strict Content-Security-Policy, and our one line in it."""

    def __init__(self) -> None:
        self.url = self.assistant = ""

    async def page(self, request: web.Request) -> web.Response:
        text = (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Kettles</title>'
            '<meta name="viewport" content="width=device-width"></head><body><main><h1>Kettles</h1>'
            '<label>Search <input id="search"></label></main>'
            f'<script src="{self.assistant}/widget.js" async></script></body></html>'
        )
        policy = f"default-src 'none'; script-src {self.assistant}; frame-src {self.assistant}"
        return web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": policy})


@contextlib.asynccontextmanager
async def open_shop() -> AsyncIterator[Shop]:
    shop, app = Shop(), web.Application()
    app.router.add_get("/", shop.page)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    shop.url = f"http://localhost:{runner.addresses[0][1]}"
    try:
        yield shop
    finally:
        await runner.cleanup()


Opened = Callable[..., AbstractAsyncContextManager[tuple[House, Shop]]]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    @contextlib.asynccontextmanager
    async def open_both(*, allowed: bool = True) -> AsyncIterator[tuple[House, Shop]]:
        async with open_shop() as shop:
            origins = [shop.url] if allowed else ["https://somebody.example"]
            async with open_house(tmp_path, ScriptedEngine(delay=0.005), origins=origins) as house:
                shop.assistant = house.url
                yield house, shop

    return open_both


async def visit_shop(browser: Any, shop: Shop, **options: Any) -> Tab:
    tab = Tab(await (await browser.new_context(**options)).new_page(), shop.url)
    await tab.page.goto(shop.url)
    return tab


def complaints(tab: Tab) -> list[str]:
    return [said for said in tab.complaints if "favicon" not in said]


@pytest.mark.browser
async def test_on_an_allowed_site_the_chat_opens_and_answers(browser: Any, opened: Opened) -> None:
    async with opened() as (house, shop):
        tab = await visit_shop(browser, shop)
        page = tab.page
        button = page.get_by_role("button", name="Open the chat")
        await button.wait_for(**WAIT)
        assert await page.locator("iframe").count() == 0, "nothing is loaded before it is wanted"
        await button.click()
        frame = page.frame_locator("iframe")
        field = frame.get_by_label("Your message").first
        await field.fill("hello from the shop")
        await field.press("Enter")
        await frame.locator(".theirs[data-id]", has_text="You said: hello from the shop").wait_for(**WAIT)
        [cookie] = await page.context.cookies(house.url)
        assert (cookie["name"], cookie["sameSite"], cookie["secure"]) == ("visitor", "None", True)
        assert cookie.get("partitionKey"), cookie
        # The same person comes back: the chat is where it was, and it is open.
        await page.reload()
        await frame.locator(".theirs[data-id]", has_text="You said: hello from the shop").wait_for(**WAIT)
        assert await page.get_by_role("button", name="Close the chat").first.is_visible()
        assert await page.evaluate("document.activeElement === document.body"), "focus is not stolen"
        assert complaints(tab) == []


@pytest.mark.browser
async def test_on_a_site_that_is_not_allowed_nothing_is_shown(browser: Any, opened: Opened) -> None:
    async with opened(allowed=False) as (_, shop):
        tab = await visit_shop(browser, shop)
        page = tab.page
        async with page.expect_console_message(lambda said: "frame-ancestors" in said.text, **WAIT):
            await page.get_by_role("button", name="Open the chat").click()
        assert await page.locator("iframe").count() == 1
        assert not await page.locator("iframe").is_visible()
        assert all(not frame.url.startswith("http://127.0.0.1") for frame in page.frames)


@pytest.mark.browser
async def test_it_is_opened_and_closed_by_keys_and_the_focus_goes_along(browser: Any, opened: Opened) -> None:
    async with opened() as (_, shop):
        tab = await visit_shop(browser, shop)
        page = tab.page
        await page.get_by_role("button", name="Open the chat").wait_for(**WAIT)
        await page.keyboard.press("Tab")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        frame = page.frame_locator("iframe")
        await frame.locator("#text:focus").wait_for(**WAIT)
        await page.keyboard.type("typed at once")
        assert await frame.locator("#text").input_value() == "typed at once"
        await page.keyboard.press("Escape")
        await page.locator("iframe").wait_for(state="hidden", **WAIT)
        button = page.get_by_role("button", name="Open the chat")
        assert await button.get_attribute("aria-expanded") == "false"
        assert await button.evaluate("(one) => one.getRootNode().activeElement === one")
        await page.keyboard.press("Enter")
        await frame.get_by_role("button", name="Close the chat").click()
        await page.locator("iframe").wait_for(state="hidden", **WAIT)


@pytest.mark.browser
async def test_an_answer_that_comes_while_it_is_closed_is_counted_and_nothing_else_is_told(
    browser: Any, opened: Opened
) -> None:
    async with opened() as (house, shop):
        house.engine.hold()
        tab = await visit_shop(browser, shop)
        page = tab.page
        await page.evaluate(
            "window.told = []; addEventListener('message', (event) => told.push([event.origin, event.data]))"
        )
        await page.get_by_role("button", name="Open the chat").click()
        frame = page.frame_locator("iframe")
        field = frame.get_by_label("Your message").first
        await field.fill("a secret")
        await field.press("Enter")
        await house.engine.until_asked()
        await page.get_by_role("button", name="Close the chat").first.click()
        house.engine.release()
        await page.get_by_role("button", name="Open the chat (1 new)").wait_for(**WAIT)
        assert await page.locator("b").inner_text() == "1"
        told = await page.evaluate("told")
        assert {origin for origin, _ in told} == {house.url}
        assert all(set(said) <= {"assistant", "count"} for _, said in told)
        await page.get_by_role("button", name="Open the chat (1 new)").click()
        await frame.locator(".theirs[data-id]", has_text="You said: a secret").wait_for(**WAIT)
        assert not await page.locator("b").is_visible()


@pytest.mark.browser
async def test_words_of_another_window_move_neither_the_frame_nor_the_site(
    browser: Any, opened: Opened
) -> None:
    async with opened() as (_, shop):
        tab = await visit_shop(browser, shop)
        page = tab.page
        await page.get_by_role("button", name="Open the chat").click()
        frame = page.frame_locator("iframe")
        await frame.locator("#text:focus").wait_for(**WAIT)
        await page.evaluate("window.postMessage({ assistant: 'close' }, '*')")
        await page.evaluate("window.postMessage(null, '*')")
        await page.wait_for_timeout(300)
        assert await page.locator("iframe").is_visible()
        assert complaints(tab) == []


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
async def test_everybody_can_use_it(browser: Any, opened: Opened, language: str) -> None:
    """The site's page with the widget open, and the chat in it, at all sizes; on a phone it takes the whole screen."""
    async with opened() as (house, shop):
        tab = await visit_shop(browser, shop, locale=language)
        page = tab.page
        visit = Visit(Tab(await (await browser.new_context(locale=language)).new_page(), house.url))
        await visit.tab.page.goto(f"{house.url}/widget?site={shop.url}")
        await visit.look("/widget", of(PAIRS, language))
        await page.set_viewport_size({"width": 390, "height": 844})
        await page.locator("button").click()
        await page.frame_locator("iframe").locator("#text:focus").wait_for(**WAIT)
        box = await page.locator("iframe").bounding_box()
        assert box is not None
        assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
        visit.end()


def test_the_loader_names_no_address_of_anybody_else() -> None:
    text = (HERE / "static" / "widget.js").read_text()
    assert "http" not in text.replace("home", "")
