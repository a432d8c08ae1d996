"""All frames of the demo model by language and intent, gathered from the grammar's modules."""

from collections import defaultdict
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Final

from . import decoys, english_phrases, orders, portuguese_phrases, scope, spanish_phrases

Frames = dict[str, tuple[str, ...]]
"""Frames by intent."""

LANGUAGES: Final = ("en", "pt", "es")
RULES: Final = {"en": english_phrases.RULES, "pt": portuguese_phrases.RULES, "es": spanish_phrases.RULES}
_NAMES: Final = {"en": "english", "pt": "portuguese", "es": "spanish"}


def _own(language: str, *, rarer: bool) -> list[Frames]:
    """`FRAMES` of the modules whose name starts with the language's; `rarer`: those with `_more_` in it, or the others."""
    found: list[Frames] = []
    for path in sorted(Path(__file__).parent.glob(f"{_NAMES[language]}*.py")):
        module = import_module(f".{path.stem}", __package__)
        if hasattr(module, "FRAMES") and ("_more_" in path.stem) is rarer:
            found.append(module.FRAMES)
    return found


def merged(*sources: Mapping[str, tuple[str, ...]]) -> Frames:
    """The frames of several sources, intent by intent, in order."""
    frames: dict[str, list[str]] = defaultdict(list)
    for source in sources:
        for intent, lines in source.items():
            frames[intent] += lines
    return {intent: tuple(lines) for intent, lines in frames.items()}


USUAL: Final = {
    "en": merged(*_own("en", rarer=False), scope.ENGLISH, decoys.ENGLISH, orders.ENGLISH),
    "pt": merged(*_own("pt", rarer=False), scope.PORTUGUESE, decoys.PORTUGUESE, orders.PORTUGUESE),
    "es": merged(*_own("es", rarer=False), scope.SPANISH, decoys.SPANISH, orders.SPANISH),
}
"""The wordings that most people use."""
FRAMES: Final = {language: merged(USUAL[language], *_own(language, rarer=True)) for language in LANGUAGES}
