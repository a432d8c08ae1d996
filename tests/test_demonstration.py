"""The first thing a newcomer does works: `assistant demo --once` from any folder, with no settings, exits 0."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_the_demonstration_answers_and_delivers_everything(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "demo", "--once"],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[1]), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "demo model: shows the system, knows little" in done.stdout
    assert "All 21 messages were answered" in done.stdout
    for name in ("Ana", "João", "Lucía"):
        assert name in done.stdout
    assert list(tmp_path.iterdir()) == []
