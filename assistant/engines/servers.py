"""Model servers that this project asks but does not run: which checkpoint, on how many GPUs, by which command."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from . import machines, sizes
from .machines import Gpu, Machine
from .sizes import Demand, Precision, Tensors

# Checkpoints on the hub whose linear layers are quantized (names read 2026-11-24; look at their cards before use).
CHECKPOINTS: Final[Mapping[str, Mapping[Precision, str]]] = {
    "llama-3-8b": {Precision.FP8: "neuralmagic/Meta-Llama-3-8B-Instruct-FP8"},
    "llama-3-70b": {
        Precision.FP8: "neuralmagic/Meta-Llama-3-70B-Instruct-FP8",
        Precision.INT4: "casperhansen/llama-3-70b-instruct-awq",
    },
    "llama-3.1-8b": {
        Precision.FP8: "RedHatAI/Meta-Llama-3.1-8B-Instruct-FP8",
        Precision.INT4: "hugging-quants/Meta-Llama-3.1-8B-Instruct-AWQ-INT4",
    },
    "llama-3.1-70b": {
        Precision.FP8: "RedHatAI/Meta-Llama-3.1-70B-Instruct-FP8",
        Precision.INT4: "hugging-quants/Meta-Llama-3.1-70B-Instruct-AWQ-INT4",
    },
    # Meta's own FP8 release keeps attention in bfloat16 (about 487 GB); this one has all linear layers in FP8.
    "llama-3.1-405b": {
        Precision.FP8: "RedHatAI/Meta-Llama-3.1-405B-Instruct-FP8-dynamic",
        Precision.INT4: "hugging-quants/Meta-Llama-3.1-405B-Instruct-AWQ-INT4",
    },
    "llama-3.2-1b": {Precision.FP8: "RedHatAI/Llama-3.2-1B-Instruct-FP8"},
    "llama-3.2-3b": {Precision.FP8: "RedHatAI/Llama-3.2-3B-Instruct-FP8-dynamic"},
    "llama-3.3-70b": {
        Precision.FP8: "RedHatAI/Llama-3.3-70B-Instruct-FP8-dynamic",
        Precision.INT4: "casperhansen/llama-3.3-70b-instruct-awq",
    },
}

# How vLLM and SGLang call the reader of a family's tool calls.
_PARSERS: Final = {
    "llama": ("llama3_json", "llama3"),
    "mistral": ("mistral", "mistral"),
    "qwen2": ("hermes", "qwen25"),
    "qwen3": ("hermes", "qwen25"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One way to serve a model: `demand` is of each GPU, `memory` what the server may take of it.

    `most`: conversations that fit; `copies`: how many such servers the machine holds.
    """

    gpu: Gpu
    gpus: int
    precision: Precision
    checkpoint: str
    demand: Demand
    memory: int
    most: int
    copies: int = 1

    @property
    def machine(self) -> str:
        return f"{self.gpus} x {self.gpu.name}"


def on(
    machine: Machine,
    tensors: Tensors,
    checkpoints: Mapping[Precision, str],
    *,
    context: int,
    conversations: int,
) -> list[Server]:
    """What the GPUs of this machine can serve: for each precision with as few of them as hold the conversations."""
    found = []
    for precision, checkpoint in checkpoints.items():
        for count in sizes.ways_to_share(tensors):
            if count > len(machine.gpus) or (precision is Precision.FP8 and not machine.gpus[0].fp8):
                break
            smallest, free = min(machine.gpus, key=lambda gpu: gpu.memory), min(machine.room.free)
            server = _server(
                smallest,
                free,
                count,
                tensors,
                precision,
                checkpoint,
                context=context,
                conversations=conversations,
            )
            if server is not None:
                found.append(replace(server, copies=len(machine.gpus) // count))
                break
    return found


def smallest(
    tensors: Tensors, checkpoints: Mapping[Precision, str], *, context: int, conversations: int
) -> list[Server]:
    """For each precision the smallest machine of the table that holds so many conversations."""
    found = []
    ways = sizes.ways_to_share(tensors)
    for precision, checkpoint in checkpoints.items():
        for gpu, count in machines.by_size():
            if count not in ways or (precision is Precision.FP8 and not gpu.fp8):
                continue
            server = _server(
                gpu,
                gpu.memory,
                count,
                tensors,
                precision,
                checkpoint,
                context=context,
                conversations=conversations,
            )
            if server is not None:
                found.append(server)
                break
    return found


def _server(
    gpu: Gpu,
    free: int,
    count: int,
    tensors: Tensors,
    precision: Precision,
    checkpoint: str,
    *,
    context: int,
    conversations: int,
) -> Server | None:
    most = sizes.most_served(tensors, free, precision=precision, gpus=count, context=context)
    if most < conversations:
        return None
    return Server(
        gpu=gpu,
        gpus=count,
        precision=precision,
        checkpoint=checkpoint,
        demand=sizes.served(
            tensors, precision=precision, gpus=count, context=context, conversations=conversations
        ),
        memory=int(sizes.SERVER_SHARE * free),
        most=most,
    )


def chosen(found: Iterable[Server]) -> Server | None:
    """The best of several: the least memory, but 4 bits only where nothing finer is to be had."""
    return min(
        found, key=lambda item: (item.precision is Precision.INT4, item.gpus * item.gpu.memory), default=None
    )


def commands(server: Server, *, name: str, config: Mapping[str, Any], tools: bool) -> dict[str, str]:
    """What to type: `vllm` or `sglang` on the GPU machine, `assistant` here. The server answers to `name`."""
    vllm, sglang = _PARSERS.get(str(config.get("model_type")), ("", "")) if tools else ("", "")
    context = server.demand.context
    many = f" --max-num-seqs {server.demand.conversations}" if server.demand.conversations > 256 else ""
    calls = f" --enable-auto-tool-choice --tool-call-parser {vllm}" if vllm else ""
    return {
        "vllm": f"vllm serve {shlex.quote(server.checkpoint)} --served-model-name {name} --tensor-parallel-size {server.gpus}"
        f" --max-model-len {context}{many}{calls}",
        "sglang": f"python -m sglang.launch_server --model-path {shlex.quote(server.checkpoint)} --served-model-name {name}"
        f" --tp-size {server.gpus} --context-length {context} --port 8000"
        + (f" --tool-call-parser {sglang}" if sglang else ""),
        "assistant": f"ASSISTANT_ENGINE=openai ASSISTANT_ENGINE_URL=http://gpu:8000/v1 ASSISTANT_MODEL={name}"
        f" ASSISTANT_ENGINE_CONTEXT={context} assistant up",
    }
