"""From a fresh clone to the first reply on a phone of each app: minutes, clicks and keys, as a newcomer does it."""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Locator, Page, async_playwright

from .report import Row, show
from .servers import free_port

ROOT = Path(__file__).parents[1]
HELLO = "Hello"
GOAL_SECONDS = 60.0
WAIT_SECONDS = 120.0


@dataclass(slots=True)
class Newcomer:
    """Somebody at the page, whose clicks and keys are counted."""

    page: Page
    clicks: int = 0
    keys: int = 0
    took: dict[str, tuple[float, int, int]] = field(default_factory=dict)

    async def click(self, place: Locator) -> None:
        await place.click()
        self.clicks += 1

    async def write(self, place: Locator, words: str) -> None:
        await place.press_sequentially(words, delay=30)
        self.keys += len(words)

    async def greet(self, skin: str) -> None:
        """Say hello on the phone of this kind, adding one when there is none, and wait for the reply."""
        began, clicks, keys = time.perf_counter(), self.clicks, self.keys
        phone = self.page.locator(f"section.phone.skin-{skin}").first
        if not await phone.count():
            await self.click(self.page.locator('header [data-drawer="add"]'))
            await self.click(self.page.locator(f'label:has(input[name="skin"][value="{skin}"])'))
            await self.click(self.page.locator("#add-name"))
            await self.write(self.page.locator("#add-name"), "Kim")
            await self.page.keyboard.press("Enter")
            self.keys += 1
            await phone.wait_for()
        box, replies = phone.locator(".composer textarea"), phone.locator(".log li.theirs .text")
        before = await replies.count()
        await self.click(box)
        await self.write(box, HELLO)
        await box.press("Enter")
        self.keys += 1
        reply = replies.nth(before)
        await reply.wait_for(timeout=WAIT_SECONDS * 1000)
        self.took[skin] = (time.perf_counter() - began, self.clicks - clicks, self.keys - keys)


@asynccontextmanager
async def started(folder: Path) -> AsyncIterator[tuple[str, float]]:
    """`make demo` in that folder; yields the address of the page with the phones, and when it was there.

    The three people of the demonstration have had their talk by then: what is heard next answers the newcomer.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    environment |= {"ASSISTANT_PORT": str(free_port()), "PYTHONUNBUFFERED": "1"}
    environment.pop("VIRTUAL_ENV", None)
    process = await asyncio.create_subprocess_exec(
        "make", "demo", cwd=folder, env=environment, stdout=asyncio.subprocess.PIPE, start_new_session=True
    )
    if process.stdout is None:
        raise RuntimeError("the demonstration cannot be read")
    try:
        there: tuple[str, float] | None = None
        async for line in process.stdout:
            found = re.search(r"http://\S+/sandbox", line.decode())
            if found and there is None:
                there = found[0], time.perf_counter()
            elif found and there:
                break
        if there is None:
            raise SystemExit("make demo ended before its page was up")
        yield there
    finally:
        os.killpg(process.pid, 15)
        await process.wait()


async def run(fresh: bool, chromium: str) -> None:
    with tempfile.TemporaryDirectory(prefix="first-reply-") as temporary:
        folder = Path(temporary) / "clone" if fresh else ROOT
        began = time.perf_counter()
        if fresh:
            cloning = await asyncio.create_subprocess_exec("git", "clone", "--quiet", str(ROOT), str(folder))
            if await cloning.wait():
                raise SystemExit("the clone failed")
        async with started(folder) as (address, there), async_playwright() as playwright:
            up = there - began
            browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = await browser.new_page()
            opened = time.perf_counter()
            await page.goto(address)
            skins = await page.locator('input[name="skin"]').evaluate_all("all => all.map(one => one.value)")
            newcomer = Newcomer(page)
            for skin in skins:
                await newcomer.greet(skin)
            everywhere = time.perf_counter() - opened
            await browser.close()
    tell(fresh, up, everywhere, newcomer)


def tell(fresh: bool, up: float, everywhere: float, newcomer: Newcomer) -> None:
    whence = "git clone and make demo" if fresh else "make demo, installed already"
    rows = [
        Row(figure=f"until the page is there ({whence})", ours=f"{up / 60:.1f} min", reference="1 command")
    ]
    rows += [
        Row(
            figure=f"first reply on a {skin} phone",
            ours=f"{seconds:.1f} s",
            reference=f"{clicks} clicks, {keys} keys",
        )
        for skin, (seconds, clicks, keys) in newcomer.took.items()
    ]
    goal = f"≤ {GOAL_SECONDS:.0f} s: {'met' if everywhere <= GOAL_SECONDS else 'MISSED'}"
    total = f"{newcomer.clicks} clicks, {newcomer.keys} keys"
    rows.append(
        Row(
            figure="from opening the page to a reply on all of them",
            ours=f"{everywhere:.1f} s",
            reference=total,
            goal=goal,
        )
    )
    show(
        "from nothing to the first reply on a phone of each app",
        rows,
        {
            "up_minutes": round(up / 60, 2),
            "all_replies_s": round(everywhere, 1),
            "clicks": newcomer.clicks,
            "slowest_reply_s": round(max(seconds for seconds, _, _ in newcomer.took.values()), 1),
        },
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="this checkout as it is installed, no fresh clone"
    )
    parser.add_argument(
        "--chromium", default=os.environ.get("ASSISTANT_CHROMIUM") or shutil.which("chromium")
    )
    options = parser.parse_args()
    if not options.chromium:
        sys.exit("Chromium is not installed; name it with --chromium")
    asyncio.run(run(not options.quick, options.chromium))


if __name__ == "__main__":
    main()
