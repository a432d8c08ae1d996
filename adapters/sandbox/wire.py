"""The wire log: every webhook attempt and every API call of the sandbox as it went over HTTP, with what was wrong."""

from __future__ import annotations

import asyncio
import logging
import shlex
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import orjson
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from assistant.clock import Clock

from .payloads import Json
from .pieces import File

log = logging.getLogger(__name__)

KEPT = 2_000
KEPT_BYTES = 64 * 1024
CUT = "\n… cut here: the wire log keeps 64 kB of a body"
NO_ANSWER = "no answer came"
CONNECTION_CUT = "the connection was cut before the answer"
_WEBHOOK_HEADERS_LEFT_OUT = frozenset({"host", "content-length", "connection", "accept", "accept-encoding"})
_IDS = frozenset({"mid", "message_id", "comment_id", "original_message_id", "guest_query_id"})
_PEOPLE = frozenset(
    {"to", "to_user_id", "from", "from_user_id", "recipient", "recipient_id", "recipient_user_id"}
    | {"sender", "chat_id", "chat", "wa_id", "user_id"}
)
_MASK = "…"


class Direction(StrEnum):
    WEBHOOK = "webhook"
    CALL = "call"


class Signature(StrEnum):
    """Whether the proof in the headers fits the bytes: of the sender, in a call the `appsecret_proof` if there is one."""

    VALID = "valid"
    WRONG = "wrong"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer. A WEBHOOK went from the platform to our server, a CALL from our server to the API.

    `status` is None where no answer came. `body` and `answer` are text, cut at 64 kB; what is not text is named by its
    type and size. `signature` was computed again from the bytes and the secret, whatever a fault knob says. `verdict`
    is what the receiving side complains of, empty when all is well. `external_ids` are the messages it speaks of,
    `person` whose phone (or which group) it belongs to; both may be empty.
    """

    number: int
    at: datetime
    channel: str
    direction: Direction
    method: str
    url: str
    headers: Mapping[str, str]
    body: str
    status: int | None
    answer: str
    milliseconds: float
    signature: Signature
    verdict: str
    external_ids: tuple[str, ...] = ()
    person: str = ""

    def curl(self) -> str:
        """A command for a shell that sends the same request again."""
        parts = ["curl", "-i", "-X", self.method, shlex.quote(self.url)]
        for name, value in self.headers.items():
            if name.lower() not in _WEBHOOK_HEADERS_LEFT_OUT:
                parts += ["-H", shlex.quote(f"{name}: {value}")]
        if self.body:
            parts += ["--data-raw", shlex.quote(self.body)]
        return " ".join(parts)


Listener = Callable[[Exchange], None]


class Wire:
    """Keeps the last exchanges, the oldest first, and tells every listener of a new one, at once and in order."""

    def __init__(self, *, clock: Clock) -> None:
        self.clock = clock
        self.kept: deque[Exchange] = deque(maxlen=KEPT)
        self._listeners: list[Listener] = []
        self._number = 0

    def __iter__(self) -> Iterator[Exchange]:
        return iter(tuple(self.kept))

    @property
    def last(self) -> int:
        """The number of the newest exchange, 0 before the first."""
        return self._number

    def get(self, number: int) -> Exchange | None:
        """The exchange of that number; None when it is no longer kept."""
        if not self.kept or not self.kept[0].number <= number <= self.kept[-1].number:
            return None
        return self.kept[number - self.kept[0].number]

    def find(
        self,
        *,
        channel: str = "",
        direction: Direction | None = None,
        person: str = "",
        external_id: str = "",
    ) -> list[Exchange]:
        """Those that fit everything asked, the oldest first."""
        return [
            exchange
            for exchange in self.kept
            if (not channel or exchange.channel == channel)
            and (direction is None or exchange.direction is direction)
            and (not person or exchange.person == person)
            and (not external_id or external_id in exchange.external_ids)
        ]

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every exchange from now on; the answer ends that."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def queue(self) -> tuple[asyncio.Queue[Exchange], Callable[[], None]]:
        """The same as a queue, and what ends it."""
        waiting: asyncio.Queue[Exchange] = asyncio.Queue()
        return waiting, self.subscribe(waiting.put_nowait)

    def clear(self) -> None:
        self.kept.clear()

    def record(
        self,
        *,
        at: datetime,
        channel: str,
        direction: Direction,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: str,
        status: int | None,
        answer: str,
        milliseconds: float,
        signature: Signature,
        verdict: str,
        external_ids: tuple[str, ...] = (),
        person: str = "",
    ) -> Exchange:
        """Keep one exchange under the next number and tell the listeners."""
        self._number += 1
        exchange = Exchange(
            number=self._number,
            at=at,
            channel=channel,
            direction=direction,
            method=method,
            url=url,
            headers=headers,
            body=body,
            status=status,
            answer=answer,
            milliseconds=milliseconds,
            signature=signature,
            verdict=verdict,
            external_ids=external_ids,
            person=person,
        )
        self.kept.append(exchange)
        for listener in tuple(self._listeners):
            try:
                listener(exchange)
            except Exception:
                log.exception("a listener of the wire log failed")
        return exchange


# --- calls as they come in ---------------------------------------------------------------------------------


@dataclass(slots=True)
class Draft:
    """What the handler of a call reads of its body, for the log around it."""

    body: str = ""
    params: Json = field(default_factory=dict)


_draft: ContextVar[Draft | None] = ContextVar("wire_draft", default=None)


def saw_body(raw: bytes | None, params: Json | None, files: Mapping[str, File]) -> None:
    """The call that is answered now had this body: JSON by its bytes, a form by its fields and the sizes of its files."""
    draft = _draft.get()
    if draft is None:
        return
    draft.params = params or {}
    if raw is not None:
        draft.body = text_of(raw)
        return
    lines = [f"{name}={value}" for name, value in (params or {}).items()]
    lines += [f"{name}=<{_summary(file.mime, len(file.data))}, {file.name}>" for name, file in files.items()]
    draft.body = cut("&".join(lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """What the log needs to know of a call: whose API it is, whether the proof fits, and who is spoken of.

    `secrets` are the sandbox's own: any other token that came is masked, for it may be a real one.
    """

    channel: str
    signature: Signature = Signature.NONE
    secrets: tuple[str, ...] = ()
    person: Callable[[set[str]], str] = lambda ids: ""


def recording(wire: Callable[[], Wire], caller: Callable[[web.Request], Caller]) -> Middleware:
    """The middleware that puts every call into the log, also those that are refused or never answered."""

    @web.middleware
    async def record(request: web.Request, handler: Handler) -> web.StreamResponse:
        log_of, draft = wire(), Draft()
        at, began = log_of.clock.now(), log_of.clock.monotonic()
        token = _draft.set(draft)
        status: int | None = None
        answer = ""
        try:
            response = await handler(request)
            status, answer = response.status, _answered(response)
            return response
        except web.HTTPException as refused:
            status, answer = refused.status, refused.text or ""
            raise
        finally:
            _draft.reset(token)
            lost = request.transport is None or request.transport.is_closing()
            took = (log_of.clock.monotonic() - began) * 1000
            _note(log_of, request, draft, caller(request), None if lost else status, answer, at, took)

    return record


def _note(
    wire: Wire,
    request: web.Request,
    draft: Draft,
    caller: Caller,
    status: int | None,
    answer: str,
    at: datetime,
    took: float,
) -> None:
    ids, people = spoken_of([draft.params, dict(request.query), _json(answer)])
    node = request.match_info.get("node", "")
    person = caller.person(people) or caller.person(set(ids))
    if not person and node and (person := caller.person({node})):  # a comment is called by its own address
        ids = (*ids, node)
    ours = any(secret in request.headers.get("Authorization", "") for secret in caller.secrets)
    shown = {name: _masked(value, caller) for name, value in request.headers.items()}
    wire.record(
        at=at,
        channel=caller.channel,
        direction=Direction.CALL,
        method=request.method,
        url=str(request.url) if ours else _masked(str(request.url), caller, path=True),
        headers=shown,
        body=draft.body,
        status=status,
        answer=answer if status is not None else "",
        milliseconds=took,
        signature=caller.signature,
        verdict=CONNECTION_CUT if status is None else complaint(status, answer),
        external_ids=ids,
        person=person,
    )


def _masked(value: str, caller: Caller, *, path: bool = False) -> str:
    """A token of ours stays, so that the command can be pasted; a foreign one is not shown."""
    if any(secret in value for secret in caller.secrets):
        return value
    if not path:
        return f"Bearer {_MASK}" if value.lower().startswith("bearer ") else value
    for before, after in (("access_token=", "&"), ("/bot", "/"), ("appsecret_proof=", "&")):
        head, found, rest = value.partition(before)
        if found:
            value = head + before + _MASK + (after + rest.partition(after)[2] if after in rest else "")
    return value


def complaint(status: int, answer: str) -> str:
    """What a platform complains of in its answer; empty for a success."""
    if status < 400:
        return ""
    found = _json(answer)
    error = found.get("error") if isinstance(found, dict) else None
    if isinstance(error, dict):
        details = (error.get("error_data") or {}).get("details")
        said = str(error.get("message") or "")
        return f"{said}: {details}" if details and details not in said else said
    described = found.get("description") if isinstance(found, dict) else None
    return str(described or f"HTTP {status}")


# --- texts and names ---------------------------------------------------------------------------------------


def text_of(raw: bytes, mime: str = "") -> str:
    """Bytes as text, cut at 64 kB; what is no text as its type and size."""
    try:
        return cut(raw[: KEPT_BYTES + 4].decode("utf-8", "strict" if len(raw) <= KEPT_BYTES else "ignore"))
    except UnicodeDecodeError:
        return f"<{_summary(mime or 'binary', len(raw))}>"


def cut(text: str) -> str:
    return text if len(text) <= KEPT_BYTES else text[:KEPT_BYTES] + CUT


def _summary(mime: str, size: int) -> str:
    return f"{mime}, {size} bytes"


def _answered(response: web.StreamResponse) -> str:
    if not isinstance(response, web.Response) or response.body is None:
        return ""
    body = response.body
    if not isinstance(body, (bytes, bytearray)):
        return f"<{response.content_type}>"
    if response.content_type.startswith(("text/", "application/json")):
        return text_of(bytes(body))
    return f"<{_summary(response.content_type, len(body))}>"


def _json(text: str) -> Any:
    try:
        return orjson.loads(text) if text[:1] in "{[" else None
    except orjson.JSONDecodeError:
        return None


def spoken_of(found: Any) -> tuple[tuple[str, ...], set[str]]:
    """The ids of messages and the ids of people in what a request or an answer holds."""
    ids: dict[str, None] = {}
    people: set[str] = set()
    _walk(found, "", ids, people)
    return tuple(ids), people


def _walk(found: Any, name: str, ids: dict[str, None], people: set[str]) -> None:
    if isinstance(found, dict):
        for key, value in found.items():
            if key == "id" and isinstance(value, str | int) and not isinstance(value, bool):
                if name in ("messages", "statuses", "message_echoes") or str(value).startswith("wamid."):
                    ids[str(value)] = None
                elif name in _PEOPLE:
                    people.add(str(value))
            else:
                _walk(value, key, ids, people)
    elif isinstance(found, list):
        for item in found:
            _walk(item, name, ids, people)
    elif isinstance(found, str | int) and not isinstance(found, bool):
        if name in _IDS or name == "mids":
            ids[str(found)] = None
        elif name in _PEOPLE:
            people.add(str(found).removeprefix("+"))
