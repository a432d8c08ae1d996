"""Numbers as staff read them: counts, seconds, bytes, shares; and plainly, for tables and files."""

from __future__ import annotations

from typing import Final

from .words import look

_COMMA_LANGUAGES: Final = ("pt", "es")
_TURNED: Final = str.maketrans(",.", ".,")


def written(digits: str) -> str:
    """With the comma and the dots of the reader's language: 1,234.5 is 1.234,5 in Portuguese and Spanish."""
    return digits.translate(_TURNED) if look.get().language in _COMMA_LANGUAGES else digits


def number(value: float) -> str:
    """Short: 950, 1.2 k, 3.4 M."""
    for size, unit in ((1e9, " G"), (1e6, " M"), (1e4, " k")):
        if abs(value) >= size:
            return written(f"{value / (1e3 if unit == ' k' else size):.3g}{unit}")
    return written(f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}")


def seconds(value: float) -> str:
    if value < 1:
        return written(f"{value:.2f} s")
    if value < 100:
        return written(f"{value:.1f} s" if value < 10 else f"{value:.0f} s")
    return written(f"{value / 60:.1f} min" if value < 6000 else f"{value / 3600:.1f} h")


def percent(share: float) -> str:
    return written(f"{100 * share:.1f} %")


def plain(value: float | None) -> str:
    """For tables and files: all that is known, no unit; empty where there is nothing."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else f"{value:.3f}"


def size(count: float) -> str:
    """Bytes."""
    for least, unit in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if count >= least:
            return written(f"{count / least:.3g} {unit}")
    return f"{count:.0f} B"
