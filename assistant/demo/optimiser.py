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
        self, parameters: list[torch.nn.Parameter], scales: list[float], momentum: float = 0.95
    ) -> None:
        self.momentum = momentum
        self.parameters = parameters
        self.scales = scales
        self.buffers = [torch.zeros_like(parameter) for parameter in parameters]
        self.groups: dict[torch.Size, list[int]] = defaultdict(list)
        for at, parameter in enumerate(parameters):
            self.groups[parameter.shape].append(at)

    @torch.no_grad()
    def step(self, rate: float) -> None:
        """One update with learning rate `rate`."""
        for shape, members in self.groups.items():
            updates = []
            for at in members:
                gradient = self.parameters[at].grad
                if gradient is None:
                    raise ValueError("step() before backward()")
                self.buffers[at].mul_(self.momentum).add_(gradient)
                updates.append(gradient.add(self.buffers[at], alpha=self.momentum))
            made = orthogonal(torch.stack(updates))
            stretch = max(1.0, shape[0] / shape[1]) ** 0.5
            for at, update in zip(members, made, strict=True):
                self.parameters[at].add_(update, alpha=-rate * stretch * self.scales[at])

    def state(self) -> list[torch.Tensor]:
        """The momentum buffers, for a checkpoint."""
        return self.buffers

    def load(self, buffers: list[torch.Tensor]) -> None:
        """Take the momentum buffers of a checkpoint."""
        for mine, theirs in zip(self.buffers, buffers, strict=True):
            mine.copy_(theirs)
