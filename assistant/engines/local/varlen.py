"""Attention of one ragged pass on a GPU: flash attention over sequences of any length where they lie, else SDPA."""

from __future__ import annotations

import inspect
import logging
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import torch
from torch.nn import functional

from .cache import Plan, Span

log = logging.getLogger(__name__)

_TOLERANCE: Final = 0.03
CAPTURED: Final = "captured"
"""In `Plan.made` of a pass that becomes a CUDA graph: its rows and places are numbers on the device alone."""


@dataclass(frozen=True, slots=True)
class Sequences:
    """What varlen kernels read, int32 on the device: where queries begin, where keys lie, how many keys count.

    `queries` [n + 1] are offsets among the pass's tokens; `keys` [n + 1] offsets among slot * width + position; `used`
    [n] the number of keys of each sequence. Causality is aligned to the last key.
    """

    queries: torch.Tensor
    keys: torch.Tensor
    used: torch.Tensor
    longest_query: int
    longest_key: int


def sequences(plan: Plan, width: int, device: torch.device) -> Sequences:
    """The plan's rows and spans as sequences, made once a pass and device."""
    key = ("sequences", device)
    if key not in plan.made:
        counts = [1] * len(plan.rows) + [span.count for span in plan.spans]
        used = [place + 1 for place in plan.places] + [span.end for span in plan.spans]
        slots = [*plan.rows, *(span.slot for span in plan.spans)]
        queries = [0]
        for count in counts:
            queries.append(queries[-1] + count)
        keys = [slot * width for slot in slots]
        packed = torch.tensor([*queries, *keys, 0, *used], dtype=torch.int32)
        packed = packed.pin_memory().to(device, non_blocking=True) if device.type == "cuda" else packed
        count = len(counts)
        plan.made[key] = Sequences(
            packed[: count + 1],
            packed[count + 1 : 2 * count + 2],
            packed[2 * count + 2 :],
            max(counts),
            max(used),
        )
    found: Sequences = plan.made[key]
    return found


def attend_flat(
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    plan: Plan,
    scale: float | None,
    window: int | None,
    softcap: float | None,
) -> torch.Tensor:
    """`query` [head, token, size], `key` and `value` [slot, position, head, size]; returns [token, head, size].

    Raises RuntimeError when the pass is to be captured and only the masked way is left: it reads lists of the host.
    """
    if softcap is None and usable(query.device, query.dtype, query.shape[-1]):
        width = key.shape[1]
        found = sequences(plan, width, query.device)
        return _kernel()(
            query.transpose(0, 1),
            key.view(-1, *key.shape[2:]),
            value.view(-1, *value.shape[2:]),
            found,
            scale,
            window,
        )
    if CAPTURED in plan.made:
        raise RuntimeError("without flash attention over slots a step cannot be captured")
    return masked(query, key, value, plan, scale, window, softcap)


def masked(
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    plan: Plan,
    scale: float | None,
    window: int | None,
    softcap: float | None,
) -> torch.Tensor:
    """The same on any device and for any kind of scores, with a mask and copies of the rows' keys."""
    pieces = []
    count = len(plan.rows)
    if count:
        rows = torch.tensor(plan.rows, device=query.device)
        places = torch.tensor(plan.places, device=query.device)[:, None, None, None]
        at = torch.arange(plan.longest, device=query.device)
        seen = _seen(at, places, window)
        keys = key[:, : plan.longest].index_select(0, rows).transpose(1, 2)
        values = value[:, : plan.longest].index_select(0, rows).transpose(1, 2)
        one = query[:, :count].transpose(0, 1).unsqueeze(2)
        pieces.append(scored(one, keys, values, seen, scale, softcap)[:, :, 0])
    for span in plan.spans:
        pieces.append(_masked_span(query, key, value, span, scale, window, softcap))
    return torch.cat(pieces)


def _masked_span(
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    span: Span,
    scale: float | None,
    window: int | None,
    softcap: float | None,
) -> torch.Tensor:
    places = torch.arange(span.start, span.end, device=query.device)[:, None]
    seen = _seen(torch.arange(span.end, device=query.device), places, window)
    keys = key[span.slot : span.slot + 1, : span.end].transpose(1, 2)
    values = value[span.slot : span.slot + 1, : span.end].transpose(1, 2)
    one = query[None, :, span.at : span.at + span.count]
    return scored(one, keys, values, seen, scale, softcap)[0].transpose(0, 1)


def _seen(at: torch.Tensor, places: torch.Tensor, window: int | None) -> torch.Tensor:
    seen = at <= places
    return seen if window is None else seen & (at > places - window)


def scored(
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    seen: torch.Tensor,
    scale: float | None,
    softcap: float | None,
) -> torch.Tensor:
    """Plain attention over the keys that are `seen`, scores squeezed by tanh where `softcap` says so."""
    if not softcap:
        return functional.scaled_dot_product_attention(
            query, key, value, attn_mask=seen, scale=scale, enable_gqa=query.shape[1] != key.shape[1]
        )
    group = query.shape[1] // key.shape[1]
    key, value = key.repeat_interleave(group, 1), value.repeat_interleave(group, 1)
    scores = query @ key.transpose(-1, -2) * (query.shape[-1] ** -0.5 if scale is None else scale)
    scores = (torch.tanh(scores / softcap) * softcap).masked_fill(~seen, float("-inf"))
    return scores.softmax(-1, dtype=torch.float32).to(value.dtype) @ value


@cache
def _kernel() -> Any:
    """Torch's varlen attention as a function of our sequences. Raises ImportError before torch 2.10."""
    from torch.nn.attention import varlen

    attend: Any = varlen.varlen_attn
    takes = inspect.signature(attend).parameters
    if "seqused_k" not in takes:
        raise ImportError("torch.nn.attention.varlen cannot count keys")
    more = {"enable_gqa": True} if "enable_gqa" in takes else {}

    def run(
        query: torch.Tensor,
        key: torch.Tensor,
        value: torch.Tensor,
        found: Sequences,
        scale: float | None,
        window: int | None,
    ) -> torch.Tensor:
        left = -1 if window is None or window >= found.longest_key else window - 1
        # A single query sees every key there is, so no edge has to be named for it. The kernel is then free to read a
        # key once for all heads that share it, and to split long rows among the GPU's processors.
        right = -1 if left < 0 and found.longest_query == 1 else 0
        output: torch.Tensor = attend(
            query,
            key,
            value,
            found.queries,
            found.keys,
            found.longest_query,
            found.longest_key,
            scale=scale,
            window_size=(left, right),
            seqused_k=found.used,
            **more,
        )
        return output

    return run


@cache
def usable(device: torch.device, dtype: torch.dtype, size: int) -> bool:
    """Whether varlen attention runs on this device and agrees with SDPA; tried out once, on a small random pass."""
    if device.type != "cuda" or dtype not in (torch.bfloat16, torch.float16):
        return False
    try:
        width, heads, shares = 1024, 4, 2
        chance = torch.Generator(device).manual_seed(0)
        key, value = torch.randn(
            (2, 3, width, shares, size), generator=chance, device=device, dtype=dtype
        ).unbind()
        query = torch.randn((heads, 9, size), generator=chance, device=device, dtype=dtype)
        flat = (key.view(-1, shares, size), value.view(-1, shares, size))
        # Rows alone take another kernel than rows beside prompts, and long ones are split.
        mixed, rows = ([2, 0], [40, 7], [Span(1, 20, 2, 7)]), ([2, 0, 1], [1000, 0, 517])
        for given, window in ((mixed, None), (mixed, 8), (rows, None), (rows, 8)):
            plan = Plan(*given)
            asked = query[:, : plan.tokens]
            wanted = masked(asked, key, value, plan, None, window, None)
            got = _kernel()(asked.transpose(0, 1), *flat, sequences(plan, width, device), None, window)
            if not torch.allclose(got.float(), wanted.float(), atol=_TOLERANCE, rtol=_TOLERANCE):
                raise RuntimeError("varlen attention computes something else than SDPA")
    except (
        Exception
    ) as error:  # an old GPU, an old torch, a kernel that is not there: SDPA serves all of them
        log.warning("flash attention is not used", extra={"why": f"{type(error).__name__}: {error}"[:200]})
        return False
    return True
