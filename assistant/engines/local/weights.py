"""Brings a model into memory: fetch, check that it fits, place it on this machine's devices, quantize if asked."""

from __future__ import annotations

import contextlib
import ctypes
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch

from ...errors import ModelUnusable
from .. import checkpoint, sizes
from . import measure
from .template import Template

log = logging.getLogger(__name__)

_TEXT_PART: Final = {
    r"^(?:model\.)?language_model\.lm_head": "lm_head",
    r"^(?:model\.language_model|language_model\.model)\.": "model.",
}
"""How the text model's weights are called within those of a model that also sees: now, and in older copies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A model in memory. `budget`: K/V tokens that all its slots together may hold."""

    model: Any
    folder: Path
    context: int
    slots: int
    vocabulary: int
    device: str
    budget: int = 0


def load(options: Mapping[str, Any]) -> Loaded:
    """Load what `options` of LocalEngine name. Raises ModelUnusable with one sentence."""
    name, source, quantize = options["name"], options["source"], options["quantize"]
    folder = Path(source) if Path(source).is_dir() else _fetch_config(name, source)
    config = checkpoint.read_config(folder)
    context = min(options["context"] or 2**31, int(config.get("max_position_embeddings") or 2048))
    tensors, room = measure.tensors(config), measure.room()
    slots, budget = places(
        tensors, room, name=name, context=context, quantize=quantize, wanted=options["slots"]
    )
    if not Path(source).is_dir():
        folder = _fetch(name, source)
    _try_template(folder)
    float32 = sizes.number_bytes(tensors, cuda=room.cuda, quantize=quantize) == 4
    model = _model(
        folder, config, cuda=room.cuda, dtype=torch.float32 if float32 else torch.bfloat16, quantize=quantize
    )
    vocabulary = int(model.get_input_embeddings().weight.shape[0])
    return Loaded(
        model=model,
        folder=folder,
        context=context,
        slots=slots,
        vocabulary=vocabulary,
        device="cuda" if room.cuda else "cpu",
        budget=budget,
    )


def _try_template(folder: Path, *, weights: bool = True) -> None:
    """Before many gigabytes are fetched or read: whether prompts can be framed safely. Raises ModelUnusable."""
    found = checkpoint.look(folder, weights=weights)
    if not found.llama3:
        Template.of(found)


def places(
    tensors: sizes.Tensors, room: sizes.Room, *, name: str, context: int, quantize: str, wanted: int
) -> tuple[int, int]:
    """How many slots, and how many K/V tokens they may hold together. Raises ModelUnusable when not even one fits.

    A GPU's slots are laid out whole. On a CPU a slot takes memory as it fills, so there may be more of them than would
    fit if all were full; the budget keeps what they hold within what was counted.
    """
    most = sizes.most_conversations(tensors, room, quantize=quantize, context=context)
    need = sizes.demand(tensors, room, quantize=quantize, context=context, conversations=max(1, wanted))
    whole = sizes.fits(need, room)
    if most == 0 or (room.cuda and not whole):
        smaller = "a smaller model" if quantize == "4bit" else "quantize=4bit, a smaller model"
        raise ModelUnusable(
            f"{name} needs about {need.total / sizes.GB:.1f} GB of memory ({need.weights / sizes.GB:.1f} GB of it "
            f"weights) and this machine has {room.total / sizes.GB:.1f} GB free; use {smaller}, fewer engine_slots or "
            f"engine=openai (`assistant models plan` says what would do)"
        )
    if room.cuda:
        slots = wanted or most
        return slots, slots * context
    slots = wanted or max(most, sizes.MOST_ON_CPU)
    return slots, (wanted if wanted and whole else most) * context


def _model(folder: Path, config: Mapping[str, Any], *, cuda: bool, dtype: torch.dtype, quantize: str) -> Any:
    from transformers import AutoConfig, AutoModelForCausalLM

    several = cuda and torch.cuda.device_count() > 1
    more: dict[str, Any] = {}
    if cuda or quantize != "none":  # plain CPU models need no accelerate
        more["device_map"] = "auto" if several else {"": 0 if cuda else "cpu"}
    if "part_of" in config:
        more["config"] = AutoConfig.from_pretrained(folder, local_files_only=True).get_text_config()
        more["key_mapping"] = _TEXT_PART
    if quantize != "none":
        more["quantization_config"] = _quantization(quantize, dtype)
    try:
        model, report = AutoModelForCausalLM.from_pretrained(
            folder,
            dtype=dtype,
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
    if quantize != "none":
        _give_back()
    return model.eval()


def _give_back() -> None:
    """The C library keeps what the whole weights took while they were quantized; hand it back to the system."""
    with contextlib.suppress(OSError, AttributeError):  # another C library than glibc
        ctypes.CDLL(None).malloc_trim(0)


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
