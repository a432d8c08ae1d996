"""Writes a Llama from a transformers folder as a GGUF file, which llama.cpp reads; run as a script in its own process."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def interleaved(weight: Any, heads: int) -> Any:
    """Rows of a query or key matrix in the order of llama.cpp's rotary places: pairs side by side, not in halves."""
    rows, columns = weight.shape
    return weight.reshape(heads, 2, rows // heads // 2, columns).swapaxes(1, 2).reshape(rows, columns)


def write(folder: Path, target: Path) -> None:
    """In float32, and with a vocabulary of numbers: prompts come as ids, answers go back as ids."""
    import gguf
    from safetensors.numpy import load_file

    config = json.loads((folder / "config.json").read_text())
    heads, kv_heads = config["num_attention_heads"], config["num_key_value_heads"]
    size, vocabulary = config["hidden_size"] // heads, config["vocab_size"]
    out: Any = gguf.GGUFWriter(str(target), "llama")
    out.add_name(folder.name)
    out.add_context_length(config["max_position_embeddings"])
    out.add_embedding_length(config["hidden_size"])
    out.add_block_count(config["num_hidden_layers"])
    out.add_feed_forward_length(config["intermediate_size"])
    out.add_head_count(heads)
    out.add_head_count_kv(kv_heads)
    out.add_rope_dimension_count(size)
    out.add_rope_freq_base(config["rope_parameters"]["rope_theta"])
    out.add_layer_norm_rms_eps(config["rms_norm_eps"])
    out.add_vocab_size(vocabulary)
    out.add_file_type(0)
    out.add_tokenizer_model("llama")
    # llama.cpp looks some bytes up when it loads a vocabulary of this kind.
    spelled = [f"<0x{at:02X}>" for at in range(256)] + [f"<{at}>" for at in range(256, vocabulary)]
    out.add_token_list(spelled)
    out.add_token_scores([0.0] * vocabulary)
    out.add_token_types([gguf.TokenType.BYTE] * 256 + [gguf.TokenType.NORMAL] * (vocabulary - 256))
    tensors = load_file(str(folder / "model.safetensors"))
    for name, written in _names(config["num_hidden_layers"]):
        if name not in tensors and name == "lm_head.weight":
            continue  # tied: llama.cpp then takes the embedding
        tensor = tensors[name].astype("float32")
        if written.endswith("attn_q.weight"):
            tensor = interleaved(tensor, heads)
        elif written.endswith("attn_k.weight"):
            tensor = interleaved(tensor, kv_heads)
        out.add_tensor(written, tensor)
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_tensors_to_file()
    out.close()


def _names(layers: int) -> list[tuple[str, str]]:
    """What transformers calls each tensor, and what llama.cpp does."""
    names = [
        ("model.embed_tokens.weight", "token_embd.weight"),
        ("model.norm.weight", "output_norm.weight"),
        ("lm_head.weight", "output.weight"),
    ]
    parts = {
        "input_layernorm": "attn_norm",
        "post_attention_layernorm": "ffn_norm",
        "self_attn.q_proj": "attn_q",
        "self_attn.k_proj": "attn_k",
        "self_attn.v_proj": "attn_v",
        "self_attn.o_proj": "attn_output",
        "mlp.gate_proj": "ffn_gate",
        "mlp.up_proj": "ffn_up",
        "mlp.down_proj": "ffn_down",
    }
    for layer in range(layers):
        names += [
            (f"model.layers.{layer}.{ours}.weight", f"blk.{layer}.{theirs}.weight")
            for ours, theirs in parts.items()
        ]
    return names


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    write(Path(sys.argv[2]), Path(sys.argv[3]))
