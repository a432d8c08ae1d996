"""Builds models of given shapes with random weights on the device, and the engine around them without its process."""

from __future__ import annotations

import gc
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import torch
from tokenizers import AddedToken, Tokenizer, decoders, models
from torch import nn

from assistant.engines.checkpoint import CONTROL_TOKENS
from assistant.engines.local.child import assemble
from assistant.engines.local.tokens import Tokens, byte_letters
from assistant.engines.local.weights import Loaded

from .shapes import Shape

_AS_ON_A_GPU: Final = "rehearsal"  # any word but "cpu" lays the slots out as a GPU wants them


def model(
    shape: Shape, device: torch.device, dtype: torch.dtype, *, context: int, spread: float = 0.02
) -> Any:
    """Random weights of normal distribution. One layer at a time exists unquantized, so 70B never does as a whole."""
    from transformers import LlamaForCausalLM
    from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding

    config = shape.config(context)
    with torch.device("meta"):
        net = LlamaForCausalLM._from_config(config, dtype=dtype)
    chance = torch.Generator(device).manual_seed(0)
    for part in (net.model.embed_tokens, net.model.norm, net.lm_head, *net.model.layers):
        part.to_empty(device=device)
        with torch.no_grad():
            for name, weight in part.named_parameters():
                if "norm" in name or part is net.model.norm:
                    weight.fill_(1.0)
                else:
                    weight.normal_(0.0, spread, generator=chance)
        if shape.bits == 4 and part not in (net.model.embed_tokens, net.model.norm, net.lm_head):
            _quantize(part, device, dtype)
    # Its table of frequencies is no weight and was not computed on the meta device.
    with device:
        net.model.rotary_emb = LlamaRotaryEmbedding(config)
    return net.eval().requires_grad_(requires_grad=False)


def _quantize(layer: nn.Module, device: torch.device, dtype: torch.dtype) -> None:
    """Every linear map of a layer to nf4 with double quantization, as `quantize=4bit` loads it."""
    import bitsandbytes as bnb

    for parent in list(layer.modules()):
        for name, child in list(parent.named_children()):
            if not isinstance(child, nn.Linear) or isinstance(child, bnb.nn.Linear4bit):
                continue
            new = bnb.nn.Linear4bit(
                child.in_features,
                child.out_features,
                bias=False,
                compute_dtype=dtype,
                compress_statistics=True,
                quant_type="nf4",
                device="meta",
            )
            new.weight = bnb.nn.Params4bit(
                child.weight.data, requires_grad=False, compress_statistics=True, quant_type="nf4", module=new
            ).to(device)
            setattr(parent, name, new)


def tokens(vocabulary: int) -> Tokens:
    """A tokenizer of bytes: the bench speaks in ids, and only wants every id to be spelled somehow."""
    spelled = {letter: at for at, letter in enumerate(byte_letters().values())}
    found = Tokenizer(models.BPE(vocab=spelled, merges=[], ignore_merges=True))
    found.decoder = decoders.ByteLevel()
    found.add_special_tokens([AddedToken(name, special=True, normalized=False) for name in CONTROL_TOKENS])
    return Tokens(found, vocabulary=vocabulary)


@dataclass
class Heard:
    """What the scheduler put out, with the time of each request's first word. Raises what the engine refuses."""

    first: dict[str, float] = field(default_factory=dict)
    ended: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def reply(self, request_id: str, body: Mapping[str, Any], *, last: bool = False) -> None:
        self.first.setdefault(request_id, time.perf_counter())
        if last:
            self.ended[request_id] = body

    def error(self, request_id: str, error: Exception) -> None:
        raise error


class Alone:
    """Scheduler, slots and model in this process, without pipe, settings or web."""

    def __init__(
        self, net: Any, device: torch.device, *, slots: int, context: int, graphs: bool = True
    ) -> None:
        self.device = device
        self.heard = Heard()
        vocabulary = int(net.config.vocab_size)
        loaded = Loaded(
            model=net,
            folder=Path(),
            context=context,
            slots=slots,
            vocabulary=vocabulary,
            device="cuda" if device.type == "cuda" else _AS_ON_A_GPU,
        )
        self.scheduler: Any = assemble(
            loaded, tokens(vocabulary), {"ignore_stops": True, "queue": 4096}, self.heard
        )
        self.forward: Any = self.scheduler._forward
        self.vocabulary = vocabulary
        self.slots = slots
        self.context = context
        if not graphs:
            self.forward._graphs = None

    def add(self, name: str, ids: list[int], count: int, lane: str = "interactive") -> None:
        """A greedy request of `count` tokens."""
        sampling = {"temperature": 0, "max_tokens": count}
        self.scheduler.add(name, {"ids": ids, "sampling": sampling, "lane": lane})

    def run(self) -> None:
        while self.scheduler.busy:
            self.scheduler.step()

    def stop(self) -> None:
        """Cancel all that runs or waits."""
        for name in list(self.scheduler._requests):
            self.scheduler.cancel(name)

    def captured(self) -> bool:
        """Whether decode steps are replayed as CUDA graphs."""
        graphs = self.forward._graphs
        return graphs is not None and graphs.works and bool(graphs._steps)


def collect() -> None:
    """Give back what nobody holds any more, so that the next engine finds it."""
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
