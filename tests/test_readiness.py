"""/readyz says in plain sentences what is wrong: what takes this process out of service, and what only needs somebody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import text

from assistant.app import Runtime
from assistant.buses.memory import MemoryBus
from assistant.buses.redis import RedisBus
from assistant.clock import SystemClock
from assistant.engine import EngineHealth
from assistant.http import Http
from assistant.pressure import Pressure
from assistant.settings import Settings
from assistant.store.database import Database
from tests.databases import migrated_sqlite
from tests.scripted import ScriptedEngine


class Loading(ScriptedEngine):
    async def health(self) -> EngineHealth:
        return EngineHealth(ready=False, sentence="the model is still being loaded")


def _runtime(folder: Path, **more: Any) -> Runtime:
    settings = Settings(data=folder)
    values: dict[str, Any] = {
        "settings": settings,
        "database": Database(migrated_sqlite(folder)),
        "bus": MemoryBus(),
        "http": Http(),
        "clock": SystemClock(),
        "channels": {},
        "page": "webchat",
        "pressure": Pressure(settings),
        "engine": ScriptedEngine(),
    }
    return Runtime(**(values | more))


async def test_nothing_is_said_when_all_is_well(tmp_path: Path) -> None:
    runtime = _runtime(tmp_path)
    runtime.database.open()
    await ScriptedEngine.start(runtime.engine)  # type: ignore[arg-type]
    assert await runtime.not_ready() == [] and runtime.warnings() == []
    await runtime.database.close()


async def test_each_reason_is_a_sentence_and_names_what_to_do(tmp_path: Path) -> None:
    runtime = _runtime(tmp_path, engine=Loading())
    assert (await runtime.not_ready())[0].startswith("the database is not reachable"), "it was not opened"
    runtime.database.open()
    await runtime.database.write(
        lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    )
    schema, model = await runtime.not_ready()
    assert "run `assistant migrate`" in schema
    assert model == "the model is still being loaded"
    await runtime.database.close()


async def test_what_another_server_would_not_mend_is_a_warning_and_no_reason(tmp_path: Path) -> None:
    bus = RedisBus("redis://127.0.0.1:1/0")
    runtime = _runtime(tmp_path, bus=bus)
    runtime.database.open()
    await ScriptedEngine.start(runtime.engine)  # type: ignore[arg-type]
    runtime.pressure.learn(700, 4.0)
    disk, wait, door, redis = runtime.warnings()
    assert "the disk is nearly full: 4.0 % is free" in disk
    assert "about 700 s" in wait and "are refused for now" in door and "redis is not reachable" in redis
    assert await runtime.not_ready() == []
    await runtime.database.close()
    await bus.close()
