"""The web chat in a browser: how a long chat scrolls, how fast typed letters and the first word of an answer are seen, what it loads."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from assistant.types import Delta, Prompt, Sampling
from tests.scripted import ScriptedEngine
from tests.services import find_chromium
from tests.web.talks import House, open_house

from .report import Row, show

MESSAGES, QUICK = 500, 100
ROUNDS, QUICK_ROUNDS = 20, 6
FPS, TYPING_MS, FIRST_MS, COLD_KB, COLD_REQUESTS = 50.0, 50.0, 100.0, 40.0, 8
SCROLL_SECONDS = 3.0
LETTERS = "the quick brown fox jumps over the lazy dog"
WIDE, HIGH = 1366, 800

WATCH = """() => {
    window.keys = [];
    addEventListener("keydown", (event) => {
        const pressed = event.timeStamp;
        requestAnimationFrame(() => {
            const painted = new MessageChannel();
            painted.port1.onmessage = () => window.keys.push(performance.now() - pressed);
            painted.port2.postMessage(0);
        });
    }, { capture: true });
    new MutationObserver(() => {
        if (window.first || !document.querySelector(".growing .bubble")?.textContent.trim()) return;
        window.first = -1;
        requestAnimationFrame(() => {
            const painted = new MessageChannel();
            painted.port1.onmessage = () => { window.first = performance.timeOrigin + performance.now(); };
            painted.port2.postMessage(0);
        });
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""
"""Notes in the page when what a key changed, and the first word of an answer, is painted: after the frame that shows it."""
SCROLL = """(milliseconds) => new Promise((resolve) => {
    let frames = 0, longest = 0, last = performance.now();
    const began = last, height = document.documentElement.scrollHeight;
    const step = (now) => {
        frames += 1;
        longest = Math.max(longest, now - last);
        last = now;
        const part = (now - began) / milliseconds;
        scrollTo(0, height * Math.abs(1 - 2 * part));
        if (part < 1) requestAnimationFrame(step);
        else resolve([frames / (now - began) * 1000, longest]);
    };
    requestAnimationFrame(step);
})"""
"""From the end to the beginning and back; the frames a second, and the longest time without one."""


@dataclass
class TimedEngine(ScriptedEngine):
    """`said_at`: when the first token of each answer left the model, in seconds since 1970."""

    said_at: list[float] = field(default_factory=list)

    async def generate(self, prompt: Prompt, sampling: Sampling, **how: Any) -> AsyncIterator[Delta]:  # type: ignore[override]
        first = True
        async for delta in super().generate(prompt, sampling, **how):
            if first:
                self.said_at.append(time.time())
                first = False
            yield delta


@dataclass(slots=True)
class Measured:
    """Milliseconds, but for `fps` and what a new browser loads."""

    messages: int = 0
    fps: float | None = None
    longest_frame: float | None = None
    typing: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    cold_kb: float | None = None
    cold_requests: int | None = None
    why_not: str = ""


def p95(times: Sequence[float]) -> float | None:
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))] if times else None


async def measure(folder: Path, messages: int, rounds: int) -> Measured:
    """Serve the chat with a model that answers at once, and use it in Chromium."""
    found = Measured(messages=messages)
    chromium = find_chromium()
    try:
        from playwright.async_api import async_playwright
    except ImportError:
        chromium = None
    if chromium is None:
        found.why_not = "no Chromium, or no Playwright"
        return found
    engine = TimedEngine(script=lambda prompt: "word " * 60, delay=0.02)
    async with open_house(folder, engine) as house, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        await _cold(browser, house, found)
        context = await browser.new_context(
            base_url=house.url, viewport={"width": WIDE, "height": HIGH}, locale="en"
        )
        page = await context.new_page()
        await page.add_init_script(f"addEventListener('DOMContentLoaded', {WATCH})")
        await page.goto("/chat")
        await _answers(page, engine, rounds, found)
        await _long(page, house, found)
        await _typing(page, found)
        await browser.close()
    return found


async def _cold(browser: Any, house: House, found: Measured) -> None:
    context = await browser.new_context(base_url=house.url)
    page = await context.new_page()
    wire = await context.new_cdp_session(page)
    await wire.send("Network.enable")
    sizes: list[int] = []
    wire.on("Network.loadingFinished", lambda frame: sizes.append(frame["encodedDataLength"]))
    await page.goto("/chat", wait_until="load")
    await page.wait_for_timeout(500)
    found.cold_kb, found.cold_requests = sum(sizes) / 1000, sum(size > 0 for size in sizes)
    await context.close()


async def _answers(page: Any, engine: TimedEngine, rounds: int, found: Measured) -> None:
    """From the first token of the model to the frame of the browser that shows it."""
    for number in range(rounds):
        await page.evaluate("window.first = 0")
        await page.locator("#text").fill(f"question {number}")
        await page.keyboard.press("Enter")
        async with asyncio.timeout(30):
            while (seen := await page.evaluate("window.first")) <= 0:
                await asyncio.sleep(0.02)
        found.first.append(float(seen) - engine.said_at[-1] * 1000)
        await page.locator(".growing").wait_for(state="detached", timeout=30_000)
        await page.wait_for_timeout(1100)  # a visitor may write once a second


async def _long(page: Any, house: House, found: Measured) -> None:
    """All messages of a long chat on the page, and up and down through them."""
    [cookie] = [one for one in await page.context.cookies() if one["name"] == "visitor"]
    address = replace(house.visitor(cookie["value"]), thread=page.url.rsplit("/", 1)[1])
    here = await page.locator("#log > li").count()
    await house.fill(address, found.messages - here)
    await page.reload()
    while await page.locator("#older").is_visible():
        await page.evaluate("scrollTo(0, 0)")
        await page.wait_for_timeout(50)
    if await page.locator("#log > li").count() < found.messages:
        raise SystemExit("not all messages came onto the page")
    await page.wait_for_timeout(500)
    found.fps, found.longest_frame = await page.evaluate(SCROLL, SCROLL_SECONDS * 1000)


async def _typing(page: Any, found: Measured) -> None:
    await page.locator("#text").fill("")
    await page.evaluate("window.keys = []")
    await page.locator("#text").press_sequentially(LETTERS, delay=60)
    await page.wait_for_timeout(200)
    found.typing = [float(one) for one in await page.evaluate("window.keys")]


def tell(found: Measured) -> None:
    def row(
        figure: str, value: float | None, unit: str, goal: float, *, least: bool = False, more: str = ""
    ) -> Row:
        if value is None:
            return Row(figure=figure, ours="not measured", reference=found.why_not)
        met = value >= goal if least else value <= goal
        sign = "≥" if least else "≤"
        return Row(
            figure=figure,
            ours=f"{value:.0f} {unit}",
            reference=more,
            goal=f"{sign} {goal:.0f} {unit}: {'met' if met else 'MISSED'}",
        )

    typing, first = p95(found.typing), p95(found.first)
    frame = f"longest frame {found.longest_frame:.0f} ms" if found.longest_frame else ""
    rows = [
        row(f"scrolling {found.messages} messages", found.fps, "frames/s", FPS, least=True, more=frame),
        row("key to painted letter, p95", typing, "ms", TYPING_MS, more=_middle(found.typing)),
        row("first token to painted text, p95", first, "ms", FIRST_MS, more=_middle(found.first)),
        row("a new browser loads", found.cold_kb, "kB", COLD_KB),
        row("in requests", found.cold_requests, "", COLD_REQUESTS),
    ]
    figures = {
        "messages": found.messages,
        "scroll_fps": _rounded(found.fps),
        "typing_p95_ms": _rounded(typing),
        "first_text_p95_ms": _rounded(first),
        "cold_kb": _rounded(found.cold_kb),
        "cold_requests": found.cold_requests,
    }
    show("The web chat in Chromium", rows, figures)


def _middle(times: Sequence[float]) -> str:
    return f"median {sorted(times)[len(times) // 2]:.0f} ms of {len(times)}" if times else ""


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.chat", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} messages instead of {MESSAGES}")
    quick = parser.parse_args(arguments).quick
    with tempfile.TemporaryDirectory() as name:
        found = asyncio.run(
            measure(Path(name), QUICK if quick else MESSAGES, QUICK_ROUNDS if quick else ROUNDS)
        )
    tell(found)


if __name__ == "__main__":
    main()
