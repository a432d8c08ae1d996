"""Draws the next token of every row: greedy, or by temperature, top-k, top-p and repetition penalty with a seed."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import torch

_STAGES: Final = (64, 1024)


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
    logits: torch.Tensor, rules: Sequence[Rule], allowed: Mapping[int, bytes] | None = None
) -> list[int]:
    """One token id a row of float32 logits [row, vocabulary]; the only thing that leaves the device.

    `allowed`: for some rows, which tokens may come, a bit each, lowest bit first. The logits are used up.
    """
    if not rules:
        return []
    if allowed:
        _forbid(logits, allowed)
    for row, rule in enumerate(rules):
        if rule.seen is not None:
            _penalize(logits[row], rule)
    drawing = [row for row, rule in enumerate(rules) if not rule.greedy]
    if len(drawing) == len(rules):
        chosen = _drawn(logits, rules)
    else:
        chosen = logits.argmax(-1)
        if drawing:
            rows = torch.tensor(drawing, device=logits.device)
            chosen[rows] = _drawn(logits[rows], [rules[row] for row in drawing])
    tokens: list[int] = chosen.tolist()
    for token, rule in zip(tokens, rules, strict=True):
        if rule.seen is not None and not bool((rule.seen == token).any()):
            rule.seen = torch.cat([rule.seen, rule.seen.new_tensor([token])])
    return tokens


def _forbid(logits: torch.Tensor, allowed: Mapping[int, bytes]) -> None:
    """Make what some rows must not say impossible, all of them at once."""
    rows, size = list(allowed), logits.shape[-1]
    bits = np.frombuffer(b"".join(allowed.values()), dtype=np.uint8).reshape(len(rows), -1)
    if logits.device.type == "cpu":
        hidden = torch.from_numpy(np.unpackbits(~bits, axis=1, bitorder="little", count=size).view(bool))
    else:  # an eighth of the bytes goes to the device
        packed = torch.from_numpy(bits.copy()).to(logits.device)
        places = torch.arange(8, dtype=torch.uint8, device=logits.device)
        hidden = ((packed.unsqueeze(-1) >> places) & 1).view(len(rows), -1)[:, :size] == 0
    if len(rows) == len(logits):
        logits.masked_fill_(hidden, -math.inf)
    else:
        at = torch.tensor(rows, device=logits.device)
        logits[at] = logits[at].masked_fill_(hidden, -math.inf)


def _drawn(logits: torch.Tensor, rules: Sequence[Rule]) -> torch.Tensor:
    """Inverse of the cumulative distribution at each row's own random number, likeliest tokens first.

    Sorting a whole vocabulary for every token costs more than a small model. The first few tokens nearly always hold
    all that top-p or top-k leave; rows where they do not are tried with more, and at last sorted whole.
    """
    device, size = logits.device, logits.shape[-1]
    column = [[rule.temperature, rule.top_p, float(rule.top_k or size), rule.draw()] for rule in rules]
    numbers = torch.tensor(column, device=device).unsqueeze(-1)
    # Without infinities and NaN (broken weights) the draw below always lands on a real token.
    logits = torch.nan_to_num(logits, nan=-1e9, posinf=1e9, neginf=-1e9) / numbers[:, 0]
    norm = logits.logsumexp(-1, keepdim=True)
    chosen = torch.empty(len(rules), dtype=torch.long, device=device)
    left = torch.arange(len(rules), device=device)
    for first in (*(count for count in _STAGES if count * 2 < size), size):
        if first == size:
            ordered, order = logits.sort(dim=-1, descending=True, stable=True)
        else:
            ordered, order = logits.topk(first, dim=-1)
        shares = (ordered - norm).exp()
        found, held = _pick(shares, order, numbers)
        done = (held >= numbers[:, 1]) | (numbers[:, 2] <= first) | (first == size)
        rest = (~done).squeeze(-1).nonzero().squeeze(-1)
        if not len(rest):
            chosen[left] = found
            break
        done = done.squeeze(-1)
        chosen[left[done]] = found[done]
        left, logits, norm, numbers = left[rest], logits[rest], norm[rest], numbers[rest]
    return chosen


def _pick(
    shares: torch.Tensor, order: torch.Tensor, numbers: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """The token of each row at its random number, and how much of all chance these tokens hold.

    `shares`: the chances of its likeliest tokens, `order`: their ids.
    """
    _, top_p, top_k, drawn = numbers.unbind(1)
    rank = torch.arange(order.shape[-1], device=order.device)
    upto = shares.cumsum(-1)
    kept = shares * ((rank < top_k) & ((upto - shares < top_p) | (rank == 0)))
    total = kept.cumsum(-1)
    # The strict comparison skips tokens without a share; the clamp is for rounding at the very end.
    at = (total <= drawn * total[:, -1:]).sum(-1, keepdim=True).clamp(max=order.shape[-1] - 1)
    return order.gather(-1, at).squeeze(-1), upto[:, -1:]


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
