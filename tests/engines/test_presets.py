"""Promises of the presets: every Llama 3 release by name, and one clear sentence for a wrong name."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.engines import checkpoint, presets
from assistant.engines.presets import Tools
from assistant.errors import ModelUnusable, SettingsError
from assistant.settings import Settings


def test_every_release_has_a_preset() -> None:
    names = {"demo", "llama-3-8b", "llama-3-70b", "llama-3.1-8b", "llama-3.1-70b", "llama-3.1-405b"}
    names |= {"llama-3.2-1b", "llama-3.2-3b", "llama-3.3-70b"}
    assert set(presets.PRESETS) == names
    assert [preset.name for preset in presets.listed()] == list(presets.PRESETS)
    for preset in presets.listed():
        assert preset.parameters
        assert preset.licence_note
        assert preset.languages


def test_a_preset_its_hub_id_and_any_case_are_the_same() -> None:
    by_name = presets.resolve(Settings(model="llama-3.1-405b"))
    assert by_name == presets.resolve(Settings(model="meta-llama/Llama-3.1-405B-Instruct"))
    assert by_name == presets.resolve(Settings(model="Llama-3.1-405B"))
    assert by_name.context == 8192
    assert by_name.tools is Tools.JSON
    assert by_name.dates
    assert not presets.resolve(Settings(model="llama-3-8b")).dates


def test_the_configured_context_is_kept_within_the_model() -> None:
    assert presets.resolve(Settings(model="llama-3-8b", engine_context=100_000)).context == 8192
    assert presets.resolve(Settings(model="llama-3.3-70b", engine_context=100_000)).context == 100_000
    assert presets.resolve(Settings(model="llama-3.3-70b", engine_context=2048)).context == 2048


def test_a_folder_says_itself_what_it_is(folder: Path) -> None:
    found = presets.resolve(Settings(model=str(folder)))
    assert (found.source, found.context, found.tools) == (str(folder), 256, Tools.NONE)
    config = json.loads((folder / "config.json").read_text())
    assert found.parameters == checkpoint.parameters(config) > 10_000


def test_sizes_are_those_published() -> None:
    eight = {
        "hidden_size": 4096, "intermediate_size": 14336, "num_hidden_layers": 32, "num_attention_heads": 32,
        "num_key_value_heads": 8, "vocab_size": 128256,
    }  # fmt: skip
    assert checkpoint.parameters(eight) == 8_030_261_248


@pytest.mark.parametrize("name", ["lama-3-8b", "gpt 5", "llama-3"])
def test_a_misspelt_name_names_the_key(name: str) -> None:
    with pytest.raises(SettingsError, match="ASSISTANT_MODEL"):
        presets.resolve(Settings(model=name))


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="does not exist"):
        presets.resolve(Settings(model=str(tmp_path / "no")))
    with pytest.raises(ModelUnusable, match=r"has no config\.json"):
        presets.resolve(Settings(model=str(tmp_path)))


def test_the_parent_never_imports_torch() -> None:
    code = (
        "import sys, assistant.engines.local.engine, assistant.engines.openai, assistant.engines.presets;"
        "assert not {'torch', 'transformers', 'tokenizers', 'accelerate'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parent.parent.parent)
