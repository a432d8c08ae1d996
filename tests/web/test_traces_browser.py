"""A reply tried again, in a browser: what the model says appears beside the original by itself."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.store import trials
from assistant.store.trials import TrialUsage

from .conftest import Site
from .replies import PERSONA, add_reply, at
from .test_browser import browser, open_tab, sign_in

pytestmark = pytest.mark.browser
__all__ = ["browser"]


async def test_an_answer_that_was_asked_for_appears_without_a_reload(site: Site, browser: Any) -> None:
    await site.set_up()
    message, here, turn = await site.database.write(add_reply, site.clock.now())
    tab = await open_tab(browser, site)
    await sign_in(tab)
    page = tab.page
    await page.goto(f"/admin/traces/{message}")
    await page.get_by_role("link", name="Try again").click()
    await page.get_by_label("Temperature").fill("1.1")
    await page.get_by_role("button", name="Try it").click()
    await page.get_by_text("Waits for the model").wait_for(timeout=30_000)
    [trial] = await site.database.read(trials.of_turn, here, turn)
    lease = at(site.clock.now(), 60) - site.clock.now()
    await site.database.write(trials.claim, "worker", site.clock.now(), lease)
    usage = TrialUsage(completion=2, finish="stop")
    await site.database.write(
        trials.finish, trial.id, "worker", answer="<b>At ten.</b>", usage=usage, now=site.clock.now()
    )
    await page.get_by_text("<b>At ten.</b>").wait_for(timeout=30_000)
    assert await page.get_by_text("At nine.").is_visible() and page.url.endswith("part=replay")
    await page.get_by_role("link", name="Prompt").click()
    await tab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.get_by_role("button", name="Copy all").click()
    await page.get_by_role("button", name="Copied").wait_for(timeout=30_000)
    assert PERSONA in await page.evaluate("navigator.clipboard.readText()")
    tab.assert_clean()
