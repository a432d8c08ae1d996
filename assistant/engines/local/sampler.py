"""Draws the next token of every row: greedy, or by temperature, top-k, top-p and repetition penalty with a seed."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from typing import Any, Final

import torch

_FIRST: Final = 1024


class Rule:
    """How one request draws. Its random numbers are its own, so that its text does not depend on its neighbours.

    Any number is taken: what makes no sense (NaN, negative) falls back to the neutral value.
    """

    __slots__ = ("_random", "penalty", "seen", "temperature", "top_k", "top_p")

    def __init__(self, sampling: Mapping[str, Any], prompt: Sequence[int]) -> None:
        self.temperature = _number(sampling.get("temperature"), 0.0, 0.0, 100.0)
        self.top_p = _number(sampling.get("top_p"), 1.0, 1e-6, 1.0)
        self.top_k = int(_number(sampling.get("top_k"), 0, 0, 2**31))
        self.penalty = _number(sampling.get("repetition_penalty"), 1.0, 1e-3, 1e3)
        seed = sampling.get("seed")
        self._random = random.Random(seed if isinstance(seed, int) else None)
        self.seen: torch.Tensor | None = None
        if self.penalty != 1.0:
            self.seen = torch.tensor(sorted(set(prompt)), dtype=torch.long)

    @property
    def greedy(self) -> bool:
        return self.temperature < 1e-5 or self.top_k == 1

    def draw(self) -> float:
        """The next number in [0, 1) of this request."""
        return self._random.random()


@torch.inference_mode()
def sample(
    logits: torch.Tensor, rules: Sequence[Rule], allowed: Mapping[int, torch.Tensor] | None = None
) -> list[int]:
    """One token id a row of float32 logits [row, vocabulary]; the only thing that leaves the device.

    `allowed`: for some rows, which tokens may come [vocabulary].
    """
    for row, mask in (allowed or {}).items():
        logits[row].masked_fill_(~mask.to(logits.device), -math.inf)
    for row, rule in enumerate(rules):
        if rule.seen is not None:
            _penalize(logits[row], rule)
    chosen = logits.argmax(-1)
    drawing = [row for row, rule in enumerate(rules) if not rule.greedy]
    if drawing:
        rows = torch.tensor(drawing, device=logits.device)
        chosen[rows] = _drawn(logits[rows], [rules[row] for row in drawing])
    tokens: list[int] = chosen.tolist()
    for token, rule in zip(tokens, rules, strict=True):
        if rule.seen is not None and not bool((rule.seen == token).any()):
            rule.seen = torch.cat([rule.seen, rule.seen.new_tensor([token])])
    return tokens


def _drawn(logits: torch.Tensor, rules: Sequence[Rule]) -> torch.Tensor:
    """Inverse of the cumulative distribution at each row's own random number, likeliest tokens first.

    Sorting a vocabulary of 128,000 for every token costs more than a small model. The first thousand nearly always
    hold all that top-p or top-k leave; only the rows where they do not are sorted whole.
    """
    device, size = logits.device, logits.shape[-1]
    column = [[rule.temperature, rule.top_p, float(rule.top_k or size), rule.draw()] for rule in rules]
    numbers = torch.tensor(column, device=device).unsqueeze(-1)
    temperature, top_p, top_k, _ = numbers.unbind(1)
    # Without infinities and NaN (broken weights) the draw below always lands on a real token.
    logits = torch.nan_to_num(logits, nan=-1e9, posinf=1e9, neginf=-1e9) / temperature
    if size <= 2 * _FIRST:
        return _pick(*logits.sort(dim=-1, descending=True, stable=True), logits, numbers)
    ordered, order = logits.topk(_FIRST, dim=-1)
    chosen = _pick(ordered, order, logits, numbers)
    held = (ordered - logits.logsumexp(-1, keepdim=True)).exp().sum(-1, keepdim=True)
    rest = ((held < top_p) & (top_k > _FIRST)).squeeze(-1).nonzero().squeeze(-1)
    if len(rest):
        some = logits[rest]
        chosen[rest] = _pick(*some.sort(dim=-1, descending=True, stable=True), some, numbers[rest])
    return chosen


def _pick(
    ordered: torch.Tensor, order: torch.Tensor, logits: torch.Tensor, numbers: torch.Tensor
) -> torch.Tensor:
    """The token of each row at its random number. `ordered`: its likeliest logits, `order`: their ids."""
    _, top_p, top_k, drawn = numbers.unbind(1)
    shares = (ordered - logits.logsumexp(-1, keepdim=True)).exp()
    rank = torch.arange(ordered.shape[-1], device=logits.device)
    before = shares.cumsum(-1) - shares
    kept = shares * ((rank < top_k) & ((before < top_p) | (rank == 0)))
    total = kept.cumsum(-1)
    # The strict comparison skips tokens without a share; the clamp is for rounding at the very end.
    at = (total <= drawn * total[:, -1:]).sum(-1, keepdim=True).clamp(max=ordered.shape[-1] - 1)
    return order.gather(-1, at).squeeze(-1)


def logprobs(row: torch.Tensor, count: int) -> list[tuple[int, float]]:
    """The `count` likeliest ids of a row of logits, each with the logarithm of its probability."""
    values, ids = row.log_softmax(-1).topk(min(count, row.shape[-1]))
    return list(zip(ids.tolist(), values.tolist(), strict=True))


def _penalize(row: torch.Tensor, rule: Rule) -> None:
    """As transformers does it: seen tokens' logits are divided when positive, multiplied when negative."""
    if rule.seen is None:
        return
    rule.seen = seen = rule.seen.to(row.device)
    values = row[seen]
    row[seen] = torch.where(values < 0, values * rule.penalty, values / rule.penalty)


def _number(value: Any, neutral: float, least: float, most: float) -> float:
    if not isinstance(value, int | float) or math.isnan(value) or value < 0:
        return neutral
    return min(max(float(value), least), most)
