"""What people write and what the model answers can be searched a moment later, and nobody waits for it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from assistant.store import search
from tests.scripted import ScriptedEngine as Model

from .system import echo, running


async def test_a_message_and_its_answer_are_found_a_moment_after_they_were_written(tmp_path: Path) -> None:
    async with running(tmp_path, Model(echo)) as system:
        await system.receive(["ana", 1, "um CAFÉ, please"])
        await system.until_settled()
        async with asyncio.timeout(20):
            while len((await system.database.read(search.find, "cafe")).hits) < 2:
                await asyncio.sleep(0.05)
        found = await system.database.read(search.find, "cafe")
        assert [hit.direction for hit in found.hits] == ["out", "in"]
        assert not await system.database.read(search.behind)
