"""Bot API methods about the bot itself: who it is, where its updates go, its commands and descriptions."""

from __future__ import annotations

import asyncio
import re
import time
from typing import Any

from yarl import URL

from . import bot_params as read
from .bot import DEFAULT_CONNECTIONS, Telegram, WebhookState
from .bot_errors import ApiError, bad
from .bot_params import BotCall
from .params import units
from .payloads import Json, seconds

LONGEST_POLL_SECONDS = 50.0
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_PORTS = frozenset({443, 80, 88, 8443})
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
_TEXTS = {"description": 512, "short_description": 120, "name": 64}
"""What a bot says of itself, and how long it may be in UTF-16 units."""


class SetupMethods:
    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self._poll = 0

    def methods(self) -> dict[str, Any]:
        return {
            "getme": self._get_me,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._get_webhook_info,
            "getupdates": self._get_updates,
            "setmycommands": self._set_my_commands,
            "getmycommands": self._get_my_commands,
            "deletemycommands": self._delete_my_commands,
            "setmydescription": self._set_text,
            "setmyshortdescription": self._set_text,
            "setmyname": self._set_text,
            "getmydescription": self._get_text,
            "getmyshortdescription": self._get_text,
            "getmyname": self._get_text,
            "setchatmenubutton": self._take_as_read,
        }

    async def _get_me(self, call: BotCall) -> Any:
        return self.telegram.me()

    async def _take_as_read(self, call: BotCall) -> Any:
        """True, and no effect on a phone."""
        return True

    # --- the webhook ---

    async def _set_webhook(self, call: BotCall) -> Any:
        params = call.params
        url = str(params.get("url", ""))
        secret = params.get("secret_token")
        if secret is not None and not _SECRET.fullmatch(str(secret)):
            raise bad("secret token contains unallowed characters")
        state = WebhookState(
            secret_token=None if secret is None else str(secret),
            allowed_updates=_kinds(params),
            max_connections=read.whole(params, "max_connections", DEFAULT_CONNECTIONS),
        )
        if not 1 <= state.max_connections <= 100:
            raise bad("max_connections must be between 1 and 100")
        if url:
            _check_webhook(url)
        if read.true(params.get("drop_pending_updates")):
            self.telegram.drop_pending()
        if not url:
            self.telegram.delete_webhook()
        else:
            self.telegram.set_webhook(url, state)
        return True

    async def _delete_webhook(self, call: BotCall) -> Any:
        if read.true(call.params.get("drop_pending_updates")):
            self.telegram.drop_pending()
        self.telegram.delete_webhook()
        return True

    async def _get_webhook_info(self, call: BotCall) -> Any:
        state = self.telegram.webhook
        info: Json = {
            "url": self.telegram.webhook_url or "",
            "has_custom_certificate": False,
            "pending_update_count": len(self.telegram.pending()),
        }
        if self.telegram.webhook_url is not None:
            info["max_connections"] = state.max_connections
        if self.telegram.failed_at is not None:
            info["last_error_date"] = seconds(self.telegram.failed_at)
            info["last_error_message"] = self.telegram.failure
        if state.allowed_updates:
            info["allowed_updates"] = state.allowed_updates
        return info

    async def _get_updates(self, call: BotCall) -> Any:
        """Only the newest poll lives: one that still waits when another comes is ended with 409."""
        self._no_webhook()
        params, telegram = call.params, self.telegram
        kinds = _kinds(params)
        if kinds is not None:
            telegram.webhook.allowed_updates = kinds
        offset = read.whole(params, "offset", 0)
        if offset < 0:
            kept = telegram.pending()[offset:]
            offset = int(kept[0]["update_id"]) if kept else 0
        if offset > 0:
            telegram.forget_before(offset)
        limit = min(max(read.whole(params, "limit", 100), 1), 100)
        self._poll += 1
        mine = self._poll
        telegram.arrived.set()  # wakes the poll before this one
        telegram.arrived = asyncio.Event()
        until = time.monotonic() + min(read.whole(params, "timeout", 0), LONGEST_POLL_SECONDS)
        while not telegram.pending() and time.monotonic() < until:
            try:
                await asyncio.wait_for(telegram.arrived.wait(), until - time.monotonic())
            except TimeoutError:
                break
            self._no_webhook()
            if self._poll != mine:
                raise ApiError(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                )
        return telegram.pending()[:limit]

    def _no_webhook(self) -> None:
        if self.telegram.webhook_url is not None:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook "
                "first",
            )

    # --- what it says of itself ---

    async def _set_my_commands(self, call: BotCall) -> Any:
        self.telegram.commands[_scope(call.params)] = read.commands(call.params)
        return True

    async def _get_my_commands(self, call: BotCall) -> Any:
        return self.telegram.commands.get(_scope(call.params), [])

    async def _delete_my_commands(self, call: BotCall) -> Any:
        self.telegram.commands.pop(_scope(call.params), None)
        return True

    async def _set_text(self, call: BotCall) -> Any:
        what = _what(call.method)
        given = str(call.params.get(what, ""))
        if units(given) > _TEXTS[what]:
            raise bad(f"{what.replace('_', ' ')} is too long")
        self.telegram.texts[what] = given
        return True

    async def _get_text(self, call: BotCall) -> Any:
        what = _what(call.method)
        return {what: self.telegram.texts.get(what, "")}


def _what(method: str) -> str:
    name = method[len("setmy") :]
    return "short_description" if name == "shortdescription" else name


def _scope(params: Json) -> tuple[str, str]:
    scope = params.get("scope") or {"type": "default"}
    if not isinstance(scope, dict) or "type" not in scope:
        raise bad("can't parse BotCommandScope: Object expected")
    language = str(params.get("language_code") or "")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad("invalid language code specified")
    return ":".join(str(scope[key]) for key in sorted(scope, reverse=True)), language


def _kinds(params: Json) -> list[str] | None:
    """allowed_updates; None when it is not given, which leaves the setting as it was."""
    allowed = params.get("allowed_updates")
    if allowed is None:
        return None
    if not isinstance(allowed, list):
        raise bad("can't parse allowed_updates: expected an Array of String")
    return [str(name) for name in allowed]


def _check_webhook(url: str) -> None:
    """https on Telegram's four ports; plain http only to this machine, which the real one would refuse."""
    try:
        target = URL(url)
    except ValueError:
        raise bad("bad webhook: invalid URL") from None
    if target.host in _LOCAL and target.scheme in ("http", "https"):
        return
    if target.scheme != "https":
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if target.port not in _PORTS:
        raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
