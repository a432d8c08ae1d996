"""Home: what needs somebody is counted and leads there; nothing else is in the way, and nobody waits for it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert, update

from assistant.store import home, models, workers
from assistant.store.workers import WorkerRow

from .conftest import Site, add_conversation, add_message
from .test_figures import plans_of


def needing(site: Site) -> Any:
    """One of everything that needs somebody."""
    now = site.clock.now()

    def seed(connection: Connection) -> None:
        for number, values in enumerate(
            (
                {"mode": "human"},
                {"mode": "human", "taken_by": 1, "hand_back_at": now + timedelta(hours=1)},
                {"mode": "human", "taken_by": 2, "hand_back_at": now + timedelta(hours=1)},
                {"flagged": True},
                {"mode": "paused"},
                {"due_at": now - timedelta(minutes=1), "first_due_at": now - timedelta(minutes=2)},
            )
        ):
            made = add_conversation(connection, now, peer=f"p{number}", **values)
            add_message(connection, made, 1, now, "secret words", outcome="answered")
        add_message(connection, made, 2, now, "hello?", outcome="dead", outcome_reason="6 tries failed")
        failed = {"state": "failed", "error": "rejected", "error_code": "400"}
        add_message(connection, made, 3, now, "our answer", out=True, sent=failed)
        notice = {"channel": "beta", "account": "1", "kind": "quality", "sentence": "Low.", "urgent": True}
        connection.execute(insert(models.account_notices).values(**notice, at=now))

    return seed


def _cards(text: str) -> dict[str, str]:
    return dict(re.findall(r'id="needs-(\w+)".*?<span class="figure">([^<]+)</span>', text))


async def test_with_nothing_to_do_the_page_says_so_and_where_to_look(site: Site) -> None:
    await site.set_up()
    text = await (await site.get("/admin")).text()
    assert "Nothing needs you." in text and 'href="/admin/review"' in text
    assert _cards(text) == {}


async def test_each_thing_that_needs_somebody_is_a_card_that_leads_there(site: Site) -> None:
    await site.set_up()
    await site.database.write(needing(site))
    text = await (await site.get("/admin")).text()
    names = ("asked", "dead", "failed", "mine", "flagged", "paused", "notices", "others")
    assert _cards(text) == dict.fromkeys(names, "1")
    assert "Nothing needs you." not in text and "secret words" not in text
    assert "one conversation waits for the model" in text
    for path in re.findall(r'id="needs-\w+".*?<a href="([^"]+)"', text):
        assert (await site.get(path.partition("#")[0])).status == 200, path


async def test_counts_end_where_they_no_longer_matter(site: Site) -> None:
    await site.set_up()
    now = site.clock.now()

    def many(connection: Connection) -> None:
        for number in range(130):
            add_conversation(connection, now, peer=f"p{number}", flagged=True)

    await site.database.write(many)
    assert _cards(await (await site.get("/admin")).text()) == {"flagged": "100+"}


async def test_what_others_took_over_does_not_need_me(site: Site) -> None:
    await site.set_up()
    now = site.clock.now()
    taken: dict[str, Any] = {"mode": "human", "taken_by": 99, "hand_back_at": now + timedelta(hours=1)}
    await site.database.write(lambda connection: add_conversation(connection, now, **taken))
    text = await (await site.get("/admin")).text()
    assert _cards(text) == {"others": "1"} and "Nothing needs you." in text


async def test_who_only_looks_on_is_not_sent_to_review(site: Site) -> None:
    await site.set_up()
    await site.database.write(lambda c: c.execute(update(models.staff).values(role="viewer")))
    text = await (await site.get("/admin")).text()
    assert "Nothing needs you." in text and "You could read along" in text


@pytest.mark.parametrize(
    ("seen", "ready", "said"),
    [
        (0, True, "one worker answers"),
        (0, False, "the model is loaded"),
        (120, True, "no worker was seen"),
    ],
)
async def test_how_the_model_does_is_on_the_page(site: Site, seen: int, ready: bool, said: str) -> None:
    await site.set_up()
    now = site.clock.now()
    row = WorkerRow(
        name="w",
        model="small",
        ready=ready,
        sentence="the model is loaded",
        state={},
        started_at=now,
        seen_at=now - timedelta(seconds=seen),
    )
    await site.database.write(workers.say, row)
    assert said in await (await site.get("/admin")).text()


async def test_a_paused_channel_is_named_and_the_others_are_well(site: Site) -> None:
    await site.set_up()
    paused = {"channel": "beta", "account": "1", "paused_reason": "The token is refused."}
    at = site.clock.now()
    await site.database.write(
        lambda c: c.execute(insert(models.channel_states).values(**paused, paused_at=at))
    )
    text = await (await site.get("/admin")).text()
    assert "paused: The token is refused." in text and "Alpha, Web chat" in text


async def test_in_place_only_what_changes_comes(site: Site) -> None:
    await site.set_up()
    await site.database.write(needing(site))
    text = await (await site.get("/admin", headers={"HX-Request": "true"})).text()
    assert "<html" not in text and "<h1" not in text and len(_cards(text)) == 8


async def test_no_count_looks_through_a_whole_table_of_messages(site: Site) -> None:
    await site.set_up()
    plans = await plans_of(site.database, home.needs, 1, site.clock.now(), reviews=True)
    big = [
        plan
        for plan in plans
        if re.match(r"SCAN (conversations|messages|outbox|turns)\b", plan) and "INDEX" not in plan
    ]
    assert plans and big == [], big
