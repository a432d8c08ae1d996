"""Stand-in of Meta's Graph API: finds the node and its token, and gives the call to the part that knows it."""

from __future__ import annotations

import hmac
import re
from typing import Protocol

from aiohttp import web

from .comment_calls import CommentCalls
from .graph_errors import GraphError, bad_token, expired_token, no_object, refusal
from .meta import MetaPlatform, WhatsApp
from .page_calls import PageCalls
from .pages import Instagram, Messenger, PagePlatform
from .params import form_or_json
from .payloads import Json
from .pieces import File
from .platform import Call
from .posts import Feed
from .whatsapp_calls import WhatsAppCalls

MAX_BODY_BYTES = 110 * 1024 * 1024
_VERSION = re.compile(r"v\d+\.\d+")
_NESTED = frozenset(
    {
        *(
            "context",
            "message",
            "recipient",
            "reply_to",
            "text",
            "typing_indicator",
            "payload",
            "get_started",
        ),
        *("greeting", "ice_breakers", "persistent_menu", "fields", "commands", "whitelisted_domains"),
    }
)


class Part(Protocol):
    """What knows some nodes."""

    @property
    def platform(self) -> MetaPlatform: ...

    def knows(self, node: str, edge: str) -> bool: ...

    async def handle(
        self, request: web.Request, node: str, edge: str, body: Json, files: dict[str, File]
    ) -> web.StreamResponse: ...


class Graph:
    """The HTTP side of Meta's platforms. `application()` can stand on a port of its own or under a prefix."""

    def __init__(self, *, whatsapp: WhatsApp, messenger: Messenger, instagram: Instagram, feed: Feed) -> None:
        self.whatsapp = WhatsAppCalls(whatsapp)
        self.pages: dict[str, PagePlatform] = {"messenger": messenger, "instagram": instagram}
        self.parts: tuple[Part, ...] = (
            self.whatsapp,
            PageCalls(messenger, feed),
            PageCalls(instagram),
            CommentCalls(feed),
        )
        self.platforms: tuple[MetaPlatform, ...] = (whatsapp, messenger, instagram)

    def application(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/whatsapp_business/attachments/", self._whatsapp_file)
        app.router.add_get("/cdn/{channel}/{name}", self._page_file)
        app.router.add_get("/{version}/debug_token", self._debug_token)
        app.router.add_route("*", "/{version}/{node}", self._call)
        app.router.add_route("*", "/{version}/{node}/{edge}", self._call)
        app.router.add_route("*", "/{tail:.*}", self._unknown)
        return app

    async def _call(self, request: web.Request) -> web.StreamResponse:
        node, edge = request.match_info["node"], request.match_info.get("edge", "")
        request = request.clone(client_max_size=MAX_BODY_BYTES)  # whatever the server around us allows
        try:
            self._version(request)
            part, node = self._part(request, node, edge)
            self._check(request, part.platform)
            files: dict[str, File] = {}
            body = await _body(request, files)
            if request.method == "POST":
                path = f"/{request.match_info['node']}/{edge}".rstrip("/")
                part.platform.calls.append(Call(path=path, params={**_plain(request), **body}, files=files))
            return await part.handle(request, node, edge, body, files)
        except GraphError as error:
            return refusal(error)

    async def _unknown(self, request: web.Request) -> web.StreamResponse:
        path = "/" + request.match_info["tail"]
        return refusal(GraphError(400, 2500, f"Unknown path components: {path}"))

    # --- who is called, and may they? ---

    def _version(self, request: web.Request) -> None:
        if not _VERSION.fullmatch(request.match_info["version"]):
            raise GraphError(400, 2500, f"Unknown path components: {request.path}")

    def _part(self, request: web.Request, node: str, edge: str) -> tuple[Part, str]:
        """Who knows the node; `me` is whose token it is. An unknown one is an error, of the token before all else."""
        token = _token(request)
        if node == "me":
            owner = next((known for known in self.platforms if _same(token, known.access_token)), None)
            if owner is None:
                raise bad_token()
            node = owner.account
        for part in self.parts:
            if part.knows(node, edge):
                return part, node
        if not any(_same(token, known.access_token) for known in self.platforms):
            raise bad_token()
        raise no_object(request.method, node)

    def _check(self, request: web.Request, platform: MetaPlatform) -> None:
        if not _same(_token(request), platform.access_token):
            raise bad_token()
        if platform.faults.token_expired:
            raise expired_token()
        proof = request.query.get("appsecret_proof")
        if proof is not None and not platform.proof_fits(proof):
            raise GraphError(
                400, 100, "Invalid appsecret_proof provided in the API argument", kind="GraphMethodException"
            )

    async def _debug_token(self, request: web.Request) -> web.StreamResponse:
        """What a token is and may do. Source: https://developers.facebook.com/docs/graph-api/reference/debug_token"""
        asking, asked = _token(request), request.query.get("input_token", "")
        try:
            self._version(request)
            own = [f"{known.app_id}|{known.app_secret}" for known in self.platforms]
            if not any(
                _same(asking, known) for known in (*own, *(item.access_token for item in self.platforms))
            ):
                raise bad_token()
        except GraphError as error:
            return refusal(error)
        for platform in self.platforms:
            if _same(asked, platform.access_token):
                granular = [{"scope": scope, "target_ids": [platform.account]} for scope in platform.scopes]
                data: Json = {
                    "app_id": platform.app_id,
                    "type": "SYSTEM_USER" if platform.channel == "whatsapp" else "PAGE",
                    "application": "Sandbox",
                    "data_access_expires_at": 0,
                    "expires_at": 0,
                    "is_valid": True,
                    "issued_at": 1_790_000_000,
                    "scopes": list(platform.scopes),
                    "granular_scopes": granular,
                    "user_id": platform.account,
                }
                if platform.channel == "messenger":
                    data["profile_id"] = platform.account
                return web.json_response({"data": data})
        unknown = {"code": 190, "message": "Invalid OAuth access token."}
        return web.json_response({"data": {"error": unknown, "is_valid": False, "scopes": []}})

    # --- files ---

    async def _whatsapp_file(self, request: web.Request) -> web.StreamResponse:
        return self.whatsapp.download(request, _token(request))

    async def _page_file(self, request: web.Request) -> web.StreamResponse:
        """Attachments of Messenger and Instagram: public, but signed and only for a day."""
        platform = self.pages.get(request.match_info["channel"])
        name, until = request.match_info["name"], request.query.get("oe", "")
        kept = platform.files.get(name) if platform is not None else None
        if platform is None or kept is None or not until.isdigit():
            return web.Response(status=404)
        if request.query.get("oh") != platform.url_proof(name, int(until)):
            return web.Response(status=403, text="URL signature mismatch")
        if int(until) < platform.clock.now().timestamp():
            return web.Response(status=403, text="URL signature expired")
        return web.Response(body=kept[1].data, content_type=kept[1].mime.partition(";")[0])


async def _body(request: web.Request, files: dict[str, File]) -> Json:
    if not request.can_read_body:
        return {}
    try:
        body = await form_or_json(request, _NESTED, files)
    except web.HTTPRequestEntityTooLarge:
        raise GraphError(413, 100, "(#100) The request is too large") from None
    if body is None:
        raise GraphError(400, 100, "(#100) Invalid parameter")
    return body


def _plain(request: web.Request) -> Json:
    return {
        key: value for key, value in request.query.items() if key not in ("access_token", "appsecret_proof")
    }


def _token(request: web.Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else request.query.get("access_token", "")


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())
