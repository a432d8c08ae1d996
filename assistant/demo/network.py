"""The forward pass of the demo model as training needs it: loss at the targets only, nothing computed twice."""

import torch
from torch import nn
from torch.nn import functional
from transformers import LlamaForCausalLM


def rotations(model: LlamaForCausalLM) -> tuple[torch.Tensor, torch.Tensor]:
    """Cosines and sines of every position, as the model's own rotary embedding makes them."""
    positions = torch.arange(model.config.max_position_embeddings)[None]
    cosine, sine = model.model.rotary_emb(torch.zeros(1, dtype=torch.float32), positions)
    return cosine[0].float(), sine[0].float()


def _normal(hidden: torch.Tensor, weight: torch.Tensor, epsilon: float) -> torch.Tensor:
    return hidden * torch.rsqrt(hidden.pow(2).mean(-1, keepdim=True) + epsilon) * weight


def _turned(states: torch.Tensor, cosine: torch.Tensor, sine: torch.Tensor) -> torch.Tensor:
    half = states.size(-1) // 2
    swapped = torch.cat((-states[..., half:], states[..., :half]), dim=-1)
    return states * cosine + swapped * sine


class TargetLoss(nn.Module):
    """Sum of the losses at the target positions, and how many of them were right.

    The last layer's output projection and feed-forward, the final norm and the head see only positions that
    predict a target: about a third of all. `model` and this module share their parameters.
    """

    def __init__(self, model: LlamaForCausalLM) -> None:
        super().__init__()
        self.model = model
        cosine, sine = rotations(model)
        self.register_buffer("cosine", cosine)
        self.register_buffer("sine", sine)

    def forward(
        self, ids: torch.Tensor, where: torch.Tensor, wanted: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Ids (rows x length), flat positions that predict, and the tokens they should predict."""
        body, config = self.model.model, self.model.config
        rows, length = ids.shape
        heads, width = config.num_attention_heads, config.head_dim
        epsilon = config.rms_norm_eps
        cosine, sine = self.get_buffer("cosine")[:length], self.get_buffer("sine")[:length]
        hidden = functional.embedding(ids, body.embed_tokens.weight)
        last = len(body.layers) - 1
        for number, layer in enumerate(body.layers):
            attention, feed = layer.self_attn, layer.mlp
            normal = _normal(hidden, layer.input_layernorm.weight, epsilon)
            shape = (rows, length, heads, width)
            query = functional.linear(normal, attention.q_proj.weight).view(shape).transpose(1, 2)
            key = functional.linear(normal, attention.k_proj.weight).view(shape).transpose(1, 2)
            value = functional.linear(normal, attention.v_proj.weight).view(shape).transpose(1, 2)
            mixed = functional.scaled_dot_product_attention(
                _turned(query, cosine, sine), _turned(key, cosine, sine), value, is_causal=True
            )
            mixed = mixed.transpose(1, 2).reshape(rows * length, heads * width)
            hidden = hidden.view(rows * length, -1)
            if number == last:
                mixed, hidden = mixed[where], hidden[where]
            hidden = hidden + functional.linear(mixed, attention.o_proj.weight)
            normal = _normal(hidden, layer.post_attention_layernorm.weight, epsilon)
            gate = functional.silu(functional.linear(normal, feed.gate_proj.weight))
            hidden = hidden + functional.linear(
                gate * functional.linear(normal, feed.up_proj.weight), feed.down_proj.weight
            )
            if number != last:
                hidden = hidden.view(rows, length, -1)
        logits = functional.linear(_normal(hidden, body.norm.weight, epsilon), body.embed_tokens.weight)
        loss = functional.cross_entropy(logits, wanted, reduction="sum")
        return loss, (logits.argmax(-1) == wanted).sum()
