"""Runs the GPU bench: the device's floors, then each model; without a GPU it says what it would do, and how."""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import torch

from assistant.engines.local import varlen

from . import build, floors, measure
from .build import Alone
from .shapes import MODELS, SHEETS, SMALL, TINY, TINY_4BIT, Floors, Shape
from .table import Result

_FULL_ROWS = (1, 16, 64, 256)
_LIBRARIES = ("torch", "transformers", "bitsandbytes", "tokenizers")


class Run:
    """One run on one device. `tiny`: the rehearsal, whose figures mean nothing but that every line works."""

    def __init__(self, device: torch.device, *, quick: bool, tiny: bool) -> None:
        self.device = device
        self.quick = quick
        self.tiny = tiny
        self.dtype = torch.float32 if tiny else torch.bfloat16
        self.number = self.dtype.itemsize
        self.context, self.prompt = (40, 64) if tiny else (1024, 4096)
        self.rows = (1, 3) if tiny else (1, 16, 64) if quick else _FULL_ROWS
        self.steps = 3 if tiny else 32 if quick else 96
        name = torch.cuda.get_device_name(device) if device.type == "cuda" else "CPU rehearsal"
        self.result = Result(name, rehearsal=tiny)
        self.floors = Floors(device=name, bandwidth=1.0, products=1.0)

    def whole(self, shapes: Sequence[Shape]) -> Result:
        self.part("floors", self.measure_floors)
        self.part("identity in float32", self.identity)
        for shape in shapes:
            self.part(shape.name, partial(self.model, shape))
            build.collect()
        return self.result

    def part(self, name: str, work: Callable[[], None]) -> None:
        """One part that fails leaves its figures null and does not take the others with it."""
        try:
            work()
        except Exception as error:
            if self.tiny:
                raise
            self.result.failed.append(f"{name}: {type(error).__name__}: {str(error)[:300]}")
        build.collect()

    def measure_floors(self) -> None:
        self.floors = floors.measure(self.device, tiny=self.tiny)
        read, products = self.floors.bandwidth / 1e12, self.floors.products / 1e12
        self.result.figures |= {"read_tb_s": round(read, 4), "matmul_tflop_s": round(products, 2)}
        self.result.note("memory reads, measured", f"{read:.2f} TB/s")
        self.result.note("bf16 matrix products, measured", f"{products:.0f} TFLOP/s")

    def identity(self) -> None:
        """In float32 nothing is rounded away: every token has to be that of generate."""
        shape = TINY if self.tiny else SMALL
        net = build.model(shape, self.device, torch.float32, context=1024, spread=0.1)
        alone = Alone(net, self.device, slots=8, context=512)
        found = measure.agreement(
            net, alone, answers=3 if self.tiny else 8, tokens=24, count=8 if self.tiny else 48
        )
        self.result.share(
            "identical_fp32",
            found.whole / found.answers,
            "answers identical to generate, float32, small",
            f"{found.whole} of {found.answers}",
            f"{found.same} of {found.of} tokens",
        )

    def model(self, shape: Shape) -> None:
        base = shape.name.removeprefix("tiny")
        suffix = {"8b": "", "": ""}.get(
            base, "_" + (base.strip("-") if self.tiny else base).replace("-", "_")
        )
        net = build.model(shape, self.device, self.dtype, context=self.prompt + 640)
        self.decode(shape, net, suffix)
        build.collect()
        self.prompts(shape, net, suffix)
        if self.device.type == "cuda":
            most = torch.cuda.max_memory_allocated(self.device)
            self.result.note(
                f"{shape.name}: most memory",
                f"{most / 1e9:.1f} GB",
                f"{shape.weights() / 1e9:.1f} GB weights",
            )
            torch.cuda.reset_peak_memory_stats(self.device)

    def slots(self, shape: Shape, context: int, wanted: int) -> int:
        """As many as fit into what is free, with a tenth of it and a gigabyte and a half for everything else."""
        if self.device.type != "cuda":
            return wanted
        free = torch.cuda.mem_get_info(self.device)[0] * 0.9 - 1.5e9
        return max(1, min(wanted, int(free // ((context + 1) * shape.kept()))))

    def decode(self, shape: Shape, net: Any, suffix: str) -> None:
        context = self.context * 5 // 4 + 2 * self.steps
        slots = self.slots(shape, context, max(self.rows))
        alone = Alone(net, self.device, slots=slots, context=context)
        size = shape.size
        way = "flash, varlen" if varlen.usable(self.device, self.dtype, size) else "masked SDPA"
        for rows in self.rows:
            if rows > slots:
                self.result.note(f"{shape.name}: decode, {rows} rows", "-", f"memory holds {slots}")
                continue
            found = measure.decode(alone, rows, self.context, self.steps)
            floor = self.floors.step_seconds(shape, rows, self.context + 3 + self.steps // 2, self.number)
            name = f"decode_floor_share_{rows}{suffix}"
            self.result.share(
                name,
                floor / found.step,
                f"{shape.name}: decode, {rows} rows of {self.context}",
                f"{found.step * 1e3:.2f} ms, {rows / found.step:.0f} tokens/s",
                f"{floor * 1e3:.2f} ms, {rows / floor:.0f} tokens/s",
            )
            plain = "" if found.plain is None else f", {found.plain * 1e3:.2f} ms without graphs"
            self.result.note("    of it the model's pass", f"{found.model * 1e3:.2f} ms{plain}")
        graphs = "CUDA graphs" if alone.captured() else "no CUDA graphs"
        self.result.note(f"{shape.name}: attention and steps", f"{way}; {graphs}")

    def prompts(self, shape: Shape, net: Any, suffix: str) -> None:
        context, beside = self.prompt + 600 if not self.tiny else 160, 2 if self.tiny else 16
        slots = self.slots(shape, context, beside + 4)
        beside = min(beside, max(1, slots - 2))
        alone = Alone(net, self.device, slots=slots, context=context)
        took = measure.prompt(alone, self.prompt)
        best = self.floors.prompt_seconds(shape, self.prompt)
        self.result.share(
            f"prefill_share{suffix}",
            best / took,
            f"{shape.name}: a prompt of {self.prompt}",
            f"{took * 1e3:.0f} ms, {self.prompt / took:.0f} tokens/s",
            f"{best * 1e3:.0f} ms, {self.prompt / best:.0f} tokens/s",
        )
        piece = 16 if self.tiny else 512
        took = measure.mixed(alone, beside, self.context, piece)
        self.result.note(f"{shape.name}: a prompt of {piece} beside {beside} rows", f"{took * 1e3:.1f} ms")
        asked = 16 if self.tiny else 512
        single = measure.first_token(alone, asked, 0, self.prompt)
        crowd = measure.first_token(alone, asked, beside, self.prompt)
        self.result.note(
            f"{shape.name}: first token beside {beside} background prompts",
            f"{crowd * 1e3:.0f} ms",
            f"{single * 1e3:.0f} ms alone",
        )
        if suffix:
            return
        self.result.figures["first_token_ratio"] = round(crowd / single, 2)
        found = measure.agreement(net, alone, answers=4, tokens=24, count=4 if self.tiny else 16)
        self.result.share(
            "agreement_bf16",
            found.same / found.of,
            f"{shape.name}: tokens as generate's, to the first difference",
            f"{found.same} of {found.of}",
            f"{found.whole} of {found.answers} answers whole",
        )


def plan(shapes: Sequence[Shape], rows: Sequence[int]) -> Result:
    """What there is to measure, with the floors that data sheets give."""
    result = Result("none")
    for sheet in SHEETS:
        for shape in shapes:
            for count in rows:
                floor = sheet.step_seconds(shape, count, 1024)
                result.note(
                    f"{shape.name}: decode, {count} rows of 1024",
                    "not measured",
                    f"{floor * 1e3:.2f} ms, {count / floor:.0f} tokens/s on {sheet.device}",
                )
            best = sheet.prompt_seconds(shape, 4096)
            result.note(
                f"{shape.name}: a prompt of 4096",
                "not measured",
                f"{best * 1e3:.0f} ms, {4096 / best:.0f} tokens/s on {sheet.device}",
            )
    return result


def versions() -> dict[str, str]:
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found | ({"cuda": torch.version.cuda} if torch.version.cuda else {})


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.gpu", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer steps, no batch of 256")
    parser.add_argument("--models", default=",".join(MODELS), help=f"of {', '.join(MODELS)}; all by default")
    parser.add_argument("--save", action="store_true", help="keep the figures in bench/results")
    parser.add_argument(
        "--cpu-rehearsal", action="store_true", help="run every line on a tiny model without a GPU"
    )
    options = parser.parse_args()
    unknown = sorted(set(options.models.split(",")) - set(MODELS))
    if unknown:
        parser.error(f"unknown model {unknown[0]}; there are {', '.join(MODELS)}")
    shapes = [MODELS[name] for name in options.models.split(",")]
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    warnings.filterwarnings("ignore", category=UserWarning)  # libraries' advice, which nobody asked for
    if options.cpu_rehearsal:
        result = Run(torch.device("cpu"), quick=True, tiny=True).whole([TINY, TINY_4BIT])
    elif torch.cuda.is_available():
        result = Run(torch.device("cuda", 0), quick=options.quick, tiny=False).whole(shapes)
    else:
        print("No GPU here: nothing is measured. Where one is, with torch and transformers installed, run\n")
        print(f"    python -m bench.gpu --models {options.models} --save\n")
        result = plan(shapes, (1, 16, 64) if options.quick else _FULL_ROWS)
    if options.save and result.figures["read_tb_s"] is not None and not result.rehearsal:
        print(f"kept in {result.save(versions())}")
    result.show()
    return 1 if result.failed else 0


if __name__ == "__main__":
    sys.exit(main())
