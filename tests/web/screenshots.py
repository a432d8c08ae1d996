"""Pictures of the main pages for the documentation: `python -m tests.web.screenshots [folder]`, docs/images/ if none is named."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import Browser, async_playwright

from assistant.buses.memory import MemoryBus
from assistant.clock import SystemClock
from assistant.settings import Settings
from assistant.store import models, sessions, staff
from assistant.store.database import Database
from assistant.store.staff import StaffRole
from assistant.web.auth import COOKIE, new_token, token_hash
from assistant.web.server import WebContext, make_app, serve
from tests.services import find_chromium

from .conftest import PAGE, FakeInbound, Sign, visitor_address
from .demonstration import demonstration
from .shop import Shop, open_shop
from .test_troubles import Alpha

FOLDER = Path(__file__).parents[2] / "docs" / "images"
MOST_BYTES = 150_000
COLOURS = 256
QUALITY = 85


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture: of which page, how wide, in which colours. `said`: what is written into the chat before; `shut`: what is
    pressed before."""

    name: str
    path: str
    width: int = 1366
    height: int = 800
    theme: str = "light"
    said: tuple[str, ...] = ()
    shut: str = ""


TALK = (
    "Hello, my name is Zoë",
    "What is 19.5 plus 4?",
    "What time is it in Lisbon?",
    "What is my name?",
)
TOUR = "#drawer-tour .top button"
OF_PEOPLE = (
    Picture(name="chat", path="/chat", said=TALK),
    Picture(name="chat-dark", path="/chat", theme="dark", said=TALK),
    Picture(name="chat-phone", path="/chat", width=390, height=844, said=TALK[:2]),
    Picture(name="sandbox", path="/sandbox", height=860, shut=TOUR),
    Picture(name="sandbox-dark", path="/sandbox", height=860, theme="dark", shut=TOUR),
    Picture(name="sandbox-phone", path="/sandbox", width=390, height=844, shut=TOUR),
)
"""What people see, of the demonstration with its small model."""


def pictures(shop: Shop) -> list[Picture]:
    talk, trace = f"/admin/inbox/{shop.conversation}", f"/admin/traces/{shop.message}"
    return [
        Picture(name="home", path="/admin"),
        Picture(name="inbox", path="/admin/inbox"),
        Picture(name="transcript", path=talk),
        Picture(name="transcript-dark", path=talk, theme="dark"),
        Picture(name="transcript-phone", path=talk, width=390, height=844),
        Picture(name="review", path=f"/admin/review/{shop.queue}/next"),
        Picture(name="trace", path=trace),
        Picture(name="trace-dark", path=f"{trace}?part=prompt", theme="dark"),
        Picture(name="trace-phone", path=trace, width=390, height=844),
        Picture(name="replay", path=f"{trace}?part=replay"),
        Picture(name="figures", path="/admin/metrics"),
        Picture(name="figures-dark", path="/admin/metrics", theme="dark"),
        Picture(name="personas", path=f"/admin/personas/{shop.persona}"),
        Picture(name="channels", path="/admin/channels"),
    ]


async def take(folder: Path) -> list[Path]:
    """Make all of them; returns where they are. Raises SystemExit without Chromium."""
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit("Chromium is not installed")
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    async with AsyncExitStack() as stack:
        url, token, shop = await _open(stack)
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        made = [await _picture(browser, url, one, folder, token) for one in pictures(shop)]
        async with demonstration() as (address, _):
            made += [await _picture(browser, address, one, folder) for one in OF_PEOPLE]
        await browser.close()
    return made


async def _open(stack: AsyncExitStack) -> tuple[str, str, Shop]:
    """A served shop; returns its address, the token of who is signed in, and what is in it."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    database = Database(f"sqlite:///{folder}/shop.db")
    database.open()
    stack.push_async_callback(database.close)
    now, token = datetime.now(UTC), new_token()
    shop: list[Shop] = []

    def fill(connection: Any) -> None:
        models.metadata.create_all(connection)
        member = staff.create(
            connection,
            email="ada@example.org",
            name="Ada Lovelace",
            role=StaffRole.ADMIN,
            password_hash="-",
            now=now,
        )
        sessions.start(connection, token_hash(token), member, now)
        shop.append(open_shop(connection, now, staff=member))

    await database.write(fill)
    inbound, clock = FakeInbound(), SystemClock()
    inbound.channels |= {"alpha": Alpha(), "beta": Sign("Beta")}
    inbound.channels["alpha"].title = "Messages"
    inbound.channels["beta"].title = "Photos"

    async def ready() -> list[str]:
        return []

    context = WebContext(
        settings=Settings(data=folder),
        database=database,
        bus=MemoryBus(clock),
        clock=clock,
        inbound=inbound,
        page_channel=PAGE,
        new_visitor=lambda: "v-visitor",
        visitor_address=visitor_address,
        cookie_of=lambda visitor: visitor,
        engine_note=lambda: "",
        ready=ready,
        setup_token_file=folder / "setup-token",
    )
    runner, port = await serve(make_app(context), "127.0.0.1", 0)
    stack.push_async_callback(runner.cleanup)
    return f"http://127.0.0.1:{port}", token, shop[0]


async def _picture(browser: Browser, url: str, one: Picture, folder: Path, token: str = "") -> Path:
    context = await browser.new_context(
        base_url=url,
        viewport={"width": one.width, "height": one.height},
        color_scheme="dark" if one.theme == "dark" else "light",
        locale="en-GB",
        timezone_id="UTC",
        reduced_motion="reduce",
    )
    if token:
        await context.add_cookies([{"name": COOKIE, "value": token, "url": url}])
    page = await context.new_page()
    answer = await page.goto(one.path, wait_until="load")
    if answer is None or answer.status != 200:
        raise SystemExit(f"{one.path} answers {answer and answer.status}")
    if one.shut and await page.locator(one.shut).is_visible():
        await page.click(one.shut)
    for number, words in enumerate(one.said):
        await page.fill("#text", words)
        await page.press("#text", "Enter")
        await page.locator("#log .theirs:not(.growing)").nth(number).wait_for()
    await page.wait_for_timeout(500)
    shot = await page.screenshot()
    await context.close()
    if one in OF_PEOPLE:  # shades and patterns, which few colours would spoil
        path = folder / f"{one.name}.webp"
        with Image.open(BytesIO(shot)) as opened:
            opened.convert("RGB").save(path, "WEBP", quality=QUALITY, method=6)
        return path
    path = folder / f"{one.name}.png"
    path.write_bytes(smaller(shot))
    return path


def smaller(png: bytes) -> bytes:
    """The picture in as many colours as fit: a documentation is downloaded with every copy."""
    colours = 0
    while True:
        out = BytesIO()
        with Image.open(BytesIO(png)) as opened:
            image = opened.convert("RGB")
            if colours:
                image = image.quantize(colours, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
            image.save(out, "PNG", optimize=True)
        if len(out.getvalue()) <= MOST_BYTES or colours == 1:
            return out.getvalue()
        colours = colours // 2 or COLOURS


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for path in asyncio.run(take(folder)):
        print(f"{path}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
