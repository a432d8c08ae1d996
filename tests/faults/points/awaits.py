"""Every await in the source of the walks, and which of them never waited in any run."""

from __future__ import annotations

import ast
from pathlib import Path

from .faults import ASSISTANT

WALKS = ("inbound.py", "turn.py", "deliver.py", "lookback.py", "worker.py", "presence.py")


def written() -> dict[tuple[str, int], str]:
    """By file and line, the function that waits there."""
    found: dict[tuple[str, int], str] = {}
    for name in WALKS:
        tree = ast.parse(Path(ASSISTANT, name).read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.AsyncFunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.Await):
                        found[name, node.lineno] = function.name
                    elif isinstance(node, ast.AsyncFor):
                        found[name, node.iter.lineno] = function.name
    return found


def never_waited(lines: set[tuple[str, int]]) -> list[str]:
    """The awaits that none of these lines covers."""
    return [
        f"{name}:{line} {function}"
        for (name, line), function in sorted(written().items())
        if (name, line) not in lines
    ]
