"""The small demo model that ships with the project: where its checkpoint lies and how it is labelled."""

from pathlib import Path
from typing import Final

CHECKPOINT: Final = Path(__file__).resolve().parent / "checkpoint"
"""Folder with the weights, configuration and tokenizer; loads offline as a plain Llama."""

LABEL: Final = "demo model: shows the system, knows little"
"""Shown wherever the demo model answers, so that nobody takes it for a capable model."""
