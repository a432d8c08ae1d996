"""Promises about the staff's page of channels: what holds them up, what platforms say, and a check on demand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from assistant.channel import Probe
from assistant.store import accounts, models

from .conftest import Site


class Probed:
    title = "Alpha"

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    async def probe(self, public_url: str) -> list[Probe]:
        if isinstance(self.answer, Exception):
            raise self.answer
        found: list[Probe] = self.answer
        return found


def notice(site: Site, **more: Any) -> Any:
    values = {
        "channel": "alpha",
        "account": "1",
        "kind": "quality",
        "sentence": "The quality of our number fell to <low>.",
        "urgent": True,
        "at": site.context.clock.now() - timedelta(hours=1),
    }

    def seed(connection: Connection) -> None:
        connection.execute(insert(models.account_notices).values(**(values | more)))

    return seed


async def shown(site: Site) -> str:
    answer = await site.get("/admin/channels")
    assert answer.status == 200
    return await answer.text()


async def test_the_page_is_useful_before_anything_happened(site: Site) -> None:
    await site.set_up()
    text = await shown(site)
    assert "Alpha" in text and "ready" in text
    assert "Quality, limits and bans" in text


async def test_an_urgent_notice_stands_on_top_until_somebody_has_seen_it(site: Site) -> None:
    await site.set_up()
    await site.database.write(notice(site))
    text = await shown(site)
    assert text.count("fell to &lt;low&gt;.") == 2
    assert 'role="alert"' in text
    answer = await site.post("/admin/channels/notices/1/seen")
    assert answer.status == 303
    text = await shown(site)
    assert text.count("fell to &lt;low&gt;.") == 1 and 'role="alert"' not in text
    done = await site.database.read(
        lambda connection: connection.execute(select(models.audit.c.action)).scalars().all()
    )
    assert "notice.seen" in done


async def test_platforms_are_asked_on_demand_and_a_broken_check_is_a_finding(site: Site) -> None:
    await site.set_up()
    site.inbound.channels["alpha"] = Probed([Probe(ok=False, sentence="Click <Add> in the console.")])
    site.inbound.channels["beta"] = Probed(ZeroDivisionError())
    answer = await site.post("/admin/channels/check")
    text = await answer.text()
    assert answer.status == 200
    assert "✗ wrong: Click &lt;Add&gt; in the console." in text
    assert "The check itself failed (ZeroDivisionError)" in text


async def test_paused_channels_say_why(site: Site) -> None:
    await site.set_up()

    def seed(connection: Connection) -> None:
        connection.execute(
            insert(models.channel_states).values(
                channel="beta",
                account="1",
                paused_reason="The token is refused.",
                paused_at=site.context.clock.now(),
            )
        )

    await site.database.write(seed)
    assert "paused: The token is refused." in await shown(site)


async def test_a_pause_that_is_over_is_not_shown(site: Site) -> None:
    await site.set_up()
    now = site.context.clock.now()

    def seed(connection: Connection) -> None:
        connection.execute(
            insert(models.channel_states).values(
                channel="beta",
                account="1",
                paused_reason="The token is refused.",
                paused_at=now - timedelta(minutes=6),
                resume_at=now - timedelta(minutes=1),
            )
        )

    await site.database.write(seed)
    assert "paused:" not in await shown(site)
    assert await site.database.read(accounts.held_up, now) == []
    [held] = await site.database.read(accounts.held_up, now - timedelta(minutes=2))
    assert held.channel == "beta"
