"""Tools the model may call, one module each."""

from __future__ import annotations

from ..tool import Tool
from .calculate import calculate
from .time import get_time


def builtin() -> dict[str, Tool]:
    """The tools that come with the assistant, by name."""
    return {tool.name: tool for tool in (Tool.of(get_time), Tool.of(calculate))}
