"""Models by name: which checkpoint, how long its context, how it calls tools, its languages and licence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from ..demo import CHECKPOINT, LABEL
from ..errors import ModelUnusable, SettingsError
from ..settings import Settings
from . import checkpoint, shapes, sizes

DEFAULT_CONTEXT: Final = 8192


class Tools(StrEnum):
    """How a model is told of tools: not at all, as JSON schemas (called in JSON or like Python), by names alone."""

    NONE = "none"
    JSON = "json"
    PYTHONIC = "pythonic"
    NAMES = "names"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """`source` is a folder or a hub id; `context` the tokens one conversation gets; `parameters` a count, 0: unknown.

    `dates`: the model's own template begins the system turn with its knowledge date and today's date.
    """

    name: str
    source: str
    context: int
    tools: Tools
    result_role: str = "ipython"
    dates: bool = False
    languages: tuple[str, ...] = ()
    licence_note: str = ""
    parameters: int = 0
    vision: bool = False
    temperature: float = 0.6
    note: str = ""


_EIGHT_LANGUAGES: Final = ("en", "de", "fr", "it", "pt", "hi", "es", "th")


def _llama(name: str, hub: str, context: int, tools: Tools, *, licence: str, dates: bool) -> Preset:
    return Preset(
        name=name,
        source=f"meta-llama/{hub}",
        context=context,
        tools=tools,
        dates=dates,
        languages=_EIGHT_LANGUAGES if dates else ("en",),
        licence_note=f"{licence} Community License: accept it on huggingface.co; say 'Built with "
        f"{'Llama' if dates else licence}'",
        parameters=sizes.llama(shapes.CONFIGS[name]).parameters,
    )


def _all() -> dict[str, Preset]:
    three = {"licence": "Meta Llama 3", "dates": False, "context": 8192, "tools": Tools.NONE}
    one = {"licence": "Llama 3.1", "dates": True, "context": 131072, "tools": Tools.JSON}
    two = {"licence": "Llama 3.2", "dates": True, "context": 131072, "tools": Tools.JSON}
    last = {"licence": "Llama 3.3", "dates": True, "context": 131072, "tools": Tools.JSON}
    rows = [
        ("llama-3-8b", "Meta-Llama-3-8B-Instruct", three),
        ("llama-3-70b", "Meta-Llama-3-70B-Instruct", three),
        ("llama-3.1-8b", "Llama-3.1-8B-Instruct", one),
        ("llama-3.1-70b", "Llama-3.1-70B-Instruct", one),
        ("llama-3.1-405b", "Llama-3.1-405B-Instruct", one),
        ("llama-3.2-1b", "Llama-3.2-1B-Instruct", two),
        ("llama-3.2-3b", "Llama-3.2-3B-Instruct", two),
        ("llama-3.3-70b", "Llama-3.3-70B-Instruct", last),
    ]
    presets = [_llama(name, hub, **facts) for name, hub, facts in rows]  # type: ignore[arg-type]
    demo = Preset(
        name="demo",
        source=str(CHECKPOINT),
        context=1024,
        tools=Tools.NAMES,
        languages=("en", "pt", "es"),
        licence_note="made by this project; same licence as the code",
        temperature=0.0,  # so small a model copies exactly only when it is not asked to be inventive
        note=LABEL,
    )
    return {preset.name: preset for preset in (demo, *presets)}


PRESETS: Final = _all()


def resolve(settings: Settings) -> Preset:
    """What `settings.model` names: a preset, a folder or a hub id, with the configured context.

    Looks into folders but loads nothing. Raises SettingsError for a name that can be none of them, ModelUnusable for
    a folder without a chat model that the local engine can run.
    """
    preset = _named(settings.model)
    return replace(preset, context=min(settings.engine_context or DEFAULT_CONTEXT, preset.context))


def _named(name: str) -> Preset:
    known = PRESETS.get(name.lower())
    if known is None:
        known = next((preset for preset in PRESETS.values() if preset.source.lower() == name.lower()), None)
    if known is not None:
        return _folder(known) if known.name == "demo" else known
    folder = Path(name).expanduser()
    if folder.is_dir() or name.startswith(("/", ".", "~")) or "\\" in name:
        return _folder(
            Preset(name=folder.name or name, source=str(folder.resolve()), context=0, tools=Tools.NONE)
        )
    if re.fullmatch(r"[\w.-]+/[\w.-]+", name):
        if "llama" not in name.lower():  # the rest is in its files: the engine reads them once they are here
            return Preset(name=name, source=name, context=2**31, tools=Tools.NONE)
        newer = re.search(r"3[._-][123]", name) is not None
        tools = Tools.JSON if newer else Tools.NONE
        return Preset(name=name, source=name, context=131072 if newer else 8192, tools=tools, dates=newer)
    raise SettingsError(
        f"model (ASSISTANT_MODEL): '{name}' is no preset ({', '.join(PRESETS)}), no folder and no hub id (owner/name)"
    )


def _folder(preset: Preset) -> Preset:
    """The preset with what its folder says of itself. Raises ModelUnusable."""
    found = checkpoint.look(Path(preset.source))
    if preset.name == "demo":
        return replace(preset, parameters=found.parameters, context=min(preset.context, found.context))
    if not found.llama3:
        from .local.template import Template  # it needs Jinja, which a plan of a model does not

        own = Tools.JSON if Template.of(found).tools else Tools.NONE
        return replace(preset, context=found.context, parameters=found.parameters, tools=own)
    template = found.template
    tools = Tools.NONE
    if "tools" in template:
        tools = Tools.JSON if "parameters" in template and "function" in template else Tools.NONE
        tools = Tools.NAMES if "Tools: " in template and "builtin_tools" not in template else tools
    return replace(
        preset,
        context=found.context,
        parameters=found.parameters,
        tools=tools,
        dates="Cutting Knowledge Date" in template,
    )


def listed() -> list[Preset]:
    """Every preset as `assistant models` shows it: the demo's size is that of the checkpoint that ships."""
    return [_folder(preset) if preset.name == "demo" else preset for preset in PRESETS.values()]


__all__ = ["DEFAULT_CONTEXT", "PRESETS", "ModelUnusable", "Preset", "Tools", "listed", "resolve"]
