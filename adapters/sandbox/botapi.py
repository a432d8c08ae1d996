"""Stand-in of the Telegram Bot API: its methods by GET and POST, as form, multipart or JSON, with its real errors."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from .bot import Telegram
from .bot_changes import ChangingMethods
from .bot_errors import ApiError, bad, told
from .bot_params import NESTED, BotCall
from .bot_sending import SENDS, SendingMethods
from .bot_setup import SetupMethods
from .params import decoded, form_or_json
from .payloads import Json
from .pieces import File
from .platform import Call

MAX_BODY_BYTES = 60 * 1024 * 1024
Method = Callable[[BotCall], Awaitable[Any]]


class BotApi:
    """The HTTP side of the Telegram half; `application()` can stand on a port of its own or under a prefix."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self._methods: dict[str, Method] = {
            **SetupMethods(telegram).methods(),
            **SendingMethods(telegram).methods(),
            **ChangingMethods(telegram).methods(),
        }

    def application(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        app.router.add_route("GET", "/bot{token}/{method}", self._call)
        app.router.add_route("POST", "/bot{token}/{method}", self._call)
        app.router.add_route("*", "/{tail:.*}", self._not_found)
        return app

    async def _call(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"].lower()
        request = request.clone(client_max_size=MAX_BODY_BYTES)  # whatever the server around us allows
        try:
            self._check(request)
            method = self._methods.get(name)
            if method is None:
                raise ApiError(404, "Not Found: method not found")
            files: dict[str, File] = {}
            params = await _params(request, files)
            self.telegram.calls.append(Call(path=request.match_info["method"], params=params, files=files))
            failure = self.telegram.faults.next_failure(request.match_info["method"], message=name in SENDS)
            if failure is not None:
                raise told(failure)
            result = {"ok": True, "result": await method(BotCall(method=name, params=params, files=files))}
        except web.HTTPRequestEntityTooLarge:
            return web.json_response(ApiError(413, "Request Entity Too Large").body, status=413)
        except ApiError as error:
            return web.json_response(error.body, status=error.code)
        if name in SENDS:
            return await self.telegram.answer_send(request, result)
        return web.json_response(result)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check(request)
        except ApiError as error:
            return web.json_response(error.body, status=error.code)
        for stored in self.telegram.files.values():
            if stored.path == request.match_info["path"]:
                return web.Response(body=stored.file.data, content_type="application/octet-stream")
        return await self._not_found(request)

    def _check(self, request: web.Request) -> None:
        token = request.match_info["token"]
        right = hmac.compare_digest(token.encode("utf-8", "surrogatepass"), self.telegram.token.encode())
        if not right or self.telegram.faults.token_expired:
            raise ApiError(401, "Unauthorized")

    async def _not_found(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(ApiError(404, "Not Found").body, status=404)


async def _params(request: web.Request, files: dict[str, File]) -> Json:
    """Query parameters and, by POST, those of the body over them."""
    params: Json = {key: decoded(key, value, NESTED) for key, value in request.query.items()}
    if request.method != "POST" or not request.can_read_body:
        return params
    body = await form_or_json(request, NESTED, files)
    if body is None:
        raise bad("can't parse JSON object")
    return params | {
        key: decoded(key, value, NESTED) if isinstance(value, str) else value for key, value in body.items()
    }
