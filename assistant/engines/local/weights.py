"""Brings a model into memory: fetch, check that it fits, place it on this machine's devices, quantize if asked."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch

from ...errors import ModelUnusable
from .. import checkpoint
from .template import Template

log = logging.getLogger(__name__)

_BITS: Final = {"8bit": 1.05, "4bit": 0.56}  # bytes a weight, with the scales
_PLAIN_ON_CPU: Final = 1_500_000_000  # above this many weights a CPU model is loaded in bf16: half the memory
_SPARE: Final = 300_000_000
_GB: Final = 1e9
_TEXT_PART: Final = {
    r"^(?:model\.)?language_model\.lm_head": "lm_head",
    r"^(?:model\.language_model|language_model\.model)\.": "model.",
}
"""How the text model's weights are called within those of a model that also sees: now, and in older copies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    model: Any
    folder: Path
    context: int
    slots: int
    vocabulary: int
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What a machine has for a model: `free` bytes on `device`, the number type weights are computed in."""

    device: str
    free: int
    dtype: torch.dtype
    most_slots: int


def load(options: Mapping[str, Any]) -> Loaded:
    """Load what `options` of LocalEngine name. Raises ModelUnusable with one sentence."""
    name, source, quantize = options["name"], options["source"], options["quantize"]
    folder = Path(source) if Path(source).is_dir() else _fetch_config(name, source)
    config = checkpoint.read_config(folder)
    room = _room(config, quantize)
    context = min(options["context"] or 2**31, int(config.get("max_position_embeddings") or 2048))
    slots = fitting_slots(
        config, room, name=name, context=context, quantize=quantize, wanted=options["slots"]
    )
    if not Path(source).is_dir():
        folder = _fetch(name, source)
    _try_template(folder)
    model = _model(folder, config, room, quantize)
    vocabulary = int(model.get_input_embeddings().weight.shape[0])
    return Loaded(
        model=model, folder=folder, context=context, slots=slots, vocabulary=vocabulary, device=room.device
    )


def _try_template(folder: Path, *, weights: bool = True) -> None:
    """Before many gigabytes are fetched or read: whether prompts can be framed safely. Raises ModelUnusable."""
    found = checkpoint.look(folder, weights=weights)
    if not found.llama3:
        Template.of(found)


def fitting_slots(
    config: Mapping[str, Any], room: Room, *, name: str, context: int, quantize: str, wanted: int
) -> int:
    """How many conversations fit beside the weights. Raises ModelUnusable when not even one does."""
    weights = checkpoint.weight_bytes(config, per_weight=_BITS.get(quantize, room.dtype.itemsize))
    slot = context * checkpoint.cache_bytes(config, per_number=room.dtype.itemsize)
    left = room.free - weights - _SPARE
    if left < slot * max(1, wanted):
        need = (weights + _SPARE + slot * max(1, wanted)) / _GB
        smaller = "a smaller model" if quantize == "4bit" else "quantize=4bit, a smaller model"
        raise ModelUnusable(
            f"{name} needs about {need:.1f} GB of memory ({weights / _GB:.1f} GB of it weights) and this machine has "
            f"{room.free / _GB:.1f} GB free; use {smaller}, fewer engine_slots or engine=openai"
        )
    return wanted or max(
        1, min(room.most_slots, int(left * (0.85 if room.device == "cuda" else 0.3)) // slot)
    )


def _room(config: Mapping[str, Any], quantize: str) -> Room:
    if torch.cuda.is_available():
        free = sum(torch.cuda.mem_get_info(at)[0] for at in range(torch.cuda.device_count()))
        return Room(device="cuda", free=free, dtype=torch.bfloat16, most_slots=256)
    small = checkpoint.parameters(config) <= _PLAIN_ON_CPU and quantize == "none"
    dtype = torch.float32 if small else torch.bfloat16
    return Room(device="cpu", free=checkpoint.available_memory(), dtype=dtype, most_slots=32)


def _model(folder: Path, config: Mapping[str, Any], room: Room, quantize: str) -> Any:
    from transformers import AutoConfig, AutoModelForCausalLM

    several = room.device == "cuda" and torch.cuda.device_count() > 1
    placed = "auto" if several else {"": 0 if room.device == "cuda" else "cpu"}
    more: dict[str, Any] = {}
    if room.device == "cuda" or quantize != "none":  # plain CPU models need no accelerate
        more["device_map"] = placed
    if "part_of" in config:
        more["config"] = AutoConfig.from_pretrained(folder, local_files_only=True).get_text_config()
        more["key_mapping"] = _TEXT_PART
    if quantize != "none":
        more["quantization_config"] = _quantization(quantize, room.dtype)
    try:
        model, report = AutoModelForCausalLM.from_pretrained(
            folder,
            dtype=room.dtype,
            attn_implementation="eager" if config["model_type"] == "gemma2" else "sdpa",
            local_files_only=True,
            output_loading_info=True,
            **more,
        )
    except torch.OutOfMemoryError:
        raise ModelUnusable(
            f"the model in {folder} does not fit into the memory of this machine's GPU"
        ) from None
    except Exception as error:
        log.exception("weights could not be loaded")
        raise ModelUnusable(f"the weights in {folder} cannot be loaded ({type(error).__name__})") from None
    if report["missing_keys"]:
        raise ModelUnusable(
            f"the weights in {folder} are not complete: {len(report['missing_keys'])} tensors are missing"
        )
    return model.eval()


def _quantization(quantize: str, dtype: torch.dtype) -> Any:
    from transformers import BitsAndBytesConfig

    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)  # it warns of a cast in every matrix product
    if quantize == "8bit":
        return BitsAndBytesConfig(load_in_8bit=True)
    return BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=dtype,
    )


def _fetch_config(name: str, source: str) -> Path:
    """The folder with config.json alone: sizes are checked before many gigabytes are fetched."""
    from huggingface_hub import hf_hub_download

    try:
        return Path(hf_hub_download(source, "config.json")).parent
    except Exception as error:
        raise _not_fetched(name, source, error) from None


def _fetch(name: str, source: str) -> Path:
    from huggingface_hub import snapshot_download

    words = ["*.json", "*.jinja"]
    try:
        _try_template(Path(snapshot_download(source, allow_patterns=words)), weights=False)
        # Mistral's repositories hold their weights a second time, in a file of another format.
        weights = snapshot_download(
            source, allow_patterns=[*words, "*.safetensors"], ignore_patterns=["consolidated*"]
        )
        return Path(weights)
    except ModelUnusable:
        raise
    except Exception as error:
        raise _not_fetched(name, source, error) from None


def _not_fetched(name: str, source: str, error: Exception) -> ModelUnusable:
    return ModelUnusable(
        f"{name} ({source}) could not be fetched ({type(error).__name__}): accept its licence on huggingface.co and "
        "set HF_TOKEN, or give the folder of a downloaded copy"
    )
