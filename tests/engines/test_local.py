"""Promises of the local engine as a process: death, memory of conversations, control tokens, unusable folders."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
from pathlib import Path

import pytest

from assistant.engines.local.engine import LocalEngine
from assistant.errors import EngineDead, ModelUnusable
from assistant.types import Finish, Sampling
from tests.engines.conftest import local_engine
from tests.engines.test_contract import collect
from tests.engines.tiny import GREEDY, prompt

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_killed_model_process_fails_its_turns_and_the_next_one_runs(folder: Path) -> None:
    local = local_engine(folder)
    await local.start()
    before = await collect(local, prompt("Hello"), GREEDY)
    stream = local.generate(
        prompt("Hello"), Sampling(temperature=0, max_tokens=200), request_id="x", conversation="c"
    )
    await anext(stream)
    pid = local._host.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(EngineDead):
        async for _ in stream:
            pass
    after = await collect(local, prompt("Hello"), GREEDY, name="again")
    assert "".join(delta.text for delta in after) == "".join(delta.text for delta in before)
    assert local.stats().restarts == 1
    await local.close()


async def test_a_conversation_goes_on_from_what_was_computed(local: LocalEngine) -> None:
    first = await collect(local, prompt("Hello world, you are"), GREEDY, conversation="c")
    text = "".join(delta.text for delta in first)
    asked = prompt("Hello world, you are", text, "And the world?")
    going_on = await collect(local, asked, GREEDY, conversation="c")
    scratch = await collect(local, asked, GREEDY)
    assert going_on[-1].usage is not None
    assert first[-1].usage is not None
    assert going_on[-1].usage.cached >= first[-1].usage.prompt
    assert "".join(d.text for d in going_on) == "".join(d.text for d in scratch)


async def test_turns_of_a_running_batch_keep_their_own_words(local: LocalEngine) -> None:
    alone = [await collect(local, prompt(f"Hello {at}"), GREEDY, name=f"a{at}") for at in range(6)]
    together = await asyncio.gather(
        *(collect(local, prompt(f"Hello {at}"), GREEDY, name=f"b{at}") for at in range(6))
    )
    assert [[d.text for d in deltas] for deltas in alone] == [[d.text for d in deltas] for deltas in together]
    assert all(deltas[-1].finish is Finish.LENGTH for deltas in together)


def _no_template(folder: Path) -> None:
    (folder / "tokenizer_config.json").write_text("{}")


def _no_weights(folder: Path) -> None:
    (folder / "model.safetensors").unlink()


def _broken_weights(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(b"nonsense")


def _other_kind(folder: Path) -> None:
    _configure(folder, model_type="mamba2")


def _huge(folder: Path) -> None:
    _configure(folder, hidden_size=65536, intermediate_size=262144, num_hidden_layers=200)


def _configure(folder: Path, **values: object) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


def _gone(folder: Path) -> None:
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    "spoil, sentence",
    [
        (_no_template, "not a chat model: it has no chat template"),
        (_no_weights, "has no weights"),
        (_broken_weights, "cannot be loaded"),
        (_other_kind, "of type 'mamba2'.*engine=openai"),
        (_huge, r"needs about \d+\.\d GB of memory .* this machine has \d+\.\d GB free"),
    ],
    ids=["no template", "no weights", "broken weights", "other kind", "too large"],
)
async def test_an_unusable_folder_is_one_sentence(
    folder: Path, tmp_path: Path, spoil: object, sentence: str
) -> None:
    copy = tmp_path / "model"
    shutil.copytree(folder, copy)
    spoil(copy)  # type: ignore[operator]
    engine = local_engine(copy)
    with pytest.raises(ModelUnusable, match=sentence) as caught:
        await engine.start()
    await engine.close()
    assert str(caught.value).count("\n") == 0
