"""OpenAIEngine: the Engine port over any OpenAI-compatible server: vLLM, SGLang, llama.cpp, Ollama, TGI and others."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import math
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, Final, Self

import aiohttp
import orjson

from ..engine import EngineHealth, EngineStats, ModelFacts
from ..errors import ContextTooLong, EngineDead, EngineError, ModelUnusable, Overloaded, SettingsError
from ..http import Http, Purpose
from ..settings import Settings
from ..types import Delta, Finish, Lane, Prompt, Sampling, Usage
from . import wire

log = logging.getLogger(__name__)

DEFAULT_CONTEXT: Final = 8192
_SILENCE_SECONDS: Final = 120.0
_DOWN_SECONDS: Final = 5.0
_USAGE_SECONDS: Final = 2.0


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
        texts = [message.get("content") or "" for message in wire.messages(prompt)]
        tools = len(orjson.dumps(wire.tools(prompt))) if prompt.tools else 0
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
                read_bufsize=1024 * 1024,
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
            return Overloaded(retry_after=wire.seconds(answer.headers.get("Retry-After")))
        if answer.status in (400, 413, 422) and wire.too_long(text):
            return wire.context_too_long(text, self._context)
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
        events = wire.events(answer)
        anything = False
        try:
            async with contextlib.aclosing(events):
                while True:
                    # After the finish reason only the usage may come; not every server closes the stream then.
                    async with asyncio.timeout(_USAGE_SECONDS if finish else None):
                        event = await anext(events, None)
                    if event is None:
                        break
                    anything = True
                    if event.get("error"):
                        raise wire.stream_error(event["error"], self._context)
                    usage = wire.usage(event) or usage
                    for choice in event.get("choices") or []:
                        delta = choice.get("delta") or {}
                        if delta.get("content"):
                            yield Delta(text=delta["content"])
                        for piece in delta.get("tool_calls") or []:
                            wire.add_call(calls, piece)
                        if choice.get("finish_reason"):
                            finish = wire.finish(choice["finish_reason"])
        except TimeoutError:
            if finish is None:
                if until is None or time.monotonic() < until:
                    raise EngineDead("the model server fell silent") from None
                finish = Finish.CANCELLED
        except (aiohttp.ClientError, OSError) as error:
            if finish is None:
                raise EngineDead(f"the model server broke off ({type(error).__name__})") from None
        if not anything and finish is None:
            raise EngineDead("the model server ended the answer before it began")
        for at in sorted(calls):
            yield Delta(tool_call=wire.call(calls[at]))
        if calls and finish in (None, Finish.STOP):
            finish = Finish.TOOL
        yield Delta(finish=finish or Finish.STOP, usage=usage or Usage())

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
            "messages": wire.messages(prompt),
            "stream": True,
            "max_tokens": sampling.max_tokens,
        }
        if math.isfinite(sampling.temperature):
            body["temperature"] = max(0.0, sampling.temperature)
        if 0 < sampling.top_p <= 1:
            body["top_p"] = sampling.top_p
        if sampling.seed is not None:
            body["seed"] = sampling.seed % 2**63
        if sampling.stop:
            body["stop"] = list(sampling.stop)
        if prompt.tools:
            body["tools"] = wire.tools(prompt)
        if not plain:
            body["stream_options"] = {"include_usage": True}
            if sampling.top_k:
                body["top_k"] = sampling.top_k
            if sampling.repetition_penalty != 1.0:
                body["repetition_penalty"] = sampling.repetition_penalty
        return body
