"""Pages fit: a finger, a page enlarged twice, a slow phone, the other theme and the longer words of another language."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageStat
from sqlalchemy import Connection, update

from assistant.store import models
from tests.web.conftest import Site, add_conversation, add_message
from tests.web.looks import CUT, DESKTOP, LANGUAGES, PHONE, WIDER, WIDEST, Visit
from tests.web.screenshots import pictures
from tests.web.shop import Shop, open_shop
from tests.web.test_browser import Tab, browser
from tests.web.test_every_page import pages_of, speak
from tests.web.test_troubles import Alpha

pytestmark = pytest.mark.browser
__all__ = ["browser"]

Begin = Callable[..., Awaitable[Visit]]
FINGER = 44
TWICE = {"viewport": {"width": DESKTOP[0] // 2, "height": DESKTOP[1] // 2}, "device_scale_factor": 2}
"""What a browser makes of a window of 1366×800 that its reader enlarged twice."""
TOUCHED = {"viewport": {"width": PHONE[0], "height": PHONE[1]}, "has_touch": True, "is_mobile": True}
BAR_SHARE = 0.25
BOX_PIXELS = 1.0
DARKEST, LIGHTEST = 90, 160
"""Of 255: a dark page is below on average, a light one above."""

SLOW_PHONE = {
    "viewport": {"width": 412, "height": 823},
    "device_scale_factor": 1.75,
    "has_touch": True,
    "is_mobile": True,
}
SLOW_CPU = {"rate": 4}
SLOW_NET = {"offline": False, "latency": 562.5, "downloadThroughput": 184_320, "uploadThroughput": 86_400}
"""A slow phone network, in milliseconds and bytes a second."""
SHIFT_SHARE = 0.05
"""How much of a window may move by itself while its page comes, as a share of the window times how far it moves."""
SETTLE_MS = 500
SHIFTS = """(() => {
    window.shifts = [];
    const name = ({ node }) => node && `${node.nodeName}#${node.id || node.className}`;
    new PerformanceObserver((list) => {
        for (const one of list.getEntries()) shifts.push([one.value, one.sources.map(name).join(" ")]);
    }).observe({ type: "layout-shift", buffered: true });
})()"""

TOO_SMALL = """(least) => [...document.querySelectorAll(
    "button, .button, select, textarea, summary, nav a, .tabs a, .pages a, .list a, .kinds a, .me a, label.check, input")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.type !== "hidden")
    .filter((one) => !one.matches("[type=checkbox], [type=radio], .meaning > summary, .labels .plain"))
    .map((one) => [one.getBoundingClientRect(), one.outerHTML.slice(0, 120)])
    .filter(([box]) => box.height < least - 0.5 || box.width < least - 0.5)
    .map(([box, html]) => `${Math.round(box.width)}×${Math.round(box.height)}: ${html}`).slice(0, 4)"""
"""Labels stand for what is ticked in them. A mark of help and the cross of a label are no acts that a page is for."""
COVERED = """() => {
    const found = [];
    const focusable = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")];
    for (const one of focusable) {
        if (!one.checkVisibility({ visibilityProperty: true }) || one.disabled || one.closest("dialog:not([open])")) continue;
        one.focus();
        if (document.activeElement !== one) continue;
        const box = one.getClientRects()[0];
        const [left, right] = [Math.max(0, box.left), Math.min(innerWidth, box.right)];
        const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
        const places = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.9]].map(([x, y]) => [left + (right - left) * x, top + (bottom - top) * y]);
        const own = (hit) => hit && (one.contains(hit) || hit.contains(one) || hit.closest("label")?.control === one);
        if (right <= left || bottom <= top || !places.some(([x, y]) => own(document.elementFromPoint(x, y)))) {
            found.push(one.outerHTML.slice(0, 140));
        }
    }
    document.activeElement.blur();
    return found.slice(0, 4);
}"""
"""What has the keyboard and cannot be seen: outside of the window, or below a bar that stays."""
STAYING = """() => [...document.querySelectorAll("body *")]
    .filter((one) => ["sticky", "fixed"].includes(getComputedStyle(one).position) && one.checkVisibility())
    .map((one) => one.getBoundingClientRect()).filter((box) => box.width > innerWidth / 2)
    .reduce((sum, box) => sum + box.height, 0) / innerHeight"""
BOXES = """() => [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility()).map((one) => {
    const box = one.getBoundingClientRect();
    return [one.tagName + (one.id ? "#" + one.id : "." + one.className), box.x, box.y, box.width, box.height];
})"""
BONES = """() => [...document.querySelectorAll("main *")]
    .filter((one) => !one.closest("svg, bdi, time, .time")).map((one) => one.tagName + (one.id && "#" + one.id))"""


@pytest.fixture
def begin(site: Site, browser: Any) -> Begin:
    async def opened(**options: Any) -> Visit:
        context = await browser.new_context(base_url=site.url, reduced_motion="reduce", **options)
        cookies = [{"name": one.key, "value": one.value, "url": site.url} for one in site.client.cookie_jar]
        await context.add_cookies(cookies)
        return Visit(Tab(await context.new_page(), site.url))

    return opened


async def seeded(site: Site) -> Shop:
    site.inbound.channels["alpha"] = Alpha()
    await site.set_up()
    shop: Shop = await site.database.write(lambda c: open_shop(c, site.clock.now()))
    return shop


def long_talk(connection: Connection, now: datetime) -> int:
    """More messages than a page has, of one line and of many."""
    here = add_conversation(connection, now, peer="long")
    for seq in range(1, 71):
        words = "Can I pay in two parts, half now and half at delivery? " * (seq % 6) or "Yes."
        add_message(connection, here, seq, now - timedelta(hours=70 - seq), words, out=seq % 2 == 0)
    return here


async def go(here: Visit, path: str) -> None:
    answer = await here.tab.page.goto(path, wait_until="load")
    assert answer is not None and answer.status == 200, path


async def test_what_is_done_with_a_finger_is_large_enough_for_it(site: Site, begin: Begin) -> None:
    shop = await seeded(site)
    here = await begin(**TOUCHED)
    for path in pages_of(site, shop):
        await go(here, path)
        await here.tab.page.evaluate(
            "for (const one of document.querySelectorAll('details')) one.open = true"
        )
        here.wrong += [f"{path}: {one}" for one in await here.tab.page.evaluate(TOO_SMALL, FINGER)]
        here.wrong += [f"{path}: cut off: {one}" for one in await here.tab.page.evaluate(CUT)]
    here.end()


@pytest.mark.parametrize("language", ["en", "es"])
async def test_a_page_enlarged_twice_is_whole_and_hides_no_place_of_the_keyboard(
    site: Site, begin: Begin, language: str
) -> None:
    shop = await seeded(site)
    await speak(site, language)
    here = await begin(**TWICE)
    page = here.tab.page
    for path in pages_of(site, shop):
        await go(here, path)
        if await page.evaluate(WIDER) > 0:
            here.wrong.append(f"{path}: too wide: {await page.evaluate(WIDEST)}")
        here.wrong += [f"{path}: cut off: {one}" for one in await page.evaluate(CUT)]
        here.wrong += [f"{path}: covered: {one}" for one in await page.evaluate(COVERED)]
        await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        share = await page.evaluate(STAYING)
        if share > BAR_SHARE:
            here.wrong.append(f"{path}: {share:.0%} of the window is taken by what does not move")
    here.end()


async def test_nothing_moves_by_itself_while_a_page_comes_to_a_slow_phone(site: Site, begin: Begin) -> None:
    """Neither by times that become local, nor by what is shown later, nor on the way to the end of a long transcript."""
    shop = await seeded(site)
    long = await site.database.write(lambda c: long_talk(c, site.clock.now()))
    here = await begin(**SLOW_PHONE)
    page = here.tab.page
    await page.add_init_script(SHIFTS)
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("Network.enable")
    await devtools.send("Network.emulateNetworkConditions", SLOW_NET)
    await devtools.send("Emulation.setCPUThrottlingRate", SLOW_CPU)
    talks = [f"/admin/inbox/{number}" for number in (shop.conversation, shop.taken, long)]
    others = [
        f"/admin/personas/{shop.persona}",
        f"/admin/review/{shop.queue}/next",
        f"/admin/traces/{shop.message}",
    ]
    for path in ("/admin", "/admin/inbox", *talks, *others):
        await go(here, path)
        await page.locator("#live.on").wait_for(state="attached")
        await page.wait_for_timeout(SETTLE_MS)
        shifts = await page.evaluate("shifts")
        if sum(value for value, _ in shifts) > SHIFT_SHARE:
            here.wrong.append(f"{path}: {shifts}")
    here.end()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_a_theme_changes_colours_and_moves_nothing(
    site: Site, begin: Begin, size: tuple[int, int]
) -> None:
    """And dark is the same, whether the system or the account asks for it."""
    shop = await seeded(site)
    here = await begin(viewport={"width": size[0], "height": size[1]})
    page = here.tab.page
    paths = sorted({one.path for one in pictures(shop)})
    dark: dict[str, Image.Image] = {}
    for path in paths:
        await page.emulate_media(color_scheme="light")
        await go(here, path)
        await page.locator("#live.on").wait_for(state="attached")
        boxes, light = await page.evaluate(BOXES), await shot(page)
        await page.emulate_media(color_scheme="dark")
        moved = [
            f"{path}: {one[0]} {one[1:]} → {other[1:]}"
            for one, other in zip(boxes, await page.evaluate(BOXES), strict=True)
            if any(abs(a - b) > BOX_PIXELS for a, b in zip(one[1:], other[1:], strict=True))
        ]
        here.wrong += moved[:3]
        dark[path] = await shot(page)
        if brightness(light) < LIGHTEST or brightness(dark[path]) > DARKEST:
            here.wrong.append(f"{path}: light {brightness(light):.0f}, dark {brightness(dark[path]):.0f}")
    await site.database.write(lambda c: c.execute(update(models.staff).values(theme="dark")))
    await page.emulate_media(color_scheme="light")
    for path in paths:
        await go(here, path)
        await page.locator("#live.on").wait_for(state="attached")
        differing = ImageChops.difference(await shot(page), dark[path]).getbbox()
        if differing:
            here.wrong.append(f"{path}: the account's dark is another at {differing}")
    here.end()


async def test_pages_are_built_alike_in_every_language(site: Site, begin: Begin) -> None:
    """The same parts in the same order: no translation has lost a link, a button or a row."""
    shop = await seeded(site)
    built: dict[str, list[str]] = {}
    here = await begin()
    for language in LANGUAGES:
        await speak(site, language)
        for path in pages_of(site, shop):
            if path == "/admin/audit":
                continue  # it grows by what is looked at here
            await go(here, path)
            bones = await here.tab.page.evaluate(BONES)
            first = built.setdefault(path, bones)
            if bones != first:
                at = next(
                    (n for n, two in enumerate(zip(first, bones, strict=False)) if two[0] != two[1]), -1
                )
                here.wrong.append(
                    f"{path} {language}: {len(first)} and {len(bones)} parts, {bones[at - 2 : at + 3]}"
                )
    here.end()


async def shot(page: Any) -> Image.Image:
    with Image.open(BytesIO(await page.screenshot(animations="disabled", caret="hide"))) as opened:
        return opened.convert("RGB")


def brightness(picture: Image.Image) -> float:
    return float(ImageStat.Stat(picture.convert("L")).mean[0])
