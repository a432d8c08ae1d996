"""`assistant demo` as anybody starts it, for pictures of it: its address, and the first administrator signed up."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import sys
from collections.abc import AsyncIterator

from playwright.async_api import Page

from tests.services import free_port

STARTS_WITHIN = 180.0  # seconds


@contextlib.asynccontextmanager
async def demonstration() -> AsyncIterator[tuple[str, str]]:
    """`assistant demo` as anybody starts it; yields its address and the path that makes the first administrator."""
    environment = os.environ | {"ASSISTANT_PORT": str(free_port())}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "assistant", "demo", stdout=asyncio.subprocess.PIPE, env=environment
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(STARTS_WITHIN):
            async for line in process.stdout:
                if found := re.search(r"(http://\S+?)(/setup\?token=\S+)", line.decode()):
                    break
            else:
                raise SystemExit("the demonstration ended before it was up")
        yield found[1], found[2]
    finally:
        process.terminate()
        await process.wait()


async def sign_up(page: Page, setup: str) -> None:
    await page.goto(setup)
    await page.fill('[name="email"]', "ada@example.org")
    await page.fill('[name="name"]', "Ada Lovelace")
    for name in ("password", "again"):
        await page.fill(f'[name="{name}"]', "four unrelated words")
    await page.click('main button[type="submit"]')
    await page.wait_for_url("**/admin**")
