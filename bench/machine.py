"""The machine and the versions a figure was measured with, and the file in bench/results/ that keeps both."""

from __future__ import annotations

import datetime
import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from .report import Row

RESULTS: Final = Path(__file__).with_name("results")


def describe(packages: Sequence[str]) -> dict[str, Any]:
    """Processor, cores, memory, load when it is asked, and the versions of `packages` that are installed."""
    versions = {}
    for name in packages:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return {
        "processor": _first("/proc/cpuinfo", "model name") or platform.processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGESIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "load": round(os.getloadavg()[0], 2),
        "system": platform.system(),
        "python": platform.python_version(),
        "versions": versions,
    }


def save(name: str, machine: Mapping[str, Any], rows: Sequence[Row], figures: Mapping[str, Any]) -> Path:
    """Write bench/results/<name>.json; what was there before is for the history to tell."""
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / f"{name}.json"
    body = {
        "measured_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="minutes"),
        "machine": dict(machine),
        "rows": [asdict(row) for row in rows],
        "figures": dict(figures),
    }
    target.write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n")
    return target


def _first(path: str, key: str) -> str:
    try:
        lines = Path(path).read_text().splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), "")
