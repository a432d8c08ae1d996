"""Time that moves forward closes windows in the running system, and signs nobody out."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import select

from assistant.clock import MovableClock, SystemClock
from assistant.store.models import outbox
from assistant.web import auth
from tests.web.conftest import ADMIN, BROWSER

from .running import running


async def test_a_day_later_staff_are_still_signed_in_and_offered_a_template(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with (
        running(tmp_path, monkeypatch) as (runtime, sandbox),
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser,
    ):
        token = await auth.ensure_setup_token(runtime.settings.data / "setup-token", runtime.database)
        form = {**ADMIN, "again": ADMIN["password"], "token": token}
        headers = {**BROWSER, "Origin": runtime.address}
        async with browser.post(f"{runtime.address}/setup", data=form, headers=headers) as answer:
            assert answer.status == 200
        ana = sandbox.phone("whatsapp", "Ana")
        await ana.say("Hello")
        await ana.wait_reply()
        async with browser.post(f"{runtime.address}/admin/inbox/1/take", headers=headers) as answer:
            assert answer.status == 200

        async def composer() -> str:
            async with browser.get(f"{runtime.address}/admin/inbox/1", headers=BROWSER) as shown:
                assert shown.status == 200 and "/login" not in str(shown.url)
                return await shown.text()

        assert not re.search(r'<textarea id="composer-text"[^>]* disabled', await composer())
        await sandbox.travel(timedelta(hours=25))
        shown = await composer()
        assert re.search(r'<textarea id="composer-text"[^>]* disabled', shown) and "template" in shown
        reply = {"text": "free text"}
        async with browser.post(
            f"{runtime.address}/admin/inbox/1/reply", data=reply, headers=headers
        ) as answer:
            assert answer.status == 409
        count = select(outbox.c.id)
        assert len(await runtime.database.read(lambda connection: connection.execute(count).all())) == 1


async def test_the_whole_system_goes_on_after_many_jumps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Leases, pollers, breakers and rollups live through it: somebody is answered before, between and after."""
    async with running(tmp_path, monkeypatch) as (runtime, sandbox):
        assert runtime.clock is sandbox.clock
        phones = [sandbox.phone(channel, "Ana") for channel in ("whatsapp", "messenger", "telegram")]
        for hours in (25, 1, 24 * 8, 24 * 40):
            for phone in phones:
                await phone.say(f"before {hours}")
            await sandbox.travel(timedelta(hours=hours))  # in the middle of everything
            for phone in phones:
                await phone.say(f"after {hours}")
                await phone.wait_reply()
        assert await runtime.not_ready() == []


async def test_durations_do_not_move_with_the_time() -> None:
    clock, told = MovableClock(), []

    async def listener(by: timedelta) -> None:
        told.append((by, clock.ahead))

    clock.before_moves(listener)
    before = clock.monotonic()
    await clock.move(timedelta(hours=25))
    assert clock.monotonic() - before < 3600
    assert clock.now() - SystemClock().now() > timedelta(hours=24)
    assert told == [(timedelta(hours=25), timedelta())], "before the move"
    with pytest.raises(ValueError, match="forward"):
        await clock.move(timedelta(seconds=-1))
