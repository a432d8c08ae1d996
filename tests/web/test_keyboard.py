"""Staff work without a mouse: one whole shift by keys alone, and a table of keys in which every line does something."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, select, update

from assistant.store import models, review_queues
from assistant.store.review_queues import Rule
from assistant.web.keys import INBOX, REVIEW, TABLE, TRANSCRIPT, on
from tests.web.conftest import ADMIN, Site, add_conversation, add_message
from tests.web.test_browser import WAIT, open_tab, sign_in
from tests.web.test_browser import browser as browser
from tests.web.test_takeover import Alpha

pytestmark = pytest.mark.browser


async def seeded(site: Site) -> list[int]:
    """Three people with an answer each, on a channel that staff can write to; the third of the list comes last."""
    await site.set_up()
    site.inbound.channels["alpha"] = Alpha()
    now = site.clock.now()

    def seed(connection: Any) -> list[int]:
        made = []
        for place, name in enumerate(("Zoë", "Ana", "Grace")):
            number = add_conversation(
                connection, now, name=name, peer=f"peer-{place}", window_until=now.replace(year=2030)
            )
            add_message(connection, number, 1, now, f"a question of {name}", outcome="answered")
            values = {
                "conversation": number,
                "lo_seq": 1,
                "hi_seq": 1,
                "cause": "message",
                "lane": "interactive",
            }
            turn = connection.execute(
                insert(models.turns)
                .values(**values, state="settled", started_at=now)
                .returning(models.turns.c.id)
            ).scalar_one()
            add_message(connection, number, 2, now, "an answer", out=True, sent={"turn": turn}, turn=turn)
            made.append(number)
        return made

    return await site.database.write(seed)


async def test_a_whole_shift_by_keys_alone(site: Site, browser: Any) -> None:
    """Sign in, open the third conversation, judge it bad with a reason and a better answer, go on, label, note, take over,
    reply, hand back."""
    await seeded(site)
    tab = await open_tab(browser, site, viewport={"width": 1366, "height": 800})
    page, keys = tab.page, tab.page.keyboard
    await page.goto("/login")  # the first field has the focus
    await keys.type(ADMIN["email"])
    await keys.press("Tab")
    await keys.type(ADMIN["password"])
    await keys.press("Enter")
    await page.wait_for_url("**/admin")
    await page.locator("#live.on").wait_for(**WAIT)
    for key in ("g", "i"):
        await keys.press(key)
    await page.wait_for_url("**/admin/inbox")
    await page.locator("#live.on").wait_for(**WAIT)
    for key in ("j", "j", "j", "Enter"):
        await keys.press(key)
    third = await page.locator("[data-rows] [data-row]").nth(2).get_attribute("id")
    await page.locator(f"#conversation[data-conversation='{(third or '')[1:]}']").wait_for(**WAIT)
    # A verdict with a reason and a correction.
    await keys.press("2")
    await page.locator("form.judge input[value=bad]:checked").wait_for(**WAIT)
    await keys.press("2")  # once more: the chosen verdict has the focus, the reasons come next
    for _ in range(20):
        await keys.press("Tab")
        if await page.evaluate("document.activeElement.name") == "reason_wrong_fact":
            break
    await keys.press("Space")
    await keys.press("e")
    await page.wait_for_function("document.activeElement.name === 'correction'")
    await keys.press("Control+A")
    await keys.type("a better answer")
    await keys.press("Control+Enter")
    await page.locator(".judging .done").wait_for(**WAIT)
    # The next one of the list.
    await keys.press("Escape")
    await page.evaluate("document.activeElement.blur()")
    await keys.press("k")
    await keys.press("Enter")
    second = await page.locator("[data-rows] [data-row]").nth(1).get_attribute("id")
    number = int((second or "")[1:])
    await page.locator(f"#conversation[data-conversation='{number}']").wait_for(**WAIT)
    await keys.press("l")
    await keys.type("refund")
    await keys.press("Enter")
    await page.locator("#context .label", has_text="refund").wait_for(**WAIT)
    await keys.press("Escape")
    await keys.press("n")
    await keys.type("be kind")
    await keys.press("Tab")
    await keys.press("Enter")
    await page.locator(".private", has_text="be kind").wait_for(**WAIT)
    await keys.press("Escape")
    await keys.press("t")
    await page.locator("#composer.who-mine").wait_for(**WAIT)
    await keys.press("r")
    await keys.type("I am a person.")
    await keys.press("Control+Enter")
    await page.locator(".message.by-staff", has_text="I am a person.").wait_for(**WAIT)
    await keys.press("Escape")
    await keys.press("h")
    await page.locator("#composer.who-bot").wait_for(**WAIT)
    judged = await site.database.read(
        lambda connection: connection.execute(
            select(models.reviews.c.verdict, models.reviews.c.reasons, models.reviews.c.correction)
        ).one()
    )
    assert tuple(judged) == ("bad", ["wrong_fact"], "a better answer")
    tab.assert_clean()


@pytest.mark.parametrize("name", [INBOX, TRANSCRIPT, REVIEW])
async def test_every_key_of_the_sheet_has_something_to_do_on_its_page(
    site: Site, browser: Any, name: str
) -> None:
    """And nothing on the page waits for a key that the table does not have."""
    numbers = await seeded(site)
    now = site.clock.now()
    if name == REVIEW:
        queue = await site.database.write(
            review_queues.create, name="Q", rule=Rule(percent=100.0), reviews_per_item=1, by=1, now=now
        )
        await site.database.write(review_queues.fill, queue, now)
        paths = [f"/admin/review/{queue}/next"]
    elif name == INBOX:
        paths = ["/admin/inbox"]
    else:
        taken = {"mode": "human", "taken_by": 1, "taken_at": now, "hand_back_at": now.replace(year=2030)}
        change = update(models.conversations).where(models.conversations.c.id == numbers[0]).values(**taken)
        await site.database.write(lambda connection: connection.execute(change) and None)
        paths = [f"/admin/inbox/{number}" for number in numbers[:2]]
    tab = await open_tab(browser, site, viewport={"width": 1366, "height": 800})
    page = tab.page
    await sign_in(tab)
    waiting: set[str] = set()
    for path in paths:
        await page.goto(path)
        await page.locator("#live.on").wait_for(**WAIT)
        if name == TRANSCRIPT:
            await page.keyboard.press("1")
            await page.locator("form.judge").first.wait_for(**WAIT)
        actions = "[...document.querySelectorAll('[data-action]')].map(one => one.dataset.action)"
        waiting |= set(await page.evaluate(actions))
    shown = {key.action for key in on(name) if not key.built_in}
    if name == INBOX:
        shown -= {key.action for key in TABLE if TRANSCRIPT in key.where and INBOX not in key.where}
    assert shown <= waiting | {"go_home", "go_inbox", "go_review"}, shown - waiting
    assert waiting <= {key.action for key in TABLE}, waiting - shown


async def test_keys_rest_while_somebody_types_and_when_they_are_turned_off(site: Site, browser: Any) -> None:
    numbers = await seeded(site)
    tab = await open_tab(browser, site, viewport={"width": 1366, "height": 800})
    page = tab.page
    await sign_in(tab)
    await page.goto(f"/admin/inbox/{numbers[0]}")
    await page.locator("#live.on").wait_for(**WAIT)
    await page.keyboard.press("n")
    await page.keyboard.type("take this: 123 ?")
    assert await page.locator("#note-new").input_value() == "take this: 123 ?"
    assert await page.locator("dialog[open], form.judge, #composer.who-mine").count() == 0
    await page.keyboard.press("Escape")
    await page.keyboard.press("?")
    await page.locator("dialog#help[open]").wait_for(**WAIT)
    await page.keyboard.press("Escape")
    change = update(models.staff).values(shortcuts=False)
    await site.database.write(lambda connection: connection.execute(change) and None)
    await page.reload()
    await page.locator("#live.on").wait_for(**WAIT)
    await page.keyboard.press("t")
    await page.keyboard.press("?")
    assert await page.locator("kbd, dialog[open], #composer.who-mine").count() == 0
    tab.assert_clean()
