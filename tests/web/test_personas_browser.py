"""What only a browser can tell of the personas' pages: compared and tried in place, readable on a small phone."""

from __future__ import annotations

from sqlalchemy import update

from assistant.store import models, personas
from assistant.store.personas import Content

from .conftest import Site
from .test_browser import WAIT, browser, open_tab, playwright_api, pytestmark, sign_in

__all__ = ["browser", "pytestmark"]


async def test_versions_are_compared_and_tried_without_leaving_the_page(
    site: Site, browser: playwright_api.Browser
) -> None:
    await site.set_up()
    who = {"author": "staff:1", "now": site.clock.now()}
    made = []
    for words in ("You are Ada.", "You are Bob.", "You are Cleo, " + "averylongword" * 40):
        content = Content(persona=words)
        made.append(await site.database.write(personas.draft, "A", content, comment="", **who))
    await site.database.write(personas.save_inputs, ["Who are you?"], **who)
    tab = await open_tab(browser, site, viewport={"width": 360, "height": 740})
    await sign_in(tab)
    page = tab.page
    await page.goto(f"/admin/personas/{made[1]}")
    assert await page.locator("#difference del").inner_text() == "Ada"
    await page.evaluate("window.here = true")
    await page.get_by_label("Compared with").select_option(label="A v3")
    await page.get_by_role("button", name="Compare").click()
    await page.locator("#difference del", has_text="Cleo").wait_for(**WAIT)
    assert await page.evaluate("window.here"), "the page was not loaded anew"
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

    await page.get_by_role("button", name="Let it answer").click()
    await page.get_by_text("waits for the model").wait_for(**WAIT)
    await page.evaluate("window.here = true")
    answered = update(models.trials).values(state="done", answer="I am Bob.", ended_at=site.clock.now())
    await site.database.write(lambda connection: connection.execute(answered))
    await page.get_by_text("I am Bob.", exact=True).wait_for(**WAIT)
    assert await page.evaluate("window.here"), "the answer came by itself"
    tab.assert_clean()
