"""Tiny random checkpoints of other families: the vocabulary, template and configuration each of them has."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import torch
import transformers
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from transformers import AutoModelForCausalLM, PretrainedConfig

from assistant.engines import checkpoint
from assistant.engines.local.template import Template
from assistant.engines.local.tokens import Tokens
from assistant.types import Prompt, Role, Slot, SlotKind, ToolSpec, Turn

CONTEXT: Final = 256
TEMPLATES: Final = Path(__file__).parent / "templates"
_TEXT: Final = (
    "Hello world, you are Ada. What is the time in Lisbon? It is noon. Be short and friendly.\n"
    "Olá, tudo bem? São Paulo, coração.  Two spaces, a list:\n\n- one\n- two\n user model assistant system\n"
    '{"name": "get_time", "arguments": {"city": "Évora"}} first second question answer 0123456789\n'
)
_WORDS: Final = (
    r"(?i:'s|'t|'re)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Family:
    """One kind of checkpoint. `special` and `added` are its control tokens and its other added tokens."""

    name: str
    template: str
    vocabulary: Callable[[Sequence[str]], Tokenizer]
    special: tuple[str, ...]
    added: tuple[str, ...] = ()
    bos: str = ""
    eos: str
    config: str
    options: dict[str, Any]
    tools: bool = False

    def tokenizer(self) -> Tokenizer:
        made = self.vocabulary(self.special)
        made.add_special_tokens([AddedToken(name, special=True, normalized=False) for name in self.special])
        made.add_tokens([AddedToken(name, special=False, normalized=False) for name in self.added])
        return made

    def source(self) -> str:
        return (TEMPLATES / f"{self.template}.jinja").read_text(encoding="utf-8")

    def model(self, **more: Any) -> Any:
        torch.manual_seed(0)
        options: dict[str, Any] = {
            "vocab_size": self.tokenizer().get_vocab_size(),
            "hidden_size": 64,
            "intermediate_size": 96,
            "num_hidden_layers": 4,
            "num_attention_heads": 4,
            "num_key_value_heads": 2,
            "head_dim": 16,
            "max_position_embeddings": CONTEXT,
            "initializer_range": 0.3,  # wide enough that no two logits are ever nearly equal
            "bos_token_id": None,
            "eos_token_id": None,
            "pad_token_id": None,
        }
        config: PretrainedConfig = getattr(transformers, self.config)(**options | self.options | more)
        config._attn_implementation = "eager"
        model = AutoModelForCausalLM.from_config(config).eval()
        if config.tie_word_embeddings:  # else a token's likeliest follower is that token
            model.get_input_embeddings().weight.data *= 0.1
        return model

    def save(self, folder: Path) -> Path:
        """A folder as it comes from the hub."""
        tokenizer = self.tokenizer()
        self.model().save_pretrained(folder)
        tokenizer.save(str(folder / "tokenizer.json"))
        words = {"chat_template": self.source(), "eos_token": self.eos}
        words |= {"bos_token": self.bos} if self.bos else {}
        (folder / "tokenizer_config.json").write_text(json.dumps(words))
        ends = {"eos_token_id": [tokenizer.token_to_id(self.eos)]}
        (folder / "generation_config.json").write_text(json.dumps(ends))
        return folder


def byte_level(special: Sequence[str]) -> Tokenizer:
    """As Qwen and Mistral Nemo: every byte has a letter."""
    made = Tokenizer(models.BPE())
    made.normalizer = normalizers.NFC()
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_WORDS), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    made.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    _train(made, trainers.BpeTrainer(vocab_size=380, initial_alphabet=alphabet, show_progress=False))
    return made


def metaspace(special: Sequence[str]) -> Tokenizer:
    """As Mistral 7B v0.3: ▁ before the first word of a text, unknown characters as bytes."""
    made = _sentencepiece(special)
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="first", split=False)
    return made


def prepended(special: Sequence[str]) -> Tokenizer:
    """As older conversions of Llama 2 and Mistral: ▁ before every stretch of text."""
    made = _sentencepiece(special)
    made.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    return made


def bare(special: Sequence[str]) -> Tokenizer:
    """As Gemma: ▁ for spaces only, and runs of line ends as added tokens."""
    made = _sentencepiece(special)
    made.normalizer = normalizers.Replace(" ", "▁")
    made.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
    made.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    return made


def _sentencepiece(special: Sequence[str]) -> Tokenizer:
    pieces = [*special, *(f"<0x{byte:02X}>" for byte in range(256))]
    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    _train(trained, trainers.BpeTrainer(vocab_size=160, show_progress=False))
    state = json.loads(trained.to_str())["model"]
    learnt = sorted(state["vocab"], key=lambda piece: state["vocab"][piece])
    vocab = {piece: at for at, piece in enumerate(dict.fromkeys([*pieces, *learnt]))}
    made = Tokenizer(
        models.BPE(
            vocab=vocab,
            merges=[tuple(pair) for pair in state["merges"]],
            byte_fallback=True,
            unk_token="<unk>",
            fuse_unk=True,
        )
    )
    made.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    )
    return made


def _train(made: Tokenizer, trainer: trainers.BpeTrainer) -> None:
    made.train_from_iterator([_TEXT] * 4, trainer)


_CHATML: Final = {
    "vocabulary": byte_level,
    "special": ("<|endoftext|>", "<|im_start|>", "<|im_end|>"),
    "eos": "<|im_end|>",
}
_MISTRAL: Final = {
    "special": (
        "<unk>", "<s>", "</s>", "[INST]", "[/INST]", "[TOOL_CALLS]", "[AVAILABLE_TOOLS]", "[/AVAILABLE_TOOLS]",
        "[TOOL_RESULTS]", "[/TOOL_RESULTS]",
    ),
    "bos": "<s>",
    "eos": "</s>",
    "template": "mistral_v3",
    "tools": True,
}  # fmt: skip
_GEMMA: Final = {
    "vocabulary": bare,
    "special": ("<pad>", "<eos>", "<bos>", "<unk>", "<start_of_turn>", "<end_of_turn>"),
    "added": ("\n\n", "▁▁", "<table>"),
    "bos": "<bos>",
    "eos": "<eos>",
}

FAMILIES: Final = {
    family.name: family
    for family in (
        Family(
            name="qwen2",
            template="qwen2_5",
            added=("<tool_call>", "</tool_call>"),
            config="Qwen2Config",
            options={},
            tools=True,
            **_CHATML,
        ),
        Family(
            name="qwen3",
            template="qwen3",
            added=("<tool_call>", "</tool_call>", "<tool_response>", "</tool_response>", "<think>", "</think>"),
            config="Qwen3Config",
            options={"use_sliding_window": True, "sliding_window": 24, "max_window_layers": 2},
            tools=True,
            **_CHATML,
        ),
        Family(name="mistral", vocabulary=metaspace, config="MistralConfig", options={"sliding_window": None}, **_MISTRAL),
        Family(
            name="mistral-window",
            vocabulary=prepended,
            config="MistralConfig",
            options={"sliding_window": 24},
            **_MISTRAL,
        ),
        Family(name="mixtral", vocabulary=byte_level, config="MixtralConfig",
               options={"sliding_window": None, "num_local_experts": 4, "num_experts_per_tok": 2}, **_MISTRAL),
        Family(
            name="qwen3_moe",
            template="qwen3",
            added=("<tool_call>", "</tool_call>", "<think>", "</think>"),
            config="Qwen3MoeConfig",
            options={"num_experts": 4, "num_experts_per_tok": 2, "moe_intermediate_size": 48, "sliding_window": None},
            tools=True,
            **_CHATML,
        ),
        Family(name="gemma", template="gemma", config="GemmaConfig", options={}, **_GEMMA),
        Family(
            name="gemma2",
            template="gemma",
            config="Gemma2Config",
            options={"sliding_window": 24, "query_pre_attn_scalar": 16},
            **_GEMMA,
        ),
        Family(
            name="gemma3_text",
            template="gemma3",
            config="Gemma3TextConfig",
            options={"sliding_window": 24, "query_pre_attn_scalar": 16, "num_hidden_layers": 7},
            **_GEMMA,
        ),
    )
}  # fmt: skip


def chat(*texts: str, system: str = "You are Ada.", tools: tuple[ToolSpec, ...] = ()) -> Prompt:
    """A conversation whose turns are, in turn, of user and assistant."""
    turns = [Turn(role=Role.ASSISTANT if at % 2 else Role.USER, text=text) for at, text in enumerate(texts)]
    return Prompt(slots=(Slot(kind=SlotKind.PERSONA, text=system),), turns=tuple(turns), tools=tools)


@cache
def loaded(family: Family, folder: Path) -> tuple[Template, Tokens]:
    """Template and tokenizer of a folder that was not changed since."""
    tokens = Tokens.load(folder, vocabulary=family.tokenizer().get_vocab_size())
    return Template.of(checkpoint.look(folder)), tokens


def copied(folder: Path, to: Path, template: str) -> None:
    """The folder once more, with another chat template."""
    for path in folder.iterdir():
        (to / path.name).write_bytes(path.read_bytes())
    words = json.loads((to / "tokenizer_config.json").read_text()) | {"chat_template": template}
    (to / "tokenizer_config.json").write_text(json.dumps(words))
