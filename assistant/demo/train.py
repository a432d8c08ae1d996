"""Trains the demo model: `python -m assistant.demo.train --minutes 75 --out DIR`; resumes where it stopped."""

import argparse
import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import torch
from torch.nn import functional
from transformers import GenerationConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from .generate import Generator
from .induction import configuration, initialise
from .optimiser import Muon
from .scene import Message
from .tokenizer import save

Row = tuple[list[int], list[int]]
"""Token ids, and the positions whose token is a target."""
Batch = tuple[torch.Tensor, torch.Tensor, torch.Tensor]
"""Ids (rows x length), flat positions that predict, and the tokens they should predict."""

LONGEST: Final = 768
MUON_RATE: Final = 0.014
ADAM_RATE: Final = 3e-3
PROTECTED: Final = 0.3
SAVE_EVERY_SECONDS: Final = 240.0


class Encoder:
    """Turns dialogues into ids by the Llama 3 frame, content never able to form a control token."""

    def __init__(self, tokenizer: PreTrainedTokenizerFast) -> None:
        self.tokenizer = tokenizer
        vocabulary = tokenizer.get_vocab()
        self.begin = vocabulary["<|begin_of_text|>"]
        self.start = vocabulary["<|start_header_id|>"]
        self.end = vocabulary["<|end_header_id|>"]
        self.stop = vocabulary["<|eot_id|>"]
        self.pad = vocabulary["<|finetune_right_pad_id|>"]
        self.gap = self.text("\n\n")
        self.roles = {role: self.text(role) for role in ("system", "user", "assistant", "ipython")}

    def text(self, content: str) -> list[int]:
        """Ids of plain content."""
        ids: list[int] = self.tokenizer(content, add_special_tokens=False, split_special_tokens=True)[
            "input_ids"
        ]
        return ids

    def row(self, dialogue: list[Message]) -> Row:
        """Ids of a dialogue and its target positions."""
        ids = [self.begin]
        targets: list[int] = []
        contents = self.tokenizer(
            [message.content for message in dialogue], add_special_tokens=False, split_special_tokens=True
        )["input_ids"]
        for message, content in zip(dialogue, contents, strict=True):
            ids += [self.start, *self.roles[message.role], self.end, *self.gap]
            if message.learn:
                targets.extend(range(len(ids), len(ids) + len(content) + 1))
            ids += [*content, self.stop]
        return ids, targets


def copy_row(rng: random.Random, size: int, length: int = 192) -> Row:
    """Random tokens with segments that come back: practice for the copy circuit."""
    ids = [rng.randrange(size - 8) if rng.random() < 0.5 else rng.randrange(256) for _ in range(24)]
    targets: list[int] = []
    while len(ids) < length:
        start = rng.randrange(len(ids) - 4)
        segment = ids[start : start + rng.randint(4, 15)]
        targets.extend(range(len(ids) + 2, len(ids) + len(segment)))
        ids += segment
        ids += [rng.randrange(size - 8) for _ in range(rng.randint(0, 3))]
    return ids[:length], [at for at in targets if at < length]


def batches(encoder: Encoder, size: int, seed: int, share: "list[float]", budget: int) -> Iterator[Batch]:
    """Endless batches of about `budget` tokens, rows of like length together; `share[0]` is the copy share."""
    generator = Generator(seed)
    rng = random.Random(seed + 1)
    while True:
        rows: list[Row] = []
        while len(rows) < 640:
            if rng.random() < share[0]:
                rows.append(copy_row(rng, size))
                continue
            row = encoder.row(generator.dialogue())
            if len(row[0]) <= LONGEST and row[1]:
                rows.append(row)
        rows.sort(key=lambda row: len(row[0]))
        groups: list[list[Row]] = [[]]
        for row in rows:
            width = (len(row[0]) + 31) // 32 * 32
            if groups[-1] and width * (len(groups[-1]) + 1) > budget:
                groups.append([])
            groups[-1].append(row)
        rng.shuffle(groups)
        for group in groups:
            width = (max(len(ids) for ids, _ in group) + 31) // 32 * 32
            ids = torch.full((len(group), width), encoder.pad, dtype=torch.long)
            where: list[int] = []
            wanted: list[int] = []
            for at, (row_ids, targets) in enumerate(group):
                ids[at, : len(row_ids)] = torch.tensor(row_ids)
                where.extend(at * width + target - 1 for target in targets)
                wanted.extend(row_ids[target] for target in targets)
            yield ids, torch.tensor(where), torch.tensor(wanted)


def schedule(progress: float, elapsed: float) -> float:
    """Learning-rate factor by share of the time budget: warm-up, constant, linear decay to zero."""
    warm = min(1.0, elapsed / 12.0)
    decay = 1.0 if progress < 0.25 else max(0.0, (1.0 - progress) / 0.75)
    return warm * decay


class Trainer:
    """The model, its two optimisers and the clock that drives the schedule."""

    def __init__(self, folder: Path, minutes: float, seed: int, tokens_per_step: int) -> None:
        self.folder = folder
        self.budget_seconds = minutes * 60
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / "tokenizer.json").exists():
            self.tokenizer = PreTrainedTokenizerFast.from_pretrained(str(folder))
        else:
            self.tokenizer = save(folder)
        self.size = len(self.tokenizer)
        self.encoder = Encoder(self.tokenizer)
        self.model = LlamaForCausalLM(configuration(self.size, self.tokenizer.get_vocab()))
        initialise(self.model, seed=seed)
        matrices, scales, rest = [], [], []
        for name, parameter in self.model.named_parameters():
            if parameter.ndim == 2 and "embed" not in name:
                early = name.startswith(("model.layers.0.self_attn", "model.layers.1.self_attn"))
                matrices.append(parameter)
                scales.append(PROTECTED if early else 1.0)
            else:
                rest.append(parameter)
        self.muon = Muon(matrices, scales)
        self.adam = torch.optim.AdamW(rest, lr=ADAM_RATE, betas=(0.9, 0.95), weight_decay=0.0)
        self.elapsed = 0.0
        self.tokens = 0
        self.steps = 0
        self.resumptions = 0
        self.interrupted = False
        self.seed = seed
        self.tokens_per_step = tokens_per_step
        self._resume()

    def _interrupt(self, _number: int, _frame: object) -> None:
        self.interrupted = True

    @property
    def state_path(self) -> Path:
        """Where the resumable state lies."""
        return self.folder / "training.pt"

    def _resume(self) -> None:
        if not self.state_path.exists():
            return
        state = torch.load(self.state_path, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.muon.load(state["muon"])
        self.adam.load_state_dict(state["adam"])
        self.elapsed, self.tokens, self.steps = state["elapsed"], state["tokens"], state["steps"]
        self.resumptions = state["resumptions"] + 1
        print(f"resumed at {self.elapsed / 60:.1f} min, {self.tokens / 1e6:.2f}M tokens", flush=True)

    def store(self) -> None:
        """Write the resumable state and a loadable bf16 export."""
        state = {
            "model": self.model.state_dict(),
            "muon": self.muon.state(),
            "adam": self.adam.state_dict(),
            "elapsed": self.elapsed,
            "tokens": self.tokens,
            "steps": self.steps,
            "resumptions": self.resumptions,
        }
        fresh = self.state_path.with_suffix(".new")
        torch.save(state, fresh)
        os.replace(fresh, self.state_path)
        export(self.model, self.tokenizer, self.folder)

    def run(self, *, compiled: bool = True) -> None:
        """Train until the time budget is spent, then export."""
        body = torch.compile(self.model.model, dynamic=True) if compiled else self.model.model
        share = [0.15]
        source = batches(
            self.encoder, self.size, self.seed + 7919 * (self.resumptions + 1), share, self.tokens_per_step
        )
        began = time.monotonic() - self.elapsed
        saved = shown = self.elapsed
        shown_tokens = self.tokens
        loss_sum = right = seen = 0.0
        signal.signal(signal.SIGTERM, self._interrupt)
        while self.elapsed < self.budget_seconds and not self.interrupted:
            progress = self.elapsed / self.budget_seconds
            share[0] = max(0.03, 0.15 * (1 - progress / 0.4))
            ids, where, wanted = next(source)
            hidden = body(input_ids=ids, use_cache=False).last_hidden_state
            logits = self.model.lm_head(hidden.reshape(-1, hidden.size(-1))[where])
            loss = functional.cross_entropy(logits, wanted)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            factor = schedule(progress, self.elapsed)
            self.muon.step(MUON_RATE * factor)
            for group in self.adam.param_groups:
                group["lr"] = ADAM_RATE * factor
            self.adam.step()
            self.model.zero_grad(set_to_none=True)
            self.steps += 1
            self.tokens += ids.numel()
            loss_sum += loss.item() * len(wanted)
            right += (logits.argmax(-1) == wanted).sum().item()
            seen += len(wanted)
            self.elapsed = time.monotonic() - began
            if self.elapsed - shown > 15:
                speed = (self.tokens - shown_tokens) / (self.elapsed - shown)
                left = max(0.0, self.budget_seconds - self.elapsed) / 60
                print(
                    f"{self.elapsed / 60:6.1f} min  step {self.steps:6d}  {self.tokens / 1e6:6.2f}M tokens"
                    f"  {speed:6.0f}/s  loss {loss_sum / seen:.4f}  accuracy {right / seen:.4f}"
                    f"  rate x{factor:.3f}  {left:.1f} min left",
                    flush=True,
                )
                shown, shown_tokens = self.elapsed, self.tokens
                loss_sum = right = seen = 0.0
            if self.elapsed - saved > SAVE_EVERY_SECONDS:
                self.store()
                saved = self.elapsed
        self.store()
        print(
            f"{'interrupted' if self.interrupted else 'done'}: {self.tokens / 1e6:.2f}M tokens in {self.elapsed / 60:.1f} min",
            flush=True,
        )


def export(model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast, folder: Path) -> None:
    """Write a bf16 checkpoint that loads with AutoModelForCausalLM and AutoTokenizer, offline."""
    vocabulary = tokenizer.get_vocab()
    small = LlamaForCausalLM(model.config).to(torch.bfloat16)
    small.load_state_dict(model.state_dict())
    small.generation_config = GenerationConfig(
        bos_token_id=vocabulary["<|begin_of_text|>"],
        eos_token_id=[vocabulary[name] for name in ("<|end_of_text|>", "<|eom_id|>", "<|eot_id|>")],
        pad_token_id=vocabulary["<|finetune_right_pad_id|>"],
        do_sample=False,
    )
    small.save_pretrained(str(folder))
    tokenizer.save_pretrained(str(folder), save_jinja_files=False)


def main() -> None:
    """Command line of the trainer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=75.0, help="time budget; the schedule follows it")
    parser.add_argument("--out", type=Path, required=True, help="folder for the checkpoint and its state")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--tokens-per-step", type=int, default=4096)
    parser.add_argument("--no-compile", action="store_true", help="slower, but needs no C++ compiler")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    Trainer(options.out, options.minutes, options.seed, options.tokens_per_step).run(
        compiled=not options.no_compile
    )


if __name__ == "__main__":
    main()
