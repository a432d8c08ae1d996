"""What a crash of ours does not touch: platforms that took messages, and webhooks they keep until they hear 200."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import orjson

from assistant.http import Response
from assistant.types import WebhookRequest

from . import webhooks
from .loop import START

RETRY = 1.0  # seconds after which a platform comes again with what was not answered 200


@dataclass(frozen=True, slots=True)
class Webhook:
    """One request that a platform makes, again and again until it is heard. `at`: seconds since the start."""

    number: int
    channel: str
    at: float
    request: WebhookRequest
    what: str
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that a platform took for a person; `key` is ours, "" where the platform has none."""

    channel: str
    peer: str
    key: str
    text: str
    external_id: str
    at: float


@dataclass(slots=True)
class Outside:
    """`journal` is the whole truth, in order: ("webhook", …), ("heard", number), ("took", …), ("refused", words)."""

    journal: list[tuple[str, Any]] = field(default_factory=list)
    listeners: list[Callable[[tuple[str, Any]], None]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.counts.update(kind for kind, _ in self.journal)

    def write(self, kind: str, what: Any) -> None:
        entry = (kind, what)
        self.journal.append(entry)
        self.counts[kind] += 1
        for listener in self.listeners:
            listener(entry)

    # --- webhooks ----------------------------------------------------------------------------------------

    def send(self, channel: str, at: float, body: Any, what: str, external_id: str | None = None) -> Webhook:
        """A platform has something to tell us."""
        webhook = Webhook(
            self.counts["webhook"], channel, at, webhooks.signed(channel, body), what, external_id
        )
        self.write("webhook", webhook)
        return webhook

    @property
    def webhooks(self) -> list[Webhook]:
        return [what for kind, what in self.journal if kind == "webhook"]

    @property
    def heard(self) -> set[int]:
        return {what for kind, what in self.journal if kind == "heard"}

    @property
    def taken(self) -> list[Taken]:
        return [what for kind, what in self.journal if kind == "took"]

    @staticmethod
    def keyed(channel: str) -> bool:
        """Whether the platform brings our key back, so that an unclear send is settled."""
        return channel in ("whatsapp", "messenger")

    # --- sends -------------------------------------------------------------------------------------------

    def ask(self, method: str, url: str, body: Mapping[str, Any], now: float) -> tuple[Response, bool]:
        """A platform's answer to a request of ours; False: it is never given, though the message was taken."""
        path = url.split("://", 1)[1].split("/", 1)[1]
        if path.startswith("bot"):
            return self._telegram(path.rsplit("/", 1)[1], body, now)
        node = path.split("/")[1].split("?")[0]
        if method == "GET":
            return _json({"first_name": "Ben", "last_name": "Silva", "id": node}), True
        return self._whatsapp(body, now) if "messaging_product" in body else self._messenger(body, now)

    def _took(
        self, channel: str, peer: str, key: str, text: str, now: float, external_id: str | None = None
    ) -> Taken:
        external_id = external_id or webhooks.external_id(channel, self.counts["took"])
        taken = Taken(channel, peer, key, text, external_id, now)
        self.write("took", taken)
        return taken

    def _trouble(self, text: str) -> str | None:
        """A word in square brackets in the text is how often and in which way it goes wrong: [500], [500 twice]."""
        found = text.partition("[")[2].partition("]")[0]
        kind, _, often = found.partition(" ")
        times = Counter(what for name, what in self.journal if name == "refused")[text]
        if not kind or times >= {"": 1, "twice": 2, "often": 6}[often]:
            return None
        self.write("refused", text)
        return kind

    def _whatsapp(self, body: Mapping[str, Any], now: float) -> tuple[Response, bool]:
        if body.get("status") == "read":
            return _json({"success": True}), True
        peer, key = str(body["to"]), str(body["biz_opaque_callback_data"])
        asked = body["interactive"]["body"]["text"] if body["type"] == "interactive" else None
        text = asked or str(body["text"]["body"])
        trouble = self._trouble(text)
        if trouble is not None and trouble != "lost":
            return _graph_error(trouble), True
        taken = self._took("whatsapp", peer, key, text, now)
        for number, status in enumerate(("delivered", "sent", "read")):  # not in the order of events
            at = now + 0.3 + number * 0.3
            self.send(
                "whatsapp", at, webhooks.whatsapp_status(taken.external_id, peer, status, key, at), status
            )
        return _json({"messages": [{"id": taken.external_id}]}), trouble is None

    def _messenger(self, body: Mapping[str, Any], now: float) -> tuple[Response, bool]:
        peer = str(body["recipient"]["id"])
        if "sender_action" in body:
            return _json({"recipient_id": peer}), True
        text, key = str(body["message"]["text"]), str(body["message"]["metadata"])
        trouble = self._trouble(text)
        if trouble is not None and trouble != "lost":
            return _graph_error(trouble), True
        taken = self._took("messenger", peer, key, text, now)
        echo = webhooks.messenger_echo(taken.external_id, peer, text, now + 0.3, key=key)
        self.send("messenger", now + 0.3, echo, "echo")
        read = webhooks.messenger_read(peer, now + 0.5)
        self.send("messenger", now + 0.5, read, "watermark")
        return _json({"recipient_id": peer, "message_id": taken.external_id}), trouble is None

    def _telegram(self, method: str, body: Mapping[str, Any], now: float) -> tuple[Response, bool]:
        if method.lower() == "editmessagetext":
            return self._telegram_edit(body), True
        if method.lower() != "sendmessage":
            return _json({"ok": True, "result": True}), True
        peer, text = str(body["chat_id"]), str(body["text"])
        trouble = self._trouble(text)
        if trouble is not None and trouble != "lost":
            status = int(trouble)
            extra = {"parameters": {"retry_after": 2}} if status == 429 else {}
            error = {"ok": False, "error_code": status, "description": "Too Many Requests", **extra}
            return _json(error, status), True
        number = self._telegram_newest(now) + 1
        self._took("telegram", peer, "", text, now, f"{peer}:{number}")
        chat = {"id": int(peer), "type": "private", "first_name": "Carla"}
        result = {"message_id": number, "date": int(START.timestamp() + now), "chat": chat}
        return _json({"ok": True, "result": result}), trouble is None

    def _telegram_newest(self, now: float) -> int:
        """Messages of both sides are counted together, as in a bot's private chats."""
        told = [one.external_id for one in self.webhooks if one.channel == "telegram" and one.at <= now]
        sent = [one.external_id for one in self.taken if one.channel == "telegram"]
        return max((int(one.rsplit(":", 1)[-1]) for one in (*told, *sent) if one is not None), default=0)

    def _telegram_edit(self, body: Mapping[str, Any]) -> Response:
        """Nothing here is ever changed: an edit only asks whether a message says this already."""
        name = f"{body['chat_id']}:{body['message_id']}"
        said = "message to edit not found"
        if any(one.external_id == name for one in self.webhooks):
            said = "message can't be edited"
        for one in self.taken:
            if one.external_id == name:
                if one.text != body["text"]:
                    raise AssertionError("an edit would change what was sent")
                said = "message is not modified"
        return _json({"ok": False, "error_code": 400, "description": f"Bad Request: {said}"}, 400)


def _json(body: Any, status: int = 200) -> Response:
    return Response(status, {"content-type": "application/json"}, orjson.dumps(body))


def _graph_error(kind: str) -> Response:
    status, code = {"500": (500, 2), "429": (400, 130429), "401": (401, 190), "403": (400, 551)}[kind]
    error = {"message": "no", "type": "OAuthException", "code": code, "fbtrace_id": "A"}
    return _json({"error": error}, status)


def fields(options: Mapping[str, Any]) -> Mapping[str, Any]:
    """The body of a request of ours, JSON or a form."""
    if options.get("json") is not None:
        found: Mapping[str, Any] = json.loads(json.dumps(options["json"]))
        return found
    return {name: values[0] for name, values in parse_qs((options.get("data") or b"").decode()).items()}
