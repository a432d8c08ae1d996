"""Telegram's settings: the bot's token, the webhook's secret, how it hears groups, and what is switched on."""

from __future__ import annotations

import re
from typing import ClassVar

from pydantic import Field, SecretStr, field_validator

from assistant.settings import ChannelSettings

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}", re.ASCII)
_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]+", re.ASCII)

OFFICIAL = "https://api.telegram.org"


class TelegramSettings(ChannelSettings):
    required: ClassVar[tuple[str, ...]] = ("token", "secret_token")

    token: SecretStr = Field(SecretStr(""), description="the bot's token from @BotFather, 123456:ABC…")
    secret_token: SecretStr = Field(
        SecretStr(""),
        description="our secret for the webhook, letters, digits, _ and -; proves that Telegram is calling",
    )
    username: str = Field("", description="the bot's name without @, to hear mentions in groups")
    names: str = Field(
        "",
        description="words that call the bot in groups, separated by commas (it hears them without privacy mode)",
    )
    polling: bool = Field(
        False, description="true asks Telegram for updates, for a machine that has no public address"
    )
    drafts: bool = Field(True, description="false shows no growing answer in private chats")
    business: bool = Field(
        False, description="true answers in the chats of Telegram Business accounts that connect the bot"
    )
    guests: bool = Field(
        False, description="true answers where the bot is mentioned in chats that it is no member of"
    )
    api_url: str = Field(OFFICIAL, description="base address of the Bot API")

    @field_validator("token")
    @classmethod
    def _token_form(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("must look like 123456:ABC")
        return value

    @field_validator("secret_token")
    @classmethod
    def _secret_form(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not _SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("may only have letters, digits, _ and -, at most 256")
        return value

    @field_validator("username")
    @classmethod
    def _without_sign(cls, value: str) -> str:
        return value.strip().lstrip("@")

    @field_validator("api_url")
    @classmethod
    def _bare_base(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")

    def missing(self) -> list[str]:
        """The webhook's secret is not needed where there is no webhook."""
        return [name for name in super().missing() if name != "secret_token" or not self.polling]

    @property
    def bot_id(self) -> str:
        return self.token.get_secret_value().partition(":")[0]

    def call_names(self) -> tuple[str, ...]:
        """The words of `names`, without case."""
        return tuple(name.strip().casefold() for name in self.names.split(",") if name.strip())
