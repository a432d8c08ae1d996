"""The web chat in a real browser, before a real store, a real worker and a scripted model."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.store import chats
from assistant.types import Address, Prompt, Role
from tests.scripted import ScriptedEngine
from tests.services import library
from tests.web.talks import House, open_house
from tests.web.test_browser import WAIT, Tab, browser

playwright_api = library("playwright.async_api", "make test installs it")
pytestmark = pytest.mark.browser
__all__ = ["browser"]

LONG = (
    "# One\n\n"
    + " ".join(f"word{number}" for number in range(60))
    + "\n\n```py\nx = 1\n```\n\nand **the end**"
)


def asked(prompt: Prompt) -> str:
    return next((turn.text for turn in reversed(prompt.turns) if turn.role is Role.USER), "")


def answers(prompt: Prompt) -> str:
    """A long answer where one is asked for, else an echo and how often the same was asked."""
    words = asked(prompt)
    return LONG if "long" in words else f"You said: {words}"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, ScriptedEngine(script=answers, delay=0.005)) as opened:
        yield opened


@pytest.fixture
async def tab(browser: Any, house: House) -> Tab:
    return await new_tab(browser, house)


async def new_tab(browser: Any, house: House, **options: Any) -> Tab:
    context = await browser.new_context(base_url=house.url, **options)
    return Tab(await context.new_page(), house.url)


async def send(tab: Tab, words: str) -> None:
    await tab.page.get_by_label("Your message").first.fill(words)
    await tab.page.keyboard.press("Enter")


async def answered(tab: Tab, words: str, count: int | None = None) -> None:
    """The answer stands there as it was stored."""
    await tab.page.locator(".theirs[data-id]", has_text=words).last.wait_for(**WAIT)
    if count is not None:
        assert await tab.page.locator("#log > li").count() == count


def chat_of(tab: Tab) -> str:
    return str(tab.page.url).rsplit("/", 1)[1]


async def address_of(tab: Tab, house: House) -> Address:
    cookies = await tab.page.context.cookies()
    value = next(cookie["value"] for cookie in cookies if cookie["name"] == "visitor")
    return replace(house.visitor(value), thread=chat_of(tab))


async def shown(tab: Tab) -> list[str]:
    """What the page shows of the chat, message by message."""
    found = await tab.page.locator("#log > li .bubble").all_inner_texts()
    return [" ".join(one.split()) for one in found]


async def until(ready: Callable[[], Any], seconds: float = 20.0) -> None:
    async with asyncio.timeout(seconds):
        while not await ready():
            await asyncio.sleep(0.02)


async def test_a_chat_begins_is_written_and_stays_after_a_reload(tab: Tab, house: House) -> None:
    page = tab.page
    await page.goto("/chat")
    await page.get_by_text("Hello! What would you like to know?").wait_for(**WAIT)
    await send(tab, "a long one <b>please</b>")
    await page.locator(".mine .bubble", has_text="<b>please</b>").wait_for(**WAIT)
    await answered(tab, "and the end", 2)
    assert await page.locator(".theirs .code .k, .theirs .code .n").count() > 0
    before = await shown(tab)
    await page.reload()
    assert await shown(tab) == before
    await page.locator("#history a[aria-current]", has_text="a long one").wait_for(**WAIT)
    assert await page.locator("#stop").is_hidden() and await page.locator("#welcome").is_hidden()
    tab.assert_clean()


async def test_a_reload_in_the_middle_of_an_answer_loses_nothing(tab: Tab, house: House) -> None:
    page = tab.page
    house.engine.delay = 0.03
    await page.goto("/chat")
    await send(tab, "a long one")
    await page.locator(".growing", has_text="word9 ").wait_for(**WAIT)
    house.engine.hold()
    await page.reload()
    await page.locator(".growing", has_text="One word0 word1").wait_for(**WAIT)
    house.engine.release()
    await answered(tab, "and the end", 2)
    stored = await house.messages(await address_of(tab, house))
    assert stored[-1].text == LONG
    assert (await shown(tab))[-1].startswith("One word0") and "word59" in (await shown(tab))[-1]
    tab.assert_clean()


async def test_stop_ends_the_answer_within_two_steps(tab: Tab, house: House) -> None:
    page = tab.page
    house.engine.delay = 0.05
    await page.goto("/chat")
    await send(tab, "a long one")
    await page.locator(".growing", has_text="word3").wait_for(**WAIT)
    steps: list[int] = []

    async def noted(route: Any) -> None:
        answer = await route.fetch()
        steps.append(len(house.engine.last.text.split()))  # stored, and so told
        await route.fulfill(response=answer)

    await page.route("**/chat/messages", noted)
    await page.keyboard.press("Escape")
    await page.locator("#stop").wait_for(state="hidden", **WAIT)
    await until(lambda: asyncio.sleep(0, house.engine.running == 0))
    assert len(house.engine.last.text.split()) <= steps[0] + 2
    await page.locator(".mine .said", has_text="Stopped.").wait_for(**WAIT)
    await page.get_by_role("button", name="Answer again").last.click()
    await answered(tab, "and the end", 2)
    tab.assert_clean()
