"""The OpenAI chat protocol itself: prompts to messages, event streams to values, a server's words to our errors."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from typing import Any, Final

import aiohttp
import orjson

from ..errors import ContextTooLong, EngineDead, EngineError, Overloaded
from ..types import Finish, Prompt, Role, SlotKind, ToolCall, Turn, Usage

_CONTROL: Final = re.compile(r"<\|[^|<>]*\|>")
_TOO_LONG: Final = re.compile(
    r"(?i)context[ _]length|maximum context|too long|exceeds? the .*(context|length)|n_ctx"
)
_MAX_LINE: Final = 1024 * 1024
_FINISH: Final = {
    "stop": Finish.STOP,
    "eos": Finish.STOP,
    "length": Finish.LENGTH,
    "tool_calls": Finish.TOOL,
    "function_call": Finish.TOOL,
    "content_filter": Finish.BLOCKED,
    "abort": Finish.CANCELLED,
}


def finish(reason: str) -> Finish:
    """Our word for a server's finish reason."""
    return _FINISH.get(reason, Finish.STOP)


def messages(prompt: Prompt) -> list[dict[str, Any]]:
    """The chat messages of a prompt; the system message holds the slots in their fixed order."""
    texts = [clean(slot.text) for kind in SlotKind for slot in prompt.slots if slot.kind is kind]
    system = "\n".join(text for text in texts if text)
    found: list[dict[str, Any]] = [{"role": "system", "content": system}] if system else []
    open_calls: list[str] = []
    for at, turn in enumerate(prompt.turns):
        found.append(message(turn, at, open_calls))
    return found


def too_long(text: str) -> bool:
    """Whether a server's refusal says that the prompt does not fit."""
    return _TOO_LONG.search(text) is not None


def message(turn: Turn, at: int, open_calls: list[str]) -> dict[str, Any]:
    """A turn as a chat message. `open_calls` are ids of calls whose results come in the next turns, in order."""
    if turn.role is Role.TOOL:
        return {
            "role": "tool",
            "tool_call_id": open_calls.pop(0) if open_calls else f"call{at}",
            "content": clean(turn.text),
        }
    if not turn.calls:
        return {"role": turn.role.value, "content": clean(turn.text)}
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
    return {"role": "assistant", "content": clean(turn.text), "tool_calls": calls}


def clean(text: str) -> str:
    """Servers tokenize contents with their control strings alive: those are taken out, until none is left."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    while _CONTROL.search(text):
        text = _CONTROL.sub("", text)
    return text.strip()


def tools(prompt: Prompt) -> list[dict[str, Any]]:
    return [
        {
            "type": "function",
            "function": {"name": tool.name, "description": tool.description, "parameters": dict(tool.schema)},
        }
        for tool in prompt.tools
    ]


async def events(answer: aiohttp.ClientResponse) -> AsyncGenerator[dict[str, Any], None]:
    """The JSON objects of a server-sent event stream, up to [DONE]; comments and unreadable lines are passed over."""
    async for line in lines(answer.content):
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


async def lines(content: aiohttp.StreamReader) -> AsyncIterator[bytes]:
    rest = b""
    async for chunk in content.iter_any():
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line
        if len(rest) > _MAX_LINE:
            raise EngineError("the model server sent a line without an end")
    if rest:
        yield rest


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


def add_call(calls: dict[int, dict[str, str]], piece: Mapping[str, Any]) -> None:
    """A call comes in pieces: id and name first, then its arguments letter by letter."""
    call = calls.setdefault(int(piece.get("index") or 0), {"id": "", "name": "", "arguments": ""})
    function = piece.get("function") or {}
    call["id"] = piece.get("id") or call["id"]
    call["name"] += function.get("name") or ""
    arguments = function.get("arguments") or ""
    call["arguments"] += arguments if isinstance(arguments, str) else orjson.dumps(arguments).decode()


def call(call: Mapping[str, str]) -> ToolCall:
    try:
        arguments = orjson.loads(call["arguments"] or "{}")
    except orjson.JSONDecodeError:
        arguments = {}
    return ToolCall(
        name=call["name"], arguments=arguments if isinstance(arguments, dict) else {}, id=call["id"]
    )


def stream_error(error: Any, context: int) -> EngineError:
    """A server that fails in mid-stream says so in the stream; its words may quote the prompt and are not repeated."""
    text = str(error.get("message") if isinstance(error, dict) else error)
    code = error.get("code") if isinstance(error, dict) else None
    if too_long(text):
        return context_too_long(text, context)
    if code in (429, 503):
        return Overloaded()
    return EngineDead("the model server failed in the middle of an answer")


def context_too_long(text: str, context: int) -> ContextTooLong:
    numbers = [int(found) for found in re.findall(r"\b\d{3,7}\b", text)]
    limit = min(numbers, default=context)
    return ContextTooLong(tokens=max([*numbers, limit + 1]), limit=limit)


def seconds(value: str | None) -> float | None:
    try:
        return max(0.0, float(value)) if value else None
    except ValueError:  # an HTTP date: rare, and our own pause serves as well
        return None
