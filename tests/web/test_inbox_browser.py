"""The inbox in a browser: it misses nothing and shows nothing twice, whatever the connection does; scripts stay text."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import orjson
import pytest
from aiohttp import web
from sqlalchemy import select

from assistant.store import labels, models
from assistant.store.troubles import By
from assistant.web.context import CONTEXT
from assistant.web.server import make_app, serve
from tests.services import library
from tests.web.conftest import Site, add_conversation, add_message
from tests.web.test_browser import WAIT, Tab, browser, open_tab, sign_in
from tests.web.test_inbox import PAYLOADS, index, poisoned, seeded
from tests.web.windows import chromium_windows

playwright_api = library("playwright.async_api", "make test installs it")
pytestmark = pytest.mark.browser
__all__ = ["browser"]
WIDE = {"viewport": {"width": 1366, "height": 800}}
IDS = "items => items.map(item => item.id)"


async def say(site: Site, conversation: int, seq: int, words: str) -> None:
    """Somebody writes: the message is stored and every page hears of it."""
    await site.database.write(add_message, conversation, seq, site.clock.now(), words)
    await site.bus.publish("staff", frame("message", conversation, seq))


def frame(kind: str, conversation: int, seq: int) -> bytes:
    return orjson.dumps({"kind": kind, "conversation": conversation, "seq": seq})


async def bubbles(page: Any) -> list[str]:
    return list(await page.locator("#messages > .message").evaluate_all(IDS))


async def test_nine_tabs_hear_a_message_and_hidden_ones_count_it_until_they_are_looked_at(
    site: Site, chromium: str
) -> None:
    """Four windows of which each shows a tab, and five tabs behind one of them; on a transcript and on the list."""
    await site.set_up()
    [number] = await seeded(site, "Grace")
    async with chromium_windows(chromium) as browser:
        for cookie in site.client.cookie_jar:
            await browser.cookie(cookie.key, cookie.value, site.url)
        hidden = [await browser.open() for _ in range(5)]
        shown = [await browser.open(), *[await browser.open(window=True) for _ in range(3)]]
        tabs = hidden + shown
        await asyncio.gather(*(tab.goto(f"{site.url}/admin/inbox/{number}") for tab in tabs[1:]))
        await tabs[0].goto(f"{site.url}/admin/inbox")
        for tab in tabs:
            await tab.until("document.querySelector('#live.on') && document.title")
        looked_at = [await tab.evaluate("document.visibilityState") for tab in tabs]
        assert looked_at == ["hidden"] * 5 + ["visible"] * 4
        titles = [await tab.evaluate("document.title") for tab in tabs]
        await say(site, number, 3, "do you hear me?")
        for tab in tabs:
            await tab.until("document.querySelector('main').textContent.includes('do you hear me?')")
        assert [await tab.evaluate("document.title") for tab in tabs] == (
            [f"(1) {title}" for title in titles[:5]] + titles[5:]
        )
        await site.bus.publish("staff", frame("message", number, 3))  # told twice, counted once
        await say(site, number, 4, "and now?")
        for tab in tabs:
            await tab.until("document.querySelector('main').textContent.includes('and now?')")
        assert await hidden[0].evaluate("document.title") == f"(2) {titles[0]}"
        await hidden[0].front()
        assert await hidden[0].until("document.title.startsWith('(') ? '' : document.title") == titles[0]
        assert await shown[0].until("document.hidden")
        await say(site, number, 5, "and you?")
        assert await shown[0].until("document.title.startsWith('(1) ') && document.title")
        assert await hidden[1].until("document.title.startsWith('(3) ') && document.title")
        assert await hidden[0].evaluate("document.title") == titles[0]
        assert browser.complaints == []


async def test_a_server_that_is_stopped_and_started_again_leaves_no_gap_and_no_repeat(
    site: Site, browser: playwright_api.Browser
) -> None:
    await site.set_up()
    [number] = await seeded(site, "Grace")

    async def started(port: int) -> tuple[web.AppRunner, int]:
        return await serve(make_app(site.app[CONTEXT]), "127.0.0.1", port)

    runner, port = await started(0)
    context = await browser.new_context(base_url=f"http://127.0.0.1:{port}", **WIDE)
    tab = Tab(await context.new_page(), f"http://127.0.0.1:{port}")
    await sign_in(tab)
    page = tab.page
    await page.goto(f"/admin/inbox/{number}")
    await page.locator("#live.on").wait_for(**WAIT)
    await say(site, number, 3, "before")
    await page.locator("#messages").get_by_text("before").wait_for(**WAIT)
    await runner.cleanup()
    await page.locator("#live.lost").wait_for(timeout=2000)
    for seq in range(4, 9):
        await site.database.write(add_message, number, seq, site.clock.now(), f"meanwhile {seq}")
    runner, _ = await started(port)
    await page.locator("#messages").get_by_text("meanwhile 8").wait_for(timeout=10_000)
    await page.locator("#live.on").wait_for(**WAIT)
    stored = await site.database.read(
        lambda c: c.execute(
            select(models.messages.c.seq)
            .where(models.messages.c.conversation == number)
            .order_by(models.messages.c.seq)
        ).scalars().all()
    )  # fmt: skip
    assert await bubbles(page) == [f"m{seq}" for seq in stored]
    # Away for longer than a page of messages: what is shown is the newest page, and the way to the older ones.
    for socket in list(site.sockets()):
        await socket.close()
    await runner.cleanup()
    await page.locator("#live.lost").wait_for(timeout=2000)

    def many(connection: Any) -> None:
        for seq in range(9, 90):
            add_message(connection, number, seq, site.clock.now(), f"flood {seq}")

    await site.database.write(many)
    runner, _ = await started(port)
    await page.locator("#messages").get_by_text("flood 89").wait_for(timeout=15_000)
    assert await bubbles(page) == [f"m{seq}" for seq in range(40, 90)]
    await page.locator("#older").click()
    await page.locator("#m8").wait_for(**WAIT)
    assert await bubbles(page) == [f"m{seq}" for seq in range(1, 90)][-100:]
    await runner.cleanup()


async def test_from_one_to_another_and_back_ends_with_the_first_once_and_in_order(
    site: Site, browser: playwright_api.Browser
) -> None:
    await site.set_up()
    one, other = await seeded(site, "Grace", "Ana")
    tab = await open_tab(browser, site, **WIDE)
    await sign_in(tab)
    page = tab.page
    await page.goto("/admin/inbox")
    await page.locator("#live.on").wait_for(**WAIT)

    async def slowly(route: Any) -> None:
        await asyncio.sleep(2.0)
        try:
            await route.continue_()
        except playwright_api.Error:
            pass  # given up by the page in the meantime

    await page.route(f"**/admin/inbox/{one}*", slowly)
    await page.route(f"**/admin/inbox/{other}*", slowly)
    for number in (one, other, one):
        await page.locator(f"#c{number} a").click()
        await page.wait_for_timeout(80)
    await site.database.write(add_message, one, 3, site.clock.now(), "written meanwhile")
    await site.bus.publish("staff", frame("message", one, 3))
    await page.locator("#messages").get_by_text("written meanwhile").wait_for(**WAIT)
    await page.wait_for_timeout(2500)
    assert await bubbles(page) == ["m1", "m2", "m3"]
    assert await page.locator("#conversation").count() == 1
    assert await page.locator("#conversation").get_attribute("data-conversation") == str(one)
    assert page.url.endswith(f"/admin/inbox/{one}")
    await page.unroute(f"**/admin/inbox/{other}*")
    await page.unroute(f"**/admin/inbox/{one}*")
    await page.locator(f"#c{other} a").click()
    await page.locator(f"#conversation[data-conversation='{other}']").wait_for(**WAIT)
    assert (await page.title()).startswith("Ana")
    await page.go_back()
    await page.locator(f"#conversation[data-conversation='{one}']").wait_for(**WAIT)
    assert await bubbles(page) == ["m1", "m2", "m3"]
    tab.assert_clean()


async def test_the_list_is_put_in_order_row_by_row_and_every_row_still_opens(
    site: Site, browser: playwright_api.Browser
) -> None:
    """What nothing happened to stays the very node that it was; under a pointer nothing moves until it is asked to."""
    await site.set_up()
    ana, ben, eva = await seeded(site, "Ana", "Ben", "Eva")
    tab = await open_tab(browser, site, **WIDE)
    await sign_in(tab)
    page = tab.page
    await page.goto("/admin/inbox")
    await page.locator("#live.on").wait_for(**WAIT)
    listed, first = page.locator("#list > li"), page.locator("#list > li").first
    await listed.evaluate_all("rows => rows.forEach(row => { row.mine = true; })")

    async def moved_up(conversation: int, seq: int, words: str) -> None:
        now = site.clock.now() + timedelta(minutes=seq)
        row = models.conversations.c.id == conversation
        await site.database.write(
            lambda c: c.execute(models.conversations.update().where(row).values(last_at=now))
        )
        await say(site, conversation, seq, words)

    await moved_up(eva, 3, "And on Sunday?")
    await first.get_by_text("And on Sunday?").wait_for(**WAIT)
    assert await listed.evaluate_all(IDS) == [f"c{eva}", f"c{ana}", f"c{ben}"]
    new = await site.database.write(
        lambda c: add_conversation(c, site.clock.now() + timedelta(minutes=9), name="Zoe", peer="+34600999")
    )
    await say(site, new, 1, "Good morning")
    await first.get_by_text("Good morning").wait_for(**WAIT)
    order = [f"c{new}", f"c{eva}", f"c{ana}", f"c{ben}"]
    assert await listed.evaluate_all(IDS) == order
    assert await listed.evaluate_all("rows => rows.map(row => Boolean(row.mine))") == [
        False,
        True,
        True,
        True,
    ]
    for number in (new, eva):  # one that came, one that moved
        await page.locator(f"#c{number} a").click()
        await page.locator(f"#conversation[data-conversation='{number}']").wait_for(**WAIT)
    await page.locator(f"#c{ana} a").hover()
    await moved_up(ben, 12, "May I ask?")
    await page.locator("#fresh").wait_for(**WAIT)
    assert await listed.evaluate_all(IDS) == order
    await page.locator("#fresh").click()
    await first.get_by_text("May I ask?").wait_for(**WAIT)
    assert await listed.evaluate_all(IDS) == [order[3], *order[:3]]
    assert await page.locator("#list [aria-current]").count() == 1
    assert await page.locator(f"#c{eva} [aria-current]").count() == 1
    assert await page.locator("#fresh").is_hidden()
    tab.assert_clean()


async def test_an_open_page_hears_of_trouble_and_what_did_not_change_is_left_alone(
    site: Site, browser: playwright_api.Browser
) -> None:
    await site.set_up()
    [number] = await seeded(site, "Ana")
    tab = await open_tab(browser, site, **WIDE)
    await sign_in(tab)
    page = tab.page
    await page.goto(f"/admin/inbox/{number}")
    await page.locator("#live.on").wait_for(**WAIT)
    warned: list[str] = []
    object.__setattr__(site.context, "warnings", lambda: warned)
    for said in (["the disk is nearly full"], []):
        warned[:] = said
        await site.bus.publish("staff", frame("channel", 0, 0))
        await page.locator("#alerts .alert").wait_for(state="attached" if said else "detached", **WAIT)
    await say(site, number, 3, "one")
    await page.locator("#m3").wait_for(**WAIT)
    await page.locator("#context").evaluate("pane => { pane.mine = true; }")
    await say(site, number, 4, "two")
    await page.locator("#m4").wait_for(**WAIT)
    assert await page.locator("#context").evaluate("pane => pane.mine") is True
    by = By(staff=1, actor="staff:1", at=site.clock.now())
    await site.database.write(labels.add, number, "urgent", by)
    await site.bus.publish("staff", frame("mark", number, 0))
    await page.locator("#context .label", has_text="urgent").wait_for(**WAIT)
    tab.assert_clean()


async def test_by_keys_alone_one_reads_searches_flags_labels_and_notes(
    site: Site, browser: playwright_api.Browser
) -> None:
    await site.set_up()
    numbers = await seeded(site, "Grace", "Ana", "Zoë")
    await index(site)
    tab = await open_tab(browser, site, **WIDE)
    await sign_in(tab)
    page = tab.page
    await page.goto("/admin/inbox")
    await page.locator("#live.on").wait_for(**WAIT)
    for key in ("j", "j", "j", "Enter"):
        await page.keyboard.press(key)
    await page.locator(f"#conversation[data-conversation='{numbers[2]}']").wait_for(**WAIT)
    await page.keyboard.press("f")
    await page.locator("#state", has_text="flagged").wait_for(**WAIT)
    await page.keyboard.press("l")
    await page.keyboard.type("refund")
    await page.keyboard.press("Enter")
    await page.locator("#context .label", has_text="refund").wait_for(**WAIT)
    await page.keyboard.press("Escape")  # the field is ready for another label
    await page.keyboard.press("n")
    await page.keyboard.type("be kind")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.locator(".private", has_text="be kind").wait_for(**WAIT)
    await page.keyboard.press("Escape")
    await page.keyboard.press("/")
    await page.keyboard.type("hello gra")
    await page.locator("#found mark", has_text="Grace").wait_for(**WAIT)
    assert page.url.endswith(f"/admin/inbox/{numbers[2]}?q=hello+gra")
    assert await page.locator("#found .who").all_inner_texts() == ["Grace"]
    await page.reload()
    await page.locator("#found mark", has_text="Grace").wait_for(**WAIT)
    tab.assert_clean()


async def test_nothing_that_anybody_writes_runs_or_loads_in_the_inbox(
    site: Site, browser: playwright_api.Browser
) -> None:
    await site.set_up()
    numbers = [await site.database.write(poisoned(site, payload)) for payload in PAYLOADS]
    await index(site)
    tab = await open_tab(browser, site, **WIDE)
    dialogs: list[str] = []
    tab.page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    await sign_in(tab)
    page = tab.page
    own = await page.evaluate("document.scripts.length")
    assert own
    for number in numbers:
        await page.goto(f"/admin/inbox/{number}?q=needle")
    await page.locator("#found mark").first.wait_for(**WAIT)
    await page.locator("#live.on").wait_for(**WAIT)
    for number in numbers[:3]:  # the same, as a fragment that is put into the page
        await page.locator(f"#found a[href*='/admin/inbox/{number}?']").click()
        await page.locator(f"#conversation[data-conversation='{number}']").wait_for(**WAIT)
    sources = await page.evaluate("[...document.scripts].map(one => one.src + one.type)")
    assert all("/s/" in source or source == "application/json" for source in sources), sources
    assert dialogs == []
    tab.assert_clean()


async def test_what_cannot_be_loaded_leaves_what_was_there_and_says_so(
    site: Site, browser: playwright_api.Browser
) -> None:
    await site.set_up()
    one, other = await seeded(site, "Grace", "Ana")
    tab = await open_tab(browser, site, **WIDE)
    await sign_in(tab)
    page = tab.page
    await page.goto(f"/admin/inbox/{one}")
    await page.locator("#live.on").wait_for(**WAIT)
    await page.route(f"**/admin/inbox/{other}", lambda route: route.fulfill(status=503, body="<b>broken</b>"))
    await page.locator(f"#c{other} a").click()
    await page.get_by_role("alert").get_by_text("This could not be loaded.").wait_for(**WAIT)
    assert await page.locator("#conversation").get_attribute("data-conversation") == str(one)
    assert page.url.endswith(f"/admin/inbox/{one}")
    await page.unroute(f"**/admin/inbox/{other}")
    await page.locator(f"#c{other} a").click()
    await page.locator(f"#conversation[data-conversation='{other}']").wait_for(**WAIT)
    assert not await page.locator("#trouble").is_visible()


async def test_a_copy_and_a_print_have_times_and_authors_and_no_notes(
    site: Site, browser: playwright_api.Browser
) -> None:
    await site.set_up()
    [number] = await seeded(site, "Grace")
    await site.database.write(labels.note, number, "be kind", By(staff=1, actor="s", at=site.clock.now()))
    tab = await open_tab(browser, site, **WIDE)
    await sign_in(tab)
    page = tab.page
    await page.goto(f"/admin/inbox/{number}")
    await page.evaluate("navigator.clipboard.writeText = async (words) => { window.copied = words; }")
    await page.get_by_role("button", name="Copy").click()
    await page.get_by_role("button", name="Copied").wait_for(**WAIT)
    times = await page.locator("#messages .meta time").evaluate_all("all => all.map(one => one.dateTime)")
    assert await page.evaluate("window.copied") == (
        f"[{times[0]}] Grace: hello from Grace\n[{times[1]}] Assistant: good day Grace"
    )
    assert await page.locator(".private").is_visible()
    await page.emulate_media(media="print")
    assert not await page.locator(".private").is_visible()
    assert not await page.locator("#composing").is_visible()
    for shown in ("#m1 .author", "#m2 .author", "#m2 time", "#conversation-title"):
        assert await page.locator(shown).is_visible(), shown
    tab.assert_clean()


async def test_on_a_narrow_screen_each_is_a_page_of_its_own(
    site: Site, browser: playwright_api.Browser
) -> None:
    await site.set_up()
    [number] = await seeded(
        site, "Grace with a name that is much longer than any screen of a telephone is wide"
    )
    for scheme in ("light", "dark"):
        tab = await open_tab(browser, site, viewport={"width": 360, "height": 780}, color_scheme=scheme)
        await sign_in(tab)
        page = tab.page
        await page.goto("/admin/inbox")
        assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        await page.locator(f"#c{number} a").click()
        await page.wait_for_url(f"**/admin/inbox/{number}")
        await page.locator("#m2").wait_for(**WAIT)
        assert not await page.locator("#inbox").is_visible()
        assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        await page.get_by_label("Back to the list").click()
        await page.locator(f"#c{number}").wait_for(**WAIT)
        tab.assert_clean()
