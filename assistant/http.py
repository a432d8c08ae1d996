"""The one outbound HTTP session: timeouts, tagged by purpose, private addresses refused, every exchange recorded."""

from __future__ import annotations

import asyncio
import hashlib
import ipaddress
import os
import re
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import aiohttp
import orjson
from yarl import URL

from .addresses import NotPublic, PublicOnly, may_dial, origin
from .log import redactor
from .types import Exchange

MAX_RESPONSE_BYTES = 4 * 1024 * 1024
KEPT_CHARACTERS = 4000
MAX_REDIRECTS = 2
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

_recorded: ContextVar[list[Exchange] | None] = ContextVar("recorded_exchanges", default=None)


class Purpose(StrEnum):
    """Whom a request goes to; TOOL and MEDIA may never reach a private address, PLATFORM only what settings name."""

    PLATFORM = "platform"
    MODEL = "model"
    TOOL = "tool"
    MEDIA = "media"


_PUBLIC_ONLY = (Purpose.TOOL, Purpose.MEDIA)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of this machine as one field of a form."""

    path: Path
    name: str
    mime: str


class NotSent(Exception):
    """The request certainly never reached the server: no connection could be made."""


class NoAnswer(Exception):
    """The request may have reached the server; no whole answer came back."""


class NotAllowed(Exception):
    """This address is never asked: wrong host or scheme, a private address, too many redirects."""


class TooLong(Exception):
    """The file is larger than allowed; what had come of it is gone."""


@dataclass(frozen=True, slots=True)
class Response:
    """A whole answer, at most MAX_RESPONSE_BYTES long; `headers` by lower-case name."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON; None when it is not JSON (a proxy's HTML page, say)."""
        try:
            return orjson.loads(self.body)
        except orjson.JSONDecodeError:
            return None


@dataclass(frozen=True, slots=True)
class Downloaded:
    """How a file was answered. With any status but 200 no file was written; `sha256` is hex, `mime` what was claimed."""

    status: int
    bytes: int = 0
    sha256: str = ""
    mime: str | None = None


class Http:
    """Opened once per process by app.py. Redirects are never followed: a token must not travel to another host.

    `platforms`: the only origins, such as "https://api.example", that PLATFORM requests with their tokens go to; None
    where whoever asks names the address himself: a command of the operator, a test.
    """

    def __init__(self, *, total_seconds: float = 15.0, platforms: Collection[str] | None = None) -> None:
        self._timeout = aiohttp.ClientTimeout(total=total_seconds, connect=5.0)
        self._platforms = None if platforms is None else frozenset(filter(None, map(origin, platforms)))
        self._sessions: dict[Purpose, aiohttp.ClientSession] = {}

    async def close(self) -> None:
        for session in self._sessions.values():
            await session.close()
        self._sessions.clear()

    async def request(
        self,
        method: str,
        url: str,
        *,
        purpose: Purpose = Purpose.PLATFORM,
        headers: Mapping[str, str] | None = None,
        json: Any = None,
        data: bytes | None = None,
        form: Mapping[str, str | Upload] | None = None,
        timeout_seconds: float | None = None,
    ) -> Response:
        """Send one request and read the whole answer. Raises NotSent or NoAnswer; any status is an answer.

        `form` goes as multipart/form-data; a file of it is read while it is sent. Raises OSError when it is not there.
        """
        sent_headers = dict(headers or {})
        if json is not None:
            data = orjson.dumps(json)
            sent_headers["Content-Type"] = "application/json"
        if purpose in _PUBLIC_ONLY and not may_dial(url):
            raise NotSent("this address is not on the public internet")
        if purpose is Purpose.PLATFORM and self._platforms is not None and origin(url) not in self._platforms:
            raise NotSent("this address is not a platform of the settings")
        started = time.monotonic()
        fields = _form(form) if form is not None else None
        status: int | None = None
        body = b""
        failure: str | None = None
        timeout = (
            aiohttp.ClientTimeout(total=timeout_seconds, connect=5.0) if timeout_seconds else self._timeout
        )
        try:
            async with self.session(purpose).request(
                method,
                url,
                data=data if fields is None else fields,
                headers=sent_headers,
                timeout=timeout,
                allow_redirects=False,
            ) as answer:
                status = answer.status
                body = await _read_capped(answer)
                return Response(status, {k.lower(): v for k, v in answer.headers.items()}, body)
        except (aiohttp.ClientConnectorError, aiohttp.InvalidURL, aiohttp.ConnectionTimeoutError) as error:
            failure = type(error).__name__
            raise NotSent(failure) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            failure = type(error).__name__
            raise NoAnswer(failure) from None
        finally:
            exchanges = _recorded.get()
            if exchanges is not None:
                exchanges.append(
                    Exchange(
                        method=method,
                        url=redactor.clean(url),
                        status=status,
                        request=_shown(data),
                        response=_shown(body),
                        took_ms=(time.monotonic() - started) * 1000,
                        error=failure,
                    )
                )

    async def download(
        self,
        url: str,
        *,
        hosts: Sequence[str],
        headers: Mapping[str, str] | None = None,
        max_bytes: int,
        into: Path,
        total_seconds: float = 120.0,
        idle_seconds: float = 15.0,
    ) -> Downloaded:
        """Fetch a file into `into`, which nobody else may read. Any status is an answer; only 200 writes the file.

        `hosts`, and nothing else, are asked: "a.example" and "*.example" over https at public addresses; an operator's
        own server, "127.0.0.1:8081" or "bot-api:8081" (a name without a dot), at exactly that port and over http too. At
        most MAX_REDIRECTS are followed, to `hosts` only and without `headers`. Raises NotAllowed, TooLong, NotSent, NoAnswer.
        """
        sent = dict(headers or {})
        timeout = aiohttp.ClientTimeout(total=total_seconds, connect=10.0, sock_read=idle_seconds)
        try:
            async with asyncio.timeout(total_seconds):
                for _ in range(MAX_REDIRECTS + 1):
                    target, purpose = _dialled(url, hosts)
                    # A small body can unfold into a huge one: files are taken as they are, or not at all.
                    asked = {**sent, "Accept-Encoding": "identity"}
                    async with self.session(purpose).get(
                        target, headers=asked, timeout=timeout, allow_redirects=False
                    ) as answer:
                        if answer.status not in _REDIRECTS:
                            return await _received(answer, max_bytes, into)
                        url = str(URL(url).join(URL(answer.headers.get("Location", ""))))
                        sent = {}
                raise NotAllowed("too many redirects")
        except aiohttp.ClientConnectorError as error:
            if isinstance(error.os_error, NotPublic):
                raise NotAllowed("the host has no public address") from None
            raise NotSent(type(error).__name__) from None
        except aiohttp.ConnectionTimeoutError as error:
            raise NotSent(type(error).__name__) from None
        except (aiohttp.InvalidURL, ValueError) as error:
            raise NotAllowed(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NoAnswer(type(error).__name__) from None

    def session(self, purpose: Purpose) -> aiohttp.ClientSession:
        """The raw session, for answers that are streamed (the model server's)."""
        if purpose not in self._sessions:
            # A server that closes an idle connection just as we write leaves us in doubt: keep them for a short time.
            # Each purpose has connections of its own: answers that stream for minutes must not keep sends waiting.
            connector = aiohttp.TCPConnector(
                limit=0 if purpose is Purpose.MODEL else 256,
                keepalive_timeout=5.0,
                resolver=PublicOnly() if purpose in _PUBLIC_ONLY else None,
            )
            self._sessions[purpose] = aiohttp.ClientSession(
                connector=connector,
                timeout=self._timeout,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=purpose is not Purpose.MEDIA,
            )
        return self._sessions[purpose]


@contextmanager
def recording() -> Iterator[list[Exchange]]:
    """Collect the exchanges made inside the block, redacted."""
    exchanges: list[Exchange] = []
    token = _recorded.set(exchanges)
    try:
        yield exchanges
    finally:
        _recorded.reset(token)


_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f"\\]')


def _form(form: Mapping[str, str | Upload]) -> aiohttp.FormData:
    """File names go as they are, in UTF-8: platforms show people what is written there, percent signs and all."""
    fields = aiohttp.FormData(quote_fields=False)
    for name, value in form.items():
        if isinstance(value, Upload):
            shown = _NOT_IN_A_NAME.sub("_", value.name.encode("utf-8", "replace").decode())
            fields.add_field(name, value.path.open("rb"), filename=shown, content_type=value.mime)
        else:
            fields.add_field(name, value)
    return fields


async def _read_capped(answer: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in answer.content.iter_chunked(65536):
        body += chunk
        if len(body) > MAX_RESPONSE_BYTES:
            raise aiohttp.ClientPayloadError("answer larger than the limit")
    return bytes(body)


def _shown(body: bytes | None) -> str:
    return redactor.clean((body or b"")[: KEPT_CHARACTERS * 4].decode("utf-8", "replace"))[:KEPT_CHARACTERS]


# --- files -----------------------------------------------------------------------------------------------


def _dialled(url: str, hosts: Sequence[str]) -> tuple[URL, Purpose]:
    """The address to connect to and by which session, when `hosts` allow it. Raises NotAllowed, ValueError.

    The same parser reads the URL here and when it is dialled, so that both mean the same host.
    """
    parsed = URL(url)
    host, port = (parsed.raw_host or "").lower(), parsed.port
    if not host or parsed.user is not None or parsed.password is not None:
        raise NotAllowed("the address names no plain host")
    named = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    if named in hosts and ("." not in host or _is_address(host)):
        if parsed.scheme not in ("http", "https"):
            raise NotAllowed("neither http nor https")
        return parsed, Purpose.PLATFORM  # only an operator writes such a host: no platform has one
    if parsed.scheme != "https":
        raise NotAllowed("not https")
    if named not in hosts and (port != 443 or not any(_covers(one.lower(), host) for one in hosts)):
        raise NotAllowed("not one of the platform's hosts")
    if not may_dial(url):
        raise NotAllowed("the host has no public address")
    return parsed, Purpose.MEDIA


def _covers(allowed: str, host: str) -> bool:
    return host.endswith(allowed[1:]) if allowed.startswith("*.") else host == allowed


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


async def _received(answer: aiohttp.ClientResponse, max_bytes: int, into: Path) -> Downloaded:
    """Write the body down while it comes, and stop at the limit."""
    if answer.status != 200:
        return Downloaded(answer.status)
    if answer.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise NoAnswer("the file came packed")
    if (answer.content_length or 0) > max_bytes:
        raise TooLong
    digest, size = hashlib.sha256(), 0
    whole = False
    file = _opened(into)
    try:
        async for chunk in answer.content.iter_chunked(262_144):
            size += len(chunk)
            if size > max_bytes:
                raise TooLong
            digest.update(chunk)
            await asyncio.to_thread(_write, file, chunk)
        whole = True
    finally:
        os.close(file)
        if not whole:
            os.unlink(into)
    return Downloaded(200, size, digest.hexdigest(), answer.content_type)


def _opened(path: Path) -> int:
    """A fresh file that only we may read."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)


def _write(file: int, chunk: bytes) -> None:
    view = memoryview(chunk)
    while view:
        view = view[os.write(file, view) :]
