"""People in a browser: found, shown and blocked in place, on a narrow screen."""

from __future__ import annotations

import pytest

from tests.services import library

from .conftest import Site
from .test_browser import WAIT, Tab, sign_in
from .test_people import EVIL, NUMBER, modes, seeded

playwright_api = library("playwright.async_api", "make test installs it")
pytestmark = pytest.mark.browser


async def test_people_are_found_shown_and_blocked_without_leaving_the_page(site: Site, chromium: str) -> None:
    await site.set_up()
    person = await seeded(site, name=EVIL)
    async with playwright_api.async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = await opened.new_context(base_url=site.url, viewport={"width": 360, "height": 740})
        tab = Tab(await context.new_page(), site.url)
        await sign_in(tab)
        page = tab.page
        await page.goto("/admin/people")
        await page.get_by_role("searchbox").fill("<IMG")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/admin/people?q=*")
        await page.get_by_role("link", name=EVIL).click()
        await page.get_by_role("button", name="Show numbers in full").click()
        await page.get_by_text(NUMBER).wait_for(**WAIT)
        await page.get_by_role("button", name="Block everywhere").click()
        await page.get_by_role("button", name="Lift the block").wait_for(**WAIT)
        assert page.url.endswith(f"/admin/people/{person}")
        assert await page.get_by_text(NUMBER).count() == 1, "what was shown stays"
        assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        tab.assert_clean()
        await opened.close()
    assert await modes(site) == ["blocked", "blocked"]
