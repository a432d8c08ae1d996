"""`assistant sandbox` and the guard of `assistant up --sandbox` before real tokens."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.sandbox import Sandbox
from assistant import app, demonstration
from assistant.cli import main
from assistant.errors import SettingsError
from assistant.settings import SettingsFile

REAL = {
    "ASSISTANT_TELEGRAM_TOKEN": "123456:abcdefghijklmnopqrstuvwxyz0123456789A",
    "ASSISTANT_TELEGRAM_SECRET_TOKEN": "a-secret",
}


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_shipped_scenarios_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sandbox", "list"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in listed] == sorted(app.shipped_scenarios())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["play"], "name a scenario"),
        (["play", "nothing-such"], "nothing-such: it cannot be read"),
        (["play", "bad.yaml"], "bad.yaml: line 1: phones is missing"),
    ],
)
def test_a_scenario_that_is_wrong_is_named_before_anything_starts(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("bad.yaml").write_text("name: x\n")
    assert main(["sandbox", *arguments]) == 2
    error = capsys.readouterr().err
    assert says in error and error.count("\n") == 1


@pytest.mark.slow
@pytest.mark.parametrize(("words", "status"), [("hears: 1", 0), ("hears: {contains: zebra-xyz}", 1)])
def test_a_scenario_is_played_and_the_exit_status_tells(words: str, status: int, tmp_path: Path) -> None:
    Path("mine.yaml").write_text(
        "name: Mine\nphones:\n  ana: {channel: telegram}\n"
        f"steps:\n  - ana: {{says: hello}}\n  - ana: {{{words}}}\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "sandbox", "play", "mine.yaml"],
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2]), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == status, done.stdout + done.stderr
    assert "ana says “hello”" in done.stdout
    assert ("All came out." in done.stdout) == (status == 0)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.yaml"], "nothing of it is kept"


def test_the_sandbox_does_not_start_beside_real_tokens(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in REAL.items():
        monkeypatch.setenv(name, value)
    assert main(["up", "--sandbox"]) == 2
    error = capsys.readouterr().err
    assert "the sandbox does not start beside real tokens: telegram (https://api.telegram.org)" in error
    assert "--sandbox-beside-real" in error and "abcdef" not in error


async def test_an_api_on_this_machine_is_no_real_one(monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox = await Sandbox.start()
    try:
        for name, value in sandbox.environment().items():
            monkeypatch.setenv(name, value)
        channels = app.channel_settings(SettingsFile({}, None))
        channels.pop("webchat")
        assert sum(part.configured() for part in channels.values()) >= 4
        assert demonstration.real_channels(channels) == {}
        demonstration.refuse_beside({})
        with pytest.raises(SettingsError, match="telegram"):
            demonstration.refuse_beside({"telegram": "https://api.telegram.org"})
    finally:
        await sandbox.close()


async def test_beside_real_channels_the_sandbox_leaves_them_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in REAL.items():
        monkeypatch.setenv(name, value)
    before = app.channel_settings(SettingsFile({}, None))
    real = demonstration.real_channels(before)
    assert real == {"telegram": "https://api.telegram.org"}
    monkeypatch.setattr("os.environ", dict(os.environ))
    async with demonstration.sandbox(spared=real) as sandbox:
        assert not any(name.startswith("ASSISTANT_TELEGRAM_") for name in sandbox.environment())
        assert "ASSISTANT_WHATSAPP_API_URL" in sandbox.environment()
        assert sandbox.telegram.webhook_url is None
