"""Promises about the settings' page: what changes while it runs, who changed what, and what is never shown."""

from __future__ import annotations

import dataclasses
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import select, update

from assistant.published import PUBLISHED_TOPIC
from assistant.settings import Origin, Settings, origin
from assistant.store import live_settings, models, retention
from assistant.store.live_settings import LiveSettings

from .conftest import Site, add_conversation

PAGE = "/admin/settings"
USUAL = {"seen": "0", "review_sample_percent": "20", "disclosure": ""}


async def post(site: Site, status: int = 200, **values: str) -> str:
    answer = await site.post(PAGE, data={**USUAL, **values})
    text = await answer.text()
    assert answer.status == status, text
    return text


async def save(site: Site, **values: str) -> None:
    """See what would change, and agree."""
    text = await post(site, **values)
    [sure] = re.findall(r'name="sure" value="([^"]+)"', text)
    await post(site, 303, **values, sure=sure)


async def current(site: Site) -> LiveSettings:
    return await site.database.read(live_settings.current)


async def test_what_would_change_is_shown_before_it_is_saved(site: Site) -> None:
    await site.set_up()
    text = await post(site, tokens_per_day="1000")
    assert "<del>500,000 (settings file)</del> → <ins>1,000</ins>" in text
    assert await current(site) == LiveSettings(), "nothing is saved yet"
    [sure] = re.findall(r'name="sure" value="([^"]+)"', text)
    text = await post(site, tokens_per_day="10", sure=sure)
    assert await current(site) == LiveSettings(), "what was typed afterwards was never shown"
    async with site.bus.subscribe(PUBLISHED_TOPIC) as frames:
        await save(site, tokens_per_day="1000", disclosure="no")
        assert b"settings" in await anext(aiter(frames))
    assert await current(site) == LiveSettings(tokens_per_day=1000, disclosure=False)
    text = await (await site.get(f"{PAGE}?saved")).text()
    assert "Ada Lovelace" in text and "<ins>1,000</ins>" in text and 'value="1000"' in text


async def test_saving_the_same_again_changes_nothing(site: Site) -> None:
    await site.set_up()
    assert "Nothing was changed." in await post(site)
    assert await site.database.read(live_settings.publication) == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("messages_per_minute", "0"),
        ("messages_per_minute", "1.5"),
        ("tokens_per_day", "-1"),
        ("tokens_per_day", "many"),
        ("hand_back_hours", "0"),
        ("hand_back_hours", "inf"),
        ("review_sample_percent", "101"),
        ("review_sample_percent", ""),
        ("disclosure", "maybe"),
        ("days-alpha", "0"),
        ("days-alpha", "4000"),
    ],
)
async def test_a_wrong_value_is_named_at_its_field_and_kept_as_it_was_typed(
    site: Site, field: str, value: str
) -> None:
    await site.set_up()
    text = await post(site, 422, **{field: value})
    assert f'id="fault-{field}"' in text
    shown = re.search(rf'<(?:input|select) id="{field}"[^>]*>', text)
    assert shown is not None and f"fault-{field}" in shown[0] and 'aria-invalid="true"' in shown[0]
    assert field == "disclosure" or f'value="{value}"' in shown[0]


async def test_days_of_a_channel_are_set_and_taken_back(site: Site) -> None:
    await site.set_up()
    await save(site, **{"days-alpha": "30"})
    assert await site.database.read(retention.days) == {"alpha": 30}
    assert await site.database.read(live_settings.publication) == 0, "nothing else changed"
    text = await (await site.get(PAGE)).text()
    assert "<del>for ever</del> → <ins>30</ins>" in text
    await save(site)
    assert await site.database.read(retention.days) == {}


async def test_two_administrators_do_not_overwrite_one_another_unseen(site: Site) -> None:
    await site.set_up()
    text = await post(site, tokens_per_day="5")
    [sure] = re.findall(r'name="sure" value="([^"]+)"', text)
    await save(site, messages_per_minute="7")
    text = await post(site, tokens_per_day="5", sure=sure)
    assert "This would change:" in text, "what would be taken back is shown first"
    assert (await current(site)).messages_per_minute == 7


async def test_every_save_is_on_record(site: Site) -> None:
    await site.set_up()
    await save(site, hand_back_hours="2.5", **{"days-beta": "9"})
    rows = await site.database.read(
        lambda c: c.execute(select(models.audit).order_by(models.audit.c.id)).all()
    )
    said = {row.action: row.detail for row in rows}
    assert said["settings.saved"] == {"hand_back_hours": [None, 2.5]}
    assert said["retention.set"] == {"days": 9}


async def test_secrets_are_set_or_not_set_and_never_shown(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    await site.set_up()
    told: dict[str, Any] = {
        "engine_key": SecretStr("sk-marker"),
        "redis_url": SecretStr("redis://:marker@host"),
        "database_url": "postgresql://user:marker@host/db",
        "engine_url": "http://user:marker@host/v1",
    }
    settings = site.context.settings.model_copy(update=told)
    context = dataclasses.replace(site.context, settings=settings)
    from assistant.web.context import CONTEXT

    monkeypatch.setitem(site.app._state, CONTEXT, context)
    text = await (await site.get(PAGE)).text()
    assert "marker" not in text and text.count('<td class="key">set</td>') == 4


async def test_only_administrators_see_and_change_settings(site: Site) -> None:
    await site.set_up()
    await site.database.write(lambda c: c.execute(update(models.staff).values(role="reviewer")))
    assert (await site.get(PAGE)).status == 403
    assert (await site.post(PAGE, data=USUAL)).status == 403


def test_where_a_setting_comes_from(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ASSISTANT_PORT", "9000")
    settings = Settings(data=tmp_path)
    assert [origin(settings, name) for name in ("port", "data", "host")] == [
        Origin.ENVIRONMENT,
        Origin.FILE,
        Origin.DEFAULT,
    ]


async def test_a_new_review_queue_is_suggested_the_share_that_was_set(site: Site) -> None:
    await site.set_up()
    await save(site, review_sample_percent="35")
    assert 'value="35"' in await (await site.get("/admin/review")).text()


async def test_a_takeover_lasts_as_long_as_was_set(site: Site) -> None:
    await site.set_up()
    await save(site, hand_back_hours="2")
    number = await site.database.write(add_conversation, site.clock.now())
    answer = await site.post(f"/admin/inbox/{number}/take")
    assert answer.status == 303, await answer.text()
    until = await site.database.read(
        lambda c: c.execute(select(models.conversations.c.hand_back_at)).scalar_one()
    )
    assert until == site.clock.now() + timedelta(hours=2)
