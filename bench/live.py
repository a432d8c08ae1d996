"""How soon staff see what happened: a message in fifty open tabs, the change after a key, and nine tabs opened at once."""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import Connection, func, select

from assistant.store.database import Database
from assistant.store.models import conversations
from assistant.web.auth import COOKIE
from tests.services import find_chromium

from . import dashboard, servers
from .report import Row, show
from .webhooks import ENVIRONMENT, TELEGRAM_SECRET, telegram

LARGE, QUICK = 50_000, 5_000
TABS, REAL, HIDDEN = 50, 9, 5
"""Tabs in all; those that a browser shows, the others are clients that ask for what a tab asks for; of the real ones, hidden."""
APART_SECONDS = 1.6
LIST = "/admin/inbox"
LIST_PAUSE_SECONDS, PAUSE_SECONDS = (
    1.0,
    0.15,
)  # as a page waits between two looks at the list, and at a transcript
HELD = 200  # of so many rows and bubbles a page says that it has them
SHOWN = re.compile(r'<li id="([cmn]\d+)"[^>]* data-state="(\w+)"')
SEEN_MS, KEY_MS, LOAD_MS, LIVE_MS = 300.0, 100.0, 2000.0, 1000.0

WATCH = """(() => {
    window.seen = {};
    const now = () => performance.timeOrigin + performance.now();
    const look = () => {
        for (const word of document.querySelector("main").textContent.match(/mark\\d+x/g) || []) {
            if (word in seen) continue;
            seen[word] = 0;
            const shown = () => setTimeout(() => { seen[word] = now(); });
            if (document.hidden) seen[word] = now();
            else requestAnimationFrame(shown);
        }
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    return true;
})()"""
"""When each marked message was painted, or put into a page that nobody looks at; by the clock of the machine."""
KEYED = """(() => {
    window.took = [];
    addEventListener("keydown", (event) => {
        const began = event.timeStamp;
        const open = () => document.getElementById("conversation")?.dataset.conversation;
        const before = open();
        const watch = new MutationObserver(() => {
            if (event.key === "Enter" && open() === before) return;
            watch.disconnect();
            requestAnimationFrame(() => setTimeout(() => took.push(performance.now() - began)));
        });
        watch.observe(document, { subtree: true, childList: true, attributes: true });
    }, true);
    return true;
})()"""
KEYS = ("j", "j", "k", "j", "?", "Escape", "k", "j")
OPENED = "Boolean(document.querySelector('#live.on') && performance.getEntriesByType('navigation')[0].loadEventEnd)"
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"


@dataclass(slots=True)
class Measured:
    """Milliseconds."""

    seen: list[float] = field(default_factory=list)
    keys: list[float] = field(default_factory=list)
    opens: list[float] = field(default_factory=list)
    loads: list[float] = field(default_factory=list)
    live: list[float] = field(default_factory=list)
    missed: int = 0
    why_not: str = ""


def percentile(times: Sequence[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


async def write(port: int, client: aiohttp.ClientSession, words: str) -> float:
    """Somebody writes this; returns when the webhook was sent, in milliseconds of the machine's clock."""
    update = json.loads(telegram(0))
    update["message"]["text"] = words
    sent = time.time() * 1000
    headers = {"X-Telegram-Bot-Api-Secret-Token": TELEGRAM_SECRET}
    async with client.post(
        f"http://127.0.0.1:{port}/webhooks/telegram", json=update, headers=headers
    ) as answer:
        if answer.status != 200:
            raise SystemExit(f"the webhook answers {answer.status}")
    return sent


async def stand_in(client: aiohttp.ClientSession, url: str, path: str, ready: asyncio.Event) -> None:
    """One more tab, as the server sees it: a socket, and after frames what a tab fetches anew, no sooner than it does.

    That is the list, which a wide window has beside the transcript too, and of an open transcript what is not in it yet.
    """
    from tests.web.windows import Gone

    async def ask(address: str, shown: dict[str, str]) -> None:
        held = ",".join(f"{one}:{state}" for one, state in [*shown.items()][-HELD:])
        headers = {"HX-Request": "true", "Accept": "text/html", "Held": held}
        async with client.get(f"{url}{address}", headers=headers) as answer:
            answer.raise_for_status()
            shown.update(SHOWN.findall(await answer.text()))

    fetches: list[tuple[Callable[[], Awaitable[None]], float]] = [
        (partial(ask, LIST, {}), LIST_PAUSE_SECONDS)
    ]
    if path != LIST:
        fetches.append((partial(ask, path, {}), PAUSE_SECONDS))
    for first, _ in fetches:
        await first()
    async with client.ws_connect(f"{url}/admin/live", headers={"Origin": url}) as socket:
        bells = [asyncio.Event() for _ in fetches]
        async with asyncio.TaskGroup() as group:
            for bell, fetch in zip(bells, fetches, strict=True):
                group.create_task(_at_each(bell, *fetch))
            ready.set()
            async for message in socket:
                if "hello" not in str(message.data):
                    for bell in bells:
                        bell.set()
            raise Gone("the server closed the socket of a tab")


async def _at_each(bell: asyncio.Event, fetch: Callable[[], Awaitable[None]], pause: float) -> None:
    """What rings during one fetch leads to one more, `pause` seconds after the last began."""
    while True:
        await bell.wait()
        bell.clear()
        began = time.perf_counter()
        await fetch()
        await asyncio.sleep(max(0.0, pause - (time.perf_counter() - began)))


def newest(connection: Connection) -> int:
    return int(connection.execute(select(func.max(conversations.c.id))).scalar_one())


async def measure(folder: Path, size: int, rounds: int) -> Measured:
    """Fill a store, serve it by `assistant serve`, and look at it in Chromium."""
    found = Measured()
    chromium = find_chromium()
    if chromium is None:
        found.why_not = "no Chromium"
        return found
    database = f"sqlite:///{folder / 'live.db'}"
    _, known = await dashboard.fill(database, size, 50)
    port = servers.free_port()
    environment = ENVIRONMENT | {
        "ASSISTANT_DATA": str(folder),
        "ASSISTANT_DATABASE_URL": database,
        "ASSISTANT_PORT": str(port),
        "ASSISTANT_LOG_LEVEL": "WARNING",
    }
    command = [sys.executable, "-m", "assistant", "serve"]
    with servers.program(command, environment, address=f"http://127.0.0.1:{port}/readyz"):
        await look(port, database, known.cookie, chromium, rounds, found)
    return found


async def look(port: int, store: str, cookie: str, chromium: str, rounds: int, found: Measured) -> None:
    from tests.web.windows import Gone, chromium_windows

    url = f"http://127.0.0.1:{port}"
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(
            aiohttp.ClientSession(
                headers={"Cookie": f"{COOKIE}={cookie}"}, connector=aiohttp.TCPConnector(limit=0)
            )
        )
        await write(port, client, "hello")
        database = Database(store)
        database.open()
        number = await database.read(newest)
        await database.close()
        paths = [LIST, f"{LIST}/{number}"]
        browser = await stack.enter_async_context(chromium_windows(chromium))
        await browser.cookie(COOKIE, cookie, url)
        tabs = [await browser.open(window=one >= HIDDEN) for one in range(REAL)]
        await tabs[-1].goto(url + paths[1])  # the browser's cache holds scripts and styles from here on
        await tabs[-1].until(OPENED)
        await asyncio.gather(*(tab.goto(url + paths[at % 2]) for at, tab in enumerate(tabs)))
        for tab in tabs:
            await tab.until(OPENED)
            found.loads.append(await tab.evaluate(LOADED))
            await tab.evaluate(WATCH)
        found.live += await spread(port, client, tabs, "mark0x", found)
        tasks = []
        for at in range(TABS - REAL):
            ready = asyncio.Event()
            tasks.append(asyncio.create_task(stand_in(client, url, paths[at % 2], ready)))
            await ready.wait()
        for at in range(1, rounds + 1):
            await asyncio.sleep(APART_SECONDS)
            found.seen += await spread(port, client, tabs, f"mark{at}x", found)
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        for broken in [one for one in ended if isinstance(one, Exception)]:
            raise broken
        await keyed(tabs[-1], url, rounds, found)
        if browser.complaints:
            raise Gone("; ".join(browser.complaints))


async def spread(
    port: int, client: aiohttp.ClientSession, tabs: list[Any], word: str, found: Measured
) -> list[float]:
    """How long each tab took to show a message, from the sending of its webhook."""
    from tests.web.windows import Gone

    sent = await write(port, client, f"{word} is here")
    times = []
    for tab in tabs:
        try:
            times.append(await tab.until(f"seen['{word}']", 10.0) - sent)
        except Gone:
            found.missed += 1
    return times


async def keyed(tab: Any, url: str, rounds: int, found: Measured) -> None:
    """Keys that move and show, and the one that opens what was chosen."""
    await tab.goto(f"{url}{LIST}")
    await tab.until(OPENED)
    await tab.evaluate(KEYED)
    for _ in range(max(3, rounds // 3)):
        for key in (*KEYS, "Enter"):
            times = found.opens if key == "Enter" else found.keys
            await tab.press(key)
            times.append(await tab.until("took.shift() ?? 0", 5.0))
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.3)


def tell(found: Measured) -> None:
    rows: list[Row] = []
    figures: dict[str, float | int | None] = {}

    def add(key: str, words: str, times: list[float], share: float, goal: float, beside: str = "") -> None:
        value = percentile(times, share) if times else None
        figures[key] = None if value is None else round(value, 1)
        verdict = (
            "" if value is None or not goal else f"≤ {goal:.0f} ms: {'met' if value <= goal else 'MISSED'}"
        )
        ours = found.why_not or "not measured" if value is None else f"{value:.0f} ms"
        rows.append(Row(figure=words, ours=ours, reference=beside, goal=verdict))

    of = f"{TABS} tabs, {REAL} of them in Chromium ({HIDDEN} hidden)"
    add("seen_p50_ms", "webhook sent → on screen, median", found.seen, 0.5, 0.0, of)
    add("seen_p95_ms", "webhook sent → on screen, p95", found.seen, 0.95, SEEN_MS, of)
    add("key_p95_ms", "key → visible change, p95", found.keys, 0.95, KEY_MS, "keys that move and show")
    add(
        "open_p95_ms",
        "Enter → the conversation is shown, p95",
        found.opens,
        0.95,
        KEY_MS,
        "the server is asked",
    )
    add("nine_load_ms", "nine tabs at once, the last one loaded", found.loads, 1.0, LOAD_MS, "warm cache")
    add("nine_live_ms", "nine tabs, the last one shows a message", found.live, 1.0, LIVE_MS)
    figures["missed"] = None if found.why_not else found.missed
    ours = found.why_not or str(found.missed)
    rows.append(Row(figure="messages not shown within 10 s", ours=ours, goal="0"))
    show("What staff see, live", rows, figures)


async def run(size: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        tell(await measure(Path(name), size, rounds))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.live", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10 messages instead of 60, in a small store")
    chosen = parser.parse_args(arguments)
    asyncio.run(run(QUICK if chosen.quick else LARGE, 10 if chosen.quick else 60))


if __name__ == "__main__":
    main()
