"""Every setting of the system, one documented field each, read from a TOML file and the environment."""

from __future__ import annotations

import os
import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from .errors import SettingsError

PREFIX = "ASSISTANT_"
DEFAULT_FILE = "assistant.toml"


class Section(BaseSettings):
    """A part of the settings. The environment wins over the file; both win over the default."""

    model_config = SettingsConfigDict(extra="forbid", env_prefix=PREFIX, env_ignore_empty=True)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, init_settings


class ChannelSettings(Section):
    """What every adapter's settings share. An adapter declares its own fields, all with a default.

    `required` names the fields without which the channel cannot run; with none of them set it is simply off.
    """

    required: ClassVar[tuple[str, ...]] = ()

    enabled: bool = Field(True, description="false turns the channel off without removing its settings")

    def missing(self) -> list[str]:
        """The required fields that are empty."""
        return [name for name in self.required if not _filled(getattr(self, name))]

    def configured(self) -> bool:
        return self.enabled and not self.missing()

    def partly(self) -> bool:
        """Some required fields are set and some are not: an operator's mistake that `assistant check` names."""
        missing = self.missing()
        return self.enabled and 0 < len(missing) < len(self.required)

    def secrets(self) -> list[str]:
        """Values that no log or exchange may show."""
        found: list[str] = []
        for name in type(self).model_fields:
            value = getattr(self, name)
            for item in value if isinstance(value, list | tuple) else [value]:
                if isinstance(item, SecretStr) and item.get_secret_value():
                    found.append(item.get_secret_value())
        return found


class EngineKind(StrEnum):
    LOCAL = "local"
    OPENAI = "openai"


class ImagesKind(StrEnum):
    NONE = "none"
    SKETCH = "sketch"
    OPENAI = "openai"


class Quantize(StrEnum):
    NONE = "none"
    EIGHT = "8bit"
    FOUR = "4bit"


class RequireTotp(StrEnum):
    PUBLIC = "public"
    ALWAYS = "always"
    NEVER = "never"


class Settings(Section):
    """The settings that belong to no channel."""

    data: Path = Field(
        Path("assistant-data"), description="folder for the database file, the setup token and media"
    )
    database_url: str = Field("", description="SQLAlchemy URL; empty: an SQLite file in the data folder")
    redis_url: SecretStr = Field(
        SecretStr(""), description="Redis for several processes; empty: everything in one process"
    )
    host: str = Field("127.0.0.1", description="address the web server listens on")
    port: int = Field(8080, ge=0, le=65535, description="port the web server listens on; 0 picks a free one")
    worker_port: int = Field(
        0,
        ge=0,
        le=65535,
        description="port on which `assistant work` answers /healthz, /readyz and /metrics; 0: on none",
    )
    public_url: str = Field("", description="https address under which platforms reach this server")
    webhook_max_bytes: int = Field(
        4 * 1024 * 1024, ge=1024, description="largest webhook body that is read, in bytes"
    )

    engine: EngineKind = Field(
        EngineKind.LOCAL, description="local: the model runs here; openai: an OpenAI-compatible server"
    )
    model: str = Field(
        "demo",
        description="demo, a preset (assistant models), a hub id or a folder; for openai: its model name",
    )
    quantize: Quantize = Field(Quantize.NONE, description="none, 8bit or 4bit weights (bitsandbytes)")
    engine_url: str = Field("", description="openai: http://host:port/v1, several separated by commas")
    engine_key: SecretStr = Field(SecretStr(""), description="openai: bearer key, if the server wants one")
    engine_slots: int = Field(
        0,
        ge=0,
        description="local: conversations in the batch; openai: requests of one server before another helps; "
        "0: what suits",
    )
    engine_host_memory_gb: float = Field(
        0.0,
        ge=0,
        description="local, with a GPU: this much of the computer's memory keeps what conversations computed there",
    )
    engine_context: int = Field(
        0, ge=0, description="tokens per conversation; 0: what the model allows, at most 8192"
    )

    images: ImagesKind = Field(
        ImagesKind.NONE,
        description="pictures drawn in the web chat while one types; none, sketch: simple scenes of a few words, without a "
        "model; openai: an OpenAI-compatible images server",
    )
    images_url: str = Field("", description="images=openai: http://host:port/v1 of the images server")
    images_key: SecretStr = Field(
        SecretStr(""), description="images=openai: bearer key, if the server wants one"
    )
    images_model: str = Field(
        "", description="images=openai: the server's name of the model; empty: its own choice"
    )
    images_at_once: int = Field(
        2,
        ge=1,
        le=64,
        description="pictures that one web process draws at the same time; others wait in line",
    )

    persona: str = Field(
        "You are Ada, a friendly assistant. Answer in the language of the person, briefly and honestly. "
        "If you do not know something, say so.",
        description="the first words of the system prompt",
    )
    safety: str = Field(
        "", description="a second paragraph of the system prompt for rules that outlive persona changes"
    )
    disclosure: bool = Field(
        True,
        description="the first answer of a conversation says that an AI writes, in the person's language",
    )
    tools: list[str] = Field(["get_time", "calculate"], description="tools the model may call")
    timezone: str = Field(
        "UTC",
        description="the time zone of the days the model is told, and of get_time when no city is named",
    )
    max_tokens: int = Field(512, ge=1, description="longest answer, in tokens")
    temperature: float | None = Field(
        None, ge=0, le=5, description="0: always the likeliest token; empty: what suits the model"
    )
    top_p: float = Field(0.9, gt=0, le=1, description="nucleus sampling")

    debounce_seconds: float = Field(
        1.5, ge=0, description="wait this long after a message for the next one of a burst"
    )
    debounce_cap_seconds: float = Field(5.0, ge=0, description="but never longer than this after the first")
    lease_seconds: float = Field(
        30.0, gt=0, description="a worker silent for this long has lost its conversation"
    )
    settle_seconds: float = Field(
        10.0, ge=0, description="wait for an echo or status before an unclear send is repeated"
    )
    turns_at_once: int = Field(64, ge=1, description="conversations one worker answers at the same time")
    max_crashes: int = Field(
        5, ge=1, description="a message that kills its worker this often is set aside for staff"
    )
    max_attempts: int = Field(6, ge=1, description="tries of a failing turn or send before staff see it")
    messages_per_minute: int = Field(30, ge=1, description="messages of one person answered per minute")
    tokens_per_day: int = Field(
        500_000,
        ge=0,
        description="tokens that answers to one person may cost within a day (UTC), without those the engine "
        "remembered; 0: no limit",
    )
    bot_loop_turns: int = Field(
        20,
        ge=0,
        description="answers within two minutes after which a private conversation is paused as one with another "
        "bot, until staff look; texts that come back at once and say the same count too; 0: never",
    )
    hand_back_hours: float = Field(
        12.0,
        gt=0,
        le=24 * 365,
        description="a conversation that staff took over, here or on the platform itself, goes back to the model so long "
        "after their last word",
    )
    busy_seconds: float = Field(
        20.0,
        ge=0,
        description="people are told that it takes a moment when they would wait longer; 0: never",
    )
    short_answer_seconds: float = Field(
        120.0, ge=0, description="answers get shorter when people would wait longer; 0: never"
    )
    short_answer_tokens: int = Field(160, ge=16, description="longest answer then, in tokens")
    closed_seconds: float = Field(
        600.0,
        ge=0,
        description="messages of conversations not yet known are refused with 503, to be sent again by their "
        "platform, when people would wait longer; 0: never",
    )
    disk_min_percent: float = Field(
        5.0,
        ge=0,
        le=50,
        description="and when less of the data folder's disk is free; staff and /readyz say so",
    )
    raw_days: int = Field(14, ge=0, description="days to keep webhooks as they came")
    media_days: int = Field(30, ge=1, description="days to keep the files that people send")
    media_max_mb: float = Field(20.0, gt=0, le=2000, description="largest file that is fetched, in megabytes")
    media_image_max_mb: float = Field(10.0, gt=0, le=100, description="largest picture that is fetched")
    media_mb_per_day: float = Field(200.0, gt=0, description="files of one person kept within a day")
    metrics_public: bool = Field(
        False, description="true lets any address read /metrics, not only this machine"
    )
    require_totp: RequireTotp = Field(
        RequireTotp.PUBLIC,
        description="administrators need a second factor: always, never, or once public_url is set",
    )
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")

    @field_validator("public_url", "engine_url", "images_url")
    @classmethod
    def _http_url(cls, value: str) -> str:
        for url in filter(None, value.split(",")):
            if not url.strip().startswith(("http://", "https://")):
                raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("must be an IANA time zone, such as Europe/Lisbon") from None
        return value

    def resolved_database_url(self) -> str:
        """The database URL, with the default filled in."""
        return self.database_url or f"sqlite:///{self.data.resolve() / 'assistant.db'}"


S = TypeVar("S", bound=Section)


class Origin(StrEnum):
    """Where a setting's value comes from."""

    ENVIRONMENT = "environment"
    FILE = "file"
    DEFAULT = "default"


def origin(settings: Section, name: str, section: str = "") -> Origin:
    """Where this field's value comes from; `section` of a channel is its name."""
    if os.environ.get(variable(name, section)):
        return Origin.ENVIRONMENT
    return Origin.FILE if name in settings.model_fields_set else Origin.DEFAULT


def variable(name: str, section: str = "") -> str:
    """The environment variable of a setting."""
    return PREFIX + (f"{section.upper()}_" if section else "") + name.upper()


class SettingsFile:
    """The parsed TOML file: flat keys for Settings, one table per channel."""

    def __init__(self, values: dict[str, Any], path: Path | None) -> None:
        self.values = values
        self.path = path

    @classmethod
    def read(cls, path: str | None = None) -> SettingsFile:
        """Read `path`, or assistant.toml in the working directory when it exists. Raises SettingsError."""
        chosen = Path(path or os.environ.get(PREFIX + "CONFIG") or DEFAULT_FILE)
        if not chosen.exists():
            if path:
                raise SettingsError(f"settings file {chosen} does not exist; check the path after --config")
            return cls({}, None)
        try:
            return cls(tomllib.loads(chosen.read_text(encoding="utf-8")), chosen)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"settings file {chosen} is not valid TOML: {error}") from None

    def core(self) -> Settings:
        flat = {key: value for key, value in self.values.items() if not isinstance(value, dict)}
        return load(Settings, "", flat)

    def section(self, name: str, model: type[S]) -> S:
        values = self.values.get(name, {})
        if not isinstance(values, dict):
            raise SettingsError(f"[{name}] in the settings file must be a table")
        return load(model, name, values)

    def unknown_sections(self, known: set[str]) -> list[str]:
        """Tables no adapter asked for: usually a misspelt channel name."""
        return sorted(
            key for key, value in self.values.items() if isinstance(value, dict) and key not in known
        )


def load(model: type[S], section: str, values: dict[str, Any]) -> S:
    """Build one section from file values and environment. Raises SettingsError naming the key, never the value."""
    prefix = PREFIX + (f"{section.upper()}_" if section else "")
    try:
        return model(_env_prefix=prefix, **values)
    except ValidationError as error:
        problems = []
        for item in error.errors(include_input=False, include_url=False):
            field = ".".join(str(part) for part in item["loc"]) or "?"
            if item["type"] == "extra_forbidden":
                what = "is not a setting; check the spelling"
            else:
                what = item["msg"].removeprefix("Value error, ").lower()
            where = f"{section}.{field}" if section else field
            problems.append(f"{where} ({prefix}{field.upper()}): {what}")
        raise SettingsError("wrong setting: " + "; ".join(problems)) from None
    except Exception as error:  # pydantic-settings raises its own class for an unreadable complex value
        raise SettingsError(f"settings under {prefix} cannot be read: {type(error).__name__}") from None


def _filled(value: object) -> bool:
    return bool(value.get_secret_value()) if isinstance(value, SecretStr) else bool(value)
