"""A moving picture of a conversation on a sandbox phone with the dashboard beside it: `python -m tests.web.recording [file]`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from tests.services import find_chromium

from .demonstration import demonstration, sign_up
from .screenshots import FOLDER

FILE = FOLDER / "film.webp"
PHONE, DESK, HEIGHT = 400, 880, 740  # pixels
PERSON, CHANNEL = "Mia", "whatsapp"
SHORTEST, LONGEST = 90, 1200  # milliseconds that a picture stays
QUALITY = 62


@dataclass(slots=True)
class Film:
    """Pictures of two pages side by side; one that shows what the one before showed makes that one stay longer."""

    phone: Page
    desk: Page
    frames: list[Image.Image] = field(default_factory=list)
    stays: list[float] = field(default_factory=list)
    _last: tuple[bytes, bytes] = (b"", b"")
    _since: float = 0.0

    async def roll(self, until: asyncio.Event) -> None:
        while not until.is_set():
            await self.shoot()
            await asyncio.sleep(0.05)

    async def shoot(self) -> None:
        shots = (await self.phone.screenshot(), await self.desk.screenshot())
        now = time.monotonic()
        if self.frames:
            self.stays[-1] = (now - self._since) * 1000
        if shots == self._last:
            return
        whole = Image.new("RGB", (PHONE + DESK + 2, HEIGHT), (120, 120, 120))
        for shot, left in zip(shots, (0, PHONE + 2), strict=True):
            with Image.open(BytesIO(shot)) as opened:
                whole.paste(opened.convert("RGB"), (left, 0))
        self.frames.append(whole)
        self.stays.append(0.0)
        self._last, self._since = shots, now

    def save(self, path: Path) -> None:
        """As an animated WebP; waiting is shortened, the last picture stays longest."""
        stays = [round(min(max(stay, SHORTEST), LONGEST)) for stay in self.stays]
        stays[-1] = 3000
        first, *others = self.frames
        first.save(
            path,
            "WEBP",
            save_all=True,
            append_images=others,
            duration=stays,
            loop=0,
            quality=QUALITY,
            method=4,
        )


async def _open(browser: Browser, address: str, width: int) -> Page:
    context = await browser.new_context(
        base_url=address, viewport={"width": width, "height": HEIGHT}, locale="en-GB", reduced_motion="reduce"
    )
    return await context.new_page()


async def _only(phone: Page, person: str, channel: str) -> None:
    """One phone fills the page."""
    await phone.goto("/sandbox")
    for name in await phone.locator("section.phone").evaluate_all("all => all.map(one => one.id)"):
        await phone.locator(f"#{name} .owner form button").click()
        await phone.locator(f"#{name}").wait_for(state="detached")
    await phone.click('[data-drawer="add"]')
    await phone.locator(f'input[name="skin"][value="{channel}"]').check()
    await phone.fill("#add-name", person)
    await phone.click('#drawer-add button[type="submit"]')
    await phone.locator("section.phone .frame").wait_for()
    await phone.locator("section.phone").scroll_into_view_if_needed()


async def _says(phone: Page, words: str) -> None:
    box = phone.locator("section.phone .composer textarea")
    await box.press_sequentially(words, delay=45)
    before = await phone.locator("section.phone .log .theirs:not(.draft):not(.dots)").count()
    await box.press("Enter")
    answer = phone.locator("section.phone .log .theirs:not(.draft):not(.dots)").nth(before)
    await answer.wait_for(timeout=60_000)
    await asyncio.sleep(1.5)


async def _play(phone: Page, desk: Page) -> None:
    """What the film shows: two answers by the model, one by hand, and back."""
    await asyncio.sleep(1)
    await _says(phone, "Hi, my name is Mia")
    await desk.locator("[data-row] a").filter(has_text=PERSON).first.click()
    await asyncio.sleep(1)
    await _says(phone, "What is 128 times 46?")
    await desk.locator('#composer [data-action="take_over"]').click()
    await desk.locator("#composer-text").wait_for()
    await asyncio.sleep(1)
    before = await phone.locator("section.phone .log .theirs").count()
    await desk.locator("#composer-text").press_sequentially("Hello Mia, Ada here. Can I help?", delay=35)
    await desk.locator('#composer [data-action="submit"]').first.click()
    await phone.locator("section.phone .log .theirs").nth(before).wait_for(timeout=30_000)
    await asyncio.sleep(1.5)
    await desk.locator('#composer [data-action="hand_back"]').click()
    await desk.locator('#composer [data-action="take_over"]').wait_for()
    await _says(phone, "What time is it in Tokyo?")


async def record(path: Path) -> None:
    """Make the film. Raises SystemExit without Chromium."""
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit("Chromium is not installed")
    async with demonstration() as (address, setup), async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        phone, desk = await _open(browser, address, PHONE), await _open(browser, address, DESK)
        await sign_up(desk, setup)
        await desk.goto("/admin/inbox")
        await _only(phone, PERSON, CHANNEL)
        film, over = Film(phone, desk), asyncio.Event()
        rolling = asyncio.create_task(film.roll(over))
        try:
            await _play(phone, desk)
        except BaseException:
            await film.shoot()
            kept = Path(tempfile.mkdtemp(prefix="recording-")) / "last.png"
            film.frames[-1].save(kept)
            print(f"what both pages showed: {kept}", file=sys.stderr)
            raise
        finally:
            over.set()
            await rolling
        await browser.close()
    film.save(path)


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else FILE
    asyncio.run(record(path))
    with Image.open(path) as film:
        print(f"{path}: {path.stat().st_size / 1000:.0f} kB, {getattr(film, 'n_frames', 1)} pictures")


if __name__ == "__main__":
    main()
