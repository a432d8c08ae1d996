"""The shapes of the Llama 3 models, and the least work their passes can do: bytes to read, products to compute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One model. `bits` 4: the linear layers are nf4 in blocks of 64 whose scales are themselves bytes."""

    name: str
    layers: int
    hidden: int
    inner: int
    heads: int
    kv_heads: int
    size: int
    vocabulary: int
    bits: int = 16
    theta: float = 500_000.0

    @property
    def linear(self) -> int:
        """Weights of all layers' linear maps."""
        attention = self.hidden * self.size * (2 * self.heads + 2 * self.kv_heads)
        return self.layers * (attention + 3 * self.hidden * self.inner)

    def read(self, number: int = 2) -> int:
        """Bytes of weights that every pass has to read: layers, norms and head, but of the embeddings only rows."""
        scales = 1 / 64 + 4 / (64 * 256)
        layers = self.linear * (0.5 + scales if self.bits == 4 else number)
        return int(layers) + (self.vocabulary * self.hidden + (2 * self.layers + 1) * self.hidden) * number

    def weights(self, number: int = 2) -> int:
        """Bytes of all weights in the device's memory."""
        return self.read(number) + self.vocabulary * self.hidden * number

    def kept(self, number: int = 2) -> int:
        """Bytes of K/V of one token."""
        return 2 * self.layers * self.kv_heads * self.size * number

    def step_bytes(self, rows: int, context: int, number: int = 2) -> int:
        """What a decode step of so many rows of so many tokens must at least read."""
        return self.read(number) + rows * context * self.kept(number)

    def prompt_products(self, tokens: int) -> float:
        """Floating point operations of a prompt: its linear maps, causal attention, and the head once."""
        attention = 2 * self.layers * self.heads * self.size * tokens * tokens
        return 2.0 * self.linear * tokens + attention + 2.0 * self.vocabulary * self.hidden

    def config(self, context: int) -> Any:
        """As transformers wants it."""
        from transformers import LlamaConfig

        return LlamaConfig(
            vocab_size=self.vocabulary,
            hidden_size=self.hidden,
            intermediate_size=self.inner,
            num_hidden_layers=self.layers,
            num_attention_heads=self.heads,
            num_key_value_heads=self.kv_heads,
            head_dim=self.size,
            max_position_embeddings=max(context, 8192),
            rms_norm_eps=1e-5,
            rope_parameters={"rope_type": "default", "rope_theta": self.theta},
            tie_word_embeddings=False,
            bos_token_id=None,
            eos_token_id=None,
        )


def _shape(name: str, layers: int, hidden: int, inner: int, heads: int, **more: int) -> Shape:
    return Shape(
        name=name, layers=layers, hidden=hidden, inner=inner, heads=heads, kv_heads=8, size=128, vocabulary=128_256,
        **more,
    )  # fmt: skip


MODELS: Final = {
    "8b": _shape("8b", 32, 4096, 14_336, 32),
    "8b-4bit": _shape("8b-4bit", 32, 4096, 14_336, 32, bits=4),
    "70b-4bit": _shape("70b-4bit", 80, 8192, 28_672, 64, bits=4),
}
SMALL: Final = Shape(
    name="small", layers=4, hidden=1024, inner=3584, heads=8, kv_heads=2, size=128, vocabulary=4096
)
"""The 8B model's proportions in miniature: for comparing tokens in float32."""

TINY: Final = Shape(name="tiny", layers=2, hidden=64, inner=128, heads=4, kv_heads=2, size=16, vocabulary=512)
TINY_4BIT: Final = Shape(
    name="tiny-4bit", layers=2, hidden=64, inner=128, heads=4, kv_heads=2, size=16, vocabulary=512, bits=4
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """What a device can do at best: bytes read a second, bfloat16 operations a second."""

    device: str
    bandwidth: float
    products: float

    def step_seconds(self, shape: Shape, rows: int, context: int, number: int = 2) -> float:
        return shape.step_bytes(rows, context, number) / self.bandwidth

    def prompt_seconds(self, shape: Shape, tokens: int) -> float:
        return shape.prompt_products(tokens) / self.products


SHEETS: Final = (
    # NVIDIA's data sheets of the SXM boards, dense bfloat16, read 2026-11-24. A measured device stays below them.
    Floors(device="H100 80 GB (data sheet)", bandwidth=3.35e12, products=989e12),
    Floors(device="H200 141 GB (data sheet)", bandwidth=4.8e12, products=989e12),
)
