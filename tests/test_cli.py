"""What an operator sees who has set something wrong, and what the commands promise."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest
from argon2 import PasswordHasher

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
        (
            {"ASSISTANT_DATA": "/dev/null/x", "ASSISTANT_DATABASE_URL": "sqlite:///x.db"},
            "data (ASSISTANT_DATA)",
        ),
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


@pytest.mark.parametrize("command", ["serve", "work", "migrate"])
def test_a_database_that_is_away_is_named_in_one_sentence_and_ends_with_1(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", "postgresql://somebody:canary@127.0.0.1:1/nowhere")
    monkeypatch.setenv("ASSISTANT_ENGINE", "openai")
    monkeypatch.setenv("ASSISTANT_ENGINE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("ASSISTANT_PORT", "0")
    assert main([command]) == 1
    error = capsys.readouterr().err
    assert "the database cannot be reached" in error and "ASSISTANT_DATABASE_URL" in error
    assert error.count("\n") == 1 and "canary" not in error


def test_a_misspelt_section_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("assistant.toml").write_text("[whatsap]\nx = 1\n")
    assert main(["check"]) == 2
    assert "[whatsap] in the settings file is no channel" in capsys.readouterr().err


def test_check_passes_on_a_fresh_machine_and_says_what_channels_need(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check"]) == 0
    said = capsys.readouterr().out
    assert "Nothing stands in the way." in said and "to use it set" in said
    assert list(Path.cwd().iterdir()) == []


def test_check_says_when_the_model_does_not_fit_this_machine(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_MODEL", "llama-3.1-405b")
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    assert main(["check"]) == 2
    said = capsys.readouterr().out
    assert "WRONG model llama-3.1-405b needs about 8" in said and "`assistant models plan`" in said


def test_check_wants_no_public_address_for_a_channel_that_asks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_TELEGRAM_TOKEN", "123456:canary-token")
    monkeypatch.setenv("ASSISTANT_TELEGRAM_POLLING", "true")
    assert main(["check"]) == 0
    assert "channel telegram is configured; it asks the platform" in capsys.readouterr().out
    monkeypatch.setenv("ASSISTANT_TELEGRAM_POLLING", "false")
    monkeypatch.setenv("ASSISTANT_TELEGRAM_SECRET_TOKEN", "canary-secret")
    assert main(["check"]) == 2
    said = capsys.readouterr().out
    assert "its webhook is /webhooks/telegram" in said and "ASSISTANT_PUBLIC_URL" in said
    assert "canary" not in said


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


def test_staff_who_lost_their_password_get_a_new_one_and_nobody_else_does(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["migrate"]) == 0
    assert main(["staff", "reset"]) == 2
    assert main(["staff", "reset", "ada@example.org"]) == 1
    with contextlib.closing(sqlite3.connect("assistant-data/assistant.db")) as file:
        file.execute(
            "INSERT INTO staff (email, name, role, password_hash, totp_secret, created_at) "
            "VALUES ('ada@example.org', 'Ada', 'admin', 'old', 'S', '2020-11-30T12:00:00.000000+00:00')"
        )
        file.commit()
        capsys.readouterr()
        assert main(["staff", "reset", "Ada@example.org"]) == 0
        said = capsys.readouterr().out
        stored, secret = file.execute("SELECT password_hash, totp_secret FROM staff").fetchone()
        [actions] = file.execute("SELECT action, target FROM audit").fetchall()
    assert PasswordHasher().verify(stored, said.split()[-1])
    assert secret is None
    assert actions == ("staff.reset", "staff:1")


def test_nobody_is_erased_by_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    assert main(["erase", "34600111222"]) == 1
    assert main(["erase", "34600111222", "--yes"]) == 1
    assert "Nobody is known by that alias" in capsys.readouterr().err
    assert main(["export", "34600111222"]) == 1


def _somebody(number: str) -> None:
    with contextlib.closing(sqlite3.connect("assistant-data/assistant.db")) as file:
        at = "2020-11-30T12:00:00.000000+00:00"
        file.execute("INSERT INTO people (name, created_at) VALUES ('Grace', ?)", (at,))
        alias = ("post", "office", "phone", number)
        file.execute(
            "INSERT INTO aliases (channel, account, kind, value, person) VALUES (?, ?, ?, ?, 1)", alias
        )
        file.commit()


def test_a_person_is_written_to_an_archive_that_replaces_no_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    _somebody("34600111222")
    assert main(["export", "34600111222", "--zip", "grace.zip"]) == 0
    with zipfile.ZipFile("grace.zip") as zipped:
        assert set(zipped.namelist()) == {"profile.json", "messages.jsonl", "index.html"}
    assert Path("grace.zip").stat().st_mode & 0o077 == 0
    assert main(["export", "34600111222", "--zip", "grace.zip"]) == 1
    assert "File exists" in capsys.readouterr().err
    assert main(["export", "34600111222"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["people"][0]["name"] == "Grace"


def test_who_was_erased_is_erased_again_when_a_restored_database_is_migrated(
    capsys: pytest.CaptureFixture[str],
) -> None:
    file, backup = Path("assistant-data/assistant.db"), Path("backup.db")
    assert main(["migrate"]) == 0
    _somebody("34600111222")
    shutil.copy(file, backup)
    assert main(["erase", "34600111222", "--yes"]) == 0
    assert "Receipt 1. Deleted: 1 aliases, 1 people." in capsys.readouterr().out
    assert main(["export", "34600111222"]) == 1
    for command in (["migrate"], ["erase", "--again"]):
        for one in file.parent.glob("assistant.db*"):
            one.unlink()
        shutil.copy(backup, file)
        assert main(command) == 0
        assert "again: 1." in capsys.readouterr().out
        assert main(["export", "34600111222"]) == 1
        assert main(["migrate"]) == 0
        assert "again" not in capsys.readouterr().out
    assert main(["erase"]) == 2
    assert main(["erase", "34600111222", "--again"]) == 2


def test_models_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models"]) == 0
    said = capsys.readouterr().out
    for name in ("demo", "llama-3-8b", "llama-3-70b", "llama-3.1-405b", "llama-3.2-1b", "llama-3.3-70b"):
        assert name in said
    for part in ("405.85 B", "131,072", "json", "en de fr it pt hi es th", "Llama 3.2 Community License"):
        assert part in said
    assert main(["models", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert {row["name"]: row["parameters"] for row in listed}["llama-3-8b"] == 8_030_261_248


def numbers(line: str) -> list[int]:
    return [int(word.replace(",", "")) for word in line.split() if re.fullmatch(r"\d[\d,]*", word)]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("llama-3-8b --gpu 24GB", ["8,030,261,248", "131,072 bytes a token", "Best there: the local engine"]),
        (
            "llama-3-70b --quantize 4bit --gpu H100",
            ["70,553,706,496", "327,680 bytes", "ASSISTANT_QUANTIZE=4bit"],
        ),
        (
            "llama-3.1-405b --gpu H100 --gpus 8",
            ["405,853,388,800", "516,096 bytes", "--tensor-parallel-size 8"],
        ),
        (
            "llama-3.1-405b --gpu 24GB",
            ["Does not fit", "Smallest machines", "--tool-call-parser llama3_json"],
        ),
    ],
)
def test_a_plan_of_any_size_adds_up_on_paper(
    arguments: str, says: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "plan", *arguments.split()]) == 0
    said = capsys.readouterr().out
    for part in says:
        assert part in said
    sums = [line for line in said.splitlines() if "<=" in line or re.search(r"\d  +>  +\d", line)]
    assert sums
    for line in sums:
        parts, limit = re.split("<=|>", line)
        *_, weights, cache, workspace, total = numbers(parts)
        assert weights + cache + workspace == total, line
        assert (total <= numbers(limit)[0]) == ("<=" in line), line


def test_a_plan_is_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "plan", "llama-3.1-70b", "--gpu", "H200", "--gpus", "2", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["model"]["weight_bytes"]["none"] == 2 * made["model"]["parameters"] == 141_107_412_992
    assert made["recommended"] == "server" and "vllm serve" in made["server"]["commands"]["vllm"]
    assert made["best"]["demand"]["total"] <= sum(made["machine"]["free"])


def test_a_plan_of_nothing_known_names_what_is_near(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "plan", "lama-3-70b"]) == 2
    error = capsys.readouterr().err
    assert "did you mean llama-3-70b" in error and error.count("\n") == 1
    assert main(["models", "plan", "llama-3-8b", "--gpu", "toaster"]) == 2
    assert "--gpu toaster" in capsys.readouterr().err


def test_plan_explains_itself_with_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["models", "plan", "--help"])
    assert end.value.code == 0
    said = capsys.readouterr().out
    assert "assistant models plan llama-3-70b --quantize 4bit" in said
    with pytest.raises(SystemExit) as wrong:
        main(["models", "plan", "demo", "--context", "0"])
    assert wrong.value.code == 2


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
    for name in (
        "demo",
        "up",
        "serve",
        "work",
        "migrate",
        "check",
        "channels",
        "staff",
        "export",
        "erase",
        "models",
        "settings",
    ):
        assert f"    {name} " in said


@pytest.mark.parametrize("command", ["serve", "work"])
def test_without_its_tables_a_process_says_which_command_makes_them(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_ENGINE", "openai")
    monkeypatch.setenv("ASSISTANT_ENGINE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("ASSISTANT_MODEL", "none")
    monkeypatch.setenv("ASSISTANT_PORT", "0")
    assert main([command]) == 2
    error = capsys.readouterr().err
    assert "run `assistant migrate` first" in error and "Traceback" not in error
