"""Settings come from one file and the environment; a wrong one is named in one sentence, a secret never shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import Field, SecretStr

from assistant.errors import SettingsError
from assistant.settings import ChannelSettings, Settings, SettingsFile


class Pigeon(ChannelSettings):
    """A channel that exists only here."""

    required = ("token", "loft")

    token: SecretStr = Field(SecretStr(""), description="what the pigeon shows at the door")
    loft: str = Field("", description="where it lives")
    spare: list[SecretStr] = Field([], description="older tokens")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "assistant.toml"


def read(file: Path, text: str) -> SettingsFile:
    file.write_text(text, encoding="utf-8")
    return SettingsFile.read(str(file))


def test_without_file_and_environment_everything_has_a_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = SettingsFile.read().core()
    assert (settings.model, settings.port) == ("demo", 8080)
    assert settings.resolved_database_url() == f"sqlite:///{tmp_path}/assistant-data/assistant.db"


def test_every_setting_says_what_it_is_for() -> None:
    for name, field in {**Settings.model_fields, **ChannelSettings.model_fields}.items():
        assert field.description, name


def test_the_file_in_the_working_directory_is_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(file, "port = 9000")
    monkeypatch.chdir(file.parent)
    assert SettingsFile.read().core().port == 9000


def test_the_environment_beats_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = read(file, 'port = 9000\nmodel = "llama-3-8b"\n[pigeon]\nloft = "roof"\ntoken = "from file"')
    monkeypatch.setenv("ASSISTANT_PORT", "9001")
    monkeypatch.setenv("ASSISTANT_PIGEON_TOKEN", "from environment")
    assert (parsed.core().port, parsed.core().model) == (9001, "llama-3-8b")
    pigeon = parsed.section("pigeon", Pigeon)
    assert (pigeon.loft, pigeon.token.get_secret_value()) == ("roof", "from environment")


def test_an_empty_variable_counts_as_not_set(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_PORT", "")
    assert read(file, "port = 9000").core().port == 9000


def test_lists_come_from_the_file_and_as_json_from_the_environment(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read(file, 'tools = ["calculate"]').core().tools == ["calculate"]
    monkeypatch.setenv("ASSISTANT_TOOLS", '["get_time"]')
    assert read(file, 'tools = ["calculate"]').core().tools == ["get_time"]


@pytest.mark.parametrize(
    "text, key",
    [
        ("port = 70000", "port (ASSISTANT_PORT)"),
        ('port = "many"', "port (ASSISTANT_PORT)"),
        ('engine = "cloud"', "engine (ASSISTANT_ENGINE)"),
        (
            'public_url = "example.org"',
            "public_url (ASSISTANT_PUBLIC_URL): must begin with http:// or https://",
        ),
        ("prot = 8080", "prot (ASSISTANT_PROT): is not a setting; check the spelling"),
        ("temperature = -1", "temperature (ASSISTANT_TEMPERATURE)"),
    ],
)
def test_a_wrong_setting_is_one_sentence_that_names_the_key(file: Path, text: str, key: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read(file, text).core()
    message = str(caught.value)
    assert key in message
    assert message.startswith("wrong setting: ")
    assert "\n" not in message
    assert len(message) < 200


def test_a_wrong_variable_is_named_like_a_wrong_line(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_PORT", "eighty")
    with pytest.raises(SettingsError, match=r"port \(ASSISTANT_PORT\)"):
        read(file, "").core()


def test_an_unreadable_list_in_the_environment_names_where_to_look(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_TOOLS", "get_time, calculate")
    with pytest.raises(SettingsError) as caught:
        read(file, "").core()
    assert "ASSISTANT_" in str(caught.value)


def test_a_wrong_channel_setting_is_named_with_its_table(file: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        read(file, "[pigeon]\nlofd = 1").section("pigeon", Pigeon)
    assert "pigeon.lofd (ASSISTANT_PIGEON_LOFD): is not a setting" in str(caught.value)


def test_a_wrong_value_is_not_repeated(file: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        read(file, '[pigeon]\ntoken = [1, 2]\nspare = "hunter2-secret"').section("pigeon", Pigeon)
    assert "hunter2" not in str(caught.value)


def test_a_broken_file_is_named(file: Path) -> None:
    with pytest.raises(SettingsError, match=r"assistant\.toml is not valid TOML"):
        read(file, "port = ")


def test_a_file_that_was_named_and_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"gone\.toml does not exist"):
        SettingsFile.read(str(tmp_path / "gone.toml"))


def test_a_misspelt_table_is_found(file: Path) -> None:
    assert read(file, "[pigeom]\nloft = 'roof'").unknown_sections({"pigeon"}) == ["pigeom"]


def test_secrets_do_not_show_when_settings_are_printed(file: Path) -> None:
    pigeon = read(file, '[pigeon]\ntoken = "hunter2"\nspare = ["old-one"]').section("pigeon", Pigeon)
    core = read(file, 'redis_url = "redis://:hunter2@h/0"\nengine_key = "hunter2"').core()
    for shown in (repr(pigeon), str(pigeon), pigeon.model_dump_json(), repr(core), core.model_dump_json()):
        assert "hunter2" not in shown
        assert "old-one" not in shown
    assert pigeon.secrets() == ["hunter2", "old-one"]


@pytest.mark.parametrize(
    "text, state",
    [
        ("", (False, False)),
        ('[pigeon]\nloft = "roof"', (False, True)),
        ('[pigeon]\nloft = "roof"\ntoken = "t"', (True, False)),
        ('[pigeon]\nloft = "roof"\ntoken = "t"\nenabled = false', (False, False)),
    ],
)
def test_a_channel_is_on_when_everything_it_requires_is_set(
    file: Path, text: str, state: tuple[bool, bool]
) -> None:
    pigeon = read(file, text).section("pigeon", Pigeon)
    assert (pigeon.configured(), pigeon.partly()) == state
