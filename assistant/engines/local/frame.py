"""From a Prompt to the segments of Llama 3's chat frame: control tokens by name, contents as plain text; no torch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ...types import Prompt, Role, SlotKind, ToolCall, ToolSpec, Turn
from ..presets import Tools

BEGIN: Final = "<|begin_of_text|>"
START_HEADER: Final = "<|start_header_id|>"
END_HEADER: Final = "<|end_header_id|>"
END_TURN: Final = "<|eot_id|>"

Segment = tuple[bool, str]
"""(True, name of a control token) or (False, content). Only this file writes True."""

FIXED_DATE: Final = "26 Jul 2024"
"""What Llama 3.1's and 3.3's own templates call today. A true date here would change every prompt at midnight, and with
it lose every conversation's K/V; prompt.py tells the day beside the messages instead."""

_JSON_CALLS: Final = (
    "You have access to the following functions. To call a function, please respond with JSON for a function call."
    'Respond in the format {"name": function name, "parameters": dictionary of argument name and its value}.'
    "Do not use variables.\n\n"
)
_PYTHONIC_CALLS: Final = (
    "You have access to the following functions. To call functions, respond with nothing but a list of calls in the "
    "format [function_name(argument_name=value)].\n\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """How one model's prompts are framed, token by token like the official template with its tools in the system place.

    `dates`: the system turn is always there and begins with the knowledge date and `date`.
    """

    tools: Tools = Tools.NONE
    result_role: str = "ipython"
    dates: bool = False
    date: str = FIXED_DATE

    def segments(self, prompt: Prompt) -> list[Segment]:
        """The whole prompt, ending with the open header of the answer."""
        segments: list[Segment] = [(True, BEGIN)]
        system = self.system(prompt)
        if system:
            segments += _turn("system", system)
        for turn in prompt.turns:
            segments += _turn(self._role(turn), self._content(turn))
        return segments + _header("assistant")

    def system(self, prompt: Prompt) -> str:
        """The text of the system turn: the slots in their fixed order, the tools where and as the model knows them."""
        texts: dict[SlotKind, list[str]] = {kind: [] for kind in SlotKind}
        for slot in prompt.slots:
            texts[slot.kind].append(clean(slot.text))
        head = ""
        if prompt.tools and self.tools is Tools.NAMES:
            texts[SlotKind.TOOLS].append("Tools: " + ", ".join(clean(tool.name) for tool in prompt.tools))
        elif prompt.tools and self._schemas:
            head = _tools_text(self.tools, prompt.tools)
        if self.dates:
            ipython = "Environment: ipython\n" if head else ""
            head = f"{ipython}Cutting Knowledge Date: December 2023\nToday Date: {self.date}\n\n{head}"
        return head + "\n".join(text for kind in SlotKind for text in texts[kind] if text)

    @property
    def _schemas(self) -> bool:
        """Whether tools are told as JSON schemas; then their results come back as JSON, too."""
        return self.tools in (Tools.JSON, Tools.PYTHONIC)

    def _role(self, turn: Turn) -> str:
        return self.result_role if turn.role is Role.TOOL else turn.role.value

    def _content(self, turn: Turn) -> str:
        if turn.role is Role.TOOL and self._schemas:
            return _dumps(valid(turn.text))
        if not turn.calls:
            return clean(turn.text)
        if self.tools is Tools.PYTHONIC:
            return clean("[" + ", ".join(_pythonic(call) for call in turn.calls) + "]")
        return clean(
            "; ".join(_dumps({"name": call.name, "parameters": call.arguments}) for call in turn.calls)
        )


def clean(text: str) -> str:
    """The content as it may enter a frame: valid, and stripped like the official template does."""
    return valid(text).strip()


def valid(text: str) -> str:
    """The text with lone surrogates replaced, which no tokenizer takes."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _header(role: str) -> list[Segment]:
    return [(True, START_HEADER), (False, role), (True, END_HEADER), (False, "\n\n")]


def _turn(role: str, content: str) -> list[Segment]:
    return [*_header(role), (False, content), (True, END_TURN)]


def _tools_text(style: Tools, tools: tuple[ToolSpec, ...]) -> str:
    schemas = "".join(valid(_dumps(_schema(tool), indent=4)) + "\n\n" for tool in tools)
    return (_JSON_CALLS if style is Tools.JSON else _PYTHONIC_CALLS) + schemas


def _schema(tool: ToolSpec) -> dict[str, Any]:
    function = {"name": tool.name, "description": tool.description, "parameters": tool.schema}
    return {"type": "function", "function": function}


def _pythonic(call: ToolCall) -> str:
    return f"{call.name}({', '.join(f'{name}={value!r}' for name, value in call.arguments.items())})"


def _dumps(value: Mapping[str, Any] | str, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent, default=dict)
