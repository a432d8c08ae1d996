"""The model's process: loads the model, then moves frames between the parent's pipe and the scheduler."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # a bench that has torch and transformers alone imports this module too
    from ..process import Pipe


def run(pipe: Pipe, options: Mapping[str, Any]) -> None:
    """Entry of Host. Raises ModelUnusable; returns when the parent closes."""
    environment()
    from . import weights
    from .tokens import Tokens

    loaded = weights.load(options)
    tokens = Tokens.load(loaded.folder, vocabulary=loaded.vocabulary)
    scheduler = assemble(loaded, tokens, options, pipe)
    pipe.ready(
        {
            "context": loaded.context,
            "slots": loaded.slots,
            "device": loaded.device,
            "folder": str(loaded.folder),
        }
    )
    while True:
        frame = pipe.receive(0 if scheduler.busy else None)
        while frame is not None:
            if frame["do"] == "close":
                return
            _take(scheduler, tokens, pipe, frame)
            frame = pipe.receive(0)
        pipe.busy = scheduler.busy
        if pipe.busy:
            scheduler.step()
        pipe.steps += 1
        pipe.stats = scheduler.stats()
        pipe.busy = scheduler.busy
        pipe.flush()


def assemble(loaded: Any, tokens: Any, options: Mapping[str, Any], out: Any) -> Any:
    """The scheduler over a loaded model (weights.Loaded), warmed up; its results go to `out`."""
    import torch

    from .attic import Attic
    from .cache import SlotCache
    from .forward import Forward
    from .scheduler import Limits, Scheduler
    from .slots import Table
    from .threads import Threads

    on_cpu = loaded.device == "cpu"
    cache = SlotCache(slots=loaded.slots, context=loaded.context, flat=not on_cpu)
    table = Table(
        cache=cache,
        context=loaded.context,
        budget=options.get("budget") or loaded.budget,
        compact=on_cpu,
        attic=Attic(int(options.get("host_memory") or 0)),
    )
    threads = Threads(options.get("threads") or torch.get_num_threads()) if on_cpu else None
    forward = Forward(loaded.model, cache, threads)
    forward.warm()
    limits = Limits(
        context=loaded.context,
        chunk=options.get("chunk") or (512 if on_cpu else 2048),
        queue=options.get("queue") or 512,
        ignore_stops=bool(options.get("ignore_stops")),
    )
    return Scheduler(forward, table, tokens, limits, out)


def _take(scheduler: Any, tokens: Any, pipe: Pipe, frame: Mapping[str, Any]) -> None:
    if frame["do"] == "cancel":
        scheduler.cancel(frame["id"])
    elif "count" in frame["body"]:
        try:
            pipe.reply(frame["id"], {"tokens": len(tokens.encode(frame["body"]["count"]))}, last=True)
        except Exception as error:
            pipe.error(frame["id"], error)
    else:
        scheduler.add(frame["id"], frame["body"])


def environment() -> None:
    """Before torch and transformers are imported: no chatter, no network for telemetry, threads that wait well.

    Between two products threads stay awake for a fraction of a millisecond, then sleep. A pass of a small model is
    hundreds of products of some microseconds each, and to wake a thread for each costs more than it gives; threads
    that never sleep would burn the cores that web and worker need. See threads.py for what is done when others work.
    """
    os.environ.setdefault("GOMP_SPINCOUNT", "10000")  # GNU's OpenMP: Linux
    os.environ.setdefault("KMP_BLOCKTIME", "1")  # LLVM's, in milliseconds: macOS
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
