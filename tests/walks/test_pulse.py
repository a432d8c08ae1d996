"""Promises about leases and a model that hangs: a lease lives by the model's steps, not by a timer alone."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from assistant import worker
from tests.scripted import ScriptedEngine

from .system import echo, running


async def test_a_worker_whose_model_hangs_loses_its_conversation_to_one_whose_model_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "HUNG_AFTER", 0.7)
    hung = ScriptedEngine(echo)
    async with running(tmp_path, hung, lease_seconds=1.6) as system:
        hung.hold()
        await system.receive(["ana", 1, "hello"])
        await hung.until_asked()
        await asyncio.sleep(3.0)
        assert len(hung.asked) == 1, "it takes nothing more, not even what it lost"
        system.engine = ScriptedEngine(echo)
        await system.engine.start()
        other = system.new_worker("other")
        other.start()
        await system.until_settled()
        hung.release()
        await asyncio.sleep(0.3)
        assert system.post.texts() == ["You said: hello"], "the late answer of the first is dropped"
        await system.receive(["ben", 1, "good day"])
        await other.close(grace=1.0)
        rows = await system.until_settled()
        assert system.post.texts("ben") == ["You said: good day"], "the first worker works again"
        assert {row.outcome for row in rows if row.direction == "in"} == {"answered"}


async def test_a_slow_model_that_gets_on_keeps_its_conversation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "HUNG_AFTER", 0.6)
    slow = ScriptedEngine(lambda prompt: "word " * 16, delay=0.12)
    async with running(tmp_path, slow, lease_seconds=0.6) as system:
        await system.receive(["ana", 1, "hello"])
        await system.until_settled()
        assert len(slow.asked) == 1 and len(system.post.sent) == 1


async def test_a_worker_with_nothing_to_do_is_not_taken_for_hung(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "HUNG_AFTER", 0.1)
    async with running(tmp_path, ScriptedEngine(echo), lease_seconds=0.3) as system:
        await asyncio.sleep(0.5)
        await system.receive(["ana", 1, "hello"])
        await system.until_settled()
        assert system.post.texts() == ["You said: hello"]
