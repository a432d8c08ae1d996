"""The local engine on the demo model against `generate` and continuous batching of transformers, interleaved."""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.engines import checkpoint, presets
from assistant.engines.local.engine import LocalEngine, Tuning
from assistant.engines.local.frame import Frame
from assistant.types import Prompt, Role, Sampling, Slot, SlotKind, Turn

from .report import Row, show

SYSTEM_TOKENS = 256


@dataclass(frozen=True)
class Chat:
    prompt: Prompt
    new_tokens: int


class Reference:
    """transformers alone, on the same weights and threads."""

    def __init__(self, folder: Path, threads: int) -> None:
        import torch
        from transformers import AutoModelForCausalLM

        from assistant.engines.local.tokens import Tokens

        torch.set_num_threads(threads)
        self.torch = torch
        self.model: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
        self.model.generation_config.eos_token_id = None
        self.tokens = Tokens.load(folder, vocabulary=self.model.config.vocab_size)
        self.frame = Frame(tools=presets.Tools.NAMES)

    def ids(self, prompt: Prompt) -> list[int]:
        return self.tokens.encode(self.frame.segments(prompt))

    def one(self, chat: Chat) -> str:
        ids = self.torch.tensor([self.ids(chat.prompt)])
        with self.torch.inference_mode():
            made = self.model.generate(
                ids,
                attention_mask=self.torch.ones_like(ids),
                do_sample=False,
                max_new_tokens=chat.new_tokens,
                pad_token_id=0,
            )
        return b"".join(map(self.tokens.bytes_of, made[0, ids.shape[1] :].tolist())).decode("utf-8", "ignore")

    def batch(self, chats: list[Chat]) -> float:
        """Tokens a second of transformers' continuous batching."""
        from transformers import GenerationConfig
        from transformers.generation.configuration_utils import ContinuousBatchingConfig

        longest = max(chat.new_tokens for chat in chats)
        started = time.perf_counter()
        made = self.model.generate_batch(
            [self.ids(chat.prompt) for chat in chats],
            generation_config=GenerationConfig(
                do_sample=False, max_new_tokens=longest, eos_token_id=-1, pad_token_id=0
            ),
            continuous_batching_config=ContinuousBatchingConfig(
                page_size=256, num_blocks=150, max_batch_tokens=512
            ),
            progress_bar=False,
        )
        count = sum(len(output.generated_tokens) for output in made.values())
        return count / (time.perf_counter() - started)


def words(chance: random.Random, reference: Reference, tokens: int) -> str:
    """Text of about so many tokens."""
    known = (" you", " the", " name", " time", " what", " please", " now", " help", " me", " is")
    text = ""
    while len(reference.tokens.encode([(False, text)])) < tokens:
        text += "".join(chance.choices(known, k=4))
    return text.strip()


def make_chats(count: int, chance: random.Random, reference: Reference, system: str) -> list[Chat]:
    chats = []
    for _ in range(count):
        turn = Turn(role=Role.USER, text=words(chance, reference, chance.randint(20, 200)))
        prompt = Prompt(slots=(Slot(kind=SlotKind.PERSONA, text=system),), turns=(turn,))
        chats.append(Chat(prompt, chance.randint(16, 48)))
    return chats


async def together(engine: LocalEngine, chats: list[Chat]) -> tuple[float, list[str]]:
    """Tokens a second of all chats at once, and their texts."""

    async def one(at: int, chat: Chat) -> str:
        sampling = Sampling(temperature=0.0, max_tokens=chat.new_tokens)
        return "".join(
            [delta.text async for delta in engine.generate(chat.prompt, sampling, request_id=str(at))]
        )

    started = time.perf_counter()
    texts = await asyncio.gather(*(one(at, chat) for at, chat in enumerate(chats)))
    return sum(chat.new_tokens for chat in chats) / (time.perf_counter() - started), list(texts)


async def first_token(engine: LocalEngine, prompt: Prompt, conversation: str | None) -> tuple[float, str]:
    """Milliseconds to the first text, and the whole text."""
    started, first, text = time.perf_counter(), 0.0, ""
    sampling = Sampling(temperature=0.0, max_tokens=12)
    async for delta in engine.generate(prompt, sampling, request_id="t", conversation=conversation):
        if delta.text and not first:
            first = (time.perf_counter() - started) * 1000
        text += delta.text
    return first, text


async def turn_ratio(engine: LocalEngine, chats: list[Chat], conversation: bool) -> float:
    """Time to first token of turn 5 over that of turn 1, the median of several conversations."""
    ratios = []
    for at, chat in enumerate(chats):
        prompt, times = chat.prompt, []
        for turn in range(5):
            took, text = await first_token(engine, prompt, f"ratio-{at}" if conversation else None)
            times.append(took)
            more = (Turn(role=Role.ASSISTANT, text=text), Turn(role=Role.USER, text=f"And now, turn {turn}?"))
            prompt = replace(prompt, turns=prompt.turns + more)
        ratios.append(times[4] / times[0])
    return statistics.median(ratios)


async def fuzz(engine: LocalEngine, chance: random.Random, system: str) -> int:
    """Ask senseless things; how many engines died of it."""
    odd = [float("nan"), float("inf"), -1.0, 0.0, 1e-9, 5.0]
    for at in range(40):
        text = "".join(chance.choices("aé😀<|eot_id|>\x00 \n", k=chance.choice([0, 1, 30, 3000])))
        slots = (Slot(kind=SlotKind.PERSONA, text=chance.choice(["", system])),)
        turns = (Turn(role=chance.choice(list(Role)), text=text),) * chance.choice([0, 1, 3])
        sampling = Sampling(
            temperature=chance.choice(odd),
            top_p=chance.choice(odd),
            top_k=chance.choice([-1, 0, 1, 2**40]),
            max_tokens=4,
        )
        try:
            async for _ in engine.generate(
                Prompt(slots=slots, turns=turns), sampling, request_id=f"f{at % 3}"
            ):
                pass
        except Exception as error:
            if type(error).__name__ == "EngineDead":
                return 1
    return engine.stats().restarts


async def run(quick: bool, chats_count: int, threads: int) -> None:

    preset = presets.PRESETS["demo"]
    found = checkpoint.look(Path(preset.source))
    preset = replace(preset, context=min(preset.context, found.context))
    chance = random.Random(7)
    reference = Reference(found.folder, threads)
    system = words(chance, reference, SYSTEM_TOKENS)
    tuning = Tuning(slots=chats_count, threads=threads, ignore_stops=True)
    engine = LocalEngine(preset, tuning=tuning)
    await engine.start()
    try:
        ours, sequential, batches, gains, same = [], [], [], [], 0
        sample = 6 if quick else 16
        warm = make_chats(
            chats_count, chance, reference, system
        )  # first touches of memory are not what is measured
        await together(engine, warm)
        reference.one(warm[0])
        for round_number in range(2 if quick else 4):
            chats = make_chats(chats_count, chance, reference, f"{system} {round_number}")
            speed, texts = await together(engine, chats)
            ours.append(speed)
            started = time.perf_counter()
            wanted = [reference.one(chat) for chat in chats[:sample]]
            sequential.append(
                sum(chat.new_tokens for chat in chats[:sample]) / (time.perf_counter() - started)
            )
            same += sum(
                got.encode("utf-8", "ignore") == want.encode()
                for got, want in zip(texts, wanted, strict=False)
            )
            own = [make_chats(1, chance, reference, f"{at} {system}")[0] for at in range(chats_count)]
            gains.append(speed / (await together(engine, own))[0])
            if not quick:
                batches.append(reference.batch(chats))
        kept = await turn_ratio(engine, make_chats(3 if quick else 9, chance, reference, system), True)
        dead = await fuzz(engine, chance, system)
        await asyncio.sleep(0.6)
        memory = engine.stats().memory_bytes
    finally:
        await engine.close()
    speed, alone = statistics.median(ours), statistics.median(sequential)
    ratios = statistics.median(a / b for a, b in zip(ours, sequential, strict=True))
    cb = statistics.median(a / b for a, b in zip(ours, batches, strict=True)) if batches else None
    gain = statistics.median(gains)
    show(
        "engine",
        [
            Row(
                figure=f"tokens/s at {chats_count} chats",
                ours=f"{speed:.0f}",
                reference=f"{alone:.0f} one by one",
                goal="5×",
            ),
            Row(figure="times sequential generate", ours=f"{ratios:.2f}×", reference="1×", goal="5×"),
            Row(
                figure="times continuous batching",
                ours=f"{cb:.2f}×" if cb else "-",
                reference="1×",
                goal="5×",
            ),
            Row(figure="gain of the shared prefix", ours=f"{gain:.2f}×", reference="1×", goal="1.5×"),
            Row(figure="turn 5 / turn 1 to first token", ours=f"{kept:.2f}", reference="-", goal="1.2"),
            Row(
                figure="texts identical to generate",
                ours=f"{same} of {sample * len(ours)}",
                reference="-",
                goal="all",
            ),
            Row(figure="dead engines under odd requests", ours=str(dead), reference="-", goal="0"),
            Row(figure="memory of the model process", ours=f"{memory / 1e6:.0f} MB", reference="-", goal="-"),
        ],
        {
            "x_sequential_64": round(ratios, 2) if chats_count == 64 else None,
            "x_transformers_cb_64": round(cb, 2) if cb and chats_count == 64 else None,
            "x_llamacpp_8": None,
            "prefix_gain": round(gain, 2),
            "turn5_ttft_ratio": round(kept, 2),
            "dead_engines": dead,
        },
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two rounds, no continuous batching")
    parser.add_argument("--chats", type=int, default=64)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1, help="of both sides")
    options = parser.parse_args()
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # both sides wait alike; torch is imported later
    asyncio.run(run(options.quick, options.chats, options.threads))


if __name__ == "__main__":
    main()
