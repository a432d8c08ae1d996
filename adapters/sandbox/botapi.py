"""Stand-in of the Telegram Bot API: its methods by GET and POST, as form, multipart or JSON, with its real errors."""

from __future__ import annotations

import asyncio
import hmac
import re
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from aiohttp import web
from yarl import URL

from . import payloads
from .bot import DEFAULT_CONNECTIONS, Telegram, WebhookState
from .faults import ApiFailure
from .params import decoded, form_or_json, units
from .payloads import Json
from .phones import Heard, Phone
from .platform import Call

TEXT_LIMIT = 4096
MAX_BODY_BYTES = 1024 * 1024
LONGEST_POLL_SECONDS = 50.0

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_PORTS = frozenset({443, 80, 88, 8443})
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
_ACTIONS = frozenset(
    {
        *("typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"),
        *("upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note"),
    }
)
_ENTITIES = frozenset(
    {
        *("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"),
        *("bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote"),
        *("code", "pre", "text_link", "text_mention", "custom_emoji", "date_time"),
    }
)
_NESTED = frozenset(
    {"allowed_updates", "entities", "link_preview_options", "reply_markup", "reply_parameters"}
)
_TAKEN_AS_READ = (
    "setmycommands",
    "setmydescription",
    "setmyshortdescription",
    "setchatmenubutton",
    "answercallbackquery",
)
"""Methods that are answered with True and have no effect on a phone."""


class ApiError(Exception):
    """An error as the Bot API words it."""

    def __init__(self, code: int, description: str, *, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.body: Json = {"ok": False, "error_code": code, "description": description}
        if parameters is not None:
            self.body["parameters"] = parameters


def _bad(description: str) -> ApiError:
    return ApiError(400, f"Bad Request: {description}")


class BotApi:
    """The HTTP side of the Telegram half; `application()` can stand on a port of its own or under a prefix."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self._methods: dict[str, Callable[[Json], Awaitable[Any]]] = {
            "getme": self._get_me,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._get_webhook_info,
            "getupdates": self._get_updates,
            "sendmessage": self._send_message,
            "sendmessagedraft": self._send_message_draft,
            "sendchataction": self._send_chat_action,
            "editmessagetext": self._edit_message_text,
            "deletemessage": self._delete_message,
            **dict.fromkeys(_TAKEN_AS_READ, self._take_as_read),
        }

    def application(self) -> web.Application:
        app = web.Application(client_max_size=MAX_BODY_BYTES)
        app.router.add_route("GET", "/bot{token}/{method}", self._call)
        app.router.add_route("POST", "/bot{token}/{method}", self._call)
        app.router.add_route("*", "/{tail:.*}", self._not_found)
        return app

    async def _call(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"].lower()
        token = request.match_info["token"]
        try:
            if not hmac.compare_digest(token.encode("utf-8", "surrogatepass"), self.telegram.token.encode()):
                raise ApiError(401, "Unauthorized")
            method = self._methods.get(name)
            if method is None:
                raise ApiError(404, "Not Found")
            params = await _params(request)
            self.telegram.calls.append(Call(path=request.match_info["method"], params=params))
            result = {"ok": True, "result": await method(params)}
        except ApiError as error:
            return web.json_response(error.body, status=error.code)
        if name == "sendmessage":
            return await self.telegram.answer_send(request, result)
        return web.json_response(result)

    async def _not_found(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(ApiError(404, "Not Found").body, status=404)

    # --- the bot and its webhook ---

    async def _get_me(self, params: Json) -> Any:
        return self.telegram.me()

    async def _take_as_read(self, params: Json) -> Any:
        return True

    async def _set_webhook(self, params: Json) -> Any:
        url = str(params.get("url", ""))
        secret = params.get("secret_token")
        if secret is not None and not _SECRET.fullmatch(str(secret)):
            raise _bad("secret token contains unallowed characters")
        allowed = params.get("allowed_updates")
        if allowed is not None and not isinstance(allowed, list):
            raise _bad("can't parse allowed_updates: expected an Array of String")
        if url:
            _check_webhook(url)
        if _true(params.get("drop_pending_updates")):
            self.telegram.drop_pending()
        if not url:
            self.telegram.delete_webhook()
            return True
        state = WebhookState(
            secret_token=None if secret is None else str(secret),
            allowed_updates=None if allowed is None else [str(name) for name in allowed],
            max_connections=_whole(params, "max_connections", DEFAULT_CONNECTIONS),
        )
        self.telegram.set_webhook(url, state)
        return True

    async def _delete_webhook(self, params: Json) -> Any:
        if _true(params.get("drop_pending_updates")):
            self.telegram.drop_pending()
        self.telegram.delete_webhook()
        return True

    async def _get_webhook_info(self, params: Json) -> Any:
        state = self.telegram.webhook
        info: Json = {
            "url": self.telegram.webhook_url or "",
            "has_custom_certificate": False,
            "pending_update_count": len(self.telegram.pending()),
        }
        if self.telegram.webhook_url is not None:
            info["max_connections"] = state.max_connections
        if self.telegram.failed_at is not None:
            info["last_error_date"] = payloads.seconds(self.telegram.failed_at)
            info["last_error_message"] = self.telegram.failure
        if state.allowed_updates is not None:
            info["allowed_updates"] = state.allowed_updates
        return info

    async def _get_updates(self, params: Json) -> Any:
        if self.telegram.webhook_url is not None:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete it first",
            )
        offset = _whole(params, "offset", 0)
        if offset > 0:
            self.telegram.forget_before(offset)
        limit = min(max(_whole(params, "limit", 100), 1), 100)
        until = time.monotonic() + min(_whole(params, "timeout", 0), LONGEST_POLL_SECONDS)
        while not self.telegram.pending() and time.monotonic() < until:
            try:
                await asyncio.wait_for(self.telegram.arrived.wait(), until - time.monotonic())
            except TimeoutError:
                break
        return self.telegram.pending()[:limit]

    # --- messages ---

    async def _send_message(self, params: Json) -> Any:
        text = _text(params)
        entities = _entities(params, text)
        failure = self.telegram.faults.next_failure()
        if failure is not None:
            raise _told(failure)
        phone = self._phone(params)
        reply_to = self._reply_to(phone, params)
        heard = phone.hear(str(self.telegram.next_message_id()), text, reply_to)
        message = self._message(phone, heard)
        if entities:
            message["entities"] = entities
        if reply_to is not None:
            message["reply_to_message"] = self._quoted(phone, reply_to)
        return message

    async def _send_message_draft(self, params: Json) -> Any:
        text = str(params.get("text", ""))
        if not _whole(params, "draft_id", 0):
            raise _bad("draft_id must be non-zero")
        if units(text) > TEXT_LIMIT:
            raise _bad("message is too long")
        self._phone(params).see_typing(text)
        return True

    async def _send_chat_action(self, params: Json) -> Any:
        action = params.get("action")
        if action not in _ACTIONS:
            raise _bad("wrong parameter action in request")
        phone = self._phone(params)
        if action == "typing":
            phone.see_typing()
        return True

    async def _edit_message_text(self, params: Json) -> Any:
        text = _text(params)
        entities = _entities(params, text)
        phone = self._phone(params)
        heard = phone.heard(str(params.get("message_id", "")))
        if heard is None:
            raise _bad("message to edit not found")
        if heard.text == text:
            raise _bad(
                "message is not modified: specified new message content and reply markup are exactly the same as a "
                "current content and reply markup of the message"
            )
        phone.see_edit(heard, text)
        message = self._message(phone, heard)
        if entities:
            message["entities"] = entities
        return message

    async def _delete_message(self, params: Json) -> Any:
        phone = self._phone(params)
        heard = phone.heard(str(params.get("message_id", "")))
        if heard is None:
            raise _bad("message to delete not found")
        phone.see_deletion(heard)
        return True

    # --- parts of answers ---

    def _phone(self, params: Json) -> Phone:
        chat_id = params.get("chat_id")
        if chat_id in (None, ""):
            raise _bad("chat_id is empty")
        phone = self.telegram.phones.get(str(chat_id))
        if phone is None:
            raise _bad("chat not found")
        if phone.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        return phone

    def _reply_to(self, phone: Phone, params: Json) -> str | None:
        wanted = params.get("reply_parameters")
        if not isinstance(wanted, dict):
            return None
        message_id = str(wanted.get("message_id", ""))
        if message_id in phone.said or phone.heard(message_id) is not None:
            return message_id
        if _true(wanted.get("allow_sending_without_reply")):
            return None
        raise _bad("message to be replied not found")

    def _message(self, phone: Phone, heard: Heard) -> Json:
        me = {key: self.telegram.me()[key] for key in ("id", "is_bot", "first_name", "username")}
        message = payloads.telegram_message(
            message_id=int(heard.external_id),
            sender=me,
            chat=payloads.telegram_chat(user_id=int(phone.id), name=phone.name),
            at=heard.at,
            text=heard.text,
        )
        if heard.edited_at is not None:
            message["edit_date"] = payloads.seconds(heard.edited_at)
        return message

    def _quoted(self, phone: Phone, message_id: str) -> Json:
        heard = phone.heard(message_id)
        if heard is not None:
            return self._message(phone, heard)
        delivery = self.telegram.delivery(message_id)
        found: Json = delivery.payload["message"] if delivery is not None else {}
        return found


# --- reading parameters ----------------------------------------------------------------------------------


async def _params(request: web.Request) -> Json:
    """Query parameters and, by POST, those of the body over them."""
    params: Json = {key: decoded(key, value, _NESTED) for key, value in request.query.items()}
    if request.method != "POST" or not request.can_read_body:
        return params
    body = await form_or_json(request, _NESTED)
    if body is None:
        raise _bad("can't parse JSON object")
    return params | body


def _text(params: Json) -> str:
    text = params.get("text")
    if text is None or not str(text).strip():
        raise _bad("message text is empty")
    if units(str(text)) > TEXT_LIMIT:
        raise _bad("message is too long")
    return str(text)


def _entities(params: Json, text: str) -> list[Json]:
    given = params.get("entities")
    if given in (None, "", []):
        return []
    if not isinstance(given, list):
        raise _bad("can't parse entities: expected an Array of MessageEntity")
    length = units(text)
    for entity in given:
        if not isinstance(entity, dict) or entity.get("type") not in _ENTITIES:
            raise _bad("can't parse entities: unknown type of an entity")
        offset, size = entity.get("offset"), entity.get("length")
        if (
            not isinstance(offset, int)
            or not isinstance(size, int)
            or offset < 0
            or size <= 0
            or offset + size > length
        ):
            raise _bad("can't parse entities: an entity lies outside of the text")
    return given


def _whole(params: Json, name: str, otherwise: int) -> int:
    value = params.get(name)
    if value in (None, ""):
        return otherwise
    try:
        return int(str(value))
    except ValueError:
        raise _bad(f"parameter {name} must be of type Integer") from None


def _true(value: object) -> bool:
    return value is True or str(value).lower() in ("true", "1", "yes")


def _check_webhook(url: str) -> None:
    """https on Telegram's four ports; plain http only to this machine, which the real one would refuse."""
    try:
        target = URL(url)
    except ValueError:
        raise _bad("bad webhook: invalid URL") from None
    if target.host in _LOCAL and target.scheme in ("http", "https"):
        return
    if target.scheme != "https":
        raise _bad("bad webhook: An HTTPS URL must be provided for webhook")
    if target.port not in _PORTS:
        raise _bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _told(failure: ApiFailure) -> ApiError:
    if failure.retry_after is not None or failure.status == 429:
        wait = failure.retry_after or 1
        description = failure.message or f"Too Many Requests: retry after {wait}"
        return ApiError(failure.status, description, parameters={"retry_after": wait})
    usual = {401: "Unauthorized", 403: "Forbidden: bot was blocked by the user"}
    description = failure.message or usual.get(failure.status) or HTTPStatus(failure.status).phrase
    return ApiError(failure.status, description)
