"""Promises to a machine with torch and transformers alone: the engine imports and answers, the GPU bench runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from bench.gpu.__main__ import Run, plan
from bench.gpu.shapes import MODELS, TINY, TINY_4BIT
from bench.gpu.table import NAMES

ROOT = Path(__file__).resolve().parents[2]

ALONE = """
import sys
absent = ["pydantic", "pydantic_settings", "orjson", "aiohttp", "sqlalchemy", "redis", "alembic", "asyncpg", "rich",
          "prometheus_client", "structlog", "uvloop", "telegram", "markdown_it", "accelerate", "llguidance"]
sys.modules.update(dict.fromkeys(absent))
import torch
torch.set_num_threads(1)
from bench.gpu import build, measure
from bench.gpu.shapes import TINY
cpu = torch.device("cpu")
net = build.model(TINY, cpu, torch.float32, context=128, spread=0.1)
found = measure.agreement(net, build.Alone(net, cpu, slots=4, context=128), answers=2, tokens=9, count=5)
print(found.same, found.of)
"""


def test_the_engine_answers_where_only_torch_and_transformers_are_installed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ALONE],
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.split() == ["10", "10"], "the tokens are those of generate"


def test_every_line_of_the_gpu_bench_runs_on_a_tiny_model(capsys: pytest.CaptureFixture[str]) -> None:
    torch.set_num_threads(1)
    result = Run(torch.device("cpu"), quick=True, tiny=True).whole([TINY, TINY_4BIT])
    assert not result.failed
    assert result.figures["identical_fp32"] == 1.0
    assert {"decode_floor_share_1", "prefill_share", "agreement_bf16", "first_token_ratio"} <= {
        name for name, value in result.figures.items() if value is not None
    }
    result.show()
    last = capsys.readouterr().out.splitlines()[-1]
    assert json.loads(last) == dict.fromkeys(NAMES), "a rehearsal publishes no figure"


def test_floors_are_those_of_the_specification() -> None:
    """engine.md (h): 8.03 billion weights, 128 KiB of K/V a token; 70B in 4 bit takes about 40 GB."""
    eight, seventy = MODELS["8b"], MODELS["70b-4bit"]
    assert eight.weights() == pytest.approx(16.06e9, rel=0.001)
    assert eight.kept() == 131_072
    assert seventy.kept() == 327_680
    assert seventy.weights() == pytest.approx(40e9, rel=0.03)
    lines = plan([eight], (1,)).lines
    assert all(line.ours == "not measured" for line in lines)
