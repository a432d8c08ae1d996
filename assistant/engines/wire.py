"""The OpenAI chat protocol itself: a prompt as a request's body, an event stream as values."""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Mapping
from typing import Any, Final

import orjson

from ..errors import EngineDead
from ..types import Finish, Prompt, Role, Sampling, SlotKind, ToolCall, Usage
from .refusals import CALLS, LENGTH, TOOLS

MAX_STOPS: Final = 4  # as many as OpenAI and TGI take, as of 2026-11-24; the others are ours alone to find
_CONTROL: Final = re.compile(r"<\|[^|<>]*\|>")
_MAX_LINE: Final = 1024 * 1024
_FINISH: Final = {
    "stop": Finish.STOP,
    "eos": Finish.STOP,
    "length": Finish.LENGTH,
    "tool_calls": Finish.TOOL,
    "function_call": Finish.TOOL,
    "content_filter": Finish.BLOCKED,
    # The server gave up; nobody asked it to.
    "abort": Finish.ERROR,
    "error": Finish.ERROR,
}


# --- the request -----------------------------------------------------------------------------------------


def body(model: str, prompt: Prompt, sampling: Sampling, *, user: str, salt: str) -> dict[str, Any]:
    """Everything we should like to send; `without` leaves out what a server does not take."""
    found: dict[str, Any] = {
        "model": model,
        "messages": messages(prompt),
        "stream": True,
        "stream_options": {"include_usage": True},
        "max_tokens": max(1, sampling.max_tokens),
    }
    if math.isfinite(sampling.temperature):
        found["temperature"] = max(0.0, sampling.temperature)
    if 0 < sampling.top_p <= 1:
        found["top_p"] = sampling.top_p
    if sampling.top_k > 0:
        found["top_k"] = sampling.top_k
    if sampling.repetition_penalty != 1.0 and 0 < sampling.repetition_penalty < math.inf:
        found["repetition_penalty"] = sampling.repetition_penalty
    if sampling.seed is not None:
        found["seed"] = sampling.seed % 2**63
    if sampling.stop:
        found["stop"] = [stop for stop in sampling.stop if stop][:MAX_STOPS]
    if sampling.logprobs > 0:
        found["logprobs"] = True
        found["top_logprobs"] = min(20, sampling.logprobs)
    if sampling.grammar is not None:
        schema = {"name": "answer", "schema": json.loads(sampling.grammar), "strict": True}
        found["response_format"] = {"type": "json_schema", "json_schema": schema}
    if prompt.tools:
        found[TOOLS] = tools(prompt)
    if user:
        found["user"] = user
    if salt:
        found["cache_salt"] = salt
    return found


def without(wanted: Mapping[str, Any], refused: frozenset[str]) -> dict[str, Any]:
    """The body for a server that does not take these fields."""
    if not refused:
        return dict(wanted)
    found = {name: value for name, value in wanted.items() if name not in refused}
    if LENGTH in refused:
        found["max_completion_tokens"] = wanted[LENGTH]
    if CALLS in refused and TOOLS in found:
        # It will not look for calls, but tells the model of the tools: their text comes through, and we read it.
        found[CALLS] = "none"
    return found


def messages(prompt: Prompt) -> list[dict[str, Any]]:
    """The chat messages of a prompt; the system message holds the slots in their fixed order.

    Every call stands in a message of its own with its result behind it: the templates of Llama 3.1 refuse two calls in
    one message, and servers that check refuse calls without results and results without calls.
    """
    texts = [clean(slot.text) for kind in SlotKind for slot in prompt.slots if slot.kind is kind]
    system = "\n".join(text for text in texts if text)
    found: list[dict[str, Any]] = [{"role": "system", "content": system}] if system else []
    turns = list(prompt.turns)
    at = 0
    while at < len(turns):
        turn, calls = turns[at], turns[at].calls
        results = list(itertools.takewhile(lambda turn: turn.role is Role.TOOL, turns[at + 1 :]))[
            : len(calls)
        ]
        if not calls:
            # A result that answers no call is what the model is told of one that could not be read.
            role = Role.USER if turn.role is Role.TOOL else turn.role
            found.append({"role": role.value, "content": clean(turn.text)})
        for number, call in enumerate(calls):
            name = call.id or f"call{at}x{number}"
            result = results[number].text if number < len(results) else "error: there is no result."
            text = "" if number else turn.text
            found.append({"role": "assistant", "content": clean(text), "tool_calls": [_call(call, name)]})
            found.append({"role": "tool", "tool_call_id": name, "content": clean(result)})
        at += 1 + len(results)
    return found


def _call(call: ToolCall, name: str) -> dict[str, Any]:
    arguments = orjson.dumps(_cleaned(call.arguments)).decode()
    return {"id": name, "type": "function", "function": {"name": clean(call.name), "arguments": arguments}}


def clean(text: str) -> str:
    """Servers tokenize contents with their control strings alive: those are taken out, until none is left."""
    try:
        text.encode()
    except UnicodeEncodeError:  # lone surrogates
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    while "<|" in text and _CONTROL.search(text):
        text = _CONTROL.sub("", text)
    return text.strip()


def _cleaned(value: Any) -> Any:
    """A call's arguments, every text in them clean: the model may have copied what a person wrote."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(str(key)): _cleaned(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(item) for item in value]
    if isinstance(value, int) and not -(2**63) <= value < 2**64:
        return str(value)
    return value if isinstance(value, int | float | None) else str(value)


def tools(prompt: Prompt) -> list[dict[str, Any]]:
    return [
        {
            "type": "function",
            "function": {"name": tool.name, "description": tool.description, "parameters": dict(tool.schema)},
        }
        for tool in prompt.tools
    ]


# --- the answer ------------------------------------------------------------------------------------------

DONE: Final[dict[str, Any]] = {}
"""Stands among the events for [DONE]."""


class Events:
    """The JSON objects of an event stream, from bytes that may be cut anywhere. Comments and nonsense are passed over.

    A server that does not stream sends one object and no events. Raises EngineDead for what cannot be an answer.
    """

    def __init__(self, kind: str) -> None:
        kind = kind.lower()
        if kind.startswith("text/html"):
            raise EngineDead("a web page answered in place of the model server; see engine_url")
        self._whole = kind.startswith("application/json")
        self._rest = b""

    def feed(self, data: bytes) -> list[dict[str, Any]]:
        """The events that became whole with these bytes."""
        if self._rest:
            data = self._rest + data
        if self._whole:
            lines, self._rest = [], data
        else:
            *lines, self._rest = data.split(b"\n")
        if len(self._rest) > _MAX_LINE:
            raise EngineDead("the model server sent a line without an end")
        return [event for line in lines if line and (event := _event(line)) is not None]

    def end(self) -> list[dict[str, Any]]:
        """What was left when the stream ended."""
        event = _object(self._rest) if self._whole else _event(self._rest)
        return [] if event is None else [event]


def _event(line: bytes) -> dict[str, Any] | None:
    if line.startswith(b"data:"):
        data = line[5:].strip()
        return DONE if data == b"[DONE]" else _object(data)
    if line.startswith(b"error:"):  # llama.cpp until 2025
        return {"error": _object(line[6:]) or "error"}
    return None


def _object(data: bytes) -> dict[str, Any] | None:
    try:
        event = orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
    return event if isinstance(event, dict) and event else None


def finish(reason: object) -> Finish:
    """Our word for a server's finish reason."""
    return _FINISH.get(str(reason), Finish.STOP)


def usage(event: Mapping[str, Any]) -> Usage | None:
    found = event.get("usage")
    if not isinstance(found, dict):
        return None
    details = found.get("prompt_tokens_details") or {}
    return Usage(
        prompt=int(found.get("prompt_tokens") or 0),
        cached=int(details.get("cached_tokens") or 0),
        completion=int(found.get("completion_tokens") or 0),
    )


def logprobs(choice: Mapping[str, Any]) -> tuple[tuple[str, float], ...] | None:
    """Log-probabilities of the first token in this event, the likeliest first."""
    content = (choice.get("logprobs") or {}).get("content") or []
    if not content:
        return None
    tops = content[0].get("top_logprobs") or [content[0]]
    pairs = [(str(top["token"]), float(top["logprob"])) for top in tops if top.get("logprob") is not None]
    return tuple(sorted(pairs, key=lambda pair: -pair[1]))


class Calls:
    """Puts structured tool calls together: id and name come first, then the arguments letter by letter."""

    def __init__(self) -> None:
        self._calls: dict[int, dict[str, str]] = {}
        self._at: dict[int, int] = {}

    def add(self, pieces: list[Any]) -> None:
        for number, piece in enumerate(pieces):
            if isinstance(piece, dict):
                self._add(piece, number)

    def _add(self, piece: Mapping[str, Any], number: int) -> None:
        index = piece.get("index")
        index = number if index is None else int(index)
        call = self._calls.get(self._at.get(index, -1))
        name = piece.get("id") or ""
        # Some servers give every call the same index: another id is another call.
        if call is None or (name and call["id"] and name != call["id"]):
            self._at[index] = len(self._calls)
            call = self._calls[len(self._calls)] = {"id": "", "name": "", "arguments": ""}
        function = piece.get("function") or {}
        call["id"] = name or call["id"]
        call["name"] += function.get("name") or ""
        arguments = function.get("arguments") or ""
        call["arguments"] += arguments if isinstance(arguments, str) else orjson.dumps(arguments).decode()

    def __bool__(self) -> bool:
        return bool(self._calls)

    def whole(self) -> list[ToolCall]:
        """All calls. Arguments that are no JSON object become one that no tool takes: the model is told, and may mend."""
        return [
            ToolCall(name=call["name"], arguments=_arguments(call["arguments"]), id=call["id"])
            for call in self._calls.values()
            if call["name"]
        ]


def _arguments(text: str) -> dict[str, Any]:
    if not text.strip():
        return {}
    try:
        value = json.loads(text, strict=False)
        value = json.loads(value, strict=False) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        value = None
    if value is None and text.strip() == "null":
        return {}
    return value if isinstance(value, dict) else {"unreadable": text[:500]}
