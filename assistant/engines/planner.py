"""Plans how to run a model: what fits on this machine, else the smallest machine or the model server that can."""

from __future__ import annotations

import asyncio
import difflib
import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from ..errors import ModelUnusable, SettingsError
from ..host import Host, Patience
from ..settings import EngineKind, Quantize, Settings
from . import checkpoint, hub, machines, presets, servers, shapes, sizes
from .machines import Machine
from .presets import Preset, Tools
from .servers import Server
from .sizes import Demand, Precision, Tensors

LENGTHS: Final = (1024, 4096, 8192)
_GOAL: Final = 4  # conversations at once that a plan looks for when nobody says how many
_SLOWEST: Final = 2.0  # tokens a second: an answer that comes slower than this is no conversation
_MEASURE: Final = (
    "assistant.engines.local.measure:run"  # in a process of its own: only that one imports torch
)
_PATIENCE: Final = Patience(load=120.0, backoff=0.05)
_EXPERTS: Final = ("num_local_experts", "num_experts", "n_routed_experts")
_FINEST_FIRST: Final = (Quantize.NONE, Quantize.EIGHT, Quantize.FOUR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The model that is planned. `refused`: why the local engine does not run it; empty when it does.

    `sparse`: a token reads only some of the weights, so that their size says nothing of the speed.
    """

    name: str
    source: str
    config: Mapping[str, Any]
    tensors: Tensors
    longest: int
    tools: bool = False
    sparse: bool = False
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked of the plan; 0 conversations and no `quantize`: the planner chooses."""

    context: int
    conversations: int = 0
    quantize: Quantize | None = None

    @property
    def goal(self) -> int:
        return self.conversations or _GOAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to run the model in the local engine of a machine.

    `most`: conversations that fit when nobody says how many; `by_length`: the same for other lengths. `ceiling`: tokens
    a second that one conversation can get at most, 0 when that is unknown. `good`: worth running.
    """

    quantize: Quantize
    machine: str
    room: int
    demand: Demand
    fits: bool
    most: int
    by_length: Mapping[int, int]
    ceiling: float
    good: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`options` of the machine asked about; `best` of them, if one is good. `served`: what vLLM could do there.

    When nothing there is good: the `smallest` machines of the table for the local engine and for a server.
    """

    subject: Subject
    wish: Wish
    machine: Machine
    options: tuple[Option, ...]
    best: Option | None
    served: tuple[Server, ...] = ()
    smallest: tuple[Option, ...] = ()
    smallest_served: tuple[Server, ...] = ()

    @property
    def recommended(self) -> Option | Server | None:
        """What to run on this machine: a server where several GPUs can work together, else the local engine."""
        server = servers.chosen(self.served)
        together = (
            server is not None and len(self.machine.gpus) > 1 and server.precision is not Precision.INT4
        )
        return server if self.best is None or together else self.best

    @property
    def server(self) -> Server | None:
        """The server to start: on this machine if it can, else on the smallest that can."""
        return servers.chosen(self.served) or servers.chosen(self.smallest_served)


def plan(subject: Subject, machine: Machine, wish: Wish) -> Plan:
    """Decide. Pure arithmetic; nothing that does not fit is ever the best."""
    options = tuple(option(subject, machine, wish, kind) for kind in _kinds(wish))
    checkpoints = {Precision.BF16: subject.source, **servers.CHECKPOINTS.get(subject.name, {})}
    many = {"context": wish.context, "conversations": wish.goal}
    served = servers.on(machine, subject.tensors, checkpoints, **many)
    if not served and not wish.conversations:  # nobody said how many: one long conversation is something
        served = servers.on(machine, subject.tensors, checkpoints, context=wish.context, conversations=1)
    best = _best(options, wish, cuda=machine.room.cuda)
    if best is not None or served:
        return Plan(
            subject=subject, wish=wish, machine=machine, options=options, best=best, served=tuple(served)
        )
    return Plan(
        subject=subject,
        wish=wish,
        machine=machine,
        options=options,
        best=None,
        smallest=tuple(filter(None, (_smallest(subject, wish, kind) for kind in _kinds(wish)))),
        smallest_served=tuple(servers.smallest(subject.tensors, checkpoints, **many)),
    )


def option(subject: Subject, machine: Machine, wish: Wish, quantize: Quantize) -> Option:
    """What becomes of the model with these weights on this machine."""
    room, tensors = machine.room, subject.tensors
    lengths = sorted(
        {*(length for length in LENGTHS if length < subject.longest), wish.context, subject.longest}
    )
    counts = {
        length: sizes.most_conversations(tensors, room, quantize=quantize, context=length)
        for length in lengths
    }
    most = counts[wish.context]
    demand = sizes.demand(
        tensors,
        room,
        quantize=quantize,
        context=wish.context,
        conversations=wish.conversations or max(1, most),
    )
    ceiling = 0.0 if subject.sparse else machine.tokens_a_second(tensors, quantize)
    fits = sizes.fits(demand, room)
    return Option(
        quantize=quantize,
        machine=machine.name,
        room=room.total,
        demand=demand,
        fits=fits,
        most=most,
        by_length=counts,
        ceiling=ceiling,
        good=fits and not subject.refused and (ceiling == 0.0 or ceiling >= _SLOWEST),
    )


def _kinds(wish: Wish) -> tuple[Quantize, ...]:
    return (wish.quantize,) if wish.quantize is not None else _FINEST_FIRST


def _best(options: tuple[Option, ...], wish: Wish, *, cuda: bool) -> Option | None:
    """The finest weights that leave room for enough conversations; else what leaves room for most.

    On a CPU the quicker of quantized ones: which that is differs from one to the next, and tenfold.
    """
    good = [item for item in options if item.good]
    enough = [item for item in good if wish.conversations or item.most >= _GOAL]
    if not enough:
        return max(good, key=lambda item: item.most, default=None)
    if cuda or enough[0].quantize is Quantize.NONE:
        return enough[0]
    return max(enough, key=lambda item: item.ceiling)


def _smallest(subject: Subject, wish: Wish, quantize: Quantize) -> Option | None:
    """The smallest machine of the table whose local engine holds enough conversations."""
    for gpu, count in machines.by_size():
        found = option(subject, machines.of(gpu, count), wish, quantize)
        if found.good and (wish.conversations or found.most >= _GOAL):
            # Shown with as many conversations as were looked for: the point is that these fit.
            exactly = replace(wish, conversations=wish.goal)
            return option(subject, machines.of(gpu, count), exactly, quantize)
    return None


# --- from a name to a subject ----------------------------------------------------------------------------


async def prepare(
    settings: Settings,
    name: str | None = None,
    *,
    quantize: Quantize | None = None,
    context: int = 0,
    conversations: int = 0,
    gpu: str = "",
    gpus: int = 0,
) -> Plan:
    """The plan for what a user asks about; without a name for the configured model.

    Raises SettingsError for a name or number that cannot be, ModelUnusable when the configuration cannot be had.
    """
    configured = not name
    name = name or settings.model
    if gpus and not gpu:
        raise SettingsError("--gpus: say with --gpu which GPU, such as --gpu 80GB or --gpu H100")
    asked = machines.asked(gpu, gpus or 1) if gpu else None
    preset, config = _named(name)
    if config is None:
        config = await hub.configuration(preset.source)
    text = config.get("text_config") or config
    longest = int(preset.context or text.get("max_position_embeddings") or 2048)
    if context > longest:
        raise SettingsError(f"--context {context}: {preset.name} takes at most {longest} tokens")
    if configured:
        local = settings.engine is EngineKind.LOCAL
        quantize = quantize or (settings.quantize if local else None)
        conversations = conversations or settings.engine_slots
        context = context or settings.engine_context
    facts = await _measured(preset.name, config, here=asked is None)
    subject = Subject(
        name=preset.name,
        source=preset.source,
        config=config,
        tensors=_tensors(facts["tensors"]),
        longest=longest,
        tools=preset.tools is not Tools.NONE,
        sparse=any(text.get(key) for key in _EXPERTS),
        refused=_refusal(config),
    )
    wish = Wish(
        context=min(context or presets.DEFAULT_CONTEXT, longest),
        conversations=conversations,
        quantize=quantize,
    )
    return await asyncio.to_thread(
        plan, subject, asked or machines.here(facts["gpus"], facts["speeds"]), wish
    )


def _named(name: str) -> tuple[Preset, dict[str, Any] | None]:
    """The preset or what stands for one, and its configuration if it need not be asked for."""
    for preset in presets.PRESETS.values():
        if name.lower() in (preset.name, preset.source.lower()) and preset.name in shapes.CONFIGS:
            return preset, dict(shapes.CONFIGS[preset.name])
    demo = presets.PRESETS["demo"]
    folder = Path(demo.source if name.lower() == demo.name else name).expanduser()
    if folder.is_dir() or name.startswith(("/", ".", "~")):
        return _folder(folder, demo if name.lower() == demo.name else None)
    if name.count("/") == 1 and all(name.split("/")):
        return Preset(name=name, source=name, context=0, tools=Tools.JSON), None
    near = difflib.get_close_matches(name.lower(), presets.PRESETS, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"presets are {', '.join(presets.PRESETS)}."
    raise SettingsError(f"'{name}' is no preset, no folder and no hub id (owner/name); {hint}")


def _folder(folder: Path, known: Preset | None) -> tuple[Preset, dict[str, Any]]:
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelUnusable(f"the folder {folder} does not exist or has no config.json") from None
    except (OSError, ValueError):
        config = None
    if not isinstance(config, dict):
        raise ModelUnusable(f"{folder / 'config.json'} cannot be read")
    unnamed = Preset(name=folder.resolve().name, source=str(folder.resolve()), context=0, tools=Tools.JSON)
    return known or unnamed, config


def _refusal(config: Mapping[str, Any]) -> str:
    try:
        checkpoint.check(config, "it")
    except ModelUnusable as error:
        return str(error)
    return ""


def installed(library: str) -> bool:
    """Whether the model's process would find it; nothing is imported here."""
    return importlib.util.find_spec(library) is not None


async def _measured(name: str, config: dict[str, Any], *, here: bool) -> dict[str, Any]:
    """What the model is made of and which devices are here, if that is asked; said by a process of its own."""
    if "quantization_config" in config:
        raise ModelUnusable(f"{name} is quantized already; plan the model that it was made from")
    if not here and config.get("model_type") == "llama" and name in shapes.CONFIGS:
        # the same without five seconds of torch
        return {"tensors": sizes.llama(config), "gpus": [], "speeds": {}}
    if not installed("torch") or not installed("transformers"):
        if config.get("model_type") != "llama":
            raise ModelUnusable(
                f"{name}: to count a model that is no Llama, pip install 'messaging-assistant[local]'"
            )
        return {"tensors": sizes.llama(config), "gpus": [], "speeds": {}}
    host = Host(_MEASURE, {"config": config, "here": here}, name=f"planner for {name}", patience=_PATIENCE)
    try:
        return await host.start()
    finally:
        await host.close()


def _tensors(found: Tensors | Mapping[str, Any]) -> Tensors:
    if isinstance(found, Tensors):
        return found
    linear = tuple(sizes.Matrix(**matrix) for matrix in found["linear"])
    return Tensors(**{**found, "linear": linear})
