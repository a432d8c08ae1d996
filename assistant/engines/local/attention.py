"""The attention of one ragged pass; on a CPU rows together, each prompt on its own, shared beginnings read once."""

from __future__ import annotations

from typing import Any, Final

import torch
from transformers import AttentionInterface
from transformers.integrations.sdpa_attention import sdpa_attention_forward

from .cache import Plan, Span
from .varlen import attend_flat, scored

NAME: Final = "slots"
_BLOCK: Final = 16
_WORTH_CUTTING: Final = 0.8  # of what all rows in one would read

_flash: Final = torch.ops.aten._scaled_dot_product_flash_attention_for_cpu


def attend(
    module: Any,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    *,
    plan: Plan | None = None,
    scaling: float | None = None,
    sliding_window: int | None = None,
    softcap: float | None = None,
    **kwargs: Any,
) -> tuple[torch.Tensor, None]:
    """`query` is [1, head, token, size]; `key` and `value` are a layer's whole slots [slot, head, position, size].

    Where the cache is flat they are [slot, position, head, size], and varlen.py does the work.

    `sliding_window`: a token sees itself and so many less one before it. `softcap`: scores are squeezed by tanh, as
    Gemma 2 wants it; no fused kernel does that, so those models take the plain way. Without a plan (the model is used
    by others than us) this is transformers' own attention.
    """
    if plan is None:
        return sdpa_attention_forward(module, query, key, value, attention_mask, scaling=scaling, **kwargs)
    if plan.flat:
        output = attend_flat(query[0], key, value, plan, scaling, sliding_window, softcap)
        return output.unsqueeze(0), None
    pieces = []
    rows = len(plan.rows)
    if rows:
        pieces.append(_rows(query[0, :, :rows], key, value, plan, scaling, sliding_window, softcap))
    for span in plan.spans:
        one = query[0, :, span.at : span.at + span.count]
        pieces.append(_span(one, key, value, span, plan, scaling, sliding_window, softcap))
    output = pieces[0] if len(pieces) == 1 else torch.cat(pieces)
    return output.unsqueeze(0), None


def _rows(
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    plan: Plan,
    scale: float | None,
    window: int | None,
    softcap: float | None,
) -> torch.Tensor:
    """One token of every running row; [head, row, size] to [row, head, size].

    The rows' slots are the first ones, so their keys are a view. Heads that share a key stand beside one another as
    if they were tokens. Two softmaxes over parts of the keys, weighed by their sums, are the softmax over all of them.
    """
    heads, rows, size = query.shape
    shares = key.shape[1]
    query = query.transpose(0, 1).reshape(rows, shares, heads // shares, size)
    windowed = window is not None and plan.longest > window
    shared = 0 if windowed or softcap else plan.shared
    first = max(0, min(plan.places) + 1 - window) if windowed and window else shared
    if softcap:
        mask = _row_mask(plan, first, plan.longest, 0, rows, window if windowed else None, query.dtype)
        keys, values = key[:rows, :, first : plan.longest], value[:rows, :, first : plan.longest]
        return scored(query, keys, values, mask == 0, scale, softcap).reshape(rows, heads, size)
    lines = query.shape[2]
    outputs, sums = [], []
    for begin, end, longest in _blocks(plan, first):
        mask = _row_mask(plan, first, longest, begin, end, window if windowed else None, query.dtype)
        one, one_sum = _flash(
            query[begin:end],
            key[begin:end, :, first:longest],
            value[begin:end, :, first:longest],
            attn_mask=mask.expand(-1, -1, lines, -1),
            scale=scale,
        )
        outputs.append(one)
        sums.append(one_sum)
    own = outputs[0] if len(outputs) == 1 else torch.cat(outputs)
    own_sum = sums[0] if len(sums) == 1 else torch.cat(sums)
    if shared:
        flat = query.transpose(0, 1).reshape(1, shares, rows * lines, size)
        common, common_sum = _flash(flat, key[:1, :, :shared], value[:1, :, :shared], scale=scale)
        common = common.reshape(shares, rows, lines, size).transpose(0, 1)
        common_sum = common_sum.reshape(shares, rows, lines).transpose(0, 1)
        own = _joined(common, common_sum, own, own_sum.reshape(rows, shares, lines))
    return own.reshape(rows, heads, size)


def _span(
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    span: Span,
    plan: Plan,
    scale: float | None,
    window: int | None,
    softcap: float | None,
) -> torch.Tensor:
    """A stretch of one prompt: all of what came before it, and itself up to each token; [head, token, size] in."""
    heads, count, size = query.shape
    shares = key.shape[1]
    # Heads that share a key go to different rows of a batch whose keys are the same memory.
    query = query.view(shares, heads // shares, count, size).transpose(0, 1)
    windowed = window is not None and span.end > window
    first = max(0, span.start + 1 - window) if windowed and window else 0
    keys = key[span.slot : span.slot + 1, :, first : span.end].expand(query.shape[0], -1, -1, -1)
    values = value[span.slot : span.slot + 1, :, first : span.end].expand(query.shape[0], -1, -1, -1)
    if windowed or softcap:
        mask = _span_mask(plan, span, first, window if windowed else None, query.dtype)
        if softcap:
            own = scored(query, keys, values, mask == 0, scale, softcap)
        else:
            own, _ = _flash(query, keys, values, attn_mask=mask, scale=scale)
    else:
        before = span.start
        own, own_sum = _flash(query, keys[:, :, before:], values[:, :, before:], is_causal=True, scale=scale)
        if before:
            past, past_sum = _flash(query, keys[:, :, :before], values[:, :, :before], scale=scale)
            own = _joined(past, past_sum, own, own_sum)
    return own.permute(2, 1, 0, 3).reshape(count, heads, size)


def _joined(
    one: torch.Tensor, one_sum: torch.Tensor, other: torch.Tensor, other_sum: torch.Tensor
) -> torch.Tensor:
    """Attention over two sets of keys from the attention over each and its log-sum of exponents."""
    weight = torch.sigmoid(one_sum - other_sum).unsqueeze(-1).to(other.dtype)
    return torch.lerp(other, one, weight)


def _blocks(plan: Plan, first: int) -> list[tuple[int, int, int]]:
    """Rows as blocks (begin, end, keys that its longest row sees): all in one, or where lengths differ much, several.

    Every row of a block reads as many keys as its longest one. Those that came together lie in the order of their
    lengths, so a block's rows are much alike.
    """
    key = ("blocks", first)
    if key not in plan.made:
        rows = len(plan.rows)
        whole = [(0, rows, plan.longest)]
        cut = [
            (begin, min(begin + _BLOCK, rows), max(plan.places[begin : begin + _BLOCK]) + 1)
            for begin in range(0, rows, _BLOCK)
        ]
        read = sum((end - begin) * (longest - first) for begin, end, longest in cut)
        plan.made[key] = cut if read < _WORTH_CUTTING * rows * (plan.longest - first) else whole
    found: list[tuple[int, int, int]] = plan.made[key]
    return found


def _row_mask(
    plan: Plan, first: int, longest: int, begin: int, end: int, window: int | None, dtype: torch.dtype
) -> torch.Tensor:
    key = ("row mask", first, begin, window)
    if key not in plan.made:
        places = torch.tensor(plan.places[begin:end])[:, None]
        at = torch.arange(first, longest)
        hidden = at > places
        if window is not None:
            hidden |= at <= places - window
        plan.made[key] = _as_mask(hidden, dtype)[:, None, None]
    found: torch.Tensor = plan.made[key]
    return found


def _span_mask(plan: Plan, span: Span, first: int, window: int | None, dtype: torch.dtype) -> torch.Tensor:
    key = ("span mask", span, first, window)
    if key not in plan.made:
        places = torch.arange(span.start, span.end)[:, None]
        at = torch.arange(first, span.end)
        hidden = at > places
        if window is not None:
            hidden |= at <= places - window
        plan.made[key] = _as_mask(hidden, dtype)[None, None]
    found: torch.Tensor = plan.made[key]
    return found


def _as_mask(hidden: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    return torch.zeros(hidden.shape, dtype=dtype).masked_fill_(hidden, float("-inf"))


def install(model: Any) -> None:
    """Make the model attend this way."""
    AttentionInterface.register(NAME, attend)
    model.set_attn_implementation(NAME)
