"""Prints figures beside their floors and goals, and keeps them with machine, versions and date; needs no library."""

from __future__ import annotations

import json
import platform
import sys
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "results"
NAMES = (
    "decode_floor_share_1",
    "decode_floor_share_16",
    "decode_floor_share_64",
    "decode_floor_share_256",
    "prefill_share",
    "decode_floor_share_1_8b_4bit",
    "decode_floor_share_16_8b_4bit",
    "decode_floor_share_64_8b_4bit",
    "prefill_share_8b_4bit",
    "decode_floor_share_1_70b_4bit",
    "decode_floor_share_16_70b_4bit",
    "decode_floor_share_64_70b_4bit",
    "prefill_share_70b_4bit",
    "identical_fp32",
    "agreement_bf16",
    "first_token_ratio",
    "read_tb_s",
    "matmul_tflop_s",
)
GOALS = {
    "decode_floor_share_1": 0.8,
    "decode_floor_share_16": 0.7,
    "decode_floor_share_64": 0.7,
    "prefill_share": 0.6,
    "decode_floor_share_1_70b_4bit": 0.5,
    "decode_floor_share_16_70b_4bit": 0.5,
    "identical_fp32": 1.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    figure: str
    ours: str
    floor: str = ""
    share: str = ""
    goal: str = ""


@dataclass
class Result:
    """What was measured. A figure that was not is None and printed as null; a rehearsal measures nothing."""

    device: str
    rehearsal: bool = False
    lines: list[Line] = field(default_factory=list)
    figures: dict[str, float | None] = field(default_factory=lambda: dict.fromkeys(NAMES))
    failed: list[str] = field(default_factory=list)

    def note(self, figure: str, ours: str, floor: str = "") -> None:
        self.lines.append(Line(figure=figure, ours=ours, floor=floor))

    def share(self, name: str, value: float, figure: str, ours: str, floor: str) -> None:
        """A figure as a share of its floor or ceiling, beside its goal if engine.md sets one."""
        self.figures[name] = round(value, 3)
        goal = None if self.rehearsal else GOALS.get(name)
        verdict = "" if goal is None else f"{goal:.0%} {'met' if value >= goal else 'missed'}"
        self.lines.append(Line(figure=figure, ours=ours, floor=floor, share=f"{value:.0%}", goal=verdict))

    def show(self) -> None:
        titles = Line(figure="figure", ours="ours", floor="floor or ceiling", share="share", goal="goal")
        cells = [tuple(asdict(line).values()) for line in (titles, *self.lines)]
        widths = [max(len(line[at]) for line in cells) for at in range(len(cells[0]))]
        for line in cells:
            print("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())
        for sentence in self.failed:
            print(f"failed: {sentence}")
        print(json.dumps(dict.fromkeys(NAMES) if self.rehearsal else self.figures))
        sys.stdout.flush()

    def save(self, versions: dict[str, str]) -> Path:
        """Write everything to bench/results, named for the day and the device."""
        now = datetime.now(UTC)
        device = "-".join(self.device.lower().replace("/", " ").split())
        path = FOLDER / f"gpu-{now:%Y-%m-%d}-{device}.json"
        path.parent.mkdir(exist_ok=True)
        content = {
            "date": now.isoformat(timespec="seconds"),
            "device": self.device,
            "machine": platform.machine(),
            "python": platform.python_version(),
            "versions": versions,
            "figures": self.figures,
            "lines": [asdict(line) for line in self.lines],
            "failed": self.failed,
        }
        path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
        return path
