"""Muon for the matrices of the demo model: momentum steps made orthogonal, same shapes in one batch."""

from collections import defaultdict
from typing import Final

import torch

_COEFFICIENTS: Final = (3.4445, -4.7750, 2.0315)


def orthogonal(batch: torch.Tensor, steps: int = 5) -> torch.Tensor:
    """Newton-Schulz iteration towards the nearest orthogonal matrix, for a batch of equal shapes."""
    first, second, third = _COEFFICIENTS
    work = batch
    tall = work.size(-2) > work.size(-1)
    if tall:
        work = work.mT
    work = work / (work.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(steps):
        square = work @ work.mT
        work = first * work + (second * square + third * square @ square) @ work
    return work.mT if tall else work


class Muon:
    """Momentum with orthogonal updates; `scales` multiplies the learning rate of single matrices."""

    def __init__(
        self,
        parameters: list[torch.nn.Parameter],
        scales: list[float],
        moments: list[torch.Tensor],
        momentum: float = 0.95,
    ) -> None:
        self.momentum = momentum
        self.parameters = parameters
        self.scales = scales
        self.moments = moments
        self.groups: dict[torch.Size, list[int]] = defaultdict(list)
        for at, parameter in enumerate(parameters):
            self.groups[parameter.shape].append(at)

    @torch.no_grad()
    def step(self, gradients: list[torch.Tensor], rate: float) -> None:
        """One update with learning rate `rate`; the moments are changed in place."""
        for shape, members in self.groups.items():
            updates = []
            for at in members:
                self.moments[at].mul_(self.momentum).add_(gradients[at])
                updates.append(gradients[at].add(self.moments[at], alpha=self.momentum))
            made = orthogonal(torch.stack(updates))
            stretch = max(1.0, shape[0] / shape[1]) ** 0.5
            for at, update in zip(members, made, strict=True):
                self.parameters[at].add_(update, alpha=-rate * stretch * self.scales[at])
