"""One pass of the model: a chunk of prompts into their slots, or one more token for every running row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch

from . import attention
from .slots import ALIGN, Ids, Plan, SlotCache


@dataclass(frozen=True, slots=True)
class Piece:
    """Tokens to compute for one slot, from position `start` on."""

    slot: int
    ids: Ids
    start: int


class Forward:
    """The transformers model with our cache. Only logits of the last token of each row are computed."""

    def __init__(self, model: Any, cache: SlotCache) -> None:
        self._body = model.base_model
        self._head = model.get_output_embeddings()
        self._cache = cache
        self._device = model.get_input_embeddings().weight.device
        self._shares = self._device.type == "cpu"
        if self._shares:
            attention.install(model)

    @torch.inference_mode()
    def __call__(self, pieces: Sequence[Piece], shared: int = 0) -> torch.Tensor:
        """Float32 logits [row, vocabulary] after the last token of each piece.

        `shared`: so many first positions hold the same tokens in all these slots and lie before every piece.
        """
        width = self._cache.width
        longest = max(len(piece.ids) for piece in pieces)
        ids, places, write = [], [], []
        for piece in pieces:
            count, end = len(piece.ids), piece.start + len(piece.ids)
            padding = longest - count
            ids.append([*piece.ids.tolist(), *[0] * padding])
            places.append([*range(piece.start, end), *[width - 1] * padding])
            write += [piece.slot * width + place for place in places[-1]]
        length = max(piece.start + len(piece.ids) for piece in pieces)
        length = min(-(-length // ALIGN) * ALIGN, width)
        positions = torch.tensor(places, device=self._device)
        self._cache.plan = Plan(
            [piece.slot for piece in pieces], torch.tensor(write, device=self._device), length
        )
        mask = torch.arange(length, device=self._device) <= positions[:, None, :, None]
        hidden = self._body(
            input_ids=torch.tensor(ids, device=self._device),
            attention_mask=mask,
            position_ids=positions,
            past_key_values=self._cache,
            use_cache=True,
            **({"shared": shared} if shared and self._shares else {}),
        ).last_hidden_state
        if longest == 1:
            hidden = hidden[:, 0]
        else:
            last = torch.tensor([len(piece.ids) - 1 for piece in pieces], device=hidden.device)
            hidden = hidden[torch.arange(len(pieces), device=hidden.device), last]
        return self._head(hidden).float()
