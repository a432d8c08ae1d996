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
    Rejected,
    SendError,
    Unavailable,
    Uncertain,
)
from assistant.events import Event
from assistant.http import Http, NoAnswer, NotSent
from assistant.log import redactor
from assistant.settings import ChannelSettings
from assistant.types import (
    Address,
    Audience,
    Capabilities,
    Dialect,
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
from ._telegram_errors import Cure, Refusal, refusal
from ._telegram_updates import Reader

if TYPE_CHECKING:
    from telegram import Bot, MessageEntity
    from telegram.request import BaseRequest

log = logging.getLogger(__name__)
T = TypeVar("T")

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"]
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}", re.ASCII)
_TOKEN = re.compile(r"\d{1,20}:\S+", re.ASCII)


class TelegramSettings(ChannelSettings):
    required: ClassVar[tuple[str, ...]] = ("token", "secret_token")

    token: SecretStr = Field(SecretStr(""), description="the bot's token from @BotFather, 123456:ABC…")
    secret_token: SecretStr = Field(
        SecretStr(""),
        description="our secret for the webhook, letters, digits, _ and -; proves that Telegram is calling",
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
        )
        return js.each(self.name, self.settings.bot_id, update, request.body, reader.events)

    async def send(self, outbound: Outbound) -> Receipt:
        """One text with entities; again without them when Telegram cannot use them, or where a group moved.

        Telegram has no key that would tell a repeated send from the first: without an answer, nobody knows.
        """
        if not isinstance(outbound.part, Text):
            raise Rejected("this version sends only text to Telegram")
        chat, thread = outbound.address.peer, outbound.address.thread
        text = js.clean(outbound.part.text)
        styled = outbound.part.spans if text == outbound.part.text else ()
        for _ in range(3):
            outcome = await self._send(chat, thread, text, styled, outbound.reply_to)
            if isinstance(outcome, Receipt):
                return outcome
            if outcome.moved_to:
                chat = outcome.moved_to
            elif outcome.cure is Cure.STYLES and styled:
                styled = ()
            elif outcome.cure is Cure.THREAD and thread:
                thread = None
            else:
                raise outcome.error
        raise Rejected("the platform refused every form of the message")

    async def _send(
        self, chat: str, thread: str | None, text: str, spans: tuple[Span, ...], reply_to: str | None
    ) -> Receipt | Refusal:
        from telegram import LinkPreviewOptions, ReplyParameters

        reply = _message_id(reply_to)
        quote = ReplyParameters(message_id=reply, allow_sending_without_reply=True) if reply else None
        bot = self._bot()
        sent = await _attempt(
            lambda: bot.send_message(
                chat_id=chat,
                text=text,
                entities=_entities(text, spans) or None,
                message_thread_id=_number(thread),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_parameters=quote,
            )
        )
        if isinstance(sent, Refusal):
            return sent
        return Receipt(external_id=f"{chat}:{sent.message_id}", at=self.services.clock.now())

    async def typing(self, address: Address, newest: str | None) -> None:
        """Lasts 5 s or until a message arrives, https://core.telegram.org/bots/api#sendchataction"""
        thread, bot = _number(address.thread), self._bot()
        await _settled(lambda: bot.send_chat_action(address.peer, "typing", message_thread_id=thread))

    async def register(self, public_url: str) -> str:
        """Set the webhook and read back what Telegram made of it."""
        url, bot = f"{public_url.rstrip('/')}/webhooks/{self.name}", self._bot()
        secret = self.settings.secret_token.get_secret_value()
        await _settled(
            lambda: bot.set_webhook(
                url=url, secret_token=secret, allowed_updates=ALLOWED_UPDATES, max_connections=40
            )
        )
        info = await _settled(bot.get_webhook_info)
        if info.url != url:
            return "Telegram took the webhook but names another address; is a second server using this bot?"
        return f"Telegram sends updates to {url}; {info.pending_update_count} are waiting."

    async def probe(self, public_url: str) -> list[Probe]:
        return [await self._account()]

    async def _account(self) -> Probe:
        bot = self._bot()
        try:
            me = await _settled(bot.get_me)
            info = await _settled(bot.get_webhook_info)
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
            redactor.register(self.settings.secrets())  # the Bot API carries the token in every address
            request = _request_class()(self.services.http)
            self._client = Bot(
                self.settings.token.get_secret_value(),
                base_url=f"{self.settings.api_url}/bot",
                base_file_url=f"{self.settings.api_url}/file/bot",
                request=request,
                get_updates_request=request,
            )
        return self._client


async def _settled(call: Callable[[], Awaitable[T]]) -> T:
    """Run one call of the client; raises SendErrors, nothing else."""
    outcome = await _attempt(call)
    if isinstance(outcome, Refusal):
        raise outcome.error
    return outcome


async def _attempt(call: Callable[[], Awaitable[T]]) -> T | Refusal:
    """As _settled, but a definite refusal is returned, for the caller to try another form."""
    try:
        return await call()
    except Exception as error:
        carried = getattr(error, "carried", None)
        if isinstance(carried, Refusal):
            return carried
        if isinstance(carried, SendError):
            raise carried from None
        raise _unreadable(
            error
        ) from None  # the library reads answers strictly: the message may have been sent


def _unreadable(error: Exception) -> SendError:
    log.warning("the client library failed", extra={"error_class": type(error).__name__})
    return Uncertain(f"the platform's answer cannot be read ({type(error).__name__})")


def _number(value: str | None) -> int | None:
    return int(value) if value and re.fullmatch(r"\d{1,18}", value, re.ASCII) else None


def _message_id(external_id: str | None) -> int | None:
    """The number inside our "chat:number"; None for anything else, such as a pressed button's id."""
    return _number((external_id or "").partition(":")[2])


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
    """The client's transport over our session: one place for timeouts and records, nothing in its logs."""
    from telegram.error import NetworkError
    from telegram.request import BaseRequest as Base
    from telegram.request import RequestData

    class Failed(NetworkError):
        def __init__(self, carried: SendError | Refusal) -> None:
            super().__init__("failed")
            self.carried = carried

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
            if not 200 <= response.status < 300:
                raise Failed(refusal(response))
            return response.status, response.body

    return Request


CHANNEL = Telegram
