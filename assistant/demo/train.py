"""Trains the demo model: `python -m assistant.demo.train --minutes 75 --out DIR`; resumes where it stopped."""

import argparse
import os
import signal
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import torch
from torch import multiprocessing
from torch.multiprocessing.spawn import spawn
from transformers import GenerationConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from .induction import adopt, configuration, initialise
from .network import TargetLoss
from .optimiser import Muon
from .rows import Encoder, batches
from .tokenizer import save

MUON_RATE: Final = 0.014
ADAM_RATE: Final = 3e-3
PROTECTED: Final = 0.3
COPY_SHARE: Final = (0.06, 0.02)
"""Share of copy practice at the start and from 40 % of the time on."""
WARM_UP_SECONDS: Final = 60.0
SAVE_EVERY_SECONDS: Final = 210.0
SHOW_EVERY_SECONDS: Final = 30.0
LOSS, RIGHT, TARGETS, TOKENS, NORM, FACTOR, PROGRESS, STOP = range(8)
"""Places on the board that the processes share."""


@dataclass(slots=True)
class Plan:
    """How long and how fast to train."""

    minutes: float
    until: str | None
    rate: float
    decaying: float
    seed: int
    processes: int
    tokens_per_step: int
    tokens_per_pass: int
    compiled: bool
    bfloat16: bool = False


def schedule(progress: float, elapsed: float, decaying: float) -> float:
    """Learning-rate factor: a short warm-up, constant, then linear decay to zero over the last part of the time."""
    return min(1.0, 0.05 + elapsed / WARM_UP_SECONDS) * min(1.0, max(0.0, 1.0 - progress) / decaying)


class Trained:
    """The model and everything that goes on with it, in memory that the processes share."""

    def __init__(self, folder: Path, start: Path | None, seed: int) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / "tokenizer.json").exists():
            self.tokenizer = PreTrainedTokenizerFast.from_pretrained(str(folder))
        else:
            self.tokenizer = save(folder)
        vocabulary = self.tokenizer.get_vocab()
        self.model = LlamaForCausalLM(configuration(len(self.tokenizer), vocabulary))
        initialise(self.model, seed=seed)
        self.elapsed = 0.0
        self.steps = 0
        self.tokens = 0.0
        self.resumptions = 0
        state: dict[str, Any] | None = None
        if self.path.exists():
            state = torch.load(self.path, weights_only=True)
            self.model.load_state_dict(state["model"])
            self.elapsed, self.tokens, self.steps = state["elapsed"], state["tokens"], state["steps"]
            self.resumptions = state["resumptions"] + 1
            print(f"resumed at {self.elapsed / 60:.1f} min, {self.tokens / 1e6:.2f}M tokens", flush=True)
        elif start is not None:
            kept = adopt(self.model, self.tokenizer, start)
            print(f"starts from other weights; {kept} of {len(vocabulary)} words are known", flush=True)
        self.model.share_memory()
        self.parameters = list(self.model.parameters())
        self.moments = [
            [torch.zeros_like(parameter).share_memory_() for parameter in self.parameters] for _ in range(2)
        ]
        if state is not None:
            for moments, stored in zip(self.moments, state["moments"], strict=True):
                for moment, value in zip(moments, stored, strict=True):
                    moment.copy_(value)

    @property
    def path(self) -> Path:
        """Where the resumable state lies."""
        return self.folder / "training.pt"

    def store(self) -> None:
        """Write the resumable state and a loadable bf16 export."""
        state = {
            "model": self.model.state_dict(),
            "moments": self.moments,
            "elapsed": self.elapsed,
            "tokens": self.tokens,
            "steps": self.steps,
            "resumptions": self.resumptions,
        }
        fresh = self.path.with_suffix(".new")
        torch.save(state, fresh)
        os.replace(fresh, self.path)
        export(self.model, self.tokenizer, self.folder)


class Share:
    """One process: passes over batches until the step has its tokens, then its part of the update.

    Processes with one thread each, meeting a few times a step, lose little when other work takes a core away;
    threads inside each matrix product would wait for the slower core thousands of times a step.
    """

    def __init__(self, rank: int, trained: Trained, plan: Plan, gradients: list[torch.Tensor]) -> None:
        self.rank = rank
        self.plan = plan
        self.parameters = trained.parameters
        sizes = [parameter.numel() for parameter in self.parameters]
        self.views = [
            [
                part.view_as(parameter)
                for part, parameter in zip(flat.split(sizes), self.parameters, strict=True)
            ]
            for flat in gradients
        ]
        self.own = gradients[rank]
        for parameter, view in zip(self.parameters, self.views[rank], strict=True):
            parameter.grad = view
        self.muon, self.rest = self._divide(trained)

    def _divide(self, trained: Trained) -> tuple[Muon, list[int]]:
        """The matrices and the other parameters that this process updates."""
        names = [name for name, _ in trained.model.named_parameters()]
        matrices = [
            at
            for at, parameter in enumerate(self.parameters)
            if parameter.ndim == 2 and "embed" not in names[at]
        ]
        matrices.sort(key=lambda at: self.parameters[at].shape)
        mine = matrices[self.rank :: self.plan.processes]
        early = ("model.layers.0.self_attn", "model.layers.1.self_attn")
        muon = Muon(
            [self.parameters[at] for at in mine],
            [PROTECTED if names[at].startswith(early) else 1.0 for at in mine],
            [trained.moments[0][at] for at in mine],
        )
        others = [at for at in range(len(self.parameters)) if at not in set(matrices)]
        self.indices = mine
        return muon, others[self.rank :: self.plan.processes]

    def collect(self) -> float:
        """Add up the gradients of all processes for the parameters updated here; their squared norm."""
        squared = 0.0
        for at in [*self.indices, *self.rest]:
            total = self.views[0][at]
            for views in self.views[1:]:
                total.add_(views[at])
            squared += float(total.pow(2).sum())
        return squared

    @torch.no_grad()
    def update(self, trained: Trained, scale: float, factor: float, step: int) -> None:
        """Change the parameters of this process; `scale` makes the sum of gradients a clipped mean."""
        gradients = [self.views[0][at].mul_(scale) for at in self.indices]
        self.muon.step(gradients, MUON_RATE * factor)
        rate = ADAM_RATE * factor
        for at in self.rest:
            gradient = self.views[0][at].mul_(scale)
            first, second = trained.moments[0][at], trained.moments[1][at]
            first.lerp_(gradient, 0.1)
            second.lerp_(gradient * gradient, 0.05)
            spread = (second / (1 - 0.95**step)).sqrt_().add_(1e-8)
            self.parameters[at].addcdiv_(first, spread, value=-rate / (1 - 0.9**step))


def work(rank: int, trained: Trained, plan: Plan, gradients: list[torch.Tensor], shared: Any) -> None:
    """The loop of one process; the first also keeps the clock, the log and the checkpoints."""
    board, barrier, lock, taken = shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    torch.set_num_threads(1)
    share = Share(rank, trained, plan, gradients)
    loss_of: Any = TargetLoss(trained.model)
    if plan.compiled:
        loss_of = torch.compile(loss_of, dynamic=True)
    copying = [COPY_SHARE[0]]
    seed = plan.seed + 7919 * (trained.resumptions + 1) + 104_729 * rank
    source = batches(Encoder(trained.tokenizer), len(trained.tokenizer), seed, copying, plan.tokens_per_pass)
    following = next(source)
    barrier.wait()
    clock = Clock(trained, plan) if rank == 0 else None
    step = trained.steps
    while True:
        if clock is not None:
            clock.tick(board)
        share.own.zero_()
        barrier.wait()
        if board[0, STOP]:
            break
        progress = float(board[0, PROGRESS])
        copying[0] = COPY_SHARE[1] + (COPY_SHARE[0] - COPY_SHARE[1]) * max(0.0, 1 - progress / 0.4)
        while True:
            ids, where, wanted = following
            with lock:
                if taken.value >= plan.tokens_per_step:
                    break
                taken.value += ids.numel()
            following = next(source)
            with torch.autocast("cpu", torch.bfloat16, enabled=plan.bfloat16):
                loss, right = loss_of(ids, where, wanted)
            loss.backward()
            for place, value in (
                (LOSS, float(loss.detach())),
                (RIGHT, float(right)),
                (TARGETS, len(wanted)),
                (TOKENS, ids.numel()),
            ):
                board[rank, place] += value
        barrier.wait()
        board[rank, NORM] = share.collect()
        targets = max(1.0, float(board[:, TARGETS].sum()))
        barrier.wait()
        norm = float(board[:, NORM].sum()) ** 0.5 / targets
        step += 1
        share.update(trained, min(1.0, 1.0 / (norm + 1e-6)) / targets, float(board[0, FACTOR]), step)
        barrier.wait()
        if clock is not None:
            clock.account(board, step)
            taken.value = 0
    if clock is not None:
        trained.store()
        print(f"done: {trained.tokens / 1e6:.2f}M tokens in {trained.elapsed / 60:.1f} min", flush=True)


class Clock:
    """Time, rate and progress by the clock on the wall, so that a pause shortens training but not its decay."""

    def __init__(self, trained: Trained, plan: Plan) -> None:
        self.trained = trained
        self.rate, self.decaying = plan.rate, plan.decaying
        self.seconds = seconds_until(plan.until) if plan.until else plan.minutes * 60
        self.before = trained.elapsed
        self.began = time.monotonic()
        self.saved = self.shown = 0.0
        self.sums = [0.0] * 4
        self.interrupted = False
        signal.signal(signal.SIGTERM, self._interrupt)

    def _interrupt(self, _number: int, _frame: object) -> None:
        self.interrupted = True

    def tick(self, board: torch.Tensor) -> None:
        """Set rate and progress of the step to come."""
        now = time.monotonic() - self.began
        progress = min(1.0, now / self.seconds)
        board[:, : TOKENS + 1] = 0.0
        board[0, PROGRESS] = progress
        board[0, FACTOR] = self.rate * schedule(progress, now, self.decaying)
        board[0, STOP] = float(progress >= 1.0 or self.interrupted)

    def account(self, board: torch.Tensor, step: int) -> None:
        """After a step: count, show, store, and say when it is time to stop."""
        now = time.monotonic() - self.began
        trained = self.trained
        trained.elapsed, trained.steps = self.before + now, step
        trained.tokens += float(board[:, TOKENS].sum())
        self.sums = [total + float(board[:, place].sum()) for place, total in enumerate(self.sums)]
        if now - self.shown > SHOW_EVERY_SECONDS:
            loss, right, targets, tokens = self.sums
            print(
                f"{now / 60:6.1f} min  step {step:6d}  {trained.tokens / 1e6:6.2f}M tokens"
                f"  {tokens / (now - self.shown):6.0f}/s  loss {loss / targets:.4f}"
                f"  accuracy {right / targets:.4f}  rate x{float(board[0, FACTOR]):.3f}",
                flush=True,
            )
            self.shown, self.sums = now, [0.0] * 4
        if now - self.saved > SAVE_EVERY_SECONDS:
            trained.store()
            self.saved = now


def train(trained: Trained, plan: Plan) -> None:
    """Run the processes until the time is spent."""
    context = multiprocessing.get_context("spawn")
    size = sum(parameter.numel() for parameter in trained.parameters)
    gradients = [torch.zeros(size).share_memory_() for _ in range(plan.processes)]
    board = torch.zeros(plan.processes, 8, dtype=torch.float64).share_memory_()
    shared = (board, context.Barrier(plan.processes), context.Lock(), context.Value("q", 0, lock=False))
    spawn(work, args=(trained, plan, gradients, shared), nprocs=plan.processes, join=True)


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


def seconds_until(clock: str) -> float:
    """Seconds from now to the next time the clock shows HH:MM."""
    now = datetime.now().astimezone()
    hour, minute = (int(part) for part in clock.split(":"))
    then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return ((then if then > now else then + timedelta(days=1)) - now).total_seconds()


def main() -> None:
    """Command line of the trainer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=75.0, help="time budget by the clock")
    parser.add_argument("--until", metavar="HH:MM", help="end at this time of day instead")
    parser.add_argument("--out", type=Path, required=True, help="folder for the checkpoint and its state")
    parser.add_argument("--start", type=Path, metavar="DIR", help="a checkpoint to start from, words and all")
    parser.add_argument("--rate", type=float, default=1.0, help="factor on the learning rates")
    parser.add_argument(
        "--decaying", type=float, default=0.6, help="share of the time over which the rate falls"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2, help="one for each core that is free")
    parser.add_argument("--tokens-per-step", type=int, default=6144)
    parser.add_argument("--tokens-per-pass", type=int, default=1024)
    parser.add_argument("--no-compile", action="store_true", help="a little slower, needs no C++ compiler")
    parser.add_argument(
        "--bfloat16", action="store_true", help="twice as fast where the processor multiplies bfloat16"
    )
    options = parser.parse_args()
    torch.set_num_threads(1)
    plan = Plan(
        minutes=options.minutes,
        until=options.until,
        rate=options.rate,
        decaying=options.decaying,
        seed=options.seed,
        processes=options.processes,
        tokens_per_step=options.tokens_per_step,
        tokens_per_pass=options.tokens_per_pass,
        compiled=not options.no_compile,
        bfloat16=options.bfloat16,
    )
    train(Trained(options.out, options.start, options.seed), plan)


if __name__ == "__main__":
    main()
