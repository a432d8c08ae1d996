"""Machines that a model may run on: the GPUs one can rent or buy, and what this machine has."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from ..errors import SettingsError
from ..settings import Quantize
from . import checkpoint
from .sizes import GB, Room, Tensors, number_bytes, weight_bytes

_GIB: Final = 2**30
_COUNTS: Final = (1, 2, 4, 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gpu:
    """`memory` in bytes, `read` in bytes a second (0: unknown); `most` in one machine; `fp8`: multiplies in it."""

    name: str
    memory: int
    read: int = 0
    most: int = 8
    fp8: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """`room` is what is free; `read`: bytes a second that one device reads from its memory (0: unknown).

    `products`: of a CPU, the weights a second that each kind of layer multiplies (local/measure.py); empty: unknown.
    """

    name: str
    room: Room
    gpus: tuple[Gpu, ...] = ()
    read: float = 0
    products: Mapping[str, float] = field(default_factory=dict)
    here: bool = False

    def tokens_a_second(self, tensors: Tensors, quantize: Quantize) -> float:
        """The most one conversation can get, as every token reads and multiplies all weights once; 0: unknown."""
        number = number_bytes(tensors, cuda=self.room.cuda, quantize=quantize)
        read = self.read / weight_bytes(tensors, quantize, number=number)
        plain = "float32" if number == 4 else "bfloat16"
        kind = plain if quantize is Quantize.NONE else quantize.value
        if kind not in self.products:
            return read
        head = tensors.vocabulary * tensors.hidden / self.products[plain]
        linear = sum(matrix.weights for matrix in tensors.linear) / self.products[kind]
        return min(read, 1 / (head + linear))


def _gpu(name: str, gib: float, read: int, most: int = 8, *, fp8: bool = True) -> Gpu:
    return Gpu(name=name, memory=int(gib * _GIB), read=read * 10**9, most=most, fp8=fp8)


# GiB: what PyTorch reports as the total capacity, the lowest value read in public error reports (2026-11-24); it is
# less than what is printed on the box. GB/s: the data sheets. `most`: what usual machines hold.
GPUS: Final = (
    _gpu("L4 24 GB", 22.03, 300),
    _gpu("RTX 3090 24 GB", 23.5, 936, 4, fp8=False),
    _gpu("RTX 4090 24 GB", 23.5, 1008, 4),
    _gpu("RTX 5090 32 GB", 31.36, 1792, 4),
    _gpu("L40S 48 GB", 44.39, 864),
    _gpu("RTX 6000 Ada 48 GB", 47.3, 960, 4),
    _gpu("A100 80 GB", 79.14, 2039, fp8=False),
    _gpu("H100 80 GB", 79.11, 3350),
    _gpu("RTX PRO 6000 96 GB", 94.97, 1597),
    _gpu("H200 141 GB", 139.8, 4800),
    _gpu("B200 180 GB", 178.35, 8000),
)


def of(gpu: Gpu, count: int) -> Machine:
    """A machine with nothing else on its GPUs."""
    name = f"{count} x {gpu.name}"
    return Machine(
        name=name, gpus=(gpu,) * count, read=gpu.read, room=Room(cuda=True, free=(gpu.memory,) * count)
    )


def by_size() -> Iterator[tuple[Gpu, int]]:
    """Every GPU of the table in every usual number, the least memory first, fewer GPUs before more."""
    every = [(gpu, count) for gpu in GPUS for count in _COUNTS if count <= gpu.most]
    return iter(sorted(every, key=lambda item: (item[0].memory * item[1], item[1])))


def asked(text: str, count: int) -> Machine:
    """The machine that --gpu and --gpus describe: a size such as 80GB, or a name of the table. Raises SettingsError."""
    size = re.search(r"(\d+(?:\.\d+)?)\s*(gb|gib)?$", text.strip().lower())
    alone = size is not None and size[0] == text.strip().lower()
    known = None if alone else named(text)
    if size is not None and (alone or (known is not None and size[2])):
        unit = "GiB" if size[2] == "gib" else "GB"
        memory = int(float(size[1]) * (_GIB if unit == "GiB" else GB))
        if memory < GB:
            raise SettingsError(f"--gpu {text}: give the memory of one GPU in GB, such as 80GB")
        if known is None:
            return of(Gpu(name=f"GPU of {float(size[1]):g} {unit}", memory=memory), count)
        if f" {size[1]} " not in known.name:  # a model that comes in several sizes
            return of(replace(known, name=text.strip(), memory=memory), count)
    if known is None:
        names = ", ".join(each.name for each in GPUS)
        raise SettingsError(f"--gpu {text}: give a size such as 80GB, or one of {names}")
    return of(known, count)


def named(text: str) -> Gpu | None:
    """The GPU of the table that a user or a driver means ("h100", "NVIDIA H100 80GB HBM3")."""
    words = _words(text)
    for gpu in sorted(GPUS, key=lambda known: -len(known.name)):
        name = [word for word in _words(gpu.name) if word != "gb"]
        if set(name[:-1]) <= set(words):  # the last word is the size
            return gpu
    return None


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+\d+[a-z]?|[a-z]+|\d+", text.lower())


def here(gpus: Sequence[Mapping[str, Any]], speeds: Mapping[str, float]) -> Machine:
    """This machine, by what its model process reports (local/measure.py)."""
    if not gpus:
        memory = checkpoint.available_memory()
        driver = Path("/proc/driver/nvidia/version").exists()
        gpu = "a GPU that the installed torch cannot use (a CPU build?)" if driver else "no GPU"
        name = f"{os.cpu_count() or 1} CPU cores, {memory / GB:.1f} GB of memory free, {gpu}"
        return Machine(
            name=name,
            room=Room(cuda=False, free=(memory,)),
            read=speeds.get("read", 0),
            products=speeds,
            here=True,
        )
    found = []
    for item in gpus:
        known = named(item["name"])
        found.append(
            Gpu(
                name=item["name"],
                memory=item["memory"],
                read=known.read if known else 0,
                fp8=known.fp8 if known else False,
            )
        )
    free = tuple(int(item["free"]) for item in gpus)
    name = f"{len(found)} x {found[0].name}, {sum(free) / GB:.1f} GB free"
    return Machine(
        name=name,
        gpus=tuple(found),
        read=min(gpu.read for gpu in found),
        room=Room(cuda=True, free=free),
        here=True,
    )
