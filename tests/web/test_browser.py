"""What only a browser can tell: pages that change while they are looked at, and nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import orjson
import pytest
from sqlalchemy import insert

from assistant.store import models
from tests.services import library
from tests.web.conftest import ADMIN, Site, add_conversation, add_message
from tests.web.test_troubles import Alpha
from tests.web.test_troubles import seeded as troubles_of

playwright_api = library("playwright.async_api", "make test installs it")
pytestmark = pytest.mark.browser

WAIT = {"timeout": 30_000}


class Tab:
    """A page, and everything it complained about or asked others for."""

    def __init__(self, page: playwright_api.Page, url: str) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        page.on("console", lambda message: self._said(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._asked(request.url, url))

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)

    def _asked(self, address: str, url: str) -> None:
        if (
            urlsplit(address).scheme in ("http", "https", "ws", "wss")
            and urlsplit(address).netloc != urlsplit(url).netloc
        ):
            self.foreign.append(address)

    def assert_clean(self) -> None:
        assert (self.complaints, self.foreign) == ([], [])


@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[playwright_api.Browser]:
    async with playwright_api.async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        await opened.close()


async def test_signing_in_works_over_plain_http_on_a_name_of_the_local_network(
    site: Site, chromium: str
) -> None:
    """There browsers send no Sec-Fetch-Site: the Origin header of the form is all there is."""
    await site.set_up()
    port = site.url.rsplit(":", 1)[1]
    async with playwright_api.async_playwright() as playwright:
        arguments = ["--no-sandbox", "--host-resolver-rules=MAP assistant.lan 127.0.0.1"]
        opened = await playwright.chromium.launch(executable_path=chromium, args=arguments)
        tab = Tab(
            await (await opened.new_context(base_url=f"http://assistant.lan:{port}")).new_page(), site.url
        )
        await sign_in(tab)
        await tab.page.locator("#live.on").wait_for(**WAIT)
        await opened.close()


async def open_tab(browser: playwright_api.Browser, site: Site, **options: object) -> Tab:
    context = await browser.new_context(base_url=site.url, **options)
    return Tab(await context.new_page(), site.url)


async def sign_in(tab: Tab) -> None:
    await tab.page.goto("/login")
    await tab.page.get_by_label("E-mail").fill(ADMIN["email"])
    await tab.page.get_by_label("Password").fill(ADMIN["password"])
    await tab.page.get_by_role("button", name="Sign in").click()
    await tab.page.wait_for_url("**/admin")


async def test_staff_sign_in_open_a_transcript_and_see_a_new_message_appear(
    site: Site, browser: playwright_api.Browser
) -> None:
    await site.set_up()
    now = site.clock.now()
    number = await site.database.write(add_conversation, now, name="<i>Grace</i>")
    await site.database.write(add_message, number, 1, now, "<script>alert(1)</script>")
    tab = await open_tab(browser, site)
    await sign_in(tab)
    page = tab.page
    await page.goto("/admin/inbox")
    await page.get_by_role("link", name="<i>Grace</i>").click()
    await page.locator("#live.on").wait_for(**WAIT)
    await page.locator("#messages").get_by_text("<script>alert(1)</script>").wait_for(**WAIT)
    answer = await site.database.write(
        add_message, number, 2, now, "seen live", out=True, sent={"state": "pending"}
    )
    frame = {"kind": "message", "conversation": number, "seq": 2}
    await site.bus.publish("staff", orjson.dumps(frame))
    await page.locator("#m2 .tick.pending").wait_for(**WAIT)

    from assistant.store import models

    await site.database.write(
        lambda c: c.execute(
            models.outbox.update()
            .where(models.outbox.c.message == answer)
            .values(state="sent", status="read")
        )
    )
    await site.bus.publish("staff", orjson.dumps({**frame, "kind": "status"}))
    await page.locator("#m2 .tick.read").wait_for(**WAIT)
    # One that stands before an answer already shown, and ten rings for it: it appears once and in its place.
    await site.database.write(add_message, number, 3, now, "in between", out=True, after_seq=1)
    for _ in range(10):
        await site.bus.publish("staff", orjson.dumps({**frame, "seq": 3}))
    await page.locator("#messages").get_by_text("in between").wait_for(**WAIT)
    assert await page.locator(".message").evaluate_all("items => items.map(item => item.id)") == [
        "m1",
        "m3",
        "m2",
    ]
    tab.assert_clean()


async def test_the_list_updates_and_never_moves_rows_under_the_pointer(
    site: Site, browser: playwright_api.Browser
) -> None:
    await site.set_up()
    now = site.clock.now()
    first = await site.database.write(add_conversation, now, name="First", peer="1")
    tab = await open_tab(browser, site)
    await sign_in(tab)
    page = tab.page
    await page.goto("/admin/inbox")
    await page.locator("#live.on").wait_for(**WAIT)
    site.clock.advance(60)
    second = await site.database.write(add_conversation, site.clock.now(), name="Second", peer="2")
    await site.bus.publish("staff", orjson.dumps({"kind": "message", "conversation": second, "seq": 1}))
    await page.locator("#list > li:first-child", has_text="Second").wait_for(**WAIT)
    await page.locator(f"#c{first}").hover()
    site.clock.advance(60)
    third = await site.database.write(add_conversation, site.clock.now(), name="Third", peer="3")
    await site.bus.publish("staff", orjson.dumps({"kind": "message", "conversation": third, "seq": 1}))
    await page.get_by_role("button", name="1 conversation changed").wait_for(**WAIT)
    assert "Third" not in await page.locator("#list").inner_text()
    await page.get_by_role("button", name="1 conversation changed").click()
    await page.locator("#list > li:first-child", has_text="Third").wait_for(**WAIT)
    tab.assert_clean()


async def test_staff_see_at_once_that_a_channel_is_paused_and_answer_by_hand(
    site: Site, browser: playwright_api.Browser
) -> None:
    await site.set_up()
    site.inbound.channels["alpha"] = Alpha()
    await site.database.write(troubles_of(site.clock))
    tab = await open_tab(browser, site)
    page = tab.page
    await sign_in(tab)
    await page.goto("/admin/failed")
    await page.locator("#live.on").wait_for(**WAIT)
    paused = {"channel": "beta", "account": "1", "paused_reason": "The token is refused."}
    now = site.clock.now()
    await site.database.write(
        lambda connection: connection.execute(insert(models.channel_states).values(**paused, paused_at=now))
    )
    await site.bus.publish("staff", orjson.dumps({"kind": "channel", "conversation": 0, "seq": 0}))
    await page.get_by_role("alert").get_by_text("Beta is paused: The token is refused.").wait_for(**WAIT)
    row = page.get_by_role("region", name="Messages without an answer")
    await row.get_by_text("Answer by hand").click()
    await row.get_by_label("Your answer").fill("Sorry, we are here now.")
    await row.get_by_role("button", name="Send", exact=True).click()
    await page.get_by_text("Every message got its answer or a reason.").wait_for(**WAIT)
    tab.assert_clean()
