"""The models page: each worker as it was seen last, the queue before them all, and what to do when there is none."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from assistant.store import workers
from assistant.store.workers import WorkerRow

from .conftest import Site, add_conversation

STATE: dict[str, Any] = {
    "turns": 3,
    "turns_at_once": 16,
    "running": 2,
    "waiting": 5,
    "slots": 8,
    "restarts": 4,
    "memory_bytes": 3_200_000_000,
    "prompt_tokens": 1000,
    "cached_tokens": 630,
    "completion_tokens": 20_000,
    "tokens_per_second": 184.2,
}


async def _seen(site: Site, name: str = "box-1", *, seconds: int = 0, **values: Any) -> None:
    now = site.clock.now()
    row: dict[str, Any] = {
        "name": name,
        "model": "small-1",
        "ready": True,
        "sentence": "answers",
        "state": STATE,
        "started_at": now - timedelta(hours=3),
        "seen_at": now - timedelta(seconds=seconds),
    }
    await site.database.write(workers.say, WorkerRow(**(row | values)))


async def test_without_a_worker_the_page_says_what_that_means(site: Site) -> None:
    await site.set_up()
    text = await (await site.get("/admin/models")).text()
    assert "No worker was seen in the last day." in text and "demo model" in text


async def test_a_worker_is_shown_with_what_it_counts(site: Site) -> None:
    await site.set_up()
    await _seen(site)
    text = await (await site.get("/admin/models")).text()
    for said in ("small-1", "box-1", "3 / 16", "2 / 8", "63 %", "20 k", "3.2 GB", ">184<", ">4<", "ready"):
        assert said in text, said


async def test_one_that_is_silent_or_not_ready_is_marked(site: Site) -> None:
    await site.set_up()
    await _seen(site, "silent", seconds=45)
    await _seen(site, "broken", ready=False, sentence="<b>the model's process ended</b>")
    text = await (await site.get("/admin/models")).text()
    assert "not seen any more" in text and "not ready" in text
    assert "&lt;b&gt;the model&#39;s process ended" in text


async def test_a_worker_of_an_older_version_that_says_less_is_no_trouble(site: Site) -> None:
    await site.set_up()
    await _seen(site, state={})
    assert (await site.get("/admin/models")).status == 200


async def test_the_queue_before_all_workers_is_shown(site: Site) -> None:
    await site.set_up()
    now = site.clock.now()
    waits = {"due_at": now - timedelta(seconds=90), "first_due_at": now - timedelta(seconds=90)}
    await site.database.write(add_conversation, now, **waits)
    text = await (await site.get("/admin/models", headers={"HX-Request": "true"})).text()
    assert "<html" not in text and "<dd>90 s</dd>" in text
