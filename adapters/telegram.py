"""Telegram through the Bot API: updates in by webhook or polling; texts, files, buttons, drafts and reactions out."""

from __future__ import annotations

import functools
import hmac
import logging
from collections import deque
from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import quote, urlsplit

import orjson
from pydantic import SecretStr

from assistant.channel import Download, Example, Nearby, Polled, Probe, Services
from assistant.errors import BadPayload, BadSignature, Rejected, SendError, Throttled, Unavailable, Uncertain
from assistant.events import Event
from assistant.settings import ChannelSettings
from assistant.types import (
    Address,
    Ask,
    Audience,
    Buttons,
    Capabilities,
    Dialect,
    Media,
    MediaKind,
    Outbound,
    Part,
    Proactive,
    Rate,
    Receipt,
    Text,
    Unit,
    WebhookRequest,
)

from . import _json as js
from ._telegram_client import Answer, Client, attempt, settled
from ._telegram_errors import NO_DRAFTS_HERE, NO_SUCH_METHOD, Cure, Refusal
from ._telegram_find import Asked, free_numbers
from ._telegram_findings import ALLOWED_UPDATES, findings
from ._telegram_forms import Form, entities_of, keyboard, no_preview, words
from ._telegram_pace import OVERALL, Pace
from ._telegram_place import callback_id, message_id, message_number, spot
from ._telegram_settings import OFFICIAL, TelegramSettings
from ._telegram_updates import Reader

log = logging.getLogger(__name__)

POLL_SECONDS = 25
POLL_AT_ONCE = 20  # a long rich message is 200 kB of JSON, with emoji and what it answers 800 kB; see poll()
DRAFT_UNITS = 4096
DOWNLOAD_BYTES = 20 * 1024 * 1024  # https://core.telegram.org/bots/api#getfile (2026-08-24)
TOO_BIG = "Telegram gives bots no files above 20 MB"

# The orders in the menu beside the text field, by language; "" for everybody else.
# https://core.telegram.org/bots/api#setmycommands (2026-08-24)
COMMANDS: dict[str, dict[str, str]] = {
    "": {
        "help": "What I can do",
        "reset": "Begin a new conversation",
        "human": "Ask for a member of staff",
        "stop": "Stop the answer",
        "language": "Choose the language",
        "forget": "Forget what you know of me",
    },
    "pt": {
        "help": "O que sei fazer",
        "reset": "Começar uma conversa nova",
        "human": "Chamar alguém da equipa",
        "stop": "Parar a resposta",
        "language": "Escolher a língua",
        "forget": "Esquecer o que sabe de mim",
    },
    "es": {
        "help": "Lo que sé hacer",
        "reset": "Empezar una conversación nueva",
        "human": "Llamar a alguien del equipo",
        "stop": "Detener la respuesta",
        "language": "Elegir el idioma",
        "forget": "Olvidar lo que sabe de mí",
    },
}


class Telegram:
    name: ClassVar[str] = "telegram"
    title: ClassVar[str] = "Telegram"
    hint: ClassVar[str] = "The person writes on Telegram."
    # 2026-11-23: https://core.telegram.org/bots/api#sendmessage (4096 after parsing), #sendphoto (captions of 1024),
    # #sendchataction (5 s), #inlinekeyboardbutton (64 bytes; 8 rows are what a phone shows at once),
    # #sendmessagedraft (half a second between frames is what others found to pass),
    # https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this (1 a second per chat)
    caps: ClassVar[Capabilities] = Capabilities(
        text_limit=4096,
        text_unit=Unit.UTF16,
        dialect=Dialect.SPANS,
        typing_every=timedelta(seconds=4),
        mark_read=True,
        reply_to=True,
        edit=True,
        delete=True,
        look_back=True,
        media=True,
        media_out=(
            MediaKind.IMAGE,
            MediaKind.VOICE,
            MediaKind.AUDIO,
            MediaKind.VIDEO,
            MediaKind.DOCUMENT,
        ),
        caption_limit=1024,
        places=True,
        reactions=True,
        drafts_every=timedelta(seconds=0.5),
        polling=True,
        buttons=Buttons(max=8, title=40, id_bytes=64),
        rate=Rate(count=1, per=timedelta(seconds=1), burst=3),
        account_rate=OVERALL,
        audience=(Audience.PRIVATE, Audience.GROUP),
        proactive=Proactive.FREE,
    )
    Settings: ClassVar[type[ChannelSettings]] = TelegramSettings

    def __init__(self, settings: ChannelSettings, services: Services) -> None:
        if not isinstance(settings, TelegramSettings):
            raise TypeError("Telegram needs TelegramSettings")
        self.settings = settings
        self.services = services
        self._client = Client(settings, services.http)
        self._pace = Pace(services.bus, services.clock, settings.bot_id)
        self._username = settings.username
        self._names = settings.call_names()
        self._answered: deque[str] = deque(maxlen=256)
        self._asked = Asked()
        self._can_draft = True
        self._polled = False
        self._at_once = POLL_AT_ONCE

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

    # --- in ----------------------------------------------------------------------------------------------

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
        return self._read(update, request.body)

    def _read(self, update: js.Object, body: bytes) -> list[Event]:
        reader = Reader(
            channel=self.name,
            bot_id=self.settings.bot_id,
            username=self._username,
            update=update,
            names=self._names,
            business=self.settings.business,
            guests=self.settings.guests,
        )
        return js.each(self.name, self.settings.bot_id, update, body, reader.events)

    def polling(self) -> bool:
        return self.settings.polling

    async def poll(self, cursor: str | None) -> Polled:
        """Updates after `cursor`, the id to begin with. Whoever polls takes the webhook away: they exclude each other.

        An answer above the session's 4 MiB cannot be read, now or later: after a failure fewer updates are asked for, so
        that a few huge messages do not keep everybody's from being heard.
        Source: https://core.telegram.org/bots/api#getupdates
        """
        if not self._polled:
            await self._client.read("deleteWebhook")
            await self._learn()
            self._polled = True
        start = int(cursor) if cursor and cursor.isascii() and cursor.isdigit() else None
        limit, self._at_once = self._at_once, max(1, self._at_once // 2)
        answer = await self._client.read(
            "getUpdates",
            timeout_seconds=POLL_SECONDS + 4.0,
            timeout=POLL_SECONDS,
            limit=limit,
            allowed_updates=ALLOWED_UPDATES,
            **({} if start is None else {"offset": start}),
        )
        self._at_once = min(POLL_AT_ONCE, limit * 2)
        if not isinstance(answer.result, list):
            raise Unavailable("the platform's answer holds no updates")
        events: list[Event] = []
        for update in answer.result:
            known = update if isinstance(update, dict) else {}
            events += self._read(known, js.dump(update, b""))
            number = js.number(known, "update_id")
            if number is not None:
                start = max(start or 0, int(number) + 1)
        return Polled(events=events, cursor=str(start) if start is not None else None)

    async def fetch(self, address: Address, media: Media) -> Download:
        """The link holds the token and is good for an hour at least.

        Source: https://core.telegram.org/bots/api#getfile
        """
        if (media.bytes or 0) > DOWNLOAD_BYTES and self.settings.api_url == OFFICIAL:
            raise Rejected(TOO_BIG)
        found = (await self._client.read("getFile", file_id=media.ref)).result
        path, size = js.text(found, "file_path"), js.number(found, "file_size")
        if not path:
            raise Unavailable("the platform names no place for the file")
        if path.startswith("/"):
            raise Rejected("a Bot API server in local mode keeps its files on its own disk")
        if ".." in path.split("/"):
            raise Rejected("the platform names a place outside the bot's files")
        token = self.settings.token.get_secret_value()
        return Download(
            url=f"{self.settings.api_url}/file/bot{token}/{quote(path)}",
            hosts=(_host(self.settings.api_url),),
            mime=media.mime,
            bytes=int(size) if size is not None else media.bytes,
        )

    # --- out ---------------------------------------------------------------------------------------------

    async def send(self, outbound: Outbound) -> Receipt:
        """One part; again in another form where Telegram's refusal names what it does not take, or where a group moved.

        Telegram has no key that would tell a repeated send from the first: without an answer, see `find`.
        """
        where = spot(outbound.address)
        form = Form(where, outbound.part, message_number(outbound.reply_to), outbound.file)
        await self._pace.wait(where, message=True)
        await self._confirm(outbound.reply_to)
        for _ in range(4):
            outcome = await attempt(form.call(self._client.bot))
            if not isinstance(outcome, Refusal):
                return Receipt(
                    external_id=_external_id(form, outcome, outbound.address), at=self.services.clock.now()
                )
            changed = form.change(outcome)
            if changed is None:
                error = outcome.error
                raise self._pace.flooded(error) if isinstance(error, Throttled) else error
            form = changed
        raise Rejected("the platform refused every form of the message")

    async def _confirm(self, external_id: str | None) -> None:
        """The answer to a pressed button ends its spinning; that this fails is no reason not to send."""
        try:
            await self._press_seen(external_id)
        except SendError as error:
            log.info("a pressed button could not be confirmed", extra={"code": error.code})

    async def _press_seen(self, external_id: str | None) -> bool:
        query = callback_id(external_id)
        if query is None:
            return False
        if query not in self._answered:
            self._answered.append(query)
            await settled(lambda: self._client.bot.answer_callback_query(query))
        return True

    async def mark_read(self, address: Address, newest: str) -> None:
        """Ends the spinning of a pressed button; in business chats shows the message as read. Bots cannot elsewhere.

        Source: https://core.telegram.org/bots/api#answercallbackquery, #readbusinessmessage
        """
        if await self._press_seen(newest):
            return
        where, number = spot(address), message_number(newest)
        business = where.business
        if business is None or number is None or not await self._pace.room():
            return
        chat = int(where.chat)
        await settled(lambda: self._client.bot.read_business_message(business, chat, number))

    async def typing(self, address: Address, newest: str | None) -> None:
        """Lasts 5 s or until a message arrives, https://core.telegram.org/bots/api#sendchataction"""
        where = spot(address)
        if where.guest is not None or where.direct is not None or not await self._pace.room():
            return
        await settled(
            lambda: self._client.bot.send_chat_action(
                where.chat,
                "typing",
                message_thread_id=where.topic,
                business_connection_id=where.business,
            )
        )

    def drafts(self, address: Address) -> bool:
        """Only private chats with the bot itself show drafts."""
        where = spot(address)
        ours = where.business is None and where.guest is None and where.direct is None
        return self.settings.drafts and self._can_draft and where.private and ours

    async def draft(self, address: Address, number: int, text: str) -> None:
        """Show the growing answer, with a Stop button; an empty text shows "Thinking…". Left out when others wait.

        Drafts live 30 s and end when a message arrives. `can_stop` is of 10.3 and not yet known to the library.
        Source: https://core.telegram.org/bots/api#sendmessagedraft
        """
        where = spot(address)
        if not self.drafts(address) or not await self._pace.room():
            return
        outcome = await attempt(
            lambda: self._client.bot.send_message_draft(
                chat_id=int(where.chat),
                draft_id=number & 0x7FFF_FFFF or 1,
                text=_cut(js.clean(text)),
                message_thread_id=where.topic,
                api_kwargs={"can_stop": True},
            )
        )
        if isinstance(outcome, Refusal):
            if outcome.phrase == NO_SUCH_METHOD:
                self._can_draft = False  # an older Bot API server; it will not learn it while we run
            elif outcome.phrase == NO_DRAFTS_HERE:
                log.warning("this chat takes no drafts")
            raise outcome.error

    async def edit(self, address: Address, external_id: str, part: Part) -> None:
        """The words of what we sent, or the caption of a file. That nothing would change is as good as changed.

        Source: https://core.telegram.org/bots/api#editmessagetext
        """
        if not isinstance(part, Text | Ask | Media):
            raise Rejected("only words and captions can be edited on Telegram")
        await self._pace.wait(spot(address))
        outcome = await self._changed(_target(address, external_id), part)
        if isinstance(outcome, Refusal) and outcome.cure is not Cure.UNCHANGED:
            raise outcome.error

    async def _changed(self, target: dict[str, Any], part: Part) -> Any:
        """Make one of our messages say this part, or, where it holds no words, have its buttons."""
        bot, markup = self._client.bot, keyboard(part)
        match part:
            case Text() | Ask():
                styles = entities_of(part)
                return await attempt(
                    lambda: bot.edit_message_text(
                        text=words(part),
                        entities=styles or None,
                        link_preview_options=no_preview(),
                        reply_markup=markup,
                        **target,
                    )
                )
            case Media():
                caption = js.clean(part.caption or "")
                return await attempt(lambda: bot.edit_message_caption(caption=caption, **target))
            case _:
                return await attempt(lambda: bot.edit_message_reply_markup(reply_markup=markup, **target))

    async def find(self, outbound: Outbound, nearby: Nearby) -> str | None:
        """Telegram tells nobody what a bot sent, but it knows what an edit would leave as it is.

        So the numbers that nobody has are asked to say what was sent: a message that says so already is the one. A number
        that is not there, or somebody else's message, refuses. Only a message of this bot that another program sent, at
        this very moment and to this very chat, would say it from then on; then it stands there as well.
        """
        where, address = spot(outbound.address), outbound.address
        if where.business is not None or where.guest is not None:
            return None
        asked = self._asked.of(outbound.idempotency_key)
        free, given = free_numbers(where, nearby)
        for number in free:
            if number in asked:
                continue
            name = message_id(where.chat, number, address.thread)
            await self._pace.patiently(where)
            outcome = await self._changed(_target(address, name), outbound.part)
            if not isinstance(outcome, Refusal):
                log.warning("a message that another program sent says now what was looked for")
                return name
            if outcome.cure is Cure.UNCHANGED:
                return name
            if not isinstance(outcome.error, Rejected):
                raise outcome.error
            if number <= given:
                asked.add(number)
        return None

    async def delete(self, address: Address, external_id: str) -> None:
        """Possible for 48 hours, https://core.telegram.org/bots/api#deletemessage; gone already is as good."""
        target, bot = _target(address, external_id), self._client.bot
        business = target.get("business_connection_id")
        if "inline_message_id" in target:
            raise Rejected("what the bot wrote as a guest cannot be taken back")
        await self._pace.wait(spot(address))
        if business is not None:
            outcome = await attempt(lambda: bot.delete_business_messages(business, [target["message_id"]]))
        else:
            outcome = await attempt(lambda: bot.delete_message(target["chat_id"], target["message_id"]))
        if isinstance(outcome, Refusal) and outcome.cure is not Cure.MISSING:
            raise outcome.error

    async def react(self, address: Address, external_id: str, emoji: str | None) -> None:
        """One of Telegram's own list of emoji, https://core.telegram.org/bots/api#reactiontypeemoji"""
        from telegram import ReactionTypeEmoji
        from telegram.constants import ReactionEmoji

        target = _target(address, external_id)
        if "inline_message_id" in target or "business_connection_id" in target:
            raise Rejected("bots can only react in chats of their own")
        allowed = {_bare(known.value): known.value for known in ReactionEmoji}
        chosen = allowed.get(_bare(emoji)) if emoji else None
        if emoji and chosen is None:
            raise Rejected("Telegram does not have this emoji as a reaction")
        await self._pace.wait(spot(address))
        reaction = [ReactionTypeEmoji(chosen)] if chosen else []
        await settled(
            lambda: self._client.bot.set_message_reaction(
                target["chat_id"], target["message_id"], reaction=reaction
            )
        )

    # --- the operator's side -----------------------------------------------------------------------------

    async def register(self, public_url: str) -> str:
        """Set the webhook and the menu of orders, and read back what Telegram made of it."""
        url, bot = f"{public_url.rstrip('/')}/webhooks/{self.name}", self._client.bot
        if self.settings.polling:
            await settled(bot.delete_webhook)
            return "Telegram is asked for updates (polling); no webhook is set." + await self._menu()
        secret = self.settings.secret_token.get_secret_value()
        await settled(
            lambda: bot.set_webhook(
                url=url, secret_token=secret, allowed_updates=ALLOWED_UPDATES, max_connections=40
            )
        )
        info = (await self._client.read("getWebhookInfo")).result
        if js.text(info, "url") != url:
            return "Telegram took the webhook but names another address; is a second server using this bot?"
        waiting = int(js.number(info, "pending_update_count") or 0)
        return f"Telegram sends updates to {url}; {waiting} are waiting." + await self._menu()

    async def _menu(self) -> str:
        """Set the orders of the menu; what the operator must know of it. Messages arrive without a menu too."""
        for language, commands in COMMANDS.items():
            menu = functools.partial(
                self._client.bot.set_my_commands, list(commands.items()), language_code=language or None
            )
            try:
                await settled(menu)
            except SendError as error:
                return f" The menu of orders could not be set: {error}."
        return ""

    async def probe(self, public_url: str) -> list[Probe]:
        try:
            me = await self._learn()
            info = await self._client.read("getWebhookInfo")
        except SendError as error:
            return [Probe(ok=False, sentence=f"Telegram does not accept our token: {error}.")]
        url = f"{public_url.rstrip('/')}/webhooks/{self.name}" if public_url else ""
        now = self.services.clock.now()
        return list(findings(self.settings, js.whole(me.result), js.whole(info.result), url, now, me.date))

    async def _learn(self) -> Answer:
        """Who we are; the name is needed to hear mentions, where the settings do not tell it."""
        me = await self._client.read("getMe")
        self._username = self.settings.username or js.text(me.result, "username") or ""
        return me


def _host(url: str) -> str:
    """The host as a download names it: alone for https at its usual port, with the port for a server of one's own."""
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.port in (None, 443):
        return (parts.hostname or "").lower()
    host = parts.hostname or ""
    return f"[{host}]:{parts.port or 80}" if ":" in host else f"{host}:{parts.port or 80}"


def _target(address: Address, external_id: str) -> dict[str, Any]:
    """The message that `external_id` names, as methods want it; Rejected when it names none."""
    kind, _, inline = external_id.partition(":")
    if kind == "inline" and inline:
        return {"inline_message_id": inline}
    number = message_number(external_id)
    if number is None:
        raise Rejected("this is not a message on Telegram")
    target: dict[str, Any] = {"chat_id": kind, "message_id": number}
    business = spot(address).business
    return target if business is None else {**target, "business_connection_id": business}


def _external_id(form: Form, sent: Any, address: Address) -> str:
    inline = getattr(sent, "inline_message_id", None)
    if inline:
        return f"inline:{inline}"
    number = getattr(sent, "message_id", None)
    if not isinstance(number, int):
        raise Uncertain("the platform's answer names no message")
    return message_id(form.spot.chat, number, address.thread)


def _bare(emoji: str) -> str:
    """Without the sign that asks for a coloured picture: the heart comes with it and without."""
    return emoji.replace("\ufe0f", "")


def _cut(text: str) -> str:
    """As much of a draft as can be shown, in UTF-16 units."""
    units = text.encode("utf-16-le")
    return text if len(units) <= DRAFT_UNITS * 2 else units[: DRAFT_UNITS * 2].decode("utf-16-le", "ignore")


CHANNEL = Telegram
