"""Print the table: `python -m tests.faults.world`."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from .table import gather


def main() -> None:
    faults = gather()
    shown = Table(title=f"{len(faults)} named faults of the world", show_lines=False)
    for heading in ("fault", "promise", "shown by"):
        shown.add_column(heading, overflow="fold")
    for one in faults:
        shown.add_row(one.name, one.promise, one.test.removeprefix("tests/"))
    Console(width=180).print(shown)


if __name__ == "__main__":
    main()
