"""Imagine as you type: few jobs, only the newest picture, nothing moves, everybody gets a turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import orjson
import pytest

from assistant.errors import PainterDead
from assistant.http import Http
from assistant.painter import Picture
from assistant.painters.openai import OpenAIPainter
from assistant.painters.sketch import NOTE, SketchPainter
from assistant.web import imagine
from assistant.web.draw_queue import DrawQueue
from tests.services import library
from tests.web.conftest import Site
from tests.web.looks import LANGUAGES, PAIRS, Visit, of
from tests.web.test_browser import WAIT, Tab, browser, open_tab

playwright_api = library("playwright.async_api", "make test installs it")
__all__ = ["browser"]


class Watched:
    """The sketch, counted and held: pictures are the real ones."""

    def __init__(self) -> None:
        self.sketch = SketchPainter()
        self.asked: list[str] = []
        self.painted: list[str] = []
        self.interrupted: list[str] = []
        self.running = 0
        self.most = 0
        self.dead = False
        self.free = asyncio.Event()
        self.free.set()

    @property
    def note(self) -> str:
        return self.sketch.note

    async def paint(self, prompt: str, *, seed: int, size: int, steps: int) -> Picture:
        self.asked.append(prompt)
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            await self.free.wait()
            if self.dead:
                raise PainterDead("for the test")
            made = await self.sketch.paint(prompt, seed=seed, size=size, steps=steps)
        except asyncio.CancelledError:
            self.interrupted.append(prompt)
            raise
        finally:
            self.running -= 1
        self.painted.append(prompt)
        return made

    async def close(self) -> None:
        await self.sketch.close()


@pytest.fixture
async def painter() -> AsyncIterator[Watched]:
    made = Watched()
    yield made
    made.free.set()
    await made.close()


@pytest.fixture
def given(painter: Watched) -> dict[str, Any]:
    return {"painter": painter}


class Drawer:
    """One tab, spoken to over its socket."""

    def __init__(self, client: aiohttp.ClientSession, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.client = client
        self.socket = socket
        self.seq = 0

    @classmethod
    async def enter(cls, site: Site, visitor: str) -> Drawer:
        client = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        headers = {"Cookie": f"visitor={visitor}", "Origin": site.url}
        try:
            socket = await client.ws_connect(site.url + "/chat/imagine", headers=headers)
        except aiohttp.WSServerHandshakeError:
            await client.close()
            raise
        drawer = cls(client, socket)
        assert (await drawer.hear())["kind"] == "hello"
        return drawer

    async def want(self, text: str, draw: str = "live") -> int:
        self.seq += 1
        await self.socket.send_json({"draw": draw, "seq": self.seq, "seed": 7, "text": text})
        return self.seq

    async def hear(self) -> dict[str, Any]:
        async with asyncio.timeout(60):
            message = await self.socket.receive()
        assert message.type is aiohttp.WSMsgType.TEXT, message
        return dict(orjson.loads(message.data))

    async def picture(self) -> tuple[int, bytes]:
        """The next picture; what else is said before it is passed over."""
        while True:
            frame = await self.hear()
            assert frame["kind"] in ("picture", "place"), frame
            if frame["kind"] == "picture":
                async with asyncio.timeout(60):
                    return frame["seq"], await self.socket.receive_bytes()

    async def leave(self) -> None:
        await self.socket.close()
        await self.client.close()


async def until(true: Any) -> None:
    async with asyncio.timeout(60):
        while not true():
            await asyncio.sleep(0.01)


async def test_words_go_in_and_a_jpeg_comes_back_and_the_last_one_is_large(site: Site) -> None:
    from PIL import ImageFile

    drawer = await Drawer.enter(site, "v-one")
    for draw, size in (("live", 512), ("final", 1024)):
        seq = await drawer.want("three red houses", draw)
        got, jpeg = await drawer.picture()
        parser = ImageFile.Parser()
        parser.feed(jpeg)
        image = parser.close()
        assert (got, image.format, image.size) == (seq, "JPEG", (size, size))
    await drawer.leave()


async def test_newer_words_interrupt_what_is_drawn_and_replace_what_waits(
    site: Site, painter: Watched
) -> None:
    painter.free.clear()
    drawer = await Drawer.enter(site, "v-one")
    await drawer.want("first")
    await until(lambda: painter.asked)
    for text in ("second", "third", "fourth"):
        await drawer.want(text)
    await until(lambda: painter.asked[-1] == "fourth")
    painter.free.set()
    seq, _ = await drawer.picture()
    assert seq == 4 and painter.painted == ["fourth"]
    assert painter.interrupted[0] == "first" and painter.most == 1
    await drawer.leave()


async def test_who_stops_or_leaves_frees_the_painter(site: Site, painter: Watched) -> None:
    painter.free.clear()
    drawer = await Drawer.enter(site, "v-one")
    await drawer.want("first")
    await until(lambda: painter.running)
    await drawer.socket.send_json({"draw": "stop", "seq": 2})
    await until(lambda: not painter.running)
    await drawer.want("second")
    await until(lambda: painter.running)
    await drawer.leave()
    await until(lambda: not painter.running)
    assert painter.interrupted == ["first", "second"] and painter.painted == []


async def test_fifty_tabs_draw_two_at_once_in_the_order_they_came_and_hear_their_place(
    site: Site, painter: Watched
) -> None:
    painter.free.clear()
    drawers = [await Drawer.enter(site, f"v-{number}") for number in range(50)]
    for number, drawer in enumerate(drawers):
        await drawer.want(f"picture {number}")
        await until(lambda number=number: len(painter.asked) >= min(2, number + 1))
        if number >= 2:
            assert (await drawer.hear()) == {"kind": "place", "seq": 1, "ahead": number - 2}
    # The last one types on: its place stays, nobody is passed.
    for word in ("more", "and more"):
        await drawers[-1].want(f"picture 49 {word}")
    painter.free.set()
    for number, drawer in enumerate(drawers):
        seq, _ = await drawer.picture()
        assert seq == (3 if number == 49 else 1)
    assert painter.most == 2
    order = [int(text.split()[1]) for text in painter.asked]
    assert order == sorted(order) and len(order) == 50
    for drawer in drawers:
        await drawer.leave()


async def test_one_tab_that_never_rests_does_not_keep_the_others_waiting(
    site: Site, painter: Watched
) -> None:
    painter.free.clear()
    greedy, patient = [await Drawer.enter(site, f"v-{name}") for name in ("greedy", "patient")]
    other = await Drawer.enter(site, "v-other")
    await greedy.want("greedy 1")
    await other.want("other")
    await until(lambda: painter.running == 2)
    await patient.want("patient")
    assert (await patient.hear())["kind"] == "place"
    for number in range(2, 12):
        await greedy.want(f"greedy {number}")
    await until(lambda: "patient" in painter.asked)
    painter.free.set()
    assert (await patient.picture())[0] == 1
    assert (await greedy.picture())[0] == 11
    for drawer in (greedy, patient, other):
        await drawer.leave()


async def test_a_dead_painter_is_said_in_a_clear_sentence_and_the_next_words_try_again(
    site: Site, painter: Watched
) -> None:
    drawer = await Drawer.enter(site, "v-one")
    painter.dead = True
    await drawer.want("a house")
    said = await drawer.hear()
    assert (said["kind"], said["seq"]) == ("failed", 1)
    assert said["words"].startswith("No pictures can be drawn right now")
    painter.dead = False
    await drawer.want("a house")
    assert (await drawer.picture())[0] == 2
    await drawer.leave()


async def test_an_images_server_that_is_away_is_said_too() -> None:
    http = Http()
    queue = DrawQueue(OpenAIPainter(http, "http://127.0.0.1:9/v1"), at_once=1)
    heard: asyncio.Queue[object] = asyncio.Queue()

    async def drawn(wish: imagine.Wish, made: object) -> None:
        heard.put_nowait(made)

    async def ahead(wish: imagine.Wish, place: int) -> None:
        heard.put_nowait(place)

    tab = queue.enter(drawn, ahead)
    tab.want(imagine.Wish(seq=1, text="x", seed=1, size=64, steps=1))
    async with asyncio.timeout(60):
        assert isinstance(await heard.get(), PainterDead)
    await queue.close()
    await http.close()


async def test_a_flood_of_words_is_slowed_and_nonsense_ends_the_socket(site: Site) -> None:
    drawer = await Drawer.enter(site, "v-one")
    for number in range(imagine.RATE.burst + 1):
        await drawer.want(f"word {number}")
    kinds: list[str] = []
    while "slow" not in kinds:
        async with asyncio.timeout(60):
            message = await drawer.socket.receive()
        if message.type is aiohttp.WSMsgType.TEXT:
            frame = orjson.loads(message.data)
            kinds.append(frame["kind"])
    assert frame["seconds"] > 0
    await drawer.leave()
    bad: tuple[Any, ...] = (
        "{",
        "[]",
        '{"draw": "live", "seq": 1, "seed": 1, "text": " "}',
        '{"draw": "live", "seq": -1, "seed": 1, "text": "x"}',
        orjson.dumps({"draw": "live", "seq": 1, "seed": 1, "text": "x" * 501}).decode(),
        '{"draw": "paint", "seq": 1, "seed": 1, "text": "x"}',
    )
    for said in bad:
        drawer = await Drawer.enter(site, "v-two")
        await drawer.socket.send_str(said)
        async with asyncio.timeout(60):
            assert (await drawer.socket.receive()).type in (
                aiohttp.WSMsgType.CLOSE,
                aiohttp.WSMsgType.CLOSING,
            )
        await drawer.leave()


async def test_new_cookies_are_no_new_allowance_for_who_comes_from_one_place(site: Site) -> None:
    assert imagine.RATE_OF_A_PLACE.burst == 5 * imagine.RATE.burst
    for number in range(5):
        drawer = await Drawer.enter(site, f"v-{number}")
        for word in range(imagine.RATE.burst):
            await drawer.want(f"word {word}")
            await drawer.picture()
        await drawer.leave()
    sixth = await Drawer.enter(site, "v-6")
    await sixth.want("a word")
    assert (await sixth.hear())["kind"] == "slow"
    site.clock.advance(10)
    await sixth.want("a word")
    assert (await sixth.picture())[0] == 2
    await sixth.leave()


async def test_strangers_other_sites_and_a_ninth_tab_are_refused(site: Site) -> None:
    headers = {"Cookie": "visitor=v-one", "Origin": "https://elsewhere.example"}
    for wrong in ({"Origin": site.url}, headers):
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as client:
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await client.ws_connect(site.url + "/chat/imagine", headers=wrong)
        assert refused.value.status == 403
    drawers = [await Drawer.enter(site, "v-one") for _ in range(imagine.MOST_TABS)]
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await Drawer.enter(site, "v-one")
    assert refused.value.status == 429
    await drawers.pop().leave()
    await until(lambda: site.app[imagine.TABS]["v-one"] < imagine.MOST_TABS)
    for drawer in drawers:
        await drawer.leave()


def test_what_the_painters_say_of_themselves_can_be_translated() -> None:
    assert NOTE in imagine.NOTES


class TestWithoutPainter:
    @pytest.fixture
    def given(self) -> dict[str, Any]:
        return {}

    async def test_nothing_of_it_is_shown(self, site: Site) -> None:
        assert (await site.get("/imagine")).status == 404
        text = await (await site.get("/chat")).text()
        assert "imagine" not in text.lower()
        assert (await site.get("/chat/imagine")).status == 404


# --- in a browser ----------------------------------------------------------------------------------------

SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((one) => one.value)))
  .observe({ type: "layout-shift", buffered: true });
"""


async def shifted(tab: Tab) -> float:
    return float(await tab.page.evaluate("shifts.reduce((sum, one) => sum + one, 0)"))


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/imagine", "/chat"])
async def test_twelve_letters_typed_fast_start_at_most_four_jobs_and_show_only_the_newest(
    site: Site, painter: Watched, browser: playwright_api.Browser, path: str
) -> None:
    """Eight letters a second by the page's own clock, however slow this machine is."""
    tab = await open_tab(browser, site)
    page = tab.page
    await page.clock.install(time=0)
    await page.goto(path)
    await page.clock.pause_at(3_600_000)  # from here on it goes only as told
    if path == "/chat":
        await page.get_by_role("button", name="Imagine").click()
    field = page.get_by_label("What do you want to see?")
    await field.focus()
    await page.evaluate(SHIFTS)
    for letter in "casa com sol":
        await page.keyboard.press("Space" if letter == " " else letter)
        await page.clock.run_for(125)
    await page.clock.run_for(2000)
    await page.get_by_role("img", name="A picture of: casa com sol").wait_for(**WAIT)
    assert 1 <= len(painter.asked) <= 4, painter.asked
    assert painter.asked[-1] == "casa com sol"
    assert await page.locator(".tile img").count() == 1
    assert await shifted(tab) == 0
    tab.assert_clean()


@pytest.mark.browser
async def test_a_picture_of_older_words_never_replaces_a_newer_one(
    site: Site, painter: Watched, browser: playwright_api.Browser
) -> None:
    tab = await open_tab(browser, site)
    page = tab.page
    painter.free.clear()
    await page.goto("/imagine")
    field = page.get_by_label("What do you want to see?")
    await field.fill("a house ")
    await until(lambda: painter.asked == ["a house"])
    await field.fill("a house and a tree ")
    await until(lambda: painter.asked[-1] == "a house and a tree")
    painter.free.set()
    await page.get_by_role("img", name="A picture of: a house and a tree").wait_for(**WAIT)
    assert painter.painted == ["a house and a tree"] and painter.interrupted == ["a house"]
    tab.assert_clean()


@pytest.mark.browser
async def test_enter_draws_it_large_to_be_downloaded_and_another_one_is_another(
    site: Site, browser: playwright_api.Browser
) -> None:
    tab = await open_tab(browser, site)
    page = tab.page
    await page.goto("/imagine")
    await page.evaluate(SHIFTS)
    await page.keyboard.type("um barco azul")
    await page.keyboard.press("Enter")
    await page.get_by_text("The large picture is ready.").wait_for(**WAIT)
    side = "document.getElementById('easel-picture').naturalWidth"
    assert await page.evaluate(side) == 1024
    async with page.expect_download() as started:
        await page.get_by_role("link", name="Download").click()
    download = await started.value
    assert download.suggested_filename == "imagine.jpg"
    before = await page.locator("#easel-picture").get_attribute("src")
    await page.get_by_role("button", name="Another one").click()
    await page.locator(f"#easel-picture:not([src='{before}'])").wait_for(**WAIT)
    assert await page.get_by_role("link", name="Download").count() == 0
    await page.get_by_label("What do you want to see?").fill("")
    await page.get_by_text("It is drawn while you type.").wait_for(**WAIT)
    assert await shifted(tab) == 0
    tab.assert_clean()


@pytest.mark.browser
async def test_the_dialog_in_the_chat_opens_by_a_word_too_and_escape_gives_the_chat_back(
    site: Site, painter: Watched, browser: playwright_api.Browser
) -> None:
    tab = await open_tab(browser, site, viewport={"width": 360, "height": 740})
    page = tab.page
    await page.goto("/chat")
    await page.get_by_label("Your message").press_sequentially("/imagine a cat")
    await page.get_by_role("dialog", name="Imagine").wait_for(**WAIT)
    await page.get_by_role("img", name="A picture of: a cat").wait_for(**WAIT)
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    await page.keyboard.press("Escape")
    await page.get_by_role("dialog").wait_for(state="hidden", **WAIT)
    assert await page.get_by_label("Your message").input_value() == ""
    await until(lambda: not site.app[imagine.TABS])
    tab.assert_clean()


@pytest.mark.browser
async def test_a_failure_stays_readable_and_the_connection_comes_back(
    site: Site, painter: Watched, browser: playwright_api.Browser
) -> None:
    tab = await open_tab(browser, site)
    page = tab.page
    await page.goto("/imagine")
    painter.dead = True
    await page.keyboard.type("a tree ")
    await page.get_by_text("No pictures can be drawn right now").wait_for(**WAIT)
    painter.dead = False
    for socket in list(site.sockets()):
        await socket.close()
    await page.keyboard.type("and a sun ")
    await page.get_by_role("img", name="A picture of: a tree and a sun").wait_for(**WAIT)
    assert tab.foreign == []


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
async def test_everybody_can_use_it(site: Site, browser: playwright_api.Browser, language: str) -> None:
    """Empty and drawn, alone and in the chat; 360 pixels are enough."""
    visit = Visit(await open_tab(browser, site, locale=language))
    page = visit.tab.page
    for path in ("/imagine", "/chat"):
        await visit.open(path)
        if path == "/chat":
            await page.locator("[data-imagine]").click()
        await visit.look(f"{path} empty", of(PAIRS, language))
        await page.locator("#easel-text").fill("two trees and a house ")
        await page.locator("#easel-picture").wait_for(state="visible", **WAIT)
        await visit.look(f"{path} drawn", of(PAIRS, language))
    visit.end()
