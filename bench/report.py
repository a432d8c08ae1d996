"""How a bench prints: a table of figure, ours, reference and goal, then one JSON object as the last line."""

from __future__ import annotations

import json
import platform
import sys
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    figure: str
    ours: str
    reference: str = ""
    goal: str = ""


def show(title: str, rows: list[Row], figures: dict[str, float | int | None]) -> None:
    """A figure that could not be measured here is None, never invented."""
    table = Table(
        title=title, caption=f"{platform.machine()}, Python {platform.python_version()}, {platform.system()}"
    )
    for heading in ("figure", "ours", "reference", "goal"):
        table.add_column(heading)
    for row in rows:
        table.add_row(row.figure, row.ours, row.reference, row.goal)
    Console(width=120).print(table)
    print(json.dumps(figures))
    sys.stdout.flush()
