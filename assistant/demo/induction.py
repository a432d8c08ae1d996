"""Starts the demo model with a working copy circuit, so that minutes of training suffice to copy unseen words."""

import math
from pathlib import Path
from typing import Final

import torch
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

TOKEN: Final = 128
"""Residual dimensions 0..127 carry the token; dimension 0 is a constant."""
SLOT: Final = 64
"""Dimensions 128..191 carry the previous token, 192..255 the one before."""
SCALE: Final = 0.1
CONSTANT: Final = 8.0


def configuration(vocabulary: int, ids: dict[str, int]) -> LlamaConfig:
    """The plain Llama configuration of the demo model."""
    return LlamaConfig(
        vocab_size=vocabulary,
        hidden_size=256,
        intermediate_size=640,
        num_hidden_layers=5,
        num_attention_heads=4,
        num_key_value_heads=4,
        head_dim=64,
        max_position_embeddings=1024,
        rms_norm_eps=1e-6,
        rope_parameters={"rope_type": "default", "rope_theta": 10_000.0},
        tie_word_embeddings=True,
        attention_bias=False,
        mlp_bias=False,
        bos_token_id=ids["<|begin_of_text|>"],
        eos_token_id=ids["<|eot_id|>"],
        pad_token_id=ids["<|finetune_right_pad_id|>"],
    )


@torch.no_grad()
def initialise(model: LlamaForCausalLM, *, beta: float = 2.5, gain: float = 8.0, seed: int = 0) -> None:
    """Write the circuit into a fresh model.

    Layer 0 moves the previous two tokens into slots; layer 1 finds where the present token stood before and
    writes the token that followed it. `beta` sharpens the match, `gain` is the strength of the written token.
    """
    torch.manual_seed(seed)
    model.model.embed_tokens.weight.normal_(0, SCALE)
    model.model.embed_tokens.weight[:, TOKEN:] *= 0.05
    model.model.embed_tokens.weight[:, 0] = SCALE * CONSTANT
    for layer in model.model.layers:
        attention, feed = layer.self_attn, layer.mlp
        for matrix in (attention.q_proj, attention.k_proj, attention.v_proj, feed.gate_proj, feed.up_proj):
            matrix.weight.normal_(0, 0.03)
        attention.o_proj.weight.normal_(0, 0.005)
        feed.down_proj.weight.normal_(0, 0.005)

    projection = torch.linalg.qr(torch.randn(TOKEN - 1, SLOT)).Q.T * math.sqrt((TOKEN - 1) / SLOT) * 0.75
    frequency = 10_000.0 ** (-torch.arange(32) / 32)

    first = model.model.layers[0].self_attn
    for head in (0, 1):
        rows = slice(head * 64, head * 64 + 64)
        shift = (head + 1) * frequency
        first.q_proj.weight[rows] = 0
        first.k_proj.weight[rows] = 0
        first.v_proj.weight[rows] = 0
        first.o_proj.weight[:, rows] = 0
        first.q_proj.weight[head * 64 : head * 64 + 32, 0] = 1.0
        first.k_proj.weight[head * 64 : head * 64 + 32, 0] = torch.cos(shift)
        first.k_proj.weight[head * 64 + 32 : head * 64 + 64, 0] = torch.sin(shift)
        first.v_proj.weight[rows, 1:TOKEN] = projection
        for at in range(SLOT):
            first.o_proj.weight[TOKEN + head * SLOT + at, head * 64 + at] = SCALE

    second = model.model.layers[1].self_attn
    slow = [at for at in range(64) if frequency[at % 32] < 0.006]
    for head in range(4):
        rows = slice(head * 64, head * 64 + 64)
        second.q_proj.weight[rows] = 0
        second.k_proj.weight[rows] = 0
        second.v_proj.weight[rows] = 0
        second.o_proj.weight[:, rows] = 0
        start = (head % 2) * len(slow)
        for number, at in enumerate(slow):
            source = (start + number) % SLOT
            older = head >= 2 and number % 2 == 1
            if older:
                second.q_proj.weight[head * 64 + at, TOKEN + source] = beta
                second.k_proj.weight[head * 64 + at, TOKEN + SLOT + source] = 1.0
            else:
                second.q_proj.weight[head * 64 + at, 1:TOKEN] = projection[source] * beta
                second.k_proj.weight[head * 64 + at, TOKEN + source] = 1.0
        for at in range(64):
            dimension = 1 + (head % 2) * 64 + at
            if dimension < TOKEN:
                second.v_proj.weight[head * 64 + at, dimension] = 1.0
                second.o_proj.weight[dimension, head * 64 + at] = SCALE * gain


@torch.no_grad()
def adopt(model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast, folder: Path) -> int:
    """Take the weights of a checkpoint of the same shape, word by word where the vocabularies differ.

    A word the other model does not have starts as the average word plus as much chance as words differ by: the
    copy circuit tells words apart by it. Returns how many words were known.
    """
    other = LlamaForCausalLM.from_pretrained(str(folder), dtype=torch.float32)
    words = PreTrainedTokenizerFast.from_pretrained(str(folder)).get_vocab()
    state = other.state_dict()
    old = state.pop("model.embed_tokens.weight")
    state.pop("lm_head.weight", None)
    model.load_state_dict(state, strict=False)
    usual = old[256:]
    fresh = model.model.embed_tokens.weight
    fresh.normal_().mul_(usual.std(0)).add_(usual.mean(0))
    known = 0
    for word, at in tokenizer.get_vocab().items():
        if word in words:
            fresh[at] = old[words[word]]
            known += 1
    return known
