"""Measures the device itself, before any model: how fast it reads memory and multiplies bfloat16 matrices."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import torch

from .shapes import Floors


def synchronize(device: torch.device) -> None:
    """Wait until everything asked of the device is done."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def seconds(work: Callable[[], Any], device: torch.device, *, rounds: int = 5, times: int = 4) -> float:
    """Of one call: the median of `rounds`, each of `times` calls after one another, the first of all not counted."""
    work()
    taken = []
    for _ in range(rounds):
        synchronize(device)
        began = time.perf_counter()
        for _ in range(times):
            work()
        synchronize(device)
        taken.append((time.perf_counter() - began) / times)
    return statistics.median(taken)


def measure(device: torch.device, *, tiny: bool = False) -> Floors:
    """The floors under everything a model does here."""
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else "CPU"
    return Floors(device=name, bandwidth=_read(device, tiny), products=_products(device, tiny))


def _read(device: torch.device, tiny: bool) -> float:
    """Bytes a second: the better of a sum over gigabytes and a copy of them, which reads and writes."""
    source = torch.ones((2**8 if tiny else 2**19, 4096), dtype=torch.bfloat16, device=device)
    target = torch.empty_like(source)
    copied = 2 * source.nbytes / seconds(lambda: target.copy_(source), device)
    summed = source.nbytes / seconds(lambda: torch.sum(source, 1, dtype=torch.float32), device)
    return max(copied, summed)


def _products(device: torch.device, tiny: bool) -> float:
    """Operations a second of a large square product in bfloat16."""
    side = 256 if tiny else 8192
    one, other = torch.randn((2, side, side), device=device, dtype=torch.bfloat16).unbind()
    out = torch.empty_like(one)
    return 2 * side**3 / seconds(lambda: torch.mm(one, other, out=out), device, times=8)
