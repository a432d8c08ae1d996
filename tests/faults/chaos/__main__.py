"""`python -m tests.faults.chaos`: the long run on one database or both, a table, and one line of JSON at the end."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Sequence
from typing import Any

from .run import Plan, Report, run

GOALS = {"with echo": 0.005, "without echo": 0.05}
NOTHING = (
    "lost",
    "no_outcome",
    "out_of_order",
    "overlap",
    "undetected_duplicates",
    "overwritten",
    "wrongly_dead",
    "unknown",
)
"""What must be 0."""


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when no promise was broken, 1 when one was, 2 when the harness itself cannot run."""
    options = _options(arguments)
    reports = []
    for database in ("sqlite", "postgres") if options.database == "both" else (options.database,):
        plan = Plan(
            database=database,
            kills=options.kills,
            seconds=options.seconds,
            seed=options.seed,
            people=options.people,
            channels=("telegram",) if options.no_echo else ("whatsapp", "telegram"),
        )
        try:
            reports.append(asyncio.run(run(plan, _Progress(), keep=options.keep)))
        except RuntimeError as error:
            print(f"chaos: {error}", file=sys.stderr)
            return 2
        _tell(reports[-1])
    total = _added([report.figures() for report in reports])
    total["by_database"] = {report.plan.database: _shares(report.figures()) for report in reports}
    total["seed"] = options.seed
    print(json.dumps(_shares(total)))
    return 0 if all(report.good for report in reports) else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.chaos", description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--kills", type=int, default=2000, help="how many, on each database")
    parser.add_argument(
        "--seconds", type=float, default=3600, help="but no longer than this, on each database"
    )
    parser.add_argument("--seed", type=int, default=int(time.time()) % 1_000_000)
    parser.add_argument("--people", type=int, default=40, help="how many write at the same time")
    parser.add_argument("--no-echo", action="store_true", help="only the channel that brings no key back")
    parser.add_argument("--keep", action="store_true", help="leave logs and SQLite's file, and say where")
    return parser.parse_args(arguments)


class _Progress:
    """A line that is written over on a terminal, and one every ten seconds elsewhere."""

    def __init__(self) -> None:
        self._next = 0.0

    def __call__(self, line: str) -> None:
        if sys.stderr.isatty():
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)
        elif time.monotonic() >= self._next or "rest" in line or "kept" in line:
            self._next = time.monotonic() + 10
            print(line, file=sys.stderr, flush=True)


def _tell(report: Report) -> None:
    found, figures = report.findings, report.figures()
    rate = report.kills / report.trouble_seconds
    print(f"\n{report.plan.database}, seed {report.plan.seed}")
    rows: list[tuple[str, object, str]] = [
        (
            "kills",
            f"{report.kills} in {report.trouble_seconds:.0f} s ({rate:.1f}/s)",
            _counted(report.killed),
        ),
        ("stops asked for", report.stopped, _counted(report.ended)),
        (
            "servers away",
            f"{sum(report.away.values()):.1f} s",
            _counted({k: round(v, 1) for k, v in report.away.items()}),
        ),
        ("accepted messages", report.accepted, f"{report.again} delivered again after their 200"),
        ("webhooks not taken", f"{report.refused_posts} of {report.posts}", "each came again"),
        ("generations", report.generations, f"{report.poisonings} killed their worker"),
        ("platform's faults", report.faults.total(), _counted(report.faults)),
        ("at rest", "yes" if report.rested else "NO", f"after {report.rest_seconds:.1f} s"),
    ]
    rows += [(name.replace("_", " "), figures[name], "goal 0") for name in (*NOTHING, "spared_poison")]
    for kind, goal in GOALS.items():
        key = kind.replace(" ", "_")
        many, parts = figures[f"duplicates_{key}"], figures[f"parts_{key}"]
        if parts:
            reached = "" if many <= goal * parts else ": MISSED"
            rows.append(
                (f"duplicates {kind}", f"{many} of {parts} ({many / parts:.2%})", f"goal {goal:.1%}{reached}")
            )
            forced = figures[f"forced_{key}"]
            rows.append(
                ("  of these by the platform", forced, "delivered, and answered with an error or not at all")
            )
    if report.sound:
        rows.append(("integrity of the file", report.sound, ""))
    for name, value, note in rows:
        print(f"  {name:<24} {value!s:<28} {note}")
    for name, sentences in found.broken().items():
        for sentence in sentences[:5]:
            print(f"  {name.upper()}: {sentence}")


def _counted(counts: Any) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


def _added(figures: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {name: sum(one[name] for one in figures) for name in figures[0]}


def _shares(figures: dict[str, Any]) -> dict[str, Any]:
    shares = {
        f"duplicates_share_{key}": round(figures[f"duplicates_{key}"] / figures[f"parts_{key}"], 5)
        if figures[f"parts_{key}"]
        else None
        for key in ("with_echo", "without_echo")
    }
    return figures | shares


if __name__ == "__main__":
    sys.exit(main())
