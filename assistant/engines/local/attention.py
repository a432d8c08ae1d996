"""Attention of a batch whose rows begin alike: the shared beginning is read once for all rows, then each row's own."""

from __future__ import annotations

from typing import Any, Final

import torch
from transformers import AttentionInterface
from transformers.integrations.sdpa_attention import sdpa_attention_forward

NAME: Final = "slots"


def attend(
    module: Any,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    *,
    scaling: float | None = None,
    shared: int = 0,
    **kwargs: Any,
) -> tuple[torch.Tensor, None]:
    """`shared`: so many first keys are the same in all rows and seen by all queries; 0 is plain attention.

    Two softmaxes over parts of the keys, weighed by their sums, are the softmax over all of them; on a CPU the K/V of
    a long system prompt would otherwise be read from memory once for every conversation and step.
    """
    group = query.shape[1] // key.shape[1]
    if not shared or attention_mask is None or (group > 1 and query.shape[2] > 1):
        output, _ = sdpa_attention_forward(
            module, query, key, value, attention_mask, scaling=scaling, **kwargs
        )
        return output, None
    rows, heads, length, size = query.shape
    if (
        group > 1
    ):  # one query token a row: heads that share a key stand beside one another as if they were tokens
        query = query.reshape(rows, heads // group, group, size)
    lines = query.shape[2]
    flat = query.transpose(0, 1).reshape(1, heads // group, rows * lines, size)
    flash = torch.ops.aten._scaled_dot_product_flash_attention_for_cpu
    common, common_sum = flash(flat, key[:1, :, :shared], value[:1, :, :shared], scale=scaling)
    mask = torch.zeros(attention_mask[..., shared:].shape, dtype=query.dtype)
    mask.masked_fill_(~attention_mask[..., shared:], float("-inf"))
    own, own_sum = flash(
        query,
        key[:, :, shared:],
        value[:, :, shared:],
        attn_mask=mask.expand(-1, -1, lines, -1),
        scale=scaling,
    )
    common = common.reshape(heads // group, rows, lines, size).transpose(0, 1)
    common_sum = common_sum.reshape(heads // group, rows, lines).transpose(0, 1)
    weight = (
        torch.sigmoid(common_sum - own_sum.reshape(rows, heads // group, lines)).unsqueeze(-1).to(own.dtype)
    )
    output = own + weight * (common - own)
    return output.reshape(rows, heads, length, size).transpose(1, 2).contiguous(), None


def install(model: Any) -> None:
    """Make the model attend this way."""
    AttentionInterface.register(NAME, attend)
    model.set_attn_implementation(NAME)
