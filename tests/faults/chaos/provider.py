"""The platforms' sending APIs with hidden truth: what reached a person is recorded, whatever the send was answered with.

The wire formats are WhatsApp's Cloud API, whose statuses bring our key back, and Telegram's Bot API, which has nothing of
the kind, but says of an edit when it would change nothing. While `faulty`: of the sends 4 % fail, 4 % are delivered and fail, 2 % are delivered and hang, 3 % are throttled;
statuses come late and shuffled, 5 % twice, and 1 % of the messages never get one.

A message that was delivered is answered with a bare 500 as a proxy in front of the platform would; what the platform itself
calls not sent (131000, 131016) was not sent.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs

import orjson
from aiohttp import web

from adapters.sandbox import payloads
from adapters.sandbox.payloads import Json

from .history import Delivered

NUMBER_ID, NUMBER, APP_SECRET = "100200300400500", "15550001111", "chaos-app-secret"
BOT_ID, SECRET_TOKEN = "7000000001", "chaos-secret-token"
LATE_SECONDS = 0.6

SETTINGS = {
    "ASSISTANT_WHATSAPP_APP_SECRET": APP_SECRET,
    "ASSISTANT_WHATSAPP_VERIFY_TOKEN": "chaos-verify-token",
    "ASSISTANT_WHATSAPP_ACCESS_TOKEN": "chaos-access-token",
    "ASSISTANT_WHATSAPP_PHONE_NUMBER_ID": NUMBER_ID,
    "ASSISTANT_TELEGRAM_TOKEN": f"{BOT_ID}:chaos-bot-token-000000000000000000",
    "ASSISTANT_TELEGRAM_SECRET_TOKEN": SECRET_TOKEN,
    "ASSISTANT_TELEGRAM_USERNAME": "chaos_bot",
    "ASSISTANT_TELEGRAM_DRAFTS": "false",
}
"""What our adapters need to talk to this provider, but for its address."""

Tell = Callable[[str, Json], Awaitable[None]]


class Provider:
    """`tell(channel, payload)` delivers a webhook until it is taken. `hang_seconds`: how long a hanging send hangs.

    `numbers` counts the messages of all private chats with the Telegram bot, those of people as well.
    """

    def __init__(
        self, draw: random.Random, tell: Tell, numbers: Iterator[int], *, hang_seconds: float
    ) -> None:
        self.faulty = False
        self.delivered: list[Delivered] = []
        self.faults: Counter[str] = Counter()
        self._draw = draw
        self._tell = tell
        self._hang = hang_seconds
        self._numbers = numbers
        self._texts: dict[tuple[str, int], str] = {}
        self.overwritten = 0
        self._tasks: set[asyncio.Task[None]] = set()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/graph/{version}/{number}/messages", self._whatsapp),
            web.post("/telegram/bot{token}/{method}", self._telegram),
        ]

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # --- WhatsApp ---

    async def _whatsapp(self, request: web.Request) -> web.StreamResponse:
        body = orjson.loads(await request.read())
        if "status" in body:
            return web.json_response({"success": True})
        fate = self._fate("whatsapp")
        if fate == "refused":
            code = self._draw.choice([131000, 131016, None])
            if code is None:
                return web.Response(status=500, text="<html>Bad luck</html>", content_type="text/html")
            return _graph_error(500, code)
        if fate == "throttled":
            return _graph_error(400, 130429 if self._draw.random() < 0.1 else 131056)
        peer = str(body["to"])
        wamid = payloads.new_wamid(peer)
        self._reach("whatsapp", peer, str(body["text"]["body"]), fate)
        if self._draw.random() >= 0.01 or not self.faulty:
            self._spawn(self._report(peer, wamid, body.get("biz_opaque_callback_data")))
        answer = {
            "messaging_product": "whatsapp",
            "contacts": [{"input": peer, "wa_id": peer}],
            "messages": [{"id": wamid, "message_status": "accepted"}],
        }
        return await self._answer(request, fate, answer)

    async def _report(self, peer: str, wamid: str, key: str | None) -> None:
        """The statuses of one message, each in its own time."""
        reports = ["sent", "delivered", "read"][: self._draw.randint(1, 3)]
        if self.faulty and self._draw.random() < 0.05:
            reports += reports[-1:]
        await asyncio.gather(*(self._status(peer, wamid, status, key) for status in reports))

    async def _status(self, peer: str, wamid: str, status: str, key: str | None) -> None:
        if self.faulty:
            await asyncio.sleep(self._draw.uniform(0, LATE_SECONDS))
        report = payloads.whatsapp_status(
            wamid=wamid,
            status=status,
            at=datetime.now(UTC),
            number=peer,
            user_id=f"PT.{peer}",
            conversation_id=peer,
            opaque=key,
        )
        contact = payloads.whatsapp_contact(name="Somebody", number=peer, user_id=f"PT.{peer}", username=None)
        await self._tell("whatsapp", whatsapp_envelope(contact, {"statuses": [report]}))

    # --- Telegram ---

    async def _telegram(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        method = request.match_info["method"].lower()
        if method not in ("sendmessage", "editmessagetext"):
            return web.json_response({"ok": True, "result": True})
        params = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        fate = self._fate("telegram" if method == "sendmessage" else "telegram edit")
        if fate == "refused":
            return _bot_error(500, "Internal Server Error")
        if fate == "throttled":
            return _bot_error(429, "Too Many Requests: retry after 1", {"retry_after": 1})
        if method == "editmessagetext":
            return await self._answer(request, fate, self._edited(params))
        number = next(self._numbers)
        self._texts[params["chat_id"], number] = params["text"]
        self._reach("telegram", params["chat_id"], params["text"], fate)
        chat = {"id": int(params["chat_id"]), "type": "private", "first_name": "Somebody"}
        message = {"message_id": number, "date": int(datetime.now(UTC).timestamp()), "chat": chat}
        return await self._answer(request, fate, {"ok": True, "result": message | {"text": params["text"]}})

    def _edited(self, params: dict[str, str]) -> Json:
        """What the Bot API says to an edit. None should ever change what a person reads: those that would are counted."""
        text = self._texts.get((params["chat_id"], int(params["message_id"])))
        if text == params["text"]:
            return _bot_refusal(400, "Bad Request: message is not modified")
        if text is None:
            return _bot_refusal(400, "Bad Request: message to edit not found")
        self.overwritten += 1
        return {"ok": True, "result": True}

    # --- both ---

    def _fate(self, channel: str) -> str:
        drawn = self._draw.random() if self.faulty else 1.0
        for share, fate in (
            (0.04, "refused"),
            (0.08, "delivered, 500"),
            (0.10, "delivered, hangs"),
            (0.13, "throttled"),
        ):
            if drawn < share:
                self.faults[f"{channel} {fate}"] += 1
                return fate
        return "delivered"

    def _reach(self, channel: str, peer: str, text: str, fate: str) -> None:
        answered = fate == "delivered"
        self.delivered.append(Delivered(conversation=f"{channel}:{peer}", text=text, answered=answered))

    async def _answer(self, request: web.Request, fate: str, answer: Json) -> web.StreamResponse:
        if fate == "delivered, 500":
            return web.Response(status=500, text="upstream failed")
        if fate == "delivered, hangs":
            await asyncio.sleep(self._hang)
            if request.transport is not None:
                request.transport.abort()
        return web.json_response(answer, status=answer.get("error_code", 200))

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def whatsapp_envelope(contact: Json, content: Json) -> Json:
    """The body of a webhook of our number."""
    return payloads.whatsapp_envelope(
        business_account="600700800",
        display_number=NUMBER,
        phone_number_id=NUMBER_ID,
        contact=contact,
        content=content,
    )


def _graph_error(status: int, code: int) -> web.Response:
    error = {"message": f"(#{code})", "type": "OAuthException", "code": code, "fbtrace_id": "chaos"}
    return web.json_response({"error": error}, status=status)


def _bot_refusal(status: int, description: str) -> Json:
    return {"ok": False, "error_code": status, "description": description}


def _bot_error(status: int, description: str, parameters: Json | None = None) -> web.Response:
    more = {"parameters": parameters} if parameters else {}
    return web.json_response(_bot_refusal(status, description) | more, status=status)
