"""OpenAIEngine: the Engine port over any OpenAI-compatible server: vLLM, SGLang, llama.cpp, Ollama, TGI and others."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import re
import time
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

import aiohttp
import orjson

from ..engine import EngineHealth, EngineStats, ModelFacts
from ..errors import ContextTooLong, EngineDead, EngineError, ModelUnusable, Overloaded, SettingsError
from ..http import Http, Purpose
from ..settings import Settings
from ..types import Delta, Finish, Lane, Prompt, Role, Sampling, SlotKind, ToolCall, Turn, Usage

log = logging.getLogger(__name__)

DEFAULT_CONTEXT: Final = 8192
_CONTROL: Final = re.compile(r"<\|[^|<>]*\|>")
_FINISH: Final = {
    "stop": Finish.STOP,
    "eos": Finish.STOP,
    "length": Finish.LENGTH,
    "tool_calls": Finish.TOOL,
    "function_call": Finish.TOOL,
    "content_filter": Finish.BLOCKED,
    "abort": Finish.CANCELLED,
}
_TOO_LONG: Final = re.compile(
    r"(?i)context[ _]length|maximum context|too long|exceeds? the .*(context|length)|n_ctx"
)
_SILENCE_SECONDS: Final = 120.0
_DOWN_SECONDS: Final = 5.0
_MAX_LINE: Final = 1024 * 1024


@dataclass(slots=True)
class Server:
    """One base URL and what we know of it. `down_until` and `plain` are learnt from its answers.

    `plain`: it refuses fields beyond the bare protocol, so they are left out.
    """

    url: str
    running: int = 0
    down_until: float = 0.0
    plain: bool = False


class OpenAIEngine:
    """Sends chat messages. A conversation stays with one server, whose prefix cache then knows it, while that is up."""

    def __init__(
        self,
        http: Http,
        urls: list[str],
        model: str,
        *,
        key: str = "",
        context: int = 0,
        slots: int = 0,
        silence_seconds: float = _SILENCE_SECONDS,
    ) -> None:
        self._http = http
        self._servers = [Server(url.strip().rstrip("/")) for url in urls if url.strip()]
        if not self._servers:
            raise SettingsError(
                "engine_url (ASSISTANT_ENGINE_URL) is missing: engine=openai needs http://host:port/v1"
            )
        self._model = model
        self._key = key
        self._context = context or DEFAULT_CONTEXT
        self._slots = slots
        self._silence = silence_seconds
        self._tokens = {"prompt_tokens": 0, "cached_tokens": 0, "completion_tokens": 0}
        self._steps = 0

    @classmethod
    def from_settings(cls, settings: Settings, http: Http) -> Self:
        return cls(
            http,
            settings.engine_url.split(","),
            settings.model,
            key=settings.engine_key.get_secret_value(),
            context=settings.engine_context,
            slots=settings.engine_slots,
        )

    # --- life ------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Look once whether a server answers. One that is still starting is no mistake: turns wait for it."""
        answers = await asyncio.gather(*(self._models(server) for server in self._servers))
        if any(status in (401, 403) for status in answers):
            raise ModelUnusable("the model server refuses our key; set engine_key (ASSISTANT_ENGINE_KEY)")
        if all(status is None for status in answers):
            log.warning("no model server answers yet", extra={"servers": len(self._servers)})

    async def close(self) -> None:
        """The HTTP session belongs to app.py."""

    @property
    def facts(self) -> ModelFacts:
        return ModelFacts(name=self._model, context=self._context, tools=True)

    async def count(self, prompt: Prompt) -> int:
        """An upper estimate: servers share no way to count. One token never spells less than about two bytes."""
        texts = [message.get("content") or "" for message in self._messages(prompt)]
        tools = len(orjson.dumps(_tools(prompt))) if prompt.tools else 0
        return sum(8 + (len(text.encode()) + 1) // 2 for text in texts) + tools // 2

    async def health(self) -> EngineHealth:
        answers = await asyncio.gather(*(self._models(server) for server in self._servers))
        up = sum(status is not None and status < 500 for status in answers)
        sentence = f"{up} of {len(self._servers)} model servers answer"
        return EngineHealth(ready=up > 0, sentence=sentence, steps=self._steps)

    def stats(self) -> EngineStats:
        running = sum(server.running for server in self._servers)
        return EngineStats(model=self._model, running=running, slots=self._slots, **self._tokens)

    async def _models(self, server: Server) -> int | None:
        """The status of GET /models; None when nobody answers. Any answer at all means that the server runs."""
        try:
            async with self._http.session(Purpose.MODEL).get(
                f"{server.url}/models", headers=self._headers(None), timeout=aiohttp.ClientTimeout(total=5)
            ) as answer:
                return answer.status
        except (aiohttp.ClientError, TimeoutError, OSError):
            return None

    # --- generation ------------------------------------------------------------------------------------

    async def generate(
        self,
        prompt: Prompt,
        sampling: Sampling,
        *,
        request_id: str,
        conversation: str | None = None,
        fork_of: str | None = None,
        lane: Lane = Lane.INTERACTIVE,
        deadline: float | None = None,
    ) -> AsyncGenerator[Delta, None]:
        """See the port. Servers keep their own caches, so a side pass differs in nothing but where it is sent."""
        until = None if deadline is None else time.monotonic() + deadline
        home = conversation or fork_of
        server, answer = await self._open(prompt, sampling, home, until)
        server.running += 1
        try:
            stream = self._read(answer, until)
            async with contextlib.aclosing(stream):
                async for delta in stream:
                    if delta.usage is not None:
                        self._tokens["prompt_tokens"] += delta.usage.prompt
                        self._tokens["cached_tokens"] += delta.usage.cached
                        self._tokens["completion_tokens"] += delta.usage.completion
                    self._steps += 1
                    yield delta
        finally:
            server.running -= 1
            answer.close()  # not released: closing the connection is what stops the server's work

    async def _open(
        self, prompt: Prompt, sampling: Sampling, home: str | None, until: float | None
    ) -> tuple[Server, aiohttp.ClientResponse]:
        """Ask the servers in order of preference until one takes the request."""
        refusal: EngineError = EngineDead("no model server answers")
        for server in self._preferred(home):
            try:
                return server, await self._ask(server, prompt, sampling, home, until)
            except EngineDead as error:
                server.down_until = time.monotonic() + _DOWN_SECONDS
                refusal = refusal if isinstance(refusal, Overloaded) else error
            except Overloaded as error:
                refusal = error
        raise refusal

    def _preferred(self, home: str | None) -> list[Server]:
        """Rendezvous hashing: each conversation has its own order of servers. Those seen down come last."""
        now = time.monotonic()
        if home is None:
            return sorted(self._servers, key=lambda server: (server.down_until > now, server.running))
        return sorted(
            self._servers,
            key=lambda server: (
                server.down_until > now,
                hashlib.sha256(f"{server.url} {home}".encode()).digest(),
            ),
        )

    async def _ask(
        self, server: Server, prompt: Prompt, sampling: Sampling, home: str | None, until: float | None
    ) -> aiohttp.ClientResponse:
        plain = server.plain
        answer = await self._post(server, self._body(prompt, sampling, plain=plain), home, until)
        if answer.status in (400, 404, 422) and not plain:
            error = await self._refusal(answer)
            if isinstance(error, ContextTooLong):
                raise error
            # Some servers refuse what they do not know (stream_options, top_k): once more with the bare protocol.
            answer = await self._post(server, self._body(prompt, sampling, plain=True), home, until)
            server.plain = answer.status == 200
        if answer.status != 200:
            raise await self._refusal(answer)
        return answer

    async def _post(
        self, server: Server, body: dict[str, Any], home: str | None, until: float | None
    ) -> aiohttp.ClientResponse:
        left = None if until is None else max(0.1, until - time.monotonic())
        timeout = aiohttp.ClientTimeout(total=left, sock_connect=5.0, sock_read=self._silence)
        try:
            return await self._http.session(Purpose.MODEL).post(
                f"{server.url}/chat/completions",
                data=orjson.dumps(body),
                headers=self._headers(home),
                timeout=timeout,
                allow_redirects=False,
                read_bufsize=_MAX_LINE,
            )
        except aiohttp.ClientConnectorError as error:
            raise EngineDead(f"the model server cannot be reached ({type(error).__name__})") from None
        except TimeoutError:
            raise EngineDead("the model server does not answer in time") from None
        except (aiohttp.ClientError, OSError) as error:
            raise EngineDead(f"the model server broke off ({type(error).__name__})") from None

    async def _refusal(self, answer: aiohttp.ClientResponse) -> EngineError:
        """What an answer other than 200 means. The server's words may quote the prompt: they are read, never shown."""
        text = ""
        with contextlib.suppress(aiohttp.ClientError, TimeoutError, OSError):
            text = (await answer.content.read(65536)).decode("utf-8", "replace")
        answer.close()
        if answer.status in (429, 503):
            return Overloaded(retry_after=_seconds(answer.headers.get("Retry-After")))
        if answer.status in (400, 413, 422) and _TOO_LONG.search(text):
            return _too_long(text, self._context)
        if answer.status in (401, 403):
            return ModelUnusable("the model server refuses our key; set engine_key (ASSISTANT_ENGINE_KEY)")
        if answer.status >= 500:
            return EngineDead(f"the model server failed with status {answer.status}")
        return EngineError(f"the model server refused the request with status {answer.status}")

    # --- reading the stream ----------------------------------------------------------------------------

    async def _read(self, answer: aiohttp.ClientResponse, until: float | None) -> AsyncGenerator[Delta, None]:
        """Deltas of a stream that ends with [DONE], with a finish reason, or by closing."""
        finish: Finish | None = None
        usage: Usage | None = None
        calls: dict[int, dict[str, str]] = {}
        events = _events(answer)
        try:
            async with contextlib.aclosing(events):
                async for event in events:
                    if event.get("error"):
                        raise _stream_error(event["error"], self._context)
                    usage = _usage(event) or usage
                    for choice in event.get("choices") or []:
                        delta = choice.get("delta") or {}
                        if delta.get("content"):
                            yield Delta(text=delta["content"])
                        for piece in delta.get("tool_calls") or []:
                            _add_call(calls, piece)
                        if choice.get("finish_reason"):
                            finish = _FINISH.get(choice["finish_reason"], Finish.STOP)
        except TimeoutError:
            if until is None or time.monotonic() < until:
                raise EngineDead("the model server fell silent") from None
            finish = Finish.CANCELLED
        except (aiohttp.ClientError, OSError) as error:
            if finish is None:
                raise EngineDead(f"the model server broke off ({type(error).__name__})") from None
        if finish is None:
            raise EngineDead("the model server ended the answer without a finish reason")
        for at in sorted(calls):
            yield Delta(tool_call=_call(calls[at]))
        if calls and finish is Finish.STOP:
            finish = Finish.TOOL
        yield Delta(finish=finish, usage=usage or Usage())

    # --- the request -----------------------------------------------------------------------------------

    def _headers(self, home: str | None) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        if (
            home is not None
        ):  # routers in front of several replicas keep a session together by it; the name says nothing
            headers["X-Session-ID"] = hashlib.sha256(home.encode()).hexdigest()[:32]
        return headers

    def _body(self, prompt: Prompt, sampling: Sampling, *, plain: bool) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self._model,
            "messages": self._messages(prompt),
            "stream": True,
            "max_tokens": sampling.max_tokens,
            "temperature": sampling.temperature,
            "top_p": sampling.top_p,
        }
        if sampling.seed is not None:
            body["seed"] = sampling.seed % 2**63
        if sampling.stop:
            body["stop"] = list(sampling.stop)
        if prompt.tools:
            body["tools"] = _tools(prompt)
        if not plain:
            body["stream_options"] = {"include_usage": True}
            if sampling.top_k:
                body["top_k"] = sampling.top_k
            if sampling.repetition_penalty != 1.0:
                body["repetition_penalty"] = sampling.repetition_penalty
        return body

    def _messages(self, prompt: Prompt) -> list[dict[str, Any]]:
        texts = [_clean(slot.text) for kind in SlotKind for slot in prompt.slots if slot.kind is kind]
        system = "\n".join(text for text in texts if text)
        messages: list[dict[str, Any]] = [{"role": "system", "content": system}] if system else []
        open_calls: list[str] = []
        for at, turn in enumerate(prompt.turns):
            messages.append(_message(turn, at, open_calls))
        return messages


def _message(turn: Turn, at: int, open_calls: list[str]) -> dict[str, Any]:
    """A turn as a chat message. `open_calls` are ids of calls whose results come in the next turns, in order."""
    if turn.role is Role.TOOL:
        return {
            "role": "tool",
            "tool_call_id": open_calls.pop(0) if open_calls else f"call{at}",
            "content": _clean(turn.text),
        }
    if not turn.calls:
        return {"role": turn.role.value, "content": _clean(turn.text)}
    ids = [call.id or f"call{at}x{number}" for number, call in enumerate(turn.calls)]
    open_calls[:] = ids
    calls = [
        {
            "id": name,
            "type": "function",
            "function": {"name": call.name, "arguments": orjson.dumps(call.arguments, default=dict).decode()},
        }
        for name, call in zip(ids, turn.calls, strict=True)
    ]
    return {"role": "assistant", "content": _clean(turn.text), "tool_calls": calls}


def _clean(text: str) -> str:
    """Servers tokenize contents with their control strings alive: those are taken out, until none is left."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    while _CONTROL.search(text):
        text = _CONTROL.sub("", text)
    return text.strip()


def _tools(prompt: Prompt) -> list[dict[str, Any]]:
    return [
        {
            "type": "function",
            "function": {"name": tool.name, "description": tool.description, "parameters": dict(tool.schema)},
        }
        for tool in prompt.tools
    ]


async def _events(answer: aiohttp.ClientResponse) -> AsyncGenerator[dict[str, Any], None]:
    """The JSON objects of a server-sent event stream, up to [DONE]; comments and unreadable lines are passed over."""
    async for line in _lines(answer.content):
        if not line.startswith(b"data:"):
            continue
        data = line[5:].strip()
        if data == b"[DONE]":
            return
        try:
            event = orjson.loads(data)
        except orjson.JSONDecodeError:
            continue
        if isinstance(event, dict):
            yield event


async def _lines(content: aiohttp.StreamReader) -> AsyncIterator[bytes]:
    rest = b""
    async for chunk in content.iter_any():
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line
        if len(rest) > _MAX_LINE:
            raise EngineError("the model server sent a line without an end")
    if rest:
        yield rest


def _usage(event: Mapping[str, Any]) -> Usage | None:
    found = event.get("usage")
    if not isinstance(found, dict):
        return None
    details = found.get("prompt_tokens_details") or {}
    return Usage(
        prompt=int(found.get("prompt_tokens") or 0),
        cached=int(details.get("cached_tokens") or 0),
        completion=int(found.get("completion_tokens") or 0),
    )


def _add_call(calls: dict[int, dict[str, str]], piece: Mapping[str, Any]) -> None:
    """A call comes in pieces: id and name first, then its arguments letter by letter."""
    call = calls.setdefault(int(piece.get("index") or 0), {"id": "", "name": "", "arguments": ""})
    function = piece.get("function") or {}
    call["id"] = piece.get("id") or call["id"]
    call["name"] += function.get("name") or ""
    arguments = function.get("arguments") or ""
    call["arguments"] += arguments if isinstance(arguments, str) else orjson.dumps(arguments).decode()


def _call(call: Mapping[str, str]) -> ToolCall:
    try:
        arguments = orjson.loads(call["arguments"] or "{}")
    except orjson.JSONDecodeError:
        arguments = {}
    return ToolCall(
        name=call["name"], arguments=arguments if isinstance(arguments, dict) else {}, id=call["id"]
    )


def _stream_error(error: Any, context: int) -> EngineError:
    """A server that fails in mid-stream says so in the stream; its words may quote the prompt and are not repeated."""
    text = str(error.get("message") if isinstance(error, dict) else error)
    code = error.get("code") if isinstance(error, dict) else None
    if _TOO_LONG.search(text):
        return _too_long(text, context)
    if code in (429, 503):
        return Overloaded()
    return EngineDead("the model server failed in the middle of an answer")


def _too_long(text: str, context: int) -> ContextTooLong:
    numbers = [int(found) for found in re.findall(r"\b\d{3,7}\b", text)]
    limit = min(numbers, default=context)
    return ContextTooLong(tokens=max([*numbers, limit + 1]), limit=limit)


def _seconds(value: str | None) -> float | None:
    try:
        return max(0.0, float(value)) if value else None
    except ValueError:  # an HTTP date: rare, and our own pause serves as well
        return None
