"""A tiny random Llama with a real byte-level tokenizer, and a scheduler around it in this process."""

from __future__ import annotations

import codecs
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM

from assistant.engines.local.attic import Attic
from assistant.engines.local.cache import SlotCache
from assistant.engines.local.forward import Forward
from assistant.engines.local.scheduler import Limits, Scheduler
from assistant.engines.local.slots import Table
from assistant.engines.local.tokens import Tokens, byte_letters
from assistant.types import Prompt, Role, Sampling, Slot, SlotKind, Turn

SPECIALS = (
    "<|begin_of_text|>",
    "<|end_of_text|>",
    "<|start_header_id|>",
    "<|end_header_id|>",
    "<|eom_id|>",
    "<|eot_id|>",
    "<|python_tag|>",
)
WORDS = ("system", "user", "assistant", "ipython", "\n\n", " the", " you", " are", "Hello", " world")
CONTEXT = 256
TEMPLATE = "{% for message in messages %}{{ message.content }}{% endfor %}"


def tokenizer() -> Tokenizer:
    letters = byte_letters()
    spelled = [letters[byte] for byte in range(256)]
    spelled += ["".join(letters[byte] for byte in word.encode()) for word in WORDS]
    found = Tokenizer(
        models.BPE(vocab={piece: at for at, piece in enumerate(spelled)}, merges=[], ignore_merges=True)
    )
    pattern = Regex(r" ?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+|\s*[\r\n]+|\s")
    found.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(pattern, "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    found.decoder = decoders.ByteLevel()
    found.add_special_tokens([AddedToken(name, special=True, normalized=False) for name in SPECIALS])
    return found


def model(*, seed: int = 0, layers: int = 2) -> LlamaForCausalLM:
    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=tokenizer().get_vocab_size(),
        hidden_size=64,
        intermediate_size=96,
        num_hidden_layers=layers,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=CONTEXT,
        initializer_range=0.3,  # wide enough that no two logits are ever nearly equal
        bos_token_id=None,
        eos_token_id=None,
    )
    return LlamaForCausalLM(config).eval()


def save(folder: Path) -> Path:
    """A loadable model folder."""
    model().save_pretrained(folder)
    tokenizer().save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text(json.dumps({"chat_template": TEMPLATE}))
    return folder


def prompt(*texts: str, system: str = "You are Ada.") -> Prompt:
    """A conversation whose turns are, in turn, of user and assistant."""
    turns = [Turn(role=Role.ASSISTANT if at % 2 else Role.USER, text=text) for at, text in enumerate(texts)]
    return Prompt(slots=(Slot(kind=SlotKind.PERSONA, text=system),), turns=tuple(turns))


GREEDY = Sampling(temperature=0.0, max_tokens=12)


@dataclass
class Collector:
    """Takes what the scheduler puts out."""

    texts: dict[str, str] = field(default_factory=dict)
    ends: dict[str, dict[str, Any]] = field(default_factory=dict)
    errors: dict[str, Exception] = field(default_factory=dict)

    def reply(self, request_id: str, body: Mapping[str, Any], *, last: bool = False) -> None:
        assert request_id not in self.ends, "a reply after the end"
        self.texts[request_id] = self.texts.get(request_id, "") + body["text"]
        if last:
            self.ends[request_id] = dict(body)

    def error(self, request_id: str, error: Exception) -> None:
        assert request_id not in self.ends
        assert request_id not in self.errors
        self.errors[request_id] = error


class Bench:
    """Scheduler, tokens and model of one test; prompts are given as plain ids or segments."""

    def __init__(
        self,
        net: Any,
        *,
        slots: int = 8,
        now: Any = None,
        flat: bool = False,
        budget: int = 0,
        attic: Attic | None = None,
        **limits: Any,
    ) -> None:
        self.model = net
        self.tokens = Tokens(tokenizer(), vocabulary=net.config.vocab_size)
        self.cache = SlotCache(slots=slots, context=CONTEXT, flat=flat)
        self.table = Table(cache=self.cache, context=CONTEXT, budget=budget, compact=not flat, attic=attic)
        self.out = Collector()
        self.forward = Forward(net, self.cache)
        more = {"clock": now} if now else {}
        limits = {"chunk": 64, "ignore_stops": True} | limits
        self.scheduler = Scheduler(
            self.forward, self.table, self.tokens, Limits(context=CONTEXT, **limits), self.out, **more
        )

    def add(self, name: str, text: str, sampling: Mapping[str, Any] | None = None, **more: Any) -> None:
        segments = [(True, "<|begin_of_text|>"), (False, text)]
        self.scheduler.add(
            name, {"segments": segments, "sampling": {"max_tokens": 8} | dict(sampling or {}), **more}
        )

    def run(self, steps: int = 10_000) -> None:
        for _ in range(steps):
            if not self.scheduler.busy:
                return
            self.scheduler.step()
        raise AssertionError("the scheduler does not end")

    def ids(self, text: str) -> list[int]:
        return self.tokens.encode([(True, "<|begin_of_text|>"), (False, text)])

    def generate(self, text: str, count: int, **more: Any) -> str:
        """What transformers' own greedy generate writes."""
        ids = torch.tensor([self.ids(text)])
        made = self.model.generate(
            ids,
            attention_mask=torch.ones_like(ids),
            do_sample=False,
            max_new_tokens=count,
            min_new_tokens=count,
            pad_token_id=0,
            **more,
        )
        return self.spell(made[0, ids.shape[1] :].tolist())

    def spell(self, ids: Sequence[int]) -> str:
        """As text, without a half character at the very end: the engine holds that back."""
        text = b"".join(self.tokens.bytes_of(at) for at in ids)
        return codecs.getincrementaldecoder("utf-8")("replace").decode(text)


def set_bits(bits: bytes) -> list[int]:
    """The token ids that a mask allows."""
    found: list[int] = (
        np.unpackbits(np.frombuffer(bits, dtype=np.uint8), bitorder="little").nonzero()[0].tolist()
    )
    return found
