"""The engines under one contract: scripted, local (a tiny Llama in its own process), a server that speaks OpenAI."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from assistant.engine import Engine
from assistant.engines.local.engine import LocalEngine, Tuning
from assistant.engines.openai import OpenAIEngine
from assistant.engines.presets import Preset, Tools
from assistant.host import Patience
from assistant.http import Http
from tests.engines.families import FAMILIES, Family
from tests.engines.server import FakeServer
from tests.engines.tiny import CONTEXT, save
from tests.scripted import ScriptedEngine


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A model folder of each other family."""
    return {name: family.save(tmp_path_factory.mktemp(name)) for name, family in FAMILIES.items()}


@pytest.fixture(params=FAMILIES.values(), ids=list(FAMILIES), scope="session")
def family(request: pytest.FixtureRequest) -> Family:
    found: Family = request.param
    return found


def local_engine(folder: Path, **tuning: object) -> LocalEngine:
    preset = Preset(name="tiny", source=str(folder), context=CONTEXT, tools=Tools.NAMES)
    wanted = {"slots": 4, "threads": 1, "ignore_stops": True} | tuning
    return LocalEngine(preset, tuning=Tuning(**wanted), patience=Patience(stall=20, wait=90, backoff=0.05))  # type: ignore[arg-type]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def local(folder: Path) -> AsyncIterator[LocalEngine]:
    engine = local_engine(folder)
    await engine.start()
    yield engine
    await engine.close()


@pytest.fixture
async def server() -> AsyncIterator[FakeServer]:
    fake = FakeServer()
    await fake.start()
    yield fake
    await fake.close()


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    opened = Http()
    yield opened
    await opened.close()


@pytest_asyncio.fixture(params=["scripted", "local", "openai"], loop_scope="session")
async def engine(request: pytest.FixtureRequest, local: LocalEngine) -> AsyncIterator[Engine]:
    if request.param == "scripted":
        scripted = ScriptedEngine(
            script=lambda prompt: "one two three four " * 12, delay=0.002, context=CONTEXT
        )
        await scripted.start()
        yield scripted
        await scripted.close()
    elif request.param == "local":
        yield local
    else:
        fake, http = FakeServer(words=48), Http()
        await fake.start()
        remote = OpenAIEngine(http, [fake.url], "model", context=CONTEXT)
        await remote.start()
        yield remote
        await remote.close()
        await http.close()
        await fake.close()
