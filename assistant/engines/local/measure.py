"""Counts a model's tensors from its configuration alone, on torch's meta device, and looks at this machine's devices."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from ...errors import ModelUnusable
from .. import checkpoint, sizes
from ..process import Pipe

_PROBE: Final = 4  # tokens sent through the shapes to see what K/V they leave


def run(pipe: Pipe, options: Mapping[str, Any]) -> None:
    """Entry of Host: says what a model of `config` is made of and which devices are here."""
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    counted, found = tensors(options["config"]), gpus()
    pipe.ready({"tensors": asdict(counted), "gpus": found, "read": 0 if found else _read_rate()})
    while (frame := pipe.receive(None)) is not None and frame["do"] != "close":
        pass


def tensors(config: Mapping[str, Any]) -> sizes.Tensors:
    """What a model of this configuration is made of; no weight is ever allocated. Raises ModelUnusable."""
    import torch
    from transformers import AutoModelForCausalLM
    from transformers.models.auto.configuration_auto import CONFIG_MAPPING

    kind = config.get("model_type")
    if kind not in CONFIG_MAPPING:
        raise ModelUnusable(f"models of type '{kind}' are not known to the installed transformers; update it")
    try:
        known = CONFIG_MAPPING[kind].from_dict(dict(config))
        with torch.device("meta"):
            model = AutoModelForCausalLM.from_config(known, dtype=torch.bfloat16).eval()
        with torch.inference_mode():
            kept = model(
                input_ids=torch.zeros((1, _PROBE), dtype=torch.long, device="meta"), use_cache=True
            ).past_key_values
        layers = [layer for layer in kept.layers if getattr(layer, "keys", None) is not None]
        cache = sum(layer.keys.numel() + layer.values.numel() for layer in layers) // _PROBE
    except Exception as error:
        raise ModelUnusable(
            f"a model of type '{kind}' cannot be laid out as a chat model with ordinary K/V ({type(error).__name__})"
        ) from None
    head = model.get_output_embeddings()
    linear: list[tuple[int, int, int]] = []
    for module in model.modules():
        if isinstance(module, torch.nn.Linear) and module is not head:
            linear.append((module.out_features, module.in_features, 1))
    text = known.get_text_config()
    found = sizes.matrices(linear)
    return sizes.Tensors(
        linear=found,
        plain=sum(weight.numel() for weight in model.parameters()) - sum(matrix.weights for matrix in found),
        cache=cache,
        layers=text.num_hidden_layers,
        hidden=text.hidden_size,
        inner=int(getattr(text, "intermediate_size", None) or 4 * text.hidden_size),
        vocabulary=text.vocab_size,
        heads=text.num_attention_heads,
        kv_heads=int(getattr(text, "num_key_value_heads", None) or text.num_attention_heads),
    )


def room() -> sizes.Room:
    """What this machine has free for a model."""
    found = tuple(int(gpu["free"]) for gpu in gpus())
    return sizes.Room(cuda=bool(found), free=found or (checkpoint.available_memory(),))


def gpus() -> list[dict[str, Any]]:
    """Name, bytes in all and bytes free of every GPU torch can use."""
    import torch

    found = []
    for at in range(torch.cuda.device_count() if torch.cuda.is_available() else 0):
        free, total = torch.cuda.mem_get_info(at)
        found.append({"name": torch.cuda.get_device_name(at), "memory": total, "free": free})
    return found


def _read_rate() -> int:
    """Bytes a second this machine reads from its memory: every token of one conversation reads all weights once."""
    import torch

    numbers = torch.ones(32 * 1024 * 1024)  # 128 MiB: more than any cache
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        numbers.sum()
        best = min(best, time.perf_counter() - start)
    return int(numbers.nbytes / best)
