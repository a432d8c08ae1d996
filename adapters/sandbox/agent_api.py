"""Stand-in of the Agent Platform's API: updates by long polling, messages, statuses, media, and its narrow limits."""

from __future__ import annotations

import asyncio
import hmac
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import replace

from aiohttp import web

from .agent import AgentPlatform
from .graph_errors import GraphError, no_object, refusal, told, whatsapp_error
from .params import form_or_json
from .payloads import Json
from .phones import Phone
from .pieces import File
from .platform import Call
from .whatsapp_media import MIMES
from .whatsapp_shapes import judge_message, judge_read, shown

KILOBYTE = 1024
# The developer manual of 2026-08-25 as three independent clients restate it; see also the fields they read.
PER_MINUTE = {
    "messages": 12,
    "statuses": 12,
    "media:POST": 12,
    "media:GET": 12,
    "media:DELETE": 12,
    "updates": 15,
}
_SENDS = frozenset({"text", "image", "audio", "video", "document", "sticker"})
_SIZES = {"image": 5 * 1024 * KILOBYTE, "sticker": 500 * KILOBYTE}
_OTHERS = 16 * 1024 * KILOBYTE
MAX_BODY_BYTES = _OTHERS + 1024 * KILOBYTE
LONGEST_POLL_SECONDS = 25
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class AgentApi:
    """`per_minute`: how many calls of each kind a rolling minute takes."""

    def __init__(self, platform: AgentPlatform) -> None:
        self.platform = platform
        self.per_minute = dict(PER_MINUTE)
        self._calls: dict[str, deque[float]] = {}
        self._poll = 0

    def application(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/agent/v1/updates", self._guarded("updates", self._updates))
        app.router.add_post("/agent/v1/messages", self._guarded("messages", self._messages))
        app.router.add_post("/agent/v1/statuses", self._guarded("statuses", self._statuses))
        app.router.add_post("/agent/v1/media", self._guarded("media:POST", self._upload))
        app.router.add_get("/agent/v1/media/{id}", self._guarded("media:GET", self._media))
        app.router.add_delete("/agent/v1/media/{id}", self._guarded("media:DELETE", self._media))
        app.router.add_get("/attachments/{id}", self._download)
        return app

    def _guarded(self, kind: str, handler: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            request = request.clone(client_max_size=MAX_BODY_BYTES)  # whatever the server around us allows
            try:
                self._check(request)
                self._count(kind)
                failure = self.platform.faults.next_failure(
                    kind.partition(":")[0], message=kind == "messages"
                )
                if failure is not None:
                    raise told(failure, throughput=130429)
                return await handler(request)
            except web.HTTPRequestEntityTooLarge:
                return refusal(whatsapp_error(131053, "Media upload error", "The file is too large."))
            except GraphError as error:
                return refusal(error)

        return guarded

    def _check(self, request: web.Request) -> None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        right = hmac.compare_digest(token.encode("utf-8", "replace"), self.platform.token.encode())
        if scheme != "Bearer" or not token:
            raise GraphError(401, 190, "Invalid OAuth access token.")
        if not right:
            raise GraphError(400, 100, "Invalid parameter", details="The access token is not known.")

    def _count(self, kind: str) -> None:
        now, calls = time.monotonic(), self._calls.setdefault(kind, deque())
        while calls and calls[0] < now - 60:
            calls.popleft()
        if len(calls) >= self.per_minute[kind]:
            raise GraphError(429, 130429, "(#130429) Rate limit hit")
        calls.append(now)

    # --- updates ---

    async def _updates(self, request: web.Request) -> web.StreamResponse:
        """Without an offset only what comes from now on. A newer poll ends this one with 409."""
        platform = self.platform
        offset = _whole(request, "offset", len(platform.updates))
        limit = min(max(_whole(request, "limit", 50), 1), 100)
        seconds = min(max(_whole(request, "timeout", 15), 0), LONGEST_POLL_SECONDS)
        self._poll += 1
        mine = self._poll
        platform.arrived.set()
        platform.arrived = asyncio.Event()
        until = time.monotonic() + seconds
        while (page := platform.page(offset, limit)) is None and time.monotonic() < until:
            try:
                await asyncio.wait_for(platform.arrived.wait(), until - time.monotonic())
            except TimeoutError:
                break
            if self._poll != mine:
                raise GraphError(409, 1752041, "A newer poll for this agent replaced this one")
        return web.Response(status=204) if page is None else web.json_response(page)

    # --- messages ---

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request, {})
        self.platform.calls.append(Call(path="/agent/v1/messages", params=body))
        if body.get("messaging_product") != "whatsapp":
            raise GraphError(400, 100, "(#100) The parameter messaging_product is required.")
        kind = body.get("type")
        if kind not in _SENDS:
            raise whatsapp_error(
                131009, "Parameter value is not valid", f"Messages of type {kind} are not sent."
            )
        if "biz_opaque_callback_data" in body:
            raise GraphError(400, 100, '(#100) Unexpected key "biz_opaque_callback_data" on the request.')
        judge_message(body)
        content = body[kind]
        if isinstance(content, dict) and content.keys() & {"link", "voice"}:
            raise whatsapp_error(131009, "Parameter value is not valid", f"{kind} takes an id only.")
        phone = self._creator(body.get("to"))
        piece = shown(str(kind), body)
        if "id" in content:
            attachment = self.platform.media.get(content["id"])
            if attachment is None:
                raise GraphError(404, 100, "(#100) Invalid parameter", details="No such media.")
            if attachment.file.mime.partition(";")[0] not in MIMES[str(kind)] and kind != "document":
                raise whatsapp_error(131053, "Media upload error", f"{attachment.file.mime} is no {kind}")
            name = content.get("filename") or attachment.file.name
            piece = replace(piece, file=replace(attachment.file, name=name))
        piece = replace(piece, reply_to=(body.get("context") or {}).get("message_id"))
        wamid = self.platform.deliver_message(phone, piece)
        answer = {
            "messaging_product": "whatsapp",
            "contacts": [{"input": phone.id, "wa_id": phone.id}],
            "messages": [{"id": wamid}],
        }
        return await self.platform.answer_send(request, answer)

    def _creator(self, to: object) -> Phone:
        creator = self.platform.creator
        if not isinstance(to, str) or not to.startswith("user:"):
            raise whatsapp_error(131009, "Parameter value is not valid", "to must be user:<id>.")
        if creator is None or to != creator.id:
            raise GraphError(
                403, 131005, "(#131005) Access denied", details="Only the creator can be written to."
            )
        return creator

    async def _statuses(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request, {})
        self.platform.calls.append(Call(path="/agent/v1/statuses", params=body))
        judge_read(body)
        creator = self.platform.creator
        if creator is None or body["message_id"] not in creator.said:
            raise whatsapp_error(131009, "Parameter value is not valid", "Message ID is invalid.")
        creator.see_read(body["message_id"])
        if "typing_indicator" in body:
            creator.see_typing()
        return web.json_response({"success": True})

    # --- media ---

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        files: dict[str, File] = {}
        body = await _body(request, files)
        self.platform.calls.append(Call(path="/agent/v1/media", params=body, files=files))
        file = files.get("file")
        if body.get("messaging_product") != "whatsapp" or file is None:
            raise GraphError(400, 100, "(#100) The parameters messaging_product and file are required.")
        mime = str(body.get("type") or file.mime)
        bare = mime.partition(";")[0].strip()
        kind = next((kind for kind, mimes in MIMES.items() if bare in mimes), None)
        if kind is None and bare != "application/octet-stream":
            raise whatsapp_error(131053, "Media upload error", f"{bare} is not accepted.")
        if not file.data or len(file.data) > _SIZES.get(kind or "", _OTHERS):
            raise whatsapp_error(131053, "Media upload error", "The file's size is not accepted.")
        return web.json_response({"id": self.platform.keep(replace(file, mime=mime))})

    async def _media(self, request: web.Request) -> web.StreamResponse:
        media_id = request.match_info["id"]
        attachment = self.platform.media.get(media_id)
        if attachment is None:
            raise GraphError(404, 100, no_object(request.method, media_id).body["error"]["message"])
        if request.method == "DELETE":
            del self.platform.media[media_id]
            return web.json_response({"success": True})
        file = attachment.file
        return web.json_response(
            {
                "id": media_id,
                "url": f"{self.platform.base_url}/attachments/{media_id}",
                "mime_type": file.mime,
                "sha256": file.sha256.hex(),
                "file_size": len(file.data),
                "messaging_product": "whatsapp",
            }
        )

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """The bytes, only with the token."""
        try:
            self._check(request)
        except GraphError:
            return web.Response(status=401)
        attachment = self.platform.media.get(request.match_info["id"])
        if attachment is None:
            return web.Response(status=404)
        return web.Response(body=attachment.file.data, content_type=attachment.file.mime.partition(";")[0])


async def _body(request: web.Request, files: dict[str, File]) -> Json:
    body = await form_or_json(request, frozenset(), files)
    if body is None:
        raise GraphError(400, 100, "(#100) Invalid parameter")
    return body


def _whole(request: web.Request, name: str, otherwise: int) -> int:
    given = request.query.get(name)
    if given is None:
        return otherwise
    if not given.lstrip("-").isdigit() or int(given) < 0:
        raise GraphError(400, 100, f"(#100) Param {name} must be a non-negative integer.")
    return int(given)
