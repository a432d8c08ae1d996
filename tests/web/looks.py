"""How a page is looked at: in which language, theme and size, what axe says of it, what is too wide, cut off or too small."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tests.services import library

from .test_browser import Tab

axe_base = library("axe_playwright_python.base", "make test installs it")

DESKTOP, PHONE, NARROW = (1366, 800), (390, 844), (360, 740)
LANGUAGES, THEMES, SIZES = ("en", "pt", "es"), ("light", "dark"), (DESKTOP, PHONE)
EVERY_LOOK = "ASSISTANT_TESTS_EVERY_LOOK"
"""Set to 1, the tests look in every language, theme and size instead of every pair of them: `python -m tests.web.audit`."""
ALL_RULES = {"rules": {"target-size": {"enabled": True}}}
BUT_COLOURS = {"rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": False}}}
"""What depends on a page's language. Colours take two thirds of the time, and are those of the theme and the size."""

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDEST = """() => [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.parentElement.closest(".scroll, .tabs, pre, nav"))
    .slice(0, 2).map((one) => one.outerHTML.slice(0, 120)).join(" … ")"""
CUT = """() => {
    const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width > 1;
    const own = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const cut = (one) => {
        const style = getComputedStyle(one);
        if (style.overflowX === "visible" && !one.matches("button, .button, summary, nav a, .tabs a")) return false;
        if (style.textOverflow === "ellipsis" || ["auto", "scroll"].includes(style.overflowX)) return false;
        return one.scrollWidth > one.clientWidth + 1;
    };
    return [...document.querySelectorAll("main *, header *")]
        .filter((one) => shown(one) && own(one) && !one.closest(".words, svg, select") && cut(one))
        .slice(0, 3).map((one) => `${one.scrollWidth} in ${one.clientWidth} px: ${one.outerHTML.slice(0, 140)}`);
}"""
"""Words that stand in a box too narrow for them and can neither be scrolled to nor end in three dots."""
FOLDED = """() => {
    const seen = new Set();
    return [...document.querySelectorAll("details:not([open])")].map((one, at) => {
        const summary = one.querySelector(":scope > summary");
        const kind = `${one.className}|${one.id.replace(/\\d+/g, "")}|${summary?.textContent.trim().replace(/\\d+/g, "")}`;
        if (!summary?.checkVisibility() || seen.has(kind)) return -1;
        seen.add(kind);
        one.dataset.folded = at;
        return at;
    }).filter((at) => at >= 0);
}"""
"""What can be unfolded on this page, one of each kind."""


class Look(NamedTuple):
    """One way of looking at a page."""

    language: str
    theme: str
    size: tuple[int, int]

    def __str__(self) -> str:
        return f"{self.language} {self.theme} {self.size[0]}×{self.size[1]}"


ALL = tuple(itertools.starmap(Look, itertools.product(LANGUAGES, THEMES, SIZES)))
PAIRS = (
    Look("en", "light", DESKTOP),
    Look("en", "dark", PHONE),
    Look("pt", "dark", DESKTOP),
    Look("pt", "light", PHONE),
    Look("es", "dark", DESKTOP),
    Look("es", "light", PHONE),
)
"""Every language in both themes and both sizes, every theme in both sizes."""
COLOURS_SEEN = PAIRS[4:]
"""Those of the pairs whose theme and size are looked at in another language already."""
UNFOLDED = (Look("en", "light", DESKTOP), Look("pt", "light", PHONE), Look("es", "dark", DESKTOP))
"""Those of the pairs in which everything is unfolded too."""


@dataclass
class Visit:
    """One tab that goes through the pages; what is wrong is collected, not raised: all of it is wanted at once."""

    tab: Tab
    wrong: list[str] = field(default_factory=list)
    looked: int = 0
    known: set[tuple[Look, str]] = field(default_factory=set)

    async def open(self, path: str) -> bool:
        await self.see("light", DESKTOP)
        answer = await self.tab.page.goto(path, wait_until="load")
        if answer is None or answer.status != 200:
            self.wrong.append(f"{path}: answers {answer and answer.status}")
            return False
        return True

    async def see(self, theme: str, size: tuple[int, int]) -> None:
        await self.tab.page.set_viewport_size({"width": size[0], "height": size[1]})
        await self.tab.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")

    async def axe(self, where: str, options: dict[str, Any] = ALL_RULES, within: str = "") -> None:
        """Hold the page against all rules, or with `within` that part of it."""
        page = self.tab.page
        if not await page.evaluate("'axe' in window"):
            await page.evaluate(axe_base.AXE_SCRIPT)
        found = await page.evaluate(
            "async ([within, options]) => (await axe.run(within || document, options)).violations"
            ".map((one) => [one.id, one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160))])",
            [within, {"resultTypes": ["violations"], **options}],
        )
        self.looked += 1
        self.wrong += [f"{where}: {rule}: {html}" for rule, nodes in found for html in nodes]

    async def look(self, path: str, looks: Iterable[Look], unfolded: Iterable[Look] = ()) -> None:
        """The page that is open, in these themes and sizes, whose language is that of the page; and at its narrowest."""
        first = True
        for look in looks:
            await self.see(look.theme, look.size)
            known = look in COLOURS_SEEN and not everything()
            await self.axe(f"{path} {look}", BUT_COLOURS if known else ALL_RULES)
            if look in unfolded:
                await self.unfold(path, look)
            for cut in await self.tab.page.evaluate(CUT):
                self.wrong.append(f"{path} {look}: cut off: {cut}")
            if first and await self.tab.page.locator("h1").count() != 1:
                self.wrong.append(f"{path}: {await self.tab.page.locator('h1').count()} h1")
            first = False
        await self.narrow(path)

    async def narrow(self, path: str) -> None:
        await self.see("light", NARROW)
        wide = await self.tab.page.evaluate(WIDER)
        if wide > 0:
            widest = await self.tab.page.evaluate(WIDEST)
            self.wrong.append(f"{path}: {wide} px too wide at {NARROW[0]} px: {widest}")

    async def unfold(self, path: str, look: Look) -> None:
        """Open what is folded, one after the other, and the sheet of keys."""
        page, where = self.tab.page, f"{path} {look}"
        for number in await page.evaluate(FOLDED):
            part = f"[data-folded='{number}']"
            if await self._new(look, part):
                await page.evaluate(f'document.querySelector("{part}").open = true')
                await self.axe(f"{where} unfolded {number}", within=part)
                wide = await page.evaluate(WIDER)
                if wide > 0:
                    self.wrong.append(f"{where}: {wide} px too wide with {number} unfolded")
                await page.evaluate(f'document.querySelector("{part}").open = false')
        for dialog in await page.evaluate(
            "[...document.querySelectorAll('dialog[id]')].map((one) => one.id)"
        ):
            if await self._new(look, f"#{dialog}"):
                await page.evaluate(f"document.getElementById('{dialog}').showModal()")
                await self.axe(f"{where} dialog {dialog}", within=f"#{dialog}")
                await page.evaluate(f"document.getElementById('{dialog}').close()")

    async def _new(self, look: Look, part: str) -> bool:
        """Whether no page before had this part to the letter, as most have the same head; the audit looks at each."""
        key = (look, await self.tab.page.evaluate(f'document.querySelector("{part}").outerHTML'))
        new = key not in self.known
        self.known.add(key)
        return new or everything()

    def end(self) -> None:
        """Raises AssertionError with all that was wrong."""
        print(f"{self.looked} runs of axe, {len(self.wrong)} findings")
        complaints = [f"console: {said}" for said in self.tab.complaints]
        foreign = [f"foreign request: {address}" for address in self.tab.foreign]
        found = self.wrong + complaints + foreign
        assert not found, "\n".join(found)


def everything() -> bool:
    """Whether every look is wanted, and each page as a whole."""
    return os.environ.get(EVERY_LOOK) == "1"


def of(looks: Iterable[Look], language: str) -> list[Look]:
    return [look for look in looks if look.language == language]
