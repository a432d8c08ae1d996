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
    """How one model's prompts are framed. `today` ("23 Nov 2026") is given to models whose template tells the date."""

    tools: Tools = Tools.NONE
    result_role: str = "ipython"
    dates: bool = False

    def segments(self, prompt: Prompt, today: str = "") -> list[Segment]:
        """The whole prompt, ending with the open header of the answer."""
        segments: list[Segment] = [(True, BEGIN)]
        system = self.system(prompt, today)
        if system:
            segments += _turn("system", system)
        for turn in prompt.turns:
            segments += _turn(self._role(turn), self._content(turn))
        return segments + _header("assistant")

    def system(self, prompt: Prompt, today: str = "") -> str:
        """The text of the system turn: the slots in their fixed order, the tools in the model's own spelling."""
        texts: dict[SlotKind, list[str]] = {kind: [] for kind in SlotKind}
        for slot in prompt.slots:
            texts[slot.kind].append(clean(slot.text))
        if prompt.tools:
            texts[SlotKind.TOOLS].append(_tools_text(self.tools, prompt.tools))
        text = "\n".join(text for kind in SlotKind for text in texts[kind] if text)
        if self.dates:
            ipython = "Environment: ipython\n" if prompt.tools and self.tools is not Tools.NONE else ""
            text = f"{ipython}Cutting Knowledge Date: December 2023\nToday Date: {today}\n\n{text}"
        return text.strip()

    def _role(self, turn: Turn) -> str:
        return self.result_role if turn.role is Role.TOOL else turn.role.value

    def _content(self, turn: Turn) -> str:
        if not turn.calls:
            return clean(turn.text)
        if self.tools is Tools.PYTHONIC:
            return clean("[" + ", ".join(_pythonic(call) for call in turn.calls) + "]")
        return clean(
            "; ".join(_dumps({"name": call.name, "parameters": call.arguments}) for call in turn.calls)
        )


def clean(text: str) -> str:
    """The content as it may enter a frame: stripped like the official template does, lone surrogates replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()


def _header(role: str) -> list[Segment]:
    return [(True, START_HEADER), (False, role), (True, END_HEADER), (False, "\n\n")]


def _turn(role: str, content: str) -> list[Segment]:
    return [*_header(role), (False, content), (True, END_TURN)]


def _tools_text(style: Tools, tools: tuple[ToolSpec, ...]) -> str:
    if style is Tools.NAMES:
        return "Tools: " + ", ".join(clean(tool.name) for tool in tools)
    if style is Tools.NONE:
        return ""
    schemas = "\n\n".join(_dumps(_schema(tool), indent=4) for tool in tools)
    return clean((_JSON_CALLS if style is Tools.JSON else _PYTHONIC_CALLS) + schemas)


def _schema(tool: ToolSpec) -> dict[str, Any]:
    function = {"name": tool.name, "description": tool.description, "parameters": tool.schema}
    return {"type": "function", "function": function}


def _pythonic(call: ToolCall) -> str:
    return f"{call.name}({', '.join(f'{name}={value!r}' for name, value in call.arguments.items())})"


def _dumps(value: Mapping[str, Any], indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent, default=dict)
