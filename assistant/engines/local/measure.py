"""Counts a model's tensors from its configuration alone, on torch's meta device, and looks at this machine's devices."""

from __future__ import annotations

import functools
import importlib.util
import logging
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from ...errors import ModelUnusable
from .. import checkpoint, sizes

if TYPE_CHECKING:
    from ..process import Pipe

_SIDE: Final = 1024  # of the square layers that are timed
_RUNS: Final = 5
_READERS: Final = 8  # cores that are enough to keep the memory busy
_PROBE: Final = 4  # tokens sent through the shapes to see what K/V they leave


def run(pipe: Pipe, options: Mapping[str, Any]) -> None:
    """Entry of Host: says what a model of `config` is made of and, with `here`, which devices this machine has."""
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    facts: dict[str, Any] = {"tensors": asdict(tensors(options["config"])), "gpus": [], "speeds": {}}
    if options["here"]:
        facts["gpus"] = gpus()
        facts["speeds"] = {} if facts["gpus"] else speeds()
    pipe.ready(facts)
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


def speeds() -> dict[str, float]:
    """What limits a CPU: bytes a second it reads from memory, and weights a second that each kind of layer multiplies.

    CPUs differ tenfold in this: many have no instructions for bfloat16, and quantized weights are unpacked first. What
    one core does in its own time, times the cores: other work on the machine does not count, and nothing is faster.
    """
    import torch

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    torch.set_num_threads(1)
    numbers = torch.ones(32 * 1024 * 1024)  # 128 MiB: more than any cache
    found = {"read": min(cores, _READERS) * numbers.nbytes / _quickest(numbers.sum)}
    quantized = importlib.util.find_spec("bitsandbytes") is not None
    for kind in ("float32", "bfloat16", *(("8bit", "4bit") if quantized else ())):
        layer = _layer(kind)
        token = torch.ones((1, _SIDE), dtype=torch.float32 if kind == "float32" else torch.bfloat16)
        with torch.inference_mode():
            found[kind] = cores * _SIDE * _SIDE / _quickest(functools.partial(layer, token))
    return found


def _layer(kind: str) -> Any:
    """A linear layer with weights of this kind, as transformers would make it."""
    import torch

    plain = torch.nn.Linear(
        _SIDE, _SIDE, bias=False, dtype=torch.float32 if kind == "float32" else torch.bfloat16
    )
    if kind in ("float32", "bfloat16"):
        return plain
    # It warns of kernels that are not installed when it is loaded, and of a cast in every product.
    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)
    import bitsandbytes

    if kind == "8bit":
        layer = bitsandbytes.nn.Linear8bitLt(_SIDE, _SIDE, bias=False, has_fp16_weights=False)
        layer.weight = bitsandbytes.nn.Int8Params(
            plain.weight.data, requires_grad=False, has_fp16_weights=False
        )
    else:
        layer = bitsandbytes.nn.Linear4bit(
            _SIDE, _SIDE, bias=False, compute_dtype=torch.bfloat16, quant_type="nf4"
        )
        layer.weight = bitsandbytes.nn.Params4bit(
            plain.weight.data, requires_grad=False, quant_type="nf4", compress_statistics=True, module=layer
        )
    return layer.to("cpu")


def _quickest(run: Callable[[], Any]) -> float:
    """Seconds of processor time of the quickest of a few runs."""
    run()
    best = float("inf")
    for _ in range(_RUNS):
        start = time.process_time()
        run()
        best = min(best, time.process_time() - start)
    return best
