"""Windows of a real Chromium with many tabs, of which one is looked at; Playwright's pages all believe that it is them."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

START_SECONDS = 30.0
LOOK_SECONDS = 0.02
KEYS = {"Enter": (13, "\r"), "Escape": (27, "")}
"""Keys that write no letter: their code, and the text that they send."""


class Gone(Exception):
    """The browser said no, or nothing in time."""


@dataclass
class Browser:
    """What Chromium is told and tells, by its own protocol."""

    socket: aiohttp.ClientWebSocketResponse
    complaints: list[str] = field(default_factory=list)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _asked: dict[int, asyncio.Future[dict[str, Any]]] = field(default_factory=dict)

    async def send(self, method: str, session: str = "", /, **params: Any) -> dict[str, Any]:
        """Raises Gone when the browser refuses, or is no more."""
        number = next(self._numbers)
        asked = self._asked[number] = asyncio.get_running_loop().create_future()
        frame = {"id": number, "method": method, "params": params}
        await self.socket.send_json(frame | ({"sessionId": session} if session else {}))
        answer = await asked
        if "error" in answer:
            raise Gone(f"{method}: {answer['error']}")
        return dict(answer["result"])

    async def hear(self) -> None:
        try:
            async for message in self.socket:
                frame = json.loads(message.data)
                if frame.get("id") in self._asked:
                    self._asked.pop(frame["id"]).set_result(frame)
                elif frame.get("method") == "Runtime.exceptionThrown":
                    self.complaints.append(str(frame["params"]["exceptionDetails"].get("text")))
                elif frame.get("method") == "Log.entryAdded" and frame["params"]["entry"]["level"] == "error":
                    self.complaints.append(frame["params"]["entry"]["text"])
        finally:
            for asked in self._asked.values():
                asked.set_result({"error": "the browser is gone"})

    async def cookie(self, name: str, value: str, url: str) -> None:
        await self.send("Storage.setCookies", cookies=[{"name": name, "value": value, "url": url}])

    async def open(self, *, window: bool = False) -> Tab:
        """An empty tab, before all others of its window; with `window` in one of its own."""
        target = (await self.send("Target.createTarget", url="about:blank", newWindow=window))["targetId"]
        session = (await self.send("Target.attachToTarget", targetId=target, flatten=True))["sessionId"]
        for part in ("Page", "Runtime", "Log"):
            await self.send(f"{part}.enable", session)
        return Tab(self, target, session)


@dataclass
class Tab:
    browser: Browser
    target: str
    session: str

    async def goto(self, url: str) -> None:
        """Returns when the browser has begun to go there."""
        await self.browser.send("Page.navigate", self.session, url=url)

    async def front(self) -> None:
        """Look at this one: the others of its window are hidden then."""
        await self.browser.send("Target.activateTarget", targetId=self.target)

    async def evaluate(self, script: str) -> Any:
        """The value of an expression. Raises Gone where it throws."""
        answer = await self.browser.send(
            "Runtime.evaluate", self.session, expression=script, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in answer:
            raise Gone(answer["exceptionDetails"]["exception"].get("description", script))
        return answer["result"].get("value")

    async def until(self, script: str, seconds: float = 30.0) -> Any:
        """The first value of an expression that counts as true. Raises Gone after so many seconds."""
        deadline = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < deadline:
            with contextlib.suppress(Gone):  # the page before is gone and the next one is not there yet
                if value := await self.evaluate(script):
                    return value
            await asyncio.sleep(LOOK_SECONDS)
        raise Gone(f"not within {seconds:.0f} s: {script}")

    async def press(self, key: str) -> None:
        code, text = KEYS[key] if key in KEYS else (ord(key.upper()), key)
        event = {"key": key, "windowsVirtualKeyCode": code, **({"text": text} if text else {})}
        await self.browser.send("Input.dispatchKeyEvent", self.session, type="keyDown", **event)
        await self.browser.send("Input.dispatchKeyEvent", self.session, type="keyUp", **event)


@asynccontextmanager
async def chromium_windows(chromium: str) -> AsyncIterator[Browser]:
    """A Chromium of its own, with nothing in it, until the block ends. Raises Gone when it does not start."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            chromium,
            "--headless=new",
            "--no-sandbox",
            "--no-first-run",
            "--remote-debugging-port=0",
            "--window-size=1366,900",
            f"--user-data-dir={profile}",
            "about:blank",
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            address = await _address(Path(profile, "DevToolsActivePort"))
            async with (
                aiohttp.ClientSession() as client,
                client.ws_connect(address, max_msg_size=0) as socket,
            ):
                browser = Browser(socket)
                hearing = asyncio.create_task(browser.hear())
                try:
                    yield browser
                finally:
                    hearing.cancel()
                    await asyncio.gather(hearing, return_exceptions=True)
        finally:
            process.terminate()
            await process.wait()


async def _address(file: Path) -> str:
    """Where Chromium listens, as soon as it has written that down."""
    deadline = asyncio.get_running_loop().time() + START_SECONDS
    while asyncio.get_running_loop().time() < deadline:
        with contextlib.suppress(OSError, ValueError):
            port, path = (await asyncio.to_thread(file.read_text)).split("\n")[:2]
            return f"ws://127.0.0.1:{int(port)}{path}"
        await asyncio.sleep(0.05)
    raise Gone("Chromium does not listen")
