"""The pages of a second factor and an invitation in a browser, in the states that no address leads to."""

from __future__ import annotations

import pyotp
import pytest

from tests.services import library
from tests.web.conftest import ADMIN, Site
from tests.web.test_browser import browser, open_tab, playwright_api, sign_in

__all__ = ["browser"]
axe_api = library("axe_playwright_python.async_playwright", "make test installs it")
pytestmark = pytest.mark.browser


async def test_setting_up_codes_and_signing_in_with_one_is_clean_and_accessible(
    site: Site, browser: playwright_api.Browser
) -> None:  # fmt: skip
    await site.set_up()
    tab = await open_tab(browser, site, viewport={"width": 360, "height": 740}, color_scheme="dark")
    await sign_in(tab)
    page = tab.page
    faults: list[str] = []

    async def look(name: str) -> None:
        found = await axe_api.Axe().run(page)
        faults.extend(
            f"{name}: {one['id']} {one['nodes'][0]['html'][:200]}" for one in found.response["violations"]
        )
        if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{name} scrolls sideways")

    await page.goto("/account/second-factor")
    await look("the picture")
    secret = await page.input_value("[name=secret]")
    totp = pyotp.TOTP(secret)
    await page.get_by_label("six digits").fill(totp.at(site.clock.now()))
    await page.get_by_role("button", name="Turn on").click()
    await page.get_by_text("shown this once").wait_for()
    await look("the recovery codes")
    await page.goto("/admin/users/invite")
    await page.get_by_role("button", name="Make the link").click()
    link = await page.get_by_label("The link").inner_text()
    await look("the invitation's link")
    await page.get_by_role("button", name="Sign out").click()
    await page.goto(link)
    await look("the invitation")

    await page.goto("/login?next=%2Faccount")
    await page.get_by_label("E-mail").fill(ADMIN["email"])
    await page.get_by_label("Password").fill(ADMIN["password"])
    await page.get_by_role("button", name="Sign in").click()
    await page.wait_for_url("**/login/totp**")
    await look("the code")
    site.clock.advance(30)
    await page.get_by_label("Code").fill(totp.at(site.clock.now()))
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/account")
    await look("the account")
    assert not faults, "\n" + "\n".join(faults)
    tab.assert_clean()
