"""Promises that only a GPU can keep: captured steps, flash attention over slots, 4 bit; skipped where there is none."""

from __future__ import annotations

import random

import pytest
import torch

from assistant.engines.local import varlen
from assistant.engines.local.cache import Plan, Span
from assistant.engines.local.forward import Piece, Row
from bench.gpu import build, measure
from bench.gpu.build import Alone
from bench.gpu.shapes import SMALL, TINY_4BIT

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device is here")
CUDA = torch.device("cuda", 0)


def test_answers_in_float32_are_those_of_generate() -> None:
    net = build.model(SMALL, CUDA, torch.float32, context=1024, spread=0.1)
    alone = Alone(net, CUDA, slots=8, context=512)
    found = measure.agreement(net, alone, answers=6, tokens=20, count=32)
    assert found.whole == found.answers


def test_a_captured_step_computes_what_the_plain_step_does_for_any_batch() -> None:
    import numpy as np

    net = build.model(SMALL, CUDA, torch.bfloat16, context=1024)
    alone = Alone(net, CUDA, slots=9, context=512)
    chance = random.Random(3)
    lengths = [300, 1, 17, 511, 64, 128, 5]
    for slot, length in enumerate(lengths):
        ids = np.array(measure.ids_of(chance, alone.vocabulary, length), dtype=np.int32)
        alone.forward([], [Piece(slot, ids, 0)])
    rows = [Row(slot, 7 + slot, length) for slot, length in enumerate(lengths)]
    for count in range(1, len(rows) + 1):
        captured = alone.forward(rows[:count]).clone()
        assert alone.captured()
        graphs, alone.forward._graphs = alone.forward._graphs, None
        plain = alone.forward(rows[:count])
        alone.forward._graphs = graphs
        assert torch.allclose(captured, plain, atol=0.06, rtol=0.06)


def test_flash_attention_over_slots_is_used_and_agrees_with_sdpa() -> None:
    assert varlen.usable(CUDA, torch.bfloat16, 128)
    key, value = torch.randn((2, 5, 2048, 8, 128), device=CUDA, dtype=torch.bfloat16).unbind()
    query = torch.randn((32, 12, 128), device=CUDA, dtype=torch.bfloat16)
    for plan in (Plan([4, 1, 3], [2000, 0, 77]), Plan([4], [9], [Span(2, 100, 1, 11)])):
        asked = query[:, : plan.tokens]
        wanted = varlen.masked(asked, key, value, plan, None, None, None)
        got = varlen.attend_flat(asked, key, value, plan, None, None, None)
        assert torch.allclose(got.float(), wanted.float(), atol=0.03, rtol=0.03)


def test_a_model_that_cannot_be_captured_answers_without_graphs() -> None:
    """In float32 there is no flash attention; the engine must notice before a capture begins."""
    net = build.model(SMALL, CUDA, torch.float32, context=1024)
    alone = Alone(net, CUDA, slots=4, context=256)
    before = torch.cuda.current_stream()
    alone.add("one", [1, 2, 3], 5)
    alone.run()
    assert not alone.captured()
    assert torch.cuda.current_stream() == before
    assert alone.heard.ended["one"]["usage"]["completion"] == 5


def test_quantized_layers_are_captured_too() -> None:
    pytest.importorskip("bitsandbytes")
    net = build.model(TINY_4BIT, CUDA, torch.bfloat16, context=256)
    alone = Alone(net, CUDA, slots=4, context=256)
    for at in range(3):
        alone.add(f"r{at}", [at + 1, 5, 9], 6)
    alone.run()
    assert alone.captured()
    assert len(alone.heard.ended) == 3
