"""What all Graph API channels share: the handshake, the signature, one send, and Meta's error answers."""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote

import orjson
from pydantic import Field, SecretStr, field_validator

from assistant.errors import (
    BadPayload,
    BadSignature,
    Misconfigured,
    Rejected,
    SendError,
    Throttled,
    Unavailable,
    Uncertain,
)
from assistant.http import Http, NoAnswer, NotSent, Purpose, Response, Upload
from assistant.settings import PREFIX, ChannelSettings
from assistant.types import WebhookRequest

from . import _json as js

log = logging.getLogger(__name__)

DEFAULT_VERSION = "v26.0"  # newest on 2026-11-23, https://developers.facebook.com/docs/graph-api/changelog
VERSION_VARIABLE = PREFIX + "GRAPH_VERSION"

_CHALLENGE = re.compile(r"[A-Za-z0-9_.-]{1,200}", re.ASCII)
_VERSION = re.compile(r"v\d{1,3}\.\d{1,2}", re.ASCII)


def one_word(value: SecretStr) -> SecretStr:
    """A token travels in a header: a line break or a letter outside ASCII would fail every send."""
    word = value.get_secret_value().strip()
    if not word.isascii() or any(character.isspace() or not character.isprintable() for character in word):
        raise ValueError("must be one word of plain letters, digits and signs")
    return SecretStr(word)


def bare_base(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError("must begin with http:// or https://")
    return value.rstrip("/")


class GraphSettings(ChannelSettings):
    """The settings every Graph channel has."""

    app_secret: SecretStr = Field(
        SecretStr(""),
        description="the Meta app's secret, which signs webhooks; several separated by commas while rotating",
    )
    verify_token: SecretStr = Field(SecretStr(""), description="the word you typed into Meta's webhook form")
    access_token: SecretStr = Field(SecretStr(""), description="the token that sends messages")
    api_url: str = Field("https://graph.facebook.com", description="base address of the Graph API")
    graph_version: str = Field(
        default_factory=lambda: os.environ.get(VERSION_VARIABLE) or DEFAULT_VERSION,
        description=f"Graph API version; {VERSION_VARIABLE} sets it for every Graph channel",
    )

    @field_validator("graph_version")
    @classmethod
    def _known_form(cls, value: str) -> str:
        if not _VERSION.fullmatch(value):
            raise ValueError("must look like v26.0")
        return value

    @field_validator("access_token")
    @classmethod
    def _one_word(cls, value: SecretStr) -> SecretStr:
        return one_word(value)

    @field_validator("api_url")
    @classmethod
    def _bare_base(cls, value: str) -> str:
        return bare_base(value)

    def app_secrets(self) -> tuple[bytes, ...]:
        return _words(self.app_secret.get_secret_value())

    def secrets(self) -> list[str]:
        return [*super().secrets(), *(secret.decode() for secret in self.app_secrets())]


@cache
def _words(value: str) -> tuple[bytes, ...]:
    """What stands between commas; every webhook asks for it."""
    return tuple(part.strip().encode() for part in value.split(",") if part.strip())


# --- webhooks --------------------------------------------------------------------------------------------


def challenge(request: WebhookRequest, verify_token: str) -> str:
    """The answer to Meta's GET handshake. Raises BadSignature, also when parameters are missing.

    The challenge is an integer as text; what could be markup is refused, because it is sent back as it came.
    Source: https://developers.facebook.com/docs/graph-api/webhooks/getting-started
    """
    given = request.query.get("hub.verify_token", "").encode("utf-8", "surrogatepass")
    expected = verify_token.encode()
    answer = request.query.get("hub.challenge", "")
    right = hmac.compare_digest(given, expected) and expected != b""
    if not right or request.query.get("hub.mode") != "subscribe" or not _CHALLENGE.fullmatch(answer):
        raise BadSignature("the handshake's token, mode or challenge is wrong")
    return answer


def check_signature(request: WebhookRequest, app_secrets: Iterable[bytes]) -> None:
    """Raise BadSignature unless X-Hub-Signature-256, given exactly once, signs the body as it was received.

    Meta escapes non-ASCII as \\uXXXX before signing: the bytes of the wire count, never a re-serialised JSON.
    The older SHA-1 header is ignored. Digests are compared as bytes: str would raise TypeError on non-ASCII.
    Source: https://developers.facebook.com/docs/graph-api/webhooks/getting-started#event-notifications
    """
    given = (request.header("x-hub-signature-256") or "").encode("utf-8", "replace")
    right = False
    for secret in app_secrets:
        right |= hmac.compare_digest(given, _signature(secret, request.body))
    if not right:
        raise BadSignature("the body's signature is missing or wrong")


def _signature(secret: bytes, body: bytes) -> bytes:
    """HMAC-SHA256 as the header has it.

    By two prepared hashes: hmac.digest would give up the interpreter lock for every body, however small, and under
    load wait long to get it back; these do so only beyond 2 KB.
    """
    inner, outer = (prepared.copy() for prepared in _keyed(secret))
    inner.update(body)
    outer.update(inner.digest())
    digest: str = outer.hexdigest()
    return b"sha256=" + digest.encode()


@cache
def _keyed(secret: bytes) -> tuple[Any, Any]:
    """SHA-256 with the key taken in, inside and outside (RFC 2104)."""
    block = (hashlib.sha256(secret).digest() if len(secret) > 64 else secret).ljust(64, b"\0")
    return hashlib.sha256(bytes(byte ^ 0x36 for byte in block)), hashlib.sha256(
        bytes(byte ^ 0x5C for byte in block)
    )


def sign(secret: str, body: bytes) -> str:
    """The header value with which Meta would sign `body`; for examples and tests."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def envelopes(body: bytes) -> list[js.Object]:
    """The envelopes in a body: one object, or the list in which Meta's Instagram examples wrap it."""
    root = js.load(body)
    if isinstance(root, dict):
        return [root]
    roots = root if isinstance(root, list) else []
    if not roots or not all(isinstance(item, dict) for item in roots):
        raise BadPayload("the body is not a Graph webhook")
    return roots


# --- sending ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Errors:
    """A channel's table of Graph codes; `exact` (code, subcode) goes before `codes`."""

    codes: Mapping[int, type[SendError]]
    exact: Mapping[tuple[int, int], type[SendError]]
    account_wide: frozenset[int] = frozenset()
    wait_seconds: Mapping[int, float] = field(default_factory=dict)


# The Graph API's own codes, the same for every product. 2026-11-23,
# https://developers.facebook.com/docs/graph-api/guides/error-handling; the limits of business use cases (80001 Pages,
# 80002 Instagram, 80006 Messenger, the others WhatsApp) https://developers.facebook.com/docs/graph-api/overview/rate-limiting
COMMON: Mapping[int, type[SendError]] = {
    0: Misconfigured,
    3: Misconfigured,
    4: Throttled,
    10: Misconfigured,
    17: Throttled,
    32: Throttled,
    100: Rejected,
    102: Misconfigured,
    190: Misconfigured,
    368: Misconfigured,
    613: Throttled,
    80001: Throttled,
    80002: Throttled,
    80006: Throttled,
    80007: Throttled,
    80008: Throttled,
    **dict.fromkeys(range(200, 300), Misconfigured),
}
COMMON_ACCOUNT_WIDE = frozenset({4, 17, 32, 613, 80001, 80002, 80006, 80007, 80008})

BUSY_PERCENT = 80
_USAGE_HEADERS = ("x-app-usage", "x-page-usage", "x-business-use-case-usage", "x-ad-account-usage")


async def post(
    http: Http, settings: GraphSettings, path: str, payload: js.Object, errors: Errors, *, proof: bool = False
) -> js.Object:
    """POST to `path` under the version, return the answer's object; raise one of the SendErrors only.

    `proof` adds appsecret_proof, which apps may demand of page tokens; it goes by the first app secret.
    Source: https://developers.facebook.com/docs/graph-api/guides/secure-requests
    """
    return await _request(http, settings, "POST", path, payload, errors, proof)


async def get(
    http: Http, settings: GraphSettings, path: str, errors: Errors, *, proof: bool = False
) -> js.Object:
    """GET `path`; raises as post() does."""
    return await _request(http, settings, "GET", path, None, errors, proof)


async def upload(
    http: Http, settings: GraphSettings, path: str, form: Mapping[str, str | Upload], errors: Errors
) -> js.Object:
    """POST a form with a file to `path`; raises as post() does, and OSError when the file is not there."""
    return await _request(http, settings, "POST", path, None, errors, False, form)


async def _request(
    http: Http,
    settings: GraphSettings,
    method: str,
    path: str,
    payload: js.Object | None,
    errors: Errors,
    proof: bool,
    form: Mapping[str, str | Upload] | None = None,
) -> js.Object:
    token = settings.access_token.get_secret_value()
    url = address(settings, path, proof=proof)
    return js.whole((await call(http, method, url, token, errors, payload=payload, form=form)).json())


def address(settings: GraphSettings, path: str, *, proof: bool = False) -> str:
    """The URL of `path` under the version, for call(); `proof` as in post()."""
    url = f"{settings.api_url}/{settings.graph_version}/{path}"
    secrets = settings.app_secrets()
    if not proof or not secrets:
        return url
    token = settings.access_token.get_secret_value().encode()
    proven = hmac.new(secrets[0], token, hashlib.sha256).hexdigest()
    return f"{url}{'&' if '?' in url else '?'}appsecret_proof={proven}"


async def call(
    http: Http,
    method: str,
    url: str,
    token: str,
    errors: Errors,
    *,
    payload: js.Object | None = None,
    form: Mapping[str, str | Upload] | None = None,
    timeout_seconds: float | None = None,
) -> Response:
    """One call with a bearer token: its good answer (2xx), or one of the SendErrors."""
    try:
        response = await http.request(
            method,
            url,
            purpose=Purpose.PLATFORM,
            headers={"Authorization": f"Bearer {token}"},
            json=payload,
            form=form,
            timeout_seconds=timeout_seconds,
        )
    except NotSent as error:
        raise Unavailable(f"no connection to the platform ({error})") from None
    except NoAnswer as error:
        raise Uncertain(f"the platform did not answer ({error})") from None
    _watch_usage(response)
    if 200 <= response.status < 300:
        return response
    raise failure(response, errors)


def segment(value: str) -> str:
    """An id as one segment of a path."""
    return quote(value, safe="")


def failure(response: Response, errors: Errors) -> SendError:
    """What a refused Graph call means. Codes decide: Meta is removing titles and messages (2026-05-28)."""
    error = js.obj(response.json(), "error")
    code, subcode = js.number(error, "code"), js.number(error, "error_subcode")
    status = response.status
    log.warning(
        "the platform refused a call",
        extra={"status": status, "code": code, "subcode": subcode, "fbtrace": js.text(error, "fbtrace_id")},
    )
    if code is None:
        return _by_status(response)
    number, sub = int(code), int(subcode or 0)
    shown = f"{number}/{sub}" if sub else str(number)
    kind = errors.exact.get((number, sub)) or errors.codes.get(number) or COMMON.get(number)
    if kind is None and status == 429:
        kind = Throttled
    elif kind is None:
        # Meta's own advice for a code that is in no table; the flag is on every Graph error since v2.0.
        transient = error.get("is_transient") is True
        kind = (Uncertain if status >= 500 else Unavailable) if transient or status >= 500 else Rejected
    said = f"the platform answered with code {shown}"
    if kind is Throttled:
        wait = errors.wait_seconds.get(number) or retry_after(response)
        known = number in errors.codes or number in COMMON
        wide = not known or number in errors.account_wide or number in COMMON_ACCOUNT_WIDE
        return Throttled(said, retry_after=wait, account_wide=wide, vendor_code=shown)
    return kind(said, vendor_code=shown)


def _by_status(response: Response) -> SendError:
    """An answer without a Graph error: a proxy, a load balancer, or an address that is not the Graph API."""
    status, said = response.status, f"the platform answered HTTP {response.status}"
    if status == 429:
        return Throttled(said, retry_after=retry_after(response), account_wide=True, vendor_code=str(status))
    if status in (408, 503):
        return Unavailable(said, vendor_code=str(status))
    if status >= 500:
        return Uncertain(said, vendor_code=str(status))
    if status in (401, 403, 404, 405) or status < 400:
        return Misconfigured(said, vendor_code=str(status))
    return Rejected(said, vendor_code=str(status))


def retry_after(response: Response) -> float | None:
    """Seconds to wait: from Retry-After, or from the usage headers' minutes until access returns; never 0."""
    given = response.headers.get("retry-after", "").strip()
    if given.isascii() and given.isdigit() and len(given) < 7 and int(given):
        return float(given)
    minutes = max((minutes for _, minutes in _usage(response)), default=0.0)
    return minutes * 60 or None


def _watch_usage(response: Response) -> None:
    busiest = max((percent for percent, _ in _usage(response)), default=0.0)
    if busiest >= BUSY_PERCENT:
        log.warning("the platform's call limit is nearly used up", extra={"percent": busiest})


def _usage(response: Response) -> list[tuple[float, float]]:
    """(percent used, minutes until access returns) of every usage header.

    Source: https://developers.facebook.com/docs/graph-api/overview/rate-limiting#headers
    """
    found: list[tuple[float, float]] = []
    for name in _USAGE_HEADERS:
        try:
            value = orjson.loads(response.headers.get(name, ""))
        except orjson.JSONDecodeError:
            continue
        per_business = (
            [item for key in value for item in js.items(value, key)] if isinstance(value, dict) else []
        )
        for usage in [value, *per_business]:
            used = [js.number(usage, key) or 0.0 for key in ("call_count", "total_time", "total_cputime")]
            found.append((max(used), js.number(usage, "estimated_time_to_regain_access") or 0.0))
    return found
