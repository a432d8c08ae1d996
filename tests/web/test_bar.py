"""The bar above the staff pages at every width between a phone and a wide screen, in each language."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.conftest import Site
from tests.web.test_browser import Tab, browser

pytestmark = pytest.mark.browser
__all__ = ["browser"]

WIDTHS = (
    *range(320, 1200, 40),
    736,
    737,
    928,
    929,
    1120,
    1121,
)  # pixels; those beside the steps of base.css too
SHAPE = """() => {
  const bar = document.querySelector(".bar");
  const name = bar.querySelector(".brand span").getClientRects();
  return [document.documentElement.scrollWidth > innerWidth, bar.scrollWidth > bar.clientWidth, name.length, bar.offsetHeight];
}"""


@pytest.mark.parametrize("language", ["en-GB", "pt-BR", "es-ES"])
async def test_the_bar_fits_at_every_width_and_never_breaks_a_word(
    site: Site, browser: Any, language: str
) -> None:
    await site.set_up()
    context = await browser.new_context(base_url=site.url, locale=language)
    cookies = [
        {"name": cookie.key, "value": cookie.value, "url": site.url} for cookie in site.client.cookie_jar
    ]
    await context.add_cookies(cookies)
    page = await context.new_page()
    tab = Tab(page, site.url)
    await page.goto("/admin")
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 700})
        wide, over, lines, height = await page.evaluate(SHAPE)
        assert (wide, over, lines) == (False, False, 1) and height <= 120, (width, height)
    tab.assert_clean()
