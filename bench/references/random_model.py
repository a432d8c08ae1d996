"""A Llama of about 100 million random weights, with a tokenizer of 32,000 words, as a folder that any engine loads."""

from __future__ import annotations

import itertools
import json
import string
from pathlib import Path
from typing import Any, Final

from assistant.engines.checkpoint import CONTROL_TOKENS
from assistant.engines.local.tokens import byte_letters

VOCABULARY: Final = 32_000
CONTEXT: Final = 1024
_CONTROLS: Final = tuple(dict.fromkeys((*CONTROL_TOKENS, "<|end_of_text|>", "<|eom_id|>", "<|python_tag|>")))


def words() -> list[str]:
    """The words of the vocabulary: three letters each."""
    count = (VOCABULARY - 256 - len(_CONTROLS)) // 2
    return ["".join(letters) for letters in itertools.islice(_triples(), count)]


def _triples() -> Any:
    return itertools.product(string.ascii_lowercase, repeat=3)


def make(folder: Path) -> Path:
    """Write the folder once; the same weights every time."""
    if (folder / "done").exists():
        return folder
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=VOCABULARY,
        hidden_size=768,
        intermediate_size=2048,
        num_hidden_layers=12,
        num_attention_heads=12,
        num_key_value_heads=4,
        max_position_embeddings=CONTEXT,
        tie_word_embeddings=True,
        bos_token_id=None,
        eos_token_id=None,
        initializer_range=0.05,  # wide enough that the likeliest token is rarely in doubt
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    _tokenizer(folder)
    (folder / "done").touch()
    return folder


def _tokenizer(folder: Path) -> None:
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers

    letters = byte_letters()
    known = words()
    pieces = [letters[byte] for byte in range(256)] + known + [letters[ord(" ")] + word for word in known]
    found = Tokenizer(
        models.BPE(vocab={piece: at for at, piece in enumerate(pieces)}, merges=[], ignore_merges=True)
    )
    pattern = Regex(r" ?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+|\s+")
    found.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(pattern, "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    found.decoder = decoders.ByteLevel()
    found.add_special_tokens([AddedToken(name, special=True, normalized=False) for name in _CONTROLS])
    found.save(str(folder / "tokenizer.json"))
    template = "{% for message in messages %}{{ message.content }}{% endfor %}"
    (folder / "tokenizer_config.json").write_text(json.dumps({"chat_template": template}))
