"""Looks into a model folder without loading it: facts, sizes, and what is missing, in one sentence."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ..errors import ModelUnusable

CONTROL_TOKENS: Final = ("<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What the files say. `template` is the chat template's source."""

    folder: Path
    config: Mapping[str, Any]
    parameters: int
    context: int
    template: str


def look(folder: Path) -> Checkpoint:
    """Read the small files of a model folder. Raises ModelUnusable unless it holds a Llama 3 chat model."""
    if not folder.is_dir():
        raise ModelUnusable(f"the model folder {folder} does not exist")
    config = read_config(folder)
    if not any(folder.glob("*.safetensors")) and not any(folder.glob("*.safetensors.index.json")):
        raise ModelUnusable(f"the model folder {folder} has no weights (*.safetensors)")
    tokenizer = _json(folder / "tokenizer.json")
    tokens = {item.get("content") for item in tokenizer.get("added_tokens", []) if isinstance(item, dict)}
    template = _template(folder)
    if not template or not tokens.issuperset(CONTROL_TOKENS):
        why = "no chat template" if not template else "not the control tokens of Llama 3"
        raise ModelUnusable(
            f"the model in {folder} is not a Llama 3 chat model: it has {why}; use an Instruct model"
        )
    return Checkpoint(
        folder=folder,
        config=config,
        parameters=parameters(config),
        context=int(config.get("max_position_embeddings") or 2048),
        template=template,
    )


def read_config(folder: Path) -> dict[str, Any]:
    """config.json of a plain Llama. Raises ModelUnusable."""
    config = _json(folder / "config.json")
    kind = config.get("model_type")
    if kind != "llama":
        raise ModelUnusable(
            f"the model in {folder} is of type '{kind}'; the local engine runs text models of type 'llama'"
        )
    return config


def parameters(config: Mapping[str, Any]) -> int:
    """How many weights a Llama of this configuration has."""
    hidden, inner, layers = config["hidden_size"], config["intermediate_size"], config["num_hidden_layers"]
    head = _head_size(config)
    queries = config["num_attention_heads"] * head
    attention = hidden * (2 * queries + 2 * _kv_heads(config) * head)
    embeddings = config["vocab_size"] * hidden * (1 if config.get("tie_word_embeddings") else 2)
    return int(layers * (attention + 3 * hidden * inner + 2 * hidden) + embeddings + hidden)


def weight_bytes(config: Mapping[str, Any], *, per_weight: float) -> int:
    """Bytes of the loaded weights; embeddings and head stay at 2 bytes at least when the rest is quantized."""
    total = parameters(config)
    if per_weight >= 2:
        return int(total * per_weight)
    plain = config["vocab_size"] * config["hidden_size"] * (1 if config.get("tie_word_embeddings") else 2)
    return int((total - plain) * per_weight + plain * 2)


def cache_bytes(config: Mapping[str, Any], *, per_number: int) -> int:
    """Bytes of K/V one token of one conversation takes."""
    return int(2 * config["num_hidden_layers"] * _kv_heads(config) * _head_size(config) * per_number)


def available_memory() -> int:
    """Bytes a new process may still take on this machine: the kernel's estimate, within the container's limit."""
    available = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                available = int(line.split()[1]) * 1024
        limit = Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii").strip()
        if limit != "max":
            used = int(Path("/sys/fs/cgroup/memory.current").read_text(encoding="ascii"))
            available = min(available, int(limit) - used)
    except (OSError, ValueError):
        pass
    return available


def _kv_heads(config: Mapping[str, Any]) -> int:
    return int(config.get("num_key_value_heads") or config["num_attention_heads"])


def _head_size(config: Mapping[str, Any]) -> int:
    return int(config.get("head_dim") or config["hidden_size"] // config["num_attention_heads"])


def _template(folder: Path) -> str:
    for name in ("chat_template.jinja", "chat_template.json", "tokenizer_config.json"):
        path = folder / name
        if path.exists():
            found = (
                path.read_text(encoding="utf-8")
                if name.endswith(".jinja")
                else _json(path).get("chat_template")
            )
            if isinstance(found, list):  # several named templates: the default one counts
                found = next((item.get("template") for item in found if item.get("name") == "default"), "")
            if found:
                return str(found)
    return ""


def _json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelUnusable(f"the model folder {path.parent} has no {path.name}") from None
    except (OSError, ValueError):
        raise ModelUnusable(f"{path} cannot be read") from None
    if not isinstance(value, dict):
        raise ModelUnusable(f"{path} cannot be read")
    return value
