"""The phones' page in Chromium, with the real system behind it: what people see, press and hear, and how it looks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adapters.sandbox import Button, Phone, Piece, Sandbox
from adapters.sandbox.page.skins import SKINS
from assistant import app
from tests.scenarios.running import running
from tests.services import library
from tests.web.looks import ALL, DESKTOP, LANGUAGES, NARROW, PAIRS, PHONE, WIDER, Visit, everything, of
from tests.web.payloads import PAYLOADS
from tests.web.test_browser import Tab, browser
from tests.web.test_sizes import COVERED, FINGER, TOO_SMALL, TOUCHED, TWICE

playwright_api = library("playwright.async_api", "make test installs it")
pytestmark = pytest.mark.browser
__all__ = ["browser"]

WAIT = {"timeout": 30_000}
DRAWERS = ("tour", "add", "knobs", "wire", "scenarios")
Opens = Callable[..., Awaitable[Tab]]


@pytest.fixture
async def system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[app.Runtime, Sandbox]]:
    async with running(tmp_path, monkeypatch) as started:
        yield started


@pytest.fixture
def opens(system: tuple[app.Runtime, Sandbox], browser: Any) -> Opens:
    """Open the page in a tab of its own."""
    runtime, _ = system

    async def opened(**options: Any) -> Tab:
        context = await browser.new_context(base_url=runtime.address, **{"locale": "en-GB", **options})
        tab = Tab(await context.new_page(), runtime.address)
        await tab.page.goto("/sandbox")
        await tab.page.locator("#live.on").wait_for(**WAIT)
        return tab

    return opened


@pytest.fixture
def sandbox(system: tuple[app.Runtime, Sandbox]) -> Sandbox:
    return system[1]


def phone_of(tab: Tab, name: str) -> Any:
    return tab.page.locator(f".phone[data-person='{name}']")


async def write(tab: Tab, name: str, words: str) -> None:
    text = phone_of(tab, name).locator(".composer textarea")
    await text.fill(words)
    await text.press("Enter")


async def add(tab: Tab, skin: str, name: str, others: str = "") -> None:
    page = tab.page
    await page.locator("nav [data-drawer=add]").click()
    await page.locator(f"input[name=skin][value={skin}]").check()
    await page.locator("#add-name").fill(name)
    if others:
        await page.locator("#add-others").fill(others)
    await page.get_by_role("button", name="Add", exact=True).click()
    await phone_of(tab, name).wait_for(**WAIT)


# --- talking ---------------------------------------------------------------------------------------------


async def test_on_a_phone_of_every_skin_the_first_words_are_answered(opens: Opens) -> None:
    tab = await opens()
    people = {
        "whatsapp": "Ana",
        "messenger": "João",
        "telegram": "Lucía",
        "instagram": "Noa",
        "comment": "Bea",
    }
    assert set(people) == set(SKINS)
    await add(tab, "instagram", "Noa")
    await add(tab, "comment", "Bea")
    for skin, name in people.items():
        await write(tab, name, f"hello from {skin}")
    for skin, name in people.items():
        bubble = phone_of(tab, name).locator(".bubble.theirs", has_text=f"hello from {skin}")
        await bubble.wait_for(**WAIT)
    tab.assert_clean()


async def test_ticks_go_both_ways_and_have_names(opens: Opens) -> None:
    tab = await opens()
    await write(tab, "Ana", "hello")
    phone = phone_of(tab, "Ana")
    await phone.locator(".bubble.mine .tick.read[title=read]").wait_for(**WAIT)
    await phone.locator(".bubble.theirs .tick.read[title=read]").wait_for(**WAIT)


async def test_in_a_group_several_people_write_and_the_bot_answers_who_names_it(opens: Opens) -> None:
    tab = await opens()
    await add(tab, "telegram", "Book club", "Mia, Tom")
    phone = phone_of(tab, "Book club")
    await phone.get_by_label("Who writes").select_option("Tom")
    await write(tab, "Book club", "only among us")
    await phone.get_by_label("Who writes").select_option("Mia")
    await write(tab, "Book club", "@sandbox_bot and you?")
    await phone.locator(".bubble.theirs", has_text="and you?").wait_for(**WAIT)
    assert await phone.locator(".bubble.mine .author").all_text_contents() == ["Tom", "Mia"]


async def test_samples_of_every_kind_are_sent_and_shown(opens: Opens, sandbox: Sandbox) -> None:
    tab = await opens()
    phone = phone_of(tab, "Ana")
    for kind in SKINS["whatsapp"].kinds:
        await phone.get_by_label("Send something else").click()
        await phone.locator(f".composer button[value={kind}]").click()
        await asyncio.sleep(0.1)
    for sign in (".picture img", ".voice", ".stuck", "a.attached", ".place", "p.attached"):
        await phone.locator(f".bubble.mine {sign}").first.wait_for(**WAIT)
    await tab.page.wait_for_function("[...document.images].every((one) => one.complete && one.naturalWidth)")
    assert len(sandbox.phone("whatsapp", "Ana").said) == len(SKINS["whatsapp"].kinds)
    tab.assert_clean()


async def test_the_assistants_dots_and_growing_answers_are_shown(opens: Opens, sandbox: Sandbox) -> None:
    tab = await opens()
    from adapters.sandbox.inbox import Draft

    ana, lucia = sandbox.phone("whatsapp", "Ana"), sandbox.phone("telegram", "Lucía")
    ana.see_typing()
    await phone_of(tab, "Ana").locator(".dots").wait_for(**WAIT)
    lucia.see_draft(Draft(number=1, text="It grows", at=sandbox.clock.now()))
    await phone_of(tab, "Lucía").locator(".draft", has_text="It grows").wait_for(**WAIT)
    lucia.hear("900", "It grew")
    await phone_of(tab, "Lucía").locator("li .bubble", has_text="It grew").wait_for(**WAIT)
    assert await phone_of(tab, "Lucía").locator(".draft").count() == 0


# --- what a message can do -------------------------------------------------------------------------------


async def menu_of(bubble: Any) -> Any:
    """Press the bubble: its menu opens."""
    await bubble.click(position={"x": 12, "y": 8})
    menu = bubble.locator("xpath=..").locator(".act")
    await menu.locator(".sheet").wait_for(**WAIT)
    return menu


async def test_a_message_is_quoted_reacted_to_edited_and_deleted(opens: Opens, sandbox: Sandbox) -> None:
    tab = await opens()
    phone, ana = phone_of(tab, "Ana"), sandbox.phone("whatsapp", "Ana")
    await write(tab, "Ana", "first words")
    await phone.locator(".bubble.theirs").wait_for(**WAIT)
    menu = await menu_of(phone.locator(".bubble.theirs"))
    await menu.get_by_role("button", name="React with 👍").click()
    await phone.locator(".bubble.theirs .reactions", has_text="👍").wait_for(**WAIT)
    assert ana.inbox[0].reaction == "👍"
    menu = await menu_of(phone.locator(".bubble.theirs"))
    await menu.get_by_role("button", name="Reply to it").click()
    await phone.locator(".quoting", has_text="You said").wait_for(**WAIT)
    await write(tab, "Ana", "about that")
    await phone.locator(".bubble.mine .quoted", has_text="You said").wait_for(**WAIT)
    menu = await menu_of(phone.locator(".bubble.mine").first)
    await menu.get_by_text("Edit", exact=True).click()
    await menu.get_by_label("The new words").fill("better words")
    await menu.get_by_role("button", name="Save").click()
    await phone.locator(".bubble.mine", has_text="better words").get_by_text("edited").wait_for(**WAIT)
    menu = await menu_of(phone.locator(".bubble.mine").first)
    await menu.get_by_role("button", name="Delete for everyone").click()
    await phone.locator(".bubble.mine .gone").wait_for(**WAIT)
    assert await phone.locator("li.deleted .act").count() == 0
    tab.assert_clean()


async def test_buttons_and_lists_are_pressed(opens: Opens, sandbox: Sandbox) -> None:
    tab = await opens()
    ana = sandbox.phone("whatsapp", "Ana")
    buttons = (Button(title="Yes", id="y", kind="reply"), Button(title="No", id="n", kind="reply"))
    sandbox.whatsapp.deliver_message(ana, Piece(text="Shall we?", buttons=buttons), tag=None)
    phone = phone_of(tab, "Ana")
    await phone.get_by_role("button", name="Yes").click()
    await phone.locator(".bubble.mine", has_text="Yes").get_by_text("pressed").wait_for(**WAIT)
    await phone.locator(".press[data-pressed]", has_text="Yes").wait_for(**WAIT)
    await phone.locator(".bubble.theirs", has_text="You said").wait_for(**WAIT)


async def test_who_blocks_the_business_or_is_offline_is_seen_as_such(opens: Opens, sandbox: Sandbox) -> None:
    tab = await opens()
    phone, ana = phone_of(tab, "Ana"), sandbox.phone("whatsapp", "Ana")
    for opened, button, shown in (
        (lambda: ana.offline, "Go offline", "Ana is offline"),
        (lambda: ana.offline, "Go online again", "online"),
        (lambda: ana.blocked, "Block the business", "blocked by Ana"),
        (lambda: ana.blocked, "Unblock the business", "online"),
    ):
        before = opened()
        await phone.get_by_label("Phone of Ana", exact=True).click()
        await phone.get_by_role("button", name=button, exact=True).click()
        await phone.locator(".state", has_text=shown).wait_for(**WAIT)
        assert opened() is not before


# --- the drawers -----------------------------------------------------------------------------------------


async def test_the_wire_log_shows_a_valid_signature_a_command_and_the_way_to_the_trace(opens: Opens) -> None:
    tab = await opens()
    page = tab.page
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.locator("nav [data-drawer=wire]").click()
    await write(tab, "Ana", "hello")
    await phone_of(tab, "Ana").locator(".bubble.theirs").wait_for(**WAIT)
    row = page.locator(".exchange[data-person=Ana][data-way=webhook]", has_text="signature valid").last
    await row.locator("summary").click()
    await row.locator("pre:visible", has_text="X-Hub-Signature-256: sha256=").wait_for(**WAIT)
    await row.get_by_role("button", name="Copy as curl").click()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("curl ") and "/webhooks/whatsapp" in copied
    link = await row.get_by_role("link", name="Trace of this message").get_attribute("href")
    assert link is not None and link.startswith("/admin/find?channel=whatsapp&external=wamid.")
    await page.locator("#wire-channel").select_option("telegram")
    assert await page.locator(".exchange:visible").count() == 0
    await page.locator("#wire-channel").select_option("whatsapp")
    assert await page.locator(".exchange:visible").count() >= 2
    tab.assert_clean()


async def test_a_fault_is_set_shown_as_a_chip_and_put_at_rest(opens: Opens, sandbox: Sandbox) -> None:
    tab = await opens()
    page = tab.page
    await page.locator("nav [data-drawer=knobs]").click()
    await page.locator("#which").select_option("telegram")
    await page.locator("#knobs input[name=channel][value=telegram]").wait_for(state="attached", **WAIT)
    await page.get_by_label("Duplicates").fill("4")
    await page.get_by_role("button", name="Set for this platform").click()
    await page.locator("#faults .chip", has_text="Telegram: Duplicates 4").wait_for(**WAIT)
    assert sandbox.telegram.faults.duplicates == 4
    await page.locator("#faults").get_by_role("button", name="Everything at rest").click()
    await page.locator("#faults .chip").wait_for(state="detached", **WAIT)
    assert sandbox.telegram.faults.duplicates == 0
    tab.assert_clean()


async def test_a_scenario_is_played_before_ones_eyes(opens: Opens) -> None:
    tab = await opens()
    page = tab.page
    await page.locator("nav [data-drawer=scenarios]").click()
    await page.locator("#own-yaml").fill("name: x\nphones: {}\nsteps:\n  - zed: {says: hi}\n")
    await page.get_by_role("button", name="Play it").click()
    await page.locator(".own [role=alert]", has_text="line 4").wait_for(**WAIT)
    own = "name: Two people\nphones:\n  zed: {channel: telegram}\nsteps:\n  - zed: {says: hi}\n  - zed: {hears: 1}\n"
    await page.locator("#own-yaml").fill(own)
    await page.get_by_role("button", name="Play it").click()
    await page.locator("#plays").get_by_text("All went as expected.").wait_for(**WAIT)
    assert await page.locator("#plays .progress .good").count() == 2
    await phone_of(tab, "zed").locator(".bubble.theirs", has_text="You said: hi").wait_for(**WAIT)
    tab.assert_clean()


# --- several tabs, and who comes back --------------------------------------------------------------------


async def test_two_tabs_and_a_fresh_one_show_the_same(opens: Opens) -> None:
    one, two = await opens(), await opens()
    await add(one, "instagram", "Noa")
    await phone_of(two, "Noa").wait_for(**WAIT)
    await phone_of(two, "Ana").locator(".composer textarea").fill("half a sentence")
    await write(one, "Ana", "hello")
    for tab in (one, two, await opens()):
        assert await phone_of(tab, "Ana").locator(".bubble.mine", has_text="hello").count() <= 1
        await phone_of(tab, "Ana").locator(".bubble.theirs", has_text="You said: hello").wait_for(**WAIT)
    assert await phone_of(two, "Ana").locator(".composer textarea").input_value() == "half a sentence"


async def test_what_happened_while_the_socket_was_away_is_there_when_it_is_back(
    opens: Opens, sandbox: Sandbox
) -> None:
    tab = await opens()
    await tab.page.context.set_offline(True)
    await tab.page.evaluate("1")
    sandbox.phone("whatsapp", "Ana").hear("wamid.away", "said meanwhile")
    await tab.page.context.set_offline(False)
    await phone_of(tab, "Ana").locator(".bubble.theirs", has_text="said meanwhile").wait_for(**WAIT)


async def test_what_happens_between_the_page_and_its_socket_is_not_missed(
    system: tuple[app.Runtime, Sandbox], browser: Any
) -> None:
    """The script comes late; and while the page is looked at again, the next thing happens."""
    runtime, sandbox = system
    ana = sandbox.phone("whatsapp", "Ana")
    page = await (await browser.new_context(base_url=runtime.address, locale="en-GB")).new_page()
    tab = Tab(page, runtime.address)

    async def late(route: Any) -> None:
        ana.hear("wamid.before", "before the socket")
        await route.continue_()

    async def slow(route: Any) -> None:
        if route.request.resource_type == "document":
            await route.continue_()
            return
        answer = await route.fetch()
        ana.hear("wamid.while", "while it was fetched")
        await asyncio.sleep(0.5)
        await route.fulfill(response=answer)

    await page.route("**/sandbox.js", late)
    await page.route("**/sandbox", slow)
    await page.goto("/sandbox")
    for words in ("before the socket", "while it was fetched"):
        await phone_of(tab, "Ana").locator(".bubble.theirs", has_text=words).wait_for(**WAIT)
    tab.assert_clean()


# --- hostile words, keys and looks -----------------------------------------------------------------------


async def test_hostile_words_stand_there_literally_on_every_skin(opens: Opens, sandbox: Sandbox) -> None:
    tab = await opens()
    dialogs: list[str] = []
    tab.page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    await add(tab, "instagram", "<b>Noa</b>")
    people: list[Phone] = [sandbox.phone("whatsapp", "Ana"), sandbox.phone("telegram", "Lucía")]
    people += [sandbox.phone("messenger", "João"), sandbox.phone("instagram", "<b>Noa</b>")]
    for number, payload in enumerate(PAYLOADS):
        for person in people:
            person.hear(
                f"hostile-{number}",
                Piece(text=payload, buttons=(Button(title=payload[:60], id="x", kind="url", url=payload),)),
            )
    for person in people:
        person.hear("last", "the last one")
        await phone_of(tab, person.name).locator(".bubble", has_text="the last one").wait_for(**WAIT)
    assert await tab.page.locator(".phones script, .phones iframe, .phones base, .phones b b").count() == 0
    hrefs = await tab.page.eval_on_selector_all(
        ".phones a[href]", "all => all.map((one) => one.getAttribute('href'))"
    )
    assert all(href.startswith(("http://", "https://", "/", "#")) for href in hrefs)
    shown = await phone_of(tab, "João").locator("li .text").all_inner_texts()
    assert "<script>alert(1)</script>" in shown and "{{7*7}}" in shown
    assert dialogs == []
    tab.assert_clean()


async def test_with_keys_alone_one_writes_opens_a_menu_and_leaves_it(opens: Opens) -> None:
    tab = await opens()
    page = tab.page
    await phone_of(tab, "Ana").locator(".composer textarea").focus()
    await page.keyboard.type("two")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("lines")
    await page.keyboard.press("Enter")
    await phone_of(tab, "Ana").locator(".bubble.mine", has_text="two\nlines").wait_for(**WAIT)
    await phone_of(tab, "Ana").locator(".bubble.theirs").wait_for(**WAIT)
    await phone_of(tab, "Ana").locator("li.theirs .act summary").focus()
    await page.keyboard.press("Enter")
    await phone_of(tab, "Ana").get_by_role("button", name="Reply to it").wait_for(**WAIT)
    await page.keyboard.press("Escape")
    assert await page.locator("details.menu[open]").count() == 0
    assert await page.evaluate("document.activeElement.matches('.act summary')")


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_part_is_accessible_quiet_and_fits(
    language: str, opens: Opens, system: tuple[app.Runtime, Sandbox]
) -> None:
    """All skins with all that can stand on them, every drawer open."""
    runtime, sandbox = system
    tab = await opens(locale=language)
    headers = {"Origin": runtime.address}
    for skin, name, others in (
        ("instagram", "Noa", ""),
        ("comment", "Bea", ""),
        ("telegram", "Club", "Mia, Tom"),
    ):
        form = {"skin": skin, "name": name, "locale": language, "others": others}
        assert (await tab.page.request.post("/sandbox/phones", form=form, headers=headers)).status == 204
    await phone_of(tab, "Club").wait_for(**WAIT)
    for number in range(1, 7):
        await tab.page.request.post(
            f"/sandbox/phones/{number}/say", form={"text": "*hello* https://example.org"}, headers=headers
        )
        for kind in ("image", "voice", "document", "location"):
            await tab.page.request.post(
                f"/sandbox/phones/{number}/send", form={"kind": kind}, headers=headers
            )
    ana = sandbox.phone("whatsapp", "Ana")
    buttons = (Button(title="Yes", id="y", kind="reply"), Button(title="No", id="n", kind="reply"))
    for person, kind in (
        (ana, "reply"),
        (sandbox.phone("messenger", "João"), "quick_reply"),
        (sandbox.phone("telegram", "Lucía"), "callback"),
    ):
        person.hear(
            "99999", Piece(text="Shall we?", buttons=tuple(replace(one, kind=kind) for one in buttons))
        )
        person.see_reaction(next(iter(person.said)), "👍")
        person.see_typing()
    await tab.page.request.post(
        "/sandbox/faults",
        form={"channel": "whatsapp", "duplicates": "2", "bad_signature": "1"},
        headers=headers,
    )
    await tab.page.request.post("/sandbox/phones/1/say", form={"text": "refused"}, headers=headers)
    await tab.page.request.post("/sandbox/plays/record", headers=headers)
    await tab.page.locator(".tick.failed").first.wait_for(**WAIT)
    await phone_of(tab, "Noa").locator("li.theirs .bubble").first.wait_for(**WAIT)
    visit = Visit(tab)
    await tab.page.goto("/sandbox")
    looks = of(ALL if everything() else PAIRS, language)
    await visit.look("/sandbox", looks, looks)
    for person, whose in (("Ana", "mine"), ("Ana", "theirs"), ("Bea", "mine"), ("Noa", "theirs")):
        for look in looks:
            await visit.see(look.theme, look.size)
            menu = phone_of(tab, person).locator(f"li.{whose}:not(.deleted) .act").last
            await menu.evaluate("(one) => (one.open = true)")
            await menu.locator(".sheet").wait_for(state="attached", **WAIT)
            await menu.evaluate("(one) => (one.dataset.looked = '')")
            await visit.axe(f"menu of {person} {look}", within="[data-looked]")
            await menu.evaluate("(one) => { one.open = false; delete one.dataset.looked; }")
    for drawer in DRAWERS:
        await visit.see("light", DESKTOP)
        opener = tab.page.locator(f"nav [data-drawer={drawer}]")
        if await opener.get_attribute("aria-expanded") == "false":
            await opener.click()
        for look in looks:
            await visit.see(look.theme, look.size)
            await visit.axe(f"{drawer} {look}", within=f"#drawer-{drawer}")
            await visit.see("light", NARROW)
            if (wide := await tab.page.evaluate(WIDER)) > 0:
                visit.wrong.append(f"{drawer}: {wide} px too wide")
    assert await tab.page.evaluate("document.documentElement.lang") == language
    visit.end()


async def test_on_a_phone_one_phone_is_seen_at_a_time(opens: Opens) -> None:
    tab = await opens(viewport={"width": PHONE[0], "height": PHONE[1]}, has_touch=True)
    page = tab.page
    left = "document.querySelector('.phones').scrollLeft"
    assert await page.evaluate(left) == 0
    await page.locator(".tabs").get_by_role("link", name="Lucía").click()
    await page.wait_for_function(f"{left} > 300")
    box = await phone_of(tab, "Lucía").bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= PHONE[0]
    send = await phone_of(tab, "Lucía").get_by_role("button", name="Send", exact=True).bounding_box()
    assert send is not None and min(send["width"], send["height"]) >= 44


async def unfolded(tab: Tab) -> None:
    """Everything open: each drawer, and what is folded."""
    for drawer in DRAWERS:
        await tab.page.evaluate(f"document.getElementById('drawer-{drawer}').hidden = false")
    await tab.page.evaluate("for (const one of document.querySelectorAll('details.act')) one.open = true")
    await tab.page.locator(".act .sheet").last.wait_for(state="attached", **WAIT)


async def test_what_is_pressed_with_a_finger_is_large_enough_for_it(opens: Opens) -> None:
    tab = await opens(**TOUCHED)
    await write(tab, "Ana", "hello")
    await phone_of(tab, "Ana").locator(".bubble.theirs").wait_for(**WAIT)
    await unfolded(tab)
    visit = Visit(tab)
    visit.wrong += await tab.page.evaluate(TOO_SMALL.replace("slice(0, 4)", "slice(0, 40)"), FINGER)
    visit.end()


async def test_enlarged_twice_nothing_with_the_keyboard_is_hidden(opens: Opens) -> None:
    tab = await opens(**TWICE)
    await write(tab, "Ana", "hello")
    await phone_of(tab, "Ana").locator(".bubble.theirs").wait_for(**WAIT)
    visit = Visit(tab)
    visit.wrong += await tab.page.evaluate(COVERED)
    if (wide := await tab.page.evaluate(WIDER)) > 0:
        visit.wrong.append(f"{wide} px too wide")
    visit.end()
