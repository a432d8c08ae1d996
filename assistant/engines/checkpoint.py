"""Looks into a model folder without loading it: facts, sizes, and what is missing, in one sentence."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ..errors import ModelUnusable

CONTROL_TOKENS: Final = ("<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>")
TYPES: Final = (
    "llama", "mistral", "mixtral", "qwen2", "qwen3", "qwen3_moe", "gemma", "gemma2", "gemma3_text",
)  # fmt: skip
"""Types whose layers attend to all of a slot or to a window of it, at fixed rotary places: what the slots can hold."""

SEEING: Final = {"gemma3": "gemma3_text", "mistral3": "mistral"}
"""Types that also see, and the type of the text model in them, which is all that is loaded."""

_LEFT_OUT: Final = {
    "gemma3": {
        "num_attention_heads": 8, "num_key_value_heads": 4, "head_dim": 256, "vocab_size": 262208,
        "max_position_embeddings": 131072,
    },
}  # fmt: skip
_TIED: Final = ("gemma", "gemma2", "gemma3_text")  # their configurations leave out what is their default
_HEAD_SIZES: Final = {
    "qwen3": 128, "qwen3_moe": 128, "gemma": 256, "gemma2": 256, "gemma3_text": 256,
}  # fmt: skip
_HTML: Final = re.compile(
    r"</?(?:a|b|i|u|s|p|em|li|ol|ul|br|hr|sub|sup|code|pre|strong|blockquote|h[1-6]|"
    r"table|caption|thead|tbody|tfoot|tr|th|td)>"
)
_LAYERS: Final = ("full_attention", "sliding_attention")
_MOVING_ROPE: Final = ("dynamic", "longrope")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What the files say. `template` is the chat template's source, `controls` are the tokens that steer the model.

    `words`: the tokens a template knows by name (`bos_token` …). `stops`: ids that end a text. `llama3`: prompts are
    framed as Llama 3 documents it; other models write their own template.
    """

    folder: Path
    config: Mapping[str, Any]
    parameters: int
    context: int
    template: str
    controls: frozenset[str]
    words: Mapping[str, str]
    stops: frozenset[int]
    llama3: bool


def look(folder: Path, *, weights: bool = True) -> Checkpoint:
    """Read the small files of a model folder. Raises ModelUnusable unless it holds a chat model we can run.

    Without `weights` these may still be missing.
    """
    if not folder.is_dir():
        raise ModelUnusable(f"the model folder {folder} does not exist")
    config = read_config(folder)
    if weights and not any([*folder.glob("*.safetensors"), *folder.glob("*.safetensors.index.json")]):
        raise ModelUnusable(f"the model folder {folder} has no weights (*.safetensors)")
    added = _added(folder / "tokenizer.json")
    names = frozenset(str(item["content"]) for item in added)
    template = _template(folder)
    if not template:
        raise ModelUnusable(
            f"the model in {folder} is not a chat model: it has no chat template; use an Instruct model"
        )
    named = _json(folder / "tokenizer_config.json") if (folder / "tokenizer_config.json").exists() else {}
    words = {name: _word(value) for name, value in named.items() if name.endswith("_token")}
    return Checkpoint(
        folder=folder,
        config=config,
        parameters=parameters(config),
        context=int(config.get("max_position_embeddings") or 2048),
        template=template,
        controls=frozenset(
            str(item["content"])
            for item in added
            if is_control(str(item["content"]), bool(item.get("special")))
        ),
        words={name: word for name, word in words.items() if word},
        stops=_stops(folder, config, added, words.get("eos_token", "")),
        llama3=_is_llama3(template, names),
    )


def read_config(folder: Path) -> dict[str, Any]:
    """config.json of a model whose layers our slots can hold. Raises ModelUnusable."""
    config = text_of(_json(folder / "config.json"))
    check(config, f"the model in {folder}")
    for name in (
        "hidden_size",
        "intermediate_size",
        "num_hidden_layers",
        "num_attention_heads",
        "vocab_size",
    ):
        if not isinstance(config.get(name), int):
            raise ModelUnusable(f"{folder / 'config.json'} names no {name}: the copy is not complete")
    return config


def text_of(config: dict[str, Any]) -> dict[str, Any]:
    """The configuration of the text model: the whole one, or what lies in that of a model that also sees."""
    kind = str(config.get("model_type"))
    text = config.get("text_config")
    if kind not in SEEING or not isinstance(text, dict):
        return config
    ends = {"eos_token_id": config["eos_token_id"]} if "eos_token_id" in config else {}
    return _LEFT_OUT.get(kind, {}) | text | ends | {"model_type": SEEING[kind], "part_of": kind}


def check(config: Mapping[str, Any], which: str) -> None:
    """Refuse a configuration that the local engine cannot run; `which` begins the sentence. Raises ModelUnusable."""
    config = text_of(dict(config))
    kind = config.get("model_type")
    if kind not in TYPES:
        raise ModelUnusable(
            f"{which} is of type '{kind}'; the local engine runs text models of the types "
            f"{', '.join(TYPES)}: use one of them, or engine=openai with a server that runs it (vLLM)"
        )
    odd = _unusable(config)
    if odd:
        raise ModelUnusable(
            f"{which} has {odd}, which the slots of the local engine cannot hold: "
            "use engine=openai with a server that runs it (vLLM)"
        )


def is_control(token: str, special: bool) -> bool:
    """Whether an added token steers the model. Some vocabularies add runs of spaces and HTML tags, which are text."""
    return special or not (token.replace("▁", " ").isspace() or _HTML.fullmatch(token))


def parameters(config: Mapping[str, Any]) -> int:
    """How many weights a model of this configuration has."""
    hidden, inner, layers = config["hidden_size"], config["intermediate_size"], config["num_hidden_layers"]
    kind = config.get("model_type", "llama")
    head = _head_size(config)
    queries, keys = config["num_attention_heads"] * head, _kv_heads(config) * head
    attention = hidden * (2 * queries + 2 * keys)
    if kind == "qwen2":
        attention += queries + 2 * keys
    if kind in ("qwen3", "qwen3_moe", "gemma3_text"):
        attention += 2 * head
    experts = config.get("num_local_experts") or config.get("num_experts") or 0
    if kind in ("mixtral", "qwen3_moe") and experts:
        inner = config.get("moe_intermediate_size") or inner
        network = experts * (3 * hidden * inner + hidden)
    else:
        network = 3 * hidden * inner
    norms = 4 * hidden if kind in ("gemma2", "gemma3_text") else 2 * hidden
    return int(layers * (attention + network + norms) + _embeddings(config) + hidden)


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


def _unusable(config: Mapping[str, Any]) -> str:
    """What in the configuration of an allowed type the slots cannot hold; empty when all is well."""
    other = sorted({str(kind) for kind in config.get("layer_types") or ()} - set(_LAYERS))
    if other:
        return f"layers of the kind {', '.join(other)}"
    ropes = [config.get(name) for name in ("rope_parameters", "rope_scaling")]
    rules = [rule for rope in ropes if isinstance(rope, Mapping) for rule in (rope, *rope.values())]
    for rule in rules:  # Gemma 3 has one for each kind of layer
        kind = rule.get("rope_type") or rule.get("type") if isinstance(rule, Mapping) else None
        if kind in _MOVING_ROPE:  # a row's places would depend on how long its neighbours are
            return f"rotary places of the kind {kind}"
    if config.get("use_bidirectional_attention"):
        return "attention that looks ahead"
    return ""


def _is_llama3(template: str, added: frozenset[str]) -> bool:
    """Whether to frame prompts as Llama 3 does: it has the tokens, and its template does not write others instead."""
    if not added.issuperset(CONTROL_TOKENS):
        return False
    return CONTROL_TOKENS[1] in template or not any(
        token in template for token in added if token not in CONTROL_TOKENS
    )


def _stops(folder: Path, config: Mapping[str, Any], added: list[dict[str, Any]], end: str) -> frozenset[int]:
    """Ids that end a text, by everything that names some."""
    found: set[int] = {int(item["id"]) for item in added if end and item.get("content") == end}
    path = folder / "generation_config.json"
    for source in (config, _json(path) if path.exists() else {}):
        ends = source.get("eos_token_id")
        found.update(at for at in (ends if isinstance(ends, list) else [ends]) if isinstance(at, int))
    return frozenset(found)


def _word(value: Any) -> str:
    found = value.get("content") if isinstance(value, dict) else value
    return found if isinstance(found, str) else ""


def _embeddings(config: Mapping[str, Any]) -> int:
    tied = config.get("tie_word_embeddings")
    if tied is None:
        tied = config.get("model_type") in _TIED
    return int(config["vocab_size"] * config["hidden_size"] * (1 if tied else 2))


def _kv_heads(config: Mapping[str, Any]) -> int:
    return int(config.get("num_key_value_heads") or config["num_attention_heads"])


def _head_size(config: Mapping[str, Any]) -> int:
    usual = _HEAD_SIZES.get(
        config.get("model_type", ""), config["hidden_size"] // config["num_attention_heads"]
    )
    return int(config.get("head_dim") or usual)


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


def _added(path: Path) -> list[dict[str, Any]]:
    """The added tokens of a tokenizer.json. Its vocabulary, many megabytes behind them, is left unread."""
    try:
        text = path.read_text(encoding="utf-8")
        at = text.find('"added_tokens"')
        if at < 0:
            found = json.loads(text).get("added_tokens") or []
        else:
            found = json.JSONDecoder().raw_decode(text, text.index("[", at))[0]
    except FileNotFoundError:
        raise ModelUnusable(f"the model folder {path.parent} has no {path.name}") from None
    except (OSError, ValueError, AttributeError):
        raise ModelUnusable(f"{path} cannot be read") from None
    return [item for item in found if isinstance(item, dict) and item.get("content")]


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
