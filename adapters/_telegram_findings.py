"""What the answers of getMe and getWebhookInfo mean for the operator, a sentence each, with what to click."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from assistant.channel import Probe

from . import _json as js
from ._telegram_settings import TelegramSettings

# https://core.telegram.org/bots/api#update (10.3, 2026-08-24); names that an older server does not know are ignored
ALLOWED_UPDATES = [
    *("message", "edited_message", "callback_query", "my_chat_member", "message_reaction"),
    *("business_connection", "business_message", "edited_business_message", "deleted_business_messages"),
    *("guest_message", "stopped_message_generation"),
]
MANY_WAITING = 100
RECENT = timedelta(hours=1)
CLOCK_SECONDS = 30


def findings(
    settings: TelegramSettings, me: js.Object, info: js.Object, url: str, now: datetime, told: datetime | None
) -> Iterator[Probe]:
    """`url`: where our webhook is, "" when nobody knows; `told`: the platform's clock when it answered.

    The first says whether updates reach us.
    """
    yield from _door(settings, info, url)
    yield from _account(settings, me)
    yield from _traffic(info, now)
    yield from _groups(settings, me)
    yield from _extras(settings, me)
    if told is not None and abs((now - told).total_seconds()) > CLOCK_SECONDS:
        seconds = int(abs((now - told).total_seconds()))
        yield Probe(
            ok=False,
            sentence=f"This machine's clock is {seconds} s off Telegram's; switch time synchronisation on.",
        )


def _account(settings: TelegramSettings, me: js.Object) -> Iterator[Probe]:
    name = js.text(me, "username") or ""
    yield Probe(ok=True, sentence=f"The token is that of @{name}.")
    if not settings.username:
        sentence = f"To hear mentions in groups, set ASSISTANT_TELEGRAM_USERNAME to {name}."
        yield Probe(ok=True, sentence=sentence)
    elif settings.username.lower() != name.lower():
        sentence = f"The setting username is {settings.username}, but the bot is called {name}; correct it."
        yield Probe(ok=False, sentence=sentence)


def _door(settings: TelegramSettings, info: js.Object, url: str) -> Iterator[Probe]:
    found = js.text(info, "url")
    if settings.polling:
        sentence = "Updates are asked for (polling), no webhook is set."
        if found:
            sentence = (
                "Updates are to be asked for (polling), but a webhook is set; the first poll takes it away."
            )
        yield Probe(ok=True, sentence=sentence)
        return
    if not found:
        sentence = (
            "No webhook is set, so nothing arrives: run `assistant channels register`, or switch polling on."
        )
        yield Probe(ok=False, sentence=sentence)
        return
    if url and found != url:
        sentence = "The webhook leads to another address than ours; run `assistant channels register`."
        yield Probe(ok=False, sentence=sentence)
    else:
        yield Probe(ok=True, sentence=f"The webhook leads to {found}.")
    allowed = {name for name in js.items(info, "allowed_updates") if isinstance(name, str)}
    missing = [name for name in ALLOWED_UPDATES if name not in allowed]
    if missing:
        sentence = f"Telegram does not send {', '.join(missing)}; run `assistant channels register`."
        if missing == ["stopped_message_generation"]:
            sentence = "This Bot API server is older than 10.3: the Stop button below drafts does nothing."
        yield Probe(ok=missing == ["stopped_message_generation"], sentence=sentence)


def _traffic(info: js.Object, now: datetime) -> Iterator[Probe]:
    waiting = int(js.number(info, "pending_update_count") or 0)
    yield Probe(ok=waiting < MANY_WAITING, sentence=f"{waiting} updates are waiting at Telegram.")
    failed_at, said = js.moment(info, "last_error_date"), js.text(info, "last_error_message")
    if failed_at is not None and said:
        at = failed_at.strftime("%Y-%m-%d %H:%M UTC")
        recent = now - failed_at < RECENT
        yield Probe(ok=not recent, sentence=f"Telegram's last failure to reach us, {at}: {said[:200]}.")


def _groups(settings: TelegramSettings, me: js.Object) -> Iterator[Probe]:
    if me.get("can_join_groups") is False:
        yield Probe(ok=True, sentence="The bot cannot be added to groups (@BotFather, /setjoingroups).")
    elif me.get("can_read_all_group_messages") is True:
        yield Probe(ok=True, sentence="In groups the bot hears all messages (privacy mode is off).")
    else:
        sentence = (
            "In groups the bot hears only commands and replies, not every mention (privacy mode is on). To change that: "
            "@BotFather, /setprivacy, choose the bot, Disable; then remove the bot from each group and add it again."
        )
        yield Probe(ok=not settings.call_names(), sentence=sentence)


def _extras(settings: TelegramSettings, me: js.Object) -> Iterator[Probe]:
    if me.get("has_topics_enabled") is True:
        yield Probe(ok=True, sentence="Private chats have topics; each is a conversation of its own.")
    if settings.business and me.get("can_connect_to_business") is not True:
        sentence = "Business is on, but the bot cannot be connected: @BotFather, /mybots, Bot Settings, Business Mode."
        yield Probe(ok=False, sentence=sentence)
    if settings.guests and me.get("supports_guest_queries") is not True:
        sentence = (
            "Guests are on, but the bot takes no guest queries: switch them on in @BotFather's bot settings."
        )
        yield Probe(ok=False, sentence=sentence)
