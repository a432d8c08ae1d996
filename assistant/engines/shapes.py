"""The published configurations of the presets, as data: what plans are made from before anything is downloaded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final


def _rope(factor: float) -> dict[str, Any]:
    """Positions as of 3.1: the 8,192 of Llama 3 stretched by `factor`."""
    return {
        "rope_type": "llama3",
        "rope_theta": 500000.0,
        "factor": factor,
        "low_freq_factor": 1.0,
        "high_freq_factor": 4.0,
        "original_max_position_embeddings": 8192,
    }


def _llama(
    hidden: int, inner: int, layers: int, heads: int, *, stretched: float = 0.0, tied: bool = False
) -> dict[str, Any]:
    """The values of config.json that decide sizes; every release has 8 K/V heads and the same vocabulary."""
    plain = {"rope_type": "default", "rope_theta": 500000.0}
    return {
        "model_type": "llama",
        "architectures": ["LlamaForCausalLM"],
        "hidden_size": hidden,
        "intermediate_size": inner,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "num_key_value_heads": 8,
        "head_dim": 64 if hidden == 2048 else 128,
        "vocab_size": 128256,
        "max_position_embeddings": 131072 if stretched else 8192,
        "rms_norm_eps": 1e-5,
        "rope_parameters": _rope(stretched) if stretched else plain,
        "tie_word_embeddings": tied,
    }


_70B: Final = _llama(8192, 28672, 80, 64, stretched=8.0)

CONFIGS: Final[Mapping[str, Mapping[str, Any]]] = {
    "llama-3-8b": _llama(4096, 14336, 32, 32),
    "llama-3-70b": _llama(8192, 28672, 80, 64),
    "llama-3.1-8b": _llama(4096, 14336, 32, 32, stretched=8.0),
    "llama-3.1-70b": _70B,
    "llama-3.1-405b": _llama(16384, 53248, 126, 128, stretched=8.0),
    "llama-3.2-1b": _llama(2048, 8192, 16, 32, stretched=32.0, tied=True),
    "llama-3.2-3b": _llama(3072, 8192, 28, 24, stretched=32.0, tied=True),
    "llama-3.3-70b": _70B,
}
"""By preset. Values of the config.json files on the hub, read 2026-11-24."""
