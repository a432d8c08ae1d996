"""Telegram through the Bot API, with python-telegram-bot as the client over our own HTTP session."""

from __future__ import annotations

import hmac
import logging
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar
from urllib.parse import urlencode

import orjson
from pydantic import Field, SecretStr, field_validator

from assistant.channel import Example, Probe, Services
from assistant.errors import (
    BadPayload,
    BadSignature,
    Misconfigured,
    RecipientGone,
    Rejected,
    SendError,
    Throttled,
    Unavailable,
    Uncertain,
)
from assistant.http import Http, NoAnswer, NotSent
from assistant.settings import ChannelSettings
from assistant.types import (
    Address,
    Audience,
    Capabilities,
    Dialect,
    Event,
    Outbound,
    Proactive,
    Rate,
    Receipt,
    Span,
    Text,
    Unit,
    WebhookRequest,
)

from . import _json as js
from ._telegram_updates import Reader

if TYPE_CHECKING:
    from telegram import Bot, MessageEntity
    from telegram.request import BaseRequest

log = logging.getLogger(__name__)
T = TypeVar("T")

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"]
LONG_WAIT_SECONDS = 30.0
"""A flood wait longer than this is in practice meant for the whole bot."""

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}", re.ASCII)
_TOKEN = re.compile(r"\d{1,20}:\S+", re.ASCII)

# Descriptions of refusals, which have no codes of their own; matched in lower case, the first one found counts.
# 2026-11-23, https://github.com/tdlib/telegram-bot-api (Client.cpp) and https://core.telegram.org/bots/api#making-requests
REFUSALS: dict[str, type[SendError]] = {
    "chat not found": RecipientGone,
    "user not found": RecipientGone,
    "peer_id_invalid": RecipientGone,
    "chat was deleted": RecipientGone,
    "group chat was deactivated": RecipientGone,
    "user is deactivated": RecipientGone,
    "bot was blocked": RecipientGone,
    "bot was kicked": RecipientGone,
    "can't initiate conversation": RecipientGone,
    "is not a member": RecipientGone,
    "have no rights to send": Rejected,
    "not enough rights": Rejected,
    "chat_write_forbidden": Rejected,
    "topic_closed": Rejected,
    "message is too long": Rejected,
    "message text is empty": Rejected,
    "can't parse entities": Rejected,
}


class TelegramSettings(ChannelSettings):
    required: ClassVar[tuple[str, ...]] = ("token", "secret_token")

    token: SecretStr = Field(SecretStr(""), description="the bot's token from @BotFather, 123456:ABC…")
    secret_token: SecretStr = Field(
        SecretStr(""),
        description="our secret for the webhook, A-Z a-z 0-9 _ -; the only proof that Telegram is calling",
    )
    username: str = Field("", description="the bot's name without @, to hear mentions in groups")
    api_url: str = Field("https://api.telegram.org", description="base address of the Bot API")

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

    @field_validator("api_url")
    @classmethod
    def _bare_base(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")

    @property
    def bot_id(self) -> str:
        return self.token.get_secret_value().partition(":")[0]


class Telegram:
    name: ClassVar[str] = "telegram"
    title: ClassVar[str] = "Telegram"
    hint: ClassVar[str] = "The person writes on Telegram."
    # 2026-11-23: https://core.telegram.org/bots/api#sendmessage (4096 after parsing), #sendchataction (5 s),
    # https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this (1 a second per chat)
    caps: ClassVar[Capabilities] = Capabilities(
        text_limit=4096,
        text_unit=Unit.UTF16,
        dialect=Dialect.SPANS,
        typing_every=timedelta(seconds=4),
        reply_to=True,
        rate=Rate(count=1, per=timedelta(seconds=1), burst=3),
        audience=(Audience.PRIVATE, Audience.GROUP),
        proactive=Proactive.FREE,
    )
    Settings: ClassVar[type[ChannelSettings]] = TelegramSettings

    def __init__(self, settings: ChannelSettings, services: Services) -> None:
        if not isinstance(settings, TelegramSettings):
            raise TypeError("Telegram needs TelegramSettings")
        self.settings = settings
        self.services = services
        self._client: Bot | None = None

    @classmethod
    def example(cls) -> Example:
        secret = "example_secret_token_0123456789"
        settings = TelegramSettings(
            token=SecretStr("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"), secret_token=SecretStr(secret)
        )
        person = {
            "id": 1111111,
            "is_bot": False,
            "first_name": "Ana",
            "username": "ana_b",
            "language_code": "es",
        }
        chat = {"id": 1111111, "type": "private", "first_name": "Ana", "username": "ana_b"}
        message = {
            "message_id": 1365,
            "from": person,
            "chat": chat,
            "date": 1790000000,
            "text": "Hola, ¿qué tal?",
        }
        body = orjson.dumps({"update_id": 10000, "message": message})
        request = WebhookRequest(
            method="POST", headers={"x-telegram-bot-api-secret-token": (secret,)}, body=body
        )
        return Example(settings=settings, request=request, text="Hola, ¿qué tal?")

    def authenticate(self, request: WebhookRequest) -> None:
        """The secret given to setWebhook, exactly once; the body is not signed.

        Source: https://core.telegram.org/bots/api#setwebhook
        """
        given = (request.header("x-telegram-bot-api-secret-token") or "").encode("utf-8", "surrogatepass")
        expected = self.settings.secret_token.get_secret_value().encode()
        if not expected or not hmac.compare_digest(given, expected):
            raise BadSignature("the secret token is missing or wrong")

    def parse(self, request: WebhookRequest) -> list[Event]:
        """The events of one update; a POST never carries more than one."""
        update = js.load(request.body)
        if not isinstance(update, dict) or "update_id" not in update:
            raise BadPayload("the body is not an update")
        reader = Reader(
            channel=self.name,
            bot_id=self.settings.bot_id,
            username=self.settings.username.lstrip("@"),
            update=update,
            now=self.services.clock.now(),
        )
        return js.each(self.name, self.settings.bot_id, update, request.body, reader.events)

    async def send(self, outbound: Outbound) -> Receipt:
        """One text with entities; once more without them when Telegram cannot use them, once more to a group that moved.

        Telegram has no key that would tell a repeated send from the first: without an answer the outcome is uncertain.
        """
        if not isinstance(outbound.part, Text):
            raise Rejected("this version sends only text to Telegram")
        chat, thread = outbound.address.peer, outbound.address.thread
        text = js.clean(outbound.part.text)
        spans = outbound.part.spans if text == outbound.part.text else ()
        from telegram.error import BadRequest, ChatMigrated

        for _ in range(3):
            try:
                return await self._translated(
                    lambda: self._send(chat, thread, text, spans, outbound.reply_to)
                )  # noqa: B023
            except _Refused as refused:
                cause, said = refused.cause, str(refused.cause).lower()
                if isinstance(cause, ChatMigrated):
                    chat = str(cause.new_chat_id)
                elif isinstance(cause, BadRequest) and spans and "entit" in said:
                    spans = ()
                elif isinstance(cause, BadRequest) and thread and "thread not found" in said:
                    thread = None
                else:
                    raise _refusal(said) from None
        raise Rejected("the platform refused every form of the message")

    async def _send(
        self, chat: str, thread: str | None, text: str, spans: tuple[Span, ...], reply_to: str | None
    ) -> Receipt:
        from telegram import LinkPreviewOptions, ReplyParameters

        reply = _message_id(reply_to)
        sent = await self._bot().send_message(
            chat_id=int(chat) if _is_number(chat) else chat,
            text=text,
            entities=_entities(text, spans) or None,
            message_thread_id=int(thread) if thread and _is_number(thread) else None,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_parameters=ReplyParameters(message_id=reply, allow_sending_without_reply=True)
            if reply
            else None,
        )
        return Receipt(external_id=f"{chat}:{sent.message_id}", at=self.services.clock.now())

    async def typing(self, address: Address, newest: str | None) -> None:
        """Lasts 5 s or until a message arrives, https://core.telegram.org/bots/api#sendchataction"""
        thread = int(address.thread) if address.thread and _is_number(address.thread) else None
        bot = self._bot()
        await self._settled(lambda: bot.send_chat_action(address.peer, "typing", message_thread_id=thread))

    async def register(self, public_url: str) -> str:
        """Set the webhook and read back what Telegram made of it."""
        url, bot = f"{public_url.rstrip('/')}/webhooks/{self.name}", self._bot()
        secret = self.settings.secret_token.get_secret_value()
        await self._settled(
            lambda: bot.set_webhook(
                url=url, secret_token=secret, allowed_updates=ALLOWED_UPDATES, max_connections=40
            )
        )
        info = await self._settled(bot.get_webhook_info)
        if info.url != url:
            return "Telegram took the webhook but names another address; is a second server using this bot?"
        return f"Telegram sends updates to {url}; {info.pending_update_count} are waiting."

    async def probe(self) -> Probe:
        bot = self._bot()
        try:
            me = await self._settled(bot.get_me)
            info = await self._settled(bot.get_webhook_info)
        except SendError as error:
            return Probe(ok=False, sentence=f"Telegram does not accept our token: {error}.")
        if not info.url:
            return Probe(ok=False, sentence=f"Telegram knows @{me.username}, but no webhook is set.")
        groups = (
            "all messages"
            if me.can_read_all_group_messages
            else "only commands and replies (privacy mode is on)"
        )
        waiting = f"{info.pending_update_count} updates waiting"
        return Probe(
            ok=True, sentence=f"Telegram knows @{me.username}; {waiting}; in groups it hears {groups}."
        )

    def _bot(self) -> Bot:
        """The client, made at the first use: the library is large, and receiving needs none of it."""
        if self._client is None:
            from telegram import Bot

            logging.getLogger("telegram").setLevel(logging.WARNING)  # at DEBUG it prints texts
            request = _request_class()(self.services.http)
            self._client = Bot(
                self.settings.token.get_secret_value(),
                base_url=f"{self.settings.api_url}/bot",
                base_file_url=f"{self.settings.api_url}/file/bot",
                request=request,
                get_updates_request=request,
            )
        return self._client

    async def _settled(self, call: Callable[[], Awaitable[T]]) -> T:
        try:
            return await self._translated(call)
        except _Refused as refused:
            raise _refusal(str(refused.cause).lower()) from None

    async def _translated(self, call: Callable[[], Awaitable[T]]) -> T:
        """Run one call of the client; raises SendErrors, or _Refused for what the caller may try in another form."""
        from telegram.error import (
            BadRequest,
            ChatMigrated,
            Conflict,
            Forbidden,
            InvalidToken,
            RetryAfter,
            TelegramError,
        )

        try:
            return await call()
        except RetryAfter as error:
            seconds = (
                error._retry_after.total_seconds()
            )  # the public property warns, or changes type, by environment
            wide = seconds > LONG_WAIT_SECONDS
            raise Throttled("flood wait", retry_after=seconds, account_wide=wide, vendor_code="429") from None
        except Forbidden as error:
            raise _refusal(str(error).lower(), RecipientGone, "403") from None
        except InvalidToken:  # the library's name for 401, and for 404: a token without a bot
            raise Misconfigured("the platform does not know our token", vendor_code="401") from None
        except Conflict:
            raise Misconfigured("somebody else is reading this bot's updates", vendor_code="409") from None
        except (BadRequest, ChatMigrated) as error:
            raise _Refused(error) from None
        except TelegramError as error:
            raise getattr(error, "send_error", None) or Uncertain(
                "the platform's answer cannot be read"
            ) from None
        except SendError:
            raise
        except Exception as error:  # the library reads answers strictly: the message may have been sent
            log.warning("the client library failed", extra={"error_class": type(error).__name__})
            raise Uncertain(f"the platform's answer cannot be read ({type(error).__name__})") from None


class _Refused(Exception):
    """A definite refusal by the client's BadRequest or ChatMigrated; never leaves this module."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(type(cause).__name__)
        self.cause = cause


def _refusal(said: str, otherwise: type[SendError] = Rejected, code: str = "400") -> SendError:
    found = next(((phrase, kind) for phrase, kind in REFUSALS.items() if phrase in said), None)
    if found is None:
        return otherwise(f"the platform answered with code {code}", vendor_code=code)
    return found[1](f"the platform says: {found[0]}", vendor_code=f"{code} {found[0]}")


def _is_number(value: str) -> bool:
    return re.fullmatch(r"-?\d{1,18}", value, re.ASCII) is not None


def _message_id(external_id: str | None) -> int | None:
    """The number inside our "chat:number"; None for anything else, such as a pressed button's id."""
    _, _, number = (external_id or "").partition(":")
    return int(number) if _is_number(number) and not number.startswith("-") else None


def _entities(text: str, spans: tuple[Span, ...]) -> list[MessageEntity]:
    """Spans as the Bot API wants them, in UTF-16 units; it honours at most 100 of them."""
    from telegram import MessageEntity

    made = [
        MessageEntity(span.kind, span.offset, span.length, url=span.url, language=span.language)
        for span in spans[:100]
    ]
    return list(MessageEntity.adjust_message_entities_to_utf_16(text, made))


@cache
def _request_class() -> Callable[[Http], BaseRequest]:
    """The client's transport over our session: one place for timeouts, records of exchanges, and nothing in its logs."""
    from telegram.error import NetworkError, RetryAfter
    from telegram.request import BaseRequest as Base
    from telegram.request import RequestData

    class Failed(NetworkError):
        def __init__(self, send_error: SendError) -> None:
            super().__init__(type(send_error).__name__)
            self.send_error = send_error

    class Request(Base):
        def __init__(self, http: Http) -> None:
            self._http = http

        @property
        def read_timeout(self) -> float | None:
            return None

        async def initialize(self) -> None:
            return None

        async def shutdown(self) -> None:
            return None

        @staticmethod
        def parse_json_payload(payload: bytes) -> Any:
            """Instead of the library's, which logs what it cannot read."""
            try:
                answer = orjson.loads(payload)
            except orjson.JSONDecodeError:
                answer = None
            if not isinstance(answer, dict):
                raise Failed(Uncertain("the platform's answer is not JSON"))
            return answer

        async def do_request(
            self,
            url: str,
            method: str,
            request_data: RequestData | None = None,
            *timeouts: object,
            **options: object,
        ) -> tuple[int, bytes]:
            form = urlencode(request_data.json_parameters).encode() if request_data else b""
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            try:
                response = await self._http.request(method, url, headers=headers, data=form)
            except NotSent as error:
                raise Failed(Unavailable(f"no connection to the platform ({error})")) from None
            except NoAnswer as error:
                raise Failed(Uncertain(f"the platform did not answer ({error})")) from None
            status = response.status
            said, code = f"the platform answered HTTP {status}", str(status)
            answer = response.json()
            if status == 429:
                seconds = js.number(js.obj(answer, "parameters"), "retry_after") or 5.0
                raise RetryAfter(timedelta(seconds=seconds))
            if status == 503:
                raise Failed(Unavailable(said, vendor_code=code))
            if status >= 500:
                raise Failed(Uncertain(said, vendor_code=code))
            if status == 413:
                raise Failed(Rejected(said, vendor_code=code))
            if not isinstance(answer, dict) and status >= 300:
                raise Failed(Misconfigured(said, vendor_code=code))
            return status, response.body

    return Request


CHANNEL = Telegram
