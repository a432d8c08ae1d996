"""The benches of store and queue still measure what there is; their figures are for a quiet machine, not for a test."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from bench import chat, claims, dashboard, live, memory, scale, servers, webhooks
from bench.load import cpu_seconds, send_all
from bench.references import bare_aiohttp


async def test_claims_among_many_go_through_the_index_and_never_twice(tmp_path: Path) -> None:
    found = await claims.measure(f"sqlite:///{tmp_path / 'claims.db'}", 300, 20)
    assert found.index_used and found.double == 0
    assert all((found.look, found.one, found.eight, found.four, found.apart)) and found.p99 > 0


async def test_a_growing_store_is_measured_beside_a_small_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scale, "SMALL", 1000)
    files = tuple(f"sqlite:///{tmp_path / name}.db" for name in ("small", "large"))
    [stage] = await scale.stages("sqlite", (files[0], files[1]), tuple, [3000], 5)
    assert stage.size == 3000 and stage.bytes_per_message > 100
    assert all(cost.cpu for cost in stage.large.values()) and all(cost.cpu for cost in stage.small.values())
    assert stage.growth("cpu") > 0


def test_memory_is_fitted_over_the_second_half() -> None:
    passed = list(range(0, 1_000_000, 10_000))
    growing = memory.Memory(
        1, passed, [100.0 + min(20, number / 10_000) + number / 100_000 for number in passed]
    )
    assert 9.9 < growing.slope < 10.1
    level = memory.Memory(1, passed, [80.0] * len(passed))
    assert level.slope == 0 and level.second_half == 0


def test_the_processor_time_of_another_process_is_told(tmp_path: Path) -> None:
    port = servers.free_port()
    command = [servers.PYTHON, "-m", bare_aiohttp.__name__, str(port)]
    with servers.program(command, address=f"http://127.0.0.1:{port}/") as pid:
        before = cpu_seconds(pid)
        took: list[float] = []
        requests = [webhooks.post_whatsapp(port, "/", number) for number in range(50)]
        assert asyncio.run(send_all(port, requests, 4, took)) == {200: 50}
        assert len(took) == 50 and cpu_seconds(pid) > before


async def test_the_pages_of_a_served_store_are_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def no_browser(*_: object) -> None:
        """What Chromium loads is the browser tests' business."""

    monkeypatch.setattr(dashboard, "browse", no_browser)
    found = await dashboard.measure(f"sqlite:///{tmp_path / 'dashboard.db'}", tmp_path, 1500, 3)
    assert len(found.pages) == 11 and all(len(times) == 2 for times in found.pages.values())
    assert all(milliseconds > 0 for milliseconds in found.processor.values())
    found.cold["inbox"] = dashboard.Load(kilobytes=25.6, requests=5, paint_ms=120.0)
    dashboard.tell(1500, {"SQLite": found})
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["inbox_cold_kb"] == 25.6 and figures["trace_cold_kb"] is None
    assert figures["search_p95_ms"] > 0


@pytest.mark.browser
async def test_what_staff_see_live_is_measured(
    chromium: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, few in (("TABS", 4), ("REAL", 2), ("HIDDEN", 1), ("APART_SECONDS", 1.1)):
        monkeypatch.setattr(live, name, few)
    found = await live.measure(tmp_path, 1500, 1)
    assert (len(found.seen), len(found.live), len(found.loads), found.missed) == (2, 2, 2, 0)
    assert len(found.keys) == 3 * len(live.KEYS) and len(found.opens) == 3
    live.tell(found)
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["seen_p95_ms"] > 0 and figures["key_p95_ms"] > 0


def test_what_cannot_be_looked_at_is_told_and_not_invented(capsys: pytest.CaptureFixture[str]) -> None:
    live.tell(live.Measured(why_not="no Chromium"))
    out = capsys.readouterr().out
    figures = json.loads(out.splitlines()[-1])
    assert "no Chromium" in out and figures["seen_p95_ms"] is None and figures["missed"] is None


def test_frequent_words_are_short_and_most_ranks_have_one_of_their_own() -> None:
    words = [dashboard.word(rank) for rank in range(1, 2000)]
    assert len(words[0]) < len(words[-1]) and len(set(words)) > 1500


def test_the_figures_of_the_chat_are_told_and_none_is_invented(capsys: pytest.CaptureFixture[str]) -> None:
    found = chat.Measured(messages=500, fps=59.6, typing=[9.0] * 19 + [70.0], first=[20.0], cold_kb=22.1)
    found.cold_requests = 6
    chat.tell(found)
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["scroll_fps"] == 59.6 and figures["typing_p95_ms"] == 70.0
    chat.tell(chat.Measured(messages=500, why_not="no Chromium"))
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["first_text_p95_ms"] is None and figures["cold_requests"] is None
