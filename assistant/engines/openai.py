"""OpenAIEngine: the Engine port over any OpenAI-compatible server: vLLM, SGLang, llama.cpp, Ollama, TGI and others."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import random
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, Final, Self

import aiohttp
import orjson

from ..clock import Clock, SystemClock
from ..engine import EngineHealth, EngineStats, ModelFacts
from ..errors import ContextTooLong, EngineDead, EngineError, ModelUnusable, Overloaded, SettingsError
from ..http import Http, Purpose
from ..settings import Settings
from ..types import Delta, Lane, Prompt, Sampling, Usage
from . import refusals, wire
from .answer import Answer
from .estimate import Estimate
from .replicas import Replica, Replicas

log = logging.getLogger(__name__)

DEFAULT_CONTEXT: Final = 8192
_QUIET_SECONDS: Final = 60.0
_PROBE_SECONDS: Final = 5.0
_STALE_SECONDS: Final = 1.0
_MOST_BYTES: Final = 1024 * 1024
_NOBODY: Final = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """One generation, as every server that is tried gets it."""

    prompt: Prompt
    sampling: Sampling
    body: dict[str, Any]
    headers: dict[str, str]
    estimate: int
    until: float | None


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
        silence_seconds: float = _QUIET_SECONDS,
        clock: Clock | None = None,
        chance: random.Random | None = None,
    ) -> None:
        wanted = [url.strip().rstrip("/") for url in urls if url.strip()]
        if not wanted:
            raise SettingsError(
                "engine_url (ASSISTANT_ENGINE_URL) is missing: engine=openai needs http://host:port/v1"
            )
        self._http = http
        self._clock = clock or SystemClock()
        self._replicas = Replicas(list(dict.fromkeys(wanted)), self._clock, most=slots, chance=chance)
        self._model = model
        self._key = key
        # Tenants of one server are told apart by their keys; nobody but us can then probe what our prefixes are.
        self._salt = hashlib.sha256(f"cache_salt {key}".encode()).hexdigest() if key else ""
        self._given_context = context
        self._context = context or DEFAULT_CONTEXT
        self._slots = slots
        self._quiet = silence_seconds
        self._estimate = Estimate()
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
        found = await asyncio.gather(*(self._get(f"{replica.url}/models") for replica in self._replicas.all))
        if any(status in (401, 403) for status, _ in found):
            raise ModelUnusable("the model server refuses our key; set engine_key (ASSISTANT_ENGINE_KEY)")
        if all(status is None for status, _ in found):
            log.warning("no model server answers yet", extra={"servers": len(self._replicas.all)})
        limits = [limit for _, body in found if (limit := _context_of(body, self._model)) > 0]
        if limits and not self._given_context:
            self._context = min(self._context, *limits)

    async def close(self) -> None:
        """The HTTP session belongs to app.py."""

    @property
    def facts(self) -> ModelFacts:
        """`tools` is False once every server has said that it knows none."""
        tools = any(refusals.TOOLS not in replica.refused for replica in self._replicas.all)
        return ModelFacts(name=self._model, context=self._context, tools=tools, notes=True)

    async def count(self, prompt: Prompt) -> int:
        """An upper estimate that costs no request; it learns from what the servers counted."""
        return self._estimate.tokens(prompt)

    async def health(self) -> EngineHealth:
        """Asks every server whether it is well. One that failed too often counts again when its pause is over."""
        well = await asyncio.gather(*(self._well(replica) for replica in self._replicas.all))
        up = sum(
            fine and not replica.breaker.open for fine, replica in zip(well, self._replicas.all, strict=True)
        )
        sentence = f"{up} of {len(well)} model servers answer"
        paused = [replica.breaker.left for replica in self._replicas.all if replica.breaker.open]
        if paused:
            sentence += f"; {len(paused)} failed and will be tried again in {max(0.1, min(paused)):.1f} s"
        return EngineHealth(ready=up > 0, sentence=sentence, steps=self._steps)

    def stats(self) -> EngineStats:
        return EngineStats(
            model=self._model,
            running=self._replicas.running,
            slots=self._slots,
            steps=self._steps,
            **self._tokens,
        )

    async def _well(self, replica: Replica) -> bool:
        """Its health page, or where it has none, its list of models: any answer that takes our key means that it runs."""
        status, _ = await self._get(replica.probe)
        if status is not None and 300 <= status < 500 and not replica.probe.endswith("/models"):
            replica.probe = f"{replica.url}/models"
            status, _ = await self._get(replica.probe)
        return status is not None and status < 500 and status not in (401, 403)

    async def _get(self, url: str) -> tuple[int | None, bytes]:
        """Status and body; None when nobody answers."""
        try:
            async with self._http.session(Purpose.MODEL).get(
                url,
                headers=self._headers(""),
                timeout=aiohttp.ClientTimeout(total=_PROBE_SECONDS),
                allow_redirects=False,
            ) as answer:
                return answer.status, await _body(answer)
        except (aiohttp.ClientError, TimeoutError, OSError):
            return None, b""

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
        home = conversation or fork_of
        user = hashlib.sha256(f"{self._key} {home}".encode("utf-8", "replace")).hexdigest()[:32]
        user = "" if home is None else user
        request = _Request(
            prompt=prompt,
            sampling=sampling,
            body=wire.body(self._model, prompt, sampling, user=user, salt=self._salt),
            headers=self._headers(user),
            estimate=self._estimate.tokens(prompt),
            until=None if deadline is None else asyncio.get_running_loop().time() + deadline,
        )
        refusal: EngineError | None = None
        for replica in self._replicas.order(home):
            told = False
            try:
                with replica.request():
                    async with contextlib.aclosing(self._run(replica, request)) as deltas:
                        async for delta in deltas:
                            told = True
                            yield delta
                    return
            except (EngineDead, Overloaded) as error:
                # Another server may take over as long as nobody has read anything of this one.
                if told:
                    raise
                refusal = refusal if isinstance(refusal, Overloaded) else error
        raise refusal or Overloaded(
            "every model server failed or is busy; they are asked again after a pause",
            retry_after=max(0.1, self._replicas.wait),
        )

    async def _run(self, replica: Replica, request: _Request) -> AsyncGenerator[Delta, None]:
        """One answer of one server; whatever happens, the server's breaker hears of it."""
        heard = False
        try:
            response = await self._ask(replica, request)
            answer = Answer(
                response,
                request.sampling,
                until=request.until,
                quiet=self._quiet,
                context=self._context,
                estimate=request.estimate,
            )
            try:
                async with contextlib.aclosing(answer.deltas()) as deltas:
                    async for delta in deltas:
                        if answer.began and not heard:
                            heard = True
                            replica.breaker.answered()
                        self._steps += 1
                        if delta.finish is not None:
                            self._finished(replica, request, answer, delta.usage or Usage())
                        yield delta
                if answer.whole:
                    await answer.finish_reading()
            finally:
                _leave(response)
        except Overloaded as error:
            replica.busy(error.retry_after)
            raise
        except EngineDead as error:
            if replica.failed(gone=isinstance(error.__cause__, _NOBODY)):
                log.warning("a model server fails and is left in peace for a while")
            raise
        except ContextTooLong as error:
            self._learn_limit(request, error)
            raise

    def _finished(self, replica: Replica, request: _Request, answer: Answer, usage: Usage) -> None:
        replica.breaker.finished()
        self._tokens["prompt_tokens"] += usage.prompt
        self._tokens["cached_tokens"] += usage.cached
        self._tokens["completion_tokens"] += usage.completion
        if answer.usage is not None:
            self._estimate.learn(request.prompt, answer.usage.prompt)

    def _learn_limit(self, request: _Request, error: ContextTooLong) -> None:
        """The next prompt must fit: what was refused tells both the limit and how much we underrate."""
        if not self._given_context:
            self._context = max(256, min(self._context, error.limit))
        self._estimate.learn(request.prompt, min(error.tokens, request.estimate * 4))

    # --- the request -----------------------------------------------------------------------------------

    async def _ask(self, replica: Replica, request: _Request) -> aiohttp.ClientResponse:
        """The server's answer with status 200. Fields it refuses are left out, now and from then on."""
        refused = replica.refused
        while True:
            sent = wire.without(request.body, refused)
            response = await self._post(replica, sent, request)
            if response.status == 200:
                replica.refused = refused
                return response
            text = await self._words(response)
            error = refusals.refusal(
                response.status,
                text,
                retry_after=refusals.retry_after(response.headers, self._clock.now()),
                context=self._context,
                estimate=request.estimate,
            )
            unwanted = set() if isinstance(error, ContextTooLong) else refusals.unwanted(text, sent)
            if response.status not in (400, 404, 422, 500, 501) or not unwanted:
                raise error
            if response.status >= 500 and not unwanted <= {refusals.TOOLS, refusals.CALLS}:
                raise error
            refused |= unwanted

    async def _post(
        self, replica: Replica, body: dict[str, Any], request: _Request
    ) -> aiohttp.ClientResponse:
        loop = asyncio.get_running_loop()
        data = orjson.dumps(body)
        started = loop.time()
        for retry in (False, True):
            try:
                quiet = loop.time() + self._quiet
                async with asyncio.timeout_at(min(quiet, request.until or quiet)):
                    return await self._http.session(Purpose.MODEL).post(
                        f"{replica.url}/chat/completions",
                        data=data,
                        headers=request.headers,
                        timeout=aiohttp.ClientTimeout(sock_connect=5.0),
                        allow_redirects=False,
                        read_bufsize=1024 * 1024,
                    )
            except _NOBODY as error:
                raise EngineDead(f"the model server cannot be reached ({type(error).__name__})") from error
            except TimeoutError as error:
                if request.until is not None and loop.time() >= request.until:
                    raise Overloaded("the request waited at the model server until its deadline") from None
                raise EngineDead("the model server does not answer in time") from error
            except (aiohttp.ClientError, OSError) as error:
                # A kept connection may be closed by the server just as we write; a new one tells what is true.
                if retry or loop.time() - started > _STALE_SECONDS:
                    raise EngineDead(f"the model server broke off ({type(error).__name__})") from None
        raise EngineDead("the model server broke off")

    async def _words(self, response: aiohttp.ClientResponse) -> str:
        """What a refusal says."""
        try:
            async with asyncio.timeout(_PROBE_SECONDS):
                return (await _body(response)).decode("utf-8", "replace")
        except (aiohttp.ClientError, TimeoutError, OSError):
            return ""
        finally:
            _leave(response)

    def _headers(self, user: str) -> dict[str, str]:
        """`X-Session-ID`: routers in front of several replicas keep a session together by it; it names nobody."""
        headers = {"Content-Type": "application/json", "Accept": "text/event-stream, application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        if user:
            headers["X-Session-ID"] = user
        return headers


async def _body(response: aiohttp.ClientResponse) -> bytes:
    """The body of an answer that is no stream, as far as we may need it."""
    body = b""
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > _MOST_BYTES:
            break
    return body


def _leave(response: aiohttp.ClientResponse) -> None:
    """Closing the connection is what stops a server's work; one that was read to its end serves the next request."""
    if response.content.at_eof():
        response.release()
    else:
        response.close()


def _context_of(body: bytes, model: str) -> int:
    """The context that a list of models tells for ours: vLLM and SGLang name it; 0 where it is not told."""
    try:
        found = orjson.loads(body)["data"]
        ours = [item for item in found if item["id"] == model] or (found if len(found) == 1 else [])
        return int(ours[0].get("max_model_len") or 0) if ours else 0
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
        return 0
