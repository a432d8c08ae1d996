"""What an operator sees who has set something wrong, and what the commands promise."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.cli import main


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"ASSISTANT_PORT": "many"}, "port (ASSISTANT_PORT)"),
        ({"ASSISTANT_DATABASE_URL": "mysql://localhost/x"}, "database_url (ASSISTANT_DATABASE_URL)"),
        ({"ASSISTANT_QUANTIZE": "3bit"}, "quantize (ASSISTANT_QUANTIZE)"),
        ({"ASSISTANT_MODEL": "/no/such/folder"}, "/no/such/folder"),
        ({"ASSISTANT_TOOLS": '["launch"]'}, "there is no tool launch"),
        ({"ASSISTANT_WHATSAPP_ENABLED": "perhaps"}, "whatsapp.enabled (ASSISTANT_WHATSAPP_ENABLED)"),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence_and_ends_with_2(
    variables: dict[str, str], says: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert main(["work"]) == 2
    error = capsys.readouterr().err
    assert says in error and error.count("\n") == 1 and "Traceback" not in error


def test_a_misspelt_section_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("assistant.toml").write_text("[whatsap]\nx = 1\n")
    assert main(["check"]) == 2
    assert "[whatsap] in the settings file is no channel" in capsys.readouterr().err


def test_check_passes_on_a_fresh_machine_and_says_what_channels_need(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    said = capsys.readouterr().out
    assert "Nothing stands in the way." in said and "to use it set" in said
    assert list(Path.cwd().iterdir()) == []


def test_check_names_every_missing_setting_of_a_half_configured_channel(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_WHATSAPP_APP_SECRET", "canary-secret")
    assert main(["check"]) == 2
    said = capsys.readouterr().out
    for name in ("VERIFY_TOKEN", "ACCESS_TOKEN", "PHONE_NUMBER_ID"):
        assert f"ASSISTANT_WHATSAPP_{name}" in said
    assert "canary-secret" not in said


def test_a_channel_is_not_registered_without_a_public_address(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["channels", "register", "telegram"]) == 2
    assert "ASSISTANT_PUBLIC_URL" in capsys.readouterr().err
    monkeypatch.setenv("ASSISTANT_PUBLIC_URL", "https://example.org")
    assert main(["channels", "register", "pigeon"]) == 2
    assert main(["channels", "register", "telegram"]) == 2
    assert "telegram is not configured" in capsys.readouterr().err


def test_migrate_can_be_run_again_and_staff_setup_gives_one_link(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0 and main(["migrate"]) == 0
    assert main(["staff", "setup"]) == 0
    assert "/setup?token=" in capsys.readouterr().out


def test_nobody_is_erased_by_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    assert main(["erase", "34600111222"]) == 1
    assert main(["erase", "34600111222", "--yes"]) == 1
    assert "Nobody is known by that alias" in capsys.readouterr().err
    assert main(["export", "34600111222"]) == 1


def test_models_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models"]) == 0
    said = capsys.readouterr().out
    for name in ("demo", "llama-3-8b", "llama-3-70b", "llama-3.1-405b", "llama-3.2-1b", "llama-3.3-70b"):
        assert name in said


def test_every_setting_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settings"]) == 0
    said = capsys.readouterr().out
    for name in ("ASSISTANT_DATABASE_URL", "ASSISTANT_WHATSAPP_APP_SECRET", "ASSISTANT_TELEGRAM_TOKEN"):
        assert f"  {name}" in said
    assert ": None\n" not in said


def test_help_tells_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    said = capsys.readouterr().out
    for name in ("demo", "up", "serve", "work", "migrate", "check", "channels", "staff", "export", "erase", "models", "settings"):
        assert f"    {name} " in said
