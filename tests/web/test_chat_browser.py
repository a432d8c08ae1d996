"""The web chat in a real browser, before a real store, a real worker and a scripted model."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.store import chats, models, personas, search
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
    await tab.page.locator("#text").fill(words)
    await tab.page.locator("#send").click()


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
    await page.locator(".theirs[data-id] .said", has_text="Stopped.").wait_for(**WAIT)
    stopped = await shown(tab)
    assert len(stopped) == 2 and "word3" in stopped[1] and "the end" not in stopped[1]
    await page.reload()
    assert await shown(tab) == stopped
    await page.get_by_role("button", name="Answer again").last.click()
    await answered(tab, "and the end", 2)
    tab.assert_clean()


async def test_what_was_stopped_goes_on_when_it_is_asked_to(tab: Tab, house: House) -> None:
    page = tab.page
    house.engine.delay = 0.05
    await page.goto("/chat")
    await send(tab, "a long one")
    await page.locator(".growing", has_text="word3").wait_for(**WAIT)
    await page.get_by_role("button", name="Stop").click()
    await page.get_by_role("button", name="Continue").click()
    await answered(tab, "You said: Continue", 4)
    tab.assert_clean()


async def test_asking_again_keeps_every_version_and_each_can_be_chosen(tab: Tab, house: House) -> None:
    page = tab.page
    numbers = iter(range(1, 100))
    house.engine.script = lambda prompt: f"Answer number {next(numbers)}."
    await page.goto("/chat")
    await send(tab, "first")
    await answered(tab, "Answer number 1.", 2)
    await page.get_by_role("button", name="Answer again").click()
    await answered(tab, "Answer number 2.", 2)
    assert await page.locator(".versions span").inner_text() == "2/2"
    await page.get_by_role("button", name="Previous version").click()
    await answered(tab, "Answer number 1.", 2)
    await page.reload()
    assert await shown(tab) == ["first", "Answer number 1."]
    await page.get_by_role("button", name="Next version").click()
    await answered(tab, "Answer number 2.", 2)
    stored = await house.messages(await address_of(tab, house))
    assert [one.text for one in stored] == ["first", "Answer number 2."]
    tab.assert_clean()


async def test_an_edited_message_begins_a_branch_and_the_old_one_stays(tab: Tab, house: House) -> None:
    page = tab.page
    await page.goto("/chat")
    await send(tab, "one")
    await answered(tab, "You said: one", 2)
    await send(tab, "two")
    await answered(tab, "You said: two", 4)
    await page.locator(".mine", has_text="one").hover()
    await page.locator(".mine", has_text="one").get_by_role("button", name="Edit").click()
    field = page.locator(".edits textarea")
    assert await field.input_value() == "one"
    await field.fill("uno")
    await page.keyboard.press("Enter")
    await answered(tab, "You said: uno", 2)
    assert await shown(tab) == ["uno", "You said: uno"]
    assert [turn.text for turn in house.engine.last.prompt.turns if turn.role is Role.USER] == ["uno"]
    await page.get_by_role("button", name="Previous version").click()
    await answered(tab, "You said: two", 4)
    assert (await shown(tab))[0] == "one"
    await page.get_by_label("Your message").first.press("ArrowUp")
    assert await field.input_value() == "two"
    await page.keyboard.press("Escape")
    assert await field.count() == 0
    tab.assert_clean()


async def test_two_tabs_of_one_visitor_stay_in_step(tab: Tab, house: House) -> None:
    await tab.page.goto("/chat")
    await send(tab, "one")
    await answered(tab, "You said: one", 2)
    other = Tab(await tab.page.context.new_page(), house.url)
    await other.page.goto(tab.page.url)
    await answered(other, "You said: one", 2)
    house.engine.delay = 0.05
    await send(tab, "a long one")
    await other.page.locator(".mine", has_text="a long one").wait_for(**WAIT)
    await other.page.locator(".growing", has_text="word5").wait_for(**WAIT)
    await answered(other, "and the end", 4)
    await answered(tab, "and the end", 4)
    assert await shown(tab) == await shown(other)
    await send(other, "three")
    await answered(tab, "You said: three", 6)
    await other.page.locator("#history li:first-child details summary").click()
    await other.page.locator("#history").get_by_role("button", name="Rename").click()
    await other.page.get_by_label("Name of the chat").fill("Ours")
    await other.page.keyboard.press("Enter")
    await tab.page.locator("h1", has_text="Ours").wait_for(**WAIT)
    await tab.page.locator("#history", has_text="Ours").wait_for(**WAIT)
    tab.assert_clean()
    other.assert_clean()


async def test_back_and_forward_lead_from_chat_to_chat_and_drafts_wait(tab: Tab, house: House) -> None:
    page = tab.page
    await page.goto("/chat")
    await send(tab, "one")
    await answered(tab, "You said: one", 2)
    first = page.url
    await page.get_by_role("link", name="New chat", exact=True).click()
    await page.get_by_text("Hello! What would you like to know?").wait_for(**WAIT)
    await send(tab, "two")
    await answered(tab, "You said: two", 2)
    await page.get_by_label("Your message").first.fill("not yet sent")
    await page.go_back()
    await answered(tab, "You said: one", 2)
    assert page.url == first and await page.get_by_label("Your message").first.input_value() == ""
    await page.locator("#history").get_by_role("link", name="two").click()
    await answered(tab, "You said: two", 2)
    assert await page.get_by_label("Your message").first.input_value() == "not yet sent"
    tab.assert_clean()


async def test_a_deleted_chat_comes_back_for_a_while_and_then_is_gone(tab: Tab, house: House) -> None:
    page = tab.page
    await page.goto("/chat")
    await send(tab, "one")
    await answered(tab, "You said: one", 2)
    address = await address_of(tab, house)
    await page.locator("#history details summary").click()
    await page.locator("#history").get_by_role("button", name="Delete").click()
    await page.get_by_role("button", name="Undo").click()
    await page.locator("#history").get_by_role("link", name="one").wait_for(**WAIT)
    assert await house.system.database.read(chats.chat, address) is not None
    await page.locator("#history details summary").click()
    await page.locator("#history").get_by_role("button", name="Delete").click()
    await page.get_by_text("Your chats will be listed here.").wait_for(state="hidden", **WAIT)
    await page.goto("/login")  # who leaves meant it
    await until(lambda: gone(house, address))
    await page.goto("/chat")
    await page.get_by_text("Your chats will be listed here.").wait_for(**WAIT)


async def gone(house: House, address: Address) -> bool:
    return await house.system.database.read(chats.chat, address) is None


async def test_a_temporary_chat_is_in_no_list_and_gone_when_it_is_left(tab: Tab, house: House) -> None:
    page = tab.page
    await page.goto("/chat")
    await page.get_by_role("link", name="Temporary chat").click()
    await page.get_by_text("It is in no list").wait_for(**WAIT)
    await send(tab, "a secret")
    await answered(tab, "You said: a secret", 2)
    address = await address_of(tab, house)
    found = await house.system.database.read(chats.chat, address)
    assert found is not None and found.temporary
    assert await page.locator("#history li").count() == 0
    await page.get_by_role("link", name="New chat", exact=True).click()
    await until(lambda: gone(house, address))
    tab.assert_clean()


async def test_what_could_not_be_sent_says_so_and_goes_by_itself_when_the_network_is_back(
    tab: Tab, house: House
) -> None:
    page = tab.page
    await page.goto("/chat")
    await send(tab, "one")
    await answered(tab, "You said: one", 2)
    await page.context.set_offline(True)
    await page.get_by_text("You are offline.").wait_for(**WAIT)
    await send(tab, "two")
    await page.locator(".mine.failed", has_text="Not sent.").wait_for(**WAIT)
    await page.context.set_offline(False)
    await answered(tab, "You said: two", 4)
    assert await page.locator("#offline").is_hidden()
    assert tab.foreign == []


async def test_what_was_not_sent_outlives_a_reload_and_can_be_tried_again_or_dropped(
    tab: Tab, house: House
) -> None:
    page = tab.page
    await page.goto("/chat")
    await page.route("**/chat/messages", lambda route: route.fulfill(status=429, body="{}"))
    await send(tab, "one")
    await page.locator(".mine.failed", has_text="Too many messages at once.").wait_for(**WAIT)
    await send(tab, "two")
    await page.locator(".mine.failed", has_text="two").wait_for(**WAIT)
    await page.locator(".mine.failed", has_text="two").get_by_role("button", name="Discard").click()
    await page.reload()
    await page.locator(".mine.failed", has_text="one").wait_for(**WAIT)
    await page.unroute("**/chat/messages")
    await page.get_by_role("button", name="Try again").click()
    await answered(tab, "You said: one", 2)
    assert await shown(tab) == ["one", "You said: one"]


async def test_a_thumb_and_its_reasons_reach_staff_and_can_be_taken_back(tab: Tab, house: House) -> None:
    page = tab.page
    await page.goto("/chat")
    await send(tab, "one")
    await answered(tab, "You said: one", 2)
    await page.get_by_role("button", name="Bad answer").click()
    await page.get_by_label("Not correct").check()
    await page.get_by_label("In your own words").fill("it is two")
    await page.get_by_role("button", name="Send to staff").click()
    await page.get_by_text("Thank you.").first.wait_for(**WAIT)
    await page.locator("[data-act=bad][aria-pressed=true]").wait_for(**WAIT)
    assert await given(house) == [("bad", ("wrong_fact",), "it is two")]
    await page.reload()
    await page.get_by_role("button", name="Bad answer").click()
    await page.locator("[data-act=bad][aria-pressed=false]").wait_for(**WAIT)
    await page.get_by_role("button", name="Good answer").click()
    await page.locator("[data-act=good][aria-pressed=true]").wait_for(**WAIT)
    assert [verdict for verdict, _, _ in await given(house)] == ["good"]
    tab.assert_clean()


async def given(house: House) -> list[tuple[str, tuple[str, ...], str | None]]:
    """What visitors think of answers, as it holds now."""
    query = models.reviews.select().where(models.reviews.c.replaced_at.is_(None))
    rows = await house.system.database.read(lambda connection: connection.execute(query).all())
    return [(row.verdict, tuple(row.reasons or ()), row.comment) for row in rows]


async def test_a_shared_chat_is_read_by_anybody_until_its_link_is_ended(
    tab: Tab, house: House, browser: Any
) -> None:
    page = tab.page
    await page.goto("/chat")
    await send(tab, "<b>one</b>")
    await answered(tab, "You said: <b>one</b>", 2)
    await page.locator(".menu.own summary").click()
    await page.get_by_role("button", name="Share a link").click()
    await page.get_by_text("Nothing of this chat is shared.").wait_for(**WAIT)
    await page.get_by_role("button", name="Make a link").click()
    link = await page.get_by_label("The link").input_value()
    await page.locator("#sharing").get_by_role("button", name="Close").click()
    await send(tab, "two")
    await answered(tab, "You said: two", 4)

    reader = await new_tab(browser, house)
    answer = await reader.page.goto(link)
    assert answer is not None and answer.status == 200
    headers = await answer.all_headers()
    assert "set-cookie" not in headers and headers["x-robots-tag"].startswith("noindex")
    assert headers["referrer-policy"] == "no-referrer" and "no-store" in headers["cache-control"]
    found = [one.strip() for one in await reader.page.locator(".bubble").all_inner_texts()]
    assert found == ["<b>one</b>", "You said: <b>one</b>"]
    assert await reader.page.context.cookies() == []
    reader.assert_clean()

    await page.locator(".menu.own summary").click()
    await page.get_by_role("button", name="Share a link").click()
    await page.get_by_role("button", name="End this link").click()
    await page.get_by_text("Nothing of this chat is shared.").wait_for(**WAIT)
    answer = await reader.page.goto(link)
    assert answer is not None and answer.status == 404
    tab.assert_clean()


async def test_what_is_written_while_another_chat_is_on_its_way_is_said_in_that_one(
    tab: Tab, house: House
) -> None:
    """And of two that were asked for the last one is shown, in whatever order they come."""
    page = tab.page
    await page.goto("/chat")
    await send(tab, "tell me of rivers")
    await answered(tab, "rivers", 2)
    rivers, new = chat_of(tab), page.get_by_role("link", name="New chat", exact=True)

    async def late(route: Any) -> None:
        await asyncio.sleep(0.7)
        await route.continue_()

    await page.route("**/chat", late)
    await new.click()
    await send(tab, "and of lakes?")
    await answered(tab, "lakes", 2)
    lakes = chat_of(tab)
    assert lakes != rivers
    texts = [message.text for message in await house.messages(await address_of(tab, house))]
    assert texts[0] == "and of lakes?"
    await new.click()
    await page.locator("#text").fill("half a word")
    await page.locator("#history a", has_text="rivers").click()
    assert await page.locator("#text").input_value() == ""
    await answered(tab, "rivers", 2)
    await page.wait_for_timeout(900)
    assert chat_of(tab) == rivers and await page.locator("#log > li").count() == 2
    await page.unroute("**/chat", late)
    await page.route("**/chat", lambda route: route.abort())
    await page.locator("#text").fill("and of seas?")
    await new.click()
    await page.locator("#toast").wait_for(**WAIT)  # where one is stays, with what was begun there
    assert chat_of(tab) == rivers and await page.locator("#text").input_value() == "and of seas?"
    await page.unroute("**/chat")
    await new.click()
    await page.get_by_text("Hello! What would you like to know?").wait_for(**WAIT)
    assert await page.locator("#text").input_value() == "half a word"


async def test_a_chat_is_searched_pinned_taken_along_and_copied(tab: Tab, house: House) -> None:
    page = tab.page
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.goto("/chat")
    for words in ("tell me of rivers", "a long one"):
        await page.get_by_role("link", name="New chat", exact=True).click()
        await send(tab, words)
        await answered(tab, "and the end" if "long" in words else words, 2)
    await page.locator(".theirs").get_by_role("button", name="Copy", exact=True).click()
    await until(lambda: clipboard(page, LONG))
    await page.get_by_role("button", name="Copy code").click()
    await until(lambda: clipboard(page, "x = 1\n"))
    async with page.expect_download() as taken:
        await page.locator(".menu.own summary").click()
        await page.get_by_role("button", name="Save as Markdown").click()
    text = (await (await taken.value).path()).read_text()
    assert text.startswith("# a long one\n") and LONG in text and "**You**" in text
    await page.locator("#history li", has_text="rivers").locator("summary").click()
    await page.locator("#history").get_by_role("button", name="Pin").click()
    await page.locator("#history h2:first-child", has_text="Pinned").wait_for(**WAIT)
    await page.keyboard.press("Escape")
    await house.system.database.write(search.index)
    await page.locator("#composer").click()
    await page.get_by_label("Your message").first.blur()
    await page.keyboard.press("/")
    await page.keyboard.type("word59")
    await page.locator("#history h2", has_text="Found").wait_for(**WAIT)
    assert await page.locator("#history li a").all_inner_texts() == ["a long one"]
    tab.assert_clean()


async def clipboard(page: Any, wanted: str) -> bool:
    return bool(await page.evaluate("navigator.clipboard.readText()") == wanted)


async def test_a_visitor_chooses_who_answers_where_something_is_offered(tab: Tab, house: House) -> None:
    page = tab.page
    await page.goto("/chat")
    assert await page.locator("#persona").count() == 0
    now = house.system.clock.now()

    def offer(connection: Any) -> None:
        content = personas.Content(persona="You rhyme.")
        poet = personas.draft(connection, "poet", content, comment="", author="staff:1", now=now)
        personas.publish(connection, poet, channel="elsewhere", author="staff:1", now=now)
        personas.offer(connection, "The poet", poet, author="staff:1", now=now)

    await house.system.database.write(offer)
    await page.reload()
    await page.get_by_label("Who answers").select_option("The poet")
    await send(tab, "one")
    await answered(tab, "You said: one", 2)
    assert "You rhyme." in " ".join(slot.text for slot in house.engine.last.prompt.slots)
    await send(tab, "two")
    await answered(tab, "You said: two", 4)
    await page.reload()
    await page.locator(".bar .chip", has_text="The poet").wait_for(**WAIT)
    tab.assert_clean()


async def test_all_chats_are_deleted_after_one_question(tab: Tab, house: House) -> None:
    page = tab.page
    await page.goto("/chat")
    await send(tab, "one")
    await answered(tab, "You said: one", 2)
    address = await address_of(tab, house)
    await page.get_by_role("button", name="Delete all chats").click()
    await page.locator("#ending").get_by_role("button", name="Cancel").click()
    assert not await gone(house, address)
    await page.get_by_role("button", name="Delete all chats").click()
    await page.locator("#ending").get_by_role("button", name="Delete all").click()
    await page.get_by_text("Your chats will be listed here.").wait_for(**WAIT)
    assert await gone(house, address)
    await page.get_by_text("Hello! What would you like to know?").wait_for(**WAIT)
    tab.assert_clean()
