"""What a model server's refusals mean: its status and words as our errors, and which fields it does not take."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from ..errors import ContextTooLong, EngineDead, EngineError, ModelUnusable, Overloaded

# How each server says that a prompt does not fit. Groups: limit, tokens (prompt, or prompt and answer), over (by how
# much); a group that is missing is not told. Wordings as of 2026-11-24, from the servers' sources and bug reports.
TOO_LONG: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # vLLM since 0.15: "You passed 901 input tokens and requested 16 output tokens. However, the model's context …"
        r"passed (?P<tokens>\d+) input tokens.*?context length is only (?P<limit>\d+)",
        # OpenAI, vLLM before: "maximum context length is 256 tokens. However, you requested 900 tokens (884 in the …"
        r"context length is (?P<limit>\d+) tokens\W.{0,40}?(?:requested|has|in)(?: about)? (?P<tokens>\d+)",
        # SGLang: "The input (901 tokens) is longer than the model's context length (256 tokens)."
        r"input \((?P<tokens>\d+) tokens\) is longer than the model's context length \((?P<limit>\d+)",
        # SGLang: "… exceeds the model's maximum context length of 256 tokens. You requested a total of 900 tokens: …"
        r"maximum context length of (?P<limit>\d+) tokens\. You requested a total of (?P<tokens>\d+)",
        # llama.cpp since 2025-09: "type":"exceed_context_size_error","n_prompt_tokens":900,"n_ctx":256
        r"exceed_context_size_error.*?n_prompt_tokens\"?\s*:\s*(?P<tokens>\d+).*?n_ctx\"?\s*:\s*(?P<limit>\d+)",
        # llama.cpp: "request (900 tokens) exceeds the available context size (256 tokens), try increasing it"
        r"request \((?P<tokens>\d+) tokens\) exceeds the available context size \((?P<limit>\d+)",
        r"exceeds? the available context size",
        # Ollama: "prompt too long; exceeded max context length by 12 tokens"
        r"exceeded max context length by (?P<over>\d+)",
        # TGI: "`inputs` tokens + `max_new_tokens` must be <= 256. Given: 884 `inputs` tokens and 16 `max_new_tokens`"
        r"tokens \+ .?max_new_tokens.? must be <= (?P<limit>\d+)\. Given: (?P<tokens>\d+)",
        # TGI: "`inputs` must have less than 256 tokens. Given: 884"
        r"inputs.? must have less than (?P<limit>\d+) tokens\. Given: (?P<tokens>\d+)",
        # llama-cpp-python: "Requested tokens (900) exceed context window of 256"
        r"Requested tokens \((?P<tokens>\d+)\) exceed context window of (?P<limit>\d+)",
        # transformers serve 5.23: one prompt is larger than its whole cache, and its worker dies of it
        r"No requests can be scheduled and no requests can be offloaded",
        # Anybody else
        r"context_length_exceeded|maximum context|(?:prompt|input)(?: is)? too long",
        r"exceeds? the .{0,40}context|longer than .{0,40}context length",
    )
)

# A worker that is dead for good says so with 503, which otherwise means "busy" (transformers serve 5.23, vLLM 0.33;
# as of 2026-11-24).
_DEAD: Final = re.compile(r"worker (?:is dead|died)|EngineDeadError|EngineCore encountered", re.IGNORECASE)

# What takes no tools at all: Ollama ("does not support tools"), llama.cpp without --jinja, others; as of 2026-11-24.
_NO_TOOLS: Final = re.compile(r"(?:not|n't) support (?:\w+ ){0,2}tools|tools param requires", re.IGNORECASE)
# vLLM started without a parser of tool calls; as of 2026-11-24.
_NO_CALLS: Final = re.compile(r"tool choice requires|enable-auto-tool-choice", re.IGNORECASE)

TOOLS: Final = "tools"
CALLS: Final = "tool_choice"
LENGTH: Final = "max_tokens"
EXTRAS: Final = frozenset(
    (
        "stream_options",
        "user",
        "cache_salt",
        "top_k",
        "repetition_penalty",
        "logprobs",
        "top_logprobs",
        "response_format",
    )
)
"""Fields beyond the bare protocol: the first to go when a server refuses a request and does not say why."""
_OPTIONAL: Final = EXTRAS | {"seed", "stop", "temperature", "top_p"}


def refusal(status: int, text: str, *, retry_after: float | None, context: int, estimate: int) -> EngineError:
    """What an answer other than 200 means. The server's words may quote the prompt: they are read, never repeated."""
    overflow = too_long(text, context=context, estimate=estimate)
    if overflow is not None and status in (400, 413, 422, 500):
        return overflow
    if status in (429, 503):
        if _DEAD.search(text):
            return EngineDead("the model server's worker is dead; it must be restarted")
        return Overloaded(retry_after=retry_after)
    if status in (401, 403):
        return ModelUnusable("the model server refuses our key; set engine_key (ASSISTANT_ENGINE_KEY)")
    if status == 404 and "model" in text.lower():
        return ModelUnusable("the model server has no model of this name; set model (ASSISTANT_MODEL)")
    if status >= 500 or status == 408:
        return EngineDead(f"the model server failed with status {status}")
    return EngineError(f"the model server refused the request with status {status}")


def in_stream(error: Any, *, context: int, estimate: int) -> EngineError:
    """What an error in the middle of a stream means."""
    fields = error if isinstance(error, dict) else {}
    text = str(fields.get("message") or error)
    overflow = too_long(str(error), context=context, estimate=estimate)
    if overflow is not None:
        return overflow
    if fields.get("code") in (429, 503, "429", "503") and not _DEAD.search(text):
        return Overloaded()
    return EngineDead("the model server failed in the middle of an answer")


def too_long(text: str, *, context: int, estimate: int) -> ContextTooLong | None:
    """The error, where the words say that the prompt does not fit; numbers that are not told are estimated."""
    for pattern in TOO_LONG:
        found = pattern.search(text)
        if found is None:
            continue
        told = {name: int(value) for name, value in found.groupdict().items() if value is not None}
        tokens = told.get("tokens", max(estimate, 2))
        limit = told.get("limit", tokens - told["over"] if "over" in told else min(context, tokens - 1))
        return ContextTooLong(tokens=max(tokens, limit + 1), limit=max(1, limit))
    return None


def unwanted(text: str, sent: Iterable[str]) -> set[str]:
    """Which of the fields that were sent the server does not take, by its words; all extras when it names none."""
    here = set(sent)
    if CALLS not in here and TOOLS in here and _NO_CALLS.search(text):
        return {CALLS}
    if TOOLS in here and _NO_TOOLS.search(text):
        return {TOOLS}
    if LENGTH in here and "max_completion_tokens" in text:
        return {LENGTH}
    named = {name for name in here & _OPTIONAL if _names(text, name)}
    return named or here & EXTRAS


def _names(text: str, field: str) -> bool:
    """Words such as `user` and `stop` count only in quotes."""
    quoted = re.search(rf"['\"`]{field}['\"`]", text) is not None
    return quoted or (field not in ("user", "seed", "stop", "temperature") and field in text)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds of a Retry-After header, which holds seconds or a date; None without one that can be read."""
    value = headers.get("Retry-After", "").strip()
    if not value:
        return None
    try:
        return min(3600.0, max(0.0, float(value)))
    except ValueError:
        pass
    try:
        date = parsedate_to_datetime(value)
    except ValueError:
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return min(3600.0, max(0.0, (date - now).total_seconds()))
