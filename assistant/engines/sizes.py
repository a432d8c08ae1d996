"""What a model takes of a machine's memory: weights, K/V and workspace, the one place where they are added up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

GB: Final = 1e9
MB: Final = 1_000_000
PLAIN_ON_CPU: Final = 1_500_000_000
"""Above this many weights a CPU model is loaded in bfloat16: half the memory."""

# Python, torch and, on a GPU, the CUDA context with its kernels.
_PROCESS: Final = 600_000_000
# Prompt tokens in one pass, on a GPU and on a CPU.
_CHUNK: Final = {True: 2048, False: 512}
# Alive at once in a pass: hidden states (residual, norm, queries, keys, values, outputs) and the feed-forward's own.
_STATES: Final = 8
_INNER: Final = 3
# Bytes per vocabulary entry and row: float32 logits kept by captured steps, and sampling's copies.
_LOGITS: Final = 28
# Of the free memory: what an allocator loses between its blocks.
_SPARE: Final = {True: 0.03, False: 0.05}
MOST_ON_CPU: Final = 32
# Conversations in one batch: more only makes each of them slower.
_MOST: Final = {True: 256, False: MOST_ON_CPU}
# Of what weights leave of a CPU machine's memory: web server, database and page cache live there too.
_CPU_SHARE: Final = 0.5
# Of each of several GPUs is what accelerate fills with quantized weights.
_PLACED: Final = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """So many linear layers of one shape, which quantization shrinks."""

    rows: int
    columns: int
    count: int

    @property
    def weights(self) -> int:
        return self.rows * self.columns * self.count


@dataclass(frozen=True, slots=True, kw_only=True)
class Tensors:
    """What a model is made of. `plain`: weights that are never quantized (embeddings, head, norms, biases).

    `cache` is how many numbers of K and V one token leaves behind in all layers together.
    """

    linear: tuple[Matrix, ...]
    plain: int
    cache: int
    layers: int
    hidden: int
    inner: int
    vocabulary: int
    heads: int
    kv_heads: int

    @property
    def parameters(self) -> int:
        return self.plain + sum(matrix.weights for matrix in self.linear)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What a machine has for a model: the bytes free on each of its GPUs, or in its memory when it has none."""

    cuda: bool
    free: tuple[int, ...]

    @property
    def total(self) -> int:
        """Bytes that a model can use: layers are spread evenly over GPUs, so the fullest one counts for all."""
        return min(self.free) * len(self.free)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Bytes that so many conversations of so many tokens take together with the model."""

    weights: int
    cache: int
    workspace: int
    conversations: int
    context: int

    @property
    def total(self) -> int:
        return self.weights + self.cache + self.workspace

    @property
    def megabytes(self) -> tuple[int, int, int]:
        """Weights, K/V and workspace, each rounded up: what is printed, and what has to fit, is the sum of these."""
        return up(self.weights), up(self.cache), up(self.workspace)

    def fits(self, memory: int) -> bool:
        return sum(self.megabytes) <= memory // MB


def up(size: int) -> int:
    """Bytes as whole megabytes, rounded up."""
    return -(-size // MB)


def llama(config: Mapping[str, Any]) -> Tensors:
    """The tensors of a plain Llama, from its configuration alone; local/measure.py counts those of any family."""
    hidden, inner, layers = config["hidden_size"], config["intermediate_size"], config["num_hidden_layers"]
    heads = config["num_attention_heads"]
    kv_heads = config.get("num_key_value_heads") or heads
    size = config.get("head_dim") or hidden // heads
    shapes = [
        *[
            (heads * size, hidden, layers),
            (hidden, heads * size, layers),
            (kv_heads * size, hidden, 2 * layers),
        ],
        *[(inner, hidden, 2 * layers), (hidden, inner, layers)],
    ]
    embeddings = config["vocab_size"] * hidden * (1 if config.get("tie_word_embeddings") else 2)
    return Tensors(
        linear=matrices(shapes),
        plain=embeddings + (2 * layers + 1) * hidden,
        cache=2 * layers * kv_heads * size,
        layers=layers,
        hidden=hidden,
        inner=inner,
        vocabulary=config["vocab_size"],
        heads=heads,
        kv_heads=kv_heads,
    )


def matrices(shapes: Iterable[tuple[int, int, int]]) -> tuple[Matrix, ...]:
    """Shapes (rows, columns, count), those alike put together."""
    counts: dict[tuple[int, int], int] = {}
    for rows, columns, count in shapes:
        counts[rows, columns] = counts.get((rows, columns), 0) + count
    return tuple(Matrix(rows=rows, columns=columns, count=count) for (rows, columns), count in counts.items())


def number_bytes(tensors: Tensors, *, cuda: bool, quantize: str) -> int:
    """Bytes of one number that is not quantized: bfloat16, but float32 for a small plain model on a CPU."""
    return 4 if not cuda and quantize == "none" and tensors.parameters <= PLAIN_ON_CPU else 2


def weight_bytes(tensors: Tensors, quantize: str, *, number: int = 2) -> int:
    """Bytes of the loaded weights, with the scales that bitsandbytes keeps beside quantized ones."""
    linear = sum(_matrix_bytes(matrix, quantize, number) * matrix.count for matrix in tensors.linear)
    return linear + tensors.plain * number


def _matrix_bytes(matrix: Matrix, quantize: str, number: int) -> int:
    size = matrix.rows * matrix.columns
    match quantize:
        case "none":
            return size * number
        case "8bit":
            return size + 4 * matrix.rows  # a byte a weight and a float32 a row
        case "4bit":
            # nf4 in blocks of 64; their scales are bytes, in blocks of 256 with a float32 each.
            blocks = -(-size // 64)
            tables = (16 + 256 + 1) * 4
            return -(-size // 2) + blocks + 4 * -(-blocks // 256) + tables
    raise ValueError(f"no such weights: {quantize}")


def cache_bytes(tensors: Tensors, *, number: int) -> int:
    """Bytes of K/V one token of one conversation takes."""
    return tensors.cache * number


def demand(tensors: Tensors, room: Room, *, quantize: str, context: int, conversations: int) -> Demand:
    """What the local engine takes of `room` with so many slots of `context` tokens."""
    number = number_bytes(tensors, cuda=room.cuda, quantize=quantize)
    weights = weight_bytes(tensors, quantize, number=number)
    # The place behind the last one takes what padding writes.
    slot = (context + 1) * cache_bytes(tensors, number=number)
    return Demand(
        weights=weights,
        cache=conversations * slot,
        workspace=_fixed(tensors, room, quantize, number, weights)
        + conversations * _per_conversation(tensors, slot),
        conversations=conversations,
        context=context,
    )


def most_conversations(tensors: Tensors, room: Room, *, quantize: str, context: int) -> int:
    """How many slots of `context` tokens the local engine makes in `room` when nobody says; 0: not even one fits."""
    one = demand(tensors, room, quantize=quantize, context=context, conversations=1)
    if not fits(one, room):
        return 0
    each = one.cache + _per_conversation(tensors, one.cache)
    left = room.total - (one.total - each)
    found = max(1, min(_MOST[room.cuda], int(left if room.cuda else left * _CPU_SHARE) // each))
    while found > 1 and not fits(
        demand(tensors, room, quantize=quantize, context=context, conversations=found), room
    ):
        found -= 1  # a few bytes lost to rounding
    return found


def fits(wanted: Demand, room: Room) -> bool:
    """Whether the demand fits into the room, on each of its GPUs."""
    if len(room.free) > 1 and wanted.weights > _PLACED * room.total:
        return False
    return wanted.fits(room.total)


def _fixed(tensors: Tensors, room: Room, quantize: str, number: int, weights: int) -> int:
    """Workspace that does not depend on how many conversations run, over all GPUs of the room."""
    widest = max((matrix.rows * matrix.columns for matrix in tensors.linear), default=0)
    each = _PROCESS + _CHUNK[room.cuda] * (_STATES * tensors.hidden + _INNER * tensors.inner) * number
    if quantize != "none":
        each += 2 * widest  # a quantized matrix is unpacked to be multiplied with a prompt
    if quantize == "4bit" and not room.cuda:
        # CPUs with bfloat16 instructions unpack the scales for good at the first pass.
        each += sum(matrix.weights for matrix in tensors.linear) // 64
    # Layers are not cut: up to one layer, or the embedding, is lost at each border between two GPUs.
    grain = max(weights // max(1, tensors.layers), tensors.vocabulary * tensors.hidden * number)
    return each * len(room.free) + grain * (len(room.free) - 1) + int(_SPARE[room.cuda] * room.total)


def _per_conversation(tensors: Tensors, slot: int) -> int:
    """Workspace of one more row: its K/V of one layer, which is copied where no flash attention is, and its logits."""
    return slot // max(1, tensors.layers) + _LOGITS * tensors.vocabulary


# --- model servers ---------------------------------------------------------------------------------------


class Precision(StrEnum):
    """What numbers a checkpoint for a model server keeps its linear layers in."""

    BF16 = "bf16"
    FP8 = "fp8"
    INT4 = "int4"


SERVER_SHARE: Final = 0.9
"""Of each GPU is what vLLM takes by default (--gpu-memory-utilization)."""

_SERVER_PROCESS: Final = 1_500_000_000  # CUDA context, buffers of the GPUs' exchange, captured graphs
_SERVER_CHUNK: Final = 8192  # tokens in one pass
_SERVER_ROWS: Final = 1024  # sequences whose logits are computed at once
_AWQ: Final = (2 + 0.5) / 128  # a group of 128 weights has a float16 scale and a 4-bit zero


def served_bytes(tensors: Tensors, precision: Precision) -> int:
    """Bytes of the weights in a server, over all its GPUs; embeddings, head and norms stay bfloat16."""
    linear = sum(matrix.weights for matrix in tensors.linear)
    match precision:
        case Precision.BF16:
            return 2 * (linear + tensors.plain)
        case Precision.FP8:
            return (
                linear + sum(4 * matrix.rows * matrix.count for matrix in tensors.linear) + 2 * tensors.plain
            )
        case Precision.INT4:
            return int(linear * (0.5 + _AWQ)) + 2 * tensors.plain


def served(tensors: Tensors, *, precision: Precision, gpus: int, context: int, conversations: int) -> Demand:
    """What each of `gpus` GPUs that share every layer (tensor parallel) holds for so many full conversations."""
    states = 4 * tensors.hidden + _INNER * tensors.inner // gpus
    return Demand(
        weights=-(-served_bytes(tensors, precision) // gpus),
        cache=conversations * context * -(-cache_bytes(tensors, number=2) // gpus),
        workspace=_SERVER_PROCESS
        + _SERVER_CHUNK * states * 2
        + _SERVER_ROWS * tensors.vocabulary * 4 // gpus,
        conversations=conversations,
        context=context,
    )


def most_served(tensors: Tensors, memory: int, *, precision: Precision, gpus: int, context: int) -> int:
    """How many conversations of `context` tokens fit into GPUs of `memory` bytes each; 0: not even one."""
    one = served(tensors, precision=precision, gpus=gpus, context=context, conversations=1)
    taken = int(SERVER_SHARE * memory)
    found = max(0, (taken - one.weights - one.workspace) // max(1, one.cache))
    while found and not served(
        tensors, precision=precision, gpus=gpus, context=context, conversations=found
    ).fits(taken):
        found -= 1  # a few bytes lost to rounding
    return found


def ways_to_share(tensors: Tensors) -> tuple[int, ...]:
    """On how many GPUs of one machine every layer can be shared: both kinds of heads are dealt out evenly."""
    return tuple(n for n in (1, 2, 4, 8) if tensors.heads % n == 0 and tensors.kv_heads % n == 0)
