"""One ragged pass of the model: the next token of every running row and a chunk of prompts, all tokens in one line."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from . import attention
from .attic import Ids
from .cache import Plan, SlotCache, Span
from .fuse import fuse
from .graphs import Graphs
from .join import join
from .threads import Threads


@dataclass(frozen=True, slots=True)
class Row:
    """A running answer: its newest token is computed at position `place` of its slot."""

    slot: int
    token: int
    place: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Prompt tokens to compute for one slot, from position `start` on; `last`: the prompt ends with them."""

    slot: int
    ids: Ids
    start: int
    last: bool = True


class Forward:
    """The transformers model with our cache. Logits are computed for rows and for the last token of whole prompts."""

    def __init__(self, model: Any, cache: SlotCache, threads: Threads | None = None) -> None:
        self._model = model
        self._threads = threads or nullcontext()
        self._cache = cache
        self._device = model.get_input_embeddings().weight.device
        attention.install(model)
        fuse(model)
        if self._device.type == "cuda":  # a CPU's products are large enough
            join(model)
        one_gpu = self._device.type == "cuda" and len({p.device for p in model.parameters()}) == 1
        self._graphs = Graphs(self._captured, slots=cache.slots, width=cache.width) if one_gpu else None

    def warm(self) -> None:
        """Before the first request: a model that cannot compute must say so now, and memory is laid out."""
        self([Row(0, 0, 0)], [Piece(self._cache.slots - 1, np.zeros(2, dtype=np.int32), 1)])
        if self._graphs is not None:
            self._graphs.prepare()
        self([Row(0, 0, 0)])

    @torch.inference_mode()
    def __call__(self, rows: Sequence[Row], pieces: Sequence[Piece] = (), shared: int = 0) -> torch.Tensor:
        """Float32 logits [row, vocabulary]: of every row, then of every piece that is the last of its prompt.

        `shared`: so many first positions hold the same tokens in all rows' slots.
        """
        ids = [row.token for row in rows]
        places = [row.place for row in rows]
        slots = [row.slot for row in rows]
        if self._graphs is not None and not pieces:
            logits = self._graphs.step(ids, slots, places)
            if logits is not None:
                return logits
        wanted = list(range(len(rows)))
        spans = []
        for piece in pieces:
            span = Span(piece.slot, piece.start, len(ids), len(piece.ids))
            spans.append(span)
            ids += piece.ids.tolist()
            places += range(span.start, span.end)
            if piece.last:
                wanted.append(len(ids) - 1)
        plan = Plan(slots, places[: len(rows)], spans, shared, self._cache.flat)
        keep = torch.tensor(wanted, dtype=torch.long, device=self._device)
        return self._run(torch.tensor([ids]), torch.tensor([places]), plan, keep)

    def _run(
        self, ids: torch.Tensor, positions: torch.Tensor, plan: Plan, keep: torch.Tensor | int
    ) -> torch.Tensor:
        self._cache.plan = plan
        with self._threads:
            logits: torch.Tensor = self._model(
                input_ids=ids.to(self._device),
                position_ids=positions.to(self._device),
                past_key_values=self._cache,
                use_cache=True,
                logits_to_keep=keep,
                plan=plan,
            ).logits
        return logits[0].float()

    def _captured(self, ids: torch.Tensor, positions: torch.Tensor, plan: Plan) -> torch.Tensor:
        plan.flat = self._cache.flat
        return self._run(ids, positions, plan, 0)
