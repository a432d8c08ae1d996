"""Promises about the staff's page of channels: what holds them up, what platforms say, and a check on demand."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from pydantic import Field, SecretStr
from sqlalchemy import Connection, insert, select, update

from assistant import metrics
from assistant.channel import Probe
from assistant.inbound import STAFF_TOPIC
from assistant.settings import ChannelSettings
from assistant.store import accounts, models
from assistant.web.context import CONTEXT, Absent

from .conftest import PAGE, Site, add_conversation, add_message


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


# --- one channel -----------------------------------------------------------------------------------------


async def of_one(site: Site, name: str = "alpha") -> str:
    answer = await site.get(f"/admin/channels/{name}")
    text = await answer.text()
    assert answer.status == 200, text
    return text


async def test_every_channel_has_a_page_that_is_useful_before_anything_happened(site: Site) -> None:
    await site.set_up()
    assert 'href="/admin/channels/alpha"' in await shown(site)
    text = await of_one(site)
    assert "Everything that was written has left" in text and "Pause the channel" in text
    assert (await site.get("/admin/channels/nowhere")).status == 404


async def test_a_channel_is_paused_by_hand_and_only_administrators_resume_it(site: Site) -> None:
    await site.set_up()
    async with site.bus.subscribe(STAFF_TOPIC) as frames:
        answer = await site.post("/admin/channels/alpha/pause")
        assert (answer.status, answer.headers["Location"]) == (303, "/admin/channels/alpha")
        assert b"channel" in await anext(aiter(frames)), "every page that is open shows it"
    text = await of_one(site)
    assert "paused by staff" in text and "Alpha is paused: Staff paused it." in text
    await site.post("/admin/channels/alpha/pause")
    await site.database.write(lambda c: c.execute(update(models.staff).values(role="reviewer")))
    assert (await site.post("/admin/channels/alpha/pause")).status == 403
    await site.post("/admin/channels/alpha/resume")
    text = await of_one(site)
    assert "paused by staff" in text and "/resume" not in text
    await site.database.write(lambda c: c.execute(update(models.staff).values(role="admin")))
    await site.post("/admin/channels/alpha/resume")
    assert "paused by staff" not in await of_one(site)
    done = await site.database.read(
        lambda c: c.execute(select(models.audit.c.action, models.audit.c.target)).all()
    )
    assert [tuple(row) for row in done if row.action.startswith("channel.")] == [
        ("channel.paused", "channel:alpha"),
        ("channel.resumed", "channel:alpha"),
    ]


async def test_codes_of_the_last_day_are_counted_by_channel(site: Site) -> None:
    await site.set_up()
    now = site.clock.now()

    def seed(connection: Connection) -> None:
        here = add_conversation(connection, now)
        for seq, (channel, code, hours) in enumerate(
            [
                ("alpha", "131047", 1),
                ("alpha", "131047", 2),
                ("alpha", "<b>", 3),
                ("alpha", "old", 30),
                ("beta", "7", 1),
            ],
            1,
        ):
            sent = {
                "state": "failed",
                "error": "rejected",
                "error_code": code,
                "channel": channel,
                "created_at": now - timedelta(hours=hours),
            }
            add_message(connection, here, seq, now, "x", out=True, sent=sent)

    await site.database.write(seed)
    text = await of_one(site)
    assert '<code>131047</code></td><td class="number">2<' in text
    assert "&lt;b&gt;" in text and "<code>old" not in text and "<code>7<" not in text


async def test_wrong_signatures_are_counted_where_staff_look(site: Site) -> None:
    await site.set_up()
    site.inbound.channels["gamma"] = Probed([])
    metrics.webhook_answers.count("gamma", "200")
    metrics.webhook_answers.count("gamma", "403")
    metrics.webhook_answers.count("gamma", "403")
    text = await of_one(site, "gamma")
    assert '<span class="badge bad">2</span>' in text and "signature does not fit" in text


async def test_one_platform_alone_is_asked_from_its_page(site: Site) -> None:
    await site.set_up()
    site.inbound.channels["alpha"] = Probed([Probe(ok=True, sentence="The webhook is <set>.")])
    site.inbound.channels["beta"] = Probed(ZeroDivisionError())
    answer = await site.post("/admin/channels/alpha/check")
    text = await answer.text()
    assert "✓ The webhook is &lt;set&gt;." in text and "ZeroDivisionError" not in text
    assert (await site.post(f"/admin/channels/{PAGE}/check")).status == 404


async def test_a_channel_that_is_not_set_up_says_what_is_missing_and_leads_to_the_web_chat(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    await site.set_up()
    absent = {
        "gamma": Absent(
            title="Gamma", off=False, missing=(("ASSISTANT_GAMMA_TOKEN", "the <secret> of the bot"),)
        ),
        "delta": Absent(title="Delta", off=True, missing=(), own_webhook=False),
    }
    context = dataclasses.replace(site.context, absent=absent, sandbox=True)
    monkeypatch.setitem(site.app._state, CONTEXT, context)
    text = await shown(site)
    assert "one setting is missing" in text and "turned off" in text
    text = await of_one(site, "gamma")
    assert "ASSISTANT_GAMMA_TOKEN" in text and "the &lt;secret&gt;" in text and 'href="/chat"' in text
    assert "/webhooks/gamma" in text
    text = await of_one(site, "delta")
    assert "take that away" in text and "another channel’s webhook" in text and "/webhooks/" not in text


async def test_settings_of_a_channel_say_whether_they_are_set_and_never_what_they_are(site: Site) -> None:
    class Own(ChannelSettings):
        token: SecretStr = Field(SecretStr(""), description="what it needs")
        number: str = ""

    await site.set_up()
    sign: Any = Probed([])
    sign.settings = Own(token=SecretStr("marker"))
    site.inbound.channels["alpha"] = sign
    text = await of_one(site)
    assert "marker" not in text
    assert "ASSISTANT_ALPHA_TOKEN</code></th><td>set</td>" in text
    assert "ASSISTANT_ALPHA_NUMBER</code></th><td>not set</td>" in text
    await site.database.write(lambda c: c.execute(update(models.staff).values(role="viewer")))
    text = await of_one(site)
    assert "ASSISTANT_ALPHA_TOKEN" not in text and "/check" not in text and "/pause" not in text
