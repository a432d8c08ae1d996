"""What many pages ask for at once is made once, is never older than what was published, and shows nobody what is not theirs."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from assistant.inbound import STAFF_TOPIC
from assistant.store import inbox
from assistant.web import once
from assistant.web.feed import mark
from assistant.web.once import Once
from tests.web.conftest import Site, add_conversation, add_message
from tests.web.test_inbox import as_role
from tests.web.test_inbox_browser import frame

IN_PLACE = {"HX-Request": "true"}


async def test_fifty_who_ask_together_wait_for_one() -> None:
    made, go = 0, asyncio.Event()

    async def make() -> int:
        nonlocal made
        made += 1
        await go.wait()
        return made

    mark.set("era.1")
    asked = Once()
    waiting = [asyncio.create_task(asked.get("list", make)) for _ in range(50)]
    await asyncio.sleep(0)
    waiting[0].cancel()  # who leaves takes nothing from the others
    go.set()
    assert await asyncio.gather(*waiting[1:]) == [1] * 49
    assert await asked.get("list", make) == 1 and await asked.get("other", make) == 2
    mark.set("era.2")
    assert await asked.get("list", make) == 3, "something was published since"
    mark.set("")
    assert await asked.get("list", make) == 4 and await asked.get("list", make) == 5


async def test_nothing_is_handed_on_longer_than_it_lasts_and_no_failure_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = 0

    async def make() -> int:
        nonlocal made
        made += 1
        if made == 1:
            raise LookupError
        return made

    mark.set("era.1")
    asked = Once()
    with pytest.raises(LookupError):
        await asked.get("list", make)
    assert await asked.get("list", make) == 2 and await asked.get("list", make) == 2
    monkeypatch.setattr(once, "LASTS_SECONDS", -1.0)
    assert await asked.get("list", make) == 3


async def test_the_list_is_read_once_for_all_who_see_the_same_and_anew_after_a_message(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    await site.set_up()
    talk = await site.database.write(lambda c: add_conversation(c, site.clock.now()))
    reads, page = 0, inbox.page

    def counted(*given: Any, **how: Any) -> inbox.Page:
        nonlocal reads
        reads += 1
        return page(*given, **how)

    monkeypatch.setattr(inbox, "page", counted)

    async def listed(path: str = "/admin/inbox") -> str:
        answer = await site.get(path, headers=IN_PLACE)
        assert answer.status == 200
        return await answer.text()

    whole = await asyncio.gather(*(listed() for _ in range(20)))
    assert reads == 1 and len(set(whole)) == 1 and "Grace Hopper" in whole[0]
    assert "Grace Hopper" not in await listed("/admin/inbox?flagged=1&mode=human") and reads == 2
    await site.database.write(lambda c: add_message(c, talk, 1, site.clock.now(), "what is fresh is shown"))
    await site.bus.publish(STAFF_TOPIC, frame("message", talk, 1))
    assert "what is fresh is shown" in await listed() and reads == 3
    await as_role(site, "viewer")
    assert "Grace Hopper" not in await listed() and reads == 4, (
        "a viewer sees no whole name, whoever asked before"
    )
