"""The Painter port: a picture made of words, soon enough to change while they are typed, and stopped when nobody wants it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A JPEG; `size` is its width and its height in pixels."""

    jpeg: bytes
    size: int


@runtime_checkable
class Painter(Protocol):
    @property
    def note(self) -> str:
        """What it is, in a few words that are shown beside its pictures."""

    async def paint(self, prompt: str, *, seed: int, size: int, steps: int) -> Picture:
        """Draw `prompt`; the same seed keeps what was drawn for the words that stay. More `steps`: more detail.

        Cancelling it stops the work, not only the waiting. Raises PainterDead, PaintRefused.
        """

    async def close(self) -> None:
        """Stop what still runs."""
