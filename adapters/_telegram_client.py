"""Calls the Bot API over our own HTTP session: python-telegram-bot writes what we send, answers are read as JSON."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

import orjson

from assistant.errors import BadPayload, Rejected, SendError, Unavailable, Uncertain
from assistant.http import Http, NoAnswer, NotSent, Upload
from assistant.log import redactor

from . import _json as js
from ._telegram_errors import Refusal, refusal
from ._telegram_settings import TelegramSettings

if TYPE_CHECKING:
    from telegram import Bot
    from telegram.request import BaseRequest

log = logging.getLogger(__name__)
T = TypeVar("T")

UPLOAD_SECONDS = 25.0
"""A file may take longer than a message, but must be settled before the outbox gives the send up as unclear (30 s)."""

_KEPT = ("message_id", "date", "chat", "inline_message_id")
"""What of a sent message the library gets to see: it reads strictly, and newer kinds of content would fail a good send."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of a call, and the platform's clock where its answer told it."""

    result: Any
    date: datetime | None = None


class Client:
    """One bot's way to its API. Everything raises SendErrors only."""

    def __init__(self, settings: TelegramSettings, http: Http) -> None:
        redactor.register(settings.secrets())  # the Bot API carries the token in every address
        self._settings = settings
        self._http = http
        self._bot: Bot | None = None

    @property
    def bot(self) -> Bot:
        """The library, made at the first use: it is large, and receiving needs none of it."""
        if self._bot is None:
            from telegram import Bot

            logging.getLogger("telegram").setLevel(logging.WARNING)  # at DEBUG it prints texts
            request = _request_class()(self._http)
            self._bot = Bot(
                self._settings.token.get_secret_value(),
                base_url=f"{self._settings.api_url}/bot",
                base_file_url=f"{self._settings.api_url}/file/bot",
                request=request,
                get_updates_request=request,
            )
        return self._bot

    async def read(self, method: str, *, timeout_seconds: float | None = None, **params: Any) -> Answer:
        """Ask for something. Not through the library: one odd update must not hide the others, nor newer fields.

        Asking twice does no harm, so that an answer that does not come is Unavailable, never Uncertain.
        """
        url = f"{self._settings.api_url}/bot{self._settings.token.get_secret_value()}/{method}"
        try:
            response = await self._http.request("POST", url, json=params, timeout_seconds=timeout_seconds)
        except NotSent as error:
            raise Unavailable(f"no connection to the platform ({error})") from None
        except NoAnswer as error:
            raise Unavailable(f"the platform did not answer ({error})") from None
        if not 200 <= response.status < 300:
            refused = refusal(response).error
            if isinstance(refused, Uncertain):
                raise Unavailable(str(refused), vendor_code=refused.vendor_code)
            raise refused
        try:
            answer = js.load(response.body)
        except BadPayload:
            answer = None
        if not isinstance(answer, dict) or "result" not in answer:
            raise Unavailable("the platform's answer is not one of a Bot API")
        return Answer(answer["result"], _date(response.headers.get("date")))


async def settled(call: Callable[[], Awaitable[T]]) -> T:
    """Run one call of the library; raises SendErrors, nothing else."""
    outcome = await attempt(call)
    if isinstance(outcome, Refusal):
        raise outcome.error
    return outcome


async def attempt(call: Callable[[], Awaitable[T]]) -> T | Refusal:
    """As settled, but a definite refusal is returned, for the caller to try another form."""
    try:
        return await call()
    except SendError:
        raise
    except Exception as error:
        carried = getattr(error, "carried", None)
        if isinstance(carried, Refusal):
            return carried
        if isinstance(carried, SendError):
            raise carried from None
        # the library reads answers strictly: the message may have been sent
        log.warning("the client library failed", extra={"error_class": type(error).__name__})
        raise Uncertain(f"the platform's answer cannot be read ({type(error).__name__})") from None


def _date(value: str | None) -> datetime | None:
    try:
        found = parsedate_to_datetime(value) if value else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


@cache
def _request_class() -> Callable[[Http], BaseRequest]:
    """The library's transport over our session: one place for timeouts and records, nothing in its logs."""
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
            result = answer.get("result")
            if isinstance(result, dict):
                answer["result"] = {key: result[key] for key in _KEPT if key in result}
            return answer

        async def do_request(
            self,
            url: str,
            method: str,
            request_data: RequestData | None = None,
            *timeouts: object,
            **options: object,
        ) -> tuple[int, bytes]:
            fields = request_data.json_parameters if request_data else {}
            try:
                if request_data is not None and request_data.contains_files:
                    form: dict[str, str | Upload] = {**fields, **_uploads(request_data)}
                    response = await self._http.request(
                        method, url, form=form, timeout_seconds=UPLOAD_SECONDS
                    )
                else:
                    headers = {"Content-Type": "application/x-www-form-urlencoded"}
                    response = await self._http.request(
                        method, url, headers=headers, data=urlencode(fields).encode()
                    )
            except NotSent as error:
                raise Failed(Unavailable(f"no connection to the platform ({error})")) from None
            except NoAnswer as error:
                raise Failed(Uncertain(f"the platform did not answer ({error})")) from None
            except OSError:
                raise Failed(Rejected("the file to send is not here any more")) from None
            if not 200 <= response.status < 300:
                raise Failed(refusal(response))
            return response.status, response.body

    def _uploads(data: RequestData) -> dict[str, Upload]:
        """The library's open files as paths: our session reads them while it sends."""
        return {
            name: Upload(path=Path(handle.name), name=filename, mime=mime)
            for name, (filename, handle, mime) in data.multipart_data.items()
            if not isinstance(handle, bytes)
        }

    return Request
