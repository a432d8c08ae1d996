"""Every scenario that comes with the sandbox comes out on the real system, and leaves in the store what it should."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from adapters.sandbox import play, shipped
from adapters.sandbox.scenarios import FOLDER

from .rows import Rows, rows_of, settled
from .running import running


async def played(slug: str, folder: Path, patch: pytest.MonkeyPatch) -> Rows:
    """Play a shipped scenario to its end; the rows when all has settled."""
    async with running(folder, patch) as (runtime, sandbox):
        result = await play(sandbox, shipped()[slug])
        assert result.ok, result.complaints
        async with asyncio.timeout(30):
            while not await settled(runtime.database):
                await asyncio.sleep(0.05)
        await asyncio.sleep(0.3)  # the last receipts
        return await rows_of(runtime.database)


SPECIAL = {"bad-signature", "duplicates", "window-closed", "cut-in-mid-send", "old-message-again"}


@pytest.mark.parametrize("slug", sorted(set(shipped()) - SPECIAL))
async def test_a_shipped_scenario_comes_out(
    slug: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = await played(slug, tmp_path, monkeypatch)
    assert rows["conversations"] and all(row[-1] for row in rows["conversations"]), "nothing waits any longer"


async def test_a_forged_message_leaves_no_conversation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = await played("bad-signature", tmp_path, monkeypatch)
    assert not any(rows.values()), "not a row of anything"


@pytest.mark.parametrize("slug", ["duplicates", "old-message-again"])
async def test_what_is_delivered_again_and_again_is_one_message_with_one_reply(
    slug: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = await played(slug, tmp_path, monkeypatch)
    assert [row[5] for row in rows["messages"]] == ["in", "out"]
    assert len(rows["outbox"]) == 1


async def test_a_reply_that_waited_past_the_window_is_kept_back_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = await played("window-closed", tmp_path, monkeypatch)
    first, second = rows["outbox"]
    assert (first[3], first[6]) == ("sent", "")
    assert (second[3], second[6]) == ("failed", "window_closed")


async def test_a_send_whose_answer_was_lost_is_settled_by_the_receipt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = await played("cut-in-mid-send", tmp_path, monkeypatch)
    [part] = rows["outbox"]
    assert part[3] == "sent" and part[-1] is False, "and nobody needs to fear a duplicate"


def test_each_shipped_file_says_in_its_header_what_it_is_for() -> None:
    assert 8 <= len(shipped()) <= 20
    for slug, scenario in shipped().items():
        assert (FOLDER / f"{slug}.yaml").read_text().startswith("# "), slug
        assert scenario.name and scenario.shows.endswith("."), slug
