"""The one outbound HTTP session: timeouts, tagged by purpose, private addresses refused, every exchange recorded."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import aiohttp
import orjson
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from .log import redactor
from .types import Exchange

MAX_RESPONSE_BYTES = 4 * 1024 * 1024
KEPT_CHARACTERS = 4000

_recorded: ContextVar[list[Exchange] | None] = ContextVar("recorded_exchanges", default=None)


class Purpose(StrEnum):
    """Whom a request goes to; TOOL requests may never reach a private address."""

    PLATFORM = "platform"
    MODEL = "model"
    TOOL = "tool"


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


class Http:
    """Opened once per process by app.py. Redirects are never followed: a token must not travel to another host."""

    def __init__(self, *, total_seconds: float = 15.0) -> None:
        self._timeout = aiohttp.ClientTimeout(total=total_seconds, connect=5.0)
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
        if purpose is Purpose.TOOL and not _may_dial(url):
            raise NotSent("this address is not on the public internet")
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

    def session(self, purpose: Purpose) -> aiohttp.ClientSession:
        """The raw session, for answers that are streamed (the model server's)."""
        if purpose not in self._sessions:
            # A server that closes an idle connection just as we write leaves us in doubt: keep them for a short time.
            # Each purpose has connections of its own: answers that stream for minutes must not keep sends waiting.
            connector = aiohttp.TCPConnector(
                limit=0 if purpose is Purpose.MODEL else 256,
                keepalive_timeout=5.0,
                resolver=_PublicOnly() if purpose is Purpose.TOOL else None,
            )
            self._sessions[purpose] = aiohttp.ClientSession(
                connector=connector,
                timeout=self._timeout,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=True,
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


def _form(form: Mapping[str, str | Upload]) -> aiohttp.FormData:
    fields = aiohttp.FormData()
    for name, value in form.items():
        if isinstance(value, Upload):
            fields.add_field(name, value.path.open("rb"), filename=value.name, content_type=value.mime)
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


def _may_dial(url: str) -> bool:
    """False for a literal private address: those never pass the resolver. Names are judged when they are resolved."""
    host = URL(url).host or ""
    try:
        return is_public(host)
    except ValueError:
        return host != ""


def _shown(body: bytes | None) -> str:
    return redactor.clean((body or b"")[: KEPT_CHARACTERS * 4].decode("utf-8", "replace"))[:KEPT_CHARACTERS]


class _PublicOnly(AbstractResolver):
    """Resolves names for tools and refuses every address that is not plainly on the public internet."""

    def __init__(self) -> None:
        self._inner = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        allowed = [item for item in found if is_public(item["host"])]
        if not allowed:
            raise OSError("this address is not on the public internet")
        return allowed

    async def close(self) -> None:
        await self._inner.close()


_TRANSLATED = [
    ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
]


def is_public(address: str) -> bool:
    """False for private, loopback, link-local, multicast and reserved addresses, and for IPv6 forms that hide one."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if any(ip in net for net in _TRANSLATED):
            return False
    return ip.is_global and not ip.is_multicast
