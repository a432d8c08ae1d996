"""How the list of models and a plan look in a terminal, and the same plan as one JSON object."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from ..settings import Quantize
from . import presets, servers, sizes
from .planner import Option, Plan, installed
from .presets import Preset, Tools
from .servers import Server
from .sizes import GB, Demand

_WIDE: Final = 140  # where no terminal says how wide it is: a file, a pipe
_SERVED: Final = {"bf16": "bfloat16", "fp8": "FP8", "int4": "4-bit AWQ"}


def models() -> None:
    """Print every preset."""
    out = _console()
    table = _table("name", ">parameters", ">context", "tools", "languages", "licence")
    for preset in presets.listed():
        tools = "-" if preset.tools is Tools.NONE else preset.tools.value
        size, languages = _count(preset.parameters), " ".join(preset.languages)
        table.add_row(preset.name, size, f"{preset.context:,}", tools, languages, preset.licence_note)
    out.print(table)
    out.print(
        "Also: a hub id (owner/name) or a folder. `assistant models plan NAME` says what a model needs."
    )


def models_json() -> list[dict[str, Any]]:
    """The same presets for programs."""
    return [_facts(preset) for preset in presets.listed()]


def _facts(preset: Preset) -> dict[str, Any]:
    wanted = ("name", "source", "parameters", "context", "tools", "languages", "licence_note")
    return {name: getattr(preset, name) for name in wanted}


def plan(made: Plan) -> None:
    """Print a plan: what it takes, what fits, what to do."""
    out = _console()
    subject, wish, tensors = made.subject, made.wish, made.subject.tensors
    out.print(f"[bold]{subject.name}[/]  {subject.source}")
    token = sizes.cache_bytes(tensors, number=2)
    out.print(
        f"{_count(tensors.parameters)} parameters ({tensors.parameters:,}), context {wish.context:,} of "
        f"{subject.longest:,} tokens; K/V {token:,} bytes a token in bfloat16, "
        f"{_gb(token * wish.context)} GB a conversation"
    )
    out.print()
    out.print(f"[bold]{'Here' if made.machine.here else 'There'}[/]: {made.machine.name}")
    if subject.refused:
        out.print(f"Not in the local engine: {subject.refused}.", markup=False)
    else:
        _options(out, made.options)
        _lengths(out, made)
    out.print()
    _advice(out, made)


def _options(out: Console, options: Iterable[Option], *, machine: bool = False) -> None:
    """The sums, in megabytes: parts rounded up, memory rounded down, so that what is printed is what was decided."""
    table = _sums("machine", "quantize") if machine else _sums("quantize")
    for found in options:
        names = [found.machine, found.quantize.value] if machine else [found.quantize.value]
        table.add_row(*names, *_sum(found.demand, found.room, fits=found.fits))
    out.print(table)


def _sums(*names: str) -> Table:
    return _table(*names, ">conversations", ">weights", ">+ K/V", ">+ workspace", ">= MB", "", ">MB free")


def _sum(demand: Demand, memory: int, *, fits: bool) -> list[str]:
    parts = demand.megabytes
    many = f"{demand.conversations:,} x {demand.context:,}"
    return [
        many,
        *(f"{part:,}" for part in (*parts, sum(parts))),
        "<=" if fits else ">",
        f"{memory // sizes.MB:,}",
    ]


def _lengths(out: Console, made: Plan) -> None:
    lengths = sorted({length for found in made.options for length in found.by_length})
    heads = [f">{length:,}" for length in lengths]
    table = _table("so many fit of", *heads, "tokens each", ">tokens/s, at most")
    for found in made.options:
        counts = [str(found.by_length[length] or "-") for length in lengths]
        speed = f"{found.ceiling:,.0f}" if found.ceiling >= 100 else f"{found.ceiling:.2g}"
        table.add_row(found.quantize.value, *counts, "", speed if found.ceiling else "?")
    out.print(table)


def _advice(out: Console, made: Plan) -> None:
    place, best, several = "here" if made.machine.here else "there", made.best, len(made.machine.gpus) > 1
    if made.recommended is None:
        _why_not(out, made)
    elif made.recommended is best:
        _local(out, made, f"[bold]Best {place}[/]")
        if made.served:
            _servers(out, made, "[bold]Or a model server[/], for many people at once")
    else:
        _servers(out, made, f"[bold]Best {place}[/]: a model server")
        if best is not None:
            _local(out, made, "Or")
    if best is not None and several:
        out.print("The local engine spreads the layers over the GPUs: only one of them works at a time.")
    if made.smallest:
        out.print("[bold]Smallest machines for the local engine[/]")
        _options(out, made.smallest, machine=True)
    if made.smallest_served:
        _servers(out, made, "[bold]Smallest machines for a model server[/]")
    elif made.recommended is None:
        out.print(
            "No single machine we know of can serve it; vLLM spreads over several (--pipeline-parallel-size)."
        )


def _local(out: Console, made: Plan, title: str) -> None:
    best = made.best
    if best is not None:
        out.print(f"{title}: the local engine, {_weights(best)}, {best.demand.conversations} slots")
        _lines(out, [*_missing(made, best), local_command(made, best)])


def _missing(made: Plan, best: Option) -> list[str]:
    """What has to be installed first on this machine."""
    if not made.machine.here or best.quantize is Quantize.NONE or installed("bitsandbytes"):
        return []
    return ["pip install 'messaging-assistant[quantize]'"]


def _why_not(out: Console, made: Plan) -> None:
    wish, slow = made.wish, [found for found in made.options if found.fits and not made.subject.refused]
    if slow:
        quick = max(slow, key=lambda found: found.ceiling)
        out.print(
            f"[bold]Too slow[/]: it fits, but every token takes all weights, at most {quick.ceiling:.2f} of them a "
            "second for one conversation. To try it all the same:"
        )
        _lines(out, [local_command(made, quick)])
    elif not made.subject.refused:
        many = f"{wish.goal} conversations" if wish.conversations else "even one conversation"
        out.print(
            f"[bold]Does not fit[/]: no choice of weights leaves room for {many} of {wish.context:,} tokens."
        )


def _servers(out: Console, made: Plan, title: str) -> None:
    out.print(title)
    _served(out, made.served or made.smallest_served)
    _lines(out, commands(made).values())
    if made.server is not None and made.server.copies > 1:
        out.print(
            f"{made.server.copies} such servers fit, each on GPUs and a port of its own; list their addresses in "
            "ASSISTANT_ENGINE_URL, separated by commas."
        )


def _served(out: Console, rows: Iterable[Server]) -> None:
    table = _sums("each GPU of", "weights in")
    table.columns[-1].header = f"MB, {sizes.SERVER_SHARE:.0%} of it"
    table.add_column("so many fit", justify="right")
    for row in rows:
        names = [row.machine, _SERVED[row.precision.value]]
        table.add_row(*names, *_sum(row.demand, row.memory, fits=True), f"{row.most:,}")
    out.print(table)


def local_command(made: Plan, found: Option) -> str:
    """The line that starts the local engine in this way."""
    name = made.subject.name if made.subject.name in presets.PRESETS else made.subject.source
    parts = [f"ASSISTANT_MODEL={shlex.quote(name)}"]
    if found.quantize is not Quantize.NONE:
        parts.append(f"ASSISTANT_QUANTIZE={found.quantize.value}")
    parts += [
        f"ASSISTANT_ENGINE_CONTEXT={made.wish.context}",
        f"ASSISTANT_ENGINE_SLOTS={found.demand.conversations}",
    ]
    return " ".join([*parts, "assistant up"])


def commands(made: Plan) -> dict[str, str]:
    """The lines that start the plan's model server and point the assistant at it."""
    if made.server is None:
        return {}
    subject = made.subject
    return servers.commands(made.server, name=subject.name, config=subject.config, tools=subject.tools)


def plan_json(made: Plan) -> dict[str, Any]:
    """The whole plan as one object."""
    subject, tensors = made.subject, made.subject.tensors
    return {
        "model": {
            "name": subject.name,
            "source": subject.source,
            "type": subject.config.get("model_type"),
            "parameters": tensors.parameters,
            "longest": subject.longest,
            "refused": subject.refused or None,
            "weight_bytes": {kind.value: sizes.weight_bytes(tensors, kind) for kind in Quantize},
            "cache_bytes_per_token": sizes.cache_bytes(tensors, number=2),
        },
        "context": made.wish.context,
        "machine": {
            "name": made.machine.name,
            "free": list(made.machine.room.free),
            "cuda": made.machine.room.cuda,
        },
        "options": [_option_json(found) for found in made.options],
        "recommended": None
        if made.recommended is None
        else "local"
        if made.recommended is made.best
        else "server",
        "best": _option_json(made.best) | {"command": local_command(made, made.best)} if made.best else None,
        "smallest": [_option_json(found) for found in made.smallest],
        "servers": [_server_json(row) for row in made.served or made.smallest_served],
        "server": _server_json(made.server) | {"commands": commands(made)} if made.server else None,
    }


def _option_json(found: Option) -> dict[str, Any]:
    return asdict(found) | {"demand": _demand_json(found.demand)}


def _server_json(row: Server) -> dict[str, Any]:
    kept = {
        "machine": row.machine,
        "gpus": row.gpus,
        "precision": row.precision,
        "checkpoint": row.checkpoint,
    }
    return kept | {
        "each": _demand_json(row.demand),
        "memory": row.memory,
        "most": row.most,
        "copies": row.copies,
    }


def _demand_json(demand: Demand) -> dict[str, int]:
    return asdict(demand) | {"total": demand.total}


def _weights(found: Option) -> str:
    return "weights as they are" if found.quantize is Quantize.NONE else f"{found.quantize.value} weights"


def _count(parameters: int) -> str:
    return f"{parameters / 1e9:.2f} B" if parameters >= 1e9 else f"{parameters / 1e6:.1f} M"


def _gb(size: int) -> str:
    return f"{size / GB:.2f}"


def _lines(out: Console, lines: Iterable[str]) -> None:
    for line in lines:
        out.print(f"    {line}", soft_wrap=True, markup=False)


def _table(*columns: str, title: str | None = None) -> Table:
    """Columns whose name begins with ">" hold numbers."""
    table = Table(box=None, padding=(0, 2, 0, 0), title=title, title_justify="left", header_style="bold")
    for name in columns:
        number = name.startswith(">")
        table.add_column(name.lstrip(">"), justify="right" if number else "left", no_wrap=number)
    return table


def _console() -> Console:
    return Console(highlight=False, width=None if sys.stdout.isatty() else _WIDE)
