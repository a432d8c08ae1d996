"""The words of the pages in English, Portuguese and Spanish, and how the one who reads likes to see them."""

from __future__ import annotations

import gettext as library
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CATALOGS = Path(__file__).parent / "catalogs"
LANGUAGES = {"en": "English", "pt": "Português", "es": "Español"}
THEMES = ("auto", "light", "dark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a page is shown. `shortcuts`: whether single keys do something."""

    language: str = "en"
    theme: str = "auto"
    shortcuts: bool = True


look: ContextVar[Look] = ContextVar("look", default=Look())  # noqa: B039 - it is frozen
"""Of the request that is being answered; set by shield.py, and by `needs` once it is known who reads."""


def gettext(message: str) -> str:
    """The message in the reader's language; English where it was not translated."""
    return _catalog(look.get().language).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    return _catalog(look.get().language).ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools know
    """Marks a constant for translation; whoever shows it calls `gettext` on it."""
    return message


def accepted(header: str) -> str:
    """The first of our languages that an Accept-Language header asks for."""
    wishes = []
    for place, wish in enumerate(header.split(",")[:20]):
        tag, _, quality = wish.partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            weight = 0.0
        wishes.append((-weight, place, tag.strip().lower().split("-")[0]))
    return next((tag for weight, _, tag in sorted(wishes) if tag in LANGUAGES and weight < 0), "en")


@cache
def _catalog(language: str) -> library.NullTranslations:
    path = CATALOGS / f"{language}.mo"
    if language == "en" or not path.exists():
        return library.NullTranslations()
    with path.open("rb") as file:
        return library.GNUTranslations(file)
