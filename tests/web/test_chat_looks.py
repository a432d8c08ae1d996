"""The web chat in every language, theme and size: accessible, nowhere too wide, quiet, ours alone; and by keyboard only."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from assistant.types import Prompt
from tests.scripted import ScriptedEngine
from tests.services import library
from tests.web.looks import ALL, DESKTOP, NARROW, PAIRS, PHONE, Look, Visit, everything, of
from tests.web.talks import House, open_house
from tests.web.test_browser import WAIT, Tab, browser
from tests.web.test_chat_browser import address_of, answered, asked, new_tab, send

playwright_api = library("playwright.async_api", "make test installs it")
pytestmark = pytest.mark.browser
__all__ = ["browser"]

LOOKS = ALL if everything() else PAIRS
LOCALES = {"en": "en-GB", "pt": "pt-BR", "es": "es-ES"}
RICH = """## A heading

Words with `code`, **weight**, a [link](https://docs.example/way) and ![a picture](https://evil.example/x.png).

```python
def hello(name: str) -> str:
    return f"A line that is so long that it does not fit on a telephone, {name}, not even nearly"
```

| first | second | third |
|---|---|---|
| 1 | 2 | a cell with a few more words in it |

1. one
2. two

> quoted
"""
HOSTILE = [
    "<script>window.taken = 1</script>",
    '<img src=x onerror="window.taken = 1">',
    "[x](javascript:window.taken=1)",
    "![x](https://evil.example/?leak)",
    '<a href="https://evil.example" onmouseover="window.taken=1">x</a>',
    "```html\n<script>window.taken = 1</script>\n```",
    '<svg onload="window.taken=1">',
    "<iframe src=https://evil.example></iframe>",
    '</div></li></ol><form action="https://evil.example"><button>x</button></form>',
    "<https://evil.example/<script>>",
    '"><style>@import "https://evil.example"</style>',
    "{{ 7 * 7 }} {% raw %}",
]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    def script(prompt: Prompt) -> str:
        return RICH if "rich" in asked(prompt) else asked(prompt)

    note = "demo model: shows the system, knows little"
    async with open_house(tmp_path, ScriptedEngine(script=script), note=note) as opened:
        yield opened


async def filled(tab: Tab) -> None:
    """A chat with a rich answer in two versions."""
    await tab.page.goto("/chat")
    await send(tab, "something rich, please, with a sentence of some length in my own bubble")
    await answered(tab, "A heading", 2)
    await tab.page.locator("[data-post=regenerate]").click()
    await tab.page.locator(".versions").wait_for(**WAIT)
    await answered(tab, "A heading", 2)


async def at_the_end(here: Visit, where: str, looks: list[Look]) -> None:
    """Where the field for the next message covers nothing."""
    for look in looks:
        await here.see(look.theme, look.size)
        await here.tab.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        await here.axe(f"{where} {look}")
    await here.narrow(where)


@pytest.mark.parametrize("language", LOCALES)
async def test_the_chat_is_accessible_in_every_state(house: House, browser: Any, language: str) -> None:
    looks = of(LOOKS, language)
    tab = await new_tab(browser, house, locale=LOCALES[language], reduced_motion="reduce")
    page, here = tab.page, Visit(tab)
    await here.open("/chat")
    assert await page.locator("html").get_attribute("lang") == language
    await here.look("empty", looks)
    await here.open("/chat?temporary")
    await here.look("temporary", looks)

    await filled(tab)
    await here.look("full", looks, unfolded=looks)
    await page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    await page.locator("[data-act=bad]").click()
    await page.locator("form.why").wait_for(**WAIT)
    await at_the_end(here, "reasons", looks)
    await page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    await page.locator("form.why [data-act=shut]").click()
    await page.locator(".mine").hover()
    await page.locator(".mine [data-act=edit]").click()
    await at_the_end(here, "editing", looks)
    await page.keyboard.press("Escape")
    await page.locator(".menu.own summary").click()
    await page.locator("[data-act=share]").click()
    await page.locator("#sharing [data-post=share]").click()
    await page.locator("#link").wait_for(**WAIT)
    await here.look("sharing", looks)
    link = await page.locator("#link").input_value()
    await page.keyboard.press("Escape")

    for look in looks:
        await here.see(look.theme, PHONE)
        await page.locator(".drawer").click()
        await page.locator(".side.open").wait_for(**WAIT)
        await here.axe(f"drawer {look}")
        await page.keyboard.press("Escape")
    await here.see("light", NARROW)
    await page.locator(".drawer").click()
    await here.narrow("drawer")
    assert await here.open(link)
    await here.look("shared", looks)
    here.end()


async def test_targets_are_large_enough_for_a_finger(house: House, browser: Any) -> None:
    tab = await new_tab(
        browser, house, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    await filled(tab)
    await tab.page.locator(".drawer").click()
    small = await tab.page.evaluate(
        """() => [...document.querySelectorAll("button, summary, a.button, #history a, textarea, input")]
        .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".words") && !one.matches(".plain"))
        .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
        .filter(([, box]) => box.width < 32 || box.height < 43.5).map(([html, box]) => `${box.width}×${box.height} ${html}`)"""
    )
    assert small == []


async def test_hostile_words_of_both_sides_stay_words(house: House, browser: Any) -> None:
    tab = await new_tab(browser, house)
    await tab.page.goto("/chat")
    for number, words in enumerate(HOSTILE):
        await send(tab, words)
        await tab.page.locator(".theirs[data-id]").nth(number).wait_for(**WAIT)
        assert await tab.page.locator(".mine .bubble").nth(number).inner_text() == words
        await tab.page.wait_for_timeout(1000)  # a visitor may write once a second
    await tab.page.reload()
    assert await tab.page.evaluate("window.taken") is None
    inside = "#log :is(script, style, iframe, img, form, svg:not(.icon), [onload], [onerror], [onmouseover])"
    assert await tab.page.locator(inside).count() == 0
    assert await tab.page.locator("#log a:not([href^='https:'], [href^='http:'])").count() == 0
    tab.assert_clean()


async def test_everything_is_done_by_keyboard(house: House, browser: Any) -> None:
    tab = await new_tab(browser, house)
    page = tab.page
    await page.goto("/chat")
    assert await focused(page) == "text"
    await page.keyboard.type("one")
    await page.keyboard.press("Enter")
    await answered(tab, "one", 2)
    assert await focused(page) == "text"
    await page.keyboard.press("ArrowUp")
    await page.keyboard.type(" more")
    await page.keyboard.press("Enter")
    await answered(tab, "one more", 2)
    assert await focused(page) == "text"
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Shift+Tab")
    names = []
    for _ in range(12):
        names.append(await page.evaluate("document.activeElement.getAttribute('aria-label') || ''"))
        await page.keyboard.press("Shift+Tab")
    assert {"Good answer", "Bad answer", "Copy", "Edit", "Previous version"} <= set(names)
    await page.locator("#history summary").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.get_by_label("Name of the chat").wait_for(**WAIT)
    await page.keyboard.press("ControlOrMeta+a")
    await page.keyboard.type("By hand")
    await page.keyboard.press("Enter")
    await page.locator("#history", has_text="By hand").wait_for(**WAIT)
    await page.locator("h1", has_text="By hand").wait_for(**WAIT)
    await page.keyboard.press("/")
    assert await focused(page) == "q"
    tab.assert_clean()


async def focused(page: Any) -> str:
    return str(await page.evaluate("document.activeElement.id"))


async def test_an_answer_is_told_once_when_it_is_complete(house: House, browser: Any) -> None:
    tab = await new_tab(browser, house)
    page = tab.page
    house.engine.delay = 0.02
    await page.goto("/chat")
    await page.evaluate(
        """() => {
        window.told = [];
        const said = document.getElementById("said");
        new MutationObserver(() => said.textContent && window.told.push(said.textContent)).observe(said, { childList: true });
        }"""
    )
    assert await page.locator("[role=log]").get_attribute("aria-live") == "off"
    await send(tab, "a few words of an answer that is written slowly")
    await answered(tab, "a few words", 2)
    await page.wait_for_timeout(300)
    assert await page.evaluate("window.told") == ["a few words of an answer that is written slowly"]


async def test_nothing_jumps_while_the_page_loads_and_the_answer_grows(house: House, browser: Any) -> None:
    tab = await new_tab(browser, house)
    page = tab.page
    await page.add_init_script(
        """window.moved = 0; new PerformanceObserver((list) => {
        for (const one of list.getEntries()) if (!one.hadRecentInput) window.moved += one.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    await page.goto("/chat")
    await page.wait_for_timeout(300)
    assert await page.evaluate("window.moved") <= 0.05
    house.engine.delay = 0.01
    await send(tab, "something rich")
    await answered(tab, "A heading", 2)
    await page.reload()
    await page.wait_for_timeout(300)
    assert await page.evaluate("window.moved") <= 0.05


async def test_a_new_browser_loads_little(house: House, browser: Any) -> None:
    tab = await new_tab(browser, house)
    wire = await tab.page.context.new_cdp_session(tab.page)
    await wire.send("Network.enable")
    sizes: list[int] = []
    wire.on("Network.loadingFinished", lambda frame: sizes.append(int(frame["encodedDataLength"])))
    await tab.page.goto("/chat")
    await tab.page.wait_for_timeout(300)
    sent = [size for size in sizes if size]
    assert sum(sent) <= 40_000 and len(sent) <= 8, sizes


async def test_a_long_chat_shows_its_newest_messages_and_more_on_the_way_up(
    house: House, browser: Any
) -> None:
    tab = await new_tab(browser, house)
    page = tab.page
    await page.goto("/chat")
    await send(tab, "message 0")
    await answered(tab, "message 0", 2)
    await house.fill(await address_of(tab, house), 120)
    await page.reload()
    assert await page.locator("#log > li").count() == 50
    await page.locator("#log > li", has_text="message 119").first.wait_for(**WAIT)
    assert await page.evaluate("innerHeight + scrollY >= document.documentElement.scrollHeight - 2")
    for _ in range(30):
        await page.mouse.move(600, 300)
        await page.mouse.wheel(0, -4000)
        await page.wait_for_timeout(50)
    await page.locator("#log > li", has_text="message 0").first.wait_for(**WAIT)
    texts = [text.strip() for text in await page.locator("#log > li .bubble").all_text_contents()]
    assert len(texts) == 122 and texts[2:] == [f"message {number}" for number in range(120)]
    assert await page.locator("#older").is_hidden() and await page.locator("#jump").is_visible()
    await page.locator("#jump").click()
    await page.locator("#jump").wait_for(state="hidden", **WAIT)
    tab.assert_clean()
