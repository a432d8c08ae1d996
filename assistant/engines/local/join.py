"""Linear maps of one input as one product: queries, keys and values; gate and up. Fewer, larger kernels on a GPU."""

from __future__ import annotations

from typing import Any, Final

import torch
from torch.nn import functional

_TOGETHER: Final = (("q_proj", "k_proj", "v_proj"), ("gate_proj", "up_proj"))


class _Joined:
    """The product of all the maps, computed when the first of them is asked for and kept until all were."""

    def __init__(self, maps: list[Any]) -> None:
        self.sizes = [one.out_features for one in maps]
        self.weight = torch.cat([one.weight.data for one in maps])
        self.bias = None if maps[0].bias is None else torch.cat([one.bias.data for one in maps])
        self._input: torch.Tensor | None = None
        self._parts: tuple[torch.Tensor, ...] = ()
        self._missing: set[int] = set()

    def part(self, at: int, states: torch.Tensor) -> torch.Tensor:
        if states is not self._input or at not in self._missing:
            self._parts = functional.linear(states, self.weight, self.bias).split(self.sizes, -1)
            self._input, self._missing = states, set(range(len(self.sizes)))
        found = self._parts[at]
        self._missing.discard(at)
        if not self._missing:
            self._input, self._parts = None, ()
        return found


class _Part(torch.nn.Module):
    """Stands where one of the maps stood; its weight is a view of the joined one."""

    def __init__(self, joined: _Joined, at: int) -> None:
        super().__init__()
        self._joined, self._at = joined, at
        first = sum(joined.sizes[:at])
        view = joined.weight[first : first + joined.sizes[at]]
        self.weight = torch.nn.Parameter(view, requires_grad=False)
        self.in_features, self.out_features = joined.weight.shape[1], joined.sizes[at]

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        return self._joined.part(self._at, states)


def join(model: Any) -> int:
    """Join what can be joined and return how many products that makes; quantized and offloaded layers stay as they are."""
    done = 0
    for parent in list(model.modules()):
        for names in _TOGETHER:
            maps = [getattr(parent, name, None) for name in names]
            if not all(_plain(one) for one in maps) or len({_kind(one) for one in maps}) > 1:
                continue
            joined = _Joined(maps)
            for at, name in enumerate(names):
                setattr(parent, name, _Part(joined, at))
            done += 1
    return done


def _plain(layer: Any) -> bool:
    return type(layer) is torch.nn.Linear and not hasattr(layer, "_hf_hook") and not layer.weight.is_meta


def _kind(layer: Any) -> tuple[Any, ...]:
    return layer.in_features, layer.weight.dtype, layer.weight.device, layer.bias is None
