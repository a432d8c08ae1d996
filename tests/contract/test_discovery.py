"""A channel costs one file in `adapters/` and one test file: everything else finds it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import adapters
from assistant import app
from assistant.settings import SettingsFile
from tests.contract import test_channel_contract as contract


@pytest.fixture
def pigeon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One more file in the folder of adapters."""
    (tmp_path / "pigeon.py").write_text("from tests.walks.post import Post\n\nCHANNEL = Post\n")
    monkeypatch.setattr(adapters, "__path__", [*adapters.__path__, str(tmp_path)])
    monkeypatch.delitem(sys.modules, "adapters.pigeon", raising=False)


def test_one_file_is_a_channel_with_settings_and_contract(
    pigeon: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "post" in app.known_channels()
    monkeypatch.setenv("ASSISTANT_POST_ENABLED", "false")
    assert app.channel_settings(SettingsFile({}, None))["post"].enabled is False
    assert "pigeon" in contract.discovered()
